"""Speeches: a speaker's label, and what is said, with the directions in it (Guidelines 3.12.2, 7.2.2, 7.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from teipress.drafting.lines import Line
from teipress.drafting.speakers import Label
from teipress.span import Span

LONGEST: Final = 404  # of a direction, with the stop after it
_INSIDE: Final = re.compile(r"[(\[（〔［][^()\[\]（）〔〕［］]{1,400}[)\]）〕］]")
_BRACKETS: Final = "([（〔［_"  # what a direction begins with
_ITALIC: Final = re.compile(r"_[^_]{1,400}_")
_OPENED: Final = re.compile(r"\[_?[^\W\d][^\[\]]{2,200}|[〔【][^〕】]{2,200}[〕】]?")
#: Set off to the right, the bracket left open.
_LEAVING: Final = re.compile(r"\s{3,}(\[_?[^\W\d][^\[\]]{2,80})$")
_EDITORIAL: Final = re.compile(r"\[(?:sic|…|\.{3}|\W*\d*\W*|.{0,3})\]", re.IGNORECASE)
_APART: Final = (".", "!", "?", ":", "—", "–", "…", "。", "！", "？", "：")


class Passage(NamedTuple):
    """A part of a speech: lines of verse, or paragraphs; a song may have a heading, and is a group of lines."""

    verse: bool
    lines: Sequence[Line]
    head: Line | None = None
    sung: bool = False


def speech(
    label: Label, first: Line, passages: Sequence[Passage], acted: bool = False, bracketed: bool = True
) -> Iterator[Span]:
    """Give one speech: the line that has the label, and what is said, without it.

    In a play (`acted`) whatever stands in round brackets is a direction; elsewhere what stands apart in them is.
    Where a play sets its directions without brackets (not `bracketed`), what stands in them is said.
    """
    end = first.start + len(first.text[: label.end].rstrip())
    if not passages:  # nobody speaks (Guidelines 7.2.2: a speech is more than its label)
        yield Span(first.start, end, "stage", rule="speeches.stage")
        return
    yield Span(first.start, passages[-1].lines[-1].end, "sp", rule="speeches.speech")
    name = len(first.text[: label.aside].rstrip())
    yield Span(first.start, first.start + name, "speaker", rule="speeches.speaker")
    if label.aside < label.end:
        yield Span(first.start + label.aside, end, "stage", rule="speeches.stage")
    for passage in passages:
        yield from _said(passage, len(passages) > 1 or passage.sung, acted, bracketed)


def _said(passage: Passage, grouped: bool, acted: bool, bracketed: bool) -> Iterator[Span]:
    """Give a passage of a speech; verse that blank lines set off is a group of lines (Guidelines 7.2.5)."""
    directed = [bracketed and is_direction(line.text) for line in passage.lines]
    sung: list[Line] = []
    if passage.verse and grouped:
        sung = [line for line, directs in zip(passage.lines, directed, strict=True) if not directs]
    group = len(sung) > 1 or bool(passage.head and sung)
    for at, line in enumerate(passage.lines):
        if group and line is sung[0]:
            yield from _group(passage.head, line, sung[-1])
        if directed[at]:
            yield Span(line.start, line.end, "stage", rule="speeches.stage")
        else:
            yield from _words(line, "l" if passage.verse else "p", not at, acted, bracketed)


def _group(head: Line | None, first: Line, last: Line) -> Iterator[Span]:
    """Give a group of lines: a song, if it has a heading."""
    if not head:
        yield Span(first.start, last.end, "lg", rule="speeches.lines")
        return
    yield Span(head.start, last.end, "lg", (("type", "song"),), rule="speeches.lines")
    yield Span(head.start, head.end, "head", rule="speeches.lines")


def _words(line: Line, tag: str, opens: bool, acted: bool, bracketed: bool) -> Iterator[Span]:
    """Give a line or a paragraph of a speech, with the directions in it; it may open the speech with one."""
    opening = _INSIDE.match(line.text) if opens and bracketed else None
    if opening and _directs(opening[0], acted):
        yield Span(line.start, line.start + opening.end(), "stage", rule="speeches.stage")
        line = line.starting(opening.end())
    leaving = _LEAVING.search(line.text) if acted and "[" in line.text else None
    whole = line
    if leaving:
        line = replace(line, end=line.start + leaving.start(), text=line.text[: leaving.start()])
    yield Span(line.start, line.end, tag, rule="speeches.said")
    if bracketed:
        yield from _inside(line.text, line.start, acted)
    if leaving:
        yield Span(whole.start + leaving.start(1), whole.end, "stage", rule="speeches.stage")


def _directs(text: str, acted: bool) -> bool:
    """Tell whether what stands in brackets above all words of a speech is a direction."""
    return (
        (len(text) > 3 or text[1] >= "\u3400") and (acted or text[0] in "(（") and not _EDITORIAL.match(text)
    )


def is_direction(text: str) -> bool:
    """Tell whether a line is all in brackets, or all in italics: what is done, not said.

    Old prints set a direction off to the right by an opening bracket alone.
    """
    if not text or text[0] not in _BRACKETS:
        return False
    return bool(_INSIDE.fullmatch(text.rstrip(".")) or _ITALIC.fullmatch(text) or _OPENED.fullmatch(text))


def _inside(text: str, start: int, acted: bool) -> Iterator[Span]:
    """Give the directions inside a speech: in brackets, at its edges or between sentences; in plays anywhere."""
    for match in _INSIDE.finditer(text):
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip(" .,;:")
        apart = not before or not after or before.endswith(_APART)
        if not (apart or (acted and (match[0][0] in "（〔［" or before[-1] != text[match.start() - 1]))):
            continue
        square = match[0][0] == "["
        spoken = len(match[0]) < 3 or (square and not (acted and apart and not _EDITORIAL.match(match[0])))
        if not spoken and match[0] != text and not match[0][1:-1].isdigit():
            yield Span(start + match.start(), start + match.end(), "stage", rule="speeches.stage")
