"""Drafting gives a source its structure (div, p, sp, quote …) as spans over its text.

To add a genre, write a module here with `structure(source: Source, sidecar: Sidecar) -> Iterator[Span]`, name it
in `GENRES`, and say in `guess` what it is known by. Of two spans over the same range the outer is given first;
text that no span claims becomes a paragraph, so a genre cannot lose a word.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

from lxml import etree

from teipress.drafting import (
    article,
    diary,
    drama,
    front,
    letter_evidence,
    minutes,
    paper,
    plain,
    verse,
    verse_evidence,
)
from teipress.drafting.frames import holding_ornaments, widened
from teipress.drafting.letter import salutes
from teipress.drafting.linebreaks import kept
from teipress.drafting.lines import Layout, Line, layout
from teipress.drafting.phrases import with_phrases
from teipress.drafting.sources import letters_with_sources
from teipress.drafting.tree import build
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span

Genre = Callable[[Source, Sidecar], Iterator[Span]]

GENRES: Final[dict[str, Genre]] = {
    "letter": partial(letters_with_sources, kind="letter"),
    "paper": paper.structure,
    "diary": diary.structure,
    "minutes": minutes.structure,
    "drama": drama.structure,
    "verse": verse.structure,
    "article": article.structure,
    "plain": plain.structure,
}


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles from going through a draft again and again: it makes many objects and no cycle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def draft(source: Source, sidecar: Sidecar, genre: str) -> etree._Element:
    """Make the first TEI tree of a source: its `text` element.

    A genre that has no module of its own yet is drafted as plain paragraphs.
    """
    before, rest = front.parted(source)
    shape = layout(rest)
    drafted = list(_with_foot(GENRES.get(genre, plain.structure)(rest, sidecar), shape))
    own = holding_ornaments(drafted, source.text)
    grouped = any(span.tag == "group" for span in own)
    body = (
        [Span(before[0].end, len(source.text), "body", rule="front.body")] if before and not grouped else []
    )
    spans = [_of_the_source(span) for span in (*before, *body, *own, *shape.marks)]
    return build(source, with_phrases(source, [*spans, *kept(source, spans)]))


def _of_the_source(span: Span) -> Span:
    """Say of a note that it is the source's: one without @source would be this edition's, and no wording."""
    return span.having({"source": "#source"}) if span.tag == "note" and not span.get("source") else span


def _with_foot(spans: Iterable[Span], shape: Layout) -> Iterator[Span]:
    """Give the spans; notes and the number of a page below the last paragraph are within the last text's `div`."""
    last = shape.paragraphs[-1].end if shape.paragraphs else 0
    foot = max((mark.end for mark in shape.marks if mark.start >= last), default=last)
    return widened(spans, (-1, last), (-1, foot))


_SAMPLE: Final = 600  # lines at the beginning that are looked at to tell a genre
_TAIL: Final = 8
_TITLE: Final = 3  # lines of a title page that may say what the book is


@_uncollected()
def guess(source: Source) -> tuple[str, str]:
    """Tell the genre of a source by its beginning and its end, and the reason; a book's is told by its text."""
    top = layout(source).paragraphs[:_TITLE]
    before, source = front.parted(source)
    shape, code = layout(source), source.language
    rows = _sample(shape.rows)
    lines = [line for line in _sample(shape.paragraphs) if line.start not in shape.drawn]
    titled = article.says_what_it_is(lines) if shape.paragraphs else ""
    if titled and (
        letter_evidence.heads_letter(lines[0], titled, code)
        or letter_evidence.is_petition(lines[:_TAIL], code)  # “from Citizen Zaitseva” is no byline there
    ):
        titled = ""
    greets = any(
        line.text.endswith(("!", ",")) and (line.gap or not at) and salutes(line, code)
        for at, line in enumerate(lines[:6])
    )
    sure = verse_evidence.is_sure(rows) and not greets
    told: list[tuple[str, Callable[[], str]]] = [
        ("minutes", lambda: minutes.evidence(lines)),
        ("drama", lambda: drama.evidence([*(top if before else ()), *_sample(shape.paragraphs)])),
        ("verse", lambda: verse_evidence.evidence(rows, shape.width, code) if sure else ""),
        ("paper", lambda: "" if titled else paper.evidence(lines, code)),
        ("diary", lambda: "" if letter_evidence.is_no_diary(lines, code) else diary.evidence(lines, code)),
        ("minutes", lambda: minutes.dialogue(lines)),
        ("letter", lambda: "" if titled or before else letter_evidence.evidence(lines, code)),
        ("minutes", lambda: minutes.titled(lines)),
        ("letter", lambda: "" if titled or before else letter_evidence.dated(lines, code)),
        ("verse", lambda: verse_evidence.evidence(rows, shape.width, code)),
    ]
    for genre, evidence in told:
        if reason := evidence():
            return genre, reason
    if titled:
        return "article", f"it says what it is: “{titled[:40]}”"
    if article.is_article(lines):
        return "article", "a title stands above paragraphs of prose"
    if before:
        return "article", "a title page stands before it"
    return "plain", "nothing marks it as another genre"


def _sample(lines: Sequence[Line]) -> list[Line]:
    if len(lines) <= _SAMPLE + _TAIL:
        return list(lines)
    return [*lines[:_SAMPLE], *lines[-_TAIL:]]
