"""What the program knows of each language: one TOML file a language.

To add a language, write `CODE.toml` here with the same keys as `en.toml`; nothing else names a language.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from teipress.scripts import HAN, KANA, SCRIPTS

_FOLDER: Final = Path(__file__).parent
_WORD: Final = re.compile(r"[^\W\d_]+")
_HAN: Final = re.compile(f"[{HAN}]")
_KANA: Final = re.compile(f"[{KANA}]")
_SCRIPTS: Final = tuple(
    (code, re.compile(f"[{SCRIPTS[script]}]"))
    for code, script in (("ru", "Cyrl"), ("el", "Grek"), ("ar", "Arab"), ("he", "Hebr"), ("ko", "Hang"))
)
_RARE: Final = 6  # one word in so many is a common one, in any language
_SAMPLE: Final = 20_000  # characters that are looked at to tell a language


@dataclass(frozen=True, eq=False)
class Language:
    """One language: its code, its commonest words, its months and its letters."""

    code: str
    function_words: frozenset[str]
    months: dict[str, int]
    letter: dict[str, Any]
    abbreviations: tuple[str, ...] = ()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that a language is known by: its commonest, its months, and how its letters begin."""
        return self.function_words | self.months.keys() | set(self.letter.get("address", "").split())


@cache
def language(code: str) -> Language | None:
    """Give what is known of a language by its BCP 47 tag (`en-GB` is `en`); None for one without a file."""
    path = _FOLDER / f"{code.partition('-')[0]}.toml"
    if not path.is_file():
        return None
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Language(
        code=path.stem,
        function_words=frozenset(data.get("function_words", "").split()),
        months={
            word: number for number, words in enumerate(data.get("months", ()), 1) for word in words.split()
        },
        letter=data.get("letter", {}),
        abbreviations=tuple(data.get("abbreviations", "").split()),
    )


@cache
def codes() -> tuple[str, ...]:
    """List the languages that have a file."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


#: Languages without a file that share most of their commonest words with one that has.
_NEIGHBOURS: Final = {"es": frozenset({"pt", "gl", "ca"})}


def identify(text: str) -> str:
    """Tell the language of a text, by its script and then by its commonest words; "und" where neither tells."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return "und"
    if len(_KANA.findall(sample)) * 10 > letters:
        return "ja"
    if len(_HAN.findall(sample)) * 2 > letters:
        return _chinese(sample)
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) * 2 > letters:
            return code
    words = Counter(map(str.lower, _WORD.findall(sample)))
    scores = {
        code: sum(words[word] for word in known.vocabulary) for code in codes() if (known := language(code))
    }
    best = max(scores, key=lambda code: scores[code])
    if (
        scores[best] * _RARE < words.total()
    ):  # none of the languages that have a file, or a text without sentences
        found = _whole(sample)
        if found and (found not in scores or not scores[best]):
            return found
    if best in _NEIGHBOURS and (found := _whole(sample)) in _NEIGHBOURS[best]:
        return found
    return best if scores[best] else "und"


def _whole(text: str) -> str:
    from teipress.languages.identifier import whole  # its model is read only where it is needed

    return whole(text)


#: Characters that only one of the two Chinese scripts has, of the commonest words.
_TRADITIONAL: Final = frozenset(
    "國來時會這說為對們過學後發個義華應開動點實現長與將從當無問題體關東車門見馬書語電萬東權級貴"
)
_SIMPLIFIED: Final = (
    frozenset("国来时会这说为对们过学后发个义华应开动点实现长与将从当无问题体关东车门见马书语电万东权级贵")
    - _TRADITIONAL
)


def _chinese(text: str) -> str:
    traditional = sum(character in _TRADITIONAL for character in text)
    simplified = sum(character in _SIMPLIFIED for character in text)
    return "zh-Hans" if simplified > traditional else "zh-Hant"
