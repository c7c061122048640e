"""The best chain of beads through a band of the table of all pairs of sentences.

Dynamic programming after Gale and Church ("A Program for Aligning Sentences in Bilingual Corpora", Computational
Linguistics 19, 1993): a bead takes up to four sentences of one side with one of the other, or two with two or three, or
leaves a sentence alone. It maximises the sum of the beads' scores. A row of the table costs a few operations
on arrays, and only the steps taken are kept, a byte a cell of the band: memory grows with the texts' length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

#: A bead: `[a, b)` of the original with `[c, d)` of the translation.
Step = tuple[int, int, int, int]

#: How many sentences of the original, and of the translation, a bead may hold.
SHAPES: Final = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1), (2, 3), (3, 2))
LONGEST: Final = 4
_ALONE: Final = len(
    SHAPES
)  # the step that leaves a sentence of the original alone; the next, of the translation
_STEPS: Final = (*SHAPES, (1, 0), (0, 1))
_NEVER: Final = np.float32(-1e9)
_BLOCK: Final = 128  # rows that are scored together

#: Scores of a shape for the spans that end in the rows `[a, b)` and the columns `[c, d)`, ends counted from 1.
Scores = Callable[[range, range], Sequence[Matrix]]


def best_path(
    rows: int,
    columns: int,
    band: Sequence[tuple[int, int]],
    scores: Scores,
    alone: float,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Step]:
    """Find the best chain of beads from the first to the last sentence of both sides.

    `band[i]` is the range of columns that row `i` may end in, for each of `rows + 1` rows; `alone` is the score
    of a sentence that is in no bead. Gives `[a, b)` of the original with `[c, d)` of the translation, in order.
    """
    steps: list[NDArray[np.int8]] = []
    recent: list[tuple[int, Matrix]] = []  # the first column of each of the last rows, and its scores
    for block in range(0, rows + 1, _BLOCK):
        ends = range(block, min(block + _BLOCK, rows + 1))
        window = range(min(band[i][0] for i in ends), max(band[i][1] for i in ends))
        scored = scores(ends, window)
        for i in ends:
            low, high = band[i]
            row, step = _row(
                i,
                low,
                high,
                recent,
                [m[i - block, low - window.start : high - window.start] for m in scored],
                alone,
            )
            recent = [*recent, (low, row)][-LONGEST:]
            steps.append(step)
        progress(len(ends))
    return _trace(rows, columns, band, steps)


def stretch_path(
    stretch: Step,
    band: Sequence[tuple[int, int]],
    scores: Scores,
    alone: float,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Step]:
    """Find the best chain of beads of a part of both sides, sentences `[a, b)` and `[c, d)`, in the whole's band."""
    a, b, c, d = stretch
    if a == b or c == d:
        progress(b - a + 1)
        return [(i, i + 1, c, c) for i in range(a, b)] + [(b, b, j, j + 1) for j in range(c, d)]
    within = [(max(low, c) - c, min(high, d + 1) - c) for low, high in band[a : b + 1]]
    within = [(low, high) if low < high else (0, d - c + 1) for low, high in within]
    within[0], within[-1] = (0, max(1, within[0][1])), (within[-1][0], d - c + 1)

    def shifted(rows: range, columns: range) -> Sequence[Matrix]:
        return scores(range(rows.start + a, rows.stop + a), range(columns.start + c, columns.stop + c))

    steps = best_path(b - a, d - c, within, shifted, alone, progress)
    return [(i + a, j + a, k + c, n + c) for i, j, k, n in steps]


def _row(
    i: int, low: int, high: int, recent: list[tuple[int, Matrix]], scores: Sequence[Matrix], alone: float
) -> tuple[Matrix, NDArray[np.int8]]:
    best = np.full(high - low, _NEVER, np.float32)
    step = np.full(high - low, _ALONE + 1, np.int8)
    if i == 0 and low == 0:
        best[0] = 0.0
    for number, (a, b) in enumerate(_STEPS[:-1]):
        if a > min(i, len(recent)):
            continue
        before = _shifted(recent[-a], low - b, high - b)
        score = before + (scores[number] if number < _ALONE else np.float32(alone))
        better = score > best
        best[better] = score[better]
        step[better] = number
    # Leaving sentences of the translation alone goes along the row: a running maximum does it at once.
    slope = np.float32(alone) * np.arange(high - low, dtype=np.float32)
    running = np.maximum.accumulate(best - slope) + slope
    skipped = running > best + 1e-6
    best[skipped] = running[skipped]
    step[skipped] = _ALONE + 1
    return best, step


def _shifted(row: tuple[int, Matrix], low: int, high: int) -> Matrix:
    """Give the columns `[low, high)` of an earlier row; those outside its band cannot be reached."""
    start, scores = row
    result = np.full(high - low, _NEVER, np.float32)
    a, b = max(low, start), min(high, start + len(scores))
    if a < b:
        result[a - low : b - low] = scores[a - start : b - start]
    return result


def _trace(
    rows: int, columns: int, band: Sequence[tuple[int, int]], steps: list[NDArray[np.int8]]
) -> list[Step]:
    beads = []
    i, j = rows, columns
    while i or j:
        a, b = _STEPS[steps[i][j - band[i][0]]]
        beads.append((i - a, i, j - b, j))
        i, j = i - a, j - b
    return beads[::-1]
