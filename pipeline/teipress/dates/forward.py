"""Forward: a day without its year takes that of a date after it in its clause: `sent 3 May, received 5 May 1918`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from teipress.dates.interval import day_of
from teipress.dates.memory import Memory
from teipress.dates.reading import Read, Reader
from teipress.dates.singles import Singles

_FURTHEST: Final = 60  # characters
_ENDED: Final = re.compile(r"[\n\t|]|[.!?]\s+[^\W\d_a-zß-ÿа-я]")  # a sentence, a line or a cell


def forward(reads: Iterable[Read], singles: Singles) -> Iterator[Read]:
    """Yield the dates of a text again, those without a year by the next date that writes one, where it is near.

    `singles` is what they were read with; where it knew a day to count from, no year is missing.
    """
    waiting: list[Read] = []
    for read in reads:
        if waiting and not _is_near(singles.text[waiting[-1].end : read.start]):
            yield from waiting
            waiting = []
        if _lacks_year(read):
            waiting.append(read)
            continue
        yield from _by(read, waiting, singles)
        waiting = []
        yield read
    yield from waiting


def _lacks_year(read: Read) -> bool:
    return read.interval.kind == "when" and read.interval.first.startswith("--")


def _is_near(between: str) -> bool:
    return len(between) <= _FURTHEST and not _ENDED.search(between)


def _by(full: Read, reads: Sequence[Read], singles: Singles) -> Iterator[Read]:
    """Read dates again that lack their year, by a date after them, if that writes its own."""
    said = full.interval
    is_full = said.kind == "when" and len(said.first) >= 10 and not said.inherited
    day = day_of(said.first, last=False) if is_full else None
    again: dict[tuple[int, int], Read] = {}
    for read in reads:
        if day and (read.start, read.end) not in again:
            known = Singles(
                singles.smoothed, singles.known, singles.context, Memory(day), False, singles.words
            )
            again |= {(found.start, found.end): found for found in Reader(known).read([read.start])}
        yield again.get((read.start, read.end), read)
