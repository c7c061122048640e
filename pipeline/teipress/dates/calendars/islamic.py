"""The Islamic calendar, as the civil tables reckon it; where the moon was looked for, a day may differ."""

from datetime import date
from typing import Final

from convertdate import islamic

ID: Final = "islamic"
NAME: Final = "Islamic calendar (tabular, civil epoch)"
MARKS: Final = r"A\. ?H\.|AH\b|A\. ?Hijr[aā]|H\.|Anno Hegirae|de l’hégire|de l'hégire|г\. ?х\."
CERT: Final = "medium"


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Convert a day; None for one that does not exist."""
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= islamic.month_length(year, month):
        return None
    return date(*islamic.to_gregorian(year, month, day))
