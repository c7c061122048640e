"""Whether every day of 1500 to 2030 is what libraries of others say: `python benchmarks/calendars.py`.

Prints for each calendar and library how many days both know, and on how many they differ. Libraries that are not
installed are named and passed over (`pip install sxtwl juliandate pyluach`).
"""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from teipress.dates.calendars import calendar

Day = tuple[int, int, int]
FIRST, LAST = date(1500, 1, 1), date(2030, 12, 31)


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
    ("persian", "convertdate", lambda: converted("persian"), FIRST, LAST),
    ("chineseLunisolar", "lunar_python", lunisolar_by_lunar_python, date(1583, 1, 1), LAST),
    ("chineseLunisolar", "sxtwl", lunisolar_by_sxtwl, date(1583, 1, 1), LAST),
)


def differing(name: str, convert: Callable[[date], Day], first: date, last: date) -> tuple[int, list[date]]:
    """Count the days, and list those that the calendar does not turn back into themselves."""
    of, wrong, day, count = calendar(name), [], first, 0
    while day <= last:
        count += 1
        if of.to_gregorian(*convert(day)) != day:
            wrong.append(day)
        day += timedelta(days=1)
    return count, wrong


def main() -> int:
    """Compare every calendar with every library, and tell."""
    warnings.simplefilter("ignore", DeprecationWarning)
    for name, library, loaded, first, last in TABLE:
        try:
            convert = loaded()
        except ImportError:
            print(f"{name}: {library} is not installed")
            continue
        count, wrong = differing(name, convert, first, last)
        shown = ", ".join(day.isoformat() for day in wrong[:3])
        print(f"{name} by {library}: {count} days, {len(wrong)} differ {shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
