"""Whose line breaks they are: a page's, which come where the next word has no room, or a poet's.

Each line of a wrapped paragraph is as long as the width allows. A line of verse ends before that, or its sentence goes
on over lines that begin with capitals (Guidelines 6.1).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from teipress.drafting.lines import Line
from teipress.scripts import HAN, IDEOGRAPH
from teipress.source import Source
from teipress.span import Span

_ENDS: Final = re.compile(r"[.!?…。！？](?:[”’\"»)\]」』_*]|\[\w+\])*$")
_OPENING: Final = "“\"'«„(–—-‘’「『_*"
_RAGGED: Final = 4  # how much sooner than its width a typist may end a line
_NARROW: Final = 50  # the width below which no prose is wrapped
_CLAUSE: Final = re.compile(f"[{HAN}]+")
LONGEST_HAN: Final = 34  # of a verse line in Chinese
LONGEST: Final = 90  # of a verse line, in characters
_KEPT: Final = frozenset(
    ["salute", "signed", "dateline"]
)  # whose lines are the writer's, as an address's are
_BREAK: Final = re.compile(r"\s*\n\s*")
_LONG: Final = 60  # how wide the page is on which lines of verse are too long


def kept(source: Source, spans: Sequence[Span]) -> Iterator[Span]:
    """Give an `lb` at each line’s end within what a writer set in lines; where a hyphen has one, it stays (3.11.3)."""
    broken = {span.start for span in spans if span.tag == "lb"}
    for span in spans:
        if span.tag not in _KEPT:
            continue
        for end in _BREAK.finditer(source.text, span.start, span.end):
            if span.start < end.start() and end.end() < span.end and end.start() not in broken:
                broken.add(end.start())
                yield Span(end.start(), end.start(), "lb", rule="lines.kept")


def width_of(rows: Sequence[Line]) -> int:
    """Give the width that a text's lines keep to; 0 where some line is longer than any that is wrapped."""
    lengths = sorted(len(row.text) + row.indent for row in rows)
    if not lengths or lengths[-1 - len(lengths) // 50] > 120:
        return 0
    return lengths[-1 - len(lengths) // 50]


def has_room(row: Line, following: Line, width: int) -> bool:
    """Tell whether the next line's first word would have had its place in a line."""
    word = following.text.partition(" ")[0]
    if word >= "\u3040" and IDEOGRAPH.match(word):
        word = word[0]  # a line may end after every sign
    return width <= 0 or len(row.text) + row.indent + 1 + len(word) < width


def _capital(row: Line) -> bool:
    return row.text.lstrip(_OPENING)[:1].isupper()


def is_metrical(rows: Sequence[Line]) -> bool:
    """Tell whether nearly all rows of Chinese are of one metre: so many clauses in each, of four to seven characters.

    A clause alone in its row needs a stop, as the items of a list have none.
    """
    if not rows or not IDEOGRAPH.match(rows[0].text):
        return False
    shapes = Counter(tuple(map(len, _CLAUSE.findall(row.text[:LONGEST_HAN]))) for row in rows)
    shape, count = shapes.most_common(1)[0]
    if len(set(shape)) != 1 or not 4 <= shape[0] <= 7 or count < max(2, 0.8 * len(rows)):
        return False
    stopped = sum(row.text[-1] in "，。；？！、" for row in rows)
    return count * len(shape) >= 4 and (len(shape) > 1 or 2 * stopped >= len(rows))


def in_verse(rows: Sequence[Line], width: int) -> bool | None:
    """Tell whether rows that stand together are verse (True) or prose (False); None where nothing tells.

    `width` is what the whole text keeps to; 0 where a paragraph is a line.
    """
    if is_metrical(rows):
        return True
    short = [row for row in rows if len(row.text) <= LONGEST]
    if not rows or len(rows) - len(short) > 0.2 * len(rows):
        return False if rows else None
    going_on = [(a, b) for a, b in pairwise(short) if a.text[-1].isalnum() or not _ENDS.search(a.text)]
    if not going_on:
        return None
    capital = [_capital(b) for _, b in going_on]
    sure = len(going_on) > 1  # one line may end sooner than it need
    free = [width if large and sure else width - _RAGGED for large in capital]
    roomy = sum(has_room(a, b, limit) for (a, b), limit in zip(going_on, free, strict=True))
    if width < _NARROW:
        return True
    if 2 * roomy >= len(going_on) or (roomy > 0 and sum(capital) >= 0.8 * len(going_on)):
        return True
    return None if roomy or len(going_on) < 2 else False


def settled(votes: Sequence[bool | None], otherwise: bool = False) -> list[bool]:
    """Give every passage a vote: one without its own has that of the nearest, `otherwise` where there is none.

    A text that is in verse but for a few passages is all in verse.
    """
    verse = sum(vote is True for vote in votes)
    if verse >= 8 and verse >= 0.95 * sum(vote is not None for vote in votes):
        return [True] * len(votes)
    distances: list[tuple[int, bool]] = [(len(votes) + 1, otherwise)] * len(votes)
    for order in (range(len(votes)), range(len(votes) - 1, -1, -1)):
        last: tuple[int, bool] | None = None
        for at in order:
            vote = votes[at]
            last = (0, vote) if vote is not None else (last[0] + 1, last[1]) if last else None
            if last and last[0] < distances[at][0]:
                distances[at] = last
    return [vote for _, vote in distances]


def turned_over(rows: Sequence[Line]) -> list[Line]:
    """Give the lines of verse, those joined that were too long for the page and go on set in."""
    width = width_of(rows)
    if width < _LONG:
        return list(rows)
    firsts: list[Line] = []
    lines: list[list[Line]] = []
    deeper = full = small = 0
    for row in rows:
        above = lines[-1][-1] if lines else None
        if above is not None and row.gap <= 0 and row.indent > firsts[-1].indent + 1:
            deeper += 1
            if len(lines[-1]) > 1 or not has_room(above, row, width - 2):
                full += 1
                small += row.text[:1].islower()
                lines[-1].append(row)
                continue
        firsts.append(row)
        lines.append([row])
    if full < 2 or full < 0.8 * deeper or small < 0.6 * full:
        return list(rows)
    return [
        replace(line[0], end=line[-1].end, text="\n".join(row.text for row in line))
        if len(line) > 1
        else line[0]
        for line in lines
    ]
