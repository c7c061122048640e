"""`Source`: a source text as read, and what was left out of it on the record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Omission:
    """A range of a source that is not encoded, and the reason why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Source:
    """The wording of one source text, in code points as decoded, with line ends as LF.

    `digest` is the SHA-256 of the file's bytes; `reader` names what read it, `encoding` how it was decoded, and
    `guessed` why, where neither the file nor a person said so. `pages` are the offsets where a new page begins.
    """

    name: str
    text: str
    language: str = ""
    omitted: tuple[Omission, ...] = ()
    digest: str = ""
    reader: str = ""
    encoding: str = "UTF-8"
    guessed: str = ""
    pages: tuple[int, ...] = ()

    def kept(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Give the ranges of `[start, end)` that are encoded, in order."""
        at, stop = start, len(self.text) if end is None else end
        first = bisect_right(self.omitted, at, key=lambda gap: gap.end)
        for number in range(first, len(self.omitted)):
            gap = self.omitted[number]
            if gap.start >= stop:
                break
            if at < gap.start:
                yield at, gap.start
            at = max(at, gap.end)
        if at < stop:
            yield at, stop

    @property
    def wording(self) -> str:
        """Everything that is encoded: the text without what was omitted on the record."""
        return "".join(self.text[start:end] for start, end in self.kept())

    def place(self, offset: int) -> tuple[int, int]:
        """Give the line and column, from 1, of an offset."""
        line = self.text.count("\n", 0, offset) + 1
        return line, offset - (self.text.rfind("\n", 0, offset) + 1) + 1
