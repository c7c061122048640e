"""The Julian calendar, Old Style."""

from datetime import date
from typing import Final

from convertdate import julian

ID: Final = "julian"
NAME: Final = "Julian calendar (Old Style)"
MARKS: Final = (
    r"O\.\s?S\.|OS\b|Old Style|old style|a\. ?St\.|alten Stils|v\. ?s(?:t|\.)\.?|vieux style|ст\. ?ст\."
)


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Convert a Julian day to the Gregorian calendar; None for a day that does not exist."""
    if not 1 <= month <= 12 or not 1 <= day <= julian.month_length(year, month):
        return None
    return date(*julian.to_gregorian(year, month, day))
