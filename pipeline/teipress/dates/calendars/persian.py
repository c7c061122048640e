"""The Persian solar calendar (since 1925, reckoned back): months of the sun, years of the Hijra."""

from datetime import date, timedelta
from functools import cache
from typing import Final

from convertdate import persian

ID: Final = "persian"
NAME: Final = "Persian solar calendar (Solar Hijri)"
MARKS: Final = r"S\. ?H\.|SH\b|A\. ?P\.|г\. ?с\. ?х\."


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Convert a day; None for one that does not exist."""
    if not (1 <= year <= 1600 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    at = _first(year) + timedelta(days=31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)
    return at if at < _first(year + 1) else None


@cache
def _first(year: int) -> date:
    return date(*persian.to_gregorian(year, 1, 1))
