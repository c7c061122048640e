"""Who was there: what minutes say of it above the first item, as a list where each name has a line (Guidelines 3.8).

A name that stands there tells who speaks: “Mrs. Paley: …” is a speech, though she speaks but once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from teipress.drafting.lines import Line
from teipress.drafting.speakers import Label
from teipress.scripts import IDEOGRAPH
from teipress.span import Span

_LABEL: Final = re.compile(r"^(?P<name>[^:：(（\d]{1,40}?)\s?(?P<stop>[:：])\s*(?=\S)")
_FIELD: Final = re.compile(r"[^:：]{1,40}(?P<stop>[:：])\s*(?=\S)")
_FIELDS: Final = 3  # lines with labels that are a list
_NAME: Final = re.compile(r"^[^\W\d_a-zа-яёà-ÿ][^:：]{1,79}$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_MOST: Final = 5  # words before a speaker's colon
_ABOVE: Final = 40  # lines at the beginning in which the list of those present stands

Is = Callable[[str], bool]


def roll_end(lines: Sequence[Line], at: int, end: int, is_present: Is, is_other: Is) -> int:
    """Give the end of a list of names, before `end`, under a line like “Present:”; `at` where there is none.

    `is_present` tells such a line, `is_other` a line that is something else than a name.
    """
    head = lines[at].text
    if not head.endswith((":", "：")) or len(head) > 60 or not is_present(head) or is_other(head):
        return at
    stop = at + 1
    while stop < end and lines[stop].gap <= int(stop == at + 1):
        text = lines[stop].text
        if not _NAME.match(text) or is_present(text) or is_other(text):
            break
        stop += 1
    return stop if stop > at + 2 else at


def roll(lines: Sequence[Line]) -> Iterator[Span]:
    """Give a list of names with its heading, the first of the lines."""
    start, end = lines[0].start, lines[-1].end
    yield Span(start, end, "list", (("type", "attendance"),), rule="attendance.list")
    yield Span(start, lines[0].end, "head", rule="attendance.list")
    for line in lines[1:]:
        yield Span(line.start, line.end, "item", rule="attendance.list")


def fields_end(lines: Sequence[Line], at: int, end: int, is_field: Is) -> int:
    """Give the end of lines with labels (“時間：…”, “Place: …”) that stand under one another; `at` where none do."""
    stop = at
    while stop < end and (stop == at or lines[stop].gap == 0):
        text = lines[stop].text
        if not _FIELD.match(text[:60]) or not is_field(text):
            break
        stop += 1
    return stop if stop >= at + _FIELDS else at


def fields(lines: Sequence[Line]) -> Iterator[Span]:
    """Give lines with labels as a list of them."""
    yield Span(lines[0].start, lines[-1].end, "list", (("type", "gloss"),), rule="attendance.fields")
    for line in lines:
        match = _FIELD.match(line.text[:60])
        assert match is not None
        yield Span(line.start, line.start + match.end("stop"), "label", rule="attendance.fields")
        yield Span(line.start + match.end(), line.end, "item", rule="attendance.fields")


def speaking(lines: Sequence[Line], is_present: Is, is_other: Is) -> dict[int, Label]:
    """Give the lines that begin with the name of somebody who was there, and a colon."""
    present = _present(lines, is_present, is_other)
    known = " ".join(text.partition(":")[2] or text for text in present)
    words = {word for word in _WORD.findall(known) if word[0].isupper()}
    found: dict[int, Label] = {}
    for at, line in enumerate(lines if known else ()):
        match = _LABEL.match(line.text[:60])
        if not match or is_present(line.text) or is_other(line.text):
            continue
        name = match["name"].strip()
        own = _WORD.findall(name)
        if not own or len(own) > _MOST:
            continue
        if own[-1] in words or (IDEOGRAPH.search(name) and len(name) > 1 and name in known):
            found[at] = Label(name, match.end("stop"), match.end("stop"), False)
    return found


def _present(lines: Sequence[Line], is_present: Is, is_other: Is) -> Iterator[str]:
    """Give the lines that say who was there."""
    for at, line in enumerate(lines[:_ABOVE]):
        if is_present(line.text):
            yield line.text
            for below in lines[at + 1 : roll_end(lines, at, len(lines), is_present, is_other)]:
                yield below.text
