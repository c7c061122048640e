"""Reading: finds the date expressions of a text, and puts ranges, lists, pairs and qualifiers together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from teipress.dates.calendars import CALENDARS, GREGORIAN, calendar
from teipress.dates.context import Context
from teipress.dates.grammar import Grammar, figures
from teipress.dates.interval import Interval, Kind
from teipress.dates.point import Point, is_double, point
from teipress.dates.relative import relative, rhyme_day
from teipress.dates.resolve import Memory, resolve

_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+|['’`](?=\d\d)")
_LEFT: Final = re.compile(r"(?:[\w°–]|\d[.,/-]|\d |/|\.\d*)\Z")
_RIGHT: Final = re.compile(r"[\w°]|[.,]\d")
_NEAR: Final = 4  # words
_NUMERAL: Final = re.compile(r"M[MDCLXVI]{3,}|[VX]|[IVX]{2,}e?(?:me)?|l|I")
_EVENT: Final = re.compile(r"(?-i:[A-ZÀ-Þ])\w+\s+(?:of|von|de|di)\s*$", re.IGNORECASE)
_ANOTHER: Final = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2}),?\s+(?:and|or|und|oder|et|ou|и|или|e|o|y)\s+$")
_UNSURE: Final = re.compile(r"\s?\?(?=\W*$|\])")
_ARTICLE: Final = re.compile(r"(?:the|den|dem|am|d\.|le|il|el|die)\s+(?=\d)", re.IGNORECASE)
_RIGHT_GLUED: Final = re.compile(r"[A-ZÄÖÜ][a-zäöü]")
_GLUED: Final = re.compile(r"[^\W\d_A-Z][^\W\d_]\Z")  # a word to which a flattened text has glued a date
_TIME: Final = re.compile(
    r"(?:,|\s*[—–-]|\s+(?:at|à|um))?\s*(?P<h>[01]?\d|2[0-3])(?:[:.](?P<min>[0-5]\d))?\s*"
    r"(?:(?P<half>[ap])\.?\s?m\b\.?|(?:Uhr|heures?|h)\b)(?P<more>)",
    re.IGNORECASE,
)
_TIME_ON: Final = re.compile(
    r"(?P<h>[01]?\d|2[0-3])(?:[:.](?P<min>[0-5]\d))?\s*(?:(?P<half>[ap])\.?\s?m\b\.?|(?:Uhr|heures?|h)\b)"
    r"(?:,|\s+on|\s+of|\s+am|\s+le)?\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_SLASH: Final = re.compile(r"\s*[/=]\s*")
_OPEN: Final = re.compile(r"\s*\(\s*")
_CLOSE: Final = re.compile(r"\s*\)")
_GLOSS: Final = re.compile(r"\s*[(（\[]\s*(1\d{3}|20\d{2})年?\s*[)）\]]")
_SHORT_YEAR: Final = re.compile(r"\s?[-–—/]\s?(\d\d)(?![\w]|[.,/-]\d)")
_DIRECTION: Final = (
    (re.compile(r"(?:sent|dispatched|abgesandt|envoyée?|отправлен\w*|發|发)\W*$", re.I), "sent"),
    (re.compile(r"(?:received|recd?\.?|empfangen|reçue?|получен\w*|收到)\W*$", re.I), "received"),
)
_HAN_TAIL: Final = re.compile(
    r"(?:(?P<k>[0-9〇零○一二三四五六七八九十廿卅百元]{1,4})年)?(?:(?P<m>[閏闰]?[0-9正一二三四五六七八九十臘腊冬]{1,2})月)?(?:初?(?P<d>[0-9一二三四五六七八九十廿卅]{1,3})[日號号])?"
)


@dataclass(frozen=True)
class Read:
    """One date at `[start, end)`, and the rule that read it."""

    start: int
    end: int
    interval: Interval
    rule: str


@cache
def _marks() -> re.Pattern[str]:
    marked = [of for of in CALENDARS if of.MARKS]
    inner = "|".join(f"(?P<{of.ID}>{of.MARKS})" for of in marked)
    return re.compile(rf",?\s*(?:[(\[]\s*(?:{inner})\s*[)\]]|(?:{inner.replace('?P<', '?P<_')}))")


@cache
def _never() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = figures()
    return re.compile(data["never_after"], re.I), re.compile(data["never_before"], re.I)


class Reader:
    """Reads one text in one language; what it learns of dates on the way is in `memory`."""

    def __init__(
        self, text: str, known: Grammar, context: Context, memory: Memory, alone: bool = False
    ) -> None:
        self.text, self.known, self.context, self.memory, self.alone = text, known, context, memory, alone
        self.known_points: dict[int, list[Point]] = {}
        stripped = text.strip(" \t\n.,;:[]()?")
        self.core = (text.find(stripped), text.find(stripped) + len(stripped)) if stripped else (0, 0)

    def read(self) -> Iterator[Read]:
        """Yield the dates in their order, without overlaps."""
        taken = 0
        for at in self._starts():
            if at < taken:
                continue
            wrong = len(self.memory.problems)
            reads = self._at(at)
            for found in reads:
                if found.start >= taken:
                    yield found
                    taken = found.end
            if not reads:  # a day that does not exist is no date, and no part of it is one
                taken = max(
                    [taken, *(end for _, end, kind, _ in self.memory.problems[wrong:] if kind == "day")]
                )

    def _starts(self) -> Iterator[int]:
        if self.known.triggers:
            yield from (match.start() for match in self.known.triggers.finditer(self.text))
            return
        starts, weak, follow = self.known.starts, self.known.weak, self.known.follow
        waiting: list[tuple[int, int]] = []  # commoner words, which need a date's own word soon after them
        for number, match in enumerate(_TOKEN.finditer(self.text)):
            word = match[0]
            small = word.lower()
            strong = not word[0].isalpha() or (small in starts and small not in weak)
            if self.known.capitals and strong and word == small and small in self.known.months:
                strong = False
            if waiting and (strong or small in follow or _NUMERAL.fullmatch(word)):
                yield from (at for at, place in waiting if number - place <= _NEAR)
                waiting = []
            if strong or (len(word) < 16 and _NUMERAL.fullmatch(word)):
                yield match.start()
            elif small in weak:
                waiting.append((match.start(), number))

    def _at(self, at: int) -> list[Read]:
        """Give the dates that begin here: the longest reading of them."""
        glued = self.text[at].isdigit() and bool(_GLUED.search(self.text[max(0, at - 2) : at]))
        if self.text[at].isdigit() and not glued and self._is_number(at):
            return []
        readings = [self._relative(at), self._chain(at), self._between(at)]
        best = max(readings, key=lambda reads: reads[-1].end if reads else -1)
        if glued:
            best = [read for read in best if read.rule == "dates.day-month-year"]
        return [self._typed(self._timed(read)) for read in best]

    def _timed(self, read: Read) -> Read:
        """Take the hour into a full day, and leave an article before it out (Guidelines 14.4)."""
        if article := _ARTICLE.match(self.text, read.start):
            read = replace(read, start=article.end())
        i = read.interval
        if i.kind != "when" or len(i.first) != 10 or i.calendar or read.rule == "dates.relative":
            return read
        after = _TIME.match(self.text, read.end)
        before = _TIME_ON.search(self.text[max(0, read.start - 24) : read.start])
        clock = _clock(after or before)
        if clock is None:
            return read
        start = read.start if after or not before else read.start - (len(before[0]))
        moment = f"{i.first}T{clock}"
        return replace(
            read,
            start=start,
            end=after.end() if after else read.end,
            interval=replace(i, first=moment, last=moment),
        )

    def _is_number(self, at: int) -> bool:
        before = self.text[max(0, at - 14) : at]
        return bool(not self.known.han and (_LEFT.search(before) or _never()[0].search(before)))

    def _typed(self, read: Read) -> Read:
        before = self.text[max(0, read.start - 14) : read.start]
        kind = next((name for pattern, name in _DIRECTION if pattern.search(before)), "")
        return replace(read, interval=replace(read.interval, type=kind)) if kind else read

    # What counts from the text's own day.

    def _relative(self, at: int) -> list[Read]:
        best: list[Read] = []
        for how in self.known.relatives:
            match = how.pattern.match(self.text, at)
            if not match or (best and match.end() <= best[0].end) or not self._edges(at, match.end()):
                continue
            start = (
                match.start("from_here") if "from_here" in match.groupdict() and match["from_here"] else at
            )
            found = relative(match, how, self.known, self.context, self.memory)
            if found:
                best = [Read(start, match.end(), found, "dates.relative")]
        return best

    # One date with its qualifiers.

    def _edges(self, start: int, end: int) -> bool:
        if self.known.han:
            return True
        text = self.text
        if start and text[start].isalnum() and (text[start - 1].isalnum() or text[start - 1] == "_"):
            return False
        if end and text[end - 1].isdigit() and _RIGHT_GLUED.match(text, end) and end - start > 7:
            return True
        return not (end and text[end - 1].isdigit() and _RIGHT.match(text, end)) and not (
            text[end - 1 : end].isdigit() and _never()[1].match(text, end)
        )

    def _points(self, at: int) -> list[Point]:
        """Give the readings of one date from here, the longest first."""
        if at not in self.known_points:
            self.known_points[at] = self._points_at(at)
        return self.known_points[at]

    def _points_at(self, at: int) -> list[Point]:
        found: list[Point | None] = []
        for shape in self.known.shapes:
            if (match := self._match(shape, at)) and self._edges(at, match.end()):
                found.append(
                    self._rhymed(match) if "rhyme" in match.groupdict() else point(match, self.known)
                )
        for name, shape, months in self.known.calendar_shapes:
            if (match := shape.match(self.text, at)) and self._edges(at, match.end()):
                found.append(point(match, self.known, (name, months)))
        for shape in self.known.bare:
            if (match := shape.match(self.text, at)) and self._edges(at, match.end()) and self._asked(at):
                bare = point(match, self.known)
                found.append(replace(bare, bare=True) if bare else None)
        return sorted((p for p in found if p and self._may_stand(p)), key=lambda p: (-p.end, p.lone))

    def _match(self, shape: re.Pattern[str], at: int) -> re.Match[str] | None:
        """Match a shape; `1917/2 January` is no double year, so that it is matched up to the stroke only."""
        match = shape.match(self.text, at)
        year = match.groupdict().get("y") if match else None
        if match and year and "/" in year and not is_double(year):
            return shape.match(self.text, at, match.start("y") + year.index("/"))
        return match

    def _rhymed(self, match: re.Match[str]) -> Point | None:
        day = self.known.rhymes.get(match["rhyme"])
        found = rhyme_day(day, self.context.on) if day and self.context.on else None
        return Point(*match.span(), resolved=found, rule="dates.rhyme") if found else None

    def _word_before(self, at: int) -> str:
        before = self.text[max(0, at - 20) : at].rstrip()
        match = re.search(r"[^\W\d_]+[’']?$", before)
        return match[0].lower() if match else ""

    def _asked(self, at: int) -> bool:
        return self._word_before(at) in self.known.month_asks

    def _may_stand(self, p: Point) -> bool:
        """Tell whether a year that stands alone is one: a word before it, or nothing around it, says so."""
        if not p.lone or p.qualifiers:
            return True
        if self.alone and p.start <= self.core[0] and p.end >= self.core[1]:
            return True
        if p.decade or self.text[p.start].isalpha():
            return p.decade or (self.text[p.start] == "M" and p.end - p.start > 4)
        if _EVENT.search(self.text[max(0, p.start - 40) : p.start]) and not self._of_time(p.start):
            return False
        if _ANOTHER.search(self.text[max(0, p.start - 16) : p.start]):
            return True
        return self._word_before(p.start) in self.known.lone_year or bool(
            _SHORT_YEAR.match(self.text, p.end)
            or re.match(r"\s?[-–—]\s?(?:1\d{3}|20\d{2})(?![\w/–-])", self.text[p.end :])
        )

    def _of_time(self, at: int) -> bool:
        """Tell whether the word before `of 1858` is one of time: a month, a season."""
        words = re.findall(r"\w+", self.text[max(0, at - 40) : at].lower())
        return len(words) > 1 and (words[-2] in self.known.months or words[-2] in self.known.seasons)

    def _qualified(self, at: int, depth: int = 0) -> tuple[Point, tuple[str, ...]] | None:
        """Give one date from here, with what qualifies it before and after."""
        points = self._points(at)
        best = (points[0], points[0].qualifiers) if points else None
        if depth < 4:
            for how, pattern in self.known.qualifiers:
                match = pattern.match(self.text, at)
                inner = self._qualified(match.end(), depth + 1) if match and match.end() > at else None
                inner = inner or (self._after_qualifier(match.end()) if match and match.end() > at else None)
                if inner and (best is None or inner[0].end > best[0].end):
                    best = (inner[0], (how, *inner[1]))
        if best is None:
            return None
        return self._marked(best[0]), best[1]

    def _after_qualifier(self, at: int) -> tuple[Point, tuple[str, ...]] | None:
        """Give a year, or a month, that a qualifier before it lets stand alone."""
        for shape in (*self.known.shapes, *self.known.bare):
            match = shape.match(self.text, at)
            found = (
                point(match, self.known)
                if match and self._edges(at, match.end()) and "rhyme" not in match.groupdict()
                else None
            )
            if found:
                return found, found.qualifiers
        return None

    def _marked(self, p: Point) -> Point:
        """Take a calendar's name that stands after a date into it, and what else says what it means."""
        for how, pattern in self.known.after:
            match = pattern.match(self.text, p.end)
            if (
                match
                and (self.text[match.end() : match.end() + 1] or " ")
                not in "0123456789一二三四五六七八九十明大昭"
            ):
                p = replace(p, end=match.end(), qualifiers=(how, *p.qualifiers))
                break
        unsure = (
            _UNSURE.match(self.text, p.end) if self.alone or self.text[p.end : p.end + 2] == "?]" else None
        )
        if unsure or self.text[p.end - 2 : p.end] == "?]":
            p = replace(p, end=unsure.end() if unsure else p.end, unsure=True)
        match = _marks().match(self.text, p.end) if p.calendar is None and p.day is not None else None
        if match and match.lastgroup:
            return replace(p, end=match.end(), calendar=match.lastgroup.lstrip("_").replace("gregorian", ""))
        return p

    # Dates together.

    def _between(self, at: int) -> list[Read]:
        for kind, pattern in self.known.opens:
            match = pattern.match(self.text, at)
            if match and match.end() > at:
                wanted = ("list", "to") if kind == "between" else ("to",)
                found = self._range(match.end(), wanted)
                if found:
                    interval = replace(found.interval, kind="limits") if kind == "between" else found.interval
                    return [replace(found, start=at, interval=interval)]
        return []

    def _chain(self, at: int) -> list[Read]:
        """Give the dates from here: a range, a pair, a list whose members share what the last one names, or one."""
        if found := self._pair(at) or self._range(at, ("to", "or")):
            return [found]
        if listed := self._list(at):
            return listed
        one = self._qualified(at)
        if one is None:
            return []
        p, qualifiers = one
        if (
            p.lone
            and not qualifiers
            and not p.decade
            and (short := _SHORT_YEAR.match(self.text, p.end))
            and p.year
        ):
            last = p.year // 100 * 100 + int(short[1])
            if last > p.year:
                return [Read(p.start, short.end(), Interval("span", str(p.year), str(last)), "dates.years")]
        says = self._resolved(p, qualifiers)
        if says and says.calendar and p.year is not None:
            self._glossed(p, says)
        return [Read(at if qualifiers else p.start, p.end, says, p.rule)] if says else []

    def _glossed(self, p: Point, found: Interval) -> None:
        """Hold a year of the Common Era in brackets against the date that it explains."""
        gloss = _GLOSS.match(self.text, p.end)
        first, last = found.bounds
        if gloss and first and last and not first.year <= int(gloss[1]) <= last.year:
            message = f"{self.text[p.start : p.end]} is {found.first}, not {gloss[1]}"
            self.memory.problems.append((p.start, gloss.end(), "gloss", message))

    def _resolved(self, p: Point, qualifiers: tuple[str, ...] = (), learn: bool = True) -> Interval | None:
        if p.bare and self.context.on is None and self.memory.last is None and p.year is None:
            return None
        p = replace(p, qualifiers=tuple(dict.fromkeys((*qualifiers, *p.qualifiers))))
        if p.year_to is not None and p.season == 4 and p.year is not None and p.year_to != p.year + 1:
            return None
        if p.year_to is not None and p.season != 4:
            return None
        return resolve(p, self.context, self.known.code, self.memory, learn=learn)

    def _heads(self, at: int, kinds: tuple[str, ...]) -> tuple[list[tuple[int, int, int, str]], int]:
        """Give the days that stand before a full date, each with its range and what joins it to the next."""
        heads: list[tuple[int, int, int, str]] = []
        while self.known.dayhead and len(heads) < 8:
            match = self.known.dayhead.match(self.text, at)
            day = self._day(match["d"]) if match else None
            joined = self._joined(match.end(), kinds) if match and day else None
            if not match or not day or not joined:
                break
            heads.append((match.start(), match.end(), day, joined[0]))
            at = joined[1]
        return heads, at

    def _day(self, text: str) -> int | None:
        from teipress.dates.numerals import figures as number

        value = self.known.ordinals.get(text.lower()) or number(text)
        return value if value and value <= 31 else None

    def _joined(self, at: int, kinds: tuple[str, ...]) -> tuple[str, int] | None:
        if "slash" in kinds and (match := _SLASH.match(self.text, at)):
            return "slash", match.end()
        if "open" in kinds and (match := _OPEN.match(self.text, at)):
            return "open", match.end()
        for kind, pattern in self.known.separators:
            if kind in kinds and (match := pattern.match(self.text, at)) and match.end() > at:
                article = _ARTICLE.match(self.text, match.end())
                return kind, article.end() if article else match.end()
        return None

    def _first(self, at: int) -> Point | None:
        return next(iter(self._points(at)), None)

    def _second(self, at: int, left: Point) -> Point | None:
        """Give the second date of a range: a full one, or what of it differs from the first."""
        if self.known.han:
            return self._han_second(at, left)
        heard = self._first(at)
        if heard is None and left.lone:
            after = self._after_qualifier(at)
            heard = after[0] if after and after[0].lone else None
        if heard is None and left.day is not None:
            match = self.known.dayhead.match(self.text, at) if self.known.dayhead else None
            day = self._day(match["d"]) if match and self._edges(at, match.end()) else None
            heard = (
                Point(at, match.end(), left.year, left.month, day, rule=left.rule) if match and day else None
            )
        return heard

    def _han_second(self, at: int, left: Point) -> Point | None:
        heard, match = self._first(at), _HAN_TAIL.match(self.text, at)
        if (
            match
            and match.end() > at
            and (heard is None or heard.end <= match.end())
            and not (heard and heard.era)
        ):
            from teipress.dates.numerals import han

            year = han(match["k"]) if match["k"] else None
            if year is not None and left.era:
                year += left.era_first - 1
            elif year is not None and year < 100 and left.year:
                year += left.year // 100 * 100
            month = han(match["m"]) if match["m"] else None
            heard = replace(
                left,
                start=at,
                end=match.end(),
                year=year,
                month=month,
                day=han(match["d"]) if match["d"] else None,
            )
        return heard

    def _pair(self, at: int) -> Read | None:
        """Read a date that is written in both calendars: `12/25 January 1918`, `9 (22) января`."""
        heads, then = self._heads(at, ("slash", "open"))
        if len(heads) == 1:
            start, end, day, kind = heads[0]
            if kind == "open":
                return self._bracketed(Point(start, end, day=day), then)
            left: Point | None = Point(start, end, day=day)
        else:
            left = next((p for p in self._points(at) if p.day and p.month and p.calendar is None), None)
            joined = self._joined(left.end, ("slash", "open")) if left else None
            if not joined:
                return None
            kind, then = joined
        right = self._second(then, left) if left else None
        if left is None or right is None or not right.day:
            return None
        if kind != "open":
            return self._same_day(left, right, at, right.end)
        close = _CLOSE.match(self.text, right.end)
        if not close:
            return None
        end = close.end()
        if left.year is None and right.year is None:  # the year stands after the bracket
            rest = self.text[: right.end] + self.text[end:]
            dated = next(iter(Reader(rest, self.known, self.context, self.memory)._points(right.start)), None)
            if dated and dated.year is not None:
                right, end = dated, end + dated.end - right.end
        return self._same_day(left, right, at, end) or self._same_day(
            right, replace(left, year=left.year or right.year), at, end
        )

    def _bracketed(self, left: Point, at: int) -> Read | None:
        """Read on from the bracket of `9 (22) января 1905`: the rest stands after it."""
        match = self.known.dayhead.match(self.text, at) if self.known.dayhead else None
        day = self._day(match["d"]) if match else None
        close = _CLOSE.match(self.text, match.end()) if match else None
        if match is None or day is None or close is None:
            return None
        rest = self.text[: match.end()] + self.text[close.end() :]
        inner = Reader(rest, self.known, self.context, self.memory)
        right = next((p for p in inner._points(at) if p.day and p.month), None)
        return (
            self._same_day(left, right, left.start, right.end + close.end() - match.end()) if right else None
        )

    def _same_day(self, left: Point, right: Point, start: int, end: int) -> Read | None:
        """Give the one day that two dates name, the first Julian and the second Gregorian; None where they do not."""
        anchor = self.memory.last or self.context.on
        year = right.year or left.year or (anchor.year if anchor else None)
        if not (year and left.day and right.day and right.month):
            return None
        if right.year is None and left.month and right.month < left.month:
            year += 1
        month = left.month or (right.month if right.day > left.day else (right.month - 1 or 12))
        own = left.year or year - (month > right.month)
        old = calendar("julian").to_gregorian(own, month, left.day)
        new = GREGORIAN.to_gregorian(year, right.month, right.day)
        if old is None or new is None:
            return None
        if old != new:
            if abs((new - old).days) <= 4:
                self.memory.problems.append(
                    (start, end, "pair", f"{(new - old).days:+} days from being one day")
                )
            return None
        custom = f"{own:04}-{month:02}-{left.day:02}"
        value = new.isoformat()
        found = Interval(
            "when", value, value, "#julian #gregorian", (custom, custom), reasons=("paired and consistent",)
        )
        self.memory.last = new
        return Read(start, end, found, "dates.pair")

    def _range(self, at: int, kinds: tuple[str, ...]) -> Read | None:
        """Read `3–7 August 1914`, `28 December 1917 to 3 January 1918`, `1899–1901`."""
        wanted = (*kinds, "slash") if "or" in kinds else kinds
        heads, then = self._heads(at, wanted)
        if len(heads) == 1:
            start, end, day, kind = heads[0]
            right = next((p for p in self._points(then) if p.day and p.month), None)
            left = replace(right, start=start, end=end, day=day, weekday=None) if right else None
            if left and right:
                return self._joint(left, right, kind, at)
        one = self._qualified(at) or self._bare_month(at)
        if one is None:
            return None
        left, qualifiers = one
        joined = self._joined(left.end, kinds)
        second = self._second(joined[1], left) if joined else None
        if joined is None or second is None or second.start < joined[1]:
            return None
        return self._joint(replace(left, qualifiers=qualifiers), self._marked(second), joined[0], at)

    def _bare_month(self, at: int) -> tuple[Point, tuple[str, ...]] | None:
        """Give the month with which `January to March 1918` begins."""
        for shape in self.known.bare:
            match = shape.match(self.text, at)
            found = point(match, self.known) if match else None
            if match and found and found.month and self._edges(at, match.end()):
                stop = match.end() + (self.text[match.end() : match.end() + 1] == ".")
                return replace(found, end=stop), ()
        return None

    def _joint(self, left: Point, right: Point, kind: str, at: int) -> Read | None:
        if left.feast or right.feast or (left.day is None) != (right.day is None):
            return None
        if left.year is None and right.year is not None:
            before = (left.month or 0) > (right.month or 99)
            left = replace(
                left,
                year=right.year - before,
                two_figures=right.two_figures,
                calendar=left.calendar or right.calendar,
            )
        elif right.year is None and left.year is not None:
            right = replace(right, year=left.year, era=left.era, era_first=left.era_first)
            if right.month is None and right.day is not None:
                right = replace(right, month=left.month)
            elif right.month and left.month and right.month < left.month:
                right = replace(right, year=left.year + 1)
        if right.bare and left.era and right.year is not None and right.year < 200:
            right = replace(
                right,
                year=left.era_first + right.year - 1,
                two_figures=False,
                bare=False,
                era=left.era,
                era_first=left.era_first,
            )
        if right.month is None and right.day is not None:
            right = replace(right, month=left.month)
        left = replace(left, calendar=left.calendar if left.calendar is not None else right.calendar)
        right = replace(right, calendar=right.calendar if right.calendar is not None else left.calendar)
        first, last = self._resolved(left, left.qualifiers, learn=False), self._resolved(right)
        if (
            first is None
            or last is None
            or not first.first
            or not last.last
            or first.first > last.last
            or first.first == last.last
        ):
            return None
        custom = first.custom[0], last.custom[1]
        shape: Kind = "span" if kind == "to" or (kind == "slash" and left.day) else "limits"
        sure = left.lone and right.lone and not (left.misread or right.misread)
        cert = "high" if sure else min(first.cert, last.cert, key=("low", "medium", "high").index)
        found = Interval(
            shape,
            first.first,
            last.last,
            first.calendar,
            custom,
            cert,
            first.precision,
            (*first.reasons, "a range"),
            last.inherited,
        )
        rule = "dates.years" if left.month is None else left.rule
        return Read(at, right.end, found, rule)

    def _list(self, at: int) -> list[Read]:
        """Read `3, 5 and 7 May 1918`: days that share a month and a year."""
        heads, then = self._heads(at, ("list",))
        last = next((p for p in self._points(then) if p.day and p.month), None) if heads else None
        if last is None:
            return []
        last = self._marked(last)
        points = [replace(last, start=s, end=e, day=d, weekday=None) for s, e, d, _ in heads]
        days = [p.day or 0 for p in (*points, last)]
        if days != sorted(set(days)):
            return []
        found = [(p, self._resolved(p, learn=p is last)) for p in (*points, last)]
        return [Read(p.start, p.end, i, p.rule) for p, i in found if i]


def _clock(match: re.Match[str] | None) -> str | None:
    """Give the time of day that is written; None for none."""
    if match is None:
        return None
    hour, half = int(match["h"]), (match["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "p") if half else hour
    return f"{hour:02}:{int(match['min'] or 0):02}:00"
