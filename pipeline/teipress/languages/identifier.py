"""Which language words are in, by their letters: for passages too short for their commonest words to tell.

The statistics are those of py3langid (BSD licence, the model in the package), read when they are first asked for.
They tell languages of the Latin script apart; what they are not sure of is not said.
"""

from __future__ import annotations

import re
from copy import copy
from functools import lru_cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

#: Languages that scholars' texts quote one another in.
QUOTED: Final = frozenset(["de", "en", "es", "fr", "it", "la"])
_SAMPLE: Final = 400  # characters that are looked at
_FEWEST: Final = 3  # words that tell a language
_LETTERS: Final = 14
_SURE: Final = 0.99
_SURE_APART: Final = 0.9  # of words that the page sets apart
_OWN: Final = 0.02  # how likely the text's own language may be then
_LIKELY: Final = 0.6
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile("[A-Za-zÀ-ɏ]")


def passage(text: str, code: str, *, apart: bool) -> str:
    """Give the language of a passage that is surely not in the language `code`; "" where that is not sure.

    `apart` says that the page sets the words apart. Names have no language: most words, but for the nouns of German,
    begin with a small letter.
    """
    words = _WORD.findall(text[:_SAMPLE])
    small = [word for word in words if word.islower() and len(word) > 1]
    if len(set(map(str.lower, words))) < _FEWEST or len(small) * 2 < len(words):
        return ""
    if sum(map(len, words)) < _LETTERS or not all(map(_LATIN.match, words)):
        return ""
    own = code.partition("-")[0]
    shares = _shares(text[:_SAMPLE], QUOTED | {own})
    found = max(shares, key=lambda language: shares[language])
    sure = shares[found] >= _SURE or (apart and shares[found] >= _SURE_APART and shares.get(own, 0) <= _OWN)
    return found if sure and found != own else ""


def agrees(text: str, found: str, code: str) -> bool:
    """Tell whether the letters of a passage speak for the language `found` rather than for `code`."""
    return _shares(text[:_SAMPLE], QUOTED | {found, code.partition("-")[0]}).get(found, 0) >= _LIKELY


def whole(text: str) -> str:
    """Give the language that a text is in, of all that the model knows; "" where that is not sure."""
    sample = text[: 4 * _SAMPLE]
    if len(_WORD.findall(sample)) < 2 * _FEWEST:
        return ""
    shares = _shares(sample, None)
    found = max(shares, key=lambda language: shares[language])
    return found if shares[found] >= _SURE else ""


@lru_cache(maxsize=1 << 12)
def _shares(text: str, among: frozenset[str] | None) -> dict[str, float]:
    """Give how likely each of some languages is, or each of all (0 to 1)."""
    return {str(language): float(share) for language, share in _model(among).rank(text)}


@lru_cache(maxsize=8)
def _model(among: frozenset[str] | None) -> LanguageIdentifier:
    if among is None:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model = copy(_model(None))
    model.set_languages(sorted(set(model.labels).intersection(among)))
    return model
