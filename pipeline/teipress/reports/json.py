"""The object that scripts read: `{"findings": […], "files": N}`."""

from __future__ import annotations

import json

from teipress.reports import Report


def render(report: Report) -> str:
    """Give the findings, one a line, each with the members of `Finding`, and the number of files."""
    found = (json.dumps(finding.as_json(), ensure_ascii=False) for finding in report.findings)
    listed = ",\n    ".join(found)
    listed = f"[\n    {listed}\n  ]" if listed else "[]"
    return f'{{\n  "findings": {listed},\n  "files": {report.files}\n}}\n'
