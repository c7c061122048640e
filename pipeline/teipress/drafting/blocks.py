"""What stands between headings in any genre: paragraphs, lists, drawn tables, rules (Guidelines 3.1, 3.8, 14.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from teipress.drafting.lines import Line, columns, layout
from teipress.source import Source
from teipress.span import Span

_BULLET: Final = re.compile(r"^(?P<sign>[•‣●○▪■◦·*✓]|-(?=\s))\s*(?=\S)")
_ENUMERATOR: Final = re.compile(
    r"^(?P<label>\(?(?:(?P<number>\d{1,3})|(?P<letter>[a-zа-я])|(?P<roman>[ivx]{1,5}))(?:[.)°º]|\)\.)-?|"
    r"[(（]?(?P<han>[一二三四五六七八九十]{1,3})[、）)])\s*(?=\S)"
)
_ORNAMENT: Final = re.compile(r"^[\s*⁂❦☙•·~#=_\-–—+.⸻⁎◆◇○]{3,}$|^[*⁂❦☙§◆]$")
_HAN: Final = "一二三四五六七八九十"


def blocks(source: Source, lines: Sequence[Line]) -> Iterator[Span]:
    """Give the blocks of running text: what is no list, table or rule is a paragraph."""
    drawn = layout(source).drawn
    at = 0
    while at < len(lines):
        stop = _table_end(lines, at, drawn)
        if stop > at:
            yield from _table(lines[at:stop])
        elif (stop := _bullets_end(lines, at)) > at:
            yield from _bulleted(lines[at:stop])
        elif (stop := _enumeration_end(lines, at)) > at:
            yield from _enumerated(lines[at:stop])
        else:
            stop = at + 1
            yield from ornament(lines[at]) if is_ornament(lines[at]) else paragraph(lines[at])
        at = stop


def paragraph(line: Line) -> Iterator[Span]:
    """Give a line as a paragraph."""
    yield Span(line.start, line.end, "p", rule="blocks.paragraph")


def is_ornament(line: Line) -> bool:
    """Tell whether a line is drawn and says nothing: asterisks, a rule, a fleuron."""
    return bool(_ORNAMENT.match(line.text)) and line.text.strip(". ") != ""


def ornament(line: Line) -> Iterator[Span]:
    """Give a rule as the break that it means, and keep its signs (Guidelines 3.11.3)."""
    yield Span(line.start, line.end, "ab", (("type", "ornament"),), rule="blocks.ornament")
    yield Span(line.start, line.start, "milestone", (("unit", "section"),), rule="blocks.ornament")
    yield Span(line.start, line.end, "metamark", (("function", "rule"),), rule="blocks.ornament")


def _table_end(lines: Sequence[Line], at: int, drawn: frozenset[int]) -> int:
    stop = at
    while stop < len(lines) and (lines[stop].start in drawn or (stop > at and _is_border(lines[stop]))):
        if stop > at and lines[stop].gap:
            break
        stop += 1
    return stop


def _is_border(line: Line) -> bool:
    return bool(re.fullmatch(r"[|+\-=\s]{3,}", line.text)) and line.gap == 0


def _table(lines: Sequence[Line]) -> Iterator[Span]:
    yield Span(lines[0].start, lines[-1].end, "table", rule="blocks.table")
    for line in lines:
        yield Span(line.start, line.end, "row", rule="blocks.table")
        for start, end in [(0, len(line.text))] if _is_border(line) else columns(line):
            yield Span(line.start + start, line.start + end, "cell", rule="blocks.table")
            for bar in re.finditer(r"[|+][|+\-=\s]*(?<=[|+\-=])", line.text[start:end]):
                place = line.start + start
                yield Span(
                    place + bar.start(),
                    place + bar.end(),
                    "metamark",
                    (("function", "rule"),),
                    rule="blocks.table",
                )


def _bullets_end(lines: Sequence[Line], at: int) -> int:
    first = _BULLET.match(lines[at].text)
    if not first:
        return at
    stop = at + 1
    while stop < len(lines) and (match := _BULLET.match(lines[stop].text)) and match["sign"] == first["sign"]:
        stop += 1
    announced = at > 0 and lines[at - 1].text.endswith((":", "："))
    return stop if stop - at >= 2 or announced else at


def _bulleted(lines: Sequence[Line]) -> Iterator[Span]:
    yield Span(lines[0].start, lines[-1].end, "list", (("rend", "bulleted"),), rule="blocks.list")
    for line in lines:
        yield Span(line.start, line.end, "item", rule="blocks.list")
        yield Span(line.start, line.start + 1, "metamark", (("function", "bullet"),), rule="blocks.list")


def _ordinal(text: str) -> tuple[str, int]:
    """Give the kind and the number of a line's enumerator; ("", 0) where it has none."""
    match = _ENUMERATOR.match(text)
    if not match:
        return "", 0
    if match["number"]:
        return "number", int(match["number"])
    if match["han"]:
        han = match["han"]
        tens = 10 * (_HAN.find(han[0]) + 1 if len(han) > 1 and han[0] != "十" else 1) if "十" in han else 0
        return "han", tens + (_HAN.find(han[-1]) + 1 if han[-1] != "十" else 0)
    if (match["roman"] and match["roman"] != "i") or (match["roman"] or match["letter"]) == "i":
        value = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
        name = match["roman"] or match["letter"]
        if name in value and name != "c":
            return "roman", value.index(name) + 1
    letter = match["letter"] or match["roman"]
    return "letter", ord(letter[0]) - (0x430 if letter[0] >= "а" else 0x61) + 1


def _enumeration_end(lines: Sequence[Line], at: int) -> int:
    """Give the end of lines that are numbered from one (or `a`) on, each the next of its kind."""
    kind, number = _ordinal(lines[at].text)
    if number != 1:
        return at
    stop = at + 1
    while stop < len(lines):
        following, value = _ordinal(lines[stop].text)
        if value != number + 1 or following != kind:
            break
        number = value
        stop += 1
    return stop if stop - at >= 2 else at


def _enumerated(lines: Sequence[Line]) -> Iterator[Span]:
    yield Span(lines[0].start, lines[-1].end, "list", (("rend", "numbered"),), rule="blocks.list")
    for line in lines:
        match = _ENUMERATOR.match(line.text)
        assert match is not None
        rest = line.starting(match.end())
        yield Span(line.start, line.start + match.end("label"), "label", rule="blocks.list")
        yield Span(rest.start, rest.end, "item", rule="blocks.list")
