"""Ranges of a text that survive its editing: by quotation, with what stands before and after.

This is the Text Quote Selector of the Web Annotation Data Model (W3C, section 4.2.4), over the text with its
white space folded, so that neither a new line nor another indentation moves anything.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import ahocorasick

CONTEXT: Final = 24  # characters of context on each side
_GAP: Final = re.compile(r"\s\s+|[^\S ]")  # white space that is not one space


@dataclass(frozen=True)
class Quotation:
    """A passage as quoted; `nth` counts from 1 the places that have the same words and context."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    nth: int = 1

    def as_json(self) -> dict[str, Any]:
        """Give the members of a JSON object; `nth` only where it says something."""
        members: dict[str, Any] = {"quote": self.quote, "prefix": self.prefix, "suffix": self.suffix}
        return members | ({"nth": self.nth} if self.nth > 1 else {})

    @classmethod
    def from_json(cls, members: dict[str, Any]) -> Quotation:
        """Read what `as_json` wrote, or what a person wrote with less."""
        return cls(
            members["quote"], members.get("prefix", ""), members.get("suffix", ""), members.get("nth", 1)
        )


class Anchors:
    """Quotes ranges of one text, and finds quotations in it; both take time linear in the text."""

    def __init__(self, text: str) -> None:
        self._starts = array("q")  # of each folded stretch, where it begins in the text
        self._folded = array("q")  # and where in the folded text
        pieces: list[str] = []
        length, at = 0, len(text) - len(text.lstrip())
        for gap in _GAP.finditer(text, at):
            if gap.start() > at:
                self._add(at, length)
                pieces.append(text[at : gap.start()])
                length += gap.start() - at
            if length:
                self._add(gap.start(), length)
                pieces.append(" ")
                length += 1
            at = gap.end()
        if at < len(text):
            self._add(at, length)
            pieces.append(text[at:])
        self.folded = "".join(pieces)

    def _add(self, start: int, folded: int) -> None:
        self._starts.append(start)
        self._folded.append(folded)

    def _to_folded(self, offset: int) -> int:
        at = max(0, bisect_right(self._starts, offset) - 1)
        return self._folded[at] + offset - self._starts[at] if self._starts else 0

    def to_text(self, offset: int) -> int:
        """Give where a character of the folded text stands in the text."""
        at = max(0, bisect_right(self._folded, offset) - 1)
        return self._starts[at] + offset - self._folded[at]

    def quote(self, ranges: Iterable[tuple[int, int]]) -> list[Quotation]:
        """Quote ranges of the text."""
        folded = [(self._to_folded(start), self._to_folded(end - 1) + 1) for start, end in ranges]
        quotations = [self._quotation(start, end) for start, end in folded]
        places = self._places({self.folded[start:end] for start, end in folded})
        ordinals = {(q, start): nth for q, starts in places.items() for nth, start in enumerate(starts, 1)}
        return [
            replace(quotation, nth=ordinals[quotation, start])
            for quotation, (start, _) in zip(quotations, folded, strict=True)
        ]

    def _quotation(self, start: int, end: int) -> Quotation:
        folded = self.folded
        return Quotation(
            folded[start:end], folded[max(0, start - CONTEXT) : start], folded[end : end + CONTEXT]
        )

    def _places(self, quotes: set[str]) -> dict[Quotation, list[int]]:
        """Give for each of these quotes, with each context, where it stands."""
        places: dict[Quotation, list[int]] = defaultdict(list)
        for start, end in self._occurrences(quotes):
            places[self._quotation(start, end)].append(start)
        return places

    def _occurrences(self, quotes: set[str]) -> Iterable[tuple[int, int]]:
        automaton = ahocorasick.Automaton()
        for quote in filter(None, quotes):
            automaton.add_word(quote, len(quote))
        if not len(automaton):
            return
        automaton.make_automaton()
        for last, length in automaton.iter(self.folded):
            yield last + 1 - length, last + 1

    def find(self, quotations: Iterable[Quotation]) -> list[tuple[int, int] | None]:
        """Find quotations; None for one that stands nowhere, or in several places that it does not tell apart.

        A quotation with less context than `CONTEXT` stands where its context fits.
        """
        wanted = list(quotations)
        occurrences: dict[str, list[int]] = defaultdict(list)
        for start, end in self._occurrences({quotation.quote for quotation in wanted}):
            occurrences[self.folded[start:end]].append(start)
        places: dict[Quotation, list[int]] = defaultdict(list)
        for quote, starts in occurrences.items():
            for start in starts:
                places[self._quotation(start, start + len(quote))].append(start)
        return [self._find(quotation, places, occurrences) for quotation in wanted]

    def _find(
        self, wanted: Quotation, places: dict[Quotation, list[int]], occurrences: dict[str, list[int]]
    ) -> tuple[int, int] | None:
        size = len(wanted.quote)
        found = places.get(Quotation(wanted.quote, wanted.prefix, wanted.suffix), [])
        if not found:
            found = [at for at in occurrences.get(wanted.quote, ()) if self._fits(wanted, at)]
        is_vague = len(found) > 1 and wanted.nth == 1 and len(wanted.prefix) + len(wanted.suffix) < CONTEXT
        if is_vague or wanted.nth > len(found):
            return None
        start = found[wanted.nth - 1]
        return self.to_text(start), self.to_text(start + size - 1) + 1

    def _fits(self, wanted: Quotation, at: int) -> bool:
        end = at + len(wanted.quote)
        return self.folded.endswith(wanted.prefix, 0, at) and self.folded.startswith(wanted.suffix, end)
