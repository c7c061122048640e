"""Reading: finds the places where a date may begin, and gives the longest that begins at each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Final

from teipress.dates import clock
from teipress.dates.chains import Chains, Read
from teipress.dates.context import Context
from teipress.dates.grammar import Grammar, figures
from teipress.dates.point import Point
from teipress.dates.resolve import Memory
from teipress.dates.singles import HAN, Singles
from teipress.dates.smoothing import Smooth
from teipress.dates.variant import replace

__all__ = ["Read", "Reader", "Words"]

Token = tuple[int, str, str]  # where it begins, the word, and the word in small letters

_TOKEN: Final = re.compile(r"([^\W\d_]+|\d+|['’`](?=\d\d))")
_SPANNED: Final = re.compile(r"[12]\d{3}(?=[—–-])")  # what of a Chinese date has no Chinese character
_NEAR: Final = 4  # words
_NUMERAL: Final = re.compile(r"M[MDCLXVI]{3,}|[VX]|[IVX]{2,}e?(?:me)?|[ivx]{1,4}|l|I")
_NUMERAL_BEGINS: Final = "MVXIl"
_MISREAD: Final = re.compile(r"\d|[lO]\d|\s\d\b|\s[A-Z][a-z]{2,8}\.?,?\s\d|[a-z]{2}\s[A-Z]")
_YEAR: Final = re.compile(r"1\d{3}|20\d\d|['’`]")
_ARTICLE: Final = re.compile(r"(?:(?:on|am|the|den|dem|d\.|le|il|el|die)\s+)+(?=\d)", re.IGNORECASE)
_GLUED: Final = re.compile(r"[^\W\d_A-Z][^\W\d_]\Z")  # a word to which a flattened text has glued a date
_DIRECTION: Final = (
    (re.compile(r"(?:sent|dispatched|abgesandt|envoyée?|отправлен\w*|發|发)\W*\Z", re.I), "sent"),
    (re.compile(r"(?:received|recd?\.?|rec[’']d|empfangen|reçue?|получен\w*|收到)\W*\Z", re.I), "received"),
)


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(figures()["openers"], re.IGNORECASE)


class Words:
    """The words and figures of a text, with the places where they begin; every language's reader shares them."""

    def __init__(self, text: str) -> None:
        parts = _TOKEN.split(text)
        self.words = parts[1::2]
        self.starts = list(accumulate(map(len, parts)))[::2]
        self.small = {word: word.lower() for word in set(self.words)}

    def among(self, known: frozenset[str]) -> list[tuple[int, Token]]:
        """Give the words of a list, and what is or may be a number, each with its place in the order."""
        wanted = {
            word
            for word, small in self.small.items()
            if small in known or not word[0].isalpha() or word[0] in _NUMERAL_BEGINS
        }
        return [
            (number, (self.starts[number], word, self.small[word]))
            for number, word in enumerate(self.words)
            if word in wanted
        ]


class Reader:
    """Reads one text in one language; what it learns of dates on the way is in `memory`."""

    def __init__(
        self,
        smoothed: Smooth,
        known: Grammar,
        context: Context,
        memory: Memory,
        alone: bool = False,
        words: Words | None = None,
    ) -> None:
        self.text, self.known, self.memory, self.alone = smoothed.text, known, memory, alone
        self.singles = Singles(smoothed, known, context, memory, alone)
        self.chains = Chains(self.singles)
        self.words = words
        self.named = 0  # where the last name of a street or an event ends that has a date in it

    def read(self) -> Iterator[Read]:
        """Yield the dates in their order, without overlaps, at their places in the smooth text."""
        taken = 0
        for at in self._starts():
            if at < taken:
                continue
            wrong = len(self.memory.problems)
            reads = self._at(at)
            taken = max(taken, self.named)
            for found in reads:
                if found.start >= taken:
                    yield found
                    taken = found.end
            if not reads:  # a day that does not exist is no date, and no part of it is one
                days = [end for _, end, kind, _ in self.memory.problems[wrong:] if kind == "day"]
                taken = max([taken, *days])

    def _starts(self) -> Iterator[int]:
        if self.known.triggers:
            triggers = self.known.triggers if HAN.search(self.text) else _SPANNED
            yield from (match.start() for match in triggers.finditer(self.text))
            return
        words = Words(self.text) if self.words is None else self.words
        if self.alone:
            yield from words.starts[: len(words.words)]
            return
        weak, follow = self.known.weak, self.known.follow
        lower_months = self.known.lexicon.months if self.known.lexicon.data.get("capitals") else {}
        waiting: list[tuple[int, int]] = []  # commoner words, which need a date's own word soon after them
        for number, (at, word, small) in words.among(self.known.relevant):
            near = _NEAR
            figure = word[0] not in "lI" and not word[0].isalpha()
            if figure:
                alone = not _YEAR.fullmatch(word) and not _has_own(words, number, self.known.own)
                near, strong = (2, False) if alone else (_NEAR, True)
            else:
                strong = (small not in weak and small in self.known.starts) or self._is_numeral(word, at)
                strong = strong and not (word == small and small in lower_months)
            if waiting and (strong or figure or small in follow):
                yield from (place for place, n in waiting if number - n <= near)
                waiting = []
            if strong:
                yield at
            elif small in weak:
                waiting.append((at, number))

    def _is_numeral(self, word: str, at: int) -> bool:
        if word in ("l", "I"):  # a one that was misread
            return bool(_MISREAD.match(self.text, at + 1))
        return len(word) < 16 and bool(_NUMERAL.fullmatch(word))

    def _at(self, at: int) -> list[Read]:
        """Give the dates that begin here: the longest reading of them."""
        glued = (
            not self.known.han
            and self.text[at].isdigit()
            and bool(_GLUED.search(self.text[max(0, at - 2) : at]))
        )
        if self.text[at].isdigit() and not glued and self.singles.is_number(at):
            return []
        found = self.chains.at(at)
        if glued:
            found = [read for read in found if read.rule == "dates.day-month-year"]
        named = [read for read in found if self.singles.is_name(_whole(read))]
        self.named = max((read.end for read in named), default=0)
        found = [read for read in found if read not in named]
        return [self._typed(self._timed(read)) for read in found]

    def _timed(self, read: Read) -> Read:
        """Take the hour into a full day, and leave an article before it out (Guidelines 14.4)."""
        opener = _ARTICLE if read.opened or "relative" in read.rule else _openers()
        if (article := opener.match(self.text, read.start)) and article.end() < read.end:
            read = replace(read, start=article.end())
        i = read.interval
        if i.kind != "when" or len(i.first) != 10 or i.calendar or read.rule == "dates.relative":
            return read
        after, before = clock.after(self.text, read.end), clock.before(self.text, read.start)
        told = after or before
        if told is None:
            return read
        moment = f"{i.first}T{told[0]}"
        i = replace(i, first=moment, last=moment)
        return replace(
            read, start=read.start if after else told[1], end=after[1] if after else read.end, interval=i
        )

    def _typed(self, read: Read) -> Read:
        before = self.text[max(0, read.start - 14) : read.start]
        kind = next((name for pattern, name in _DIRECTION if pattern.search(before)), "")
        return replace(read, interval=replace(read.interval, type=kind)) if kind else read


def _has_own(words: Words, number: int, own: frozenset[str]) -> bool:
    """Tell whether a figure has another one soon after it, or a word that dates are made of."""
    after = words.words[number + 1 : number + 1 + _NEAR]
    return any(
        words.small[word] in own or not word[0].isalpha() or _NUMERAL.fullmatch(word) for word in after
    )


def _whole(read: Read) -> Point:
    """Give the range of a date, and whether it names a year."""
    year = 1 if "year" in read.rule or read.rule in ("dates.pair", "dates.century", "dates.feast") else None
    return Point(read.start, read.end, year=year)
