"""Following: what may stand after the figure that a pattern begins with, so that few patterns are tried at a figure.

It is read from the pattern: how many figures there are, and the first sign after them that is no white space.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from teipress.dates.beginnings import choices, past_optional

#: Stand among signs for any letter, any capital, any figure; letters are in their small form.
LETTER: Final = "A"
CAPITAL: Final = "U"
FIGURE: Final = "0"
_CASED: Final = "C"  # a capital where case counts, else any letter
_LETTERS: Final = frozenset({LETTER, _CASED})
_HEAD: Final = re.compile(r"\{(\w+)\}")
_SLOT: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_QUANTIFIER: Final = re.compile(r"([?*]|\{0?,\d*\})[?+]?|(?:\+|\{\d+(?:,\d*)?\})[?+]?")
_GROUP: Final = re.compile(r"\((?:\?P<\w+>|\?:|\?(-)i:)?")
_NUMERIC: Final = re.compile(r"\\d|\{(?![mwsvWf]\})\w+\}")  # what of a pattern may be a figure
_LOOK: Final = re.compile(r"\(\?<?[=!]")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_RANGE: Final = re.compile(r"(\\.|[^\\])-([^\]])|\\.|.", re.DOTALL)
_EMPTY: Final = frozenset("bBAZ")  # escapes that take no character
_ANY: Final = frozenset("wWDS")  # escapes that take nearly any

#: How many figures fill a slot, and with which signs what fills it may go on.
_FILLED: Final[Mapping[str, tuple[frozenset[int], str]]] = {
    **dict.fromkeys("dnc", (frozenset({1, 2}), "")),
    **dict.fromkeys(("k", "bc"), (frozenset({1, 2, 3, 4}), "")),
    "count": (frozenset({1, 2, 3}), ""),
    "y": (frozenset({4}), "/–-?"),
    "k4": (frozenset({4}), ""),
}


@dataclass(frozen=True)
class Following:
    """How many figures a pattern begins with, and which signs may stand after them (None: any)."""

    sizes: frozenset[int]
    signs: frozenset[str] | None

    def allows(self, size: int, sign: str) -> bool:
        """Tell whether so many figures with a sign after them can begin a match; no sign is the end of a text."""
        if size not in self.sizes:
            return False
        if self.signs is None or sign.lower() in self.signs:
            return True
        return sign.isalpha() and (
            not _LETTERS.isdisjoint(self.signs) or (CAPITAL in self.signs and sign.isupper())
        )


class Followings:
    """Reads the patterns of one grammar; `suffixes` are the patterns of what is written together with a slot."""

    def __init__(self, slots: Mapping[str, str], suffixes: Mapping[str, str]) -> None:
        self.slots, self.suffixes = slots, suffixes
        self._known: dict[str, tuple[frozenset[str] | None, bool]] = {}

    def of(self, pattern: str) -> Following | None:
        """Give what stands after the figure that fills a pattern's first slot; None where that cannot be told."""
        sizes: frozenset[int] = frozenset()
        signs: frozenset[str] | None = frozenset()
        for choice in choices(pattern):
            rest = past_optional(choice)
            head = _HEAD.match(rest)
            if _NUMERIC.search(choice[: len(choice) - len(rest)]):
                return None
            if head is None or head[1] not in _FILLED:
                found, empty = self._first(rest)
                if found is None or empty or FIGURE in found:
                    return None
                continue  # no figure begins it
            more, goes_on = _FILLED[head[1]]
            found, empty = self._first(f"(?:{self.suffixes.get(head[1], '')})?{rest[head.end() :]}")
            sizes |= more
            signs = None if signs is None or found is None or empty else signs | found | {*goes_on}
        return Following(sizes, signs)

    def _first(self, pattern: str) -> tuple[frozenset[str] | None, bool]:
        """Give the signs that a pattern can begin with (None: any), and whether it may be empty."""
        if pattern not in self._known:
            signs: set[str] = set()
            empty = False
            for choice in choices(pattern):
                found, passed = self._of_one(choice)
                if found is None:
                    self._known[pattern] = None, False
                    break
                signs |= found
                empty |= passed
            else:
                self._known[pattern] = frozenset(signs), empty
        return self._known[pattern]

    def _of_one(self, pattern: str) -> tuple[frozenset[str] | None, bool]:
        signs: set[str] = set()
        at = 0
        while at < len(pattern):
            found, empty, at = self._element(pattern, at)
            if found is None:
                return None, False
            signs |= found
            many = _QUANTIFIER.match(pattern, at)
            at = many.end() if many else at
            if not empty and not (many and many[1]):
                return frozenset(signs), False
        return frozenset(signs), True

    def _element(self, pattern: str, at: int) -> tuple[frozenset[str] | None, bool, int]:
        """Give the same of the element at a place, and where it ends."""
        sign = pattern[at]
        if sign == "(":
            end = _closing(pattern, at)
            if _LOOK.match(pattern, at):
                return frozenset(), True, end
            opened = _GROUP.match(pattern, at)
            inner = pattern[opened.end() if opened else at + 1 : end - 1]
            found, empty = self._first(inner)
            if found and opened and opened[1] and _CASED in found:
                found = found - {_CASED} | {CAPITAL}
            return found, empty, end
        if slot := _SLOT.match(pattern, at):
            filled = self.slots.get(slot[1])
            return (*(self._first(filled) if filled is not None else (None, False)), slot.end())
        if sign == "[" and (of := _CLASS.match(pattern, at)):
            return (*_of_class(of[0]), of.end())
        if sign == "\\":
            return _escaped(pattern, at)
        if sign in " ^$":
            return frozenset(), True, at + 1
        return (None if sign == "." else frozenset(FIGURE if sign.isdigit() else sign.lower())), False, at + 1


def _escaped(pattern: str, at: int) -> tuple[frozenset[str] | None, bool, int]:
    letter = pattern[at + 1]
    if letter == "x":
        return frozenset(chr(int(pattern[at + 2 : at + 4], 16))), False, at + 4
    if letter in _EMPTY or letter == "s":
        return frozenset(), True, at + 2
    found = None if letter in _ANY else frozenset(FIGURE if letter == "d" else letter)
    return found, False, at + 2


def _of_class(text: str) -> tuple[frozenset[str] | None, bool]:
    """Give the signs of a class of characters, and whether white space is among them."""
    if text[1] == "^":
        return None, False
    found: set[str] = set()
    spaced = False
    for match in _RANGE.finditer(text[1:-1]):
        if match[1]:
            capital = match[1].isupper() and match[2].isupper()
            found.add(FIGURE if match[1].isdigit() else _CASED if capital else LETTER)
        elif match[0] in (r"\s", " "):
            spaced = True
        elif match[0] in (r"\w", r"\W", r"\D", r"\S"):
            return None, False
        else:
            found.add(FIGURE if match[0] == r"\d" or match[0].isdigit() else match[0].lstrip("\\").lower())
    return frozenset(found), spaced


def _closing(pattern: str, at: int) -> int:
    """Give the place after the bracket that closes the one at a place."""
    depth = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            of = _CLASS.match(pattern, at)
            at = of.end() - 1 if of else at
        elif pattern[at] in "()":
            depth += 1 if pattern[at] == "(" else -1
            if not depth:
                return at + 1
        at += 1
    raise ValueError(f"a bracket is not closed: {pattern}")
