"""Which lines of a letter say that something is enclosed, found once for the letter and all that follows it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

from teipress.drafting.correspondents import heading
from teipress.drafting.datelines import is_dateline
from teipress.drafting.formulas import formulas
from teipress.drafting.lines import Line
from teipress.drafting.salutations import is_prose

#: What may stand beside the word: its own number, and that of the letter: “Inclosure 2 in No. 137”.
_NUMBERED: Final = re.compile(
    r"[\s.:]*(?:(?:no|nr|n°|№|n[o°]\.)?\.?\s?[\dIVXA-Z]{1,4}[.:]?)?(?:\s+(?:in|to|zu|à|au|du|de|к|zum|der|la)\s.{1,50})?",
    re.IGNORECASE,
)
_TITLES: Final = 4  # lines of a title
_TITLE: Final = 80
_HEAD: Final = 40  # the first lines of a letter, which its opening may have parted


class Enclosures:
    """The lines that begin with the word for an enclosure, which `pattern` knows."""

    def __init__(self, lines: Sequence[Line], pattern: re.Pattern[str]) -> None:
        self.lines, self.pattern = lines, pattern

    def first(self, lines: Sequence[Line], start: int, end: int, otherwise: int) -> int:
        """Give the first short one of `lines[start:end]`, which are lines of the letter; `otherwise` for none."""
        return self._first(self._begins, lines, start, end, otherwise)

    def first_alone(self, lines: Sequence[Line], start: int, end: int, otherwise: int) -> int:
        """Give the first that says “Enclosure” and no more."""
        return self._first(self._is_alone, lines, start, end, otherwise)

    def titled(self, lines: Sequence[Line], code: str) -> int:
        """Count the first lines of an enclosure that say what it is: “Inclosure 2 in No. 137.”, and titles below it."""
        if len(lines) < 2 or not lines[0].short or not self._is_alone(lines[0]):
            return 0
        at = 1
        while at < min(_TITLES, len(lines) - 1) and _is_title(lines[at], code):
            at += 1
        return at

    def _first(
        self, test: Callable[[Line], bool], lines: Sequence[Line], start: int, end: int, otherwise: int
    ) -> int:
        for at in range(start, min(end, _HEAD)):
            if test(lines[at]):
                return at
        start = max(start, _HEAD)
        if start >= end:
            return otherwise
        places = self._alone if test == self._is_alone else self._beginning
        at = bisect_left(places, lines[start].start)
        if at == len(places) or places[at] >= lines[end].start:
            return otherwise
        return bisect_left(lines, places[at], start, end, key=lambda line: line.start)

    @cached_property
    def _beginning(self) -> list[int]:
        return [line.start for line in self.lines if self._begins(line)]

    @cached_property
    def _alone(self) -> list[int]:
        return [line.start for line in self.lines if self._is_alone(line)]

    def _begins(self, line: Line) -> bool:
        return bool(self.pattern.match(line.text)) and line.short

    def _is_alone(self, line: Line) -> bool:
        text = line.text.strip("[]() .:")
        match = self.pattern.match(text)
        return match is not None and bool(_NUMBERED.fullmatch(text, match.end()))


def _is_title(line: Line, code: str) -> bool:
    """Tell whether a line below the word for an enclosure says what it is: few words, and no opening of a letter."""
    if not line.within(_TITLE) or is_dateline(line, code) or formulas(code).greeting(line):
        return False
    if heading(line.text, code):
        return False
    bracketed = line.text[0] in "([（" and line.text[-1] in ")]）."
    return bracketed or not (is_prose(line) or line.text[0].islower() or line.text.endswith((",", ";", ":")))
