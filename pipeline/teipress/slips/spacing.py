"""Words that are joined, and words that are parted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from teipress.scripts import UPPER
from teipress.slips.passage import LONGEST, Passage, Slip, Word, without_overlaps

#: A stop, comma or the like with no space after it, between two words.
_UNSPACED: Final = re.compile(
    rf"(?<![\w./@-])([^\W\d_]{{2,}}[,;]|[^\W\d_]{{3,}}[.!?](?={UPPER}[a-zà-ÿа-я]))(?=[^\W\d_]{{2,}}[\s,.;:!?)])(?!\w+\.\w)"
)
_CAPITAL_INSIDE: Final = re.compile(rf"([^\W\d_][a-zß-ÿа-я]+)({UPPER}[a-zß-ÿа-я]+)")
_PREFIXES: Final = frozenset(
    [
        "Mac",
        "Mc",
        "De",
        "Del",
        "Des",
        "Di",
        "Du",
        "Da",
        "La",
        "Le",
        "Van",
        "Von",
        "Fitz",
        "Saint",
        "San",
        "Ben",
    ]
)
_LEAST: Final = 20_000  # how common each part of a joined word must be
_TIES: Final = frozenset("-‐'’")
_COMPOUNDING: Final = frozenset({"de", "nl"})  # languages that make one word of two
_SHORT: Final = frozenset({"a", "i", "à", "y", "o", "e", "é", "и", "в", "с", "к", "у", "о", "я"})


def find(passage: Passage) -> Iterator[Slip]:
    """Suspect a space that is missing, and one that is too much."""
    yield from _unspaced(passage)
    yield from _capitals(passage)
    if not passage.vocabulary.has_dictionary:
        return
    parted = list(without_overlaps(sorted(_all_parted(passage), key=_surest)))
    yield from parted
    beside = {at for slip in parted for at in (slip.start - 1, slip.end + 1)}
    inside = {at for slip in parted for at in range(slip.start, slip.end)}
    for number, word in enumerate(passage.words):
        near = word.start in inside or word.start in beside or word.end in beside
        if not near and (found := _joined(passage, number, word)):
            yield found


def _capitals(passage: Passage) -> Iterator[Slip]:
    """Suspect a word with a capital inside that two known ones make: `intoNorway`."""
    for word in passage.words:
        match = _CAPITAL_INSIDE.fullmatch(word.text)
        if match and all(map(passage.vocabulary.knows, match.groups())) and match[1] not in _PREFIXES:
            yield Slip(word.start, word.end, f"{match[1]} {match[2]}", "errors.joined", "medium")


def _surest(slip: Slip) -> tuple[bool, int, int]:
    return slip.cert == "low", -len(slip.reading), slip.start


def _all_parted(passage: Passage) -> Iterator[Slip]:
    fragments = [_is_fragment(passage, word.text) for word in passage.words]
    for number in range(len(passage.words) - 1):
        for count in (3, 2):
            broken = fragments[number : number + count]
            if any(broken) and (slip := _parted(passage, passage.words[number : number + count], broken)):
                yield slip


def _unspaced(passage: Passage) -> Iterator[Slip]:
    for match in _UNSPACED.finditer(passage.text):
        after = re.compile(r"[^\W\d_]+").match(passage.text, match.end())
        if after and all(passage.vocabulary.knows(word) for word in (match[0][:-1], after[0])):
            reading = f"{match[0]} {after[0]}"
            yield Slip(match.start(), after.end(), reading, "errors.space", "high")


def _parted(passage: Passage, words: Sequence[Word], fragments: Sequence[bool]) -> Slip | None:
    """Suspect words of which one at least is none, as `fragments` says, and that together are one: `gov ernment`."""
    start, end = words[0].start, words[-1].end
    together = "".join(word.text for word in words)
    if len(words) < 2 or passage.text[start:end] != " ".join(word.text for word in words):
        return None
    if not (together.isalpha() and together[1:].islower()) or _is_bound(passage.text, start, end):
        return None
    vocabulary = passage.vocabulary
    if (len(words) > 2 and sum(fragments) < 2) or not vocabulary.knows(together):
        return None
    short = all(fragments) and together.casefold() in vocabulary.function_words
    rare = not all(fragments) and vocabulary.weight(together) < _LEAST / 20 and len(together) < 8
    if (len(together) < 5 and not short) or rare:
        return None
    if words[0].text[0].isupper() and not (fragments[-1] and len(words[-1].text) > 1) and not all(fragments):
        return None
    return Slip(start, end, together, "errors.parted", "medium" if all(fragments) else "low")


def _is_bound(text: str, start: int, end: int) -> bool:
    """Tell whether a hyphen or the like ties the words to others."""
    return text[max(0, start - 1) : start] in _TIES or text[end : end + 1] in _TIES


def _is_fragment(passage: Passage, word: str) -> bool:
    """Tell whether something is no word of the language, or too short for one: a letter, or two that are rare."""
    folded = word.casefold()
    if len(folded) <= 2:
        common = passage.vocabulary.dictionary.get(folded, 0)
        return folded not in _SHORT and (len(folded) == 1 or common < _LEAST) and word.isalpha()
    return folded not in passage.vocabulary.dictionary and not passage.vocabulary.knows(word)


def _joined(passage: Passage, number: int, word: Word) -> Slip | None:
    """Suspect a word that is none, and that two of the commonest make: `ofthe`."""
    vocabulary = passage.vocabulary
    if (
        not 5 <= len(word.text) <= LONGEST
        or not word.text.isalpha()
        or not word.text.islower()
        or passage.known[number]
    ):
        return None
    if passage.is_foreign(number):
        return None
    text = word.text.casefold()
    best: tuple[int, str] = (0, "")
    for at in range(2, len(text) - 1):
        first, second = text[:at], text[at:]
        weights = [vocabulary.dictionary.get(part, 0) for part in (first, second)]
        small = [part in vocabulary.function_words for part in (first, second)]
        # Two words of which one is small, or in a language that makes one word of two: two small words.
        enough = all(small) if vocabulary.code in _COMPOUNDING else any(small)
        if enough and min(weights) >= _LEAST and min(len(first), len(second)) >= 2:
            best = max(best, (min(weights), f"{word.text[:at]} {second}"))
    return Slip(word.start, word.end, best[1], "errors.joined", "medium") if best[0] else None
