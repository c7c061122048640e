"""Joints: two dates as the ends of one range, or as alternatives, which share what only one of them names."""

from __future__ import annotations

from teipress.dates.interval import Interval, Kind
from teipress.dates.pairs import Read
from teipress.dates.point import Point
from teipress.dates.singles import Singles
from teipress.dates.variant import replace


def joint(singles: Singles, left: Point, right: Point, kind: str, at: int) -> Read | None:
    """Give the range that two dates make with what stands between them ("to", "or", "list", "slash"); None for none."""
    if kind == "or" and (left.resolved or right.resolved):
        return None
    uneven = (left.day is None) != (right.day is None) and not (kind == "to" and left.month and right.month)
    feasts = (left.feast or right.feast) and (kind not in ("to", "list") or not (left.feast or left.day))
    if not (left.resolved or right.resolved) and (feasts or (uneven and not right.feast and not left.feast)):
        return None
    left, right = _shared(left, right)
    if left.season and right.season and right.year is None:
        return None
    first = singles.resolved(left, left.qualifiers, learn=False)
    last = singles.resolved(right)
    if not first or not last or not first.first or not last.last or first.first >= last.last:
        return None
    custom = first.custom[0], last.custom[1]
    vague = left.season is not None and kind == "or"
    shape: Kind = "span" if not vague and (kind == "to" or (kind == "slash" and left.day)) else "limits"
    sure = left.lone and right.lone and not (left.misread or right.misread)
    cert = "high" if sure else min(first.cert, last.cert, key=("low", "medium", "high").index)
    why = (*first.reasons, "a range")
    found = Interval(shape, first.first, last.last, first.calendar, custom, cert, first.precision, why)
    rule = "dates.years" if left.month is None and not left.resolved else left.rule
    return Read(at, max(left.end, right.end), replace(found, inherited=last.inherited), rule)


def _shared(left: Point, right: Point) -> tuple[Point, Point]:
    """Give two dates what each lacks and the other names: year, month, era, calendar."""
    if left.year is None and right.year is not None:
        year = right.year - ((left.month or 0) > (right.month or 99))
        named = left.calendar if left.calendar is not None else right.calendar
        left = replace(left, year=year, two_figures=right.two_figures, calendar=named)
    elif right.year is None and left.year is not None:
        year = left.year + bool(right.month and left.month and right.month < left.month)
        right = replace(right, year=year, era=left.era, era_first=left.era_first)
    if right.bare and left.era and right.year is not None and right.year < 200:
        year = left.era_first + right.year - 1
        right = replace(
            right, year=year, two_figures=False, bare=False, era=left.era, era_first=left.era_first
        )
    if right.month is None and right.day is not None:
        right = replace(right, month=left.month)
    named = left.calendar if left.calendar is not None else right.calendar
    other = right.calendar if right.calendar is not None else left.calendar
    return replace(left, calendar=named), replace(right, calendar=other)
