"""The levels of headings: by the word for a part, the kind of number, or capitals (Guidelines 4.1)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from teipress.drafting.lines import Line

_DECIMAL: Final = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+\S")
_ROMAN: Final = re.compile(r"^[IVXLC]{1,7}(?:[.)]\s+\S|[.)]?$)")
_LETTER: Final = re.compile(r"^[A-ZА-Я][.)]\s+\S")
_HAN: Final = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[、.）)]")


@cache
def _levels() -> tuple[re.Pattern[str], ...]:
    data = tomllib.loads(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))
    return tuple(re.compile(body, re.IGNORECASE) for body in data["levels"])


def is_numbered_part(text: str) -> bool:
    """Tell whether a line is headed with a word for a part and its number, and nothing like a sentence."""
    named = any(pattern.match(text) for pattern in _levels())
    return (
        named
        and len(text) <= 80
        and not text.endswith((",", ";", "，"))
        and not re.search(r"[.!?]\s+\w+\s\w+\s\w+.*\.$", text)
    )


def kind_of(text: str) -> str:
    """Name the kind of heading that a line would be: "word2", "decimal1", "roman" …; "" for one without a number."""
    for number, pattern in enumerate(_levels()):
        if pattern.match(text):
            return f"word{number}"
    if match := _DECIMAL.match(text):
        return f"decimal{match[1].count('.')}"
    kinds = (("roman", _ROMAN), ("han", _HAN), ("letter", _LETTER))
    return next((name for name, pattern in kinds if pattern.match(text)), "")


def ranks(lines: Sequence[Line]) -> list[int]:
    """Give the level of each heading, from 0: words for parts first, then each kind as it first appears below."""
    kinds = [kind_of(line.text) or ("capitals" if line.text.isupper() else "title") for line in lines]
    order = sorted({kind for kind in kinds if kind.startswith("word")})
    for kind in kinds:
        if kind in order:
            continue
        deeper = [k for k in order if k.startswith("decimal") and kind.startswith("decimal") and k > kind]
        order.insert(order.index(deeper[0]), kind) if deeper else order.append(kind)
    return [order.index(kind) for kind in kinds]
