"""What the words of a date say, held against the days that its attributes allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache
from typing import Final

from teipress.checks.days import EVER, Days, days_of, moved, number, plausible
from teipress.checks.doubtful import doubts
from teipress.dates import Context, Dated, Interval, grammars, understand
from teipress.dates.calendars import calendar
from teipress.dates.grammar import grammar
from teipress.dates.interval import is_value

#: How far a season, a part of a month or "about" may reach beyond what was encoded, in days.
_VAGUE: Final = 62
_JULIAN: Final = range(10, 15)
_DIGIT: Final = re.compile(r"\d")
#: A day and month in figures, without a year; words beside which it may be anything.
_FIGURES: Final = re.compile(r"\d{1,2}\W{1,2}\d{1,2}\W?")
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")
_SAYS: Final = re.compile(r"\d|[年月日]|[MDCLXVI]{2}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_UNSURE: Final = frozenset({"dates.feast", "dates.rhyme"})
_RELATIVE: Final = "dates.relative"
_YEAR_ALONE: Final = 4
_PARTS: Final = re.compile(r"\d{4}-(\d\d)(?:-(\d\d))?")
#: So many days later relative words are read again: they do not mean the same month there, or the same day of a month,
#: unless they name it.
_LATER: Final = (47, 100)
#: A time of so many years is a decade or a century, to which what is vague adds nothing.
_LONG: Final = 2


def says(words: str, code: str) -> bool:
    """Tell whether words may say a day, a month or a year: in figures, or by a month's name."""
    return bool(_SAYS.search(words)) or _months(words, code) > 0


def _months(words: str, code: str) -> int:
    known = grammar(code)
    return len(doubts(known).months.intersection(_WORD.findall(words.lower()))) if known else 0


@lru_cache(maxsize=4096)
def said_by(words: str, code: str, days: Days, julian: bool, other: bool) -> tuple[str, Days] | None:
    """Say what date words mean, as a code and days, where it cannot be that of the attributes; None where it can.

    What the words leave out (the year, the century) is taken from the attributes, at either end of a time. `julian`
    and `other` say that the attributes name the Julian or any calendar.
    """
    ends = [at for day in dict.fromkeys(days) if abs(day) != EVER and (at := plausible(day))]
    said = [_said(words, code, near, days, julian, other) for near in ends]
    return said[0] if said and None not in said else None


def _said(
    words: str, code: str, near: date, days: Days, julian: bool, other: bool
) -> tuple[str, Days] | None:
    """Say what words mean that leave out what is known of a day."""
    known = code.partition("-")[0] in {name.partition("-")[0] for name in grammars()}
    words, found = _read(words, code if known else "und", near, days)
    if not found or _is_unread(words, found) or (len(found) > 1 and not known):
        return None
    meant = [_meant(words, code, each, near) for each in found]
    if any(each is None for each in meant):
        return None
    sure = [each for each in meant if each is not None]
    whole = min(each[0] for each in sure), max(each[1] for each in sure)
    if julian and not found[0].interval.calendar and whole[0] == whole[1]:
        return _unconverted(whole, days)
    readings = [whole, *(other_ for each in found if (other_ := _other(each.interval)))]
    if any(_meet(each, days, _slack(found, whole)) for each in readings):
        return None
    is_day = whole[0] == whole[1] or days[0] == days[1]  # such may have been reckoned anew without a word
    if other or (
        is_day and any(_meet((moved(whole[0], by), moved(whole[1], by)), days, 0) for by in _JULIAN)
    ):
        return None if not found[0].interval.calendar else ("DAT020", whole)
    return "DAT020", whole


def _read(words: str, code: str, near: date, days: Days) -> tuple[str, list[Dated]]:
    """Read the dates in words; a month alone is read with its year, which the words then have."""
    context = Context(on=near, era=near.year)
    found = [each for each in understand(words, code, context) if each.rule not in _UNSURE]
    months = _months(words, code)
    if found or not months or _DIGIT.search(words) or abs(days[1] - days[0]) > 20_000:
        return words, found
    completed = f"{words.rstrip('.,;: ')} {near.year}"
    found = [each for each in understand(completed, code, context) if each.rule not in _UNSURE]
    named = sum(_months(completed[each.start : each.end], code) for each in found)
    return completed, found if named == months else []


def _is_unread(words: str, found: Sequence[Dated]) -> bool:
    """Tell whether figures are left over, or are no date: "Volume 2.5" is no day in May."""
    read = [words[each.start : each.end] for each in found]
    if "".join(_DIGIT.findall(words)) != "".join(_DIGIT.findall("".join(read))):
        return True
    return all(map(_FIGURES.fullmatch, read)) and _LETTERS.search(words) is not None


def _meant(words: str, code: str, found: Dated, near: date) -> Days | None:
    """Give the days that a date says; of one that is counted from another day what it says by itself."""
    said = found.interval
    if found.rule == _RELATIVE:
        month, day = _named(words, code, said, near)
        return _of(near.year, month or near.month, day) if month or day else None
    if (
        said.kind == "when"
        and len(said.first) > _YEAR_ALONE
        and any("year" in each for each in said.inherited)
    ):
        return _of(near.year, *_month_and_day(said))
    return _days(said)


def _named(words: str, code: str, said: Interval, near: date) -> tuple[int, int]:
    """Give the month and the day of the month that words name, from whatever day they are counted; 0 for none."""
    if near.year >= MAXYEAR or said.kind != "when":
        return 0, 0
    again = [_again(words, code, near + timedelta(later)) for later in _LATER]
    read = [_month_and_day(each) for each in (said, *again) if each and each.kind == "when"]
    if len(read) <= len(_LATER):
        return 0, 0
    months, days = map(set, zip(*read, strict=True))
    return (months.pop() if len(months) == 1 else 0), (days.pop() if len(days) == 1 else 0)


def _month_and_day(said: Interval) -> tuple[int, int]:
    parts = _PARTS.match(said.first)
    return (int(parts[1] or 0), int(parts[2] or 0)) if parts else (0, 0)


def _of(year: int, month: int, day: int) -> Days | None:
    """Give a day, or a month, as days; None for a day that does not exist."""
    value = f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
    return days_of({"when": value}) if not day or is_value(value) else None


def _again(words: str, code: str, on: date) -> Interval | None:
    found = understand(words, code, Context(on=on, era=on.year))
    return found[0].interval if len(found) == 1 else None


def _slack(found: Sequence[Dated], whole: Days) -> int:
    """Give how many days what is said may reach further: a season, a part of a month, or about a day."""
    if any(each.interval.precision for each in found):
        return _VAGUE
    is_long = whole[1] - whole[0] > _LONG * 10_000
    return _VAGUE if any(each.interval.kind != "when" for each in found) and not is_long else 0


def _unconverted(said: Days, days: Days) -> tuple[str, Days] | None:
    """Give the Gregorian day of Julian words, where the attributes have neither it nor anything near."""
    year, month, day = said[0] // 10_000, said[0] // 100 % 100, said[0] % 100
    real = calendar("julian").to_gregorian(year, month, day)
    if real is None or days[0] <= number(real) <= days[1]:
        return None
    return "DAT021", (number(real), number(real))


def _days(interval: Interval) -> Days | None:
    first, last = interval.bounds
    if first is None and last is None:
        return None
    return (number(first) if first else -EVER), (number(last) if last else EVER)


def _other(interval: Interval) -> Days | None:
    return _days(interval.alternative) if interval.alternative else None


def _meet(one: Days, other: Days, slack: int) -> bool:
    if slack:
        one = (
            (one[0] if one[0] == -EVER else moved(one[0], -slack)),
            (one[1] if one[1] == EVER else moved(one[1], slack)),
        )
    return one[0] <= other[1] and other[0] <= one[1]
