"""Trailing: what stands after a date and belongs to it, a calendar's name, a style, a weekday, a question mark."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from teipress.dates import styles
from teipress.dates.calendars import CALENDARS
from teipress.dates.grammar import Grammar
from teipress.dates.point import Point
from teipress.dates.slots import one_of
from teipress.dates.variant import replace

_HAN_MORE: Final = "0123456789一二三四五六七八九十明大昭"
_UNSURE: Final = re.compile(r"\s?\?(?=\W*\Z|\])")

_UNSURE_BEFORE: Final = re.compile(r"^\W*\?\W*\Z")  # `? May 1822`


@cache
def _marks() -> re.Pattern[str]:
    marked = [of for of in CALENDARS if of.MARKS]
    inner = "|".join(f"(?P<{of.ID}>{of.MARKS})" for of in marked)
    return re.compile(rf",?\s*(?:[(\[]\s*(?:{inner})\s*[)\]]|(?:{inner.replace('?P<', '?P<_')}))")


@cache
def _weekday_after(known: Grammar) -> re.Pattern[str]:
    """Give the pattern of a weekday after a date: in brackets, or after a comma and at the end of a clause."""
    names = one_of(name for name in known.lexicon.weekdays if len(name) > 4)
    return re.compile(
        rf",?\s?[(\[](?P<inside>{names})[)\]]|,\s?(?P<after>{names})(?=[.;:)\]—–]|,(?!\s?(?:\w+\s)?\d)|\s*(?:\n|\Z))",
        re.IGNORECASE,
    )


class Trailing:
    """Takes what stands after the dates of a text into them; `alone` where the text is one date."""

    def __init__(self, text: str, known: Grammar, alone: bool) -> None:
        self.text, self.known, self.alone = text, known, alone

    def marked(self, p: Point) -> Point:
        """Take a calendar's name that stands after a date into it, and what else says what it means."""
        for how, pattern in self.known.after:
            match = pattern.match(self.text, p.end)
            if match and (self.text[match.end() : match.end() + 1] or " ") not in _HAN_MORE:
                p = replace(p, end=match.end(), qualifiers=(how, *p.qualifiers))
                break
        p = self._with_weekday(p)
        if p.day is not None and (style := styles.stated(self.text, p.end)):
            p = replace(p, style=style[0], end=style[1])
        unsure = _UNSURE.match(self.text, p.end) if self.alone else None
        if self.alone and _UNSURE_BEFORE.search(self.text, 0, p.start):
            p = replace(p, unsure=True)
        if unsure or self.text[p.end - 1 : p.end] == "?":
            p = replace(p, end=unsure.end() if unsure else p.end, unsure=True)
        match = _marks().match(self.text, p.end) if p.calendar is None and p.day is not None else None
        if match and match.lastgroup:
            return replace(p, end=match.end(), calendar=match.lastgroup.lstrip("_").replace("gregorian", ""))
        return p

    def _with_weekday(self, p: Point) -> Point:
        """Take the weekday that stands after a day and its month into it: `January 7, Sunday`."""
        if p.day is None or p.month is None or p.weekday is not None or self.known.han:
            return p
        match = _weekday_after(self.known).match(self.text, p.end)
        if match is None:
            return p
        name = (match["inside"] or match["after"]).lower()
        return replace(p, end=match.end(), weekday=self.known.lexicon.weekdays[name])
