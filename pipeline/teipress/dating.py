"""Dating: the day that a text bears, or a part of it: a letter, an entry, a quotation."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from teipress.dates import Context, Dated, find
from teipress.dates.context import is_native, place_in
from teipress.dates.interval import day_of
from teipress.text import Block, Text

#: Where a text says its own date, the surest first.
_OWN: Final = ("dateline", "opener", "head", "closer")
_YEAR: Final = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_WITHIN: Final = frozenset({"floatingText", "quote", "cit"})
_AFTER: Final = frozenset({"postscript", "note", "fw"})  # what may stand below the end of a letter
_ENCLOSED: Final = 31  # days
_FEW: Final = 5  # years: among no more of them does a weekday tell which it is
_TITLES: Final = 2  # the first heads, which may say the year of what follows
_OUR_MONTHS: Final = ("minguo", "japanese")
_NOTHING: Final = Context()  # nothing is stated of a text


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
        if not is_caption(block) and (tag == block.tag or (tag in block.ancestors and block.tag != "p"))
    ]
    named = next(((place, code) for line, code in lines if (place := place_in(line))), None)
    context = taking_place(context, stated, *named) if named else context
    if context.on is not None:
        return context
    dates = (dated for line, code in lines for dated in find(line, code, context) if day_said(dated))
    dated = next(dates, None)
    on = day_said(dated) if dated else None
    year = context.year if on or context.year else _year(text, context)
    return replace(context, on=on, calendar=calendar_of(dated) if dated else "", year=year)


def _year(text: Text, context: Context) -> int | None:
    """Give the year of a dateline that has no day, as in `Washington, November, 1917`, or the only one of its heads."""
    for block in text.blocks:
        if block.tag == "dateline":
            for dated in find(text.reading[block.start : block.end], block.language, context):
                said = dated.interval
                if said.kind == "when" and not said.inherited and said.first[:4].isdigit():
                    return int(said.first[:4])
    heads = [block for block in text.blocks if block.tag == "head" and not is_caption(block)]
    named = {year for head in heads[:_TITLES] for year in _YEAR.findall(text.reading[head.start : head.end])}
    return int(named.pop()) if len(named) == 1 else None


def taking_place(context: Context, stated: Context, place: str, code: str) -> Context:
    """Take a dateline's place; a text in a foreign language was perhaps written by one who counted as at home."""
    if stated.place:
        return context
    native = is_native(place, code)
    return replace(context, place=place if native else "", elsewhere="" if native else place)


def calendar_of(dated: Dated) -> str:
    """Give the id of the calendar of a date by whose months a text counts, if these are not ours; empty for others."""
    named = dated.interval.calendar.lstrip("#")
    return "" if " " in named or named in _OUR_MONTHS else named


def days_in_order(text: Text, context: Context) -> dict[int, date]:
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
        if (day := day_said(dated))
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


def days_of_quotations(text: Text, context: Context) -> dict[int, date]:
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


def _sent(line: str, code: str, context: Context) -> date | None:
    """Give the day when a document was sent or dated, by what is said of it."""
    days = [(dated, day) for dated in find(line, code, context) if (day := day_said(dated))]
    sent = [day for dated, day in days if dict(dated.attributes).get("type") == "sent"]
    return next(iter((*sent, *(day for _, day in days))), None)


def dated_at_their_ends(text: Text, context: Context) -> dict[int, Context]:
    """Give what the blocks of a letter are read by, by their numbers, where it says its day at its end only."""
    found: dict[int, Context] = {}
    begun, dated, closed = 0, False, False
    for number, block in enumerate(text.blocks):
        closes = ends_a_letter(block)
        if closed and not closes and not _AFTER & {block.tag, *block.ancestors}:
            begun, dated, closed = number, False, False
        closed = closed or closes
        if dated or not (closes or says_its_own(block)):
            continue
        dates = find(text.reading[block.start : block.end], block.language, context)
        own = next((one for one in dates if day_said(one) and not one.interval.inherited), None)
        if own and closes and begun:  # the first letter's day is known as the text's own
            here = replace(context, on=day_said(own), calendar=calendar_of(own))
            found |= dict.fromkeys(range(begun, number + 1), here)
        dated = own is not None
    return found


def says_its_own(block: Block) -> bool:
    """Tell whether a block dates what follows it; the caption of a picture dates the picture."""
    if is_caption(block):
        return False
    return block.tag in ("dateline", "head") or "opener" in block.ancestors


def is_caption(block: Block) -> bool:
    """Tell whether a block belongs to a picture."""
    return "figure" in block.ancestors


def ends_a_letter(block: Block) -> bool:
    """Tell whether a block stands in the closer of a letter."""
    return "closer" in (block.tag, *block.ancestors)


def day_said(dated: Dated) -> date | None:
    """Give the day of a full date; None for one that is vague or counted from another."""
    said = dated.interval
    full = said.kind == "when" and len(said.first) >= 10 and dated.rule != "dates.relative"
    return day_of(said.first, last=False) if full else None
