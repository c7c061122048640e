"""Whether a text is verse: by its line breaks, its capitals within the sentence, its stanzas (Guidelines 6.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from teipress.drafting.linebreaks import LONGEST, LONGEST_HAN, has_room, is_metrical, turned_over, width_of
from teipress.drafting.lines import Line
from teipress.drafting.poems import CLOSED, is_lyric, is_number, names_poet, names_tune, stanzas, value_of
from teipress.scripts import IDEOGRAPH

_TURN: Final = re.compile(r"[—–-]\s?[^\W\d_¿¡]|[—–]\s?[¿¡]")
_SMALL: Final = frozenset(["la", "grc", "el"])  # languages whose verse is printed with small letters
_STOPS: Final = (".", "!", "?", "…", "。", "！", "？")
_OPENING: Final = "“\"'«„(–—-‘’|: "  # a sign of repetition too: “|: Hoch soll er leben! :|”
_SHORT: Final = 60
_DIGIT: Final = re.compile(r"\d")
_OPEN: Final = re.compile(r"[^.!?:…。！？”\"»)]$")


def evidence(everything: Sequence[Line], width: int, code: str) -> str:
    """Say what marks the lines of a text, wrapped at `width` or not (0), as verse; "" where nothing does."""
    if _is_hanging_verse(everything):
        return "its lines are too long for the page, and go on set in"
    if code.startswith("zh") and _has_lyrics(everything):
        return "the names of tunes stand above their words"
    if code.startswith("zh") and _is_in_metre(everything):
        return "its lines are of one metre"
    groups = [group for group in stanzas(everything) if len(group) >= 2]
    rows = [row for group in groups for row in group]
    named = sum(is_number(row) for row in everything)
    if len(rows) < 4 or len(rows) < 0.6 * (len(everything) - named) or width > 75:
        return ""
    if sum(bool(_TURN.match(row.text)) for row in rows) * 3 >= len(rows):  # a dialogue
        return ""
    if (
        max(len(row.text) for row in everything if not _is_aside(row)) > LONGEST
        or median(len(row.text) for row in rows) < 5
    ):
        return ""
    open_ends = _open_ends(groups)
    if code.startswith(("zh", "ja")):
        long = sum(len(row.text) > LONGEST_HAN for row in rows)
        if long * 6 > len(rows):
            return ""
        rows = [row for row in rows if len(row.text) <= LONGEST_HAN]  # without the prefaces
        followed = zip(groups, [groups[at : at + 1] for at in range(1, len(groups) + 1)], strict=True)
        rows = [row for group, below in followed if not names_poet(group, below) for row in group]
        closed = sum(row.text.endswith(CLOSED) for row in rows)
        is_even = len({len(row.text) for row in rows}) <= 3
        return "its lines are short and of like length" if closed * 2 > len(rows) or is_even else ""
    if code.partition("-")[0] in _SMALL and open_ends and _has_room(groups, width_of(everything)):
        return "its lines end before the page ends them"
    enough = len(open_ends) >= 2 or len(rows) >= 0.8 * len(everything)
    if open_ends and enough and _capitals(open_ends) >= 0.7 * len(open_ends):
        return "its lines begin with capitals within the sentence"
    if _breaks_early(everything, open_ends):
        return "its lines end before the page ends them"
    lengths = [len(row.text) for row in rows]
    if max(lengths) <= 60 and median(lengths) <= 40 and len(groups) >= 2 and not width:
        return "its lines are short and stand in stanzas"
    return ""


def _has_lyrics(rows: Sequence[Line]) -> bool:
    """Tell whether Chinese lyrics stand under the names of their tunes, a stanza a paragraph."""
    return any(map(names_tune, rows)) and 2 * sum(map(is_lyric, rows)) >= len(rows)


def _open_ends(groups: Sequence[Sequence[Line]]) -> list[Line]:
    """Give the rows that go on with the sentence of the row above them."""
    return [b for group in groups for a, b in pairwise(group) if not a.text.endswith(_STOPS)]


def _capitals(rows: Sequence[Line]) -> int:
    return sum(row.text.lstrip(_OPENING)[:1].isupper() for row in rows)


def _has_room(groups: Sequence[Sequence[Line]], width: int) -> bool:
    """Tell whether lines, three at least, often end where the next word had had its place."""
    inner = [pair for group in groups for pair in pairwise(group)]
    return len(inner) >= 3 and 4 * sum(has_room(a, b, width) for a, b in inner) >= len(inner)


def _is_in_metre(everything: Sequence[Line]) -> bool:
    """Tell whether most lines of a Chinese text are of one metre."""
    pointed = [row for row in everything if len(row.text) <= LONGEST_HAN and row.text[-1] in "，。；？！、"]
    return 2 * len(pointed) >= len(everything) and is_metrical(pointed)


def _is_aside(row: Line) -> bool:
    """Tell whether a row stands apart in brackets: to whom a poem is dedicated, or what it is about."""
    return row.text[0] in "([" and row.text.rstrip(".")[-1:] in (")", "]")


def _breaks_early(everything: Sequence[Line], open_ends: Sequence[Line]) -> bool:
    """Tell whether most lines end, within their sentences, where the next words had had much room: free verse."""
    short = max(len(row.text) for row in everything) <= 60
    small = sum(row.text[:1].islower() for row in open_ends)
    return short and small >= 3 and not any(_DIGIT.search(row.text) for row in open_ends)


def is_sure(rows: Sequence[Line]) -> bool:
    """Tell whether nearly all of a text is verse that no address or dateline is: stanzas of sentences that run on."""
    several = [group for group in stanzas(rows) if len(group) >= 2]
    if rows and all(len(row.text) <= LONGEST_HAN for row in rows) and IDEOGRAPH.search(rows[0].text):
        lines = [row for group in several if len(group) >= 3 for row in group]
        return len(several) >= 3 and len(lines) >= max(8, 0.5 * len(rows))
    groups = [group for group in several if len(group) >= 3]
    lines = [row for group in groups for row in group]
    if _is_counted(rows, several):
        return True
    if (
        len(lines) < 8
        or len(lines) < max(0.75 * sum(map(len, several)), 0.4 * len(rows))
        or max(len(row.text) for row in rows) > LONGEST
    ):
        return False
    usual = median(len(row.text) for row in lines)
    if usual < 20 or sum(len(row.text) < 0.4 * usual for row in lines) * 10 > len(lines):
        return False  # the lines of an address are as unlike as can be
    open_ends = _open_ends(groups)
    return 2 * len(open_ends) >= len(lines) and _capitals(open_ends) >= 0.9 * len(open_ends)


def _is_counted(rows: Sequence[Line], several: Sequence[Sequence[Line]]) -> bool:
    """Tell whether short lines that break within sentences stand under titles with numbers that rise: free verse."""
    numbers = [value_of(group[0].text) for group in stanzas(rows) if len(group) == 1]
    numbers = [number for number in numbers if number]
    small = [row for row in _open_ends(several) if row.text[0].islower() and not _DIGIT.search(row.text)]
    counted = len(numbers) > 1 and all(b == a + 1 for a, b in pairwise(numbers))
    return counted and len(small) >= 3 and max(len(row.text) for row in rows) <= _SHORT


def _is_hanging_verse(rows: Sequence[Line]) -> bool:
    """Tell whether a text is verse in long lines: what goes on is set in, and sentences run over the lines."""
    lines = turned_over(rows)
    if len(lines) < 4 or len(rows) < len(lines) + 3:
        return False
    inner = [(a, b) for a, b in pairwise(lines) if b.gap <= 0]
    if 3 * len(inner) < len(lines) or sum(bool(_DIGIT.search(row.text)) for row in lines) * 5 > len(lines):
        return False
    return 4 * sum(bool(_OPEN.search(a.text)) for a, _ in inner) >= len(inner)
