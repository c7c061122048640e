"""Shapes: the patterns of dates in one language, and which of them can begin with a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Final

from teipress.dates.beginnings import FIGURE, Begins
from teipress.dates.following import Following
from teipress.dates.slots import Lexicon

_LIKE_FIGURES: Final = re.compile(r"\d.*|[MDCLXVI]+(?:e|ᵉ|è?me)?|['’`]")
_SMALL_DAY: Final = re.compile(r"[xvi]{1,7}j?(?:th|st|nd|rd)?")
_SMALL_ROMAN: Final = re.compile(r"[mdclxvij]+")

#: Letters that may be misread figures.
_ONES: Final = frozenset("lIi|O")
_REMEMBERED: Final = 50_000

Named = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, eq=False)
class Shape:
    """A pattern of one date, and how it is read.

    `calendar` is the calendar that it is written in with its months, `asked` says that a word before must ask for
    it, `does` what it counts from the text's own day, `begins` the words that it can begin with, `heads` those
    that it must have before anything else, `needs` the word lists
    of which a word is in every match of it (`m`, `s`), `following` what stands after a figure that it begins
    with.
    """

    source: str
    begins: Begins
    heads: Begins
    needs: frozenset[str] = frozenset()
    following: Following | None = None
    calendar: tuple[str, Mapping[str, int]] | None = None
    asked: bool = False
    does: Mapping[str, Any] | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Give the pattern; it is compiled when it is first needed, because a text needs few of them."""
        return pattern_of(self.source)

    @cached_property
    def has_year(self) -> bool:
        """Tell whether it has a year that may be a double one."""
        return "y" in self.pattern.groupindex

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """Give the pattern's `match`, which is asked for at every place."""
        return self.pattern.match


class Beginning:
    """What can begin with a word (`small`, in small letters): shapes, those of them that are asked for, qualifiers.

    Further whether a range can be opened by it, days that share a month begin with it, or numbers of centuries.
    """

    __slots__ = ("asked", "groups", "may", "numbers", "opens", "qualifiers", "shapes", "small")

    def __init__(
        self,
        small: str,
        shapes: tuple[Shape, ...],
        qualifiers: Named,
        *,
        opens: bool,
        groups: bool,
        numbers: bool,
    ) -> None:
        self.small, self.shapes, self.qualifiers = small, shapes, qualifiers
        self.asked = tuple(shape for shape in shapes if shape.asked)
        self.opens, self.groups, self.numbers = opens, groups, numbers
        self.may = bool(shapes or qualifiers or opens or groups or numbers)

    def of(self, shapes: Iterable[Shape]) -> Beginning:
        """Give the same with other shapes."""
        how = {"opens": self.opens, "groups": self.groups, "numbers": self.numbers}
        return Beginning(self.small, tuple(shapes), self.qualifiers, **how)


NOTHING: Final = Beginning("", (), (), opens=False, groups=False, numbers=False)


@cache
def pattern_of(source: str) -> re.Pattern[str]:
    """Compile a pattern once."""
    return re.compile(source, re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Grammar:
    """The grammar of dates of one language, ready to be matched."""

    code: str
    lexicon: Lexicon
    shapes: tuple[Shape, ...]
    misread: tuple[Shape, ...]  # those that begin with a month's name that was misread
    qualifiers: tuple[tuple[str, re.Pattern[str], Begins], ...]  # with the words that each begins with
    after: Named
    separators: Named
    joint: re.Pattern[str]  # what any of them, a stroke or a bracket begins with
    opens: Named
    opening: frozenset[str]
    numbering: frozenset[str]  # the words that a century's number can begin with
    grouping: frozenset[str]  # the words that days which share a month can begin with
    feasts: tuple[tuple[str, str], ...]  # the rule of each, and the pattern of its names
    parts: Named
    units: Named
    grains: Named
    dayhead: re.Pattern[str] | None
    monthhead: re.Pattern[str] | None
    yeartail: re.Pattern[str] | None
    centuryhead: re.Pattern[str] | None
    starts: frozenset[str]  # the words that a date can begin with
    weak: frozenset[str]  # those of them that mostly begin something else
    follow: frozenset[str]  # the words that a weak one must have soon after it
    bridges: frozenset[str]  # every word that may stand between the first of a date and its own
    loose: frozenset[str]  # the words after which a pattern lets any other stand
    own: frozenset[str]  # the words of which a figure must have one, or another figure, soon after it
    telling: frozenset[
        str
    ]  # the words of which one beside a figure tells that it may be read in this language
    triggers: re.Pattern[str] | None
    lone_year: frozenset[str]
    month_asks: frozenset[str]
    months_alone: frozenset[str]  # the months whose names mean nothing else
    writings: frozenset[str]  # what letters and the like are called, whose days lie behind
    vocabulary: frozenset[str]  # every word that a date expression may hold
    undated: re.Pattern[str] | None
    listed: Mapping[
        str, frozenset[str]
    ]  # the words with which the names of months (`m`) and seasons (`s`) begin
    _beginning: dict[tuple[Any, ...], Beginning] = field(default_factory=dict)
    _after: dict[str, tuple[str, bool]] = field(default_factory=dict)
    _heads: dict[tuple[str, bool, str, bool], tuple[Shape, ...]] = field(default_factory=dict)
    _qualifying: dict[str, Named] = field(default_factory=dict)
    read: dict[tuple[Any, ...], Any] = field(default_factory=dict)  # what matches have been found to say

    @property
    def han(self) -> bool:
        """Tell whether the language writes its numbers in Chinese characters."""
        return self.lexicon.han

    def feast(self, name: str) -> str:
        """Give the rule of the feast with this name; empty where there is none."""
        return next((rule for rule, names in self.feasts if pattern_of(names).fullmatch(name)), "")

    def is_indefinite(self, word: str) -> bool:
        """Tell whether a word in small letters makes a weekday after it, or is one that means, any such day."""
        return word in self.lexicon.data.get("indefinite", "").split()

    @cached_property
    def relevant(self) -> frozenset[str]:
        """Give the words that can begin a date or stand in one."""
        return self.starts | self.follow | self.bridges

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Give the words of which one stands in every date that has no figure."""
        return self.strong | self.follow

    @cached_property
    def strong(self) -> frozenset[str]:
        """Give the words that begin a date by themselves."""
        return self.starts - self.weak

    def beginning(self, word: str, after: str, near: tuple[str, ...] | None, sign: str | None) -> Beginning:
        """Give what can begin with a word and the one after it.

        `near` names the lists of which a word stands soon after; `sign` is what stands after a figure. None where
        that cannot be told.
        """
        if after not in self._after:
            small = after.lower()
            self._after[after] = small if small in self.starts else "", self._is_figure(after, "0")
        key = word, self._after[after], after[:1] if word in _ONES else "", near, sign
        if (found := self._beginning.get(key)) is None:
            if len(self._beginning) + len(self._after) > _REMEMBERED:
                self._beginning.clear()
                self._after.clear()
            found = self._beginning[key] = self._begun(word, after, near, sign)
        return found

    @cached_property
    def any_beginning(self) -> Beginning:
        """Give all that a date in Chinese or Japanese can begin with."""
        return Beginning("", self.shapes, self.qualifying("0"), opens=True, groups=True, numbers=False)

    @cached_property
    def unitless(self) -> Beginning:
        """Give what of that may be written without 年, 月 and the like."""
        return self.any_beginning.of(shape for shape in self.shapes if shape.does is not None or shape.asked)

    @cached_property
    def lower_months(self) -> frozenset[str]:
        """Give the months whose names are words in small letters: "they may"."""
        return frozenset(self.lexicon.months) if self.lexicon.data.get("capitals") else frozenset()

    def _begun(self, word: str, after: str, near: tuple[str, ...] | None, sign: str | None) -> Beginning:
        small = word.lower()
        size = len(word) if sign is not None else 0
        follows, figures = self._after[after]
        begun = self._headed(
            small if small in self.starts else "", self._is_figure(word, after), follows, figures
        )
        shapes = tuple(
            shape
            for shape in begun
            if (near is None or shape.needs.issubset(near))
            and (sign is None or shape.following is None or shape.following.allows(size, sign))
        )
        numbered = small in self.numbering or not small.isalpha() or small[0] in "ivx"
        return Beginning(
            small,
            shapes,
            self.qualifying(word),
            opens=small in self.opening,
            groups=not small.isalpha() or small[0] in "li" or small in self.grouping,  # a one may be misread
            numbers=numbered and self.centuryhead is not None,
        )

    def _headed(self, small: str, figure: bool, follows: str, figures: bool) -> tuple[Shape, ...]:
        """Give the shapes that need the first of two words, or may have it and can go on with the second."""
        if self.lexicon.data.get("compounds"):
            return self.shapes
        key = small, figure, follows, figures
        if key not in self._heads:
            first = {small, FIGURE} if figure else {small}
            second = {follows, FIGURE} if figures else {follows}
            self._heads[key] = tuple(
                shape
                for shape in self.shapes
                if not first.isdisjoint(shape.heads.needed)
                or not (first.isdisjoint(shape.heads.optional) or second.isdisjoint(shape.heads.all))
            )
        return self._heads[key]

    def _is_figure(self, word: str, after: str) -> bool:
        """Tell whether a word is written in figures, in Roman ones, or in letters that were misread for figures."""
        if word[:1].isdecimal():
            return True
        if word in _ONES:
            return after[:1].isdigit() or (word == "I" and not after[:1].islower())
        if self.lexicon.data.get("small_roman") and _SMALL_ROMAN.fullmatch(word):
            return True
        return bool(_LIKE_FIGURES.fullmatch(word) or (len(word) > 1 and _SMALL_DAY.fullmatch(word)))

    def qualifying(self, word: str) -> Named:
        """Give the qualifiers that can begin with a word."""
        small = FIGURE if word[0].isdigit() else word.lower()
        if small not in self._qualifying:
            self._qualifying[small] = tuple(
                (how, pattern) for how, pattern, begins in self.qualifiers if self.han or small in begins.all
            )
        return self._qualifying[small]
