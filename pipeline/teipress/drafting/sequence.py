"""Several letters in one source: where each begins (Guidelines 4.3.1)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from teipress.drafting.blocks import is_ornament
from teipress.drafting.datelines import is_dateline, is_name
from teipress.drafting.formulas import Formulas, formulas
from teipress.drafting.lines import Line
from teipress.drafting.openings import HEADING, names_correspondents

_SERIAL: Final = re.compile(r"^[\[(]?(?:\d{1,4}|[IVXLC]{1,7})[\])]?[.:]?$")
_AFTER_CLOSE: Final = 3  # the most lines from a close to the opening after it, the close with them
_REACH: Final = 6  # the most lines of an opening above its salutation


def starts(lines: Sequence[Line], code: str) -> list[int]:
    """Give the lines where a letter begins: the first, and each opening that follows a close.

    An opening is a heading, number, rule or dateline with a salutation soon after it, or a heading that says from
    whom to whom with a dateline below it; a close is a valediction or a name.
    """
    words = formulas(code)
    found = [0] if lines else []
    longer = [[at for at, line in enumerate(lines) if len(line.text) > least] for least in (60, 20)]
    for mark in (at for at in range(1, len(lines)) if _marks(lines, at, code, words)):
        start = mark
        while start - 1 > found[-1] and mark - start < _REACH and _opens(lines[start - 1], code, words):
            start -= 1
        numbered = (
            start < mark or _SERIAL.match(lines[start].text) or names_correspondents(lines[start], code)
        )
        closed = any(
            _closes(lines, at, words) for at in range(max(found[-1] + 1, start - _AFTER_CLOSE), start)
        )
        if not numbered or not closed or lines[start - 1].text.endswith((":", "：")):
            continue
        if any(words.enclosure.match(lines[at].text) for at in (start - 1, start)):
            continue
        firm = any(_is_firm(line, code, words) for line in lines[start:mark])
        texts = longer[firm]
        text = bisect_left(texts, found[-1])
        if text < len(texts) and texts[text] < start:
            found.append(start)
    return found


def _closes(lines: Sequence[Line], at: int, words: Formulas) -> bool:
    line = lines[at]
    if not line.short:
        return False
    return (
        words.takes_leave(line)
        or bool(words.signing(line.text))
        or (is_name(line) and at > 0 and len(lines[at - 1].text) < 120)
    )


def _marks(lines: Sequence[Line], at: int, code: str, words: Formulas) -> bool:
    """Tell whether a line is one by which an opening is known: a salutation, or a heading above a dateline."""
    line = lines[at]
    if not line.short:
        return False
    if words.greeting(line):
        return True
    heads = bool(words.number.fullmatch(line.text) or _SERIAL.match(line.text)) or names_correspondents(
        line, code
    )
    return heads and at + 1 < len(lines) and is_dateline(lines[at + 1], code)


def _is_firm(line: Line, code: str, words: Formulas) -> bool:
    """Tell whether a line can hardly be anything but the head of a letter."""
    numbered = words.number.fullmatch(line.text) or _SERIAL.match(line.text)
    return bool(numbered) or is_ornament(line) or names_correspondents(line, code)


def _opens(line: Line, code: str, words: Formulas) -> bool:
    if words.enclosure.match(line.text) or words.postscript.match(line.text):
        return False
    if words.number.match(line.text) or _SERIAL.match(line.text) or is_ornament(line):
        return True
    if words.to_whom.match(line.text) or words.open_to.match(line.text):
        return len(line.text) <= HEADING and not line.text.endswith(".")
    return is_dateline(line, code) or (names_correspondents(line, code) and len(line.text) <= HEADING)
