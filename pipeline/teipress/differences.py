"""Where two wordings differ: place after place, in a time that grows with their length and no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

#: So many characters alike are the same place again, which is looked for so far on.
_ALIKE: Final = 24
_FAR: Final = 3000
#: So many places are told.
MOST: Final = 5


class Difference(NamedTuple):
    """A range of the first wording that the second has otherwise, and its range there."""

    start: int
    end: int
    other_start: int
    other_end: int


def differences(one: str, other: str) -> Iterator[Difference]:
    """Give the first places where two wordings differ; the last given is not the end of it, if all else is unlike."""
    at = there = 0
    for _ in range(MOST):
        pairs = zip(one[at:], other[there:], strict=False)
        alike = next((n for n, (left, right) in enumerate(pairs) if left != right), None)
        if alike is None:  # one is at its end
            alike = min(len(one) - at, len(other) - there)
        at, there = at + alike, there + alike
        if at == len(one) and there == len(other):
            return
        end, other_end = _again(one, other, at, there)
        yield Difference(at, end, there, other_end)
        at, there = end, other_end


def _again(one: str, other: str, at: int, there: int) -> tuple[int, int]:
    """Give where both are alike again; the end of both where they are not, or nobody can tell."""
    for end in range(at, min(at + _FAR, len(one))):
        found = other.find(one[end : end + _ALIKE], there, there + _FAR)
        if found >= 0 and (end + _ALIKE <= len(one) or found + len(one) - end == len(other)):
            return end, found
    return len(one), len(other)
