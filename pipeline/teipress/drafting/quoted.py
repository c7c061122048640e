"""Words in quotation marks within a paragraph, one inside another, as `q` (Guidelines 3.3.3).

Whether they are someone's, a title's or only held at arm's length the marks do not tell, and `q` does not say. A pair
that would cut a sentence of the text in two is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_CLOSING: Final = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "»": "«",
    "›": "‹",
}
_MARK: Final = re.compile('[“”„«»‹›「」『』‘’‚"]')
_STOP: Final = re.compile(r"[.!?…]+[”’\"»“‘)\]]*\s+(?=[“„«‘(]?[^\Wa-zа-яёà-ÿ_])|[。！？](?![」』”’）)])")
_ENDED: Final = re.compile(r"(?:^|[.!?…。！？][”’\"»“‘」』)\]]*)\s*(?:[—–]\s?)?$")
_LONGEST: Final = 1500
MARKS: Final = _MARK


def quoted(text: str) -> Iterator[tuple[int, int]]:
    """Give the ranges of a paragraph that stand in quotation marks, with the marks; outer ones before inner ones."""
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    reversed_ = _reversed(text)
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        closed = next((i for i in range(len(stack) - 1, -1, -1) if mark in _CLOSING[stack[i][0]]), -1)
        if closed >= 0 and _may_close(text, at, mark):
            opening = stack[closed][1]
            del stack[closed:]
            found.append((opening, at + 1))
        elif mark in _CLOSING and mark not in ("«‹" if reversed_ else "»›") and _may_open(text, at, mark):
            stack.append((mark, at))
    for start, end in sorted(found, key=lambda pair: (pair[0], -pair[1])):
        if 2 < end - start <= _LONGEST and _keeps_sentences(text, start, end):
            yield start, end


def _reversed(text: str) -> bool:
    """Tell whether the angles point inwards, »so«."""
    first = re.search("[«»‹›]", text)
    return bool(first) and first is not None and first[0] in "»›"


def _may_open(text: str, at: int, mark: str) -> bool:
    if mark not in '“‘"':
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (
        (not before or not before.isalnum()) and bool(after) and not after.isspace() and after not in ".,;)"
    )


def _may_close(text: str, at: int, mark: str) -> bool:
    if mark not in '’"“‘':
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not before.isspace() and not after.isalnum()


def _keeps_sentences(text: str, start: int, end: int) -> bool:
    """Tell whether no sentence reaches over one edge of the marks: they hold one, a part of one, or whole ones."""
    if not _STOP.search(text, start + 1, end):
        return True
    ends = re.search(r"[.!?…。！？][”’\"»“‘」』]*$", text[start : end - 1])
    return bool(ends and _ENDED.search(text[:start])) and not text[end : end + 2].strip().islower()
