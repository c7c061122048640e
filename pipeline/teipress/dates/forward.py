"""Forward: a day without its year takes that of a date after it in its clause: `sent 3 May, received 5 May 1918`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from teipress.dates.interval import day_of
from teipress.dates.memory import Memory
from teipress.dates.reading import Read, Reader
from teipress.dates.singles import Singles

_FURTHEST: Final = 60  # characters
_ENDED: Final = re.compile(r"[\n\t|]|[.!?]\s+[^\W\d_a-zß-ÿа-я]")  # a sentence, a line or a cell


def forward(reads: Sequence[Read], singles: Singles) -> Iterator[Read]:
    """Yield the dates of a text again, those without a year by the next date that writes one, where it is near.

    `singles` is what they were read with; where it knew a day to count from, no year is missing.
    """
    again: dict[tuple[int, int], Read] = {}
    for number, read in enumerate(reads):
        lacking = read.interval.kind == "when" and read.interval.first.startswith("--")
        if (
            lacking
            and (read.start, read.end) not in again
            and (day := _day_after(reads, number, singles.text))
        ):
            known = Singles(
                singles.smoothed, singles.known, singles.context, Memory(day), False, singles.words
            )
            again |= {(found.start, found.end): found for found in Reader(known).read([read.start])}
        yield again.get((read.start, read.end), read)


def _day_after(reads: Sequence[Read], number: int, text: str) -> date | None:
    """Give the day of the next date that writes its year, if only dates without theirs stand between in the clause."""
    for one, then in zip(reads[number:], reads[number + 1 :], strict=False):
        between = text[one.end : then.start]
        if len(between) > _FURTHEST or _ENDED.search(between):
            return None
        said = then.interval
        if said.kind == "when" and said.first.startswith("--"):
            continue
        full = said.kind == "when" and len(said.first) >= 10 and not said.inherited
        return day_of(said.first, last=False) if full else None
    return None
