"""`Text`: the flat, read-only view of a TEI tree that annotators work on.

A text has two projections. `source` is every character that the source has, in its order: it is what the
wording proof compares and what `weave` counts in. `reading` is what a reader reads: corrected, hyphens joined,
white space folded, a block on each line, notes and running heads on lines of their own after the main text.
Every character of the reading knows its range in the source.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final, NamedTuple

from lxml import etree

from teipress.document import LANG, local, tei
from teipress.elements import ADDITIONS, ASIDES, ATOMS, BLOCK_OR_PHRASE, BLOCKS, CONTAINERS, LEAVES

_SPACE: Final = re.compile(r"\s+")
_WIDE: Final = re.compile(r"\s\s")
_NESTED: Final = 4  # phrases in other languages within one another
_EDITORS: Final = frozenset({"supplied", "corr", "unclear", "expan", "add"})  # whose brackets nobody reads
#: What is read otherwise than as its text in its place.
_OTHERWISE: Final = ASIDES | ATOMS | BLOCKS | BLOCK_OR_PHRASE | {"metamark", "pc"}
_WHOLE: Final = CONTAINERS | ATOMS | {"metamark", "pc"}
_ADDED: Final = tuple(f"{{*}}{name}" for name in sorted(ADDITIONS))
_SKIPPED: Final = frozenset({tei("teiHeader"), tei("standOff"), tei("facsimile"), tei("sourceDoc")})


class Node(NamedTuple):
    """One step of a walk through a tree; `offset` counts the source's characters before it.

    `event` is "start" or "end" of `element` (`place` is its index among its parent's children), or "text":
    then `text` stands in `element` after its first `place` children. `wording` tells whether the source has it.
    """

    event: str
    element: etree._Element
    place: int
    offset: int
    text: str
    wording: bool


def is_addition(element: etree._Element) -> bool:
    """Tell whether this edition added the element's text: it stands in no source, so it has no @source."""
    return local(element) in ADDITIONS and element.get("source") is None


def walk(root: etree._Element) -> Iterator[Node]:
    """Walk through every `text` of a document in order, without recursion; header and standOff are passed by."""
    if root.tag not in (tei("TEI"), tei("teiCorpus")):
        yield from _walk_text(root, 0)
        return
    offset = 0
    for text in _texts(root):
        for node in _walk_text(text, offset):
            yield node
            offset = node.offset + (len(node.text) if node.event == "text" and node.wording else 0)


def _texts(root: etree._Element) -> Iterator[etree._Element]:
    for child in root.iterchildren(tei("text"), tei("TEI"), tei("teiCorpus")):
        if child.tag == tei("text"):
            yield child
        else:
            yield from _texts(child)


def _walk_text(root: etree._Element, offset: int) -> Iterator[Node]:
    places = [0]  # for each open element, how many of its children have been met
    added = 0  # how many open elements are the edition's additions
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            added += is_addition(element)
            yield Node("start", element, places[-1], offset, "", not added)
            places[-1] += 1
            places.append(0)
            if element.text:
                yield Node("text", element, 0, offset, element.text, not added)
                offset += 0 if added else len(element.text)
            continue
        if event == "end":
            places.pop()
            yield Node("end", element, places[-1] - 1, offset, "", not added)
            added -= is_addition(element)
        else:
            places[-1] += 1
        if element.tail and element is not root:
            yield Node("text", element.getparent(), places[-1], offset, element.tail, not added)
            offset += 0 if added else len(element.tail)


def wording(root: etree._Element) -> str:
    """Give the source's wording: all text inside `text` but what this edition adds."""
    texts = [root] if root.tag not in (tei("TEI"), tei("teiCorpus")) else _texts(root)
    return "".join(map(_wording, texts))


def _wording(text: etree._Element) -> str:
    """Give the wording of one text: what the edition adds is taken out of a copy, and the rest is read at once."""
    if any(map(is_addition, text.iter(*_ADDED))):
        text = deepcopy(text)
        for added in list(text.iter(*_ADDED)):
            if is_addition(added):
                tail = added.tail
                added.clear()
                added.tail = tail
    return "".join(map(str, text.itertext("{*}*")))


def reading(element: etree._Element) -> str:
    """Give the reading of one element, as `Text.of` would, without the places of its characters.

    That is soon done where nothing inside is read otherwise than as its text in its place, as mostly nothing is.
    """
    if local(element) in _WHOLE:
        return Text.of(element).reading
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            name = local(node)
            if node is not element and (name in _OTHERWISE or (name == "lb" and node.get("break") == "no")):
                return Text.of(element).reading
            pieces += (" " if name == "lb" else "", node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    words = folded("".join(pieces))
    return f"{words}\n" if words else ""


def folded(wording: str) -> str:
    """Give a wording with each run of white space as one space: the form in which wordings are compared."""
    return " ".join(wording.split())


@dataclass(frozen=True)
class Encoded:
    """An element that stands in the tree already, over a range of the source projection."""

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Block:
    """A line of the reading, `[start, end)` in it: its element's name, its ancestors' names, its language."""

    start: int
    end: int
    tag: str
    ancestors: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class Text:
    """The two projections of a tree and what is known of their ranges."""

    source: str
    reading: str
    blocks: tuple[Block, ...]
    encoded: tuple[Encoded, ...]
    language: str
    _starts: array[int]
    _ends: array[int]
    _hidden: tuple[tuple[int, int], ...]  # ranges of the source that are not read: brackets, mostly
    _foreign: tuple[
        tuple[int, int, str], ...
    ]  # ranges of the reading that are in another language than their block

    @classmethod
    def of(cls, root: etree._Element) -> Text:
        """View a TEI document, or any element in it."""
        reader = _Reader()
        for node in walk(root):
            reader.take(node)
        return reader.text()

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Map a range of the reading to the range of the source that it reads.

        A bracket just outside belongs to the range where its partner lies inside: `[J.S.] Mill`.
        """
        low, high = self._starts[start], max(self._ends[start:end], default=self._starts[start])
        first = bisect_left(self._hidden, low, key=lambda hidden: hidden[0])
        last = bisect_left(self._hidden, high, key=lambda hidden: hidden[0])
        if (last - first) % 2:
            if first and self._hidden[first - 1][1] == low:
                return self._hidden[first - 1][0], high
            if last < len(self._hidden) and self._hidden[last][0] == high:
                return low, self._hidden[last][1]
        return low, high

    def block_at(self, offset: int) -> Block | None:
        """Give the block of the reading that an offset of the reading lies in."""
        at = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[at] if at >= 0 and offset < self.blocks[at].end else None

    def language_at(self, offset: int) -> str:
        """Give the language of the reading at an offset."""
        before = bisect_right(self._foreign, (offset, len(self.reading) + 1))
        for _, end, language in reversed(self._foreign[max(0, before - _NESTED) : before]):
            if offset < end:
                return language
        block = self.block_at(offset)
        return block.language if block else self.language


class _Flow:
    """A run of reading text under construction: the main text, or one note."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts = array("q")  # for each character written, where it stands in the source
        self.ends = array("q")
        self.open = False  # whether the line has a character yet
        self.space: tuple[int, int] | None = None  # white space that is not yet written
        self.joining = False  # whether the next white space is the line break inside a word
        self.blocks: list[tuple[int, str, tuple[str, ...], str]] = []
        self.foreign: list[tuple[int, int, str]] = []  # phrases in another language than what is around them

    def line(self, offset: int) -> None:
        """End the line, if it has text."""
        if self.open:
            self._append("\n", offset, offset)
        self.open, self.space, self.joining = False, None, False

    def write(self, text: str, start: int, end: int | None = None) -> None:
        """Add a stretch of text that stands at `start`, or that as a whole reads `[start, end)`."""
        core, at = text.strip(), 0
        if end is None and core and not _WIDE.search(core):  # as nearly always: it is as long as it reads
            at = len(text) - len(text.lstrip())
            if at and not self.joining:
                self.space = (start, start + at)
            self._put(" ".join(core.split()), start, at, end)
            at += len(core)
            if at < len(text):
                self.space = (start + at, start + len(text))
            return
        for gap in _SPACE.finditer(text):
            self._put(text[at : gap.start()], start, at, end)
            if not (self.joining and gap.start() == 0):
                self.space = (start, end) if end is not None else (start + gap.start(), start + gap.end())
            at = gap.end()
        self._put(text[at:], start, at, end)

    def _put(self, word: str, start: int, at: int, end: int | None) -> None:
        if not word:
            return
        if self.space and self.open:
            self._append(" ", *self.space)
        self.space, self.open, self.joining = None, True, False
        self.parts.append(word)
        if end is None:
            self.starts.extend(range(start + at, start + at + len(word)))
            self.ends.extend(range(start + at + 1, start + at + len(word) + 1))
        else:
            self.starts.extend([start] * len(word))
            self.ends.extend([end] * len(word))

    def _append(self, character: str, start: int, end: int) -> None:
        self.parts.append(character)
        self.starts.append(start)
        self.ends.append(end)


class _Reader:
    """Builds both projections in one walk."""

    def __init__(self) -> None:
        self.source: list[str] = []
        self.encoded: list[tuple[int, int, etree._Element]] = []
        self.flows = [_Flow()]  # the main text, then the asides in their order
        self.current = [self.flows[0]]
        self.path: list[str] = []
        self.languages = [""]
        self.language = ""
        self.leaf = 0  # how many open elements hold running text
        self.opened: list[int] = []
        self.switched: list[
            int
        ] = []  # where each open element begins in its flow; -1 where it changes no language
        self.atom: list[int] = []  # index in `path` of the open choice or app, and the part read in it
        self.hidden = 0
        self.hidden_ranges: list[tuple[int, int]] = []
        self.reading_of_atom: list[str] = []
        self.atom_start = 0

    def take(self, node: Node) -> None:
        if node.event == "start":
            self._start(node)
        elif node.event == "end":
            self._end(node)
        else:
            if node.wording:
                self.source.append(node.text)
            self._read(node)

    def _start(self, node: Node) -> None:
        name = local(node.element)
        language = node.element.get(LANG) or self.languages[-1]
        self.language = self.language or language
        is_phrase = self.leaf and not self._is_block(name) and name not in ASIDES
        switches = is_phrase and language != self.languages[-1]
        self.switched.append(len(self.current[-1].starts) if switches else -1)
        self.languages.append(language)
        self.opened.append(node.offset)
        if not self.atom and name in ATOMS:
            self.atom, self.reading_of_atom, self.atom_start = [len(self.path)], [], node.offset
        if name in ASIDES:
            self.flows.append(_Flow())
            self.current.append(self.flows[-1])
        if self._is_block(name):
            self.current[-1].line(node.offset)
        elif name == "lb":
            self._line_break(node)
        self.path.append(name)
        self.leaf += name in LEAVES
        self.hidden += self._is_hidden(node.element, name)

    def _end(self, node: Node) -> None:
        name = self.path[-1]
        self.hidden -= self._is_hidden(node.element, name)
        self.path.pop()
        self.leaf -= name in LEAVES
        if self._is_block(name):
            self.current[-1].line(node.offset)
        if name in ASIDES:
            self.current.pop()
        if self.atom and self.atom[0] == len(self.path):
            self.current[-1].write("".join(self.reading_of_atom), self.atom_start, node.offset)
            self.atom = []
        language, begin = self.languages.pop(), self.switched.pop()
        if begin >= 0:
            self.current[-1].foreign.append((begin, len(self.current[-1].starts), language))
        self.encoded.append((self.opened.pop(), node.offset, node.element))

    def _is_block(self, name: str) -> bool:
        if self.atom:
            return False
        return (name in BLOCKS or name in BLOCK_OR_PHRASE) and not (name in BLOCK_OR_PHRASE and self.leaf)

    def _is_hidden(self, element: etree._Element, name: str) -> bool:
        """Tell what a reader does not read: the rejected half of a choice, brackets, a line-end hyphen."""
        if name == "metamark":
            return len(self.path) > 1 and self.path[-2] in _EDITORS
        if name == "pc":
            return element.get("force") == "weak"
        if not self.atom:
            return False
        siblings = {local(sibling) for sibling in element.getparent() if sibling is not element}  # type: ignore[union-attr]
        if name in ("sic", "orig", "abbr"):
            return bool(siblings & {"corr", "reg", "expan"})
        return name == "rdg" and "lem" in siblings

    def _line_break(self, node: Node) -> None:
        """Read `lb`: as white space, or inside a word as nothing (Guidelines 3.11.3)."""
        if node.element.get("break") == "no":
            self.current[-1].joining = True
        else:
            self.current[-1].space = (node.offset, node.offset)

    def _read(self, node: Node) -> None:
        if self.hidden:
            if node.wording and not self.atom:
                self.hidden_ranges.append((node.offset, node.offset + len(node.text)))
            return
        if self.atom:
            self.reading_of_atom.append(node.text)
            return
        flow = self.current[-1]
        if not flow.open and node.text.strip():
            flow.blocks.append((len(flow.starts), *self._place(), self.languages[-1]))
        flow.write(node.text, node.offset, None if node.wording else node.offset)

    def _place(self) -> tuple[str, tuple[str, ...]]:
        """Name the block that the open element belongs to, and its ancestors."""
        for depth in range(len(self.path) - 1, -1, -1):
            if self.path[depth] in BLOCKS or self.path[depth] in BLOCK_OR_PHRASE:
                return self.path[depth], tuple(self.path[:depth])
        return "", tuple(self.path)

    def text(self) -> Text:
        """Put the main text and the asides together."""
        parts: list[str] = []
        starts, ends = array("q"), array("q")
        blocks: list[Block] = []
        foreign: list[tuple[int, int, str]] = []
        for flow in self.flows:
            flow.line(flow.ends[-1] if flow.ends else 0)
            base = len(starts)
            bounds = [*(place[0] for place in flow.blocks[1:]), len(flow.starts)]
            for (at, tag, ancestors, language), end in zip(flow.blocks, bounds, strict=False):
                blocks.append(Block(base + at, base + end - 1, tag, ancestors, language))
            foreign += [(base + start, base + end, language) for start, end, language in flow.foreign]
            parts += flow.parts
            starts.extend(flow.starts)
            ends.extend(flow.ends)
        encoded = tuple(
            Encoded(start, end, local(element), tuple((str(k), str(v)) for k, v in element.attrib.items()))
            for start, end, element in self.encoded
        )
        return Text(
            "".join(self.source),
            "".join(parts),
            tuple(blocks),
            encoded,
            self.language,
            starts,
            ends,
            tuple(self.hidden_ranges),
            tuple(sorted(foreign, key=lambda run: (run[0], -run[1]))),
        )
