"""From structural spans to the first TEI tree of a source: every character goes in, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from lxml import etree

from teipress.document import NAMESPACES, XML, tei
from teipress.elements import CONTAINERS
from teipress.source import Source
from teipress.span import Span, in_order

_STEP: Final = "  "
_ALWAYS_FRAMES: Final = frozenset({"text", "body"})
_MAY_FRAME: Final = frozenset({"opener", "closer"})  # of mixed content, but mostly frames for other elements


def build(source: Source, spans: Iterable[Span]) -> etree._Element:
    """Make the `text` of a source from the spans of its structure; the outer of two equal spans comes first.

    Text that no span claims becomes a paragraph. White space between blocks becomes line ends and indentation,
    and none is put where the source has none, so that the wording stays the source's.
    """
    ordered = in_order(spans)
    text = _Node("text", (), len(source.text))
    parted = any(span.tag in ("group", "front") for span in ordered)
    body = text if parted else text.add("body", (), text.end)
    _fill(body, source, ordered)
    _Indentation().run(text)
    root = etree.Element(tei("text"), nsmap=NAMESPACES)
    if source.language:
        root.set(f"{{{XML}}}lang", source.language)
    _make(root, text, {tag: tei(tag) for tag in {"body", "p", *(span.tag for span in ordered)}})
    return root


class _Node:
    """An element that is to be: its text, its children, the text after it, and where it ends in the source."""

    __slots__ = ("attributes", "children", "end", "is_container", "tag", "tail", "text")

    def __init__(self, tag: str, attributes: Sequence[tuple[str, str]], end: int) -> None:
        self.tag, self.attributes, self.end = tag, attributes, end
        self.is_container = tag in CONTAINERS
        self.children: Sequence[_Node] = ()
        self.text = self.tail = ""

    def add(self, tag: str, attributes: Sequence[tuple[str, str]], end: int) -> _Node:
        """Put an empty element at the end."""
        node = _Node(tag, attributes, end)
        if isinstance(self.children, list):
            self.children.append(node)
        else:  # most elements have none
            self.children = [node]
        return node

    def append(self, text: str) -> None:
        """Add text at the end; in an element that holds only elements, as a paragraph."""
        if self.is_container and not text.isspace():
            core = text.strip()
            before, _, after = text.partition(core)
            self._write(before)
            self.add("p", (), 0).text = core
            text = after
        self._write(text)

    def _write(self, text: str) -> None:
        if self.children:
            self.children[-1].tail += text
        else:
            self.text += text

    def is_frame(self) -> bool:
        """Tell whether the element holds only other elements and white space."""
        if self.tag in _ALWAYS_FRAMES or (self.is_container and self.children):
            return True
        if self.tag not in _MAY_FRAME:
            return False
        return not any(text.strip() for text in (self.text, *(child.tail for child in self.children)))

    def last(self) -> str:
        """Give the last character of the text in the element; "" where it has none."""
        for child in reversed(self.children):
            if last := child.tail[-1:] or child.last():
                return last
        return self.text[-1:]


def _fill(body: _Node, source: Source, spans: Sequence[Span]) -> None:
    """Put the source into the body, an element for each span."""
    stack: list[_Node] = []
    node, at = body, 0

    def take(end: int) -> int:
        """Put the text up to a place into the innermost element; give where the text is then."""
        if end <= at:
            return at
        if text := _kept(source, at, end) if source.omitted else source.text[at:end]:
            node.append(text)
        return end

    for span in spans:
        start = span.start
        while stack and node.end <= start:
            at = take(node.end)
            node = stack.pop()
        if start > at:
            at = take(start)
        stack.append(node)
        node = node.add(span.tag, span.attributes, span.end)
    while stack:
        at = take(node.end)
        node = stack.pop()
    take(len(source.text))


def _make(element: etree._Element, node: _Node, names: Mapping[str, str]) -> None:
    """Give an element what the node has: its text and its children, which are forgotten one by one."""
    element.text = node.text or None
    waiting, node.children = [*reversed(node.children)], ()
    while waiting:
        child = waiting.pop()
        made = etree.SubElement(element, names[child.tag])
        for name, value in child.attributes:
            made.set(name.replace("xml:", f"{{{XML}}}"), value)
        if child.children:
            _make(made, child, names)
        elif child.text:
            made.text = child.text
        if child.tail:
            made.tail = child.tail


def _kept(source: Source, start: int, end: int) -> str:
    return "".join(source.text[a:b] for a, b in source.kept(start, end))


class _Indentation:
    """Gives each element between two stretches of text its line, where the source has white space there."""

    def __init__(self) -> None:
        self.slots: list[tuple[_Node, bool, int]] = []  # element, its text or its tail, depth
        self.airy = True  # the beginning and the end of a text have room

    def run(self, text: _Node) -> None:
        self._visit(text, 1)
        self.airy = True
        self._set()

    def _visit(self, node: _Node, depth: int) -> None:
        if not node.is_frame():
            self._set()
            self.airy = (node.last() or " ").isspace()
            return
        slots = self.slots
        self.airy = self.airy or bool(node.text)
        slots.append((node, True, depth + 1))
        last = len(node.children)
        for number, child in enumerate(node.children, 1):
            self._visit(child, depth + 1)
            self.airy = self.airy or bool(child.tail)
            slots.append((child, False, depth + (number < last)))

    def _set(self) -> None:
        for node, inside, depth in self.slots:
            space = _line_end(depth) if self.airy else ""
            if inside:
                node.text = space
            else:
                node.tail = space
        self.slots.clear()


@cache
def _line_end(depth: int) -> str:
    return "\n" + _STEP * depth
