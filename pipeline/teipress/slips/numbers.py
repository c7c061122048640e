"""Figures in words, letters in numbers, and numbers that a space parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Final

from teipress.languages import language
from teipress.slips.passage import Passage, Slip, confusions

_MIXED: Final = re.compile(r"(?<![\w.,/’'№#-])(?=[^\W_]*\d)(?=[^\W_]*[^\W\d_])[^\W_]{2,}(?![\w/’'-]|[.,]\d)")
_FIGURES: Final = re.compile(r"\d+")
_YEAR: Final = re.compile(r"1[0-9]\d\d|20[0-4]\d")
_SPLIT: Final = re.compile(r"(?<![\d.,:/–-])(?<!\d )(1[4-9]) (\d\d)(?![\d:/%°–-]|[.,]\d| \d|\w)")
_PARTED: Final = re.compile(
    r"(?<![\d.,:/–-])(?<!\d )(1 [4-9]\d\d|1[4-9]\d \d|1 [4-9] \d \d)(?![\d:/%°–-]|[.,]\d| \d|\w)"
)
#: A number with letters that is one as it stands: an ordinal, a measure, a folio, an hour.
_ORDINARY: Final = re.compile(
    r"(?i:\d+(?:st|nd|rd|th|d|s|er|re|e|o|a|m|n|ème|eme|ième|me|nde?|ter|te[nrms]?|ste[nrms]?|го|й|я|ая|ый|ой|ого|му|м|х|ти|er|è|º|ª|"
    r"[a-zA-Z]|km|cm|mm|kg|gr|fr|ft|in|lbs?|oz|hrs?|pm|am|Uhr|Mk|Kr|fl|ff?|bis|ter|pp?|г|гг|км|v|r|recto|verso|月|日|年))|"
    r"[A-Z]{1,4}\d{1,6}[a-z]?|[a-z]\d{1,6}|[IVXLCDM]+\d?",
)
_RUNS: Final = 4  # figures that stand for letters in one word, at most
_NEAR: Final = 40  # characters before a parted number in which something says that it is a year


def find(passage: Passage) -> Iterator[Slip]:
    """Suspect figures among letters, letters among figures, and years that are parted."""
    for match in _MIXED.finditer(passage.text):
        word = match[0]
        number = _as_number(word)
        if number:
            yield Slip(match.start(), match.end(), number, "errors.figure", "high")
        elif not _ORDINARY.fullmatch(word) and (reading := _as_word(word, passage)):
            yield Slip(match.start(), match.end(), reading, "errors.figure", "medium")
    for pattern in (_SPLIT, _PARTED):
        for match in pattern.finditer(passage.text):
            year = match[0].replace(" ", "")
            before = passage.text[max(0, match.start() - _NEAR) : match.start()]
            if _YEAR.fullmatch(year) and _announces(before, passage.vocabulary.code):
                yield Slip(match.start(), match.end(), year, "errors.number", "medium")


def _as_number(word: str) -> str:
    """Read a word as the year that it may be, where letters stand for figures: `l9l8`."""
    letters = confusions()["letters"]
    if len(word) != 4 or sum(map(str.isdigit, word)) < 2 or word[-1] in "sSoOg" or word.isdigit():
        return ""
    number = "".join(letters.get(character, character) for character in word)
    return number if _YEAR.fullmatch(number) else ""


def _as_word(word: str, passage: Passage) -> str:
    """Read a word as the known one that it may be, where figures stand for letters: `w0rd`."""
    figures = confusions()["figures"]
    runs = _FIGURES.findall(word)
    letters = len(word) - sum(map(len, runs))
    if letters < 2 or letters < len(word) / 2 or len(runs) > _RUNS:
        return ""
    choices = [str(figures.get(run, "")).split() for run in runs]
    parts = _FIGURES.split(word)
    best, most = "", 0
    for chosen in product(*choices) if all(choices) else ():
        candidate = "".join(part + filling for part, filling in zip(parts, (*chosen, ""), strict=True))
        weight = passage.vocabulary.weight(candidate) if passage.vocabulary.knows(candidate) else 0
        if weight > most:
            best, most = candidate, weight
    return best.upper() if word.upper() == word and letters > 2 else best


def _announces(before: str, code: str) -> bool:
    """Tell whether the words before a number make it a year: a month, or a day's figure before one."""
    words = re.findall(r"[^\W\d_]+", before.casefold())
    return bool(words) and words[-1] in _before_a_year(code)


@cache
def _before_a_year(code: str) -> frozenset[str]:
    known = language(code)
    return frozenset(known.months if known else ()) | frozenset(confusions()["before_a_year"].split())
