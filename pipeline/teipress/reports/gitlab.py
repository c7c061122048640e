"""The code quality report of GitLab, which merge requests show: a subset of the Code Climate format.

Every finding needs a fingerprint of its own that stays when lines move (see `fingerprints`), and a line.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from teipress.finding import Finding, Severity
from teipress.fingerprints import Fingerprints
from teipress.reports import Report
from teipress.reports.project import Project

_SEVERITIES: Final[dict[Severity, str]] = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report) -> str:
    """Give the list of findings."""
    project = Project.around(Path.cwd())
    prints = Fingerprints(report.lines, project.name).all(report.findings)
    found = [
        _issue(finding, digest, project) for finding, digest in zip(report.findings, prints, strict=True)
    ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str, project: Project) -> dict[str, Any]:
    line = max(1, finding.line)
    remedy = f" ({finding.remedy})" if finding.remedy else ""
    return {
        "type": "issue",
        "check_name": finding.code,
        "description": f"{finding.code}: {finding.message}{remedy}",
        "categories": ["Style" if finding.severity == "info" else "Bug Risk"],
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": fingerprint,
        "location": {"path": project.name(finding.file), "lines": {"begin": line, "end": line}},
    }
