"""Filling in: the year that a date does not say, from the text's own day, its years, or the last full date."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from teipress.dates.context import Context
from teipress.dates.memory import Memory
from teipress.dates.point import Point
from teipress.dates.variant import replace

_LIFETIME: Final = 20  # years before or after, in which a year of an era is meant that is not named


def with_year(point: Point, context: Context, memory: Memory) -> tuple[Point, tuple[str, ...]]:
    """Fill in a year that is not written, or of which only two figures or the place in a cycle are."""
    anchor = memory.last or context.on
    if point.years_on is not None:
        if anchor is None:
            return point, ()
        return replace(point, year=anchor.year + point.years_on), (f"the year from {anchor.isoformat()}",)
    if point.counted:
        return _of_an_era(point, anchor.year if anchor else context.year or memory.year or context.era)
    if point.cycle is not None:
        year = anchor.year if anchor else context.year or context.era
        if year is None:
            return point, ()
        near = max(y for y in range(year - 59, year + 2) if (y - 4) % 60 == point.cycle)
        return replace(point, year=near), (f"the cycle nearest before {year}",)
    if point.two_figures and point.year is not None and not point.era:
        year = anchor.year if anchor else context.year or memory.year or context.era
        if year is not None:
            near = min(range(point.year % 100 + 1000, 2100, 100), key=lambda y: abs(y - year))
            return replace(point, year=near), (f"the century from {year}",)
        return replace(point, year=point.year % 100 + (1800 if point.year % 100 >= 50 else 1900)), (
            "the century by convention",
        )
    if point.year is None and anchor is None and context.year is not None and not point.lone:
        return replace(point, year=context.year), (f"the text's own year, {context.year}",)
    if point.year is None and anchor is None and (told := _year_of_weekday(point, context)):
        return replace(point, year=told), (f"the year in which the weekday fits, of {context.years}",)
    if point.year is None and context.on is None and memory.year is not None and not point.lone:
        return replace(point, year=memory.year), (f"the year named before, {memory.year}",)
    if point.year is None and anchor is not None and not point.lone:
        month = point.month or ({1: 4, 2: 7, 3: 10, 4: 1}[point.season] if point.season else 6)
        near = _nearest(anchor, abs(month), point.day or 15) - (point.season == 4)
        if point.ahead and (near, abs(month), point.day or 31) < (anchor.year, anchor.month, anchor.day):
            near += 1
        return replace(point, year=near), (f"the year from {anchor.isoformat()}",)
    return point, ()


def _of_an_era(point: Point, near: int | None) -> tuple[Point, tuple[str, ...]]:
    """Take a year that is counted in an era which is not named as one of the era that gives the nearest year."""
    eras = sorted(point.counted, key=lambda said: abs(said[3] - (near or 0)))
    if near is None or not eras or abs(eras[0][3] - near) > _LIFETIME:
        return point, ()
    calendar, era, first, year = eras[0]
    named = {"calendar": calendar, "era": era, "era_first": first} if era else {}
    return replace(point, year=year, **named), (f"the era from {near}",)


def _year_of_weekday(point: Point, context: Context) -> int | None:
    """Give the only one of the years that a text may be of in which a day falls on its weekday."""
    if not context.years or not point.weekday or not point.day or not 0 < (point.month or 0) < 13:
        return None
    first, last = context.years
    fit = [
        year
        for year in range(first, last + 1)
        if point.day <= monthrange(year, point.month or 1)[1]
        and date(year, point.month or 1, point.day).isoweekday() == point.weekday
    ]
    return fit[0] if len(fit) == 1 else None


def _nearest(anchor: date, month: int, day: int) -> int:
    """Give the year in which a day is nearest to an anchor."""
    if month > 12:
        return anchor.year

    def distance(year: int) -> int:
        return abs((date(year, month, min(day, monthrange(year, month)[1])) - anchor).days)

    return min((anchor.year, anchor.year - 1, anchor.year + 1), key=distance)
