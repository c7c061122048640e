"""What a page prints besides its text: page numbers and running heads (Guidelines 3.11.3, 11.6).

A line that is only a number may as well be a chapter's or a verse's. It is a page's where numbers count up and the
place says so: a form feed beside them, a sentence that they break into, a word for page, or equal distances.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, NamedTuple

from teipress.source import Source
from teipress.span import Span

_NUMBER: Final = re.compile(
    r"^(?P<before>[\[({<|—–\-\s.·*~]*)(?P<word>page|p\.|pp\.|seite|s\.|стр\.|с\.|第|folio|f\.)?\s*"
    r"(?P<n>\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})\s*(?P<of>(?:of|/|von|de|из)\s*\d+)?(?P<unit>页|頁)?(?P<after>[\])}>|—–\-\s·*~]*)$",
    re.IGNORECASE,
)
_DASHED: Final = re.compile(
    r"[—–-]\s?\d+\s?[—–-]$|(?:page|seite|стр\.) \d+$|第\s?\d+\s?[页頁]$", re.IGNORECASE
)
#: A word for page or leaf in square brackets, alone on its line, is an editor's or a clerk's.
_LEAF: Final = re.compile(
    r"\[\s?(?:fol\.?|ff?\.|folio|pp?\.|page|bl\.|blatt|s\.|seite|стр\.|с\.|лл?\.|лист)\s?(?P<n>\d{1,4})\s?"
    r"(?:(?:r|v|ro|vo|recto|verso|a|b|об)\b\.?)?\s?\]\.?",
    re.IGNORECASE,
)
#: A gathering's signature, as printers set it: “A ij”.
_SIGNATURE: Final = re.compile(r"[A-Z]{1,2}\s?[iv]{0,3}j\.?")
#: A running head between the numbers of two columns or pages.
_BETWEEN: Final = re.compile(r"(?P<first>\d{1,4})\s{2,}\S.*\S\s{2,}(?P<last>\d{1,4})")
_FIRST: Final = 3  # a number alone that is no more may be a part's
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_EDGE_NUMBER: Final = re.compile(r"^(?P<first>\d{1,4})\s{1,}\S|\S\s{1,}(?P<last>\d{1,4})$")
_SPACED: Final = re.compile(r"^\d{1,4}\s{2,}\S|\S\s{2,}\d{1,4}$")
_DIGITS: Final = 3  # of the number of a page whose head stands once only
_TOP: Final = 3  # rows in which the title stands that running heads repeat
_LONG: Final = 200  # characters of a head between two numbers
_HEAD: Final = 80  # the longest running head
_STOPS: Final = (".", "!", "?", ":", ";", "。", "”", "»", "！", "？", ")")


class Row(NamedTuple):
    """A line as it stands in the source: its range, text and indent, and whether a form feed is beside it."""

    start: int
    end: int
    text: str
    indent: int
    blank: int  # how many blank lines stand before it
    tops: bool
    feet: bool


@dataclass(frozen=True)
class Furniture:
    """What a line is besides text: a kind ("pageNum", "header"), and the number of a page that begins with it."""

    kind: str
    page: str = ""


def furniture(rows: Sequence[Row]) -> dict[int, Furniture]:
    """Tell which rows are page numbers and running heads, by their index."""
    numbered = _numbers(rows)
    found = {at: Furniture("pageNum", page) for at, page in numbered.items()}
    for at, row in enumerate(rows):
        if row.text[0] == "[" and (leaf := _LEAF.fullmatch(row.text)):
            found[at] = Furniture("pageNum", leaf["n"])
        elif row.text[-2:].rstrip(".").endswith("j") and _SIGNATURE.fullmatch(row.text):
            found[at] = Furniture("sig")
        elif row.text[0].isdecimal() and _stands_between_numbers(rows, at):
            found[at] = Furniture("header")
    for at in _heads(rows, numbered):
        found.setdefault(at, Furniture("header"))
    return found


def _stands_between_numbers(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row apart from others begins with a number and ends with the next: “785   Army.   786”.

    Where the row beside it does so, too, both are of a table.
    """
    match = _BETWEEN.fullmatch(rows[at].text[:_LONG])
    if match is None or int(match["last"]) != int(match["first"]) + 1:
        return False
    beside = [*rows[max(0, at - 1) : at], *rows[at + 1 : at + 2]]
    apart = (at == 0 or rows[at].blank > 0) and all(row.blank > 0 for row in rows[at + 1 : at + 2])
    return apart and not any(_BETWEEN.fullmatch(row.text[:_LONG]) for row in beside)


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    total = 0
    digits = [_ROMAN[c] for c in text.lower()]
    for at, digit in enumerate(digits):
        total += -digit if at + 1 < len(digits) and digits[at + 1] > digit else digit
    return total


def _numbers(rows: Sequence[Row]) -> dict[int, str]:
    """Give the page numbers among the rows."""
    last: dict[tuple[bool, int], list[tuple[int, re.Match[str]]]] = {}
    chains: list[list[tuple[int, re.Match[str]]]] = []
    for at, row in enumerate(rows):
        if len(row.text) > 24 or not (match := _NUMBER.match(row.text)):
            continue
        value = _value(match["n"])
        arabic = match["n"].isdigit()
        chain = last.pop((arabic, value - 1), None)
        if chain is None:
            chain = []
            chains.append(chain)
        chain.append((at, match))
        last[arabic, value] = chain
    return {at: match["n"] for chain in chains if _are_pages(rows, chain) for at, match in chain}


def _are_pages(rows: Sequence[Row], chain: Sequence[tuple[int, re.Match[str]]]) -> bool:
    """Tell whether numbers that count up are those of pages."""
    ats = [at for at, _ in chain]
    worded = sum(
        bool(m["word"] or m["unit"] or (m["before"].strip() and m["after"].strip())) for _, m in chain
    )
    edges = sum(rows[at].tops or rows[at].feet for at in ats)
    if edges * 2 >= len(chain) and edges:
        return True
    if len(chain) < 2:
        return (
            bool(_DASHED.match(rows[ats[0]].text))
            and 0 < ats[0] < len(rows) - 1
            and _value(chain[0][1]["n"]) > _FIRST
        )
    if worded * 2 > len(chain) and not all(
        m["before"].strip() in ("[", "(") and not m["word"] for _, m in chain
    ):
        return True
    if any(_breaks_in(rows, at) for at in ats):
        return True
    steps = [b - a for a, b in itertools.pairwise(ats)]
    return len(steps) >= 2 and median(steps) >= 20 and max(steps) - min(steps) <= 0.3 * median(steps)


def _breaks_in(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a sentence goes on from the row before to the row after."""
    if not 1 < at < len(rows) - 1:  # and not under a title
        return False
    before, after = rows[at - 1].text, rows[at + 1].text
    return len(before) > 30 and not before.endswith(_STOPS) and after[:1].islower()


def _heads(rows: Sequence[Row], numbered: dict[int, str]) -> Iterator[int]:
    """Give the rows that are running heads: the same words at the edges of several pages."""
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if len(row.text) > _HEAD or at in numbered:
            continue
        at_edge = row.tops or row.feet or at - 1 in numbered or at + 1 in numbered
        at_end = row.text[0].isdecimal() or row.text[-1].isdecimal()
        number = _EDGE_NUMBER.search(row.text) if at_end else None
        if at_edge or number:
            words = re.sub(r"^\d{1,4}\s+|\s+\d{1,4}$", "", row.text) if number else row.text
            if any(map(str.isalpha, words)):
                seen[" ".join(words.casefold().split())].append(at)
    tops = [at for at, row in enumerate(rows) if _is_top_of_page(row.text)]
    if tops[:1] == [0] and len(rows) > 1 and rows[1].blank:
        yield 0
    for at, later in itertools.pairwise(tops):
        if _edge_number(rows[later].text) == _edge_number(rows[at].text) + 1:
            yield from (at, later)
    titles = {" ".join(row.text.casefold().split()) for row in rows[:_TOP]}
    for words, ats in seen.items():
        edges = [
            at for at in ats if rows[at].tops or rows[at].feet or at - 1 in numbered or at + 1 in numbered
        ]
        if len(edges) >= 2:
            yield from edges
        elif _count_up([rows[at].text for at in ats]) or (
            words in titles and all(_SPACED.search(rows[at].text) for at in ats)
        ):
            yield from ats


def _is_top_of_page(text: str) -> bool:
    """Tell whether a line is a page's number and, set apart from it, words in capitals: “64    HESPERIDES”."""
    number = _EDGE_NUMBER.search(text) if len(text) <= _HEAD and _SPACED.search(text) else None
    if not number or len(number["first"] or number["last"]) > _DIGITS:  # a year is no page
        return False
    return text.isupper() and sum(map(str.isalpha, text)) > 3


def _edge_number(text: str) -> int:
    """Give the number that a running head begins or ends with; 0 for none."""
    match = _EDGE_NUMBER.search(text)
    return int(match["first"] or match["last"]) if match else 0


def _count_up(texts: Sequence[str]) -> bool:
    """Tell whether lines of the same words differ in a number that grows from one to the next."""
    numbers = [int(m["first"] or m["last"]) for text in texts if (m := _EDGE_NUMBER.search(text))]
    steps = [b - a for a, b in itertools.pairwise(numbers)]
    return len(numbers) == len(texts) >= 3 and all(1 <= step <= 4 for step in steps)


def page_marks(source: Source, rows: Sequence[Row], found: dict[int, Furniture]) -> Iterator[Span]:
    """Give `pb` where a page begins and `fw` for what it prints at its edges."""
    numbers = {at: item.page for at, item in found.items() if item.page}
    at_top = [at for at in numbers if rows[at].tops]
    tops = bool(at_top) or (not source.pages and any(at < 3 for at in numbers))
    for at, item in found.items():
        is_top = rows[at].tops or ((tops or item.kind == "header") and not rows[at].feet)
        place = "top" if is_top else "bottom"
        yield Span(
            rows[at].start, rows[at].end, "fw", (("type", item.kind), ("place", place)), rule="pages.fw"
        )
    if source.pages:
        inside: defaultdict[int, list[str]] = defaultdict(list)
        for at, number in numbers.items():
            inside[bisect_right(source.pages, rows[at].start)].append(number)
        for count, page in enumerate(source.pages, 1):
            n = (("n", inside[count][0]),) if len(inside[count]) == 1 else ()
            yield Span(page, page, "pb", n, rule="pages.break")
        return
    ordered = sorted(numbers)
    for at, following in zip(ordered, [*ordered[1:], None], strict=False):
        if tops:
            yield Span(rows[at].start, rows[at].start, "pb", (("n", numbers[at]),), rule="pages.break")
        elif at + 1 < len(rows):
            n = (("n", numbers[following]),) if following is not None else ()
            yield Span(rows[at].end, rows[at].end, "pb", n, rule="pages.break")
