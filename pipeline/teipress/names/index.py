"""The forms of a register, ready to be looked for: all names and their aliases in one automaton (Aho–Corasick)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

import ahocorasick

from teipress.names.aliases import aliases, sorted_form
from teipress.names.inflection import inflected
from teipress.names.transliteration import transliterated
from teipress.registers import Entry, Registers

#: From so many letters on a word may be a name misspelt.
FUZZY_FROM: Final = 6
#: The aliases that a name has in another script as well.
_IN_OTHER_SCRIPTS: Final = frozenset({"initials", "full", "title and surname", "surname"})


class Bearer(NamedTuple):
    """An entry that a form may mean; `rule` made the form of the full name `of`, "" for one that the register gives.

    With a `language` the form is a case of that language, and means nobody in a text of another.
    """

    entry: Entry
    rule: str
    of: str
    language: str = ""

    @property
    def is_short(self) -> bool:
        """Tell whether the form is a word like others: it needs the full name in the text, or must be no word of it."""
        return self.rule.startswith("surname")


#: Three letters, whether they begin the word (or else end it), and its length.
_Near = tuple[str, bool, int]


@dataclass(frozen=True, eq=False)
class Index:
    """The forms of a register: who bears each, which are nobody's, and which are near in spelling to a word."""

    automaton: Any
    bearers: dict[str, list[Bearer]]
    shields: frozenset[str]
    _near: dict[_Near, list[str]] = field(default_factory=dict)

    def near(self, form: str, slips: int) -> set[str]:
        """Give the one-word forms that begin or end as a word does and are about as long: of them it may be a slip."""
        if not self._near:
            self._near[("", True, 0)] = []
            for known in self.bearers:
                if len(known) >= FUZZY_FROM and " " not in known:
                    self._near.setdefault((known[:3], True, len(known)), []).append(known)
                    self._near.setdefault((known[-3:], False, len(known)), []).append(known)
        found: set[str] = set()
        for length in range(len(form) - slips, len(form) + slips + 1):
            found.update(self._near.get((form[:3], True, length), ()))
            found.update(self._near.get((form[-3:], False, length), ()))
        return found


@lru_cache(maxsize=8)
def index(registers: Registers, languages: frozenset[str] = frozenset(), latin: bool = False) -> Index:
    """Make the forms of a register ready to be looked for.

    `languages` are those of the text, whose cases the names may be in; `latin` tells that some of it is in Latin
    letters, so that names of other scripts are looked for in them too.
    """
    bearers: dict[str, list[Bearer]] = {}
    for entry in registers.entries:
        by_rule: dict[tuple[str, str, str], Bearer] = {}
        for form, *made in _forms(entry, sorted(languages), latin):
            rule, of, language = key = (made[0], made[1], made[2])
            listed = bearers.get(form)
            if listed and listed[-1].entry is entry:  # an entry's forms come together, the plainest first
                continue
            bearer = by_rule.get(key) or by_rule.setdefault(key, Bearer(entry, rule, of, language))
            if listed is None:
                bearers[form] = [bearer]
            else:
                listed.append(bearer)
    automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    add = automaton.add_word
    for form in bearers:
        add(form)
    for form in registers.shields:
        add(form)
    if bearers or registers.shields:
        automaton.make_automaton()
    return Index(automaton, bearers, frozenset(registers.shields))


#: A form, the rule that made it, the full name of which, and the language whose case it is.
_Form = tuple[str, str, str, str]


def _forms(entry: Entry, languages: list[str], latin: bool) -> Iterator[_Form]:
    plain = _written(entry, latin)
    if not languages:
        yield from plain
        return
    listed = list(plain)
    yield from listed
    is_person = entry.kind == "person"
    for language in languages:
        for form, rule, of, _ in listed:
            for made, case in inflected(form, language, is_person):
                yield made, f"{rule}, {case}" if rule else case, of, language


def _written(entry: Entry, latin: bool) -> Iterator[_Form]:
    """Give the forms of an entry as they are written, in other letters too, without cases."""
    is_person = entry.kind == "person"
    for name in entry.names:
        yield name.form, "", sorted_form(name), ""
    if is_person:
        for name in entry.names:
            of = sorted_form(name)
            for alias, rule in aliases(of, name.title):
                yield alias, rule, of, ""
    if not latin:
        return
    for name in entry.names:
        for form, system, of in transliterated(name.form, name.language, is_person):
            yield form, f"transliteration: {system}", of, ""
            for alias, rule in aliases(of, name.title) if is_person else ():
                if rule in _IN_OTHER_SCRIPTS:
                    yield alias, f"{rule}, transliteration: {system}", of, ""
