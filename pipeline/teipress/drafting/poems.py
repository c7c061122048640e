"""What stands in a collection of verse: stanzas, and between them titles, mottos, dates and notes (Guidelines 6).

A group of rows is known by what it is not: no stanza where it stands alone without a stop, is set far to the right,
or is wider than the verse.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, groupby, islice, pairwise
from pathlib import Path
from statistics import median
from typing import Final

from teipress.dates.numerals import han, roman
from teipress.drafting.blocks import is_ornament
from teipress.drafting.datelines import is_dateline, is_name, names_person
from teipress.drafting.epigraphs import is_epigraph
from teipress.drafting.headings import numbers
from teipress.drafting.linebreaks import LONGEST_HAN, is_metrical
from teipress.drafting.lines import Line
from teipress.names.han import surnames
from teipress.scripts import HAN, IDEOGRAPH

_JUDGED: Final = 40  # rows that tell the metre of a poem
CLOSED: Final = (".", ",", ";", ":", "!", "?", "…", "。", "，", "；", "！", "？", "—", "–", "、", "：")
_ENDED: Final = (".", "!", "?", "…", "。", "！", "？", "”", "»", "」", ")", "）", "]", '"', "“")
_DATED: Final = re.compile(r"\d|[〇一二三四五六七八九十元年月]")
_YEAR: Final = re.compile(r"[(\[]?(?:1[4-9]|20)\d\d(?:\s?[–-]\s?\d{2,4})?[)\].]?(?:\s?г\.)?")
_BRACKETS: Final = {"(": ")", "[": "]", "（": "）", "〔": "〕", "{": "}"}
_WORDS: Final = re.compile(r"[^\W\d_]+")
_FAR: Final = 6  # how much farther to the right than its poem a line stands that is none of it
_LABEL: Final = re.compile(
    r"(?P<label>(?:[*†]\s)?[(\[]?(?:[IVXLC]{1,6}\.\s?(?=\d))?(?P<n>\d{1,3}|[IVXLC]{1,6})[.)\]]{0,2})(?P<space>\s+)(?=[^\W\d_]|[“\"'‘«„—–(\[])"
)
_READING: Final = re.compile(
    r"(?:[Vvl]\.\s?)?\d{1,4}[.:]?\s[^\s\d].{0,60}?(?:\]|:\s|\.\s[—–]|,\s[^\W\d_]+[γα-ω]?\d|\b[A-Z]{2,4}\b)"
)
_READINGS: Final = 6  # rows of an apparatus below a poem
_HAN_DAY: Final = re.compile(
    rf"(?:[{HAN}〇]{{2,6}}年)?[一二三四五六七八九十\d]{{1,3}}月[一二三四五六七八九十\d]{{1,3}}日"
)
#: A name below the last poem: “Anon.”, “J. Clare.”
_SIGNED: Final = re.compile(r"(?:[^\W\d_a-zà-öø-ÿа-яё][^\W\d_]{0,14}\.?\s?){1,4}")
_HAN_NUMBER: Final = re.compile(r"^其?([一二三四五六七八九十]{1,3})(?=[、.　 \s]|$)")
_NUMERALS: Final = re.compile(r"\b(?:\d{1,4}|[IVXLC]{1,7})\b|[一二三四五六七八九十百]{1,4}")
_HAN_VERSE: Final = 34  # the longest line of Chinese verse
_CLAUSES: Final = re.compile("[，。、；：？！,]+")
_CLAUSE: Final = 11  # the longest between stops in a lyric
_SIGNS: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳¹²³⁴⁵⁶⁷⁸⁹*"  # of notes
_FEW: Final = 8  # gaps that tell nothing of the usual one
_NUMBER: Final = 16  # characters of a number alone, or of a word that stands for one
_NOTE: Final = 25  # the length from which words in brackets under a poem are a note


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Give what stands above and below verse in words: "byline", "number", "refrain", "song", "dedication"."""
    data = tomllib.loads(Path(__file__).with_name("verse.toml").read_text(encoding="utf-8"))
    data = {key: pattern.replace("{surname}", surnames()) for key, pattern in data.items()}
    return {
        key: re.compile(pattern.replace("{n}", numbers()), re.IGNORECASE) for key, pattern in data.items()
    }


@dataclass(frozen=True)
class Piece:
    """Rows that stand together, and what they are in a book of verse."""

    kind: str  # above the verse, as "title"; "stanza" or "rule"; below it, "closing" or "note"
    rows: Sequence[Line]

    @property
    def start(self) -> int:
        """Where it begins in the source."""
        return self.rows[0].start

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.rows[-1].end


def is_number(row: Line) -> bool:
    """Tell whether a row is a number and nothing else."""
    return len(row.text) <= _NUMBER and bool(patterns()["number"].match(row.text)) and not is_ornament(row)


def stanzas(rows: Sequence[Line]) -> list[list[Line]]:
    """Group the lines of verse by the blank lines between them; in a text with a blank after each, by wider ones."""
    gaps = [max(0, row.gap) for row in rows[1:]]
    usual = sorted(gaps)[len(gaps) // 6] if len(gaps) > _FEW else 0
    groups: list[list[Line]] = []
    apart = True  # whether the row before is, or there is none
    for row in rows:
        alone = is_number(row) or is_ornament(row)
        if row.gap <= usual and not alone and not apart:
            groups[-1].append(row)
        else:
            groups.append([row])
        apart = alone
    return groups


def pieces(rows: Sequence[Line], code: str) -> list[Piece]:
    """Tell of each group of rows what it is, in their order."""
    groups = stanzas(rows)
    if code.startswith("zh"):
        groups = [part for group in groups for part in _without_prefaces(group)]
    groups = _parted(groups, code)
    kinds = [""] * len(groups)
    verse = [row for group in groups if len(group) > 1 for row in group] or list(rows)
    page = _Page(groups, median(len(row.text) for row in verse), code)
    for at in range(len(groups)):
        kinds[at] = page.kind(at, kinds[at - 1] if at else "")
    return [Piece(kind, group) for kind, group in zip(kinds, groups, strict=True)]


def _without_prefaces(group: Sequence[Line]) -> Iterator[list[Line]]:
    """Part from short lines those too long for verse: the preface of a poem, under its title without a blank line."""
    for _, rows in groupby(group, lambda row: len(row.text) > _HAN_VERSE):
        yield list(rows)


def names_tune(row: Line) -> bool:
    """Tell whether a row is the name of a tune that Chinese lyrics are written to."""
    return bool(patterns()["tune"].fullmatch(row.text))


def is_lyric(row: Line) -> bool:
    """Tell whether a paragraph is made of clauses as short as those of a lyric: “明月幾時有？把酒問青天。”"""
    clauses = _CLAUSES.split(row.text)
    return len(clauses) > 2 and row.text.endswith(CLOSED) and max(map(len, clauses)) <= _CLAUSE


def _parted(groups: Sequence[list[Line]], code: str) -> list[list[Line]]:
    """Part from stanzas what stands under or over them without a blank line: a date, the next title, a note."""
    found: list[list[Line]] = []
    edges = {row.start: _shape(row.text) for group in groups for row in (group[0], group[-1])}
    shapes = Counter(edges.values())
    again = {start for start, shape in edges.items() if shape and shapes[shape] > 1}
    numbered = _numbered_titles(groups)
    for at, group in enumerate(groups):
        reach = [0] * len(group)  # how far right the rows up to each one begin
        if max(row.indent for row in group) >= _FAR:
            reach = list(accumulate((row.indent for row in group), max))
        first, end = 0, len(group)
        while end > 1 and (_is_below(group[end - 1], reach[end - 2], code) or group[end - 1].start in again):
            end -= 1
        while end - first > 1 and (
            group[first].start in numbered
            or group[first].start in again
            or _is_headed(group[first], end - first)
            or (code.startswith("zh") and _heads_han(group[first:end], groups[at + 1 : at + 2]))
        ):
            found.append([group[first]])
            first += 1
        found += [group[first:end], *([row] for row in group[end:])]
    return found


def _heads_han(rows: Sequence[Line], below: Sequence[Sequence[Line]]) -> bool:
    """Tell whether the first of some rows is a Chinese poem's title, its tune, or prose above its verse."""
    if names_poet(rows, below) or names_tune(rows[0]):
        return True
    apart, rows = len(rows[0].text) > LONGEST_HAN or not rows[0].text.endswith(CLOSED), rows[:_JUDGED]
    return apart and not is_metrical(rows[:2]) and (is_metrical(rows[1:]) or is_metrical(rows[2:]))


def names_poet(rows: Sequence[Line], below: Sequence[Sequence[Line]]) -> bool:
    """Tell whether two rows are a Chinese poem's title and its poet, with pointed verse below them."""
    if len(rows) != 2 or not below or len(below[0]) < 2:
        return False
    if rows[0].text.endswith(CLOSED) or not patterns()["poet"].fullmatch(rows[1].text):
        return False
    return all(row.text.rstrip(_SIGNS).endswith(CLOSED) for row in below[0])


def _is_headed(row: Line, count: int) -> bool:
    """Tell whether the first of a few rows is a word for a poem with its number."""
    return count <= 3 and bool(patterns()["headed"].match(row.text))


def _shape(text: str) -> str:
    """Give what a short row with a numeral has besides: `HYMN` of “HYMN XV.”, like “HYMN XVI.”; "" for other rows."""
    if len(text) > 40 or not _NUMERALS.search(text):
        return ""
    words = _NUMERALS.sub("#", text)
    plain = re.sub(r"[\W\d_]+", " ", words).strip()
    return words if plain and len(plain.split()) <= 3 and len(plain) > 1 else ""


def _numbered_titles(groups: Sequence[Sequence[Line]]) -> set[int]:
    """Give the starts of the rows `1. Title`, in a text where most of these stand alone: they number no stanzas."""
    rows = [
        (group[0], is_number(group[0]) or len(group) == 1 or (len(group) == 2 and is_bracketed(group[1:])))
        for group in groups
        if _LABEL.match(group[0].text) or is_number(group[0])
    ]
    alone = sum(single for _, single in rows)
    rising = [value_of(f"{row.text} x") for row, _ in rows]
    follow = all(b == a + 1 for a, b in pairwise(rising))
    return {row.start for row, _ in rows} if alone >= 2 and 2 * alone > len(rows) and follow else set()


def value_of(text: str) -> int:
    """Give the number that a row begins with; 0 where none does."""
    if match := _HAN_NUMBER.match(text):
        return han(match[1]) or 0
    match = _LABEL.match(text)
    if not match:
        return 0
    return int(match["n"]) if match["n"].isdigit() else roman(match["n"])


def label_of(row: Line) -> tuple[int, int]:
    """Give where the number ends that a row begins with, and where its words begin; (0, 0) where none does."""
    match = _LABEL.match(row.text)
    return (len(match["label"]), match.end()) if match else (0, 0)


def _is_below(row: Line, reach: int, code: str) -> bool:
    """Tell whether a row is a date below the verse, or a note in brackets, and no verse.

    `reach` is how far right those above it begin.
    """
    if _YEAR.fullmatch(row.text):
        return True
    if is_number(row) or (is_bracketed([row]) and len(row.text) > 2 * _NOTE):
        return True
    far = row.indent >= reach + _FAR
    return far and bool(re.search(r"\d", row.text)) and is_dateline(row, code)


def is_bracketed(rows: Sequence[Line]) -> bool:
    """Tell whether one pair of brackets encloses some rows."""
    first, last = rows[0].text, rows[-1].text.rstrip(".")
    close = _BRACKETS.get(first[:1])
    if not close or not last.endswith(close):
        return False
    return sum(row.text.count(close) for row in rows) == 1 == sum(row.text.count(first[0]) for row in rows)


def is_byline(row: Line, code: str) -> bool:
    """Tell whether a row says who wrote what stands under it."""
    if len(row.text) > 60:
        return False
    if match := patterns()["byline"].match(row.text):
        return not row.text[match.end(1) :].strip()[:1].islower() if match.lastindex else True
    if code.startswith("zh"):
        return bool(patterns()["poet"].fullmatch(row.text))
    words = row.text.split()
    return 2 <= len(words) <= 4 and is_name(row) and names_person(row.text, code)


class _Page:
    """Groups of rows, judged by their neighbours."""

    def __init__(self, groups: Sequence[Sequence[Line]], usual: float, code: str) -> None:
        self.groups = groups
        self.usual = usual  # the length of a line of verse
        self.code = code
        many = [group for group in groups if len(group) > 1]
        rows = [row for group in many for row in group]
        self.pointed = 3 * sum(row.text.endswith(CLOSED) for row in rows) >= len(rows)
        self.margin = min((row.indent for row in rows), default=0)
        self.several = len({len(group) for group in many}) == 1 and bool(many) and len(many[0]) == 2
        self.first_number = next((at for at, group in enumerate(groups) if is_number(group[0])), len(groups))
        alone = [group[0] for group in groups if len(group) == 1]
        self.han = code.startswith("zh")
        tuned = self.han and any(map(names_tune, alone))
        self.lyrics = tuned and sum(map(is_lyric, alone)) > len(many)  # a stanza is a paragraph
        self.next_stanza = self._next_stanzas()

    def _next_stanzas(self) -> list[int]:
        """Give for each group the next one of more than a row."""
        found = [len(self.groups)] * (len(self.groups) + 1)
        for at in range(len(self.groups) - 1, -1, -1):
            found[at] = at if len(self.groups[at]) > 1 else found[at + 1]
        return found

    def kind(self, at: int, before: str) -> str:
        """Name what a group is; `before` is what the one before it is."""
        group = self.groups[at]
        if is_ornament(group[0]) and len(group) == 1:
            return "rule"
        if is_number(group[0]) and len(group) == 1:
            return "number" if at + 1 < len(self.groups) else "closing"
        below = before in ("stanza", "closing", "note")
        if below and self._closes(at, before):
            return "closing"
        if below and self._is_note(at):
            return "note"
        if self.lyrics and len(group) == 1:
            if names_tune(group[0]):
                return "title"
            if group[0].gap <= 0 and before == "title":
                return "sub"
            if is_lyric(group[0]):
                return "stanza"
        if below and is_bracketed(group) and sum(len(row.text) for row in group) >= _NOTE:
            return "note"
        if at + 1 == len(self.groups):
            return "stanza" if before or len(self.groups) > 1 else "title"
        above = not below and before != "rule"
        return (above and self._above(at, before)) or ("title" if self._is_title(at, before) else "stanza")

    def _is_note(self, at: int) -> bool:
        """Tell whether a group below verse is a note, or the last gives other readings by the numbers of lines."""
        text = self.groups[at][0].text
        if self.han and patterns()["note"].match(text):
            return True
        last = at + 1 == len(self.groups) and len(self.groups[at]) <= _READINGS
        return last and not self.counted and bool(_READING.match(text))

    # Below a poem.

    def _closes(self, at: int, before: str) -> bool:
        """Tell whether a group says where and when a poem was written, or who signed it."""
        group = self.groups[at]
        if (
            len(group) > 3
            or patterns()["refrain"].match(group[0].text)
            or any(len(row.text) > 70 for row in group)
        ):
            return False
        poem = [row for row in self.groups[at - 1] if before == "stanza"] or list(group)
        following = self.groups[at + 1][0] if at + 1 < len(self.groups) else None
        last = (
            following is None
            or is_number(following)
            or is_ornament(following)
            or len(self.groups[at + 1]) == 1
        )
        last = last or bool(self.groups[at + 1][0].gap >= 2)
        if any(_YEAR.fullmatch(row.text) for row in group):
            return True
        dated = any(_DATED.search(row.text) and self._is_dated(row) for row in group)
        far = min(row.indent for row in group) >= max(row.indent for row in poem) + _FAR
        if before == "closing":
            return dated or (far and not self._is_title(at, before))
        if dated:
            return last or far or following is None
        if following is None and len(group) == 1 and _SIGNED.fullmatch(group[0].text):
            return group[0].indent >= min(row.indent for row in poem) + 2
        name = far and last and all(len(row.text) < 45 for row in group)
        return name and not (len(group) == 1 and self._heads_other(at))

    def _is_dated(self, row: Line) -> bool:
        if self.code.startswith("zh"):
            apart = row.indent >= 4 or _HAN_DAY.match(row.text) is not None
            return apart and len(row.text) <= 24 and not row.text.endswith(("？", "！"))
        return len(row.text) <= 60 and bool(re.search(r"\d", row.text)) and is_dateline(row, self.code)

    def _heads_other(self, at: int) -> bool:
        """Tell whether a line far to the right is the next poem's title: in capitals, or nearer to what follows."""
        row = self.groups[at][0]
        if at + 1 >= len(self.groups) or not row.text[:1].isalpha():
            return False
        return (row.text.isupper() and len(row.text) > 6) or (row.gap >= 2 > self.groups[at + 1][0].gap)

    # Above a poem.

    def _above(self, at: int, before: str) -> str:
        """Name what a group is that stands under a title and above the verse; "" where it is verse, or a title."""
        group = self.groups[at]
        if not at:
            return ""
        if len(group) == 1 and is_byline(group[0], self.code):
            return "byline"
        if is_bracketed(group):
            return "sub" if sum(len(row.text) for row in group) < 80 else "argument"
        if self._is_epigraph(at):
            return "epigraph"
        if patterns()["argument"].fullmatch(self.groups[at - 1][0].text):
            return "argument"
        if before != "number" and self._is_argument(at):
            return "argument"
        if len(group) == 1 and group[0].text.endswith("!") and self.next_stanza[at] == at + 1:
            return "salute" if self._salutes(group[0]) else ""
        return ""

    def _salutes(self, row: Line) -> bool:
        from teipress.drafting.letter import salutes

        return salutes(row, self.code)

    def _is_epigraph(self, at: int) -> bool:
        """Tell whether rows set in under a title are another's words: with marks around them, or a name below."""
        group = self.groups[at]
        if len(group) < 2 or self.next_stanza[at + 1] >= len(self.groups):
            return False
        stanza = self.groups[self.next_stanza[at + 1]]
        set_in = min(row.indent for row in group) >= min(row.indent for row in stanza) + 4
        return is_epigraph(group, marked=set_in or group[0].text[0] in "«“„\"『「_'")

    def _is_argument(self, at: int) -> bool:
        """Tell whether a group is prose above verse: wider than it, or one sentence under a title."""
        group = self.groups[at]
        below = at + 1 + is_number(self.groups[min(at + 1, len(self.groups) - 1)][0])
        if below >= len(self.groups) or self.next_stanza[below] != below:
            return False
        stanza = self.groups[below]
        wide = max(self.usual, max(len(row.text.split("   ")[0]) for row in stanza)) * 1.2
        if len(group) > 1:
            return all(len(row.text) > wide for row in group[:-1]) and len(group) <= 20
        text = group[0].text
        if IDEOGRAPH.search(text):
            return text.endswith("。") and sum(text.count(sign) for sign in "，、；。") >= 2
        return len(text) > wide and len(text.split()) >= 8 and text.endswith(".")

    def _is_title(self, at: int, before: str) -> bool:
        """Tell whether a group is a title: a line alone without a stop, in capitals or numbered, or the first one."""
        group, row = self.groups[at], self.groups[at][0]
        if at + 1 >= len(self.groups):
            return False
        if len(group) > 1:
            return self._is_long_title(at, before)
        if len(row.text) > 120 or row.text.endswith((",", ";", "，", "；", "、", "。")):
            return False
        if before == "" or (before in ("title", "sub", "number", "byline") and self.next_stanza[at] > at):
            return before == "" or not self._continues_stanza(at)
        if self._is_numbered(at):
            return True
        following = self.groups[at + 1]
        heads = len(following) > 1 or len(self.groups[min(at + 2, len(self.groups) - 1)]) > 1
        if not heads or len(row.text) >= 60:
            return False
        if row.text.isupper() and len(row.text) > 1 and not row.text.endswith((",", "!", "?")):
            return True
        if self.pointed and not row.text.endswith((*CLOSED, "-")):
            return True
        stanza = self.groups[min(self.next_stanza[at + 1], len(self.groups) - 1)]
        centred = row.indent >= max(line.indent for line in stanza) + _FAR
        short = len(row.text) < 0.75 * self.usual or row.gap >= 2
        ended = self.groups[at - 1][-1].text.endswith((*_ENDED, ")"))
        return row.text.endswith(".") and ended and (centred or (row.gap >= 2 and short))

    def _continues_stanza(self, at: int) -> bool:
        """Tell whether a line alone under a title is rather the first line of verse."""
        row, following = self.groups[at][0], self.groups[at + 1]
        return (
            self.pointed
            and row.text.endswith(CLOSED[:4])
            and len(row.text) > 0.8 * self.usual
            and len(following) <= 2
        )

    def _is_numbered(self, at: int) -> bool:
        """Tell whether a line alone is a number with a title after it, or a word with a number: `HYMN XV.`"""
        text = self.groups[at][0].text
        if len(text) > 80:
            return False
        if (shape := _shape(text)) and self.shapes[shape] > 1:
            return True
        if patterns()["headed"].match(text):
            return True
        value = value_of(text)
        return bool(value) and bool({value - 1, value + 1} & self.values - {0})

    @cached_property
    def shapes(self) -> Counter[str]:
        """How often a group begins with each shape of a row with a numeral."""
        return Counter(_shape(group[0].text) for group in self.groups)

    @cached_property
    def counted(self) -> frozenset[int]:
        """The starts of stanzas that begin with their number: one after the other."""
        starts = [(value_of(group[0].text), group[0].start) for group in self.groups if len(group) > 1]
        pairs = [(a, b) for a, b in pairwise(starts) if a[0] and b[0] == a[0] + 1]
        return frozenset(start for pair in pairs for _, start in pair)

    @cached_property
    def values(self) -> frozenset[int]:
        """The numbers that rows alone begin with."""
        return frozenset(value_of(group[0].text) for group in self.groups if len(group) == 1)

    def _is_long_title(self, at: int, before: str) -> bool:
        """Tell whether several rows are a title: at the top, two at most or above a first number, or in capitals."""
        group = self.groups[at]
        if len(group) > 8 or group[0].text[:1].islower() or group[0].start in self.counted:
            return False
        loud = all(row.text.isupper() for row in group)
        if loud and not all(row.text.isupper() for row in self.groups[at + 1]):
            return True
        if before not in ("", "number", "title", "sub"):
            return False
        if at < self.first_number <= at + 2 and self._reads_on(group):
            return True
        if len(group) > 3:
            return False
        stanza = self.groups[min(self.next_stanza[at + 1], len(self.groups) - 1)]
        unlike = not (self.several and len(group) == 2) and len(stanza) > 1
        open_end = group[-1].text.endswith((",", ";", "，"))
        if before in ("number", "title", "sub"):
            return unlike and self._reads_on(group) and not open_end
        return (
            unlike and not open_end and (len(group) == 2 or self._reads_on(group) or group[0].text.isupper())
        )

    def _reads_on(self, group: Sequence[Line]) -> bool:
        """Tell whether rows are one title that was broken: most go on with a small letter."""
        if any(row.text.endswith((".", "!", "?")) for row in group[:-1]) and not group[0].text.isupper():
            return False
        small = sum(row.text[:1].islower() for row in group[1:])
        return small > 0 and (2 * small >= len(group) - 1 or group[0].text.isupper())


def refrains(groups: Sequence[Sequence[Line]]) -> dict[int, int]:
    """Tell where in a stanza its refrain begins, by the stanza's index: what comes again, set in or as a whole."""
    begins: dict[int, int] = {}
    for at, group in enumerate(groups):
        begins[at] = _set_in(group)
    counts = Counter(_opening_words(group[begins[at]]) for at, group in enumerate(groups))
    found = {}
    for at, group in enumerate(groups):
        words = _opening_words(group[begins[at]])
        named = bool(patterns()["refrain"].match(group[begins[at]].text))
        if (words and counts[words] > 1 and counts[words] < len(groups) + bool(begins[at])) or named:
            found[at] = begins[at]
    return found


def _set_in(group: Sequence[Line]) -> int:
    """Give the first row from which on all are set in deeper than those before them; 0 where none is.

    The first row begins behind its number.
    """
    text = _LABEL.match(group[0].text)
    reach = group[0].indent + (text.end() if text else 0)
    least = list(accumulate((row.indent for row in reversed(group)), min))[
        ::-1
    ]  # of the rows from each one on
    for at in range(1, len(group)):
        if least[at] >= reach + 2:
            return at
        reach = max(reach, group[at].indent)
    return 0


def _opening_words(row: Line) -> str:
    words = [match[0] for match in islice(_WORDS.finditer(row.text.casefold()), 3)]
    return " ".join(words) if len(words) > 1 else "".join(words) if IDEOGRAPH.search(row.text) else ""
