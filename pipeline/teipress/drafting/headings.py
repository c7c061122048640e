"""Headings and their levels: by the word for a part, the kind of number, or capitals (Guidelines 4.1)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from teipress.drafting.enumerators import HAN_NUMERALS
from teipress.drafting.lines import Line
from teipress.scripts import UPPER

_DECIMAL: Final = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+\S")
_ROMAN: Final = re.compile(r"^[IVXLC]{1,7}(?:[.)]\s+\S|[.)]?$)")
_LETTER: Final = re.compile(rf"^{UPPER}[.)]\s+\S")
_COUNTED: Final = re.compile(r"^(?:[\d.]+|[IVX]{1,6}[.)])\s*")
_SMALL: Final = re.compile(r"^\(?[a-zа-я]\)\s+\S")
_FEW_SIGNS: Final = 16  # of a heading right above its prose
_HAN: Final = re.compile(rf"^(?P<open>[（(])?[{HAN_NUMERALS}]{{1,3}}[、.）)　]")
_STOPS: Final = (",", ";", "!", ":", "…", "，", "；", "：")
_LONGEST: Final = 120
_NOTED: Final = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹①-⑳]$")
_TOP: Final = 3  # lines of a title
_PLAIN: Final = 70  # the longest heading without a number over a short paragraph
_ENDS: Final = re.compile(r"[.!?:;…。！？：；][”’\"»)\]」』]*(?:\[?[\d*]{1,3}\]?)?$")


@cache
def patterns(key: str) -> tuple[re.Pattern[str], ...]:
    """Give the patterns of one kind of heading, from the highest level to the lowest."""
    data = tomllib.loads(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))
    return tuple(re.compile(body.replace("{n}", data["numbers"]), re.IGNORECASE) for body in data[key])


@cache
def _levels() -> tuple[re.Pattern[str], ...]:
    """Give the patterns of numbered parts, from the highest level to the lowest: the articles of a treaty."""
    return (*patterns("levels"), *patterns("articles"))


def numbers() -> str:
    """Give the expression that the number of a part matches."""
    data = tomllib.loads(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))
    return str(data["numbers"])


def matches(key: str, text: str) -> bool:
    """Tell whether a line is one of a kind: "bibliographies", "ends", "plain", "bylines"."""
    return len(text) <= _LONGEST and any(pattern.match(text) for pattern in patterns(key))


def is_numbered_part(text: str) -> bool:
    """Tell whether a line is headed with a word for a part and its number, and nothing like a sentence."""
    return (
        len(text) <= 80
        and any(pattern.match(text) for pattern in _levels())
        and not text.endswith((",", ";", "，", ":", "："))
        and not re.search(r"[.!?]\s+\w+\s\w+\s\w+.*\.$", text)
        and not (text.endswith((".", "。")) and len(text) > 50)
    )


def kind_of(text: str) -> str:
    """Name the kind of heading that a line would be: "word2", "decimal1", "roman" …; "" for one without a number."""
    return _short_kind_of(text) if len(text) <= _LONGEST else _kind_of(text)


@lru_cache(maxsize=1 << 10)  # a line is asked about as a heading, and as what follows one
def _short_kind_of(text: str) -> str:
    return _kind_of(text)


def _kind_of(text: str) -> str:
    for number, pattern in enumerate(_levels()):
        if pattern.match(text):
            return f"word{number}"
    if match := _DECIMAL.match(text):
        return f"decimal{match[1].count('.')}"
    if match := _HAN.match(text):
        return "han-in-brackets" if match["open"] else "han"
    kinds = (("roman", _ROMAN), ("letter", _LETTER), ("small", _SMALL))
    return next((name for name, pattern in kinds if pattern.match(text)), "")


def could_head(line: Line) -> bool:
    """Tell whether a line has the shape of a heading: short, and no sentence."""
    text = _NOTED.sub("", line.text).rstrip('”"’»')
    if (
        not text
        or not line.within(_LONGEST)
        or "。" in text[:-1]
        or text.endswith(_STOPS)
        or line.text[0] in '[“"«„-–—•*「『'
    ):
        return False
    if line.text[0] in "(（" and not kind_of(line.text):
        return False
    numbered = bool(kind_of(line.text))
    return (
        not text.endswith((".", "。"))
        or is_numbered_part(line.text)
        or (
            (numbered or line.text.isupper()) and not re.search(r"[.。]\s*\S+.*[.。]", _COUNTED.sub("", text))
        )
    )


def find(lines: Sequence[Line], free: Sequence[bool]) -> list[int]:
    """Give the lines that are headings; `free` are those that are no caption, speech or the like.

    A heading stands apart from what is before it, and prose follows it.
    """
    kinds = [kind_of(line.text) if could_head(line) else "" for line in lines]
    counts = Counter(kinds)
    airy = any(
        line.gap for line in lines[_TOP:]
    )  # where no line stands apart, numbers alone tell the headings
    found: list[int] = []
    for at in range(len(lines)):
        if free[at] and _is_close_set(lines, at, kinds[at], counts):
            found.append(at)
        elif (
            not free[at]
            or (at and not lines[at].gap and (airy or counts[kinds[at]] < 2 or not kinds[at]))
            or not (could_head(lines[at]) or is_numbered_part(lines[at].text))
        ):
            continue
        if at + 1 >= len(lines):
            continue
        named = is_numbered_part(lines[at].text) or matches("bibliographies", lines[at].text)
        if named or (
            (lines[at + 1].gap or not airy) and free[at + 1] and _heads(lines, at, kinds[at], counts)
        ):
            found.append(at)
    return found


def _is_close_set(lines: Sequence[Line], at: int, kind: str, counts: Mapping[str, int]) -> bool:
    """Tell whether a line in Chinese is one of several with a number and a few words right above their prose."""
    if kind != "han" or counts[kind] < 2 or len(lines[at].text) > _FEW_SIGNS or at + 1 >= len(lines):
        return False
    below = lines[at + 1]
    return (
        below.gap == 0 and _ENDS.search(below.text) is not None and len(below.text) > 2 * len(lines[at].text)
    )


def _heads(lines: Sequence[Line], at: int, kind: str, counts: Mapping[str, int]) -> bool:
    """Tell whether prose, or a lower heading, follows a line that may be a heading; `counts` are those of kinds."""
    text, following = lines[at].text, lines[at + 1]
    if matches("plain", text):
        return True
    if kind:
        if kind_of(following.text) == kind or (
            at and kind_of(lines[at - 1].text) == kind
        ):  # an item of a list
            return False
        return counts[kind] > 1 or not following.short or len(following.text) > len(text) * 1.5
    if not following.short:
        return True
    if kind_of(following.text) and could_head(following):
        return text.isupper()
    before = lines[at - 1].text if at else ""
    ends = _ENDS.search(before) or not before
    is_sentence = bool(_ENDS.search(following.text)) and len(following.text) > len(text)
    return (
        bool(ends and is_sentence) and len(text) <= _PLAIN and not text[:1].islower() and not _is_name(text)
    )


def _is_name(text: str) -> bool:
    """Tell whether a line is rather who signed, or a date, than what follows: a figure in it, or initials."""
    return bool(re.search(rf"\d|\b{UPPER}\.", text))


def ranks(lines: Sequence[Line]) -> list[int]:
    """Give the level of each heading, from 0: words for parts first, then each kind as it first appears below."""
    kinds = [kind_of(line.text) or ("capitals" if line.text.isupper() else "title") for line in lines]
    order = sorted({kind for kind in kinds if kind.startswith("word")})
    outer = [_is_outer(line.text) for line in lines]
    for kind, is_outer in zip(kinds, outer, strict=True):
        if kind in order or is_outer:
            continue
        deeper = [k for k in order if k.startswith("decimal") and kind.startswith("decimal") and k > kind]
        order.insert(order.index(deeper[0]), kind) if deeper else order.append(kind)
    return [0 if is_outer else order.index(kind) for kind, is_outer in zip(kinds, outer, strict=True)]


def _is_outer(text: str) -> bool:
    """Tell whether a heading is of the highest level wherever it stands: a preface, a bibliography."""
    return any(matches(kind, text) for kind in ("plain", "bibliographies", "notes"))
