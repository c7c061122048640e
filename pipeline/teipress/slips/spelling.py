"""Words that are unknown, and that one letter parts from a known one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, TypeAlias

from teipress.slips.passage import LONGEST, Passage, Slip, Vocabulary, Word, confusions, dictionary

_LEAST: Final = 3_000  # how common a word must be that a look-alike may be meant for
_COMMON: Final = 30_000  # and a word that is meant, where nothing but a letter speaks for it
_OFTEN: Final = 4  # from how many times in a text on a word is frequent in it
_LONG: Final = 5  # the shortest word of which a letter may be wrong


#: The first letter of a word, its last, and its length.
_Shape: TypeAlias = tuple[str, str, int]


def find(passage: Passage) -> Iterator[Slip]:
    """Suspect words that nobody knows, where a likelier one looks almost the same."""
    vocabulary = passage.vocabulary
    for number, word in enumerate(passage.words):
        if not word.text.isalpha() or not 3 <= len(word.text) <= LONGEST or passage.known[number]:
            continue
        if word.text[1:].islower() and not _is_cut_off(passage, word) and not passage.is_foreign(number):
            if word.text[0].isupper() and vocabulary.code != "de":
                yield from _name(passage, word)
            else:
                yield from _word(passage, word)


def _is_cut_off(passage: Passage, word: Word) -> bool:
    """Tell whether a word is an abbreviation, or a part of one."""
    beside = passage.text[max(0, word.start - 1) : word.start] + passage.text[word.end : word.end + 1]
    return any(sign in "-‐¬'’[]()<>{}|*_…" for sign in beside) or (
        passage.text[word.end : word.end + 1] == "." and len(word.text) < 7
    )


def _word(passage: Passage, word: Word) -> Iterator[Slip]:
    """Suspect a word by what looks like what, else by one letter in a long word."""
    vocabulary = passage.vocabulary
    # Where every noun has a capital, a name is not told from a word: only the text's own words count.
    found = _likeliest(passage, _alike(word.text, vocabulary.has_long_s), _LEAST, int(word.text[0].isupper()))
    if found and len(word.text) > 3:
        cert = "medium" if vocabulary.counts.get(found.casefold(), 0) else "low"
        yield Slip(word.start, word.end, found, "errors.look-alike", cert)
        return
    if len(word.text) < _LONG:
        return
    beside = list(_beside(vocabulary, word.text))
    frequent = _likeliest(passage, beside, 0, _OFTEN)
    if not frequent and word.text.islower():
        frequent = _likeliest(passage, _turned(word.text), _LEAST)
        if not frequent and len(word.text) > _LONG:
            frequent = _likeliest(passage, beside, _COMMON)
    if frequent:
        yield Slip(word.start, word.end, frequent, "errors.spelling", "low")


def _name(passage: Passage, word: Word) -> Iterator[Slip]:
    """Suspect a name that stands once, where one that is frequent differs in a letter inside."""
    if len(word.text) >= _LONG + 1:
        frequent = _likeliest(passage, _beside(passage.vocabulary, word.text), 0, _OFTEN + 1)
        if frequent:
            yield Slip(word.start, word.end, frequent, "errors.name", "low")


def _likeliest(passage: Passage, candidates: Iterable[str], least: int, often: int = 0) -> str:
    """Give the candidate that is met most: in the language at least so often, or in the text."""
    vocabulary = passage.vocabulary
    best, most = "", least
    for candidate in candidates:
        if often and vocabulary.counts.get(candidate.casefold(), 0) < often:
            continue
        weight = vocabulary.weight(candidate)
        if weight > most and vocabulary.knows(candidate):  # last, for a hundred candidates are asked a word
            best, most = candidate, weight
    return best


def _alike(word: str, long_s: bool) -> Iterator[str]:
    """Give what a word may be misread for: a pair of look-alikes at one place, or a long s in all."""
    pairs = _pairs()
    for at in range(len(word)):
        for size in (1, 2):
            for meant in pairs.get(word[at : at + size], ()) if at + size <= len(word) else ():
                yield word[:at] + meant + word[at + size :]
    if long_s:
        yield word.replace("f", "s")
        yield from (word[:at] + "s" + word[at + 1 :] for at, letter in enumerate(word[:-1]) if letter == "f")


def _beside(vocabulary: Vocabulary, word: str) -> Iterator[str]:
    """Give the frequent words that one letter parts from a word: its beginning and its ending stay."""
    folded = word.casefold()
    for length in range(len(folded) - 1, len(folded) + 2):
        shape = folded[0], folded[-1], length
        for words in (_common(vocabulary.code), _frequent(vocabulary)):
            yield from (word[0] + other[1:] for other in words.get(shape, ()) if _is_beside(folded, other))


def _is_beside(word: str, other: str) -> bool:
    """Tell whether words differ in a letter that is wrong, missing or too much, or in two that are turned."""
    pairs = zip(word, other, strict=False)
    same = next((at for at, (one, two) in enumerate(pairs) if one != two), min(len(word), len(other)))
    rest, others = word[same:], other[same:]
    if len(rest) > 2 and rest[:2] == others[1::-1] and rest[2:] == others[2:]:
        return True
    return word[-2:] == other[-2:] and (rest[1:] in (others, others[1:]) or rest == others[1:])


@cache
def _common(code: str) -> Mapping[_Shape, list[str]]:
    return _by_shape(word for word, weight in dictionary(code).items() if weight > _COMMON)


@lru_cache(maxsize=8)
def _frequent(vocabulary: Vocabulary) -> Mapping[_Shape, list[str]]:
    return _by_shape(word for word, count in vocabulary.counts.items() if count >= _OFTEN)


def _by_shape(words: Iterable[str]) -> Mapping[_Shape, list[str]]:
    """Sort words by their first and last letter and their length."""
    found: dict[_Shape, list[str]] = {}
    for word in filter(str.isalpha, words):
        found.setdefault((word[0], word[-1], len(word)), []).append(word)
    return found


def _turned(word: str) -> Iterator[str]:
    """Give what a word is with two neighbouring letters the other way round."""
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


@cache
def _pairs() -> dict[str, tuple[str, ...]]:
    return {seen: tuple(meant.split()) for seen, meant in confusions()["pairs"].items()}
