"""Doubts: the second reading of a date, in `standOff`, where which of two is right cannot be known (Guidelines 22.1).

The likelier reading is the date's own (@when with @cert), the other a `certainty` that points to it:

    <certainty target="#date1" match="@when" locus="value" assertedValue="1871-06-16" cert="low"/>

A doubt is the machine's while it equals its entry in the ledger. One that is gone was rejected; one that a person
changed, added or signed is theirs, and keeps the machine's of the same attribute away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from lxml import etree

from teipress.anchors import Anchors
from teipress.document import ID, tei
from teipress.header import MACHINE
from teipress.ledger import Decision, Entry, Ledger, Woven
from teipress.span import Span
from teipress.standoff import arrange, retract, stand_off
from teipress.text import wording

TAG: Final = "certainty"
RULE: Final = "dates.alternative"
_CERT: Final = "low"
_SAID: Final = ("target", "match", "locus", "assertedValue")

_TIMES: Final = ("when", "from", "to", "notBefore", "notAfter")
_PREFIX: Final = "date"
_NUMBERED: Final = re.compile(rf"{_PREFIX}(\d+)")

#: What a doubt is about (the element and its attribute), and the value that it asserts.
Doubt = tuple[str, str, str]
#: An element: where it begins and ends in the wording, and its name.
Key = tuple[int, int, str]


def clear_doubts(root: etree._Element, ledger: Ledger) -> tuple[Ledger, tuple[Decision, ...]]:
    """Take the machine's doubts out of a tree, and those that a decision put in; give what was seen to be rejected.

    To be called while the dates still stand: a doubt whose date is gone went with it.
    """
    standing = {found: (_doubt(found), found.get("resp")) for found in _doubts(root)}
    return retract(root, ledger, TAG, standing, _said)


def named(
    spans: Iterable[Span], root: etree._Element, ledger: Ledger, known: Mapping[Key, str]
) -> list[Span]:
    """Give the spans of two readings an id to be pointed at: the one that they had, or a new one.

    `known` are the ids that earlier runs minted, by place and element.
    """
    spans = list(spans)
    taken = {*known.values(), *_idents(root)}
    taken |= {ident for entry in ledger.proposals if (ident := entry.attributes.get("xml:id"))}
    numbers = count(max((int(m[1]) for ident in taken if (m := _NUMBERED.fullmatch(ident))), default=0) + 1)
    return [
        span.having({"xml:id": known.get((span.start, span.end, span.tag)) or f"{_PREFIX}{next(numbers)}"})
        if _other(span)
        else span
        for span in spans
    ]


def write_doubts(root: etree._Element, spans: Sequence[Span], ledger: Ledger) -> tuple[Entry, ...]:
    """Write the doubts that nothing speaks against; give the ledger's entries about doubts, in the text's order."""
    decisions = [e for e in ledger.proposals if e.tag == TAG and isinstance(e, Decision)]
    theirs = {_doubt(found)[:2] for found in _doubts(root)}
    idents = _idents(root)
    entries: list[Entry] = list(decisions)
    for decision in decisions:
        said = _said(decision.attributes)
        if decision.stands and said[0][1:] in idents and said[:2] not in theirs:
            theirs.add(said[:2])
            _write(root, {**decision.attributes, "resp": f"#{decision.by}"})
    against = {_said(decision.attributes) for decision in decisions if not decision.stands}
    asserted = [(span, doubt) for span in spans if (doubt := _said_of(span))]
    doubted = [(s, doubt) for s, doubt in asserted if doubt not in against and doubt[:2] not in theirs]
    anchors = Anchors(wording(root) if doubted else "")
    quoted = anchors.quote((span.start, span.end) for span, _ in doubted)
    for at, (_, doubt) in zip(quoted, doubted, strict=True):
        attributes = dict(zip(_SAID, (doubt[0], doubt[1], "value", doubt[2]), strict=True))
        _write(root, {**attributes, "cert": _CERT, "resp": f"#{MACHINE}"})
        entries.append(Woven(at, TAG, attributes, RULE, _CERT))
    order = {f"#{ident}": place for place, ident in enumerate(_idents(root))}
    arrange(root, list(_doubts(root)), lambda found: order.get(found.get("target", ""), len(order)))
    return tuple(sorted(entries, key=lambda entry: order.get(_said(entry.attributes)[0], len(order))))


def _write(root: etree._Element, attributes: Mapping[str, str]) -> None:
    etree.SubElement(stand_off(root), tei(TAG), dict(attributes))


def _idents(root: etree._Element) -> list[str]:
    """List the ids of a document, in its order."""
    return [ident for element in root.iter(etree.Element) if (ident := element.get(ID))]


def _other(span: Span) -> tuple[str, str] | None:
    """Give the attribute of a date that has another value in its second reading, and that value."""
    said = ((name, value) for name, value in span.alternative if name in _TIMES)
    return next(((name, value) for name, value in said if span.get(name) not in (None, value)), None)


def _said_of(span: Span) -> Doubt | None:
    other, ident = _other(span), span.get("xml:id")
    return (f"#{ident}", f"@{other[0]}", other[1]) if other and ident else None


def _said(attributes: Mapping[str, str]) -> Doubt:
    target, match, _, value = (attributes.get(name, "") for name in _SAID)
    return target, match, value


def _doubts(root: etree._Element) -> Iterator[etree._Element]:
    for found in root.iterfind(f"{tei('standOff')}/{tei(TAG)}"):
        if found.get("locus") == "value":
            yield found


def _doubt(found: etree._Element) -> Doubt:
    return _said({name: found.get(name, "") for name in _SAID})
