"""SARIF 2.1.0, the OASIS format for the results of checkers; code scanning services and editors read it.

Each code is a rule, with the whole of its page as help, so that it is read without the web. `TEIPRESS_PAGES`, a web
address, says where the pages are read online too; the GitHub action sets it to where it comes from itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from teipress import __version__, pages
from teipress.finding import Finding, Severity
from teipress.fingerprints import Fingerprints
from teipress.reports import Report
from teipress.reports.lines import marked
from teipress.reports.project import Project

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}
_ROOT: Final = "%SRCROOT%"


def render(report: Report) -> str:
    """Give the log of one run."""
    project = Project.around(Path.cwd())
    codes = sorted({finding.code for finding in report.findings})
    prints = Fingerprints(report.lines, project.name).all(report.findings)
    run = {
        "tool": {"driver": {"name": "teipress", "version": __version__, "rules": list(_rules(codes))}},
        "originalUriBaseIds": {_ROOT: {"uri": f"{project.root.as_uri().rstrip('/')}/"}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, codes, digest, report, project)
            for finding, digest in zip(report.findings, prints, strict=True)
        ],
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _rules(codes: Iterable[str]) -> Iterable[dict[str, Any]]:
    """Describe each code by its page; one that has none, of a schema or check of others, by its name alone."""
    online = os.environ.get("TEIPRESS_PAGES", "").rstrip("/")
    for code in codes:
        rule: dict[str, Any] = {"id": code, "shortDescription": {"text": pages.title(code) or code}}
        if page := pages.page(code):
            rule["fullDescription"] = {"text": page.meaning}
            rule["help"] = {"text": page.text, "markdown": page.text}
            if online.startswith(("https://", "http://")):
                rule["helpUri"] = f"{online}/{page.code}.md"
        yield rule


def _result(
    finding: Finding, codes: list[str], fingerprint: str, report: Report, project: Project
) -> dict[str, Any]:
    artifact = {"uri": project.uri(finding.file)}
    if project.inside(finding.file):
        artifact["uriBaseId"] = _ROOT
    text = f"{finding.message}\n{finding.remedy}".strip()
    place: dict[str, Any] = {"artifactLocation": artifact}
    if finding.line:
        place["region"] = _region(finding, report)
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"teipressFinding/v1": fingerprint},
    }


def _region(finding: Finding, report: Report) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": finding.line}
    if finding.column:
        line = report.lines.at(finding.file, finding.line)
        region |= {"startColumn": finding.column, "endColumn": finding.column + marked(line, finding.column)}
    return region
