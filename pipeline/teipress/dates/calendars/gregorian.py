"""The Gregorian calendar, New Style, reckoned back where need be."""

from datetime import date
from typing import Final

ID: Final = "gregorian"
NAME: Final = "Gregorian calendar (New Style)"
MARKS: Final = (
    r"[Nn]\.\s?[Ss]\.|NS\b|[Nn]ew [Ss]tyle|[Gg]regorian(?: [Cc]alendar| [Ss]tyle)?|n\. ?St\.|neuen Stils|n\. ?s(?:t|\.)\.?|nouveau style|"
    r"н\. ?с(?:т)?\.(?: ?с(?:т)?\.)?|(?:по )?нов(?:\.|ому) ст(?:\.|илю)|stile nuovo"
)


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Give the day itself; None for a day that does not exist."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
