"""The lines of a source as paragraphs: hard-wrapped lines joined, blank lines counted, page furniture set aside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from teipress.drafting.columns import drawn_rows
from teipress.drafting.enumerators import HAN_NUMERALS, STEMS, ordinal
from teipress.drafting.hyphens import hyphens
from teipress.drafting.notes import notes, spans
from teipress.drafting.pages import Row, furniture, page_marks
from teipress.scripts import IDEOGRAPH
from teipress.source import LONGEST_STRETCH, Source
from teipress.span import Span

_WIDEST: Final = 120  # a text whose lines are longer has one paragraph a line
_NARROWEST_HAN: Final = 14  # characters of a wrapped line of Chinese, at least
_FULL: Final = 0.65  # the share of the usual width from which a line is full, so that its paragraph goes on
_OUTLYING: Final = 1.3  # a line of more than so many times the width is not wrapped at it
_FILLED: Final = (
    0.85  # the share, with the next line's first word, from which a line is full that ends a sentence
)
_BROKEN: Final = 2  # sentences that go on over the end of a line, by which lines are wrapped
_NARROW: Final = 60  # of a narrower page the lines may as well be short by themselves
_LEAD: Final = 22  # characters at the end of a line that lead to what is raised below it
_SIGNED: Final = 4  # lines of which a group may be short: a title, an address, signatures
_HANGING: Final = 8  # how far the lines of a hanging paragraph are set in, at most
_TITLED: Final = 4  # lines of a title above its date
_PARTICLE: Final = 3  # letters of the longest word that leads to a date: “on the | 3rd of May 1840”
_TITLE_DATE: Final = re.compile(
    r"\(?(?:[^\W\d_]{2,4}\.? )?(?:\d{1,2}\D{0,3} ?)?(?:[^\W\d_]{3,10}\.? )?1[4-9]\d\d(?:\s?[—–-].{4,20})?"
    r"(?: ?(?:г|год[аъ]?|года)\.?)?[.)]{0,2}"
)
_ENDS: Final = tuple(".!?:;…。！？：；")
_CLOSING: Final = '”’"»)]'  # what may stand after the end of a sentence
_HYPHENATED: Final = re.compile(r"[^\W\d_][-‐¬⸗\u00ad]")  # the last two characters of a line
#: What of the emperor is raised to the head of a line in the midst of a sentence (抬頭), and what leads to it.
_RAISED: Final = re.compile(
    "聖[鑒鉴鑑主明慈恩諭]|圣[鉴主明慈恩谕]|旨|[諭谕]旨|上[諭谕]|皇[上太]|[硃朱]批|俞允|天[恩聽听]|宸|睿|欽此|钦此|陛下|訓示|训示|恩[准施旨]|"
    "高厚|(?:奏(?=[。聞闻明請请為为]|$))"
)
_LEADS_TO_RAISED: Final = re.compile(
    "[祈乞候懇恳蒙荷奉遵謹谨承叩籲吁請请求仰沐邀恭跪惟我]$|[，；、][^，。：:；、！？]{1,20}$"
)
#: What an item of a list begins with; it has a line of its own, however full the line before it is.
_ITEM: Final = re.compile(
    rf"[(（]?(?:(?P<number>\d{{1,2}})|(?P<letter>[a-zа-я])|(?P<han>[{HAN_NUMERALS}]{{1,2}})|(?P<stem>[{STEMS}]))"
    r"(?:[.)、）]|\.?[°º])\s*(?=[^\W\d_]|[\"“„«‘「『《\[(])|(?P<bullet>[•‣●○▪■◦⁃]\s*\S)|(?P<dash>[*–—-]\s+\S|[–—]\w)"
)


@dataclass(slots=True, unsafe_hash=True)
class Line:
    """A paragraph's range `[start, end)` in the source, its text, its indent, and the blank lines before it.

    Nothing changes one; `frozen` would double the time in which the many of a text are made.
    """

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
        return length <= limit and (
            3 * length <= limit or length + 2 * len(IDEOGRAPH.findall(self.text)) <= limit
        )

    def cut(self, cuts: Iterable[int], *, beside: bool = False) -> list[Line]:
        """Cut the line at offsets of its text; `beside` says that its parts stand beside one another."""
        parts = []
        for start, end in pairwise((0, *cuts, len(self.text))):
            text = self.text[start:end].rstrip()
            if text:
                begin = self.start + start
                gap, indent = (
                    (0, self.indent) if start and not beside else (self.gap, self.indent + start * beside)
                )
                parts.append(Line(begin, begin + len(text), text, indent, gap))
        return parts or [self]

    @classmethod
    def of(cls, text: str) -> Line:
        """Give a stretch of text as a line of its own."""
        return cls(0, len(text), text, 0, 0)

    def starting(self, at: int) -> Line:
        """Give the rest of the line from an offset of its text on, without leading space."""
        text = self.text[at:].lstrip()
        return Line(self.start + len(self.text) - len(text), self.end, text, self.indent, 0)


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

    def rows_of(self, lines: Sequence[Line]) -> list[Line]:
        """Give the rows that paragraphs are made of, as they stand on the page."""
        first = bisect_left(self.starts, lines[0].start)
        stop = bisect_left(self.starts, lines[-1].end)
        return list(self.rows[first:stop]) or list(lines)

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
    drawn = drawn_rows(lines)
    width = _width([line for line in lines if line.start not in drawn])
    joined, breaks = _joined(source, lines, width, drawn)
    marks = [*page_marks(source, rows, found), *spans(rows, noted), *hyphens(source, breaks)]
    return Layout(tuple(lines), tuple(joined), tuple(marks), width, drawn)


def _rows(source: Source) -> Iterator[Row]:
    """Give the lines that have text, with what is left of them by the omissions."""
    pages = source.pages
    row: Row | None = None
    last = end = 0
    for number, line, start, text in _texts(source):
        tops = bool(pages) and bisect_left(pages, end) < bisect_left(pages, start)
        if row:
            yield row._replace(feet=True) if tops else row
        end = start + len(text)
        row = Row(start, end, text, start - line, number - last - 1 if row else 0, tops, False)
        last = number
    if row:
        yield row


def _texts(source: Source) -> Iterator[tuple[int, int, int, str]]:
    """Give for each line that has text its number and start, and the text with its own start.

    White space around it, and what is omitted there, does not belong to it.
    """
    at = 0
    for number, raw in enumerate(source.text.split("\n")):
        start = line = at
        at += len(raw) + 1
        if source.omitted and raw:
            kept = [(a, b) for a, b in source.kept(line, at - 1) if not source.text[a:b].isspace()]
            if not kept:
                continue
            start, raw = kept[0][0], source.text[kept[0][0] : kept[-1][1]]
        text = raw.strip()
        if text:
            yield number, line, start + len(raw) - len(raw.lstrip()), text


def _lines(source: Source, rows: Sequence[Row], aside: set[int]) -> Iterator[Line]:
    """Give the rows of running text; a gap of -1 says that a sentence goes on across a page."""
    previous: Row | None = None
    gap, crossed = 0, False
    for at, row in enumerate(rows):
        gap = max(gap, row.blank)
        crossed = crossed or at in aside or row.tops
        if at in aside:
            continue
        if previous and (
            (crossed and _goes_on(previous.text, row.text)) or _is_raised(previous.text, row.text)
        ):
            gap = -1
        yield Line(row.start, row.end, row.text, row.indent, gap)
        previous, gap, crossed = row, 0, False


def _goes_on(before: str, after: str) -> bool:
    return len(before) > 20 and after[:1].islower() and not before.rstrip(_CLOSING).endswith(_ENDS)


def _is_raised(before: str, after: str) -> bool:
    """Tell whether a line begins with what is the emperor's, and the sentence of the line before it goes on there."""
    if not _RAISED.match(after) or not IDEOGRAPH.match(before[-1]):
        return False
    return bool(_LEADS_TO_RAISED.search(before[-_LEAD:])) and (after[0] != "奏" or before[-1] in "謹谨恭跪")


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
        begins = items.begins(last, line) or _is_bracketed(last, line)
        begins = begins or (len(joined) <= _TITLED and _dates_title(last, line))
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


def _is_bracketed(last: Line | None, line: Line) -> bool:
    """Tell whether a line all in brackets stands below a sentence: where that is from."""
    text = line.text.rstrip(".")
    return (
        last is not None
        and text[:1] == "("
        and text[-1:] == ")"
        and ")" not in text[:-1]
        and _ends_sentence(last)
    )


def _dates_title(last: Line | None, line: Line) -> bool:
    """Tell whether a line below a title is its date, and no end of a sentence."""
    if last is None or line.gap or _ends_sentence(last):
        return False
    goes_on = len(last.text.rsplit(maxsplit=1)[-1]) <= _PARTICLE or last.text[-1] in ",-"
    return not goes_on and bool(_TITLE_DATE.fullmatch(line.text))


class _Items:
    """Tells which lines begin an item of a list, a speech after a dash, or a line that says whose words stand above."""

    def __init__(self) -> None:
        self.last: dict[str, int] = {}  # the number of the last item, by the kind of label

    def begins(self, last: Line | None, line: Line) -> bool:
        """Tell whether a line begins a paragraph of its own, however full the line before it is."""
        match = _item(line.text)
        if not match:
            return False
        stopped = last is None or last.text.rstrip(_CLOSING).endswith(_ENDS)
        kind = match.lastgroup
        if kind == "dash":
            return stopped
        if kind == "bullet":
            return True
        assert kind is not None
        number = ordinal(kind, match[kind])
        follows = self.last.get(kind) == number - 1 if number > 1 else stopped
        if follows or line.gap > 0 or last is None:
            self.last[kind] = number
        return follows


def _item(text: str) -> re.Match[str] | None:
    """Match what an item begins with; a line that begins with a word is none."""
    return None if text[1:2].islower() and text[0].isalpha() else _ITEM.match(text)


def _hangs(lines: Sequence[Line]) -> bool:
    """Tell whether paragraphs hang: their lines are set in, but the first."""
    further = [b for a, b in pairwise(lines) if b.gap <= 0 and a.indent + 1 < b.indent <= a.indent + _HANGING]
    going_on = [line for line in further if line.text[:1].islower()]
    return len(going_on) > 1 and len(going_on) * 3 > len(further)


def _continues(last: Line, line: Line, width: int, *, hangs: bool) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it."""
    if line.gap:
        return line.gap < 0
    if last.text.isupper() and not line.text.isupper() and not last.text.endswith(("-", ",")):
        return False  # a title in capitals
    hyphenated = not last.text[-1].isalnum() and _HYPHENATED.fullmatch(last.text[-2:])
    if hyphenated and line.text[:1].islower():
        return True
    if width:
        full = bool(hyphenated) or _has_no_room(last, line, width)
        if hangs and line.indent + 1 < last.indent:
            return False
        if full and line.indent > last.indent + 1 and _hangs_below(last, line):
            return True
        if full and line.indent <= last.indent + (_HANGING if hangs else 1):
            return True
    return 45 < len(last.text) <= 100 >= len(line.text) and _goes_on(last.text, line.text)


def _hangs_below(item: Line, line: Line) -> bool:
    """Tell whether a line is set in just as far as the text of the item above it, and goes on with that."""
    match = _item(item.text)
    return match is not None and line.indent == item.indent + match.end() and not _ends_sentence(item)


def _width(lines: Sequence[Line]) -> int:
    """Give the width that a hard-wrapped text is wrapped at; 0 for one with a paragraph a line."""
    usual = sorted(len(line.text) for line in lines)[int(len(lines) * 0.9)] if len(lines) >= 4 else 0
    if _NARROWEST_HAN <= usual < 30:
        return _han_width(lines, usual)
    if not 30 <= usual <= _WIDEST:
        return 0
    going_on = list(_going_on(lines, usual * _FULL))
    lengths = sorted(len(a.text) for a, _ in going_on)
    if not lengths or lengths[int(len(lengths) * 0.95)] > usual * _OUTLYING:
        return 0
    full = [(a, b) for a, b in going_on if _has_no_room(a, b, usual)]
    broken = [b for a, b in full if not _ends_sentence(a)]  # sentences go on over the ends of lines
    small = [b for b in broken if b.text[0].islower() or IDEOGRAPH.match(b.text)]
    wrapped = len(small) > int(usual < _NARROW) or (len(broken) >= _BROKEN and usual >= _NARROW)
    return usual if wrapped and len(full) >= 0.6 * len(going_on) and 2 * len(broken) >= len(full) else 0


def _going_on(lines: Sequence[Line], full: float) -> Iterator[tuple[Line, Line]]:
    """Give the lines that another follows at once, each with it, but for items and groups of short lines alone."""
    group: list[tuple[Line, Line]] = []
    for line, following in pairwise((*lines, None)):
        if line and following and following.gap <= 0:
            if not _item(following.text):
                group.append((line, following))
            continue
        if len(group) >= _SIGNED or any(len(a.text) >= full for a, _ in group):
            yield from group
        group = []


def _ends_sentence(line: Line) -> bool:
    return line.text.rstrip(_CLOSING).endswith(_ENDS)


def _has_no_room(line: Line, following: Line, width: int) -> bool:
    """Tell whether the next line's first word would hardly have had its place in a line.

    Where a sentence ends with the line, a typist had all the more room to begin a paragraph.
    """
    length = len(line.text) + 1
    if length >= width * _FILLED:
        return True
    length += 0 if IDEOGRAPH.match(following.text) else len(following.text.split(maxsplit=1)[0])
    ends = _ends_sentence(line) and not following.text[0].islower()
    return length >= width * (_FILLED if ends else _FULL)


def _han_width(lines: Sequence[Line], usual: int) -> int:
    """Give the width that a text in Chinese characters is wrapped at: its lines break wherever they are full.

    Lines of verse are as long as one another too, but each of them ends with a stop, or none does.
    """
    going_on = [a for a, b in pairwise(lines) if b.gap <= 0 and not _ITEM.match(b.text)]
    full = [
        a.text for a in going_on if usual - 3 <= len(a.text) <= usual + 2 and IDEOGRAPH.match(a.text[-3:-2])
    ]
    within = [text for text in full if text[-1].isalnum()]
    stopped = any(re.search("[，。、；]", text[:-1]) for text in full)
    return (
        usual if len(full) >= max(3, 0.5 * len(going_on)) and stopped and 2 * len(within) >= len(full) else 0
    )
