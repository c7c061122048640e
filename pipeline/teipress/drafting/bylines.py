"""Who wrote a text, said below its title: “By …”, or a name and no more (Guidelines 4.2.2)."""

from __future__ import annotations

import re
from typing import Final

from teipress.drafting.datelines import is_name, names_person
from teipress.drafting.headings import matches
from teipress.drafting.lines import Line

_HAN_NAME: Final = re.compile("[\u3400-\u9fff](?:[　 ]?[\u3400-\u9fff]){1,3}")
_INITIAL: Final = re.compile(r"\b[A-ZÀ-ÞА-ЯЁѲІ]\.")


def is_byline(line: Line, code: str) -> bool:
    """Tell whether a line below a title says who wrote the text."""
    text = line.text
    if matches("bylines", text):
        return True
    if matches("plain", text) or not line.gap or text.endswith((".", ":")):
        return False
    if _HAN_NAME.fullmatch(text):
        return True
    named = is_name(line) and 1 < len(text.split()) <= 5 and not re.search(r"\d", text)
    return named and (bool(_INITIAL.search(text)) or names_person(text, code))
