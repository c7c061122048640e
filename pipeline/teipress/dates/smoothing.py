"""Smoothing: a text without the brackets, question marks and names of styles that stand inside its dates.

`12 [May?] 1871`, `[12 May] 1871` and `12 May (O.S.) 1871` are the same date to a grammar. What is taken out is
kept in `marks`, at the place where it stood, and every place of the smooth text knows its place in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final

from teipress.dates.calendars import GREGORIAN, calendar

UNSURE: Final = "?"
#: What a smooth text has in place of the bracket in `9 (21) May`.
BRACKETED: Final = re.compile("\u2044")
_SECOND_DAY: Final = re.compile(
    r"(?<=\d)(?P<before>\.?[dhnrst]{0,2}\.?\s?)\((?P<gap>\s?)(?=(?:3[01]|[12]?\d)\.?(?:st|nd|rd|th)?\s?\))[^()]*(?P<close>\))"
)
_BRACKETED: Final = re.compile(
    r"(?P<open>[\[⟨])(?P<doubt>\?\s?)?(?P<inside>[^\[\]⟨⟩\n]{0,40}?)(?P<after>\s?\(?\?\)?)?(?P<close>[\]⟩])"
)
_QUERY: Final = re.compile(r"\s?\(\?\)")
_DATED: Final = re.compile(r"\d[^\n]{0,16}\Z")
_FIGURES: Final = re.compile(r"[\d,–-]+")
_YEAR_BEFORE: Final = re.compile(r"\d{4}\Z")
_FIGURE: Final = re.compile(r"\d")
_BESIDE: Final = 64  # characters: more than a style's name and the day beside it have
_OMITTED: Final = re.compile(r"/\d{1,4}")


@dataclass(frozen=True)
class Mark:
    """What was taken out at a place of the smooth text: the id of a calendar, or `UNSURE`; where it ended."""

    at: int
    says: str
    end: int


@dataclass
class Smooth:
    """A smooth text, with the way back to the text that it was made from."""

    source: str
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)  # in the smooth text, where something was taken out
    _shifts: list[int] = field(default_factory=list)  # how much was taken out up to there

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the range of the source for one of the smooth text, with the bracket that a half of it lacks."""
        begun, ended = self._source(start, bisect_right), self._source(end, bisect_left)
        ended = max([ended, *(mark.end for mark in self._marked(end, end) if mark.says != UNSURE)])
        inside = self.source[begun:ended]
        if inside.count("[") > inside.count("]"):
            ended += next((len(c) for c in ("?]", "]") if self.source.startswith(c, ended)), 0)
        elif inside.count("]") > inside.count("[") and self.source[begun - 1 : begun] == "[":
            begun -= 1
        return begun, ended

    def _source(self, at: int, side: Callable[[list[int], int], int]) -> int:
        found = side(self._places, at)
        return at + (self._shifts[found - 1] if found else 0)

    def said(self, start: int, end: int) -> list[str]:
        """Give what was taken out inside a range of the smooth text, or right after it."""
        return [mark.says for mark in self._marked(start, end)]

    def _marked(self, start: int, end: int) -> list[Mark]:
        """Give what was taken out from one place of the smooth text to another."""
        if not self.marks:
            return []
        places = self._marked_places
        return self.marks[bisect_left(places, start) : bisect_right(places, end)]

    @cached_property
    def _marked_places(self) -> list[int]:
        return [mark.at for mark in self.marks]


def smooth(text: str) -> Smooth:
    """Take brackets of a few words, question marks in them, and the names of Old and New Style out of a text."""
    found = Smooth(text)
    seconds = list(_SECOND_DAY.finditer(text)) if "(" in text else []
    cuts = sorted({*_bracket_cuts(text), *_style_cuts(text), *_second_cuts(seconds)})
    if not cuts:
        found.text = text
        return found
    for match in seconds:  # as long as before, so that every place stays its own
        text = f"{text[: match.end('before')]}\u2044{text[match.end('before') + 1 :]}"
    parts: list[str] = []
    at = length = 0
    for start, end, says in cuts:
        if start < at:
            continue
        parts.append(text[at:start])
        length += start - at
        found._places.append(length)
        found._shifts.append(end - length)
        if says:
            found.marks.append(Mark(length, says, end))
        at = end
    found.text = "".join([*parts, text[at:]])
    return found


def _second_cuts(seconds: list[re.Match[str]]) -> list[tuple[int, int, str]]:
    cuts = [(*match.span(name), "") for match in seconds for name in ("before", "gap", "close")]
    return [cut for cut in cuts if cut[0] < cut[1]]


def _bracket_cuts(text: str) -> list[tuple[int, int, str]]:
    cuts = []
    for match in _BRACKETED.finditer(text) if "[" in text or "⟨" in text else ():
        before, inside = text[match.start() - 1 : match.start()], match["inside"]
        glued = bool(before.strip()) and not before.isdigit()
        note = (glued and _FIGURES.fullmatch(inside)) or re.search(
            r"\d{4}\Z", text[max(0, match.start() - 5) : match.start()]
        )
        if note and not _OMITTED.fullmatch(inside):
            continue  # the number of a note
        if not inside.strip():
            cuts.append((match.start() - (before == " "), match.end(), UNSURE if "?" in match[0] else ""))
            continue
        cuts.append((match.start(), match.end("open"), ""))
        if match["doubt"]:
            cuts.append((match.start("doubt"), match.end("doubt"), UNSURE))
        if match["after"]:
            cuts.append((match.start("after"), match.end("after"), UNSURE))
        cuts.append((match.start("close"), match.end(), ""))
    if "(?)" in text:
        cuts += [(*match.span(), UNSURE) for match in _QUERY.finditer(text)]
    return cuts


@cache
def _styles() -> re.Pattern[str]:
    julian = calendar("julian")
    return re.compile(
        rf"(?:,?\s*[(\[]\s*|,?\s+)(?:(?P<julian>{julian.MARKS})|(?P<gregorian>{GREGORIAN.MARKS}))(?:\s*[)\]])?(?!\w)"
    )


def _style_cuts(text: str) -> list[tuple[int, int, str]]:
    """Find the names of styles that stand after a figure or within a date."""
    cuts = []
    for begun, ended in _dated_stretches(text):
        for match in _styles().finditer(text, begun, ended):
            opened = match[0].lstrip(" ,")[:1] in ("(", "[")
            if not _DATED.search(text[max(0, match.start() - 20) : match.start()]):
                continue
            end = match.end() if opened or text[match.end() - 1] not in ")]" else match.end() - 1
            cuts.append((match.start(), end, match.lastgroup or ""))
        for match in _styles_before().finditer(text, begun, ended):
            if not _DATED.search(text[max(0, match.start() - 20) : match.start()]):
                cuts.append((match.start(), match.end(), match.lastgroup or ""))
    return cuts


def _dated_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of a text in which a style may be named: its letters near a figure."""
    begun = ended = -1
    for match in _MAYBE.finditer(text):
        at = match.start()
        if at < ended - _BESIDE // 2 or not _FIGURE.search(
            text, max(0, at - _BESIDE // 2), at + _BESIDE // 2
        ):
            continue
        if ended > at - _BESIDE:
            ended = at + _BESIDE
            continue
        if ended >= 0:
            yield begun, ended
        begun, ended = max(0, at - _BESIDE), at + _BESIDE
    if ended >= 0:
        yield begun, ended


@cache
def _styles_before() -> re.Pattern[str]:
    """Give the pattern of a style that stands before a date: `O.S. 25 October`."""
    julian = calendar("julian")
    return re.compile(
        rf"(?<!\w)(?:[(\[]\s*)?(?:(?P<julian>{julian.MARKS})|(?P<gregorian>{GREGORIAN.MARKS}))(?:\s*[)\]])?:?,?\s+"
        r"(?=(?:the |den |le |am )?(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|\.)?\s(?:of )?[^\W\d_]"
        r"|[A-Z][a-zé]+\.? (?:3[01]|[12]?\d)\b)"
    )


#: What every name of a style has in it.
_MAYBE: Final = re.compile(r"[Ss]\.|[Ss]t\.|[Ss]t[iy]le|OS\b|NS\b|[Jj]ul|[Gg]reg|[Ss]til|estilo|ст|с\.")
