"""Plays: cast list, acts and scenes, speeches in prose or verse, stage directions (Guidelines 7).

A play is read row by row, since prose and verse take turns in it: what each speech is, its line breaks tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import Final

from teipress.drafting import xiqu
from teipress.drafting.acts import is_stage, part_heads, part_of, parts, patterns, says
from teipress.drafting.blocks import blocks, is_ornament, ornament
from teipress.drafting.castlist import cast_list, items, persons, present
from teipress.drafting.headings import matches
from teipress.drafting.linebreaks import in_verse, width_of
from teipress.drafting.lines import Line, layout
from teipress.drafting.shared import parts as parts_of_lines
from teipress.drafting.songs import Page, cut, heads_song, said
from teipress.drafting.speakers import Label, is_person, speakers, without_article
from teipress.drafting.speeches import Passage, is_direction, speech
from teipress.drafting.titlepage import is_colophon
from teipress.edition import Sidecar
from teipress.scripts import LOWER
from teipress.source import Source
from teipress.span import Span

_TITLES: Final = 10  # lines of a title page
_TOLD: Final = 240  # characters of a direction that nothing encloses
_WORD: Final = re.compile(r"[^\W\d_]+")
#: A direction after a name: not an office, nor a party.
_ACTED: Final = re.compile(r"[(\[（〔,]?\s?[a-zа-яёäöüéèàß]{2}[^\d]+")
_DOES: Final = re.compile(rf"([^\W\d_]+)\s+{LOWER}")
_OPENS: Final = {"(": ")", "[": "]", "（": "）", "〔": "〕", "［": "］"}
_AFTER_STOP: Final = re.compile(r"[.!?…—–。！？][”’\"»]?\s?[(（][^()（）]{2,120}[)）]")
_ENDED: Final = (".", "!", "?", ":", "—", "–", "…", "。", "！", "？", ")", "）", "]", "”", "»", '"', "-")
_ROWS: Final = 8  # of the longest direction
Spoken = Mapping[int, Label]


def evidence(lines: Sequence[Line]) -> str:
    """Say what marks a text as a play; "" where nothing does."""
    if len(xiqu.labels(lines)) >= 3:
        return "who speaks stands in brackets, as in Chinese opera"
    heads = [at for at, line in enumerate(lines) if line.short and part_of(line)]
    cast = persons(lines[slice(*cast_list(lines, heads))])
    listed, spoken = _speakers(lines, cast, heads)
    if len(spoken) < 2:
        return ""
    return next(chain(_by_headings(lines, spoken, bool(listed)), _by_speeches(lines, spoken)), "")


def _by_headings(lines: Sequence[Line], spoken: Spoken, listed: bool) -> Iterator[str]:
    """Say which heading, with so many speeches below it, marks a text as a play."""
    titled = next(filter(_says_kind, lines[:4]), None)
    if titled and len(spoken) >= 3 and len(spoken) * 6 >= len(lines):
        yield f"it says that it is a play: “{titled.text[:40]}”"
    share = 25 if listed else 10
    for kind, what, enough in (
        ("cast", "a list of persons", 2 * share),
        ("acts", "an act’s heading", share),
        ("scenes", "a scene’s heading", share),
    ):
        line = next((line for line in lines if says(kind, line) and (kind == "cast" or part_of(line))), None)
        if line and len(spoken) * enough >= len(lines):
            yield f"it has speakers and {what}: “{line.text[:40]}”"


def _by_speeches(lines: Sequence[Line], spoken: Spoken) -> Iterator[str]:
    """Say what about its speeches marks a text as a play."""
    alone = sum(label.alone for label in spoken.values())
    if alone >= 8 and alone * 4 >= 3 * len(spoken):
        yield f"{alone} times a speaker’s name stands alone above what is said"
    directions = sum(is_direction(line.text) for line in lines)
    many = len(spoken) * 4 >= len(lines)
    if directions >= 2 and many:
        yield f"it has {len(spoken)} speeches and {directions} stage directions"
    asides = {lines[at].text[label.aside : label.end] for at, label in spoken.items()}
    acted = sum(bool(_ACTED.match(aside)) for aside in asides)
    if acted >= 2 and many:
        yield f"it says {acted} times how a speaker speaks"
    names = Counter(label.name for label in spoken.values() if label.alone and label.name.isupper())
    words = [line for at, line in enumerate(lines) if at not in spoken and not is_direction(line.text)]
    repeated = sum(count >= 2 for count in names.values())
    if repeated >= 2 and (directions or acted) and in_verse(words, 0):
        yield f"{sum(names.values())} times a speaker’s name stands alone above verse"


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of a play."""
    shape = layout(source)
    rows = _unbroken(source, shape.rows)
    if not rows:
        return
    heads = part_heads(rows)
    found = parts(rows, heads)
    if 0 not in found:  # what begins with an act is no whole play, and its acts stand for themselves
        yield Span(rows[0].start, rows[-1].end, "div", (("type", "play"),), rule="drama.play")
    page = Page(source, [line.start for line in shape.paragraphs], width_of(rows), bool(xiqu.labels(rows)))
    yield from _Play(page, rows, heads, found).spans()


def _speakers(
    rows: Sequence[Line], cast: Sequence[Line], heads: Collection[int]
) -> tuple[list[str], dict[int, Label]]:
    """Give the persons that are listed under headings, and who speaks in the other rows."""
    listed = list(present(rows, heads))
    names = [name for _, names in listed for name in names if is_person(name)]
    apart = [found for found, _ in listed if found.stop < len(rows) and rows[found.stop].gap]
    known = [*(line.text for line in cast), *names]
    return names, speakers(rows, known, {*heads, *chain(*apart)})


def _unbroken(source: Source, rows: Sequence[Line]) -> list[Line]:
    """Give the rows with those joined that one pair of brackets encloses: a direction that was wrapped."""
    found: list[Line] = []
    at = 0
    while at < len(rows):
        stop = _closed(rows, at) if rows[at].text[0] in _OPENS else at
        row = rows[at]
        if stop > at:
            end = rows[stop].end
            row = replace(row, end=end, text=source.text[row.start : end])
        found.append(row)
        at = stop + 1
    return found


def _closed(rows: Sequence[Line], at: int) -> int:
    """Give the row in which the bracket is closed that a row begins with; the row itself where none is open."""
    opening = rows[at].text[0]
    close = _OPENS[opening]
    opened = 0
    for later in range(at, min(len(rows), at + _ROWS)):
        text = rows[later].text
        if later > at and rows[later].gap > 0:
            break
        opened += text.count(opening) - text.count(close)
        if opened <= 0:
            return later if later == at or text.rstrip(".").endswith(close) else at
    return at


class _Play:
    """The rows of a play and the parts they play in it."""

    def __init__(
        self, page: Page, rows: Sequence[Line], heads: dict[int, str], parts: dict[int, str]
    ) -> None:
        self.page = page
        self.rows = rows
        self.cast = cast_list(rows, heads)
        self.parts = {at: kind for at, kind in parts.items() if not self._in_cast(at)}
        self.heads = list(self.parts)  # in their order
        self.has_acts = "act" in self.parts.values()
        everyone = xiqu.labels(rows) or _speakers(rows, persons(rows[slice(*self.cast)]), parts)[1]
        self.names = {word for label in everyone.values() for word in _WORD.findall(label.name)}
        self.folded = {word.casefold() for word in self.names}
        self.spoken = self._spoken(everyone, heads)
        self.end = len(rows)
        while self.end > 1 and self._is_trailer(rows[self.end - 1]):
            self.end -= 1
            self.spoken.pop(self.end, None)
        self.order = list(self.spoken)
        self.close = 2 * sum(rows[at].gap > 0 for at in self.order) < len(self.order)
        self.ends = self._ends()
        self.bracketed = page.opera or self._has_bracketed()
        self.passages = self._passages()
        self.shared = parts_of_lines(map(_verses, self.passages.values()))

    def spans(self) -> Iterator[Span]:
        for row in self.rows[self.end :]:
            yield Span(row.start, row.end, "trailer", rule="drama.end")
        yield from self._opening(self.heads[0] if self.heads else self.end)
        yield from self._divisions(self.heads, self.end, self.has_acts)

    @staticmethod
    def _is_trailer(row: Line) -> bool:
        """Tell whether a row below a play says that it ends, or who printed it."""
        return matches("ends", row.text) or (row.gap > 0 and is_colophon(row))

    # Who speaks, and how far.

    def _in_cast(self, at: int) -> bool:
        return self.cast[0] <= at < self.cast[1]

    def _spoken(self, everyone: dict[int, Label], heads: Collection[int]) -> dict[int, Label]:
        """Give the labels that open a speech: no title, no heading of a song, no list of who is there."""
        counts = Counter(label.name for label in everyone.values())
        alone = [at for at, label in everyone.items() if label.alone and at + 1 < len(self.rows)]
        airy = 2 * sum(self.rows[at + 1].gap > 0 for at in alone) > len(alone)  # a blank line under each
        if 0 in everyone and everyone[0].alone and counts[everyone[0].name] == 1:
            del everyone[0]  # the title
        return {
            at: label
            for at, label in everyone.items()
            if not (self._in_cast(at) or at in heads)
            and not (counts[label.name] == 1 and _is_other(self.rows[at]))
            and self._speaks(at, everyone, airy)
        }

    def _speaks(self, at: int, everyone: Spoken, airy: bool) -> bool:
        """Tell whether a line with a speaker's name opens a speech: not a scene's list of those who are there.

        `airy` says that a blank line is under each name that stands alone.
        """
        if at in self.parts:
            return False
        below = at + 1
        if everyone[at].alone:
            if below >= len(self.rows) or below in everyone or below in self.parts:
                return False
            listed = at - 1 in self.parts and self.rows[below].gap > 0 and not airy
            return not (listed and (at + 2 in everyone or is_direction(self.rows[below].text)))
        if at - 1 not in self.parts:
            return True
        words = map(str.casefold, _WORD.findall(self.rows[at].text))
        return not all(word in self.folded or patterns()["together"].match(word) for word in words)

    def _has_bracketed(self) -> bool:
        """Tell whether the play sets directions in brackets: some stand apart in them, or it has no others."""
        if any(label.aside < label.end for label in self.spoken.values()):
            return True
        if any(
            _AFTER_STOP.search(b.text) or (is_direction(b.text) and a.text.endswith(_ENDED))
            for a, b in pairwise(self.rows)
        ):
            return True
        return not any(says("directions", row) for at, row in enumerate(self.rows) if at not in self.spoken)

    def _ends(self) -> dict[int, int]:
        """Give the row after the last of each speech, by that of its label."""
        ends = {}
        for at, following in pairwise([*self.order, self.end]):
            stop = at + 1
            while stop < following and self._goes_on(stop, at):
                stop += 1
            airy = self.spoken[at].alone and self.rows[at + 1].gap > 0  # so that a gap says nothing
            while not airy and stop > at + 1 and self.rows[stop - 1].gap and self._happens(stop - 1):
                stop -= 1
            ends[at] = stop
        return ends

    def _goes_on(self, at: int, first: int) -> bool:
        """Tell whether a row belongs to the speech before it: up to a heading, a rule, or what happens."""
        row = self.rows[at]
        sung = self.page.opera and bool(xiqu.tune(row.text))
        if at in self.parts or is_ornament(row) or self._in_cast(at):
            return False
        if says("directions", row) and not (sung or (self.page.opera and row.gap <= 0)):
            return False
        if sung or row.gap <= 0:
            return True
        if at + 1 in self.spoken and heads_song(row):
            return False  # of what the next one sings
        needed = at == first + 1 and self.spoken[first].alone
        return needed or (row.gap == 1 and not self._tells(row, at))

    def _tells(self, row: Line, at: int) -> bool:
        """Tell whether a row that stands apart says what someone does: a speaker's name with a verb after it."""
        alone = at + 1 >= len(self.rows) or self.rows[at + 1].gap > 0
        if not alone or len(row.text) >= _TOLD:
            return False
        if row.text[0].isupper():
            does = filter(None, map(_DOES.match, (without_article(row.text), row.text)))
            if any(match[1].casefold() in self.folded for match in does):
                return True
        return bool(patterns()["staging"].search(row.text))

    def _happens(self, at: int) -> bool:
        """Tell whether a row that may end a speech says what happens: in its words, or framed by blank lines alone."""
        row, below = self.rows[at], self.rows[at + 1 : at + 2]
        framed = self.close and bool(below) and below[0].gap > 0 and row.text.endswith((".", "。"))
        return framed or self._is_stage(row)

    def _is_stage(self, row: Line) -> bool:
        return is_stage(row) and not (self.page.opera and xiqu.tune(row.text))

    def _passages(self) -> dict[int, list[Passage]]:
        """Give the passages of each speech, by the row of its label."""
        speeches = [said(self.spoken[at], self.rows[at:stop]) for at, stop in self.ends.items()]
        titled = any(says("verse", row) for row in self.rows[:_TITLES])
        return dict(zip(self.ends, self.page.passages(speeches, titled), strict=True))

    # The parts.

    def _opening(self, first: int) -> Iterator[Span]:
        """Give what stands before the first part: title, author, cast list; speeches where there are no parts."""
        start, stop = self.cast
        has_cast = start < min(stop, first)
        settings = (at for at in range(1, start) if says("settings", self.rows[at]))
        opened = next(settings, start) if has_cast else self._direction(min([first, *self.order[:1]]))
        titles = self._titles(opened) if not is_direction(self.rows[0].text) else 0
        if not has_cast and titles:
            titles, opened = self._scenery(titles, opened)
        for at, row in enumerate(self.rows[:titles]):
            yield Span(row.start, row.end, "head", () if at == 0 else (("type", "sub"),), rule="drama.head")
        yield from self._content(titles, opened, not has_cast and self._sets_scene(titles, opened))
        if has_cast:
            yield from self._content(opened, start)
        yield from self._content(start if has_cast else opened, first)

    def _titles(self, stop: int) -> int:
        """Count the lines of the title: short ones, up to what is set apart as running text."""
        at = 0
        set_up = next((at for at in range(1, stop) if says("settings", self.rows[at])), stop)
        for piece in cut(self.rows[:set_up]):
            if at + len(piece) > _TITLES or any(len(row.text) > 120 for row in piece):
                break
            if at and len(piece) > 2 and in_verse(piece, self.page.width) is not None:
                break
            at += len(piece)
        return at or min(stop, 1)

    def _scenery(self, titles: int, opened: int) -> tuple[int, int]:
        """Take from the title what describes the stage: the last sentence above the first speech."""
        row = self.rows[titles - 1]
        words = _WORD.findall(row.text)
        small = sum(word[0].islower() for word in words)
        names = any(word in self.names for word in words)
        whole = row.text.endswith((".", "。")) and (names or titles > 1) and small >= 3
        if titles == opened and opened in self.ends and whole and (titles == 1 or row.gap):
            return titles - 1, titles - 1
        return titles, opened

    def _sets_scene(self, start: int, end: int) -> bool:
        """Tell whether rows above the first speech are one paragraph that has a speaker's name in it."""
        rows = self.rows[start:end]
        words = chain.from_iterable(_WORD.findall(row.text) for row in rows)
        return end in self.ends and len(cut(rows)) == 1 and not self.names.isdisjoint(words)

    def _direction(self, first: int) -> int:
        """Give the first direction above a row, but on the first line; the row where there is none."""
        return next(
            (at for at in range(1, first) if self._is_stage(row := self.rows[at]) and not _says_kind(row)),
            first,
        )

    def _divisions(self, heads: Sequence[int], end: int, acts: bool) -> Iterator[Span]:
        """Give a `div` for each part, scenes inside their act."""
        at = 0
        while at < len(heads):
            head, kind = heads[at], self.parts[heads[at]]
            stop = at + 1
            if self._holds(head, kind):
                while stop < len(heads) and self.parts[heads[stop]] == "scene":
                    stop += 1
            limit = heads[stop] if stop < len(heads) else end
            listed = (
                head < self.cast[0] < limit and stop == at + 1
            )  # else it stands in the act, above its scenes
            yield from self._division(head, self.cast[0] if listed else limit, heads[at + 1 : stop], kind)
            if listed:  # after a division nothing but a division may stand
                first, last = self.rows[self.cast[0]], self.rows[limit - 1]
                yield Span(first.start, last.end, "div", (("type", "cast"),), rule="drama.cast")
                yield from self._content(self.cast[0], limit)
            at = stop

    def _holds(self, head: int, kind: str) -> bool:
        """Tell whether scenes that follow a heading stand in its part: an act's, or one's that has no text before."""
        if kind in ("act", "scene"):
            return kind == "act"
        if kind != "part" and self.has_acts:
            return True
        later = bisect_right(self.heads, head)
        following = self.heads[later] if later < len(self.heads) else len(self.rows)
        return following - head <= 3 and not head < self.cast[0] < following

    def _division(self, head: int, end: int, inside: Sequence[int], kind: str) -> Iterator[Span]:
        row = self.rows[head]
        yield Span(row.start, self.rows[end - 1].end, "div", (("type", kind),), rule=f"drama.{kind}")
        yield Span(row.start, row.end, "head", rule=f"drama.{kind}")
        yield from self._content(head + 1, inside[0] if inside else end, bool(inside))
        yield from self._divisions(inside, end, False)

    # What stands in a part.

    def _content(self, start: int, end: int, staged: bool = False) -> Iterator[Span]:
        """Give what stands between headings; where scenes follow (`staged`), it is the stage that is described."""
        staged = staged or bisect_left(self.order, start) < bisect_left(self.order, end)
        at = start
        while at < end:
            if at in self.ends:
                stop = min(self.ends[at], end)
                yield from self._speech(at)
            elif at == self.cast[0] < self.cast[1]:
                stop = self.cast[1]
                yield from items(self.rows[at:stop])
            elif is_ornament(self.rows[at]):
                stop = at + 1
                yield from ornament(self.rows[at])
            else:
                stop = self._apart(at, end)
                yield from self._unspoken(at, stop, staged)
            at = stop

    def _speech(self, at: int) -> Iterator[Span]:
        """Give a speech; a line of verse that speakers share says which part of it is whose."""
        spans = speech(self.spoken[at], self.rows[at], self.passages[at], True, self.bracketed)
        if not self.shared:
            yield from spans
            return
        for span in spans:
            part = self.shared.get(span.start, "") if span.tag == "l" else ""
            yield span.having({"part": part}) if part else span

    def _apart(self, at: int, end: int) -> int:
        """Give the end of the rows without a speaker that stand together."""
        stop = at + 1
        while stop < end and stop not in self.ends and stop != self.cast[0] and self.rows[stop].gap <= 0:
            if is_ornament(self.rows[stop]) or self._is_stage(self.rows[stop]):
                break
            stop += 1
        return stop

    def _unspoken(self, start: int, end: int, staged: bool) -> Iterator[Span]:
        """Give rows without a speaker that stand together: a direction, or else running text."""
        rows = self.rows[start:end]
        verse = len(rows) > 2 and in_verse(rows, self.page.width)
        if (staged and not verse) or any(map(self._is_stage, rows)):
            for line in self.page.paragraphs(rows):
                yield Span(line.start, line.end, "stage", rule="drama.stage")
        else:
            yield from self._running(start, end)

    def _running(self, start: int, end: int) -> Iterator[Span]:
        """Give text that nobody speaks: a preface in prose, a dedication in verse."""
        for passage in cut(self.rows[start:end]):
            if len(passage) > 1 and in_verse(passage, self.page.width):
                yield Span(passage[0].start, passage[-1].end, "lg", rule="drama.lines")
                for row in passage:
                    yield Span(row.start, row.end, "l", rule="drama.lines")
            else:
                yield from blocks(self.page.source, self.page.paragraphs(passage))


def _says_kind(row: Line) -> bool:
    """Tell whether a short row says what kind of play it is: “（街頭劇）”."""
    return row.short and bool(patterns()["kinds"].search(row.text))


def _is_other(row: Line) -> bool:
    """Tell whether what looks like a label is a song's heading, or says where a play is laid: “Time: the present.”"""
    return heads_song(row) or says("settings", row)


def _verses(passages: Sequence[Passage]) -> list[Line]:
    """Give the rows of a speech, nothing for one that ends or begins in prose."""
    if not passages or not (passages[0].verse and passages[-1].verse):
        return []
    rows = [row for passage in passages for row in passage.lines]
    return [row for row in rows if not is_direction(row.text)]
