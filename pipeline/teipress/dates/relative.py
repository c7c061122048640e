"""Dates that count from another one: from the text's own day, or from the last that was told."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from teipress.dates import numerals
from teipress.dates.calendars import bounds, calendar, written_in
from teipress.dates.context import Context
from teipress.dates.grammar import Grammar, Shape
from teipress.dates.interval import Interval, day_of
from teipress.dates.memory import Memory
from teipress.dates.point import Point
from teipress.dates.reckoning import written
from teipress.dates.resolve import season_limits
from teipress.dates.slots import parts
from teipress.dates.variant import replace

_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}


def relative(
    match: re.Match[str], how: Shape, known: Grammar, context: Context, memory: Memory, past: bool = False
) -> Interval | None:
    """Give the day, month or year that a relative expression means; None where there is no day to count from.

    A day of the month is the nearest one, or where it is `past` the last.
    """
    does = {**(how.does or {}), "past": past}
    told = does.get("narrative") or (does.get("day") and (context.on is None or (known.han and memory.last)))
    anchor = (memory.last or context.on) if told else context.on
    if anchor is None:
        return None
    found = _meant(match, does, known, anchor, context.calendar)
    return found.because(f"counted from {anchor.isoformat()}") if found else None


def _meant(match: re.Match[str], does: object, known: Grammar, anchor: date, name: str) -> Interval | None:
    rules = dict(does)  # type: ignore[call-overload]
    groups = parts(match)
    if "sign" in rules:
        return _counted(groups, rules, known, anchor)
    if "d" in groups or "d1" in groups:
        return _day_of_month(groups, rules, known, anchor, name)
    if "kind" in rules:
        return _within(groups, rules, known, anchor)
    if "season" in rules:
        return _season(known.lexicon.seasons[groups["s"].lower()], rules["season"], anchor)
    if "shift" in rules:
        grain = rules.get("grain") or known.called(
            groups.get("grain") or groups.get("grain2", ""), known.grains
        )
        return _unit(anchor, grain, rules["shift"])
    if "of_week" in rules:
        named = known.lexicon.weekdays.get(groups["w"].lower())
        monday = anchor - timedelta(days=anchor.weekday() - 7 * rules["of_week"])
        return _day(monday + timedelta(days=named - 1)) if named else None
    if "weekday" in rules:
        named = known.lexicon.weekdays.get((groups.get("w") or groups.get("v") or "").lower())
        if named is None:
            return None
        away = (named - anchor.isoweekday()) * rules["weekday"] % 7 or 7
        return _day(anchor + timedelta(days=away * rules["weekday"] + rules.get("days", 0)))
    if "month" in rules:
        month = known.lexicon.months[groups["m"].lower()]
        year = anchor.year + (rules["month"] if (month - anchor.month) * rules["month"] <= 0 else 0)
        return _value(f"{year:04}-{month:02}")
    return _day(anchor + timedelta(days=rules.get("days", 0)))


def _season(season: int, side: int, anchor: date) -> Interval | None:
    """Give the season of a name that is over (-1), to come (1), or nearest (0)."""
    found = [
        limits for year in range(anchor.year - 2, anchor.year + 3) if (limits := season_limits(year, season))
    ]
    over, ahead = [f for f in found if f[1] < anchor], [f for f in found if f[0] > anchor]
    first, last = (
        over[-1] if side < 0 else ahead[0] if side > 0 else min(found, key=lambda f: _away(f, anchor))
    )
    return Interval("limits", first.isoformat(), last.isoformat(), cert="medium")


def _away(limits: tuple[date, date], anchor: date) -> int:
    return max((limits[0] - anchor).days, (anchor - limits[1]).days, 0)


def _day(at: date, name: str = "") -> Interval:
    """Give a day; with `name`, the id of a calendar, what that calendar writes is given as well."""
    found = _value(at.isoformat())
    own = written_in(calendar(name), at) if name else None
    if own is None:
        return found
    custom = written(Point(0, 0, *own), name)
    return replace(found, calendar=f"#{name}", custom=(custom, custom))


def _value(text: str) -> Interval:
    return Interval("when", text, text, cert="medium")


def shifted(at: date, months: int) -> date:
    """Move a day by months; a day that the month has not becomes its last."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return date(year, month + 1, min(at.day, monthrange(year, month + 1)[1]))


def next_of_number(found: Interval, day: int) -> Interval | None:
    """Give the first day of a number after another day, as in `from the 28th to the 3rd`."""
    at = day_of(found.first, last=False) if len(found.first) == 10 else None
    month = shifted(at.replace(day=1), day <= at.day) if at else None
    return _day(month.replace(day=day)) if month and day <= monthrange(month.year, month.month)[1] else None


def _counted(
    groups: dict[str, str], rules: dict[str, object], known: Grammar, anchor: date
) -> Interval | None:
    text = groups.get("count", "").lower()
    count = known.lexicon.counts.get(text) or (
        numerals.han(text) if known.han else numerals.figures(text) if text else 1
    )
    unit = known.called(groups["unit"], known.units)
    if not count or not unit:
        return None
    if unit == "day":
        count = known.data.get("rounded_days", {}).get(str(count), count)
    step = int(str(rules["sign"])) * count
    if unit in _DAYS:
        return _day(anchor + timedelta(days=step * _DAYS[unit] + int(str(rules.get("days", 0)))))
    if "exact" in groups:
        return _day(shifted(anchor, step * (12 if unit == "year" else 1)))
    found = (
        _value(shifted(anchor, step).isoformat()[:7])
        if unit == "month"
        else _value(f"{anchor.year + step:04}")
    )
    return Interval("when", found.first, found.last, cert="medium", precision="low", type="vague")


def _day_of_month(
    groups: dict[str, str], rules: dict[str, object], known: Grammar, anchor: date, name: str
) -> Interval | None:
    """Give a day whose month is not written; the months are those of the calendar that the text's own day is in."""
    text = groups.get("d") or groups["d1"]
    day = known.lexicon.ordinals.get(text.lower()) or (
        numerals.han(text) if known.han else numerals.figures(text)
    )
    if not day or day > 31:
        return None
    weekday = known.lexicon.weekdays.get((groups.get("v") or groups.get("w") or "").lower())
    shifts = [int(str(rules["months"]))] if "months" in rules else [0, -1, 1, *((-2, 2) if weekday else ())]
    days = [at for shift in shifts if (at := _in_month(anchor, shift, day, name))]
    days = [at for at in days if at.isoweekday() == weekday] or days[:3]
    if (rules.get("past") or rules.get("passed")) and "months" not in rules:
        days = [at for at in days if at <= anchor] or days
    if rules.get("to_come"):
        days = [at for at in days if at > anchor] or days
    if not days:
        return None
    found = min(days, key=lambda at: abs((at - anchor).days))
    return _days(found, text, groups["d_to"], name) if "d_to" in groups else _day(found, name)


def _days(first: date, text: str, then: str, name: str) -> Interval | None:
    """Give the days from one whose number is written to another in the same month: `二十一、二十二兩日`."""
    one, last = numerals.han(text), numerals.last_of_two(text, then, parted=True)
    if one is None or last is None or last > 31:
        return None
    begun, ended = _day(first, name), _day(first + timedelta(days=last - one), name)
    return replace(begun, kind="span", last=ended.last, custom=(begun.custom[0], ended.custom[1]))


def _in_month(anchor: date, shift: int, day: int, name: str) -> date | None:
    """Give the day with a number in the month so many months from the one of a day; None where it has none."""
    of = calendar(name)
    own = written_in(of, anchor)
    for _ in range(abs(shift)):
        limits = bounds(of, *own[:2]) if own else None
        beside = limits[shift > 0] + timedelta(days=1 if shift > 0 else -1) if limits else None
        own = written_in(of, beside) if beside else None
    return of.to_gregorian(own[0], own[1], day) if own else None


def rhyme_day(day: int, anchor: date, month: int | None = None) -> Interval | None:
    """Give the day of a telegram that is named by its rhyme: the last one before the text's own day.

    Where its `month` is named, the last of that month.
    """
    for shift in (0, -1) if month is None else (-((anchor.month - abs(month)) % 12),):
        of = shifted(anchor.replace(day=1), shift)
        if day <= monthrange(of.year, of.month)[1] and of.replace(day=day) <= anchor:
            return _day(of.replace(day=day)).because("a telegram's rhyme-day")
    return None


def _unit(anchor: date, grain: str, shift: int) -> Interval | None:
    if grain == "year":
        return _value(f"{anchor.year + shift:04}")
    if grain == "month":
        return _value(shifted(anchor.replace(day=1), shift).isoformat()[:7])
    if grain == "week":
        first = anchor - timedelta(days=anchor.weekday() - 7 * shift)
        return Interval("limits", first.isoformat(), (first + timedelta(days=6)).isoformat(), cert="medium")
    return None


def _within(
    groups: dict[str, str], rules: dict[str, object], known: Grammar, anchor: date
) -> Interval | None:
    whole = _unit(anchor, known.called(groups["grain"], known.grains), 0)
    first, last = whole.bounds if whole else (None, None)
    if first is None or last is None:
        return None
    if rules["kind"] == "so-far":
        return Interval("limits", first.isoformat(), anchor.isoformat(), cert="medium")
    return Interval("limits", anchor.isoformat(), last.isoformat(), cert="medium")
