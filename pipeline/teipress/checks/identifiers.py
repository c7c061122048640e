"""Ids: no two elements of a file have the same `xml:id` (ID001; Guidelines 1.3.1.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from teipress.checks.subject import Subject
from teipress.document import ID
from teipress.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each element whose id an earlier one has."""
    first: dict[str, int] = {}
    for number, _, value in subject.survey.attributes.get(ID, ()):
        ident = " ".join(value.split())
        if ident in first:
            line, _ = subject.survey.at(first[ident])
            message = f'xml:id "{ident}" is used twice: first in line {line}'
            remedy = "give one of the two elements another xml:id, and mend the pointers to it"
            yield subject.finding(number, "ID001", "error", message, remedy, "xml:id")
        first.setdefault(ident, number)
