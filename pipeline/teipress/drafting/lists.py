"""Lists: lines with bullets, or with numbers that count; deeper ones inside (Guidelines 3.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from teipress.drafting.enumerators import HAN_NUMERALS, ROMANS, STEMS, ordinal
from teipress.drafting.headings import matches
from teipress.drafting.lines import Line
from teipress.span import Span

_BULLET: Final = re.compile(r"^(?P<sign>[•‣●○▪■◦·*✓⁃]|-)(?:(?<=[•‣●○▪■◦·✓⁃])\s*|\s+)(?=\S)")
_DASH: Final = re.compile(r"^[—–]\s?(?=\S)")
_SIGN: Final = re.compile(rf"{_BULLET.pattern}|{_DASH.pattern}")
_ENUMERATOR: Final = re.compile(
    r"^(?P<label>\(?(?:(?P<number>\d{1,3})|(?P<letter>[a-zа-я])|(?P<roman>[ivx]{1,5}))(?:-о?е[.,]?|[.)°º]|\)\.)-?|"
    rf"[(（]?(?P<han>[{HAN_NUMERALS}]{{1,3}})[、）)]|[(（]?(?P<stem>[{STEMS}])[、.．)）]|(?P<round>[①-⑳]))\s*(?=\S)"
)
#: The word by which clerks begin each order or bequest; the first may have its own.
_WORDED: Final = re.compile(
    r"(?P<label>(?P<first>imp(?:rimis|\.)|inprimis|in primis|primo)?(?(first)|item)[.,:;]?)\s+(?=\S)",
    re.IGNORECASE,
)
_NO_ITEM: Final = re.compile(r"\d|[.,;:!?…—–]$|[:：]\s|\t| {3,}|[\u3000-\u9fff]")
_DEEPEST: Final = 3
_SENTENCE: Final = 60  # from so many characters on a numbered line with a stop may be a paragraph
_STOPS: Final = (".", "!", "?", "。", "！", "？")


def list_end(lines: Sequence[Line], at: int) -> int:
    """Give the end of the list that begins at a line; the line itself where none does."""
    text = lines[at].text
    if text[0] in "IiPp" and (stop := _worded_end(lines, at)) > at:
        return stop
    if not _is_worded(text) and (_BULLET.match(text) or _ordinal(text)[1]):
        return _end(lines, at, 0)
    return _dashes_end(lines, at) if _DASH.match(text) else _bare_end(lines, at)


def _dashes_end(lines: Sequence[Line], at: int) -> int:
    """Give the end of items after dashes: announced, and parted by semicolons or commas, which speeches are not."""
    if not at or not lines[at - 1].text.endswith((":", "：")):
        return at
    stop = at
    while stop < len(lines) and _DASH.match(lines[stop].text) and (stop == at or lines[stop].gap <= 1):
        stop += 1
    parted = all(line.text.endswith((";", ",", "；", "，")) for line in lines[at : stop - 1])
    return stop if stop - at >= 2 and parted else at


def _worded_end(lines: Sequence[Line], at: int) -> int:
    """Give the end of paragraphs that begin with “Item”, below one with “Imprimis” or without."""
    stop = at
    while (
        stop < len(lines)
        and (match := _WORDED.match(lines[stop].text))
        and not (stop > at and match["first"])
    ):
        stop += 1
    return stop if stop - at >= 2 else at


def _is_worded(text: str) -> bool:
    """Tell whether a line begins with a word, and so with no label."""
    return text[1:2].islower() and text[0].isalpha() and text[0] not in "ivx"


def _bare_end(lines: Sequence[Line], at: int) -> int:
    """Give the end of items that nothing numbers: announced, few words each, and none with a stop."""
    if not at or not lines[at - 1].text.endswith((":", "：", ":—", ":–")) or lines[at - 1].gap < 0:
        return at
    stop = at
    while stop < len(lines) and (stop == at or lines[stop].gap == 0) and _is_bare_item(lines[stop].text):
        stop += 1
    words = sum(len(line.text.split()) for line in lines[at:stop])
    return stop if stop - at >= 4 and words <= 5 * (stop - at) else at


def _is_bare_item(text: str) -> bool:
    return len(text) <= 60 and text[0].isalnum() and not _NO_ITEM.search(text)


def _end(lines: Sequence[Line], at: int, depth: int) -> int:
    if _BULLET.match(lines[at].text):
        return _bullets_end(lines, at, depth)
    return _enumeration_end(lines, at, depth)


def _inner_end(lines: Sequence[Line], first: int, at: int, depth: int) -> int:
    """Give the end of a list that stands deeper than the item above it; `at` where there is none."""
    if depth >= _DEEPEST or at >= len(lines) or lines[at].gap > 1:
        return at
    deeper = lines[at].indent >= lines[first].indent + 2
    return _end(lines, at, depth + 1) if deeper else at


def _bullets_end(lines: Sequence[Line], at: int, depth: int) -> int:
    first = _BULLET.match(lines[at].text)
    assert first is not None
    stop, count = at + 1, 1
    while stop < len(lines):
        inner = _inner_end(lines, at, stop, depth)
        if inner > stop:
            stop = inner
            continue
        match = _BULLET.match(lines[stop].text)
        if not match or match["sign"] != first["sign"] or lines[stop].gap > 1:
            break
        if lines[stop].indent < lines[at].indent - 1 or (depth and lines[stop].indent > lines[at].indent + 1):
            break
        stop, count = stop + 1, count + 1
    announced = at > 0 and lines[at - 1].text.endswith((":", "："))
    return stop if count >= 2 or announced or (depth and stop > at) else at


def _ordinal(text: str, after: str = "") -> tuple[str, int]:
    """Give the kind and the number of a line's enumerator; ("", 0) where it has none.

    A letter that is a Roman numeral, too, is what the one before it was: `i)` after `h)`, `v)` after `iv)`.
    """
    match = _ENUMERATOR.match(text)
    if not match:
        return "", 0
    kind = next(kind for kind, sign in match.groupdict().items() if sign and kind != "label")
    sign = match[kind]
    if kind == "letter" and (after == "roman" or (sign == "i" and after != "letter")) and sign in ROMANS:
        kind = "roman"
    return kind, ordinal(kind, sign)


def _enumeration_end(lines: Sequence[Line], at: int, depth: int) -> int:
    """Give the end of lines that are numbered from one (or `a`) on, each the next of its kind."""
    kind, number = _ordinal(lines[at].text)
    if number != 1:
        return at
    stop, count = at + 1, 1
    while stop < len(lines):
        inner = _inner_end(lines, at, stop, depth)
        if inner > stop:
            stop = inner
            continue
        following, value = _ordinal(lines[stop].text, kind)
        if value != number + 1 or following != kind:
            break
        number, stop, count = value, stop + 1, count + 1
    return stop if count >= 2 and not _are_paragraphs(lines, at, stop) else at


def _are_paragraphs(lines: Sequence[Line], at: int, stop: int) -> bool:
    """Tell whether numbers only count the paragraphs of a text: blank lines between them, and nothing announced."""
    if (at and lines[at - 1].text.endswith((":", "：", ":—", ":–"))) or any(
        line.gap < 1 for line in lines[at + 1 : stop]
    ):
        return False
    return (
        2 * sum(len(line.text) > _SENTENCE and line.text.endswith(_STOPS) for line in lines[at:stop])
        > stop - at
    )


def titled_end(lines: Sequence[Line], at: int) -> int:
    """Give the end of a list whose title is a line: “Agenda:”; the line itself where it is none."""
    if (
        at + 1 >= len(lines)
        or not lines[at].text.endswith((":", "："))
        or not matches("lists", lines[at].text)
    ):
        return at
    return stop if (stop := list_end(lines, at + 1)) > at + 1 else at


def titled(lines: Sequence[Line]) -> Iterator[Span]:
    """Give a list with its title, the first of the lines."""
    first, *spans = listed(lines[1:])
    yield replace(first, start=lines[0].start)
    yield Span(lines[0].start, lines[0].end, "head", rule="blocks.list")
    yield from spans


def listed(lines: Sequence[Line], depth: int = 0) -> Iterator[Span]:
    """Give a list with its items; a deeper list belongs to the item above it."""
    bulleted = bool(_SIGN.match(lines[0].text))
    bare = not bulleted and not _ENUMERATOR.match(lines[0].text)
    bare = bare and not _WORDED.match(lines[0].text)
    rend = "bulleted" if bulleted else "simple" if bare else "numbered"
    yield Span(lines[0].start, lines[-1].end, "list", (("rend", rend),), rule="blocks.list")
    at = 0
    while at < len(lines):
        stop = at + 1
        inner: list[tuple[int, int]] = []
        while stop < len(lines) and (end := _inner_end(lines, 0, stop, depth)) > stop:
            inner.append((stop, end))
            stop = end
        yield from _item(lines[at], lines[stop - 1].end, bulleted)
        for start, end in inner:
            yield from listed(lines[start:end], depth + 1)
        at = stop


def _item(line: Line, end: int, bulleted: bool) -> Iterator[Span]:
    match = _SIGN.match(line.text) if bulleted else _WORDED.match(line.text) or _ENUMERATOR.match(line.text)
    if match is None or bulleted:
        yield Span(line.start, end, "item", rule="blocks.list")
        if match is not None:
            yield Span(line.start, line.start + 1, "metamark", (("function", "bullet"),), rule="blocks.list")
        return
    yield Span(line.start, line.start + match.end("label"), "label", rule="blocks.list")
    yield Span(line.start + match.end(), end, "item", rule="blocks.list")
