"""Slots: what the names in braces stand for in the patterns of a grammar, `{d}` a day, `{m}` a month and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from teipress.dates import reigns
from teipress.dates.beginnings import FIGURE, beginnings, heads, words
from teipress.dates.numerals import ROMAN

_WORD: Final = re.compile(r"[^\W\d_]+")
HAN: Final = re.compile(r"[\u3000-\U0010ffff]")
HAN_NUMERAL: Final = "[0-9０-９〇零○一二三四五六七八九十廿卅卌百千壹貳贰叁參肆伍陸陆柒捌玖拾元]"
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"

#: A year of four figures, one that ended in another (1648/9), or one that was misread or split.
_YEAR: Final = (
    r"(?:1\d{3}|20\d{2})(?:[/–-]\d{1,4}(?![\d/.]))?|1\d [\dO]{2}(?!\d)|1 \d[\dO]{2}(?!\w)|1\d\d \d(?!\d)"
    r"|[1lIi|](?=[^\n]{0,2}\d)[OoQ\d][\dlIOoSB|]{2}(?![\w])|[1lIi|](?:[89](?=[lIOoSB|]*\d?))[\dlIOoSB|]{2}(?![\w])"
)
_DAY: Final = (
    r"3[01]|[12]\d|0?[1-9]|[12]\s[0-9](?=[\s.,])|[lI|][\dlIOo]"
    r"|[123][lIOo](?!(?!(?:th|st|ten|ter)\b)[a-z]{2})|II|ll|[lI](?=[.\s])"
)

#: What may not follow a year of two figures, in whatever language: an hour is none, “October 9, 10 a.m.”.
_NO_YEAR: Final = (
    r"(?!\d|[.,/:]\d|\s?(?:[ap]\.?\s?m\b|o[’']clock|noon|midnight|hours|hrs|[Uu]hr|heures?|h\b|ч\.|час))"
)

SLOTS: Final[dict[str, str]] = {
    "n": r"(?P<n>1[0-2]|0?[1-9])",
    "r": r"(?P<r>(?:XI{0,2}|IX|IV|VI{0,3}|I{1,3}|xi{0,2}|ix|iv|vi{0,3}|i{1,3}))(?!\w)",
    "yy": r"(?P<yy>['’`]?\s?\d{2})",
    "apostrophe": r"(?P<yy>['’`]\s?\d{2})(?!\d)",
    "bc": r"(?P<y>\d{1,4})",
    "k": r"(?P<k>\d{1,4}|[IVXL]+(?![a-df-z\d]|e\w))",
    "k4": r"(?P<k>[4-7]\d{3})",
    "roman": r"(?P<k>[IVX]+)(?!\w)",
    "rd": r"(?P<rd>[IVXivx]+[Jj]?)(?![A-Za-z]{3})",
    "roman_year": r"(?-i:(?P<ry>M(?=[MDCLXVI]{3})" + ROMAN + r"|M(?=(?:[.°ºᵒ\s]{0,3}[MDCLXVIJdclxvij]){3})"
    r"[.°ºᵒ]{0,2}\s?(?:[MDCLX]{1,5}[.°ºᵒ]{0,2}\s?){1,3}(?:[XVIJ]{1,7}|(?<=[°ºᵒ])[lxvij]{1,7}|(?<=[°ºᵒ]\s)[lxvij]{1,7})?"
    r"[.°ºᵒ]?)(?![\w°]))",
    "ry": r"(?:(?P<ry>M[MDCLXVI.]+|m[mdclxvij.]+)|(?P<y>\d{3,4}))",
    "f_article": r"(?: (?:dem|der|den|des|zu|von))?",
    "W": r"(?:{w}\.?,? (?:(?:the|le|den|dem|d\.|il|el) )?)?",
    "N": HAN_NUMERAL,
    "M": r"(?P<m>[閏闰]?(?:正|端|蒲|臘|腊|冬|" + HAN_NUMERAL + r"{1,3}))月(?:份|間|间)?",
    "D": rf"(?:(?P<d1>朔|既望)日?|初(?P<d1>[一二三四五六七八九十])(?:日|號|号)?"
    rf"|(?P<d>{HAN_NUMERAL}{{1,3}})(?:[日號号]|(?=[至到—–～~、-](?:{HAN_NUMERAL}{{1,3}}、)*初?{HAN_NUMERAL}{{1,3}}[日號号])))",
    "regnal": r"(?P<regnal>\d{1,2}|[IVXL]+(?!\w))",
    "of_name": r"(?P<of_name>[IVX]+(?!\w)|[1-8](?:st|nd|rd|th)?(?!\w)|the [a-z]+|[a-z]+(?:i|us))",
    "gz": rf"(?P<gz>[{STEMS}][{BRANCHES}])",
}

#: Slots that figures fill, or letters that are read as figures.
_FIGURES: Final = (
    "n", "r", "yy", "apostrophe", "regnal", "bc", "k", "k4", "roman", "rd", "roman_year", "ry", "d", "y", "c", "count",
)  # fmt: skip


def distinct(pattern: str) -> str:
    """Number the groups of a pattern that bear the same name, as those of a slot that stands in it twice."""
    seen: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], 0) + 1
        return match[0] if seen[match[1]] == 1 else f"(?P<{match[1]}__{seen[match[1]]}>"

    return re.sub(r"\(\?P<(\w+)>", name, pattern)


def parts(match: re.Match[str]) -> dict[str, str]:
    """Give what the groups of a match have taken, by their names."""
    return {name.partition("__")[0]: part for name, part in match.groupdict().items() if part is not None}


def one_of(names: Iterable[str]) -> str:
    """Give a pattern for one of some names, the longest first; what they begin with alike is in it once."""
    return _branches({*names} - {""}) or r"(?!)"


def _branches(names: set[str]) -> str:
    """Give the alternatives for some names, by the letter that each begins with."""
    by_first: dict[str, set[str]] = {}
    for name in names:
        by_first.setdefault(name[0], set()).add(name[1:])
    return "|".join(re.escape(first) + _rest(by_first[first]) for first in sorted(by_first))


def _rest(names: set[str]) -> str:
    inner = _branches(names - {""})
    if inner and "" in names:
        return f"(?:{inner})?"
    return f"(?:{inner})" if len({name[0] for name in names if name}) > 1 else inner


@dataclass(frozen=True)
class Lexicon:
    """The word lists of a language, from which its slots are made."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    ordinals: Mapping[str, int]
    numbers: Mapping[str, int]
    counts: Mapping[str, int]
    eras: Mapping[str, tuple[str, int, int]]  # the calendar, the first year, and the last where it is known
    feasts: tuple[tuple[str, str], ...]
    rhymes: Mapping[str, int]
    calendars: Mapping[str, str]
    data: Mapping[str, Any]
    han: bool

    def suffixes(self) -> dict[str, str]:
        """Give the pattern of what is written together with the figures of a day, and of a century."""
        return {
            "d": self.data.get("day_suffix", ""),
            "c": self.data.get("century_suffix", "(?:st|nd|rd|th|e|ème|er|[.]|[°º])?"),
        }

    def slots(self) -> dict[str, str]:
        """Give the pattern of every slot."""
        month = one_of(self.months)
        if self.data.get("capitals"):
            small = r"(?<=[\d.] )(?=\w+[.:,]* 1\d{3}(?!\d))"  # “31. august 1832”
            month = rf"(?:(?=(?-i:[A-ZÄÖÜ\d]))|{small})(?:{month})"
        count = f"{HAN_NUMERAL}{{1,3}}|兩|两" if self.han else rf"\d{{1,3}}|{one_of(self.counts)}"
        season, era = one_of(self.seasons), one_of(self.eras)
        long = (word.capitalize() for word in self.weekdays if len(word) > 4)
        slots = {
            **SLOTS,
            "ruler": rf"(?P<ruler>{one_of(reigns.forms())})",
            "d": rf"(?P<d>(?:{_DAY}){self.suffixes()['d']}|{self._ordinals()})",
            "m": rf"(?P<m>{month})(?!\w)",
            "y": rf"(?P<y>{self._years()})\??",
            "w": rf"(?P<w>{one_of(self.weekdays)})",
            "v": rf"(?P<v>(?-i:{one_of(long)}))(?!\w)",
            "s": rf"(?P<s>{season})(?!\w)",
            "season": rf"(?P<s>{season})",
            "f": "(?P<f>" + ("|".join(name for name, _ in self.feasts) or "(?!)") + ")",
            "e": rf"(?P<e>{era})",
            "c": rf"(?P<c>\d{{1,2}}{self.suffixes()['c']}"
            rf"|[IVX]+(?:e|ème|ᵉ)?(?!\w)|{self._ordinals()})",
            "count": rf"(?P<count>{count})",
            "unit": self._named("unit", "units"),
            "grain": self._named("grain", "grains"),
            "grain2": self._named("grain2", "grains"),
            "after_day": self.data.get("after_day", ""),
            "cal": rf"(?P<cal>{one_of(self.calendars)})?",
            "Y": self._han_year(era),
            "part": "(?P<part>" + "|".join(filter(None, self.data.get("parts", {}).values())) + ")",
            "rhyme": rf"(?P<rhyme>[{''.join(self.rhymes) or '_'}])",
            "number": f"(?:{one_of(self.numbers)})",
            "ordinal": self._ordinal(),
            **self.data.get("slots", {}),
        }
        return slots | {"yy": slots["yy"] + _NO_YEAR}

    def _ordinal(self) -> str:
        """Give the pattern of an ordinal up to 99, as far as a language makes them of two words."""
        tens = one_of(name for name, value in self.numbers.items() if value in range(20, 100, 10))
        return rf"(?:(?:{tens})[- ]{self._ordinals(10)}|{self._ordinals()})"

    def _ordinals(self, below: int = 32) -> str:
        """Give the pattern of the ordinals that are listed, with their endings."""
        endings = self.data.get("ordinal_endings", "")
        names = {name for name, value in self.ordinals.items() if value < below}
        stems = {name for name in names if name[:-1] not in names or name[-1] not in endings}
        return f"(?:{one_of(stems)})" + (f"[{endings}]?" if endings else "")

    def _named(self, group: str, key: str) -> str:
        return f"(?P<{group}>" + "|".join(self.data.get(key, {}).values()) + ")"

    def _years(self) -> str:
        if not self.numbers:
            return _YEAR
        word = one_of(self.numbers)
        spelt = rf"(?:(?:{word})(?:[\s-]|and|et|und|e|y)*){{2,}}(?:{word})s?"
        pair = rf"(?:{word})[\s-](?:{word})" if self.data.get("spelt_pairs") else "(?!)"
        return rf"{_YEAR}|{spelt}|{pair}"

    def _han_year(self, era: str) -> str:
        """Give the pattern of a year: of an era, of the cycle of sixty, of the Common Era, or counted from now."""
        cycle = rf"(?:[（(]?(?:歲次|岁次)?{SLOTS['gz']}年?[）)]?)"
        figures = r"[〇零○一二三四五六七八九０-９]"
        gloss = rf"[（(](?:{figures}{{4}}|\d{{4}})年?[）)](?=[閏闰正\d一二三四五六七八九十]+月)"
        return (
            rf"(?:{self.data.get('slots', {}).get('dynasty', '(?!)')}?(?P<e>{era})"
            rf"(?:(?P<k>{HAN_NUMERAL}{{1,5}})[年載载](?:{cycle}|{gloss})?|{SLOTS['gz']}年?)"
            rf"|(?:歲次|岁次)?{SLOTS['gz']}(?:年|(?=[閏闰]?(?:正|[一二三四五六七八九十冬臘腊]{{1,2}})月))"
            rf"|(?:(?P<y>{figures}{{4}}|[一二]?千{HAN_NUMERAL}{{1,6}}|[12１２]\d{{3}}(?:[（(](?:{era}){HAN_NUMERAL}{{1,3}}年?[）)])?)|(?<!{HAN_NUMERAL})(?P<yy>{figures}{{2}}))年"
            rf"|(?P<near_year>[去昨上今本是明來来前]年))"
        )

    def listed(self) -> dict[str, frozenset[str]]:
        """Give the first words of the names that fill a slot, for those slots that words alone fill."""
        if self.han or self.data.get("slots", {}).keys() & {"m", "s"}:
            return {}
        lists = {"m": self.months, "s": self.seasons, "ruler": reigns.forms()}
        found = {slot: [_WORD.search(name.lower()) for name in names] for slot, names in lists.items()}
        listed = {slot: frozenset(m[0] for m in own if m) for slot, own in found.items() if all(own)}
        feasts = [(heads(name, {}).needed, words(name)) for name, _ in self.feasts]
        feast = [every if FIGURE in first or not first else first for first, every in feasts]
        return listed | {"f": frozenset().union(*feast)}

    def beginnings(self) -> dict[str, frozenset[str]]:
        """Give the words that each slot can begin with."""
        figure = frozenset({FIGURE})
        first = {
            "m": first_words(self.months),
            "w": first_words(self.weekdays),
            "s": first_words(self.seasons),
            "e": first_words(self.eras),
            "f": frozenset().union(*(beginnings(name, {}).all for name, _ in self.feasts)),
            "d": figure | first_words(self.ordinals),
            "c": figure | first_words(self.ordinals),
            "y": figure | first_words(self.numbers),
            "count": figure | first_words(self.counts),
        }
        first["v"] = first["w"]
        if any(name[0].isdigit() for name in self.months):
            first["m"] |= figure
        own = self.data.get("slots", {})
        return {
            **dict.fromkeys(_FIGURES, figure),
            **first,
            "ruler": first_words(reigns.forms()),
            "ordinal": first_words(self.ordinals),
            **{name: figure | words(pattern) for name, pattern in own.items()},
            **{key: words("|".join(self.data.get(f"{key}s", {}).values())) for key in ("unit", "grain")},
        }


def first_words(names: Iterable[str]) -> frozenset[str]:
    """Give the words, in small letters, with which some names begin."""
    return frozenset(re.split(r"[\s\-'’‘]", name.lower())[0] for name in names)
