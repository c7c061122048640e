"""Which encoding a text without a mark is in: told by the statistics of its bytes (chardet, 0BSD).

Nothing is decided in silence: the encoding and the reason are recorded, and a sidecar's `encoding` comes first. What is
considered is in encodings.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import chardet

_DATA: Final = Path(__file__).with_name("encodings.toml")
_SAMPLE: Final = 200_000  # bytes that are looked at
_MAINLY: Final = 0.8  # the share of the letters beyond ASCII that are of a text's main script
_MOSTLY: Final = 0.3  # the least share of letters beyond ASCII in a text of another script than Latin
_READABLE: Final = 0.9  # the share of the characters beyond ASCII that stand in running text
_BEYOND: Final = re.compile("[^\x00-\x7f]")
#: A letter such as ö within a word, which no other encoding writes so.
_LATIN_IN_UTF8: Final = re.compile(rb"[A-Za-z]\xc3[\x9f\xa1-\xaa\xac-\xba\xbc-\xbf][a-z ]")
_RUNNING: Final = frozenset("LMNPZ")  # the categories of characters that running text is made of (UAX 44)
_SIGNS: Final = frozenset("£$€¥°©\n\r\t\f")
_TOGETHER: Final = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "HANGUL": "CJK", "IDEOGRAPHIC": "CJK"}


def detect(data: bytes) -> tuple[str, str]:
    """Give the encoding of a text that is not UTF-8, and the reason; two empty strings where none fits."""
    wide = _without_mark(data)
    if wide:
        return wide, "every other byte is zero"
    sample = data[:_SAMPLE]
    found = chardet.detect(sample, include_encodings=_names(), compat_names=False)
    codec = found["encoding"] or ""
    text = _decoded(sample, codec) if codec in _names() else None
    if text is None or not _is_running_text(text):
        return "", ""
    of = f" of the language “{found['language']}”" if found["language"] else ""
    return _names()[codec], f"by the statistics of its bytes that is the likeliest for a text{of}"


def is_partly_utf8(data: bytes) -> bool:
    """Tell whether a text that is not UTF-8 throughout is UTF-8 for the most part, or in some words of Latin script."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(_BEYOND.findall(text)) > 2 * broken or bool(_LATIN_IN_UTF8.search(data))


def _without_mark(data: bytes) -> str:
    """Tell UTF-16 without a byte order mark: the order in which it is text, and ASCII has its zeros."""
    sample = data[: _SAMPLE & ~1]
    if b"\0" not in sample or _is_ascii_with_zeros(sample):
        return ""
    zeros = {"UTF-16-LE": sample[1::2].count(0), "UTF-16-BE": sample[::2].count(0)}
    for name in sorted(zeros, key=zeros.__getitem__, reverse=True):
        text = _decoded(sample, name)
        if text is not None and "\0" not in text and _is_running_text(text):
            return name
    return ""


def _is_ascii_with_zeros(sample: bytes) -> bool:
    """Tell whether bytes are ASCII text with a few zeros in it, which in UTF-16 would be every other byte."""
    zeros = sample.count(0)
    rest = sample.translate(None, b"\0\t\n\r\f")
    return 3 * zeros < len(sample) and rest.isascii() and rest.decode("ascii").isprintable()


def _is_running_text(text: str) -> bool:
    """Tell whether what is beyond ASCII are letters of one script and signs of running text; chance texts are not."""
    beyond = Counter(_BEYOND.findall(text)) or Counter(text)
    running = sum(times for sign, times in beyond.items() if _runs(sign))
    scripts: Counter[str] = Counter()
    for letter, times in beyond.items():
        if letter.isalpha():
            script = unicodedata.name(letter, "").partition(" ")[0]
            scripts[_TOGETHER.get(script, script)] += times
    script, main = max(scripts.items(), key=lambda item: item[1], default=("", 0))
    if script not in ("", "LATIN") and main < _MOSTLY * sum(map(str.isalpha, text)):
        return False
    return running >= _READABLE * beyond.total() and main >= _MAINLY * scripts.total()


def _runs(sign: str) -> bool:
    return unicodedata.category(sign)[0] in _RUNNING or sign in _SIGNS


@cache
def _names() -> Mapping[str, str]:
    """Give the names that IANA has for the codecs that are considered."""
    return dict(tomllib.loads(_DATA.read_text(encoding="utf-8"))["considered"])


def _decoded(sample: bytes, name: str) -> str | None:
    try:
        return sample.decode(name)
    except UnicodeDecodeError as error:
        # The sample may end inside a character.
        return sample[: error.start].decode(name) if error.start > len(sample) - 4 else None
