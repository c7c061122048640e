"""Beginnings: with which words the patterns of a grammar can begin, so that most words of a text are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

ARTICLES: Final = frozenset(["the", "le", "den", "dem", "d", "il", "el"])
FIGURE: Final = "0"  # stands for a word that is written in figures, or like them
_LETTER: Final = r"[^\W\d_]"
_ELEMENT: Final = re.compile(rf"(?:\(\?:({_LETTER}+(?:\|{_LETTER}*)*)\)|\[({_LETTER}+)\]|({_LETTER}))(\??)")
_WORD: Final = re.compile(rf"(?:(?:\(\?:{_LETTER}+(?:\|{_LETTER}*)*\)|\[{_LETTER}+\]|{_LETTER})\??)+")
_HYPHENED: Final = re.compile(rf"{_WORD.pattern}(?:-\?{_WORD.pattern})*")
_SLOT: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_NAMED: Final = re.compile(r"\(\?P<\w+>")
_NO_WORDS: Final = re.compile(r"\\[wWbd]|\\x27|\(\?(?:-i:|[!=]|<[!=])")
_LOOKS: Final = re.compile(r"\(\?(?:[!=]|<[!=])[^()]*\)")
_OPTIONAL: Final = re.compile(r"\(\?:((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)\?")
_GROUP: Final = re.compile(r"\((?:\?:|\?P<\w+>)([^()\[\]]+)\)(?=[ .,]|\(\?:[ ,]|\Z)")
_FIGURES: Final = re.compile(r"\(\?P<\w+>(?:\[[\d-]+\]|\\?\d|\\d)[^()|]*\)")
_BEFORE_NEEDED: Final = re.compile(r"(?:^|(?<!\\)[ ./-])\Z")
_ENDLESS: Final = re.compile(r"\{y\}|[*+]|\{\d")
_ENDED: Final = re.compile(
    r" |$|\\\.|,|\(\?:[ ,]|\[[’' ]|\[’\\x27|\(\?!|\\b"
)  # what comes after a whole word
_HEAD: Final = re.compile(r"(?:\(\?-i:|\(\?P<\w+>|\(\?:|\()*(?:\{(\w+)\})")


@lru_cache(maxsize=16384)
def words(pattern: str) -> frozenset[str]:
    """Give the words of a pattern, in small letters, without those that its slots stand for."""
    found: set[str] = set()
    for form in {pattern, pattern.replace("-?", "")}:
        bare = _SLOT.sub(" 0 ", _NO_WORDS.sub(" (", _NAMED.sub("(?:", form)))
        found |= {word.lower() for token in _WORD.findall(bare) for word in _expanded(token)}
    return frozenset(found)


@dataclass(frozen=True)
class Begins:
    """The words that a pattern can begin with, `FIGURE` among them: those that it needs, and those that it may have.

    After one that it only may have comes another of either.
    """

    needed: frozenset[str]
    optional: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Give both together."""
        return self.needed | self.optional


def beginnings(pattern: str, slots: Mapping[str, frozenset[str]]) -> Begins:
    """Give at least the words that a pattern can begin with; `slots` says those of a slot.

    Optional groups at its beginning are passed over with their words; then the first slot decides. Where none
    comes first, every word of the pattern counts, and what its slots stand for.
    """
    needed: set[str] = set()
    passed: set[str] = set()
    for choice in choices(pattern):
        rest = choice
        while rest:
            if optional := _OPTIONAL.match(rest):
                inner = beginnings(optional[1], slots).all
                later = {word for name in _SLOT.findall(optional[1]) for word in slots.get(name, ())}
                passed |= inner | words(optional[1]) | later
                rest = rest[optional.end() :]
            elif rest.startswith("{W}"):
                passed |= slots["w"] | ARTICLES
                rest = rest[3:]
            else:
                break
        head = _HEAD.match(rest)
        if head and head[1] in slots:
            needed |= slots[head[1]]
        else:
            needed |= words(rest)
            needed |= {word for name in _SLOT.findall(rest) for word in slots.get(name, ())}
            needed |= {FIGURE} if re.search(r"\d", rest.replace("\\d", "0").replace("\\x27", "")) else set()
    return Begins(frozenset(needed), frozenset(passed) - needed)


def heads(pattern: str, slots: Mapping[str, frozenset[str]]) -> Begins:
    """Give the words that a pattern can begin with, as `beginnings`, but of a group or a word only itself.

    `beginnings` is what a language's dates are made of; this says which patterns are worth trying at a place.
    """
    needed: set[str] = set()
    passed: set[str] = set()
    for choice in choices(pattern):
        rest, own = choice, beginnings(choice, slots)
        while optional := _OPTIONAL.match(rest):
            later = {word for name in _SLOT.findall(optional[1]) for word in slots.get(name, ())}
            passed |= words(optional[1]) | later
            rest = rest[optional.end() :]
        first = None if rest.startswith("{W}") else _first(rest, slots)
        needed |= own.needed if first is None else first
        passed |= own.optional
    return Begins(frozenset(needed), frozenset(passed) - needed)


def _first(rest: str, slots: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """Give the words of the group or the word that comes first; None where it cannot be told apart."""
    if _FIGURES.match(rest):
        return frozenset({FIGURE})
    if group := _GROUP.match(rest):
        inner = heads(group[1], slots)
        return inner.needed if inner.needed and not inner.optional else None
    word = _HYPHENED.match(rest)
    return words(word[0]) if word and _ENDED.match(rest, word.end()) else None


def needed(pattern: str, slots: Iterable[str]) -> frozenset[str]:
    """Give those of some slots that every match of a pattern fills, soon after its beginning.

    Only those count that stand in no group, after a space or a sign, so that what fills them begins a word.
    """
    every = [
        {name for name in slots if any(_is_needed(choice, at) for at in _places(choice, name))}
        for choice in choices(pattern)
    ]
    return frozenset(set.intersection(*every))


def _places(pattern: str, slot: str) -> Iterable[int]:
    return (match.start() for match in re.finditer(rf"\{{{slot}\}}(?![?*{{])", pattern))


def _is_needed(pattern: str, at: int) -> bool:
    before = pattern[:at]
    in_group = before.count("(") != before.count(")") or "[" in before.rpartition("]")[2]
    return not in_group and not _ENDLESS.search(before) and bool(_BEFORE_NEEDED.search(before))


def single_words(pattern: str) -> frozenset[str]:
    """Give the words that are a whole match of a pattern by themselves."""
    found: set[str] = set()
    for choice in choices(_LOOKS.sub("", pattern.replace("-?", ""))):
        bare = choice
        while optional := _OPTIONAL.search(bare):
            bare = bare[: optional.start()] + bare[optional.end() :]
        inner = re.fullmatch(r"\((?:\?:|\?P<\w+>)(.*)\)", bare)
        if inner and _is_balanced(inner[1]):
            found |= single_words(inner[1])
        elif "{" not in bare and " " not in bare.strip():
            found |= words(bare)
    return frozenset(found)


def _is_balanced(pattern: str) -> bool:
    """Tell whether no bracket closes in a pattern that it does not open."""
    depth = 0
    for sign in pattern:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return True


def past_optional(pattern: str) -> str:
    """Give a pattern without the groups at its beginning that may be missing."""
    while optional := _OPTIONAL.match(pattern):
        pattern = pattern[optional.end() :]
    return past_optional(pattern[3:]) if pattern.startswith("{W}") else pattern


@lru_cache(maxsize=16384)
def choices(pattern: str) -> tuple[str, ...]:
    """Divide a pattern at the strokes that stand in no group."""
    parts, depth, begun, at = [], 0, 0, 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            at = pattern.index("]", at + 1)
        elif pattern[at] in "()":
            depth += 1 if pattern[at] == "(" else -1
        elif pattern[at] == "|" and not depth:
            parts.append(pattern[begun:at])
            begun = at + 1
        at += 1
    return (*parts, pattern[begun:])


def _expanded(pattern: str) -> Iterable[str]:
    """Give the words that a simple pattern stands for: `Пасх[аи]`, `diese(?:r|s)?`, `Anfangs?`."""
    choices = []
    for group, letters, letter, optional in _ELEMENT.findall(pattern):
        options = group.split("|") if group else list(letters or letter)
        choices.append([*options, ""] if optional else options)
    return ("".join(parts) for parts in product(*choices))
