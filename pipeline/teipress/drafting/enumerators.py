"""The signs that count: figures, letters, Roman and Chinese numerals, the cyclical signs, each with its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

HAN_NUMERALS: Final = "一二三四五六七八九十"
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC: Final = "абвгдежзиклмнопрстуфхцчшщэюя"  # lists pass over the other letters
ROMANS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
ROUND: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def ordinal(kind: str, sign: str) -> int:
    """Give the number of a sign of a kind ("number", "letter", "roman", "han", "stem", "round"); 0 for none."""
    if kind == "number":
        return int(sign)
    if kind == "han":
        return _of_han(sign)
    if kind == "letter":
        return place(LATIN, sign) or place(CYRILLIC, sign)
    return place({"roman": ROMANS, "stem": STEMS, "round": ROUND}[kind], sign)


def place(signs: Sequence[str], sign: str) -> int:
    """Give the place of a sign among others, from one; 0 where it is none of them."""
    return next((number for number, other in enumerate(signs, 1) if other == sign), 0)


def _of_han(han: str) -> int:
    """Give the number of a Chinese numeral below a hundred."""
    if "十" not in han:
        return place(HAN_NUMERALS, han)
    tens, _, ones = han.partition("十")
    return 10 * (place(HAN_NUMERALS, tens) if tens else 1) + (place(HAN_NUMERALS, ones) if ones else 0)
