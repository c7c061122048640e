"""The frames of a text: what encloses all of it grows when something belongs to it that stands above or below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from teipress.span import Span

_FRAMES: Final = frozenset(["group", "text", "body", "div"])


def widened(spans: Iterable[Span], old: tuple[int, int], new: tuple[int, int]) -> Iterator[Span]:
    """Give the spans, of which the frames that begin or end with a range begin or end with a wider one.

    Of the divisions inside one another only the outermost grow.
    """
    first = last = True
    for span in spans:
        is_frame, start, end = span.tag in _FRAMES, span.start, span.end
        if is_frame and first and start == old[0]:
            start, first = new[0], span.tag != "div"
        if is_frame and last and end == old[1]:
            end, last = new[1], span.tag != "div"
        yield replace(span, start=start, end=end) if (start, end) != (span.start, span.end) else span
