"""Grammars of dates: one TOML file a language, read into patterns.

A pattern of a grammar is a regular expression with slots in braces; a space in it is any white space. `slots`
and the word lists of the language fill the slots. To add a language, write `grammars/CODE.toml` with the keys
of `grammars/en.toml`; nothing else names a language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from teipress.dates.beginnings import beginnings, heads, needed, words
from teipress.dates.candidates import Candidates
from teipress.dates.figures import figures
from teipress.dates.following import Followings
from teipress.dates.shapes import Late, Named, Shape
from teipress.dates.slots import HAN, Lexicon, distinct, first_words, one_of
from teipress.dates.vocabulary import NUMBERING, Vocabulary
from teipress.scripts import CYRILLIC

__all__ = ["Grammar", "Shape", "figures", "grammar", "grammars", "written_in"]

_FOLDER: Final = Path(__file__).with_name("grammars")
_ERAS: Final = Path(__file__).with_name("eras.toml")
_SLOT: Final = re.compile(r"\{([A-Za-z_]\w*)\}")
_SPACE: Final = re.compile(r"\\.|\[(?:\\.|[^\]])*\]| ")  # a space outside a class of characters
#: Where a word ends, or a year to which a flattened text has glued the next line.
_EDGE: Final = r"(?:(?<![^\W_](?=[^\W_]))|(?<=\d)(?=(?-i:[A-ZÄÖÜ][a-zäöü])))"
_MONTHS: Final = re.compile(r'(?m)^months = \["(\w)')
_IN_HAN: Final = 3  # the first shapes of figures, with the year in four, are Chinese and Japanese as well
_OWN_LETTERS: Final = re.compile(r'(?m)^own_letters = "(.+)"$')
_CYRILLIC: Final = re.compile(f"[{CYRILLIC}]")


@cache
def grammar(code: str) -> Grammar | None:
    """Give the grammar of a language by its BCP 47 tag, with its script where there is one (`zh-Latn`)."""
    parts = code.split("-")
    for name in ("-".join(parts[:2]), parts[0]):
        path = _FOLDER / f"{name}.toml"
        if name != "figures" and path.is_file():
            return _grammar(name)
    return None


@cache
def _grammar(name: str) -> Grammar:
    return Grammar(name, tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


@cache
def grammars() -> tuple[str, ...]:
    """List the languages that have a grammar."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml") if path.stem != "figures"))


def written_in(text: str) -> tuple[str, ...]:
    """List the languages with a grammar in whose script a text has letters; the others need not be loaded for it.

    Those in Latin script come last, and one whose own letters among those of its script the text has not.
    """
    found = [
        (script is None, bool(own and not own.search(text)), name)
        for name, script, own in _scripts()
        if not script or script.search(text)
    ]
    return tuple(name for *_, name in sorted(found))


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    """Give the letters of each language's script, by the first of its months (None for Latin ones), and its own."""
    found = []
    for name in grammars():
        text = (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")
        months, own = _MONTHS.search(text), _OWN_LETTERS.search(text)
        first = months[1] if months else ""
        script = _CYRILLIC if _CYRILLIC.match(first) else None if first.isalpha() else HAN
        found.append((name, script, re.compile(own[1]) if own else None))
    return tuple(found)


@cache
def _eras() -> dict[str, dict[str, tuple[int, int]]]:
    """Give the first and the last year of each era by its calendar; 0 where the next one ends it."""
    data = tomllib.loads(_ERAS.read_text(encoding="utf-8"))
    return {
        calendar: {
            name: (years, 0) if isinstance(years, int) else tuple(years) for name, years in eras.items()
        }
        for calendar, eras in data.items()
    }


def _numbered(lines: Iterable[str]) -> dict[str, int]:
    """Number the words of each line, from 1; an underscore in a word is a space."""
    return {word.replace("_", " "): number for number, line in enumerate(lines, 1) for word in line.split()}


class Grammar:
    """The grammar of dates of one language; what of it a text asks for is made ready then."""

    def __init__(self, code: str, data: dict[str, Any]) -> None:
        self.code, self.data = code, data
        self.han = data.get("script") == "han"  # it writes its numbers in Chinese characters
        numbers: dict[str, int] = data.get("numbers", {})
        self.lexicon = Lexicon(
            months=_numbered(data.get("months", ())),
            weekdays=_numbered(data.get("weekdays", ())),
            seasons=_numbered(data.get("seasons", ())),
            ordinals={
                f"{word}{ending}": number
                for word, number in _numbered(data.get("ordinals", ())).items()
                for ending in ("", *data.get("ordinal_endings", ""))
            },
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
        #: the words with which the names of months (`m`) and seasons (`s`) begin
        self.listed = self.lexicon.listed()
        self.kept = frozenset().union(*(heads(name, {}).all for name, _ in self.lexicon.feasts))
        self.words = Vocabulary(self)
        self.candidates = Candidates(self)
        self.read: dict[tuple[Any, ...], Any] = {}  # what matches have been found to say

    def _eras(self) -> dict[str, tuple[str, int, int]]:
        wanted = self.data.get("eras", list(_eras()))
        return {
            name: (calendar, *years)
            for calendar in wanted
            for name, years in _eras()[calendar].items()
            if name.isascii() or self.han or not name[0] > "\u3000"
        }

    # Patterns.

    def fill(self, pattern: str) -> str:
        """Fill the slots of a pattern; a space in it stands for any white space."""
        while _SLOT.search(pattern):
            pattern = _SLOT.sub(lambda match: self.slots[match[1]], pattern)
        return distinct(_SPACE.sub(lambda match: r"\s" if match[0] == " " else match[0], pattern))

    def _edged(self, pattern: str) -> str:
        """Fill a pattern, in which a word ends where its last letter does."""
        return f"(?:{self.fill(pattern)}){'' if self.han else _EDGE}"

    def _named(self, key: str, edge: str, *names: str, space: str = "") -> Named:
        """Give the patterns of a table, all or those of some names, with what must stand after each."""
        table = self.data.get(key, {})
        return tuple(
            (name, Late(f"{space}(?:{self.fill(table[name])}){edge}"))
            for name in names or table
            if table.get(name)
        )

    def _head(self, pattern: str) -> Late | None:
        return None if self.han else Late(self._edged(pattern))

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The patterns of one date."""
        return tuple(self._shapes())

    @cached_property
    def misread(self) -> tuple[Shape, ...]:
        """Those that begin with a month's name that was misread."""
        return () if self.han else tuple(map(self._shape, figures()["misread"]))

    @cached_property
    def _followings(self) -> Followings:
        return Followings(self.slots, self.lexicon.suffixes())

    def _shape(self, pattern: str, **how: Any) -> Shape:
        needs = needed(pattern, self.listed)
        goes_on = self._followings.of(pattern.replace("{x}", self.slots.get("x", "{x}")))
        begun = beginnings(pattern, self.begins), heads(pattern, {**self.begins, "f": self.kept})
        return Shape(self._edged(pattern), *begun, needs, goes_on, **how)

    def _shapes(self) -> Iterator[Shape]:
        data = self.data
        common = figures()["shapes"]
        common = common[:_IN_HAN] if self.han else common
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

    @cached_property
    def qualifiers(self) -> Named:
        """What stands before a date and narrows it."""
        return self._named("qualifiers", "" if self.han else r"(?:(?<=[\s’'.-])|(?!\w)|(?<=\bc)(?=\d))\s*")

    @cached_property
    def after(self) -> Named:
        """What stands after it."""
        return self._named("after", "")

    @cached_property
    def separators(self) -> Named:
        """What joins it to another."""
        edge = "" if self.han else r"(?:(?<=\W)|(?!\w))"
        return self._named("ranges", rf"{edge}\s*", "to", "or", "list", space=r"\s*")

    @cached_property
    def joint(self) -> Late:
        """What any of these, a stroke or a bracket begins with."""
        ranges = self.data.get("ranges", {})
        joining = "".join(f"|{self.fill(ranges[kind])}" for kind in ("to", "or", "list") if ranges.get(kind))
        return Late(rf"\.?\s*(?:[/=(\u2044]{joining})")

    @cached_property
    def opens(self) -> Named:
        """What opens a range."""
        return self._named("ranges", ("" if self.han else r"(?!\w)") + r"\s*", "from", "between")

    @cached_property
    def feasts(self) -> tuple[tuple[str, Late], ...]:
        """The rule of each feast, and the pattern of its names."""
        return tuple((rule, Late(self.fill(name))) for name, rule in self.lexicon.feasts)

    @cached_property
    def parts(self) -> Named:
        """The parts of a time."""
        return self._named("parts", "")

    @cached_property
    def units(self) -> Named:
        """The units that days are counted by."""
        return self._named("units", "")

    @cached_property
    def grains(self) -> Named:
        """The times that `this`, `last` and `next` are said of."""
        return self._named("grains", "")

    @cached_property
    def dayhead(self) -> Late | None:
        """A day that shares its month with another."""
        return self._head(r"(?:(?:the|le|den|dem|d\.|il|el) )?{d}")

    @cached_property
    def daytail(self) -> Late | None:
        """A day that has its month neither beside it nor shared."""
        return self._head(r"(?:(?:the|den|dem|le|il|el) )?{d}{after_day}")

    @cached_property
    def monthhead(self) -> Late | None:
        """A month that several days share."""
        return self._head(r"{W}{m}(?:\.,?|,)? ?(?:the )?")

    @cached_property
    def yeartail(self) -> Late | None:
        """The year that they share."""
        return self._head(r"(?:\.?,? ?(?:de |del? )?)(?:{y}|{yy})")

    @cached_property
    def centuryhead(self) -> Late | None:
        """The number of a century without the word."""
        return self._head(rf"(?:(?:{'|'.join(NUMBERING)}) )?{{c}}")

    @cached_property
    def undated(self) -> Late | None:
        """What says that there is no date."""
        return Late(self.data["undated"]) if self.data.get("undated") else None

    # Questions.

    def feast(self, name: str) -> str:
        """Give the rule of the feast with this name; empty where there is none."""
        return next((rule for rule, names in self.feasts if names.fullmatch(name)), "")

    def called(self, text: str, names: Named) -> str:
        """Give which of some names a text is called by; empty where it is none."""
        return next((name for name, pattern in names if text and pattern.fullmatch(text)), "")
