"""Persons that no register has: by titles, initials, given names, signatures, and the words around a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.names.gazetteer import folded
from teipress.names.lexicon import Lexicon
from teipress.names.mention import PERSON, Mention
from teipress.names.personal import is_personal
from teipress.names.words import AFTER, Document, Word
from teipress.text import Block

#: The blocks that hold nothing but who speaks, signs or is written to.
_SIGNED: Final = frozenset({"signed", "speaker", "byline", "docAuthor"})
#: A name whose letters stand apart, as print emphasises it: “S t r a b o”; its first letter is none.
_APART: Final = re.compile(r"[^\W\d_](?: [^\W\d_]){2,}(?!\w)")
#: What follows the name of a month that is none of a person.
_DAY: Final = re.compile(r"\.?,? \d")
_LONGEST_NAME: Final = 5
_MOST_TITLES: Final = 12
_MOST_INITIALS: Final = 12
_ENDS: Final = re.compile(r"[ .]*\Z")
#: After a longer title a stop ends a sentence: "Prof. Rae", but "the Captain. Rae".
_LONGEST_STOPPED: Final = 5


def phrases(document: Document, block: Block, known: Lexicon) -> Iterator[Mention]:
    """Find persons by the words around them: who is told, met, or written to."""
    for pattern in known.persons:
        for match in pattern.finditer(document.reading, block.start, block.end):
            words = document.words(match.start("name"), match.end("name"))
            first = 0
            while first < len(words) and words[first].key in known.stop:
                first += 1
            last = _extent(document, words, first, known, 3) if first < len(words) else first
            if last != len(words) or last <= first or document.is_known(words[first:], known):
                continue
            if not names_thing(document, words, first, last, known):
                yield Mention(words[first].start, words[-1].end, PERSON, "names.phrase", 3)


def persons(document: Document, words: list[Word], block: Block, known: Lexicon) -> Iterator[Mention]:
    """Find persons among words that stand together, by what stands in them and before them."""
    at = 0
    while at < len(words):
        rule, strength, first = _evidence(document, words, at, block, known)
        if not rule:
            at += 1
            continue
        force = rule in ("names.official", "names.signed", "names.speaker")
        last = _extent(document, words, first, known, strength, force)
        alone = rule.startswith(("names.title", "names.initials")) and last == first + 1
        thing = last > first and names_thing(document, words, last if alone else first, last, known)
        if rule == "names.speaker" and _APART.match(document.reading, words[first].start):
            at = max(last, at + 1)
            continue
        if last > first and not thing and not document.is_vessel(words[first:last], known):
            yield Mention(_start(document, words[first], known), words[last - 1].end, PERSON, rule, strength)
        at = max(last, first, at + 1)


def _start(document: Document, word: Word, known: Lexicon) -> int:
    """Give where a name begins: with its particle, "von Plessow", "de Rignac", after a title."""
    particle = known.particle_before.search(document.reading, max(0, word.start - 24), word.start)
    return particle.start("particle") if particle else word.start


def _evidence(
    document: Document, words: list[Word], at: int, block: Block, known: Lexicon
) -> tuple[str, int, int]:
    """Tell what speaks for a person at a word, how strongly, and where the name begins."""
    word = words[at]
    if word.key in known.titles:
        return _by_title(document, words, at, known)
    if word.key in known.offices and _after_office(document, word.start, known):
        return ("names.title: office", 5, at + 1) if at + 1 < len(words) else ("", 0, at)
    begin = _start(document, word, known)
    before = document.before(begin)
    ended = len(before) > _LONGEST_STOPPED and "." in document.reading[max(0, begin - 2) : begin]
    if (
        at == 0
        and not ended
        and before.lower() in known.titles
        and _is_called(document, word, before.lower(), known)
    ):
        return f"names.title: {before}", 5, at
    if word.is_initial and (len(word.key) == 1 or word.key not in known.stop):
        return _by_initials(document, words, at, known)
    if at == 0 and _is_official(document, words, block, known):
        return "names.official", 5, at
    return _weaker(document, words, at, block, known)


def _is_called(document: Document, word: Word, title: str, known: Lexicon) -> bool:
    """Tell whether a word may be a name after a title in small letters: "dear Anna", but no "lieber Nachbar"."""
    weak = title in known.salutations
    return _is_name(document, word, known, sure=True) and (not weak or _is_listed(word, known))


def _by_title(document: Document, words: list[Word], at: int, known: Lexicon) -> tuple[str, int, int]:
    first = at + 1
    while first < min(len(words), at + _MOST_TITLES) and words[first].key in known.titles:
        first += 1
    title = words[first - 1]
    if first == len(words) or (title.form.endswith(".") and len(title.key) > 5):
        return "", 0, at
    if title.key in known.salutations and not _is_listed(words[first], known):
        return "", 0, at
    return f"names.title: {title.form}", 5, first


def _is_listed(word: Word, known: Lexicon) -> bool:
    return word.is_initial or word.key in known.given or is_personal(word.form, known.code)


def _by_initials(document: Document, words: list[Word], at: int, known: Lexicon) -> tuple[str, int, int]:
    last = at
    while last < min(len(words), at + _MOST_INITIALS) and words[last].is_initial:
        last += 1
    if last == len(words) or words[last].key in known.titles:
        return "", 0, at
    return ("names.initials", 5, at) if _is_name(document, words[last], known, sure=True) else ("", 0, at)


def _is_official(document: Document, words: list[Word], block: Block, known: Lexicon) -> bool:
    """Tell whether a name stands in brackets after an office."""
    start, end = words[0].start, words[-1].end
    if document.reading[start - 1 : start] != "(" or document.reading[end : end + 1] != ")":
        return False
    return bool(known.role_in_brackets.search(document.reading, max(block.start, start - 120), start))


def _weaker(
    document: Document, words: list[Word], at: int, block: Block, known: Lexicon
) -> tuple[str, int, int]:
    word = words[at]
    if word.key in known.given:
        if at + 1 < len(words) and (
            _is_name(document, words[at + 1], known) or _is_month_for_name(document, words, at + 1, known)
        ):
            return "names.given", 5, at
        if _is_own(document, word, words, known):
            return "names.given", 2, at
    if at == 0 and block.tag in _SIGNED and _fills(document, words, block, known):
        return f"names.{block.tag}", 5, at
    if at == 0 and _ends_block(document, words, block, known):
        return "names.last-words", 3, at
    verb = AFTER.match(document.reading, words[-1].end)
    if (
        not verb
        or verb.group(1) not in known.verbs
        or not _is_name(document, word, known)
        or word.key in known.roles
    ):
        return "", 0, at
    periodical = any(part.key in known.periodicals for part in words[at:])
    if periodical or len(words) - at > 3 or known.place(folded(word.form)) is True:
        return "", 0, at
    return f"names.verb: {verb.group(1)}", 2, at


def _is_own(document: Document, word: Word, words: list[Word], known: Lexicon) -> bool:
    """Tell whether a given name stands for a person by itself."""
    if word.key in document.lower or word.key in known.stop or len(word.key) < 3:
        return False
    return len(words) == 1 or known.capitalises_nouns


def _fills(document: Document, words: list[Word], block: Block, known: Lexicon) -> bool:
    """Tell whether a short block is a name and little else."""
    line = document.reading[block.start : block.end]
    spare = len(line) - sum(word.end - word.start + 1 for word in words)
    return (
        spare <= 12
        and len(words) <= _LONGEST_NAME
        and all(word.key not in known.roles for word in words)
        and words[0].key not in known.stop - {words[-1].key}
        and len([word for word in words if word.key in known.stop]) <= 1
        and known.place(folded(line)) is not True
    )


def _ends_block(document: Document, words: list[Word], block: Block, known: Lexicon) -> bool:
    """Tell whether a name is the last sentence of a block, as in a telegram that its sender signs."""
    if (
        known.capitalises_nouns
        or len(words) > 3
        or not _ENDS.match(document.reading, words[-1].end, block.end)
    ):
        return False
    if words[0].start < block.start + 3 or document.reading[words[0].start - 2] not in ".!?:":
        return False
    return not document.is_known(words, known) and all(
        word.is_initial
        or (word.key not in known.stop and word.key not in known.titles and word.key not in document.lower)
        for word in words
    )


def _is_name(document: Document, word: Word, known: Lexicon, sure: bool = False) -> bool:
    """Tell whether a word may belong to a person's name; `sure` where a title or initials speak for it."""
    key = word.key
    if key in known.stop or key in known.titles or len(key) < 2:
        return False
    return sure or key not in document.lower


def _is_month_for_name(document: Document, words: list[Word], at: int, known: Lexicon) -> bool:
    """Tell whether a month's name is a person's: it follows a given name or a title, "Karl August", "Mrs. June"."""
    word = words[at]
    if at == 0 or word.key not in known.months or word.form.endswith("."):
        return False
    before = words[at - 1].key in known.titles or _is_listed(words[at - 1], known)
    return before and not _DAY.match(document.reading, word.end)


def _extent(
    document: Document, words: list[Word], first: int, known: Lexicon, strength: int, force: bool = False
) -> int:
    """Give the index after the last word of the person's name that begins at `first`."""
    last = first
    while last < len(words) and last - first < _LONGEST_NAME:
        word = words[last]
        if word.is_initial:
            if len(word.key) > 1 and word.key in known.stop:
                break
        elif not (
            (force and word.key not in known.titles)
            or _is_name(document, word, known, strength > 2)
            or _is_month_for_name(document, words, last, known)
        ):
            break
        if last > first and words[last - 1].form.endswith(".") and not words[last - 1].is_initial:
            break
        gap = document.reading[words[last - 1].end : word.start] if last > first else ""
        if len(gap) > 1 and known.place(folded(word.form)):
            break
        last += 1
        if strength <= 2:
            break
    if all(word.is_initial for word in words[first:last]):
        return first if strength < 5 or last - first < 1 else last
    return last


def names_thing(document: Document, words: list[Word], first: int, last: int, known: Lexicon) -> bool:
    """Tell whether a word in or after it makes a thing of the name: a manifesto, a hotel."""
    if any(word.key in known.eponyms for word in words[first:last]):
        return True
    if last < len(words):
        return words[last].key in known.eponyms
    return document.makes_thing(words[last - 1].end, known)


def _after_office(document: Document, start: int, known: Lexicon) -> bool:
    line = document.reading[max(0, start - 40) : start].lower()
    return any(re.search(rf"\b{role} (?:of|for) (?:the |foreign |\w+ and )?$", line) for role in known.roles)
