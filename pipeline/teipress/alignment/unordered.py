"""Paragraphs that a translation has elsewhere: what the rising chain has left over on both sides, paired across it.

The chain of beads rises on both sides, so of two paragraphs that have changed places one is left over. Stretches of
sentences that are linked weakly or not at all, a paragraph or a part of one each, are held against one another, and
those that agree in nearly every sentence are each other's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from teipress.alignment.beads import SHAPES, Matrix, Scores, Step, best_path

_LEAST: Final = 2  # sentences of a stretch
_AGREE: Final = 0.4  # score of a stretch's beads for each of its sentences
_CLEARLY: Final = 0.1  # by how much it is better than with another stretch
_MOST: Final = 2500  # pairs of stretches that are tried
_LONGEST: Final = 60  # sentences of a stretch
_NUMBERS: Final = {shape: number for number, shape in enumerate(SHAPES)}

Stretch = tuple[int, int]
#: Of a stretch of each side: how well they agree, and the steps from one to the other.
_Match = tuple[float, Stretch, Stretch, list[Step]]


def moved(
    weak: tuple[Sequence[bool], Sequence[bool]],
    opens: tuple[Sequence[bool], Sequence[bool]],
    scores: Scores,
    alone: float,
) -> Iterator[list[Step]]:
    """Give the paths through stretches that a translation has elsewhere.

    `weak` says of each sentence of both sides whether nothing sure is linked with it, `opens` whether a paragraph
    begins with it.
    """
    left, right = (list(_stretches(*side)) for side in zip(weak, opens, strict=True))
    if not left or not right or len(left) * len(right) > _MOST:
        return
    matches = sorted(
        (match for a in left for b in right if (match := _match(a, b, scores, alone))[0] >= _AGREE / 2),
        key=lambda match: -match[0],
    )
    taken: set[tuple[int, Stretch]] = set()
    for agreement, a, b, path in matches:
        if agreement < _AGREE or (0, a) in taken or (1, b) in taken:
            continue
        rivals = [m[0] for m in matches if (m[1] == a) != (m[2] == b)]
        if agreement - max(rivals, default=0.0) >= _CLEARLY:
            taken |= {(0, a), (1, b)}
            yield path


def _stretches(weak: Sequence[bool], opens: Sequence[bool]) -> Iterator[Stretch]:
    """Give the runs of sentences that are weakly linked, cut where paragraphs begin."""
    start = 0
    for at in range(1, len(weak) + 1):
        if at == len(weak) or opens[at] or weak[at] != weak[start]:
            if weak[start] and _LEAST <= at - start <= _LONGEST:
                yield start, at
            start = at


def _match(left: Stretch, right: Stretch, scores: Scores, alone: float) -> _Match:
    """Align two stretches; give how well they agree."""
    (a, b), (c, d) = left, right
    if not 0.5 <= (b - a) / (d - c) <= 2:
        return 0.0, left, right, []
    table = scores(range(a, b + 1), range(c, d + 1))

    def within(rows: range, columns: range) -> Sequence[Matrix]:
        return [m[rows.start : rows.stop, columns.start : columns.stop] for m in table]

    steps = best_path(b - a, d - c, [(0, d - c + 1)] * (b - a + 1), within, alone)
    linked = [step for step in steps if step[0] < step[1] and step[2] < step[3]]
    total = sum(float(table[_NUMBERS[j - i, n - k]][j, n]) for i, j, k, n in linked)
    path = [(i + a, j + a, k + c, n + c) for i, j, k, n in linked]
    return total / max(b - a, d - c), left, right, path
