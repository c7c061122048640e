"""Pairs: one day in two calendars, `12/25 January 1871`, `9 (21) января`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from teipress.dates.calendars import GREGORIAN, calendar
from teipress.dates.groups import Group, Groups
from teipress.dates.interval import Interval
from teipress.dates.parts import point
from teipress.dates.point import Point
from teipress.dates.variant import replace

_RECKONED: Final = 2  # days by which a reckoning may miss what was counted there
_CLOSE: Final = re.compile(r"\.?\s*\)")


@dataclass(frozen=True)
class Read:
    """One date at `[start, end)`, and the rule that read it; `opened` where its first word opens a range."""

    start: int
    end: int
    interval: Interval
    rule: str
    opened: bool = False


class Pairs:
    """Reads the one day that two dates name; what contradicts itself goes to the memory."""

    def __init__(self, groups: Groups) -> None:
        self.groups, self.singles = groups, groups.singles
        self.text, self.known = groups.text, groups.known
        self.memory, self.context = self.singles.memory, self.singles.context

    def pair(self, at: int, group: Group | None) -> Read | None:
        """Read a date that is written in both calendars: `12/25 January 1871`, `9 (21) января`."""
        if group and len(group.joints) == 1 and group.joints[0] in ("slash", "bracket"):
            left, right = group.points
            end = max(left.end, right.end)
            return self._same_day(left, right, at, end, group.joints[0] == "bracket")
        one = next((p for p in self.singles.points(at) if p.day and p.month and not p.resolved), None)
        joined = (
            self.groups.joined(one.end, ("slash", "open"))
            if one and one.calendar in (None, "julian", "")
            else None
        )
        if one and one.full() and joined is None and (read := self._elsewhere(one, at)):
            return read
        other = self.groups.second(joined[1], one) if joined and one else None
        if one is None or other is None or joined is None or not other.day:
            return None
        if joined[0] == "slash":
            either = other.month not in (None, one.month)  # 10 July/27 June 1914 as well as 27 June/10 July
            return self._same_day(one, other, at, self.singles.marked(other).end, either)
        other = self.singles.marked(other)
        close = _CLOSE.match(self.text, other.end)
        if not close:
            return None
        end = close.end()
        if one.year is None and other.year is None and self.known.yeartail:  # it stands after the bracket
            tail = self.known.yeartail.match(self.text, end)
            year = point(tail, self.known) if tail else None
            if tail and year:
                one = replace(one, year=year.year) if one.month == 1 and other.month == 12 else one
                other, end = replace(other, year=year.year), tail.end()
        return self._same_day(one, other, at, end, True)

    def _elsewhere(self, one: Point, at: int) -> Read | None:
        """Read a day of another calendar and the same of ours after a stroke: `27 Rajab 1288/12 October 1871`."""
        joined = self.groups.joined(one.end, ("slash",))
        other = self.singles.first(joined[1]) if joined else None
        if not other or not other.full() or other.calendar:
            return None
        said, ours = self.singles.resolved(one, learn=False), self.singles.resolved(other)
        days = said and said.bounds[0], ours and ours.bounds[0]
        if not said or not ours or not days[0] or not days[1] or abs((days[0] - days[1]).days) > _RECKONED:
            return None
        found = replace(ours, calendar=f"{said.calendar} #gregorian", custom=said.custom)
        return Read(at, other.end, found.because("paired and consistent"), "dates.pair")

    def _same_day(self, left: Point, right: Point, start: int, end: int, turn: bool = False) -> Read | None:
        """Give the one day that two dates name, one Julian and one Gregorian; None where they do not."""
        kept = len(self.memory.problems)
        found = self._julian_first(left, right, start, end)
        if found is None and turn:
            turned = self._julian_first(
                replace(right, year=right.year or left.year),
                replace(left, year=left.year or right.year),
                start,
                end,
            )
            if turned:
                del self.memory.problems[kept:]
            else:
                del self.memory.problems[kept + 1 :]
            return turned
        return found

    def _julian_first(self, left: Point, right: Point, start: int, end: int) -> Read | None:
        anchor = self.memory.last or self.context.on
        year = right.year or left.year or (anchor.year if anchor else None)
        if not (year and left.day and right.day and right.month):
            return None
        if right.year is None and left.month and right.month < left.month:
            year += 1
        month = left.month or (right.month if right.day > left.day else (right.month - 1 or 12))
        if left.month == right.month and right.day < left.day:
            month = right.month - 1 or 12
        own = left.year if left.year and left.month != right.month else year - (month > right.month)
        old = calendar("julian").to_gregorian(own, month, left.day)
        new = GREGORIAN.to_gregorian(year, right.month, right.day)
        if old is None or new is None:
            return None
        if old != new:
            if abs((new - old).days) <= 4:
                message = f"{(new - old).days:+} days from being one day"
                self.memory.problems.append((start, end, "pair", message))
            return None
        custom = f"{own:04}-{month:02}-{left.day:02}"
        value = new.isoformat()
        why = ("paired and consistent",)
        found = Interval("when", value, value, "#julian #gregorian", (custom, custom), reasons=why)
        self.memory.last = new
        return Read(start, end, found, "dates.pair")
