"""How sure a bead is: by how much the best chain is better than one in which the bead ends elsewhere.

A border between two beads may lie a sentence before or after, on either side, or not be there at all; and a bead of
several sentences may be two. What is nearly as good is the measure: on literary prose and on scripture alike it tells
right beads from wrong ones far better than a bead's own score does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from teipress.alignment.beads import SHAPES, Matrix, Scores, Step

_ROWS = 128  # sentences of either side that are scored together
_NUMBERS = {shape: number for number, shape in enumerate(SHAPES)}
_NEVER = -1e3
_SURE = 1e3


class _Scored:
    """The scores of all spans in a stretch of the path."""

    def __init__(self, steps: Sequence[Step], scores: Scores, alone: float) -> None:
        self.rows = range(steps[0][0] + 1, steps[-1][1] + 1)
        self.columns = range(steps[0][2] + 1, steps[-1][3] + 1)
        self.matrices: Sequence[Matrix] = (
            scores(self.rows, self.columns) if self.rows and self.columns else ()
        )
        self.alone = alone

    def of(self, a: int, b: int, c: int, d: int) -> float:
        """Score a bead; one with nothing on one side is sentences that are left alone."""
        if a == b or c == d:
            return self.alone * (b - a + d - c)
        number = _NUMBERS.get((b - a, d - c))
        if number is None:
            return _NEVER
        return float(self.matrices[number][b - self.rows.start, d - self.columns.start])

    def split(self, a: int, b: int, c: int, d: int) -> float:
        """Score the best way to make two beads of one."""
        places = ((x, y) for x in range(a, b + 1) for y in range(c, d + 1) if (x, y) not in ((a, c), (b, d)))
        return max((self.of(a, x, c, y) + self.of(x, b, y, d) for x, y in places), default=_NEVER)

    def moved(self, first: Step, second: Step) -> float:
        """Score the best way to put the border of two beads elsewhere, or to make one of them."""
        (a, b, c, d), (_, e, _, f) = first, second
        near = ((b + i, d + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j)
        others = (
            self.of(a, x, c, y) + self.of(x, e, y, f)
            for x, y in near
            if a <= x <= e and c <= y <= f and (x, y) not in ((a, c), (e, f))
        )
        return max(self.of(a, e, c, f), max(others, default=_NEVER))


def margins(path: Sequence[Step], scores: Scores, alone: float) -> Iterator[tuple[float, float]]:
    """Give for each bead of the best path its score, and by how much it is better than what else might be there."""
    before = _SURE
    for stretch in _stretches(path):
        scored = _Scored(stretch, scores, alone)
        own = [scored.of(*step) for step in stretch]
        borders = [
            a + b - scored.moved(x, y)
            for (a, b), (x, y) in zip(pairwise(own), pairwise(stretch), strict=True)
        ]
        last = stretch[-1] is path[-1]
        for number, step in enumerate(stretch if last else stretch[:-1]):
            after = borders[number] if number < len(borders) else _SURE
            yield own[number], min(before, after, own[number] - scored.split(*step))
            before = after


def _stretches(path: Sequence[Step]) -> Iterator[Sequence[Step]]:
    """Cut a path into stretches; each but the last has the first bead of the next as well."""
    start = 0
    while start < len(path):
        end = start + 1
        while end < len(path) and max(path[end][1] - path[start][0], path[end][3] - path[start][2]) <= _ROWS:
            end += 1
        if end < len(path) and end == start + 1:
            end += 1
        yield path[start:end]
        if end >= len(path):
            return
        start = end - 1
