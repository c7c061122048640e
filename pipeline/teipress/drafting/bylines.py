"""Who wrote a text, said below its title: “By …”, or a name and no more (Guidelines 4.2.2)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from teipress.drafting.datelines import is_name, names_person
from teipress.drafting.enumerators import HAN_NUMERALS
from teipress.drafting.headings import matches
from teipress.drafting.lines import Line
from teipress.names.han import surnames
from teipress.scripts import HAN, IDEOGRAPH, UPPER

_HAN_NAME: Final = re.compile(f"[{HAN}](?:[　 ]?[{HAN}]){{1,3}}")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_WHERE: Final = re.compile(r"\s\([^()\d]{2,40}\)$")  # where the author is
_INITIALLED: Final = re.compile(rf"(?:{UPPER}\.\s?){{1,3}}{UPPER}[\w’-]{{2,}}\.")
_DEGREE: Final = re.compile(r", (?:[A-Z][A-Za-z]?\.?){2,4}$")
_INITIAL: Final = re.compile(rf"\b{UPPER}\.")

_NUMBERED: Final = re.compile(rf"[{HAN_NUMERALS}]{{1,3}}[、.．\s]")  # 一　緒言


def is_byline(line: Line, code: str) -> bool:
    """Tell whether a line below a title says who wrote the text."""
    text = line.text
    if says_author(text):
        return True
    if where := _WHERE.search(text):
        text = text[: where.start()]
        line = replace(line, text=text)
    if _NUMBERED.match(text):
        return False
    degree = bool(_DEGREE.search(text))
    if matches("plain", text) or (text.endswith((".", ":")) and not (degree or _INITIALLED.fullmatch(text))):
        return False
    named = is_name(line) and 1 < len(text.split()) <= 5 and not re.search(r"\d", text)
    if named and not text.isupper() and _INITIAL.search(text):
        return True
    if IDEOGRAPH.match(text) and len(names := text.split()) > 1 and all(map(_surnamed().fullmatch, names)):
        return True  # several authors
    if _HAN_NAME.fullmatch(text):
        return line.gap > 0 or bool(_surnamed().fullmatch(text))
    return named and (line.gap > 0 or degree) and names_person(text, code)


def says_author(text: str) -> bool:
    """Tell whether a line begins with “By”, and names follow: “Von Paul erhalte ich …” is a sentence."""
    if not matches("bylines", text) or text.endswith((":", "!", "?", ",", ";")):
        return False
    words = _WORD.findall(text)[1:]
    return 2 * sum(not word[0].islower() for word in words) >= len(words)


@cache
def _surnamed() -> re.Pattern[str]:
    return re.compile(f"{surnames()}[　 ]?[{HAN}](?:[　 ]?[{HAN}])?")
