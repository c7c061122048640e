"""Verse: one poem or a book of them, with titles, mottos, stanzas, refrains, and what stands below (Guidelines 6).

`poems.py` tells what each group of rows is; here the poems get their levels, and their elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from teipress.drafting.blocks import ornament, rule
from teipress.drafting.datelines import is_dateline, is_name
from teipress.drafting.epigraphs import epigraph
from teipress.drafting.headings import is_numbered_part, matches
from teipress.drafting.linebreaks import turned_over
from teipress.drafting.lines import Line, layout
from teipress.drafting.poems import (
    Piece,
    is_byline,
    label_of,
    patterns,
    pieces,
    refrains,
    value_of,
)
from teipress.drafting.titlepage import is_colophon
from teipress.edition import Sidecar
from teipress.scripts import YEAR
from teipress.source import Source
from teipress.span import Span

_BESIDE: Final = re.compile(r"\s{2,}[(\[]?(\d{1,4})[)\]]?$")  # a line's number, in the margin
_WORD: Final = re.compile(r"[^\W\d_]*[^\W\d_IVXLCivxlc]")
#: When a poet was born and died: “Joh. Chr. Weidner, 1688—1741.”
_LIVED: Final = re.compile(r"[^\W\d_]{3}[,.]? [(\[]?1[0-9]\d\d\s?[—–-]\s?1[0-9]\d\d[)\]]?\.?$")
_BEFORE: Final = re.compile(r"^[(\[]?(\d{1,4})[)\]]?\s{2,}(?=\S)")
_STANZA: Final = 13  # the most lines of a stanza that has its number above it, and is no poem of its own


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of a poem, or of several under one title."""
    shape = layout(source)
    rows = turned_over(shape.rows)
    if len(rows) > 1 and (matches("ends", rows[-1].text) or (rows[-1].gap and is_colophon(rows[-1]))):
        last = rows.pop()
        yield Span(last.start, last.end, "trailer", rule="verse.end")
    if rows:
        end = max([rows[-1].end, *(mark.end for mark in shape.marks if mark.tag == "note")])
        yield from _Book(pieces(rows, source.language), source.language, end).spans()


@dataclass
class _Part:
    """A title with what belongs to it, and the pieces of verse under it. Level 0 is the book's, 3 a poem's part."""

    level: int
    kind: str
    heads: list[Piece] = field(default_factory=list)
    below: list[Piece] = field(default_factory=list)
    closed: bool = False  # whether it is said there where and when it was written, or by whom

    def add(self, piece: Piece) -> None:
        """Put a piece below the title."""
        self.below.append(piece)
        self.closed = self.closed or piece.kind == "closing"

    @property
    def all(self) -> list[Piece]:
        return [*self.heads, *self.below]


_ABOVE: Final = frozenset(["title", "number", "sub", "byline", "epigraph", "argument", "salute"])
_LEVELS: Final = ("collection", "section", "poem", "part")


class _Book:
    """The poems of a text, in divisions by the levels of their titles."""

    def __init__(self, found: Sequence[Piece], code: str, end: int) -> None:
        self.code = code
        self.end = end
        self.margin = min((row.indent for p in found if p.kind == "stanza" for row in p.rows), default=0)
        self.parts = list(_leveled(_merged(_poems(found))))
        stanzas = [[piece.rows for piece in part.below if piece.kind == "stanza"] for part in self.parts]
        self.numbered = any(map(_stanza_labels, stanzas))

    def spans(self) -> Iterator[Span]:
        """Give a `div` for each part, lower ones inside higher ones."""
        for at, part in enumerate(self.parts):
            later = at + 1
            while later < len(self.parts) and self.parts[later].level > part.level:
                later += 1
            inside = [piece for one in self.parts[at:later] for piece in one.all]
            kind = (("type", part.kind),)
            end = inside[-1].end if later < len(self.parts) else self.end
            yield Span(inside[0].start, end, "div", kind, rule=f"verse.{part.kind}")
            yield from self._heads(part.heads)
            yield from self._verse(part.below, later > at + 1)

    def _heads(self, heads: Sequence[Piece]) -> Iterator[Span]:
        first = True
        for piece in heads:
            if piece.kind in ("title", "number", "sub"):
                for start, end in _head_lines(piece.rows, self.code):
                    named = not first and any(
                        is_byline(row, self.code) for row in piece.rows if row.start == start
                    )
                    kind = () if first or named else (("type", "sub"),)
                    yield Span(start, end, "byline" if named else "head", kind, rule="verse.head")
                    first = False
            elif piece.kind == "byline":
                yield Span(piece.start, piece.end, "byline", rule="verse.byline")
            elif piece.kind == "argument":
                yield Span(piece.start, piece.end, "argument", rule="verse.argument")
                yield Span(piece.start, piece.end, "p", rule="verse.argument")
            elif piece.kind == "salute":
                yield Span(piece.start, piece.end, "opener", rule="verse.opener")
                yield Span(piece.start, piece.end, "salute", rule="verse.opener")
            else:
                yield from epigraph(piece.rows)

    def _verse(self, below: Sequence[Piece], nested: bool) -> Iterator[Span]:
        groups = [piece.rows for piece in below if piece.kind == "stanza"]
        returning = refrains(groups) if len(groups) > 1 else {}
        labels = _stanza_labels(groups)
        if self.numbered and groups and value_of(groups[0][0].text) == 1:
            labels |= {0}
        beside = _margin_numbers(groups)
        number = -1
        closed = False
        for at, piece in enumerate(below):
            head = below[at - 1] if at and below[at - 1].kind == "number" else None
            if piece.kind == "stanza":
                number += 1
                yield from self._stanza(piece, head, returning.get(number), number in labels, beside)
            elif piece.kind == "rule":
                yield from (rule(piece.rows[0]) if closed or nested else ornament(piece.rows[0]))
            elif piece.kind == "note":
                said = (("type", "source"), ("source", "#source"))
                yield Span(piece.start, piece.end, "note", said, rule="verse.note")
            elif piece.kind == "closing":
                closed = True
                yield from self._closing(piece)

    def _closing(self, piece: Piece) -> Iterator[Span]:
        yield Span(piece.start, piece.end, "closer", rule="verse.closer")
        for row in piece.rows:
            tag = "dateline" if self._is_dated(row) else "signed"
            yield Span(row.start, row.end, tag, rule="verse.closer")

    def _is_dated(self, row: Line) -> bool:
        if self.code.startswith("zh"):
            return bool(re.search(r"[\d年月日，]", row.text))
        if _LIVED.search(row.text):
            return False
        if is_dateline(row, self.code) or re.search(rf"\b{YEAR}\b", row.text):
            return True
        return "," in row.text and not is_name(row) and not row.text.isupper()

    def _stanza(
        self, piece: Piece, head: Piece | None, refrain: int | None, labelled: bool, beside: frozenset[int]
    ) -> Iterator[Span]:
        """Give a stanza and its refrain, which is a group of its own (Guidelines 6.2)."""
        rows, kind = piece.rows, (("type", "stanza"),)
        stop = len(rows) if refrain is None else refrain
        margin = rows[0].indent + label_of(rows[0])[1] if labelled else self.margin
        if stop:
            start = head.start if head else rows[0].start
            yield Span(start, rows[stop - 1].end, "lg", kind, rule="verse.stanza")
            if head:
                yield Span(head.start, head.end, "head", rule="verse.head")
            yield from self._lines(rows[:stop], labelled, beside, margin)
        if stop < len(rows):
            kind = (("type", "refrain"),)
            start = head.start if head and not stop else rows[stop].start
            yield Span(start, rows[-1].end, "lg", kind, rule="verse.refrain")
            yield from self._lines(rows[stop:], labelled and not stop, beside, margin)

    def _lines(
        self, rows: Sequence[Line], labelled: bool, beside: frozenset[int], margin: int
    ) -> Iterator[Span]:
        """Give the lines of a stanza; a number beside one is its own, and printed there for the reader's sake."""
        for at, row in enumerate(rows):
            start = row.start
            indent = (row.indent - margin + 1) // 2
            if not at and labelled and (label := label_of(row))[1]:
                yield Span(start, start + label[0], "label", rule="verse.label")
                start += label[1]
                indent = 0
            elif not at and len(rows) > 1 and patterns()["refrain"].fullmatch(row.text):
                yield Span(start, row.end, "head", rule="verse.head")
                continue
            rend = (("rend", f"indent{min(indent, 9)}"),) if indent > 0 else ()
            number = _BESIDE.search(row.text) if row.text[-1].isdecimal() or row.text[-1] in ")]" else None
            left = _BEFORE.match(row.text) if row.start in beside else None
            n = (("n", number[1]),) if number else (("n", left[1]),) if left else ()
            yield Span(start, row.end, "l", (*n, *(rend if not left else ())), rule="verse.line")
            for match, place in ((number, "right"), (left, "left")):
                if match:
                    printed = (("type", "lineNum"), ("place", place))
                    first = row.start + match.start(1)
                    yield Span(first, first + len(match[1]), "fw", printed, rule="verse.number")


def _head_lines(rows: Sequence[Line], code: str) -> Iterator[tuple[int, int]]:
    """Give the headings of a group: lines that go on with a small letter are one."""
    if len(rows) > 1 and any(row.text[:1].islower() for row in rows[1:]) and not is_byline(rows[1], code):
        first = 1 if rows[0].text.isupper() else 0
        if first:
            yield rows[0].start, rows[0].end
        yield rows[first].start, rows[-1].end
        return
    for row in rows:
        yield row.start, row.end


# From pieces to poems, and their levels.


def _poems(found: Sequence[Piece]) -> Iterator[_Part]:
    """Give the poems in their order, each with what stands above it and below it."""
    poem = _Part(2, "poem")
    for piece in found:
        above = piece.kind in _ABOVE
        if (above and poem.below) or (piece.kind == "stanza" and poem.closed):
            yield poem
            poem = _Part(2, "poem")
        (poem.heads.append if above else poem.add)(piece)
    yield poem


def _merged(poems: Iterator[_Part]) -> Iterator[_Part]:
    """Make stanzas of one poem of what has only numbers above it, the first under a title, or a word (`lg/head`).

    A word such as “Envoi” heads a stanza of the poem above it, whether others have numbers or not.
    """
    whole: _Part | None = None
    counted = False
    for poem in poems:
        label = poem.heads[-1].rows[0].text if poem.heads and poem.heads[-1].kind == "number" else ""
        labelled = bool(label) and _is_stanza(poem)
        is_first = value_of(f"{label} x") == 1
        is_word = bool(_WORD.match(label))
        if labelled and len(poem.heads) == 1 and whole and not whole.closed and (counted or is_word):
            for piece in poem.all:
                whole.add(piece)
            continue
        if whole:
            yield whole
        counted = labelled and len(poem.heads) > 1 and (is_first or is_word)
        whole = poem
        if counted:
            whole = _Part(2, "poem", poem.heads[:-1], [poem.heads[-1], *poem.below], poem.closed)
    if whole:
        yield whole


def _is_stanza(poem: _Part) -> bool:
    groups = [piece.rows for piece in poem.below if piece.kind == "stanza"]
    others = [group for group in groups[1:] if not value_of(group[0].text)]
    return bool(groups) and len(groups[0]) <= _STANZA and not others


def _leveled(poems: Iterator[_Part]) -> Iterator[_Part]:
    """Give each title its level: the book's, a section's, a poem's or a part's; lines under a title are of it."""
    found = list(poems)
    titles = [_titles(poem.heads) for poem in found]
    named = [[heads for kind, heads in units if kind != "number"] for units in titles]
    named = [_with_subtitles(heads, _style(named[1:])) for heads in named]
    later = [len(heads) for heads in named[1:] if heads]
    alone = (
        bool(found) and found[0].closed and len(found) > 1 and len(named[0]) > 1
    )  # of the poems that has a title
    together = min(later, default=int(alone))
    in_sections = any(count > together for count in later)
    counted = all(value_of(heads[-1][0].rows[0].text) for heads in named if heads)
    for at, (poem, units) in enumerate(zip(found, titles, strict=True)):
        numbers = [heads for kind, heads in units if kind == "number"]
        outer = named[at][:-together] if together else []
        own = named[at][len(outer) :]
        numbered = len(outer) > 1 and is_numbered_part(outer[-1][0].rows[0].text)
        section = outer[-1:] if in_sections or at or numbered else []
        book = outer[: len(outer) - len(section)]
        if section and not book and not at:
            book, section = _split(section)
        begun = [(level, heads) for level, heads in enumerate((book, section, own, numbers)) if heads]
        if not begun:
            yield _Part(2, "poem", poem.heads, poem.below)
        for number, (level, heads) in enumerate(begun, 1):
            level = 2 if level == 3 and counted else level
            flat = [piece for unit in heads for piece in unit]
            yield _Part(level, _LEVELS[level], flat, poem.below if number == len(begun) else [])


_Titles = list[list[Piece]]


def _style(named: Sequence[_Titles]) -> bool | None:
    """Tell whether titles of poems are in capitals (True) or not (False); None where some are and others are not."""
    loud = {heads[-1][0].rows[0].text.isupper() for heads in named if len(heads) == 1}
    return loud.pop() if len(loud) == 1 else None


def _with_subtitles(heads: _Titles, loud: bool | None) -> _Titles:
    """Make of what stands under a title in another style than titles have its second line."""
    found = list(heads)
    while loud is not None and len(found) > 1 and found[-1][0].rows[0].text.isupper() is not loud:
        *found, above, last = found
        found.append([*above, *last])
    return found if any(head[0].rows[0].text.isupper() is loud for head in found) else list(heads)


def _split(section: _Titles) -> tuple[_Titles, _Titles]:
    """Part the book's title from the first section's, which may stand right under it."""
    first, *rest = section[0]
    if len(first.rows) < 2:
        return [], list(section)
    return [[replace(first, rows=first.rows[:-1])]], [[replace(first, rows=first.rows[-1:]), *rest]]


def _titles(heads: Sequence[Piece]) -> list[tuple[str, list[Piece]]]:
    """Group what stands above a poem: each title with what goes with it, a number with the title under it."""
    found: list[tuple[str, list[Piece]]] = []
    for piece in heads:
        if piece.kind not in ("title", "number") and found:
            found[-1][1].append(piece)
        elif piece.kind == "title" and found and found[-1][0] == "number" and len(found[-1][1]) == 1:
            found[-1] = ("title", [*found[-1][1], piece])
        else:
            found.append((piece.kind, [piece]))
    return found


def _stanza_labels(groups: Sequence[Sequence[Line]]) -> frozenset[int]:
    """Give the stanzas whose first line begins with their number: two at least, and the numbers rise."""
    numbered = [(at, value_of(group[0].text)) for at, group in enumerate(groups)]
    numbered = [(at, value) for at, value in numbered if value]
    values = [value for _, value in numbered]
    rising = all(a < b <= a + 9 for a, b in pairwise(values))
    return frozenset(at for at, _ in numbered) if len(values) >= 2 and rising else frozenset()


def _margin_numbers(groups: Sequence[Sequence[Line]]) -> frozenset[int]:
    """Give the starts of the lines that have their number before them: they count as the lines do, by fives or so."""
    rows = [row for group in groups for row in group]
    found = [
        (at, int(match[1]), row.start) for at, row in enumerate(rows) if (match := _BEFORE.match(row.text))
    ]
    counted = all(b[1] - a[1] == b[0] - a[0] > 1 for a, b in pairwise(found))
    return frozenset(start for _, _, start in found) if len(found) >= 2 and counted else frozenset()
