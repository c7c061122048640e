"""Whether every day of 1500 to 2030 is what libraries of others say: `python benchmarks/calendars.py`.

Prints for each calendar and library how many days both know, and on how many they differ. Libraries that are not
installed are named and passed over (`pip install sxtwl juliandate pyluach jdatetime persiantools pymeeus repcal`).
The Persian calendar of convertdate is reckoned by the sun, and slow: of it the ends of every month are compared.
Names of calendars on the command line are compared alone.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from teipress.dates.calendars import bounds, calendar

Day = tuple[int, int, int]
FIRST, LAST = date(1500, 1, 1), date(2030, 12, 31)
#: When the Persian solar calendar was introduced; for the years before, libraries reckon back by different cycles.
PERSIAN = date(1925, 3, 31)


def converted(module: str) -> Callable[[date], Day]:
    """Give what a module of convertdate makes of a day."""
    library: Any = importlib.import_module(f"convertdate.{module}")
    return lambda day: library.from_gregorian(day.year, day.month, day.day)


def julian_by_number() -> Callable[[date], Day]:
    """Give what juliandate makes of a day, by its number."""
    library: Any = importlib.import_module("juliandate")
    return lambda day: library.to_julian(library.from_gregorian(day.year, day.month, day.day))[:3]


def hebrew_by_pyluach() -> Callable[[date], Day]:
    """Give what pyluach makes of a day."""
    library: Any = importlib.import_module("pyluach.dates")

    def convert(day: date) -> Day:
        found = library.HebrewDate.from_pydate(day)
        return found.year, found.month, found.day

    return convert


def islamic_by_pymeeus() -> Callable[[date], Day]:
    """Give what PyMeeus makes of a day, by the formulas of Meeus."""
    epoch: Any = importlib.import_module("pymeeus.Epoch").Epoch
    julian: Any = importlib.import_module("convertdate.julian")

    def convert(day: date) -> Day:
        year, month, number = epoch.gregorian2moslem(*(day.year, day.month, day.day))
        return year, month, number

    def before_reform(day: date) -> Day:  # it reads days before 15 October 1582 as Julian
        year, month, number = epoch.gregorian2moslem(*julian.from_gregorian(day.year, day.month, day.day))
        return year, month, number

    return lambda day: before_reform(day) if day < date(1582, 10, 15) else convert(day)


def persian_by_jdatetime() -> Callable[[date], Day]:
    """Give what jdatetime makes of a day, by a cycle of 33 years."""
    library: Any = importlib.import_module("jdatetime")

    def convert(day: date) -> Day:
        found = library.date.fromgregorian(date=day)
        return found.year, found.month, found.day

    return convert


def persian_by_persiantools() -> Callable[[date], Day]:
    """Give what persiantools makes of a day."""
    library: Any = importlib.import_module("persiantools.jdatetime").JalaliDate

    def convert(day: date) -> Day:
        found = library(day)
        return found.year, found.month, found.day

    return convert


def republican_by_repcal() -> Callable[[date], Day]:
    """Give what repcal makes of a day; the complementary days are its month 13."""
    library: Any = importlib.import_module("repcal").RepublicanDate

    def convert(day: date) -> Day:
        found = library.from_gregorian(day)
        return found.year, found.month_index + 1, found.month_day_index + 1

    return convert


def lunisolar_by_sxtwl() -> Callable[[date], Day]:
    """Give what sxtwl makes of a day; a leap month is negative."""
    library: Any = importlib.import_module("sxtwl")

    def convert(day: date) -> Day:
        found = library.fromSolar(day.year, day.month, day.day)
        sign = -1 if found.isLunarLeap() else 1
        return found.getLunarYear(), sign * found.getLunarMonth(), found.getLunarDay()

    return convert


def lunisolar_by_lunar_python() -> Callable[[date], Day]:
    """Give what lunar_python makes of a day."""
    library: Any = importlib.import_module("lunar_python")

    def convert(day: date) -> Day:
        found = library.Solar.fromYmd(day.year, day.month, day.day).getLunar()
        return found.getYear(), found.getMonth(), found.getDay()

    return convert


#: What takes so long that the ends of months are compared.
SLOW = frozenset({("persian", "convertdate")})

#: Calendar, library, what it says of a day, and the first and the last day that are compared.
TABLE = (
    ("julian", "convertdate", lambda: converted("julian"), FIRST, LAST),
    ("julian", "juliandate", julian_by_number, FIRST, LAST),
    ("hebrew", "convertdate", lambda: converted("hebrew"), FIRST, LAST),
    ("hebrew", "pyluach", hebrew_by_pyluach, FIRST, LAST),
    ("islamic", "convertdate", lambda: converted("islamic"), FIRST, LAST),
    (
        "frenchRepublican",
        "convertdate",
        lambda: converted("french_republican"),
        date(1792, 9, 22),
        date(1805, 12, 31),
    ),
    ("islamic", "pymeeus", islamic_by_pymeeus, FIRST, LAST),
    ("frenchRepublican", "repcal", republican_by_repcal, date(1792, 9, 22), date(1805, 12, 31)),
    ("persian", "jdatetime", persian_by_jdatetime, PERSIAN, LAST),
    ("persian", "persiantools", persian_by_persiantools, PERSIAN, LAST),
    ("persian", "convertdate", lambda: converted("persian"), FIRST, LAST),
    ("chineseLunisolar", "lunar_python", lunisolar_by_lunar_python, date(1583, 1, 1), LAST),
    ("chineseLunisolar", "sxtwl", lunisolar_by_sxtwl, date(1583, 1, 1), LAST),
)


def days(name: str, library: str, first: date, last: date) -> Iterator[date]:
    """Give the days to compare: each one, or of a slow library the first and the last of every month."""
    if (name, library) in SLOW:
        numbers = range(first.year - 622, last.year - 620)
        limits = (bounds(calendar(name), year, month) for year in numbers for month in range(1, 13))
        yield from (day for pair in limits if pair for day in pair if first <= day <= last)
        return
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def differing(name: str, convert: Callable[[date], Day], compared: Iterable[date]) -> tuple[int, list[date]]:
    """Count the days, and list those that the calendar does not turn back into themselves."""
    of, wrong, count = calendar(name), [], 0
    for day in compared:
        count += 1
        try:
            found = of.to_gregorian(*convert(day))
        except ValueError:  # the library does not know the day
            count -= 1
            continue
        if found != day:
            wrong.append(day)
    return count, wrong


def main() -> int:
    """Compare every calendar with every library, and tell."""
    warnings.simplefilter("ignore", DeprecationWarning)
    for name, library, loaded, first, last in TABLE:
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        try:
            convert = loaded()
        except ImportError:
            print(f"{name}: {library} is not installed")
            continue
        count, wrong = differing(name, convert, days(name, library, first, last))
        years = sorted({day.year for day in wrong})
        shown = f"in {len(years)} years: {', '.join(map(str, years[:8]))}" if years else ""
        print(f"{name} by {library}: {count} days, {len(wrong)} differ {shown}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
