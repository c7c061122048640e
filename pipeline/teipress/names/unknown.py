"""Words in capitals that no dictionary has, where only names have capitals: what is left for names.

Weak evidence, so it comes last: the word stands within a sentence, has no article, stands nowhere in small letters,
and is no word of the language by the dictionary that every installation has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from teipress.languages import codes, language
from teipress.names.dictionary import is_word_of
from teipress.names.gazetteer import folded
from teipress.names.lexicon import CAPITAL, Lexicon
from teipress.names.mention import PERSON, PLACE, Mention
from teipress.names.words import Document, Word
from teipress.text import Block

_SHORTEST: Final = 4
_LONGEST_NAME: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+")
#: Before a name, what tells that a place is meant and no person.
_TWO_BEFORE: Final = re.compile(r"(?:(?P<first>[^\W\d_]+)[ ])?(?P<second>[^\W\d_]+)[ ]\Z")

_NUMBER_BEFORE: Final = re.compile(r"\d(?: ?(?:bis|ter))?,? \Z")
#: A place that a comma or "and" joins to what follows, and to what stands before.
_JOINED: Final = r"(?:, |,? (?:and|et|und|en|y|e|и) (?:à |de |d['’])?)"
_LISTED_BEFORE: Final = re.compile(rf"(?<!\w)(?P<name>{CAPITAL}){_JOINED}\Z")
_LISTED_AFTER: Final = re.compile(rf", (?:à |de |d['’])?(?P<name>{CAPITAL})")


def unknown(document: Document, words: list[Word], block: Block, known: Lexicon) -> Iterator[Mention]:
    """Find a name among words that stand together, of which no dictionary has one and nothing else tells."""
    if not known.tells_by_dictionary or len(words) > _LONGEST_NAME:
        return
    first, last = words[0], words[-1]
    if document.begins_sentence(first.start) or document.is_in_capitals(block):
        return
    if not all(_may_name(document, word, known) for word in words) or document.is_known(words, known):
        return
    if known.adjective_heads.match(document.reading, last.end):
        return
    if document.makes_thing(last.end, known) or document.is_vessel(words, known):
        return
    kind = _kind(document, words, known)
    if kind:
        yield Mention(first.start, last.end, kind, "names.unknown", 1)


def settled(document: Document, mentions: list[Mention]) -> Iterator[Mention]:
    """Give mentions, an unknown word alike in all places: what is told to be a place somewhere is one everywhere."""
    places = {document.reading[m.start : m.end] for m in mentions if m.kind == PLACE}
    for mention in mentions:
        is_place = mention.rule == "names.unknown" and document.reading[mention.start : mention.end] in places
        yield mention._replace(kind=PLACE) if is_place else mention


def _kind(document: Document, words: list[Word], known: Lexicon) -> str:
    """Tell by what stands around whether unknown words name a place or a person; "" where an article stands before."""
    start, end = words[0].start, words[-1].end
    if document.reading[max(0, start - 2) : start].lower() in ("l'", "l’"):
        return ""
    if _NUMBER_BEFORE.search(document.reading, max(0, start - 8), start):
        return PLACE  # an address
    before = _TWO_BEFORE.search(document.reading, max(0, start - 40), start)
    second = before.group("second").lower() if before else ""
    third = (before.group("first") or "").lower() if before else ""
    of_place = third in known.place_nouns or third.removesuffix("s") in known.place_nouns
    if second in known.determiners or (third in known.determiners and second not in known.particle_words):
        return PLACE if of_place else ""
    if second in known.where | known.place_nouns or words[0].key.startswith(
        ("st-", "saint-", "sainte-", "ste-")
    ):
        return PLACE
    if second in known.place_words and of_place:
        return PLACE
    return PLACE if _is_beside_place(document, start, end, known) else PERSON


def _is_beside_place(document: Document, start: int, end: int, known: Lexicon) -> bool:
    """Tell whether a place is listed right before or right after: "Versailles, Chauny and Jussy"."""
    before = _LISTED_BEFORE.search(document.reading, max(0, start - 40), start)
    after = _LISTED_AFTER.match(document.reading, end)
    names = (found.group("name") for found in (before, after) if found)
    return any(known.place(folded(name)) for name in names)


def _may_name(document: Document, word: Word, known: Lexicon) -> bool:
    key = word.key
    if len(key) < _SHORTEST or (not word.form[1:].islower() and "-" not in word.form):
        return False
    if (
        key in known.stop | known.titles | known.roles | known.eponyms | known.generic | _months()
        or key in document.lower
    ):
        return False
    if known.place(folded(word.form)) is not None:
        return False
    return not all(
        any(is_word_of(spelt, known.code) for spelt in _spellings(part)) for part in _WORD.findall(key)
    )


@cache
def _months() -> frozenset[str]:
    """Give the names of months, in old spelling too, which no dictionary of today has."""
    return frozenset(month for code in codes() if (spoken := language(code)) for month in spoken.months)


def _spellings(word: str) -> Iterator[str]:
    """Give a word, and as it is where a capital has lost its accent: "Etat"; in the plural, without its ending."""
    yield word
    if word[0] in "ea":
        yield from (accented + word[1:] for accented in ("éèêâà"))
    yield from (word.removesuffix(ending) for ending in ("s", "es", "x") if word.endswith(ending))
