"""Editorial marks that the source itself has: brackets and omission marks (Guidelines 3.4, 3.5.3, 12.3).

The bracket stays, in `metamark`; what it means is decided by its content and place. A bracket that fits no
rule stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.registers import Registers
from teipress.span import Span
from teipress.text import Text

#: What the source adds says so by pointing to its `bibl` in the header.
SOURCE: Final = (("source", "#source"),)

_HAN: Final = "[\u3400-\u4dbf\u4e00-\u9fff]"
_BRACKET: Final = re.compile(r"\[(?P<inside>[^\[\]\n]{1,200})\]")
_DOUBT: Final = re.compile(r"^\s*\?+\s*$")
_SIC: Final = re.compile(r"^\s*(?:sic|sic!|!)\s*$", re.IGNORECASE)
_OMISSION: Final = re.compile(r"^\s*(?:\.\s?){2,}$|^\s*…\s*$")
_WORDS: Final = re.compile(r"^[^\W_]", re.UNICODE)


def annotate(text: Text, registers: Registers) -> Iterator[Span]:
    """Propose `supplied`, `unclear`, `choice`, `ellipsis` and `metamark` for the source's own brackets."""
    for match in _BRACKET.finditer(text.reading):
        start, end = match.span()
        inside = match["inside"]
        if _DOUBT.match(inside):
            yield Span(start, end, "unclear", SOURCE, rule="marks.doubt")
            yield Span(start, end, "metamark", (("function", "unclear"),), rule="marks.doubt")
        elif _SIC.match(inside):
            yield Span(start, end, "metamark", (("function", "sic"),), rule="marks.sic")
        elif _OMISSION.match(inside):
            yield Span(start, end, "ellipsis", rule="marks.omission")
            yield Span(start, end, "metamark", (("function", "ellipsis"),), rule="marks.omission")
        elif _corrects(text.reading, match):
            yield Span(start - len(inside), end, "choice", rule="marks.corrected")
            yield Span(start - len(inside), start, "sic", rule="marks.corrected")
            yield from _bracketed(start, end, "corr", "marks.corrected")
        elif _WORDS.match(inside) and not inside.isdigit():
            yield from _bracketed(start, end, "supplied", "marks.supplied")


def _bracketed(start: int, end: int, tag: str, rule: str) -> Iterator[Span]:
    yield Span(start, end, tag, SOURCE, rule=rule)
    function = (("function", tag),)
    yield Span(start, start + 1, "metamark", function, rule=rule)
    yield Span(end - 1, end, "metamark", function, rule=rule)


def _corrects(reading: str, match: re.Match[str]) -> bool:
    """Tell whether a bracket in Chinese text corrects the character before it: as many stand before as in it."""
    inside, start = match["inside"], match.start()
    before = reading[max(0, start - len(inside)) : start]
    return len(inside) == 1 and bool(re.fullmatch(f"{_HAN}{_HAN}", before + inside))
