"""The band of the table in which the path is looked for: around sentences that are surely each other's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from teipress.alignment.beads import Matrix, Step

_WHOLE: Final = 40_000  # cells up to which the whole table is the band
_MARGIN: Final = 48  # columns on either side of the sure pairs
_NEAREST: Final = 2  # candidates for each sentence
_CELLS: Final = 1_000_000  # pairs of sentences that are looked at together
_EMPTY: Final = 2_000_000  # cells between two sure pairs, above which only the diagonal is looked at

Band = list[tuple[int, int]]
_FAR: Final = 1 << 40


def band(
    sides: tuple[Matrix, Matrix],
    progress: Callable[[int], None] = lambda _: None,
    fixed: Sequence[Step] = (),
) -> Band:
    """Give for each row, and one more, the range of columns to look at; it holds the `fixed` beads, which rise.

    `sides` are unit vectors of the sentences. Small tables are looked at as a whole. In large ones each
    sentence's nearest are found a stretch at a time, and the heaviest chain of them that rises on both sides is
    the spine of the band, so that memory grows with the number of sentences, not with its square.
    """
    rows, columns = len(sides[0]), len(sides[1])
    if (rows + 1) * (columns + 1) <= _WHOLE:
        progress(rows)
        return [(0, columns + 1)] * (rows + 1)
    chain = _chain(_candidates(*sides, progress), columns)
    spine = _through([(i + 1, j + 1) for i, j in chain], fixed)
    return _around([(0, 0), *spine, (rows, columns)], rows, columns)


def _through(chain: Sequence[tuple[int, int]], fixed: Sequence[Step]) -> list[tuple[int, int]]:
    """Lead a rising chain through fixed beads: what does not agree with them is left out."""
    spine: list[tuple[int, int]] = []
    at = 0
    for a, b, c, d in (*fixed, (_FAR, _FAR, _FAR, _FAR)):
        low = spine[-1] if spine else (0, 0)
        while at < len(chain) and chain[at][0] <= a:
            if low[0] <= chain[at][0] and low[1] <= chain[at][1] <= c:
                spine.append(chain[at])
            at += 1
        while at < len(chain) and chain[at][0] <= b:
            at += 1
        spine += [(a, c), (b, d)] if a < _FAR else []
    return spine


def _candidates(
    original: Matrix, translation: Matrix, progress: Callable[[int], None]
) -> list[tuple[int, int, float]]:
    """Give the nearest sentences of the translation for each of the original, as far as they stand out."""
    usual = translation @ original.mean(0)
    mean = translation.mean(0)
    found: list[tuple[int, int, float]] = []
    size = max(16, _CELLS // len(translation))
    for start in range(0, len(original), size):
        chunk = original[start : start + size]
        scores = chunk @ translation.T - usual / 2 - (chunk @ mean)[:, None] / 2
        count = min(_NEAREST + 1, scores.shape[1])
        top = np.argpartition(-scores, count - 1, axis=1)[:, :count]
        values = np.take_along_axis(scores, top, axis=1)
        floor = values.min(axis=1)
        for row, (places, row_values) in enumerate(zip(top, values, strict=True)):
            found += [
                (start + row, int(j), float(v - floor[row]))
                for j, v in zip(places, row_values, strict=True)
                if v - floor[row] > 0.02
            ]
        progress(len(chunk))
    return found


def _chain(candidates: Sequence[tuple[int, int, float]], columns: int) -> list[tuple[int, int]]:
    """Find the heaviest chain of pairs that rises on both sides, with a tree of the best weights so far."""
    tree: list[tuple[float, int]] = [(0.0, -1)] * (columns + 2)
    total: list[float] = []
    before: list[int] = []
    ordered = sorted(
        candidates, key=lambda pair: (pair[0], -pair[1])
    )  # of one row each sees only earlier rows
    for number, (_, j, weight) in enumerate(ordered):
        best, at = (0.0, -1), j
        while at > 0:
            best = max(best, tree[at])
            at -= at & -at
        total.append(best[0] + weight)
        before.append(best[1])
        at = j + 1
        while at < len(tree):
            tree[at] = max(tree[at], (total[number], number))
            at += at & -at
    at = max(range(len(ordered)), key=total.__getitem__, default=-1)
    chain = []
    while at >= 0:
        chain.append(ordered[at][:2])
        at = before[at]
    return chain[::-1]


def _around(spine: list[tuple[int, int]], rows: int, columns: int) -> Band:
    low = np.full(rows + 1, columns, np.int64)
    high = np.zeros(rows + 1, np.int64)
    for (a, c), (b, d) in pairwise(spine):
        across = np.arange(a, b + 1)
        if (b - a + 1) * (d - c + 1) > _EMPTY and b > a:
            middle = c + (across - a) * (d - c) // (b - a)
            width = max(_MARGIN * 4, (d - c) // max(1, b - a) * 2)
            first, last = middle - width, middle + width
        else:
            first, last = np.full(b - a + 1, c - _MARGIN), np.full(b - a + 1, d + _MARGIN)
        low[a : b + 1] = np.minimum(low[a : b + 1], first)
        high[a : b + 1] = np.maximum(high[a : b + 1], last)
    low[0], high[-1] = 0, columns + 1
    low = np.minimum.accumulate(np.clip(low, 0, columns)[::-1])[::-1]
    high = np.maximum.accumulate(np.clip(high + 1, 1, columns + 1))
    return [(int(a), int(b)) for a, b in zip(low, high, strict=True)]
