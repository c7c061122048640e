"""Passages in another language inside a text, and where in the text they are translated.

What both name (register entries, numbers) and the vectors of their sentences speak for a pair of blocks, and one of
the two must speak clearly: most foreign words in a text are translated nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from teipress.alignment.beads import Matrix
from teipress.alignment.vectors import Encoder, encoded, encoder
from teipress.sentences import length, sentences
from teipress.text import Block, Text

_WINDOW: Final = 12  # how many blocks before and after a passage its translation is looked for
_ENOUGH: Final = 0.3  # the least weight of what both passages name
_CLEAR: Final = 1.5  # how many times the weight of the second best
_RATIOS: Final = (0.2, 12.0)  # plausible lengths of a translation, in lengths of the original
_LEAST: Final = 24.0  # letters from which the vectors of a passage say something
#: How near the sentences of a passage are to those of its translation: at least, and nearer than the second best; or,
#: in languages that the vectors know little of, at least, and how many times the second best.
_NEAR: Final = (0.36, 0.12)
_DIM: Final = (0.24, 3.0)
_FAR: Final = 0.12  # how near what both name must be, where there are vectors
_NUMBER: Final = re.compile(r"\d{2,}")
_PROSE: Final = frozenset({"p", "ab", "l", "item", "head", "quote", "q", "said"})


def pairs(
    text: Text, known: Sequence[Block] = (), encode: Callable[[], Encoder | None] = encoder
) -> list[tuple[Block, Block]]:
    """Find the blocks of a text that are translated in it, each once: the original, and its translation.

    Those that are `known` have their counterparts. `encode` gives the vectors of sentences, if there are any; it is
    asked only where a foreign passage has a block near it that might be its translation.
    """
    named = _named_in_blocks(text)
    near = _Near(text, encode)
    rarity = Counter(name for names in named for name in names)
    found: list[tuple[Block, Block]] = []
    taken = {at for at, block in enumerate(text.blocks) if block in known}
    for at, block in enumerate(text.blocks):
        if at in taken or block.tag not in _PROSE or not _is_foreign(block, text):
            continue
        candidates = [
            other
            for other in range(max(0, at - _WINDOW), min(len(text.blocks), at + _WINDOW + 1))
            if other not in taken and _may_translate(text.blocks[other], block, text)
        ]
        weights = sorted(
            ((sum(1 / rarity[name] for name in named[at] & named[other]), other) for other in candidates),
            reverse=True,
        )
        best = _by_names(weights)
        if best is None or not near.may_be(at, best):
            best = near.nearest(at, candidates)
        if best is not None:
            taken.add(best)
            found.append((block, text.blocks[best]))
    return found


def _by_names(weights: Sequence[tuple[float, int]]) -> int | None:
    """Choose what names most of the same, if that is clear."""
    if not weights or weights[0][0] < _ENOUGH:
        return None
    return weights[0][1] if len(weights) == 1 or weights[0][0] >= _CLEAR * weights[1][0] else None


class _Near:
    """How near blocks are by the vectors of their sentences, each read once."""

    def __init__(self, text: Text, encode: Callable[[], Encoder | None]) -> None:
        self._text = text
        self._encode = encode
        self._read: dict[int, tuple[Matrix, Matrix]] = {}

    def may_be(self, at: int, other: int) -> bool:
        """Tell whether nothing speaks against a pair."""
        return not self._says(at) or self._similarity(at, other) >= _FAR

    def nearest(self, at: int, candidates: Sequence[int]) -> int | None:
        """Choose the block that is nearest to another, if it is near and the others are not."""
        if not candidates or not self._says(at):
            return None
        ordered = sorted(((self._similarity(at, other), other) for other in candidates), reverse=True)
        (best, other), second = ordered[0], max(0.0, ordered[1][0]) if len(ordered) > 1 else 0.0
        near = best >= _NEAR[0] and best - second >= _NEAR[1]
        return other if near or (best >= _DIM[0] and best >= _DIM[1] * second) else None

    def _says(self, at: int) -> bool:
        """Tell whether a block has words enough, and there are vectors."""
        block = self._text.blocks[at]
        return length(self._text.reading[block.start : block.end]) >= _LEAST and self._encode() is not None

    def _similarity(self, at: int, other: int) -> float:
        """Give how near each sentence of either block is to one of the other's, on average."""
        (left, weights), (right, others) = self._vectors(at), self._vectors(other)
        table = left @ right.T
        there = float(np.average(table.max(axis=1), weights=weights))
        return (there + float(np.average(table.max(axis=0), weights=others))) / 2

    def _vectors(self, at: int) -> tuple[Matrix, Matrix]:
        if at not in self._read:
            block, encode = self._text.blocks[at], self._encode()
            assert encode is not None
            words = self._text.reading[block.start : block.end]
            parts = [words[a:b] for a, b in sentences(words, block.language or self._text.language)]
            weights = np.sqrt(np.array([length(part) for part in parts], np.float32))
            self._read[at] = encoded(parts, encode), weights
        return self._read[at]


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
