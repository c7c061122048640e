"""Dates: every expression in the language of its block, read by the text's own date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from teipress.dates import Context, Dated, find
from teipress.dates.interval import day_of
from teipress.drafting.formulas import formulas
from teipress.registers import Registers
from teipress.span import Span
from teipress.text import Block, Text

#: Where a text says its own date, the surest first.
_OWN: Final = ("dateline", "opener", "head", "closer")
_YEAR: Final = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")


def annotate(text: Text, registers: Registers) -> Iterator[Span]:
    """Propose a `date` for each date expression (Guidelines 3.6.4).

    A date without its year takes it from the last full date in its block, or else from the text's own; where
    a text has none, from the last full date before it.
    """
    context = own(text)
    last: date | None = None
    for block in text.blocks:
        found = find(text.reading[block.start : block.end], block.language, context, last)
        days = [day for dated in found if (day := _day(dated))]
        if days and _says_its_own(block):
            context = Context(on=days[0], era=context.era)
        last = days[-1] if days and context.on is None else last
        for dated in found:
            yield Span(
                block.start + dated.start,
                block.start + dated.end,
                "date",
                dated.attributes + _receipt(text, block, dated),
                rule=dated.rule,
                cert=dated.cert,
            )


def own(text: Text) -> Context:
    """Give what a text says of itself: the date of its dateline or head, or the years that it speaks of.

    A head or dateline further on, as of a letter that is quoted, speaks for what follows it.
    """
    years = sorted(int(year) for year in _YEAR.findall(text.reading))
    era = years[len(years) // 2] if years else None
    for tag in _OWN:
        for block in text.blocks:
            if tag == block.tag or (tag in block.ancestors and block.tag != "p"):
                found = find(text.reading[block.start : block.end], block.language, Context(era=era))
                if day := next(filter(None, map(_day, found)), None):
                    return Context(on=day, era=era)
    return Context(era=era)


def _says_its_own(block: Block) -> bool:
    return block.tag in ("dateline", "head") or "opener" in block.ancestors


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
