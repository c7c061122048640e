"""JUnit's XML, which nearly every CI service shows: a suite for each file, a case for each finding.

A finding that fails the run is a failure. Others are passed cases, and what they say stands in `system-out` of
the suite, since the format knows no warning. A file without findings is one passed case. Times are those of the
files, so that the same run gives the same report; what a case took is not measured.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from lxml import etree

from teipress.finding import Finding
from teipress.reports import Report

_XML: Final = str.maketrans(
    dict.fromkeys((*(set(range(32)) - {9, 10, 13}), 65534, 65535, *range(55296, 57344)), "�")
)


def render(report: Report) -> str:
    """Give the document."""
    by_file: dict[str, list[Finding]] = {name: [] for name in report.names}
    for finding in report.findings:
        by_file.setdefault(finding.file, []).append(finding)
    root = etree.Element("testsuites")
    for number, (file, findings) in enumerate(by_file.items()):
        root.append(_suite(number, file, findings, report))
    etree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def _suite(number: int, file: str, findings: Sequence[Finding], report: Report) -> etree._Element:
    failures = [finding for finding in findings if report.fails(finding)]
    name = file.translate(_XML)
    suite = etree.Element(
        "testsuite",
        {
            "name": name,
            "package": "teipress",
            "id": str(number),
            "tests": str(max(1, len(findings))),
            "failures": str(len(failures)),
            "errors": "0",
            "time": "0",
            "timestamp": _time(Path(file)),
            "hostname": "localhost",
        },
    )
    etree.SubElement(suite, "properties")
    for finding in findings:
        case = etree.SubElement(suite, "testcase", name=_title(finding), classname=name, time="0")
        if report.fails(finding):
            message = finding.message.translate(_XML)
            etree.SubElement(case, "failure", message=message, type=finding.code).text = _said(finding)
    if not findings:
        etree.SubElement(suite, "testcase", name="nothing to report", classname=name, time="0")
    passed = [_said(finding) for finding in findings if finding not in failures]
    etree.SubElement(suite, "system-out").text = "\n".join(passed)
    etree.SubElement(suite, "system-err")
    return suite


def _title(finding: Finding) -> str:
    """Name a case by what is wrong, not by its line, so that a service knows it again when lines move."""
    return f"{finding.code}: {finding.message}".translate(_XML)


def _said(finding: Finding) -> str:
    return "\n".join(filter(None, [str(finding), finding.remedy])).translate(_XML)


def _time(path: Path) -> str:
    """Give the time of a file, or of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdigit() else int(path.stat().st_mtime) if path.is_file() else 0
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
