"""Grammars of dates: one TOML file a language, read into patterns.

A pattern of a grammar is a regular expression with slots in braces; a space in it is any white space. `slots`
and the word lists of the language fill the slots. To add a language, write `grammars/CODE.toml` with the keys
of `grammars/en.toml`; nothing else names a language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from teipress.dates.beginnings import FIGURE, beginnings, heads, needed, words
from teipress.dates.figures import figures
from teipress.dates.following import Followings
from teipress.dates.shapes import Grammar, Named, Shape, pattern_of
from teipress.dates.slots import HAN, Lexicon, distinct, first_words, one_of
from teipress.dates.vocabulary import Vocabulary
from teipress.scripts import CYRILLIC

__all__ = ["Grammar", "Shape", "figures", "grammar", "grammars", "written_in"]

_FOLDER: Final = Path(__file__).with_name("grammars")
_ERAS: Final = Path(__file__).with_name("eras.toml")
_SLOT: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_SPACE: Final = re.compile(r"\\.|\[(?:\\.|[^\]])*\]| ")  # a space outside a class of characters
#: Where a word ends, or a year to which a flattened text has glued the next line.
_EDGE: Final = r"(?:(?<![^\W_](?=[^\W_]))|(?<=\d)(?=(?-i:[A-ZÄÖÜ][a-zäöü])))"
_MONTHS: Final = re.compile(r'(?m)^months = \["(\w)')
_CYRILLIC: Final = re.compile(f"[{CYRILLIC}]")
#: The articles that may stand before the number of a century.
_NUMBERING: Final = frozenset(["the", "im", "der", "das", "des", "le", "les", "au", "du", "el", "il"])


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


def written_in(text: str) -> tuple[str, ...]:
    """List the languages with a grammar in whose script a text has letters; the others need not be loaded for it."""
    return tuple(name for name, script in _scripts() if not script or script.search(text))


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str] | None], ...]:
    """Give the letters of each language's script, by the first of its months; None for Latin ones."""
    found = []
    for name in grammars():
        months = _MONTHS.search((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        first = months[1] if months else ""
        found.append((name, _CYRILLIC if _CYRILLIC.match(first) else None if first.isalpha() else HAN))
    return tuple(found)


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
        self.begins = self.lexicon.beginnings()
        self.listed = self.lexicon.listed()
        self.kept = frozenset().union(*(heads(name, {}).all for name, _ in self.lexicon.feasts))
        self.words = Vocabulary(code, data, self.lexicon, self.kept)
        self.followings = Followings(self.slots, self.lexicon.suffixes())

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
        return pattern_of(self._edged(pattern))

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
        starts = frozenset() if self.han else self.words.starts(shapes) | qualifying | opening
        weak = self.words.weak(starts)
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
            joint=self._joint(),
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
            follow=(starts - weak) | self.words.follow(),
            bridges=frozenset() if self.han else self.words.bridges(),
            loose=self.words.loose(),
            own=(starts - weak) | self.words.follow() | self.words.own(),
            telling=self.words.telling(starts),
            triggers=self.words.triggers() if self.han else None,
            listed=self.listed,
            lone_year=asked["lone_year"],
            month_asks=asked["month_asks"],
            writings=asked["writings"],
            months_alone=frozenset(data.get("months_alone", "").split()),
            vocabulary=starts
            | ranging
            | frozenset().union(*map(words, data.get("after", {}).values()))
            | asked["lone_year"]
            | self.words.follow(),
            undated=re.compile(data["undated"], re.IGNORECASE) if data.get("undated") else None,
        )

    def _shape(self, pattern: str, **how: Any) -> Shape:
        needs = needed(pattern, self.listed)
        goes_on = self.followings.of(pattern.replace("{x}", self.slots.get("x", "{x}")))
        begun = beginnings(pattern, self.begins), heads(pattern, {**self.begins, "f": self.kept})
        return Shape(self._edged(pattern), *begun, needs, goes_on, **how)

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

    def _joint(self) -> re.Pattern[str]:
        ranges = self.data.get("ranges", {})
        words = "|".join(self.fill(ranges[kind]) for kind in ("to", "or", "list") if ranges.get(kind))
        return re.compile(rf"\.?\s*(?:[/=(\u2044]{'|' * bool(words)}{words})", re.IGNORECASE)

    def _separators(self) -> Named:
        ranges = self.data.get("ranges", {})
        edge = "" if self.han else r"(?:(?<=\W)|(?!\w))"
        return tuple(
            (kind, re.compile(rf"\s*(?:{self.fill(ranges[kind])}){edge}\s*", re.IGNORECASE))
            for kind in ("to", "or", "list")
            if ranges.get(kind)
        )
