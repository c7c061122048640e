"""Plays: cast list, acts and scenes, speeches in prose or verse, stage directions (Guidelines 7)."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from teipress.drafting.blocks import is_ornament, ornament
from teipress.drafting.lines import Line, layout
from teipress.drafting.speeches import Label, is_direction, speakers, speech
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span

_SHORT: Final = 120
_AND: Final = frozenset(["and", "und", "et", "и", "the", "der", "die", "le", "la", "puis", "then", "dann"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("drama.toml").read_text(encoding="utf-8"))
    return {key: re.compile("|".join(bodies), re.IGNORECASE) for key, bodies in data.items()}


def _is(kind: str, line: Line) -> bool:
    return len(line.text) <= _SHORT * 2 and bool(_patterns()[kind].match(line.text))


def evidence(lines: Sequence[Line]) -> str:
    """Say what marks a text as a play; "" where nothing does."""
    spoken = speakers(lines)
    if len(spoken) < 2:
        return ""
    for kind, what in (
        ("cast", "a list of persons"),
        ("acts", "an act’s heading"),
        ("scenes", "a scene’s heading"),
    ):
        at = next((line for line in lines if _is(kind, line)), None)
        if at:
            return f"it has speakers and {what}: “{at.text[:40]}”"
    directions = sum(is_direction(line.text) for line in lines)
    if directions >= 2 and len(spoken) * 4 >= len(lines):
        return f"it has {len(spoken)} speeches and {directions} stage directions"
    return ""


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of a play."""
    shape = layout(source)
    lines = shape.paragraphs
    if not lines:
        return
    cast = _cast(lines)
    verse = _in_verse(source)
    if verse:
        lines = shape.rows
        cast = _cast(lines)
    spoken = speakers(lines, [line.text for line in lines[cast[0] + 1 : cast[1]]])
    spoken = {
        at: label
        for at, label in spoken.items()
        if not cast[0] <= at < cast[1] and _speaks(lines, at, spoken)
    }
    yield Span(lines[0].start, lines[-1].end, "div", (("type", "play"),), rule="drama.play")
    yield from _Play(lines, spoken, cast, verse).spans()


def _is_part(line: Line) -> bool:
    return _is("acts", line) or _is("scenes", line)


def _speaks(lines: Sequence[Line], at: int, spoken: dict[int, Label]) -> bool:
    """Tell whether a line with a speaker's name opens a speech: not a scene's list of those who are there."""
    if _is_part(lines[at]):
        return False
    if spoken[at].alone:
        return at + 1 < len(lines) and at + 1 not in spoken and not _is_part(lines[at + 1])
    words = re.findall(r"[^\W\d_]+", lines[at].text)
    names = {word for label in spoken.values() for word in re.findall(r"[^\W\d_]+", label.name.casefold())}
    opens_scene = at > 0 and _is_part(lines[at - 1])
    return not (opens_scene and all(word.casefold() in names | _AND for word in words))


def _cast(lines: Sequence[Line]) -> tuple[int, int]:
    """Give the range of the cast list with its heading: to the first act or scene, or the first direction."""
    for at, line in enumerate(lines[: max(12, len(lines) // 3)]):
        if _is_part(line):  # a list within an act is no cast list of the play
            break
        if not _is("cast", line):
            continue
        stop = at + 1
        while stop < len(lines) and len(lines[stop].text) <= 200 and not _is_part(lines[stop]):
            if is_direction(lines[stop].text) or (stop > at + 2 and lines[stop].gap >= 2):
                break
            stop += 1
        return (at, stop) if stop > at + 1 else (at, at)
    return (0, 0)


def _in_verse(source: Source) -> bool:
    """Tell whether the speeches are in verse: their lines begin with capitals within the sentence."""
    rows = layout(source).rows
    inner = [
        b.text
        for a, b in itertools.pairwise(rows)
        if b.gap <= 0 and a.text.endswith((",", ";")) and len(a.text) < 70
    ]
    return len(inner) >= 2 and sum(text[:1].isupper() for text in inner) >= 0.8 * len(inner)


class _Play:
    """The lines of a play and the parts they play in it."""

    def __init__(
        self, lines: Sequence[Line], spoken: dict[int, Label], cast: tuple[int, int], verse: bool
    ) -> None:
        self.lines = lines
        self.spoken = spoken
        self.cast = cast
        self.verse = verse

    def spans(self) -> Iterator[Span]:
        lines = self.lines
        acts = [
            at for at, line in enumerate(lines) if _is("acts", line) and not self.cast[0] < at < self.cast[1]
        ]
        scenes = [at for at, line in enumerate(lines) if _is("scenes", line) and at not in acts]
        first = min([*acts, *scenes, len(lines)])
        yield from self._opening(first)
        if not acts:
            yield from self._divisions(scenes, len(lines), "scene", ())
            return
        if scenes and scenes[0] < acts[0]:
            yield from self._divisions([s for s in scenes if s < acts[0]], acts[0], "scene", ())
        yield from self._divisions(acts, len(lines), "act", scenes)

    def _opening(self, first: int) -> Iterator[Span]:
        """Give what stands before the first act: title, author, cast list; speeches where there are no acts."""
        start, stop = self.cast
        has_cast = stop > start
        opened = start if has_cast else min([first, *self.spoken, *self._directions(first)])
        for at, line in enumerate(self.lines[:opened]):
            yield Span(line.start, line.end, "head", () if at == 0 else (("type", "sub"),), rule="drama.head")
        if has_cast:
            yield from self._cast_list(start, stop)
        yield from self._content(stop if has_cast else opened, first)

    def _directions(self, first: int) -> list[int]:
        return [at for at, line in enumerate(self.lines[:first]) if at and self._is_stage(line)]

    def _cast_list(self, start: int, stop: int) -> Iterator[Span]:
        lines = self.lines[start:stop]
        yield Span(lines[0].start, lines[-1].end, "castList", rule="drama.cast")
        yield Span(lines[0].start, lines[0].end, "head", rule="drama.cast")
        for line in lines[1:]:
            yield Span(line.start, line.end, "castItem", rule="drama.cast")
            name = re.match(r"[^,;(—–:，：（]{1,60}?(?=\s*(?:[,;(—–:，：（]|\.?$|\s{2,}))", line.text)
            if name and name[0]:
                yield Span(line.start, line.start + name.end(), "role", rule="drama.cast")
                rest = re.search(r"[^\s,;(—–:，：（.]", line.text[name.end() :])
                if rest:
                    at = line.start + name.end() + rest.start()
                    yield Span(at, line.end, "roleDesc", rule="drama.cast")

    def _divisions(self, heads: Sequence[int], end: int, kind: str, inner: Sequence[int]) -> Iterator[Span]:
        for head, stop in zip(heads, [*heads[1:], end], strict=False):
            line = self.lines[head]
            yield Span(line.start, self.lines[stop - 1].end, "div", (("type", kind),), rule=f"drama.{kind}")
            yield Span(line.start, line.end, "head", rule=f"drama.{kind}")
            inside = [at for at in inner if head < at < stop]
            yield from self._content(head + 1, inside[0] if inside else stop)
            yield from self._divisions(inside, stop, "scene", ())

    def _content(self, start: int, end: int) -> Iterator[Span]:
        at = start
        while at < end:
            line = self.lines[at]
            label = self.spoken.get(at)
            stop = at + 1
            if label:
                while stop < end and self._goes_on(stop, at):
                    stop += 1
                yield from speech(label, self.lines[at:stop], self.verse)
            elif is_ornament(line):
                yield from ornament(line)
            else:
                tag = "stage" if self._is_stage(line) or at == start else "p"
                yield Span(line.start, line.end, tag, rule="drama.stage")
            at = stop

    def _goes_on(self, at: int, first: int) -> bool:
        """Tell whether a line belongs to the speech before it."""
        line = self.lines[at]
        if at in self.spoken or is_ornament(line) or _is("directions", line):
            return False
        if is_direction(line.text):
            return line.gap == 0
        return line.gap == 0 or (at == first + 1 and self.spoken[first].alone)

    def _is_stage(self, line: Line) -> bool:
        return is_direction(line.text) or _is("directions", line)
