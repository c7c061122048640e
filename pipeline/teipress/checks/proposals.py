"""Proposals: what a program has claimed and no person has looked at yet, by number (ENC050; Guidelines 2.3.11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from teipress.checks.subject import Subject
from teipress.document import ID, NS, TEI
from teipress.finding import Finding

_FEW: Final = 4


def check(subject: Subject) -> Iterator[Finding]:
    """Yield one finding that counts the elements whose @resp is a program's."""
    machines = set(_machines(subject))
    if not machines:
        return
    counts: Counter[str] = Counter()
    first = -1
    for number, element, value in subject.survey.attributes.get("resp", ()):
        if element.startswith(f"{{{TEI}}}") and not machines.isdisjoint(value.split()):
            counts[element.removeprefix(f"{{{TEI}}}")] += 1
            first = number if first < 0 else first
    if counts:
        kinds = counts.most_common()
        shown = ", ".join(f"{number} {name}" for name, number in kinds[:_FEW])
        more = f" and {sum(number for _, number in kinds[_FEW:])} others" if len(kinds) > _FEW else ""
        several = f"{counts.total()} proposals" if counts.total() > 1 else "a proposal"
        message = f"nobody has reviewed {several} of the program: {shown}{more}"
        remedy = "teipress decide lists them; what a person accepts bears that person's @resp"
        yield subject.finding(first, "ENC050", "info", message, remedy)


def _machines(subject: Subject) -> Iterator[str]:
    """Give the pointers to those programs that the header makes responsible for something."""
    for name in subject.root.iterfind(
        "tei:teiHeader/tei:fileDesc/tei:titleStmt//tei:name[@type='software']", NS
    ):
        for element in (name, name.getparent()):
            if element is not None and (ident := element.get(ID)):
                yield f"#{ident}"
    for application in subject.iter("application"):
        if ident := application.get(ID):
            yield f"#{ident}"
