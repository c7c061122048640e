"""Numbers as dates write them: figures (misread ones too), Roman and Chinese numerals, and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

ROMAN: Final = r"M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:I[XV]|V?I{0,4})"
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_MISREAD: Final = str.maketrans("lIOo|SB０１２３４５６７８９", "11001580123456789")
_HAN: Final = {
    **dict(
        zip("壹貳贰叁參肆伍陸陆柒捌玖", (1, 2, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9), strict=True)
    ),  # of documents
    **dict(zip("〇零○一二三四五六七八九", (0, 0, *range(10)), strict=True)),
    "兩": 2,
    "两": 2,
    "元": 1,
    "朔": 1,
    "正": 1,
    "冬": 11,
    "望": 15,
    "臘": 12,
    "腊": 12,
}
_HAN_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_SHORT: Final = {"廿": "二十", "卅": "三十", "卌": "四十", "既望": "十六"}
_DIGITS: Final = re.compile(r"\d+")


def figures(text: str) -> int | None:
    """Give the number that figures write, with letters that were misread for figures; None for no number."""
    written = re.sub(r"\s", "", text).translate(_MISREAD)
    match = _DIGITS.match(written)
    return int(match[0]) if match else None


def roman(text: str) -> int:
    """Give the value of a Roman numeral, whatever its case, with a final j for i."""
    values = [_VALUES[letter] for letter in text.upper().replace("J", "I")]
    return sum(-value if value < max(values[at:], default=0) else value for at, value in enumerate(values))


def han(text: str) -> int | None:
    """Give the value of a Chinese numeral, by places (一九一八) or with units (一千九百十八); None for none."""
    text = (
        text.replace("廿", "二十")
        .replace("卅", "三十")
        .replace("卌", "四十")
        .replace("既望", "十六")
        .removeprefix("初")
    )
    if (plain := figures(text)) is not None:
        return plain
    if not any(unit in text for unit in _HAN_UNITS):
        digits = [_HAN.get(character) for character in text]
        return None if None in digits or not digits else int("".join(map(str, digits)))
    total = digit = 0
    for character in text:
        if character in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[character]
            digit = 0
        elif character in _HAN:
            digit = _HAN[character]
        else:
            return None
    return total + digit


def last_of_two(text: str, then: str, parted: bool) -> int | None:
    """Give the last of two Chinese numerals, `十一、十二`, `十一、二`; where none parts them, the next: `十一二`."""
    one = han(text) if parted or (text and text[-1] not in "十百") else None
    last = han(then)
    if one is None or last is None:
        return None
    last += one // 10 * 10 if last < 10 <= one else 0
    return last if (last > one if parted else last == one + 1) else None


def words(text: str, values: Mapping[str, int]) -> int | None:
    """Give the number that words write, with the values of a language's number words; None for no number.

    `nineteen hundred and eighteen` adds up, `nineteen eighteen` stands side by side, `quatre-vingts` multiplies.
    """
    total = part = 0
    known = False
    for word in _pattern(tuple(values)).findall(text.lower()):
        value = values[word]
        known = True
        if value in (100, 1000):
            part = (part or 1) * value
            if value == 1000:
                total, part = total + part, 0
        elif value == 20 and part % 100 == 4:
            part += 76
        elif value >= 10 and part % 100 >= 10 and part < 100 and not (part >= 60 and value < 20):
            total, part = part * 100, value
        else:
            part += value
    return total + part if known else None


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
