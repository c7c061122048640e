"""Parts: what a shape has matched, as the day, month and year of a `Point`."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz.distance import OSA

from teipress.dates import numerals
from teipress.dates.eras import READINGS, century, other_calendar, pinyin
from teipress.dates.grammar import Grammar, figures
from teipress.dates.point import Point
from teipress.dates.slots import parts
from teipress.dates.variant import replace

_OCR: Final = re.compile(r"\d \d|\d?[lI|O]\d|\d[lIOoSB|]|^[lI|][lI\d]?$|^[lIi|]\w{3}$")
_CONFUSIONS: Final = Path(__file__).parents[1] / "slips" / "confusions.toml"
_REMEMBERED: Final = 20_000  # readings
_NOTHING: Final = Point(0, 0)
_ROMAN: Final = re.compile(
    numerals.ROMAN.replace("M{0,3}", "M{1,3}").replace("D?C{0,4}", "D?C{0,5}"), re.IGNORECASE
)
_RAISED: Final = re.compile("[°ºᵒ]")
_LAST_YEAR: Final = 2100
_DOUBLE: Final = re.compile(r"(\d{4})[/–-](\d{1,4})")
#: The years that are named from the text's own, by how they are called in Chinese.
_NEAR_YEARS: Final = {
    **dict.fromkeys("去昨上", -1),
    **dict.fromkeys("今本是", 0),
    **dict.fromkeys("明來来", 1),
    "前": -2,
}
#: The same where a grammar says which of them a word means.
_YEARS_ON: Final = {"last_year": -1, "this_year": 0, "next_year": 1}
#: What is written together with a season's name to say which third of it.
_THIRDS: Final = {"früh": "early", "hoch": "mid", "spät": "late"}


def point(
    match: re.Match[str], known: Grammar, calendar: tuple[str, Mapping[str, int]] | None = None
) -> Point | None:
    """Read what a shape has matched; None where its words make no date.

    What the same words mean is remembered, for a text writes the same dates again and again.
    """
    key = id(match.re), match.groups(), calendar[0] if calendar else ""
    if key not in known.read:
        if len(known.read) >= _REMEMBERED:
            known.read.clear()
        known.read[key] = _point(parts(match), known, calendar)
    found: Point | None = known.read[key]
    return replace(found, start=match.start(), end=match.end()) if found else None


def _point(
    groups: dict[str, str], known: Grammar, calendar: tuple[str, Mapping[str, int]] | None
) -> Point | None:
    found = _of_figures(groups, known)
    for reading in (_quaker, *READINGS):
        found = reading(found, groups, known) if found else None
    if found and calendar:
        found = other_calendar(found, groups, known, *calendar)
    found = _changed(found, groups, known) if found else None
    return replace(found, rule=rule(found)) if found else None


def _of_figures(groups: dict[str, str], known: Grammar) -> Point | None:
    """Read day, month, year and what is named beside them; None where words that should say one of them say none."""
    year, old = _year(groups, known)
    day, month = _day(groups, known), _month(groups, known)
    month_to = numerals.han(groups["m_to"]) if "m_to" in groups else None
    if (
        ("lone" in groups and _may_be_initials(groups.get("ry", "")))
        or (("d" in groups or "rd" in groups) and day is None)
        or (("m" in groups or "misread" in groups) and month is None)
        or ("ry" in groups and year is None)
        or (month_to is not None and not _may_end("span" in groups, month or 0, month_to))
    ):
        return None
    return replace(
        _NOTHING,
        misread="misread" in groups or any(_OCR.search(groups.get(k, "")) for k in ("d", "y")),
        year=year,
        old_year=old,
        month=month,
        day=day,
        weekday=known.lexicon.weekdays.get(groups.get("w", "").lower().rstrip(".")),
        season=known.lexicon.seasons.get(groups.get("s", "").lower()),
        decade="decade" in groups,
        two_figures="yy" in groups and year is not None and year < 100,
        lone="lone" in groups,
        ambiguous="ambiguous" in groups,
        terse="terse" in groups,
        month_to=month_to,
        through="span" in groups,
    )


def _quaker(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    """Read a month that is numbered; which is the first hangs on the year."""
    if "quaker" not in groups:
        return found
    month = century(groups["c"], known)
    return replace(found, month=month, numbered=True) if month and month <= 12 else None


def _changed(found: Point, groups: dict[str, str], known: Grammar) -> Point:
    """Take into a point what its words say of its year, its calendar, or the part that is meant."""
    if "last_day" in groups and found.month:
        found = replace(found, day=monthrange(found.year or 2000, found.month)[1])
    if "before_christ" in groups:
        found = replace(found, year=1 - found.year if found.year else None, before_christ=True)
    if "cal" in groups:
        found = replace(found, calendar=known.lexicon.calendars[groups["cal"]])
    if "imperial" in groups:
        counted = numerals.han(groups["imperial"])
        found = replace(found, year=counted - 660 if counted else None)
    years = (on for name, on in _YEARS_ON.items() if name in groups)
    found = replace(found, years_on=next(years, _NEAR_YEARS.get(groups.get("near_year", "")[:1])))
    if known.han and found.calendar is None and not found.era and _is_lunisolar(groups):
        found = replace(found, calendar="chineseLunisolar")
    third = _THIRDS[groups["third"].lower()] if "third" in groups else ""
    part = "since" if "onward" in groups else third or part_of(groups, known)
    if part:
        found = replace(found, qualifiers=(part,))
    if "y2" in groups and found.year is not None:
        last = int(groups["y2"])
        last = last if last > 99 else found.year // 100 * 100 + last
        found = replace(found, year_to=last + (100 if last < found.year else 0))
    return found


def _may_end(parted: bool, first: int, last: int) -> bool:
    """Tell whether a month may be the last of those from another on; those that are only listed follow each other."""
    return first < last <= 12 if parted else last == first + 1


def part_of(groups: Mapping[str, str], known: Grammar) -> str:
    """Name the part of a month, a year or a century that is written together with it; empty for the whole."""
    return known.called(groups.get("part", ""), known.parts)


def _is_lunisolar(groups: dict[str, str]) -> bool:
    """Tell whether a month or a day is called as those of the lunisolar calendar alone are."""
    return (
        "d1" in groups
        or groups.get("m", "").lstrip("閏闰")[:1] in tuple("正冬臘腊")
        or groups.get("m", "")[:1] in tuple("閏闰")
    )


def rule(found: Point) -> str:
    """Name the rule by the parts that it has read."""
    if found.resolved:
        return "dates.regnal"
    if found.feast:
        return "dates.feast"
    if found.century is not None:
        return "dates.century"
    names = ("day", found.day), ("month", found.month), ("season", found.season), ("year", found.year)
    return "dates." + ("-".join(name for name, part in names if part is not None) or "relative")


def _year(groups: dict[str, str], known: Grammar) -> tuple[int | None, bool]:
    if "yy" in groups:
        text = groups["yy"].strip("'’` ")
        year = int(text) if text.isascii() else numerals.han(text)
        return (year + 1000 if year is not None and year > 99 else year), False
    if "ry" in groups:
        return _roman_year(groups["ry"]), False
    text = groups.get("y", "")
    if not text:
        return None, False
    if known.han:
        return numerals.han(text), False
    if double := _DOUBLE.match(text):
        return int(double[1]) + 1, True
    if text[0] in "lIi|" or text[0].isdigit():
        return numerals.figures(text), False
    return numerals.words(text, known.lexicon.numbers), False


def _roman_year(text: str) -> int | None:
    """Give the year that a Roman numeral writes, with points and raised endings; None for no numeral of a year."""
    letters = re.sub(r"[\W_oºᵒ]", "", text).replace("j", "i").replace("J", "I")
    if not _ROMAN.fullmatch(letters):
        return None
    year = numerals.roman(letters)
    return year if year <= _LAST_YEAR else None


def _may_be_initials(text: str) -> bool:
    """Tell whether a Roman year without anything beside it is so short that it may be a person's initials."""
    return 0 < len(re.findall(r"[^\W_]", text)) < 4 and not _RAISED.search(text)


def is_double(text: str) -> bool:
    """Tell whether `1648/9` is a year that began in spring and the one that began in January."""
    double = _DOUBLE.match(text)
    return bool(double and str(int(double[1]) + 1).endswith(double[2]) and int(double[1]) < 1753)


def _day(groups: dict[str, str], known: Grammar) -> int | None:
    if "d1" in groups:
        return numerals.han(groups["d1"])
    if "rd" in groups:
        counted = numerals.roman(groups["rd"])
        return counted if counted <= 31 else None
    text = groups.get("d", "").strip().lower()
    if not text:
        return None
    value: int | None = known.lexicon.ordinals.get(text)
    if value is None:
        value = numerals.han(text) if known.han else numerals.figures(groups["d"])
    if value is None and known.lexicon.numbers:
        value = pinyin(text, known)
    return value if value is not None and 1 <= value <= 31 else None


def _month(groups: dict[str, str], known: Grammar) -> int | None:
    if "n" in groups:
        return int(groups["n"])
    if "r" in groups:
        return numerals.roman(groups["r"])
    if "pm" in groups:
        return pinyin(groups["pm"].lower().replace("zheng", "yi"), known)
    if "misread" in groups:
        return misread_month(groups["misread"].lower(), known)
    text = groups.get("m", "")
    if known.han and text:
        leap = text[0] in "閏闰"
        value = (
            numerals.han(text[leap:])
            if text[leap:] not in "正臘腊冬"
            else {"正": 1, "冬": 11}.get(text[leap:], 12)
        )
        return (-value if leap else value) if value and value <= 12 else None
    return known.lexicon.months.get(text.lower())


@lru_cache(maxsize=8192)
def misread_month(text: str, known: Grammar) -> int | None:
    """Give the month whose name was misread or misspelt as a word; None where none is near.

    One letter that is known to be taken for another, or else a longer name with one slip (two in the longest).
    """
    word = text.replace("-", "")
    months = known.lexicon.months
    if meant := next((months[one] for one in _meant(word) if one in months), None):
        return meant
    near = ((OSA.distance(word, name), number, name) for name, number in months.items() if len(name) > 3)
    found = min(near, default=None)
    if found is None or found[0] > (1 if len(found[2]) < 8 else 2) or len(word) < 4:
        return None
    return found[1] if len(found[2]) > 4 or sorted(word) == sorted(found[2]) or len(word) > 4 else None


def _meant(word: str) -> Iterator[str]:
    """Give what a word may be a misreading of, by one confusion of letters."""
    for read, meant in _confusions():
        at = word.find(read)
        while at >= 0:
            yield f"{word[:at]}{meant}{word[at + len(read) :]}"
            at = word.find(read, at + 1)


@cache
def _confusions() -> tuple[tuple[str, str], ...]:
    data = tomllib.loads(_CONFUSIONS.read_text(encoding="utf-8"))
    tables = data["figures"], data["pairs"], figures()["confusions"]
    return tuple((read, one) for pairs in tables for read, meant in pairs.items() for one in meant.split())
