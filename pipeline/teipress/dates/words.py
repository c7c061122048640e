"""Words: a text's words and figures with their places, read once and shared by the readers of every language."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate
from typing import Final

_TOKEN: Final = re.compile(r"([^\W\d_]+|\d+|['’`](?=\d\d))")
_NUMERAL: Final = re.compile(
    r"M[MDCLXVI]{3,}|[VX]|[IVX]{2,}(?:e?(?:me)?|ᵉ|ème)|[ivx]{1,7}j?(?:th|st|nd|rd)?|l|I"
)
_NUMERAL_BEGINS: Final = frozenset("mvxil")
_LONGEST: Final = 16  # characters: no numeral is longer
_MISREAD: Final = re.compile(r"\d|[lO]\d|\s\d\b|\s[A-Z][a-z]{2,8}\.?,?\s\d|[a-z]{2}\s[A-Z]")
_POINTED: Final = re.compile(r"[.°ºᵒ\s]{1,3}[MDCLX]{1,5}\b")
_AFTER: Final = 4  # words


class Words:
    """The words of a text in their order; a word is known by its number."""

    def __init__(self, text: str) -> None:
        parts = _TOKEN.split(text)
        self.words = parts[1::2]
        self.small = list(map(str.lower, self.words))
        self.starts = list(accumulate(map(len, parts)))[::2]
        self.numbers: dict[str, list[int]] = defaultdict(list)  # where each word stands, in small letters
        self.figures: set[int] = set()  # what is a figure
        self.numeric: set[int] = set()  # what is a figure, or can be a Roman numeral
        self.numerals: set[int] = set()  # what is a Roman numeral, or a one that was misread
        for number, small in enumerate(self.small):
            self.numbers[small].append(number)
        for small, numbers in self.numbers.items():
            if not small[0].isalpha():
                self.figures.update(numbers)
                self.numeric.update(numbers)
            elif small[0] in _NUMERAL_BEGINS:
                self._take_numerals(text, numbers)
        self.known = frozenset(self.numbers)

    def _take_numerals(self, text: str, numbers: list[int]) -> None:
        """Note which of the places of a word are Roman numerals; a one that was misread has something beside it."""
        for number in numbers:
            word = self.words[number]
            if word == "M" and _POINTED.match(text, self.starts[number] + 1):
                self.numerals.add(number)  # M.DCC.LXXIV
            if not _is_roman(word):
                continue
            self.numeric.add(number)
            if len(word) < _LONGEST if word not in "lI" else _MISREAD.match(text, self.starts[number] + 1):
                self.numerals.add(number)

    def among(self, known: frozenset[str]) -> list[int]:
        """Give in order the numbers of the words of a list, of figures, and of numerals."""
        found = {*self.figures, *self.numerals}
        for word in known & self.known:
            found.update(self.numbers[word])
        return sorted(found)

    def count(self, known: frozenset[str]) -> int:
        """Tell how many of the words are of a list, and no numerals."""
        return sum(number not in self.numeric for word in known & self.known for number in self.numbers[word])

    def has_more(self, number: int, own: frozenset[str]) -> bool:
        """Tell whether a figure has another one soon after it, or one of some words."""
        after = range(number + 1, min(number + 1 + _AFTER, len(self.small)))
        return any(at in self.numeric or self.small[at] in own for at in after)

    def places(self, known: frozenset[str]) -> list[int]:
        """Give in order the places in the text where words of a list begin."""
        numbers = [number for word in known & self.known for number in self.numbers[word]]
        return [self.starts[number] for number in sorted(numbers)]


def is_near(places: list[int], at: int, within: int) -> bool:
    """Tell whether one of some places lies at a place or soon after it."""
    number = bisect_left(places, at)
    return number < len(places) and places[number] - at < within


@lru_cache(maxsize=4096)
def _is_roman(word: str) -> bool:
    return bool(_NUMERAL.fullmatch(word))
