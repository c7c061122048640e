"""The salutation of a letter: in words that are known, or by its place alone (Guidelines 4.2.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from typing import Final

from teipress.drafting.addresses import addresses, continues_address, in_capitals, says_to_whom
from teipress.drafting.correspondents import heading
from teipress.drafting.datelines import is_dateline, is_name, small_words
from teipress.drafting.formulas import Formulas
from teipress.drafting.lines import Line

OPENING: Final = 14  # the most lines before a letter's first paragraph
HEADING: Final = 160  # the longest heading, in characters
PROSE: Final = 90  # a line that is longer, without a salutation before it, is the text's first
TITLE: Final = 400  # the longest title in capitals
_SHORT: Final = 80  # the longest salutation that is known by its place alone
_OPEN: Final = re.compile(r"[,!:—–！：，]$")
_SECOND: Final = re.compile(r"^[^\d]{2,60}[,!！：:]$")


def salutation(
    lines: Sequence[Line], last: int, words: Formulas, code: str, is_source: Callable[[Line], bool]
) -> tuple[int, int] | None:
    """Give the range of the salutation: the last such line before the first paragraph, and what belongs to it."""
    stop = min(last, OPENING)
    placed = {at for block in addresses(lines, stop, code, words) for at in range(*block)}
    found = _greeting(lines[:stop], placed, words, code, is_source)
    if found is None:
        found = _by_its_place(lines[: stop + 1], placed, words, code)
    if found is None:
        return None
    first, after = found, found + 1
    whole = words.greeting(lines[found]) == len(lines[found].text)
    while first > 0 and first - 1 not in placed and _goes_with(lines[first - 1], words, code, is_source):
        first -= 1
    if whole and after < last and _greets_on(lines, after, code):
        after += 1
    return first, after


def _greets_on(lines: Sequence[Line], at: int, code: str) -> bool:
    """Tell whether a salutation goes on in a line below it: “insonders hochgeehrter Herr Amtmann!”."""
    line = lines[at]
    if not _SECOND.match(line.text) or is_dateline(line, code):
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    open_above = lines[at - 1].text.endswith(",") and line.gap <= 0
    return is_name(line) or (open_above and below is not None and (below.gap > 0 or not below.within(PROSE)))


def _greeting(
    lines: Sequence[Line],
    placed: Set[int],
    words: Formulas,
    code: str,
    is_source: Callable[[Line], bool],
) -> int | None:
    """Give the line that greets in words that are known: the last of several with an address between."""
    found = None
    for at, line in enumerate(lines):
        length = words.greeting(line)
        if (
            length
            and (found is None or length == len(line.text))
            and not is_source(line)
            and at not in placed
        ):
            found = at
            if not line.within(HEADING):  # the text goes on in the line of its salutation
                break
        elif not (line.within(HEADING) or _is_title(line)) or (
            found is not None and not _is_edge(line, code, words)
        ):
            break
    return found


def _is_edge(line: Line, code: str, words: Formulas) -> bool:
    """Tell whether a line is a dateline, or of an address."""
    return is_dateline(line, code) or continues_address(line, code, words)


def greets_by_place(lines: Sequence[Line], code: str, words: Formulas) -> int | None:
    """Give the line among the first that greets, though nobody knows it as a salutation: by its place alone."""
    placed = {at for block in addresses(lines, min(OPENING, len(lines)), code, words) for at in range(*block)}
    return _by_its_place(lines[: OPENING + 1], placed, words, code)


def _by_its_place(lines: Sequence[Line], placed: Set[int], words: Formulas, code: str) -> int | None:
    """Give the line that greets by its place alone: short, above the first paragraph, and open at its end."""
    for at, line in enumerate(lines[:-1]):
        if not line.within(_SHORT) or is_prose(line):
            return None
        below = lines[at + 1]
        if at in placed or not _is_text(lines[at + 1 : at + 4]) or _is_edge(below, code, words):
            continue
        apart = below.gap > 0 or below.indent > line.indent or below.text[:1].isupper()
        if apart and _OPEN.search(line.text) and _may_greet(line, words, code):
            return at
        if not below.within(PROSE):
            return None
    return None


def _is_text(lines: Sequence[Line]) -> bool:
    """Tell whether lines are paragraphs: the first is long, or a short sentence with another soon below it."""
    if not lines[0].within(PROSE):
        return True
    said = lines[0].text.endswith((".", "!", "?", "。", "！", "？")) and len(lines[0].text) > 3
    return said and any(not line.within(PROSE) for line in lines[1:])


def _may_greet(line: Line, words: Formulas, code: str) -> bool:
    """Tell whether a line that nobody knows as a salutation may be one: no date, number, address or heading."""
    if re.search(r"\d", line.text) or not line.text[0].isalpha() or line.text[0].islower():
        return False
    if is_dateline(line, code) or says_to_whom(line, words, code) or words.sheet.match(line.text):
        return False
    marked = (words.by_whom, words.handed_in, words.open_to, words.enclosure, words.postscript)
    return not any(pattern.match(line.text) for pattern in marked) and heading(line.text, code) is None


def _is_title(line: Line) -> bool:
    return len(line.text) <= TITLE and in_capitals(line.text)


def _goes_with(line: Line, words: Formulas, code: str, is_source: Callable[[Line], bool]) -> bool:
    """Tell whether a line above a salutation is a part of it: “Most Reverend Father,”."""
    if is_dateline(line, code) or is_source(line) or says_to_whom(line, words, code) or not line.short:
        return False
    if words.greeting(line) == len(line.text):
        return True
    return (
        line.text.endswith(",")
        and len(line.text.split()) >= 2
        and len(line.text) <= 60
        and not re.search(r"\d", line.text)
    )


def is_prose(line: Line) -> bool:
    """Tell whether a short line is a sentence, with which the text has begun."""
    text = line.text
    if text.endswith(("。", "！", "？")):
        return True
    if not text.endswith((".", "!", "?")) or re.search(r"\d", text):
        return False
    return small_words(text) >= 4
