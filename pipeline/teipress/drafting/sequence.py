"""Several letters in one source: where each begins (Guidelines 4.3.1)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, partial
from typing import Final

from teipress.drafting.addresses import says_to_whom
from teipress.drafting.blocks import is_ornament
from teipress.drafting.closings import is_docket
from teipress.drafting.correspondents import (
    addressed_to,
    between_persons,
    has_serial,
    heading,
    names_correspondents,
)
from teipress.drafting.datelines import is_dateline, is_name
from teipress.drafting.formulas import Formulas, formulas
from teipress.drafting.lines import Line
from teipress.drafting.salutations import HEADING, is_prose

_PROSE: Final = 90  # what is longer is the text
_LONG: Final = 60  # and what is longer than this, if no heading
_SERIAL: Final = re.compile(r"^[\[(]?(?:\d{1,4}|[IVXLC]{1,7})[\])]?[.:]?$")
_AFTER_CLOSE: Final = 3  # the most lines from a close to the opening after it, the close with them
_FIRST: Final = 3  # the lines in which the first of a series is headed
_REACH: Final = 6  # the most lines of an opening above its salutation


def starts(lines: Sequence[Line], code: str) -> list[int]:
    """Give the lines where a letter begins: the first, and each opening that follows a close.

    An opening is a heading, number, rule or dateline with a salutation soon after it, or a heading that says from
    whom to whom with a dateline below it; a close is a valediction or a name.
    """
    words = formulas(code)
    found = [0] if lines else []
    serial = series(lines, code, words)
    texts = cache(partial(_texts, lines, code))
    for mark in (at for at in range(1, len(lines)) if at in serial or _marks(lines, at, code, words)):
        start = mark
        while (
            start - 1 > found[-1]
            and mark - start < _REACH
            and (_opens(lines[start - 1], code, words) or _heads_day(lines, start, code, words))
        ):
            heads = start in serial or _is_firm(lines[start], code, words)
            if heads and is_dateline(lines[start - 1], code):
                break  # the letter above ends with it
            start -= 1
        numbered = (
            mark in serial
            or start < mark
            or _SERIAL.match(lines[start].text)
            or names_correspondents(lines[start], code)
        )
        closed = mark in serial or any(
            _closes(lines, at, words) for at in range(max(found[-1] + 1, start - _AFTER_CLOSE), start)
        )
        if not numbered or not closed or lines[start - 1].text.endswith((":", "：")):
            continue
        if any(words.enclosure.match(lines[at].text) for at in (start - 1, start)):
            continue
        firm = mark in serial or any(_is_firm(line, code, words) for line in lines[start:mark])
        text = bisect_left(texts(firm), found[-1])
        if text < len(texts(firm)) and texts(firm)[text] < start:
            found.append(start)
    return [_below_title(lines, found[1], code, words), *found[1:]] if len(found) > 1 else found


def _below_title(lines: Sequence[Line], second: int, code: str, words: Formulas) -> int:
    """Give where the first letter begins: below the title of all, where a line is like the next one's first."""
    kind = _kind(lines, second, code, words)
    if not kind or _kind(lines, 0, code, words) in (kind, "number", "correspondents"):
        return 0
    below = range(1, _FIRST + 1)
    return next((at for at in below if lines[at].gap > 0 and _kind(lines, at, code, words) == kind), 0)


def _kind(lines: Sequence[Line], at: int, code: str, words: Formulas) -> str:
    """Tell the kind of a line that a letter begins with; "" for one that none does."""
    line, below = lines[at], lines[at + 1]
    if words.number.fullmatch(line.text) or _SERIAL.match(line.text) or has_serial(line.text):
        return "number"
    if names_correspondents(line, code):
        return "correspondents"
    if is_dateline(line, code):
        return "day"
    return "above a day" if is_dateline(below, code) else ""


def _heads_day(lines: Sequence[Line], at: int, code: str, words: Formulas) -> bool:
    """Tell whether the line above a day heads the letter with it: apart from the signature of the letter before."""
    if at < 2 or lines[at].gap > 0 or not is_dateline(lines[at], code):
        return False
    line, above = lines[at - 1], lines[at - 2]
    apart = line.gap > 0 and line.within(HEADING) and line.text[0].isupper() and not is_prose(line)
    return apart and above.short and not words.takes_leave(above) and _closes(lines, at - 2, words)


def _texts(lines: Sequence[Line], code: str, firm: bool) -> list[int]:
    """Give the lines that are text: long ones, and above a firm heading also sentences."""
    if firm:
        return [at for at, line in enumerate(lines) if not line.within(_PROSE) or is_prose(line)]
    long = [at for at, line in enumerate(lines) if len(line.text) > _LONG]
    return [at for at in long if not names_correspondents(lines[at], code)]


def series(lines: Sequence[Line], code: str, words: Formulas) -> frozenset[int]:
    """Give the headings of letters that follow one another under headings of one kind, as the first has one.

    Their kind is a number (“Letter II”), the two who wrote (“2. Ferdinand to Luise”), or whom one wrote to.
    """
    for kind in (
        words.number.fullmatch,
        _SERIAL.match,
        partial(_names_both, code=code),
        partial(addressed_to, code=code),
    ):
        if not any(line.within(HEADING) and kind(line.text) for line in lines[:_FIRST]):
            continue
        found = _apart(
            lines, [at for at, line in enumerate(lines) if _may_head(line, words) and kind(line.text)]
        )
        found = [at for at in found if _is_headed(lines, at, code) and _stands_apart(lines, at, words)]
        if len(found) > 1:
            return frozenset(at for at in found if at >= _FIRST)
    return frozenset()


def _apart(lines: Sequence[Line], headings: Sequence[int]) -> list[int]:
    """Give the headings that have a text between them and the one before."""
    long = [at for at, line in enumerate(lines) if not line.within(_PROSE)]
    found: list[int] = []
    for at in headings:
        text = bisect_left(long, found[-1]) if found else len(long)
        if not found or (text < len(long) and long[text] < at):
            found.append(at)
    return found


def _stands_apart(lines: Sequence[Line], at: int, words: Formulas) -> bool:
    """Tell whether a heading is no line of an address: it stands at the top, below a number, or below a letter."""
    above = lines[at - 1] if at else None
    if above is None or lines[at].gap > 0 or not above.short or _SERIAL.match(above.text):
        return True
    return bool(words.number.fullmatch(above.text)) or _closes(lines, at - 1, words)


def _names_both(text: str, code: str) -> bool:
    """Tell whether a heading names who wrote to whom: persons, for one that names offices may head an enclosure."""
    return (has_serial(text) and heading(text, code) is not None) or between_persons(text, code)


def _may_head(line: Line, words: Formulas) -> bool:
    heads = line.within(HEADING) and line.text[-1] not in ",;:：，" and not is_prose(line)
    return heads and not is_docket(line, words)


def _is_headed(lines: Sequence[Line], at: int, code: str) -> bool:
    """Tell whether a letter begins below a heading: it is dated or greets someone, or another heading stands there."""
    words = formulas(code)
    below = lines[at + 1 : at + 4]
    if any(is_dateline(line, code) or (line.short and words.greeting(line)) for line in below):
        return True
    return any(
        _names_both(line.text, code) or addressed_to(line.text, code) for line in (lines[at], *below[:1])
    )


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
        return line.text[-1] in ",!:—–" or not says_to_whom(lines[at - 1], words, code)
    if at > 1 and lines[at - 1].gap > 0 and is_dateline(lines[at - 1], code):
        text = lines[at + 1] if at + 1 < len(lines) else None
        if text and not text.within(_PROSE) and says_to_whom(line, words, code):
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
    if words.to_whom.match(line.text) or addressed_to(line.text, code):
        return len(line.text) <= HEADING and not line.text.endswith(".")
    return is_dateline(line, code) or (names_correspondents(line, code) and len(line.text) <= HEADING)
