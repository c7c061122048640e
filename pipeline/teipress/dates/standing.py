"""Standing: whether what a pattern has matched is a date where it stands, or figures and words that look like one."""

from __future__ import annotations

import re
from typing import Final

from teipress.dates.context import Context
from teipress.dates.grammar import Grammar
from teipress.dates.memory import Memory
from teipress.dates.point import Point
from teipress.dates.surroundings import Surroundings
from teipress.dates.trailing import Trailing

_PRONOUN: Final = re.compile(r"(?<!\w)I(?= [a-z])")  # as in: May I come?
_FIGURE: Final = re.compile(r"\d")
_SHORTEST: Final = 5  # characters: no date without a figure is shorter
_SHORT: Final = 80  # characters: a dateline, not a sentence
_WORD: Final = re.compile(r"[^\W\d_]+|\d+|\S")
_JOINED: Final = r"(?:,\s*|,?\s+(?:and|or|und|oder|et|ou|и|или|e|o|y|u)\s+)"
_ANOTHER: Final = re.compile(rf"(?<!\d)(?:1\d{{3}}|20\d{{2}}){_JOINED}\Z")
_MORE_YEARS: Final = re.compile(
    rf"\s?[-–—]\s?(?:1\d{{3}}|20\d{{2}})(?![\w/–-])|{_JOINED}(?:1\d{{3}}|20\d{{2}})\b"
)
_NO_DAY: Final = re.compile(r"(?<![\d.,:/-])(?:0|3[2-9]|[4-9]\d)(?:st|nd|rd|th|\.)?\s\Z")
_BEFORE_HYPHEN: Final = re.compile(r"([^\W\d_]+)[-‑]\Z")
_LONGEST_NUMBER: Final = 16  # characters: a word for tens
#: The last figures of a second year after a first, as in 1871–3.
SHORT_YEAR: Final = re.compile(r"\s?[-–—/]\s?(\d\d|(?<=\d[-–])\d(?=\W*\Z|[),;\]]))(?![\w]|[.,/-]\d)")


class Standing:
    """Judges the matches in one text; `alone` where the text is one date."""

    def __init__(self, text: str, known: Grammar, context: Context, memory: Memory, alone: bool) -> None:
        self.text, self.known, self.context, self.memory = text, known, context, memory
        self.alone = alone
        self.around = Surroundings(text, known)
        self.marked = Trailing(text, known, alone).marked
        stripped = text.strip(" \t\n.,;:[]()?")
        first = text.find(stripped) if stripped else 0
        self._core = (first, first + len(stripped))
        words = re.findall(r"[^\W\d_]+", text.lower()) if alone else ()
        self._all_known = alone and all(word in known.words.known_all for word in words)

    def may_stand(self, p: Point) -> bool:
        """Tell whether a match is a date; a day that no month has is a problem."""
        if p.day is None and p.month and (wrong := _NO_DAY.search(self.text[max(0, p.start - 12) : p.start])):
            words = f"{wrong[0].strip()} {self.text[p.start : p.end]}"
            self.memory.problems.append((p.start, p.end, "day", f"no month has a day {words}"))
            return False
        if self._is_counted_on(p.start):
            return False
        if p.terse:
            near = self.context.on or self.context.era or self.memory.last
            return self.is_whole(p.start, p.end) or bool(near and len(self.text) < _SHORT)
        if p.year is None and _PRONOUN.match(self.text, p.end - 1):
            return False
        if p.misread and p.end - p.start < _SHORTEST and not _FIGURE.search(self.text, p.start, p.end):
            return False
        if not p.lone:
            return self.alone or p.rule != "dates.year" or not self.around.is_event(p.start)
        if p.qualifiers:
            return self.alone or self.text[p.end - 1] != "-" or self.text[p.end : p.end + 1] in (")", "]")
        return self._may_stand_alone(p)

    def _may_stand_alone(self, p: Point) -> bool:
        """Tell whether a year that stands alone is one: a word before it, or nothing around it, says so."""
        if self.alone and (self._all_known or self.is_whole(p.start, p.end)):
            return True
        if p.decade or (self.text[p.start].isalpha() and not p.misread):
            return (p.decade and not p.century) or (self.text[p.start] == "M" and p.end - p.start > 4)
        if self.around.is_event(p.start):
            return False
        onward = self.marked(p)
        if "since" in onward.qualifiers and self.text[onward.end - 1] != ".":
            return True  # 1869 onwards; 1869 ff. are pages
        return bool(
            self.around.word_before(p.start) in self.known.words.lone_year
            or _ANOTHER.search(self.text[max(0, p.start - 16) : p.start])
            or SHORT_YEAR.match(self.text, p.end)
            or _MORE_YEARS.match(self.text, p.end)
        )

    def is_asked(self, at: int) -> bool:
        """Tell whether a month, a season or a feast that stands here alone is asked for by a word before it."""
        if self.around.is_habitual(at):
            return False
        if self.known.han:
            return self.alone
        word = _WORD.match(self.text, at)
        if word and word[0].lower() in self.known.words.months_alone:
            return True
        asks = self.known.words.month_asks
        dated = self._all_known and "or" not in asks and bool(_FIGURE.search(self.text, at))
        return dated or self.around.word_before(at) in asks

    def is_habitual(self, match: re.Match[str], groups: dict[str, str]) -> bool:
        """Tell whether a weekday by itself is any such day, as in `jeden Sonntag`, `eines Sonntags`."""
        name = groups.get("v") or groups.get("w") or ""
        return match[0] == name and self.around.word_before(match.start()) in self.known.words.indefinite

    def is_whole(self, start: int, end: int) -> bool:
        """Tell whether a range is all of the text but for the signs around it."""
        return start <= self._core[0] and end >= self._core[1]

    def _is_counted_on(self, at: int) -> bool:
        """Tell whether a place is inside a number in words: the 22nd, `vingt-deuxième`, is not the 2nd."""
        numbers = self.known.lexicon.numbers
        if self.known.han or self.text[at - 1 : at] not in ("-", "‑") or not self.text[at : at + 1].isalpha():
            return False
        tens = _BEFORE_HYPHEN.search(self.text, max(0, at - _LONGEST_NUMBER), at)
        return bool(tens and 0 < numbers.get(tens[1].lower(), 0) < 100)
