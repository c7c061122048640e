"""Dates: every plain expression in the language of its block."""

from __future__ import annotations

from collections.abc import Iterator

from teipress.dates import find
from teipress.registers import Registers
from teipress.span import Span
from teipress.text import Text


def annotate(text: Text, registers: Registers) -> Iterator[Span]:
    """Propose a `date` for each date expression (Guidelines 3.6.4)."""
    for block in text.blocks:
        for dated in find(text.reading[block.start : block.end], block.language):
            yield Span(
                block.start + dated.start,
                block.start + dated.end,
                "date",
                dated.attributes,
                rule=dated.rule,
                cert=dated.cert,
            )
