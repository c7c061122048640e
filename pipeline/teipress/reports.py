"""Findings as people and programs read them.

To add a format, write a function that turns findings and the number of files into text, and add it to
`FORMATS`. Colour is for people: `show` prints the text report with it on a terminal.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from teipress.finding import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console

Report = Callable[[Sequence[Finding], int], str]

_COLOURS: Final[dict[Severity, str]] = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_WORDS: Final[dict[Severity, tuple[str, str]]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("note", "notes"),
}


def text(findings: Sequence[Finding], files: int) -> str:
    """Give one line for each finding, its remedy indented below, and a count at the end."""
    lines = [line for finding in findings for line in (str(finding), f"    {finding.remedy}") if line.strip()]
    return "\n".join([*lines, summary(findings, files)]) + "\n"


def as_json(findings: Sequence[Finding], files: int) -> str:
    """Give the object that scripts read: `{"findings": […], "files": N}`."""
    report = {"findings": [finding.as_json() for finding in findings], "files": files}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


#: For each `--format`, what makes it.
FORMATS: Final[dict[str, Report]] = {"text": text, "json": as_json}


def summary(findings: Sequence[Finding], files: int) -> str:
    """Give the counts in a line, `12 files: 3 errors, 1 warning`; without files only those of findings."""
    counts = Counter(finding.severity for finding in findings)
    said = [_count(counts[severity], *words) for severity, words in _WORDS.items() if counts[severity]]
    of_files = [_count(files, "file", "files")] if files else []
    return ": ".join([*of_files, ", ".join(said) or "nothing to report"])


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def show(findings: Sequence[Finding], files: int, console: Console) -> None:
    """Print the text report on a terminal, in colour."""
    from rich.text import Text

    for finding in findings:
        line = Text(str(finding))
        mark = f" {finding.severity} {finding.code}:"
        start = str(finding).index(mark) + 1
        line.stylize("bold", 0, start)
        line.stylize(_COLOURS[finding.severity], start, start + len(mark) - 1)
        console.print(line, soft_wrap=True)
        if finding.remedy:
            console.print(Text(f"    {finding.remedy}", style="dim"), soft_wrap=True)
    console.print(Text(summary(findings, files), style="bold"), soft_wrap=True)
