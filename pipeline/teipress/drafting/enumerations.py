"""Lists that run on within a paragraph: “(1) …; (2) …; (3) …”, “a) … b) …”, “1° … 2° …”, “第一，…第二，…”.

They are lists like those with a line for each item (Guidelines 3.8), with a `label` and an `item` each, inside the
paragraph (`rend="inline"`). A number in the text is a label only where the next ones follow it, from the first on and
without a gap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from teipress.drafting.edges import Edges
from teipress.sentences import sentences
from teipress.source import Source
from teipress.span import Span

_HAN: Final = "一二三四五六七八九十"
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROUND: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"

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
_ANY: Final = re.compile(r"[1aаi一][)）.]|1[°º]\s|第一|其一|①|一、")
_DEEPEST: Final = 2


@dataclass(frozen=True)
class _Style:
    """A way of writing labels: its pattern, the number of a label, how strictly the places are looked at."""

    pattern: re.Pattern[str]
    number: Callable[[str], int]
    strict: bool = False  # a number with a stop: the first after a colon, the others after a stop


def _style(pattern: str, number: Callable[[str], int], strict: bool = False) -> _Style:
    return _Style(re.compile(pattern), number, strict)


def _place(signs: Sequence[str]) -> Callable[[str], int]:
    return lambda sign: signs.index(sign) + 1 if sign in signs else 0


def _of_han(sign: str) -> int:
    sign = sign.lstrip("第其")
    if len(sign) == 1:
        return _HAN.index(sign) + 1
    return 10 + _HAN.index(sign[1]) + 1 if sign[0] == "十" else 0


_SIGNS: Final[Sequence[tuple[str, Callable[[str], int]]]] = (
    (r"\d{1,2}", int),
    (r"[a-z]", _place(_LATIN)),
    (r"[ivx]{1,4}", _place(_ROMAN)),
    (r"[а-я]", _place(_CYRILLIC)),
)
_STYLES: Final = (
    *(_style(rf"{_APART}\(({sign})\)\s*{_WORD}", number) for sign, number in _SIGNS),
    *(_style(rf"{_APART}({sign})\)\s*{_WORD}", number) for sign, number in _SIGNS),
    _style(rf"（(\d{{1,2}})）\s*{_WORD}", int),
    _style(rf"[（(]([{_HAN}]{{1,2}})[）)]\s*{_WORD}", _of_han),
    _style(rf"{_APART}(\d{{1,2}})[°º]\s+{_COMPASS}{_WORD}", int),
    _style(rf"(?:(?<=[：；。，])|^)([第其][{_HAN}]{{1,2}})[，、：,]", _of_han),
    _style(rf"(?:(?<=[：；。])|^)([{_HAN}]{{1,2}})、{_WORD}", _of_han),
    _style(rf"([{_ROUND}])\s*{_WORD}", _place(_ROUND)),
    _style(rf"{_APART}(\d{{1,2}})\.\s+{_WORD}", int, strict=True),
)


@dataclass(frozen=True)
class _List:
    """A list: where each label begins and ends, and where each item."""

    style: _Style
    labels: tuple[tuple[int, int], ...]
    items: tuple[tuple[int, int], ...]


def with_enumerations(source: Source, spans: Sequence[Span]) -> list[Span]:
    """Give the spans of a draft with the lists inside its paragraphs; none that would cross another span."""
    found: list[Span] = []
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    starts = [span.start for span in ordered]
    for at, span in enumerate(ordered):
        if span.tag == "p" and _ANY.search(source.text, span.start, span.end):
            found += _listed(source, span, ordered[at + 1 : bisect_left(starts, span.end, at + 1)])
    return [*spans, *found]


def _listed(source: Source, span: Span, inside: Sequence[Span]) -> Iterator[Span]:
    edges = Edges((other.start, other.end) for other in inside if other.end > other.start)
    frames = [other for other in inside if other.tag not in ("q", "quote") and other.end > other.start]
    for proposed in _lists(source, span.start, span.end):
        start, end = proposed[0].start, proposed[0].end
        framed = any(other.start <= start and end <= other.end for other in frames)
        if not framed and not any(edges.cross(part.start, part.end) for part in proposed):
            yield from proposed


def _lists(source: Source, start: int, end: int, depth: int = 0) -> Iterator[list[Span]]:
    """Give the lists of a stretch of text, each with its items and the lists inside them."""
    text, at = source.text[start:end], 0
    while at < len(text) and (listed := _first(text[at:], source.language)):
        yield list(_spans(source, listed, start + at, depth))
        at += listed.items[-1][1]


def _spans(source: Source, listed: _List, base: int, depth: int) -> Iterator[Span]:
    first, last = listed.labels[0][0], listed.items[-1][1]
    yield Span(base + first, base + last, "list", (("rend", "inline"),), rule="enumerations.list")
    for label, item in zip(listed.labels, listed.items, strict=True):
        yield Span(base + label[0], base + label[1], "label", rule="enumerations.list")
        yield Span(base + item[0], base + item[1], "item", rule="enumerations.list")
        if depth < _DEEPEST:
            for inner in _lists(source, base + item[0], base + item[1], depth + 1):
                yield from inner


def _first(text: str, code: str) -> _List | None:
    """Give the list that begins first; of two that begin at one place the longer."""
    if not _ANY.search(text):
        return None
    found = [listed for style in _STYLES if (listed := _of_style(text, style, code))]
    return min(found, key=lambda listed: (listed.labels[0], -len(listed.labels)), default=None)


def _of_style(text: str, style: _Style, code: str) -> _List | None:
    """Give the first list with labels of one style; None where a label is out of its order."""
    chain: list[re.Match[str]] = []
    for match in style.pattern.finditer(text):
        number = style.number(match[1])
        if number == len(chain) + 1 and not (
            number == 1 and style.strict and not _after(_COLON, text, match)
        ):
            chain.append(match)
        elif chain and number == 1 and len(chain) > 1:
            break
        elif chain:
            return None
    return _checked(text, style, chain, code) if len(chain) > 1 else None


def _checked(text: str, style: _Style, chain: Sequence[re.Match[str]], code: str) -> _List | None:
    labels = [(match.start(), len(match[0].rstrip()) + match.start()) for match in chain]
    starts = [_skipped(text, end) for _, end in labels]
    ends = [len(text[: following[0]].rstrip()) for following in labels[1:]]
    items = list(zip(starts, [*ends, len(text.rstrip())], strict=True))
    if any(not any(map(str.isalpha, text[start:end])) for start, end in items):
        return None
    if all(len(sentences(text[start:end], code)) < 2 for start, end in items[:-1]):
        start, end = items[-1]  # a sentence at most, like the others; what follows is no part of the list
        items[-1] = start, start + sentences(text[start:end], code)[0][1]
    if len(chain) == 2 and not (_after(_PARTED, text, chain[1]) and _after(_ANNOUNCED, text, chain[0])):
        return None
    if style.strict and not all(_after(_STOPPED, text, match) for match in chain[1:]):
        return None
    return _List(style, tuple(labels), tuple(items))


def _skipped(text: str, at: int) -> int:
    """Give the place of the first character of an item after the end of its label."""
    return at + len(text[at:]) - len(text[at:].lstrip())


def _after(pattern: re.Pattern[str], text: str, match: re.Match[str]) -> bool:
    return bool(pattern.search(text[max(0, match.start() - 20) : match.start()]))
