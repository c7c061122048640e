"""Groups: days that share a month, `3, 5 and 7 May`, and what joins a date to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from teipress.dates import clock, numerals
from teipress.dates.parts import point
from teipress.dates.point import Point
from teipress.dates.relative import next_of_number
from teipress.dates.singles import Singles
from teipress.dates.smoothing import BRACKETED
from teipress.dates.variant import replace

_ARTICLE: Final = re.compile(r"(?:the|den|dem|am|d\.|le|il|el|die)\s+(?=\d)", re.IGNORECASE)
_SLASH: Final = re.compile(r"\.?\s*[/=]\s*")
_OPEN: Final = re.compile(r"\.?\s*\(\s*(?:i\.e\.,? |or |= ?|d\. ?h\. )?")
_STOPS: Final = re.compile(r"\s*(?:\Z|[.,;:!?)\]—–])|\s+(?:and|und|et|in|at|we|I|he|she|they|à|on)\b")
_COUNTED: Final = re.compile(
    r"\d(?:st|nd|rd|th|d|\.|er|-?г?[ое])?(?:\s\w{1,4})?\Z"
)  # a day without its month
_HAN_TAIL: Final = re.compile(
    r"(?:(?P<k>[0-9〇零○一二三四五六七八九十廿卅百元]{1,4})年)?(?:(?P<m>[閏闰]?[0-9正一二三四五六七八九十臘腊冬]{1,2})月)?"
    r"(?:初?(?P<d>[0-9一二三四五六七八九十廿卅]{1,3})[日號号])?"
)
_HAN_DAY: Final = re.compile(
    r"初?(?P<d>[0-9一二三四五六七八九十廿卅]{1,3})(?:[日號号]|(?=、[0-9一二三四五六七八九十廿卅、]+[日號号]))(?![間间])"
)


@dataclass(frozen=True)
class Group:
    """Days that share a month and a year, in their order, and what joins each to the next."""

    points: tuple[Point, ...]
    joints: tuple[str, ...]


class Groups:
    """Reads what stands beside one date and shares with it what only one of them names."""

    def __init__(self, singles: Singles) -> None:
        self.singles, self.text, self.known = singles, singles.text, singles.known

    def may_join(self, at: int) -> bool:
        """Tell whether what stands at a place may join the date before it to another."""
        return bool(self.known.joint.match(self.text, at))

    def may_begin(self, at: int) -> bool:
        """Tell whether days that share a month can begin here though no date does."""
        if not self.known.dayhead or not self.known.monthhead:
            return False
        head = self.known.dayhead.match(self.text, at)
        return bool((head and self.may_join(head.end())) or self.known.monthhead.match(self.text, at))

    def group(self, at: int) -> Group | None:
        return self._han_days(at) if self.known.han else self._days_first(at) or self._month_first(at)

    def _han_days(self, at: int) -> Group | None:
        """Read `二月三、五、七日`, `二月三日及五日`: the days after the first have neither month nor year."""
        first = self.singles.first(at)
        points = [first] if first and first.day and first.month and not first.resolved else []
        while points and (joined := self.joined(points[-1].end, ("list",))):
            match = _HAN_DAY.match(self.text, joined[1])
            day = numerals.han(match["d"]) if match else None
            if not match or not day or day > 31:
                break
            points.append(replace(points[0], start=match.start(), end=match.end(), day=day))
        return Group(tuple(points), ("list",) * (len(points) - 1)) if len(points) > 1 else None

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
        if not last or not day or not self.singles.around.edges(then, last.end()):
            return None
        joints = tuple(joint for *_, joint in heads)
        tail = self.known.yeartail.match(self.text, last.end()) if self.known.yeartail else None
        year = point(tail, self.known) if tail and self.singles.around.edges(then, tail.end()) else None
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
            joined = self.joined(match.end(), kinds) if match and day else None
            if not match or not day or not joined or not self._is_day(joined[1]):
                break
            if joined[0] == "slash" and match["d"][-1].isalpha() and not self._is_suffixed(joined[1]):
                break  # 9th/16 is a day and the year
            if self.text[match.end() : joined[1]] == "-" and match["d"].isalpha():
                break  # quatre-vingt-deux is one number
            heads.append((match.start("d"), match.end(), day, joined[0]))
            at = joined[1]
        return heads, at

    def _is_suffixed(self, at: int) -> bool:
        match = self.known.dayhead.match(self.text, at) if self.known.dayhead else None
        return bool(match and match["d"][-1].isalpha())

    def _is_day(self, at: int) -> bool:
        match = self.known.dayhead.match(self.text, at) if self.known.dayhead else None
        return bool(match and self.singles.around.edges(at, match.end()) and not clock.after(self.text, at))

    def _day(self, text: str) -> int | None:
        value = self.known.lexicon.ordinals.get(text.lower()) or numerals.figures(text)
        return value if value and value <= 31 else None

    def joined(self, at: int, kinds: tuple[str, ...]) -> tuple[str, int] | None:
        if not self.may_join(at):
            return None
        for kind, own in (("bracket", BRACKETED), ("slash", _SLASH), ("open", _OPEN)):
            if kind in kinds and (match := own.match(self.text, at)):
                return kind, match.end()
        at += self.text[at : at + 1] == "." and self.text[at - 1 : at].isalpha()
        for kind, pattern in self.known.separators:
            if kind in kinds and (match := pattern.match(self.text, at)) and match.end() > at:
                article = _ARTICLE.match(self.text, match.end())
                return kind, article.end() if article else match.end()
        return None

    def second(self, at: int, left: Point) -> Point | None:
        """Give the second date of a range: a full one, or what of it differs from the first."""
        if self.known.han:
            return self._han_second(at, left)
        heard = self.singles.first(at)
        if heard is None and left.lone:
            after = self.singles.after_qualifier(at)
            heard = after[0] if after and after[0].lone else None
        if heard is None and (about := self.singles.qualified(at)) and about[1] == ("about",):
            heard = replace(about[0], qualifiers=about[1])  # c. 1200–c. 1250
        if heard is None and left.qualifiers and (part := self.singles.qualified(at)):
            said = part[0].month or part[0].year
            heard = replace(part[0], qualifiers=part[1]) if said else None  # late July to early August
        if (
            heard is None
            and left.resolved
            and self.known.daytail
            and _COUNTED.search(self.text[left.start : left.end])
        ):
            match = self.known.daytail.match(self.text, at)
            day = self._day(match["d"]) if match and not clock.after(self.text, at) else None
            then = next_of_number(left.resolved, day) if day else None
            heard = replace(left, start=at, end=match.end(), resolved=then) if match and then else None
        bare = heard is None and left.day is not None and left.year is None
        if bare and self.known.dayhead and not clock.after(self.text, at):
            match = self.known.dayhead.match(self.text, at)
            day = self._day(match["d"]) if match and self.singles.around.edges(at, match.end()) else None
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
        if left.resolved:
            then = next_of_number(left.resolved, day) if day and not month else None
            return replace(left, start=at, end=match.end(), resolved=then) if then else None
        return replace(left, start=at, end=match.end(), year=year, month=month, day=day)
