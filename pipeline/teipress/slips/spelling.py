"""Words that are unknown, and that one letter parts from a known one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from teipress.slips.passage import LONGEST, Passage, Slip, Word, confusions

_LEAST: Final = 3_000  # how common a word must be that a look-alike may be meant for
_COMMON: Final = 30_000  # and a word that is meant, where nothing but a letter speaks for it
_OFTEN: Final = 4  # from how many times in a text on a word is frequent in it
_LONG: Final = 5  # the shortest word of which a letter may be wrong


def find(passage: Passage) -> Iterator[Slip]:
    """Suspect words that nobody knows, where a likelier one looks almost the same."""
    vocabulary = passage.vocabulary
    for number, word in enumerate(passage.words):
        if not word.text.isalpha() or not 3 <= len(word.text) <= LONGEST or passage.known(number):
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
    frequent = _likeliest(passage, _edited(word.text), 0, _OFTEN)
    if not frequent and word.text.islower():
        frequent = _likeliest(passage, _turned(word.text), _LEAST)
        if not frequent and len(word.text) > _LONG:
            frequent = _likeliest(passage, _edited(word.text), _COMMON)
    if frequent:
        yield Slip(word.start, word.end, frequent, "errors.spelling", "low")


def _name(passage: Passage, word: Word) -> Iterator[Slip]:
    """Suspect a name that stands once, where one that is frequent differs in a letter inside."""
    if len(word.text) >= _LONG + 1:
        frequent = _likeliest(passage, _edited(word.text), 0, _OFTEN + 1)
        if frequent:
            yield Slip(word.start, word.end, frequent, "errors.name", "low")


def _likeliest(passage: Passage, candidates: Iterator[str], least: int, often: int = 0) -> str:
    """Give the candidate that is met most: in the language at least so often, or in the text."""
    vocabulary = passage.vocabulary
    best, most = "", 0
    for candidate in candidates:
        weight = vocabulary.weight(candidate)
        if weight <= max(most, least) or vocabulary.counts.get(candidate.casefold(), 0) < often:
            continue
        if vocabulary.knows(candidate):  # last, for it is asked of a hundred candidates a word
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


def _edited(word: str) -> Iterator[str]:
    """Give what differs from a word in one letter inside it: its beginning and its ending stay."""
    inside = range(1, len(word) - 2)
    for at in inside:
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for letter in _letters(word):
            yield word[:at] + letter + word[at:]
            if letter != word[at]:
                yield word[:at] + letter + word[at + 1 :]


def _turned(word: str) -> Iterator[str]:
    """Give what a word is with two neighbouring letters the other way round."""
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _letters(word: str) -> str:
    return "абвгдежзийклмнопрстуфхцчшщъыьэюя" if word[1:2] >= "\u0400" else "abcdefghijklmnopqrstuvwxyzäöüéèß"


@cache
def _pairs() -> dict[str, tuple[str, ...]]:
    return {seen: tuple(meant.split()) for seen, meant in confusions()["pairs"].items()}
