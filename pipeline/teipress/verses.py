"""Verses and lines that stand alone: texts of which each line is a unit, whatever sentences it holds.

Scripture is cited by verse, poetry by line, and texts that somebody has prepared line for line are aligned by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import mean
from typing import Final

#: The number before a verse: `3 `, `1:3 `, `[1,3] `, `3. `.
_NUMBERED: Final = re.compile(
    r"\s*[\[(]?(?:(\d{1,3})\s?[:,.]\s?)?(\d{1,3})[\])]?[.:]?\s*(?=[^\W\d_]|[“\"'‘„«「『(])"
)
#: A number that may be a verse's, inside a paragraph: it stands before a word.
_INSIDE: Final = re.compile(r"(?<![\w.,:/-])[\[(]?(\d{1,3})[\])]?(?=\s*[^\W\d_]|\s*[“\"'‘„«「『(])")
_LONGEST: Final = 400  # characters of a verse, on average
_MANY: Final = 12  # lines from which a text may be one of lines
_MOST: Final = 0.9  # of the lines that are numbered in a text of verses
_SOME: Final = 0.7  # of the numbers that follow the one before, since verses may be left out
_STOPS: Final = (".", "!", "?", "…", "。", "！", "？", ";", "·")
_SENTENCES: Final = 1.25  # on average in a line that is a unit of its own


def stand_alone(blocks: Sequence[tuple[str, str, int]]) -> bool:
    """Tell whether each block of a text is a unit: of each its wording, its element's name, its number of sentences.

    That is so for lines of verse, for verses with numbers that rise, and for a text of a sentence a line.
    """
    told = [(words, count) for words, tag, count in blocks if tag != "head"]
    if sum(tag == "l" for _, tag, _ in blocks) * 2 > len(told):
        return True
    if len(told) < _MANY:
        return False
    numbers = [int(match[2]) for words, _ in told if (match := _NUMBERED.match(words))]
    following = sum(b == a + 1 or b == 1 for a, b in pairwise(numbers))
    if len(numbers) >= _MOST * len(told) and following >= _SOME * (len(numbers) - 1):
        return True
    return mean(count for _, count in told) <= _SENTENCES


def within(blocks: Sequence[str]) -> list[list[int]]:
    """Find where verses begin that are numbered inside running paragraphs: places in each block, none where none are.

    The numbers have to rise by one, or begin anew, many times, and hardly a number may be anything else.
    """
    found: list[list[int]] = [[] for _ in blocks]
    counted = told = 0
    following: int | None = None
    for places, words in zip(found, blocks, strict=True):
        for match in _INSIDE.finditer(words):
            told += 1
            value = int(match[1])
            if value == following or (value == 1 and following != 1):
                places.append(match.start())
                counted, following = counted + 1, value + 1
    length = sum(map(len, blocks))
    if counted < _MANY or counted < _MOST * told or length > _LONGEST * counted:
        return [[] for _ in blocks]
    return found


def by_line(text: str) -> bool:
    """Tell whether a text has a unit on every line: numbers that rise, or a sentence that ends there."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < _MANY or "\n\n" in text.strip():
        return False
    numbers = [int(match[2]) for line in lines if (match := _NUMBERED.match(line))]
    following = sum(b == a + 1 or b == 1 for a, b in pairwise(numbers))
    if len(numbers) >= _MOST * len(lines) and following >= _SOME * (len(numbers) - 1):
        return True
    return sum(line.rstrip("\"'”’»)」』").endswith(_STOPS) for line in lines) >= _MOST * len(lines)


def number(words: str) -> str:
    """Give the number that a verse begins with, as evidence that is the same in every language; "" without one."""
    match = _NUMBERED.match(words)
    return f"verse {match[1] or ''}:{match[2]}" if match else ""
