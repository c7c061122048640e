"""Matching: the names of the registers in a text, each with the entry that it means here.

All forms and their aliases are looked for at once (Aho–Corasick), the longest wins. A form that several entries
bear means the one whose full name stood in the document; initials or a given name before a surname that are not
the entry's veto it. What stays ambiguous is told, and not decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

import ahocorasick
from rapidfuzz.distance import OSA

from teipress.names.aliases import aliases, initial_letters, parts
from teipress.names.gazetteer import folded
from teipress.names.lexicon import CAPITAL, UPPER, Lexicon, lexicon
from teipress.registers import Entry, Registers
from teipress.text import Text

_INITIALS: Final = re.compile(rf"(?<!\w)((?:{UPPER}[^\W\d_]?\.[ -]?){{1,3}})\s?$")
_GIVEN: Final = re.compile(rf"(?<!\w)({CAPITAL}) $")
_CAPITALS: Final = re.compile(rf"(?<!\w){UPPER}{{4,}}(?!\w)")
_WORD: Final = re.compile(rf"(?<![\w-]){CAPITAL}(?![\w-])")
_REST: Final = re.compile(r"[^\W\d_]*")
_FOLLOWING: Final = re.compile(r"[ ](?P<word>[^\W\d_]+)")
#: Scripts that write without spaces: a name may begin and end anywhere.
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
#: A misspelt word has at least so many letters, and one slip more from so many on.
_FUZZY_FROM: Final = 6
_FUZZY_TWO_FROM: Final = 10


class Match(NamedTuple):
    """A name of the registers in a reading: its likeliest entry, how it was told, and who else bears the name.

    Without an entry the range is ambiguous, or belongs to a work or an event.
    """

    start: int
    end: int
    entry: Entry | None
    rule: str
    cert: str
    candidates: tuple[str, ...] = ()


class _Bearer(NamedTuple):
    entry: Entry
    rule: str  # "" for a form that the register itself gives


#: Three letters, the length of the word, and whether they begin it (or else end it).
_Near = tuple[str, int, bool]


@dataclass(frozen=True, eq=False)
class _Index:
    automaton: Any
    bearers: dict[str, list[_Bearer]]
    shields: frozenset[str]
    near: dict[_Near, list[str]] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()


@lru_cache(maxsize=4)
def index(registers: Registers) -> _Index:
    """Make the forms of a register ready to be looked for."""
    bearers: dict[str, list[_Bearer]] = {}
    for entry in registers.entries:
        for form, rule in _forms(entry):
            listed = bearers.setdefault(form, [])
            if not listed or all(bearer.entry is not entry for bearer in listed):
                listed.append(_Bearer(entry, rule))
    stems = dict(_stems(bearers))
    for stem, form in stems.items():
        bearers.setdefault(stem, bearers[form])
    automaton = ahocorasick.Automaton()
    for form in (*bearers, *registers.shields):
        automaton.add_word(form, len(form))
    if bearers or registers.shields:
        automaton.make_automaton()
    near: dict[_Near, list[str]] = {}
    for form in bearers:
        if len(form) >= _FUZZY_FROM and " " not in form and form not in stems:
            near.setdefault((form[:3], len(form), True), []).append(form)
            near.setdefault((form[-3:], len(form), False), []).append(form)
    return _Index(automaton, bearers, frozenset(registers.shields), near, frozenset(stems))


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
        if "\u0400" <= form[-1] <= "\u04ff":
            stem = next((form[: -len(e)] for e in endings if form.endswith(e)), "")
            if len(stem) > 3:
                yield stem, form


def match(text: Text, registers: Registers) -> list[Match]:
    """Find the register's names in a text, in its order, none sharing a character with another."""
    if not registers.entries and not registers.shields:
        return []
    return list(_Matching(text, index(registers)).matches())


class _Matching:
    """One text and one register."""

    def __init__(self, text: Text, known: _Index) -> None:
        self.text = text
        self.reading = text.reading
        self.index = known
        self.lower: frozenset[str] | None = None
        self.anchors: dict[str, list[tuple[int, Entry]]] = {}

    def matches(self) -> Iterator[Match]:
        found = list(_longest(self._found()))
        for start, end, form in found:
            self._anchor(start, end, form)
        known = [self._resolved(*range_) for range_ in found]
        yield from sorted([*known, *self._misspelt(known)], key=lambda match: match.start)

    def _found(self) -> Iterator[tuple[int, int, str]]:
        automaton = self.index.automaton
        yield from self._in(automaton, self.reading)
        if _CAPITALS.search(self.reading):
            lowered = _CAPITALS.sub(lambda word: word.group()[0] + word.group()[1:].lower(), self.reading)
            if len(lowered) == len(self.reading):
                yield from self._in(automaton, lowered)

    def _in(self, automaton: Any, reading: str) -> Iterator[tuple[int, int, str]]:
        for last, length in automaton.iter(reading):
            start, end = last + 1 - length, last + 1
            if not is_border(reading, start):
                continue
            form = reading[start:end]
            if is_border(reading, end):
                if form not in self.index.stems:
                    yield start, end, form
            elif ending := self._ending(end):
                yield start, end + len(ending), form

    def _ending(self, end: int) -> str:
        """Give the case ending that a word goes on with, if it is one of its language."""
        rest = _REST.match(self.reading, end)
        assert rest is not None
        if not 0 < len(rest.group()) <= 3 or not is_border(self.reading, rest.end()):
            return ""
        known = lexicon(self.text.language_at(end))
        return rest.group() if rest.group() in known.endings else ""

    # Whose name it is.

    def _anchor(self, start: int, end: int, form: str) -> None:
        """Remember whose full name stood here: its short forms mean the same person."""
        bearers = self._compatible(start, form)
        if len(bearers) == 1 and bearers[0].rule != "surname":
            entry = bearers[0].entry
            for short in {known.surname for name in entry.names if (known := parts(name.form))} | {form}:
                self.anchors.setdefault(short, []).append((start, entry))

    def _compatible(self, start: int, form: str) -> list[_Bearer]:
        """Give the bearers of a form that what stands before it does not speak against."""
        bearers = self.index.bearers.get(form, [])
        before = self.reading[max(0, start - 24) : start]
        initials = _INITIALS.search(before)
        given = None if initials else _GIVEN.search(before)
        kept = []
        for bearer in bearers:
            if bearer.entry.kind == "person" and (initials or given):
                if initials and not _has_initials(bearer.entry, form, initial_letters(initials.group(1))):
                    continue
                if (
                    given
                    and self._is_given(given.group(1), start)
                    and not _has_given(bearer.entry, given.group(1))
                ):
                    continue
            kept.append(bearer)
        return kept

    def _is_given(self, word: str, at: int) -> bool:
        known = lexicon(self.text.language_at(at))
        return word.lower() in known.given and word.lower() not in known.titles

    def _resolved(self, start: int, end: int, form: str) -> Match:
        if form in self.index.shields:
            return Match(start, end, None, "names.shield", "")
        bearers = self._compatible(start, form)
        if not bearers:
            return Match(start, start, None, "names.veto", "")
        if self._is_eponym(end, bearers):
            return Match(start, end, None, "names.eponym", "")
        anchored = [
            entry for _, entry in self.anchors.get(form, ()) if any(b.entry is entry for b in bearers)
        ]
        if len(bearers) == 1:
            return self._certain(start, end, form, bearers[0], bool(anchored))
        refs = tuple(bearer.entry.ref for bearer in bearers)
        given = [bearer.entry for bearer in bearers if not bearer.rule]
        if len(given) == 1 and (not anchored or given[0] in anchored):
            return Match(start, end, given[0], f"names.register: {form}", "high", _others(refs, given[0]))
        if len({entry.ref for entry in anchored}) == 1:
            rule = f"names.register: {form} (named in full)"
            return Match(start, end, anchored[0], rule, "medium", _others(refs, anchored[0]))
        likeliest = self._nearest(start, form, bearers)
        return Match(start, end, likeliest, f"names.ambiguous: {form}", "low", refs)

    def _certain(self, start: int, end: int, form: str, bearer: _Bearer, anchored: bool) -> Match:
        if bearer.rule in ("surname", "surname and title") and not anchored and self._is_word(form, start):
            return Match(start, start, None, "names.veto", "")
        rule = f"names.register: {form}" + (f" ({bearer.rule})" if bearer.rule else "")
        weak = bearer.rule in ("surname", "surname and title") and not anchored
        return Match(start, end, bearer.entry, rule, "medium" if weak else "high")

    def _is_eponym(self, end: int, bearers: list[_Bearer]) -> bool:
        """Tell whether a person's name is only the first word of a thing's: a manifesto, a doctrine."""
        following = _FOLLOWING.match(self.reading, end)
        if not following or bearers[0].entry.kind != "person":
            return False
        word = following.group("word")
        return word[0].isupper() and word.lower() in lexicon(self.text.language_at(end)).eponyms

    def _is_word(self, form: str, at: int) -> bool:
        """Tell whether a surname that an alias made may be a common word or a place here."""
        known = lexicon(self.text.language_at(at))
        word = form.lower()
        return word in known.stop or word in self._lower() or known.place(folded(form)) is True

    def _nearest(self, start: int, form: str, bearers: list[_Bearer]) -> Entry:
        standing = [(at, e) for at, e in self.anchors.get(form, ()) if any(b.entry is e for b in bearers)]
        before = [entry for at, entry in standing if at < start]
        return before[-1] if before else standing[0][1] if standing else bearers[0].entry

    def _lower(self) -> frozenset[str]:
        if self.lower is None:
            self.lower = frozenset(re.findall(r"(?<![\w'’-])[^\W\d_A-Z]\w+", self.reading))
        return self.lower

    # Misspelt names.

    def _misspelt(self, known: list[Match]) -> Iterator[Match]:
        """Find words one or two slips away from one name of the register, and from no other."""
        if not self.index.near:
            return
        taken = {at for match in known for at in range(match.start, match.end)}
        verdicts: dict[str, str] = {}
        for word in _WORD.finditer(self.reading):
            form = word.group()
            if len(form) < _FUZZY_FROM or word.start() in taken:
                continue
            if form not in verdicts:
                verdicts[form] = self._meant(form, lexicon(self.text.language_at(word.start())))
            bearers = self._compatible(word.start(), verdicts[form]) if verdicts[form] else []
            if len(bearers) == 1:
                rule = f"names.misspelt: {form}, for {verdicts[form]}"
                yield Match(word.start(), word.end(), bearers[0].entry, rule, "low")

    def _near(self, form: str, slips: int) -> set[str]:
        """Give the names that begin or end as a word does, and are about as long."""
        near = self.index.near
        lengths = range(len(form) - slips, len(form) + slips + 1)
        begin = (other for length in lengths for other in near.get((form[:3], length, True), ()))
        end = (other for length in lengths for other in near.get((form[-3:], length, False), ()))
        return {*begin, *end}

    def _meant(self, form: str, known: Lexicon) -> str:
        word = form.lower()
        if word in known.stop or word in known.given or word in self._lower() or form in self.index.bearers:
            return ""
        if known.place(folded(form)) is not None:
            return ""
        slips = 2 if len(form) >= _FUZZY_TWO_FROM else 1
        distances = [
            (distance, other)
            for other in self._near(form, slips)
            if (distance := OSA.distance(form, other, score_cutoff=slips)) <= slips
            and not _is_inflected(form, other)
        ]
        if not distances:
            return ""
        least = min(distances)[0]
        best = [other for distance, other in distances if distance == least]
        return best[0] if len(best) == 1 else ""


def _others(refs: tuple[str, ...], entry: Entry) -> tuple[str, ...]:
    return tuple(ref for ref in refs if ref != entry.ref)


def _is_inflected(form: str, other: str) -> bool:
    """Tell whether two forms differ in their ends alone: Germans is no slip for Germany."""
    shared = next(
        (i for i, (a, b) in enumerate(zip(form, other, strict=False)) if a != b), min(len(form), len(other))
    )
    return shared >= max(len(form), len(other)) - 1


def _has_initials(entry: Entry, form: str, letters: list[str]) -> bool:
    """Tell whether initials may be those of an entry's person; one without given names has none."""
    for name in entry.names:
        known = parts(name.form)
        if known and known.surname == form:
            own = list(known.initials)
            if own[: len(letters)] == letters or (own and letters[: len(own)] == own):
                return True
    return any(name.form == form and (known := parts(name.form)) is not None for name in entry.names)


def _has_given(entry: Entry, given: str) -> bool:
    first = [known.given[0] for name in entry.names if (known := parts(name.form))]
    return any(own == given or (len(own) <= 3 and own[0] == given[0]) for own in first)


def _longest(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    taken = 0
    for start, end, form in sorted(set(found), key=lambda range_: (range_[0], -range_[1])):
        if start >= taken:
            taken = end
            yield start, end, form


def is_border(reading: str, at: int) -> bool:
    """Tell whether a word may begin or end at `at`."""
    if at <= 0 or at >= len(reading):
        return True
    before, after = reading[at - 1], reading[at]
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return True
    return not (before.isalnum() and after.isalnum()) and not (before.isalpha() and after == "-")
