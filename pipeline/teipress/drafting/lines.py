"""The lines of a source as paragraphs: hard-wrapped lines joined, blank lines counted, page furniture set aside."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from teipress.drafting.notes import notes, spans
from teipress.drafting.pages import Furniture, Row, furniture
from teipress.source import LONGEST_STRETCH, Source
from teipress.span import Span

_WIDEST: Final = 120  # a text whose lines are longer has one paragraph a line
_FULL: Final = 0.65  # the share of the usual width from which a line is full, so that its paragraph goes on
_WIDE_ENOUGH: Final = 50  # a width that no block of names and addresses has
_OUTLYING: Final = 1.3  # a line of more than so many times the width is not wrapped at it
_HANGING: Final = 8  # how far the lines of a hanging paragraph are set in, at most
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDS: Final = tuple(".!?:;…。！？：；")
_CLOSING: Final = '”’"»)]'  # what may stand after the end of a sentence
_HYPHENATED: Final = re.compile(r"[^\W\d_][-‐¬⸗\u00ad]")  # the last two characters of a line
_HAN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
#: What an item of a list begins with; it has a line of its own, however full the line before it is.
_ITEM: Final = re.compile(
    r"[(（]?(?:(?P<number>\d{1,2})|(?P<letter>[a-zа-я])|(?P<han>[一二三四五六七八九十]{1,2}))"
    r"(?:[.)、）]|\.?[°º])\s*(?=[^\W\d_]|[\"“„«‘「『《\[(])|(?P<bullet>[•‣●○▪■◦⁃]\s*\S)|(?P<dash>[*–—-]\s+\S|[–—]\w)"
)
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_HAN_NUMBERS: Final = (*"一二三四五六七八九十", *(f"十{sign}" for sign in "一二三四五六七八九"), "二十")
_BORDER: Final = re.compile(r"[|+┌┬┐├┼┤└┴┘│][|+\-=:─━┬┼┴│\s]*[|+┐┤┘│]")  # what rules a table
_BAR: Final = re.compile(r"[|│┃║]")
_DRAWN: Final = re.compile(r"[\t|│┃║]")
_WIDE: Final = re.compile(r"\s\s\s")
_COLUMN: Final = re.compile(r"(?:\s{3,}[|│┃║]?|\s{0,2}[|│┃║])\s*|\t+")


@dataclass(frozen=True)
class Line:
    """A paragraph's range `[start, end)` in the source, its text, its indent, and the blank lines before it."""

    start: int
    end: int
    text: str
    indent: int
    gap: int

    @property
    def short(self) -> bool:
        """Whether the line is too short for a paragraph of prose."""
        return self.within(120)

    def within(self, limit: int) -> bool:
        """Tell whether the line has at most so many characters of Latin script; one of Chinese is worth three."""
        length = len(self.text)
        return length <= limit and (3 * length <= limit or length + 2 * len(_HAN.findall(self.text)) <= limit)

    def starting(self, at: int) -> Line:
        """Give the rest of the line from an offset of its text on, without leading space."""
        rest = self.text[at:]
        skipped = at + len(rest) - len(rest.lstrip())
        return replace(self, start=self.start + skipped, text=self.text[skipped:], gap=0)


@dataclass(frozen=True)
class Layout:
    """A source as its page shows it: rows as they stand, paragraphs, and spans for what is not running text."""

    rows: tuple[Line, ...]  # without furniture and notes
    paragraphs: tuple[Line, ...]
    marks: tuple[Span, ...]  # pb, fw, note, and the hyphens of lines that were joined
    width: int  # of hard-wrapped lines; 0 where a paragraph is a line
    drawn: frozenset[int]  # the starts of the rows that are those of a drawn table

    @cached_property
    def starts(self) -> list[int]:
        """Where the rows start."""
        return [row.start for row in self.rows]

    @cached_property
    def margin(self) -> int:
        """How far the most of the text is set in."""
        counts: Counter[int] = Counter()
        for row in self.rows:
            counts[row.indent] += len(row.text)
        return max(counts, key=lambda indent: (counts[indent], -indent), default=0)


def paragraphs(source: Source) -> list[Line]:
    """Give the paragraphs of a source in order; white space around them belongs to none."""
    return list(layout(source).paragraphs)


@lru_cache(maxsize=2)
def layout(source: Source) -> Layout:
    """Read the layout of a source."""
    rows = list(_rows(source))
    found = furniture(rows)
    if len(found) == len(rows):
        found = {}
    noted = notes(rows, set(found))
    if len(found) + sum(len(note.rows) for note in noted) == len(rows):
        noted = []
    aside = set(found).union(*(note.rows for note in noted))
    lines = list(_lines(source, rows, aside))
    drawn = _table_rows(lines)
    width = _width([line for line in lines if line.start not in drawn])
    joined, breaks = _joined(source, lines, width, drawn)
    marks = [*_page_marks(source, rows, found), *spans(rows, noted), *_hyphens(source, breaks)]
    return Layout(tuple(lines), tuple(joined), tuple(marks), width, drawn)


def _rows(source: Source) -> Iterator[Row]:
    """Give the lines that have text, with what is left of them by the omissions."""
    pages, whole = source.pages, source.text
    previous = 0
    row: Row | None = None
    for start, end in _ranges(source):
        blank = max(0, whole.count("\n", previous, start) - 1) if row else 0
        line = whole.rfind("\n", previous, start) + 1 or previous
        tops = bool(pages) and bisect_left(pages, previous) < bisect_left(pages, start)
        if row:
            yield row if not tops else row._replace(feet=True)
        row = Row(start, end, whole[start:end], start - line, blank, tops, False)
        previous = end
    if row:
        yield row


def _ranges(source: Source) -> Iterator[tuple[int, int]]:
    """Give the range of each line that has text, without white space around it and what is omitted."""
    at = -1
    for raw in source.text.split("\n"):
        start, end = at + 1, at + 1 + len(raw)
        at = end
        if source.omitted and raw:
            kept = [(a, b) for a, b in source.kept(start, end) if not source.text[a:b].isspace()]
            if not kept:
                continue
            start, end = kept[0][0], kept[-1][1]
            raw = source.text[start:end]
        text = raw.strip()
        if text:
            start += len(raw) - len(raw.lstrip())
            yield start, start + len(text)


def _lines(source: Source, rows: Sequence[Row], aside: set[int]) -> Iterator[Line]:
    """Give the rows of running text; a gap of -1 says that a sentence goes on across a page."""
    previous: Row | None = None
    gap, crossed = 0, False
    for at, row in enumerate(rows):
        gap = max(gap, row.blank)
        crossed = crossed or at in aside or row.tops
        if at in aside:
            continue
        if previous and crossed and _goes_on(previous.text, row.text):
            gap = -1
        yield Line(row.start, row.end, row.text, row.indent, gap)
        previous, gap, crossed = row, 0, False


def _goes_on(before: str, after: str) -> bool:
    return len(before) > 20 and after[:1].islower() and not before.rstrip(_CLOSING).endswith(_ENDS)


def _joined(
    source: Source, lines: Sequence[Line], width: int, rows: frozenset[int]
) -> tuple[list[Line], list[tuple[Line, Line]]]:
    """Join the lines of each paragraph; give the paragraphs, and the pairs of lines that were joined."""
    joined: list[tuple[Line, int]] = []  # the first line of each, and where it ends
    breaks: list[tuple[Line, Line]] = []
    hangs = bool(width) and _hangs(lines)
    last: Line | None = None
    items = _Items()
    for line in lines:
        begins = items.begins(last, line)
        if (
            last
            and not begins
            and _continues(last, line, width, hangs=hangs)
            and not (last.start in rows or line.start in rows)
            and line.end - joined[-1][0].start <= LONGEST_STRETCH
        ):
            joined[-1] = joined[-1][0], line.end
            breaks.append((last, line))
        else:
            joined.append((line if line.gap >= 0 else replace(line, gap=0), line.end))
        last = line
    return [
        first
        if first.end == end
        else Line(first.start, end, source.text[first.start : end], first.indent, first.gap)
        for first, end in joined
    ], breaks


class _Items:
    """Tells which lines begin an item of a list, a speech after a dash, or a line that says whose words stand above."""

    def __init__(self) -> None:
        self.last: dict[str, str] = {}  # the label of the last item, by the kind of label

    def begins(self, last: Line | None, line: Line) -> bool:
        """Tell whether a line begins a paragraph of its own, however full the line before it is."""
        match = _ITEM.match(line.text)
        if not match:
            return False
        stopped = last is None or last.text.rstrip(_CLOSING).endswith(_ENDS)
        kind = match.lastgroup
        if kind == "dash":
            return stopped
        if kind == "bullet":
            return True
        assert kind is not None
        label = match[kind]
        before, new = _before(kind, label), line.gap > 0 or last is None
        follows = self.last.get(kind) == before if before else stopped
        if follows or new:
            self.last[kind] = label
        return follows


def _before(kind: str, label: str) -> str:
    """Give the label before one of a kind; "" for the first."""
    if kind == "number":
        return str(int(label) - 1) if int(label) > 1 else ""
    order = _HAN_NUMBERS if kind == "han" else _LATIN if label.isascii() else _CYRILLIC
    return order[order.index(label) - 1] if label in order[1:] else ""


def _hangs(lines: Sequence[Line]) -> bool:
    """Tell whether paragraphs hang: their lines are set in, but the first."""
    further = [b for a, b in pairwise(lines) if b.gap <= 0 and a.indent + 1 < b.indent <= a.indent + _HANGING]
    going_on = [line for line in further if line.text[:1].islower()]
    return len(going_on) > 1 and len(going_on) * 3 > len(further)


def _continues(last: Line, line: Line, width: int, *, hangs: bool) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it."""
    if line.gap:
        return line.gap < 0
    hyphenated = _HYPHENATED.fullmatch(last.text[-2:])
    if hyphenated and line.text[:1].islower():
        return True
    if width:
        full = len(last.text) >= width * _FULL or bool(hyphenated)
        if hangs and line.indent + 1 < last.indent:
            return False
        if full and line.indent <= last.indent + (_HANGING if hangs else 1):
            return True
    return 45 < len(last.text) <= 100 >= len(line.text) and _goes_on(last.text, line.text)


def columns(line: Line) -> list[tuple[int, int]]:
    """Give the ranges, in the line's text, of the columns that tabs, bars or wide spaces draw; some may be empty."""
    found: list[tuple[int, int]] = []
    at = 0
    for match in _COLUMN.finditer(line.text):
        bar = match[0].strip()
        if match.start() > at or bar:
            found.append((at, match.end() if bar else match.start()))
        at = match.end()
    if at < len(line.text):
        found.append((at, len(line.text)))
    if len(found) > 1 and _BAR.fullmatch(line.text[: found[0][1]].strip()):
        found[:2] = [(0, found[1][1])]  # the bar at the edge belongs to the cell beside it
    return found


def _table_rows(lines: Sequence[Line]) -> frozenset[int]:
    """Give the starts of the lines that are rows of a drawn table: three in a row with the same columns."""
    found: set[int] = set()
    run: list[Line] = []
    count = rows = 0
    for line in (*lines, None):
        if line and _BORDER.fullmatch(line.text) and (line.gap <= 0 or not run):
            run.append(line)
            continue
        number = len(columns(line)) if line and len(line.text) <= 240 and _is_drawn(line.text) else 0
        if line and number >= 2 and number == (count or number) and line.gap <= 0 and run:
            run.append(line)
            count, rows = number, rows + 1
            continue
        barred = rows == 2 and all(
            _BAR.search(row.text) or "\t" in row.text or _BORDER.fullmatch(row.text) for row in run
        )
        if rows >= 3 or barred:
            found.update(row.start for row in run)
        drawn = line is not None and number >= 2
        run, count, rows = ([line], number, 1) if drawn and line else ([], 0, 0)
    return frozenset(found)


def _is_drawn(text: str) -> bool:
    """Tell whether a line has anything that draws columns: a bar, a tab, wide space."""
    return bool(_DRAWN.search(text) or _WIDE.search(text))


def _width(lines: Sequence[Line]) -> int:
    """Give the width that a hard-wrapped text is wrapped at; 0 for one with a paragraph a line."""
    going_on = sorted(len(a.text) for a, b in pairwise(lines) if b.gap <= 0 and not _ITEM.match(b.text))
    if len(lines) < 4 or not going_on:
        return 0
    usual = sorted(len(line.text) for line in lines)[int(len(lines) * 0.9)]
    if usual > _WIDEST or usual < 30 or going_on[int(len(going_on) * 0.95)] > usual * _OUTLYING:
        return 0
    if usual >= _WIDE_ENOUGH:  # an address or a signature says nothing of how the text is wrapped
        wrapped = [block for block in _blocks(lines) if _has_full(block, usual)]
        going_on = [len(a.text) for block in wrapped for a, b in pairwise(block) if not _ITEM.match(b.text)]
    full = [length for length in going_on if length >= usual * _FULL]
    return usual if going_on and len(full) >= 0.6 * len(going_on) else 0


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Give the lines that no blank line parts."""
    block: list[Line] = []
    for line in lines:
        if line.gap > 0 and block:
            yield block
            block = []
        block.append(line)
    yield block


def _has_full(block: Sequence[Line], usual: int) -> bool:
    """Tell whether a line of a block is a full one, as none of an address or a signature is."""
    return any(len(line.text) >= usual * _FULL for line in block)


# What the page shows besides.


def _page_marks(source: Source, rows: Sequence[Row], found: dict[int, Furniture]) -> Iterator[Span]:
    """Give `pb` where a page begins and `fw` for what it prints at its edges."""
    starts = [row.start for row in rows]
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
        ordered = sorted(numbers)
        for page in source.pages:
            first, stop = bisect_left(starts, page), len(rows)
            later = bisect_right(source.pages, page)
            if later < len(source.pages):
                stop = bisect_left(starts, source.pages[later])
            inside = [numbers[at] for at in ordered[bisect_left(ordered, first) : bisect_left(ordered, stop)]]
            yield Span(page, page, "pb", (("n", inside[0]),) if len(inside) == 1 else (), rule="pages.break")
        return
    ordered = sorted(numbers)
    for at, following in zip(ordered, [*ordered[1:], None], strict=False):
        if tops:
            yield Span(rows[at].start, rows[at].start, "pb", (("n", numbers[at]),), rule="pages.break")
        elif at + 1 < len(rows):
            n = (("n", numbers[following]),) if following is not None else ()
            yield Span(rows[at].end, rows[at].end, "pb", n, rule="pages.break")


@cache
def _signs() -> dict[str, Any]:
    data = tomllib.loads(Path(__file__).with_name("hyphens.toml").read_text(encoding="utf-8"))
    return {
        "signs": data["signs"],
        "suspended": set(data["suspended"].split()),
        "own": set(data["own"].split()),
    }


def _hyphens(source: Source, breaks: Sequence[tuple[Line, Line]]) -> Iterator[Span]:
    """Give the hyphens that only break a line as weak, and the break of the word for those and for a word's own."""
    signs = _signs()
    broken = [
        (a, b)
        for a, b in breaks
        if a.text[-1] in signs["signs"] and a.text[-2:-1].isalnum() and b.text[0].isalnum()
    ]
    if not broken:
        return
    known = set(map(str.casefold, _WORD.findall(" ".join(set(source.text.split())))))
    for before, after in broken:
        first = re.split(r"[^\w-]", before.text[:-1])[-1].casefold()
        second = re.split(r"[^\w-]", after.text)[0].casefold()
        if second in signs["suspended"]:
            continue
        if before.text[-1] != "-" or _only_breaks(first, second, after.text, known):
            yield Span(before.end - 1, before.end, "pc", (("force", "weak"),), rule="lines.hyphen")
        yield Span(before.end, before.end, "lb", (("break", "no"),), rule="lines.hyphen")


def _only_breaks(first: str, second: str, after: str, known: set[str]) -> bool:
    """Tell whether a hyphen is the line's and not the word's: the joined word is plausible."""
    if not after[0].islower() or second in _signs()["own"]:
        return False
    if first + second in known:
        return True
    return f"{first}-{second}" not in known
