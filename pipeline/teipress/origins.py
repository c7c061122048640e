"""Where the characters of a source lie in the files that it was read from, as these lie on disk, in bytes.

A source's text is decoded, and its line ends are LF; whoever looks a record up in the file counts bytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

_STEP: Final = 4096  # characters between two places that are remembered


@dataclass(frozen=True)
class Deviation:
    """A range of a file on disk whose bytes the text has not, or has otherwise, and the reason why.

    What was normalised in many places has one record: the range from the first to the last, and how many.
    """

    start: int
    end: int
    reason: str
    file: str = ""  # of several; empty where a source is one file
    quote: str = ""
    count: int = 1


@dataclass(frozen=True)
class Origin:
    """One file of a source: its wording from the offset `start` on, decoded as `encoding` after `mark` bytes.

    `returns` are the offsets, in the file's own wording, of the line ends that are CR LF on disk.
    """

    file: str
    start: int
    text: str = field(repr=False)
    encoding: str = "utf-8"
    mark: int = 0
    returns: array[int] = field(default_factory=lambda: array("q"), repr=False, compare=False, hash=False)

    @cached_property
    def _places(self) -> array[int]:
        """The offset on disk of each `_STEP`th character."""
        places, at = array("q"), self.mark
        for start in range(0, len(self.text) + 1, _STEP):
            places.append(at)
            at += self._size(start, start + _STEP)
        return places

    @cached_property
    def _unit(self) -> int:
        return len("\r".encode(self.encoding))

    def _size(self, start: int, end: int) -> int:
        """Give how many bytes a range of the wording takes on disk."""
        doubled = bisect_left(self.returns, end) - bisect_left(self.returns, start)
        return len(self.text[start:end].encode(self.encoding, "surrogatepass")) + doubled * self._unit

    def on_disk(self, offset: int) -> int:
        """Give the place in the file, in bytes from 0, of an offset in the file's own wording."""
        offset = min(offset, len(self.text))
        known = offset // _STEP
        return self._places[known] + self._size(known * _STEP, offset)

    def in_text(self, place: int) -> int | None:
        """Give the offset that a place in the file has; None where no character begins there."""
        known = bisect_right(self._places, place) - 1
        if known < 0:
            return None
        first = known * _STEP
        few = range(first, min(first + _STEP, len(self.text)) + 1)
        wanted = place - self._places[known]
        offset = first + bisect_left(few, wanted, key=lambda at: self._size(first, at))
        return offset if offset <= few[-1] and self._size(first, offset) == wanted else None
