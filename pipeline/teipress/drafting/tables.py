"""Drawn tables: rows whose columns tabs, bars or wide spaces make (Guidelines 14.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from teipress.drafting.captions import is_caption
from teipress.drafting.columns import columns
from teipress.drafting.lines import Line
from teipress.span import Span

_BORDER: Final = re.compile(r"[|+\-=:─│┼━\s]{3,}")
_TITLE: Final = re.compile(r"^[^\W\d_a-zа-яё][^.:;!?。：；！？]{2,70}$")
_BAR: Final = re.compile(r"[|│┃║]+|\.{4,}|(?:\s?\.\s){3,}|…{2,}")


def table_end(lines: Sequence[Line], at: int, drawn: frozenset[int]) -> int:
    """Give the end of the table that begins at a line; the line itself where none does."""
    stop = at
    while stop < len(lines) and (lines[stop].start in drawn or (stop > at and _is_border(lines[stop]))):
        if stop > at and lines[stop].gap:
            break
        stop += 1
    return stop


def _is_border(line: Line) -> bool:
    return bool(_BORDER.fullmatch(line.text))


def heads_table(lines: Sequence[Line], at: int, drawn: frozenset[int]) -> bool:
    """Tell whether a line is the title of the table below it: a caption, or a few words without a stop."""
    if (
        at + 1 >= len(lines)
        or lines[at + 1].start not in drawn
        or lines[at].start in drawn
        or lines[at + 1].gap > 1
    ):
        return False
    text = lines[at].text
    if is_caption(text):
        return True
    return bool(_TITLE.match(text)) and at > 0 and lines[at].gap > 0


def is_below_table(lines: Sequence[Line], at: int, drawn: frozenset[int]) -> bool:
    """Tell whether a line is the caption of the table above it."""
    if not 0 < at < len(lines) or lines[at].gap > 1 or lines[at - 1].start not in drawn:
        return False
    return is_caption(lines[at].text) and not heads_table(lines, at, drawn)


def table(lines: Sequence[Line], head: Line | None = None, below: Line | None = None) -> Iterator[Span]:
    """Give a table with its rows and cells; what draws it is kept, as a mark. The row above a rule is its heading.

    A caption `below` the rows is a `trailer`, since no `head` may follow them (Guidelines 14.1.1).
    """
    yield Span((head or lines[0]).start, (below or lines[-1]).end, "table", rule="blocks.table")
    if below:
        yield Span(below.start, below.end, "trailer", rule="blocks.table")
    if head:
        yield Span(head.start, head.end, "head", rule="blocks.table")
    body = [at for at, line in enumerate(lines) if not _is_border(line)]
    headed = (
        body[0]
        if len(body) > 1 and body[1] > body[0] + 1 and (len(body) < 3 or body[2] == body[1] + 1)
        else -1
    )
    for number, line in enumerate(lines):
        border = _is_border(line)
        role = (("role", "label"),) if number == headed else ()
        yield Span(line.start, line.end, "row", role, rule="blocks.table")
        for start, end in [(0, len(line.text))] if border else columns(line):
            place = line.start + start
            yield Span(place, line.start + end, "cell", rule="blocks.table")
            marks = (
                [re.compile(r".+", re.DOTALL).match(line.text)]
                if border
                else _BAR.finditer(line.text[start:end])
            )
            for mark in filter(None, marks):
                yield Span(
                    place + mark.start(),
                    place + mark.end(),
                    "metamark",
                    (("function", "rule"),),
                    rule="blocks.table",
                )
