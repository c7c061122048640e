"""The Julian calendar, Old Style."""

from datetime import date
from typing import Final

ID: Final = "julian"
NAME: Final = "Julian calendar (Old Style)"
MARKS: Final = (
    r"[Oo]\.\s?[Ss]\.|OS\b|[Oo]ld [Ss]tyle|[Jj]ulian(?: [Cc]alendar| [Ss]tyle)?|"
    r"a\. ?St\.|a\. ?s(?:til)?\.?|alten Stils|v\. ?s(?:t|\.)\.?|vieux style|"
    r"(?:по )?ст(?:\.|арому|арого) ?ст(?:\.|ил[юя])|ст\. ?с\.|stile vecchio|vecchio stile|viejo estilo"
)
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Convert a Julian day to the Gregorian calendar; None for a day that does not exist."""
    if not 1 <= month <= 12 or not 1 <= day <= _LENGTHS[month - 1] + (month == 2 and year % 4 == 0):
        return None
    shifted, since = (year, month - 3) if month > 2 else (year - 1, month + 9)
    ordinal = shifted * 365 + shifted // 4 + (153 * since + 2) // 5 + day - 308
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None
