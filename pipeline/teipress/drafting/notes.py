"""Footnotes and endnotes of the source, kept where they stand and tied to their place (Guidelines 3.9.1).

A line is a note where it begins with a mark that stands in the text before it, too. A mark that could be an item's of
a list (`1.`, `(1)`) needs the foot of a page, the end of the text or a heading as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from teipress.drafting.enumerators import ROUND
from teipress.drafting.pages import Row
from teipress.span import Span

_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰ"  # letters for notes on the wording
_PLAIN: Final = str.maketrans(_RAISED, "0123456789abcdefgh")
_LABEL: Final = re.compile(
    rf"^(?:(?P<strong>\[\^?(?:\d{{1,3}}|\*{{1,3}}|[a-z])\]:?|[{_RAISED}]{{1,3}}|\*{{1,3}}\)?(?=\s?\w)|[†‡§]{{1,2}}|"
    r"\[?(?:footnote|note|fußnote|anmerkung|примечание)\s+(?:\d{1,3}|[A-Z]):)|(?P<weak>[(（〔]\d{1,3}[)）〕]|\(\*\)|[a-z]\)|[①-⑳]|\d{1,3}[.)]?(?=\s)))\s*",
    re.IGNORECASE,
)
_BEFORE: Final = r"(?<=[\w.,;:!?…”’“\"»)。，、；：！？」』》）])"  # what an anchor stands behind
_ANCHOR: Final = re.compile(
    rf"(?P<whole>\[\^?(?:\d{{1,3}}|\*{{1,3}}|[a-z])\]|[{_RAISED}]{{1,3}}|{_BEFORE}[†‡§]{{1,2}}|{_BEFORE}\*{{1,3}}(?![\w*])|"
    rf"{_BEFORE}[①-⑳]|[（〔]\d{{1,2}}[）〕])|{_BEFORE}\s?(?P<round>\((?:\d{{1,2}}|\*)\))|"
    rf"{_BEFORE}\s?(?P<half>\d{{1,2}}\))|(?<=[.,;:!?”\"»])(?P<letter>[a-z])\)|"
    r"(?<=[^\W\d_])[.,;:!?”\"»]*(?<=[.,;:!?”\"»a-zà-ÿа-я])(?P<digits>\d{1,3})(?=[\s.,;:)—–]|$)",
)
#: What every anchor has: its first sign, and what is beside that; a search for one sign of a set is fast.
_SIGN: Final = re.compile(
    rf"[\[(（〔*†‡§{_RAISED}①-⑳\d)](?:(?<=[*†‡§{_RAISED}①-⑳])|(?<=\[)[\^\d*a-z]|(?<=\()[\d*]|(?<=[（〔])\d|"
    r"(?<=[.,;:!?”\"»][a-z]\))|(?<=\d\))|(?<=[.,;:!?”\"»a-zà-ÿа-я]\d))"
)
_STOPPED: Final = re.compile(r"[.!?…。！？][”’\"»)\]]*$")
_NEAR: Final = 120  # characters before a half bracket in which the other half may stand
_NEXT: Final = 8  # rows of a note after which the next one may begin
_PAGE: Final = 80  # rows of a page at most
_RULE: Final = re.compile(r"^[_\-—–=]{3,}$")
_NOTES: Final = re.compile(
    r"^(?:(?:foot|end)?notes?|notes and references|fußnoten|anmerkungen|примечания|сноски|註釋|注释|注|註)\s*[:.：]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Note:
    """A note: its rows `[first, last]`, its range, the length of its mark, and the range of its anchor."""

    first: int
    last: int
    start: int
    end: int
    mark: int
    name: str
    anchor: tuple[int, int]
    rest: tuple[int, int] | None = None  # the rows on the next page on which it goes on

    @property
    def rows(self) -> set[int]:
        """The numbers of all its rows."""
        return {
            row
            for first, last in ((self.first, self.last), self.rest or (0, -1))
            for row in range(first, last + 1)
        }


def notes(rows: Sequence[Row], taken: set[int]) -> list[Note]:
    """Find the notes among the rows; `taken` are rows that are something else."""
    labels = [_label(row.text) if at not in taken else None for at, row in enumerate(rows)]
    names = {at: _name(label[0]) for at, label in enumerate(labels) if label}
    if not names:
        return []
    wanted = frozenset(names.values())
    anchors = _Anchors(one for one in _anchors(rows[: max(names)], labels, taken) if one[2] in wanted)
    found: list[Note] = []
    free = [0, 0]  # signs stand in an order of their own beside numbers
    at = 0
    while at < len(rows):
        label = labels[at]
        name = names.get(at, "")
        counts = name.isdecimal()
        anchor = anchors.next(free[counts], name, rows[at].start) if label else None
        if (
            label is None
            or anchor is None
            or not (
                label["strong"]
                or _is_foot(rows, at, labels, taken, found)
                or _begins_row(rows, at, labels, anchors, anchor + 1)
                or _is_below_raised(rows, at, anchors.all[anchor][0])
            )
        ):
            at += 1
            continue
        last = _last(rows, at, labels, taken)
        start, end = anchors.all[anchor][:2]
        found.append(
            Note(at, last, rows[at].start, rows[last].end, len(label[0].rstrip()), name, (start, end))
        )
        free[counts] = anchor + 1
        at = last + 1
    return _continued(rows, found, labels, taken)


def _label(text: str) -> re.Match[str] | None:
    """Match the mark that a line begins with; one that begins with a letter has a bracket or a colon after it."""
    if text[0].isalpha() and text[0] not in _RAISED and text[1:2] != ")" and ":" not in text:
        return None
    return _LABEL.match(text)


def _continued(
    rows: Sequence[Row], found: Sequence[Note], labels: Sequence[re.Match[str] | None], taken: set[int]
) -> list[Note]:
    """Find the rest of notes that the end of their page cuts off, at the foot of the next page."""
    aside = taken.union(*(note.rows for note in found))
    whole: list[Note] = []
    for note in found:
        rest = None
        if _ends_its_page(rows, note.last, taken) and not _STOPPED.search(rows[note.last].text):
            rest = _rest(rows, note.last + 1, labels, aside)
        whole.append(replace(note, rest=rest))
    return whole


def _ends_its_page(rows: Sequence[Row], at: int, taken: set[int]) -> bool:
    return rows[at].feet or at + 1 in taken or (at + 1 < len(rows) and rows[at + 1].tops)


def _rest(
    rows: Sequence[Row], at: int, labels: Sequence[re.Match[str] | None], taken: set[int]
) -> tuple[int, int] | None:
    """Give the rows at the foot of a page that begin in the middle of a sentence, under a space or a rule."""
    while at < len(rows) and at in taken:  # what the page prints at its head
        at += 1
    first = None
    for row in range(at + 1, min(len(rows), at + _PAGE)):
        if row in taken or labels[row]:
            break
        if rows[row].blank or _RULE.match(rows[row - 1].text):
            first = row if rows[row].text[:1].islower() else None
        if _ends_its_page(rows, row, taken) or row + 1 == len(rows):
            return (first, row) if first is not None else None
    return (first, row - 1) if first is not None and first < row else None


def spans(rows: Sequence[Row], found: Sequence[Note]) -> Iterator[Span]:
    """Give the spans of notes and of the places they belong to; the halves of one on two pages point to each other."""
    for number, note in enumerate(found, 1):
        ident, anchor = f"note-{number}", f"note-{number}-anchor"
        yield Span(
            *note.anchor,
            "ref",
            (("type", "note"), ("xml:id", anchor), ("target", f"#{ident}")),
            rule="notes.anchor",
        )
        said = (("source", "#source"), ("target", f"#{anchor}"))
        begins: tuple[tuple[str, str], ...] = (("n", note.name), ("xml:id", ident), *said)
        if note.rest:
            begins = (*begins, ("next", f"#{ident}-2"))
            ends = (("xml:id", f"{ident}-2"), ("prev", f"#{ident}"), *said)
            yield Span(rows[note.rest[0]].start, rows[note.rest[1]].end, "note", ends, rule="notes.rest")
        yield Span(note.start, note.end, "note", begins, rule="notes.note")
        yield Span(note.start, note.start + note.mark, "label", rule="notes.label")


def _name(label: str) -> str:
    """Give the number or sign of a mark, whatever brackets it wears."""
    plain = label.translate(_PLAIN)
    match = re.search(r"\d+|\*+|[†‡§]+|(?<=\^)\w|\b[a-zA-Z]\b", plain)
    return match[0] if match else plain.strip()


def _anchors(
    rows: Sequence[Row], labels: Sequence[re.Match[str] | None], taken: set[int]
) -> Iterator[tuple[int, int, str]]:
    for at, row in enumerate(rows):
        if at in taken or not _SIGN.search(row.text):
            continue
        label = labels[at]
        for match in _ANCHOR.finditer(row.text, label.end() if label else 0):
            kind = match.lastgroup or ""
            start = match.start(kind)
            near = row.text[max(0, start - _NEAR) : start] if kind == "half" else ""
            if near.count("(") > near.count(")"):
                continue  # the end of a bracket: “(cf. p. 12)”
            yield row.start + start, row.start + match.end(), _name(match[kind])


class _Anchors:
    """The places that notes may belong to, in their order, each with its range and its name."""

    def __init__(self, found: Iterator[tuple[int, int, str]]) -> None:
        self.all = list(found)
        self._named: defaultdict[str, list[int]] = defaultdict(list)
        for at, (_, _, name) in enumerate(self.all):
            self._named[name].append(at)

    def next(self, free: int, name: str, before: int) -> int | None:
        """Find the anchor of a note: the next free one of its name that stands before it."""
        places = self._named.get(name, [])
        at = bisect_left(places, free)
        if at == len(places) or self.all[places[at]][0] >= before:
            return None
        return places[at]


def _is_foot(
    rows: Sequence[Row], at: int, labels: Sequence[re.Match[str] | None], taken: set[int], found: list[Note]
) -> bool:
    """Tell whether a row stands at the foot of a page, under a rule or a heading, or goes on with such notes."""
    previous = at - 1
    while previous >= 0 and previous in taken:
        previous -= 1
    if previous < 0:
        return False
    if found and found[-1].last == previous:
        return True
    return bool(_RULE.match(rows[previous].text) or _NOTES.match(rows[previous].text)) or _ends_page(
        rows, at, labels, taken
    )


def _begins_row(
    rows: Sequence[Row], at: int, labels: Sequence[re.Match[str] | None], anchors: _Anchors, free: int
) -> bool:
    """Tell whether the next note of the text follows below, after a few rows at most, as in a row of notes."""
    name = _following(labels[at])
    if not rows[at].blank or not name:
        return False
    below = next((row for row in range(at + 1, min(len(rows), at + _NEXT)) if labels[row]), at)
    return _name_of(labels[below]) == name and anchors.next(free, name, rows[at].start) is not None


def _is_below_raised(rows: Sequence[Row], at: int, anchor: int) -> bool:
    """Tell whether a row stands below the paragraph that has its mark as a raised figure, which is nothing else."""
    if not rows[at].blank:
        return False
    for row in reversed(rows[max(0, at - _PAGE) : at]):
        if row.start <= anchor:
            return anchor < row.end and row.text[anchor - row.start] in _RAISED
        if row.blank:
            return False
    return False


def _name_of(label: re.Match[str] | None) -> str:
    return _name(label[0]) if label else ""


def _following(label: re.Match[str] | None) -> str:
    """Give the name of the note after one; "" where its name does not count."""
    name = _name_of(label)
    if name.isdecimal():
        return str(int(name) + 1)
    return chr(ord(name) + 1) if name in ROUND and name else ""


def _ends_page(rows: Sequence[Row], at: int, labels: Sequence[re.Match[str] | None], taken: set[int]) -> bool:
    """Tell whether nothing but notes follows on the page."""
    for later in range(at + 1, min(len(rows), at + 12)):
        if rows[later - 1].feet or later in taken:
            return True
        if rows[later].blank and labels[later] is None:
            return False
    return len(rows) - at < 12


def _last(rows: Sequence[Row], at: int, labels: Sequence[re.Match[str] | None], taken: set[int]) -> int:
    """Give the last row of a note: it goes on to a blank line, the next mark, or the end of the page."""
    last = at
    while last + 1 < len(rows) and not rows[last].feet and last + 1 not in taken and labels[last + 1] is None:
        if rows[last + 1].blank or len(rows[last].text) < 40 or len(rows[last].text) > 130:
            break
        if rows[last + 1].tops:
            break
        last += 1
    return last
