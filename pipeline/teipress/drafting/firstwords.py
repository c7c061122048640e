"""What the first words of a line say of a date in it, so that few lines have to be read for one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from teipress.dates import find
from teipress.dates.grammar import grammar

_TOKEN: Final = re.compile(r"[^\W\d_]+|[\d'’`]")
_NUMERAL: Final = re.compile(r"[IVXLCDMivxlcdm]+(?:e|ᵉ|è?me)?")
#: What an hour before a day may begin with besides a figure.
_NOON: Final = frozenset(
    ["noon", "mittags", "midi", "полдень", "midnight", "mitternacht", "minuit", "полночь"]
)
#: A day that is written out in the plainest form; every month has so many days, and no calendar lacks them.
_PLAIN: Final = re.compile(
    r"(?:(?:[1-9]|1\d|2[0-8])(?P<stop>\.?) (?P<month>[^\W\d_]{3,})|(?P<first>[^\W\d_]{3,}) (?:[1-9]|1\d|2[0-8]),)"
    r" 1[6-9]\d\d[.,:]?"
)


def may_begin_with_date(text: str, code: str, within: int) -> bool:
    """Tell whether a date may begin in the first characters of a text, up to `within`."""
    known = grammar(code)
    if known is None or known.words.triggers:
        return True
    waits = False  # whether the word before is one that begins a date only with another of its words after it
    for match in _TOKEN.finditer(text):
        if match.start() > within and not waits:
            return False
        word = match[0].lower()
        if not word.isalpha() or word in _NOON or _NUMERAL.fullmatch(match[0]):
            return True
        if waits and word in known.words.relevant:
            return True
        if match.start() > within:
            return False
        waits = word in known.words.starts
        if waits and (word not in known.words.weak or word in known.words.loose):
            return True
    return False


def is_plain_date(text: str, code: str) -> bool:
    """Tell whether a text is a day in its plainest form and no more: `3 May 1891.`"""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return False
    sample = f"{match['first']} 3, 1891" if match["first"] else f"3{match['stop']} {match['month']} 1891"
    return _is_date(sample, code)


@lru_cache(maxsize=256)
def _is_date(sample: str, code: str) -> bool:
    found = find(sample, code)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(sample))
