"""Which encoding a text without a mark is in: told by what its bytes would say in each (Unicode, chapter 23.8).

Nothing is decided in silence: the encoding and the reason are recorded, and a sidecar's `encoding` comes first.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).with_name("encodings.toml")
_SAMPLE: Final = 200_000  # bytes that are looked at
_SURE: Final = 0.6  # the share of characters beyond ASCII that must stand where such characters stand
_MOSTLY: Final = 0.3  # the least share of letters beyond ASCII in a text of another script than Latin
_MAINLY: Final = 0.8  # the share of the letters that are of a text's main script
_BEYOND: Final = re.compile("[^\x00-\x7f]")
_PLAUSIBLE: Final = {
    "latin": re.compile(
        "(?<=[a-z])[à-öø-ÿœšžąćęłńśźżčďěňřťůőű]|[à-öø-ÿœšžąćęłńśźżčďěňřťůőű](?=[a-z\\s,.;])"
        "|(?<![a-zß-ÿ])[À-ÖØ-ÞŒŠŽĄĆĘŁŃŚŹŻČŘ](?=[A-Za-zß-ÿ])|(?<=[A-Z])[À-ÖØ-ÞŒ]|ß"
        "|(?<=[\\s(\\x2d])[«„“‘”\\xa0–—]|[»”“’…°§\\xa0–—](?=[\\s.,;:)s]|\\Z)|(?<=\\w)’(?=\\w)|(?<=[\\w.,!?;:])[”“»]"
    ),
    "cyrillic": re.compile(
        "(?<![а-яё])[А-ЯЁІѢѲѴ](?=[а-яёіѣѳѵ\\s.])|(?<=[А-ЯЁ])[А-ЯЁ]|[а-яёіѣѳѵ](?![А-ЯЁ])|[«»—„“№\\xa0]"
    ),
}


def detect(data: bytes) -> tuple[str, str]:
    """Give the encoding of a text that is not UTF-8, and the reason; two empty strings where none fits well."""
    wide = _without_mark(data)
    if wide:
        return wide, "every other byte is zero"
    sample = data[:_SAMPLE]
    best, share = "", 0.0
    for name, script in _candidates():
        fits = _fits(sample, name, script)
        if fits > share + 0.02:
            best, share = name, fits
    return (
        (best, f"{share:.0%} of the letters beyond ASCII stand where such letters stand")
        if share >= _SURE
        else ("", "")
    )


def is_mostly_utf8(data: bytes) -> bool:
    """Tell whether a text that is not UTF-8 throughout is UTF-8 for the most part."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    broken, whole = text.count("\ufffd"), len(_BEYOND.findall(text))
    return whole > 4 * broken


def _without_mark(data: bytes) -> str:
    """Tell UTF-16 without a byte order mark: spaces and line ends have their zero on one side."""
    sample = data[: _SAMPLE & ~1]
    if _is_ascii_with_zeros(sample):
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for name, zeros, others in (("UTF-16-LE", odd, even), ("UTF-16-BE", even, odd)):
        if zeros > len(sample) // 40 and others * 20 < zeros:
            text = _decoded(sample, name)
            if text is not None and _is_of_one_script(text):
                return name
    return ""


def _is_ascii_with_zeros(sample: bytes) -> bool:
    """Tell whether bytes are ASCII text with a few zeros in it, which in UTF-16 would be every other byte."""
    zeros = sample.count(0)
    rest = sample.translate(None, b"\0\t\n\r\f")
    return 3 * zeros < len(sample) and rest.isascii() and rest.decode("ascii").isprintable()


def _is_of_one_script(text: str) -> bool:
    """Tell whether the letters of a text are of one script for the most part, as those of a chance text are not."""
    scripts = Counter(
        unicodedata.name(character, "").partition(" ")[0] for character in text if character.isalpha()
    )
    return bool(scripts) and scripts.most_common(1)[0][1] >= _MAINLY * scripts.total()


@cache
def _candidates() -> tuple[tuple[str, str], ...]:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return tuple((entry["name"], entry["script"]) for entry in data["candidates"])


def _decoded(sample: bytes, name: str) -> str | None:
    try:
        return sample.decode(name)
    except UnicodeDecodeError as error:
        # The sample may end inside a character.
        return sample[: error.start].decode(name) if error.start > len(sample) - 4 else None


def _fits(sample: bytes, name: str, script: str) -> float:
    """Give the share of the characters beyond ASCII that are plausible where they stand."""
    text = _decoded(sample, name)
    if text is None:
        return 0.0
    beyond = _BEYOND.findall(text)
    if not beyond or (script != "latin" and len(beyond) < _MOSTLY * sum(map(str.isalpha, text))):
        return 0.0
    if script == "han":
        return sum(map(_is_common, beyond)) / len(beyond) if len(beyond) > 3 else 0.0
    return len(_PLAUSIBLE[script].findall(text)) / len(beyond)


def _is_common(character: str) -> bool:
    """Tell whether a character is a common one of Chinese: of the first level of GB 2312 or of Big5."""
    if character in "，。、；：？！「」『』（）《》“”‘’…—　":
        return True
    for name, low, high in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        code = character.encode(name, "ignore")
        if len(code) == 2 and low <= code[0] <= high and "\u4e00" <= character <= "\u9fff":
            return True
    return False
