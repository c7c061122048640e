"""What an edition says of a letter or paper above and below it: where the original lies, what was noted on it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from teipress.drafting.frames import widened
from teipress.drafting.letter import letters
from teipress.drafting.lines import Line, paragraphs
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span

_LONGEST: Final = 300  # of such a note, in characters
_ABOVE: Final = 2  # notes above the heading
_BELOW: Final = 4  # and below the signature


def letters_with_sources(source: Source, sidecar: Sidecar, kind: str) -> Iterator[Span]:
    """Give the structure of letters or papers, and as a `note` each what says where the original lies."""
    lines = paragraphs(source)
    above = 0
    while above < min(_ABOVE, len(lines) - 1) and _says("above", lines[above]):
        above += 1
    below = len(lines)
    while (
        below - 2 > above
        and len(lines) - below < _BELOW
        and lines[below - 1].gap
        and _says("below", lines[below - 1])
    ):
        below -= 1
    own = lines[above:below]
    spans = letters(own, source, sidecar, kind)
    yield from widened(spans, (own[0].start, own[-1].end), (lines[0].start, lines[-1].end)) if own else spans
    for line in (*lines[:above], *lines[below:]):
        yield Span(
            line.start, line.end, "note", (("type", "source"), ("source", "#source")), rule="sources.note"
        )


def _says(where: str, line: Line) -> bool:
    return len(line.text) <= _LONGEST and bool(_patterns()[where].match(line.text))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))
    return {key: re.compile("|".join(bodies), re.IGNORECASE) for key, bodies in data.items()}
