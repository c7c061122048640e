"""Days as numbers that can be compared, and the days that an element's attributes allow (Guidelines 14.4).

19180801 is 1 August 1918, and -440315 the Ides of March of the year 44 before our era.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from lxml import etree

_VALUE: Final = re.compile(r"\s*(-?\d{4,6})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_PAIRS: Final = (("when", "when"), ("from", "to"), ("notBefore", "notAfter"))
#: Before and after every day.
EVER: Final = 10**10

#: All attributes that say when, in the proleptic Gregorian calendar.
TIMES: Final = tuple(
    f"{name}{kind}" for kind in ("", "-iso") for name in ("when", "from", "to", "notBefore", "notAfter")
)
DATED: Final = frozenset(TIMES)
#: All attributes that date an element, in whatever calendar.
DATING: Final = frozenset(
    {*TIMES, *(f"{name}-custom" for name in ("when", "from", "to", "notBefore", "notAfter"))}
    | {"calendar", "datingMethod"}
)

Days = tuple[int, int]


@lru_cache(maxsize=4096)
def first_of(value: str) -> int | None:
    """Give the first day that a value such as 1918-08 allows; None where it is no date."""
    match = _VALUE.match(value) if value else None
    return int(match[1]) * 10_000 + int(match[2] or 1) * 100 + int(match[3] or 1) if match else None


@lru_cache(maxsize=4096)
def last_of(value: str) -> int | None:
    """Give the last day that a value allows; None where it is no date."""
    match = _VALUE.match(value) if value else None
    if not match:
        return None
    month = int(match[2] or 12)
    length = monthrange(2000 + int(match[1]) % 400, month)[1] if 1 <= month <= 12 else 31
    return int(match[1]) * 10_000 + month * 100 + int(match[3] or length)


def days_of(attributes: Mapping[str, str] | etree._Attrib) -> Days | None:
    """Give the first and the last day that attributes allow; None where they say nothing."""
    if DATED.isdisjoint(attributes.keys()):
        return None
    for kind in ("", "-iso"):
        for one, other in _PAIRS:
            first, last = first_of(attributes.get(one + kind, "")), last_of(attributes.get(other + kind, ""))
            if first is not None or last is not None:
                return (-EVER if first is None else first), (EVER if last is None else last)
    return None


def plausible(day: int) -> date | None:
    """Give a number as a day; None before the first year, and for a day that does not exist."""
    try:
        return date(day // 10_000, day // 100 % 100, day % 100)
    except ValueError:
        return None


def moved(day: int, by: int) -> int:
    """Give the day so many days later."""
    at = plausible(day) or plausible(day - 3)
    if at is None or not 1 < at.year < 9998:
        return day
    return number(at + timedelta(days=by))


def number(day: date) -> int:
    """Give a day as a number."""
    return day.year * 10_000 + day.month * 100 + day.day


def shown(days: Days) -> str:
    """Give days in English, as shortly as they can be said: `1 August 1918`, `1914 to 1918`, `by May 1892`."""
    first, last = days
    begin, end = _said(first, last=False), _said(last, last=True)
    if first == -EVER:
        return f"by {end}"
    if last == EVER:
        return f"from {begin} on"
    if first == last:
        return _day(first)
    if begin.isdecimal() != end.isdecimal():  # a month that begins or ends a year
        begin, end = _said(first, last=False, years=False), _said(last, last=True, years=False)
    if begin[:1].isdigit() != end[:1].isdigit():
        begin, end = _day(first), _day(last)
    return begin if begin == end else f"{begin} to {end}"


def _said(day: int, *, last: bool, years: bool = True) -> str:
    """Give the year or the month that begins or ends with this day, or else the day itself."""
    year, rest = divmod(abs(day), 10_000)
    if day < 0 or abs(day) == EVER:
        return _day(day)
    if years and rest == (1231 if last else 101):
        return str(year)
    month, at = divmod(rest, 100)
    if 1 <= month <= 12 and at == (monthrange(2000 + year % 400, month)[1] if last else 1):
        return f"{month_name[month]} {year}"
    return _day(day)


def _day(day: int) -> str:
    year, month = day // 10_000, day // 100 % 100
    return f"{day % 100} {month_name[month]} {year}" if 1 <= month <= 12 else str(year)
