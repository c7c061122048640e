"""Workflow commands, by which GitHub shows findings beside the lines of a pull request.

What follows `::` must be on one line; what stands for itself otherwise is escaped as GitHub's own toolkit does.
GitHub shows ten annotations of each severity for a step, so that the gravest come first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from teipress.finding import SEVERITIES, Finding, Severity
from teipress.reports import Report, summary
from teipress.reports.lines import marked
from teipress.reports.project import Project

_COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "notice"}
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    """Give a command for each finding, and the summary as a line of the log."""
    project = Project.around(Path.cwd())
    ordered = sorted(report.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    commands = [_command(finding, report, project) for finding in ordered]
    return "\n".join([*commands, f"teipress: {summary(report)}".translate(_DATA)]) + "\n"


def _command(finding: Finding, report: Report, project: Project) -> str:
    properties = {"file": project.name(finding.file)}
    if finding.line:
        properties["line"] = str(finding.line)
    if finding.column:
        length = marked(report.lines.at(finding.file, finding.line), finding.column)
        properties |= {"col": str(finding.column), "endColumn": str(finding.column + length)}
    properties["title"] = f"{finding.code} {finding.severity}"
    said = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    message = f"{finding.message}\n{finding.remedy}".strip()
    return f"::{_COMMANDS[finding.severity]} {said}::{message.translate(_DATA)}"
