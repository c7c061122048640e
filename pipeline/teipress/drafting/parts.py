"""The parts that the lines of an article play: prose, headings, captions, attributions, speeches, and its quotations.

A quotation is known by what stands around it: a wider gap before it, a colon that announces it, another
script, speakers, or an attribution that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from teipress.drafting.blocks import is_ornament
from teipress.drafting.bylines import is_byline
from teipress.drafting.captions import is_caption
from teipress.drafting.foreign import OTHER
from teipress.drafting.headings import could_head, find, is_numbered_part, kind_of, matches
from teipress.drafting.lines import Line, layout
from teipress.drafting.quotations import announces, is_attribution
from teipress.drafting.tables import heads_table, is_below_table
from teipress.languages import identify
from teipress.scripts import HAN, IDEOGRAPH
from teipress.source import Source

_SAMPLE: Final = 300
_TOP: Final = 5  # lines in which a title and who wrote the text stand
_SPEAKER: Final = re.compile(
    rf"^(?P<label>(?:[^\W\d_a-z][\w.’'-]*(?:[ ,]+(?:[^\W\d_a-z][\w.’'-]*|de|von|van|of|the))*)|[{HAN}]{{1,6}})"
    r"(?P<colon>\s?[:：])(?=\s*\S)"
)
_LONGEST: Final = 600  # of an argument, in characters
#: What a chapter tells, in a few words each: “Choice of vessels—Walnuts—To know when they are done”.
_ARGUMENT: Final = re.compile(r"[^\W\d_][^—]{2,80}(?:\s?(?:—|--)\s?[^—]{2,80}){2,}")
_LETTER: Final = re.compile(r"([^\W\d_a-zа-яё])([.)])\s")
NUMBER: Final = re.compile(r"(?:[IVXLC]{1,6}|\d{1,3})[.)]?")


@dataclass
class Unit:
    """A line and the part it plays."""

    line: Line
    part: str  # "prose", "caption", "alternative", "attribution", "argument", "speech", "heading"
    language: str = ""
    label: int = 0  # the length of the speaker's label with its colon

    @property
    def wide(self) -> bool:
        return self.line.gap >= 2


def heads_apparatus(line: Line) -> bool:
    """Tell whether a line heads notes or a bibliography."""
    return matches("notes", line.text) or matches("bibliographies", line.text)


def notes_end(line: Line, before: int, source: Source) -> int:
    """Give where the notes end that a line heads, which stand before a place; 0 where it is no heading of notes."""
    if not (line.gap and heads_apparatus(line)):
        return 0
    noted = (
        mark.end for mark in layout(source).marks if mark.tag == "note" and line.end < mark.start < before
    )
    return max(noted, default=0)


def units_of(lines: Sequence[Line], source: Source) -> list[Unit]:
    """Give the lines of an article with their parts."""
    language, drawn = source.language, layout(source).drawn
    units = [Unit(line, "prose", _foreign(line, language)) for line in lines]
    for at, unit in enumerate(units):
        if heads_table(lines, at, drawn) or is_below_table(lines, at, drawn):
            continue
        if is_caption(unit.line.text):
            unit.part = "caption"
        elif is_attribution(unit.line):
            unit.part = "attribution"
        elif _ARGUMENT.fullmatch(unit.line.text[:_LONGEST]) and any(
            is_numbered_part(line.text) for line in lines[max(0, at - 2) : at]
        ):
            unit.part = "argument"
    listed = next(
        (at for at, line in enumerate(lines) if at and matches("bibliographies", line.text)), len(lines)
    )
    _find_speeches(units[:listed])
    for at, unit in enumerate(units[:-1]):
        following = units[at + 1]
        captioned = following.part == "caption" and following.line.gap == 0
        if at and captioned and unit.part == "prose" and could_head(unit.line):
            unit.part = "alternative"
    free = [
        unit.part == "prose"
        and not is_ornament(unit.line)
        and not (0 < at < _TOP and is_byline(unit.line, language) and not _counts(lines, at))
        and not heads_table(lines, at, drawn)
        for at, unit in enumerate(units)
    ]
    free[:1] = [is_numbered_part(line.text) for line in lines[:1]]
    for at in find(lines, free):
        if not (at and units[at - 1].part == "heading" and _names(lines[at - 1], lines[at])):
            units[at].part = "heading"
    for unit, below in zip(units[1:], [*lines[2:], None], strict=False):
        if notes_end(unit.line, below.start if below else len(source.text), source):
            unit.part = "heading"
    return units


def _counts(lines: Sequence[Line], at: int) -> bool:
    """Tell whether what looks like an initial is the letter of a part: the next letter heads another."""
    match = _LETTER.match(lines[at].text)
    following = f"{chr(ord(match[1]) + 1)}{match[2]}" if match else ""
    return bool(match) and any(line.short and line.text.startswith(following) for line in lines[at + 1 :])


def _names(number: Line, title: Line) -> bool:
    """Tell whether a line is the title that belongs to the number of a part above it."""
    if title.gap > 1 or kind_of(title.text) or is_numbered_part(title.text):
        return False
    return is_numbered_part(number.text) or (bool(NUMBER.fullmatch(number.text)) and title.text.isupper())


def _find_speeches(units: Sequence[Unit]) -> None:
    """Mark the lines that begin with a speaker's name: two in a row, or one in Chinese after a colon."""
    labels = [
        _SPEAKER.match(unit.line.text) if unit.part in ("prose", "attribution") else None for unit in units
    ]
    for at, match in enumerate(labels):
        if not match or len(match["label"]) > 40:
            continue
        beside = any(
            labels[i] and units[max(i, at)].line.gap == 0 for i in (at - 1, at + 1) if 0 <= i < len(units)
        )
        announced = at > 0 and announces(units[at - 1].line)
        if beside or (announced and IDEOGRAPH.match(match["label"])):
            units[at].part, units[at].label = "speech", match.end("colon")


def _foreign(line: Line, language: str) -> str:
    """Give the language of a line in another script than the text's; "" for one in the text's own."""
    if line.text.isascii():
        return ""
    sample = line.text[:_SAMPLE]
    others = len(OTHER.findall(sample))
    if others < 4 or others * 2 < sum(map(str.isalpha, sample)) or sum(map(str.isalpha, sample)) < 8:
        return ""
    found = identify(line.text)
    return "" if found == "und" or found.partition("-")[0] == language.partition("-")[0] else found


# Quotations by the gaps around them.


def quotations_in(units: list[Unit]) -> dict[int, int]:
    """Find the quotations: for the index of each one's first unit, the index after its last."""
    starts = [at for at, unit in enumerate(units) if at and unit.wide and unit.part in ("prose", "speech")]
    by_gap = _gaps_mean_quotation(units, starts)
    begins = frozenset(starts if by_gap else ())
    found: dict[int, int] = {}
    at = 1
    while at < len(units):
        end = _quotation_end(units, at, at in begins)
        if end > at:
            found[at] = end
        at = max(end, at + 1)
    return found


def _gaps_mean_quotation(units: list[Unit], starts: list[int]) -> bool:
    """Tell whether a wide gap announces a quotation in this text: most of them are confirmed by something else."""
    confirmed = [
        at
        for at in starts
        if _is_announced(units, at) or _attributed(units, at) or units[at].part == "speech"
    ]
    return bool(starts) and len(confirmed) * 2 > len(starts)


def _is_announced(units: list[Unit], at: int) -> bool:
    return announces(units[at - 1].line) and units[at].wide


def _attributed(units: list[Unit], at: int) -> int:
    """Give the index of the attribution that follows a quotation from `at` on; 0 where there is none."""
    for later in range(at, len(units)):
        unit = units[later]
        if unit.part == "attribution":
            return later
        if unit.part in ("caption", "alternative", "heading") or (later > at and unit.wide):
            return 0
    return 0


def _quotation_end(units: list[Unit], at: int, by_gap: bool) -> int:
    unit = units[at]
    if unit.part == "speech" or unit.language:
        end = at + 1
        while end < len(units) and units[end].part == unit.part and _continues(unit, units[end]):
            end += 1
        return end
    if unit.part != "prose" or not (by_gap or _is_announced(units, at)):
        return at
    return (by_gap and _attributed(units, at)) or at + 1


def _continues(first: Unit, unit: Unit) -> bool:
    """Tell whether a unit belongs to the quotation before it: the same language, or the next speech."""
    return unit.language == first.language and (unit.line.gap <= 1 if first.language else unit.line.gap == 0)
