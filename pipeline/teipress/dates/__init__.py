"""Dates: expressions found in a text and normalised as TEI wants them (Guidelines 3.6.4, 14.4).

`@when` and its like are always proleptic Gregorian; what the source says in another calendar goes to
`@when-custom` with `@calendar` and `@datingMethod`. A language's grammar of dates is data
(`languages/CODE.toml`); a calendar is one file in `dates/calendars/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from teipress.dates.calendars import CALENDARS, Calendar
from teipress.languages import Language, language

_DAY: Final = r"(?P<d>[0-3]?\d)"
_MONTH: Final = r"(?P<n>1[0-2]|0?[1-9])"
_YEAR: Final = r"(?P<y>1\d{3}|20\d{2})"
_EDGE: Final = (r"(?<![\w.,/§°–-])(?<!\d )", r"(?![\w°]|[.,/]\d)")
_RANGE: Final = re.compile(r"(?<![\w.,/–-])(1\d{3}|20\d{2})\s?[-–—]\s?(1\d{3}|20\d{2})(?![\w/–-])")
_LONE_YEAR: Final = re.compile(rf"(?P<before>[^\W\d_]+|,)\s+{_YEAR}(?![\w/–-]|[.,]\d)")


@dataclass(frozen=True)
class Dated:
    """A date found at `[start, end)`: its TEI attributes, how surely, and the rule that read it."""

    start: int
    end: int
    attributes: tuple[tuple[str, str], ...]
    cert: str
    rule: str


def find(text: str, code: str) -> list[Dated]:
    """Find the plain date expressions of a text in the language `code`, in order, without overlaps.

    A day that does not exist in its calendar is not a date.
    """
    found: list[Dated] = []
    taken = 0
    for dated in sorted(_candidates(text, code), key=lambda dated: (dated.start, -dated.end)):
        if dated.start >= taken:
            found.append(dated)
            taken = dated.end
    return found


def _candidates(text: str, code: str) -> Iterator[Dated]:
    known = language(code)
    for pattern in _patterns(known) if known else ():
        for match in pattern.finditer(text):
            dated = _dated(match, known)
            if dated is not None:
                yield dated
    for match in _RANGE.finditer(text):
        if match[1] <= match[2]:
            yield Dated(*match.span(), (("from", match[1]), ("to", match[2])), "high", "dates.years")
    for match in _LONE_YEAR.finditer(text):
        if known and match["before"].lower() in known.before_years:
            yield Dated(*match.span("y"), (("when", match["y"]),), "medium", "dates.year")


@cache
def _patterns(known: Language) -> tuple[re.Pattern[str], ...]:
    months = "|".join(map(re.escape, sorted(known.months, key=len, reverse=True)))
    parts = {"d": _DAY, "m": rf"(?P<m>(?i:{months}))", "n": _MONTH, "y": _YEAR}
    marks = "|".join(calendar.MARKS for calendar in CALENDARS)
    patterns = []
    for template in known.dates:
        body = re.sub(r"\{([a-z])\}", lambda m: parts[m[1]], template).replace(" ", r"\s+")
        patterns.append(re.compile(rf"{_EDGE[0]}{body}{_EDGE[1]}(?P<mark>\s+[(\[]?(?:{marks})[)\]]?)?"))
    return tuple(patterns)


def _dated(match: re.Match[str], known: Language | None) -> Dated | None:
    groups = match.groupdict()
    month = known.months[groups["m"].lower()] if known and groups.get("m") else int(groups.get("n") or 0)
    day, year = groups.get("d"), groups.get("y")
    rule = "dates." + "-".join(
        name for name, part in (("day", day), ("month", month), ("year", year)) if part
    )
    if day is None:
        return Dated(*match.span(), (("when", f"{year}-{month:02}"),), "high", rule)
    if year is None:
        end = match.start("mark") if groups["mark"] else match.end()
        valid = _exists(2000, month, int(day))
        return (
            Dated(match.start(), end, (("when", f"--{month:02}-{int(day):02}"),), "medium", rule)
            if valid
            else None
        )
    attributes = _in_calendar(int(year), month, int(day), groups["mark"])
    return Dated(*match.span(), attributes, "high", rule) if attributes else None


def _in_calendar(year: int, month: int, day: int, mark: str | None) -> tuple[tuple[str, str], ...]:
    """Give the attributes of a full date; with a calendar's mark after it, what the source says too."""
    written = f"{year:04}-{month:02}-{day:02}"
    calendar = _marked(mark)
    if calendar is None:
        return (("when", written),) if _exists(year, month, day) else ()
    converted = calendar.to_gregorian(year, month, day)
    if converted is None:
        return ()
    pointer = f"#{calendar.ID}"
    return (
        ("when", converted.isoformat()),
        ("when-custom", written),
        ("calendar", pointer),
        ("datingMethod", pointer),
    )


def _marked(mark: str | None) -> Calendar | None:
    return next((c for c in CALENDARS if mark and re.search(c.MARKS, mark)), None)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
