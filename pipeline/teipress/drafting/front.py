"""What stands before the text of a book: title page, dedication, preface, table of contents (Guidelines 4.6).

It is known by its title page; the leaves after that by their headings, or by how a dedication begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from teipress.drafting.blocks import blocks, is_ornament, rule
from teipress.drafting.datelines import is_dateline, is_name
from teipress.drafting.epigraphs import epigraph, is_epigraph
from teipress.drafting.headings import is_numbered_part
from teipress.drafting.lines import Line, layout
from teipress.drafting.titlepage import YEAR, begins_text, says, title_page, title_page_end
from teipress.scripts import HAN, IDEOGRAPH
from teipress.source import Omission, Source
from teipress.span import Span

_LEAF: Final = 12  # rows of a dedication, at most
_LETTER: Final = 300  # rows of a dedicatory letter
_PROSE: Final = 45  # characters of a line of prose
_FAR: Final = 4
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-zа-я]\.\s?(?:de\s|v\.\s)?){1,4}(?:\*+)?\.?")
_NUMBER: Final = re.compile(r"(?:[IVXLC]{1,6}|\d{1,3})[.)]?")
_ITEM: Final = re.compile(
    r"(?:\.\s?){3,}|…|\s\d{1,4}\.?$|\s[ivxlc]{1,6}\.?$|^第[一二三四五六七八九十百]+[回章卷節节齣折]|^[IVXLC]+\.|^\d{1,3}[.)、]|^卷"
)
_PAGE: Final = re.compile(r"(?:\.\s?|\s){2,}(?:\d{1,4}|[ivxlc]{1,6})\.?$")
_HAN_CLOSING: Final = 30  # characters of what closes a preface in Chinese
_HAN_YEAR: Final = re.compile(
    rf"[〇零一二三四五六七八九十\d]{{2,4}}年|[{HAN}]{{2}}[元一二三四五六七八九十]{{1,3}}年"
)
_HAN_PLACE: Final = re.compile("[年月].*[於于在]")  # when, and where


@lru_cache(maxsize=2)
def parted(source: Source) -> tuple[tuple[Span, ...], Source]:
    """Give the spans of a book's front matter, and the source without it; none, and the source, where there is none."""
    rows = layout(source).rows
    end = title_page_end(rows)
    if not end:
        return (), source
    front = _Front(source, rows, end)
    spans = tuple(front.spans())
    if front.at >= len(rows):
        return (), source
    end = rows[front.at].start
    later = (gap for gap in source.omitted if gap.end > end)
    omitted = (Omission(0, end, "front matter"), *later)
    marks = [mark for mark in layout(source).marks if mark.start < end]
    whole = Span(0, end, "front", rule="front.front")
    return (whole, *spans, *marks), replace(source, omitted=omitted)


class _Front:
    """The rows of a book's front matter; `at` is the first row that has not had its turn."""

    def __init__(self, source: Source, rows: Sequence[Line], end: int) -> None:
        self.source = source
        self.code = source.language
        self.rows = rows
        self.at = end  # of the title page
        self.listed: set[str] = (
            set()
        )  # what a table of contents lists that had its turn: no dedication comes after it

    def spans(self) -> Iterator[Span]:
        """Give the title page and the leaves after it."""
        yield from title_page(self.source, self.rows[: self.at])
        while self.at < len(self.rows) and (stop := self._leaf_end(self.at)) > self.at:
            yield from self._leaf(self.at, stop)
            if self._heads(self.at) == "contents":
                self.listed |= {_title(row) for row in self.rows[self.at : stop]}
            self.at = stop

    # The leaves after it.

    def _leaf_end(self, at: int) -> int:
        """Give the end of a leaf: a dedication, or what a heading heads; the row itself where the body begins."""
        row = self.rows[at]
        if is_ornament(row):
            return at + 1
        if self._heads(at):
            return self._section_end(at)
        if self.listed:
            return at
        stop = self._group_end(at)
        last = self.rows[stop - 1]
        if stop < len(self.rows) and stop - at <= _LEAF and last.short:
            named = _INITIALS.fullmatch(row.text) and stop == at + 1  # to somebody who is not named
            if (named or says("dedication", row.text)) and not is_numbered_part(row.text):
                return self._letter_end(stop)
            if stop - at > 1 and is_epigraph(self.rows[at:stop]):
                return stop
        return at

    def _letter_end(self, at: int) -> int:
        """Give the end of a dedicatory letter, which has a salutation or is signed prose; the row itself for none."""
        ends = (end for end in range(at + 1, min(len(self.rows), at + _LETTER)) if self.rows[end].gap)
        end = next((end for end in ends if self._heads(end) or self._begins_text(end)), at)
        signed = end > at + 1 and self._closing(self.rows[end - 1], self.rows[end - 2]) == "signed"
        prose = signed and len(self.rows[at].text) >= _PROSE
        return end if prose or self._greets(self.rows[at]) else at

    def _greets(self, row: Line) -> bool:
        from teipress.drafting.letter import salutes

        return salutes(row, self.code)

    def _heads(self, at: int) -> str:
        """Name what a row heads that stands before the text: "preface", "contents"; "" for anything else."""
        row = self.rows[at]
        if not row.gap or not row.short or row.text.endswith((",", ";")) or len(row.text) > 60:
            return ""
        rows = self.rows[at : self._heading_end(at)]
        kinds = (kind for kind in ("preface", "contents") for row in rows if says(kind, row.text))
        return next(kinds, "")

    def _group_end(self, at: int) -> int:
        stop = at + 1
        while stop < len(self.rows) and self.rows[stop].gap <= 0:
            stop += 1
        return stop

    def _section_end(self, at: int) -> int:
        """Give the end of a preface, or of a table of contents; the row itself where nothing shows where it ends."""
        if self._heads(at) == "contents":
            begun = self._heading_end(at)
            stop = self._list_end(begun)
            return stop if stop > begun else at
        for later in range(self._heading_end(at) + 1, len(self.rows)):
            if not self.rows[later].gap:
                continue
            if self._heads(later) or self._begins_text(later):
                return later
        return at

    def _heading_end(self, at: int) -> int:
        """Give the end of a heading, which may have several lines where a gap is under it."""
        stop = self._group_end(at)
        several = stop - at <= 3 and all(row.text.isupper() for row in self.rows[at:stop])
        return stop if several and stop < len(self.rows) else at + 1

    def _begins_text(self, at: int) -> bool:
        """Tell whether a row heads a part of the text: a chapter's or an act's heading, a number, the title again."""
        row = self.rows[at]
        if not row.short or at + 1 >= len(self.rows):
            return False
        title = _title(row)
        return (
            begins_text(row)
            or bool(_NUMBER.fullmatch(row.text))
            or (len(title) > 3 and (title == _title(self.rows[0]) or title in self.listed))
            or (row.text.isupper() and len(row.text) <= 60 and len(row.text) > 3 and row.gap > 1)
        )

    def _list_end(self, at: int) -> int:
        """Give the end of the rows of a table of contents."""
        stop = at
        while stop < len(self.rows):
            end = self._group_end(stop)
            if self._is_labelled(stop):
                stop = self._group_end(end)
                continue
            listed = sum(bool(_ITEM.search(row.text)) for row in self.rows[stop:end])
            first = stop == at
            if not all(row.short for row in self.rows[stop:end]):
                break
            if not (listed * 2 > end - stop or (first and end - stop > 1)):
                break
            if not first and (end - stop == 1 and not re.search(r"\d$|…$", self.rows[stop].text)):
                break
            stop = end
        return stop

    def _is_labelled(self, at: int) -> bool:
        """Tell whether a row of a table of contents is a chapter's number alone, and what is in it stands below."""
        below = at + 1
        if below >= len(self.rows) or not self.rows[below].gap or not begins_text(self.rows[at]):
            return False
        return bool(_PAGE.search(self.rows[self._group_end(below) - 1].text))

    def _leaf(self, at: int, stop: int) -> Iterator[Span]:
        rows = self.rows[at:stop]
        if is_ornament(rows[0]) and stop == at + 1:
            yield from rule(rows[0])
            return
        kind = self._heads(at)
        if not kind and is_epigraph(rows):  # between divisions nothing but a division may stand
            yield Span(rows[0].start, rows[-1].end, "div", (("type", "epigraph"),), rule="front.epigraph")
            yield from epigraph(rows)
            return
        kind = kind or "dedication"
        yield Span(rows[0].start, rows[-1].end, "div", (("type", kind),), rule=f"front.{kind}")
        if kind == "dedication":
            yield from self._dedication(rows, self._group_end(at) - at)
            return
        begun = self._heading_end(at)
        yield Span(rows[0].start, self.rows[begun - 1].end, "head", rule=f"front.{kind}")
        rows = self.rows[begun:stop]
        if kind == "contents":
            yield Span(rows[0].start, rows[-1].end, "list", rule="front.contents")
            yield from self._contents(begun, stop)
        else:
            yield from self._preface(rows)

    def _contents(self, at: int, stop: int) -> Iterator[Span]:
        """Give the items of a table of contents, with labels where the chapters' numbers stand above them."""
        if says("columns", self.rows[at].text):
            yield Span(self.rows[at].start, self.rows[at].end, "head", rule="front.contents")
            at += 1
        while at < stop:
            end = at + 1
            if self._is_labelled(at):
                yield Span(self.rows[at].start, self.rows[at].end, "label", rule="front.contents")
                at, end = end, self._group_end(end)
            yield Span(self.rows[at].start, self.rows[end - 1].end, "item", rule="front.contents")
            at = end

    def _dedication(self, rows: Sequence[Line], begun: int) -> Iterator[Span]:
        """Give a dedication: a paragraph, and who signs it below; above a letter’s salutation, whom it is to."""
        if begun < len(rows):
            yield Span(rows[0].start, rows[begun - 1].end, "head", rule="front.dedication")
            if self._greets(rows[begun]):
                yield Span(rows[begun].start, rows[begun].end, "opener", rule="front.opener")
                yield Span(rows[begun].start, rows[begun].end, "salute", rule="front.opener")
                begun += 1
            yield from self._preface(rows[begun:])
            return
        last = rows[-1]
        signed = len(rows) > 1 and (bool(_INITIALS.fullmatch(last.text)) or says("signature", last.text))
        said = rows[:-1] if signed else rows
        yield Span(said[0].start, said[-1].end, "p", rule="front.dedication")
        if signed:
            yield Span(last.start, last.end, "closer", rule="front.closer")
            yield Span(last.start, last.end, "signed", rule="front.closer")

    def _preface(self, rows: Sequence[Line]) -> Iterator[Span]:
        """Give the paragraphs of a preface, and below them where and when it was written, and by whom."""
        closing = len(rows)
        kinds: list[str] = []
        while (
            closing > 1 and len(kinds) < 4 and (kind := self._closing(rows[closing - 1], rows[closing - 2]))
        ):
            kinds.insert(0, kind)
            closing -= 1
        if kinds and not rows[closing].gap and rows[closing].indent < _FAR + rows[closing - 1].indent:
            closing, kinds = len(rows), []  # the last lines of a paragraph
        starts = {row.start for row in rows[:closing]}
        yield from blocks(self.source, [p for p in layout(self.source).paragraphs if p.start in starts])
        if kinds:
            yield Span(rows[closing].start, rows[-1].end, "closer", rule="front.closer")
            for row, kind in zip(rows[closing:], kinds, strict=True):
                yield Span(row.start, row.end, kind, rule="front.closer")

    def _closing(self, row: Line, above: Line) -> str:
        """Name what a row below a preface is: "signed", "dateline"; "" for its text."""
        if len(row.text) > 75 or is_ornament(row):
            return ""
        if _INITIALS.fullmatch(row.text) or says("signature", row.text):
            return "signed"
        if is_dateline(row, self.code) or YEAR.search(row.text) or says("year", row.text.rstrip("，,")):
            return "dateline"
        if IDEOGRAPH.match(row.text) and len(row.text) <= _HAN_CLOSING and _HAN_PLACE.search(row.text):
            return "dateline"
        far = row.indent >= above.indent + _FAR
        if IDEOGRAPH.match(row.text) and far and len(row.text) <= _HAN_CLOSING:
            return "dateline" if _HAN_YEAR.match(row.text) else "signed" if len(row.text) <= 4 else ""
        apart = row.gap > 0 or far
        return "signed" if apart and (is_name(row) or row.text.isupper()) else ""


def _title(row: Line) -> str:
    """Give what a row of a table of contents and the heading in the text have in common."""
    return _PAGE.sub("", row.text).casefold().strip(" .")
