"""What is known of a language's names: `patterns/CODE.toml`, compiled.

To add a language, write `CODE.toml` with the keys of `en.toml`; nothing else names a language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from teipress.languages import language as spoken_language
from teipress.names.gazetteer import folded, gazetteer
from teipress.scripts import UPPER

_FOLDER: Final = Path(__file__).parent / "patterns"
_DEFAULT: Final = "en"

_LETTER: Final = r"[^\W\d_]"
_APOSTROPHE: Final = "['’]"
# Every repetition has a bound or gives nothing back, so that a page of nothing but capitals costs no more than another.
#: The preposition that a name may begin with: d’Estrée; of a place’s name it is no part.
ELIDED: Final = rf"[dD]{_APOSTROPHE} ?"
#: A capitalised word, without a possessive: Smith, O'Neill, Saint-Pierre, MURRAY.
CAPITAL: Final = rf"(?:[OD]{_APOSTROPHE}(?={UPPER}))?{UPPER}{_LETTER}*+(?:-{_LETTER}++){{0,8}}"
#: An initial or an abbreviation: A., A.N., Ia., Mr.
_STOP: Final = rf"(?:{UPPER}{_LETTER}{{0,4}}\.-?)"
STOPPED: Final = rf"{_STOP}{{1,12}}"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words that tell of names in one language; every set holds them in lower case."""

    code: str
    titles: frozenset[str]
    offices: frozenset[str]
    roles: frozenset[str]
    given: frozenset[str]
    place_words: frozenset[str]
    where: frozenset[str]
    eponyms: frozenset[str]
    stop: frozenset[str]
    verbs: frozenset[str]
    generic: frozenset[str]
    determiners: frozenset[str]
    vessels: frozenset[str]
    periodicals: frozenset[str]
    salutations: frozenset[str]
    place_nouns: frozenset[str]
    particle_words: frozenset[str]
    endings: frozenset[str]
    restored: frozenset[str]
    months: frozenset[str]
    places: frozenset[str]
    sequence: re.Pattern[str]
    bodies: re.Pattern[str]
    orgs: tuple[re.Pattern[str], ...]
    persons: tuple[re.Pattern[str], ...]
    place_heads: tuple[re.Pattern[str], ...]
    place_patterns: tuple[re.Pattern[str], ...]
    tells_by_dictionary: bool
    role_in_brackets: re.Pattern[str]
    adjective_heads: re.Pattern[str]
    particle_before: re.Pattern[str]
    surname_shape: re.Pattern[str]

    @property
    def capitalises_nouns(self) -> bool:
        """Tell whether a capital says nothing: every noun of the language has one."""
        return self.code == "de"

    def place(self, key: str) -> bool | None:
        """Tell whether a folded form is a place: certainly, perhaps, or (None) not that anyone knew."""
        listed = gazetteer()
        if key in self.places or listed.get(key):
            return True
        if self.restored and any(base in self.places or listed.get(base) for base in self.bases(key)):
            return True
        return listed.get(key)

    def bases(self, key: str) -> Iterator[str]:
        """Give what a word may be in its first case, without the ending that it has here."""
        for ending in self.endings:
            stem = key.removesuffix(ending)
            if stem != key and len(stem) > 2:
                yield stem
                yield from (stem + restored for restored in self.restored)


@cache
def lexicon(language: str) -> Lexicon:
    """Give the lexicon of a BCP 47 tag; English for a language that has none, since most of it is names."""
    path = _FOLDER / f"{language.partition('-')[0]}.toml"
    if not path.is_file():
        path = _FOLDER / f"{_DEFAULT}.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    particles = "|".join(sorted(map(re.escape, _phrases(data, "particles")), key=len, reverse=True))
    return Lexicon(
        code=path.stem,
        **{
            key: frozenset(_phrases(data, key))
            for key in (
                "titles",
                "offices",
                "roles",
                "given",
                "place_words",
                "where",
                "eponyms",
                "stop",
                "verbs",
                "generic",
                "determiners",
                "vessels",
                "periodicals",
                "salutations",
                "place_nouns",
                "endings",
                "restored",
            )
        },
        months=frozenset(spoken.months) if (spoken := spoken_language(path.stem)) else frozenset(),
        places=frozenset(folded(place) for place in data.get("places", "").split(";")),
        particle_words=frozenset(_phrases(data, "particles")),
        tells_by_dictionary=data.get("tells_by_dictionary", False),
        sequence=_sequence(particles),
        bodies=_any(data.get("bodies", "").split(";")),
        orgs=_compiled(data, "orgs", particles),
        persons=_compiled(data, "persons", particles),
        place_patterns=_compiled(data, "place_patterns", particles),
        place_heads=tuple(_place_heads(data)),
        adjective_heads=re.compile(rf"[ ](?:{data.get('adjective_heads', '(?!)')})"),
        surname_shape=re.compile(data.get("surname_shape", "(?!)")),
        particle_before=re.compile(rf"(?<=\w)\.? (?P<particle>(?:{particles}) |{ELIDED})\Z"),
        role_in_brackets=re.compile(
            rf"\b(?:{'|'.join(map(re.escape, _phrases(data, 'roles')))})\b[^()\n]{{0,80}}\(\Z", re.IGNORECASE
        ),
    )


def _compiled(data: dict[str, Any], key: str, particles: str) -> tuple[re.Pattern[str], ...]:
    """Compile patterns: {C} is a capitalised word, {N} up to three of them, which are the group "name"."""
    word = f"(?:{_STOP}{{1,3}}|{CAPITAL})"
    name = rf"(?P<name>{word}(?: ?(?:(?:{particles}) )?{word}){{0,2}})"
    return tuple(
        re.compile(rf"(?<!\w){pattern.replace('{C}', CAPITAL).replace('{N}', name)}")
        for pattern in data.get(key, ())
    )


def _phrases(data: dict[str, Any], key: str) -> list[str]:
    return [word.replace("_", " ") for word in data.get(key, "").split()]


def _any(forms: list[str]) -> re.Pattern[str]:
    stripped = {form.strip() for form in forms}
    listed = sorted(stripped | {form.upper() for form in stripped}, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)")


def _sequence(particles: str) -> re.Pattern[str]:
    """Compile what finds words in capitals that stand together, with the particles between them."""
    word = f"(?:{STOPPED}|{CAPITAL})"
    elided = f"(?:{ELIDED})"
    joint = rf"(?:(?<=\.)|[ ]|-)(?:(?:(?:{particles}) )+{elided}?|{elided})?"
    return re.compile(rf"(?<![\w]){elided}?{word}(?:{joint}{word})*")


def _place_heads(data: dict[str, Any]) -> list[re.Pattern[str]]:
    before, after = _phrases(data, "place_before"), _phrases(data, "place_after")
    found = []
    if before:
        heads = "|".join(_capitalised(form) for form in before)
        found.append(re.compile(rf"(?<!\w)(?:{heads})\.?[ ]{CAPITAL}(?:[ -]{CAPITAL})?(?!\w)"))
    if after:
        heads = "|".join(_capitalised(form) for form in after)
        found.append(re.compile(rf"(?<!\w){CAPITAL}(?: {CAPITAL})?[ ](?:{heads})(?!\w)"))
    return found


def _capitalised(form: str) -> str:
    return re.escape(form[0].upper() + form[1:])
