"""Aliases: the shorter and turned-round forms under which the bearer of a full name is met."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from teipress.registers import Name
from teipress.scripts import SPACELESS, UPPER

_INITIAL: Final = re.compile(rf"{UPPER}[^\W\d_]?\.")
_STUCK: Final = re.compile(rf"({UPPER}[^\W\d_]?\.)(?=[^\s\-])")
_SUFFIXES: Final = frozenset(
    {"jr", "sr", "Jr", "Sr", "jr.", "sr.", "Jr.", "Sr.", "II", "III", "IV", "fils", "père"}
)
_ZH: Final = Path(__file__).parent / "patterns" / "zh.toml"


class Parts(NamedTuple):
    """A person's name: the given names or initials, and the surname with its particles."""

    given: tuple[str, ...]
    surname: str

    @property
    def initials(self) -> str:
        """The first letters of the given names, in lower case."""
        return "".join(initial_letters(" ".join(self.given)))


#: The languages that write the surname first, in Latin letters too.
_SURNAME_FIRST: Final = ("zh", "lzh", "ja", "ko", "vi", "hu")


def sorted_form(name: Name) -> str:
    """Give a name with its surname set off where its language writes it first: "Gu Weijun" is "Gu, Weijun"."""
    if not name.language.startswith(_SURNAME_FIRST) or "," in name.form or SPACELESS.search(name.form):
        return name.form
    surname, _, given = name.form.partition(" ")
    return f"{surname}, {given}" if given else surname


def initial_letters(given: str) -> list[str]:
    """Give the first letter of each given name or initial: "Ia.S." gives i and s."""
    return [part[0].lower() for part in re.split(r"[ .\-]+", given) if part]


@lru_cache(maxsize=100_000)
def parts(form: str) -> Parts | None:
    """Take a person's name apart; None for one that has no surname to tell from the rest."""
    if SPACELESS.search(form):
        return None
    surname, comma, rest = form.partition(",")
    if comma and rest.strip():
        return Parts(tuple(rest.split()), surname.strip())
    words = [word for word in _spaced(form).split() if word not in _SUFFIXES]
    if len(words) < 2 or not words[-1][0].isupper():
        return None
    at = next((i for i, word in enumerate(words) if i and word[0].islower()), len(words) - 1)
    return Parts(tuple(words[:at]), " ".join(words[at:]))


def _spaced(form: str) -> str:
    return _STUCK.sub(r"\1 ", form) if "." in form else form


def aliases(form: str, title: str = "") -> Iterator[tuple[str, str]]:
    """Give the aliases of a person's full name, each with the name of the rule that made it.

    `title` is what the register calls the person besides: "General".
    """
    if SPACELESS.search(form):
        yield from _chinese(form)
        return
    known = parts(form)
    if known is None:
        return
    given, surname = known
    initials = [word if _is_initial(word) else f"{word[0]}." for word in given]
    joint = ("".join(initials), " ".join(initials), initials[0]) if len(initials) > 1 else initials
    for joined in joint:
        yield f"{joined} {surname}", "initials"
        yield f"{surname}, {joined}", "inverted"
        yield f"{surname} {joined}", "inverted"
    whole = " ".join(given)
    if not _is_initial(given[0]):
        yield f"{given[0]} {surname}", "given name"
        yield f"{surname}, {whole}", "inverted"
    if len(given) > 1:
        yield f"{whole} {surname}", "full"
    if title:
        yield f"{title} {surname}", "title and surname"
    yield surname, "surname"


def _is_initial(word: str) -> bool:
    return word.endswith(".") and bool(_INITIAL.fullmatch(word))


def _chinese(form: str) -> Iterator[tuple[str, str]]:
    titles = _chinese_words("titles_after")
    if not 2 <= len(form) <= 4 or form.endswith(titles):
        return
    surname = surname_of(form)
    for title in titles:
        yield surname + title, "surname and title"


def surname_of(form: str) -> str:
    """Give the surname with which a name in Chinese characters begins: one character, of some two."""
    return form[:2] if form.startswith(_chinese_words("surnames_two")) else form[:1]


@cache
def _chinese_words(key: str) -> tuple[str, ...]:
    words: str = tomllib.loads(_ZH.read_text(encoding="utf-8"))[key]
    return tuple(words.split())
