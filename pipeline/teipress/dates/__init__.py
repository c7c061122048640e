"""Dates: expressions found in a text and normalised as TEI wants them (Guidelines 3.6.4, 14.4).

`@when` and its like are always proleptic Gregorian; what the source says in another calendar goes to
`@when-custom` with `@calendar` and `@datingMethod`. A language's grammar of dates is one file in `grammars/`;
a calendar is one file in `calendars/`. What a date does not say itself it takes from a `Context`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from teipress.dates import clock
from teipress.dates.context import Context
from teipress.dates.forward import forward
from teipress.dates.grammar import Grammar, grammar, grammars, written_in
from teipress.dates.interval import Interval
from teipress.dates.memory import Memory
from teipress.dates.places import places
from teipress.dates.reading import Read, Reader
from teipress.dates.resolve import MISREAD
from teipress.dates.singles import Singles
from teipress.dates.smoothing import Smooth, smooth
from teipress.dates.words import Words

__all__ = ["Context", "Dated", "Interval", "Problem", "find", "grammars", "opening", "problems", "understand"]

_NOTHING = Context()
_LINE: Final = 240  # characters


@dataclass(frozen=True)
class Dated:
    """A date found at `[start, end)`: what it says, and the rule that read it."""

    start: int
    end: int
    interval: Interval
    rule: str

    @property
    def attributes(self) -> tuple[tuple[str, str], ...]:
        """The attributes of TEI's `date`."""
        return self.interval.attributes

    @property
    def cert(self) -> str:
        """How surely: high, medium or low."""
        return self.interval.cert


@dataclass(frozen=True)
class Problem:
    """A date at `[start, end)` that contradicts itself: its kind ("day", "weekday", "pair") and how."""

    start: int
    end: int
    kind: str
    message: str


def find(text: str, code: str, context: Context = _NOTHING, last: date | None = None) -> list[Dated]:
    """Find the date expressions of a text in the language `code`, in order, without overlaps.

    `last` is the last full day before this text. A day that does not exist in its calendar is not a date. Where
    the language has no grammar, or is "und", all grammars are tried.
    """
    if len(text) > _LINE:
        return _found(text, code, context, Memory(last=last), alone=False)
    return list(_in_line(text, code, context, last))


def opening(text: str, code: str, within: int) -> Dated | None:
    """Find the date that begins in the first characters of a line, up to `within`; what comes later is not read."""
    if grammar(code) is None:
        return next((dated for dated in find(text, code) if dated.start <= within), None)
    return _opening(text, code, within)


@lru_cache(maxsize=4096)
def _opening(text: str, code: str, within: int) -> Dated | None:
    smoothed = smooth(text)
    far = within + 1 + clock.reach(smoothed.text, within)  # a bracket may stand before the date
    read = next(_reads(smoothed, code, _NOTHING, Memory(), alone=False, within=far), None)
    dated = _dated(smoothed, read) if read else None
    return dated if dated and dated.start <= within else None


@lru_cache(maxsize=4096)
def _in_line(text: str, code: str, context: Context, last: date | None) -> tuple[Dated, ...]:
    """Find the dates of a line, which those who look for structure ask for again and again."""
    return tuple(_found(text, code, context, Memory(last=last), alone=False))


def understand(expression: str, code: str = "en", context: Context = _NOTHING) -> list[Dated]:
    """Understand a single expression: as `find`, but a year or a month may stand alone. Empty for no date."""
    if any(
        known.undated and known.undated.match(expression) for known in _known(code, expression, Words(""))
    ):
        return []
    return _found(expression, code, context, Memory(), alone=True)


def problems(text: str, code: str, context: Context = _NOTHING) -> list[Problem]:
    """Give what contradicts itself in the dates of a text: a day that does not exist, a weekday, a pair."""
    memory, smoothed = Memory(), smooth(text)
    for _ in _reads(smoothed, code, context, memory, alone=True):
        pass
    told = dict.fromkeys(memory.problems)
    return [Problem(*smoothed.span(start, end), kind, message) for start, end, kind, message in told]


def _known(code: str, text: str, words: Words) -> list[Grammar]:
    """Give the grammar of a language; where it has none, those of all languages in whose script a text is written.

    Of these the first is the one of whose commonest words the text has most.
    """
    if known := grammar(code):
        return [known]
    found = [known for name in written_in(text) if (known := grammar(name))]
    return sorted(found, key=lambda known: -words.count(known.words.common))


def _reads(
    smoothed: Smooth, code: str, context: Context, memory: Memory, alone: bool, within: int | None = None
) -> Iterator[Read]:
    """Read the dates of a text, of each language in their order; only where they may begin up to `within`.

    Where one language has read a whole day no other looks again.
    """
    words = Words(smoothed.text)
    taken: set[int] = set()
    figured = False  # whether a language has read the figures that have none of another's words beside them
    for known in _known(code, smoothed.text, words):
        begins = list(places(smoothed.text, known, words, alone, own=figured))
        figured = figured or not known.han
        if within is not None:
            begins = [at for at in begins if at <= within]
        if begins := [at for at in begins if at not in taken]:
            singles = Singles(smoothed, known, context, memory, alone, words)
            for read in forward(Reader(singles).read(begins), singles):
                yield read
                if "day" in read.rule and MISREAD not in read.interval.reasons:
                    taken.update(range(read.start, read.end))


def _found(text: str, code: str, context: Context, memory: Memory, alone: bool) -> list[Dated]:
    smoothed = smooth(text)
    readings = _reads(smoothed, code, context, memory, alone)
    found: list[Dated] = []
    end = 0
    for read in sorted(readings, key=lambda read: (read.start, -read.end, MISREAD in read.interval.reasons)):
        if read.start >= end:
            end = read.end
            found.append(_dated(smoothed, read))
    return found


def _dated(smoothed: Smooth, read: Read) -> Dated:
    return Dated(*smoothed.span(read.start, read.end), read.interval, read.rule)
