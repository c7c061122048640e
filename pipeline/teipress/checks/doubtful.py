"""Which words may hold a date that contradicts itself: the few for which the reader of dates is worth its time.

A date can be wrong in itself only where it has what can be: a day that not every month has, a weekday, a second date
or a gloss beside it, the year of an era or another calendar, or days that a reform left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from teipress.dates.context import last_julian_day
from teipress.dates.grammar import Grammar

#: A full date in figures.
_NUMERIC: Final = re.compile(r"\d\)?\s?[./-]\s?(?:\d{1,2}|[IVX]+)\.?\)?\s?[./ -]\s?\d")
_HAN: Final = re.compile("[年月日]")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+[^\W\d_]+")
#: A day that not every month has, or none.
_LATE: Final = re.compile(r"(?<!\d)(?:29|[3-9]\d)(?!\d)")
#: Two figures with a sign between that makes two dates of them, or one the gloss of the other.
_TWO: Final = re.compile(r"\d[^\W\d_]{0,3}\.?\s?[/(\[=⁄]\s?\w|[)\]]\s?\d")
_LAST_SURE: Final = 28
#: An abbreviated weekday of fewer letters is one only before a full stop or comma: German so, do, mi.
_SHORT: Final = 3


@dataclass(frozen=True)
class Doubts:
    """The words of one language, in small letters, that make a date doubtful, and its months."""

    months: frozenset[str]
    words: frozenset[str]
    eras: frozenset[str]
    short: re.Pattern[str] | None
    reformed: str
    han: bool

    def in_words(self, text: str) -> bool:
        """Tell whether a passage with figures may hold a date that contradicts itself."""
        found = set(_WORD.findall(text.lower()))
        if not self.eras.isdisjoint(found) or (self.han and _HAN.search(text)):
            return True
        if self.months.isdisjoint(found) and not _NUMERIC.search(text):
            return False
        return bool(
            not self.words.isdisjoint(found)
            or _LATE.search(text)
            or _TWO.search(text)
            or self.reformed in text
            or (self.short and self.short.search(text))
        )


@cache
def doubts(known: Grammar) -> Doubts:
    """Give what makes a date doubtful in a language."""
    names = known.lexicon
    late = [word for table in (names.ordinals, names.counts) for word, n in table.items() if n > _LAST_SURE]
    short = "|".join(re.escape(word) for word in names.weekdays if len(word) <= _SHORT)
    return Doubts(
        months=frozenset(names.months),
        words=_longest(word for word in (*names.weekdays, *late) if len(word) > _SHORT),
        eras=_longest((*names.eras, *names.calendars)),
        short=re.compile(rf"\b(?:{short})\b[.,]", re.IGNORECASE) if short else None,
        reformed=f"{last_julian_day('', known.code)[0][0]:04}",
        han=known.han,
    )


def _longest(names: Iterable[str]) -> frozenset[str]:
    """Give the longest word of each name, in small letters."""
    return frozenset(max(parts, key=len) for name in names if (parts := _WORD.findall(name.lower())))
