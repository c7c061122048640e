"""From structural spans to the first TEI tree of a source: every character goes in, in its order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from teipress.document import NAMESPACES, XML, local, tei
from teipress.elements import CONTAINERS
from teipress.source import Source
from teipress.span import Span

_PARAGRAPH: Final = tei("p")
_STEP: Final = "  "
_MAY_FRAME: Final = frozenset({"opener", "closer"})  # of mixed content, but mostly frames for other elements


def build(source: Source, spans: Iterable[Span]) -> etree._Element:
    """Make the `text` of a source from the spans of its structure; the outer of two equal spans comes first.

    Text that no span claims becomes a paragraph. White space between blocks becomes line ends and indentation,
    and none is put where the source has none, so that the wording stays the source's.
    """
    text = etree.Element(tei("text"), nsmap=NAMESPACES)
    if source.language:
        text.set(f"{{{XML}}}lang", source.language)
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    parted = any(span.tag in ("group", "front") for span in ordered)
    _fill(text if parted else etree.SubElement(text, tei("body")), source, ordered)
    _Indentation().run(text)
    return text


class _Open:
    """An element under construction: where it ends in the source, and what was put into it last."""

    __slots__ = ("element", "end", "is_container", "last")

    def __init__(self, element: etree._Element, end: int) -> None:
        self.element = element
        self.end = end
        self.last: etree._Element | None = None
        self.is_container = local(element) in CONTAINERS

    def add(self, tag: str, attributes: dict[str, str]) -> etree._Element:
        """Put an empty element at the end."""
        self.last = etree.SubElement(self.element, tag, attributes)
        return self.last

    def append(self, text: str) -> None:
        """Add text at the end; in an element that holds only elements, as a paragraph."""
        if self.is_container and not text.isspace():
            core = text.strip()
            before, _, after = text.partition(core)
            self._write(before)
            self.add(_PARAGRAPH, {}).text = core
            text = after
        self._write(text)

    def _write(self, text: str) -> None:
        if not text:
            return
        if self.last is not None:
            self.last.tail = (self.last.tail or "") + text
        else:
            self.element.text = (self.element.text or "") + text


def _fill(body: etree._Element, source: Source, spans: list[Span]) -> None:
    """Put the source into the body, an element for each span."""
    stack = [_Open(body, len(source.text))]
    names = {span.tag: tei(span.tag) for span in spans}
    at = 0

    def take(end: int) -> None:
        nonlocal at
        if end > at:
            whole = source.text[at:end] if not source.omitted else _kept(source, at, end)
            if whole:
                stack[-1].append(whole)
            at = end

    def close(before: int) -> None:
        while len(stack) > 1 and stack[-1].end <= before:
            take(stack[-1].end)
            stack.pop()

    for span in spans:
        close(span.start)
        take(span.start)
        attributes = {name.replace("xml:", f"{{{XML}}}"): value for name, value in span.attributes}
        stack.append(_Open(stack[-1].add(names[span.tag], attributes), span.end))
    close(len(source.text))
    take(len(source.text))


def _kept(source: Source, start: int, end: int) -> str:
    return "".join(source.text[a:b] for a, b in source.kept(start, end))


class _Indentation:
    """Gives each element between two stretches of text its line, where the source has white space there."""

    def __init__(self) -> None:
        self.slots: list[tuple[etree._Element, bool, int]] = []  # element, its text or its tail, depth
        self.airy = True  # the beginning and the end of a text have room

    def run(self, text: etree._Element) -> None:
        self._visit(text, 1)
        self.airy = True
        self._set()

    def _visit(self, element: etree._Element, depth: int) -> None:
        if not _is_frame(element):
            self._set()
            self.airy = ("".join(map(str, element.itertext())) or " ")[-1].isspace()
            return
        self._slot(element, True, depth + 1)
        for child in element:
            self._visit(child, depth + 1)
            self._slot(child, False, depth + (child.getnext() is not None))

    def _slot(self, element: etree._Element, inside: bool, depth: int) -> None:
        self.airy = self.airy or bool(element.text if inside else element.tail)
        self.slots.append((element, inside, depth))

    def _set(self) -> None:
        for element, inside, depth in self.slots:
            space = "\n" + _STEP * depth if self.airy else None
            if inside:
                element.text = space
            else:
                element.tail = space
        self.slots.clear()


def _is_frame(element: etree._Element) -> bool:
    """Tell whether an element holds only other elements and white space."""
    if local(element) in ("text", "body") or (local(element) in CONTAINERS and len(element)):
        return True
    texts = [element.text, *(child.tail for child in element)]
    return local(element) in _MAY_FRAME and not any(text and text.strip() for text in texts)
