"""The object that scripts read: `{"findings": […], "files": N}`."""

from __future__ import annotations

import json

from teipress.reports import Report


def render(report: Report) -> str:
    """Give the findings, each with the members of `Finding`, and the number of files."""
    found = {"findings": [finding.as_json() for finding in report.findings], "files": report.files}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
