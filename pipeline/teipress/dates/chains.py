"""Chains: ranges, alternatives, lists and pairs of dates, whose members share what only one of them names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from teipress.dates import numerals
from teipress.dates.calendars import GREGORIAN, calendar
from teipress.dates.interval import Interval, Kind
from teipress.dates.point import Point, century, point
from teipress.dates.singles import SHORT_YEAR, Qualified, Singles
from teipress.dates.slots import parts
from teipress.dates.smoothing import BRACKETED
from teipress.dates.variant import replace

_ARTICLE: Final = re.compile(r"(?:the|den|dem|am|d\.|le|il|el|die)\s+(?=\d)", re.IGNORECASE)
_SLASH: Final = re.compile(r"\.?\s*[/=]\s*")
_OPEN: Final = re.compile(r"\.?\s*\(\s*(?:i\.e\.,? |or |= ?|d\. ?h\. )?")
_CLOSE: Final = re.compile(r"\.?\s*\)")
_STOPS: Final = re.compile(r"\s*(?:\Z|[.,;:!?)\]—–])|\s+(?:and|und|et|in|at|we|I|he|she|they|à|on)\b")
_GLOSS: Final = re.compile(r"\s*[(（\[]\s*(1\d{3}|20\d{2})年?\s*[)）\]]")
_HAN_TAIL: Final = re.compile(
    r"(?:(?P<k>[0-9〇零○一二三四五六七八九十廿卅百元]{1,4})年)?(?:(?P<m>[閏闰]?[0-9正一二三四五六七八九十臘腊冬]{1,2})月)?"
    r"(?:初?(?P<d>[0-9一二三四五六七八九十廿卅]{1,3})[日號号])?"
)


@dataclass(frozen=True)
class Read:
    """One date at `[start, end)`, and the rule that read it; `opened` where its first word opens a range."""

    start: int
    end: int
    interval: Interval
    rule: str
    opened: bool = False


@dataclass(frozen=True)
class Group:
    """Days that share a month and a year, in their order, and what joins each to the next."""

    points: tuple[Point, ...]
    joints: tuple[str, ...]


class Chains:
    """Reads what begins at a place: one date, or several that belong together."""

    def __init__(self, singles: Singles) -> None:
        self.singles, self.text = singles, singles.text
        self.known, self.memory, self.context = singles.known, singles.memory, singles.context

    def at(self, at: int) -> list[Read]:
        """Give the dates from here: a pair, a range, a list, or one."""
        word = self.singles.word(at)
        if not self.known.han and not self._may_begin(at, word):
            return []
        opened = self._opened(at) if self.known.han or word in self.known.opening else []
        group = self._group(at) if self._may_group(word) else None
        found = self._pair(at, group) or self._range(at, ("to", "or"), group)
        listed = [found] if found else self._list(group) or self._full_list(at) or self._one(at)
        return opened if opened and (not listed or opened[-1].end >= listed[-1].end) else listed

    def _one(self, at: int) -> list[Read]:
        one = self.singles.qualified(at)
        if one is None:
            return []
        p, qualifiers = one
        short = SHORT_YEAR.match(self.text, p.end) if p.lone and not p.decade and not qualifiers else None
        if short and p.year and (last := p.year // 100 * 100 + int(short[1])) > p.year:
            return [Read(p.start, short.end(), Interval("span", str(p.year), str(last)), "dates.years")]
        says = self.singles.resolved(p, qualifiers)
        if says and says.calendar and p.year is not None:
            self._glossed(p, says)
        return [Read(at if qualifiers else p.start, p.end, says, p.rule)] if says else []

    def _glossed(self, p: Point, found: Interval) -> None:
        """Hold a year of the Common Era in brackets against the date that it explains."""
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
                found = self._range(begun, wanted, self._group(begun), opened=True)
                if found:
                    interval = replace(found.interval, kind="limits") if kind == "between" else found.interval
                    return [replace(found, start=at, interval=interval, opened=True)]
        return []

    def _may_begin(self, at: int, word: str) -> bool:
        """Tell whether any pattern can begin with a word; most words that dates may begin with begin none."""
        known = self.known
        named = word in known.opening or word in known.numbering or known.qualifying(word)
        return bool(named or self._may_group(word) or self.singles.has_shapes(at))

    # Days that share a month.

    def _may_group(self, word: str) -> bool:
        """Tell whether days that share a month can begin with a word: one of a day, a month, a weekday."""
        figure = not word.isalpha() or word[0] in "li"  # a one may be misread
        return figure or word in self.known.grouping or not self.singles.is_plain

    def _group(self, at: int) -> Group | None:
        return self._days_first(at) or self._month_first(at)

    def _days_first(self, at: int) -> Group | None:
        """Read `3, 5 and 7 May 1871`, of which the last is a date."""
        heads, then = self._days(at)
        last = next((p for p in self.singles.points(then) if p.day and p.month), None) if heads else None
        if last is None:
            return None
        last = self.singles.marked(last)
        before = (replace(last, start=s, end=e, day=d, weekday=None) for s, e, d, _ in heads)
        return Group((*before, last), tuple(joint for *_, joint in heads))

    def _month_first(self, at: int) -> Group | None:
        """Read `May 3, 5 and 7, 1871`, of which the first is a date."""
        head = self.known.monthhead.match(self.text, at) if self.known.monthhead else None
        month = point(head, self.known) if head else None
        if not head or not month or not self.known.dayhead:
            return None
        heads, then = self._days(head.end())
        last = self.known.dayhead.match(self.text, then) if heads else None
        day = self._day(last["d"]) if last else None
        if not last or not day or not self.singles.edges(then, last.end()):
            return None
        joints = tuple(joint for *_, joint in heads)
        tail = self.known.yeartail.match(self.text, last.end()) if self.known.yeartail else None
        year = point(tail, self.known) if tail and self.singles.edges(then, tail.end()) else None
        if year is None and "list" in joints and not _STOPS.match(self.text, last.end()):
            return None
        whole = replace(month, year=year.year if year else None, two_figures=bool(year and year.two_figures))
        whole = replace(whole, old_year=bool(year and year.old_year), rule="dates.day-month-year")
        ends = [*((s, e, d) for s, e, d, _ in heads), (last.start(), last.end(), day)]
        points = [replace(whole, start=s, end=e, day=d, weekday=None) for s, e, d in ends]
        end = tail.end() if tail and year else last.end()
        points[0], points[-1] = replace(points[0], start=at), replace(points[-1], end=end)
        return Group(tuple(map(self.singles.marked, points)), joints)

    def _days(self, at: int) -> tuple[list[tuple[int, int, int, str]], int]:
        """Give the days that stand before another day, each with its range and what joins it to the next."""
        heads: list[tuple[int, int, int, str]] = []
        kinds = ("bracket", "to", "or", "list", "slash")
        while self.known.dayhead and len(heads) < 8:
            match = self.known.dayhead.match(self.text, at)
            day = self._day(match["d"]) if match else None
            joined = self._joined(match.end(), kinds) if match and day else None
            if not match or not day or not joined or not self._is_day(joined[1]):
                break
            heads.append((match.start("d"), match.end(), day, joined[0]))
            at = joined[1]
        return heads, at

    def _is_day(self, at: int) -> bool:
        match = self.known.dayhead.match(self.text, at) if self.known.dayhead else None
        return bool(match and self.singles.edges(at, match.end()))

    def _day(self, text: str) -> int | None:
        value = self.known.lexicon.ordinals.get(text.lower()) or numerals.figures(text)
        return value if value and value <= 31 else None

    def _joined(self, at: int, kinds: tuple[str, ...]) -> tuple[str, int] | None:
        for kind, own in (("bracket", BRACKETED), ("slash", _SLASH), ("open", _OPEN)):
            if kind in kinds and (match := own.match(self.text, at)):
                return kind, match.end()
        at += self.text[at : at + 1] == "." and self.text[at - 1 : at].isalpha()
        for kind, pattern in self.known.separators:
            if kind in kinds and (match := pattern.match(self.text, at)) and match.end() > at:
                article = _ARTICLE.match(self.text, match.end())
                return kind, article.end() if article else match.end()
        return None

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
        """Read `3 May and 7 June 1871`, `March and April 1871`: only the last names the year."""
        left = self.singles.first(at) or self._bare(at)
        if centuries := self._centuries(at):
            return centuries
        if left is None or left.year is not None or not left.month or left.resolved or left.feast:
            return []
        joined = self._joined(left.end, ("list",))
        right = self.singles.first(joined[1]) if joined else None
        if not right or right.year is None or not right.month or (left.day is None) != (right.day is None):
            return []
        if right.calendar or (left.month, left.day or 0) == (right.month, right.day or 0):
            return []
        right = self.singles.marked(right)
        year = right.year if right.year is not None else 0
        left = replace(
            left,
            year=year - ((left.month or 0) > (right.month or 0)),
            two_figures=right.two_figures,
            bare=False,
        )
        left = replace(left, calendar=left.calendar if left.calendar is not None else right.calendar)
        found = [(p, self.singles.resolved(p, learn=p is right)) for p in (left, right)]
        return [Read(p.start, p.end, i, p.rule) for p, i in found if i]

    def _centuries(self, at: int) -> list[Read]:
        """Read `the 17th and 18th centuries`, of which only the last is called so."""
        head = self.known.centuryhead.match(self.text, at) if self.known.centuryhead else None
        joined = self._joined(head.end(), ("list", "to", "or")) if head else None
        last = self.singles.first(joined[1]) if joined else None
        number = century(parts(head)["c"], self.known) if head and last and last.century else None
        if not head or not joined or not last or not number or last.decade or number >= (last.century or 0):
            return []
        left = replace(last, start=at, end=head.end(), century=number)
        if joined[0] != "list":
            read = self._joint(left, last, joined[0], at)
            return [replace(read, interval=replace(read.interval, kind="limits"))] if read else []
        found = [(p, self.singles.resolved(p)) for p in (left, last)]
        return [Read(p.start, p.end, i, p.rule) for p, i in found if i]

    # One day in two calendars.

    def _pair(self, at: int, group: Group | None) -> Read | None:
        """Read a date that is written in both calendars: `12/25 January 1871`, `9 (21) января`."""
        if group and len(group.joints) == 1 and group.joints[0] in ("slash", "bracket"):
            left, right = group.points
            end = max(left.end, right.end)
            return self._same_day(left, right, at, end, group.joints[0] == "bracket")
        one = next((p for p in self.singles.points(at) if p.day and p.month and not p.resolved), None)
        joined = (
            self._joined(one.end, ("slash", "open")) if one and one.calendar in (None, "julian", "") else None
        )
        other = self._second(joined[1], one) if joined and one else None
        if one is None or other is None or joined is None or not other.day:
            return None
        if joined[0] == "slash":
            return self._same_day(one, other, at, self.singles.marked(other).end)
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
            return self._joint(first, last, group.joints[0], at)
        one = self.singles.qualified(at) or self._bare_month(at)
        if opened and (one is None or not self._joined(one[0].end, kinds)):
            one = self.singles.after_qualifier(at) or one
        if one is None:
            return None
        left, qualifiers = one
        joined = self._joined(left.end, kinds)
        second = self._second(joined[1], left) if joined else None
        if joined is None or second is None or second.start < joined[1]:
            return None
        left = replace(left, qualifiers=qualifiers)
        return self._joint(left, self.singles.marked(second), joined[0], at)

    def _bare_month(self, at: int) -> Qualified | None:
        found = self._bare(at)
        return (found, ()) if found else None

    def _bare(self, at: int) -> Point | None:
        """Give the month or season with which `January to March 1871` begins."""
        for shape in self.singles.asked(at):
            match = shape.pattern.match(self.text, at)
            found = point(match, self.known) if match else None
            if match and found and (found.month or found.season) and self.singles.edges(at, match.end()):
                stop = match.end() + (self.text[match.end() : match.end() + 1] == ".")
                return replace(found, end=stop)
        return None

    def _second(self, at: int, left: Point) -> Point | None:
        """Give the second date of a range: a full one, or what of it differs from the first."""
        if self.known.han:
            return self._han_second(at, left)
        heard = self.singles.first(at)
        if heard is None and left.lone:
            after = self.singles.after_qualifier(at)
            heard = after[0] if after and after[0].lone else None
        if heard is None and left.day is not None and self.known.dayhead:
            match = self.known.dayhead.match(self.text, at)
            day = self._day(match["d"]) if match and self.singles.edges(at, match.end()) else None
            if match and day:
                heard = Point(at, match.end(), left.year, left.month, day, rule=left.rule)
        return heard

    def _han_second(self, at: int, left: Point) -> Point | None:
        heard, match = self.singles.first(at), _HAN_TAIL.match(self.text, at)
        if not match or match.end() == at or (heard and (heard.end > match.end() or heard.era)):
            return heard
        year = numerals.han(match["k"]) if match["k"] else None
        if year is not None and left.era:
            year += left.era_first - 1
        elif year is not None and year < 100 and left.year:
            year += left.year // 100 * 100
        month = numerals.han(match["m"]) if match["m"] else None
        day = numerals.han(match["d"]) if match["d"] else None
        return replace(left, start=at, end=match.end(), year=year, month=month, day=day)

    def _joint(self, left: Point, right: Point, kind: str, at: int) -> Read | None:
        if kind == "or" and (left.resolved or right.resolved):
            return None
        uneven = (left.day is None) != (right.day is None) and not (
            kind == "to" and left.month and right.month
        )
        if not (left.resolved or right.resolved) and (left.feast or right.feast or uneven):
            return None
        left, right = _shared(left, right)
        if left.season and right.season and right.year is None:
            return None
        first = self.singles.resolved(left, left.qualifiers, learn=False)
        last = self.singles.resolved(right)
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
