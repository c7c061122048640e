"""Dates: every expression in the language of its block, read by the text's own date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.dates import Context, Dated, find
from teipress.registers import Registers
from teipress.span import Span
from teipress.text import Block, Text

#: Where a text says its own date, the surest first.
_OWN: Final = ("dateline", "opener", "head", "closer")
_YEAR: Final = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")


def annotate(text: Text, registers: Registers) -> Iterator[Span]:
    """Propose a `date` for each date expression (Guidelines 3.6.4).

    A date without its year takes it from the last full date in its block, or else from the text's own.
    """
    context = own(text)
    for block in text.blocks:
        for dated in find(text.reading[block.start : block.end], block.language, context):
            yield Span(
                block.start + dated.start,
                block.start + dated.end,
                "date",
                dated.attributes,
                rule=dated.rule,
                cert=dated.cert,
            )


def own(text: Text) -> Context:
    """Give what a text says of itself: the date of its dateline or head, or the years that it speaks of."""
    years = sorted(int(year) for year in _YEAR.findall(text.reading))
    era = years[len(years) // 2] if years else None
    for tag in _OWN:
        for block in text.blocks:
            if tag == block.tag or (tag in block.ancestors and block.tag != "p"):
                for dated in _found(text, block, Context(era=era)):
                    if (day := dated.interval.bounds[0]) and len(dated.interval.first) == 10:
                        return Context(on=day, era=era)
    return Context(era=era)


def _found(text: Text, block: Block, context: Context) -> list[Dated]:
    found = find(text.reading[block.start : block.end], block.language, context)
    return [dated for dated in found if dated.rule != "dates.relative"]
