"""`Source`: a source text as read, and what was left out of it on the record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from teipress.origins import Deviation, Origin

#: The longest stretch of text that an element may hold, in characters: what XML parsers take (libxml2: ten million
#: bytes), with room for four bytes each.
LONGEST_STRETCH: Final = 2_400_000
_QUOTED: Final = 60  # characters of an omission that the record quotes


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
    `guessed` why, where neither the file nor a person said so. `pages` are the offsets where a new page begins;
    `origins` are the files that the text was read from, and `normalised` is what it has otherwise than they.
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
    origins: tuple[Origin, ...] = ()
    normalised: tuple[Deviation, ...] = ()

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

    def on_record(self) -> Iterator[tuple[Omission, Deviation]]:
        """Give what is omitted, each range in one file, with its place on disk and its first words."""
        origins = self._origins
        for gap in self.omitted:
            for origin in origins[max(0, bisect_right(origins, gap.start, key=lambda o: o.start) - 1) :]:
                if origin.start >= gap.end:
                    break
                start, end = max(gap.start, origin.start), min(gap.end, origin.start + len(origin.text))
                if start < end:
                    yield replace(gap, start=start, end=end), _deviation(origin, start, end, gap.reason)

    def deviations(self) -> tuple[Deviation, ...]:
        """Give what is omitted as ranges of the files on disk."""
        return tuple(deviation for _, deviation in self.on_record())

    @property
    def _origins(self) -> tuple[Origin, ...]:
        return self.origins or (Origin("", 0, self.text),)

    def omissions(self, deviations: Iterable[Deviation]) -> tuple[Omission, ...] | None:
        """Give ranges of the files as ranges of the text; None where they do not lie on its characters."""
        origins = {origin.file: origin for origin in self._origins}
        found = []
        for gap in deviations:
            origin = origins.get(gap.file)
            start, end = (origin.in_text(gap.start), origin.in_text(gap.end)) if origin else (None, None)
            if origin is None or start is None or end is None or start >= end:
                return None
            found.append(Omission(origin.start + start, origin.start + end, gap.reason))
        return tuple(sorted(found))

    def place(self, offset: int) -> tuple[int, int]:
        """Give the line and column, from 1, of an offset."""
        line = self.text.count("\n", 0, offset) + 1
        return line, offset - (self.text.rfind("\n", 0, offset) + 1) + 1


def _deviation(origin: Origin, start: int, end: int, reason: str) -> Deviation:
    start, end = start - origin.start, end - origin.start
    words = " ".join(origin.text[start:end].split())[:_QUOTED]
    quote = "".join(filter(str.isprintable, words))
    return Deviation(origin.on_disk(start), origin.on_disk(end), reason, origin.file, quote)
