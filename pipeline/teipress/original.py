"""`Original`: the bytes that a TEI file had, so that what was not changed goes out as it came in.

A parser forgets how a document was written: the quotes and the spacing of attributes, character references, CDATA,
line ends, the document type. So a file that was read is not serialised anew. Its own tags and its own stretches of
text are copied, and only what is new is written out (XML 1.0, sections 2 and 3).
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final, NamedTuple

from lxml import etree

from teipress.document import XML, parse, serialise
from teipress.finding import Rejected

_MARKUP: Final = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>"
    r"|<!DOCTYPE(?:[^\[\]>\"']|\"[^\"]*\"|'[^']*'|\[(?:[^\]\"'<]|\"[^\"]*\"|'[^']*'|<!--.*?-->|<\?.*?\?>|<)*\])*>"
    r"|</[^>]*>|<[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*>",
    re.DOTALL,
)
#: What stands in a text for other characters than itself (XML 1.0, 2.11 and 4.1).
_WRITTEN: Final = re.compile(r"&#x([0-9a-fA-F]+);|&#([0-9]+);|&(lt|gt|amp|quot|apos);|\r\n?")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_CDATA: Final = "<![CDATA["
_DECLARED: Final = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class _Tag(NamedTuple):
    """A tag, comment or instruction as it was written; `at` counts the characters of text before it."""

    raw: str
    at: int


class _Stretch(NamedTuple):
    """A stretch of text that stands for itself, or one reference or CDATA section with what it stands for."""

    at: int
    raw: str
    text: str


class _Known(NamedTuple):
    """What a node of the tree was written as; `name` and `attributes` tell whether it still is."""

    start: _Tag
    end: _Tag | None
    signature: tuple[object, ...]


class Original:
    """A document's bytes and the nodes of the tree that was parsed from them, before anything is changed in it."""

    def __init__(self, data: bytes, tree: etree._ElementTree) -> None:
        """Keep how each node of the tree was written; the tree has to be as parsed."""
        self._mark, self._encoding, written = _decoded(data)
        self._stretches: list[_Stretch] = []
        self._text: list[str] = []
        self._before: list[_Tag] = []
        self._after: list[_Tag] = []
        self._known: dict[etree._Element, _Known] = {}
        self._beside = [_signature(node) for node in _beside(tree.getroot())]
        self._end = _Tag("", 0)
        self._read(written, tree.getroot())
        self._starts = [stretch.at for stretch in self._stretches]
        self._wording = "".join(self._text)

    def serialise(self, tree: etree._ElementTree) -> bytes:
        """Give the document's bytes now: as they were, but for what is another.

        Where the file's way of writing cannot be kept, as when nodes beside the root have changed, it is serialised.
        """
        root = tree.getroot()
        if root not in self._known or [_signature(node) for node in _beside(root)] != self._beside:
            return serialise(tree)
        written = "".join(_Writer(self._known, self._stretches, self._starts, self._wording).write(root))
        before, after = "".join(tag.raw for tag in self._before), "".join(tag.raw for tag in self._after)
        try:
            data = self._mark + (before + written + after).encode(self._encoding, "xmlcharrefreplace")
        except UnicodeEncodeError:
            return serialise(tree)
        return data if _says(data, root) else serialise(tree)

    def _read(self, written: str, root: etree._Element) -> None:
        """Take a document apart, and give each node of its tree what it was written as."""
        nodes = root.iter()
        open_: list[tuple[etree._Element, _Tag]] = []
        at = count = 0
        is_over = False
        for match in _MARKUP.finditer(written):
            gap, raw, at = written[at : match.start()], match[0], match.end()
            if not open_:
                (self._after if is_over else self._before).append(_Tag(gap, count))
            else:
                count = self._take(gap, count)
            if raw.startswith(_CDATA):
                count = self._add(raw, raw[len(_CDATA) : -3].replace("\r\n", "\n").replace("\r", "\n"), count)
                continue
            tag = _Tag(raw, count)
            if raw.startswith("</"):
                element, start = open_.pop()
                self._known[element] = _Known(start, tag, _signature(element))
                is_over = not open_
            elif not open_ and raw.startswith(("<!", "<?")):
                (self._after if is_over else self._before).append(tag)
            else:
                element = next(nodes)
                if raw.startswith(("<!", "<?")) or raw.endswith("/>"):
                    self._known[element] = _Known(tag, None, _signature(element))
                    is_over = not open_
                else:
                    open_.append((element, tag))
        self._after.append(_Tag(written[at:], count))

    def _take(self, raw: str, count: int) -> int:
        """Note a stretch between tags, its references apart; give the number of characters read so far."""
        at = 0
        for match in _WRITTEN.finditer(raw) if "&" in raw or "\r" in raw else ():
            plain = raw[at : match.start()]
            count = self._add(plain, plain, count)
            count = self._add(match[0], _character(match), count)
            at = match.end()
        return self._add(raw[at:], raw[at:], count)

    def _add(self, raw: str, text: str, count: int) -> int:
        if raw:
            self._stretches.append(_Stretch(count, raw, text))
            self._text.append(text)
        return count + len(text)


class _Writer:
    """Writes a tree, with the tags and the text of the original where they are the same."""

    def __init__(
        self,
        known: dict[etree._Element, _Known],
        stretches: list[_Stretch],
        starts: list[int],
        wording: str,
    ) -> None:
        self._known = known
        self._stretches = stretches
        self._starts = starts
        self._wording = wording
        self._at = 0  # how many characters of the original's text have been passed

    def write(self, root: etree._Element) -> Iterator[str]:
        """Give the document's pieces in order."""
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            known = self._known.get(element)
            if known and known.signature != _signature(element):
                self._at = known.start.at
                yield from self._anew(element, event, known)
            elif known:
                yield self._again(element, event, known)
            else:
                yield from self._anew(element, event, None)
            if event == "start" and element.text:
                yield from self._words(element.text)
            if event != "start" and element.tail and element is not root:
                yield from self._words(element.tail)

    def _again(self, element: etree._Element, event: str, known: _Known) -> str:
        """Write a tag that is as it was, even where an element that was empty is so no more."""
        if event == "end":
            if known.end is not None:
                self._at = known.end.at
                return known.end.raw
            return f"</{_name(element)}>" if _has_content(element) else ""
        self._at = known.start.at
        if event == "start" and known.end is None and _has_content(element):
            return known.start.raw[:-2].rstrip() + ">"
        return known.start.raw

    def _anew(self, element: etree._Element, event: str, known: _Known | None) -> Iterator[str]:
        if event in ("comment", "pi"):
            yield etree.tostring(element, encoding="unicode", with_tail=False)
        elif event == "start":
            yield _start_tag(element, closing=not _has_content(element))
        elif _has_content(element):
            yield f"</{_name(element)}>"
        if event == "end" and known and known.end:
            self._at = known.end.at

    def _words(self, text: str) -> Iterator[str]:
        """Write a text as the original does, where it is the text that follows there, and plainly elsewhere."""
        if not self._wording.startswith(text, self._at):
            yield _escaped(text)
            return
        start, end = self._at, self._at + len(text)
        number = bisect_right(self._starts, start) - 1
        while number < len(self._stretches) and self._stretches[number].at < end:
            stretch = self._stretches[number]
            first, last = max(start - stretch.at, 0), min(end - stretch.at, len(stretch.text))
            if last - first == len(stretch.text):
                yield stretch.raw
            elif stretch.raw == stretch.text:
                yield stretch.raw[first:last]
            else:
                yield _escaped(stretch.text[first:last])
            number += 1
        self._at = end


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    """Give a document's byte order mark, its encoding and its characters (XML 1.0, appendix F)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, encoding, data[len(mark) :].decode(encoding)
    for start, encoding in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if data.startswith(start):
            return b"", encoding, data.decode(encoding)
    declared = _DECLARED.match(data)
    encoding = declared[1].decode() if declared else "utf-8"
    return b"", encoding, data.decode(encoding)


def _character(match: re.Match[str]) -> str:
    """Give what a reference or a line end stands for."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    if hexadecimal or decimal:
        return chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
    return "\n"


def _signature(node: etree._Element) -> tuple[object, ...]:
    """Give what a node's tag says: name and attributes, or the text of a comment or instruction."""
    if isinstance(node.tag, str):
        return node.tag, node.prefix, tuple(node.items())
    return node.tag, getattr(node, "target", ""), node.text


def _beside(root: etree._Element) -> list[etree._Element]:
    return [*root.itersiblings(preceding=True), *root.itersiblings()]


def _has_content(element: etree._Element) -> bool:
    return bool(element.text) or next(element.iterchildren(), None) is not None


def _name(element: etree._Element) -> str:
    name = etree.QName(element).localname
    return f"{element.prefix}:{name}" if element.prefix else name


def _start_tag(element: etree._Element, *, closing: bool) -> str:
    """Write a start tag, with the namespaces that the element declares itself."""
    parent = element.getparent()
    above = parent.nsmap if parent is not None else {}
    spaces = {prefix: uri for prefix, uri in element.nsmap.items() if above.get(prefix) != uri}
    told = [f'xmlns{f":{prefix}" if prefix else ""}="{_quoted(uri)}"' for prefix, uri in spaces.items()]
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items() if prefix} | {XML: "xml"}
    for key, value in element.items():
        qname = etree.QName(key)
        prefix = f"{prefixes[qname.namespace]}:" if qname.namespace else ""
        told.append(f'{prefix}{qname.localname}="{_quoted(str(value))}"')
    return f"<{' '.join([_name(element), *told])}{'/' if closing else ''}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(value: str) -> str:
    return _escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _says(data: bytes, root: etree._Element) -> bool:
    """Tell whether a document as written says what a tree does."""
    try:
        again = parse(data, "").getroot()
    except Rejected:
        return False
    return all(
        one is not None and other is not None and _content(one) == _content(other)
        for one, other in zip_longest(again.iter(), root.iter())
    )


def _content(node: etree._Element) -> tuple[object, ...]:
    attributes = sorted(node.items()) if isinstance(node.tag, str) else ()
    parent = node.getparent()
    tail = node.tail if parent is not None else None
    return node.tag, tuple(attributes), node.text or "", tail or "", _number(node)


def _number(node: etree._Element) -> int:
    """Give how deep a node lies, which with the order of the nodes tells the shape of a tree."""
    return sum(1 for _ in node.iterancestors())
