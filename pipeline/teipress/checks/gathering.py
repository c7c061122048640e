"""The facts of a file, gathered from what its checks have seen of it."""

from __future__ import annotations

from typing import Final

from teipress.checks.entries import known
from teipress.checks.facts import Facts, Pointer
from teipress.checks.letters import letters
from teipress.checks.subject import Subject
from teipress.document import tei

#: Where a relation names those whom it is between (Guidelines 14.3.2.3).
_SIDES: Final = ("active", "passive", "mutual")


def gather(subject: Subject) -> Facts:
    """Give what the checks of the whole edition need to know of a file."""
    entries = tuple(known(subject))
    here = {lead.fragment for lead in subject.leads if lead.way == "here"}
    return Facts(
        whole=subject.whole,
        ids=subject.ids,
        inside=frozenset(entry.ident for entry in entries if entry.ident in here),
        pointers=tuple(
            Pointer(
                lead.attribute,
                lead.element,
                lead.written,
                lead.path,
                lead.fragment,
                *subject.survey.at(lead.number),
                lead.times,
            )
            for lead in subject.leads
            if lead.way == "file"
        ),
        entries=entries,
        letters=tuple(letters(subject)),
        related=tuple(
            tuple(pointer for side in _SIDES for pointer in relation.get(side, "").split())
            for relation in subject.tree.iter(tei("relation"))
        ),
    )
