"""Articles and essays: title, epigraph, headings, quoted documents, captions, bibliography (Guidelines 3.3, 4, 14).

A quotation is known by what stands around it: a wider gap before it, a colon that announces it, another
script, speakers, or an attribution that follows it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from teipress.drafting.blocks import blocks, is_ornament
from teipress.drafting.datelines import is_dateline
from teipress.drafting.foreign import OTHER
from teipress.drafting.front import epigraph, is_epigraph
from teipress.drafting.headings import could_head, find, is_numbered_part, kind_of, matches, ranks
from teipress.drafting.letter import letters, salutes
from teipress.drafting.lines import Line, layout, paragraphs
from teipress.drafting.quotations import announces, embraced, is_attribution, refers
from teipress.edition import Sidecar
from teipress.languages import identify
from teipress.source import Source
from teipress.span import Span

_LONGEST: Final = 400  # of a caption, in characters
_SAMPLE: Final = 300
_PLAIN: Final = 60  # the longest title under a number that ends with a stop
_SPEAKER: Final = re.compile(
    r"^(?P<label>(?:[^\W\d_a-z][\w.’'-]*(?:[ ,]+(?:[^\W\d_a-z][\w.’'-]*|de|von|van|of|the))*)|[\u3400-\u9fff]{1,6})"
    r"(?P<colon>\s?[:：])(?=\s*\S)"
)
_HAN: Final = re.compile("^[\u3400-\u9fff]")
_BARE_YEAR: Final = re.compile(r"[(\[]?(?:1[4-9]|20)\d\d(?:\s?[–-]\s?(?:(?:1[4-9]|20)?\d\d))?[)\].]?")
_NUMBER: Final = re.compile(r"(?:[IVXLC]{1,6}|\d{1,3})[.)]?")
#: The two halves of a Chinese chapter's title.
_COUPLET: Final = re.compile(r"[\u3400-\u9fff]{4,12}[　 ]+[\u3400-\u9fff]{4,12}")
_YEAR: Final = re.compile(r"\b(?:1[4-9]|20)\d\d\b")


@cache
def _captions() -> re.Pattern[str]:
    data = tomllib.loads(Path(__file__).with_name("captions.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(data["captions"]), re.IGNORECASE | re.DOTALL)


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


def is_article(lines: Sequence[Line]) -> bool:
    """Tell whether a title stands above paragraphs of prose."""
    if len(lines) < 3 or not could_head(lines[0]):
        return False
    sentences = sum(len(line.text) > 30 and line.text.endswith((".", "!", "?", "。")) for line in lines[1:])
    return any(not line.short for line in lines[1:]) or (lines[1].gap > 0 and sentences >= 3)


def says_what_it_is(lines: Sequence[Line]) -> str:
    """Give the title of a text that says of itself what no letter is: a sermon, a lecture; "" where none does.

    A treaty or a statute is known by its articles; it may begin as letters do, with a place and a day.
    """
    for line in lines[:3]:
        if line.short and matches("spoken", line.text) and not line.text.endswith((",", "!")):
            return line.text
    articles = [line for line in lines if line.short and matches("articles", line.text)]
    return articles[0].text if len(articles) >= 2 and not matches("articles", lines[0].text) else ""


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of an article."""
    units = _units(paragraphs(source), source.language)
    if not units:
        return
    end = len(units)
    start = _titles(units)
    ending = max(units[-1].line.end, _notes(units, start, end, source))
    if (
        start or units[0].part != "heading"
    ):  # what begins with a chapter is a book, and its chapters stand for themselves
        yield Span(units[0].line.start, ending, "div", (("type", "article"),), rule="article.article")
    for at, unit in enumerate(units[:start]):
        yield from _title(unit.line, at)
    if opened := _epigraph(units, start, end):
        yield from epigraph([unit.line for unit in units[start:opened]])
        start = opened
    closing = end > start + 1 and matches("ends", units[-1].line.text)
    end -= closing
    last = units[end - 1].line
    dated = end > start + 1 and last.gap > 0 and units[end - 1].part == "prose" and _is_date(last, source)
    noted = _notes(units, start, end, source)
    yield from _sections(units[: end - dated - bool(noted)], start, source)
    if noted:
        yield Span(last.start, noted, "div", (("type", "notes"),), rule="article.notes")
        yield Span(last.start, last.end, "head", rule="article.notes")
    if dated:
        yield Span(last.start, last.end, "closer", rule="article.closer")
        yield Span(last.start, last.end, "dateline", rule="article.closer")
    if closing:
        yield Span(units[-1].line.start, units[-1].line.end, "trailer", rule="article.end")


def _notes(units: Sequence[_Unit], start: int, end: int, source: Source) -> int:
    """Give where the notes end that the last line heads; 0 where it is no heading of notes."""
    line = units[end - 1].line
    if end <= start + 1 or end < len(units) or not matches("notes", line.text):
        return 0
    return max(
        (mark.end for mark in layout(source).marks if mark.tag == "note" and mark.start > line.end), default=0
    )


def _is_date(line: Line, source: Source) -> bool:
    """Tell whether a line below the text says where and when it was written."""
    return bool(_BARE_YEAR.fullmatch(line.text)) or (
        len(line.text) < 80 and is_dateline(line, source.language)
    )


# What stands above the text.


def _titles(units: Sequence[_Unit]) -> int:
    """Count the lines of the title: its own, and what is below it without a gap or says who wrote it."""
    if not could_head(units[0].line) or len(units) < 2 or units[0].part == "heading":
        return 0
    count = 1
    while count < min(5, len(units) - 1) and units[count].part == "prose":
        line = units[count].line
        byline = matches("bylines", line.text) and line.gap <= 2
        below = line.gap == 0 and could_head(line) and units[count + 1].line.gap <= 2
        below = below or (could_head(line) and units[count + 1].part == "heading" and line.gap == 1)
        if not (byline or below) or is_numbered_part(line.text):
            break
        count += 1
    last = units[count]
    alone = units[0].line.gap == 0 and count > 1 and last.line.gap == 0 and last.part == "prose"
    return 1 if alone and not matches("bylines", units[count - 1].line.text) else count


def _title(line: Line, at: int) -> Iterator[Span]:
    if at and matches("bylines", line.text):
        yield Span(line.start, line.end, "byline", rule="article.byline")
    else:
        kind = (("type", "sub"),) if at else ()
        yield Span(line.start, line.end, "head", kind, rule="article.title")


def _epigraph(units: Sequence[_Unit], start: int, end: int) -> int:
    """Give the end of an epigraph: words of another above the text, and whose they are; 0 where none is."""
    if not 0 < start < end - 2 or units[start].part not in ("prose", "speech"):
        return 0
    stop = start + 1
    while stop < end - 1 and stop - start < 10 and units[stop].line.gap == 0:
        stop += 1
    lines = [unit.line for unit in units[start:stop]]
    after = units[stop].line
    if min(line.indent for line in lines) >= after.indent + 4 and after.gap and is_epigraph(lines):
        return stop
    quoted, named, after = units[start].line, units[start + 1], units[start + 2].line
    if not embraced(quoted.text) or len(quoted.text) > 400:
        return 0
    below = named.part == "attribution" or (named.line.gap == 0 and len(named.line.text) <= 80)
    return start + 2 if below and after.gap and not named.line.text.endswith((":", "：")) else 0


# The sections.


def _sections(units: list[_Unit], start: int, source: Source) -> Iterator[Span]:
    """Give a `div` for each heading with what follows it; a lower heading's inside the higher one's."""
    heads = [at for at in range(start, len(units)) if units[at].part == "heading"]
    levels = ranks([units[at].line for at in heads])
    bounds = [*heads, len(units)]
    ends = _section_ends(heads, levels, len(units))
    quoted = _quotations(units)
    yield from _content(units, start, bounds[0], quoted, source)
    for number, head in enumerate(heads):
        end = ends[number]
        line = units[head].line
        listed = matches("bibliographies", line.text)
        kind = "bibliography" if listed else "section"
        yield Span(line.start, units[end - 1].line.end, "div", (("type", kind),), rule="article.section")
        yield Span(line.start, line.end, "head", rule="article.heading")
        first = head + 1
        if _has_second_line(units, head, bounds[number + 1]):
            second = units[first].line
            yield Span(second.start, second.end, "head", (("type", "sub"),), rule="article.heading")
            first += 1
        if opened := _epigraph(units, first, bounds[number + 1]):
            yield from epigraph([unit.line for unit in units[first:opened]])
            first = opened
        if listed:
            yield from _bibliography(units[first : bounds[number + 1]])
        else:
            yield from _content(units, first, bounds[number + 1], quoted, source)


def _section_ends(heads: Sequence[int], levels: Sequence[int], last: int) -> list[int]:
    """Give for each heading where the next one of its level or a higher one stands; `last` where none does."""
    ends = [last] * len(heads)
    opened: list[int] = []
    for number, level in enumerate(levels):
        while opened and levels[opened[-1]] >= level:
            ends[opened.pop()] = heads[number]
        opened.append(number)
    return ends


def _has_second_line(units: Sequence[_Unit], head: int, end: int) -> bool:
    """Tell whether what a part is about stands under its number, as a line of its own."""
    number, second = units[head].line.text, units[head + 1].line if head + 1 < end else None
    bare = bool(_NUMBER.fullmatch(number))
    if (
        head + 2 >= end
        or second is None
        or not (bare or is_numbered_part(number))
        or units[head + 1].part != "prose"
    ):
        return False
    after = units[head + 2].line
    if second.gap > 1 or after.gap < 1:
        return False
    if matches("summaries", second.text) or _COUPLET.fullmatch(second.text):
        return True
    plain = second.gap == 0 or second.text.isupper() or not after.short
    if number.endswith(".") and len(second.text) <= _PLAIN:  # whose headings have stops
        second = replace(second, text=second.text.rstrip("."))
    return could_head(second) and (second.text.isupper() if bare else plain)


def _bibliography(units: Sequence[_Unit]) -> Iterator[Span]:
    """Give the works that a bibliography lists: each a paragraph."""
    works = [unit.line for unit in units]
    if not works:
        return
    first = next((at for at, work in enumerate(works) if _YEAR.search(work.text) or at > 2), 0)
    for line in works[:first]:
        yield Span(line.start, line.end, "p", rule="article.paragraph")
    yield Span(works[first].start, works[-1].end, "listBibl", rule="article.bibliography")
    for work in works[first:]:
        yield Span(work.start, work.end, "bibl", rule="article.bibliography")


def _content(
    units: list[_Unit], start: int, end: int, quoted: dict[int, int], source: Source
) -> Iterator[Span]:
    at = start
    plain: list[Line] = []
    while at < end:
        stop = min(quoted.get(at, at), end)
        if stop == at and plain and (stop := _letter_end(units, at, end, source)) > at:
            yield from blocks(source, plain)
            plain = []
            yield from _letter([unit.line for unit in units[at:stop]], source)
            at = stop
            continue
        if stop == at and units[at].part in ("prose", "attribution"):
            plain.append(units[at].line)
            at += 1
            continue
        yield from blocks(source, plain)
        plain = []
        if stop > at:
            attribution = units[stop] if stop < end and _attributes(units[stop]) else None
            yield from _quotation(units[at:stop], attribution, source)
            at = stop + (attribution is not None)
        elif units[at].part in ("caption", "alternative"):
            stop = at + 1 if units[at].part == "caption" else at + 2
            yield from _figure(units[at:stop])
            at = stop
        else:
            yield from _spoken(units[at])
            at += 1
    yield from blocks(source, plain)


def _letter_end(units: Sequence[_Unit], at: int, end: int, source: Source) -> int:
    """Give the end of a letter that is given whole: announced, with its own opening, set in; `at` where none is."""
    line = units[at].line
    if not announces(units[at - 1].line) or not line.short:
        return at
    if not (is_dateline(line, source.language) or salutes(line, source.language)):
        return at
    stop = at
    margin = layout(source).margin + 3
    while stop < end and units[stop].line.indent >= margin:
        stop += 1
    return stop if stop - at >= 3 else at


def _letter(lines: list[Line], source: Source) -> Iterator[Span]:
    """Give a letter inside a text (Guidelines 4.3.2)."""
    start, end = lines[0].start, lines[-1].end
    yield Span(start, end, "floatingText", (("type", "letter"),), rule="article.letter")
    yield Span(start, end, "body", rule="article.letter")
    yield from letters(lines, source, Sidecar(), "embedded")


def _attributes(unit: _Unit) -> bool:
    return unit.part == "attribution" or (unit.part == "prose" and not unit.wide and refers(unit.line))


def _quotation(units: list[_Unit], attribution: _Unit | None, source: Source) -> Iterator[Span]:
    start, end = units[0].line.start, units[-1].line.end
    languages = {unit.language for unit in units}
    attributes = (("xml:lang", languages.pop()),) if len(languages) == 1 and "" not in languages else ()
    if attribution:
        yield Span(start, attribution.line.end, "cit", rule="article.cited")
    yield Span(start, end, "quote", attributes, rule="article.quotation")
    for unit in units:
        if unit.part == "speech":
            yield from _spoken(unit)
        else:
            yield Span(unit.line.start, unit.line.end, "p", rule="article.paragraph")
    if attribution:
        yield Span(attribution.line.start, attribution.line.end, "bibl", rule="article.attribution")


def _spoken(unit: _Unit) -> Iterator[Span]:
    line, rest = unit.line, unit.line.starting(unit.label)
    yield Span(line.start, line.end, "sp", rule="article.speech")
    yield Span(line.start, line.start + unit.label, "speaker", rule="article.speaker")
    yield Span(rest.start, rest.end, "p", rule="article.speech")


def _figure(units: list[_Unit]) -> Iterator[Span]:
    """Give a caption as `figure/head`; a line above it stands for the picture itself (Guidelines 14.3)."""
    yield Span(units[0].line.start, units[-1].line.end, "figure", rule="article.figure")
    for unit in units:
        tag = "head" if unit.part == "caption" else "figDesc"
        yield Span(unit.line.start, unit.line.end, tag, rule="article.caption")


# The parts that lines play.


def _units(lines: Sequence[Line], language: str) -> list[_Unit]:
    units = [_Unit(line, "prose", _foreign(line, language)) for line in lines]
    for unit in units:
        if len(unit.line.text) <= _LONGEST and _captions().search(unit.line.text):
            unit.part = "caption"
        elif is_attribution(unit.line):
            unit.part = "attribution"
    listed = next(
        (at for at, line in enumerate(lines) if at and matches("bibliographies", line.text)), len(lines)
    )
    _find_speeches(units[:listed])
    for at, unit in enumerate(units[:-1]):
        following = units[at + 1]
        captioned = following.part == "caption" and following.line.gap == 0
        if at and captioned and unit.part == "prose" and could_head(unit.line):
            unit.part = "alternative"
    free = [unit.part == "prose" and not is_ornament(unit.line) for unit in units]
    free[:1] = [is_numbered_part(line.text) for line in lines[:1]]
    for at in find(lines, free):
        if not (at and units[at - 1].part == "heading" and _names(lines[at - 1], lines[at])):
            units[at].part = "heading"
    return units


def _names(number: Line, title: Line) -> bool:
    """Tell whether a line is the title that belongs to the number of a part above it."""
    if title.gap > 1 or kind_of(title.text) or is_numbered_part(title.text):
        return False
    return is_numbered_part(number.text) or (bool(_NUMBER.fullmatch(number.text)) and title.text.isupper())


def _find_speeches(units: Sequence[_Unit]) -> None:
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
        if beside or (announced and _HAN.match(match["label"])):
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


def _quotations(units: list[_Unit]) -> dict[int, int]:
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


def _gaps_mean_quotation(units: list[_Unit], starts: list[int]) -> bool:
    """Tell whether a wide gap announces a quotation in this text: most of them are confirmed by something else."""
    confirmed = [
        at
        for at in starts
        if _is_announced(units, at) or _attributed(units, at) or units[at].part == "speech"
    ]
    return bool(starts) and len(confirmed) * 2 > len(starts)


def _is_announced(units: list[_Unit], at: int) -> bool:
    return announces(units[at - 1].line) and units[at].wide


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
