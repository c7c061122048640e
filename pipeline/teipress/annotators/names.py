"""Names: what the registers have is told with @ref, what they do not have is proposed with a low @cert."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from teipress.dating import own
from teipress.names.matching import Match, match
from teipress.names.proposals import propose
from teipress.names.recognisers import recognise
from teipress.names.roles import role_before
from teipress.registers import NAMED_BY, Registers
from teipress.span import Span
from teipress.text import Text

#: How strong what tells of a name must be where an edition wants only the sure ones.
_SURE: Final = 3


def annotate(text: Text, registers: Registers) -> Iterator[Span]:
    """Propose `persName`, `placeName` and `orgName`: of the registers with `@ref`, others without one.

    What several entries bear is left alone, or tagged as `registers.naming` says; the names of works and events
    are nobody's. What people rejected elsewhere is not proposed. Titles become `roleName` where the edition says so.
    """
    for span in _names(text, registers):
        if span.tag == "persName" and registers.naming.roles != "leave":
            yield from _with_role(text, span, registers.naming.roles)
        else:
            yield span


def _with_role(text: Text, span: Span, where: str) -> Iterator[Span]:
    """Give a person's name with the title before it as `roleName`, inside it or outside (Guidelines 14.2.1)."""
    role = role_before(text, span.start)
    yield span.at(role[0], span.end) if role and where == "inside" else span
    if role:
        yield Span(*role, "roleName", rule=f"names.role: {text.reading[slice(*role)]}", cert=span.cert)


def _names(text: Text, registers: Registers) -> Iterator[Span]:
    day = own(text).on
    matches = match(text, registers, day.year if day else None)
    for found in matches:
        span = _of_register(text, registers, found)
        if span and not _is_forbidden(text, registers, span):
            yield span
    if registers.naming.proposals == "none":
        return
    taken = [found for found in matches if found.is_taken]
    at = 0
    for mention in propose(text, recognise(text, registers.naming.recognisers)):
        while at < len(taken) and taken[at].end <= mention.start:
            at += 1
        if at < len(taken) and taken[at].start < mention.end:
            continue
        if mention.strength < _SURE and registers.naming.proposals == "sure":
            continue
        span = Span(mention.start, mention.end, NAMED_BY[mention.kind], rule=mention.rule, cert="low")
        if not _is_forbidden(text, registers, span):
            yield span


def _of_register(text: Text, registers: Registers, found: Match) -> Span | None:
    if found.entry is None or "\n" in text.reading[found.start : found.end]:
        return None
    ref, cert, rule, candidates = found.entry.ref, found.cert, found.rule, found.candidates
    if found.rule.startswith("names.ambiguous"):
        words = text.reading[found.start : found.end]
        preferred = registers.memory.preferred(words, candidates) if registers.memory else None
        if preferred:
            ref, cert, rule = preferred, "medium", f"names.memory: {words}"
        elif registers.naming.ambiguous == "leave":
            return None
        elif registers.naming.ambiguous == "name":
            return Span(found.start, found.end, found.entry.tag, (), rule, "low", candidates=candidates)
        candidates = tuple(candidate for candidate in candidates if candidate != ref)
    attributes = (("ref", ref),)
    return Span(found.start, found.end, found.entry.tag, attributes, rule, cert, candidates=candidates)


def _is_forbidden(text: Text, registers: Registers, span: Span) -> bool:
    if registers.memory is None:
        return False
    return registers.memory.forbids(text.reading[span.start : span.end], span.tag, span.get("ref"))
