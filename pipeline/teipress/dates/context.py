"""`Context`: what is known of a text that its dates are read by: its own date, its place, its language."""

from __future__ import annotations

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
    of a year in two figures.
    """

    on: date | None = None
    place: str = ""
    era: int | None = None


@cache
def _reforms() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


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
