"""A close that runs on in the last paragraph: “Love to all. Yours ever, Tom.” (Guidelines 4.2.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from teipress.drafting.datelines import is_dateline, is_name, is_town
from teipress.drafting.formulas import Formulas
from teipress.drafting.lines import Line
from teipress.scripts import UPPER

_TAIL: Final = 240  # characters at the end of a paragraph that may hold a close
_MOST: Final = 5  # sentences of a close
_PART: Final = 110  # the longest of them
_NAME: Final = 5  # words of a name
_BELOW: Final = 4  # lines below the paragraph that may belong to the close
#: Between two sentences; the stop after an initial or a short abbreviation ends none.
_BETWEEN: Final = re.compile(r"(?<=\w{2}[.!?…])\s+(?=[\w«“„\[(])|(?<=\d[.!?…])\s+(?=[^\W\d_])")
#: Who signs, after a valediction or above a day, and nothing else; `_kind` says what the letters are.
_CLOSE: Final = re.compile("l*(?:ln|o)n?d*|nd+")
_SIGNED_DAY: Final = re.compile(
    rf"(?P<day>.{{4,60}}?(?:\d[.»>\])]*|г\.))\s+(?P<name>(?:{UPPER}\.\s?){{1,2}}{UPPER}[\w’-]{{2,}})\.?$"
)
_SETTLEMENT: Final = re.compile(r"^(?:г|с|д|ст|дер|пос)\.\s?", re.IGNORECASE)
_WHENCE: Final = re.compile(
    rf"^(?:изъ?|from|aus|de|из|въ?)\s+(?:[гсд]\.\s?)?(?-i:{UPPER})[\w-]+\.?$", re.IGNORECASE
)


def unrolled(lines: Sequence[Line], code: str, words: Formulas) -> list[Line]:
    """Part the last paragraph where valediction, signature and dateline run on in it."""
    found = list(lines)
    at = len(found) - 1
    while at > 0 and len(found) - at <= _BELOW and _stands_below(found[at], code, words):
        at -= 1
    if at < 0:
        return found
    below = found[at + 1 :]
    found[at + 1 :] = [part for line in below for part in _day_and_name(line, code)]
    cuts = cuts_of(found[at], code, words)
    if cuts and (at or cuts[0]):
        found[at : at + 1] = _parted(found[at], cuts)
    return found


def _day_and_name(line: Line, code: str) -> list[Line]:
    """Part a line in which a signature with its initials stands beside the day: “10.X.41. Н. Зайцева”."""
    match = _SIGNED_DAY.match(line.text)
    if not match or not is_dateline(replace(line, text=match["day"]), code):
        return [line]
    return _parted(line, [match.start("name")])


def _stands_below(line: Line, code: str, words: Formulas) -> bool:
    """Tell whether a line may follow a close that ran on: a day, where to write."""
    settled = _SETTLEMENT.match(line.text) and len(line.text.split()) <= 3
    if settled or is_town(line.text.rstrip(" ."), code):
        return True
    return is_dateline(line, code) or bool(words.own_address.match(line.text) and line.short)


def cuts_of(line: Line, code: str, words: Formulas) -> list[int]:
    """Give where in a paragraph the parts of a close begin; nothing where it ends with none."""
    first = max(0, len(line.text) - _TAIL)
    starts = [match.end() for match in _BETWEEN.finditer(line.text, first)][-_MOST:]
    if not first:
        starts = [0, *starts]
    parts = [_part(line, start, stop) for start, stop in pairwise([*starts, len(line.text)])]
    if not any(_names(part) or _names_sender(part.text, words) for part in parts):
        return []  # there is no close without a name, and to ask for a day is dear
    kinds = ""
    for part in reversed(parts):
        kind = _kind(part, code, words)
        if kind == "-":
            break  # no part of a close: it begins below
        kinds = kind + kinds
    for index in range(len(kinds)):
        if _CLOSE.fullmatch(kinds, index):
            own = starts[len(starts) - len(kinds) + index :]
            befores = f" {kinds[index:]}"
            return [
                at
                for at, kind, before in zip(own, kinds[index:], befores, strict=False)
                if kind + before != "dd"
            ]
    return []


def _part(line: Line, start: int, stop: int) -> Line:
    text = line.text[start:stop].rstrip()
    part = line.starting(start)
    return replace(part, end=part.start + len(text), text=text)


def _parted(line: Line, cuts: Sequence[int]) -> list[Line]:
    edges = sorted({0, *cuts, len(line.text)})
    return [_part(line, a, b) for a, b in pairwise(edges)]


def _kind(part: Line, code: str, words: Formulas) -> str:
    """Give what a sentence of a close is: l for a valediction, o for “Your” with a name, n for a name, d for a day."""
    text = part.text
    if len(text) > _PART:
        return "-"
    if _names_sender(text, words):
        return "o"
    if is_dateline(part, code) or _WHENCE.match(text):
        return "d"
    if words.takes_leave(part) or words.farewell.search(text):
        return "l"
    return "n" if _names(part) else "-"


def _names(part: Line) -> bool:
    """Tell whether a sentence is a name and no more."""
    bare = replace(part, text=part.text.rstrip(".!"))
    return is_name(bare) and len(part.text.split()) <= _NAME and part.text[-1] != "?"


def _names_sender(text: str, words: Formulas) -> bool:
    """Tell whether a sentence ends with a name after “Your”: “Твой П. Анненков”, “Слуга твой Яков Ржевской”."""
    match = words.signing(text.rstrip(".! "))
    return match is not None and len(text[: match.start("name")].split()) <= 8
