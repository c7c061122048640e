"""Common words of a language, by the dictionary that the extra `names` brings (simplemma, MIT licence)."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from teipress.slips.passage import dictionary

_MODULE: Final = "simplemma"
#: The languages whose dictionary is asked what a model's name is without its capital.
_LANGUAGES: Final = frozenset({"en", "fr", "ru"})


@cache
def is_word_of(word: str, language: str) -> bool:
    """Tell whether a language has a word, with or without a capital, by the dictionaries that are installed."""
    if word.lower() in dictionary(language):
        return True
    if find_spec(_MODULE) is None:
        return False
    simplemma: Any = import_module(_MODULE)
    return bool(simplemma.is_known(word, language))


@cache
def is_common(word: str, language: str) -> bool:
    """Tell whether a language writes a word without a capital; False where no dictionary is installed."""
    if language not in _LANGUAGES or find_spec(_MODULE) is None:
        return False
    simplemma: Any = import_module(_MODULE)
    return bool(simplemma.is_known(word.lower(), language))
