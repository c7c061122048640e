"""Reading: gives the longest date that begins at each of the places where one may begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from teipress.dates import clock
from teipress.dates.chains import Chains
from teipress.dates.grammar import figures
from teipress.dates.interval import Interval
from teipress.dates.pairs import Read
from teipress.dates.point import Point
from teipress.dates.singles import Singles
from teipress.dates.variant import replace

__all__ = ["Read", "Reader"]

_ARTICLE: Final = re.compile(r"(?:(?:on|am|the|den|dem|d\.|le|il|el|die)\s+)+(?=\d)", re.IGNORECASE)
_GLUED: Final = re.compile(r"[^\W\d_A-Z][^\W\d_]\Z")  # a word to which a flattened text has glued a date
_DIRECTION: Final = (
    (re.compile(r"(?:sent|dispatched|abgesandt|envoyée?|отправлен\w*|發|发)\W*\Z", re.I), "sent"),
    (re.compile(r"(?:received|recd?\.?|rec[’']d|empfangen|reçue?|получен\w*|收到)\W*\Z", re.I), "received"),
)


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(figures()["openers"], re.IGNORECASE)


class Reader:
    """Reads one text in one language; what it learns of dates on the way is in `memory`."""

    def __init__(self, singles: Singles) -> None:
        self.text, self.known, self.memory = singles.text, singles.known, singles.memory
        self.singles = singles
        self.chains = Chains(self.singles)
        self.named = 0  # where the last name of a street or an event ends that has a date in it

    def read(self, begins: Iterable[int]) -> Iterator[Read]:
        """Yield in order, without overlaps, the dates that begin at some places of the smooth text."""
        taken = 0
        for at in begins:
            if at < taken:
                continue
            wrong = len(self.memory.problems)
            reads = self._at(at)
            taken = max(taken, self.named)
            for found in reads:
                if found.start >= taken:
                    yield found
                    taken = found.end
            if not reads:  # a day that does not exist is no date, and no part of it is one
                days = [end for _, end, kind, _ in self.memory.problems[wrong:] if kind == "day"]
                taken = max([taken, *days])

    def _at(self, at: int) -> list[Read]:
        """Give the dates that begin here: the longest reading of them."""
        self.named = 0
        figure = self.text[at].isdigit()
        glued = figure and not self.known.han and bool(_GLUED.search(self.text[max(0, at - 2) : at]))
        if figure and not glued and self.singles.around.is_number(at):
            return []
        found = self.chains.at(at)
        if not found:
            return found
        if glued:
            found = [read for read in found if read.rule == "dates.day-month-year"]
        named = [read for read in found if self.singles.around.is_name(_whole(read))]
        self.named = max((read.end for read in named), default=0)
        found = [read for read in found if read not in named]
        return [self._typed(self._timed(read)) for read in found]

    def _timed(self, read: Read) -> Read:
        """Take the hour into a full day, and leave an article before it out (Guidelines 14.4)."""
        counted = read.rule in ("dates.relative", "dates.vague")
        opener = _ARTICLE if read.opened or counted else _openers()
        if (article := opener.match(self.text, read.start)) and article.end() < read.end:
            read = replace(read, start=article.end())
        i = read.interval
        if i.kind != "when" or len(i.first) != 10 or read.rule == "dates.relative":
            return read
        after, before = clock.after(self.text, read.end), clock.before(self.text, read.start)
        told = after or before
        if told is None:
            return read
        other = _at_hour(i.alternative, told[0]) if i.alternative else None
        i = replace(_at_hour(i, told[0]), alternative=other)
        return replace(
            read, start=read.start if after else told[1], end=after[1] if after else read.end, interval=i
        )

    def _typed(self, read: Read) -> Read:
        before = self.text[max(0, read.start - 14) : read.start]
        kind = next((name for pattern, name in _DIRECTION if pattern.search(before)), "")
        return replace(read, interval=replace(read.interval, type=kind)) if kind else read


def _at_hour(interval: Interval, hour: str) -> Interval:
    moment = f"{interval.first}T{hour}"
    return replace(interval, first=moment, last=moment)


def _whole(read: Read) -> Point:
    """Give the range of a date, and whether it names a year."""
    year = 1 if "year" in read.rule or read.rule in ("dates.pair", "dates.century", "dates.feast") else None
    return Point(read.start, read.end, year=year)
