"""What an edition says of a letter or paper above and below it: where the original lies, what was noted on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from teipress.drafting.correspondents import heading
from teipress.drafting.frames import widened
from teipress.drafting.letter import letters
from teipress.drafting.lines import Line, paragraphs
from teipress.drafting.witnesses import says
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span

_ABOVE: Final = 2  # notes above the heading
_HEAD: Final = 4  # lines in which a heading stands
_BELOW: Final = 4  # and below the signature


def letters_with_sources(source: Source, sidecar: Sidecar, kind: str) -> Iterator[Span]:
    """Give the structure of letters or papers, and as a `note` each what says where the original lies."""
    lines = paragraphs(source)
    above = 0
    while above < min(_ABOVE, len(lines) - 1) and says("above", lines[above].text):
        above += 1
    below = len(lines)
    while below - 2 > above and len(lines) - below < _BELOW and says("below", lines[below - 1].text):
        below -= 1
    own = with_whole_heading(lines[above:below], source.language)
    spans = letters(own, source, sidecar, kind)
    yield from widened(spans, (own[0].start, own[-1].end), (lines[0].start, lines[-1].end)) if own else spans
    for line in (*lines[:above], *lines[below:]):
        yield Span(
            line.start, line.end, "note", (("type", "source"), ("source", "#source")), rule="sources.note"
        )


def with_whole_heading(lines: Sequence[Line], code: str) -> list[Line]:
    """Give the lines with a heading in capitals whole, of which the second line begins with “To the …”."""
    for at, (first, second) in enumerate(pairwise(lines[:_HEAD])):
        whole = f"{first.text}\n{second.text}"
        if (
            first.text.isupper()
            and second.text.isupper()
            and not second.gap
            and heading(whole, code)
            and not heading(first.text, code)
        ):
            return [*lines[:at], replace(first, end=second.end, text=whole), *lines[at + 2 :]]
    return list(lines)
