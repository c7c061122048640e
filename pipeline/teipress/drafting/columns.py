"""The columns that tabs, bars or wide spaces draw, and the lines that are rows of such a table (Guidelines 14.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from teipress.drafting.lines import Line

_BORDERS: Final = "|+┌┬┐├┼┤└┴┘│"  # what such a rule begins with
_BORDER: Final = re.compile(rf"[{_BORDERS}][|+\-=:─━┬┼┴│\s]*[|+┐┤┘│]")  # what rules a table
_BAR: Final = re.compile(r"[|│┃║]")
_DRAWN: Final = re.compile(r"[\t|│┃║]")
_WIDE: Final = re.compile(r"\s\s\s|\u3000\u3000")
#: Dots that lead to a figure.
LEADER: Final = r"(?:\.{4,}|(?:\s?\.\s){3,}|…{2,})(?=\s*[£$€]?\s?[\d—–½¼¾])"
_COLUMN: Final = re.compile(rf"\s*{LEADER}\s*|(?:\s{{3,}}[|│┃║]?|\s{{0,2}}[|│┃║])\s*|\t+|\u3000{{2,}}")


def columns(line: Line) -> list[tuple[int, int]]:
    """Give the ranges of the columns that tabs, bars, dots or wide space draw in a line's text; some may be empty."""
    found: list[tuple[int, int]] = []
    at = 0
    for match in _COLUMN.finditer(line.text):
        bar = match[0].strip()
        if match.start() > at or bar:
            found.append((at, match.end() if bar else match.start()))
        at = match.end()
    if at < len(line.text):
        found.append((at, len(line.text)))
    if len(found) > 1 and _BAR.fullmatch(line.text[: found[0][1]].strip()):
        found[:2] = [(0, found[1][1])]  # the bar at the edge belongs to the cell beside it
    return found


def drawn_rows(lines: Sequence[Line]) -> frozenset[int]:
    """Give the starts of the lines that are rows of a drawn table: three in a row with the same columns."""
    found: set[int] = set()
    run: list[Line] = []
    count = rows = 0
    for line in (*lines, None):
        if line and line.text[0] in _BORDERS and _BORDER.fullmatch(line.text) and (line.gap <= 0 or not run):
            run.append(line)
            continue
        number = len(columns(line)) if line and len(line.text) <= 240 and _is_drawn(line.text) else 0
        if number == 2 and line and "\u3000" in line.text and not _DRAWN.search(line.text):
            number = 0  # the halves of a line of verse
        if line and number >= 2 and number == (count or number) and line.gap <= 0 and run:
            run.append(line)
            count, rows = number, rows + 1
            continue
        barred = rows == 2 and all(
            _BAR.search(row.text) or "\t" in row.text or _BORDER.fullmatch(row.text) for row in run
        )
        if rows >= 3 or barred:
            found.update(row.start for row in run)
        drawn = line is not None and number >= 2
        run, count, rows = ([line], number, 1) if drawn and line else ([], 0, 0)
    return frozenset(found)


def _is_drawn(text: str) -> bool:
    """Tell whether a line has anything that draws columns: a bar, a tab, wide space."""
    if text.isprintable():  # has no white space but spaces
        led = "..." in text or ". ." in text or "……" in text
        return led or "|" in text or "   " in text or (not text.isascii() and bool(_DRAWN.search(text)))
    return bool(_DRAWN.search(text) or _WIDE.search(text))
