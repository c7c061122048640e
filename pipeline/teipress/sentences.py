"""Where sentences begin and end. Nothing is added, and what a language abbreviates ends no sentence.

The abbreviations of a language are in `abbreviations/CODE.toml`; to add a language, write one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from teipress.languages import language

_FOLDER: Final = Path(__file__).with_name("abbreviations")
_FULL: Final = 3.2  # letters that a Chinese or Japanese character is worth
_OPENERS: Final = "\"'“‘«‹»›([{„‚—–-¿¡*「『（《〈【〔"
_CLOSERS: Final = "\"'”’“‘»›)\\]}」』）】〉》〕"
#: In Chinese and Japanese a mark ends a sentence in quotation marks too, unless what is said goes on (と, 、).
_CLOSING: Final = "\"'”’»›)\\]}」』）】〉》〕"
_WIDE: Final = re.compile(
    f"(?:[。！？!?．｡]++…*+[{_CLOSING}]*+|…++[{_CLOSING}]*+(?=\\s|$)|…{{2,}}+[{_CLOSING}]*+)"
    f"(?!(?<=[{_CLOSING}])(?:[とっ、，]|の[^。]))"
)
#: A stop, a reference to a note, and what closes; French puts a space before its closing mark.
_STOP: Final = re.compile(
    f"[.!?…‥]+(?:\\[\\d+\\]|[¹²³⁰-⁹]+)?(?:[{_CLOSERS}]+|[ \u00a0\u202f]?[»›][{_CLOSERS}]*)*"
)
#: In German » opens and « closes.
_GERMAN: Final = re.compile("[.!?…‥]+(?:\\[\\d+\\]|[¹²³⁰-⁹]+)?[\"'”’“‘«‹)\\]}]*")
_GREEK: Final = re.compile(f"[.!?;;…]+(?:\\[\\d+\\])?[{_CLOSERS}]*")
_WIRE: Final = re.compile(r"\b(?:STOP|ТЧК|PUNTO)\b\.?")
_INITIAL: Final = re.compile(r"(?:^|[\s(\[.’'-])[^\W\d_]$")
_ORDINALS: Final = frozenset({"de", "da", "no", "nb", "fi", "cs", "hu", "pl", "hr", "sr"})  # "3." is "3rd"
_SPACED: Final = 3  # wide spaces of a passage from which they are its way of parting sentences


@dataclass(frozen=True)
class _Abbreviations:
    """Words before a stop that ends no sentence; that ends none before a number; that ends one before a capital."""

    before: frozenset[str] = frozenset()
    number: frozenset[str] = frozenset()
    either: frozenset[str] = frozenset()


@cache
def _abbreviations(main: str) -> _Abbreviations:
    path = _FOLDER / f"{main}.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    either, number = (frozenset(listed.get(key, "").split()) for key in ("either", "number"))
    known = language(main)
    others = frozenset(known.abbreviations) if known else frozenset()
    return _Abbreviations(
        frozenset(listed.get("before", "").split()) | others - either - number, number, either
    )


def sentences(text: str, code: str, wide: Collection[int] = ()) -> list[tuple[int, int]]:
    """Give the ranges of the sentences of a passage in the language `code`; white space belongs to none.

    `wide` are the places of spaces that the source has several of: a typescript's way of parting sentences.
    """
    ends = _ends(text, code)
    if len(wide) >= _SPACED:
        stops = sorted(wide)
        parted = sum(text[at] == " " and at in ends for at in stops)
        if parted * 2 >= len(stops):
            ends |= set(stops)
    return list(_ranges(text, sorted(ends)))


def _ranges(text: str, ends: list[int]) -> Iterator[tuple[int, int]]:
    at = 0
    for end in [*ends, len(text)]:
        piece = text[at:end]
        start, stop = at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())
        if start < stop:
            yield start, stop
        at = max(at, end)


def _ends(text: str, code: str) -> set[int]:
    main = code.partition("-")[0]
    if main in ("zh", "ja", "lzh", "yue") and "-Latn" not in code:
        return {match.end() for match in _WIDE.finditer(text)}
    pattern = _GREEK if main in ("el", "grc") else _GERMAN if main == "de" else _STOP
    ends = {match.end() for match in pattern.finditer(text) if _is_end(text, match, main)}
    wires = [match.end() for match in _WIRE.finditer(text)]
    return ends | set(wires) if len(wires) > 1 else ends


def _is_end(text: str, match: re.Match[str], main: str) -> bool:
    """Tell whether a stop ends a sentence: white space follows, then a capital, and no abbreviation stands before."""
    after = text[match.end() :][:40]
    following = after.lstrip().lstrip(_OPENERS).lstrip()
    if not after[:1].isspace() or not following or following[0].islower():
        return False
    if not match[0].startswith(".") or match[0][1:2] in tuple(".!?"):
        return True
    if not following[0].isalnum() and after.lstrip()[0] not in _OPENERS:
        return False
    return not _abbreviates(text[max(0, match.start() - 24) : match.start()], following[0], main)


def _abbreviates(before: str, following: str, main: str) -> bool:
    """Tell whether a stop belongs to the word before it: an initial, an ordinal or an abbreviation."""
    word = re.split(r"[\s(\[„“«'’/]", before)[-1]
    folded = word.lower().rstrip(",")
    known = _abbreviations("el" if main == "grc" else main)
    if folded in known.either:
        counted = (
            before[: -len(word) or None].rstrip()[-1:].isdigit()
        )  # "1918 г." may end a sentence, "г. Москва" not
        return not counted and folded in known.before
    if folded in known.before:
        return True
    if folded in known.number:
        return following.isdigit() or following in "IVXLC" or len(folded) < 3
    if word.isdigit():
        return (main in _ORDINALS and len(word) < 3) or word == before.strip()
    return _INITIAL.search(before) is not None


def is_sentence(tag: str, kind: str | None) -> bool:
    """Tell whether an element, by its name and @type, is a sentence."""
    return tag == "s" or (tag == "seg" and kind == "s")


def length(text: str) -> float:
    """Give the length of a text in letters; a character of East Asia is worth several."""
    return sum(_FULL if "\u3040" <= c <= "\u9fff" else 1.0 for c in text if c.isalnum()) or 1.0
