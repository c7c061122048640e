"""The French Republican calendar; its thirteenth month are the complementary days."""

from datetime import date, timedelta
from functools import cache
from typing import Final

from convertdate import french_republican

ID: Final = "frenchRepublican"
NAME: Final = "French Republican calendar"
MARKS: Final = ""


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Convert a day; None for one that does not exist. From the year XV on it is reckoned, not history."""
    if not (1 <= year <= 200 and 1 <= month <= 13 and 1 <= day <= (30 if month < 13 else 6)):
        return None
    at = _first(year) + timedelta(days=(month - 1) * 30 + day - 1)
    return at if at < _first(year + 1) else None


@cache
def _first(year: int) -> date:
    return date(*french_republican.to_gregorian(year, 1, 1))
