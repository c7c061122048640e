"""`standOff`: what is said of a text beside it, links and doubts (Guidelines 16.10).

What stands there has no words of its own, so it is neither woven nor unwoven: each kind has a module that takes the
machine's out before the text is cleared (`links`, `doubts`), and writes it anew when the text is woven.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from lxml import etree

from teipress.document import NAMESPACES, tei
from teipress.ledger import Entry

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
