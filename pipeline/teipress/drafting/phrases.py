"""What stands within blocks, whatever the genre: words in quotation marks or of other languages, and lists.

It comes after a genre's own spans, and never crosses one of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from teipress.drafting.edges import Edges
from teipress.drafting.enumerations import with_enumerations
from teipress.drafting.foreign import OTHER, runs, script_of, set_apart, told
from teipress.drafting.quoted import MARKS, quoted
from teipress.source import Source
from teipress.span import Span, in_order

_TEXTS: Final = frozenset(["p", "item", "l", "head", "stage", "note", "cell"])
_BLOCKS: Final = frozenset(["p", "head", "lg", "item", "quote", "l"])
_QUOTING: Final = frozenset(["p", "item"])


def with_phrases(source: Source, spans: Sequence[Span]) -> list[Span]:
    """Give the spans of a draft, with languages on blocks, and the phrases inside them."""
    known = _with_languages(source, in_order(spans))
    return with_enumerations(source, [*known, *_phrases(source, known)])


def _with_languages(source: Source, spans: Sequence[Span]) -> list[Span]:
    """Say of each block in another language which it is; of the outermost one only."""
    found: list[Span] = []
    foreign = -1  # where the last block ends that says its language
    for span in spans:
        if span.tag in _BLOCKS and span.start >= foreign and source.language:
            if span.get("xml:lang"):
                foreign = span.end
            elif code := told(source.text[span.start : min(span.end, span.start + 2000)], source.language):
                span = span.having({"xml:lang": code})
                foreign = span.end
        found.append(span)
    return found


def _phrases(source: Source, spans: Sequence[Span]) -> Iterator[Span]:
    starts = [span.start for span in spans]
    foreign = -1
    own = script_of(source.language)
    for at, span in enumerate(spans):
        if span.get("xml:lang"):
            foreign = max(foreign, span.end)
        if span.tag not in _TEXTS or span.start == span.end:
            continue
        text = source.text[span.start : span.end]
        known = bool(source.language) and span.start >= foreign
        quotes = span.tag in _QUOTING and MARKS.search(text)
        others = bool(source.language) and span.start >= foreign and (own != "Latn" or not text.isascii())
        others = others and (own != "Latn" or bool(OTHER.search(text)))
        apart = list(set_apart(text, source.language)) if known and span.tag in _QUOTING else []
        if not quotes and not others and not apart:
            continue
        inside = list(spans[at + 1 : bisect_left(starts, span.end)])
        if any(other.tag in _TEXTS for other in inside):
            continue
        edges = Edges((other.start, other.end) for other in inside if other.end > other.start)
        if quotes:
            for start, end in quoted(text):
                place = span.start + start, span.start + end
                if not edges.cross(*place) and not _is_quote(spans, at, *place):
                    edges.add(*place)
                    code = told(text[start + 1 : end - 1], source.language, marked=True) if known else ""
                    yield Span(*place, "q", (("xml:lang", code),) if code else (), rule="phrases.quoted")
        if others or apart:
            for start, end, code in [*apart, *(runs(text, source.language) if others else ())]:
                place = span.start + start, span.start + end
                if not edges.cross(*place):
                    edges.add(*place)
                    yield Span(*place, "foreign", (("xml:lang", code),), rule="phrases.foreign")


def _is_quote(spans: Sequence[Span], at: int, start: int, end: int) -> bool:
    """Tell whether the words are all that a block quotation says: the marks are its own."""
    span = spans[at]
    if start > span.start + 1 or end < span.end - 3:
        return False
    return any(other.tag == "quote" and other.end == span.end for other in spans[max(0, at - 3) : at])
