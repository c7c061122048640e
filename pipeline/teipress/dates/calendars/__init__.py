"""Calendars that a date may be written in, besides the Gregorian.

To add one, write a module here with `ID` (its xml:id in `calendarDesc`), `NAME`, `MARKS` (a pattern of what
writers put after a date to name it; empty where nobody does) and `to_gregorian(year, month, day)`, and name it
in `_ALL`. A leap month has a negative number. `FIRST_MONTH`, where a module has it, is the month that the
year begins with; `CERT` says how surely its reckoning gives the day that people then and there counted.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final, Protocol, cast

from teipress.dates.calendars import (
    bogd_khan,
    byzantine,
    chinese,
    french_republican,
    gregorian,
    hebrew,
    islamic,
    japanese,
    japanese_lunisolar,
    julian,
    ming,
    minguo,
    persian,
    qing,
)


class Calendar(Protocol):
    """What each module of this folder offers."""

    ID: str
    NAME: str
    MARKS: str

    def to_gregorian(self, year: int, month: int, day: int) -> date | None:
        """Convert a day to the proleptic Gregorian calendar; None for a day that does not exist."""


_ALL: Final = (
    julian,
    byzantine,
    french_republican,
    islamic,
    persian,
    hebrew,
    minguo,
    qing,
    ming,
    chinese,
    bogd_khan,
    japanese,
    japanese_lunisolar,
    gregorian,
)

#: The calendars that are declared where a date points to them; the Gregorian only beside another.
CALENDARS: Final[tuple[Calendar, ...]] = tuple(cast(Calendar, module) for module in _ALL)
#: Those whose months are named by numbers as ours are, and are not ours.
LUNISOLAR: Final = frozenset(each.ID for each in (qing, ming, chinese, bogd_khan, japanese_lunisolar))
GREGORIAN: Final = cast(Calendar, gregorian)


@cache
def calendar(name: str) -> Calendar:
    """Give the calendar with this id; the Gregorian for an empty one. Raises `KeyError` for an unknown one."""
    if name in ("", GREGORIAN.ID):
        return GREGORIAN
    return {each.ID: each for each in CALENDARS}[name]


def bounds(
    of: Calendar, year: int, month: int | None = None, day: int | None = None
) -> tuple[date, date] | None:
    """Give the first and the last Gregorian day of a day, a month or a year; None where there is none."""
    if day is not None and month is not None:
        at = of.to_gregorian(year, month, day)
        return (at, at) if at else None
    if month is not None:
        first = of.to_gregorian(year, month, 1)
        last = next((at for d in range(31, 0, -1) if (at := of.to_gregorian(year, month, d))), None)
        return (first, last or first) if first else None
    opening: int = getattr(of, "FIRST_MONTH", 1)
    first, after = of.to_gregorian(year, opening, 1), of.to_gregorian(year + 1, opening, 1)
    return (first, after - timedelta(days=1)) if first and after else None


_YEARS: Final = (1, 1000, 1900)  # of which every calendar has one


def written_in(of: Calendar, at: date) -> tuple[int, int, int] | None:
    """Give a Gregorian day as a calendar writes it: year, month (negative for a leap one) and day; None outside it."""
    if of is GREGORIAN:
        return at.year, at.month, at.day
    known = next(((year, begun[0].year) for year in _YEARS if (begun := bounds(of, year))), None)
    if known is None:
        return None
    year = known[0] + at.year - known[1]
    for near in range(year - 2, year + 3 + abs(at.year - known[1]) // 30):  # a lunar year is the shorter
        limits = bounds(of, near)
        if limits and limits[0] <= at <= limits[1]:
            return _day_written(of, near, at)
    return None


def _day_written(of: Calendar, year: int, at: date) -> tuple[int, int, int] | None:
    for month in (*range(1, 14), *range(-12, 0)):
        limits = bounds(of, year, month)
        if limits and limits[0] <= at <= limits[1]:
            return year, month, (at - limits[0]).days + 1
    return None


def certainty(of: Calendar) -> str:
    """Tell how surely a reckoning in this calendar gives the day."""
    return str(getattr(of, "CERT", "high"))
