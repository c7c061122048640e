"""`Point`: the parts of a date that an expression names, before what is missing is filled in."""

from __future__ import annotations

from dataclasses import dataclass

from teipress.dates.interval import Interval


@dataclass(frozen=True)
class Point:
    """A date at `[start, end)`: the parts that are written, in the calendar that is named (None: in none)."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    calendar: str | None = None
    era: str = ""
    era_first: int = 0
    counted: tuple[
        tuple[str, str, int, int], ...
    ] = ()  # calendar, era, first year and own, of eras not named
    season: int | None = None
    century: int | None = None
    decade: bool = False
    feast: str = ""
    shift: int = 0
    weekday_shift: int = 0  # the weekday after (1) or before (-1) the feast
    cycle: int | None = None  # the place in the cycle of sixty years
    cycle_day: int | None = None  # the place of the day in the cycle of sixty days
    month_to: int | None = None  # the last of two months
    through: bool = False  # all the time to the last year or month, not some time in it
    two_figures: bool = False
    lone: bool = False
    bare: bool = False
    ambiguous: bool = False
    numbered: bool = False  # the month is a number only, until 1751 from March on
    terse: bool = False  # figures alone, with two for the year: many other things look so
    misread: bool = False
    old_year: bool = False
    before_christ: bool = False
    style: str = ""  # when the year began, where the text says so
    unsure: bool = False
    year_to: int | None = None
    ahead: bool = False  # it is still to come
    years_on: int | None = None  # the year is the text's own, or one counted from it
    qualifiers: tuple[str, ...] = ()
    resolved: Interval | None = None
    rule: str = ""

    def full(self) -> bool:
        """Tell whether day, month and year are there."""
        return None not in (self.year, self.month, self.day)
