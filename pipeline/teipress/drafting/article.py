"""Articles and essays: title, epigraph, headings, quoted documents, captions, bibliography (Guidelines 3.3, 4, 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

from teipress.drafting.blocks import blocks
from teipress.drafting.bylines import is_byline, says_author
from teipress.drafting.datelines import is_dateline
from teipress.drafting.epigraphs import epigraph, epigraph_end
from teipress.drafting.headings import could_head, is_numbered_part, kind_of, matches, ranks
from teipress.drafting.letter import letters, salutes
from teipress.drafting.lines import Line, layout, paragraphs
from teipress.drafting.parts import NUMBER, Unit, heads_apparatus, notes_end, quotations_in, units_of
from teipress.drafting.quotations import announces, refers
from teipress.drafting.signatures import is_sealed, signatures_start, signed
from teipress.edition import Sidecar
from teipress.scripts import HAN
from teipress.source import Source
from teipress.span import Span

_PLAIN: Final = 60  # the longest title under a number that ends with a stop
_AUTHOR: Final = 3  # lines in which a title and “By …” stand
_DATED: Final = 120  # the longest line that says where and when, the day in words
_HELD: Final = 4  # lines of a title, the last of which says where it was spoken
_SENTENCE: Final = 30  # from so many characters on a line with a stop is a sentence of prose
_TITLE: Final = 100  # the longest title with a stop
_HAN_DATE: Final = re.compile(rf"[{HAN}〇○\\d，、　 ]{{4,30}}")
_STOPPED: Final = re.compile(r"[.!?…。！？][”’\"»)」』]*$")
_PLACED: Final = re.compile(r"[^\W\d_a-zа-яё][\w.’-]+(?:,? [^\W\d_.][\w.’-]+){0,3},? (?:1[4-9]|20)\d\d\.?")
#: Where a text was printed, said below it in brackets.
_PRINTED: Final = re.compile(
    r"[(（\[][^()]{5,120}(?:\d{4}|№|No\.|Nr\.|年).{0,40}[)）\]]\.?|[（(〔](?:原?[載载刊]|[錄录選选]自)[^（）()]{2,40}[）)〕]"
)
#: Where a text in Chinese was written.
_WRITTEN: Final = re.compile(f"[{HAN}，、　 ]{{0,20}}[寫写作記记識识草書书][於于][{HAN}　 ]{{1,14}}")
_HAN_PEN: Final = re.compile(f"[{HAN}]{{2,4}}")
#: The two halves of a Chinese chapter's title.
_COUPLET: Final = re.compile(rf"[{HAN}]{{4,12}}[　 ]+[{HAN}]{{4,12}}")
_BARE_YEAR: Final = re.compile(r"[(\[]?(?:1[4-9]|20)\d\d(?:\s?[–-]\s?(?:(?:1[4-9]|20)?\d\d))?[)\].]?")
_YEAR: Final = re.compile(r"\b(?:1[4-9]|20)\d\d\b")


def is_article(lines: Sequence[Line]) -> bool:
    """Tell whether a title stands above paragraphs of prose."""
    if len(lines) < 3 or not (could_head(lines[0]) or _is_stopped_title(lines)):
        return False
    sentences = sum(not line.within(_SENTENCE) and bool(_STOPPED.search(line.text)) for line in lines[1:])
    apart = any(line.gap > 0 for line in lines[1:_AUTHOR])
    return any(not line.short for line in lines[1:]) or (apart and sentences >= 2)


def _is_stopped_title(lines: Sequence[Line]) -> bool:
    """Tell whether the first line is a title with a stop, as old prints have them: it stands alone above more."""
    if len(lines) < 2:
        return False
    text, below = lines[0].text, lines[1]
    stopped = text.endswith(".") and len(text) <= _TITLE and not re.search(r"[.!?;:]\s+\S+\s+\S", text)
    byline = matches("bylines", below.text) or is_numbered_part(below.text) or bool(kind_of(below.text))
    return stopped and below.gap > 0 and (byline or not below.short) and len(text.split()) > 1


def says_what_it_is(lines: Sequence[Line]) -> str:
    """Give the title of a text that says of itself what no letter is: a sermon, a lecture; "" where none does.

    A treaty or a statute is known by its articles; it may begin as letters do, with a place and a day.
    """
    for line in lines[:3]:
        if line.short and matches("spoken", line.text) and not line.text.endswith((",", "!", ".", ":")):
            return line.text
        if line.short and matches("held", line.text):
            return line.text
    parts = [line for line in lines[1:] if line.short and line.gap and is_numbered_part(line.text)]
    parts = parts or [line for line, below in pairwise(lines[1:]) if _heads_part(line, below)]
    signed = any(says_author(line.text) for line in lines[1:_AUTHOR])
    if (
        lines
        and (could_head(lines[0]) or _is_stopped_title(lines))
        and (len(parts) > 1 or signed or any(line.gap and heads_apparatus(line) for line in lines[1:]))
    ):
        return lines[0].text
    articles = [line for line in lines if line.short and matches("articles", line.text)]
    return articles[0].text if len(articles) >= 2 and not matches("articles", lines[0].text) else ""


def _heads_part(line: Line, below: Line) -> bool:
    """Tell whether a line in Chinese is the heading of a part: short, with a numeral, and no item of a list."""
    numbered = line.within(_PLAIN) and kind_of(line.text) == "han" and could_head(line)
    return numbered and kind_of(below.text) != "han" and below.text.endswith(("。", "：", "！", "？", "」"))


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of an article."""
    units = units_of(paragraphs(source), source)
    if not units:
        return
    lines = [unit.line for unit in units]
    start = _titles(units, source.language)
    if (
        start or units[0].part != "heading"
    ):  # what begins with a chapter is a book, and its chapters stand for themselves
        yield Span(lines[0].start, lines[-1].end, "div", (("type", "article"),), rule="article.article")
    for at, line in enumerate(lines[:start]):
        yield from _title(line, at, source.language)
    if (opened := epigraph_end(lines, start)) > start:
        yield from epigraph(lines[start:opened])
        start = opened
    if start < len(lines) - 1 and start and salutes(lines[start], source.language):
        yield Span(lines[start].start, lines[start].end, "opener", rule="article.salutation")
        yield Span(lines[start].start, lines[start].end, "salute", rule="article.salutation")
        start += 1
    end = _trailer(lines, start)
    closing = _closing(units[:end], start, source)
    yield from _sections(units[:closing], start, source)
    if closing < end:
        yield Span(lines[closing].start, lines[end - 1].end, "closer", rule="article.closer")
        yield from signed(lines[closing:end], partial(_is_date, source=source), _says_not, "article.closer")
    for line in lines[end:]:
        yield Span(line.start, line.end, "trailer", rule="article.end")


def _trailer(lines: Sequence[Line], start: int) -> int:
    """Give the line from which on there is only “The end”, or in brackets where the text was printed."""
    end = len(lines)
    while end - 1 > start and len(lines) - end < 2 and lines[end - 1].gap and _ends(lines[end - 1].text):
        end -= 1
    return end


def _ends(text: str) -> bool:
    return matches("ends", text) or bool(_PRINTED.fullmatch(text))


def _closing(units: Sequence[Unit], start: int, source: Source) -> int:
    """Give the line from which on there are only the signature and the date of a text; the end where there is none."""
    lines = [unit.line for unit in units]
    last = lines[-1].text
    if len(lines) <= start + 1 or units[-1].part not in ("prose", "attribution") or matches("notes", last):
        return len(lines)
    if any(unit.part == "heading" and matches("bibliographies", unit.line.text) for unit in units):
        return len(lines)
    is_date = partial(_is_date, source=source)
    at = signatures_start(lines, start + 1, is_date, lambda text: bool(_HAN_PEN.fullmatch(text)), _says_not)
    at -= at == len(lines) and _is_date(lines[-1], source)
    apart = at < len(lines) and (lines[at].gap > 0 or not any(line.gap for line in lines[_AUTHOR:]))
    apart = apart or is_sealed(last)
    return at if apart else len(lines)


def _says_not(_text: str) -> bool:
    """Tell that a line names no office."""
    return False


def _is_date(line: Line, source: Source) -> bool:
    """Tell whether a line below the text says where and when it was written."""
    text = line.text
    if _BARE_YEAR.fullmatch(text) or (_HAN_DATE.fullmatch(text) and "年" in text) or _WRITTEN.fullmatch(text):
        return True
    return len(text) < _DATED and (bool(_PLACED.fullmatch(text)) or is_dateline(line, source.language))


# What stands above the text.


def _held(lines: Sequence[Line]) -> int:
    """Give the line of a title that says where a sermon or a speech was held; 0 where none does."""
    for at, line in enumerate(lines[:_HELD]):
        if not line.short:
            break
        if at and at + 1 < len(lines) and matches("held", line.text):
            return at
    return 0


def _titles(units: Sequence[Unit], code: str) -> int:
    """Count the lines of the title: its own, and what is below it without a gap or says who wrote it."""
    lines = [unit.line for unit in units[:7]]
    held = _held(lines)
    if held:
        return held + 1
    if len(lines) < 2 or units[0].part == "heading" or not (could_head(lines[0]) or _is_stopped_title(lines)):
        return 0
    count = 1
    while count < min(5, len(units) - 1) and units[count].part == "prose":
        line = lines[count]
        byline = is_byline(line, code) and line.gap <= 2
        below = line.gap == 0 and (could_head(line) or _goes_with(line)) and lines[count + 1].gap <= 2
        below = below or (could_head(line) and units[count + 1].part == "heading" and line.gap == 1)
        below = below or _is_titled_on(units, count)
        if not (byline or below) or is_numbered_part(line.text) or epigraph_end(lines, count) > count:
            break
        count += 1
    last = units[count]
    alone = lines[0].gap == 0 and count > 1 and last.line.gap == 0 and last.part == "prose"
    return 1 if alone and not is_byline(lines[count - 1], code) else count


def _is_titled_on(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a title in capitals goes on in a line of its own, and no part of the text is headed in this way."""
    line, above = units[at].line, units[at - 1].line
    loud = line.text.isupper() and above.text.isupper() and could_head(line) and not kind_of(line.text)
    return loud and not any(unit.part == "heading" and unit.line.text.isupper() for unit in units[at + 1 :])


def _goes_with(line: Line) -> bool:
    """Tell whether a line directly below a title belongs to it: all in brackets, or after a dash."""
    bracketed = line.text[0] in "(（[" and line.text[-1] in ")）]"
    return line.short and (bracketed or could_head(replace(line, text=line.text.lstrip("—–- ") or line.text)))


def _title(line: Line, at: int, code: str) -> Iterator[Span]:
    if at and is_byline(line, code):
        yield Span(line.start, line.end, "byline", rule="article.byline")
    else:
        kind = (("type", "sub"),) if at else ()
        yield Span(line.start, line.end, "head", kind, rule="article.title")


# The sections.


def _sections(units: list[Unit], start: int, source: Source) -> Iterator[Span]:
    """Give a `div` for each heading with what follows it; a lower heading's inside the higher one's."""
    heads = [at for at in range(start, len(units)) if units[at].part == "heading"]
    levels = ranks([units[at].line for at in heads])
    bounds = [*heads, len(units)]
    ends = _section_ends(heads, levels, len(units))
    quoted = quotations_in(units)
    yield from _content(units, start, bounds[0], quoted, source)
    for number, head in enumerate(heads):
        end = ends[number]
        line = units[head].line
        listed = matches("bibliographies", line.text)
        noted = notes_end(line, units[end].line.start if end < len(units) else len(source.text), source)
        kind = "notes" if noted else "bibliography" if listed else "section"
        stop = max(units[end - 1].line.end, noted)
        yield Span(line.start, stop, "div", (("type", kind),), rule="article.section")
        yield Span(line.start, line.end, "head", rule="article.heading")
        first = head + 1
        if _has_second_line(units, head, bounds[number + 1]):
            second = units[first].line
            yield Span(second.start, second.end, "head", (("type", "sub"),), rule="article.heading")
            first += 1
        if first < bounds[number + 1] and units[first].part == "argument":
            told = units[first].line
            yield Span(told.start, told.end, "argument", rule="article.argument")
            yield Span(told.start, told.end, "p", rule="article.argument")
            first += 1
        lines = [unit.line for unit in units[head : bounds[number + 1]]]
        if (opened := epigraph_end(lines, first - head)) > first - head:
            yield from epigraph(lines[first - head : opened])
            first = head + opened
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


def _has_second_line(units: Sequence[Unit], head: int, end: int) -> bool:
    """Tell whether what a part is about stands under its number, as a line of its own."""
    number, second = units[head].line.text, units[head + 1].line if head + 1 < end else None
    bare = bool(NUMBER.fullmatch(number))
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


def _bibliography(units: Sequence[Unit]) -> Iterator[Span]:
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
    units: list[Unit], start: int, end: int, quoted: dict[int, int], source: Source
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
        if stop == at and units[at].part in ("prose", "attribution", "argument"):
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


def _letter_end(units: Sequence[Unit], at: int, end: int, source: Source) -> int:
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


def _attributes(unit: Unit) -> bool:
    return unit.part == "attribution" or (unit.part == "prose" and not unit.wide and refers(unit.line))


def _quotation(units: list[Unit], attribution: Unit | None, source: Source) -> Iterator[Span]:
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


def _spoken(unit: Unit) -> Iterator[Span]:
    line, rest = unit.line, unit.line.starting(unit.label)
    yield Span(line.start, line.end, "sp", rule="article.speech")
    yield Span(line.start, line.start + unit.label, "speaker", rule="article.speaker")
    yield Span(rest.start, rest.end, "p", rule="article.speech")


def _figure(units: list[Unit]) -> Iterator[Span]:
    """Give a caption as `figure/head`; a line above it stands for the picture itself (Guidelines 14.3)."""
    yield Span(units[0].line.start, units[-1].line.end, "figure", rule="article.figure")
    for unit in units:
        tag = "head" if unit.part == "caption" else "figDesc"
        yield Span(unit.line.start, unit.line.end, tag, rule="article.caption")
