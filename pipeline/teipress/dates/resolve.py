"""From the parts that are written to an `Interval`: what is missing is filled in, and every day is Gregorian."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from teipress.dates.calendars import LUNISOLAR, calendar, certainty, written_in
from teipress.dates.context import Context, last_julian_day
from teipress.dates.feasts import feast
from teipress.dates.filling import with_year
from teipress.dates.interval import Interval, Kind, day_of, year_value
from teipress.dates.memory import Memory
from teipress.dates.narrowing import narrowed
from teipress.dates.point import Point
from teipress.dates.reckoning import in_calendar, of_day
from teipress.dates.variant import replace

_SEASONS: Final = {1: (3, 5), 2: (6, 8), 3: (9, 11), 4: (12, 14)}
MISREAD: Final = "letters or figures that were misread or split"
_ENDS: Final = frozenset({"until", "by"})
_FROM_JANUARY: Final = 1752  # the year from which on Quakers numbered the months from January
_CENTURY: Final = "a century begins with its year 1"


def resolve(
    point: Point, context: Context, code: str, memory: Memory, *, learn: bool = True
) -> Interval | None:
    """Give what a point says; None where it names no day that exists, or where what is missing is known nowhere."""
    found = _plain(point, context, code, memory)
    if found is None:
        return None
    if point.resolved is None:
        if point.misread:
            found = replace(found, cert=_lower(found.cert, "medium")).because(MISREAD)
        if point.unsure:
            found = replace(found, cert="low").because("a question mark stands after it")
        found = _weekday(point, found, memory)
        found = _ambiguous(point, found, context, code)
    for how in reversed(point.qualifiers):
        other = narrowed(found.alternative, how) if found.alternative else None
        found = replace(narrowed(found, how), alternative=other)
    if learn:
        _remember(point, found, memory)
    return found


def _remember(point: Point, found: Interval, memory: Memory) -> None:
    """Keep a full day, or a year that is written, for the dates that follow and say none."""
    value = found.first if found.last in (found.first, "") else ""
    if len(value) == 10 and (at := day_of(value, last=False)):
        memory.last, memory.year = at, None
    elif point.year is not None and found.first[:4] == (found.last or found.first)[:4]:
        memory.year = int(found.first[:4]) if found.first[:4].isdigit() else None


def _lower(one: str, other: str) -> str:
    ranks = ("low", "medium", "high")
    return min(one, other, key=ranks.index)


def _plain(point: Point, context: Context, code: str, memory: Memory) -> Interval | None:
    if point.resolved is not None:
        return point.resolved
    if point.century is not None and point.decade:
        value = f"{(point.century - 1) * 100:04}", f"{(point.century - 1) * 100 + 99:04}"
        return Interval("limits", *value, reasons=("the last two figures of the year are left open",))
    if point.century is not None:
        if point.before_christ:
            begun = 1 - 100 * point.century
            return Interval("limits", year_value(begun), year_value(begun + 99), reasons=(_CENTURY,))
        first = (point.century - 1) * 100 + 1
        return Interval("limits", f"{first:04}", f"{first + 99:04}", reasons=(_CENTURY,))
    anchor = memory.last or context.on
    if point.year is None and anchor and point.feast:
        return _nearest_feast(point, context, code, anchor)
    if (
        point.year is None
        and anchor
        and point.month
        and point.calendar is None
        and not point.counted
        and context.calendar in LUNISOLAR
    ):
        return _in_own_calendar(point, context.calendar, anchor)
    point, how = with_year(point, context, memory)
    if point.counted and point.year is None:
        return None
    if point.numbered and point.year is not None and point.month and point.year < _FROM_JANUARY:
        point = replace(point, month=(point.month + 1) % 12 + 1, year=point.year + (point.month > 10))
    found = _of_feast(point, context, code) if point.feast else _of_parts(point, context, code, memory)
    if found and how and point.full() and not point.two_figures and not _fits(point, found):
        found, how = _in_year_beside(point, context, code) or (found, how)
    return replace(found, inherited=how, cert=_lower(found.cert, "medium")) if found and how else found


def _nearest_feast(point: Point, context: Context, code: str, anchor: date) -> Interval | None:
    """Give the feast that is nearest to a day, or the next one where it is the end of something."""
    ends = bool(_ENDS & set(point.qualifiers))
    years = range(anchor.year - (not ends), anchor.year + 2)
    kept = [found for year in years if (found := _of_feast(replace(point, year=year), context, code))]
    days = [(day, found) for found in kept if (day := found.bounds[0]) and not (ends and day < anchor)]
    if not days:
        return None
    found = min(days, key=lambda one: abs((one[0] - anchor).days))[1]
    return _inherited(found, f"the year from {anchor.isoformat()}")


def _in_own_calendar(point: Point, name: str, anchor: date) -> Interval | None:
    """Read a month and a day in the lunisolar calendar of the text's own date, in the nearest year."""
    own = written_in(calendar(name), anchor)
    years = [replace(point, year=own[0] + more, calendar=name) for more in (0, -1, 1)] if own else []
    read = (in_calendar(each, name, Memory()) for each in years)
    days = [(day, found) for found in read if found and (day := found.bounds[0])]
    if not days:
        return None
    found = min(days, key=lambda one: abs((one[0] - anchor).days))[1]
    return _inherited(found, f"the year and the calendar from {anchor.isoformat()}")


def _inherited(found: Interval, how: str) -> Interval:
    return replace(found, inherited=(how,), cert=_lower(found.cert, "medium"))


def _fits(point: Point, found: Interval) -> bool:
    """Tell whether the weekday that is written, if one is, is that of the day."""
    at = day_of(found.first, last=False) if found.kind == "when" and len(found.first) == 10 else None
    return point.weekday is None or at is None or at.isoweekday() == point.weekday


def _in_year_beside(point: Point, context: Context, code: str) -> tuple[Interval, tuple[str, ...]] | None:
    """Read a day of which the year was filled in, in the year before or after, where its weekday fits there."""
    for year in ((point.year or 0) - 1, (point.year or 0) + 1):
        found = _of_parts(replace(point, year=year), context, code, Memory()) if context.on else None
        if found and _fits(point, found):
            return found, (f"the year next to that of {context.on} in which the weekday fits",)
    return None


def _of_feast(point: Point, context: Context, code: str) -> Interval | None:
    if point.year is None or point.year < 326:
        return None
    limit, cert, why = last_julian_day(context.place, code)
    julian = (point.year, 12, 31) <= limit or (code.startswith("ru") and point.feast.startswith("easter"))
    julian = julian or (point.year, 6, 1) <= limit
    kept = feast(point.feast, point.year, julian)
    if kept is None:
        return None
    at, name, day = kept
    moved = bool(point.shift or point.weekday_shift)
    if point.weekday_shift and point.weekday:
        days = (
            (point.weekday - 1 - at.weekday()) % 7
            if point.weekday_shift > 0
            else -((at.weekday() - point.weekday + 1) % 7)
        )
        at += timedelta(days=days or 7 * point.weekday_shift)
    at += timedelta(days=point.shift)
    found = Interval("when", at.isoformat(), at.isoformat(), reasons=(f"the feast in {point.year}",))
    if name == "julian":
        written = _written_julian(at)
        return replace(found, calendar="#julian", custom=(written, written), cert=cert).because(why)
    if name:
        custom = "-".join(f"{part:02}" for part in day) if day and not moved else ""
        return replace(found, calendar=f"#{name}", custom=(custom, custom), cert=certainty(calendar(name)))
    return found


def _written_julian(at: date) -> str:
    julian = calendar("julian")
    for offset in range(-4, 15):
        day = at - timedelta(days=offset)
        if julian.to_gregorian(day.year, day.month, day.day) == at:
            return day.isoformat()
    return at.isoformat()


def _of_parts(point: Point, context: Context, code: str, memory: Memory) -> Interval | None:
    if point.decade and point.year is not None:
        if point.two_figures and point.year % 10:
            return None
        name, why = (f"#{point.calendar}" if point.era else ""), "a decade begins with its year 0"
        return Interval("limits", f"{point.year:04}", f"{point.year + 9:04}", name, reasons=(why,))
    if point.month_to is not None:
        return _of_months(point, context, code, memory)
    if point.year_to is not None and point.season is None and point.year is not None:
        return _of_years(point, point.year_to)
    if point.season is not None:
        return _of_season(point)
    if point.calendar:
        return in_calendar(point, point.calendar, memory)
    if point.year is None:
        return _without_year(point)
    if point.month is None:
        value = year_value(point.year)
        return Interval("when", value, value, cert="medium" if point.lone else "high")
    if point.day is None:
        value = f"{point.year:04}-{point.month:02}"
        return Interval("when", value, value) if point.month > 0 else None
    return of_day(point, context, code, memory)


def _of_months(point: Point, context: Context, code: str, memory: Memory) -> Interval | None:
    """Read a time in one of two months: `三、四月間`."""
    first = _of_parts(replace(point, month_to=None), context, code, memory)
    last = _of_parts(replace(point, month=point.month_to, month_to=None), context, code, memory)
    if first is None or last is None:
        return None
    kind: Kind = "span" if point.through else "limits"
    return replace(first, kind=kind, last=last.last, custom=(first.custom[0], last.custom[1]))


def _of_years(point: Point, last: int) -> Interval:
    """Read a reign, or one of two years: `光緒年間`, `民國六、七年`."""
    value = f"{point.year:04}", f"{last:04}"
    name = f"#{point.calendar}" if point.calendar else ""
    why = (f"the era {point.era} stated",) if point.era else ()
    return Interval("span" if point.through else "limits", *value, name, reasons=why)


def season_limits(year: int, season: int) -> tuple[date, date]:
    """Give the first and the last day of a meteorological season; winter begins in the year's December."""
    first, last = _SEASONS[season]
    ended, last = year + (last > 12), last - 12 * (last > 12)
    return date(year, first, 1), date(ended, last, monthrange(ended, last)[1])


def _of_season(point: Point) -> Interval | None:
    if point.year is None or point.season is None:
        return None
    first, last = season_limits(point.year, point.season)
    name = f"#{point.calendar}" if point.calendar else ""
    return Interval("limits", first.isoformat(), last.isoformat(), name, reasons=("a meteorological season",))


def _without_year(point: Point) -> Interval | None:
    if point.month is None or point.day is None:
        return None
    if point.month < 1 or point.day > monthrange(2000, point.month)[1]:
        return None
    value = f"--{point.month:02}-{point.day:02}"
    return Interval("when", value, value, cert="medium", reasons=("no year is known",))


def _weekday(point: Point, found: Interval, memory: Memory) -> Interval:
    """Hold a weekday that is written against the day (Findings only; the words stay)."""
    if point.weekday is None or point.feast or found.kind != "when":
        return found
    at = day_of(found.first, last=False)
    if at is None or len(found.first) != 10 or at.isoweekday() == point.weekday:
        return found
    other = found.alternative and day_of(found.alternative.first, last=False)
    if found.alternative and other and other.isoweekday() == point.weekday:
        return replace(
            found.alternative, cert="medium", alternative=replace(found, alternative=None)
        ).because("the weekday fits this calendar only")
    if found.inherited:
        return replace(found, cert="low").because("the weekday does not fit the year that was filled in")
    memory.problems.append((point.start, point.end, "weekday", f"{found.first} is a {at:%A}"))
    return replace(found, cert="medium").because("the weekday does not fit")


def _ambiguous(point: Point, found: Interval, context: Context, code: str) -> Interval:
    """Say of figures whose day and month could change places that they could."""
    if not point.ambiguous or point.calendar or found.kind != "when" or not point.full():
        return found
    turned = replace(point, month=point.day, day=point.month)
    if (point.day or 0) > 12 or point.day == point.month:
        return found
    other = _of_parts(turned, context, code, Memory())
    other = replace(other, cert="low", alternative=None) if other else None
    return replace(found, cert="low", alternative=other).because("the day comes first by convention")
