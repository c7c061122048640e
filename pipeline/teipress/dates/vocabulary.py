"""Vocabulary: which words of a language begin a date, go on with one, or stand in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from teipress.dates.beginnings import ARTICLES, FIGURE, heads, single_words, words
from teipress.dates.figures import figures
from teipress.dates.slots import HAN_NUMERAL, STEMS, one_of
from teipress.languages import language
from teipress.scripts import IDEOGRAPH

if TYPE_CHECKING:
    from teipress.dates.grammar import Grammar

#: The articles that may stand before the number of a century.
NUMBERING: Final = ("the", "im", "der", "das", "des", "le", "les", "au", "du", "el", "il")

#: What of a file says something about the words around dates, or is no pattern at all.
_ABOUT: Final = frozenset(
    [
        "after_day",
        "undated",
        "streets",
        "writings",
        "ahead",
        "lone_year",
        "month_asks",
        "indefinite",
        "months_alone",
        "rhymes",
        "ordinal_endings",
        "script",
        "own_letters",
    ]
)
#: The tables whose keys are words, and what in a table is a name of this program's.
_WORDED: Final = frozenset(["feasts", "numbers", "counts", "centuries"])
_NAMES: Final = frozenset(["id", "kind", "grain"])
_SUFFIXES: Final = ("st", "nd", "rd", "th", "e", "ème", "er")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def _texts(value: object, name: str = "") -> Iterable[str]:
    """Give every text in a part of a grammar, the keys of its tables too where these are words."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from value if name in _WORDED else ()
        yield from (text for key, one in value.items() if key not in _NAMES for text in _texts(one))
    elif isinstance(value, Iterable):
        yield from (text for one in value for text in _texts(one))


def _plain(text: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(re.sub(r"\\\w|\?[P<]\w+>?", " ", text).lower()))


class Vocabulary:
    """The words of one grammar, all in small letters."""

    def __init__(self, known: Grammar) -> None:
        self.known, self.data, self.lexicon = known, known.data, known.lexicon

    @cached_property
    def common(self) -> frozenset[str]:
        """The language's commonest."""
        spoken = language(self.known.code)
        return spoken.function_words if spoken else frozenset()

    def _listed(self, key: str) -> frozenset[str]:
        return frozenset(self.data.get(key, "").split())

    @cached_property
    def indefinite(self) -> frozenset[str]:
        """Those that make a weekday after them, or are one that means, any such day."""
        return self._listed("indefinite")

    @cached_property
    def lone_year(self) -> frozenset[str]:
        """Those after which a year may stand alone."""
        return self._listed("lone_year")

    @cached_property
    def month_asks(self) -> frozenset[str]:
        """Those after which a month may."""
        return self._listed("month_asks")

    @cached_property
    def months_alone(self) -> frozenset[str]:
        """The months whose names mean nothing else."""
        return self._listed("months_alone")

    @cached_property
    def writings(self) -> frozenset[str]:
        """What letters and the like are called, whose days lie behind."""
        return self._listed("writings")

    @cached_property
    def ahead(self) -> re.Pattern[str] | None:
        """The forms of verbs that speak of what is to come."""
        forms = self.data.get("ahead")
        return re.compile(forms) if forms else None

    @cached_property
    def lower_months(self) -> frozenset[str]:
        """The months whose names are words in small letters: "they may"."""
        return frozenset(self.lexicon.months) if self.data.get("capitals") else frozenset()

    @cached_property
    def qualifying(self) -> dict[str, frozenset[str]]:
        """Those that each qualifier begins with."""
        return {how: heads(pattern, {}).all for how, pattern in self.data.get("qualifiers", {}).items()}

    @cached_property
    def opening(self) -> frozenset[str]:
        """Those that open a range."""
        ranges = self.data.get("ranges", {})
        return words(ranges.get("from", "")) | words(ranges.get("between", ""))

    @cached_property
    def numbering(self) -> frozenset[str]:
        """Those that a century's number can begin with."""
        return self.known.begins["c"].union(NUMBERING)

    @cached_property
    def grouping(self) -> frozenset[str]:
        """Those that days which share a month can begin with."""
        return ARTICLES.union(*(self.known.begins[slot] for slot in ("d", "m", "w")))

    @cached_property
    def starts(self) -> frozenset[str]:
        """Those that a date can begin with besides a figure."""
        if self.known.han:
            return frozenset()
        found = {word for shape in self.known.shapes for word in shape.heads.all} - {FIGURE}
        if "roman_count" in self.data.get("slots", {}):
            ones = ("i", "ii", "iii", "iv", "iiii", "v", "vi", "vii", "viii", "ix", "x", "viiii")
            found |= {tens + one for tens in ("", "x", "xx") for one in ones}
        return frozenset(found).union(*self.qualifying.values(), self.opening) - {FIGURE}

    @cached_property
    def strong(self) -> frozenset[str]:
        """Those of them that make a date by themselves, or that stand in dates only."""
        known = self.lexicon
        months = [
            w for item in self.data.get("calendar", ()) for line in item["months"] for w in line.split()
        ]
        named = {w.lower() for names in (known.months, known.seasons, known.eras) for w in names}
        named |= {w.lower() for w in known.weekdays if len(w) > 3}
        named |= {w.partition("_")[0].lower() for w in months if len(w) > 2}
        relative = (
            single_words(r["pattern"]) for r in self.data.get("relative", ()) if "{" not in r["pattern"]
        )
        alone = self.known.kept.union(*relative) - self.common
        counted = {w.split()[0] for names in (known.ordinals, known.numbers, known.counts) for w in names}
        also = {w for w in alone if len(w) > 3 and w not in counted}
        return self.starts & (named | also | self._listed("strong"))

    @cached_property
    def weak(self) -> frozenset[str]:
        """Those that begin a date only if more of it follows."""
        return self.starts - self.strong

    @cached_property
    def follow(self) -> frozenset[str]:
        """The strong ones, and what else a weak one may have after it: units of time, great numbers."""
        units = [*self.data.get("units", {}).values(), *self.data.get("grains", {}).values()]
        patterns = [r["pattern"] for r in self.data.get("relative", ()) if "{" not in r["pattern"]]
        patterns += [s for s in self.data.get("shapes", ()) if "{c}" in s or "tens_word" in s]
        named = {word for word in frozenset().union(*map(words, patterns)) if len(word) > 2} - self.common
        great = {word for word, value in self.lexicon.numbers.items() if value >= 100}
        return self.strong.union(named, great, self._listed("follow"), *map(words, units))

    @cached_property
    def own(self) -> frozenset[str]:
        """Those of which a figure must have one, or another figure, soon after it.

        Of the shapes those that are none of the language's commonest, as `inst` and `ago`.
        """
        shapes = [*self.data.get("shapes", ()), *(r["pattern"] for r in self.data.get("relative", ()))]
        shapes += [shape for item in self.data.get("calendar", ()) for shape in item["shapes"]]
        return self.follow | (frozenset().union(*map(words, shapes)) - self.common)

    @cached_property
    def bridges(self) -> frozenset[str]:
        """Every word of the grammar's patterns and lists: it may stand between the first of a date and its own."""
        if self.known.han:
            return frozenset()
        texts = [*self._own_texts, *self.lexicon.eras, *_texts(figures()["shapes"]), *_SUFFIXES]
        return frozenset().union(*(words(text) for text in texts), *(_plain(text) for text in texts))

    @cached_property
    def relevant(self) -> frozenset[str]:
        """Those that can begin a date or stand in one."""
        return self.starts | self.follow | self.bridges

    @cached_property
    def known_all(self) -> frozenset[str]:
        """Every word that a date expression may hold."""
        tables = [*self.data.get("ranges", {}).values(), *self.data.get("after", {}).values()]
        return self.starts.union(self.lone_year, self.follow, *map(words, tables))

    @cached_property
    def telling(self) -> frozenset[str]:
        """Those of which one beside a figure tells that it may be read in this language."""
        shared = frozenset(_SUFFIXES) | ARTICLES - words("|".join(self._own_texts))
        own = (self.starts | self.follow).union(*map(words, self._own_texts)) - shared
        return frozenset(w for w in own if len(w) > 2 or not w.isascii())

    @cached_property
    def _own_texts(self) -> list[str]:
        return [text for key, value in self.data.items() if key not in _ABOUT for text in _texts(value, key)]

    @cached_property
    def loose(self) -> frozenset[str]:
        """Those before a group that any word fills, in what counts from the text's own day."""
        before = (r["pattern"].partition(r"(?:\w+ )")[::2] for r in self.data.get("relative", ()))
        return frozenset().union(*(words(opening) for opening, rest in before if rest))

    @cached_property
    def triggers(self) -> re.Pattern[str] | None:
        """The pattern of what a Chinese or Japanese date begins with."""
        if not self.known.han:
            return None
        known = self.lexicon
        names = {*known.calendars, *known.rhymes}
        for pattern in [r["pattern"] for r in self.data.get("relative", ())] + [f for f, _ in known.feasts]:
            names |= set(re.findall(IDEOGRAPH, pattern))
        first = (
            {name[0] for name in names}
            | set(HAN_NUMERAL[7:-1])
            | set(
                "0123456789０１２３４５６７８９正臘腊冬閏闰初自從从由約约大凡お至迄直民清明昭上紀纪前後后公西大歲岁兩两皇神其そ去今本是來来同當当即第越次翌先除中"
            )
            | set(STEMS)
        )
        return re.compile(f"[{''.join(map(re.escape, sorted(first)))}]|{one_of(known.eras)}")
