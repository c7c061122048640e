"""Any text: its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from teipress.drafting.lines import paragraphs
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give a `div` with a `p` for each paragraph."""
    lines = paragraphs(source)
    if not lines:
        return
    yield Span(lines[0].start, lines[-1].end, "div", (("type", "text"),), rule="plain.text")
    for line in lines:
        yield Span(line.start, line.end, "p", rule="plain.paragraph")
