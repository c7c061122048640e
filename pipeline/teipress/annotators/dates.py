"""Dates: every expression in the language of its block, read by the text's own date and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from teipress.dates import Context, Dated, clock, find
from teipress.dates.context import place_in
from teipress.dates.grammar import grammar
from teipress.dates.interval import day_of
from teipress.dating import (
    calendar_of,
    dated_at_their_ends,
    day_said,
    days_in_order,
    days_of_quotations,
    ends_a_letter,
    is_caption,
    own,
    says_its_own,
    taking_place,
)
from teipress.drafting.formulas import formulas
from teipress.registers import Registers
from teipress.span import Span
from teipress.text import Block, Text

if TYPE_CHECKING:
    from teipress.annotators import Annotator

_EARLY: Final = 12  # characters that may stand before the date of an entry: “Weimar, ”
_STOP: Final = re.compile(r"(?:\s\d{4})?(?:[.:。]|\s?[—–])")
_BESIDE: Final = 3  # characters: a weekday so near to a date is that day's
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[\s-]+\Z")
#: The year of a picture or a book: after a comma or bracket, at the end of what is said of it or of a part of that.
_IMPRINT: Final = re.compile(
    r"(?<=[^\W\d_][,(] )(1[0-9]\d\d|20\d\d)(?=[.,;)]|$)|(?<=\()(1[0-9]\d\d|20\d\d)(?=\))"
)
_LONGEST: Final = 24  # characters: no article or quantifier is longer
_STATED: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_NOTHING: Final = Context()  # nothing is stated of a text


def annotate(text: Text, registers: Registers) -> Iterator[Span]:
    """Propose a `date` for each date expression (Guidelines 3.6.4), and a `time` for a dateline's hour.

    A date without its year takes it from the last full date in its block, or else from the text's own; in a
    quotation whose `bibl` says when it was sent or dated (Guidelines 3.3.3), from that; where a text has none,
    from the last full date before it. Of two readings the other is the span's candidate. In a letter without a
    date, or in a dateline or head, a weekday is a `date` that says no day; any such day, as in "every Sunday", is
    none. What counts whole years or months, as "two years ago", is left alone: it names no date.
    """
    yield from _annotated(text, registers, _NOTHING)


def by(date: str, place: str) -> Annotator:
    """Give the annotator for a text of which a person has stated the date (as in a sidecar) and the place."""
    match = _STATED.match(date)
    whole = match and match[3] and "/" not in date
    until = _STATED.match(date.partition("/")[2])
    first = int(match[1]) if match else None
    last = int(until[1]) if until else first
    years = (first, last) if first and last and first < last else None
    stated = Context(
        on=day_of(match[0], last=False) if match and whole else None,
        place=place,
        era=sum(years) // 2 if years else None,
        year=None if years else first,
        years=years,
    )
    return partial(_annotated, stated=stated)


def _annotated(text: Text, registers: Registers, stated: Context) -> Iterator[Span]:
    context = own(text, stated)
    last: date | None = None
    letter = any(ends_a_letter(block) or "opener" in block.ancestors for block in text.blocks)
    known = {**days_in_order(text, context), **days_of_quotations(text, context)}
    ended = dated_at_their_ends(text, context)
    for number, block in enumerate(text.blocks):
        line = text.reading[block.start : block.end]
        if says_its_own(block) and (place := place_in(line)):
            context = taking_place(context, stated, place, block.language)
        here = replace(context, on=known[number]) if number in known else context
        here = ended.get(number, here)
        found = [dated for dated in find(line, block.language, here, last) if not _is_vague(dated)]
        days = [day for dated in found if (day := day_said(dated))]
        if days and (says_its_own(block) or _opens_entry(block, line, found[0])):
            calendar = next(calendar_of(dated) for dated in found if day_said(dated))
            context = replace(context, on=days[0], calendar=calendar)
        last = days[-1] if days and here.on is None else last
        yield from (_span(text, block, dated) for dated in found)
        taken = [(dated.start, dated.end) for dated in found]
        if is_caption(block) or block.tag == "bibl":
            yield from _imprints(block, line, taken)
        if says_its_own(block) or ends_a_letter(block):
            yield from _times(block, line, taken)
        if context.on is None and (says_its_own(block) or letter):
            for start, end in _weekdays(line, block.language, definite=says_its_own(block)):
                if _is_free(start - _BESIDE, end + _BESIDE, taken):
                    yield Span(block.start + start, block.start + end, "date", (), "dates.weekday", "low")


def _span(text: Text, block: Block, dated: Dated) -> Span:
    start, end = block.start + dated.start, block.start + dated.end
    attributes = dated.attributes + _receipt(text, block, dated)
    other = dated.interval.alternative
    second = other.attributes if other else ()
    readings = (" ".join(f'{name}="{value}"' for name, value in second),) if second else ()
    return Span(
        start,
        end,
        "date",
        attributes,
        rule=dated.rule,
        cert=dated.cert,
        candidates=readings,
        alternative=second,
    )


def _imprints(block: Block, line: str, taken: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Give the year of a picture or book, which stands alone in what is said of it."""
    for match in _IMPRINT.finditer(line):
        start, end = match.span()
        if _is_free(start, end, taken):
            when = (("when", match[0]),)
            yield Span(block.start + start, block.start + end, "date", when, "dates.imprint", "medium")


def _times(block: Block, line: str, taken: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Give the hours that a dateline or closer says."""
    for start, end, when in clock.times(line):
        if _is_free(start, end, taken):
            yield Span(
                block.start + start, block.start + end, "time", (("when", when),), "dates.time", "high"
            )


def _is_free(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return all(end <= begun or ended <= start for begun, ended in taken)


def _is_vague(dated: Dated) -> bool:
    """Tell whether an expression names no date: it counts years or months, or says this year or the last."""
    deictic = dated.rule == "dates.relative" and len(dated.interval.first) == 4
    return dated.rule == "dates.vague" or deictic


@cache
def _weekday_names(code: str) -> re.Pattern[str] | None:
    known = grammar(code)
    names = {name for name in known.lexicon.weekdays if len(name) > 4} if known and not known.han else set()
    names = {name.capitalize() if known and known.data.get("capitals") else name for name in names}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)") if names else None


def _weekdays(line: str, code: str, *, definite: bool) -> Iterator[tuple[int, int]]:
    """Find weekdays alone; where they are not `definite` by their place, none that is any such day."""
    pattern, known = _weekday_names(code), grammar(code)
    if not pattern or not known:
        return
    for match in pattern.finditer(line):
        before = _WORD_BEFORE.search(line[max(0, match.start() - _LONGEST) : match.start()])
        habitual = {match[0].lower(), before[1].lower() if before else ""} & known.words.indefinite
        if definite or not habitual:
            yield match.span()


def _opens_entry(block: Block, line: str, dated: Dated) -> bool:
    """Tell whether a paragraph begins with its date and a stop, as those of a diary do."""
    return block.tag == "p" and dated.start <= _EARLY and bool(_STOP.match(line, dated.end))


def _receipt(text: Text, block: Block, dated: Dated) -> tuple[tuple[str, str], ...]:
    """Give the type of a date of receipt, which a dateline or heading says apart from its own date."""
    if block.tag not in ("dateline", "head"):
        return ()
    before = text.reading[block.start : block.start + dated.start]
    return (("type", "received"),) if formulas(block.language).received.search(before) else ()
