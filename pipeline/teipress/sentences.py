"""Where sentences begin and end. Nothing is added, and what a language abbreviates ends no sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from teipress.languages import language

_CLOSERS: Final = "\"'”’»)\\]」』）】〉》"
_WIDE: Final = re.compile(f"[。！？!?]+[{_CLOSERS}]*|…+[{_CLOSERS}]*(?=\\s|$)|…{{2,}}[{_CLOSERS}]*")
_STOP: Final = re.compile(
    f"(?:[.!?…]+)(?:\\[\\d+\\])?[{_CLOSERS}]*(?=\\s+[\"'“‘«(\\[„—–-]*(?:[^\\W\\d_a-z]|\\d))"
)
_INITIAL: Final = re.compile(r"(?:^|[\s(\[.])[^\W\d_]$")


@cache
def _abbreviations(code: str) -> frozenset[str]:
    known = language(code)
    return frozenset(known.abbreviations) if known else frozenset()


def sentences(text: str, code: str) -> list[tuple[int, int]]:
    """Give the ranges of the sentences of a passage in the language `code`; white space belongs to none."""
    pattern = _WIDE if code.partition("-")[0] in ("zh", "ja") and "-Latn" not in code else _STOP
    ends = [
        match.end() for match in pattern.finditer(text) if pattern is _WIDE or not _goes_on(text, match, code)
    ]
    ranges: list[tuple[int, int]] = []
    at = 0
    for end in [*ends, len(text)]:
        piece = text[at:end]
        start = at + len(piece) - len(piece.lstrip())
        stop = at + len(piece.rstrip())
        if start < stop:
            ranges.append((start, stop))
        at = end
    return ranges


def _goes_on(text: str, match: re.Match[str], code: str) -> bool:
    """Tell whether a stop ends no sentence: it stands after an initial, a number or an abbreviation."""
    if not match[0].startswith(".") or match[0].startswith(".."):
        return False
    before = text[max(0, match.start() - 24) : match.start()]
    if _INITIAL.search(before):
        return True
    word = re.split(r"[\s(\[]", before)[-1]
    return word.lower() in _abbreviations(code) or (code.startswith("de") and word.isdigit())
