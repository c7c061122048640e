"""Places that no register has: by the gazetteer, by datelines, and by the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.languages import codes, language
from teipress.names.gazetteer import LONGEST, folded
from teipress.names.lexicon import ELIDED, Lexicon
from teipress.names.mention import PLACE, Mention
from teipress.names.words import Document, Word, in_periodical
from teipress.text import Block

_MONTHS: Final = "|".join(
    sorted({re.escape(month) for code in codes() if (spoken := language(code)) for month in spoken.months})
)
#: A date after a place: "Trieste, June 11", "Paris, le 3 mai", "Wien 7/12 91".
_DATE_FOLLOWS: Final = re.compile(
    rf"[,.]?[ ](?:[(\[]?(?:the|le|ce|den|am|d\.|[^\W\d_]+,?(?: the| le| den)?) ?)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er)?\.?(?: of)?[ ](?:{_MONTHS})\b|(?:{_MONTHS})\.?[ ]\d|\d{{1,2}}[./][ ]?[\dIVX])",
    re.IGNORECASE,
)
_ELIDED: Final = re.compile(ELIDED)
#: The month of a day, in words or in Roman figures.
_NO_PLACE: Final = re.compile(rf"{_MONTHS}|[IVX]+", re.IGNORECASE)
_DATELINES: Final = frozenset({"dateline"})


def places(document: Document, words: list[Word], block: Block, known: Lexicon) -> Iterator[Mention]:
    """Find places among words that stand together."""
    at = 0
    while at < len(words):
        length, certain = _longest_place(document, words, at, known)
        if length and _is_place(document, words, at, at + length, certain, block, known):
            sure = certain or document.before(words[at].start) in known.where
            strength = 3 if sure else 2
            start = words[at].start + len(_elided(words[at].form))
            yield Mention(start, words[at + length - 1].end, PLACE, "names.gazetteer", strength)
            at += length
            continue
        at += 1
    yield from _unknown_place(document, words, block, known)


def _elided(form: str) -> str:
    """Give the preposition that a form begins with, and that is no part of a place's name: d’Europe."""
    match = _ELIDED.match(form)
    return match.group() if match else ""


def _longest_place(document: Document, words: list[Word], at: int, known: Lexicon) -> tuple[int, bool]:
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        form = document.reading[words[at].start : words[at + length - 1].end]
        verdict = known.place(folded(form.removeprefix(_elided(form))))
        if verdict is not None and (length > 1 or words[at].key not in known.stop):
            return length, verdict
    return 0, False


def _is_place(
    document: Document, words: list[Word], first: int, last: int, certain: bool, block: Block, known: Lexicon
) -> bool:
    """Tell whether a name of the gazetteer means the place here."""
    if last < len(words) and words[last].key in known.eponyms and not certain:
        return False
    if document.is_vessel(words[first:last], known):
        return False
    if in_periodical(document.reading, words[first].start, words[last - 1].end, known):
        return False
    if words[first].key in known.titles and last < len(words):
        return False
    if certain and words[first].key in known.given and last - first == 1:
        return document.before(words[first].start) in known.place_words
    if certain:
        return words[first].key not in document.lower or last - first > 1
    if first == 0 and _begins_line_of_date(document, words, last, block):
        return True
    if words[first].key in document.lower or words[first].key in known.titles:
        return False
    if words[first].key in known.given:
        return len(words) == 1 and document.before(words[first].start) in known.where
    before = document.before(words[first].start)
    return first == 0 and len(words) == last and before in known.place_words


def _begins_line_of_date(document: Document, words: list[Word], last: int, block: Block) -> bool:
    if block.tag == "bibl" or "bibl" in block.ancestors:
        return False
    begins, dated = words[0].start - block.start <= 2, block.tag in _DATELINES
    if begins is dated:
        return dated
    return bool(_DATE_FOLLOWS.match(document.reading, words[last - 1].end, block.end))


def _unknown_place(document: Document, words: list[Word], block: Block, known: Lexicon) -> Iterator[Mention]:
    """Find a place that the gazetteer does not have: at the head of a dateline, or after "in" and the like."""
    last = 0
    while last < len(words) and words[last].key not in known.stop and not words[last].key.isdigit():
        last += 1
    if not last or any(word.key in known.titles or word.key in known.given for word in words[:last]):
        return
    if _NO_PLACE.fullmatch(words[0].form):
        return
    told = block.tag in _DATELINES or not known.capitalises_nouns  # “Protokoll der Sitzung vom 4. März”
    if told and last <= 3 and _begins_line_of_date(document, words, last, block):
        yield Mention(words[0].start, words[last - 1].end, PLACE, "names.dateline", 4)
        return
    if not last == len(words) <= 2 or document.before(words[0].start) not in known.where:
        return
    if all(word.key not in document.lower and not word.form.isupper() for word in words):
        yield Mention(words[0].start, words[-1].end, PLACE, "names.preposition", 1)
