"""The lines of a source as paragraphs: hard-wrapped lines joined, blank lines counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from teipress.source import Source

_LINE: Final = re.compile(r"[^\n]+")
_WIDEST: Final = 120  # a text whose lines are longer has one paragraph a line
_FULL: Final = 0.65  # the share of the usual width from which a line is full, so that its paragraph goes on


@dataclass(frozen=True)
class Line:
    """A paragraph's range `[start, end)` in the source, its text, its indent, and the blank lines before it."""

    start: int
    end: int
    text: str
    indent: int
    gap: int

    @property
    def short(self) -> bool:
        """Whether the line is too short for a paragraph of prose."""
        return len(self.text) <= 120

    def starting(self, at: int) -> Line:
        """Give the rest of the line from an offset of its text on, without leading space."""
        rest = self.text[at:]
        skipped = at + len(rest) - len(rest.lstrip())
        return replace(self, start=self.start + skipped, text=self.text[skipped:], gap=0)


def paragraphs(source: Source) -> list[Line]:
    """Give the paragraphs of a source in order; white space around them belongs to none."""
    lines = list(_lines(source))
    width = _width(lines)
    if not width:
        return lines
    joined: list[Line] = []
    last = None
    for line in lines:
        if last and line.gap == 0 and len(last.text) >= width * _FULL and line.indent <= last.indent + 1:
            first = joined[-1]
            joined[-1] = replace(first, end=line.end, text=source.text[first.start : line.end])
        else:
            joined.append(line)
        last = line
    return joined


def _lines(source: Source) -> Iterator[Line]:
    gap = 0
    previous = 0
    for start, end in source.kept():
        for match in _LINE.finditer(source.text, start, end):
            text = match[0].strip()
            if not text:
                continue
            indent = len(match[0]) - len(match[0].lstrip())
            at = match.start() + indent
            gap = max(0, source.text.count("\n", previous, at) - 1) if previous else 0
            previous = at + len(text)
            yield Line(at, previous, text, indent, gap)


def _width(lines: list[Line]) -> int:
    """Give the width that a hard-wrapped text is wrapped at; 0 for one with a paragraph a line."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lines) < 4:
        return 0
    usual = lengths[int(len(lengths) * 0.9)]
    if usual > _WIDEST or usual < 30:
        return 0
    going_on = [a for a, b in pairwise(lines) if b.gap == 0]
    full = [line for line in going_on if len(line.text) >= usual * _FULL]
    return usual if going_on and len(full) >= 0.6 * len(going_on) else 0
