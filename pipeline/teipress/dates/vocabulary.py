"""Vocabulary: which words of a language begin a date, go on with one, or stand in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from teipress.dates.beginnings import ARTICLES, FIGURE, single_words, words
from teipress.dates.figures import figures
from teipress.dates.shapes import Shape
from teipress.dates.slots import HAN_NUMERAL, STEMS, Lexicon
from teipress.languages import language
from teipress.scripts import IDEOGRAPH

#: What of a file says something about the words around dates, or is no pattern at all.
_ABOUT: Final = frozenset(
    [
        "after_day",
        "undated",
        "streets",
        "writings",
        "lone_year",
        "month_asks",
        "indefinite",
        "months_alone",
        "rhymes",
        "numeric",
        "script",
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
    """The words of one grammar; `feasts` are those with which the names of feasts begin."""

    def __init__(self, code: str, data: Mapping[str, Any], lexicon: Lexicon, feasts: frozenset[str]) -> None:
        self.code, self.data, self.lexicon, self.feasts = code, data, lexicon, feasts

    def starts(self, shapes: Iterable[Shape]) -> frozenset[str]:
        """Give the words, in small letters, that a date can begin with besides a figure."""
        found = {word for shape in shapes for word in shape.heads.all} - {FIGURE}
        if "roman_count" in self.data.get("slots", {}):
            ones = ("i", "ii", "iii", "iv", "iiii", "v", "vi", "vii", "viii", "ix", "x", "viiii")
            found |= {tens + one for tens in ("", "x", "xx") for one in ones}
        return frozenset(found)

    def strong(self, starts: frozenset[str]) -> frozenset[str]:
        """Give the words that make a date by themselves, or that stand in dates only."""
        spoken, known = language(self.code), self.lexicon
        common = spoken.function_words if spoken else frozenset()
        months = [
            w for item in self.data.get("calendar", ()) for line in item["months"] for w in line.split()
        ]
        named = {w.lower() for names in (known.months, known.seasons, known.eras) for w in names}
        named |= {w.lower() for w in known.weekdays if len(w) > 3}
        named |= {w.partition("_")[0].lower() for w in months if len(w) > 2}
        relative = (
            single_words(r["pattern"]) for r in self.data.get("relative", ()) if "{" not in r["pattern"]
        )
        alone = (self.feasts | frozenset().union(*relative)) - common
        counted = {w.split()[0] for names in (known.ordinals, known.numbers, known.counts) for w in names}
        also = {w for w in alone if len(w) > 3 and w not in counted}
        return starts & (named | also | frozenset(self.data.get("strong", "").split()))

    def weak(self, starts: frozenset[str]) -> frozenset[str]:
        """Give the words that begin a date only if more of it follows."""
        return starts - self.strong(starts)

    def follow(self) -> frozenset[str]:
        """Give what a weak word may have after it besides a strong one: units of time, great numbers."""
        units = [*self.data.get("units", {}).values(), *self.data.get("grains", {}).values()]
        patterns = [r["pattern"] for r in self.data.get("relative", ()) if "{" not in r["pattern"]]
        centuries = [s for s in self.data.get("shapes", ()) if "{c}" in s or "tens_word" in s]
        patterns += centuries
        spoken = language(self.code)
        common = spoken.function_words if spoken else frozenset()
        named = {word for word in frozenset().union(*map(words, patterns)) if len(word) > 2} - common
        great = {word for word, value in self.lexicon.numbers.items() if value >= 100}
        named |= frozenset(self.data.get("follow", "").split())
        return frozenset(named | great).union(*map(words, units))

    def own(self) -> frozenset[str]:
        """Give the words of the shapes that are none of the language's commonest, as `inst` and `ago`."""
        spoken, data = language(self.code), self.data
        shapes = [*data.get("shapes", ()), *(r["pattern"] for r in data.get("relative", ()))]
        shapes += [shape for item in data.get("calendar", ()) for shape in item["shapes"]]
        return frozenset().union(*map(words, shapes)) - (spoken.function_words if spoken else frozenset())

    def bridges(self) -> frozenset[str]:
        """Give every word of the grammar's patterns and lists."""
        texts = [*self._own_texts(), *self.lexicon.eras, *_texts(figures()["shapes"]), *_SUFFIXES]
        return frozenset().union(*(words(text) for text in texts), *(_plain(text) for text in texts))

    def telling(self, starts: frozenset[str]) -> frozenset[str]:
        """Give the words of which one beside a figure tells that it may be read in this language."""
        shared = frozenset(_SUFFIXES) | ARTICLES - words("|".join(self._own_texts()))
        own = (starts | self.follow()).union(*map(words, self._own_texts())) - shared
        return frozenset(w for w in own if len(w) > 2 or not w.isascii())

    def _own_texts(self) -> list[str]:
        return [text for key, value in self.data.items() if key not in _ABOUT for text in _texts(value, key)]

    def loose(self) -> frozenset[str]:
        """Give the words before a group that any word fills, in what counts from the text's own day."""
        before = (r["pattern"].partition(r"(?:\w+ )")[::2] for r in self.data.get("relative", ()))
        return frozenset().union(*(words(opening) for opening, rest in before if rest))

    def triggers(self) -> re.Pattern[str]:
        """Give the pattern of what a Chinese or Japanese date begins with."""
        known = self.lexicon
        names = {*known.calendars, *known.eras, *known.rhymes}
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
        return re.compile("[" + "".join(map(re.escape, sorted(first))) + "]")
