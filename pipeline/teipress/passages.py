"""Passages: the sentences, verses or lines of one side of a translation, those that are encoded and those that are found.

A unit is a sentence that stands as an element or is to become one, or a whole block where a text is of verses or lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from teipress.sentences import sentences
from teipress.text import Block, Text
from teipress.verses import stand_alone

_ASIDE: Final = frozenset({"note", "fw", "figDesc"})

#: An element: where it begins and ends in the wording, and its name.
Key = tuple[int, int, str]


@dataclass(frozen=True)
class Unit:
    """A sentence: its range in the reading, the element that it is or is to be, its block and that
    one's element, its words."""

    start: int
    end: int
    key: Key
    block: Block
    within: Key
    words: str


@dataclass(frozen=True)
class Passage:
    """One side: its element, and its units."""

    key: Key
    units: tuple[Unit, ...]


def passage(text: Text, key: Key) -> Passage:
    """Read an element as a passage: the sentences that are encoded in it, or in other blocks those that are found."""
    encoded = sorted(
        (e.start, e.end, e.tag) for e in text.encoded if is_sentence(e.tag, dict(e.attributes).get("type"))
    )
    blocks = [
        block
        for block in text.blocks
        if block.start < block.end
        and block.tag not in _ASIDE
        and not _ASIDE & set(block.ancestors)
        and key[0] <= text.to_source(block.start, block.end)[0] < key[1]
    ]
    found = {block: _ranges(text, block) for block in blocks}
    alone = stand_alone([(text.reading[b.start : b.end], b.tag, len(found[b])) for b in blocks])
    units: list[Unit] = []
    for block in blocks:
        within = (*text.to_source(block.start, block.end), block.tag)
        first = bisect_left(encoded, within[0], key=lambda entry: entry[0])
        last = bisect_left(encoded, within[1], key=lambda entry: entry[0])
        known = [entry for entry in encoded[first:last] if entry[1] <= within[1]]
        if known:
            units += _encoded_units(text, block, within, known)
        elif alone:
            a, b = block.start, block.end
            units.append(Unit(a, b, within, block, within, text.reading[a:b]))
        else:
            for a, b in found[block]:
                units.append(Unit(a, b, (*text.to_source(a, b), "seg"), block, within, text.reading[a:b]))
    return Passage(key, tuple(units))


def _encoded_units(text: Text, block: Block, within: Key, known: Iterable[Key]) -> Iterator[Unit]:
    at = block.start
    for key in known:
        inside = [k for k in range(at, block.end) if key[0] <= text.to_source(k, k + 1)[0] < key[1]]
        if inside:
            at = inside[-1] + 1
            yield Unit(inside[0], at, key, block, within, text.reading[inside[0] : at])


def _ranges(text: Text, block: Block) -> list[tuple[int, int]]:
    reading = text.reading[block.start : block.end]
    return [
        (block.start + a, block.start + b)
        for a, b in sentences(reading, block.language or text.language, _wide(text, block))
    ]


def _wide(text: Text, block: Block) -> list[int]:
    """Find the spaces of a block that are several in the source, on one line."""
    found = []
    for match in re.finditer(" ", text.reading[block.start : block.end]):
        a, b = text.to_source(block.start + match.start(), block.start + match.end())
        if b - a > 1 and "\n" not in text.source[a:b]:
            found.append(match.start())
    return found


def is_sentence(tag: str, kind: str | None) -> bool:
    """Tell whether an element is a sentence."""
    return tag == "s" or (tag == "seg" and kind == "s")
