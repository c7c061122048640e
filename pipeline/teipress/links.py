"""The links of translations in `standOff`: the machine's are written anew, a person's stay, a rejected one stays away.

A link is the machine's while it equals its entry in the ledger. One that is gone was rejected; one that a person
changed, added or signed is theirs, and keeps away every link of the machine's that shares a passage with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from teipress.anchors import Anchors
from teipress.document import ID, tei
from teipress.header import MACHINE
from teipress.ledger import Decision, Entry, Ledger, Woven
from teipress.linking import Group, element
from teipress.standoff import indent, stand_off, take_out

TAG: Final = "link"
RULE: Final = "translations.link"


def is_link(entry: Entry) -> bool:
    """Tell whether an entry of a ledger is about a link, not about words of the text."""
    return entry.tag == TAG


def clear_links(root: etree._Element, ledger: Ledger) -> tuple[Ledger, tuple[Decision, ...]]:
    """Take the machine's links out of a tree, and those that a decision put in; give what was seen to be rejected.

    To be called while the sentences still stand: a link whose sentences are gone went with them.
    """
    standing = {(link.get("target"), _signed(link), link.get("cert")): link for link in _links(root)}
    targets = {link.get("target") for link in _links(root)}
    idents = {ident for e in root.iter(etree.Element) if (ident := e.get(ID))}
    rejected: dict[int, Decision] = {}
    for entry in ledger.proposals:
        if not is_link(entry) or (isinstance(entry, Decision) and not entry.stands):
            continue
        target = entry.attributes.get("target", "")
        own = f"#{entry.by}" if isinstance(entry, Decision) else f"#{MACHINE}"
        link = standing.get((target, own, entry.cert if isinstance(entry, Woven) else None))
        if link is not None:
            _take_out(link)
        elif target not in targets and all(p[1:] in idents for p in target.split() if p.startswith("#")):
            rejected[id(entry)] = Decision(
                entry.at, "reject", TAG, {"target": target}, why="removed from the file by hand", rule=RULE
            )
    for group in [g for g in root.iter(tei("linkGrp")) if g.get("resp") == f"#{MACHINE}" and not len(g)]:
        take_out(group)
    return ledger.deciding(lambda entry: rejected.get(id(entry), entry)), tuple(rejected.values())


def write_links(root: etree._Element, groups: Sequence[Group], ledger: Ledger) -> tuple[Entry, ...]:
    """Write the links that nothing speaks against; give the ledger's entries about links, in their order."""
    anchors = Anchors("".join(_wording(root)))
    decided = {
        e.attributes.get("target", ""): e for e in ledger.proposals if is_link(e) and isinstance(e, Decision)
    }
    entries: list[Entry] = []
    written: set[str] = set()
    for group in groups:
        theirs = {(link.get("target") or "") for link in _links(root) if _of(link, group)}
        taken = {pointer for target in theirs for pointer in target.split()}
        made = element(group)
        for link, (target, cert, (start, end, _)) in zip(list(made), group.links, strict=True):
            decision = decided.get(target)
            if (decision and not decision.stands) or taken & set(target.split()):
                made.remove(link)
                continue
            at = next(iter(anchors.quote([(start, end)])))
            if decision:
                _sign(link, decision)
                entries.append(decision)
            else:
                entries.append(Woven(at, TAG, {"target": target}, RULE, cert))
            written.add(target)
        if len(made):
            _put(root, made)
    kept = [e for target, e in decided.items() if target not in written]
    return (*entries, *kept)


def _wording(root: etree._Element) -> Iterator[str]:
    from teipress.text import wording

    yield wording(root)


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


def _sign(link: etree._Element, decision: Decision) -> None:
    if "cert" in link.attrib:
        del link.attrib["cert"]
    link.set("target", decision.attributes.get("target", link.get("target", "")))
    link.set("resp", f"#{decision.by}")


def _of(link: etree._Element, group: Group) -> bool:
    """Tell whether a link that stands is of the same passages and level as a group."""
    parent = link.getparent()
    return parent is not None and (parent.get("domains"), parent.get("subtype") or "") == (
        group.domains,
        group.level,
    )


def _take_out(link: etree._Element) -> None:
    parent = link.getparent()
    assert parent is not None
    parent.remove(link)


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
    links = sorted(group, key=lambda link: places.get((link.get("target") or "").partition(" ")[0], 0))
    group[:] = links
