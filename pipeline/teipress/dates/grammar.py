"""Grammars of dates: one TOML file a language, read into patterns.

A pattern of a grammar is a regular expression with slots in braces; a space in it is any white space. `SLOTS`
and the word lists of the language fill the slots. To add a language, write `grammars/CODE.toml` with the keys
of `grammars/en.toml`; nothing else names a language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

from teipress.dates.numerals import ROMAN
from teipress.languages import language

_FOLDER: Final = Path(__file__).with_name("grammars")
_ERAS: Final = Path(__file__).with_name("eras.toml")
_SLOT: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_SPACE: Final = re.compile(r"\\.|\[(?:\\.|[^\]])*\]| ")  # a space outside a class of characters
_LETTER: Final = r"[^\W\d_]"
_ELEMENT: Final = re.compile(rf"(?:\(\?:({_LETTER}+(?:\|{_LETTER}*)*)\)|\[({_LETTER}+)\]|({_LETTER}))(\??)")
_WORDS: Final = re.compile(rf"(?:(?:\(\?:{_LETTER}+(?:\|{_LETTER}*)*\)|\[{_LETTER}+\]|{_LETTER})\??)+")
_HAN_NUMERAL: Final = "[0-9０-９〇零○一二三四五六七八九十廿卅百千元]"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"

#: A year of four figures, one that ended in another (1648/9), or one that was misread or split.
_YEAR: Final = (
    r"(?:1\d{3}|20\d{2})(?:/\d{1,4}(?!\d))?|1\d \d\d(?!\d)|1 \d{3}(?!\d)|[1lI][8-9lI][\dlIO]{2}(?![\w])"
)

SLOTS: Final[dict[str, str]] = {
    "n": r"(?P<n>1[0-2]|0?[1-9])",
    "r": r"(?P<r>(?:XI{0,2}|IX|IV|VI{0,3}|I{1,3}|xi{0,2}|ix|iv|vi{0,3}|i{1,3}))",
    "yy": r"(?P<yy>['’`]?\s?\d{2})(?!\d|[.,/:]\d)",
    "apostrophe": r"(?P<yy>['’`]\s?\d{2})(?!\d)",
    "bc": r"(?P<y>\d{1,4})",
    "k": r"(?P<k>\d{1,4}|[IVXL]+(?!\w))",
    "k4": r"(?P<k>[4-7]\d{3})",
    "roman": r"(?P<k>[IVX]+)(?!\w)",
    "rd": r"(?P<rd>[IVXivx]+[Jj]?)",
    "roman_year": r"(?-i:(?P<ry>M(?=[MDCLXVI]{3})" + ROMAN + r")(?!\w))",
    "ry": r"(?:(?P<ry>M[MDCLXVI.]+|m[mdclxvij.]+)|(?P<y>\d{3,4}))",
    "f_article": r"(?: (?:dem|der|den|des|zu|von))?",
    "W": r"(?:{w}\.?,? (?:(?:the|le|den|dem|d\.) )?)?",
    "N": _HAN_NUMERAL,
    "M": r"(?P<m>[閏闰]?(?:正|臘|腊|冬|" + _HAN_NUMERAL + r"{1,3}))月",
    "D": r"(?:初(?P<d1>[一二三四五六七八九十])(?:日|號|号)?|(?P<d>" + _HAN_NUMERAL + r"{1,3})(?:日|號|号))",
    "gz": rf"(?P<gz>[{_STEMS}][{_BRANCHES}])",
}


@dataclass(frozen=True)
class Relative:
    """A pattern of a date that counts from another one, and what it does."""

    pattern: re.Pattern[str]
    does: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Grammar:
    """The grammar of dates of one language, ready to be matched."""

    code: str
    data: Mapping[str, Any]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    ordinals: Mapping[str, int]
    numbers: Mapping[str, int]
    counts: Mapping[str, int]
    shapes: tuple[re.Pattern[str], ...]
    calendar_shapes: tuple[tuple[str, re.Pattern[str], Mapping[str, int]], ...]
    relatives: tuple[Relative, ...]
    qualifiers: tuple[tuple[str, re.Pattern[str]], ...]
    after: tuple[tuple[str, re.Pattern[str]], ...]
    separators: tuple[tuple[str, re.Pattern[str]], ...]
    opens: tuple[tuple[str, re.Pattern[str]], ...]
    feasts: tuple[tuple[re.Pattern[str], str], ...]
    parts: tuple[tuple[str, re.Pattern[str]], ...]
    eras: Mapping[str, tuple[str, int]]
    rhymes: Mapping[str, int]
    calendars: Mapping[str, str]
    bare: tuple[re.Pattern[str], ...]
    dayhead: re.Pattern[str] | None
    starts: frozenset[str]  # the words that a date can begin with
    weak: frozenset[str]  # those of them that mostly begin something else
    follow: frozenset[str]  # the words that a weak one must have soon after it
    capitals: bool
    triggers: re.Pattern[str] | None
    lone_year: frozenset[str] = frozenset()
    month_asks: frozenset[str] = frozenset()
    undated: re.Pattern[str] | None = None
    han: bool = False
    numeric: str = ""
    units: tuple[tuple[str, re.Pattern[str]], ...] = field(default=())
    grains: tuple[tuple[str, re.Pattern[str]], ...] = field(default=())


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


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def _numbered(lines: Iterable[str]) -> dict[str, int]:
    """Number the words of each line, from 1; a line that holds one name with a space keeps it whole."""
    return {word.replace("_", " "): number for number, line in enumerate(lines, 1) for word in line.split()}


def _expanded(pattern: str) -> Iterable[str]:
    """Give the words that a simple pattern stands for: `Пасх[аи]`, `diese(?:r|s)?`, `Anfangs?`."""
    choices = []
    for group, letters, letter, optional in _ELEMENT.findall(pattern):
        options = group.split("|") if group else list(letters or letter)
        choices.append([*options, ""] if optional else options)
    return ("".join(parts) for parts in product(*choices))


class _Loader:
    """Reads one file of a grammar."""

    def __init__(self, code: str, data: dict[str, Any]) -> None:
        self.code, self.data = code, data
        self.han = data.get("script") == "han"
        self.months = _numbered(data.get("months", ()))
        self.weekdays = _numbered(data.get("weekdays", ()))
        self.seasons = _numbered(data.get("seasons", ()))
        self.ordinals = _numbered(data.get("ordinals", ()))
        self.numbers: dict[str, int] = data.get("numbers", {})
        self.counts = {**{k: v for k, v in self.numbers.items() if v < 100}, **data.get("counts", {})}
        self.eras = self._eras()
        self.feasts = [(name, rule) for name, rule in data.get("feasts", {}).items()]
        self.rhymes = {c: day for day, line in enumerate(data.get("rhymes", "").split(), 1) for c in line}
        self.calendars = {w: k for k, words in data.get("calendars", {}).items() for w in words.split()}
        self.slots = {**SLOTS, **self._slots(), **data.get("slots", {})}

    def _eras(self) -> dict[str, tuple[str, int]]:
        wanted = self.data.get("eras", list(_eras()))
        return {
            name: (calendar, first)
            for calendar in wanted
            for name, first in _eras()[calendar].items()
            if name.isascii() or self.han or not name[0] > "\u3000"
        }

    def _slots(self) -> dict[str, str]:
        day = r"3[01]|[12]\d|0?[1-9]|[12]\s[0-9](?=[\s.])|[lI]\d|[12][lIO]|II|ll"
        suffix = self.data.get("day_suffix", "")
        years = _YEAR
        if self.numbers and "hundred" in "".join(self.numbers) + "hundred":
            word = _one_of(self.numbers)
            years += rf"|(?:(?:{word})(?:[\s-]|and|et|und)*){{2,}}(?:{word})s?|(?:{word})[\s-](?:{word})[\s-](?:{word})"
        month = _one_of(self.months)
        if self.data.get("capitals"):
            month = _one_of({form for word in self.months for form in (word.capitalize(), word.upper())})
            month = f"(?-i:{month})"
        count = _HAN_NUMERAL + "{1,3}" if self.han else rf"\d{{1,3}}|{_one_of(self.counts)}"
        season = _one_of(self.seasons)
        era = _one_of(self.eras)
        return {
            "d": rf"(?P<d>(?:{day}){suffix}|(?:{_one_of(self.ordinals)}))",
            "m": rf"(?P<m>{month})(?!\w)",
            "y": rf"(?P<b>\[)?(?P<y>{years})(?(b)\??\])",
            "w": rf"(?P<w>{_one_of(self.weekdays)})",
            "v": rf"(?P<v>(?-i:{_one_of(word.capitalize() for word in self.weekdays if len(word) > 4)}))(?!\w)",
            "s": rf"(?P<s>{season})",
            "season": rf"(?P<s>{season})",
            "f": "(?P<f>" + ("|".join(name for name, _ in self.feasts) or "(?!)") + ")",
            "e": rf"(?P<e>{era})",
            "c": rf"(?P<c>\d{{1,2}}(?:st|nd|rd|th|e|ème|er|\.)?|[IVX]+(?:e|ème)?|{_one_of(self.ordinals)})",
            "count": rf"(?P<count>{count})",
            "unit": "(?P<unit>" + "|".join(self.data.get("units", {}).values()) + ")",
            "grain": "(?P<grain>" + "|".join(self.data.get("grains", {}).values()) + ")",
            "grain2": "(?P<grain2>" + "|".join(self.data.get("grains", {}).values()) + ")",
            "after_day": self.data.get("after_day", ""),
            "cal": rf"(?P<cal>{_one_of(self.calendars)})?",
            "Y": rf"(?:(?:(?P<e>{era})(?P<k>{_HAN_NUMERAL}{{1,5}})|{SLOTS['gz']}|(?P<y>[〇零○一二三四五六七八九]{{4}}|"
            rf"[一二]?千{_HAN_NUMERAL}{{1,6}}|[12]\d{{3}})|(?P<yy>[〇零○一二三四五六七八九]{{2}}))年)",
            "part": "(?P<part>" + "|".join(filter(None, self.data.get("parts", {}).values())) + ")",
            "rhyme": rf"(?P<rhyme>[{''.join(self.rhymes) or '_'}])",
        }

    def fill(self, pattern: str) -> str:
        """Fill the slots of a pattern; a space in it stands for any white space."""
        while _SLOT.search(pattern):
            pattern = _SLOT.sub(lambda match: self.slots[match[1]], pattern)
        return _SPACE.sub(lambda match: r"\s" if match[0] == " " else match[0], pattern)

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """Compile a pattern, in which a word ends where its last letter does."""
        edge = "" if self.han else r"(?<![^\W_](?=[^\W_]))"
        return re.compile(f"(?:{self.fill(pattern)}){edge}", re.IGNORECASE)

    def _pairs(self, key: str, edge: str = r"(?!\w)") -> tuple[tuple[str, re.Pattern[str]], ...]:
        items = self.data.get(key, {}).items()
        return tuple((n, re.compile(f"(?:{self.fill(p)}){edge}", re.IGNORECASE)) for n, p in items if p)

    def load(self) -> Grammar:
        """Compile everything."""
        data, ranges = self.data, self.data.get("ranges", {})
        shapes = [*data.get("shapes", ()), *data.get("short", ())]
        if not self.han:
            shapes += figures()["shapes"]
        edge = "" if self.han else r"(?!\w)"
        starts = frozenset() if self.han else self._starts()
        weak = self._weak(starts)
        seps = [
            (kind, re.compile(self._separator(ranges[kind]), re.IGNORECASE))
            for kind in ("to", "or", "list")
            if ranges.get(kind)
        ]
        opens = [
            (kind, re.compile(rf"(?:{self.fill(ranges[kind])}){edge}\s*", re.IGNORECASE))
            for kind in ("from", "between")
            if ranges.get(kind)
        ]
        return Grammar(
            code=self.code,
            data=data,
            months=self.months,
            weekdays=self.weekdays,
            seasons=self.seasons,
            ordinals=self.ordinals,
            numbers=self.numbers,
            counts=self.counts,
            shapes=tuple(map(self.compiled, shapes)),
            calendar_shapes=tuple(self._calendar_shapes()),
            relatives=tuple(Relative(self.compiled(r["pattern"]), r) for r in data.get("relative", ())),
            qualifiers=self._pairs("qualifiers", "" if self.han else r"(?:(?<=[\s’'.-])|(?!\w))\s*"),
            after=self._pairs("after", ""),
            separators=tuple(seps),
            opens=tuple(opens),
            feasts=tuple((re.compile(self.fill(name), re.IGNORECASE), rule) for name, rule in self.feasts),
            parts=self._pairs("parts", "$"),
            eras=self.eras,
            rhymes=self.rhymes,
            calendars=self.calendars,
            bare=tuple(map(self.compiled, data.get("bare", ()))),
            dayhead=None
            if self.han
            else re.compile(self.fill(r"(?:(?:the|the|le|den|dem|il|el) )?{d}"), re.IGNORECASE),
            starts=starts,
            weak=weak,
            follow=(starts - weak) | self._units(),
            capitals=bool(data.get("capitals")),
            triggers=self._triggers() if self.han else None,
            lone_year=frozenset(data.get("lone_year", "").split()),
            month_asks=frozenset(data.get("month_asks", "").split()),
            undated=re.compile(data["undated"], re.IGNORECASE) if data.get("undated") else None,
            han=self.han,
            numeric=data.get("numeric", ""),
            units=self._pairs("units", "$"),
            grains=self._pairs("grains", "$"),
        )

    def _separator(self, words: str) -> str:
        return (
            rf"\s*(?:{self.fill(words)})\s*"
            if self.han
            else rf"\s*(?:{self.fill(words)})(?:(?<=\W)|(?!\w))\s*"
        )

    def _calendar_shapes(self) -> Iterable[tuple[str, re.Pattern[str], Mapping[str, int]]]:
        for item in self.data.get("calendar", ()):
            months = self.months if item["months"] == "as above" else _numbered(item["months"])
            months = {word.replace("-", " ") if self.code == "en" else word: n for word, n in months.items()}
            names = _one_of(months) + (f"|{item['extra']}" if "extra" in item else "")
            self.slots["x"] = f"(?P<x>{names})"
            for shape in item["shapes"]:
                yield item["id"], self.compiled(shape), months

    def _starts(self) -> frozenset[str]:
        """Give the words, in small letters, that a date can begin with besides a figure."""
        found: set[str] = set()
        data = self.data
        patterns = [
            *(shape for shape in data.get("shapes", ())),
            *(r["pattern"] for r in data.get("relative", ())),
            *data.get("qualifiers", {}).values(),
            *(v for k, v in data.get("ranges", {}).items() if k in ("from", "between")),
            *(name for name, _ in self.feasts),
            *(shape for item in data.get("calendar", ()) for shape in item["shapes"]),
            *data.get("bare", ()),
            *data.get("slots", {}).values(),
        ]
        for item in data.get("calendar", ()):
            if item["months"] != "as above":
                found |= {w.split("-")[0].lower() for w in _numbered(item["months"])}
        for names in (
            self.months,
            self.weekdays,
            self.seasons,
            self.ordinals,
            self.numbers,
            self.counts,
            self.eras,
        ):
            found |= {re.split(r"[\s-]", word.lower())[0] for word in names}
        patterns += [pattern.replace("-?", "") for pattern in patterns if "-?" in pattern]
        for pattern in patterns:
            bare = _SLOT.sub(" 0 ", re.sub(r"\(\?P<\w+>|\\[wWbd]|\(\?(?:-i:|[!=]|<[!=])", " (", pattern))
            found |= {word.lower() for token in _WORDS.findall(bare) for word in _expanded(token)}
        if "roman_count" in data.get("slots", {}):
            found |= {
                ones_of + ones
                for ones_of in ("", "x", "xx")
                for ones in ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
            }
        return frozenset(found)

    def _weak(self, starts: frozenset[str]) -> frozenset[str]:
        """Give the words that begin a date only if more of it follows: short ones, function words, numbers."""
        spoken = language(self.code)
        common = spoken.function_words if spoken else frozenset()
        named = {w.lower() for names in (self.months, self.weekdays, self.seasons, self.eras) for w in names}
        counted = {w.split()[0] for names in (self.ordinals, self.numbers, self.counts) for w in names}
        return frozenset(w for w in starts if (len(w) <= 3 or w in common or w in counted) and w not in named)

    def _units(self) -> frozenset[str]:
        patterns = [*self.data.get("units", {}).values(), *self.data.get("grains", {}).values()]
        return frozenset(w.lower() for p in patterns for token in _WORDS.findall(p) for w in _expanded(token))

    def _triggers(self) -> re.Pattern[str]:
        """Give the pattern of what a Chinese or Japanese date begins with."""
        words = {*self.calendars, *self.eras, *self.rhymes}
        for r in self.data.get("relative", ()):
            words |= set(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]", r["pattern"]))
        first = (
            {word[0] for word in words}
            | set(_HAN_NUMERAL[4:-1])
            | set("0123456789正臘腊冬閏闰初自從从由約约大凡お至迄直")
            | set(_STEMS)
        )
        return re.compile("[" + "".join(map(re.escape, sorted(first))) + "]")
