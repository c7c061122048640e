"""`standOff`: what is said of a text beside it, links and doubts (Guidelines 16.10).

What stands there has no words of its own, so it is neither woven nor unwoven: each kind has a module that takes the
machine's out before the text is cleared (`links`, `doubts`), and writes it anew when the text is woven.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from lxml import etree

from teipress.document import ID, NAMESPACES, tei
from teipress.header import MACHINE
from teipress.ledger import Decision, Entry, Ledger, Woven

#: What an element says: what it points to first, and last what it asserts of that.
Said = tuple[str, ...]

#: The elements of `standOff` that entries of the ledger are about.
TAGS: Final = frozenset({"link", "certainty"})


def is_beside(entry: Entry) -> bool:
    """Tell whether an entry of a ledger is about something in `standOff`, not about words of the text."""
    return entry.tag in TAGS


def stand_off(root: etree._Element) -> etree._Element:
    """Give the `standOff` of a document; a new one after the header where there is none."""
    found = root.find(tei("standOff"))
    if found is not None:
        return found
    head = root.find(tei("teiHeader"))
    made = root.makeelement(tei("standOff"), {}, NAMESPACES)
    if head is None:
        root.insert(0, made)
    else:
        head.addnext(made)
        made.tail, head.tail = head.tail or "\n  ", "\n  "
    return made


def take_out(element: etree._Element) -> None:
    """Take a child of a `standOff` out of it, and a `standOff` that this leaves empty."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if len(parent):
        indent(parent)
    elif (above := parent.getparent()) is not None:
        before = parent.getprevious()
        if before is not None:
            before.tail = parent.tail
        above.remove(parent)


def retract(
    root: etree._Element,
    ledger: Ledger,
    tag: str,
    standing: Mapping[etree._Element, tuple[Said, str | None]],
    said: Callable[[Mapping[str, str]], Said],
) -> tuple[Ledger, tuple[Decision, ...]]:
    """Take the machine's elements of a kind out of a tree, and those that a decision put in.

    `standing` tells what each element says and who signed it, `said` the same of an entry's attributes. Gives the
    ledger, and what was seen to be rejected: what is gone although everything that it points to still stands.
    """
    elements = {(what, by, element.get("cert")): element for element, (what, by) in standing.items()}
    about = {what[:-1] for what, _ in standing.values()}
    idents = {ident for element in root.iter(etree.Element) if (ident := element.get(ID))}
    rejected: dict[int, Decision] = {}
    for entry in ledger.proposals:
        if entry.tag != tag or (isinstance(entry, Decision) and not entry.stands):
            continue
        what = said(entry.attributes)
        own = f"#{entry.by}" if isinstance(entry, Decision) else f"#{MACHINE}"
        element = elements.get((what, own, entry.cert if isinstance(entry, Woven) else None))
        if element is not None:
            _detach(element)
        elif what[:-1] not in about and all(p[1:] in idents for p in what[0].split() if p.startswith("#")):
            why = "removed from the file by hand"
            rejected[id(entry)] = Decision(
                entry.at, "reject", tag, dict(entry.attributes), why=why, rule=entry.rule
            )
    return ledger.deciding(lambda entry: rejected.get(id(entry), entry)), tuple(rejected.values())


def _detach(element: etree._Element) -> None:
    """Take an element out; a group that this leaves empty stays."""
    parent = element.getparent()
    if parent is not None and parent.tag == tei("linkGrp"):
        parent.remove(element)
    else:
        take_out(element)


def arrange(
    root: etree._Element, children: Sequence[etree._Element], place: Callable[[etree._Element], int]
) -> None:
    """Put some children of a `standOff` after the others, in the order of their places; lay it out."""
    if children:
        found = stand_off(root)
        found.extend(sorted(children, key=place))
        indent(found)


def indent(found: etree._Element) -> None:
    """Lay a `standOff` out, a child a line."""
    found.text = "\n    "
    for child in found:
        if child.tag == tei("linkGrp"):
            etree.indent(child, "  ", level=2)
        child.tail = "\n    " if child.getnext() is not None else "\n  "
