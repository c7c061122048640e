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
from functools import cache
from pathlib import Path
from typing import Any, Final

from teipress.dates.beginnings import FIGURE, beginnings, words
from teipress.dates.slots import HAN_NUMERAL, STEMS, Lexicon, distinct, one_of
from teipress.languages import language

_FOLDER: Final = Path(__file__).with_name("grammars")
_ERAS: Final = Path(__file__).with_name("eras.toml")
_SLOT: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_SPACE: Final = re.compile(r"\\.|\[(?:\\.|[^\]])*\]| ")  # a space outside a class of characters
_LIKE_FIGURES: Final = re.compile(r"\d.*|[MDCLXVIJmdclxvij]+(?:e|è?me)?|[lIiO'’`|].{0,3}")

Named = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, eq=False)
class Shape:
    """A pattern of one date, and how it is read.

    `calendar` is the calendar that it is written in with its months, `asked` says that a word before must ask for
    it, `does` what it counts from the text's own day, `begins` the words that it can begin with.
    """

    pattern: re.Pattern[str]
    begins: frozenset[str]
    calendar: tuple[str, Mapping[str, int]] | None = None
    asked: bool = False
    does: Mapping[str, Any] | None = None


@dataclass(frozen=True, eq=False)
class Grammar:
    """The grammar of dates of one language, ready to be matched."""

    code: str
    lexicon: Lexicon
    shapes: tuple[Shape, ...]
    qualifiers: Named
    qualifying: frozenset[str]  # the words that a qualifier begins with
    after: Named
    separators: Named
    opens: Named
    opening: frozenset[str]
    feasts: Named
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
    triggers: re.Pattern[str] | None
    lone_year: frozenset[str]
    month_asks: frozenset[str]
    vocabulary: frozenset[str]  # every word that a date expression may hold
    undated: re.Pattern[str] | None
    streets: re.Pattern[str] | None
    _beginning: dict[str, tuple[Shape, ...]] = field(default_factory=dict)

    @property
    def han(self) -> bool:
        """Tell whether the language writes its numbers in Chinese characters."""
        return self.lexicon.han

    def beginning(self, word: str) -> tuple[Shape, ...]:
        """Give the shapes that can begin with a word."""
        if self.han or self.lexicon.data.get("compounds"):
            return self.shapes
        small = word.lower()
        if small not in self._beginning:
            like = bool(_LIKE_FIGURES.match(word)) or bool(_LIKE_FIGURES.match(small))
            self._beginning[small] = tuple(
                shape for shape in self.shapes if small in shape.begins or (like and FIGURE in shape.begins)
            )
        return self._beginning[small]


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
        self.begins = self.lexicon.beginnings({})

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
        edge = "" if self.han else r"(?<![^\W_](?=[^\W_]))"
        return re.compile(f"(?:{self.fill(pattern)}){edge}", re.IGNORECASE)

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
        qualifiers = data.get("qualifiers", {}).values()
        qualifying = frozenset().union(*(beginnings(pattern, {}) for pattern in qualifiers))
        opening = frozenset().union(*(words(ranges.get(kind, "")) for kind in kinds))
        starts = frozenset() if self.han else self._starts(shapes) | qualifying | opening
        weak = self._weak(starts)
        asked = {key: frozenset(data.get(key, "").split()) for key in ("lone_year", "month_asks")}
        ranging = frozenset().union(*(words(pattern) for pattern in ranges.values()))
        return Grammar(
            code=self.code,
            lexicon=self.lexicon,
            shapes=shapes,
            qualifiers=self._pairs("qualifiers", "" if self.han else r"(?:(?<=[\s’'.-])|(?!\w))\s*"),
            qualifying=qualifying,
            after=self._pairs("after", ""),
            separators=self._separators(),
            opens=opens,
            opening=opening,
            feasts=tuple(
                (rule, re.compile(self.fill(name), re.IGNORECASE)) for name, rule in self.lexicon.feasts
            ),
            parts=self._pairs("parts", "$"),
            units=self._pairs("units", "$"),
            grains=self._pairs("grains", "$"),
            dayhead=None if self.han else self.compiled(r"(?:(?:the|le|den|dem|d\.|il|el) )?{d}"),
            monthhead=None if self.han else self.compiled(r"{W}{m}(?:\.,?|,)? ?(?:the )?"),
            yeartail=None if self.han else self.compiled(r"(?:\.?,? ?(?:de |del? )?)(?:{y}|{yy})"),
            centuryhead=None if self.han else self.compiled(r"(?:(?:the|im|der|das|des|le|les|au|du|el|il) )?{c}"),
            starts=starts,
            weak=weak,
            follow=(starts - weak) | self._follow(),
            triggers=self._triggers() if self.han else None,
            lone_year=asked["lone_year"],
            month_asks=asked["month_asks"],
            vocabulary=starts | ranging | asked["lone_year"] | self._follow(),
            undated=re.compile(data["undated"], re.IGNORECASE) if data.get("undated") else None,
            streets=re.compile(data["streets"], re.IGNORECASE) if data.get("streets") else None,
        )

    def _shape(self, pattern: str, **how: Any) -> Shape:
        return Shape(self.compiled(pattern), beginnings(pattern, self.begins), **how)

    def _shapes(self) -> Iterable[Shape]:
        data = self.data
        common = () if self.han else figures()["shapes"]
        yield from map(self._shape, (*data.get("shapes", ()), *data.get("short", ()), *common))
        for item in data.get("calendar", ()):
            months = (
                self.lexicon.months
                if item["months"] == "as above"
                else _numbered(item["months"])
            )
            names = one_of(months) + (f"|{item['extra']}" if "extra" in item else "")
            self.slots["x"] = f"(?P<x>{names})"
            self.begins["x"] = self.lexicon.beginnings({"x": months})["x"] | words(item.get("extra", ""))
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
        found = {word for shape in shapes for word in shape.begins} - {FIGURE}
        if "roman_count" in self.data.get("slots", {}):
            ones = ("i", "ii", "iii", "iv", "iiii", "v", "vi", "vii", "viii", "ix", "x", "viiii")
            found |= {tens + one for tens in ("", "x", "xx") for one in ones}
        return frozenset(found)

    def _weak(self, starts: frozenset[str]) -> frozenset[str]:
        """Give the words that begin a date only if more of it follows: short ones, function words, numbers."""
        spoken, known = language(self.code), self.lexicon
        common = spoken.function_words if spoken else frozenset()
        days = {w.lower() for w in known.weekdays if len(w) > 3}
        named = {w.lower() for names in (known.months, known.seasons, known.eras) for w in names} | days
        counted = {w.split()[0] for names in (known.ordinals, known.numbers, known.counts) for w in names}
        return frozenset(w for w in starts if (len(w) <= 3 or w in common or w in counted) and w not in named)

    def _follow(self) -> frozenset[str]:
        """Give what a weak word may have after it besides a strong one: units of time, great numbers."""
        patterns = [*self.data.get("units", {}).values(), *self.data.get("grains", {}).values()]
        great = {word for word, value in self.lexicon.numbers.items() if value >= 100}
        return frozenset().union(*map(words, patterns)) | great

    def _triggers(self) -> re.Pattern[str]:
        """Give the pattern of what a Chinese or Japanese date begins with."""
        known = self.lexicon
        names = {*known.calendars, *known.eras, *known.rhymes}
        for pattern in [r["pattern"] for r in self.data.get("relative", ())] + [f for f, _ in known.feasts]:
            names |= set(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]", pattern))
        first = (
            {name[0] for name in names}
            | set(HAN_NUMERAL[7:-1])
            | set("0123456789０１２３４５６７８９正臘腊冬閏闰初自從从由約约大凡お至迄直民清明昭上紀纪前後后公西大歲岁兩两皇神其そ去今本是來来同當当即第越次翌先除中")
            | set(STEMS)
        )
        return re.compile("[" + "".join(map(re.escape, sorted(first))) + "]")
