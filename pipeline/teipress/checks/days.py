"""Days as numbers that can be compared, and the days that an element's attributes allow (Guidelines 14.4).

19180801 is 1 August 1918, and -440315 the Ides of March of the year 44 before our era.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

_VALUE: Final = re.compile(r"\s*(-?\d{4,6})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_PAIRS: Final = (("when", "when"), ("from", "to"), ("notBefore", "notAfter"))
#: Before and after every day.
EVER: Final = 10**10

#: All attributes that say when, in the proleptic Gregorian calendar.
TIMES: Final = tuple(
    f"{name}{kind}" for kind in ("", "-iso") for name in ("when", "from", "to", "notBefore", "notAfter")
)
#: All attributes that date an element, in whatever calendar.
DATING: Final = frozenset(
    {*TIMES, *(f"{name}-custom" for name in ("when", "from", "to", "notBefore", "notAfter"))}
    | {"calendar", "datingMethod"}
)

Days = tuple[int, int]


def first_of(value: str) -> int | None:
    """Give the first day that a value such as 1918-08 allows; None where it is no date."""
    match = _VALUE.match(value)
    return _number(match, "01", "01") if match else None


def last_of(value: str) -> int | None:
    """Give the last day that a value allows; None where it is no date."""
    match = _VALUE.match(value)
    return _number(match, "12", "31") if match else None


def _number(match: re.Match[str], month: str, day: str) -> int:
    year = int(match[1])
    rest = int(match[2] or month) * 100 + int(match[3] or day)
    return year * 10_000 + rest


def days_of(attributes: Mapping[str, str]) -> Days | None:
    """Give the first and the last day that attributes allow; None where they say nothing."""
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
    """Give days in English: `1 August 1918`, `August 1918`, `1918`, `between … and …`."""
    first, last = days
    if first == -EVER:
        return f"by {_one(last)}"
    if last == EVER:
        return f"from {_one(first)}"
    if first == last:
        return _one(first)
    if first // 100 == last // 100:
        return f"{month_name[first // 100 % 100]} {first // 10_000}" if first > 0 else str(first // 10_000)
    if first // 10_000 == last // 10_000 and first % 10_000 == 101 and last % 10_000 == 1231:
        return str(first // 10_000)
    return f"{_one(first)} to {_one(last)}"


def _one(day: int) -> str:
    year, month = day // 10_000, day // 100 % 100
    return f"{day % 100} {month_name[month]} {year}" if 1 <= month <= 12 else str(year)
