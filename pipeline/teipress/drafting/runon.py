"""A close that runs on in the last paragraph, or stands beside it: “Love to all. Yours ever, Tom.” (Guidelines 4.2.2).

The lines of a text are cut where its closer begins, so that each of its parts is a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from teipress.drafting.addresses import says_to_whom
from teipress.drafting.datelines import is_dateline, is_name, is_town
from teipress.drafting.formulas import Formulas
from teipress.drafting.lines import Line
from teipress.drafting.signatures import name_in
from teipress.languages import language
from teipress.names.lexicon import lexicon
from teipress.scripts import UPPER

_TAIL: Final = 240  # characters at the end of a paragraph that may hold a close
_LINES: Final = 12  # lines between the text and the end, at most
_BESIDE: Final = 200  # the longest line in which a signature stands beside what leads up to it
_MOST: Final = 5  # sentences of a close
_PART: Final = 110  # the longest of them
_CUT: Final = 5  # letters of a given name that is cut short
_GIVEN: Final = 5  # letters of “Given” and its like; “from” alone begins sentences
_NAME: Final = 5  # words of a name
_BEFORE: Final = 14  # words of a valediction before it
_END: Final = 120  # characters in which a sentence ends with a name
_MANY: Final = 1000  # more than any
_ADDRESS: Final = 6  # lines of an address below the signature
_BELOW: Final = 4  # lines below the paragraph that may belong to the close
_WIDE: Final = re.compile(r"[^\S\n]{4,}|\t+")
_WIRE: Final = re.compile(r"^.*\S\s*(?P<name>=\s*[^\W\d_][\w.’' -]{1,30}\s*[=+»«.]*)$", re.DOTALL)
#: Between two sentences; the stop after an initial or a short abbreviation ends none.
_BETWEEN: Final = re.compile(
    r"(?<=\w{2}[.!?…])\s+(?=[\w«“„\[(])(?![ivxlcj]+\b)|(?<=\d[.!?…])\s+(?=[^\W\d_])(?!Jah?r)|"
    rf"(?<=\s{UPPER}\.)\s+(?=(?:A|À|At|De|Di|From|Zu|Aus)\s{UPPER}\w+,?\s(?:ce|le|li|this|the|den|\d))"
)
#: Who signs, after a valediction or beside a day, and nothing else; `_kind` says what the letters are.
_CLOSE: Final = re.compile("[ldgu]*(?:[ldgu]n|o)n?[dg]*|n[dg]+")
#: The end of a paragraph above a close that stands apart.
_LEADING: Final = re.compile("l*g")
#: The same above a name alone, to which “… from your loving son” leads.
_NAMED: Final = re.compile("l*g|l?u")
#: A place, and the day after it or nothing.
_PLACE: Final = re.compile(
    rf"[\s,:]*{UPPER}[\w’'-]+(?:\s{UPPER}[\w-]+){{0,2}}"
    r"(?:[,.;]|$|\s(?:\d|(?:this|the|on|upon|in|ce|le|du|den|d|am|an|uff?|auf|nach|vor|post|в|сего|дня)\b))"
)
_CLAUSE: Final = re.compile(r"[,;:]\s+(?:(?:and|und|et|и|so|thus)\s)*|\s(?=I (?:rest|remain|am)\b)")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
#: A word that may be cut short, or a given name after a comma: “Your servant, Edw.”.
_SHORTENED: Final = re.compile(rf"(?P<comma>,\s)?(?<!\w)(?P<name>{UPPER}\w{{1,11}})\.$")
_SIGNED_DAY: Final = re.compile(
    rf"(?P<day>.{{4,60}}?(?:\d[.»>\])]*|г\.))\s+(?P<name>(?:{UPPER}\.\s?){{1,2}}{UPPER}[\w’-]{{2,}})\.?$"
)
_SETTLEMENT: Final = re.compile(r"^(?:г|с|д|ст|дер|пос)\.\s?", re.IGNORECASE)
#: A place with the word for whence before it, and perhaps the day after it: “From Plymouth, this …”, “Изъ Ряжска.”.
_WHENCE: Final = re.compile(
    rf"^(?:изъ?|from|aus|de|di|из|въ?)\s+(?:[гсд]\.\s?)?(?-i:{UPPER})[\w-]+"
    r"(?:\.?$|(?P<day>,?\s(?:(?:this|the|ce|le|li|den|am|d\.)\s)?(?:\d|(?-i:[ivxlcj]+)(?:th|st|nd|rd|d|me|e)?\b)))",
    re.IGNORECASE,
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
    end = _above_address(found, before_postscript(found, 0, len(found), words), code, words)
    return [*unrolled(found[:end], code, words), *found[end:]]


def before_postscript(lines: Sequence[Line], body: int, last: int, words: Formulas) -> int:
    """Give where the postscript begins of a letter whose text begins with the line `body`; `last` where it has none."""
    near = range(max(body + 1, last - _LINES), last)
    return next((at for at in near if words.postscript.match(lines[at].text)), last)


def _above_address(lines: Sequence[Line], end: int, code: str, words: Formulas) -> int:
    """Give where the address begins that a letter ends with; `end` where it has none."""
    for at in range(end - 1, max(0, end - _ADDRESS), -1):
        if not lines[at].within(_BESIDE):
            break
        addressed = says_to_whom(lines[at], words, code) or words.redirected.match(lines[at].text)
        if addressed and not words.takes_leave(lines[at]):
            return at
    return end


def _beside(line: Line, code: str, words: Formulas) -> list[Line]:
    """Part a line in which a signature stands beside what leads up to it."""
    match = _WIDE.search(line.text) if line.within(_BESIDE) else None
    if not match:
        return [line]
    left, right = parts = line.cut([match.end()], beside=True)
    leads = left.text.endswith(",") or _kind(left.text, code, words) in "ldgu"
    return parts if leads and _kind(right.text, code, words) in "ndg" else [line]


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
    return bool(words.postscript.match(row)) or _kind(row, code, words) != "-"


def _wired(lines: Sequence[Line]) -> list[Line]:
    """Part the signature from the text of a telegram, whose office wrote “=” between the two."""
    match = _WIRE.match(lines[0].text) if lines and "=" in lines[0].text else None
    return lines[0].cut([match.start("name")]) if match else list(lines)


def unrolled(lines: Sequence[Line], code: str, words: Formulas) -> list[Line]:
    """Part the last paragraph where valediction, signature and dateline run on in it."""
    found = list(lines)
    at = len(found) - 1
    while at > 0 and len(found) - at <= _BELOW and _stands_below(found[at], code, words):
        at -= 1
    if at < 0:
        return found
    found[at + 1 :] = [part for line in found[at + 1 :] for part in _day_and_name(line, code)]
    cuts = _cuts(found[at], _CLOSE, code, words)
    if not cuts:
        above, kinds = at, ""
        while above > 0 and len(found) - above <= _BELOW:
            kind = _kind(found[above].text, code, words)
            if kind not in "luon":
                break
            above, kinds = above - 1, kinds + kind
        if above < at:
            at, cuts = above, _cuts(found[above], _LEADING if kinds.strip("n") else _NAMED, code, words)
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


def _cuts(line: Line, pattern: re.Pattern[str], code: str, words: Formulas) -> list[int]:
    """Give where in a paragraph the parts of a close begin that has such kinds of parts; nothing where it has none."""
    whole = line.text.replace("\n", " ")
    first = max(0, len(whole) - _TAIL)
    starts = [at.end() for at in _BETWEEN.finditer(whole, first) if not _goes_on(at, code)][-_MOST:]
    if not first:
        starts = [0, *starts]
    parts = [(start, whole[start:stop].rstrip()) for start, stop in pairwise([*starts, len(whole)])]
    if not parts or (pattern is not _CLOSE and not _leads(parts[-1][1], code, words)):
        return []
    if pattern is _CLOSE and not any(
        _is_name(text) or _before_name(text[-_END:], code, words) < _MANY for _, text in parts
    ):
        return []  # there is no close without a name, and to ask for a day is dear
    kinds = ""
    for start, text in reversed(parts):
        kind = _kind(text, code, words)
        if kind == "-" and (clause := _clause(text, code, words)) < len(text):
            at = starts.index(start)
            starts.insert(at + 1, start + clause)
            kinds = _kind(text[clause:], code, words) + kinds
        if kind == "-":
            break  # no part of a close: it begins below
        kinds = kind + kinds
    for index in range(len(kinds)):
        if pattern.fullmatch(kinds, index):
            own = starts[len(starts) - len(kinds) + index :]
            befores = f" {kinds[index:]}"
            return [
                at
                for at, kind, before in zip(own, kinds[index:], befores, strict=False)
                if kind + before not in ("dd", "dg")
            ]
    return []


def _goes_on(between: re.Match[str], code: str) -> bool:
    """Tell whether a sentence goes on over a stop: before a month, or a word was cut short: “servant, Edw. Nichols”."""
    known = language(code)
    cut = _SHORTENED.search(between.string, max(0, between.start() - 16), between.start())
    after = _WORD.match(between.string, between.end())
    if known and after and after[0].casefold() in known.months:
        return True
    if cut is None:
        return False
    name = cut["name"].casefold()
    if known and name in known.abbreviations:
        return True
    return bool(cut["comma"]) and len(name) <= _CUT and name not in lexicon(code).given


@lru_cache(maxsize=1 << 12)  # short lines are asked again, many times
def _kind(text: str, code: str, words: Formulas) -> str:
    """Give what a part of a close is: l for a valediction, o for “Your” with a name, n for a name, d for a day.

    A day that says where it was written is g, a valediction that ends with “Your” is u.
    """
    if len(text) > _PART:
        return "-"
    if _before_name(text, code, words) <= _BEFORE:
        return "o"
    line = Line.of(text)
    if _is_placed(text, code, words):
        return "g"
    if is_dateline(line, code) or _WHENCE.match(text):
        return "d"
    if words.leads_up(text.rstrip(".")):
        return "u"
    if words.takes_leave(line) or words.farewell.search(text):
        return "l"
    return "n" if _is_name(text) else "-"


def _is_name(text: str) -> bool:
    """Tell whether a sentence is a name and no more."""
    return len(text.split()) <= _NAME and text[-1] != "?" and is_name(Line.of(text.rstrip(".!")))


def _before_name(text: str, code: str, words: Formulas) -> int:
    """Count the words before the name that a valediction ends with; _MANY where a sentence ends with none."""
    said = text.rstrip(".! ")
    name = name_in(said, code, words)
    return len(said[:name].split()) if name < len(said) else _MANY


def _leads(text: str, code: str, words: Formulas) -> bool:
    """Tell whether a paragraph's last sentence leads to a close below it: a day with its place, or “… from your”."""
    return words.leads_up(text.rstrip(".")) or _is_placed(text, code, words)


def _is_placed(text: str, code: str, words: Formulas) -> bool:
    """Tell whether a sentence is a day with the place before it."""
    if not text[0].isupper():
        return False
    whence = _WHENCE.match(text)
    if is_given(text, words) or (whence and whence["day"]):
        return True
    return is_town(text.partition(",")[0], code) and is_dateline(Line.of(text), code)


def is_given(text: str, words: Formulas) -> bool:
    """Tell whether a sentence says where a letter was given, and so when, by its first words: “Datum in yl, Lindau”."""
    given = words.handed_in.match(text)
    return given is not None and len(given[0]) >= _GIVEN and bool(_PLACE.match(text, given.end()))


def _clause(text: str, code: str, words: Formulas) -> int:
    """Give where in a sentence its last clause takes leave: “…, and so I rest Your friend”; else its end."""
    for match in _CLAUSE.finditer(text, max(0, len(text) - _PART)):
        if words.takes_leave(Line.of(text[match.end() :])):
            return match.end()
    return len(text)
