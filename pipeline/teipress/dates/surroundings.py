"""Surroundings: what stands around a date and says that it is none, or which one it is."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final

from teipress.dates.figures import figures
from teipress.dates.grammar import Grammar
from teipress.dates.point import Point

_CLAUSE: Final = 60  # characters in which the verb stands that a date belongs to
_CLAUSE_END: Final = re.compile(r"[.;:!?]\s")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SOON: Final = 48  # characters
_BESIDE: Final = 4  # words
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[’'.]?[\s(–-]*\Z")
_LEFT: Final = re.compile(r"(?:[\w°–]|\d[.,/:-]|\d |/|\.\d*|\+)\Z")
_CIRCA: Final = re.compile(r"(?<!\w)c\Z")  # as in c1890
_RIGHT: Final = re.compile(r"[\w°]|[.,]\d")
_RIGHT_GLUED: Final = re.compile(r"[A-ZÄÖÜ][a-zäöü]")
_EVENT: Final = re.compile(
    r"(?:(?-i:[A-ZÀ-Þ])\w+|trait[ée]s?|lois?|convention|accords?|chartes?|constitution|révolution|guerre|trattato|legge"
    r"|guerra|tratado|ley|constitución|revolución|act|treaty|agreement)\s+(?:of|von|de|di|del|du|vom)\s*\Z",
    re.IGNORECASE,
)


@cache
def _never() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = figures()
    keys = ("never_after", "never_before", "streets", "events")
    one, two, three, four = (re.compile(data[key], re.IGNORECASE) for key in keys)
    return one, two, three, four


class Surroundings:
    """What stands around the places of a text, in one language."""

    def __init__(self, text: str, known: Grammar) -> None:
        self.text, self.known = text, known

    def edges(self, start: int, end: int) -> bool:
        """Tell whether a range is not a part of a longer word or number, and no amount of something."""
        if self.known.han:
            return True
        text = self.text
        inside = start and text[start].isalnum() and (text[start - 1].isalnum() or text[start - 1] == "_")
        glued = inside and text[start].isdigit() and text[start - 1].isalpha()
        if inside and not (glued and (end - start > 7 or _CIRCA.search(text[max(0, start - 2) : start]))):
            return False
        if not text[end - 1].isdigit():
            return True
        if _RIGHT_GLUED.match(text, end) and end - start > 7:
            return True
        return not _RIGHT.match(text, end) and not _never()[1].match(text, end)

    def is_number(self, at: int) -> bool:
        """Tell whether the figure at a place is the number of something, or a part of a longer one."""
        before = self.text[max(0, at - 14) : at]
        return bool(not self.known.han and (_LEFT.search(before) or _never()[0].search(before)))

    def is_name(self, p: Point) -> bool:
        """Tell whether a date is a part of a name: a street's, or an event's where it has no year."""
        if _never()[2].search(self.text[max(0, p.start - 32) : p.start]):
            return True
        return p.year is None and bool(_never()[3].match(self.text, p.end))

    def word_before(self, at: int) -> str:
        """Give the word before a place, in small letters; empty where none is near."""
        match = _WORD_BEFORE.search(self.text[max(0, at - 24) : at])
        return match[1].lower() if match else ""

    def is_event(self, at: int) -> bool:
        """Tell whether a year names a treaty or the like: `Treaty of 1858`, but not `March of 1858`."""
        if not _EVENT.search(self.text[max(0, at - 40) : at]):
            return False
        words = re.findall(r"\w+", self.text[max(0, at - 40) : at].lower())
        known = self.known.lexicon
        timely = {*known.months, *known.seasons, *self.known.words.follow}
        return not (len(words) > 1 and words[-2] in timely)

    def is_written(self, at: int) -> bool:
        """Tell whether a day is that of a letter or the like, which lies behind: `your letter of the 30th`."""
        before = _LETTERS.findall(self.text[max(0, at - 32) : at].lower())
        return any(word in self.known.words.writings for word in before[-_BESIDE:])

    def lies_ahead(self, at: int) -> bool:
        """Tell whether the clause before a place speaks of what is to come: `I shall return in`."""
        forms = self.known.words.ahead
        if forms is None:
            return False
        clause = _CLAUSE_END.split(self.text[max(0, at - _CLAUSE) : at])[-1]
        return any(forms.fullmatch(word) for word in _LETTERS.findall(clause.lower()))

    def is_habitual(self, at: int) -> bool:
        """Tell whether a month or season is any such one: `every May`, `in May of each year`."""
        known = self.known.words
        if self.word_before(at) in known.indefinite - known.month_asks:
            return True
        words = _LETTERS.findall(self.text[at : at + _SOON].lower())[1 : _BESIDE + 1]
        return any(
            one in known.indefinite and len(one) > 2 and self.known.called(then, self.known.grains) == "year"
            for one, then in pairwise(words)
        )
