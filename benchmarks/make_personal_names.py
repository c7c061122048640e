"""Write the lists of personal names of the installation anew: `python make_personal_names.py FOLDER`.

It needs `pip install "names==0.3.0" "faker>=40,<41" "english-words>=2,<3" "german-nouns>=1.2,<2" "simplemma>=2,<3"`.
Surnames and given names are those of the United States census of 1990 (public domain, through `names`) and the lists
of Faker (MIT licence). Dictionaries tell here, and only here, which of them are common words of a language too.
"""

from __future__ import annotations

import csv
import importlib
import re
import sys
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path
from typing import Any

from english_words import get_english_words_set
from faker.config import AVAILABLE_LOCALES
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from teipress.names.gazetteer import folded

#: How many of the census's surnames are taken, the commonest first.
SURNAMES = 60_000
LOCALES = re.compile(r"(?:cs|da|de|en|es|fi|fr|hu|it|nl|no|pl|pt|ro|ru|sk|sl|sv|hr|lt|lv|et)(?:_|$)")
HEADER = """\
# {what}, one a line, without accents and capitals; after a tab the languages in which it is a common word too.
# United States census of 1990 (public domain, through names), Faker (MIT licence).
# Written by benchmarks/make_personal_names.py.
"""
USUAL = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]{2,})?")


def located(package: str, file: str) -> Path:
    """Give the path of a file of an installed package."""
    return Path(str(next(path for path in files(package) or () if path.name == file).locate()))


def census(file: str) -> list[str]:
    """Give the names of one of the census's lists, the commonest first."""
    path = located("names", file)
    return [line.split()[0].title() for line in path.read_text(encoding="ascii").splitlines()]


def faker(prefix: str) -> set[str]:
    """Give the names that Faker has for the languages of Europe."""
    found: set[str] = set()
    for locale in filter(LOCALES.match, AVAILABLE_LOCALES):
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ImportError:
            continue
        for attribute in dir(provider):
            if attribute.startswith(prefix):
                value = getattr(provider, attribute)
                found |= set(value) if isinstance(value, tuple | list | dict) else set()
    return found


def german() -> set[str]:
    """Give every form of the common nouns of German."""
    found: set[str] = set()
    with located("german-nouns", "nouns.csv").open(encoding="utf-8") as file:
        for row in csv.reader(file):
            if not re.search("name|Toponym|Abkürzung", row[1]):
                found |= {folded(cell) for cell in (row[0], *row[2:]) if cell}
    return found


def words(language: str) -> set[str]:
    """Give the words that a language writes without a capital."""
    dictionary: Any = DefaultDictionaryFactory().get_dictionary(language)
    return {folded(word) for word in dictionary if word.islower()}


def lines(forms: set[str], common: dict[str, set[str]]) -> Iterator[str]:
    """Give the lines of a list."""
    for form in sorted({form for form in forms if USUAL.fullmatch(form)}, key=folded):
        key = folded(form)
        codes = sorted(code for code, known in common.items() if key in known)
        yield f"{key}\t{' '.join(codes)}" if codes else key


def main(target: Path) -> None:
    """Write both lists."""
    english = {word for word in get_english_words_set(["gcide", "web2"], lower=False) if word.islower()}
    common = {"en": english | words("en"), "de": german() | words("de"), "fr": words("fr"), "ru": words("ru")}
    given = {*census("dist.male.first"), *census("dist.female.first"), *faker("first_names")}
    surnames = {*census("dist.all.last")[:SURNAMES], *faker("last_names")}
    for name, what, forms in (("given", "Given names", given), ("surnames", "Surnames", surnames)):
        listed = dict.fromkeys(lines(forms, common))
        text = HEADER.format(what=what) + "\n".join(listed) + "\n"
        (target / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
