"""The edges of what stands in a block: whether something new would cross one of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable


class Edges:
    """The ranges of what stands in a block, by where they start and by where they end."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self.starts = sorted(ranges)
        self.ends = sorted((end, start) for start, end in self.starts)

    def add(self, start: int, end: int) -> None:
        """Add a range."""
        insort(self.starts, (start, end))
        insort(self.ends, (end, start))

    def cross(self, start: int, end: int) -> bool:
        """Tell whether a range crosses one of them, or is one of them."""
        at = bisect_left(self.starts, (start, end))
        if at < len(self.starts) and self.starts[at] == (start, end):
            return True
        inside = self.starts[bisect_left(self.starts, (start + 1, 0)) : bisect_left(self.starts, (end, 0))]
        if any(other > end for _, other in inside):
            return True
        inside = self.ends[bisect_left(self.ends, (start + 1, 0)) : bisect_left(self.ends, (end, 0))]
        return any(other < start for _, other in inside)
