"""What stands before the text of a book: title page, dedication, preface, table of contents (Guidelines 4.6).

A title page is known by its imprint: who printed or published the book, or where and in which year. Without one a title
is a heading. Its lines are told one by one; the leaves after it by their headings, or by how a dedication begins.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from teipress.drafting import minutes
from teipress.drafting.blocks import blocks, is_ornament
from teipress.drafting.datelines import is_dateline, is_name, may_be_town, names_person
from teipress.drafting.drama import heads_part
from teipress.drafting.epigraphs import epigraph
from teipress.drafting.headings import is_numbered_part
from teipress.drafting.lines import Line, layout
from teipress.scripts import LOWER
from teipress.source import Omission, Source
from teipress.span import Span

_ROWS: Final = 40  # of a title page, at most
_LONGEST: Final = 110  # of its lines
_GROUP: Final = 7  # rows that stand together on it, at most; more are a stanza
_LEAF: Final = 12  # rows of a dedication, at most
_YEAR: Final = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)\.?|\bM[\s.]?[DC][DCLXVI\s.]{1,14}\b\.?")
_FEW: Final = 6  # rows of an imprint, from the town to the year
#: A town alone on a line of its own; a mark shows that the publisher or the year follows.
_TOWN: Final = re.compile(
    r"[^\W\d_a-zа-яё][^\W\d_]{2,20}(?:[ -][^\W\d_]{2,12}){0,2}\s?[:,/]|[^\W\d_a-zа-яё]{4,20}[.]?"
)
_LOUD_NAME: Final = re.compile(r"(?:[^\W\d_a-zà-öø-ÿа-яё][.’'-]?\s?){4,}(?:[,.]|$)")  # “GRESSET, Vert-Vert.”
_MOTTO: Final = 3  # rows of a motto, with whose it is
_FAR: Final = 4
_WRAPPED: Final = 55  # from which length on a line that goes on with a small letter is prose
_DAY: Final = re.compile(
    r"(?<!\d)\d{1,2}\.?(?:st|nd|rd|th|er|ten|го)?\s+[^\W\d_]{3,}\.?,?\s+(?:1[4-9]|20)\d\d(?!\d)|\d月\d"
)
#: A day without its year, alone on its line, heads the entry of a diary.
_DAY_ALONE: Final = re.compile(r"\d{1,2}\.?(?:st|nd|rd|th)?\s[^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\s\d{1,2}\.?")
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-zа-я]\.\s?(?:de\s|v\.\s)?){1,4}(?:\*+)?\.?")
_NUMBER: Final = re.compile(r"(?:[IVXLC]{1,6}|\d{1,3})[.)]?")
_ITEM: Final = re.compile(
    r"(?:\.\s?){3,}|…|\s\d{1,4}\.?$|\s[ivxlc]{1,6}\.?$|^第[一二三四五六七八九十百]+[回章卷節节齣折]|^[IVXLC]+\.|^\d{1,3}[.)、]|^卷"
)
_PAGE: Final = re.compile(r"(?:\.\s?|\s){2,}(?:\d{1,4}|[ivxlc]{1,6})\.?$")
_CAPITAL: Final = re.compile(r"[^\W\d_a-zа-яё]")
_HAN_PLACE: Final = re.compile("[年月].*[於于在]")  # when, and where
_ARTICLE: Final = re.compile(r"^(?:das|der|die|the|l[ea]|il|el|la)\s", re.IGNORECASE)
_HAN: Final = re.compile("[\u3400-\u9fff]")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("front.toml").read_text(encoding="utf-8"))
    return {key: re.compile(pattern, re.IGNORECASE) for key, pattern in data.items()}


def _says(kind: str, text: str) -> bool:
    return len(text) <= 2 * _LONGEST and bool(_patterns()[kind].search(text))


@lru_cache(maxsize=2)
def parted(source: Source) -> tuple[tuple[Span, ...], Source]:
    """Give the spans of a book's front matter, and the source without it; none, and the source, where there is none."""
    rows = layout(source).rows
    last = _imprint(rows)
    if (
        last is None
        or any(_DAY_ALONE.fullmatch(row.text) for row in rows[:last])
        or minutes.evidence(rows[:last])
    ):
        return (), source
    front = _Front(source, rows, last)
    spans = tuple(front.spans())
    if front.at >= len(rows):
        return (), source
    end = rows[front.at].start
    later = (gap for gap in source.omitted if gap.end > end)
    omitted = (Omission(0, end, "front matter"), *later)
    marks = [mark for mark in layout(source).marks if mark.start < end]
    whole = Span(0, end, "front", rule="front.front")
    return (whole, *spans, *marks), replace(source, omitted=omitted)


def _imprint(rows: Sequence[Line]) -> int | None:
    """Give the last row of the imprint of a title page; None where a text has none."""
    run = 0
    for at, row in enumerate(rows[:_ROWS]):
        run = run + 1 if row.gap <= 0 else 1
        if len(row.text) > _LONGEST or (run > _GROUP and not rows[at - run + 1].text.isupper()):
            return None
        if at and _begins_imprint(rows, at):
            return _end_of_imprint(rows, at) if _is_title(rows[:at]) else None
        if heads_part(row) and not (at and _says("volume", row.text)):
            return None
    return None


def _begins_imprint(rows: Sequence[Line], at: int) -> bool:
    """Tell whether a row is of an imprint: by its own words, or as a town above a year alone on its line."""
    if _says("preface", rows[at].text):  # “From the publisher”
        return False
    return is_imprint(rows[at]) or _year_below(rows, at) > 0


def _year_below(rows: Sequence[Line], at: int) -> int:
    """Give the row with the year below a town's name alone: “LONDON: | Tinsley Brothers. | 1873.”; 0 for no such."""
    text = rows[at].text
    if not rows[at].gap or not _TOWN.fullmatch(text) or _says("volume", text) or _says("byline", text):
        return 0
    if _has_stanzas(rows[:at]):  # where and when a poem was written
        return 0
    below = at + 1
    while below < min(at + _FEW, len(rows)) and not _says("year", rows[below].text):
        if (rows[below].gap and not text.isupper()) or len(rows[below].text) > _WRAPPED:
            return 0
        below += 1
    if below >= min(at + _FEW, len(rows)):
        return 0
    return below if text.isupper() or below > at + 1 else 0


def _has_stanzas(rows: Sequence[Line]) -> bool:
    """Tell whether more rows stand together than those of a motto, and not in capitals."""
    together = run = 0
    for row in rows:
        run = run + 1 if row.gap <= 0 and not row.text.isupper() else 1
        together += run >= _MOTTO
    return together > 1


def is_imprint(row: Line) -> bool:
    """Tell whether a line says who printed or published something, or where and when."""
    if (
        _HAN.match(row.text) and sum(map(row.text.count, "，。；？！")) > 2
    ):  # sentences that speak of a bookshop
        return False
    return any(_says(kind, row.text) for kind in ("imprint", "weak", "place"))


def is_colophon(row: Line) -> bool:
    """Tell whether a line below a text says who printed it."""
    told = _says("imprint", row.text) or _says("weak", row.text)
    return told and len(row.text) <= _LONGEST and row.text[0] not in "(["


def _is_title(rows: Sequence[Line]) -> bool:
    """Tell whether rows above an imprint may be a title: no paragraph that was wrapped, no day, no salutation."""
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if _DAY.search(row.text) or (_HAN.match(row.text) and row.text[-1] in "：:"):
            return False
        wrapped = following is not None and following.gap <= 0 and following.text[:1].islower()
        if wrapped and len(row.text) > _WRAPPED:
            return False
    sentences = sum(row.text.endswith((".", "。")) and len(row.text.split()) > 7 for row in rows)
    return 4 * sentences <= len(rows)


def _end_of_imprint(rows: Sequence[Line], at: int) -> int | None:
    """Give the last row that belongs to an imprint; None where neither a year nor anything else of it is near."""
    end = _year_below(rows, at) or at
    while end + 1 < len(rows) and (rows[end + 1].gap <= 0 or _says("year", rows[end + 1].text)):
        if _begins(rows[end + 1]):
            break
        if len(rows[end + 1].text) > _LONGEST or end > at + _GROUP:
            return None
        end += 1
    near = rows[max(0, at - 3) : end + 1]
    dated = any(_YEAR.search(row.text) or _says("year", row.text) for row in near)
    return end if dated or (_HAN.search(rows[at].text) and at > 1) else None


def _begins(row: Line) -> bool:
    """Tell whether a line heads a chapter or an act, with or without an article: “Das I. Capitel.”"""
    return is_numbered_part(row.text) or is_numbered_part(_ARTICLE.sub("", row.text)) or heads_part(row)


@dataclass(frozen=True)
class _Item:
    """Rows of a title page that are one thing."""

    kind: str
    rows: Sequence[Line]


class _Front:
    """The rows of a book's front matter; `at` is the first row that has not had its turn."""

    def __init__(self, source: Source, rows: Sequence[Line], last: int) -> None:
        self.source = source
        self.code = source.language
        self.rows = rows
        self.at = last + 1
        self.listed = False  # whether a table of contents had its turn: no dedication comes after it

    def spans(self) -> Iterator[Span]:
        """Give the title page and the leaves after it."""
        while self.at < len(self.rows) and self._is_below(self.rows[self.at]):
            self.at += 1
        page = self.rows[: self.at]
        yield Span(page[0].start, page[-1].end, "titlePage", rule="front.title-page")
        yield from self._page(page)
        while self.at < len(self.rows) and (stop := self._leaf_end(self.at)) > self.at:
            yield from self._leaf(self.at, stop)
            self.listed = self.listed or self._heads(self.at) == "contents"
            self.at = stop

    def _is_below(self, row: Line) -> bool:
        """Tell whether a row still belongs to the title page: who allowed the book, or what it costs."""
        if row.gap <= 0 and _says("allowed", self.rows[self.at - 1].text):
            return True  # it goes on
        return row.short and any(_says(kind, row.text.strip("[](){}_")) for kind in ("allowed", "described"))

    # The title page.

    def _page(self, page: Sequence[Line]) -> Iterator[Span]:
        items = _with_names(list(self._items(page)))
        at = 0
        while at < len(items):
            stop = at + 1
            if items[at].kind == "title":
                while stop < len(items) and items[stop].kind == "title":
                    stop += 1
                first = not any(item.kind == "title" for item in items[:at])
                yield from _title(items[at:stop], first)
            else:
                yield from self._item(items[at])
            at = stop

    def _item(self, item: _Item) -> Iterator[Span]:
        start, end = item.rows[0].start, item.rows[-1].end
        if item.kind == "rule":
            yield Span(start, start, "milestone", (("unit", "section"),), rule="blocks.ornament")
            yield Span(start, end, "metamark", (("function", "rule"),), rule="blocks.ornament")
        elif item.kind == "epigraph":
            yield from motto(item.rows)
        elif item.kind in ("volume", "described", "dedication"):
            kind = {"volume": "volume", "described": "desc", "dedication": "dedication"}[item.kind]
            yield Span(start, end, "titlePart", (("type", kind),), rule="front.title")
        else:
            tags = {
                "year": "docDate",
                "edition": "docEdition",
                "allowed": "imprimatur",
                "author": "docAuthor",
            }
            tag = tags.get(item.kind, item.kind)
            yield Span(start, end, tag, rule=f"front.{item.kind}")
            if tag == "byline":
                yield from self._author(item.rows)
            if tag == "docImprint" and (year := _YEAR.search(self.source.text, start, end)):
                yield Span(year.start(), year.end(), "docDate", rule="front.year")

    def _author(self, rows: Sequence[Line]) -> Iterator[Span]:
        """Give the author's name in a byline: what stands after “by”, or in Chinese before the verb."""
        first = rows[0]
        if _HAN.search(first.text):
            name = re.match(
                r"(\S{2,8}?|[\u3400-\u9fff][　 ][\u3400-\u9fff]{1,2})[　\s]*(?:著|撰)", first.text
            )
            if name:
                yield Span(first.start, first.start + name.end(1), "docAuthor", rule="front.author")
            return
        before = _patterns()["byline"].match(first.text)
        start = first.start + before.end() if before else first.start
        text = self.source.text[start : rows[-1].end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        if not text or not _CAPITAL.match(text) or _says("unnamed", text):
            return
        end = re.search(rf",(?=\s{LOWER})|,\s*\n|\n\n|;", text)
        yield Span(start, start + (end.start() if end else len(text)), "docAuthor", rule="front.author")

    def _items(self, page: Sequence[Line]) -> Iterator[_Item]:
        """Group the rows of a title page: rows of one kind that stand together."""
        imprint = self._first_of_imprint(page)
        group: list[Line] = []
        kind = ""
        for at, row in enumerate(page):
            own = self._kind(page, at, imprint)
            apart = row.gap > 0 or not group
            if own == "title" and not apart and self._goes_on(kind, group):
                own = kind
            if own == "docImprint" and not apart and kind == "allowed":
                own = kind
            if own == "title" and not apart and kind == "docImprint":
                own = kind
            same = (
                own == kind
                and own not in ("rule", "edition", "volume")
                and (not apart or own == "docImprint")
            )
            if own == "year" and kind == "docImprint" and at + 1 < len(page) and page[at + 1].gap <= 0:
                own, same = "docImprint", True  # within the imprint
            if group and not same:
                yield from self._known(kind, group)
                group = []
            group.append(row)
            kind = own
        yield from self._known(kind, group)

    def _known(self, kind: str, group: list[Line]) -> Iterator[_Item]:
        yield _Item("epigraph" if kind == "title" and is_epigraph(group) else kind, group)

    def _goes_on(self, kind: str, group: Sequence[Line]) -> bool:
        if kind == "byline":
            return not group[-1].text.endswith((".", ";")) and len(group) < 4
        return kind in ("dedication", "docImprint", "allowed")

    def _first_of_imprint(self, page: Sequence[Line]) -> int:
        """Give the row with which the imprint begins: a place above who printed the book belongs to it."""
        at = next(
            (at for at in range(1, len(page)) if _begins_imprint(page, at)),
            len(page),
        )
        while at > 1 and page[at].gap <= 0 and at < len(page):
            above = page[at - 1].text
            place = above.endswith((":", ".", ",", "/")) or above.isupper() or _says("year", above)
            place = place or may_be_town(above, self.code)
            if not place or len(above) > 40 or _says("byline", above):
                break
            at -= 1
        return at

    def _kind(self, page: Sequence[Line], at: int, imprint: int) -> str:
        """Name what a row of a title page is."""
        row = page[at]
        if is_ornament(row):
            return "rule"
        for kind in ("year", "allowed", "edition", "volume", "described", "byline", "dedication"):
            if kind == "dedication" and (not at or _HAN.search(row.text)):
                continue
            if kind in ("allowed", "dedication") and imprint <= at and page[at].gap <= 0:
                continue
            if kind == "dedication" and not re.search(
                r"(?i)dedic|dirigi|dédi|gewidmet|zugeeignet|посвящ|poświęc", row.text
            ):
                continue
            text = row.text.strip("[](){}_") if kind in ("described", "allowed") else row.text
            if _says(kind, text) and not (kind == "byline" and self._is_no_byline(page, at, imprint)):
                return kind
        if at >= imprint:
            return "docImprint"
        if self._is_author(page, at):
            return "author"
        return "title"

    def _is_no_byline(self, page: Sequence[Line], at: int, imprint: int) -> bool:
        """Tell whether “by” or “von” only goes on with a title: no name stands after it, and no gap before it."""
        match = _patterns()["byline"].match(page[at].text)
        rest = page[at].text[match.end() :].strip() if match else ""
        return at >= imprint or (page[at].gap <= 0 and bool(rest) and not _CAPITAL.match(rest))

    def _is_author(self, page: Sequence[Line], at: int) -> bool:
        """Tell whether a row is a person's name and nothing else, as it stands above a title or below one."""
        row = page[at]
        words = row.text.strip(".").split()
        alone = (at + 1 == len(page) or page[at + 1].gap > 0) and (row.gap > 0 or not at)
        if not alone or not 2 <= len(words) <= 5 or row.text.endswith((",", ";", ":")):
            return False
        plain = row.text.title() if row.text.isupper() else row.text
        initial = bool(re.match(r"(?:[^\W\d_a-zа-я][^\W\d_]{0,3}\.\s?){1,3}[^\W\d_]{3,}", row.text))
        return (initial and len(words) <= 4) or (
            is_name(replace(row, text=plain)) and names_person(plain, self.code)
        )

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
            if (named or _says("dedication", row.text)) and not is_numbered_part(row.text):
                return stop
            if stop - at > 1 and is_epigraph(self.rows[at:stop]):
                return stop
        return at

    def _heads(self, at: int) -> str:
        """Name what a row heads that stands before the text: "preface", "contents"; "" for anything else."""
        row = self.rows[at]
        if not row.gap or not row.short or row.text.endswith((",", ";")) or len(row.text) > 60:
            return ""
        return next((kind for kind in ("preface", "contents") if _says(kind, row.text)), "")

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
        title = self.rows[0].text.casefold().strip(" .")
        return (
            _begins(row)
            or bool(_NUMBER.fullmatch(row.text))
            or (row.text.casefold().strip(" .") == title and len(title) > 3)
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
        if below >= len(self.rows) or not self.rows[below].gap or not _begins(self.rows[at]):
            return False
        return bool(_PAGE.search(self.rows[self._group_end(below) - 1].text))

    def _leaf(self, at: int, stop: int) -> Iterator[Span]:
        rows = self.rows[at:stop]
        if is_ornament(rows[0]) and stop == at + 1:
            yield from self._item(_Item("rule", rows))
            return
        kind = self._heads(at)
        if not kind and is_epigraph(rows):
            yield from motto(rows)
            return
        kind = kind or "dedication"
        yield Span(rows[0].start, rows[-1].end, "div", (("type", kind),), rule=f"front.{kind}")
        if kind == "dedication":
            yield from self._dedication(rows)
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
        while at < stop:
            end = at + 1
            if self._is_labelled(at):
                yield Span(self.rows[at].start, self.rows[at].end, "label", rule="front.contents")
                at, end = end, self._group_end(end)
            yield Span(self.rows[at].start, self.rows[end - 1].end, "item", rule="front.contents")
            at = end

    def _dedication(self, rows: Sequence[Line]) -> Iterator[Span]:
        """Give a dedication: what it says is a paragraph, who signs it stands below."""
        last = rows[-1]
        signed = len(rows) > 1 and (bool(_INITIALS.fullmatch(last.text)) or _says("signature", last.text))
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
        if _INITIALS.fullmatch(row.text) or _says("signature", row.text):
            return "signed"
        if is_dateline(row, self.code) or _YEAR.search(row.text) or _says("year", row.text.rstrip("，,")):
            return "dateline"
        if _HAN.match(row.text) and len(row.text) <= 30 and _HAN_PLACE.search(row.text):
            return "dateline"
        apart = row.gap > 0 or row.indent >= above.indent + _FAR
        return "signed" if apart and (is_name(row) or row.text.isupper()) else ""


def _with_names(items: Sequence[_Item]) -> list[_Item]:
    """Join to “by”, which stands alone, the name below it."""
    found: list[_Item] = []
    for item in items:
        last = found[-1] if found else None
        if last and last.kind == "byline" and len(last.rows) == 1 and item.kind in ("title", "author"):
            match = _patterns()["byline"].match(last.rows[0].text)
            if match and match.end() == len(last.rows[0].text):
                found[-1] = _Item("byline", [*last.rows, *item.rows])
                continue
        found.append(item)
    return found


def _title(items: Sequence[_Item], first: bool) -> Iterator[Span]:
    """Give the title: its first lines are the main part, what stands apart below them is subordinate."""
    if first:
        yield Span(items[0].rows[0].start, items[-1].rows[-1].end, "docTitle", rule="front.title")
    for at, item in enumerate(items):
        kind = (("type", "main" if first and not at else "sub"),)
        yield Span(item.rows[0].start, item.rows[-1].end, "titlePart", kind, rule="front.title")


def is_epigraph(rows: Sequence[Line]) -> bool:
    """Tell whether rows that stand together are a motto: sentences, and below them, apart, whose they are."""
    if not 2 <= len(rows) <= 10:
        return False
    said, named = rows[:-1], rows[-1]
    if named.text.endswith((",", ";", ":")) or len(named.text) > 50 or said[0].text.isupper():
        return False
    ended = said[-1].text.endswith((".", "!", "?", "”", "»", '"', "…", "“", "'", "’", "。"))
    apart = (
        named.indent >= max(row.indent for row in said) + _FAR
        or named.text[0] in "—–-(_"
        or (bool(_LOUD_NAME.match(named.text)) and not said[-1].text.isupper())
    )
    return ended and apart


def motto(rows: Sequence[Line]) -> Iterator[Span]:
    """Give a motto as an epigraph; rows that all begin with a capital are verse."""
    said = rows[:-1]
    is_verse = len(said) > 1 and all(_CAPITAL.match(row.text.lstrip("“\"'«„‘")) for row in said)
    return epigraph(rows, is_verse=is_verse)
