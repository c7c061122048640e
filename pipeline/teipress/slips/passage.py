"""A block of text with its words, and what is known of the words of its text and of its language."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from teipress.languages import language

#: A word: letters, with apostrophes and figures inside; a hyphen parts it.
WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ][^\W\d_]+)*")
#: The longest word that may be a slip; what is longer is no word at all.
LONGEST: Final = 60
#: From how many times on a word of a text is a word, whatever a dictionary says.
_TWICE: Final = 2
_LONG_S: Final = 4  # words that have to be read with a long s before any is


class Slip(NamedTuple):
    """The range of a passage that is suspected, what may be meant, what tells so, and how surely."""

    start: int
    end: int
    reading: str
    rule: str
    cert: str


def without_overlaps(slips: Iterable[Slip]) -> Iterator[Slip]:
    """Give slips of which no two share a character, in the order given: the first wins."""
    starts: list[int] = []
    ends: list[int] = []
    for slip in slips:
        at = bisect_right(starts, slip.start)
        if (at == 0 or ends[at - 1] <= slip.start) and (at == len(starts) or slip.end <= starts[at]):
            starts.insert(at, slip.start)
            ends.insert(at, slip.end)
            yield slip


class Word(NamedTuple):
    """A word of a passage and its range."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words that a language has, by a dictionary and its frequencies, and those that a text has."""

    code: str
    dictionary: Mapping[str, int]
    counts: Mapping[str, int]
    names: frozenset[str]
    function_words: frozenset[str]

    def knows(self, word: str) -> bool:
        """Tell whether a word is one: the dictionary has it, or a register, or the text more than once."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._knows(word.casefold())
        return known

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    def _knows(self, folded: str) -> bool:
        return bool(
            folded in self.dictionary
            or folded in self.function_words
            or folded in self.names
            or self.counts.get(folded, 0) >= _TWICE
            or _is_form_of(folded, self.dictionary)
            or self._is_spelt_otherwise(folded)
        )

    def _is_spelt_otherwise(self, word: str) -> bool:
        """Tell whether a word is one of the dictionary's in the spelling of another time or country."""
        changed = word
        for letters, pattern, usual in _variants(self.code):
            if letters not in changed and letters not in word:
                continue
            alone = pattern.sub(usual, word)
            changed = alone if changed == word else pattern.sub(usual, changed)
            if alone in self.dictionary or changed in self.dictionary:
                return True
        return False

    def weight(self, word: str) -> int:
        """Give how often a word is met: in the text, which counts most, and in its language."""
        folded = word.casefold()
        return self.dictionary.get(folded, 0) + 2000 * max(0, self.counts.get(folded, 0) - 1)

    @cached_property
    def has_long_s(self) -> bool:
        """Whether the long s of an old print was read as f throughout: several words are known only with an s."""
        unknown = (word for word in self.counts if "f" in word[:-1] and word not in self.dictionary)
        known = (word for word in unknown if word.replace("f", "s") in self.dictionary)
        return len(list(islice(known, _LONG_S))) == _LONG_S

    @property
    def has_dictionary(self) -> bool:
        """Whether there is a dictionary of the language at all."""
        return bool(self.dictionary)


@dataclass(frozen=True, eq=False)
class Passage:
    """A block's text and the vocabulary of its language in its document."""

    text: str
    vocabulary: Vocabulary

    @cached_property
    def words(self) -> list[Word]:
        """The words in their order."""
        return [Word(match.start(), match.end(), match[0]) for match in WORD.finditer(self.text)]

    @cached_property
    def known(self) -> list[bool]:
        """Whether each of the words is known."""
        return [self.vocabulary.knows(word.text) for word in self.words]

    @cached_property
    def _strange(self) -> list[bool]:
        return [
            not known and word.text[0].islower() for known, word in zip(self.known, self.words, strict=True)
        ]

    def is_foreign(self, number: int) -> bool:
        """Tell whether a word stands among unknown words, as in a quotation in another language or a list of names."""
        unknown = sum(self._strange[max(0, number - 2) : number]) + sum(
            self._strange[number + 1 : number + 3]
        )
        return unknown >= 2 or (unknown == 1 and len(self.words) < 6)


def _is_form_of(word: str, dictionary: Mapping[str, int]) -> bool:
    """Tell whether a word is a known one with an apostrophe's part, or the parts of an apostrophe are known."""
    if "'" not in word and "’" not in word:
        return False
    return all(len(part) <= 2 or part in dictionary for part in re.split("['’ʼ]", word))


@cache
def dictionary(code: str) -> Mapping[str, int]:
    """Give the words of a language in lower case with their frequencies; none where there is no dictionary."""
    path = files("spellchecker") / "resources" / f"{code}.json.gz"
    if not code or not path.is_file():
        return {}
    words: dict[str, int] = json.loads(gzip.decompress(path.read_bytes()))
    return words


def vocabulary(code: str, counts: Mapping[str, int], names: frozenset[str]) -> Vocabulary:
    """Give the vocabulary of a text with these words, in a language by its BCP 47 tag."""
    plain = code.partition("-")[0]
    known = language(plain)
    small = known.function_words if known else frozenset()
    return Vocabulary(plain, dictionary(plain), counts, names, small)


def counted(text: str) -> Counter[str]:
    """Count the words of a text, whatever their case."""
    return Counter(match[0].casefold() for match in WORD.finditer(text))


@cache
def _variants(code: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Give what is written otherwise: letters that the word must have, the pattern, and what is usual."""
    data = tomllib.loads(Path(__file__).with_name("variants.toml").read_text(encoding="utf-8"))
    pairs = data.get(code, {}).get("pairs", ())
    return tuple((_letters_of(pattern), re.compile(pattern), usual) for pattern, usual in pairs)


def _letters_of(pattern: str) -> str:
    """Give the letters that a pattern is made of but for what stands around them; "" for one with alternatives."""
    letters = re.sub(r"\(\?<?[=!][^()]*\)|[$^]", "", pattern)
    return letters if letters.isalpha() else ""


@cache
def confusions() -> dict[str, Any]:
    """Give what looks like what."""
    return tomllib.loads(Path(__file__).with_name("confusions.toml").read_text(encoding="utf-8"))
