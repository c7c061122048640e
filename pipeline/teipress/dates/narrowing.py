"""Narrowing: what stands before or after a date and changes what it says, as `about`, `before`, `early` do."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from teipress.dates.interval import Interval
from teipress.dates.variant import replace

#: The first and the last third that a word means.
_THIRDS: Final = {"early": (0, 0), "mid": (1, 1), "late": (2, 2), "early-mid": (0, 1), "mid-late": (1, 2)}
_PARTS: Final = {
    "half1": (1, 6), "half2": (7, 12), "quarter1": (1, 3), "quarter2": (4, 6), "quarter3": (7, 9),
    "quarter4": (10, 12), "early": (1, 4), "mid": (5, 8), "late": (9, 12), "early-mid": (1, 8), "mid-late": (5, 12),
    "opening": (1, 3), "closing": (10, 12),
}  # fmt: skip
#: Parts of a month: the days from, and the days to (0: its last; below that, counted back from it).
_PORTIONS: Final = {
    "half1": (1, 15), "half2": (16, 0), "week1": (1, 7), "week2": (8, 14), "week3": (15, 21), "week4": (22, 28),
    "week5": (-6, 0), "opening": (1, 10), "closing": (21, 0),
}  # fmt: skip


def narrowed(found: Interval, how: str) -> Interval:
    """Apply a qualifier to what a date says."""
    if how == "about":
        return replace(found, precision="low").because("about")
    if how == "by":  # the end of it
        last = found.bounds[1]
        return replace(found, kind="limits", first="", last=last.isoformat() if last else found.last)
    if how == "before":
        return replace(found, kind="limits", first="", custom=("", found.custom[1])).because(
            "its day included"
        )
    if how == "after":
        return replace(found, kind="limits", last="", custom=(found.custom[0], "")).because(
            "its day included"
        )
    if how == "since":
        return replace(found, kind="span", last="", custom=(found.custom[0], ""))
    if how == "until":
        return replace(found, kind="span", first="", custom=("", found.custom[1]))
    if how == "probably":
        return replace(found, cert="low").because("said to be probable")
    if how == "turn" and (first := found.bounds[0]):  # of a century: about the year before its first
        year = f"{first.year - (first.year % 100 == 1):04}"
        return replace(found, kind="when", first=year, last=year, precision="low").because("the turn")
    if how in ("night", "whole"):
        return found
    return _part(found, how)


def _part(found: Interval, how: str) -> Interval:
    """Narrow a month to ten days, a year to months, a decade or century to years."""
    first, last = found.bounds
    if (how not in _PARTS and how not in _PORTIONS) or first is None or last is None or found.kind == "span":
        return found
    days = (last - first).days
    if days < 27:  # of a week
        return found
    if days < 32 and how in _THIRDS:
        begun, ended = _THIRDS[how]
        start = first + timedelta(days=10 * begun)
        end = last if ended == 2 else first + timedelta(days=10 * ended + 9)
    elif days < 32 and how in _PORTIONS:
        start, end = _portion(first, last, _PORTIONS[how])
    elif days < 100:
        start, end = (_month_on(first, more) for more in _THIRDS.get(how, (0, 0)))
        end = end.replace(day=monthrange(end.year, end.month)[1])
    elif days < 400:
        low, high = _PARTS[how]
        start, end = date(first.year, low, 1), date(first.year, high, monthrange(first.year, high)[1])
    else:
        low_year, high_year = _years(first.year, last.year, how)
        return replace(found, kind="limits", first=f"{low_year:04}", last=f"{high_year:04}").because(
            f"{how}: a part of its years"
        )
    precision = "low" if how in ("opening", "closing") else found.precision
    keep = found.calendar if found.calendar in ("#minguo", "#japanese") else ""
    return replace(
        found,
        kind="limits",
        first=start.isoformat(),
        last=end.isoformat(),
        precision=precision,
        calendar=keep,
        custom=("", ""),
    ).because(f"{how}: a part of it")


def _month_on(day: date, more: int) -> date:
    """Give the first day of a month, so many months on."""
    years, month = divmod(day.month - 1 + more, 12)
    return date(day.year + years, month + 1, 1)


def _portion(first: date, last: date, days: tuple[int, int]) -> tuple[date, date]:
    begun, ended = days
    start = last + timedelta(days=begun) if begun < 0 else first + timedelta(days=begun - 1)
    return start, last if ended == 0 else first + timedelta(days=ended - 1)


def _years(first: int, last: int, how: str) -> tuple[int, int]:
    length = last - first + 1
    if how.startswith("half"):
        half = length // 2
        return (first, first + half - 1) if how == "half1" else (first + half, last)
    if how.startswith("quarter"):
        at = int(how[-1]) - 1
        return first + length * at // 4, first + length * (at + 1) // 4 - 1
    begun, ended = _THIRDS.get(how, (0, 0) if how == "opening" else (2, 2))
    third = round(length / 3)
    starts = (first, first + third, first + 2 * third if length > 10 else last - third + 1)
    ends = (first + third - 1, (starts[2] - 1), last)
    return starts[begun], ends[ended]
