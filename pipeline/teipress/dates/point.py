"""`Point`: the parts of a date that an expression names, before what is missing is filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from teipress.dates import numerals
from teipress.dates.grammar import Grammar
from teipress.dates.interval import Interval
from teipress.dates.slots import BRANCHES, STEMS, parts
from teipress.dates.variant import replace

_OCR: Final = re.compile(r"\d \d|\d?[lI|O]\d|\d[lIOoSB|]|^[lI|][lI\d]?$|^[lIi|]\w{3}$")
_DOUBLE: Final = re.compile(r"(\d{4})[/–-](\d{1,4})")
#: The years that are named from the text's own, by how they are called in Chinese.
_NEAR_YEARS: Final = {
    **dict.fromkeys("去昨上", -1),
    **dict.fromkeys("今本是", 0),
    **dict.fromkeys("明來来", 1),
    "前": -2,
}
#: What is written together with a season's name to say which third of it.
_THIRDS: Final = {"früh": "early", "hoch": "mid", "spät": "late"}
#: The complementary days of the French Republican calendar, by what each was a feast of.
_FESTIVALS: Final = ("vertu", "génie", "travail", "opinion", "récompenses", "révolution")
_FEASTS_SHIFTED: Final = {"morrow": 1, "eve": -1, "octave": 7}


@dataclass(frozen=True)
class Point:
    """A date at `[start, end)`: the parts that are written, in the calendar that is named (None: in none)."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    calendar: str | None = None
    era: str = ""
    era_first: int = 0
    season: int | None = None
    century: int | None = None
    decade: bool = False
    feast: str = ""
    shift: int = 0
    weekday_shift: int = 0  # the weekday after (1) or before (-1) the feast
    cycle: int | None = None  # the place in the cycle of sixty years
    two_figures: bool = False
    lone: bool = False
    bare: bool = False
    ambiguous: bool = False
    terse: bool = False  # figures alone, with two for the year: many other things look so
    misread: bool = False
    old_year: bool = False
    before_christ: bool = False
    style: str = ""  # when the year began, where the text says so
    unsure: bool = False
    year_to: int | None = None
    years_on: int | None = None  # the year is the text's own, or one counted from it
    qualifiers: tuple[str, ...] = ()
    resolved: Interval | None = None
    rule: str = ""

    def full(self) -> bool:
        """Tell whether day, month and year are there."""
        return None not in (self.year, self.month, self.day)


def point(
    match: re.Match[str], known: Grammar, calendar: tuple[str, Mapping[str, int]] | None = None
) -> Point | None:
    """Read what a shape has matched; None where its words make no date."""
    groups = parts(match)
    found = Point(
        *match.span(), misread=any(_OCR.search(groups.get(k, "")) for k in ("d", "y")) or "misread" in groups
    )
    year, old = _year(groups, known)
    day, month = _day(groups, known), _month(groups, known)
    found = replace(
        found,
        year=year,
        old_year=old,
        month=month,
        day=day,
        weekday=known.lexicon.weekdays.get(groups.get("w", "").lower().rstrip(".")),
        season=known.lexicon.seasons.get(groups["s"].lower()) if "s" in groups else None,
        decade="decade" in groups,
        two_figures="yy" in groups and year is not None and year < 100,
        lone="lone" in groups,
        ambiguous="ambiguous" in groups,
        terse="terse" in groups,
    )
    if (
        ("d" in groups and day is None)
        or (("m" in groups or "misread" in groups) and month is None)
        or ("rd" in groups and day is None)
    ):
        return None
    for reading in (_era, _cycle, _century, _feast, _roman, _open_decade, _spelt_decade, _spelt):
        step = reading(found, groups, known)
        if step is None:
            return None
        found = step
    if calendar is not None:
        read = _other_calendar(found, groups, known, *calendar)
        if read is None:
            return None
        found = read
    if "before_christ" in groups:
        found = replace(found, year=1 - found.year if found.year else None, before_christ=True)
    if "cal" in groups:
        found = replace(found, calendar=known.lexicon.calendars[groups["cal"]])
    if kind := part_of(groups, known):
        found = replace(found, qualifiers=(kind,))
    if "imperial" in groups:
        counted = numerals.han(groups["imperial"])
        found = replace(found, year=counted - 660 if counted else None)
    if "near_year" in groups:
        found = replace(found, years_on=_NEAR_YEARS[groups["near_year"][0]])
    if known.han and found.calendar is None and not found.era and _is_lunisolar(groups):
        found = replace(found, calendar="chineseLunisolar")
    if "onward" in groups:
        found = replace(found, qualifiers=("since",))
    if "third" in groups:
        found = replace(found, qualifiers=(_THIRDS[groups["third"].lower()],))
    if "y2" in groups and found.year is not None:
        last = int(groups["y2"])
        last = last if last > 99 else found.year // 100 * 100 + last
        found = replace(found, year_to=last + (100 if last < found.year else 0))
    return replace(found, rule=rule(found))


def part_of(groups: Mapping[str, str], known: Grammar) -> str:
    """Name the part of a month, a year or a century that is written together with it; empty for the whole."""
    named = groups.get("part", "")
    return next((name for name, pattern in known.parts if named and pattern.match(named)), "")


def _is_lunisolar(groups: dict[str, str]) -> bool:
    """Tell whether a month or a day is called as those of the lunisolar calendar alone are."""
    return (
        "d1" in groups
        or groups.get("m", "").lstrip("閏闰")[:1] in tuple("正冬臘腊")
        or groups.get("m", "")[:1] in tuple("閏闰")
    )


def rule(found: Point) -> str:
    """Name the rule by the parts that it has read."""
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
        return numerals.roman(re.sub(r"\W", "", groups["ry"])), False
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
        value = _pinyin(text, known)
    return value if value is not None and 1 <= value <= 31 else None


def _month(groups: dict[str, str], known: Grammar) -> int | None:
    if "n" in groups:
        return int(groups["n"])
    if "r" in groups:
        return numerals.roman(groups["r"])
    if "pm" in groups:
        return _pinyin(groups["pm"].lower().replace("zheng", "yi"), known)
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


def misread_month(text: str, known: Grammar) -> int | None:
    """Give the month whose name is nearest to a word that was misread or misspelt; None where none is near."""
    word = text.replace("-", "")
    near = (
        (OSA.distance(word, name), number, name)
        for name, number in known.lexicon.months.items()
        if len(name) > 3
    )
    found = min(near, default=None)
    if found is None or found[0] > (1 if len(found[2]) < 8 else 2) or len(word) < 4:
        return None
    return found[1]


def _pinyin(text: str, known: Grammar) -> int | None:
    words = re.findall("|".join(sorted(known.lexicon.numbers, key=len, reverse=True)), text.lower())
    total = digit = 0
    for word in words:
        value = known.lexicon.numbers[word]
        if value >= 10:
            total, digit = total + (digit or 1) * value, 0
        else:
            digit = digit * 10 + value
    return total + digit if words else None


def _era(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    name = groups.get("e")
    if not name:
        return found
    calendar, first = next(v for k, v in known.lexicon.eras.items() if k.lower() == name.lower())
    if "moon" in groups:
        month = _counted(groups["moon"], known)
        if month is None or month > 12:
            return None
        found = replace(found, month=month)
    if "reign" in groups:
        return replace(
            found, year=first, year_to=_last_year(calendar, first, known), calendar=calendar, era=name
        )
    if "k" not in groups and "gz" in groups:
        wanted = _place_in_cycle(groups["gz"])
        year = next((y for y in range(first, first + 61) if (y - 4) % 60 == wanted), None)
        return replace(found, year=year, calendar=calendar, era=name, era_first=first)
    text = groups["k"] if "k" in groups else groups["kth"]
    if "k2" in groups:
        first_of_two = numerals.han(text) if text not in ("", "十", "二十", "三十") else None
        second = numerals.han(groups["k2"])
        if first_of_two is None or second is None or first_of_two % 10 + 1 != second:
            return None
        found = replace(found, year_to=first + first_of_two)
    if "kth" in groups:
        number = _counted(text, known)
    elif known.han:
        number = 1 if text == "元" else numerals.han(text)
    elif text.isdigit():
        number = int(text)
    elif re.fullmatch("[IVXL]+", text):
        number = numerals.roman(text)
    else:
        number = _pinyin(text, known)
    if not number or number > 130:
        return None
    year = first + number - 1
    if calendar == "japanese" and (year < 1873):
        calendar = "japaneseLunisolar"
    return replace(found, year=year, calendar=calendar, era=name, era_first=first)


def _last_year(calendar: str, first: int, known: Grammar) -> int:
    """Give the year before the next era begins; the last eras of a calendar end with its state."""
    later = [begun for of, begun in known.lexicon.eras.values() if of == calendar and begun > first]
    shared = calendar.startswith("japanese")  # an era there ends in the year in which the next begins
    return (
        min(later) - (not shared)
        if later
        else {"qing": 1911, "ming": 1644, "minguo": 1949}.get(calendar, first)
    )


def _counted(text: str, known: Grammar) -> int | None:
    return known.lexicon.ordinals.get(text.lower(), numerals.figures(text))


def _cycle(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    if "gz" not in groups:
        return found
    place = _place_in_cycle(groups["gz"])
    if found.era:
        return found
    return replace(found, cycle=place, calendar="chineseLunisolar") if place is not None else None


def _place_in_cycle(text: str) -> int | None:
    stem, branch = STEMS.index(text[0]), BRANCHES.index(text[1])
    return next((n for n in range(60) if n % 10 == stem and n % 12 == branch), None)


def century(text: str, known: Grammar) -> int | None:
    """Give the number of a century, in figures, Roman ones, or a word; None for no number."""
    named: Mapping[str, int] = known.lexicon.data.get("centuries", {})
    if text.lower() in named:
        return named[text.lower()]
    number = (
        numerals.han(text) if known.han else known.lexicon.ordinals.get(text.lower(), numerals.figures(text))
    )
    if number is None and (letters := re.match("[IVX]+", text, re.IGNORECASE)):
        number = numerals.roman(letters[0])
    return number


def _century(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    if "century" not in groups:
        return found
    number = century(groups["c"], known)
    if not number or number > 21:
        return None
    if "tens" in groups:
        tens = numerals.han(groups["tens"])
        return replace(found, year=(number - 1) * 100 + tens, decade=True) if tens is not None else None
    return replace(found, century=number)


def _feast(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    if "f" not in groups:
        return found
    named = known.feast(groups["f"])
    shift = next((days for name, days in _FEASTS_SHIFTED.items() if name in groups), 0)
    side = 1 if "after" in groups else -1 if "before" in groups else 0
    return replace(found, feast=named, shift=shift, weekday_shift=side) if named else None


def _roman(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    """Count a day back from the Kalends, Nones or Ides, both ends included."""
    if "anchor" not in groups or found.month is None:
        return found
    anchor, text = groups["anchor"][0].lower(), groups.get("count", "").lower().rstrip(".")
    late = found.month in (3, 5, 7, 10)
    base = {"k": 1, "c": 1, "n": 7 if late else 5, "i": 15 if late else 13}[anchor]
    words = {"": 1, "pridie": 2, "prid": 2, "pr": 2, "tercio": 3, "postridie": 0, "bis sextum": 6}
    count = words.get(text, known.lexicon.ordinals.get(text)) if not text.isdigit() else int(text)
    count = numerals.roman(text) if count is None else count
    day, month, year = base - count + 1, found.month, found.year
    if day < 1:
        month, year = (month - 1, year) if month > 1 else (12, year - 1 if year is not None else None)
        leap = year is not None and (year % 4 == 0)
        day += (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    return replace(found, day=day, month=month, year=year) if day >= 1 else None


def _open_decade(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    if "open2" in groups:
        return replace(found, century=int(groups["open2"]) + 1, decade=True)
    return replace(found, year=int(groups["open"]) * 10, decade=True) if "open" in groups else found


def _spelt_decade(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    """Read `the eighteen-nineties`, `die neunziger Jahre des 19. Jahrhunderts`: tens in a word."""
    if "tens_word" not in groups:
        return found
    stem, values = groups["tens_word"].lower(), known.lexicon.numbers
    tens = next((v for word, v in values.items() if v < 100 and word.startswith(stem) and not v % 10), 0)
    if not tens:
        return None
    if "hundreds" in groups:
        return replace(found, year=values[groups["hundreds"].lower()] * 100 + tens, decade=True)
    number = century(groups["c"], known) if "c" in groups else None
    if number:
        return replace(found, year=(number - 1) * 100 + tens, decade=True)
    return replace(found, year=tens, two_figures=True, decade=True)


def _spelt(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    """Leave a spelt year of an era without its era to what stands beside it."""
    if "spelt" not in groups:
        return found
    return replace(found, year=_pinyin(groups["k"], known), two_figures=True, bare=True)


def _other_calendar(
    found: Point, groups: dict[str, str], known: Grammar, name: str, months: Mapping[str, int]
) -> Point | None:
    month = found.month
    if "festival" in groups:
        named = groups["festival"].lower()
        day = next((n for n, word in enumerate(_FESTIVALS, 1) if word in named), None)
        found, month = replace(found, day=day), 13
    if "x" in groups:
        month = months.get(groups["x"].lower().rstrip("."), 13 if name == "frenchRepublican" else None)
    text = groups.get("k", "")
    year = None if not text else int(text) if text.isdigit() else numerals.roman(text)
    if "k_word" in groups:
        word = groups["k_word"].lower()
        year = known.lexicon.numbers.get(word, known.lexicon.ordinals.get(word))
    if name == "hebrew" and year is not None and year < 3762:
        return None
    if name == "islamic" and year is not None and not 1 <= year <= 1500:
        return None
    return replace(found, year=year, month=month, calendar=name)
