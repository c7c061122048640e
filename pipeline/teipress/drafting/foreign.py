"""Passages in another language than the text's: by script, and by their commonest words where the script is the same.

Few words are no evidence. What is not sure stays without a mark (Guidelines 3.3.2.1, `xml:lang`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from teipress.languages import codes, identify, language
from teipress.languages.identifier import agrees, passage
from teipress.scripts import KANA, SCRIPTS

_SAMPLE: Final = 400  # characters of a block that are looked at
_EIGHTH: Final = 8  # one word in so many that is of the text's own commonest tells that the block is
_FEWEST_COMMON: Final = 3  # commonest words of another language that tell it
_FEWEST: Final = 6  # words that tell a language
_MANY: Final = 10  # words of a block whose letters tell a language
_OF: Final = {
    "ru": "Cyrl",
    "uk": "Cyrl",
    "bg": "Cyrl",
    "sr": "Cyrl",
    "el": "Grek",
    "grc": "Grek",
    "he": "Hebr",
    "ar": "Arab",
}
_RUN: Final = re.compile(
    "|".join(
        rf"(?P<{script}>[{letters}](?:[{letters}\u0300-\u036f]|[\s·・’'\-.,，。、：；]{{1,2}}(?=[{letters}]))*)"
        for script, letters in SCRIPTS.items()
    )
)
_BRACKETED: Final = re.compile(r"\(([^()\n]{14,300})\)")
_SLANTED: Final = re.compile(r"(?<![\w*_])[*_]([^*_\n]{14,300})[*_](?![\w*_])")
_STOP: Final = ". "
_SENTENCE: Final = re.compile(r"[.!?] (?=([A-ZÀ-Þ][^.!?\n]{40,600}[.!?])(?:\s|$))")  # after another
OTHER: Final = re.compile("[" + "".join(SCRIPTS.values()) + "]")
_POLYTONIC: Final = re.compile("[\u1f00-\u1fff]")
_UKRAINIAN: Final = re.compile("[іїєґІЇЄҐ]")
_SERBIAN: Final = re.compile("[ђћљњџјЂЋЉЊЏЈ]")
_PLAIN_HAN: Final = re.compile(f"[{KANA}]")


@cache
def script_of(code: str) -> str:
    """Give the script that a language is written in, of those with runs of their own; "Latn" for the others."""
    base = code.partition("-")[0]
    return "Hani" if base in ("zh", "ja") else "Hang" if base == "ko" else _OF.get(base, "Latn")


def runs(text: str, code: str) -> Iterator[tuple[int, int, str]]:
    """Give the passages of a text in another script than its language's, each with its language."""
    own = script_of(code)
    if own == "Latn" and not OTHER.search(text):
        return
    for match in _RUN.finditer(text):
        script = match.lastgroup or ""
        if script != own and (told := _of_script(match[0], script)):
            yield match.start(), match.end(), told


def set_apart(text: str, code: str) -> Iterator[tuple[int, int, str]]:
    """Give the passages of another language that brackets, slanting or a sentence's ends set apart in a text."""
    if script_of(code) != "Latn":
        return
    marked = _BRACKETED.finditer(text) if "(" in text else ()
    slanted = _SLANTED.finditer(text) if "*" in text or "_" in text else ()
    for match in (*marked, *slanted):
        if found := told(match[1], code, marked=True):
            yield *match.span(1), found
    for match in _SENTENCE.finditer(_STOP + text):
        if found := told(match[1], code):
            yield match.start(1) - len(_STOP), match.end(1) - len(_STOP), found


def _of_script(text: str, script: str) -> str:
    """Name the language of words in a script; "" where the script alone does not tell."""
    if script == "Cyrl":
        return "uk" if _UKRAINIAN.search(text) else "sr" if _SERBIAN.search(text) else "ru"
    if script == "Grek":
        return "grc" if _POLYTONIC.search(text) else "el"
    if script == "Hani":
        return "ja" if _PLAIN_HAN.search(text) else identify(text) if len(text) > 1 else "zh"
    return {"Hebr": "he", "Arab": "ar", "Hang": "ko", "Deva": "hi", "Armn": "hy", "Geor": "ka"}[script]


@cache
def _vocabulary(code: str) -> frozenset[str]:
    known = language(code)
    return known.function_words if known else frozenset()


def told(text: str, code: str, *, marked: bool = False) -> str:
    """Give the language of a block that is surely not the text's; "" otherwise.

    `marked` says that the page sets the words apart, so that fewer are evidence.
    """
    sample = text[:_SAMPLE]
    own = script_of(code)
    if own == "Latn" and not sample.isascii():
        other = len(OTHER.findall(sample))
        if other >= 4 and other >= 0.8 * sum(map(str.isalpha, sample)):
            found = identify(sample)
            return found if found not in ("und", code) else ""
    vocabulary = _vocabulary(code)
    if own not in ("Latn", "Cyrl", "Hani") or not vocabulary:
        return ""
    rough = sample.lower().split()
    if not marked and len(rough) < _EIGHTH and not vocabulary.isdisjoint(rough):
        return ""
    own_words = sum(map(vocabulary.__contains__, rough))
    if own_words * _EIGHTH > len(rough) and not (marked and own_words == 1 and len(rough) >= _FEWEST - 1):
        return ""
    if len(rough) < _FEWEST:
        return passage(sample, code, apart=True) if own == "Latn" and marked else ""
    words = _words(sample)
    if best := _spoken(words, code):
        return best if agrees(sample, best, code) else ""
    far = own == "Latn" and (marked or len(words) >= _MANY)
    return passage(sample, code, apart=marked) if far else ""


def _spoken(words: Sequence[str], code: str) -> str:
    """Give the language of the Latin script, other than `code`, whose commonest words some words are; "" for none."""
    least = max(_FEWEST_COMMON, len(words) // 6)
    if sum(map(_common_elsewhere(code).__contains__, words)) < least:
        return ""
    scores = {other: sum(map(_vocabulary(other).__contains__, words)) for other in _others(code)}
    best, rest = sorted(scores.values(), reverse=True)[:2]
    mine = sum(map(_vocabulary(code).__contains__, words))
    if best < least or best <= 1.5 * rest or best < 3 * mine:
        return ""
    return next(other for other, score in scores.items() if score == best)


@cache
def _others(code: str) -> tuple[str, ...]:
    own = code.partition("-")[0]
    return tuple(other for other in codes() if script_of(other) == "Latn" and other != own)


@cache
def _common_elsewhere(code: str) -> frozenset[str]:
    return frozenset().union(*map(_vocabulary, _others(code)))


def _words(text: str) -> list[str]:
    return [word.strip('.,;:!?"“”„«»‘’()[]_*—–') for word in text.lower().replace("’", "' ").split()]
