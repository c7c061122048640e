"""The clock: a time of day that a dateline has beside its day (Guidelines 3.6.4, 14.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from teipress.dates import numerals

_HOUR: Final = r"(?P<h>[01]?\d|2[0-4])(?:[:.](?P<min>[0-5]\d))?"
_SPACED: Final = r"(?P<h3>[01]?\d)\s(?P<min3>[0-5]\d)\s?(?P<half3>[ap])\.?\s?m\b\.?"
_MILITARY: Final = r"(?P<h5>[01]\d|2[0-3])(?P<min5>[0-5]\d)\s?(?:hours|hrs\.?)(?!\w)"
_NAMED: Final = (
    r"(?:(?P<half>[ap])\.?\s?m\b\.?|(?:Uhr|heures?|h|hours|hrs\.?|час(?:ов|а|\.)?|ч\.)(?!\w)"
    r"(?:\s?(?P<more>[0-5]\d)(?!\d))?|o[’']clock\b(?:,?\s(?P<half4>[ap])\.?\s?m\b\.?)?)"
    r"(?:\s(?P<late>abends|nachmittags|du soir|de l[’']après-midi|вечера|дня|пополудни|at night"
    r"|in the (?:evening|afternoon))"
    r"|\s(?:morgens|früh|vormittags|du matin|утра|in the morning|ночи|пополуночи))?"
)
_EARLIER: Final = (
    r"(?:(?:(?P<evening>abends|nachmittags|nachts)|morgens|früh|vormittags|mittags),?\s+(?:um\s+)?(?=\d))?"
)
#: Hours after a preposition; in most languages a figure there is an hour only with its minutes.
_LED: Final = (
    r"(?:(?:at|um|à|в)\s+(?P<h4>[01]?\d|2[0-3])[.:](?P<min4>[0-5]\d)"
    r"|(?:alle(?:\s+ore)?|ore|a\s+las?)\s+(?P<h6>[01]?\d|2[0-3])(?:[.:](?P<min6>[0-5]\d))?)(?![.:]?\d)"
    r"(?:\s(?P<late2>pom(?:eridiane|\.)|di\ssera|del\spomeriggio|de\sla\s(?:tarde|noche))(?!\w))?"
)
_HALF: Final = r"(?:½|halb)\s?(?P<to_half>[1-9]|1[0-2])\s+Uhr(?:\s(?P<late3>abends|nachmittags))?(?!\w)"
_REACH: Final = 40  # characters before a day in which its hour stands
_LONGEST_NOON: Final = 12
_NOON: Final = r"(?P<noon>noon|mittags|midi|полдень)|(?P<midnight>midnight|mitternachts?|minuit|полночь)"
_AFTER: Final = re.compile(
    rf"(?:,|\s*[—–-]|\s*\()?\s*(?:(?<=\s)(?:at|à|um|в|about|alle|a las)\s+)?{_EARLIER}"
    rf"(?:{_HOUR}\s*{_NAMED}|{_MILITARY}|(?:12\s)?(?:{_NOON})(?!\w)|{_HALF}|(?<=\s){_LED}"
    rf"|(?<=[\s,])(?P<h2>[01]?\d|2[0-3]):(?P<min2>[0-5]\d)(?![\d:]))",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(
    rf"(?<![\w.,:])(?<!\d\s)(?:{_HOUR}\s*{_NAMED}|{_MILITARY}|{_SPACED})", re.IGNORECASE
)
_BEGINS: Final = re.compile(rf"\d|{_NOON}", re.IGNORECASE)
_HAN: Final = re.compile(
    r"[，, ]?(?P<part>上午|早上|早晨|凌晨|午前|下午|午後|午后|晚上?|夜|中午|正午)?"
    r"(?P<h>[0-9一二三四五六七八九十]{1,3})[時时點点]"
    r"(?:(?P<half>半)|(?P<min>[0-9〇零一二三四五六七八九十]{1,3})分)?"
)
_BEFORE: Final = re.compile(
    rf"(?<!\w)(?:{_HOUR}\s*{_NAMED}|{_MILITARY}|(?:{_NOON}))(?:,|\s+on|\s+of|\s+am|\s+le)?\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)


def after(text: str, at: int) -> tuple[str, int] | None:
    """Give the time that stands after a day, and where it ends; None where none does."""
    if han := _HAN.match(text, at):
        told = _told_in_han(han)
        return (told, han.end()) if told else None
    match = _AFTER.match(text, at)
    clock = _told(match)
    return (clock, match.end()) if match and clock else None


def before(text: str, at: int) -> tuple[str, int] | None:
    """Give the time that stands before a day, and where it begins; None where none does."""
    begun = max(0, at - _REACH)
    match = _BEFORE.search(text[begun:at])
    clock = _told(match)
    return (clock, begun + match.start()) if match and clock else None


def reach(text: str, within: int) -> int:
    """Give how far behind an hour that begins in the first characters of a text, up to `within`, its day may begin."""
    return _REACH if _BEGINS.search(text, 0, within + _LONGEST_NOON) else 0


def times(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the times of day that a line names by an hour's word, with their ranges."""
    for match in _ALONE.finditer(text):
        if clock := _told(match):
            yield match.start(), match.end(), clock


def _told(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    said = match.groupdict()
    if said.get("noon") or said.get("midnight"):
        return "12:00:00" if said["noon"] else "00:00:00"
    hour = int(_any(said, "h", "h2", "h3", "h4", "h5", "h6") or 0)
    minute = int(_any(said, "min", "min2", "min3", "min4", "min5", "min6", "more") or 0)
    if to := said.get("to_half"):  # halb vier is half past three
        hour, minute = int(to) - 1, 30
    named = _any(said, "half", "half3", "half4")
    half = (named or ("p" if _any(said, "late", "late2", "late3", "evening") else "")).lower()
    if named and not 1 <= hour <= 12:
        return None
    if half and hour <= 12:
        hour = hour % 12 + 12 * (half == "p")
    return f"{hour:02}:{minute:02}:00" if hour < 24 else None


def _any(said: Mapping[str, str | None], *names: str) -> str:
    """Give what one of some groups has taken; empty where none has."""
    return next((part for name in names if (part := said.get(name))), "")


def _told_in_han(match: re.Match[str]) -> str | None:
    hour, minute = numerals.han(match["h"]), numerals.han(match["min"]) if match["min"] else 0
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    late = match["part"] in ("下午", "午後", "午后", "晚", "晚上", "夜") and hour < 12
    return f"{(hour + 12 * late) % 24:02}:{30 if match['half'] else minute:02}:00"
