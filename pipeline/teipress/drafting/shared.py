"""Lines of verse that speakers share, each with a part: a print sets the second part where the first ends.

The parts are `l/@part`: I for the initial, M for a middle, F for the final one (Guidelines 3.13.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from teipress.drafting.lines import Line

_SLACK: Final = 4  # letters by which a print may set the second part too far left
_LEAST: Final = 6  # how far to the right of the speech's other lines it stands at least


def parts(speeches: Iterable[Sequence[Line]]) -> dict[int, str]:
    """Tell which part of a line a row is, by the row's start; the speeches' rows of verse are given in their order."""
    found: dict[int, str] = {}
    for before, after in pairwise(speeches):
        if not before or not after:
            continue
        last, first = before[-1], after[0]
        if first.indent < _LEAST:
            continue
        margin = min((row.indent for row in (*before, *after[1:]) if row.start not in found), default=0)
        if first.indent - margin < _LEAST or first.indent < last.indent + len(last.text) - _SLACK:
            continue
        found[last.start] = "M" if found.get(last.start) == "F" and len(before) == 1 else "I"
        found[first.start] = "F"
    return found
