"""What time and place say of candidates: who lived when the text was written, which place is near the others.

The register says when a person lived (`birth`, `death`, `floruit`), when a name was in use (`@from`, `@notBefore` and
the like, Guidelines 14.2.7) and where a place is (`location/geo`). A letter may speak of the dead; so time chooses
between candidates and lowers a certainty, and rules out only who was not yet born.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, hypot, radians
from typing import Final

from teipress.names.index import Bearer
from teipress.registers import Entry, Name

#: How many times nearer than the next a place must be to be chosen for that.
_NEARER: Final = 3.0


def unborn(entry: Entry, year: int | None) -> bool:
    """Tell whether a person was not born yet when a text was written."""
    return year is not None and entry.born is not None and entry.born > year


def is_of_the_time(entry: Entry, form: str, year: int) -> bool:
    """Tell whether an entry's person lived in a year, and its name was in use."""
    if entry.born is not None and entry.born > year:
        return False
    if entry.died is not None and entry.died < year:
        return False
    periods = [name for name in entry.names if name.form == form and _has_period(name)]
    return not periods or any((n.first or year) <= year <= (n.last or year) for n in periods)


def _has_period(name: Name) -> bool:
    return name.first is not None or name.last is not None


def of_the_time(bearers: list[Bearer], form: str, year: int | None) -> list[Bearer]:
    """Give the bearers that a text's year does not speak against, if the register knows any time of theirs."""
    if year is None:
        return bearers
    return [bearer for bearer in bearers if is_of_the_time(bearer.entry, form, year)]


def nearest(bearers: list[Bearer], others: Iterable[Entry]) -> Entry | None:
    """Give the place among homonyms that is by far the nearest to the places that a text names for sure."""
    known = [entry.position for entry in others if entry.position]
    placed = [(bearer.entry, bearer.entry.position) for bearer in bearers if bearer.entry.position]
    if not known or len(placed) < len(bearers) or len(placed) < 2:
        return None
    distances = sorted(
        (min(_distance(position, other) for other in known), at) for at, (_, position) in enumerate(placed)
    )
    (first, at), (second, _) = distances[:2]
    return placed[at][0] if first * _NEARER < second else None


def _distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Give a distance in degrees of latitude, good enough to compare by."""
    return hypot(one[0] - two[0], (one[1] - two[1]) * cos(radians((one[0] + two[0]) / 2)))
