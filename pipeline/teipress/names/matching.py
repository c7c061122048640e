"""Matching: the names of the registers in a text, each with the entry that it means here.

All forms and their aliases are looked for at once, the longest wins. A form that several entries bear means the one
whose full name stood in the document; initials or a given name before a surname that are not the entry's veto it;
time and place choose where the register knows them. What stays ambiguous is told, and not decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from teipress.names import personal
from teipress.names.aliases import parts
from teipress.names.gazetteer import folded
from teipress.names.identity import Identity
from teipress.names.index import FUZZY_FROM, Bearer, index
from teipress.names.inflection import declension
from teipress.names.lexicon import CAPITAL, lexicon
from teipress.names.misspelling import meant
from teipress.names.plausibility import nearest, of_the_time, unborn
from teipress.names.roles import role_before
from teipress.names.words import begins_sentence, in_periodical, lower_case_words
from teipress.registers import Entry, Registers
from teipress.scripts import SPACELESS, UPPER
from teipress.text import Text

_CAPITALS: Final = re.compile(rf"(?<!\w){UPPER}{{4,}}(?!\w)")
_WORD: Final = re.compile(rf"(?<![\w-]){CAPITAL}(?![\w-])")
_FOLLOWING: Final = re.compile(r"[ ](?P<word>[^\W\d_]+)")
_QUOTES: Final = ("„", "“", "”", "«", "»", '"', "‚", "‘", "’", "'")
#: A word in Latin letters that may be a name.
_LATIN: Final = re.compile(r"(?<!\w)[A-Z][a-z]{2}")


class Match(NamedTuple):
    """A name of the registers in a reading: its likeliest entry, how it was told, and who else bears the name.

    Without an entry the range is ambiguous, belongs to a work or an event, or something speaks against it: then
    `rule` says what, and the range is open to others unless it is a shield's.
    """

    start: int
    end: int
    entry: Entry | None
    rule: str
    cert: str
    candidates: tuple[str, ...] = ()

    @property
    def is_taken(self) -> bool:
        """Tell whether nothing else may be proposed here."""
        return self.entry is not None or self.rule.startswith(("names.shield", "names.eponym"))


def match(text: Text, registers: Registers, year: int | None = None) -> list[Match]:
    """Find the register's names in a text, in its order, none sharing a character with another.

    `year` is that of the text, where it is known: it tells who may be meant.
    """
    known = registers.entries or registers.shields
    return list(_Matching(text, registers, year).matches()) if known else []


class _Matching:
    """One text and one register."""

    def __init__(self, text: Text, registers: Registers, year: int | None) -> None:
        self.text = text
        self.reading = text.reading
        spoken = {text.language, *(block.language for block in text.blocks)}
        declined = frozenset(code for one in spoken if declension(code := one.partition("-")[0]))
        self.names = index(registers, declined, bool(_LATIN.search(text.reading)))
        self.year = year
        self.identity = Identity(text, self.names)
        self._lower: frozenset[str] | None = None
        self.places: list[Entry] = []  # those that the text names for sure

    @property
    def lower(self) -> frozenset[str]:
        if self._lower is None:
            self._lower = lower_case_words(self.reading)
        return self._lower

    def matches(self) -> Iterator[Match]:
        found = list(_longest(self._found()))
        for start, end, form in found:
            if not self._may_be_word(start, form) or self._is_told(start, end):
                self.identity.anchor(start, form)
        sole = (self.names.bearers.get(form, ()) for _, _, form in found)
        self.places = [b[0].entry for b in sole if len(b) == 1 and b[0].entry.kind == "place"]
        known = [self._resolved(*range_) for range_ in found]
        yield from sorted([*known, *self._misspelt(known)], key=lambda match: match.start)

    def _found(self) -> Iterator[tuple[int, int, str]]:
        automaton = self.names.automaton
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
            if is_border(reading, end) and (form in self.names.shields or self.identity.bearing(start, form)):
                yield start, end, form

    # Whose name it is.

    def _resolved(self, start: int, end: int, form: str) -> Match:
        if form in self.names.shields:
            return Match(start, end, None, "names.shield: the name of a work or an event", "")
        bearers = self.identity.compatible(start, form)
        if not bearers:
            return Match(
                start, end, None, f"names.veto: initials or a given name that are not those of {form}", ""
            )
        if name := self._goes_on(end, form, bearers):
            return Match(start, end, None, f"names.veto: {form} is only the first word of {name}", "")
        if self._is_eponym(end, bearers):
            return Match(start, end, None, "names.eponym: a thing that is called after a person", "")
        if bearers[0].entry.kind == "place" and self._is_in_periodical(start, end):
            return Match(start, end, None, f"names.veto: {form} is part of a newspaper's name", "")
        born = [bearer for bearer in bearers if not unborn(bearer.entry, self.year)]
        if not born:
            return Match(start, end, None, f"names.veto: nobody called {form} was born by {self.year}", "")
        if len(born) == 1:
            return self._certain(start, end, form, born[0], _others(bearers, born[0].entry))
        return self._chosen(start, end, form, born)

    def _chosen(self, start: int, end: int, form: str, bearers: list[Bearer]) -> Match:
        """Choose between several bearers: who alone has the form, was named in full, lived then, lies near."""
        standing = self.identity.standing(bearers)
        anchored = [entry for at, entry in standing if at < start] or [entry for _, entry in standing]
        given = [bearer.entry for bearer in bearers if not bearer.rule]
        if len(given) == 1 and (not anchored or given[0] in anchored or parts(form)):
            rest = _others(bearers, given[0])
            return Match(start, end, given[0], f"names.register: {form}", "high", rest)
        if len({entry.ref for entry in anchored}) == 1:
            return self._told(start, end, form, anchored[0], bearers, "named in full")
        timely = of_the_time(bearers, form, self.year)
        if len(timely) == 1:
            return self._told(start, end, form, timely[0].entry, bearers, f"of the time: {self.year}")
        near = nearest(bearers, self.places) if bearers[0].entry.kind == "place" else None
        if near:
            return self._told(start, end, form, near, bearers, "nearest to the places named")
        likeliest = self._nearest(start, bearers, timely)
        refs = tuple(bearer.entry.ref for bearer in bearers)
        return Match(start, end, likeliest, f"names.ambiguous: {form}", "low", refs)

    def _told(self, start: int, end: int, form: str, entry: Entry, bearers: list[Bearer], why: str) -> Match:
        return Match(start, end, entry, f"names.register: {form} ({why})", "medium", _others(bearers, entry))

    def _certain(self, start: int, end: int, form: str, bearer: Bearer, others: tuple[str, ...]) -> Match:
        begin = self.identity.begin(start) if bearer.is_short else start
        if begin < start:
            rule = f"names.register: {form} ({bearer.rule}), with what stands before it"
            return Match(begin, end, bearer.entry, rule, "medium", others)
        anchored = bool(self.identity.standing([bearer]))
        short = bearer.is_short and not anchored
        if not bearer.rule and self._may_be_word(start, form):
            if not self._is_told(start, end):
                return Match(start, end, None, f"names.veto: {form} is a common word of the language", "")
            short = False
        if short and (reason := self._is_word(form, start)):
            return Match(start, end, None, f"names.veto: {form} is {reason}", "")
        rule = f"names.register: {form}" + (f" ({bearer.rule})" if bearer.rule else "")
        cert = "medium" if short or others else "high"
        if self.year is not None and short and not of_the_time([bearer], form, self.year):
            return Match(start, end, bearer.entry, f"{rule}, not of the time: {self.year}", "low", others)
        return Match(start, end, bearer.entry, rule, cert, others)

    def _is_eponym(self, end: int, bearers: list[Bearer]) -> bool:
        """Tell whether a person's name is only the first word of a thing's: a manifesto, a doctrine."""
        following = _FOLLOWING.match(self.reading, end)
        if not following or bearers[0].entry.kind != "person":
            return False
        word = following.group("word")
        return word[0].isupper() and word.lower() in lexicon(self.text.language_at(end)).eponyms

    def _goes_on(self, end: int, form: str, bearers: list[Bearer]) -> str:
        """Give the longer name that a given name begins which a register has alone; "" where it stands alone here."""
        following = _FOLLOWING.match(self.reading, end)
        if not following or bearers[0].entry.kind != "person" or not following["word"][0].isupper():
            return ""
        known = lexicon(self.text.language_at(end))
        is_given = form.lower() in known.given or personal.is_given(form, known.code)
        ends = following["word"].lower() in known.stop or known.capitalises_nouns
        return f"{form} {following['word']}" if is_given and not ends else ""

    def _is_in_periodical(self, start: int, end: int) -> bool:
        return in_periodical(self.reading, start, end, lexicon(self.text.language_at(start)))

    def _may_be_word(self, start: int, form: str) -> bool:
        """Tell whether a form that the register gives is a common word, which has its capital by custom or place."""
        known = lexicon(self.text.language_at(start))
        by_custom = known.capitalises_nouns or begins_sentence(self.reading, start)
        return form.lower() in known.stop and by_custom

    def _is_told(self, start: int, end: int) -> bool:
        """Tell whether a title or quotation marks say of a word like others that it is a name here."""
        if self.reading[max(0, start - 1) : start] in _QUOTES and self.reading[end : end + 1] in _QUOTES:
            return start > 0
        return role_before(self.text, start) is not None

    def _is_word(self, form: str, at: int) -> str:
        """Say why a surname that an alias made may be something else here; "" where nothing speaks for it."""
        known = lexicon(self.text.language_at(at))
        word = form.lower()
        if word in known.stop:
            return "a common word of the language"
        if word in self.lower:
            return "a common word of this text, which has it in small letters"
        return "the name of a place" if known.place(folded(form)) is True else ""

    def _nearest(self, start: int, bearers: list[Bearer], timely: list[Bearer]) -> Entry:
        standing = self.identity.standing(bearers)
        before = [entry for at, entry in standing if at < start]
        return before[-1] if before else standing[0][1] if standing else (timely or bearers)[0].entry

    def _misspelt(self, known: list[Match]) -> Iterator[Match]:
        """Find words one or two slips away from one name of the register, and from no other."""
        if not self.names.bearers:
            return
        taken = {at for match in known for at in range(match.start, match.end)}
        verdicts: dict[str, str] = {}
        for word in _WORD.finditer(self.reading):
            form = word.group()
            if len(form) < FUZZY_FROM or word.start() in taken:
                continue
            if form not in verdicts:
                language = lexicon(self.text.language_at(word.start()))
                verdicts[form] = meant(form, self.names, language, self.lower)
            bearers = self.identity.compatible(word.start(), verdicts[form]) if verdicts[form] else []
            if len(bearers) == 1:
                rule = f"names.misspelt: {form}, for {verdicts[form]}"
                yield Match(word.start(), word.end(), bearers[0].entry, rule, "low")


def _others(bearers: list[Bearer], entry: Entry) -> tuple[str, ...]:
    return tuple(bearer.entry.ref for bearer in bearers if bearer.entry is not entry)


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
    if SPACELESS.match(before) or SPACELESS.match(after):
        return True  # a name may begin and end anywhere
    return not (before.isalnum() and after.isalnum()) and not (before.isalpha() and after == "-")
