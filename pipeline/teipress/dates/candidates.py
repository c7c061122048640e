"""Candidates: which patterns of a grammar are worth trying at a place, by the words that stand there."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from teipress.dates.beginnings import FIGURE
from teipress.dates.shapes import Beginning, Named, Shape
from teipress.dates.slots import HAN

if TYPE_CHECKING:
    from teipress.dates.grammar import Grammar

_LIKE_FIGURES: Final = re.compile(r"\d.*|[MDCLXVI]+(?:e|ᵉ|è?me)?|['’`]")
_SMALL_DAY: Final = re.compile(r"[xvi]{1,7}j?(?:th|st|nd|rd)?")
_SMALL_ROMAN: Final = re.compile(r"[mdclxvij]+")
#: Letters that may be misread figures.
_ONES: Final = frozenset("lIi|O")
_REMEMBERED: Final = 50_000


class Candidates:
    """What can begin with a word; what was once found out is remembered."""

    def __init__(self, known: Grammar) -> None:
        self.known = known
        self._beginning: dict[tuple[Any, ...], Beginning] = {}
        self._after: dict[str, tuple[str, bool]] = {}
        self._heads: dict[tuple[str, bool, str, bool], tuple[Shape, ...]] = {}
        self._qualifying: dict[str, Named] = {}

    def of(self, word: str, after: str, near: tuple[str, ...] | None, sign: str | None) -> Beginning:
        """Give what can begin with a word and the one after it.

        `near` names the lists of which a word stands soon after; `sign` is what stands after a figure. None where
        that cannot be told.
        """
        if after not in self._after:
            small = after.lower()
            starts = self.known.words.starts
            self._after[after] = small if small in starts else "", self._is_figure(after, "0")
        key = word, self._after[after], after[:1] if word in _ONES else "", near, sign
        if (found := self._beginning.get(key)) is None:
            if len(self._beginning) + len(self._after) > _REMEMBERED:
                self._beginning.clear()
                self._after.clear()
            found = self._beginning[key] = self._begun(word, after, near, sign)
        return found

    @cached_property
    def any(self) -> Beginning:
        """Give all that a date in Chinese or Japanese can begin with."""
        return Beginning("", self.known.shapes, self.qualifying("0"), opens=True, groups=True, numbers=False)

    @cached_property
    def figures(self) -> Beginning:
        """Give what of that is written in figures and signs alone."""
        return self.any.of(shape for shape in self.known.shapes if not HAN.search(shape.source))

    @cached_property
    def unitless(self) -> Beginning:
        """Give what of that may be written without 年, 月 and the like."""
        return self.any.of(shape for shape in self.known.shapes if shape.does is not None or shape.asked)

    def _begun(self, word: str, after: str, near: tuple[str, ...] | None, sign: str | None) -> Beginning:
        small, words = word.lower(), self.known.words
        size = len(word) if sign is not None else 0
        follows, figures = self._after[after]
        begun = self._headed(
            small if small in words.starts else "", self._is_figure(word, after), follows, figures
        )
        shapes = tuple(
            shape
            for shape in begun
            if (near is None or shape.needs.issubset(near))
            and (sign is None or shape.following is None or shape.following.allows(size, sign))
        )
        numbered = small in words.numbering or not small.isalpha() or small[0] in "ivx"
        return Beginning(
            small,
            shapes,
            self.qualifying(word),
            opens=small in words.opening,
            groups=not small.isalpha() or small[0] in "li" or small in words.grouping,  # a one may be misread
            numbers=numbered and self.known.centuryhead is not None,
        )

    def _headed(self, small: str, figure: bool, follows: str, figures: bool) -> tuple[Shape, ...]:
        """Give the shapes that need the first of two words, or may have it and can go on with the second."""
        if self.known.data.get("compounds"):
            return self.known.shapes
        key = small, figure, follows, figures
        if key not in self._heads:
            first = {small, FIGURE} if figure else {small}
            second = {follows, FIGURE} if figures else {follows}
            self._heads[key] = tuple(
                shape
                for shape in self.known.shapes
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
        if self.known.data.get("small_roman") and _SMALL_ROMAN.fullmatch(word):
            return True
        return bool(_LIKE_FIGURES.fullmatch(word) or (len(word) > 1 and _SMALL_DAY.fullmatch(word)))

    def qualifying(self, word: str) -> Named:
        """Give the qualifiers that can begin with a word."""
        small = FIGURE if word[0].isdigit() else word.lower()
        if small not in self._qualifying:
            self._qualifying[small] = tuple(
                (how, pattern)
                for how, pattern in self.known.qualifiers
                if self.known.han or small in self.known.words.qualifying[how]
            )
        return self._qualifying[small]
