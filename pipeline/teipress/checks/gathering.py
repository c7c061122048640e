"""The facts of a file, gathered from what its checks have seen of it."""

from __future__ import annotations

from teipress.checks.entries import known
from teipress.checks.facts import Facts, Pointer
from teipress.checks.letters import letters
from teipress.checks.subject import Subject


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
    )
