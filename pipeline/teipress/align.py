"""Alignment of two passages: which sentences of a translation render which of the original.

Dynamic programming over beads (1:1, 1:2, 2:1, 2:2, and sentences left alone), scored by their lengths (the
method of Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics
19, 1993) and by the entities that both sides name.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

_VARIANCE: Final = 6.8  # of the length of a translation, per character (Gale and Church 1993, section 3.2)
#: Costs of the kinds of bead, as minus the logarithm of how often they occur.
_BEADS: Final = {
    (1, 1): 0.12,
    (1, 2): 3.0,
    (2, 1): 3.0,
    (2, 2): 4.2,
    (1, 3): 5.0,
    (3, 1): 5.0,
    (1, 0): 5.5,
    (0, 1): 5.5,
}
_SHARED: Final = 2.5  # gain for an entity on both sides of a bead
_MISSED: Final = 1.5  # cost of one on one side only, where the other passage names it too


@dataclass(frozen=True)
class Sentence:
    """A sentence as far as alignment sees it: its length in letters and the entities and numbers it names."""

    length: int
    named: frozenset[str]


@dataclass(frozen=True)
class Bead:
    """Sentences `[a, b)` of the original with `[c, d)` of the translation; one side may be empty."""

    original: tuple[int, int]
    translation: tuple[int, int]
    shared: int


def align(original: list[Sentence], translation: list[Sentence]) -> list[Bead]:
    """Align two passages, of which the second as a whole translates the first."""
    ratio = sum(s.length for s in translation) / max(1, sum(s.length for s in original))
    common = _named(original) & _named(translation)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(original) + 1):
        for j in range(len(translation) + 1):
            for (a, b), prior in _BEADS.items():
                before = best.get((i - a, j - b))
                if before is None:
                    continue
                cost = before[0] + prior + _cost(original[i - a : i], translation[j - b : j], ratio, common)
                if (i, j) not in best or cost < best[i, j][0]:
                    best[i, j] = (cost, (a, b))
    return _trace(best, original, translation)


def _named(sentences: list[Sentence]) -> frozenset[str]:
    return frozenset().union(*(sentence.named for sentence in sentences))


def _cost(
    original: list[Sentence], translation: list[Sentence], ratio: float, common: frozenset[str]
) -> float:
    if not original or not translation:
        return 0.0
    left, right = _named(original) & common, _named(translation) & common
    expected = sum(s.length for s in original) * ratio
    found = sum(s.length for s in translation)
    deviation = (found - expected) / math.sqrt(max(1.0, (found + expected) / 2) * _VARIANCE)
    tail = math.erfc(abs(deviation) / math.sqrt(2))
    return -math.log(max(tail, 1e-9)) - _SHARED * len(left & right) + _MISSED * len(left ^ right)


def _trace(
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]],
    original: list[Sentence],
    translation: list[Sentence],
) -> list[Bead]:
    beads: list[Bead] = []
    i, j = len(original), len(translation)
    while i or j:
        a, b = best[i, j][1]
        shared = _named(original[i - a : i]) & _named(translation[j - b : j])
        beads.append(Bead((i - a, i), (j - b, j), len(shared)))
        i, j = i - a, j - b
    return beads[::-1]
