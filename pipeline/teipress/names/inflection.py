"""Inflection: the cases in which a name is met in a language that declines names (`inflections/CODE.toml`).

To add a language, write `CODE.toml` with the keys of `ru.toml`; nothing else names a language.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "inflections"
_PARTS: Final = re.compile(r"([ \-]+)")
#: In a paradigm: the nominative, as it is.
_SAME: Final = "-"


@dataclass(frozen=True, eq=False)
class Declension:
    """How one language declines names: for each ending of the nominative, its forms in every case."""

    code: str
    script: str
    cases: tuple[str, ...]
    paradigms: dict[str, tuple[tuple[str, ...], ...]]
    classes: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    adjectives: tuple[str, ...]
    unchanged: frozenset[str]
    unchanged_endings: tuple[str, ...]
    prepositions: frozenset[str]
    old: tuple[tuple[re.Pattern[str], str], ...]
    last_word_alone: bool

    @property
    def longest(self) -> int:
        """How many letters the longest ending has."""
        return max(map(len, self.paradigms), default=0)

    def old_spelling(self, form: str) -> str:
        """Give a form as it was written before its language's spelling was reformed."""
        for pattern, written in self.old:
            form = pattern.sub(written, form)
        return form

    def of_word(self, word: str) -> tuple[tuple[str, ...], ...] | None:
        """Give the forms of a word in every case; None for one that does not change."""
        if len(word) < 2 or word in self.unchanged or word.endswith((*self.unchanged_endings, ".")):
            return None
        for length in range(min(self.longest, len(word)), 0, -1):
            forms = self.paradigms.get(word[-length:])
            if forms and (length < len(word) or word[0].isupper()):
                return _on(word[:-length], word, forms)
        for letters, forms in self.classes:
            if word[-1] in letters:
                return _on(word, word, forms)
        return None


def _on(stem: str, word: str, forms: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word if form == _SAME else stem + form for form in case) for case in forms)


@cache
def declension(language: str) -> Declension | None:
    """Give how names are declined in the language of a BCP 47 tag; None where no file says so."""
    path = _FOLDER / f"{language.partition('-')[0]}.toml"
    if not path.is_file():
        return None
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    paradigms, classes = {}, []
    for line in data["paradigms"]:
        ending, _, rest = line.partition(" = ")
        forms = tuple(tuple(case.split("|")) for case in rest.split())
        if ending.startswith("["):
            classes.append((ending.strip("[]"), forms))
        else:
            paradigms[ending] = forms
    return Declension(
        code=path.stem,
        script=data["script"].upper(),
        cases=tuple(case.strip() for case in data["cases"].split(";")),
        paradigms=paradigms,
        classes=tuple(classes),
        adjectives=tuple(data.get("adjectives", "").split()),
        unchanged=frozenset(data.get("unchanged", "").split()),
        unchanged_endings=tuple(data.get("unchanged_endings", "").split()),
        prepositions=frozenset(data.get("prepositions", "").split()),
        old=tuple((re.compile(pattern), written) for pattern, written in data.get("old_spelling", ())),
        last_word_alone=data.get("last_word_alone", False),
    )


@cache
def declined() -> tuple[str, ...]:
    """Give the codes of the languages that decline names."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str:
    """Give the script of a letter, by its name in Unicode: LATIN, CYRILLIC, GREEK."""
    return unicodedata.name(letter, "").partition(" ")[0]


def inflected(form: str, language: str, is_person: bool = True) -> Iterator[tuple[str, str]]:
    """Give the forms of a name in the cases of a language, each with its case; none where it does not change.

    All words of a person's name are declined, but initials and particles; of other names the first noun, and the
    adjectives before it.
    """
    known = declension(language)
    if known is None or not form or script_of(form[0]) != known.script:
        return
    pieces = _PARTS.split(form)
    declined = _declined(pieces, known, is_person)
    words = [known.of_word(piece) if at in declined else None for at, piece in enumerate(pieces)]
    if not any(words) and not known.old:
        return
    seen = {form}
    for number, case in enumerate(known.cases):
        options = [word[number] if word else (piece,) for word, piece in zip(words, pieces, strict=True)]
        for at in range(max(map(len, options))):  # the first forms of all words go together, and the second
            made = "".join(forms[min(at, len(forms) - 1)] for forms in options)
            for spelt in (made, known.old_spelling(made)):
                if spelt not in seen:
                    seen.add(spelt)
                    yield spelt, case
    if (old := known.old_spelling(form)) not in seen:
        yield old, "old spelling"


def _declined(pieces: list[str], known: Declension, is_person: bool) -> set[int]:
    """Tell which of the words of a name are declined."""
    words = [at for at in range(0, len(pieces), 2) if not at or pieces[at - 2] not in known.prepositions]
    if known.last_word_alone:
        return set(words[-1:])
    if is_person or not known.adjectives:
        return {at for at in words if pieces[at][:1].isupper()}
    head = next((at for at in words if not pieces[at].endswith(known.adjectives)), words[-1])
    return {at for at in words if at <= head}
