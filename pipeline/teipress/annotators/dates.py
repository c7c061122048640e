"""Dates: every expression in the language of its block, read by the text's own date and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from teipress.dates import Context, Dated, clock, find
from teipress.dates.context import is_native, place_in
from teipress.dates.grammar import grammar
from teipress.dates.interval import day_of
from teipress.drafting.formulas import formulas
from teipress.registers import Registers
from teipress.span import Span
from teipress.text import Block, Text

if TYPE_CHECKING:
    from teipress.annotators import Annotator

_EARLY: Final = 12  # characters that may stand before the date of an entry: “Weimar, ”
_STOP: Final = re.compile(r"(?:\s\d{4})?(?:[.:。]|\s?[—–])")
#: Where a text says its own date, the surest first.
_OWN: Final = ("dateline", "opener", "head", "closer")
_YEAR: Final = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_WITHIN: Final = frozenset({"floatingText", "quote", "cit"})
_AFTER: Final = frozenset({"postscript", "note", "fw"})  # what may stand below the end of a letter
_ENCLOSED: Final = 31  # days
_BESIDE: Final = 3  # characters: a weekday so near to a date is that day's
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[\s-]+\Z")
#: The year of a picture or a book: after a comma or bracket, at the end of what is said of it or of a part of that.
_IMPRINT: Final = re.compile(
    r"(?<=[^\W\d_][,(] )(1[0-9]\d\d|20\d\d)(?=[.,;)]|$)|(?<=\()(1[0-9]\d\d|20\d\d)(?=\))"
)
_FEW: Final = 5  # years: among no more of them does a weekday tell which it is
_TITLES: Final = 2  # the first heads, which may say the year of what follows
_LONGEST: Final = 24  # characters: no article or quantifier is longer
_STATED: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_OUR_MONTHS: Final = ("minguo", "japanese")
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
    letter = any(_ends_a_letter(block) or "opener" in block.ancestors for block in text.blocks)
    known = {**_days_in_order(text, context), **_days_of_quotations(text, context)}
    ended = _dated_at_their_ends(text, context)
    for number, block in enumerate(text.blocks):
        line = text.reading[block.start : block.end]
        if _says_its_own(block) and (place := place_in(line)):
            context = _at(context, stated, place, block.language)
        here = replace(context, on=known[number]) if number in known else context
        here = ended.get(number, here)
        found = [dated for dated in find(line, block.language, here, last) if not _is_vague(dated)]
        days = [day for dated in found if (day := _day(dated))]
        if days and (_says_its_own(block) or _opens_entry(block, line, found[0])):
            calendar = next(_calendar(dated) for dated in found if _day(dated))
            context = replace(context, on=days[0], calendar=calendar)
        last = days[-1] if days and here.on is None else last
        yield from (_span(text, block, dated) for dated in found)
        taken = [(dated.start, dated.end) for dated in found]
        if _is_caption(block) or block.tag == "bibl":
            yield from _imprints(block, line, taken)
        if _says_its_own(block) or _ends_a_letter(block):
            yield from _times(block, line, taken)
        if context.on is None and (_says_its_own(block) or letter):
            for start, end in _weekdays(line, block.language, definite=_says_its_own(block)):
                if _is_free(start - _BESIDE, end + _BESIDE, taken):
                    yield Span(block.start + start, block.start + end, "date", (), "dates.weekday", "low")


def _days_of_quotations(text: Text, context: Context) -> dict[int, date]:
    """Give the day of each block of a quotation, by the block's number, where the `bibl` in its `cit` says one.

    When a document was sent counts before when it arrived or was printed.
    """
    found: dict[int, date] = {}
    waiting: list[int] = []  # the blocks of a quotation whose `bibl` is still to come
    day: date | None = None  # of a `bibl` that stands before its quotation
    for number, block in enumerate(text.blocks):
        if "cit" not in block.ancestors:
            waiting, day = [], None
        elif block.tag == "bibl":
            said = _sent(text.reading[block.start : block.end], block.language, context)
            found |= dict.fromkeys(waiting, said) if said else {}
            waiting, day = [], None if waiting else said
        elif day:
            found[number] = day
        else:
            waiting.append(number)
    return found


def _dated_at_their_ends(text: Text, context: Context) -> dict[int, Context]:
    """Give what the blocks of a letter are read by, by their numbers, where it says its day at its end only."""
    found: dict[int, Context] = {}
    begun, dated, closed = 0, False, False
    for number, block in enumerate(text.blocks):
        closes = _ends_a_letter(block)
        if closed and not closes and not _AFTER & {block.tag, *block.ancestors}:
            begun, dated, closed = number, False, False
        closed = closed or closes
        if dated or not (closes or _says_its_own(block)):
            continue
        dates = find(text.reading[block.start : block.end], block.language, context)
        own = next((one for one in dates if _day(one) and not one.interval.inherited), None)
        if own and closes and begun:  # the first letter's day is known as the text's own
            here = replace(context, on=_day(own), calendar=_calendar(own))
            found |= dict.fromkeys(range(begun, number + 1), here)
        dated = own is not None
    return found


def _days_in_order(text: Text, context: Context) -> dict[int, date]:
    """Give the day of each dateline that lacks its year, by its block's number, where several stand in order of time.

    Letters of one file follow one another: such a day is the first after the letter before, and not after the next.
    Where only one year is written, a day that lies shortly before it is rather that of an enclosure.
    """
    lines = [
        (number, block)
        for number, block in enumerate(text.blocks)
        if block.tag == "dateline" and not _WITHIN & set(block.ancestors)
    ]
    said = [
        (number, day, bool(dated.interval.inherited))
        for number, block in lines
        for dated in find(text.reading[block.start : block.end], block.language, context)[:1]
        if (day := _day(dated))
    ]
    written = [day for _, day, inherited in said if not inherited]
    if len(said) < 2 or not written or written != sorted(written):
        return {}
    found: dict[int, date] = {}
    before: date | None = None
    for place, (number, day, inherited) in enumerate(said):
        if inherited:
            after = next((other for _, other, also in said[place:] if not also), None)
            placed = _placed(day, before, after)
            enclosed = before and 0 < (before - day).days <= _ENCLOSED
            if placed is None or enclosed:
                continue
            found[number] = day = placed
        before = day
    return found


def _placed(day: date, before: date | None, after: date | None) -> date | None:
    """Give the day of the year that comes next after one day, or last before another; None where none lies between."""
    near = before or after
    if near is None:
        return None
    later = (day.month, day.day) < (near.month, near.day) if before else False
    earlier = (day.month, day.day) > (near.month, near.day) if not before else False
    if (day.month, day.day) == (2, 29):
        return None
    placed = day.replace(year=near.year + later - earlier)
    return None if before and after and placed > after else placed


def _sent(line: str, code: str, context: Context) -> date | None:
    """Give the day when a document was sent or dated, by what is said of it."""
    days = [(dated, day) for dated in find(line, code, context) if (day := _day(dated))]
    sent = [day for dated, day in days if dict(dated.attributes).get("type") == "sent"]
    return next(iter((*sent, *(day for _, day in days))), None)


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


def own(text: Text, stated: Context = _NOTHING) -> Context:
    """Give what a text says of itself: the date and place of its dateline or head, or the years that it speaks of.

    A head or dateline further on, as of a letter that is quoted or of another day of a diary, speaks for what
    follows it. What a person has stated comes first.
    """
    years = sorted(int(year) for year in _YEAR.findall(text.reading))
    context = replace(stated, era=years[len(years) // 2] if years else stated.era)
    if years and not (stated.on or stated.year or stated.years) and years[-1] - years[0] <= _FEW:
        context = replace(context, years=(years[0], years[-1]))
    lines = [
        (text.reading[block.start : block.end], block.language)
        for tag in _OWN
        for block in text.blocks
        if not _is_caption(block) and (tag == block.tag or (tag in block.ancestors and block.tag != "p"))
    ]
    named = next(((place, code) for line, code in lines if (place := place_in(line))), None)
    context = _at(context, stated, *named) if named else context
    if context.on is not None:
        return context
    dates = (dated for line, code in lines for dated in find(line, code, context) if _day(dated))
    dated = next(dates, None)
    on = _day(dated) if dated else None
    year = context.year if on or context.year else _year(text, context)
    return replace(context, on=on, calendar=_calendar(dated) if dated else "", year=year)


def _calendar(dated: Dated) -> str:
    """Give the id of the calendar of a date by whose months a text counts, if these are not ours; empty for others."""
    named = dated.interval.calendar.lstrip("#")
    return "" if " " in named or named in _OUR_MONTHS else named


def _year(text: Text, context: Context) -> int | None:
    """Give the year of a dateline that has no day, as in `Washington, November, 1917`, or the only one of its heads."""
    for block in text.blocks:
        if block.tag == "dateline":
            for dated in find(text.reading[block.start : block.end], block.language, context):
                said = dated.interval
                if said.kind == "when" and not said.inherited and said.first[:4].isdigit():
                    return int(said.first[:4])
    heads = [block for block in text.blocks if block.tag == "head" and not _is_caption(block)]
    named = {year for head in heads[:_TITLES] for year in _YEAR.findall(text.reading[head.start : head.end])}
    return int(named.pop()) if len(named) == 1 else None


def _at(context: Context, stated: Context, place: str, code: str) -> Context:
    """Take a dateline's place; a text in a foreign language was perhaps written by one who counted as at home."""
    if stated.place:
        return context
    native = is_native(place, code)
    return replace(context, place=place if native else "", elsewhere="" if native else place)


def _says_its_own(block: Block) -> bool:
    """Tell whether a block dates what follows it; the caption of a picture dates the picture."""
    if _is_caption(block):
        return False
    return block.tag in ("dateline", "head") or "opener" in block.ancestors


def _opens_entry(block: Block, line: str, dated: Dated) -> bool:
    """Tell whether a paragraph begins with its date and a stop, as those of a diary do."""
    return block.tag == "p" and dated.start <= _EARLY and bool(_STOP.match(line, dated.end))


def _is_caption(block: Block) -> bool:
    return "figure" in block.ancestors


def _ends_a_letter(block: Block) -> bool:
    return "closer" in (block.tag, *block.ancestors)


def _receipt(text: Text, block: Block, dated: Dated) -> tuple[tuple[str, str], ...]:
    """Give the type of a date of receipt, which a dateline or heading says apart from its own date."""
    if block.tag not in ("dateline", "head"):
        return ()
    before = text.reading[block.start : block.start + dated.start]
    return (("type", "received"),) if formulas(block.language).received.search(before) else ()


def _day(dated: Dated) -> date | None:
    """Give the day of a full date; None for one that is vague or counted from another."""
    said = dated.interval
    full = said.kind == "when" and len(said.first) >= 10 and dated.rule != "dates.relative"
    return day_of(said.first, last=False) if full else None
