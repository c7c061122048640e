"""The forms of a register, ready to be looked for: all names and their aliases in one automaton (Aho–Corasick)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

import ahocorasick

from teipress.names.aliases import aliases
from teipress.names.lexicon import lexicon
from teipress.registers import Entry, Registers

#: From so many letters on a word may be a name misspelt.
FUZZY_FROM: Final = 6
_FIRST_CYRILLIC, _LAST_CYRILLIC = "\u0400", "\u04ff"


class Bearer(NamedTuple):
    """An entry that a form may mean; `rule` made the form, "" for one that the register itself gives."""

    entry: Entry
    rule: str


#: Three letters, whether they begin the word (or else end it), and its length.
_Near = tuple[str, bool, int]


@dataclass(frozen=True, eq=False)
class Index:
    """The forms of a register: who bears each, which are nobody's, and which are near in spelling to a word."""

    automaton: Any
    bearers: dict[str, list[Bearer]]
    shields: frozenset[str]
    stems: frozenset[str] = frozenset()
    _near: dict[_Near, list[str]] = field(default_factory=dict)

    def near(self, form: str, slips: int) -> set[str]:
        """Give the one-word forms that begin or end as a word does and are about as long: of them it may be a slip."""
        if not self._near:
            self._near[("", True, 0)] = []
            for known in self.bearers:
                if len(known) >= FUZZY_FROM and " " not in known and known not in self.stems:
                    self._near.setdefault((known[:3], True, len(known)), []).append(known)
                    self._near.setdefault((known[-3:], False, len(known)), []).append(known)
        found: set[str] = set()
        for length in range(len(form) - slips, len(form) + slips + 1):
            found.update(self._near.get((form[:3], True, length), ()))
            found.update(self._near.get((form[-3:], False, length), ()))
        return found


@lru_cache(maxsize=4)
def index(registers: Registers) -> Index:
    """Make the forms of a register ready to be looked for."""
    bearers: dict[str, list[Bearer]] = {}
    for entry in registers.entries:
        by_rule: dict[str, Bearer] = {}
        for form, rule in _forms(entry):
            bearer = by_rule.get(rule) or by_rule.setdefault(rule, Bearer(entry, rule))
            listed = bearers.get(form)
            if listed is None:
                bearers[form] = [bearer]
            elif listed[-1].entry is not entry:  # an entry's forms come together
                listed.append(bearer)
    stems = dict(_stems(bearers))
    for stem, form in stems.items():
        bearers.setdefault(stem, bearers[form])
    automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    add = automaton.add_word
    for form in bearers:
        add(form)
    for form in registers.shields:
        add(form)
    if bearers or registers.shields:
        automaton.make_automaton()
    return Index(automaton, bearers, frozenset(registers.shields), frozenset(stems))


def _forms(entry: Entry) -> Iterator[tuple[str, str]]:
    for name in entry.names:
        yield name.form, ""
    if entry.kind == "person":
        for name in entry.names:
            yield from aliases(name.form)


def _stems(bearers: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give for Cyrillic forms what they begin with in every case."""
    endings = sorted(lexicon("ru").stems, key=len, reverse=True)
    for form in bearers:
        if _FIRST_CYRILLIC <= form[-1] <= _LAST_CYRILLIC:
            stem = next((form[: -len(e)] for e in endings if form.endswith(e)), "")
            if len(stem) > 3:
                yield stem, form
