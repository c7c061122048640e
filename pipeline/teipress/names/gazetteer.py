"""The gazetteer: names of countries, continents and cities in many languages (gazetteer/places.txt, historical.txt)."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "gazetteer" / "places.txt"
_HISTORICAL: Final = Path(__file__).parent / "gazetteer" / "historical.txt"
#: How many words the longest name has that is looked for.
LONGEST: Final = 4
#: How many characters the longest name has in a script that writes no spaces.
LONGEST_UNSPACED: Final = 8


def folded(form: str) -> str:
    """Give the form in which names are compared: without case, accents, hyphens and stops."""
    plain = "".join(c for c in unicodedata.normalize("NFD", form.casefold()) if not unicodedata.combining(c))
    return " ".join(plain.replace("-", " ").replace(".", " ").replace("’", "'").split())


@cache
def gazetteer() -> dict[str, bool]:
    """Give for each folded name whether it names a place without a context that says so."""
    names: dict[str, bool] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key = folded(line.removeprefix("?"))
            names[key] = names.get(key, False) or not line.startswith("?")
    for line in _HISTORICAL.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            names |= dict.fromkeys(map(folded, line.split(";")), True)
    return names


@cache
def unspaced() -> frozenset[str]:
    """Give the names in scripts that write no spaces; none is longer than `LONGEST_UNSPACED`."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    han = (line.removeprefix("?") for line in lines if any("\u3400" <= c <= "\u9fff" for c in line))
    return frozenset(form for form in han if 2 <= len(form) <= LONGEST_UNSPACED)
