"""`Context`: what is known of a text that its dates are read by: its own date, its place, its language."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("reforms.toml")


@dataclass(frozen=True)
class Context:
    """The date that a text bears, where it was written (a country's code, or its name), its language.

    `era` is a year near which the text was written, where its own date is not known: it tells the century
    of a year in two figures. `year` is the year that the text bears, where no day is known.
    `years` are the first and the last of which it may be one: a weekday tells which.
    `elsewhere` is the place of a text in another language than the place's own: its writer may have counted as at
    home. `calendar` is the id of the one that its own date is written in, if that is not the Gregorian.
    """

    on: date | None = None
    place: str = ""
    era: int | None = None
    year: int | None = None
    elsewhere: str = ""
    years: tuple[int, int] | None = None
    calendar: str = ""


@cache
def _reforms() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def country_of(code: str) -> str:
    """Give the code of the country that a language is taken for where nothing else tells; "" for none."""
    country: str = _reforms()["languages"].get(code.partition("-")[0], "")
    return country


@cache
def country(place: str) -> str:
    """Give the code of the country that a place names: a code, a name, or a place and its country after a comma."""
    data = _reforms()
    for part in (place, *(part.strip() for part in place.split(","))):
        if part.upper() in data["last_julian_day"] or part.upper() in data["codes"]:
            return part.upper()
        if found := data["names"].get(part.lower()):
            return str(found)
    return ""


def place_in(line: str) -> str:
    """Give the place that a dateline names, if its country is known here; empty for none."""
    for part in re.split(r"[,.;:()\n]|\s+(?=\d)|(?<=\d)\s+|\b(?:den|am|le|the|il|el|à|in|из|г\.)\s", line):
        name = part.strip()
        if len(name) > 2 and not name.isdigit() and country(name):
            return name
    return ""


@cache
def is_native(place: str, code: str) -> bool:
    """Tell whether a language is spoken where a place lies, as far as is known here."""
    where = country(place)
    spoken = {"US": "en", "IE": "en", "AT": "de", "PROTESTANT": "de", "PRUSSIA": "de", "VE": "it", "FI": "it"}
    of = {here: code for code, here in _reforms()["languages"].items()}
    own = spoken.get(where) or of.get(where, "")
    return not own or own == code.partition("-")[0] or code.partition("-")[0] in ("la", "und", "")


@cache
def last_julian_day(place: str, code: str) -> tuple[tuple[int, int, int], str, str]:
    """Give the last Julian day of a place, or else of a language's country; how surely; and the reason."""
    data = _reforms()
    where = country(place)
    where = where if where in data["last_julian_day"] else ""
    concluded = where or data["languages"].get(code.partition("-")[0], "") or "IT"
    at = date.fromisoformat(data["last_julian_day"][concluded])
    why = f"place and period: Julian in {concluded} until {at.isoformat()}"
    return (at.year, at.month, at.day), "high" if where else "medium", why
