"""Places: where in a text a date of a language may begin, so that most words are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.dates.grammar import Grammar
from teipress.dates.parts import misread_month
from teipress.dates.slots import HAN
from teipress.dates.words import Words

_SPANNED: Final = re.compile(r"[12]\d{3}(?=[—–./-])")  # what of a Chinese date has no Chinese character
_YEAR: Final = re.compile(r"1\d{3}|20\d\d|['’`]")
_NEAR: Final = 4  # words
_REACH: Final = 6  # words: no date of figures has a word of its language further on


def places(text: str, known: Grammar, words: Words, alone: bool = False, own: bool = False) -> Iterator[int]:
    """Give where a date of a language may begin; where the text is one date `alone`, that is at every word.

    `own` passes over figures that have no word of the language beside them, as they are read in another one.
    """
    if known.words.triggers:
        triggers = known.words.triggers if HAN.search(text) else _SPANNED
        yield from (match.start() for match in triggers.finditer(text))
    elif alone:
        yield from words.starts[: len(words.words)]
    else:
        yield from (words.starts[number] for number in _numbers(known, words, own))


def _numbers(known: Grammar, words: Words, own: bool) -> Iterator[int]:
    """Give the numbers of the words with which a date may begin, looking back from those that stand in dates only."""
    before = -1
    for number in words.among(known.words.follow):
        small, near, figure = words.small[number], _NEAR, number in words.figures
        if figure:
            lone = not _YEAR.fullmatch(small) and not words.has_more(number, known.words.own)
            near, strong = (2, False) if lone else (_NEAR, True)
        else:
            strong = small in known.words.strong or number in words.numerals
            strong = strong and not (small in known.words.lower_months and words.words[number] == small)
            if small not in known.words.follow and not strong:
                continue  # a month in small letters
        first = number - (figure and _is_misread(known, words, number))
        yield from _waiting(known, words, max(before, first - near, 0), first)
        if first < number:
            yield first
        before = number
        if strong:
            if not (own and figure) or _has_word(words, known, number):
                yield number
            before += 1


def _is_misread(known: Grammar, words: Words, number: int) -> bool:
    """Tell whether a misread month stands before a day and its year: `Mav 5, 1863`."""
    if number == 0 or number + 1 not in words.figures or not _YEAR.fullmatch(words.small[number + 1]):
        return False
    word, small = words.words[number - 1], words.small[number - 1]
    if not word[0].isupper() or len(word) < 3 or small in known.words.starts or len(words.words[number]) > 2:
        return False
    return misread_month(small, known) is not None


def _waiting(known: Grammar, words: Words, first: int, number: int) -> list[int]:
    """Give the commoner words from a first one to one of a date's own: between them is nothing that no date has in it.

    One word of any kind may follow those after which a pattern lets it stand.
    """
    before = range(number - 1, first - 1, -1)
    gap = next((at for at in before if not _is_known(known, words, at)), None)
    found = [at for at in before if (gap is None or at > gap) and words.small[at] in known.words.weak]
    if gap is not None:
        other = next((at for at in range(gap - 1, first - 1, -1) if _is_known(known, words, at)), None)
        if (
            other is not None
            and words.small[other] in known.words.loose
            and words.small[other] in known.words.weak
        ):
            found.append(other)
    return found[::-1]


def _is_known(known: Grammar, words: Words, at: int) -> bool:
    return at in words.numeric or at in words.numerals or words.small[at] in known.words.relevant


def _has_word(words: Words, known: Grammar, number: int) -> bool:
    """Tell whether a word of the language stands beside a figure, or one before a year that may be misread."""
    small = words.small
    after = small[number + 1 : number + _REACH + 1]
    if after and after[0] in known.words.bridges:  # a letter, as in 1890s
        return True
    if number and len(small[number - 1]) == 2 and small[number - 1] in known.words.relevant:
        return True
    if not known.words.telling.isdisjoint(after) or not known.words.telling.isdisjoint(
        small[max(0, number - 2) : number]
    ):
        return True
    between, then = number + 1, number + 2
    return then in words.figures and between not in words.figures and bool(_YEAR.fullmatch(small[then]))
