"""Whose name it is: what stands before a form speaks against some of its bearers, what stood in full for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.names.aliases import initial_letters, parts
from teipress.names.index import Bearer, Index
from teipress.names.lexicon import CAPITAL, UPPER, lexicon
from teipress.registers import Entry
from teipress.text import Text

_INITIALS: Final = re.compile(rf"(?<!\w)((?:{UPPER}[^\W\d_]?\.[ -]?){{1,3}})\s?\Z")
_GIVEN: Final = re.compile(rf"(?<!\w)({CAPITAL}) \Z")


class Identity:
    """One text and one register: who is named where in full, and who may be meant by a form."""

    def __init__(self, text: Text, names: Index) -> None:
        self.text = text
        self.names = names
        self.anchors: dict[str, list[tuple[int, Entry]]] = {}

    def anchor(self, start: int, form: str) -> None:
        """Remember whose full name stands here: its short forms mean the same person."""
        bearers = self.compatible(start, form)
        if len(bearers) == 1 and bearers[0].rule != "surname":
            entry = bearers[0].entry
            for short in {known.surname for name in entry.names if (known := parts(name.form))} | {form}:
                self.anchors.setdefault(short, []).append((start, entry))

    def standing(self, form: str, bearers: list[Bearer]) -> list[tuple[int, Entry]]:
        """Give the bearers of a form that were named in full in the text, with the places."""
        return [
            (at, entry) for at, entry in self.anchors.get(form, ()) if any(b.entry is entry for b in bearers)
        ]

    def compatible(self, start: int, form: str) -> list[Bearer]:
        """Give the bearers of a form that what stands before it does not speak against."""
        bearers = self.names.bearers.get(form, [])
        before = self.text.reading[max(0, start - 24) : start]
        initials = _INITIALS.search(before)
        if initials:
            letters = initial_letters(initials.group(1))
            return [b for b in bearers if b.entry.kind != "person" or _has_initials(b.entry, form, letters)]
        given = _GIVEN.search(before)
        if given and self._is_given(given.group(1), start):
            return [b for b in bearers if b.entry.kind != "person" or _has_given(b.entry, given.group(1))]
        return bearers

    def _is_given(self, word: str, at: int) -> bool:
        known = lexicon(self.text.language_at(at))
        return word.lower() in known.given and word.lower() not in known.titles


def _has_initials(entry: Entry, form: str, letters: list[str]) -> bool:
    """Tell whether initials may be those of an entry's person; one without given names has none."""
    for name in entry.names:
        known = parts(name.form)
        if known and known.surname == form:
            own = list(known.initials)
            if own[: len(letters)] == letters or (own and letters[: len(own)] == own):
                return True
    return any(name.form == form and parts(name.form) is not None for name in entry.names)


def _has_given(entry: Entry, given: str) -> bool:
    first: Iterator[str] = (known.given[0] for name in entry.names if (known := parts(name.form)))
    return any(own == given or (len(own) <= 3 and own[0] == given[0]) for own in first)
