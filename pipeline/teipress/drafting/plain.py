"""Any text: its paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator

from teipress.drafting.blocks import blocks
from teipress.drafting.lines import paragraphs
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give a `div` with its paragraphs, lists and tables."""
    lines = paragraphs(source)
    if not lines:
        return
    yield Span(lines[0].start, lines[-1].end, "div", (("type", "text"),), rule="plain.text")
    yield from blocks(source, lines)
