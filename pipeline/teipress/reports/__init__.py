"""Findings as people and programs read them, a file for each format.

To add a format, write a module here with a function `render(report) -> str`, and name it in `FORMATS`. What a
report has of the files themselves (their lines, the place of an element in its tree) it reads when it is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Final

from teipress.finding import SEVERITIES, Finding, Severity, at_least

if TYPE_CHECKING:
    from teipress.reports.lines import Lines

#: For each `--format`, the module that makes it.
FORMATS: Final = ("text", "json", "sarif", "junit", "github", "gitlab")

_WORDS: Final[dict[Severity, tuple[str, str]]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("note", "notes"),
}


def _lines() -> Lines:
    from teipress.reports.lines import Lines

    return Lines()


@dataclass(frozen=True)
class Report:
    """What a run came to: findings, how many files there were, and their names as findings have them.

    `known` is how many findings a baseline held back, and `failing` the least severity that fails the run.
    """

    findings: Sequence[Finding]
    files: int = 0
    names: Sequence[str] = ()
    known: int = 0
    failing: Severity = "error"
    lines: Lines = field(default_factory=_lines)

    def fails(self, finding: Finding) -> bool:
        """Tell whether a finding makes the run fail."""
        return at_least(finding.severity, self.failing)


def render(form: str, report: Report) -> str:
    """Give a report in one of the `FORMATS`."""
    rendered: str = import_module(f"teipress.reports.{form}").render(report)
    return rendered


def summary(report: Report) -> str:
    """Give the counts in a line, `12 files: 3 errors, 1 warning`; without files only those of findings."""
    counts = Counter(finding.severity for finding in report.findings)
    said = [_count(counts[severity], *_WORDS[severity]) for severity in SEVERITIES if counts[severity]]
    of_files = [_count(report.files, "file", "files")] if report.files else []
    known = f"; {_count(report.known, 'known finding', 'known findings')} left out" if report.known else ""
    return ": ".join([*of_files, ", ".join(said) or "nothing to report"]) + known


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
