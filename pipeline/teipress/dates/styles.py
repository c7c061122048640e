"""Styles of the year: dates of a year that began in March or at Easter, concluded apart from their calendar."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from teipress.dates.context import country
from teipress.dates.feasts import easter

_FILE: Final = Path(__file__).with_name("styles.toml")


@cache
def _styles() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _marks() -> re.Pattern[str]:
    marked = "|".join(f"(?P<s{n}>{style['marks']})" for n, style in enumerate(_styles()["style"]))
    return re.compile(rf",?\s*(?:\(\s*(?:{marked})\s*\)|(?:{marked.replace('?P<s', '?P<_s')}))(?!\w)")


def stated(text: str, at: int) -> tuple[str, int] | None:
    """Give when the year began by the words after a date, and where they end; None where they say nothing."""
    match = _marks().match(text, at)
    if not match or not match.lastgroup:
        return None
    return str(_styles()["style"][int(match.lastgroup.strip("_s"))]["begins"]), match.end()


def usual(place: str, year: int) -> str:
    """Give when the year began by place and period; empty for 1 January, or where no place is known."""
    where = country(place)
    found = (p for p in _styles()["place"] if p["country"] == where and year <= p["until"])
    return str(next(found, {"begins": ""})["begins"])


def reason(begins: str) -> str:
    """Say of a style when its year began."""
    return next(str(style["name"]) for style in _styles()["style"] if style["begins"] == begins)


def is_next_year(begins: str, year: int, month: int, day: int) -> bool:
    """Tell whether a day that was counted to a year of this style lies in the next year of ours."""
    if begins == "easter":
        first = easter(year + 1, julian=True)
        return month < 5 and (month, day) < (first.month, first.day)
    begun = tuple(map(int, begins.split("-")))
    return (month, day) < begun
