"""The Chinese lunisolar calendar; years are counted by the Gregorian year in which they begin."""

from datetime import date
from functools import cache
from typing import Final

ID: Final = "chineseLunisolar"
NAME: Final = "Chinese lunisolar calendar"
MARKS: Final = ""
_EPOCH: Final = 1721424.5  # the Julian day on which day 0 of `date.toordinal` begins


@cache
def _months(year: int) -> dict[int, tuple[int, int]]:
    """Give the first day (as an ordinal) and the length of every month of a year; a leap month is negative."""
    from lunar_python import LunarYear

    found = {}
    for month in LunarYear.fromYear(year).getMonths():
        if month.getYear() == year:
            first = int(month.getFirstJulianDay() - _EPOCH)
            found[int(month.getMonth())] = (first, int(month.getDayCount()))
    return found


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Convert a day; None for one that does not exist. A leap month has a negative number."""
    if not 300 <= year <= 2200:
        return None
    first, length = _months(year).get(month, (0, 0))
    return date.fromordinal(first + day - 1) if 1 <= day <= length else None
