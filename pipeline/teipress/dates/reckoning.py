"""Reckoning: a day in the calendar that is named, or in the one that place and period conclude."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from teipress.dates.calendars import Calendar, bounds, calendar, certainty
from teipress.dates.context import Context, last_julian_day
from teipress.dates.interval import Interval, year_value
from teipress.dates.memory import Memory
from teipress.dates.point import Point
from teipress.dates.styles import is_next_year, usual
from teipress.dates.styles import reason as style_reason
from teipress.dates.variant import replace

_CYCLE_AT: Final = 14  # the place in the cycle of sixty days of day 0 of `date.toordinal`
_JAPAN_TURNS: Final = date(1873, 1, 1)


def of_day(point: Point, context: Context, code: str, memory: Memory) -> Interval | None:
    """Read a full day in no calendar that is named: Julian or Gregorian by place and period."""
    year, month, day = int(point.year or 0), int(point.month or 0), int(point.day or 0)
    if point.before_christ:
        return _before_christ(year, month, day)
    if point.style and is_next_year(point.style, year, month, day):
        turned = of_day(replace(point, year=year + 1, style=""), context, code, memory)
        return turned.because(f"{style_reason(point.style)}: the next year of ours") if turned else None
    limit, cert, why = last_julian_day(context.place, code)
    stated = point.calendar is not None  # New Style, said in words
    old = calendar("julian").to_gregorian(year, month, day) if year > 0 else None
    new = calendar("").to_gregorian(year, month, day)
    if old and not stated and ((year, month, day) <= limit or point.old_year):
        written = f"{year:04}-{month:02}-{day:02}"
        other = Interval("when", written, written, cert="low") if new and cert != "high" else None
        found = Interval(
            "when",
            old.isoformat(),
            old.isoformat(),
            "#julian",
            (written, written),
            cert,
            alternative=other,
            reasons=(why,),
        )
        if point.old_year:
            return found.because("the year began on 25 March: both years are written")
        return _other_year(found, point, context)
    if new and not stated and old and not point.weekday and _is_skipped((year, month, day), limit):
        memory.problems.append((point.start, point.end, "day", f"{new} was left out by the reform ({why})"))
        return None
    if new is None:
        memory.problems.append((point.start, point.end, "day", f"{year}-{month:02} has no day {day}"))
        return None
    reasons = ("New Style is stated" if stated else "Gregorian by place and period",)
    found = Interval("when", new.isoformat(), new.isoformat(), reasons=reasons)
    if old and not stated and context.elsewhere:
        return _as_at_home(found, old, (year, month, day), context.elsewhere, code)
    return found


def _before_christ(year: int, month: int, day: int) -> Interval | None:
    """Convert a Julian day before our era by the one 2,800 years later, of the same place in both calendars' cycles."""
    later = calendar("julian").to_gregorian(year + 2800, month, day)
    if later is None:
        return None
    moved = later - timedelta(days=21)  # 2,800 Julian years are so many days longer than 2,800 of ours
    value = f"{year_value(moved.year - 2800)}-{moved.month:02}-{moved.day:02}"
    custom = f"{year_value(year)}-{month:02}-{day:02}"
    return Interval("when", value, value, "#julian", (custom, custom), "medium", reasons=("before Christ",))


def _as_at_home(found: Interval, old: date, day: tuple[int, int, int], place: str, code: str) -> Interval:
    """Keep the Julian reading of a day that somebody wrote abroad, where others still counted so."""
    if day > last_julian_day(place, code)[0]:
        return found
    written = "-".join(f"{part:02}" for part in day)
    value = old.isoformat()
    other = Interval("when", value, value, "#julian", (written, written), "low")
    why = f"written in {place}, but not in its language: taken as at home"
    return replace(found, cert="medium", alternative=other).because(why)


def _other_year(found: Interval, point: Point, context: Context) -> Interval:
    """Keep the reading by a year that began in spring, where place and period allow it and nothing tells."""
    year, month, day = int(point.year or 0), int(point.month or 0), int(point.day or 0)
    begins = usual(context.place, year)
    if point.style or not begins or found.alternative or not is_next_year(begins, year, month, day):
        return found
    next_year = calendar("julian").to_gregorian(year + 1, month, day)
    if next_year is None:
        return found
    value = next_year.isoformat()
    written = f"{year:04}-{month:02}-{day:02}"
    other = Interval("when", value, value, "#julian", (written, written), "low")
    why = f"the year is taken to begin on 1 January, though by place and period {style_reason(begins)}"
    return replace(found, cert="medium", alternative=other).because(why)


def _is_skipped(written: tuple[int, int, int], limit: tuple[int, int, int]) -> bool:
    """Tell whether a day lies between the last Julian and the first Gregorian one."""
    last = calendar("julian").to_gregorian(*limit)
    return last is not None and limit < written and date(*written) <= last


def in_calendar(point: Point, name: str, memory: Memory) -> Interval | None:
    """Convert a date of a calendar that is named, by itself or by its era."""
    of = calendar(name)
    year, month, day = point.year, point.month, point.day
    if year is None:
        return None
    if point.cycle_day is not None and month:
        day = _day_in_cycle(of, year, month, point.cycle_day)
        if day is None:
            return None
        point = replace(point, day=day)
    limits = bounds(of, year, month, day)
    if limits is None:
        memory.problems.append((point.start, point.end, "day", f"the {of.NAME} has no such day"))
        return None
    if name == "japaneseLunisolar" and point.era and day and limits[0] >= _JAPAN_TURNS:
        memory.problems.append(
            (point.start, point.end, "day", f"{limits[0]} was already counted in the new calendar")
        )
        return None
    reason = f"the era {point.era} stated" if point.era else f"{of.NAME} stated"
    custom = written(point, name)
    cert = certainty(of)
    if day is None and name in ("minguo", "japanese"):
        value = f"{year:04}" + (f"-{month:02}" if month else "")
        return Interval("when", value, value, f"#{name}", (custom, custom), cert, reasons=(reason,))
    first, last = (limit.isoformat() for limit in limits)
    return Interval(
        "when" if day else "limits", first, last, f"#{name}", (custom, custom), cert, reasons=(reason,)
    )


def _day_in_cycle(of: Calendar, year: int, month: int, place: int) -> int | None:
    """Give the day of a month that has a place in the cycle of sixty days, which runs on through all months."""
    for day in range(1, 31):
        at = of.to_gregorian(year, month, day)
        if at and (at.toordinal() + _CYCLE_AT) % 60 == place:
            return day
    return None


def written(point: Point, name: str) -> str:
    """Give a date as its calendar writes it: the value of @when-custom. A leap month has a plus sign."""
    year, month, day = int(point.year or 0), point.month, point.day
    if name == "minguo":
        text = str(year - 1911 - (year < 1912))
    elif name == "japanese":
        text = f"{point.era}{year - point.era_first + 1}"
    else:
        text = f"{year:04}"
    if month:
        text += f"-{abs(month):02}" + ("+" if month < 0 else "")
    return text + (f"-{day:02}" if day else "") if name != "islamic" or month else str(year)
