"""The text report, as compilers write it: the place, what is wrong, the line with the place marked, the remedy.

`show` prints it on a terminal, in colour and as wide as the terminal is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from teipress.finding import Finding, Severity
from teipress.reports import Report, summary
from teipress.reports.lines import excerpt

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH: Final = 100  # cells of a line where nobody says how many there are
_GUTTER: Final = 5
_MANY: Final = 40  # findings from which on a table of their codes helps
_COLOURS: Final[dict[Severity, str]] = {"error": "bold red", "warning": "yellow", "info": "cyan"}

#: Words and the style they are shown in; a list of them is a line.
Words = tuple[str, str]


def render(report: Report) -> str:
    """Give the report without colour."""
    return "".join("".join(words for words, _ in line) + "\n" for line in _report(report, _WIDTH))


def show(report: Report, console: Console) -> None:
    """Print the report on a terminal."""
    from rich.text import Text

    for line in _report(report, console.width):
        console.print(Text.assemble(*line), soft_wrap=True)


def _report(report: Report, width: int) -> Iterator[list[Words]]:
    for finding in report.findings:
        yield _headline(finding)
        yield from _place(report, finding, width)
        if finding.remedy:
            yield [(f"    {finding.remedy}", "dim")]
    yield from _by_code(report)
    yield [(summary(report), "bold")]


def _headline(finding: Finding) -> list[Words]:
    line = str(finding)
    mark = f" {finding.severity} {finding.code}:"
    start = line.index(mark) + 1
    end = start + len(mark) - 1
    return [(line[:start], "bold"), (line[start:end], _COLOURS[finding.severity]), (line[end:], "")]


def _place(report: Report, finding: Finding, width: int) -> Iterator[list[Words]]:
    """Give the line of the file with marks under the place; nothing where the column or the line is unknown."""
    line = report.lines.at(finding.file, finding.line) if finding.column else ""
    if not line.strip():
        return
    gutter = max(_GUTTER, len(str(finding.line)))
    shown, marks = excerpt(line, finding.column, max(20, width - gutter - 4))
    yield [(f"{finding.line:>{gutter}} | ", "dim"), (shown, "")]
    yield [(f"{'':>{gutter}} | ", "dim"), (marks, _COLOURS[finding.severity])]


def _by_code(report: Report) -> Iterator[list[Words]]:
    """Count long lists by code, so that one sees what it is that there is so much of."""
    if len(report.findings) < _MANY:
        return
    from teipress.pages import title

    counts = Counter((finding.code, finding.severity) for finding in report.findings)
    width = len(f"{max(counts.values()):,}")
    yield [("", "")]
    for (code, severity), number in counts.most_common():
        yield [
            (f"{number:>{width},} ", ""),
            (f"{severity:<7} {code}", _COLOURS[severity]),
            (f" {title(code)}", ""),
        ]
    yield [("What a code means: teipress validate --explain CODE", "dim")]
