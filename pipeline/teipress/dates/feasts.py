"""Feasts: fixed days, days that follow Easter, days of the week, and days of other calendars' years.

A grammar names each feast with a rule: `12-25`, a day of the year; `julian 12-25`, one that is always counted in
that calendar; `easter-42`, counted from Easter, and `orthodox+49`, from the Julian one; `advent`, the fourth Sunday
before Christmas; `4th 4 11`, the fourth Thursday of November; `weekday 1 after 1-6`, the Monday after a day;
`chinese 8-15`, `hebrew 1-15`, `islamic 10-1`, `persian 1-1`, a day of a calendar, with `hebrew purim` for the
month that moves and `chinese eve` for a year's last day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from teipress.dates.calendars import bounds, calendar

#: The calendars that a rule may name, with what a year of theirs is near to: the year of the Common Era less this.
_OTHERS: Final = {
    "chinese": ("chineseLunisolar", 0), "hebrew": ("hebrew", -3761), "islamic": ("islamic", 579),
    "persian": ("persian", 622), "julian": ("julian", 0),
}  # fmt: skip
_EASTER: Final = re.compile(r"(easter|orthodox)([+-]\d+)?")
_NTH: Final = re.compile(r"(\d)\w+ (\d) (\d+)")
_LAST: Final = re.compile(r"last ([1-7]) (\d+)")
_UNTIL: Final = re.compile(r"(.+) until (\d+), (.+)")
_AFTER: Final = re.compile(r"weekday (\d) after (\d+)-(\d+)")

Kept = tuple[date, str, tuple[int, int, int] | None]


def easter(year: int, julian: bool) -> date:
    """Give Easter Sunday as a Gregorian day, by the Julian computus or by the Gregorian one."""
    golden = year % 19
    if julian:
        moon = (19 * golden + 15) % 30
        weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
        month, day = divmod(moon + weekday + 114, 31)
        at = calendar("julian").to_gregorian(year, month, day + 1)
        if at is None:
            raise ValueError(f"no Easter in the year {year}")
        return at
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def feast(rule: str, year: int, julian: bool) -> Kept | None:
    """Give the Gregorian day of a feast, the id of the calendar that it was kept in, and its day there.

    The third is None for a day that is counted from another. None for a feast that the year has not.
    """
    name = "julian" if julian else ""
    if changed := _UNTIL.fullmatch(rule):  # kept otherwise up to a year
        return feast(changed[1] if year <= int(changed[2]) else changed[3], year, julian)
    if moved := _EASTER.fullmatch(rule):
        old = julian or moved[1] == "orthodox"
        return easter(year, old) + timedelta(days=int(moved[2] or 0)), "julian" if old else "", None
    if rule == "advent":
        kept = _day("12-25", year, name)
        return (kept - timedelta(days=kept.isoweekday() + 21), name, None) if kept else None
    if nth := _NTH.fullmatch(rule):
        first = _day(f"{nth[3]}-1", year, name)
        away = (int(nth[2]) - first.isoweekday()) % 7 + 7 * (int(nth[1]) - 1) if first else 0
        return (first + timedelta(days=away), name, None) if first else None
    if last := _LAST.fullmatch(rule):
        limits = bounds(calendar(name), year, int(last[2]))
        away = (limits[1].isoweekday() - int(last[1])) % 7 if limits else 0
        return (limits[1] - timedelta(days=away), name, None) if limits else None
    if after := _AFTER.fullmatch(rule):
        kept = _day(f"{after[2]}-{after[3]}", year, name)
        away = (int(after[1]) - kept.isoweekday()) % 7 or 7 if kept else 0
        return (kept + timedelta(days=away), name, None) if kept else None
    spoken, _, day = rule.rpartition(" ")
    if spoken:
        return _elsewhere(*_OTHERS[spoken], day, year)
    at = _day(day, year, name)
    month, number = map(int, day.split("-"))
    return (at, name, (year, month, number)) if at else None


def _day(day: str, year: int, name: str) -> date | None:
    month, number = map(int, day.split("-"))
    return calendar(name).to_gregorian(year, month, number)


def _elsewhere(name: str, less: int, day: str, year: int) -> Kept | None:
    """Find the day of another calendar's year that lies in a year of the Common Era."""
    for own in range(year - less - 1, year - less + 2 + (year - less) // 30 * (name == "islamic")):
        month, number = _named(name, day, own)
        at = calendar(name).to_gregorian(own, month, number)
        if at and (at.year == year or (name in ("julian", "chineseLunisolar") and own == year)):
            at -= timedelta(days=day == "eve")
            return at, name, None if day == "eve" else (own, month, number)
    return None


def _named(name: str, day: str, year: int) -> tuple[int, int]:
    if day == "eve":
        return 1, 1
    if day == "purim":
        return (13 if calendar(name).to_gregorian(year, 13, 1) else 12), 14
    month, number = map(int, day.split("-"))
    return month, number
