"""A close that runs on in the last paragraph, or stands beside it: “Love to all. Yours ever, Tom.” (Guidelines 4.2.2).

The lines of a text are cut where its closer begins, so that each of its parts is a line.
"""

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
_LINES: Final = 12  # lines between the text and the end, at most
_BESIDE: Final = 200  # the longest line in which a signature stands beside what leads up to it
_MOST: Final = 5  # sentences of a close
_PART: Final = 110  # the longest of them
_NAME: Final = 5  # words of a name
_BELOW: Final = 4  # lines below the paragraph that may belong to the close
_WIDE: Final = re.compile(r"\s{4,}|\t+")
_WIRE: Final = re.compile(r"^.*\S\s*(?P<name>=\s*[^\W\d_][\w.’' -]{1,30}\s*[=+»«.]*)$", re.DOTALL)
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


def with_close_apart(lines: Sequence[Line], code: str, words: Formulas) -> list[Line]:
    """Part the last lines of a text where its closer runs on in them, or stands beside them."""
    start = max(0, len(lines) - _LINES)
    found = [part for line in lines[start:] for part in _beside(line, code, words)]
    rows = [line.text.split("\n") for line in found]
    width = max((len(row) for own in rows if len(own) > 1 for row in own), default=0)
    if width:
        found = [
            part
            for line, own in zip(found, rows, strict=True)
            for part in _by_rows(line, own, width, code, words)
        ]
    found = [*lines[:start], *found[:-1], *_wired(found[-1:])]
    end = before_postscript(found, 0, len(found), words)
    return [*unrolled(found[:end], code, words), *found[end:]]


def before_postscript(lines: Sequence[Line], body: int, last: int, words: Formulas) -> int:
    """Give where the postscript begins of a letter whose text begins with the line `body`; `last` where it has none."""
    near = range(max(body + 1, last - _LINES), last)
    return next((at for at in near if words.postscript.match(lines[at].text)), last)


def _beside(line: Line, code: str, words: Formulas) -> list[Line]:
    """Part a line in which a signature stands beside what leads up to it."""
    match = _WIDE.search(line.text) if line.within(_BESIDE) else None
    if not match:
        return [line]
    left, right = parts = line.cut([match.end()], beside=True)
    leads = left.text.endswith(",") or _kind(left.text, code, words) in "ld"
    return parts if leads and _kind(right.text, code, words) in "nd" else [line]


def _by_rows(line: Line, rows: Sequence[str], width: int, code: str, words: Formulas) -> list[Line]:
    """Part a paragraph above the rows with which a part of a close begins.

    A row ends where the writer ended it if the next word had had room in it.
    """
    cuts: list[int] = []
    at = len(line.text) + 1
    for above, row in list(pairwise(rows))[:-_LINES:-1]:
        at -= len(row) + 1
        room = width - len(above.strip()) - 1
        if (
            room > width // 8
            and row
            and room - len(row.split()[0]) >= width // 8
            and _closes(row.strip(), code, words)
        ):
            cuts.append(at)
    return line.cut(reversed(cuts)) if cuts else [line]


def _closes(row: str, code: str, words: Formulas) -> bool:
    return bool(words.postscript.match(row)) or words.leads_up(row) or _kind(row, code, words) != "-"


def _wired(lines: Sequence[Line]) -> list[Line]:
    """Part the signature from the text of a telegram, whose office wrote “=” between the two."""
    match = _WIRE.match(lines[0].text) if lines else None
    return lines[0].cut([match.start("name")]) if match else list(lines)


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
        found[at : at + 1] = found[at].cut(cuts)
    return found


def _day_and_name(line: Line, code: str) -> list[Line]:
    """Part a line in which a signature with its initials stands beside the day: “10.X.41. Н. Зайцева”."""
    match = _SIGNED_DAY.match(line.text)
    if not match or not is_dateline(replace(line, text=match["day"]), code):
        return [line]
    return line.cut([match.start("name")])


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
    parts = [line.text[start:stop].rstrip() for start, stop in pairwise([*starts, len(line.text)])]
    if not any(_names(part) or _names_sender(part, words) for part in parts):
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


def _kind(text: str, code: str, words: Formulas) -> str:
    """Give what a part of a close is: l for a valediction, o for “Your” with a name, n for a name, d for a day."""
    if len(text) > _PART:
        return "-"
    if _names_sender(text, words):
        return "o"
    line = Line.of(text)
    if is_dateline(line, code) or _WHENCE.match(text):
        return "d"
    if words.takes_leave(line) or words.farewell.search(text):
        return "l"
    return "n" if _names(text) else "-"


def _names(text: str) -> bool:
    return text[-1:] not in ("", "?") and len(text.split()) <= _NAME and is_name(Line.of(text.rstrip(".!")))


def _names_sender(text: str, words: Formulas) -> bool:
    """Tell whether a sentence ends with a name after “Your”: “Твой П. Анненков”, “Слуга твой Яков Ржевской”."""
    match = words.signing(text.rstrip(".! "))
    return match is not None and len(text[: match.start("name")].split()) <= 8
