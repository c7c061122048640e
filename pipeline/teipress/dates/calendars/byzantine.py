"""The Byzantine era, from the creation of the world; its year begins on 1 September, its days are Julian."""

from datetime import date
from typing import Final

from teipress.dates.calendars import julian

ID: Final = "byzantine"
NAME: Final = "Byzantine era, from the creation of the world (Julian days, year from 1 September)"
MARKS: Final = r"от сотворения мира|от С\. ?М\.|A\. ?M\."
FIRST_MONTH: Final = 9


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Convert a day; from September to December the year of the world is ahead by one more."""
    return julian.to_gregorian(year - (5509 if month >= 9 else 5508), month, day)
