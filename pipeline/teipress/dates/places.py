"""Places: where in a text a date of a language may begin, so that most words are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.dates.grammar import Grammar
from teipress.dates.words import Words

HAN: Final = re.compile(r"[\u3000-\U0010ffff]")
_SPANNED: Final = re.compile(r"[12]\d{3}(?=[—–-])")  # what of a Chinese date has no Chinese character
_YEAR: Final = re.compile(r"1\d{3}|20\d\d|['’`]")
_NEAR: Final = 4  # words
_REACH: Final = 6  # words: no date of figures has a word of its language further on


def places(text: str, known: Grammar, words: Words, alone: bool = False, own: bool = False) -> Iterator[int]:
    """Give where a date of a language may begin; where the text is one date `alone`, that is at every word.

    `own` passes over figures that have no word of the language beside them, as they are read in another one.
    """
    if known.triggers:
        triggers = known.triggers if HAN.search(text) else _SPANNED
        yield from (match.start() for match in triggers.finditer(text))
    elif alone:
        yield from words.starts[: len(words.words)]
    else:
        yield from (words.starts[number] for number in _numbers(known, words, own))


def _numbers(known: Grammar, words: Words, own: bool) -> Iterator[int]:
    """Give the numbers of the words with which a date may begin."""
    waiting: list[int] = []  # commoner words, which need a date's own word soon after them
    last = -1
    among = words.among(known.relevant)
    for place, number in enumerate(among):
        small, near, figure = words.small[number], _NEAR, number in words.figures
        if figure:
            lone = not _YEAR.fullmatch(small) and not words.has_more(number, known.own)
            near, strong = (2, False) if lone else (_NEAR, True)
        else:
            strong = small in known.strong or number in words.numerals
            strong = strong and not (small in known.lower_months and words.words[number] == small)
        if waiting and number - last > 1:  # between them stands a word that no date has in it
            waiting = [one for one in waiting if one == last and words.small[one] in known.loose]
        last = number
        if waiting and (strong or figure or small in known.follow):
            yield from (one for one in waiting if number - one <= near)
            waiting = []
        if strong:
            if not (own and figure) or _has_word(words, known, among, place):
                yield number
        elif small in known.weak:
            waiting.append(number)


def _has_word(words: Words, known: Grammar, among: list[int], place: int) -> bool:
    """Tell whether a word of the language stands beside a figure, or one before a year that may be misread."""
    number = among[place]
    beside = among[max(0, place - 2) : place + _REACH + 1]
    if number + 1 in beside and words.small[number + 1] in known.bridges:  # a letter, as in 1890s
        return True
    if any(number - 3 < at <= number + _REACH and words.small[at] in known.telling for at in beside):
        return True
    between, then = number + 1, number + 2
    return then in words.figures and between not in words.figures and bool(_YEAR.fullmatch(words.small[then]))
