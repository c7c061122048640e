"""Translations inside one text: passages in another language, found again in the text's own.

What is found becomes `seg type="s"` for the sentences and one `linkGrp type="translation"` for each pair of
passages (Guidelines 17.4): stored once, the original first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from teipress.alignment import Bead, Sentence, align
from teipress.alignment.vectors import encoder
from teipress.sentences import sentences
from teipress.text import Block, Text

_WINDOW: Final = 12  # how many blocks before and after a passage its translation is looked for
_ENOUGH: Final = 0.3  # the least weight of what both passages name
_CLEAR: Final = 1.5  # how many times the weight of the second best
_RATIOS: Final = (0.2, 12.0)  # plausible lengths of a translation, in lengths of the original
_NUMBER: Final = re.compile(r"\d{2,}")
_PROSE: Final = frozenset({"p", "ab", "l", "item", "head", "quote"})


@dataclass(frozen=True)
class Passage:
    """A block with its sentences, in offsets of the reading."""

    block: Block
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Pair:
    """An original, its translation, and the beads between their sentences."""

    original: Passage
    translation: Passage
    beads: tuple[Bead, ...]


def pairs(text: Text) -> list[Pair]:
    """Find the passages of a text that are translated in it, each once."""
    named = _named_in_blocks(text)
    rarity = Counter(name for names in named for name in names)
    found: list[Pair] = []
    taken: set[int] = set()
    for at, block in enumerate(text.blocks):
        if block.tag not in _PROSE or not _is_foreign(block, text):
            continue
        candidates = [
            (sum(1 / rarity[name] for name in named[at] & named[other]), other)
            for other in range(max(0, at - _WINDOW), min(len(text.blocks), at + _WINDOW + 1))
            if other not in taken and _may_translate(text.blocks[other], block, text)
        ]
        best = sorted(candidates, reverse=True)[:2]
        if best and best[0][0] >= _ENOUGH and (len(best) == 1 or best[0][0] >= _CLEAR * best[1][0]):
            taken.add(best[0][1])
            found.append(_pair(text, block, text.blocks[best[0][1]]))
    return found


def _is_foreign(block: Block, text: Text) -> bool:
    return bool(block.language) and _main(block.language) != _main(text.language)


def _main(language: str) -> str:
    return language.partition("-")[0]


def _may_translate(other: Block, block: Block, text: Text) -> bool:
    """Tell whether a block may be the translation: prose in the text's language, of a plausible length."""
    ratio = (other.end - other.start) / max(1, block.end - block.start)
    return (
        other.tag in _PROSE
        and _main(other.language) == _main(text.language)
        and _RATIOS[0] <= ratio <= _RATIOS[1]
        and "bibl" not in other.ancestors
    )


def _named_in_blocks(text: Text) -> list[frozenset[str]]:
    """Give for each block the register entries and numbers that it names."""
    names = _references(text)
    return [_named(text, names, block.start, block.end) for block in text.blocks]


def _references(text: Text) -> list[tuple[int, int, str]]:
    return sorted(
        (encoded.start, encoded.end, dict(encoded.attributes)["ref"])
        for encoded in text.encoded
        if "ref" in dict(encoded.attributes)
    )


def _named(text: Text, names: list[tuple[int, int, str]], start: int, end: int) -> frozenset[str]:
    if start >= end:
        return frozenset()
    low, high = text.to_source(start, end)
    refs = {ref for at, stop, ref in names if low <= at and stop <= high}
    return frozenset(refs | set(_NUMBER.findall(text.reading, start, end)))


def _pair(text: Text, original: Block, translation: Block) -> Pair:
    left, right = _passage(text, original), _passage(text, translation)
    names = _references(text)
    passages = [
        [
            Sentence(text.reading[a:b], passage.block.language, _named(text, names, a, b))
            for a, b in passage.ranges
        ]
        for passage in (left, right)
    ]
    return Pair(left, right, tuple(align(passages[0], passages[1], encoder())))


def _passage(text: Text, block: Block) -> Passage:
    ranges = sentences(text.reading[block.start : block.end], block.language)
    return Passage(block, tuple((block.start + start, block.start + end) for start, end in ranges))


def minted(
    prefix: str, taken: Iterable[str], known: Mapping[tuple[int, int], str], wanted: list[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Give each wanted range an id: the one that it had, or the next free number after `prefix`."""
    used = set(taken) | set(known.values())
    numbers = [int(ident[len(prefix) :]) for ident in used if re.fullmatch(re.escape(prefix) + r"\d+", ident)]
    following = max(numbers, default=0)
    idents: dict[tuple[int, int], str] = {}
    for range_ in wanted:
        if range_ in known:
            idents[range_] = known[range_]
        elif range_ not in idents:
            following += 1
            idents[range_] = f"{prefix}{following}"
    return idents
