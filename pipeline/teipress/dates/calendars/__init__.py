"""Calendars that a date may be written in, besides the Gregorian.

To add one, write a module here with `ID` (its xml:id in `calendarDesc`), `NAME`, `MARKS` (a pattern of what
writers put after a date to name it) and `to_gregorian(year, month, day)`, and name it in `CALENDARS`.
"""

from datetime import date
from typing import Final, Protocol, cast

from teipress.dates.calendars import julian


class Calendar(Protocol):
    """What each module of this folder offers."""

    ID: str
    NAME: str
    MARKS: str

    def to_gregorian(self, year: int, month: int, day: int) -> date | None:
        """Convert a day to the proleptic Gregorian calendar; None for a day that does not exist."""


CALENDARS: Final = (cast(Calendar, julian),)
