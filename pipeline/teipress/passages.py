"""Passages: the sentences, verses or lines of one side of a translation, those that are encoded and those found.

A unit is a sentence that stands as an element or is to become one, or a whole block where a text is of verses or
lines. A sentence that crosses an element is made of parts, each a `seg` of its own (Guidelines 21.3, @part); it ends
inside no name, date or `choice`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from teipress.elements import ATOMS, BLOCK_OR_PHRASE, LEAVES, NAMES
from teipress.sentences import is_sentence, sentences
from teipress.text import Block, Encoded, Text
from teipress.verses import stand_alone, within

_ASIDE: Final = frozenset({"note", "fw", "figDesc"})
_WHOLE: Final = ATOMS | NAMES | {"date", "time", "num", "measure", "w", "abbr", "title"}

#: An element: where it begins and ends in the wording, and its name.
Key = tuple[int, int, str]


@dataclass(frozen=True)
class Unit:
    """A sentence: its range in the reading, the elements that it is or is to be, its block and that
    one's element, its words."""

    start: int
    end: int
    keys: tuple[Key, ...]
    block: Block
    within: Key
    words: str
    is_verse: bool = False  # that its number tells

    @property
    def is_block(self) -> bool:
        """Whether the unit is all of a block, which stands for it."""
        return self.keys == (self.within,)


@dataclass(frozen=True)
class Passage:
    """One side: its element, and its units."""

    key: Key
    units: tuple[Unit, ...]


def passage(text: Text, key: Key, kept: Sequence[Encoded] = ()) -> Passage:
    """Read an element as a passage: the sentences that are encoded in it, and those that are found beside them.

    Those `kept` are taken as encoded, since people have spoken of them.
    """
    encoded = sorted((*text.encoded, *kept), key=lambda e: (e.start, -e.end))
    blocks = [
        block
        for block in text.blocks
        if block.start < block.end
        and block.tag not in _ASIDE
        and not _ASIDE & set(block.ancestors)
        and key[0] <= text.to_source(block.start, block.end)[0] < key[1]
    ]
    numbered = within([text.reading[block.start : block.end] for block in blocks])
    verses = {block: [block.start + at for at in cuts] for block, cuts in zip(blocks, numbered, strict=True)}
    found = {block: _sentences(text, block, block.start, block.end, verses[block]) for block in blocks}
    alone = stand_alone([(text.reading[b.start : b.end], b.tag, len(found[b])) for b in blocks])
    units: list[Unit] = []
    elements = elements_of(text, blocks)
    for block in blocks:
        whole = elements[block]
        first = bisect_left(encoded, whole[0], key=lambda e: e.start)
        last = bisect_left(encoded, whole[1], key=lambda e: e.start)
        inside = [e for e in encoded[first:last] if e.end <= whole[1]]
        known = list(_outermost(e for e in inside if _is_encoded(e)))
        if known or not alone:
            units += _of_block(_Line(text, block, whole, inside, verses[block]), known)
        else:
            units.append(
                Unit(
                    block.start,
                    block.end,
                    (whole,),
                    block,
                    whole,
                    text.reading[block.start : block.end],
                )
            )
    return Passage(key, tuple(_joined(units, encoded)))


def elements_of(text: Text, blocks: Sequence[Block]) -> dict[Block, Key]:
    """Give the element of each block, with the white space at its edges; a block that is a part of one, as it is."""
    tags = {_name(block) for block in blocks}
    whole: dict[Key, Key] = {}
    for e in text.encoded:
        if e.tag in tags:
            start, end = e.start, e.end
            while start < end and text.source[start].isspace():
                start += 1
            while start < end and text.source[end - 1].isspace():
                end -= 1
            whole[start, end, e.tag] = (e.start, e.end, e.tag)
    placed = {block: (*text.to_source(block.start, block.end), _name(block)) for block in blocks}
    return {block: whole.get(key, key) for block, key in placed.items()}


def _name(block: Block) -> str:
    """Name the element that a block is: of what begins with a quotation within a paragraph, the paragraph."""
    if block.tag not in BLOCK_OR_PHRASE:
        return block.tag
    return next((name for name in reversed(block.ancestors) if name in LEAVES), block.tag)


def _is_encoded(element: Encoded) -> bool:
    return is_sentence(element.tag, dict(element.attributes).get("type"))


def _outermost(elements: Iterable[Encoded]) -> Iterator[Encoded]:
    end = -1
    for element in elements:
        if element.start >= end and element.start < element.end:
            yield element
            end = element.end


@dataclass(frozen=True)
class _Line:
    """A block that is looked through: its element, the elements inside, and where verses begin in it."""

    text: Text
    block: Block
    whole: Key
    inside: Sequence[Encoded]
    verses: Sequence[int]


def _of_block(line: _Line, known: Sequence[Encoded]) -> Iterator[Unit]:
    """Give the units of a block: its encoded sentences, and what is found before, between and after them."""
    text, block = line.text, line.block
    at = block.start
    for element in known:
        start, end = _place(text, block, at, element.start), _place(text, block, at, element.end)
        yield from _found(line, at, start)
        if start < end:
            key = (element.start, element.end, element.tag)
            yield Unit(start, end, (key,), block, line.whole, text.reading[start:end].strip())
        at = max(at, end)
    yield from _found(line, at, block.end)


def _place(text: Text, block: Block, low: int, offset: int) -> int:
    """Give the first place of a block's reading that stands at or after an offset of the wording."""
    return bisect_left(range(block.end), offset, low, block.end, key=lambda at: text.to_source(at, at + 1)[0])


def _found(line: _Line, start: int, end: int) -> Iterator[Unit]:
    """Find the sentences of a stretch that has none encoded; none of them is of punctuation alone."""
    text, block = line.text, line.block
    if not any(character.isalnum() for character in text.reading[start:end]):
        return
    ranges = _sentences(text, block, start, end, line.verses)
    for a, b, parts in _fitted(text, block, line.inside, ranges):
        keys = tuple((*text.to_source(*part), "seg") for part in parts)
        yield Unit(a, b, keys, block, line.whole, text.reading[a:b], is_verse=bool(line.verses))


def _fitted(
    text: Text, block: Block, inside: Sequence[Encoded], ranges: list[tuple[int, int]]
) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Fit sentences to the elements of their block: give each with its parts.

    What ends inside a name or a `choice` goes on; what an element's edge cuts is of several parts.
    """
    cuts: set[int] = set()
    bound: set[int] = set()  # sentences that are not to end where they do
    starts, ends = [a for a, _ in ranges], [b for _, b in ranges]
    low, high = ranges[0][0], ranges[-1][1]
    for element in inside:
        a, b = _place(text, block, low, element.start), _place(text, block, low, element.end)
        first, last = bisect_right(ends, a), bisect_left(starts, min(b, high)) - 1
        if b <= low or a >= high or first >= last:
            continue
        if element.tag in _WHOLE:
            bound.update(range(first, last))
        elif a > starts[first] or b < ends[last]:
            cuts |= {a, b}
    at = 0
    while at < len(ranges):
        last = next(k for k in range(at, len(ranges)) if k not in bound)
        start, end = starts[at], ends[last]
        yield start, end, list(_parts(text, start, end, sorted(c for c in cuts if start < c < end)))
        at = last + 1


def _parts(text: Text, start: int, end: int, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut a sentence; give the parts that have a letter or a figure, without white space at their edges."""
    for a, b in zip((start, *cuts), (*cuts, end), strict=True):
        words = text.reading[a:b]
        if not cuts or any(character.isalnum() for character in words):
            yield a + len(words) - len(words.lstrip()), b - (len(words) - len(words.rstrip()))


def _joined(units: Iterable[Unit], encoded: Sequence[Encoded]) -> Iterator[Unit]:
    """Join the encoded parts of sentences: what continues (@prev, or @part M and F) belongs to what has begun."""
    going_on = {
        (e.start, e.end, e.tag)
        for e in encoded
        if _is_encoded(e) and ("prev" in (said := dict(e.attributes)) or said.get("part") in ("M", "F"))
    }
    before: Unit | None = None
    for unit in units:
        if before and unit.keys[0] in going_on:
            words = f"{before.words} {unit.words}"
            before = replace(before, end=unit.end, keys=(*before.keys, *unit.keys), words=words)
            continue
        if before:
            yield before
        before = unit
    if before:
        yield before


def _sentences(
    text: Text, block: Block, start: int, end: int, verses: Sequence[int]
) -> list[tuple[int, int]]:
    """Find the sentences of a stretch of a block, or its verses where they are numbered."""
    if verses:
        edges = [start, *(at for at in verses if start < at < end), end]
        pieces = [(a, b, text.reading[a:b]) for a, b in pairwise(edges)]
        return [
            (a + len(w) - len(w.lstrip()), b - len(w) + len(w.rstrip())) for a, b, w in pieces if w.strip()
        ]
    words, language = text.reading[start:end], block.language or text.language
    return [(start + a, start + b) for a, b in sentences(words, language, _wide(text, start, end))]


def _wide(text: Text, start: int, end: int) -> list[int]:
    """Find the spaces of a stretch that are several in the source, on one line."""
    found = []
    for match in re.finditer(" ", text.reading[start:end]):
        a, b = text.to_source(start + match.start(), start + match.end())
        if b - a > 1 and "\n" not in text.source[a:b]:
            found.append(match.start())
    return found
