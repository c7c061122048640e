"""Where a character of the wording stands in its TEI file.

lxml knows the lines of elements alone. So the characters of the tree before the place are counted, and those that
expat reads in the file's bytes, which knows of each stretch where it begins.
"""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

from lxml import etree

from teipress.checks.survey import Survey
from teipress.document import line_of
from teipress.text import Node, walk

_UNKNOWN: Final = -1


def place_of(root: etree._Element, offset: int, data: bytes = b"") -> tuple[int, int]:
    """Give the line and column of a character of the wording in `data`, the file that `root` was parsed from.

    Where `data` is not given, or is not what `root` was parsed from, it is the line of the element, and 0.
    """
    node, line = _node_at(root, offset)
    if node is None or not data:
        return line, 0
    before, count = _characters(root, node, offset - node.offset)
    survey = Survey(data, root)
    place = _byte_of(survey.data, before, count)
    return survey.place(place) if place != _UNKNOWN else (line, 0)


def _node_at(root: etree._Element, offset: int) -> tuple[Node | None, int]:
    """Give the stretch of text that has a character of the wording, and the line of the start tag before it."""
    line = 0
    for node in walk(root):
        if node.event == "start":
            line = line_of(node.element) or line
        elif node.event == "text" and node.wording and node.offset + len(node.text) > offset:
            return node, line
    return None, line


def _characters(root: etree._Element, node: Node, inside: int) -> tuple[int, int]:
    """Count the characters of a document before one of those of `node`, and all of them."""
    before, count = _UNKNOWN, 0
    previous = node.element[node.place - 1] if node.place else None
    for event, each in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            if node.place == 0 and each is node.element:
                before = count + inside
            count += len(each.text or "")
        elif each is not root:
            if each is previous:
                before = count + inside
            count += len(each.tail or "")
    return before, count


def _byte_of(data: bytes, wanted: int, count: int) -> int:
    """Give the byte at which a character stands that has `wanted` others before it; -1 where they are not `count`."""
    found, read = _UNKNOWN, 0
    parser = expat.ParserCreate("UTF-8")

    def take(piece: str) -> None:
        nonlocal found, read
        if read <= wanted < read + len(piece):  # a line end or a reference is a piece of its own
            found = parser.CurrentByteIndex + len(piece[: wanted - read].encode())
        read += len(piece)

    parser.CharacterDataHandler = take
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return _UNKNOWN
    return found if read == count else _UNKNOWN
