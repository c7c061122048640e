"""Lists that run on within a paragraph: “(1) …; (2) …; (3) …”, “a) … b) …”, “1° … 2° …”, “第一，…第二，…”.

They are lists like those with a line for each item (Guidelines 3.8), with a `label` and an `item` each, inside the
paragraph (`rend="inline"`). A number in the text is a label only where the next ones follow it, from the first on and
without a gap.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from teipress.drafting.edges import Edges
from teipress.drafting.enumerators import HAN_NUMERALS, ROUND, ordinal
from teipress.sentences import sentences
from teipress.source import Source
from teipress.span import Span, in_order

#: What an item begins with, after its label.
_WORD: Final = r"(?=[^\W\d_]|[\"“„«‘「『《¿¡\[])"
#: A label stands apart from the word before it, and no opened bracket belongs to its own.
_APART: Final = r"(?:(?<=\s)|(?<=[—–:：;；,，。、])|^)"
_COMPASS: Final = (
    r"(?!\s*(?:[NSEWOCFRНСВЮЗ]\b|(?:lat|long|north|south|east|west|nord|sud|süd|est|ouest|с\.|в\.)))"
)

#: Where a second label must stand if there are only two: at the end of a sentence or of a part of one.
_PARTED: Final = re.compile(r"[;；.。](?:\s+[^\W\d_]{1,4})?\s*$")
_ANNOUNCED: Final = re.compile(r"(?:^|[:：;；,，.。—–]|\bthat|\bque|\bdaß|\bdass)\s*$")
_COLON: Final = re.compile(r"[:：](?:\s?[—–-])?\s*$")
_STOPPED: Final = re.compile(r"[;；.,。，]\s*$")
#: The first label of any list, by its last sign, which is rare; what stands before it is looked at only there.
_ANY: Final = re.compile(
    r"[)）.°º一①、](?:(?<=[1aаi一][)）.])|(?<=1[°º])(?=\s)|(?<=[第其]一)|(?<=①)|(?<=一、))"
)
_DEEPEST: Final = 2
_LED: Final = 200  # characters of an item in which it has a word
_SENTENCE: Final = 2000  # characters of a sentence


@dataclass(frozen=True)
class _Style:
    """A way of writing labels: its pattern, the kind of its signs, how strictly the places are looked at."""

    pattern: re.Pattern[str]
    kind: str
    signs: str  # one of which stands in every list of this style
    strict: bool = False  # a number with a stop: the first after a colon, the others after a stop

    def may_be_in(self, text: str) -> bool:
        """Tell whether a text has what every list of this style has."""
        return any(sign in text for sign in self.signs)


def _style(pattern: str, kind: str, signs: str, strict: bool = False) -> _Style:
    return _Style(re.compile(pattern), kind, signs, strict)


_SIGNS: Final = (
    (r"\d{1,2}", "number"),
    (r"[a-z]", "letter"),
    (r"[ivx]{1,4}", "roman"),
    (r"[а-я]", "letter"),
)
_STYLES: Final = (
    *(_style(rf"{_APART}\(({sign})\)\s*{_WORD}", kind, "(") for sign, kind in _SIGNS),
    *(_style(rf"{_APART}({sign})\)\s*{_WORD}", kind, ")") for sign, kind in _SIGNS),
    _style(rf"（(\d{{1,2}})）\s*{_WORD}", "number", "（"),
    _style(rf"[（(]([{HAN_NUMERALS}]{{1,2}})[）)]\s*{_WORD}", "han", "）)"),
    _style(rf"{_APART}(\d{{1,2}})[°º]\s+{_COMPASS}{_WORD}", "number", "°º"),
    _style(rf"(?:(?<=[：；。，])|^)[第其]([{HAN_NUMERALS}]{{1,2}})[，、：,]", "han", "第其"),
    _style(rf"(?:(?<=[：；。])|^)([{HAN_NUMERALS}]{{1,2}})、{_WORD}", "han", "、"),
    _style(rf"([{ROUND}])\s*{_WORD}", "round", "①"),
    _style(rf"{_APART}(\d{{1,2}})\.\s+{_WORD}", "number", ":：", strict=True),
)


@dataclass(frozen=True)
class _List:
    """A list: where each label begins and ends, and where each item."""

    labels: tuple[tuple[int, int], ...]
    items: tuple[tuple[int, int], ...]


def with_enumerations(source: Source, spans: Sequence[Span]) -> list[Span]:
    """Give the spans of a draft with the lists inside its paragraphs; none that would cross another span."""
    found: list[Span] = []
    ordered = in_order(spans)
    starts = [span.start for span in ordered]
    for at, span in enumerate(ordered):
        if span.tag == "p" and _ANY.search(source.text, span.start, span.end):
            found += _listed(source, span, ordered[at + 1 : bisect_left(starts, span.end, at + 1)])
    return [*spans, *found]


def _listed(source: Source, span: Span, inside: Sequence[Span]) -> Iterator[Span]:
    edges = Edges((other.start, other.end) for other in inside if other.end > other.start)
    frames = [other for other in inside if other.tag not in ("q", "quote") and other.end > other.start]
    starts = [other.start for other in frames]
    reach = list(accumulate((other.end for other in frames), max))  # how far the frames up to each one go
    for proposed in _lists(source, span.start, span.end):
        before = bisect_right(starts, proposed[0].start)
        framed = before > 0 and reach[before - 1] >= proposed[0].end
        if not framed and not any(edges.cross(part.start, part.end) for part in proposed):
            yield from proposed


def _lists(source: Source, start: int, end: int, depth: int = 0) -> Iterator[list[Span]]:
    """Give the lists of a stretch of text, each with its items and the lists inside them."""
    if not _ANY.search(source.text, start, end):
        return
    text = source.text[start:end].rstrip()
    chains = [_Chains(text, style, source.language) for style in _STYLES if style.may_be_in(text)]
    at = 0
    while found := [listed for chain in chains if (listed := chain.first(at))]:
        listed = min(found, key=lambda listed: (listed.labels[0], -len(listed.labels)))
        yield list(_spans(source, listed, start, depth))
        at = listed.items[-1][1]


def _spans(source: Source, listed: _List, base: int, depth: int) -> Iterator[Span]:
    first, last = listed.labels[0][0], listed.items[-1][1]
    yield Span(base + first, base + last, "list", (("rend", "inline"),), rule="enumerations.list")
    for label, item in zip(listed.labels, listed.items, strict=True):
        yield Span(base + label[0], base + label[1], "label", rule="enumerations.list")
        yield Span(base + item[0], base + item[1], "item", rule="enumerations.list")
        if depth < _DEEPEST:
            for inner in _lists(source, base + item[0], base + item[1], depth + 1):
                yield from inner


class _Chains:
    """The lists of a text with labels of one style, in their order; each label is looked at once."""

    def __init__(self, text: str, style: _Style, code: str) -> None:
        self.text, self.style, self.code = text, style, code
        self.matches = list(style.pattern.finditer(text))
        self.at = 0
        self.found = self._next(0)

    def first(self, at: int) -> _List | None:
        """Give the first list that begins at or after a place."""
        while self.found and self.found.labels[0][0] < at:
            self.found = self._next(at)
        return self.found

    def _next(self, at: int) -> _List | None:
        """Give the next list; None where there is none, or where a label is out of its order."""
        chain: list[re.Match[str]] = []
        while self.at < len(self.matches):
            match = self.matches[self.at]
            number = ordinal(self.style.kind, match[1])
            if len(chain) > 1 and number == 1:
                break
            self.at += 1
            if match.start() < at:
                continue
            announced = number != 1 or not self.style.strict or _after(_COLON, self.text, match)
            if number == len(chain) + 1 and announced:
                chain.append(match)
            elif chain:
                self.at = len(self.matches)
                return None
        return _checked(self.text, self.style, chain, self.code) if len(chain) > 1 else None


def _checked(text: str, style: _Style, chain: Sequence[re.Match[str]], code: str) -> _List | None:
    """Give the list that a chain of labels makes; None where an item has no words or a label no place of its own."""
    labels = [(match.start(), _before_space(text, match.end())) for match in chain]
    starts = [match.end() for match in chain]
    ends = [_before_space(text, start) for start, _ in labels[1:]]
    items = list(zip(starts, [*ends, len(text)], strict=True))
    if any(not any(map(str.isalpha, text[start : min(end, start + _LED)])) for start, end in items):
        return None
    if len(chain) == 2 and not (_after(_PARTED, text, chain[1]) and _after(_ANNOUNCED, text, chain[0])):
        return None
    if style.strict and not all(_after(_STOPPED, text, match) for match in chain[1:]):
        return None
    if all(len(sentences(text[start:end], code)) < 2 for start, end in items[:-1]):
        start, end = items[-1]  # a sentence at most, like the others; what follows is no part of the list
        said = sentences(text[start : min(end, start + _SENTENCE)], code)
        items[-1] = start, start + said[0][1] if len(said) > 1 else end
    return _List(tuple(labels), tuple(items))


def _before_space(text: str, end: int) -> int:
    """Give the end of what stands before a place, without the white space between."""
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _after(pattern: re.Pattern[str], text: str, match: re.Match[str]) -> bool:
    return bool(pattern.search(text[max(0, match.start() - 20) : match.start()]))
