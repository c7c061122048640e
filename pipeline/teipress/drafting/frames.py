"""The frames of a text: what encloses all of it grows with it, and neighbours of a kind get one around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from teipress.span import Span

_FRAMES: Final = frozenset(["group", "text", "body", "div"])
_ENCLOSING: Final = _FRAMES | {"floatingText"}


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


def holding_ornaments(spans: Sequence[Span], text: str) -> list[Span]:
    """Give the spans; an ornament below a division stands within it, since none may follow one (Guidelines 4.1.1)."""
    result = list(spans)
    ends: dict[int, list[int]] = defaultdict(list)
    for at, span in enumerate(result):
        ends[span.end].append(at)
    for span in result[:]:
        if span.tag != "ab":
            continue
        end = span.start
        while end and text[end - 1].isspace():
            end -= 1
        above = [at for at in ends.get(end, ()) if result[at].tag in _ENCLOSING]
        if above and all(result[at].tag == "div" for at in above):
            for at in above:
                result[at] = replace(result[at], end=span.end)
            ends[span.end] += above
    return result


def framed(spans: list[Span], tags: set[str], frame: str) -> list[Span]:
    """Put each run of neighbouring spans with one of `tags` into an element `frame`."""
    result: list[Span] = []
    for inside, run in groupby(spans, key=lambda span: span.tag in tags):
        group = list(run)
        if inside:
            end = max(span.end for span in group)
            result.append(Span(group[0].start, end, frame, rule=f"letter.{frame}"))
        result += group
    return result
