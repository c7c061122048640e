"""Chains: ranges, alternatives, lists and pairs of dates, whose members share what only one of them names."""

from __future__ import annotations

import re
from typing import Final

from teipress.dates.eras import century
from teipress.dates.groups import Group, Groups
from teipress.dates.interval import Interval
from teipress.dates.joints import joint
from teipress.dates.narrowing import narrowed
from teipress.dates.pairs import Pairs, Read
from teipress.dates.parts import point
from teipress.dates.point import Point
from teipress.dates.shapes import Beginning
from teipress.dates.singles import Qualified, Singles
from teipress.dates.slots import parts
from teipress.dates.standing import SHORT_YEAR
from teipress.dates.variant import replace

_LONGEST_LIST: Final = 12
_BESIDE: Final = re.compile(r",? (?:the |den |dem |d\. |le |el |il )?")
_GLOSS: Final = re.compile(r"\s*[(（\[]\s*(1\d{3}|20\d{2})年?\s*[)）\]]")


class Chains:
    """Reads what begins at a place: one date, or several that belong together."""

    def __init__(self, singles: Singles) -> None:
        self.singles, self.text = singles, singles.text
        self.known, self.memory, self.context = singles.known, singles.memory, singles.context
        self.groups = Groups(singles)
        self.pairs = Pairs(self.groups)

    def at(self, at: int) -> list[Read]:
        """Give the dates from here: a pair, a range, a list, or one."""
        begun = self.singles.beginning(at)
        if not self.known.han and not (begun.may and self._may_begin(at, begun)):
            return []
        if self._is_single(at, begun):
            return self._one(at)
        opened = self._opened(at) if begun.opens else []
        group = self.groups.group(at) if begun.groups or not self.singles.is_plain else None
        if group and (one := self.singles.first(at)) and one.full() and one.end >= group.points[-1].end:
            group = None  # 3, 19 18 is a day and its year
        found = (
            self.pairs.pair(at, group) or self._narrowed(at, begun) or self._range(at, ("to", "or"), group)
        )
        listed = [found] if found else self._list(group) or self._full_list(at) or self._one(at)
        return opened if opened and (not listed or opened[-1].end >= listed[-1].end) else listed

    def _narrowed(self, at: int, begun: Beginning) -> Read | None:
        """Read a pair, or days of one month, after what narrows them: `before 3/16 May 1871`."""
        for how, pattern in begun.qualifiers:
            match = pattern.match(self.text, at)
            if not match or match.end() == at:
                continue
            group = self.groups.group(match.end())
            found = self.pairs.pair(match.end(), group)
            if group and not found:
                found = self._range(match.end(), ("to", "or"), group)
            if found:
                return replace(found, start=at, interval=narrowed(found.interval, how))
        return None

    def _one(self, at: int) -> list[Read]:
        one = self.singles.qualified(at)
        if one is None:
            return []
        p, qualifiers = one
        p = self._apposed(p) or p
        about = qualifiers == ("about",)
        alone = (p.lone or about) and p.month is None and not p.decade and (about or not qualifiers)
        short = SHORT_YEAR.match(self.text, p.end) if alone else None
        size = 10 ** len(short[1]) if short else 1
        if short and p.year and (last := p.year // size * size + int(short[1])) > p.year:
            years = Interval("span", str(p.year), str(last), precision="low" if about else "")
            return [Read(at if about else p.start, short.end(), years, "dates.years")]
        says = self.singles.resolved(p, qualifiers)
        if says and says.calendar and p.year is not None:
            self._glossed(p, says)
        return [Read(at if qualifiers else p.start, p.end, says, p.rule)] if says else []

    def _apposed(self, p: Point) -> Point | None:
        """Give the day beside a weekday that could be counted from another: `on Tuesday next, the 8th of February`."""
        if not p.resolved or p.weekday is None:
            return None
        beside = _BESIDE.match(self.text, p.end)
        day = self.singles.first(beside.end()) if beside else None
        if day is None or not (day.day and day.month) or day.resolved:
            return None
        return replace(day, start=p.start, weekday=p.weekday)

    def _glossed(self, p: Point, found: Interval) -> None:
        """Hold a year of the Common Era in brackets against the date that it explains."""
        if within := _GLOSS.search(self.text, p.start, p.end):  # 光緒十年（1884年）六月四日
            p = replace(p, end=within.start(), month=None, day=None)
            found = self.singles.resolved(p, learn=False) or found
        gloss = _GLOSS.match(self.text, p.end)
        first, last = found.bounds
        if gloss and first and last and not first.year <= int(gloss[1]) <= last.year:
            years = " to ".join(dict.fromkeys(f"{day.year}" for day in (first, last)))
            message = f"{self.text[p.start : p.end]} is {years}, not {gloss[1]}"
            self.memory.problems.append((p.start, gloss.end(), "gloss", message))

    def _opened(self, at: int) -> list[Read]:
        """Read what a word like `from` or `between` opens."""
        for kind, pattern in self.known.opens:
            match = pattern.match(self.text, at)
            if match and match.end() > at:
                wanted = ("list", "to") if kind == "between" else ("to",)
                begun = match.end()
                found = self._range(begun, wanted, self.groups.group(begun), opened=True)
                if found:
                    interval = replace(found.interval, kind="limits") if kind == "between" else found.interval
                    return [replace(found, start=at, interval=interval, opened=True)]
        return []

    def _is_single(self, at: int, begun: Beginning) -> bool:
        """Tell whether one date begins here and nothing stands after it that would join another to it."""
        if self.known.han or begun.opens or begun.asked or not self.singles.points(at):
            return False
        one = self.singles.qualified(at)
        ends = {one[0].end if one else at, *(p.end for p in self.singles.points(at))}
        if begun.groups and self.known.dayhead and (head := self.known.dayhead.match(self.text, at)):
            ends.add(head.end())
        return not any(map(self.groups.may_join, ends)) and not self._centuryhead(at)

    def _may_begin(self, at: int, begun: Beginning) -> bool:
        """Tell whether a date can begin here; at most words that dates may begin with none does."""
        singles = self.singles
        return bool(
            (begun.shapes and singles.points(at))
            or begun.opens
            or begun.asked
            or (begun.qualifiers and singles.qualified(at))
            or ((begun.groups or not singles.is_plain) and self.groups.may_begin(at))
            or self._qualified_century(at)[0]
        )

    def _centuryhead(self, at: int) -> re.Match[str] | None:
        """Match the number of a century without the word, where another may follow."""
        if not self.known.centuryhead or not (
            self.singles.beginning(at).numbers or not self.singles.is_plain
        ):
            return None
        head = self.known.centuryhead.match(self.text, at)
        return head if head and self.groups.may_join(head.end()) else None

    def _list(self, group: Group | None) -> list[Read]:
        """Read `3, 5 and 7 May 1871`: days that share a month and a year."""
        if group is None or set(group.joints) != {"list"}:
            return []
        days = [p.day or 0 for p in group.points]
        if days != sorted(set(days)):
            return []
        full = max(group.points, key=lambda p: p.end - p.start)
        found = [(p, self.singles.resolved(p, learn=p is full)) for p in group.points]
        return [Read(p.start, p.end, i, p.rule) for p, i in found if i]

    def _full_list(self, at: int) -> list[Read]:
        """Read `3 May and 7 June 1871`, `March, April and May 1871`: only the last names the year."""
        if centuries := self._centuries(at):
            return centuries
        points = self._listed(at)
        if len(points) < 2 or (year := points[-1].year) is None or points[-1].calendar:
            return []
        days = [(p.month or 0, p.day or 0, p.season) for p in points]
        if len(set(days)) < len(days) or len({p.day is None for p in points}) > 1:
            return []
        points[-1] = full = self.singles.marked(points[-1])
        for number in range(len(points) - 2, -1, -1):
            left = points[number]
            year -= (left.month or 0) > (points[number + 1].month or 0)
            named = left.calendar if left.calendar is not None else full.calendar
            points[number] = replace(
                left, year=year, two_figures=full.two_figures, bare=False, calendar=named
            )
        found = [(p, self.singles.resolved(p, learn=p is full)) for p in points]
        return [Read(p.start, p.end, i, p.rule) for p, i in found if i]

    def _listed(self, at: int) -> list[Point]:
        """Give dates that are listed, up to the first that names its year; empty where none does."""
        points: list[Point] = []
        while len(points) < _LONGEST_LIST:
            one = self.singles.first(at) or self._bare(at)
            if one is None or not (one.month or one.season) or one.resolved or (one.feast and not points):
                return []
            points.append(one)
            if one.year is not None:
                return points
            joined = self.groups.joined(one.end, ("list",))
            if joined is None:
                return []
            at = joined[1]
        return []

    def _centuries(self, at: int) -> list[Read]:
        """Read `the 17th and 18th centuries`, of which only the last is called so."""
        head, how = self._qualified_century(at)
        joined = self.groups.joined(head.end(), ("list", "to", "or")) if head else None
        then = self.singles.qualified(joined[1]) if joined else None
        last = replace(then[0], qualifiers=then[1]) if then else None
        number = century(parts(head)["c"], self.known) if head and last and last.century else None
        if not head or not joined or not last or not number or last.decade or number >= (last.century or 0):
            return []
        left = replace(last, start=at, end=head.end(), century=number, qualifiers=how)
        if joined[0] != "list":
            read = joint(self.singles, left, last, joined[0], at)
            return [replace(read, interval=replace(read.interval, kind="limits"))] if read else []
        found = [(p, self.singles.resolved(p)) for p in (left, last)]
        return [Read(p.start, p.end, i, p.rule) for p, i in found if i]

    def _qualified_century(self, at: int) -> tuple[re.Match[str] | None, tuple[str, ...]]:
        """Match the number of a century as `_centuryhead`, and give what narrows it: `late 19th or early 20th`."""
        if head := self._centuryhead(at):
            return head, ()
        for how, pattern in self.singles.beginning(at).qualifiers:
            match = pattern.match(self.text, at)
            if match and match.end() > at and (head := self._centuryhead(match.end())):
                return head, (how,)
        return None, ()

    # Ranges.

    def _range(
        self, at: int, kinds: tuple[str, ...], group: Group | None, opened: bool = False
    ) -> Read | None:
        """Read `3–7 August 1871`, `28 December 1870 to 3 January 1871`, `1871–1873`."""
        wanted = (*kinds, "slash") if "or" in kinds else kinds
        if group and len(group.joints) == 1:
            if group.joints[0] not in wanted:
                return None
            first, last = group.points
            return joint(self.singles, first, last, group.joints[0], at)
        one = self.singles.qualified(at) or self._bare_month(at)
        if opened and (one is None or not self.groups.joined(one[0].end, kinds)):
            one = self.singles.after_qualifier(at) or one
        if one is None:
            return None
        left, qualifiers = one
        open_left = qualifiers or not (left.day or left.year)  # May/June 1871, late 1870/early 1871
        joined = self.groups.joined(left.end, wanted if open_left else kinds)
        left = replace(left, qualifiers=qualifiers)
        second = self.groups.second(joined[1], left) if joined else None
        if joined is None or second is None or second.start < joined[1]:
            return None
        return joint(self.singles, left, self.singles.marked(second), joined[0], at)

    def _bare_month(self, at: int) -> Qualified | None:
        found = self._bare(at)
        return (found, ()) if found else None

    def _bare(self, at: int) -> Point | None:
        """Give the month or season with which `January to March 1871` begins."""
        for shape in self.singles.beginning(at).asked:
            match = shape.pattern.match(self.text, at)
            found = point(match, self.known) if match else None
            if (
                match
                and found
                and (found.month or found.season or found.feast)
                and self.singles.around.edges(at, match.end())
            ):
                stop = match.end() + (self.text[match.end() : match.end() + 1] == ".")
                return replace(found, end=stop)
        return None
