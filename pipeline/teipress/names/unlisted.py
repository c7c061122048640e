"""Words that no dictionary has: where every noun has a capital, they are what is left for names.

German has no model of names that is packaged. A large dictionary (simplemma, MIT licence) has its words, and tells by
their parts most of the compounds that it has not; what is neither, has a capital and no article is a name, of a place
after "in", "nach" and "aus". Spellings of before 1901 count as the new ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from teipress.names.dictionary import is_word_of
from teipress.names.lexicon import CAPITAL, lexicon

_WORD: Final = re.compile(rf"(?<![\w'’»„«“\"‹›*-])({CAPITAL})(?![\w'’*]|\.\w)")
_BEFORE: Final = re.compile(r"(?:(?P<first>[^\W\d_]+)[ ])?(?P<second>[^\W\d_]+)[ ]\Z")
_PLACE: Final = frozenset({"in", "nach", "aus", "bis", "ab"})
#: What a person's name follows, besides marks of punctuation.
_PERSON: Final = frozenset(
    (
        *(
            "von",
            "mit",
            "bei",
            "an",
            "für",
            "durch",
            "gegen",
            "über",
            "zu",
            "ohne",
            "um",
            "und",
            "oder",
            "auch",
        ),
        *("daß", "dass", "als", "wie", "wenn", "ob", "hat", "habe", "haben", "ist", "war"),
    )
)
#: After these a noun stands in the dative, of which the plural ends with n.
_DATIVE: Final = frozenset({"von", "mit", "bei", "zu", "nach"})
#: Adjectives that people have between an article and their name: "der junge Wiedeburg".
_OF_PERSONS: Final = frozenset({"junge", "jungen", "alte", "alten", "kleine", "kleinen", "selige", "seligen"})
#: What surnames and places end with, so that they only look as if they were made of two words.
_OF_NAMES: Final = (
    "mann",
    "berg",
    "berger",
    "stein",
    "bach",
    "feld",
    "dorf",
    "burg",
    "heim",
    "thal",
    "hausen",
    "meyer",
)
#: A short word that breaks off within a syllable: before a stop it is an abbreviation, "Gefr."
_ABBREVIATION: Final = re.compile("[^\\W\\d_]{1,3}[b-df-hj-np-tv-xz]{2}")
#: Spellings of the 18th and 19th centuries, and what became of them.
_SPELLINGS: Final = (
    ("th", "t"),
    ("c", "k"),
    ("c", "z"),
    ("ey", "ei"),
    ("ay", "ai"),
    ("ß", "ss"),
    ("ss", "ß"),
    ("niß", "nis"),
    ("ph", "f"),
    ("oe", "ö"),
    ("ae", "ä"),
    ("ue", "ü"),
    ("y", "i"),
    ("aa", "a"),
    ("ee", "e"),
    ("tt", "t"),
    ("ff", "f"),
)
#: What joins the parts of a compound.
_JOINTS: Final = ("", "s", "es", "n", "en", "er", "e")
_SHORTEST: Final = 4
#: What common nouns end with that no dictionary needs to have.
_COMMON: Final = re.compile(
    r"(?:ung|heit|keit|schaft|ismus|tion|istik|chen|lichen|nis|niß|tum|thum|tät|schrift|isch(?:e[nrs]?)?|woch|stag"
    r"|leute[n]?|zeit|haus|hotel|buch|stück|er(?:in|innen)?s?|ern|lingen?|not|kunst)\Z"
)

Labelled = tuple[int, int, str]


def unlisted(language: str) -> Callable[[str], Iterator[Labelled]]:
    """Load the dictionary of a language, and give what finds in a block the words that it does not have."""
    known = lexicon(language)

    def is_known(form: str) -> bool:
        return is_word_of(form, language)

    @lru_cache(maxsize=100_000)
    def is_word(form: str) -> bool:
        return any(map(is_known, _spellings(form))) or _is_compound(form, is_known)

    def model(block: str) -> Iterator[Labelled]:
        for match in _WORD.finditer(block):
            form = match.group()
            label = _label(block, match.start(), known.determiners, known.titles)
            usual = len(form) >= _SHORTEST and form[1:].islower() and form.lower() not in known.stop
            if label and usual and not _is_usual(form, block, match.start()) and not is_word(form):
                yield match.start(), match.end(), label

    return model


def _is_usual(form: str, block: str, start: int) -> bool:
    """Tell whether a word ends as nouns do; "von Scheler" has no plural's ending, which the dative would give it."""
    if _ABBREVIATION.fullmatch(form) and block.startswith(".", start + len(form)):
        return True
    if form.endswith("er"):
        before = _BEFORE.search(block, max(0, start - 40), start)
        if before and before.group("second") in _DATIVE:
            return False
    return bool(_COMMON.search(form))


def _label(block: str, start: int, determiners: frozenset[str], titles: frozenset[str]) -> str:
    """Tell by the words before what an unknown word names; "" where it names nothing."""
    before = _BEFORE.search(block, max(0, start - 40), start)
    if before is None:
        return "PER"
    second, first = before.group("second"), (before.group("first") or "").lower()
    if second.lower() in determiners or (first in determiners and second not in _OF_PERSONS):
        return ""
    if second in _OF_PERSONS and first in determiners:
        return "PER"
    if second.lower() in _PLACE:
        return "LOC"
    return "PER" if second.lower() in _PERSON | titles else ""


def _spellings(form: str) -> Iterator[str]:
    yield form
    lower = form.lower()
    for old, new in _SPELLINGS:
        if old in lower:
            yield lower.replace(old, new).capitalize()
    modern = lower.replace("th", "t").replace("c", "k").replace("ey", "ei")
    yield modern.capitalize()


def _is_compound(form: str, is_known: Callable[[str], bool]) -> bool:
    """Tell whether a word is made of two that are known: Telegramm and Adresse."""
    word = form.lower()
    if word.endswith(_OF_NAMES):
        return False
    for at in range(3, len(word) - _SHORTEST + 1):
        head, rest = word[:at], word[at:]
        if not any(is_known(spelt) for spelt in _spellings(rest.capitalize())):
            continue
        stems = (head.removesuffix(joint) for joint in _JOINTS if head.endswith(joint))
        if any(len(stem) >= 3 and any(map(is_known, _spellings(stem.capitalize()))) for stem in stems):
            return True
    return False
