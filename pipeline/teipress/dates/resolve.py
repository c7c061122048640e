"""From the parts that are written to an `Interval`: what is missing is filled in, and every day is Gregorian."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from teipress.dates.calendars import bounds, calendar, certainty
from teipress.dates.context import Context, last_julian_day
from teipress.dates.feasts import feast
from teipress.dates.interval import Interval, day_of
from teipress.dates.point import Point
from teipress.dates.styles import is_next_year, usual
from teipress.dates.styles import reason as style_reason
from teipress.dates.variant import replace

_SEASONS: Final = {1: (3, 5), 2: (6, 8), 3: (9, 11), 4: (12, 14)}
_THIRDS: Final = ("early", "mid", "late")
_PARTS: Final = {
    "half1": (1, 6), "half2": (7, 12), "quarter1": (1, 3), "quarter2": (4, 6), "quarter3": (7, 9),
    "quarter4": (10, 12), "early": (1, 4), "mid": (5, 8), "late": (9, 12), "opening": (1, 3), "closing": (10, 12),
}  # fmt: skip
_JAPAN_TURNS: Final = date(1873, 1, 1)
_CENTURY: Final = "a century begins with its year 1"
#: Parts of a month: the days from, and the days to (0: its last; below that, counted back from it).
_PORTIONS: Final = {
    "half1": (1, 15), "half2": (16, 0), "week1": (1, 7), "week2": (8, 14), "week3": (15, 21), "week4": (22, 28),
    "week5": (-6, 0), "opening": (1, 10), "closing": (21, 0),
}  # fmt: skip


@dataclass
class Memory:
    """What has been read so far: the last full day, and what was wrong with a date."""

    last: date | None = None
    problems: list[tuple[int, int, str, str]] = field(default_factory=list)


def resolve(
    point: Point, context: Context, code: str, memory: Memory, *, learn: bool = True
) -> Interval | None:
    """Give what a point says; None where it names no day that exists, or where what is missing is known nowhere."""
    found = _plain(point, context, code, memory)
    if found is None:
        return None
    if point.resolved is None:
        if point.misread:
            found = replace(found, cert=_lower(found.cert, "medium")).because(
                "figures that were misread or split"
            )
        if point.unsure:
            found = replace(found, cert="low").because("a question mark stands after it")
        found = _weekday(point, found, memory)
        found = _ambiguous(point, found, context, code)
    for how in reversed(point.qualifiers):
        other = narrowed(found.alternative, how, point) if found.alternative else None
        found = replace(narrowed(found, how, point), alternative=other)
    if learn and found.kind == "when" and (at := day_of(found.first, last=False)) and len(found.first) == 10:
        memory.last = at
    return found


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
            value = (
                f"{1 - 100 * point.century:05}",
                f"{0 if point.century == 1 else 100 - 100 * point.century:05}",
            )
            return Interval("limits", value[0], value[1].replace("00000", "0000"), reasons=(_CENTURY,))
        first = (point.century - 1) * 100 + 1
        return Interval("limits", f"{first:04}", f"{first + 99:04}", reasons=(_CENTURY,))
    point, how = _with_year(point, context, memory)
    found = _of_feast(point, context, code) if point.feast else _of_parts(point, context, code, memory)
    if found and how and point.full() and not point.two_figures and not _fits(point, found):
        found, how = _in_year_beside(point, context, code) or (found, how)
    return replace(found, inherited=how, cert=_lower(found.cert, "medium")) if found and how else found


def _with_year(point: Point, context: Context, memory: Memory) -> tuple[Point, tuple[str, ...]]:
    """Fill in a year that is not written, or of which only two figures or the place in a cycle are."""
    anchor = memory.last or context.on
    if point.years_on is not None:
        if anchor is None:
            return point, ()
        return replace(point, year=anchor.year + point.years_on), (f"the year from {anchor.isoformat()}",)
    if point.cycle is not None:
        year = anchor.year if anchor else context.year or context.era
        if year is None:
            return point, ()
        near = max(y for y in range(year - 59, year + 2) if (y - 4) % 60 == point.cycle)
        return replace(point, year=near), (f"the cycle nearest before {year}",)
    if point.two_figures and point.year is not None and not point.era:
        year = anchor.year if anchor else context.year or context.era
        if year is not None:
            near = min(range(point.year % 100 + 1000, 2100, 100), key=lambda y: abs(y - year))
            return replace(point, year=near), (f"the century from {year}",)
        return replace(point, year=point.year % 100 + (1800 if point.year % 100 >= 50 else 1900)), (
            "the century by convention",
        )
    if point.year is None and anchor is None and context.year is not None and not point.lone:
        return replace(point, year=context.year), (f"the text's own year, {context.year}",)
    if point.year is None and anchor is None and (told := _year_of_weekday(point, context)):
        return replace(point, year=told), (f"the year in which the weekday fits, of {context.years}",)
    if point.year is None and anchor is not None and not point.lone:
        month = point.month or ({1: 4, 2: 7, 3: 10, 4: 1}[point.season] if point.season else 6)
        near = _nearest(anchor, abs(month), point.day or 15) - (point.season == 4)
        return replace(point, year=near), (f"the year from {anchor.isoformat()}",)
    return point, ()


def _year_of_weekday(point: Point, context: Context) -> int | None:
    """Give the only one of the years that a text may be of in which a day falls on its weekday."""
    if not context.years or not point.weekday or not point.day or not 0 < (point.month or 0) < 13:
        return None
    first, last = context.years
    fit = [
        year
        for year in range(first, last + 1)
        if point.day <= monthrange(year, point.month or 1)[1]
        and date(year, point.month or 1, point.day).isoweekday() == point.weekday
    ]
    return fit[0] if len(fit) == 1 else None


def _nearest(anchor: date, month: int, day: int) -> int:
    """Give the year in which a day is nearest to an anchor."""
    if month > 12:
        return anchor.year

    def distance(year: int) -> int:
        return abs((date(year, month, min(day, monthrange(year, month)[1])) - anchor).days)

    return min((anchor.year, anchor.year - 1, anchor.year + 1), key=distance)


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
        return Interval(
            "limits", f"{point.year:04}", f"{point.year + 9:04}", reasons=("a decade begins with its year 0",)
        )
    if point.year_to is not None and point.season is None and point.year is not None:
        return _of_years(point, point.year_to)
    if point.season is not None:
        return _of_season(point)
    if point.calendar:
        return _in_calendar(point, point.calendar, memory)
    if point.year is None:
        return _without_year(point)
    if point.month is None:
        value = f"{point.year:05}" if point.year < 0 else f"{point.year:04}"
        return Interval("when", value, value, cert="medium" if point.lone else "high")
    if point.day is None:
        value = f"{point.year:04}-{point.month:02}"
        return Interval("when", value, value) if point.month > 0 else None
    return _of_day(point, context, code, memory)


def _of_years(point: Point, last: int) -> Interval:
    """Read a reign, or one of two years: `光緒年間`, `民國六、七年`."""
    value = f"{point.year:04}", f"{last:04}"
    name = f"#{point.calendar}" if point.calendar else ""
    return Interval("limits", *value, name, reasons=(f"the era {point.era} stated",) if point.era else ())


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


def _of_day(point: Point, context: Context, code: str, memory: Memory) -> Interval | None:
    """Read a full day in no calendar that is named: Julian or Gregorian by place and period."""
    year, month, day = int(point.year or 0), int(point.month or 0), int(point.day or 0)
    if point.style and is_next_year(point.style, year, month, day):
        turned = _of_day(replace(point, year=year + 1, style=""), context, code, memory)
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


def _in_calendar(point: Point, name: str, memory: Memory) -> Interval | None:
    """Convert a date of a calendar that is named, by itself or by its era."""
    of = calendar(name)
    year, month, day = point.year, point.month, point.day
    if year is None:
        return None
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


def written(point: Point, name: str) -> str:
    """Give a date as its calendar writes it: the value of @when-custom. A leap month has a plus sign."""
    year, month, day = int(point.year or 0), point.month, point.day
    if name == "minguo":
        text = str(year - 1911)
    elif name == "japanese":
        text = f"{point.era}{year - point.era_first + 1}"
    else:
        text = f"{year:04}"
    if month:
        text += f"-{abs(month):02}" + ("+" if month < 0 else "")
    return text + (f"-{day:02}" if day else "") if name != "islamic" or month else str(year)


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


# Qualifiers: what stands before or after a date and changes what it says.


def narrowed(found: Interval, how: str, point: Point) -> Interval:
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
    if how in ("night", "whole"):
        return found
    return _part(found, how, point)


def _part(found: Interval, how: str, point: Point) -> Interval:
    """Narrow a month to ten days, a year to months, a decade or century to years."""
    first, last = found.bounds
    if (how not in _PARTS and how not in _PORTIONS) or first is None or last is None or found.kind == "span":
        return found
    days = (last - first).days
    if days < 32 and how in _THIRDS:
        at = _THIRDS.index(how)
        start, end = (
            first + timedelta(days=10 * at),
            last if at == 2 else first + timedelta(days=10 * at + 9),
        )
    elif days < 32 and how in _PORTIONS:
        start, end = _portion(first, last, _PORTIONS[how])
    elif days < 100:
        at = _THIRDS.index(how) if how in _THIRDS else 0
        month = first.month + at
        year = first.year + (month > 12)
        month -= 12 * (month > 12)
        start, end = date(year, month, 1), date(year, month, monthrange(year, month)[1])
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
    at = _THIRDS.index(how) if how in _THIRDS else 0 if how == "opening" else 2
    third = round(length / 3)
    starts = (first, first + third, first + 2 * third if length > 10 else last - third + 1)
    ends = (first + third - 1, (starts[2] - 1), last)
    return starts[at], ends[at]
