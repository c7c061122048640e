"""Feasts: fixed days, days that follow Easter, and days of the Chinese year.

A grammar names each feast with one of `12-25`, `easter-42`, `chinese 8-15`.
"""

from __future__ import annotations

from datetime import date, timedelta

from teipress.dates.calendars import calendar


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


def feast(rule: str, year: int, julian: bool) -> tuple[date, str] | None:
    """Give the Gregorian day of a feast and the id of the calendar that it was kept in; None for no such day."""
    if rule.startswith("easter"):
        return easter(year, julian) + timedelta(
            days=int(rule.removeprefix("easter") or 0)
        ), "julian" if julian else ""
    name = "chineseLunisolar" if rule.startswith("chinese") else ("julian" if julian else "")
    month, day = map(int, rule.rpartition(" ")[2].split("-"))
    at = calendar(name).to_gregorian(year, month, day)
    return (at, name) if at else None
