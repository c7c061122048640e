"""Transliteration: how prints of other scripts write a name that a register has in Cyrillic, Greek or Chinese.

Each file of `transliterations/` has the letters of one script and some of its languages. To add one, write `CODE.toml`
with the keys of `ru.toml`; nothing else names it. Chinese is written by its sounds, and has a module of its own.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Any, Final

from teipress.names.inflection import script_of
from teipress.names.romanisation import is_han, romanised

_FOLDER: Final = Path(__file__).parent / "transliterations"
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
#: So many spellings of one name a system has at most; a choice is made alike in all of the name.
_MOST: Final = 16
_NOTHING: Final = "-"
_ANY_LANGUAGE: Final = "und"


@dataclass(frozen=True, eq=False)
class System:
    """One way to write a script in Latin letters: what stands for each letter, and before that for some groups."""

    name: str
    letters: dict[str, tuple[str, ...]]
    groups: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]

    def spellings(self, form: str) -> Iterator[str]:
        """Give the spellings of a name, a choice between letters made alike in all of it."""
        words = [self._units(word) for word in _WORD.findall(form)]
        open_ = list(dict.fromkeys(unit for word in words for unit in word if len(unit) > 1))
        for chosen in islice(product(*open_), _MOST):
            yield self._spelt(form, words, dict(zip(open_, chosen, strict=True)))

    def _spelt(
        self, form: str, words: list[list[tuple[str, ...]]], choice: dict[tuple[str, ...], str]
    ) -> str:
        made = iter("".join(choice.get(unit, unit[0]) for unit in word) for word in words)
        return _WORD.sub(lambda word: _cased(next(made), word.group()), form)

    def _units(self, word: str) -> list[tuple[str, ...]]:
        """Take a word apart into what each of its letters, or groups of letters, is written with."""
        plain = _plain(word)
        units: list[tuple[str, ...]] = []
        at = 0
        while at < len(plain):
            for pattern, written in self.groups:
                if group := pattern.match(plain, at):
                    units.append(written)
                    at = group.end()
                    break
            else:
                units.append(self.letters.get(plain[at], (plain[at],)))
                at += 1
        return units


def _plain(word: str) -> str:
    """Give a word in small letters without accents, but with the letters that Cyrillic makes by marks."""
    kept = unicodedata.normalize("NFC", word.lower())
    if script_of(kept[0]) != "GREEK":
        return kept
    return "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))


def _cased(made: str, word: str) -> str:
    if word[0].islower():
        return made
    return made.upper() if len(word) > 1 and word.isupper() else made[:1].upper() + made[1:]


@cache
def _systems() -> dict[tuple[str, str], tuple[System, ...]]:
    """Give the systems of each script and language."""
    found: dict[tuple[str, str], tuple[System, ...]] = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        listed = tuple(_system(system) for system in data.get("systems", ()))
        found |= {(data["script"].upper(), language): listed for language in data["languages"].split()}
    return found


def _system(data: dict[str, Any]) -> System:
    letters = data["letters"].split()
    groups = (line.rsplit(" ", 1) for line in data.get("endings", ()))
    return System(
        data["name"],
        {letter: _written(said) for letter, said in zip(letters[::2], letters[1::2], strict=True)},
        tuple((re.compile(pattern), _written(said)) for pattern, said in groups),
    )


def _written(said: str) -> tuple[str, ...]:
    return tuple("" if one == _NOTHING else one for one in said.split("|"))


def transliterated(form: str, language: str, is_person: bool = True) -> Iterator[tuple[str, str, str]]:
    """Give the Latin spellings of a name; none of one that is in Latin letters already.

    Each comes with its system and with the whole name that it writes. `language` is that of the name (BCP 47), "" where
    the register does not say.
    """
    if is_han(form) or language.startswith("zh-Latn"):
        yield from romanised(form, language, is_person)
        return
    script = script_of(form[0]) if form else ""
    systems = _systems()
    listed = systems.get((script, language.partition("-")[0])) or systems.get((script, _ANY_LANGUAGE), ())
    seen: set[str] = set()
    for system in listed:
        for made in system.spellings(form):
            if made not in seen:
                seen.add(made)
                yield made, system.name, made
