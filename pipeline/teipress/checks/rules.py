"""The Schematron rules of the schema: SCH001 and on, numbered as in `edition.odd`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.checks.subject import Subject
from teipress.finding import Finding

#: What the rules of `edition.odd` are about where another check asks the same.
_ABOUT: Final = {"SCH006": "when", "SCH014": "name"}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each place that breaks a rule; one of another's rules is SCH000 and named."""
    for rules in subject.schemas.rules:
        for breach in rules.breaches(subject.root):
            number = re.match(r"sch(\d{3})\b", breach.pattern)
            code = f"SCH{number[1]}" if number else "SCH000"
            message = (
                breach.message if number or not breach.pattern else f"{breach.message} ({breach.pattern})"
            )
            about = _ABOUT.get(code, "")
            yield subject.finding(breach.element, code, breach.severity, message, breach.remedy, about)
