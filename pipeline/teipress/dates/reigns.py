"""Reigns: years that are counted from the day on which an English king or queen began to rule: `12 Eliz. I`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from teipress.dates import numerals
from teipress.dates.calendars import calendar, written_in
from teipress.dates.interval import Interval
from teipress.dates.point import Point
from teipress.dates.variant import replace

_FILE: Final = Path(__file__).with_name("reigns.toml")
_JULIAN_UNTIL: Final = date(1752, 9, 13)
_LONGEST: Final = 70  # years


@dataclass(frozen=True)
class _Reign:
    """A reign, and the day from which its years are counted, as it is written in the calendar of that day."""

    name: str
    written: tuple[int, int, int]

    def begin(self, number: int) -> date:
        """Give the Gregorian day on which a year of the reign begins."""
        year, month, day = self.written
        counted = calendar("julian" if date(*self.written) < _JULIAN_UNTIL else "")
        found = counted.to_gregorian(year + number - 1, month, day)
        assert found is not None
        return found


@cache
def _reigns() -> dict[str, tuple[_Reign, ...]]:
    """Give the reigns of each name in their order, by the forms of the name in small letters."""
    found: dict[str, tuple[_Reign, ...]] = {}
    for name, data in tomllib.loads(_FILE.read_text(encoding="utf-8")).items():
        days = [date.fromisoformat(day) for day in data["from"]]
        reigns = tuple(_Reign(name, (day.year, day.month, day.day)) for day in days)
        found |= {form.replace("_", " ").lower(): reigns for form in (*data["forms"].split(), name)}
    return found


def forms() -> tuple[str, ...]:
    """List the forms of the rulers' names, in small letters."""
    return tuple(_reigns())


def regnal(found: Point, groups: Mapping[str, str], counted: Callable[[str], int | None]) -> Point | None:
    """Complete a point by the year of a reign: a day's year, or else all of that year, or two of them.

    `counted` gives the number that a language's figures or words write.
    """
    if "ruler" not in groups:
        return found
    reign = _reign(groups, counted)
    first = _number(groups["regnal"], counted)
    last = _number(groups.get("regnal_to", ""), counted) or first
    if reign is None or not first or not last or not first <= last <= min(first + 1, _LONGEST):
        return None
    if found.month and found.day:
        year, month, day = reign.written
        early = (found.month, found.day) < (month, day)
        return replace(found, year=year + first - 1 + early)
    begun, ended = reign.begin(first), reign.begin(last + 1) - timedelta(days=1)
    old = begun < _JULIAN_UNTIL
    custom = (_written(begun), _written(ended)) if old else ("", "")
    why = f"year {first} of {reign.name}, counted from {'-'.join(f'{part:02}' for part in reign.written)}"
    told = Interval(
        "limits", begun.isoformat(), ended.isoformat(), "#julian" if old else "", custom, reasons=(why,)
    )
    return replace(found, resolved=told)


def _reign(groups: Mapping[str, str], counted: Callable[[str], int | None]) -> _Reign | None:
    """Give the reign that a name and its number mean; without a number the first of that name, or the only one."""
    reigns = _reigns()[re.sub(r"\s", " ", groups["ruler"].lower())]
    number = _number(groups.get("of_name", "I").removeprefix("the "), counted)
    return reigns[number - 1] if number and number <= len(reigns) else None


def _number(text: str, counted: Callable[[str], int | None]) -> int | None:
    return numerals.roman(text) if text and re.fullmatch("[IVXL]+", text) else counted(text)


def _written(at: date) -> str:
    said = written_in(calendar("julian"), at)
    return "-".join(f"{part:02}" for part in said) if said else ""
