"""Which findings are shown, and how grave they are: the settings of edition.toml and the options of `validate`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import entry_points
from typing import Final

from teipress import pages
from teipress.finding import Finding, Refusal, Severity, at_least

#: What keeps a file from being checked at all; without it, silence would be taken for praise.
UNCHECKED: Final = frozenset({"XML001", "XML002", "XML003", "XML004", "XML005"})


@dataclass(frozen=True)
class Selection:
    """Chooses among findings by their codes, and changes their severity.

    `select` and `ignore` hold codes, families, or the beginning of a code; the longer one that fits decides, and
    `ignore` where both are as long. `severities` is that of edition.toml, where a code speaks before its family.
    """

    severities: Mapping[str, str] = field(default_factory=dict)
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    least: Severity = "info"

    def of(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that are selected, each as grave as the edition has it."""
        for finding in findings:
            if finding.code in UNCHECKED:
                yield finding
                continue
            severity = self.severities.get(finding.code) or self.severities.get(finding.code[:-3])
            if severity == "off" or not self._selects(finding.code):
                continue
            yield replace(finding, severity=severity) if severity else finding  # type: ignore[arg-type]

    def shown(self, findings: Iterable[Finding]) -> list[Finding]:
        """Give those of the findings that are grave enough to be shown."""
        return [finding for finding in findings if at_least(finding.severity, self.least)]

    def _selects(self, code: str) -> bool:
        wanted = max((len(name) for name in self.select if code.startswith(name)), default=-1)
        unwanted = max((len(name) for name in self.ignore if code.startswith(name)), default=-1)
        return wanted > unwanted or (unwanted < 0 and not self.select)


def codes_of(options: Iterable[str]) -> tuple[str, ...]:
    """Read codes and families from the values of an option, which may be lists with commas.

    Raises `Refusal` for one that nothing could have; other packages and schemas may bring codes of their own.
    """
    names = [name.strip().upper() for option in options for name in option.split(",") if name.strip()]
    for name in names:
        _known(name, "")
    return tuple("" if name == "ALL" else name for name in names)


def severities_of(settings: Mapping[str, str], where: str) -> dict[str, str]:
    """Read `[validate.severity]` of edition.toml; raise `Refusal` for a code that there is not."""
    for name in settings:
        _known(name, f"{where}: validate.severity: ")
        if name in UNCHECKED or name == "XML":
            raise Refusal(
                f"{where}: validate.severity: {name} says that a file could not be checked, and stays an error",
                "take the file out of tei/, or mend it",
            )
    return dict(settings)


def _known(name: str, where: str) -> None:
    if name == "ALL" or any(code.startswith(name) for code in (*pages.codes(), *pages.FAMILIES)):
        return
    if name.startswith("SCH") and name[3:].isdigit() and len(name) == 6:  # of a schema of the edition's own
        return
    if not entry_points(group="teipress.checks"):
        raise Refusal(f'{where}no code or family is named "{name}"', pages.nearest(name))
