"""Block quotations: set in, announced, in marks that embrace them, or with a line that says where they are from.

A quotation with its reference, before it or after it, is a `cit` (Guidelines 3.3.3); the reference is a `bibl`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from teipress.drafting.lines import Layout, Line
from teipress.scripts import HAN, IDEOGRAPH, UPPER, YEAR
from teipress.span import Span

_LONGEST: Final = 240  # of an attribution, in characters
_LEAD: Final = 140  # of a line that is all attribution, and stands before what it announces
_ALONE: Final = 160  # from here a paragraph all in marks is a quotation, though nothing else says so
_PAIRS: Final = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    '"': '"',
    "‘": "’",
    "‚": "‘’",
}
_SENTENCE: Final = 40
_LED: Final = 90  # characters at the end of a line that say who speaks
_ITEM: Final = re.compile(r"[—–•*(（-]|\w{1,3}[.)、）]\s?\S|[一二三四五六七八九十]{1,3}、")
_STOPS: Final = (".", "!", "?", "…", "。", "！", "？")
_SAID: Final = 5  # small words from which on what stands in brackets is a sentence
_NAMED: Final = 100  # the longest name below a quotation, with its work
#: A name after a dash, before which the dynasty may stand in brackets.
_DASHED: Final = re.compile(
    rf"(?:[—–]{{1,2}}|--)\s?(?:[〔\[(（][{HAN}]{{1,4}}[〕\])）])?"
    r"(?=[^\Wa-zа-яё\d_])[^.!?。！？]+(?:\.\s?[^.!?]+)*\.?$"
)
_YEAR: Final = re.compile(rf"\b1[0-3]\d\d\b|\b{YEAR}\b|\b(?:pp?|S|с|fol)\. ?\d|[一二三四五六七八九十元]年")
_WORD: Final = re.compile(r"[^\W\d_]+")
_COLONS: Final = (":", "：", "—", "–", "-")  # what a line with a colon at its end may end with
_COLON: Final = re.compile(r"[:：][—–-]?$")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("quotations.toml").read_text(encoding="utf-8"))
    return {
        key: re.compile("|".join(body) if isinstance(body, list) else body, re.IGNORECASE | re.DOTALL)
        for key, body in data.items()
    }


@dataclass(frozen=True)
class Quotation:
    """A block quotation: its lines `[first, end)` among the lines of a passage, and where its reference stands."""

    first: int
    end: int
    before: bool = False  # the line before it is its reference
    after: bool = False  # the line after it is
    verse: bool = False


def is_attribution(line: Line) -> bool:
    """Tell whether a line says where something is from, wherever it stands."""
    return len(line.text) <= _LONGEST and bool(_patterns()["attributions"].search(line.text))


def refers(line: Line) -> bool:
    """Tell whether a line below a quotation says where it is from."""
    if is_attribution(line):
        return True
    if len(line.text) > _LONGEST or not _patterns()["references"].match(line.text):
        return False
    words = [word for word in _WORD.findall(line.text) if len(word) > 3]
    if line.text[0] == "(" and sum(word[0].islower() for word in _WORD.findall(line.text)) > _SAID:
        return False
    return line.text[0] in "(（《〈—" or sum(word[0].isupper() for word in words) * 2 >= len(words)


def announces(line: Line) -> bool:
    """Tell whether a line ends with a colon, so that what follows may be quoted."""
    return line.text[-1:] in _COLONS and bool(_COLON.search(line.text))


def embraced(text: str) -> bool:
    """Tell whether a paragraph stands in one pair of quotation marks, from its first character to its last."""
    closing = _PAIRS.get(text[:1])
    if not closing or len(text) < 3:
        return False
    body = text.rstrip(".,;。")
    if body[-1] not in closing and not re.search(rf"[{closing}][.,]?\s?(?:\[?\(?\d{{1,3}}\)?\]?|\*)$", body):
        return False
    if text[0] == '"':
        return body.count('"') == 2
    depth = 0
    for at, character in enumerate(body):
        if character == text[0]:
            depth += 1
        elif character in closing and not (character == "’" and body[at + 1 : at + 2].isalpha()):
            depth -= 1
            if depth <= 0:
                return at >= len(body) - 6
    return False


def quotation_at(lines: Sequence[Line], at: int, shape: Layout) -> Quotation | None:
    """Find the block quotation that begins at a line; None where there is none."""
    if not at and not embraced(lines[at].text):
        return None
    line = lines[at]
    announced = at > 0 and announces(lines[at - 1])
    set_in = _is_set_in(line, shape)
    end = _embraced_end(lines, at)
    if end > at:
        after = end < len(lines) and refers(lines[end])
        long_enough = sum(len(one.text) for one in lines[at:end]) >= _ALONE and _stands_out(lines, at, end)
        if not (announced or after or long_enough):
            return None
    elif set_in and (announced or not line.short or (at + 1 < len(lines) and refers(lines[at + 1]))):
        end = at + 1
        while end < len(lines) and _is_set_in(lines[end], shape) and not refers(lines[end]):
            end += 1
        after = end < len(lines) and refers(lines[end])
    elif _is_followed(lines, at, announced):
        end, after = at + 1, True
    elif announced and _is_said(lines, at):
        end, after = at + 1, False
    else:
        return None
    before = announced and not after and _is_reference_before(lines[at - 1])
    return Quotation(at, end, before, after)


def _is_followed(lines: Sequence[Line], at: int, announced: bool) -> bool:
    """Tell whether a reference follows what is announced, or a name after a dash stands directly under a paragraph."""
    if at + 1 >= len(lines):
        return False
    line, below = lines[at], lines[at + 1]
    if announced and refers(below) and (not line.within(_SENTENCE) or line.text.endswith(_STOPS)):
        return True
    apart = at + 2 == len(lines) or lines[at + 2].gap > 0
    return line.gap > 0 and line.text[0] not in "—–-" and apart and below.gap == 0 and names_source(below)


def _is_said(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a paragraph is what somebody says, in the words of the line above it, and the text goes on below."""
    line, lead = lines[at], lines[at - 1].text[-_LED:]
    if not line.gap or line.within(_SENTENCE) or not line.text.endswith(_STOPS):
        return False
    alone = at + 1 == len(lines) or (lines[at + 1].gap > 0 and not _ITEM.match(lines[at + 1].text))
    return alone and not _ITEM.match(line.text) and bool(_patterns()["saying"].search(lead))


def names_source(line: Line) -> bool:
    """Tell whether a line says after a dash whose the words above it are, and is no speech."""
    if len(line.text) > _NAMED or not _DASHED.match(line.text) or line.text.endswith(("!", "?")):
        return False
    words = [word for word in _WORD.findall(line.text) if len(word) > 3 or IDEOGRAPH.match(word)]
    return bool(words) and sum(not word[0].islower() for word in words) * 2 >= len(words)


def _embraced_end(lines: Sequence[Line], at: int) -> int:
    """Give the end of paragraphs in one pair of marks, each of which may open anew; `at` where there is none."""
    if embraced(lines[at].text):
        return at + 1
    opening = lines[at].text[:1]
    closing = _PAIRS.get(opening)
    if not closing or (opening == '"' and lines[at].text.count('"') != 1):
        return at
    if sum(lines[at].text.count(mark) for mark in closing) - (opening in closing) >= lines[at].text.count(
        opening
    ):
        return at
    for later in range(at + 1, min(at + 12, len(lines))):
        text = lines[later].text
        if not text.startswith(opening):
            return at
        if text.rstrip(".")[-1] in closing and embraced(text):
            return later + 1
    return at


def _stands_out(lines: Sequence[Line], at: int, end: int) -> bool:
    """Tell whether the paragraphs beside are no quotations, as they would be in a dialogue."""
    beside = [lines[i].text[:1] for i in (at - 1, end) if 0 <= i < len(lines)]
    return not any(first in _PAIRS or first in "—–" for first in beside)


def _is_set_in(line: Line, shape: Layout) -> bool:
    """Tell whether every row of a paragraph stands further right than most do."""
    if line.indent < shape.margin + 3:
        return False
    return all(row.indent >= shape.margin + 3 for row in shape.rows_of([line]))


def _is_reference_before(line: Line) -> bool:
    """Tell whether a line of its own announces a quotation and says whose and of when it is."""
    text = line.text
    if len(text) > _LEAD or re.search(
        rf"[.!?。！？]\s*(?=(?:{UPPER}|[{HAN}]))", re.sub(rf"\b{UPPER}[^\W\d_]{{0,2}}\.", "", text)
    ):
        return False
    return bool(_YEAR.search(text) and _patterns()["announcing"].search(text))


def quotation(found: Quotation, lines: Sequence[Line], content: Iterator[Span]) -> Iterator[Span]:
    """Give a quotation around its content, with its reference if it has one."""
    start, end = lines[found.first].start, lines[found.end - 1].end
    if found.before:
        lead = lines[found.first - 1]
        yield Span(lead.start, end, "cit", rule="quotations.cited")
        yield Span(lead.start, lead.end, "bibl", rule="quotations.reference")
    elif found.after:
        yield Span(start, lines[found.end].end, "cit", rule="quotations.cited")
    yield Span(start, end, "quote", rule="quotations.quotation")
    yield from content
    if found.after:
        last = lines[found.end]
        yield Span(last.start, last.end, "bibl", rule="quotations.reference")
