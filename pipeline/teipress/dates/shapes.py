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
_SMALL_ROMAN: Final = re.compile(r"[mdclxvij]+")

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
    def match(self) -> Callable[..., re.Match[str] | None]:
        """Give the pattern's `match`, which is asked for at every place."""
        return self.pattern.match


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
    streets: re.Pattern[str] | None
    listed: Mapping[
        str, frozenset[str]
    ]  # the words with which the names of months (`m`) and seasons (`s`) begin
    _beginning: dict[tuple[Any, ...], tuple[Shape, ...]] = field(default_factory=dict)
    _qualifying: dict[str, Named] = field(default_factory=dict)

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
    def strong(self) -> frozenset[str]:
        """Give the words that begin a date by themselves."""
        return self.starts - self.weak

    def beginning(
        self, word: str, after: str, near: frozenset[str] | None, sign: str | None = None
    ) -> tuple[Shape, ...]:
        """Give the shapes that can begin with a word and the one after it.

        `near` names the lists of which a word stands soon after; `sign` is what stands after a figure. None where
        that cannot be told.
        """
        small = word.lower()
        small, follows = (word if word in self.starts else "" for word in (small, after.lower()))
        size = len(word) if sign is not None else 0
        key = small, self._is_figure(word, after), follows, self._is_figure(after, "0"), near, size, sign
        if key not in self._beginning:
            begun = self.shapes if self.lexicon.data.get("compounds") else self._begun(*key[:4])
            begun = (s for s in begun if near is None or s.needs <= near)
            self._beginning[key] = tuple(
                s for s in begun if sign is None or s.following is None or s.following.allows(size, sign)
            )
        return self._beginning[key]

    @cached_property
    def unitless(self) -> tuple[Shape, ...]:
        """Give the shapes of Chinese or Japanese dates that may be written without 年, 月 and the like."""
        return tuple(shape for shape in self.shapes if shape.does is not None or shape.asked)

    @cached_property
    def lower_months(self) -> frozenset[str]:
        """Give the months whose names are words in small letters: "they may"."""
        return frozenset(self.lexicon.months) if self.lexicon.data.get("capitals") else frozenset()

    def _begun(self, small: str, figure: bool, follows: str, figures: bool) -> Iterable[Shape]:
        """Give the shapes that need the first of two words, or may have it and can go on with the second."""
        first = {small, FIGURE} if figure else {small}
        second = {follows, FIGURE} if figures else {follows}
        for shape in self.shapes:
            begins = shape.heads
            if first & begins.needed or (first & begins.all and second & begins.all):
                yield shape

    def _is_figure(self, word: str, after: str) -> bool:
        """Tell whether a word is written in figures, in Roman ones, or in letters that were misread for figures."""
        if word[:1].isdecimal():
            return True
        if word in ("l", "I", "i", "|", "O"):
            return after[:1].isdigit() or (word == "I" and not after[:1].islower())
        if self.lexicon.data.get("small_roman") and _SMALL_ROMAN.fullmatch(word):
            return True
        return bool(_LIKE_FIGURES.fullmatch(word))

    def qualifying(self, word: str) -> Named:
        """Give the qualifiers that can begin with a word."""
        small = FIGURE if word[0].isdigit() else word.lower()
        if small not in self._qualifying:
            self._qualifying[small] = tuple(
                (how, pattern) for how, pattern, begins in self.qualifiers if self.han or small in begins.all
            )
        return self._qualifying[small]
