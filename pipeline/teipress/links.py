"""The links of translations in `standOff`: the machine's are written anew, a person's stay, a rejected one stays away.

A link is the machine's while it equals its entry in the ledger. One that is gone was rejected; one that a person
changed, added or signed is theirs, and keeps away every link of the machine's that shares a passage with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from teipress.anchors import Anchors
from teipress.document import ID, tei
from teipress.header import MACHINE
from teipress.ledger import Decision, Entry, Ledger, Woven
from teipress.linking import Decided, Group, element
from teipress.standoff import Said, indent, retract, stand_off, take_out
from teipress.text import Encoded, wording

TAG: Final = "link"


def is_link(entry: Entry) -> bool:
    """Tell whether an entry of a ledger is about a link, not about words of the text."""
    return entry.tag == TAG


def clear_links(root: etree._Element, ledger: Ledger) -> tuple[Ledger, tuple[Decision, ...]]:
    """Take the machine's links out of a tree, and those that a decision put in; give what was seen to be rejected.

    To be called while the sentences still stand: a link whose sentences are gone went with them.
    """
    found = retract(
        root,
        ledger,
        TAG,
        {link: ((link.get("target", ""), ""), _signed(link)) for link in _links(root)},
        _target,
    )
    for group in [g for g in root.iter(tei("linkGrp")) if g.get("resp") == f"#{MACHINE}" and not len(g)]:
        take_out(group)
    return found


def _target(attributes: Mapping[str, str]) -> Said:
    return attributes.get("target", ""), ""


def decided(root: etree._Element, ledger: Ledger) -> Decided:
    """Give what people have said of a document's links, in decisions and in the tree, once the machine's are out of it.

    The sentences that their links name stay as they are, whatever else is a sentence now.
    """
    targets = [link.get("target") or "" for link in _links(root)]
    targets += [entry.attributes.get("target", "") for entry in _decisions(ledger) if entry.stands]
    named = {pointer[1:] for target in targets for pointer in target.split() if pointer.startswith("#")}
    woven = [
        entry for entry in ledger.woven if entry.tag == "seg" and entry.attributes.get("xml:id") in named
    ]
    places = Anchors(wording(root)).find(entry.at for entry in woven) if woven else ()
    sentences = tuple(
        Encoded(*place, entry.tag, tuple(entry.attributes.items()))
        for entry, place in zip(woven, places, strict=True)
        if place
    )
    return Decided(tuple(targets), sentences)


@dataclass(frozen=True)
class Written:
    """The ledger's entries about links, and the decisions among them whose passages are no longer there."""

    entries: tuple[Entry, ...]
    lost: tuple[Decision, ...] = ()


def write_links(root: etree._Element, groups: Sequence[Group], ledger: Ledger) -> Written:
    """Write the links that people have decided for, and the machine's that nothing speaks against."""
    words = wording(root)
    anchors = Anchors(words)
    decisions = _decisions(ledger)
    against = {decision.attributes.get("proposed") for decision in decisions}
    against |= {decision.attributes.get("target") for decision in decisions}
    waiting = [decision for decision in decisions if decision.stands]
    elements = {ident: e for e in root.iter(etree.Element) if (ident := e.get(ID))}
    entries: list[Entry] = []
    for group in groups:
        standing = {link.get("target") or "" for link in _links(root)}
        theirs = {target for target in standing if _between(target, group, elements)}
        own = [
            d for d in waiting if d.rule == group.rule and _between(d.attributes["target"], group, elements)
        ]
        waiting = [decision for decision in waiting if decision not in own]
        taken = {p for target in theirs for p in target.split()}
        taken |= {p for decision in own for p in decision.attributes["target"].split()}
        links = [link for link in group.links if link[0] not in against and not taken & set(link[0].split())]
        made = element(replace(group, links=tuple(links)))
        quoted = anchors.quote([_trimmed(words, start, end) for _, _, (start, end, _) in links])
        entries += [
            Woven(at, TAG, {"target": target}, group.rule, cert)
            for at, (target, cert, _) in zip(quoted, links, strict=True)
        ]
        made.extend(
            _signed_link(made, decision) for decision in own if decision.attributes["target"] not in theirs
        )
        entries += own
        if own:
            _order(root, made)
        if len(made):
            _put(root, made)
    kept = [decision for decision in decisions if decision not in entries]
    return Written((*entries, *kept), tuple(waiting))


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    """Take the white space at the edges off a range."""
    piece = words[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _decisions(ledger: Ledger) -> list[Decision]:
    return [entry for entry in ledger.proposals if is_link(entry) and isinstance(entry, Decision)]


def _between(target: str, group: Group, elements: Mapping[str, etree._Element]) -> bool:
    """Tell whether a link is between the two sides of a group, as far as they are in this document."""
    domains = [pointer.partition("#")[::2] for pointer in group.domains.split()]
    sides = {elements[ident] for file, ident in domains if not file and ident in elements}
    files = {file for file, _ in domains if file}
    for file, ident in (pointer.partition("#")[::2] for pointer in target.split()):
        if file:
            if file not in files:
                return False
        elif ident not in elements or sides.isdisjoint((elements[ident], *elements[ident].iterancestors())):
            return False
    return True


def _signed_link(parent: etree._Element, decision: Decision) -> etree._Element:
    said = {"target": decision.attributes["target"]} | ({"resp": f"#{decision.by}"} if decision.by else {})
    return parent.makeelement(tei(TAG), said)


def _links(root: etree._Element) -> list[etree._Element]:
    return [
        link
        for group in root.iter(tei("linkGrp"))
        if group.get("type") == "translation"
        for link in group.iterchildren(tei("link"))
    ]


def _signed(link: etree._Element) -> str | None:
    """Give who answers for a link: what it says itself, else what its group says."""
    group = link.getparent()
    return link.get("resp") or (group.get("resp") if group is not None else None)


def _put(root: etree._Element, made: etree._Element) -> None:
    """Put links into the group of the same passages that stands already, in the order of the text, or a new one."""
    beside = stand_off(root)
    kind = ("type", "subtype", "domains")
    same = [g for g in beside if isinstance(g.tag, str) and all(g.get(k) == made.get(k) for k in kind)]
    if same and same[0].get("resp") == made.get("resp"):
        made.extend(list(same[0]))
        _order(root, made)
        _remove_quietly(same[0])
    beside.append(made)
    indent(beside)


def _remove_quietly(group: etree._Element) -> None:
    parent = group.getparent()
    assert parent is not None
    parent.remove(group)


def _order(root: etree._Element, group: etree._Element) -> None:
    """Put the links of a group into the order of what they name first."""
    places = {f"#{e.get(ID)}": at for at, e in enumerate(root.iter(etree.Element)) if e.get(ID)}

    def place(link: etree._Element) -> int:
        return next((places[p] for p in (link.get("target") or "").split() if p in places), 0)

    links = sorted(group, key=place)
    group[:] = links
