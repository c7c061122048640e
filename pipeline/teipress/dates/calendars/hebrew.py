"""The Hebrew calendar; months count from Nisan, and the year begins with the seventh."""

from datetime import date, timedelta
from functools import cache
from typing import Final

from convertdate import hebrew

ID: Final = "hebrew"
NAME: Final = "Hebrew calendar"
MARKS: Final = r"A\. ?M\."
FIRST_MONTH: Final = 7
_SHORT: Final = (2, 4, 6, 10, 13)  # the months of 29 days


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Convert a day, as it is after sunrise; None for one that does not exist."""
    if not 3762 <= year <= 9000 or not 1 <= month <= hebrew.year_months(year):
        return None
    if not 1 <= day <= _length(year, month):
        return None
    months = range(7, month) if month >= 7 else (*range(7, hebrew.year_months(year) + 1), *range(1, month))
    return _first(year) + timedelta(days=sum(_length(year, each) for each in months) + day - 1)


@cache
def _first(year: int) -> date:
    return date(*hebrew.to_gregorian(year, 7, 1))


@cache
def _length(year: int, month: int) -> int:
    """Give the days of a month; Heshvan and Kislev have 29 or 30, and so has Adar, by the length of the year."""
    days = (_first(year + 1) - _first(year)).days
    if month == 8:
        return 30 if days % 10 == 5 else 29
    if month == 9:
        return 29 if days % 10 == 3 else 30
    if month == 12:
        return 30 if days > 380 else 29
    return 29 if month in _SHORT else 30
