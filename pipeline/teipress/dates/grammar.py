"""Grammars of dates: one TOML file a language, read into patterns.

A pattern of a grammar is a regular expression with slots in braces; a space in it is any white space. `slots`
and the word lists of the language fill the slots. To add a language, write `grammars/CODE.toml` with the keys
of `grammars/en.toml`; nothing else names a language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from teipress.dates.beginnings import FIGURE, Begins, beginnings, heads, needed, single_words, words
from teipress.dates.slots import HAN_NUMERAL, STEMS, Lexicon, distinct, first_words, one_of
from teipress.languages import language

_FOLDER: Final = Path(__file__).with_name("grammars")
_ERAS: Final = Path(__file__).with_name("eras.toml")
_SLOT: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_SPACE: Final = re.compile(r"\\.|\[(?:\\.|[^\]])*\]| ")  # a space outside a class of characters
_LIKE_FIGURES: Final = re.compile(r"\d.*|[MDCLXVI]+(?:e|ᵉ|è?me)?|['’`]")
_SMALL_ROMAN: Final = re.compile(r"[mdclxvij]+")
#: Where a word ends, or a year to which a flattened text has glued the next line.
_EDGE: Final = r"(?:(?<![^\W_](?=[^\W_]))|(?<=\d)(?=(?-i:[A-ZÄÖÜ][a-zäöü])))"
#: The articles that may stand before the number of a century.
_NUMBERING: Final = frozenset(["the", "im", "der", "das", "des", "le", "les", "au", "du", "el", "il"])

Named = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, eq=False)
class Shape:
    """A pattern of one date, and how it is read.

    `calendar` is the calendar that it is written in with its months, `asked` says that a word before must ask for
    it, `does` what it counts from the text's own day, `begins` the words that it can begin with, `heads` those
    that it must have before anything else, `needs` the word
    lists of which a word is in every match of it (`m`, `s`).
    """

    source: str
    begins: Begins
    heads: Begins
    needs: frozenset[str] = frozenset()
    calendar: tuple[str, Mapping[str, int]] | None = None
    asked: bool = False
    does: Mapping[str, Any] | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Give the pattern; it is compiled when it is first needed, because a text needs few of them."""
        return _pattern(self.source)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Grammar:
    """The grammar of dates of one language, ready to be matched."""

    code: str
    lexicon: Lexicon
    shapes: tuple[Shape, ...]
    misread: tuple[Shape, ...]  # those that begin with a month's name that was misread
    qualifiers: tuple[tuple[str, re.Pattern[str], Begins], ...]  # with the words that each begins with
    after: Named
    separators: Named
    opens: Named
    opening: frozenset[str]
    numbering: frozenset[str]  # the words that a century's number can begin with
    grouping: frozenset[str]  # the words that days which share a month can begin with
    feasts: tuple[tuple[str, str], ...]  # the rule of each, and the pattern of its names
    parts: Named
    units: Named
    grains: Named
    dayhead: re.Pattern[str] | None
    monthhead: re.Pattern[str] | None
    yeartail: re.Pattern[str] | None
    centuryhead: re.Pattern[str] | None
    starts: frozenset[str]  # the words that a date can begin with
    weak: frozenset[str]  # those of them that mostly begin something else
    follow: frozenset[str]  # the words that a weak one must have soon after it
    bridges: frozenset[str]  # every word that may stand between the first of a date and its own
    loose: frozenset[str]  # the words after which a pattern lets any other stand
    own: frozenset[str]  # the words of which a figure must have one, or another figure, soon after it
    triggers: re.Pattern[str] | None
    lone_year: frozenset[str]
    month_asks: frozenset[str]
    months_alone: frozenset[str]  # the months whose names mean nothing else
    writings: frozenset[str]  # what letters and the like are called, whose days lie behind
    vocabulary: frozenset[str]  # every word that a date expression may hold
    undated: re.Pattern[str] | None
    streets: re.Pattern[str] | None
    listed: Mapping[
        str, frozenset[str]
    ]  # the words with which the names of months (`m`) and seasons (`s`) begin
    _beginning: dict[tuple[str, bool, str, bool, frozenset[str] | None], tuple[Shape, ...]] = field(
        default_factory=dict
    )
    _qualifying: dict[str, Named] = field(default_factory=dict)

    @property
    def han(self) -> bool:
        """Tell whether the language writes its numbers in Chinese characters."""
        return self.lexicon.han

    def feast(self, name: str) -> str:
        """Give the rule of the feast with this name; empty where there is none."""
        return next((rule for rule, names in self.feasts if _pattern(names).fullmatch(name)), "")

    def is_indefinite(self, word: str) -> bool:
        """Tell whether a word in small letters makes a weekday after it, or is one that means, any such day."""
        return word in self.lexicon.data.get("indefinite", "").split()

    @cached_property
    def relevant(self) -> frozenset[str]:
        """Give the words that can begin a date or stand in one."""
        return self.starts | self.follow | self.bridges

    @cached_property
    def strong(self) -> frozenset[str]:
        """Give the words that begin a date by themselves."""
        return self.starts - self.weak

    def beginning(self, word: str, after: str, near: frozenset[str] | None) -> tuple[Shape, ...]:
        """Give the shapes that can begin with a word and the one after it.

        `near` names the lists of which a word stands soon after; None where that cannot be told.
        """
        small = word.lower()
        small, follows = (word if word in self.starts else "" for word in (small, after.lower()))
        key = small, self._is_figure(word, after), follows, self._is_figure(after, "0"), near
        if key not in self._beginning:
            begun = self.shapes if self.lexicon.data.get("compounds") else self._begun(*key[:4])
            self._beginning[key] = tuple(s for s in begun if near is None or s.needs <= near)
        return self._beginning[key]

    @cached_property
    def unitless(self) -> tuple[Shape, ...]:
        """Give the shapes of Chinese or Japanese dates that may be written without 年, 月 and the like."""
        return tuple(shape for shape in self.shapes if shape.does is not None or shape.asked)

    @cached_property
    def lower_months(self) -> frozenset[str]:
        """Give the months whose names are words in small letters: "they may"."""
        return frozenset(self.lexicon.months) if self.lexicon.data.get("capitals") else frozenset()

    def _begun(self, small: str, figure: bool, follows: str, figures: bool) -> Iterable[Shape]:
        """Give the shapes that need the first of two words, or may have it and can go on with the second."""
        first = {small, FIGURE} if figure else {small}
        second = {follows, FIGURE} if figures else {follows}
        for shape in self.shapes:
            begins = shape.heads
            if first & begins.needed or (first & begins.all and second & begins.all):
                yield shape

    def _is_figure(self, word: str, after: str) -> bool:
        """Tell whether a word is written in figures, in Roman ones, or in letters that were misread for figures."""
        if word[:1].isdecimal():
            return True
        if word in ("l", "I", "i", "|", "O"):
            return after[:1].isdigit() or (word == "I" and not after[:1].islower())
        if self.lexicon.data.get("small_roman") and _SMALL_ROMAN.fullmatch(word):
            return True
        return bool(_LIKE_FIGURES.fullmatch(word))

    def qualifying(self, word: str) -> Named:
        """Give the qualifiers that can begin with a word."""
        small = FIGURE if word[0].isdigit() else word.lower()
        if small not in self._qualifying:
            self._qualifying[small] = tuple(
                (how, pattern) for how, pattern, begins in self.qualifiers if self.han or small in begins.all
            )
        return self._qualifying[small]


@cache
def grammar(code: str) -> Grammar | None:
    """Give the grammar of a language by its BCP 47 tag, with its script where there is one (`zh-Latn`)."""
    parts = code.split("-")
    for name in ("-".join(parts[:2]), parts[0]):
        path = _FOLDER / f"{name}.toml"
        if name != "figures" and path.is_file():
            return _Loader(name, tomllib.loads(path.read_text(encoding="utf-8"))).load()
    return None


@cache
def grammars() -> tuple[str, ...]:
    """List the languages that have a grammar."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml") if path.stem != "figures"))


@cache
def figures() -> dict[str, Any]:
    """Give what is alike in every language."""
    return tomllib.loads((_FOLDER / "figures.toml").read_text(encoding="utf-8"))


@cache
def _eras() -> dict[str, dict[str, int]]:
    return tomllib.loads(_ERAS.read_text(encoding="utf-8"))


def _numbered(lines: Iterable[str]) -> dict[str, int]:
    """Number the words of each line, from 1; an underscore in a word is a space."""
    return {word.replace("_", " "): number for number, line in enumerate(lines, 1) for word in line.split()}


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
    ]
)
_SUFFIXES: Final = ("st", "nd", "rd", "th", "e", "ème", "er")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def _texts(value: object) -> Iterable[str]:
    """Give every text in a part of a grammar, the keys of its tables too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from value
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, Iterable):
        yield from (text for one in value for text in _texts(one))


def _plain(text: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(re.sub(r"\\\w|\?[P<]\w+>?", " ", text).lower()))


class _Loader:
    """Reads one file of a grammar."""

    def __init__(self, code: str, data: dict[str, Any]) -> None:
        self.code, self.data = code, data
        self.han = data.get("script") == "han"
        numbers: dict[str, int] = data.get("numbers", {})
        self.lexicon = Lexicon(
            months=_numbered(data.get("months", ())),
            weekdays=_numbered(data.get("weekdays", ())),
            seasons=_numbered(data.get("seasons", ())),
            ordinals=_numbered(data.get("ordinals", ())),
            numbers=numbers,
            counts={**{k: v for k, v in numbers.items() if v < 100}, **data.get("counts", {})},
            eras=self._eras(),
            feasts=tuple(data.get("feasts", {}).items()),
            rhymes={c: day for day, line in enumerate(data.get("rhymes", "").split(), 1) for c in line},
            calendars={w: k for k, names in data.get("calendars", {}).items() for w in names.split()},
            data=data,
            han=self.han,
        )
        self.slots = self.lexicon.slots()
        self.begins = self.lexicon.beginnings()
        self.kept = frozenset().union(*(heads(name, {}).all for name, _ in self.lexicon.feasts))

    def _eras(self) -> dict[str, tuple[str, int]]:
        wanted = self.data.get("eras", list(_eras()))
        return {
            name: (calendar, first)
            for calendar in wanted
            for name, first in _eras()[calendar].items()
            if name.isascii() or self.han or not name[0] > "\u3000"
        }

    def fill(self, pattern: str) -> str:
        """Fill the slots of a pattern; a space in it stands for any white space."""
        while _SLOT.search(pattern):
            pattern = _SLOT.sub(lambda match: self.slots[match[1]], pattern)
        return distinct(_SPACE.sub(lambda match: r"\s" if match[0] == " " else match[0], pattern))

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """Compile a pattern, in which a word ends where its last letter does."""
        return _pattern(self._edged(pattern))

    def _edged(self, pattern: str) -> str:
        return f"(?:{self.fill(pattern)}){'' if self.han else _EDGE}"

    def _pairs(self, key: str, edge: str = r"(?!\w)") -> Named:
        items = self.data.get(key, {}).items()
        return tuple((n, re.compile(f"(?:{self.fill(p)}){edge}", re.IGNORECASE)) for n, p in items if p)

    def load(self) -> Grammar:
        """Compile everything."""
        data, ranges = self.data, self.data.get("ranges", {})
        shapes = tuple(self._shapes())
        edge = "" if self.han else r"(?!\w)"
        kinds = ("from", "between")
        opens = tuple(
            (kind, re.compile(rf"(?:{self.fill(ranges[kind])}){edge}\s*", re.IGNORECASE))
            for kind in kinds
            if ranges.get(kind)
        )
        patterns = data.get("qualifiers", {})
        begun = {how: heads(pattern, {}) for how, pattern in patterns.items()}
        qualifying = frozenset().union(*(begins.all for begins in begun.values())) - {FIGURE}
        edge_after = "" if self.han else r"(?:(?<=[\s’'.-])|(?!\w)|(?<=\bc)(?=\d))\s*"
        opening = frozenset().union(*(words(ranges.get(kind, "")) for kind in kinds))
        starts = frozenset() if self.han else self._starts(shapes) | qualifying | opening
        weak = self._weak(starts)
        asked = {key: frozenset(data.get(key, "").split()) for key in ("lone_year", "month_asks", "writings")}
        ranging = frozenset().union(*(words(pattern) for pattern in ranges.values()))
        return Grammar(
            code=self.code,
            lexicon=self.lexicon,
            shapes=shapes,
            misread=() if self.han else tuple(map(self._shape, figures()["misread"])),
            qualifiers=tuple((how, p, begun[how]) for how, p in self._pairs("qualifiers", edge_after)),
            after=self._pairs("after", ""),
            separators=self._separators(),
            opens=opens,
            opening=opening,
            numbering=_NUMBERING | self.begins["c"],
            grouping=frozenset(["the", "le", "den", "dem", "d", "il", "el"]).union(
                *(self.begins[slot] for slot in ("d", "m", "w"))
            ),
            feasts=tuple((rule, self.fill(name)) for name, rule in self.lexicon.feasts),
            parts=self._pairs("parts", "$"),
            units=self._pairs("units", "$"),
            grains=self._pairs("grains", "$"),
            dayhead=None if self.han else self.compiled(r"(?:(?:the|le|den|dem|d\.|il|el) )?{d}"),
            monthhead=None if self.han else self.compiled(r"{W}{m}(?:\.,?|,)? ?(?:the )?"),
            yeartail=None if self.han else self.compiled(r"(?:\.?,? ?(?:de |del? )?)(?:{y}|{yy})"),
            centuryhead=None
            if self.han
            else self.compiled(r"(?:(?:the|im|der|das|des|le|les|au|du|el|il) )?{c}"),
            starts=starts,
            weak=weak,
            follow=(starts - weak) | self._follow(),
            bridges=frozenset() if self.han else self._bridges(),
            loose=self._loose(),
            own=(starts - weak) | self._follow() | self._own(),
            triggers=self._triggers() if self.han else None,
            listed=self.lexicon.listed(),
            lone_year=asked["lone_year"],
            month_asks=asked["month_asks"],
            writings=asked["writings"],
            months_alone=frozenset(data.get("months_alone", "").split()),
            vocabulary=starts
            | ranging
            | frozenset().union(*map(words, data.get("after", {}).values()))
            | asked["lone_year"]
            | self._follow(),
            undated=re.compile(data["undated"], re.IGNORECASE) if data.get("undated") else None,
            streets=re.compile(data["streets"], re.IGNORECASE) if data.get("streets") else None,
        )

    def _shape(self, pattern: str, **how: Any) -> Shape:
        needs = needed(pattern, self.lexicon.listed())
        begun = beginnings(pattern, self.begins), heads(pattern, {**self.begins, "f": self.kept})
        return Shape(self._edged(pattern), *begun, needs, **how)

    def _shapes(self) -> Iterable[Shape]:
        data = self.data
        common = () if self.han else figures()["shapes"]
        yield from map(self._shape, (*data.get("shapes", ()), *data.get("short", ()), *common))
        for item in data.get("calendar", ()):
            months = self.lexicon.months if item["months"] == "as above" else _numbered(item["months"])
            names = one_of(months) + (f"|{item['extra']}" if "extra" in item else "")
            self.slots["x"] = f"(?P<x>{names})"
            self.begins["x"] = first_words(months) | words(item.get("extra", ""))
            for shape in item["shapes"]:
                yield self._shape(shape, calendar=(item["id"], months))
        for shape in data.get("bare", ()):
            yield self._shape(shape, asked=True)
        for does in data.get("relative", ()):
            yield self._shape(does["pattern"], does=does)

    def _separators(self) -> Named:
        ranges = self.data.get("ranges", {})
        edge = "" if self.han else r"(?:(?<=\W)|(?!\w))"
        return tuple(
            (kind, re.compile(rf"\s*(?:{self.fill(ranges[kind])}){edge}\s*", re.IGNORECASE))
            for kind in ("to", "or", "list")
            if ranges.get(kind)
        )

    def _starts(self, shapes: Iterable[Shape]) -> frozenset[str]:
        """Give the words, in small letters, that a date can begin with besides a figure."""
        found = {word for shape in shapes for word in shape.heads.all} - {FIGURE}
        if "roman_count" in self.data.get("slots", {}):
            ones = ("i", "ii", "iii", "iv", "iiii", "v", "vi", "vii", "viii", "ix", "x", "viiii")
            found |= {tens + one for tens in ("", "x", "xx") for one in ones}
        return frozenset(found)

    def _strong(self, starts: frozenset[str]) -> frozenset[str]:
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
        alone = (self.kept | frozenset().union(*relative)) - common
        counted = {w.split()[0] for names in (known.ordinals, known.numbers, known.counts) for w in names}
        also = {w for w in alone if len(w) > 3 and w not in counted}
        return starts & (named | also | frozenset(self.data.get("strong", "").split()))

    def _weak(self, starts: frozenset[str]) -> frozenset[str]:
        """Give the words that begin a date only if more of it follows."""
        return starts - self._strong(starts)

    def _follow(self) -> frozenset[str]:
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

    def _own(self) -> frozenset[str]:
        """Give the words of the shapes that are none of the language's commonest, as `inst` and `ago`."""
        spoken, data = language(self.code), self.data
        shapes = [*data.get("shapes", ()), *(r["pattern"] for r in data.get("relative", ()))]
        shapes += [shape for item in data.get("calendar", ()) for shape in item["shapes"]]
        return frozenset().union(*map(words, shapes)) - (spoken.function_words if spoken else frozenset())

    def _bridges(self) -> frozenset[str]:
        """Give every word of the grammar's patterns and lists."""
        texts = [text for key, value in self.data.items() if key not in _ABOUT for text in _texts(value)]
        texts += [*self.lexicon.eras, *_texts(figures()["shapes"]), *_SUFFIXES]
        return frozenset().union(*(words(text) for text in texts), *(_plain(text) for text in texts))

    def _loose(self) -> frozenset[str]:
        """Give the words before a group that any word fills, in what counts from the text's own day."""
        before = (r["pattern"].partition(r"(?:\w+ )")[::2] for r in self.data.get("relative", ()))
        return frozenset().union(*(words(opening) for opening, rest in before if rest))

    def _triggers(self) -> re.Pattern[str]:
        """Give the pattern of what a Chinese or Japanese date begins with."""
        known = self.lexicon
        names = {*known.calendars, *known.eras, *known.rhymes}
        for pattern in [r["pattern"] for r in self.data.get("relative", ())] + [f for f, _ in known.feasts]:
            names |= set(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]", pattern))
        first = (
            {name[0] for name in names}
            | set(HAN_NUMERAL[7:-1])
            | set(
                "0123456789０１２３４５６７８９正臘腊冬閏闰初自從从由約约大凡お至迄直民清明昭上紀纪前後后公西大歲岁兩两皇神其そ去今本是來来同當当即第越次翌先除中"
            )
            | set(STEMS)
        )
        return re.compile("[" + "".join(map(re.escape, sorted(first))) + "]")
