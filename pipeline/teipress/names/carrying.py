"""Names carried through a document: who is introduced as "General Horvath" is meant by "Horvath" as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick

from teipress.names.han import HAN
from teipress.names.lexicon import lexicon
from teipress.names.mention import PERSON, Mention
from teipress.names.words import Document


def carried(document: Document, strong: list[Mention]) -> Iterator[Mention]:
    """Carry names through the document: each form that was found with strength, wherever else it stands."""
    forms: dict[str, tuple[str, int]] = {}
    for mention in strong:
        for form in _forms(document, mention):
            kind, strength = forms.get(form, ("", 0))
            if mention.strength > strength:
                forms[form] = (mention.kind, mention.strength)
    if not forms:
        return
    for start, end in _standing(document.reading, forms):
        form = document.reading[start:end]
        kind, strength = forms[form]
        known = lexicon(document.text.language_at(start))
        if kind == PERSON and document.makes_thing(end, known):
            continue
        idle = form.lower() in document.lower or form.lower() in known.stop
        if idle and document.begins_sentence(start):
            continue
        yield Mention(start, end, kind, f"names.document: {form}", min(strength, 3) - 1)


def _standing(reading: str, forms: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Find where forms stand as whole words, the longest first; they may share characters."""
    automaton = ahocorasick.Automaton()
    for form in forms:
        automaton.add_word(form, len(form))
    automaton.make_automaton()
    for last, length in automaton.iter(reading):
        start, end = last + 1 - length, last + 1
        if _is_whole(reading, start, end):
            yield start, end


def _is_whole(reading: str, start: int, end: int) -> bool:
    before, after = reading[start - 1 : start], reading[end : end + 1]
    if HAN.match(reading, start):
        return end - start > 2 or not HAN.match(reading, start - 1)
    return not (before.isalnum() or before in ("-", "_")) and not (after.isalnum() or after == "_")


def _forms(document: Document, mention: Mention) -> Iterator[str]:
    """Give the forms under which a name goes on in its document: itself, and a person's surname."""
    known = lexicon(document.text.language_at(mention.start))
    form = document.reading[mention.start : mention.end]
    if (
        mention.strength < 2
        or len(form) < (2 if HAN.search(form) else 3)
        or (form.lower() in document.lower and mention.strength < 5)
    ):
        return
    if mention.rule.startswith("names.model") and form.lower() in known.given:
        return
    yield form
    if form.isupper() and mention.kind == PERSON and " " not in form:
        yield form.title()
    if mention.kind != PERSON or mention.strength < 4:
        return
    surname = form.split()[-1].split(".")[-1]
    if len(surname) > 2 and surname.lower() not in known.stop and surname[0].isupper():
        yield surname
        if surname.isupper():
            yield surname.title()
