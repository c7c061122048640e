"""Persons named by a surname alone, which nothing introduces: told by the lists of names and by what stands around.

"Salieri was there" has no title and no given name. That a word is a surname somewhere tells little; it is taken for
one where it is no common word of the language, no place, has its capital not because a sentence begins, and has no
article before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from teipress.names.gazetteer import folded
from teipress.names.lexicon import Lexicon
from teipress.names.mention import PERSON, PLACE, Mention
from teipress.names.personal import is_given, is_personal, is_renowned, is_surname
from teipress.names.words import Document, Word, in_periodical
from teipress.text import Block

_LONGEST_NAME: Final = 4
#: A name, and what says where its bearer is from: "Mrs. Gill of Rothwell".
_OF_SOMEBODY: Final = re.compile(r"[^\W\d_a-z][^\W\d_]+,? (?:of|aus|из) \Z")
#: The two words before a name.
_TWO_BEFORE: Final = re.compile(r"(?:(?P<first>[^\W\d_]+)[ ])?(?P<second>[^\W\d_]+)[ ]\Z")


def bare(document: Document, words: list[Word], block: Block, known: Lexicon) -> Iterator[Mention]:
    """Find persons among words that stand together, though nothing but the lists of names speaks for them."""
    groups = list(_groups(document, words)) if known.capitalises_nouns else [words]
    for group in groups:
        first = 0
        while first < len(group) - 1 and group[first].key in known.stop:
            first += 1
        found = _found(document, group[first:], block, known)
        if found:
            yield found


def _groups(document: Document, words: list[Word]) -> Iterator[list[Word]]:
    """Give, where every noun has a capital, a name's words together and each other word by itself."""
    group: list[Word] = []
    for word in words:
        if group and not (len(group) == 1 and is_given(group[0].form, "de")):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _found(document: Document, words: list[Word], block: Block, known: Lexicon) -> Mention | None:
    first, last = words[0], words[-1]
    if len(words) > _LONGEST_NAME or not all(_may_name(document, word, known) for word in words):
        return None
    if (
        document.is_known(words, known)
        or document.makes_thing(last.end, known)
        or document.is_vessel(words, known)
    ):
        return None
    if known.adjective_heads.match(document.reading, last.end):
        return None
    if in_periodical(document.reading, first.start, last.end, known):
        return None
    if _has_article(document, first.start, known) or _is_shouted(document, words, block):
        return None
    strength = _strength(document, words, known)
    if not strength:
        return None
    if strength == 2 and _OF_SOMEBODY.search(document.reading, max(0, first.start - 40), first.start):
        return Mention(first.start, last.end, PLACE, "names.origin", strength)
    rule = "names.renowned" if strength == 3 else "names.listed"
    return Mention(first.start, last.end, PERSON, rule, strength)


def _strength(document: Document, words: list[Word], known: Lexicon) -> int:
    first, last = words[0], words[-1]
    if len(words) == 1:
        if _stem(first, known, is_renowned):
            return 3
        return 2 if _is_surname(first, known) or is_given(first.form, known.code) else 0
    if any(
        document.reading[one.end : two.start].strip(" ") for one, two in pairwise(words) if not one.is_initial
    ):
        return 0
    if is_given(first.form, known.code) and _stem(last, known, lambda form: is_personal(form, known.code)):
        return 3
    personal = all(_stem(word, known, lambda form: is_personal(form, known.code)) for word in words[:-1])
    return 2 if personal and (_is_surname(last, known) or is_personal(last.form, known.code)) else 0


def _is_surname(word: Word, known: Lexicon) -> bool:
    """Tell whether a word is listed as a surname, or has the shape of one in its language."""
    return bool(known.surname_shape.fullmatch(word.form)) or _stem(
        word, known, lambda form: is_surname(form, known.code)
    )


def _stem(word: Word, known: Lexicon, told: Callable[[str], bool]) -> bool:
    """Tell whether a word, or the word without an ending of its case, is what is asked for."""
    form = word.form.rstrip(".")
    return told(form) or any(told(base) for base in known.bases(form) if len(base) > 3)


def _may_name(document: Document, word: Word, known: Lexicon) -> bool:
    if word.is_initial:
        return True
    key = word.key
    if (
        len(key) < 3
        or key in known.stop
        or key in known.titles
        or key in known.eponyms | known.roles | known.periodicals
    ):
        return False
    if key in document.lower:
        return False
    place = known.place(folded(word.form))
    return place is None or (place is False and document.before(word.start) not in known.place_words)


def _has_article(document: Document, start: int, known: Lexicon) -> bool:
    """Tell whether an article stands before a name, or before the adjective that does."""
    before = _TWO_BEFORE.search(document.reading, max(0, start - 40), start)
    if not before:
        return False
    second, first = before.group("second").lower(), (before.group("first") or "").lower()
    return second in known.determiners or second in known.where or first in known.determiners


def _is_shouted(document: Document, words: list[Word], block: Block) -> bool:
    """Tell whether all of a line is in capitals, so that those of a name say nothing."""
    return words[0].form.isupper() and document.is_in_capitals(block)
