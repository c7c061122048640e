"""Speeches: a speaker's name, and what they say (Guidelines 3.12.2, 7.2.2). In plays, minutes and interviews alike.

A label is known as a speaker's when it comes again, when a list of the persons has it, or when three stand in a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from teipress.drafting.lines import Line
from teipress.span import Span

_HAN: Final = "\u3400-\u9fff"
_DIRECTION: Final = r"(?P<aside>\s*[(\[（〔][^)\]）〕]{1,120}[)\]）〕])?"
_ASIDE: Final = r"(?P<aside>\s*[(\[（〔][^)\]）〕]{1,120}[)\]）〕]|,(?=\s[^\W\d_A-ZÀ-ÞА-Я])[^.:：]{3,80})?"
_CAPITAL: Final = r"[^\W\d_a-zа-яёà-ÿ][\w’'\-]*\.?"
_NAME: Final = (
    rf"(?:{_CAPITAL}(?:[ ,]+(?:{_CAPITAL}|de|la|le|von|van|der|of|the|and|und|et|и|\d))*|[{_HAN}·]{{1,8}})"
)
#: `NAME: …`, `NAME (aside): …`; the stop belongs to the label.
_COLON: Final = re.compile(rf"^(?P<name>{_NAME}){_ASIDE}\s?(?P<stop>[:：])(?=\s*\S)")
#: `NAME. …`, `Name. — …`
_STOP: Final = re.compile(rf"^(?P<name>{_NAME}?){_DIRECTION}(?P<stop>\.(?:\s*[—–-])?|\s*[—–])(?=\s+\S)")
#: The label alone on its line.
_ALONE: Final = re.compile(rf"^(?P<name>{_NAME}){_ASIDE}(?P<stop>[.:：]?)$")
#: Chinese plays set the name apart by a wide space.
_SPACE: Final = re.compile(rf"^(?P<name>[{_HAN}]{{1,5}})(?P<stop>[ 　]+)(?=\S)")
_QUESTION: Final = re.compile(r"^(?P<name>[QA])(?P<stop>[.:])(?=\s*\S)")
_LONGEST: Final = 40
_INSIDE: Final = re.compile(r"[(\[（〔][^()\[\]（）〔〕]{1,160}[)\]）〕]")


@dataclass(frozen=True)
class Label:
    """What a line begins with when someone speaks: the name, a direction after it, and where the speech begins."""

    name: str
    aside: int  # where the direction begins; the end of the label where there is none
    end: int  # of the label with its stop
    alone: bool


def speakers(lines: Sequence[Line], known: Sequence[str] = ()) -> dict[int, Label]:
    """Tell which lines begin with a speaker's name, by their index; `known` are names that are speakers' for sure."""
    cast = {key for name in known for key in _keys(name)}
    found: dict[int, Label] = {}
    for form in (_QUESTION, _COLON, _ALONE, _STOP, _SPACE):
        matches = {at: m for at, line in enumerate(lines) if (m := form.match(line.text)) and at not in found}
        counts = Counter(_key(m["name"]) for m in matches.values() if len(m["name"]) <= _LONGEST)
        again = sum(1 for count in counts.values() if count >= 2)
        together = _in_a_row(lines, matches) if form is _COLON else set()
        for at, match in matches.items():
            key = _key(match["name"])
            if len(match["name"]) > _LONGEST or (form is _ALONE and not _has_speech(lines, at)):
                continue
            loud = match["name"].isupper() and len(match["name"]) > 1
            if form is _STOP and not (loud or key in cast or _is_frequent(counts[key], len(lines))):
                continue
            if counts[key] >= 2 or key in cast or at in together or (again >= 1 and (form is _COLON or loud)):
                found[at] = Label(match["name"], _aside(match), match.end("stop"), form is _ALONE)
    return found


def _in_a_row(lines: Sequence[Line], labelled: Collection[int]) -> set[int]:
    """Give the lines of which three or more with a label and a colon stand directly under one another."""
    found: set[int] = set()
    row: list[int] = []
    for at in sorted(labelled):
        row = [*row, at] if row and at == row[-1] + 1 and lines[at].gap == 0 else [at]
        if len(row) >= 3:
            found.update(row)
    return found


def _aside(match: re.Match[str]) -> int:
    """Give where a direction begins in a label: at its bracket, or after the comma."""
    aside = match.groupdict().get("aside")
    if not aside:
        return match.end("stop")
    comma = aside.startswith(",")
    return match.start("aside") + (
        len(aside[1:]) - len(aside[1:].lstrip()) + 1 if comma else len(aside) - len(aside.lstrip())
    )


def _is_frequent(count: int, lines: int) -> bool:
    return count >= 3 and count * 12 >= lines


def _has_speech(lines: Sequence[Line], at: int) -> bool:
    """Tell whether words follow a name that stands alone: the line below it, with no wider gap."""
    return at + 1 < len(lines) and lines[at + 1].gap <= 1


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().casefold()


def _keys(name: str) -> set[str]:
    """Give what a person of the cast may be called: the name, and its parts."""
    key = _key(re.split(r"[,;(—–:]|\s-\s|\s{3,}|，|（", name)[0])
    return {key, *(part for part in key.split() if len(part) > 2)}


def speech(label: Label, lines: Sequence[Line], verse: bool = False) -> Iterator[Span]:
    """Give one speech: its first line has the label."""
    first = lines[0]
    rest = first.starting(label.end)
    said = [*([rest] if rest.text else []), *lines[1:]]
    if all(
        is_direction(line.text) for line in said
    ):  # nobody speaks (Guidelines 7.2.2: a speech is more than its label)
        for line in lines:
            yield Span(line.start, line.end, "stage", rule="speeches.stage")
        return
    yield Span(first.start, lines[-1].end, "sp", rule="speeches.speech")
    name = len(first.text[: label.aside].rstrip())
    yield Span(first.start, first.start + name, "speaker", rule="speeches.speaker")
    if label.aside < label.end:
        yield Span(first.start + label.aside, first.start + label.end, "stage", rule="speeches.stage")
    for line in said:
        if is_direction(line.text):
            yield Span(line.start, line.end, "stage", rule="speeches.stage")
            continue
        yield Span(line.start, line.end, "l" if verse else "p", rule="speeches.said")
        yield from _inside(line.text, line.start)


def is_direction(text: str) -> bool:
    """Tell whether a line is all in brackets: what is done, not said."""
    return bool(_INSIDE.fullmatch(text.rstrip(".")))


def _inside(text: str, start: int) -> Iterator[Span]:
    """Give the directions inside a speech: round brackets at its edges or between sentences."""
    for match in _INSIDE.finditer(text):
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip(" .,;:")
        at_edge = (
            not before or not after or before.endswith((".", "!", "?", ":", "—", "。", "！", "？", "："))
        )
        spoken = match[0][0] in "[" or len(match[0]) < 3
        if at_edge and not spoken and match[0] != text and not match[0][1:-1].isdigit():
            yield Span(start + match.start(), start + match.end(), "stage", rule="speeches.stage")
