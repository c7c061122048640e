"""What every check yields: a `Finding` says what, where, and what to do. Checks never raise on a bad document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

Severity = Literal["error", "warning", "info"]

#: The severities, the gravest first.
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")

_CONTROLS: Final = {
    number: repr(chr(number))[1:-1] for number in (*range(32), *range(127, 160), 0x2028, 0x2029)
}


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to know about one place.

    `code` is a family and a number (`WRD001`) and never changes its meaning; `line` and `column` count
    from 1, and 0 means that the place is the file as a whole.
    """

    file: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        """Give the one-line form that compilers use: `file:line:column: severity CODE: message`."""
        file = self.file.translate(_CONTROLS)  # a name may hold a newline, and this is one line
        place = ":".join(str(part) for part in (file, self.line, self.column) if part)
        return f"{place}: {self.severity} {self.code}: {self.message}"

    def as_json(self) -> dict[str, Any]:
        """Give the finding as the object that `--format json` prints."""
        return dict(vars(self))


def at_least(severity: Severity, least: Severity) -> bool:
    """Tell whether a severity is as grave as `least`, or graver."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(least)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is of severity error, which is what exit code 1 means."""
    return any(finding.severity == "error" for finding in findings)


def counted(count: int, what: str) -> str:
    """Give a number of things in words: 1 omission, 3 omissions."""
    return f"{count} {what}" + "s" * (count != 1)


class Refusal(Exception):
    """The call or the configuration is wrong: nothing can be done until a person mends it (exit code 2).

    The message says what and where; `remedy` says what to do next.
    """

    exit_code = 2

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class Rejected(Exception):
    """A source or document cannot be read at all; carries the `Finding` that says why (exit code 1)."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding
