"""Plays: cast list, acts and scenes, speeches in prose or verse, stage directions (Guidelines 7).

A play is read row by row, since prose and verse take turns in it: what each speech is, its line breaks tell.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from teipress.drafting import xiqu
from teipress.drafting.blocks import blocks, is_ornament, ornament
from teipress.drafting.castlist import cast_list, headed, items
from teipress.drafting.headings import matches
from teipress.drafting.linebreaks import has_room, in_verse, settled, width_of
from teipress.drafting.lines import Line, layout
from teipress.drafting.poems import patterns as words_of_verse
from teipress.drafting.shared import parts as parts_of_lines
from teipress.drafting.speeches import LONGEST, Label, Passage, is_direction, speakers, speech
from teipress.edition import Sidecar
from teipress.scripts import LOWER
from teipress.source import LONGEST_STRETCH, Source
from teipress.span import Span

_SHORT: Final = 240
_TITLES: Final = 10  # lines of a title page
_AND: Final = re.compile(
    r"and|und|et|и|e|y|the|der|die|das|le|la|les|puis|then|dann|mit|avec|with|vorigen?|allein"
)
_PARTS: Final = {
    "acts": "act",
    "scenes": "scene",
    "prologues": "prologue",
    "epilogues": "epilogue",
    "interludes": "interlude",
}
_NUMBER: Final = re.compile(r"^(?:(?P<arabic>\d{1,2})|(?P<roman>[IVX]{1,5}))\.?$")
_WORD: Final = re.compile(r"[^\W\d_]+")
_BETWEEN: Final = re.compile(r"[,;]|\s(?:and|und|et|e|y|i|и|puis|then|dann|mit|avec|with|con|съ?)\s")
_PERSON: Final = re.compile(
    r"(?:(?:l[ea]s?|der|die|das|ein|the|il|lo|el|un[ea]?)\s|l’|l')?[^\W\d_a-zа-я][\w’'.-]*(?:\s(?:[^\W\d_a-zа-я][\w’'.-]*|v[ao]n|de|di|la|du|of|the|der))*",
)
_ACTED: Final = re.compile(
    r"[(\[（〔,]?\s?[a-zа-яёäöüéèàß]{2}[^\d]+"
)  # a direction after a name: not an office, nor a party
_OPENS: Final = {"(": ")", "[": "]", "（": "）", "〔": "〕", "［": "］"}
_AFTER_STOP: Final = re.compile(r"[.!?…—–。！？][”’\"»]?\s?[(（][^()（）]{2,120}[)）]")
_ENDED: Final = (".", "!", "?", ":", "—", "–", "…", "。", "！", "？", ")", "）", "]", "”", "»", '"', "-")
_SONG: Final = 80  # the longest heading of a song
_LATER: Final = 8  # how much farther to the right the second part of a verse begins
_ROWS: Final = 8  # of the longest direction


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("drama.toml").read_text(encoding="utf-8"))
    number = data.pop("numbers")
    data["parts"] = [body for key in _PARTS for body in data[key]]
    return {
        key: re.compile("|".join(bodies).replace("{n}", number), re.IGNORECASE)
        for key, bodies in data.items()
    }


def _is(kind: str, line: Line) -> bool:
    text = line.text[1:-1] if line.text[:1] == "[" and line.text[-1:] == "]" else line.text
    return len(text) <= _SHORT and bool(_patterns()[kind].match(text))


def evidence(lines: Sequence[Line]) -> str:
    """Say what marks a text as a play; "" where nothing does."""
    if len(xiqu.labels(lines)) >= 3:
        return "who speaks stands in brackets, as in Chinese opera"
    heads = [at for at, line in enumerate(lines) if line.short and _is_part(line)]
    listed = _listed_persons(lines, heads)
    spoken = speakers(lines, listed, heads)
    if len(spoken) < 2:
        return ""
    titled = next((line for line in lines[:4] if line.short and _patterns()["kinds"].search(line.text)), None)
    if titled and len(spoken) >= 3 and len(spoken) * 6 >= len(lines):
        return f"it says that it is a play: “{titled.text[:40]}”"
    share = 25 if listed else 10
    for kind, what in (
        ("cast", "a list of persons"),
        ("acts", "an act’s heading"),
        ("scenes", "a scene’s heading"),
    ):
        at = next(
            (line for line in lines if (_is(kind, line) if kind == "cast" else _part(line) == kind[:-1])),
            None,
        )
        if at and len(spoken) * (2 * share if kind == "cast" else share) >= len(lines):
            return f"it has speakers and {what}: “{at.text[:40]}”"
    alone = sum(label.alone for label in spoken.values())
    if alone >= 8 and alone * 4 >= 3 * len(spoken):
        return f"{alone} times a speaker’s name stands alone above what is said"
    directions = sum(is_direction(line.text) for line in lines)
    if directions >= 2 and len(spoken) * 4 >= len(lines):
        return f"it has {len(spoken)} speeches and {directions} stage directions"
    asides = {aside for at, label in spoken.items() if _ACTED.match(aside := _aside(lines[at], label))}
    if len(asides) >= 2 and len(spoken) * 4 >= len(lines):
        return f"it says {len(asides)} times how a speaker speaks"
    names = Counter(label.name for label in spoken.values() if label.alone and label.name.isupper())
    said = [line for at, line in enumerate(lines) if at not in spoken and not is_direction(line.text)]
    repeated = [name for name, count in names.items() if count >= 2]
    if len(repeated) >= 2 and (directions or asides) and in_verse(said, 0):
        return f"{sum(names.values())} times a speaker’s name stands alone above verse"
    return ""


def _aside(line: Line, label: Label) -> str:
    """Give the direction that a speaker's label has."""
    return line.text[label.aside : label.end]


def _listed_persons(lines: Sequence[Line], heads: Sequence[int]) -> list[str]:
    """Give the persons that are listed under headings of scenes: “Oreste, Pylade.”"""
    found: list[str] = []
    for at in heads:
        row = lines[at + 1].text if at + 1 < len(lines) else ""
        if not 3 < len(row) <= 120:
            continue
        names = [name.strip(" .") for name in _BETWEEN.split(row)]
        if len(names) > 1 and all(_PERSON.fullmatch(name) for name in names):
            found += names
    return list(dict.fromkeys(found))


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of a play."""
    shape = layout(source)
    rows = _unbroken(source, shape.rows)
    if not rows:
        return
    heads = {at: kind for at, row in enumerate(rows) if (kind := _part(row))}
    parts = _parts(rows, heads)
    cast = cast_list(
        rows,
        lambda line: _is("cast", line),
        _is_part,
        lambda line: _is_part(line) or _is("settings", line) or _is("directions", line),
    )
    persons = [*headed(rows[cast[0]])[1], *rows[cast[0] + 1 : cast[1]]] if cast[1] else []
    known = [*(line.text for line in persons), *_listed_persons(rows, list(parts))]
    spoken = sung if (sung := xiqu.labels(rows)) else speakers(rows, known, {*parts, *_lists(rows, parts)})
    names = {word for label in spoken.values() for word in _WORD.findall(label.name.casefold())}
    alone = [at for at, label in spoken.items() if label.alone and at + 1 < len(rows)]
    airy = 2 * sum(rows[at + 1].gap > 0 for at in alone) > len(alone)  # a blank line under each speaker
    if 0 in spoken and sum(label.name == spoken[0].name for label in spoken.values()) == 1:
        spoken = {at: label for at, label in spoken.items() if at or not label.alone}  # the title
    counts = Counter(label.name for label in spoken.values())
    spoken = {
        at: label
        for at, label in spoken.items()
        if not cast[0] <= at < cast[1]
        and at not in heads
        and not (_heads_song(rows[at]) and counts[label.name] == 1)
        and _speaks(rows, at, spoken, parts, names, airy)
    }
    if 0 not in parts:  # what begins with an act is no whole play, and its acts stand for themselves
        yield Span(rows[0].start, rows[-1].end, "div", (("type", "play"),), rule="drama.play")
    starts = [paragraph.start for paragraph in shape.paragraphs]
    yield from _Play(source, rows, starts, spoken, cast, parts, bool(sung)).spans()


def _lists(rows: Sequence[Line], heads: Collection[int]) -> Iterator[int]:
    """Give the rows under headings that list several persons, perhaps with where they are."""
    for at in heads:
        if at + 1 in heads or at + 2 >= len(rows) or not rows[at + 2].gap:
            continue
        names = [name.strip(" .") for name in _BETWEEN.split(rows[at + 1].text)]
        if sum(bool(_PERSON.fullmatch(name)) for name in names) > 1:
            yield at + 1


def _part(line: Line) -> str:
    """Name the part of a play that a line heads: "act", "scene", "prologue" …; "" for none."""
    if line.text.endswith((":", ",", ";", "：")) and len(line.text) > 20:
        return ""
    if not _is("parts", line):
        return ""
    return next(kind for key, kind in _PARTS.items() if _is(key, line))


def heads_part(line: Line) -> bool:
    """Tell whether a line heads a part of a play, or its list of persons."""
    return _is_part(line) or _is("cast", line)


def _is_part(line: Line) -> bool:
    return bool(_part(line))


def _unbroken(source: Source, rows: Sequence[Line]) -> list[Line]:
    """Give the rows with those joined that one pair of brackets encloses: a direction that was wrapped."""
    found: list[Line] = []
    at = 0
    while at < len(rows):
        stop = _closed(rows, at)
        row = rows[at]
        if stop > at:
            end = rows[stop].end
            row = replace(row, end=end, text=source.text[row.start : end])
        found.append(row)
        at = stop + 1
    return found


def _closed(rows: Sequence[Line], at: int) -> int:
    """Give the row in which the bracket is closed that a row begins with; the row itself where none is open."""
    text = rows[at].text
    close = _OPENS.get(text[:1])
    if not close or text.count(text[0]) <= text.count(close):
        return at
    opened = 0
    for later in range(at, min(len(rows), at + _ROWS)):
        if later > at and rows[later].gap > 0:
            break
        opened += rows[later].text.count(text[0]) - rows[later].text.count(close)
        if opened <= 0:
            return later if rows[later].text.rstrip(".").endswith(close) else at
    return at


def _parts(rows: Sequence[Line], heads: dict[int, str]) -> dict[int, str]:
    """Give the rows that head a part of the play, each with its kind; "part" is another heading than a play's.

    `heads` are the rows with the words of such a heading.
    """
    found = {at: kind for at, kind in heads.items() if at == 0 or rows[at].gap > 0 or at - 1 in heads}
    numbers = [
        at
        for at, row in enumerate(rows[:-1])
        if at and row.gap and rows[at + 1].gap and _NUMBER.match(row.text)
    ]
    if len(numbers) >= 2 and not {"act", "scene"} <= set(found.values()):
        found = {at: "act" if kind == "scene" else kind for at, kind in found.items()}  # tableaux
        found |= dict.fromkeys(numbers, "scene")
    wide = sum(rows[at].gap >= 2 for at in found if at)
    if found and wide >= 0.8 * len([at for at in found if at]):
        for at, row in enumerate(rows[:-1]):
            if at and at not in found and row.gap >= 2 and rows[at + 1].gap >= 1 and _is_heading(row):
                found[at] = "part"
    found = dict(sorted(found.items()))
    if "act" in found.values() and "scene" not in found.values():
        first = next(at for at, kind in found.items() if kind == "act")
        found = {at: "scene" if kind == "part" and at > first else kind for at, kind in found.items()}
    return found


def _heads_song(row: Line) -> bool:
    """Tell whether a row is a song's heading: its tune, or a word for it."""
    if xiqu.tune(row.text):
        return True
    return len(row.text) <= _SONG and bool(words_of_verse()["song"].match(row.text))


def _is_heading(row: Line) -> bool:
    return (
        len(row.text) <= 60
        and not is_direction(row.text)
        and not is_ornament(row)
        and not _is("cast", row)
        and not _is("directions", row)
        and not _is("settings", row)
        and not row.text.endswith((",", ";", "!", "?", "–", "—", "-", ")", ":"))
        and row.text[:1].isupper()
    )


def _speaks(
    rows: Sequence[Line],
    at: int,
    spoken: dict[int, Label],
    parts: dict[int, str],
    names: set[str],
    airy: bool,
) -> bool:
    """Tell whether a line with a speaker's name opens a speech: not a scene's list of those who are there.

    `names` are the words of all speakers' names, in small letters; `airy` says that a blank line is under each.
    """
    if at in parts:
        return False
    if spoken[at].alone:
        listed = at - 1 in parts and at + 1 < len(rows) and rows[at + 1].gap > 0 and not airy
        if listed and (at + 2 in spoken or is_direction(rows[at + 1].text)):
            return False
        return at + 1 < len(rows) and at + 1 not in spoken and at + 1 not in parts
    if at - 1 not in parts:
        return True
    words = _WORD.findall(rows[at].text)
    return not all(word.casefold() in names or _AND.fullmatch(word) for word in words)


class _Play:
    """The rows of a play and the parts they play in it."""

    def __init__(
        self,
        source: Source,
        rows: Sequence[Line],
        starts: Sequence[int],
        spoken: dict[int, Label],
        cast: tuple[int, int],
        parts: dict[int, str],
        opera: bool = False,
    ) -> None:
        self.source = source
        self.opera = opera
        self.rows = rows
        self.starts = starts  # of the paragraphs
        self.spoken = spoken
        self.order = list(spoken)
        self.cast = cast
        self.parts = {at: kind for at, kind in parts.items() if not cast[0] <= at < cast[1]}
        self.heads = list(self.parts)  # in their order
        self.has_acts = "act" in self.parts.values()
        self.names = {word for label in spoken.values() for word in _WORD.findall(label.name)}
        self.folded = {word.casefold() for word in self.names}
        self.bracketed = opera or self._has_bracketed()
        self.pieces: dict[
            tuple[int, int], list[list[Line]]
        ] = {}  # of the speeches, by their first row and end
        self.speeches = self._speeches()
        self.shared = parts_of_lines(self._verses())

    def spans(self) -> Iterator[Span]:
        end = len(self.rows)
        if end > 1 and matches("ends", self.rows[-1].text) and end - 1 not in self.spoken:
            end -= 1
            yield Span(self.rows[end].start, self.rows[end].end, "trailer", rule="drama.end")
        yield from self._opening(self.heads[0] if self.heads else end)
        yield from self._divisions(self.heads, end, self.has_acts)

    def _has_bracketed(self) -> bool:
        """Tell whether the play sets directions in brackets: some stand apart in them, or it has no others."""
        if any(label.aside < label.end for label in self.spoken.values()):
            return True
        rows = [row for at, row in enumerate(self.rows) if at not in self.spoken]
        apart = any(
            _AFTER_STOP.search(b.text) or (is_direction(b.text) and a.text.endswith(_ENDED))
            for a, b in pairwise(self.rows)
        )
        return apart or not any(_is("directions", row) for row in rows)

    # The parts.

    def _opening(self, first: int) -> Iterator[Span]:
        """Give what stands before the first part: title, author, cast list; speeches where there are no parts."""
        start, stop = self.cast
        has_cast = start < stop <= first or (start < first < stop)
        opened = start if has_cast else min([first, *self.order[:1], self._direction(first)])
        titles = self._titles(opened) if not is_direction(self.rows[0].text) else 0
        if not has_cast and titles:
            titles, opened = self._scenery(titles, opened)
        for at, row in enumerate(self.rows[:titles]):
            yield Span(row.start, row.end, "head", () if at == 0 else (("type", "sub"),), rule="drama.head")
        yield from self._running(titles, opened)
        if has_cast:
            yield from items(self.rows[start:stop], lambda line: _is("cast", line))
        yield from self._content(stop if has_cast else opened, first)

    def _titles(self, stop: int) -> int:
        """Count the lines of the title: short ones, up to what is set apart as running text."""
        at = 0
        for piece in self._cut(self.rows[:stop]):
            if at + len(piece) > _TITLES or any(len(row.text) > 120 for row in piece):
                break
            if at and len(piece) > 2 and in_verse(piece, self.width):
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
        if titles == opened and opened in self.speeches and whole and (titles == 1 or row.gap):
            return titles - 1, titles - 1
        return titles, opened

    def _direction(self, first: int) -> int:
        """Give the first direction above the first part, but on the first line; the part where there is none."""
        return next((at for at, row in enumerate(self.rows[:first]) if at and self._is_stage(row)), first)

    def _divisions(self, heads: Sequence[int], end: int, acts: bool) -> Iterator[Span]:
        """Give a `div` for each part, scenes inside their act."""
        at = 0
        while at < len(heads):
            kind = self.parts[heads[at]]
            stop = at + 1
            while self._holds(heads[at], kind) and stop < len(heads) and self.parts[heads[stop]] == "scene":
                stop += 1
            limit = heads[stop] if stop < len(heads) else end
            if start_of_cast := self._cast_within(heads[at], limit):
                yield from self._division(heads[at], start_of_cast, heads[at + 1 : stop], kind)
                yield from items(self.rows[slice(*self.cast)], lambda line: _is("cast", line))
                yield from self._content(self.cast[1], limit)
            else:
                yield from self._division(heads[at], limit, heads[at + 1 : stop], kind)
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

    def _cast_within(self, start: int, end: int) -> int:
        return self.cast[0] if start < self.cast[0] < end else 0

    def _division(self, head: int, end: int, inside: Sequence[int], kind: str) -> Iterator[Span]:
        row = self.rows[head]
        yield Span(row.start, self.rows[end - 1].end, "div", (("type", kind),), rule=f"drama.{kind}")
        yield Span(row.start, row.end, "head", rule=f"drama.{kind}")
        yield from self._content(head + 1, inside[0] if inside else end, bool(inside))
        yield from self._divisions(inside, end, False)

    # What stands in a part.

    def _content(self, start: int, end: int, staged: bool = False) -> Iterator[Span]:
        """Give what stands between headings; where scenes follow (`staged`), it is the stage that is described."""
        begun = bisect_left(self.order, start) < bisect_left(self.order, end)
        at = start
        while at < end:
            row = self.rows[at]
            if at in self.speeches:
                label = self.spoken[at]
                stop = min(self.speeches[at], end)
                spans = speech(label, row, self._passages(at, stop), True, self.bracketed)
                if not self.shared:
                    yield from spans
                for span in spans:
                    part = self.shared.get(span.start, "") if span.tag == "l" else ""
                    yield span.having({"part": part}) if part else span
            elif is_ornament(row):
                stop = at + 1
                yield from ornament(row)
            else:
                stop = self._apart(at, end)
                verse = stop - at > 2 and in_verse(self.rows[at:stop], self.width)
                if ((begun or staged) and not verse) or any(
                    self._is_stage(line) for line in self.rows[at:stop]
                ):
                    for line in self._paragraphs(self.rows[at:stop]):
                        yield Span(line.start, line.end, "stage", rule="drama.stage")
                else:
                    yield from self._running(at, stop)
            at = stop

    def _apart(self, at: int, end: int) -> int:
        """Give the end of the rows without a speaker that stand together."""
        stop = at + 1
        while stop < end and stop not in self.speeches and self.rows[stop].gap <= 0:
            if is_ornament(self.rows[stop]) or self._is_stage(self.rows[stop]):
                break
            stop += 1
        return stop

    def _running(self, start: int, end: int) -> Iterator[Span]:
        """Give text that nobody speaks: a preface in prose, a dedication in verse."""
        for passage in self._cut(self.rows[start:end]):
            if in_verse(passage, self.width) and len(passage) > 1:
                yield Span(passage[0].start, passage[-1].end, "lg", rule="drama.lines")
                for row in passage:
                    yield Span(row.start, row.end, "l", rule="drama.lines")
            else:
                yield from blocks(self.source, self._paragraphs(passage))

    def _is_stage(self, row: Line) -> bool:
        if self.opera and xiqu.tune(row.text):
            return False
        return is_direction(row.text) or _is("directions", row) or _is("settings", row)

    # Speeches.

    def _speeches(self) -> dict[int, int]:
        """Give the row after the last of each speech, by that of its label."""
        self.width = width_of(self.rows)
        closed = len(self.rows) > 1 and matches("ends", self.rows[-1].text)
        order = [*self.spoken, len(self.rows) - closed]
        ends = {}
        for at, following in pairwise(order):
            stop = at + 1
            while stop < following and self._goes_on(stop, at, following):
                stop += 1
            airy = (
                self.spoken[at].alone and at + 1 < stop and self.rows[at + 1].gap
            )  # so that a gap says nothing
            while (
                not airy and stop > at + 1 and self.rows[stop - 1].gap and self._is_stage(self.rows[stop - 1])
            ):
                stop -= 1
            ends[at] = stop
        self._vote(ends)
        return ends

    def _goes_on(self, at: int, first: int, following: int) -> bool:
        """Tell whether a row belongs to the speech before it: up to a heading, a rule, or what happens."""
        row = self.rows[at]
        if (
            at in self.parts
            or is_ornament(row)
            or (_is("directions", row) and not self._is_sung(row))
            or self.cast[0] <= at < self.cast[1]
        ):
            return False
        if self.opera and xiqu.tune(row.text):
            return True
        if row.gap and at + 1 in self.spoken and _heads_song(row):
            return False  # of what the next one sings
        needed = at == first + 1 and self.spoken[first].alone
        return needed or row.gap <= 0 or (row.gap == 1 and not self._tells(row, at))

    def _is_sung(self, row: Line) -> bool:
        """Tell whether a row in brackets is a tune's name, or opens what is said under a Chinese opera's label."""
        return self.opera and (row.gap <= 0 or bool(xiqu.tune(row.text)))

    def _tells(self, row: Line, at: int) -> bool:
        """Tell whether a row that stands apart says what someone does: a speaker's name with a verb after it."""
        match = re.match(rf"(?:(?i:der|die|das|the|le|la)\s+)?([^\W\d_]+)\s+{LOWER}", row.text)
        alone = at + 1 >= len(self.rows) or self.rows[at + 1].gap > 0
        return bool(
            alone
            and len(row.text) < _SHORT
            and (
                (match and match[1].casefold() in self.folded and row.text[:1].isupper())
                or _patterns()["staging"].search(row.text)
            )
        )

    def _vote(self, ends: dict[int, int]) -> None:
        """Decide what is verse, for each passage of each speech, by itself or by those beside it."""
        pieces: list[tuple[int, int]] = []
        votes: list[bool | None] = []
        songs: list[tuple[int, int]] = []
        margin = self._margin(ends)
        for at, stop in ends.items():
            self.pieces[at, stop] = self._songs(self._cut(self._said(at, stop)))
            for number, piece in enumerate(self.pieces[at, stop]):
                said = [row for row in piece if not is_direction(row.text)]
                vote = in_verse(said, self.width)
                apart = number > 0 or self.spoken[at].alone
                set_in = apart and len(said) > 1 and min(row.indent for row in said) >= margin + 2
                if self._tune(piece) or (vote and set_in):
                    songs.append((at, number))  # which says nothing of what is spoken
                else:
                    pieces.append((at, number))
                    votes.append(vote)
        titled = any(_is("verse", row) for row in self.rows[:_TITLES]) or self._shares_lines(ends)
        decided = [vote is True for vote in votes] if self.opera else settled(votes, titled)
        self.verse = dict(zip(pieces, decided, strict=True))
        self.mostly_prose = 4 * sum(self.verse.values()) < len(pieces)
        self.verse |= dict.fromkeys(songs, True)

    def _shares_lines(self, ends: dict[int, int]) -> bool:
        """Tell whether a speech often begins where the line before it ended, as the parts of one verse do."""
        margin = self._margin(ends)
        later = 0
        for at, stop in ends.items():
            first = next((row for row in self._said(at, stop) if not is_direction(row.text)), None)
            label = self.rows[at].start + self.spoken[at].end
            inline = first is not None and first.start < self.rows[at].end
            later += (
                first is not None and (first.start - label if inline else first.indent - margin) >= _LATER
            )
        return later >= max(2, len(ends) // 8) and 2 * later < len(ends) + 2

    def _margin(self, ends: dict[int, int]) -> int:
        """Give how far what is spoken is set in, mostly."""
        counts = Counter(row.indent for at, stop in ends.items() for row in self.rows[at + 1 : stop])
        inline = sum(not self.spoken[at].alone for at in ends)
        counts[min((self.rows[at].indent for at in ends), default=0)] += inline
        return max(counts, key=lambda indent: (counts[indent], -indent), default=0)

    def _verses(self) -> Iterator[list[Line]]:
        """Give the rows of each speech, nothing for one that ends or begins in prose."""
        for at, stop in self.speeches.items():
            last = len(self.pieces[at, stop]) - 1
            verse = self.verse.get((at, 0), False) and self.verse[at, last]
            passages = self._passages(at, stop) if verse else []
            rows = [row for passage in passages for row in passage.lines]
            yield [row for row in rows if not is_direction(row.text)]

    def _said(self, at: int, stop: int) -> list[Line]:
        """Give the rows of a speech without its label."""
        row = self.rows[at]
        rest = row.starting(self.spoken[at].end)
        indent = row.indent + rest.start - row.start  # as far right as it stands
        rest = Line(rest.start, rest.end, rest.text, indent, rest.gap)
        return [*([rest] if rest.text else []), *self.rows[at + 1 : stop]]

    def _cut(self, rows: Sequence[Line]) -> list[list[Line]]:
        """Cut rows where blank lines stand between them."""
        found: list[list[Line]] = []
        for row in rows:
            if found and (row.gap <= 0 or is_direction(row.text) or is_direction(found[-1][-1].text)):
                found[-1].append(row)
            else:
                found.append([row])
        return found

    def _passages(self, at: int, stop: int) -> list[Passage]:
        pieces = self.pieces.get((at, stop)) or self._songs(self._cut(self._said(at, stop)))
        verse = [self.verse.get((at, number), False) for number in range(len(pieces))]
        found = []
        for is_verse, piece in zip(verse, pieces, strict=True):
            head = self._tune(piece)
            if not is_verse:
                found.append(Passage(False, self._paragraphs(piece)))
            elif head:
                found.append(Passage(True, self._after(piece, head), head, True))
            else:
                found.append(Passage(True, piece, sung=self.mostly_prose))
        return found

    def _tune(self, piece: Sequence[Line]) -> Line | None:
        """Give the heading of a song that rows begin with: its tune, or a word for it; None where they are none."""
        row = piece[0]
        if tune := xiqu.tune(row.text):
            alone = tune == row.text
            if len(piece) > 1 or not alone:
                return row if alone else replace(row, end=row.start + len(tune), text=tune)
        named = len(piece) > 1 and len(row.text) <= _SONG and words_of_verse()["song"].match(row.text)
        return row if named and in_verse(piece[1:], self.width) is not False else None

    def _after(self, piece: Sequence[Line], head: Line) -> list[Line]:
        """Give the rows of a song without its heading."""
        rest = piece[0].starting(head.end - piece[0].start)
        return [*([rest] if rest.text else []), *piece[1:]]

    def _songs(self, pieces: Sequence[list[Line]]) -> list[list[Line]]:
        """Part songs with headings from what is spoken before and after them."""
        found: list[list[Line]] = []
        joined = False  # whether the last piece is a heading that waits for its song
        for piece in pieces:
            if joined:
                found[-1] += piece
                joined = False
                continue
            for at, row in enumerate(piece):
                if at > 1 and is_direction(piece[at - 1].text) and row.indent >= piece[0].indent + 4:
                    found.append([row])  # what is sung
                    continue
                heads = _heads_song(row) or (self.opera and is_direction(row.text[: row.text.find("〕") + 1]))
                left = found and found[-1] and _heads_song(found[-1][0]) and len(found[-1]) > 1
                if heads or row is piece[0] or (left and row.indent < found[-1][1].indent):
                    found.append([row])
                else:
                    found[-1].append(row)
            joined = len(found[-1]) == 1 and _heads_song(piece[-1]) and not xiqu.tune(piece[-1].text)
        return found

    def _paragraphs(self, rows: Sequence[Line]) -> list[Line]:
        """Join the rows of each paragraph."""
        edges: list[tuple[Line, int]] = []  # the first row of each, and where it ends
        above: Line | None = None
        for row in rows:
            wrapped = above is not None and row.gap <= 0 and self._wraps(above, row)
            wrapped = wrapped and row.end - edges[-1][0].start <= LONGEST_STRETCH
            if wrapped and not is_direction(row.text) and not self._directs(*edges[-1]):
                edges[-1] = edges[-1][0], row.end
            else:
                edges.append((row, row.end))
            above = row
        return [
            first if first.end == end else replace(first, end=end, text=self.source.text[first.start : end])
            for first, end in edges
        ]

    def _directs(self, first: Line, end: int) -> bool:
        """Tell whether a paragraph that may not be whole yet is a direction."""
        if end == first.end:
            return is_direction(first.text)
        return end - first.start <= LONGEST and is_direction(self.source.text[first.start : end])

    def _wraps(self, above: Line, row: Line) -> bool:
        """Tell whether a row goes on with the paragraph of the row above it."""
        if bisect_right(self.starts, row.start) == bisect_right(self.starts, above.start):
            return True
        return bool(self.width) and not has_room(above, row, self.width)
