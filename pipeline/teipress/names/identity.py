"""Whose name it is: what stands before a form speaks against some of its bearers, what stood in full for one."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

from teipress.names.aliases import initial_letters, parts, sorted_form
from teipress.names.index import Bearer, Index
from teipress.names.lexicon import CAPITAL, lexicon
from teipress.registers import Entry
from teipress.scripts import UPPER
from teipress.text import Text

#: An initial, an abbreviated given name, or one in full, before another or a surname.
_FIRST: Final = re.compile(rf"(?<!\w)({UPPER}[^\W\d_]{{0,2}}\.|{CAPITAL}(?= ))[ \-]?\Z")
_FARTHEST: Final = 24
#: From which likeness on (of 100) two given names are one in two languages: Aleksandr and Alexandre.
_ALIKE: Final = 70


class Identity:
    """One text and one register: who is named where in full, and who may be meant by a form."""

    def __init__(self, text: Text, names: Index) -> None:
        self.text = text
        self.names = names
        self.anchors: dict[str, list[int]] = {}

    def anchor(self, start: int, form: str) -> None:
        """Remember whose full name stands here: its short forms mean the same person."""
        bearers = self.compatible(start, form)
        if len(bearers) == 1 and not bearers[0].is_short:
            self.anchors.setdefault(bearers[0].entry.ref, []).append(start)

    def standing(self, bearers: list[Bearer]) -> list[tuple[int, Entry]]:
        """Give the bearers of a form that were named in full in the text, with the places, in the text's order."""
        return sorted(
            ((at, b.entry) for b in bearers for at in self.anchors.get(b.entry.ref, ())),
            key=lambda found: found[0],
        )

    def bearing(self, start: int, form: str) -> list[Bearer]:
        """Give the bearers of a form, without those who bear it in a case of another language alone."""
        bearers = self.names.bearers.get(form, [])
        if any(bearer.language for bearer in bearers):
            language = self.text.language_at(start).partition("-")[0]
            return [bearer for bearer in bearers if bearer.language in ("", language)]
        return bearers

    def compatible(self, start: int, form: str) -> list[Bearer]:
        """Give the bearers of a form that what stands before it does not speak against."""
        bearers = self.bearing(start, form)
        first = self._before(start)
        return [b for b in bearers if not first or b.entry.kind != "person" or _agrees(b, first)]

    def begin(self, start: int) -> int:
        """Give where the name begins whose surname stands at `start`: with the initials or given names before it."""
        first = self._before(start)
        return first[0].start() if first else start

    def _before(self, start: int) -> list[re.Match[str]]:
        """Give the initials and given names that stand right before a surname."""
        known = lexicon(self.text.language_at(start))
        found: list[re.Match[str]] = []
        at = start
        while word := _FIRST.search(self.text.reading, max(0, at - _FARTHEST), at):
            key = word.group(1).rstrip(".").lower()
            if key in known.titles or not (word.group(1).endswith(".") or key in known.given):
                break
            found.insert(0, word)
            at = word.start()
        return found


def _agrees(bearer: Bearer, first: list[re.Match[str]]) -> bool:
    """Tell whether initials and given names may be those of a form's bearer."""
    letters = initial_letters(" ".join(word.group(1) for word in first))
    named = first[0].group(1)
    return _has_initials(bearer, letters) and (named.endswith(".") or _has_given(bearer, named))


def _has_initials(bearer: Bearer, letters: list[str]) -> bool:
    """Tell whether initials may be those of a form's bearer; one without given names has none."""
    known = parts(bearer.of)
    if known is None:
        return False
    same = (
        other
        for name in bearer.entry.names
        if (other := parts(sorted_form(name))) and other.surname == known.surname
    )
    for full in (known, *same):
        own = list(full.initials)
        if own[: len(letters)] == letters or (own and letters[: len(own)] == own):
            return True
    return not bearer.rule  # the full name itself: what stands before it belongs to something else


def _has_given(bearer: Bearer, given: str) -> bool:
    """Tell whether a given name may be that of a form's bearer, in another language where the form is in one."""
    own = [known.given[0] for name in bearer.entry.names if (known := parts(sorted_form(name)))]
    if any(one == given or (len(one) <= 3 and one[0] == given[0]) for one in own):
        return True
    known = parts(bearer.of)
    return known is not None and known.given[0][0] == given[0] and fuzz.ratio(known.given[0], given) >= _ALIKE
