"""Personal names of many countries (`gazetteer/given.txt`, `surnames.txt`, `renowned.txt`): what alone says little.

A name that is a common word of the text's language counts as none.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from teipress.names.gazetteer import folded

_FOLDER: Final = Path(__file__).parent / "gazetteer"


@cache
def _listed(file: str) -> dict[str, str]:
    """Give for each name of a list the codes of the languages in which it is a common word."""
    lines = (_FOLDER / file).read_text(encoding="utf-8").splitlines()
    return {name: codes for line in lines if line[:1] != "#" for name, _, codes in (line.partition("\t"),)}


@cache
def _renowned() -> frozenset[str]:
    text = (_FOLDER / "renowned.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(folded(form) for line in lines for form in line.split(";"))


def is_given(form: str, language: str) -> bool:
    """Tell whether a form is a given name somewhere, and no common word of a language."""
    return _is_listed("given.txt", folded(form), language)


def is_surname(form: str, language: str) -> bool:
    """Tell whether a form is a surname somewhere, and no common word of a language."""
    return _is_listed("surnames.txt", folded(form), language)


def is_renowned(form: str) -> bool:
    """Tell whether a form alone means one person to every reader."""
    return folded(form) in _renowned()


def is_personal(form: str, language: str) -> bool:
    """Tell whether a form is in any of the lists, and no common word of a language."""
    return is_surname(form, language) or is_given(form, language) or is_renowned(form)


def _is_listed(file: str, key: str, language: str) -> bool:
    codes = _listed(file).get(key)
    return codes is not None and language not in codes
