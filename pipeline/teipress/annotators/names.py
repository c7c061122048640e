"""Names of the register: the longest exact form wins, at word borders, and only where one entry bears it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import ahocorasick

from teipress.names.proposals import propose
from teipress.names.recognisers import recognise
from teipress.registers import NAMED_BY, Entry, Registers
from teipress.span import Span
from teipress.text import Text

_INITIALS: Final = re.compile(r"(?:\b[A-ZÀ-ÞА-Я][a-zа-я]?\.[ -]?){1,3}\s?$")
#: Scripts that write without spaces: a name may begin and end anywhere.
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


def annotate(text: Text, registers: Registers) -> Iterator[Span]:
    """Propose `persName`, `placeName` and `orgName` with `@ref` for the forms that the registers have.

    A form that several entries bear is ambiguous and is not proposed; neither is a surname that initials
    stand before which the form does not have: they may be another bearer's.
    """
    settled = list(_registered(text, registers))
    yield from settled
    for mention in propose(text, recognise(text)):
        if not any(span.overlaps(mention.start, mention.end) for span in settled):
            yield Span(mention.start, mention.end, NAMED_BY[mention.kind], rule=mention.rule, cert="low")


def _registered(text: Text, registers: Registers) -> Iterator[Span]:
    forms = registers.by_form()
    if not forms:
        return
    taken = 0
    for start, end in sorted(_matches(text.reading, forms), key=lambda range_: (range_[0], -range_[1])):
        entries = forms[text.reading[start:end]]
        if start < taken:
            continue
        taken = end
        if len(entries) == 1 and not _vetoed(text.reading, start, entries[0]):
            yield _span(start, end, text.reading[start:end], entries[0])


def _span(start: int, end: int, form: str, entry: Entry) -> Span:
    return Span(start, end, entry.tag, (("ref", entry.ref),), rule=f"names.register: {form}", cert="high")


def _matches(reading: str, forms: dict[str, list[Entry]]) -> Iterator[tuple[int, int]]:
    automaton = ahocorasick.Automaton()
    for form in forms:
        automaton.add_word(form, len(form))
    automaton.make_automaton()
    for last, length in automaton.iter(reading):
        start, end = last + 1 - length, last + 1
        if _is_border(reading, start) and _is_border(reading, end):
            yield start, end


def _is_border(reading: str, at: int) -> bool:
    """Tell whether a word may begin or end at `at`."""
    if at <= 0 or at >= len(reading):
        return True
    before, after = reading[at - 1], reading[at]
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return True
    return not (before.isalnum() and after.isalnum()) and not (before.isalpha() and after == "-")


def _vetoed(reading: str, start: int, entry: Entry) -> bool:
    """Tell whether initials before a match speak for another bearer of the name."""
    return entry.kind == "person" and bool(_INITIALS.search(reading, max(0, start - 12), start))
