"""Singles: the readings of one date at a place of a text, with what qualifies it before and after."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from teipress.dates.context import Context
from teipress.dates.grammar import Grammar, Shape
from teipress.dates.interval import Interval
from teipress.dates.memory import Memory
from teipress.dates.parts import is_double, misread_month, part_of, point
from teipress.dates.point import Point
from teipress.dates.relative import relative, rhyme_day
from teipress.dates.resolve import resolve
from teipress.dates.shapes import NOTHING, Beginning
from teipress.dates.slots import HAN, one_of, parts
from teipress.dates.smoothing import UNSURE, Smooth
from teipress.dates.standing import Standing
from teipress.dates.variant import replace
from teipress.dates.words import Words, is_near

Qualified = tuple[Point, tuple[str, ...]]

_SOON: Final = 160  # characters: what stands before a month's name in a date is never so long
_ODD_CASE: Final = re.compile(
    "[\u017f\u0130\u0131\u212a\u212b\ufb05\ufb06]"
)  # `ſ` and others that `lower` keeps
#: A word; the sign after it, where that is not perhaps a part of a figure that was misread or split; the next word.
_HERE: Final = re.compile(
    r"([^\W\d_]+|\d+|\S)(?:(?![lIiOoSBQ|])(?=\s*+(?![\dO])(\S|\Z)))?(?:[\s.,’'(\-‘]*([^\W\d_]+|\d+|\S))?"
)
_HAN_UNIT: Final = re.compile(r"[年月日號号世電电代至到期朝初末～〜—–-]")
_YEAR_CUT: Final = re.compile(r"(?<=\d)[/–-]")


@cache
def _reign(known: Grammar) -> re.Pattern[str]:
    """Give the pattern of the name of an era, after which 間 or 中 makes a date."""
    return re.compile(f"{known.slots.get('dynasty', '(?!)')}?(?:{one_of(known.lexicon.eras)})")


def _is_month_misread(word: str, known: Grammar) -> bool:
    return word[0].isupper() and len(word) > 2 and misread_month(word.lower(), known) is not None


class Singles:
    """Reads one date at a time; what it learns of dates on the way is in `memory`."""

    def __init__(
        self,
        smoothed: Smooth,
        known: Grammar,
        context: Context,
        memory: Memory,
        alone: bool,
        words: Words,
    ) -> None:
        self.smoothed, self.text = smoothed, smoothed.text
        self.known, self.context, self.memory, self.alone = known, context, memory, alone
        self.standing = Standing(self.text, known, context, memory, alone)
        self.around, self.marked = self.standing.around, self.standing.marked
        self.is_plain = self.text.isascii() or not _ODD_CASE.search(self.text)
        self.words = words
        self._places: list[tuple[str, list[int]]] | None = None
        self._known_beginnings: dict[int, Beginning] = {}
        self._known_points: dict[int, list[Point]] = {}
        self._known_qualified: dict[int, Qualified | None] = {}

    def points(self, at: int) -> list[Point]:
        """Give the readings of one date from here, the longest first."""
        if at not in self._known_points:
            self._known_points[at] = self._points_at(at)
        return self._known_points[at]

    def first(self, at: int) -> Point | None:
        """Give the longest reading of one date from here."""
        return next(iter(self.points(at)), None)

    def _points_at(self, at: int) -> list[Point]:
        text = self.text
        found = [
            self._read(shape, m, at) for shape in self.beginning(at).shapes if (m := shape.match(text, at))
        ]
        if not found:
            return []
        may_be = (self._said(p) for p in found if p and self.standing.may_stand(p))
        return sorted(may_be, key=lambda p: (-p.end, p.lone, p.resolved is None))

    def beginning(self, at: int) -> Beginning:
        """Give what can begin here, by the words that stand here."""
        if (found := self._known_beginnings.get(at)) is None:
            found = self._known_beginnings[at] = (
                self._han_beginning(at) if self.known.han else self._beginning(at)
            )
        return found

    def _han_beginning(self, at: int) -> Beginning:
        unit = _reign(self.known).match(self.text, at) or _HAN_UNIT.search(self.text, at, at + 16)
        if unit:
            return self.known.candidates.any
        if self.text[at : at + 1].isascii() and not HAN.search(self.text, at, at + 16):
            return self.known.candidates.figures  # one with neither a Chinese character nor a dash after it
        return self.known.candidates.unitless

    def _beginning(self, at: int) -> Beginning:
        here = _HERE.match(self.text, at)
        if not here:
            return NOTHING
        word, sign, after = here.groups()
        if not self.is_plain:
            found = self.known.candidates.of(word, after or "", None, None)
        else:
            if self._places is None:
                self._places = [(slot, self.words.places(of)) for slot, of in self.known.listed.items()]
            near = tuple([slot for slot, places in self._places if is_near(places, at, _SOON)])
            found = self.known.candidates.of(word, after or "", near, sign if word[0].isdecimal() else None)
        if found.small not in self.known.words.starts and (self.alone or _is_month_misread(word, self.known)):
            return found.of((*found.shapes, *self.known.misread))
        return found

    def _read(self, shape: Shape, whole: re.Match[str], at: int) -> Point | None:
        match = self._up_to_stroke(shape, whole)
        if not match or match.end() == at or not self.around.edges(at, match.end()):
            return None
        if shape in self.known.misread and not (shape.has_year or self.standing.is_whole(at, match.end())):
            return None
        if shape.does is not None:
            groups = parts(match)
            if self.standing.is_habitual(match, groups):
                return None
            start = match.start("from_here") if groups.get("from_here") else at
            past = self.around.is_written(match.start("d")) if groups.get("d") else False
            counted = relative(match, shape, self.known, self.context, self.memory, past)
            rule = "dates.vague" if counted and counted.type == "vague" else "dates.relative"
            counted = replace(counted, type="") if counted else None
            narrower = (part,) if (part := part_of(groups, self.known)) else ()
            named = self.known.lexicon.weekdays.get((groups.get("w") or groups.get("v") or "").lower())
            told = Point(start, match.end(), weekday=named, resolved=counted, rule=rule, qualifiers=narrower)
            return told if counted else None
        if "rhyme" in match.groupdict():
            return self._rhymed(match)
        if shape.asked and not (self.standing.is_asked(at) or self._is_feast_alone(shape, match)):
            return None
        found = point(match, self.known, shape.calendar)
        return replace(found, bare=True) if found and shape.asked else found

    def _is_feast_alone(self, shape: Shape, match: re.Match[str]) -> bool:
        """Tell whether the name of a feast is all that is asked about, where there is a day to count from."""
        named = self.standing.alone and "f" in shape.pattern.groupindex and self.context.on
        return bool(named and self.standing.is_whole(match.start(), match.end()))

    def _up_to_stroke(self, shape: Shape, match: re.Match[str]) -> re.Match[str] | None:
        """Give a match again; `1917/2 January` and `1917-8` are no double years: they are matched up to the stroke."""
        year = match["y"] if shape.has_year else None
        if year and (cut := _YEAR_CUT.search(year)):
            single = cut[0] != "/" and "d" not in match.groupdict()
            if single or not is_double(year):
                return shape.match(self.text, match.start(), match.start("y") + cut.start())
        return match

    def _said(self, p: Point) -> Point:
        """Take what was smoothed away inside a date, or right after it, into it."""
        for says in self.smoothed.said(p.start, p.end):
            if says == UNSURE:
                p = replace(p, unsure=True)
            elif p.calendar is None and p.day is not None:
                p = replace(p, calendar=says.replace("gregorian", ""))
        return p

    def _rhymed(self, match: re.Match[str]) -> Point | None:
        day = self.known.lexicon.rhymes.get(match["rhyme"])
        month = point(match, self.known) if match.groupdict().get("m") else None
        anchor = self.context.on or self.memory.last
        found = rhyme_day(day, anchor, month.month if month else None) if day and anchor else None
        return Point(*match.span(), resolved=found, rule="dates.rhyme") if found else None

    # Qualifiers.

    def qualified(self, at: int, depth: int = 0) -> Qualified | None:
        """Give one date from here, with what qualifies it before and after."""
        if at not in self._known_qualified:
            self._known_qualified[at] = self._qualified(at, depth)
        return self._known_qualified[at]

    def _qualified(self, at: int, depth: int) -> Qualified | None:
        points = self.points(at)
        best: Qualified | None = (points[0], points[0].qualifiers) if points else None
        for how, pattern in self.beginning(at).qualifiers if depth < 4 else ():
            match = pattern.match(self.text, at)
            if not match or match.end() <= at:
                continue
            inner = self.qualified(match.end(), depth + 1) or self.after_qualifier(match.end())
            one = (inner[0], (how, *inner[1])) if inner else None
            if one and (best is None or (one[0].end, -len(one[1])) > (best[0].end, -len(best[1]) or -9)):
                best = one
        return (self.marked(best[0]), best[1]) if best else None

    def after_qualifier(self, at: int) -> Qualified | None:
        """Give a year, or a month, that a qualifier before it lets stand alone."""
        for shape in self.beginning(at).shapes:
            if shape.calendar or shape.does is not None:
                continue
            whole = shape.match(self.text, at)
            match = self._up_to_stroke(shape, whole) if whole else None
            if not match or not self.around.edges(at, match.end()) or "rhyme" in match.groupdict():
                continue
            if found := point(match, self.known):
                return self._said(found), found.qualifiers
        return None

    def resolved(self, p: Point, qualifiers: tuple[str, ...] = (), learn: bool = True) -> Interval | None:
        """Give what a date says; None where it says too little here."""
        told = self.context.on or self.memory.last or self.memory.year
        if p.bare and p.year is None and not told:
            return None
        if p.year is None and p.month and told and not p.ahead and self.around.lies_ahead(p.start):
            p = replace(p, ahead=True)
        outer = (how for how in qualifiers if how not in p.qualifiers)
        p = replace(p, qualifiers=tuple(dict.fromkeys((*outer, *p.qualifiers))))
        if p.season and p.year_to is not None and (p.season != 4 or p.year_to != (p.year or 0) + 1):
            return None
        return resolve(p, self.context, self.known.code, self.memory, learn=learn)
