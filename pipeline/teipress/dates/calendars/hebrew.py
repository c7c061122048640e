"""The Hebrew calendar; months count from Nisan, and the year begins with the seventh."""

from datetime import date
from typing import Final

from convertdate import hebrew

ID: Final = "hebrew"
NAME: Final = "Hebrew calendar"
MARKS: Final = r"A\. ?M\."
FIRST_MONTH: Final = 7


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Convert a day, as it is after sunrise; None for one that does not exist."""
    if year < 3762 or not 1 <= month <= 13 or not 1 <= day <= 30:
        return None
    if month > hebrew.year_months(year) or day > hebrew.month_length(year, month):
        return None
    return date(*hebrew.to_gregorian(year, month, day))
