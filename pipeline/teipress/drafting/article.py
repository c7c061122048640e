"""Articles and essays: headings, paragraphs, captions, dialogue, and quoted documents (Guidelines 3.3, 7, 14).

A quotation is known by what stands around it: a wider gap before it, a colon that announces it, another
script, speakers, or an attribution that follows it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from teipress.drafting.blocks import blocks, is_ornament
from teipress.drafting.headings import is_numbered_part, kind_of, ranks
from teipress.drafting.lines import Line, paragraphs
from teipress.edition import Sidecar
from teipress.languages import identify
from teipress.source import Source
from teipress.span import Span

_DATA: Final = Path(__file__).with_name("captions.toml")
_LONGEST: Final = 400  # of a caption or an attribution, in characters
_HEADING: Final = 120
_STOPS: Final = (".", ",", ";", "!", ":", "…", "。", "，")
_SPEAKER: Final = re.compile(
    r"^(?P<label>(?:[^\W\d_a-z][\w.’'-]*(?:[ ,]+(?:[^\W\d_a-z][\w.’'-]*|de|von|van|of|the))*)|[\u3400-\u9fff]{1,6})"
    r"(?P<colon>\s?[:：])(?=\s*\S)"
)
_HAN: Final = re.compile("^[\u3400-\u9fff]")


@cache
def _pattern(key: str) -> re.Pattern[str]:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return re.compile("|".join(data[key]), re.IGNORECASE | re.DOTALL)


@dataclass
class _Unit:
    """A line and the part it plays."""

    line: Line
    part: str  # "prose", "caption", "alternative", "attribution", "speech", "heading"
    language: str = ""
    label: int = 0  # the length of the speaker's label with its colon

    @property
    def wide(self) -> bool:
        return self.line.gap >= 2


def is_article(lines: list[Line]) -> bool:
    """Tell whether a title stands above paragraphs of prose."""
    return len(lines) > 2 and _is_heading(lines[0]) and any(not line.short for line in lines[1:])


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of an article."""
    units = _units(paragraphs(source), source.language)
    if not units:
        return
    yield Span(units[0].line.start, units[-1].line.end, "div", (("type", "article"),), rule="article.article")
    start = 0
    if _is_heading(units[0].line):
        yield Span(units[0].line.start, units[0].line.end, "head", rule="article.title")
        start = 1
    yield from _sections(units, start, source)


def _sections(units: list[_Unit], start: int, source: Source) -> Iterator[Span]:
    """Give a `div` for each heading with what follows it; a lower heading's inside the higher one's."""
    heads = [at for at in range(start, len(units)) if units[at].part == "heading"]
    levels = ranks([units[at].line for at in heads])
    bounds = [*heads, len(units)]
    quoted = _quotations(units)
    yield from _content(units, start, bounds[0], quoted, source)
    for number, head in enumerate(heads):
        higher = (
            at
            for at, level in zip(heads[number + 1 :], levels[number + 1 :], strict=True)
            if level <= levels[number]
        )
        end = next(higher, len(units))
        line = units[head].line
        yield Span(line.start, units[end - 1].line.end, "div", (("type", "section"),), rule="article.section")
        yield Span(line.start, line.end, "head", rule="article.heading")
        yield from _content(units, head + 1, bounds[number + 1], quoted, source)


def _content(
    units: list[_Unit], start: int, end: int, quoted: dict[int, int], source: Source
) -> Iterator[Span]:
    at = start
    plain: list[Line] = []
    while at < end:
        stop = min(quoted.get(at, at), end)
        if stop == at and units[at].part in ("prose", "attribution"):
            plain.append(units[at].line)
            at += 1
            continue
        yield from blocks(source, plain)
        plain = []
        if stop > at:
            attribution = units[stop] if stop < end and units[stop].part == "attribution" else None
            yield from _quotation(units[at:stop], attribution)
            at = stop + (attribution is not None)
        elif units[at].part in ("caption", "alternative"):
            stop = at + 1 if units[at].part == "caption" else at + 2
            yield from _figure(units[at:stop])
            at = stop
        else:
            yield from _block(units[at])
            at += 1
    yield from blocks(source, plain)


def _quotation(units: list[_Unit], attribution: _Unit | None) -> Iterator[Span]:
    start, end = units[0].line.start, units[-1].line.end
    languages = {unit.language for unit in units}
    attributes = (("xml:lang", languages.pop()),) if len(languages) == 1 and "" not in languages else ()
    if attribution:
        yield Span(start, attribution.line.end, "cit", rule="article.cited")
    yield Span(start, end, "quote", attributes, rule="article.quotation")
    for unit in units:
        yield from _block(unit)
    if attribution:
        yield Span(attribution.line.start, attribution.line.end, "bibl", rule="article.attribution")


def _block(unit: _Unit) -> Iterator[Span]:
    line = unit.line
    if unit.part != "speech":
        yield Span(line.start, line.end, "p", rule="article.paragraph")
        return
    rest = line.starting(unit.label)
    yield Span(line.start, line.end, "sp", rule="article.speech")
    yield Span(line.start, line.start + unit.label, "speaker", rule="article.speaker")
    yield Span(rest.start, rest.end, "p", rule="article.speech")


def _figure(units: list[_Unit]) -> Iterator[Span]:
    """Give a caption as `figure/head`; a line above it stands for the picture itself (Guidelines 14.3)."""
    yield Span(units[0].line.start, units[-1].line.end, "figure", rule="article.figure")
    for unit in units:
        tag = "head" if unit.part == "caption" else "figDesc"
        yield Span(unit.line.start, unit.line.end, tag, rule="article.caption")


def _units(lines: list[Line], language: str) -> list[_Unit]:
    units = [_Unit(line, "prose", _foreign(line, language)) for line in lines]
    for unit in units:
        if len(unit.line.text) <= _LONGEST and _pattern("captions").search(unit.line.text):
            unit.part = "caption"
        elif len(unit.line.text) <= _LONGEST and _pattern("attributions").search(unit.line.text):
            unit.part = "attribution"
    _find_speeches(units)
    for at, unit in enumerate(units[:-1]):
        following = units[at + 1]
        if unit.part != "prose" or not _is_heading(unit.line) or at == 0:
            continue
        if following.part == "caption" and following.line.gap == 0:
            unit.part = "alternative"
        elif unit.line.gap and following.line.gap and _heads(units, at):
            unit.part = "heading"
    for at, unit in enumerate(units[:-1]):  # a heading over another heading, or with a word for a part
        if at and unit.part == "prose" and unit.line.gap and is_numbered_part(unit.line.text):
            unit.part = "heading"
    return units


def _heads(units: list[_Unit], at: int) -> bool:
    """Tell whether prose follows a line that may be a heading; for one with a number, of any length."""
    following = units[at + 1]
    if following.part != "prose" or is_ornament(units[at].line):
        return False
    numbered = bool(kind_of(units[at].line.text)) and not kind_of(following.line.text)
    return not following.line.short or (
        numbered and len(following.line.text) > len(units[at].line.text) * 1.5
    )


def _find_speeches(units: list[_Unit]) -> None:
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
        announced = at > 0 and units[at - 1].line.text.endswith((":", "："))
        if beside or (announced and _HAN.match(match["label"])):
            units[at].part, units[at].label = "speech", match.end("colon")


def _foreign(line: Line, language: str) -> str:
    """Give the language of a line in another script than the text's; "" for one in the text's own."""
    letters = [character for character in line.text if character.isalpha()]
    if len(letters) < 8 or sum(ord(letter) > 0x370 for letter in letters) * 2 < len(letters):
        return ""
    found = identify(line.text)
    return "" if found == "und" or found.partition("-")[0] == language.partition("-")[0] else found


def _is_heading(line: Line) -> bool:
    text = line.text.rstrip('”"’»')
    return len(line.text) <= _HEADING and not text.endswith(_STOPS) and line.text[:1] not in '[(“"«-–—•*'


def _quotations(units: list[_Unit]) -> dict[int, int]:
    """Find the quotations: for the index of each one's first unit, the index after its last."""
    starts = [at for at, unit in enumerate(units) if at and unit.wide and unit.part in ("prose", "speech")]
    by_gap = _gaps_mean_quotation(units, starts)
    found: dict[int, int] = {}
    at = 1
    while at < len(units):
        end = _quotation_end(units, at, by_gap and at in starts)
        if end > at:
            found[at] = end
        at = max(end, at + 1)
    return found


def _gaps_mean_quotation(units: list[_Unit], starts: list[int]) -> bool:
    """Tell whether a wide gap announces a quotation in this text: most of them are confirmed by something else."""
    confirmed = [
        at
        for at in starts
        if _is_announced(units, at) or _attributed(units, at) or units[at].part == "speech"
    ]
    return bool(starts) and len(confirmed) * 2 > len(starts)


def _is_announced(units: list[_Unit], at: int) -> bool:
    return units[at - 1].line.text.endswith((":", "：")) and units[at].wide


def _attributed(units: list[_Unit], at: int) -> int:
    """Give the index of the attribution that follows a quotation from `at` on; 0 where there is none."""
    for later in range(at, len(units)):
        unit = units[later]
        if unit.part == "attribution":
            return later
        if unit.part in ("caption", "alternative", "heading") or (later > at and unit.wide):
            return 0
    return 0


def _quotation_end(units: list[_Unit], at: int, by_gap: bool) -> int:
    unit = units[at]
    if unit.part == "speech" or unit.language:
        end = at + 1
        while end < len(units) and units[end].part == unit.part and _continues(unit, units[end]):
            end += 1
        return end
    if unit.part != "prose" or not (by_gap or _is_announced(units, at)):
        return at
    return (by_gap and _attributed(units, at)) or at + 1


def _continues(first: _Unit, unit: _Unit) -> bool:
    """Tell whether a unit belongs to the quotation before it: the same language, or the next speech."""
    return unit.language == first.language and (unit.line.gap <= 1 if first.language else unit.line.gap == 0)
