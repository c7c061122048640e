"""Title pages, line by line: title, author, edition, motto, imprint (Guidelines 4.6).

A title page is known by its imprint: who printed or published the book, or where and in which year. Without one a title
is a heading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from teipress.drafting import minutes
from teipress.drafting.acts import heads_part
from teipress.drafting.blocks import is_ornament, rule
from teipress.drafting.datelines import is_name, may_be_town, names_person
from teipress.drafting.epigraphs import epigraph, is_epigraph
from teipress.drafting.headings import is_numbered_part
from teipress.drafting.lines import Line
from teipress.scripts import HAN, IDEOGRAPH, LOWER
from teipress.source import Source
from teipress.span import Span

_ROWS: Final = 40  # of a title page, at most
_LONGEST: Final = 110  # of its lines
_GROUP: Final = 7  # rows that stand together on it, at most; more are a stanza
_FEW: Final = 6  # rows of an imprint, from the town to the year
_MOTTO: Final = 3  # rows of a motto, with whose it is
_WRAPPED: Final = 55  # from which length on a line that goes on with a small letter is prose
YEAR: Final = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)\.?|\bM[\s.]?[DC][DCLXVI\s.]{1,14}\b\.?")
#: A town alone on a line of its own; a mark shows that the publisher or the year follows.
_TOWN: Final = re.compile(
    r"[^\W\d_a-zа-яё][^\W\d_]{2,20}(?:[ -][^\W\d_]{2,12}){0,2}\s?[:,/]|[^\W\d_a-zа-яё]{4,20}[.]?"
)
_DAY: Final = re.compile(
    r"(?<!\d)\d{1,2}\.?(?:st|nd|rd|th|er|ten|го)?\s+[^\W\d_]{3,}\.?,?\s+(?:1[4-9]|20)\d\d(?!\d)|\d月\d"
)
#: A day without its year, alone on its line, heads the entry of a diary.
_DAY_ALONE: Final = re.compile(r"\d{1,2}\.?(?:st|nd|rd|th)?\s[^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\s\d{1,2}\.?")
_CAPITAL: Final = re.compile(r"[^\W\d_a-zа-яё]")
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-zа-я][^\W\d_]{0,3}\.\s?){1,3}[^\W\d_]{3,}")
_ARTICLE: Final = re.compile(r"^(?:das|der|die|the|l[ea]|il|el|la)\s", re.IGNORECASE)
_HAN_AUTHOR: Final = re.compile(rf"(\S{{2,8}}?|[{HAN}](?:[　 ][{HAN}]{{1,2}}){{1,2}})[　\s]*(?:著|撰)")
_MARKS: Final = "[](){}_"  # that may stand around a line
#: What a line may be by its words, in the order in which it is asked.
_KINDS: Final = ("year", "allowed", "edition", "volume", "described", "byline", "dedicated")
_PARTS: Final = {"volume": "volume", "described": "desc", "dedicated": "dedication"}
_TAGS: Final = {"year": "docDate", "edition": "docEdition", "allowed": "imprimatur", "author": "docAuthor"}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("front.toml").read_text(encoding="utf-8"))
    return {key: re.compile(pattern, re.IGNORECASE) for key, pattern in data.items()}


def says(kind: str, text: str) -> bool:
    """Tell whether a line says something that front matter does: "preface", "dedication", "imprint" …"""
    return len(text) <= 2 * _LONGEST and bool(_patterns()[kind].search(text))


def begins_text(row: Line) -> bool:
    """Tell whether a line heads a chapter or an act, with or without an article: “Das I. Capitel.”"""
    return is_numbered_part(row.text) or is_numbered_part(_ARTICLE.sub("", row.text)) or heads_part(row)


# Where it ends.


def title_page_end(rows: Sequence[Line]) -> int:
    """Give the row after a title page, 0 where a text has none."""
    last = _imprint(rows)
    if (
        last is None
        or any(_DAY_ALONE.fullmatch(row.text) for row in rows[:last])
        or minutes.evidence(rows[:last])
    ):
        return 0
    end = last + 1
    while end < len(rows) and _is_below(rows[end], rows[end - 1]):
        end += 1
    return end


def _is_below(row: Line, above: Line) -> bool:
    """Tell whether a row still belongs to the title page: who allowed the book, or what it costs."""
    if row.gap <= 0 and says("allowed", above.text) and not says("dedication", row.text):
        return True  # it goes on
    return row.short and any(says(kind, row.text.strip(_MARKS)) for kind in ("allowed", "described"))


def _imprint(rows: Sequence[Line]) -> int | None:
    """Give the last row of the imprint of a title page; None where a text has none."""
    run = 0
    for at, row in enumerate(rows[:_ROWS]):
        run = run + 1 if row.gap <= 0 else 1
        if len(row.text) > _LONGEST or (run > _GROUP and not rows[at - run + 1].text.isupper()):
            return None
        if at and _begins_imprint(rows, at):
            return _end_of_imprint(rows, at) if _is_title(rows[:at]) else None
        if heads_part(row) and not (at and says("volume", row.text)):
            return None
    return None


def _begins_imprint(rows: Sequence[Line], at: int) -> bool:
    """Tell whether a row is of an imprint: by its own words, or as a town above a year alone on its line."""
    if says("preface", rows[at].text):  # “From the publisher”
        return False
    return is_imprint(rows[at]) or _year_below(rows, at) > 0


def _year_below(rows: Sequence[Line], at: int) -> int:
    """Give the row with the year below a town's name alone: “LONDON: | Tinsley Brothers. | 1873.”; 0 for no such."""
    text = rows[at].text
    if not rows[at].gap or not _TOWN.fullmatch(text) or says("volume", text) or says("byline", text):
        return 0
    if _has_stanzas(rows[:at]):  # where and when a poem was written
        return 0
    for below in range(at + 1, min(at + _FEW, len(rows))):
        if says("year", rows[below].text):
            return below if text.isupper() or below > at + 1 else 0
        if (rows[below].gap and not text.isupper()) or len(rows[below].text) > _WRAPPED:
            return 0
    return 0


def _has_stanzas(rows: Sequence[Line]) -> bool:
    """Tell whether more rows stand together than those of a motto, and not in capitals."""
    together = run = 0
    for row in rows:
        run = run + 1 if row.gap <= 0 and not row.text.isupper() else 1
        together += run >= _MOTTO
    return together > 1


def is_imprint(row: Line) -> bool:
    """Tell whether a line says who printed or published something, or where and when."""
    sentences = (
        IDEOGRAPH.match(row.text) and sum(map(row.text.count, "，。；？！")) > 2
    )  # that speak of a bookshop
    within = sentences or row.gap < 0  # a sentence that goes on
    return not within and any(says(kind, row.text) for kind in ("imprint", "weak", "place"))


def is_colophon(row: Line) -> bool:
    """Tell whether a line below a text says who printed it."""
    told = says("imprint", row.text) or says("weak", row.text)
    return told and len(row.text) <= _LONGEST and row.text[0] not in "(["


def _is_title(rows: Sequence[Line]) -> bool:
    """Tell whether rows above an imprint may be a title: no paragraph that was wrapped, no day, no salutation."""
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if _DAY.search(row.text) or (IDEOGRAPH.match(row.text) and row.text[-1] in "：:"):
            return False
        wrapped = following is not None and following.gap <= 0 and following.text[:1].islower()
        if wrapped and len(row.text) > _WRAPPED:
            return False
    sentences = sum(row.text.endswith((".", "。")) and len(row.text.split()) > 7 for row in rows)
    return 4 * sentences <= len(rows)


def _end_of_imprint(rows: Sequence[Line], at: int) -> int | None:
    """Give the last row that belongs to an imprint; None where neither a year nor anything else of it is near."""
    end = _year_below(rows, at) or at
    while end + 1 < len(rows) and (rows[end + 1].gap <= 0 or says("year", rows[end + 1].text)):
        told = rows[end].text.endswith(".") and any(YEAR.search(row.text) for row in rows[at - 1 : end + 1])
        if begins_text(rows[end + 1]) or (told and says("dedication", rows[end + 1].text)):
            break
        if len(rows[end + 1].text) > _LONGEST or end > at + _GROUP:
            return None
        end += 1
    near = rows[max(0, at - 3) : end + 1]
    dated = any(YEAR.search(row.text) or says("year", row.text) for row in near)
    return end if dated or (IDEOGRAPH.search(rows[at].text) and at > 1) else None


# What stands on it.


@dataclass(frozen=True)
class _Item:
    """Rows of a title page that are one thing."""

    kind: str
    rows: Sequence[Line]


def title_page(source: Source, page: Sequence[Line]) -> Iterator[Span]:
    """Give a title page with what stands on it."""
    yield Span(page[0].start, page[-1].end, "titlePage", rule="front.title-page")
    found = _with_names(list(_Page(page, source.language).items()))
    titles: list[_Item] = []
    first = True
    for item in (*found, None):
        if item and item.kind == "title":
            titles.append(item)
            continue
        if titles:
            yield from _title(titles, first)
            titles, first = [], False
        if item:
            yield from _element(item, source)


def _title(items: Sequence[_Item], first: bool) -> Iterator[Span]:
    """Give the title: its first lines are the main part, what stands apart below them is subordinate."""
    if first:
        yield Span(items[0].rows[0].start, items[-1].rows[-1].end, "docTitle", rule="front.title")
    for at, item in enumerate(items):
        kind = (("type", "main" if first and not at else "sub"),)
        yield Span(item.rows[0].start, item.rows[-1].end, "titlePart", kind, rule="front.title")


def _element(item: _Item, source: Source) -> Iterator[Span]:
    start, end = item.rows[0].start, item.rows[-1].end
    if item.kind == "rule":
        yield from rule(item.rows[0])
    elif item.kind == "epigraph":
        yield from epigraph(item.rows)
    elif item.kind in _PARTS:
        yield Span(start, end, "titlePart", (("type", _PARTS[item.kind]),), rule="front.title")
    else:
        yield Span(start, end, _TAGS.get(item.kind, item.kind), rule=f"front.{item.kind}")
        if item.kind == "byline":
            yield from _author(item.rows, source)
        if item.kind == "docImprint" and (year := YEAR.search(source.text, start, end)):
            yield Span(year.start(), year.end(), "docDate", rule="front.year")


def _author(rows: Sequence[Line], source: Source) -> Iterator[Span]:
    """Give the author's name in a byline: what stands after “by”, or in Chinese before the verb."""
    first = rows[0]
    if IDEOGRAPH.search(first.text):
        if name := _HAN_AUTHOR.match(first.text):
            yield Span(first.start, first.start + name.end(1), "docAuthor", rule="front.author")
        return
    before = _patterns()["byline"].match(first.text)
    start = first.start + before.end() if before else first.start
    text = source.text[start : rows[-1].end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not _CAPITAL.match(text) or says("unnamed", text):
        return
    end = re.search(rf",(?=\s{LOWER})|,\s*\n|\n\n|;", text)
    yield Span(start, start + (end.start() if end else len(text)), "docAuthor", rule="front.author")


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


class _Page:
    """The rows of a title page."""

    def __init__(self, rows: Sequence[Line], code: str) -> None:
        self.rows = rows
        self.code = code
        self.imprint = self._first_of_imprint()

    def _first_of_imprint(self) -> int:
        """Give the row with which the imprint begins: a place above who printed the book belongs to it."""
        rows = self.rows
        at = next((at for at in range(1, len(rows)) if _begins_imprint(rows, at)), len(rows))
        while 1 < at < len(rows) and rows[at].gap <= 0:
            above = rows[at - 1].text
            place = above.endswith((":", ".", ",", "/")) or above.isupper() or says("year", above)
            if not (place or may_be_town(above, self.code)) or len(above) > 40 or says("byline", above):
                break
            at -= 1
        return at

    def items(self) -> Iterator[_Item]:
        """Group the rows: those of one kind that stand together."""
        group: list[Line] = []
        kind = ""
        for at, row in enumerate(self.rows):
            apart = row.gap > 0 or not group
            own = self._kind(at)
            if not apart and self._goes_on(own, kind, group):
                own = kind
            same = (
                own == kind
                and own not in ("rule", "edition", "volume")
                and (not apart or own == "docImprint")
            )
            if (
                own == "year"
                and kind == "docImprint"
                and at + 1 < len(self.rows)
                and self.rows[at + 1].gap <= 0
            ):
                own, same = "docImprint", True  # within the imprint
            if group and not same:
                yield _known(kind, group, at == len(group))
                group = []
            group.append(row)
            kind = own
        yield _known(kind, group, len(group) == len(self.rows))

    def _goes_on(self, own: str, kind: str, group: Sequence[Line]) -> bool:
        """Tell whether a row that would be of its own kind goes on with the rows above it."""
        if own == "docImprint":
            return kind == "allowed"
        if own != "title":
            return False
        if kind == "byline":
            return not group[-1].text.endswith((".", ";")) and len(group) < 4
        return kind in ("dedicated", "docImprint", "allowed")

    def _kind(self, at: int) -> str:
        """Name what a row is."""
        row = self.rows[at]
        if is_ornament(row):
            return "rule"
        if found := next((kind for kind in _KINDS if self._says(kind, at)), ""):
            return found
        if at >= self.imprint:
            return "docImprint"
        return "author" if self._is_author(at) else "title"

    def _says(self, kind: str, at: int) -> bool:
        row = self.rows[at]
        if kind == "dedicated" and (not at or IDEOGRAPH.search(row.text) or not says("dedication", row.text)):
            return False
        if kind in ("allowed", "dedicated") and self.imprint <= at and row.gap <= 0:
            return False
        text = row.text.strip(_MARKS) if kind in ("described", "allowed") else row.text
        return says(kind, text) and not (kind == "byline" and self._is_no_byline(at))

    def _is_no_byline(self, at: int) -> bool:
        """Tell whether “by” or “von” only goes on with a title: no name stands after it, and no gap before it."""
        text = self.rows[at].text
        match = _patterns()["byline"].match(text)
        rest = text[match.end() :].strip() if match else ""
        return at >= self.imprint or (self.rows[at].gap <= 0 and bool(rest) and not _CAPITAL.match(rest))

    def _is_author(self, at: int) -> bool:
        """Tell whether a row is a person's name and nothing else, as it stands above a title or below one."""
        row = self.rows[at]
        words = row.text.strip(".").split()
        alone = (at + 1 == len(self.rows) or self.rows[at + 1].gap > 0) and (row.gap > 0 or not at)
        if not alone or not 2 <= len(words) <= 5 or row.text.endswith((",", ";", ":")):
            return False
        plain = row.text.title() if row.text.isupper() else row.text
        initial = len(words) <= 4 and _INITIALS.match(row.text)
        return bool(initial) or (is_name(replace(row, text=plain)) and names_person(plain, self.code))


def _known(kind: str, group: list[Line], first: bool) -> _Item:
    return _Item("epigraph" if kind == "title" and not first and is_epigraph(group) else kind, group)
