"""Years and days that are named otherwise than by month and number: eras, cycles, centuries, feasts, Kalends.

Each function completes a `Point` by what the groups of a match say, and gives None where they make no date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from teipress.dates import numerals
from teipress.dates.grammar import Grammar
from teipress.dates.point import Point
from teipress.dates.reigns import regnal
from teipress.dates.slots import BRANCHES, STEMS
from teipress.dates.variant import replace

#: The complementary days of the French Republican calendar, by what each was a feast of.
_FESTIVALS: Final = ("vertu", "génie", "travail", "opinion", "récompenses", "révolution")
_DAYS: Final = {"day": 1, "week": 7}
_FEASTS_SHIFTED: Final = {"morrow": 1, "eve": -1, "octave": 7, "quindene": 14}


def _era(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    name = groups.get("e")
    if "bare_era" in groups:
        return replace(found, counted=_unnamed(groups["bare_era"], known))
    if "before_era" in groups:
        return replace(found, year=1912 - (numerals.han(groups["before_era"]) or 1912), calendar="minguo")
    if not name:
        return found
    calendar, first, last = next(v for k, v in known.lexicon.eras.items() if k.lower() == name.lower())
    if "moon" in groups:
        month = _counted(groups["moon"], known)
        if month is None or month > 12:
            return None
        found = replace(found, month=month)
    if "reign" in groups:
        ended = last or _last_year(calendar, first, known)
        return replace(found, year=first, year_to=ended, calendar=calendar, era=name)
    if "k" not in groups and "gz" in groups:
        wanted = _place_in_cycle(groups["gz"])
        year = next((y for y in range(first, first + 61) if (y - 4) % 60 == wanted), None)
        return replace(found, year=year, calendar=calendar, era=name, era_first=first)
    text = groups["k"] if "k" in groups else groups["kth"]
    if "k2" in groups:
        second = numerals.last_of_two(text, groups["k2"], "span" in groups)
        if second is None:
            return None
        found = replace(found, year_to=first + second - 1, through=_is_through(groups))
    if "kth" in groups:
        number = _counted(text, known)
    elif known.han:
        number = 1 if text == "元" else numerals.han(text)
    elif text.isdigit():
        number = int(text)
    elif re.fullmatch("[IVXL]+", text):
        number = numerals.roman(text)
    else:
        number = pinyin(text, known)
    if not number or number > 130:
        return None
    year = first + number - 1
    if calendar == "japanese" and (year < 1873):
        calendar = "japaneseLunisolar"
    return replace(found, year=year, calendar=calendar, era=name, era_first=first)


def _unnamed(text: str, known: Grammar) -> tuple[tuple[str, str, int, int], ...]:
    """Give the eras that have a year with a number, and which one that is; two figures may be the Common Era's."""
    number = numerals.han(text) or 0
    eras = ((name, *said) for name, said in known.lexicon.eras.items())
    common = range(1000 + number, 2100, 100) if len(text) == 2 and not re.search("[十廿卅]", text) else ()
    return (
        *(("", "", 0, year) for year in common),
        *(
            (calendar, name, first, first + number - 1)
            for name, calendar, first, last in eras
            if 0 < number <= (last or _last_year(calendar, first, known)) - first + 1
        ),
    )


def _is_through(groups: Mapping[str, str]) -> bool:
    """Tell whether two years are joined by more than the sign of a list, which leaves open which of them it was."""
    return groups.get("span", "、") != "、"


def _last_year(calendar: str, first: int, known: Grammar) -> int:
    """Give the year before the next era begins; the last eras of a calendar end with its state."""
    later = [begun for of, begun, _ in known.lexicon.eras.values() if of == calendar and begun > first]
    shared = calendar.startswith("japanese")  # an era there ends in the year in which the next begins
    return (
        min(later) - (not shared)
        if later
        else {"qing": 1911, "ming": 1644, "minguo": 1949}.get(calendar, first)
    )


def _counted(text: str, known: Grammar) -> int | None:
    tens, _, ones = text.lower().replace("-", " ").partition(" ")
    ordinals, numbers = known.lexicon.ordinals, known.lexicon.numbers
    if tens in numbers and ones in ordinals:
        return numbers[tens] + ordinals[ones]
    return ordinals.get(text.lower(), numerals.figures(text))


def _cycle(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    if "day_gz" in groups:
        day = _place_in_cycle(groups["day_gz"])
        if day is None:
            return None
        found = replace(found, cycle_day=day, calendar=found.calendar or "chineseLunisolar")
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
    named: Mapping[str, int] = known.data.get("centuries", {})
    if text.lower() in named:
        return named[text.lower()]
    if letters := re.match("[IVX]+(?![a-df-z])", text):
        return numerals.roman(letters[0])
    return numerals.han(text) if known.han else _counted(text, known)


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


def _nth_weekday(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    """Read `the second Tuesday of May`, `the last Sunday in May`."""
    if "f" in groups or not groups.keys() & {"nth", "final"}:
        return found
    number = century(groups["nth"], known) if "nth" in groups else None
    if "nth" in groups and (not number or number > 5):
        return None
    which = f"{number}th" if number else "last"
    return replace(found, feast=f"{which} {found.weekday} {found.month}", month=None, weekday=None)


def _feast(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    if "f" not in groups:
        return found
    named = known.feast(groups["f"])
    if "k" in groups and named.startswith("hebrew "):
        found = replace(found, year=_year_of_feast(named, int(groups["k"])))
    if "sunday" in groups:
        found = replace(found, weekday=7)
    shift = next((days for name, days in _FEASTS_SHIFTED.items() if name in groups), 0)
    if "nth" in groups:
        shift = 7 * ((century(groups["nth"], known) or 1) - 1)
    if "away" in groups:
        days = _DAYS.get(known.called(groups["unit"], known.units), 0) * _count(groups["count"], known)
        shift = days if groups["away"].lower() in known.data["later"] else -days
    side = 1 if "after" in groups else -1 if "before" in groups else 0
    return replace(found, feast=named, shift=shift, weekday_shift=side) if named else None


def _count(text: str, known: Grammar) -> int:
    return known.lexicon.counts.get(text.lower()) or numerals.figures(text) or 0


def _year_of_feast(rule: str, year: int) -> int:
    """Give the year of the Common Era in which a feast of a Jewish year lies: that begins with the seventh month."""
    month = rule.split()[1].partition("-")[0]
    return year - (3761 if month.isdecimal() and 7 <= int(month) <= 9 else 3760)


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
    return replace(found, year=pinyin(groups["k"], known), two_figures=True, bare=True)


def other_calendar(
    found: Point, groups: dict[str, str], known: Grammar, name: str, months: Mapping[str, int]
) -> Point | None:
    """Complete a point in a calendar with months of its own: French Republican, Islamic, Hebrew, Persian."""
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


def pinyin(text: str, known: Grammar) -> int | None:
    """Give the number that Chinese number words in Latin letters write; None for none."""
    words = re.findall("|".join(sorted(known.lexicon.numbers, key=len, reverse=True)), text.lower())
    total = digit = 0
    for word in words:
        value = known.lexicon.numbers[word]
        if value >= 10:
            total, digit = total + (digit or 1) * value, 0
        else:
            digit = digit * 10 + value
    return total + digit if words else None


def _regnal(found: Point, groups: dict[str, str], known: Grammar) -> Point | None:
    return regnal(found, groups, lambda text: _counted(text, known))


#: What completes a point, in this order.
READINGS: Final = (
    _era,
    _regnal,
    _cycle,
    _century,
    _nth_weekday,
    _feast,
    _roman,
    _open_decade,
    _spelt_decade,
    _spelt,
)
