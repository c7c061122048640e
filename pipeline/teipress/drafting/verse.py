"""Verse: stanzas and lines, with their titles, parts and indents (Guidelines 6)."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import Final

from teipress.drafting.blocks import is_ornament, ornament
from teipress.drafting.datelines import is_dateline
from teipress.drafting.linebreaks import has_room, width_of
from teipress.drafting.lines import Line, layout
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span

_LONGEST: Final = 90  # of a verse line, in characters
_BESIDE: Final = re.compile(r"\s{2,}[(\[]?(\d{1,4})[)\]]?$")  # a line's number, in the margin
_TURN: Final = re.compile(r"[—–-]\s?[^\W\d_¿¡]|[—–]\s?[¿¡]")
_LONGEST_HAN: Final = 34
_SMALL: Final = frozenset(["la", "grc", "el"])  # languages whose verse is printed with small letters
_CLOSED: Final = (".", ",", ";", ":", "!", "?", "…", "。", "，", "；", "！", "？", "—", "–")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("verse.toml").read_text(encoding="utf-8"))
    return {key: re.compile(pattern, re.IGNORECASE) for key, pattern in data.items()}


def evidence(everything: Sequence[Line], width: int, code: str) -> str:
    """Say what marks the lines of a text, wrapped at `width` or not (0), as verse; "" where nothing does."""
    groups = [group for group in stanzas(everything) if len(group) >= 2]
    rows = [row for group in groups for row in group]
    if len(rows) < 4 or len(rows) < 0.6 * len(everything) or width > 75:
        return ""
    if sum(bool(_TURN.match(row.text)) for row in rows) * 3 >= len(rows):  # a dialogue
        return ""
    if max(len(row.text) for row in everything) > _LONGEST or median(len(row.text) for row in rows) < 5:
        return ""
    inner = [(a, b) for group in groups for a, b in itertools.pairwise(group)]
    open_ends = [b for a, b in inner if not a.text.endswith((".", "!", "?", "…", "。", "！", "？"))]
    if code.startswith(("zh", "ja")):
        if max(len(row.text) for row in rows) > _LONGEST_HAN:
            return ""
        closed = sum(row.text.endswith(_CLOSED) for row in rows)
        is_even = len({len(row.text) for row in rows}) <= 3
        return "its lines are short and of like length" if closed * 2 > len(rows) or is_even else ""
    if code.partition("-")[0] in _SMALL and open_ends and len(inner) >= 3:
        widest = width_of(everything)
        if 4 * sum(has_room(a, b, widest) for a, b in inner) >= len(inner):
            return "its lines end before the page ends them"
    capital = sum(b.text.lstrip("“\"'«„(–—-‘’")[:1].isupper() for b in open_ends)
    if open_ends and capital >= 0.7 * len(open_ends):
        return "its lines begin with capitals within the sentence"
    lengths = [len(row.text) for row in rows]
    if max(lengths) <= 60 and median(lengths) <= 40 and len(groups) >= 2 and not width:
        return "its lines are short and stand in stanzas"
    return ""


def stanzas(rows: Sequence[Line]) -> list[list[Line]]:
    """Group the lines of verse by the blank lines between them; in a text with a blank after each, by wider ones."""
    gaps = [max(0, row.gap) for row in rows[1:]]
    usual = sorted(gaps)[len(gaps) // 3] if gaps else 0
    groups: list[list[Line]] = []
    apart = True  # whether the row before is, or there is none
    for row in rows:
        alone = _stands_alone(row)
        if row.gap <= usual and not alone and not apart:
            groups[-1].append(row)
        else:
            groups.append([row])
        apart = alone
    return groups


def _stands_alone(row: Line) -> bool:
    return bool(_patterns()["number"].match(row.text)) or is_ornament(row)


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of a poem, or of several under one title."""
    groups = stanzas(layout(source).rows)
    if not groups:
        return
    start, end = groups[0][0].start, groups[-1][-1].end
    yield Span(start, end, "div", (("type", "poem"),), rule="verse.poem")
    opening = _opening(groups)
    for at, row in enumerate(row for group in groups[:opening] for row in group):
        is_byline = at > 0 and bool(_patterns()["byline"].match(row.text))
        kind = () if at == 0 or is_byline else (("type", "sub"),)
        yield Span(row.start, row.end, "byline" if is_byline else "head", kind, rule="verse.head")
    rest = groups[opening:]
    closing = _closing(rest, source.language)
    yield from _parts(rest[: len(rest) - closing])
    if closing:
        lines = [row for group in rest[-closing:] for row in group]
        yield Span(lines[0].start, lines[-1].end, "closer", rule="verse.closer")
        for row in lines:
            tag = "dateline" if is_dateline(row, source.language) else "signed"
            yield Span(row.start, row.end, tag, rule="verse.closer")


def _opening(groups: Sequence[Sequence[Line]]) -> int:
    """Count the groups above the first stanza: lines that stand alone, a title and who wrote it."""
    count = 0
    several = len(_titles(groups[1:])) > 1
    while count < min(4, len(groups) - 1) and len(groups[count]) <= 2:
        if count and several and count in _titles(groups):
            break
        first, last = groups[count][0], groups[count][-1]
        is_byline = bool(_patterns()["byline"].match(last.text))
        is_title = not last.text.endswith((",", ";", "，")) and (
            count == 0
            or is_byline
            or (len(groups[count]) == 1 and any(len(group) > 2 for group in groups[count + 1 : 4]))
        )
        if (
            _patterns()["number"].match(first.text)
            or is_ornament(first)
            or not is_title
            or (len(groups[count]) == len(groups[count + 1]) == 2 and not is_byline)
        ):
            break
        count += 1
    return count


def _closing(groups: Sequence[Sequence[Line]], code: str) -> int:
    """Tell whether the last group is a date or a name below the poem."""
    if len(groups) < 2 or len(groups[-1]) > 2:
        return 0
    lines = groups[-1]
    dated = is_dateline(lines[-1], code)
    name = len(lines) == 1 and lines[0].indent > 8 and len(lines[0].text) < 40 and len(groups[-2]) > 1
    return int(dated or name)


def _parts(groups: Sequence[Sequence[Line]]) -> Iterator[Span]:
    """Give the stanzas, in a division for each part where lines alone between them are headings."""
    titles = _titles(groups)
    heads = [
        at
        for at, group in enumerate(groups[:-1])
        if at in titles or (len(group) == 1 and len(groups[at + 1]) > 1 and _is_heading(group[0]))
    ]
    if heads and heads[0] == 0 and _are_numbers(groups, heads):
        yield from _numbered(groups, margin_of(groups))
        return
    margin = margin_of(groups)
    first = heads[0] if heads else len(groups)
    yield from _stanzas(groups[:first], margin)
    if heads and first:
        heads = [0, *heads]
    for at, end in zip(heads, [*heads[1:], len(groups)], strict=False):
        if at == 0 and first:
            continue
        yield Span(
            groups[at][0].start, groups[end - 1][-1].end, "div", (("type", "part"),), rule="verse.part"
        )
        yield Span(groups[at][0].start, groups[at][0].end, "head", rule="verse.head")
        yield from _stanzas(groups[at + 1 : end], margin)


def margin_of(groups: Sequence[Sequence[Line]]) -> int:
    """Give how far the lines that stand furthest left are set in."""
    return min((row.indent for group in groups for row in group), default=0)


def _are_numbers(groups: Sequence[Sequence[Line]], heads: Sequence[int]) -> bool:
    """Tell whether the headings only number stanzas: every second group is one, and a number."""
    return heads == list(range(0, len(groups) - 1, 2)) and all(
        _patterns()["number"].match(groups[at][0].text) for at in heads
    )


def _numbered(groups: Sequence[Sequence[Line]], margin: int) -> Iterator[Span]:
    """Give stanzas that have their numbers above them (Guidelines 6.2: a heading within `lg`)."""
    for head, group in zip(groups[::2], groups[1::2], strict=False):
        yield Span(head[0].start, group[-1].end, "lg", (("type", "stanza"),), rule="verse.stanza")
        yield Span(head[0].start, head[0].end, "head", rule="verse.head")
        yield from _lines(group, margin)
    if len(groups) % 2:
        yield from _stanzas(groups[-1:], margin)


def _titles(groups: Sequence[Sequence[Line]]) -> set[int]:
    """Give the groups that are titles: lines alone, without a stop, over stanzas whose lines have stops."""
    rows = [row for group in groups if len(group) > 1 for row in group]
    if 3 * sum(row.text.endswith(_CLOSED) for row in rows) < len(rows):
        return set()
    return {
        at
        for at, group in enumerate(groups[:-1])
        if len(group) == 1 and len(groups[at + 1]) > 1 and _is_title(group[0])
    }


def _is_title(row: Line) -> bool:
    return not row.text.endswith((*_CLOSED, "-")) and len(row.text) < 60 and not is_ornament(row)


def _is_heading(row: Line) -> bool:
    if is_ornament(row):
        return False
    return bool(_patterns()["number"].match(row.text)) or (row.text.isupper() and len(row.text) < 60)


def _stanzas(groups: Sequence[Sequence[Line]], margin: int) -> Iterator[Span]:
    for group in groups:
        if len(group) == 1 and is_ornament(group[0]):
            yield from ornament(group[0])
            continue
        yield Span(group[0].start, group[-1].end, "lg", (("type", "stanza"),), rule="verse.stanza")
        yield from _lines(group, margin)


def _lines(rows: Sequence[Line], margin: int) -> Iterator[Span]:
    """Give the lines of a stanza; a number beside one is its own, and printed there for the reader's sake."""
    for row in rows:
        indent = (row.indent - margin + 1) // 2
        rend = (("rend", f"indent{min(indent, 9)}"),) if indent > 0 else ()
        number = _BESIDE.search(row.text) if row.text[-1].isdecimal() or row.text[-1] in ")]" else None
        n = (("n", number[1]),) if number else ()
        yield Span(row.start, row.end, "l", (*n, *rend), rule="verse.line")
        if number:
            at = row.start + number.start(1)
            printed = (("type", "lineNum"), ("place", "right"))
            yield Span(at, at + len(number[1]), "fw", printed, rule="verse.number")
