"""Verse inside prose: the stanza that an essay or a diary quotes (Guidelines 3.3.3, 6.1).

Short lines that begin with capitals may as well be an address or a list. So more is asked for: that they are announced
or set in, or that they rhyme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from teipress.drafting.linebreaks import has_room, is_metrical
from teipress.drafting.lines import Layout, Line
from teipress.drafting.quotations import refers
from teipress.scripts import IDEOGRAPH
from teipress.span import Span

_LONGEST: Final = 75
_MOST: Final = 60  # lines of a stanza
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_OPENING: Final = "“\"'«„(–—-‘’「『_*"
_STOPS: Final = tuple('.,;:!?…—–”’"»')
_STOPPED: Final = (".", "!", "?", "…", "。", "！", "？", "”", "»", "“", '"')
_NO_VERSE: Final = re.compile(r"\d|[@=|\t]|\s{4,}|[^\W\d_]{2,}\s?[:：]\s")


def stanzas_end(lines: Sequence[Line], at: int, shape: Layout) -> int:
    """Give the end of the stanzas that begin at a line; the line itself where none does."""
    stop = _stanza_end(lines, at, shape, None)
    first = lines[at:stop]
    while stop > at and stop < len(lines) and lines[stop].gap == 1:
        following = _stanza_end(lines, stop, shape, first)
        if following == stop:
            break
        stop = following
    return stop


def _stanza_end(lines: Sequence[Line], at: int, shape: Layout, first: Sequence[Line] | None) -> int:
    """Give the end of one stanza; after a `first`, what looks like it is the next."""
    if len(lines[at].text.partition("\n")[0].rstrip()) > _LONGEST:
        return at
    above = lines[at - 1].text if at else ""
    if at and lines[at].gap == 0 and len(above) <= _LONGEST and not above.endswith((":", "：")):
        return at  # within what was looked at already
    stop = at + 1
    while stop < len(lines) and lines[stop].gap == 0 and len(lines[stop].text) <= _LONGEST:
        if _is_last(lines, stop) and refers(lines[stop]):
            break  # says where the verse is from
        stop += 1
        if stop - at > _MOST:
            return at
    if stop == at + 1 and "\n" not in lines[at].text:
        return at  # a row alone is no stanza
    rows = shape.rows_of(lines[at:stop])
    announced = at > 0 and lines[at - 1].text.rstrip("”»\"'").endswith((":", "："))
    if first is not None:
        like = (
            abs(len(rows) - len(shape.rows_of(first))) <= 2
            and rows[0].indent == shape.rows_of(first)[0].indent
        )
        return stop if like and _has_form(rows, shape.width) and len(rows) > 1 else at
    return stop if _is_verse(rows, shape, announced) else at


def _is_last(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is the last of those that stand together."""
    return at + 1 == len(lines) or lines[at + 1].gap > 0


def _has_form(rows: Sequence[Line], width: int, announced: bool = False) -> bool:
    """Tell whether rows have the outer form of verse: short, with capitals, ended before the page ends them.

    Of rows that are `announced` fewer need a stop: none, if they are as long as verses are.
    """
    if max(len(row.text) for row in rows) > _LONGEST or any(_NO_VERSE.search(row.text) for row in rows):
        return False
    if IDEOGRAPH.search(rows[0].text):
        return all(
            (len(row.text) <= 34 and row.text[-1] in "，。；？！、」』…")
            or len(row.text) == len(rows[0].text)
            for row in rows
        )
    words = sum(len(row.text.split()) for row in rows)
    stopped = sum(row.text.endswith(_STOPS) for row in rows)
    unstopped = 3 * stopped < len(rows) and not (announced and words >= 5 * len(rows))
    if words < 3.5 * len(rows) or (unstopped and not (len(rows) > 3 and rhymes(rows))):
        return False  # the items of a list
    capitals = sum(row.text.lstrip(_OPENING)[:1].isupper() for row in rows)
    roomy = sum(has_room(a, b, width) for a, b in pairwise(rows))
    return capitals >= 0.8 * len(rows) and 2 * roomy >= len(rows) - 1


def _is_verse(rows: Sequence[Line], shape: Layout, announced: bool) -> bool:
    if is_metrical(rows):
        return True
    if len(rows) < 2 or not _has_form(rows, shape.width, announced):
        return False
    margin = shape.margin
    set_in = min(row.indent for row in rows) >= margin + 2
    flows = sum(not row.text.endswith((".", "!", "?", ";", "。", "！", "？")) for row in rows[:-1])
    if announced and set_in:
        return True
    if len(rows) < 4:
        return flows > 0 and ((set_in and len(rows) > 2) or ((announced or set_in) and _goes_on(rows)))
    flowing = 2 * flows >= len(rows) - 1
    return (
        (announced and flowing) or (set_in and flowing) or (rhymes(rows) and (flowing or announced or set_in))
    )


def _goes_on(rows: Sequence[Line]) -> bool:
    """Tell whether what two or three rows say ends with the last of them, and not with each."""
    return not rows[0].text.endswith((".", "!", "?", ";", "。", "；", "！", "？")) and rows[-1].text.endswith(
        _STOPPED
    )


def rhymes(rows: Sequence[Line]) -> bool:
    """Tell whether most rows end like one of the three rows before or after them."""
    ends = []
    for row in rows:
        words = _LETTERS.findall(row.text)
        ends.append(words[-1].casefold() if words else "")
    alike = [_partners(ends, letters) for letters in (2, 3)]
    return alike[0] * 2 >= len(rows) and alike[1] * 3 >= len(rows)


def _partners(ends: list[str], letters: int) -> int:
    """Count the words that have as many last letters in common with another of the three before or after them."""
    return sum(
        any(
            other != end and end[-letters:] == other[-letters:]
            for other in ends[max(0, at - 3) : at] + ends[at + 1 : at + 4]
            if other
        )
        for at, end in enumerate(ends)
        if end
    )


def stanzas(lines: Sequence[Line], shape: Layout) -> Iterator[Span]:
    """Give stanzas with their lines."""
    at = 0
    while at < len(lines):
        stop = at + 1
        while stop < len(lines) and lines[stop].gap == 0:
            stop += 1
        rows = shape.rows_of(lines[at:stop])
        margin = min(row.indent for row in rows)
        yield Span(lines[at].start, lines[stop - 1].end, "lg", rule="stanzas.stanza")
        for row in rows:
            indent = (row.indent - margin + 1) // 2
            rend = (("rend", f"indent{min(indent, 9)}"),) if indent > 0 else ()
            yield Span(row.start, row.end, "l", rend, rule="stanzas.line")
        at = stop
