"""What befell a letter between its sender and its reader: who carried it, and who sent it on (Guidelines 2.4.6).

`transmitted` says by whom it went, `redirected` where it was sent after an address that was no longer right, and
`forwarded` to whom it was passed on by those who had received it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from teipress.correspondence.days import Attributes, day_in
from teipress.correspondence.persons import addressed
from teipress.correspondence.places import place_of
from teipress.correspondence.sheet import Sheet
from teipress.drafting.correspondents import where_to, without_day

_SENTENCE: Final = re.compile(r"^|(?<=[.;])\s+")
_STOP: Final = re.compile(r"(?<=\w{4})\.\s")


@dataclass(frozen=True)
class Conveyance:
    """One `correspAction` besides sending and receiving; "" and () for what nobody says."""

    kind: str
    person: str = ""
    place: str = ""
    date: Attributes = ()

    def __bool__(self) -> bool:
        return bool(self.person or self.place)


def conveyances(sheet: Sheet, sent: Attributes) -> tuple[Conveyance, ...]:
    """Read what the address, the heading and the notes of those who had a letter say of its way."""
    edges = (
        *sheet.heads,
        *(line for lines in (*sheet.addresses, *sheet.closing_addresses) for line in lines),
    )
    found = [
        *_said("transmitted", (*edges, *sheet.dockets), sheet, sent),
        *_said("redirected", edges, sheet, sent),
        *_said("forwarded", sheet.dockets, sheet, sent),
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def _said(kind: str, lines: tuple[str, ...], sheet: Sheet, sent: Attributes) -> Iterator[Conveyance]:
    pattern = getattr(sheet.words, kind)
    for line in lines:
        said = line.strip("[]() ")
        for start in _SENTENCE.finditer(said):
            if match := pattern.match(said[start.end() :]):
                yield _read(kind, said[start.end() + match.end() :], sheet, sent)


def _read(kind: str, rest: str, sheet: Sheet, sent: Attributes) -> Conveyance:
    """Read the person, the place and the day that stand after the words for what befell a letter."""
    named = without_day(_STOP.split(rest)[0], sheet.code).strip(" .,;")
    person, place = ("", named) if kind == "redirected" else where_to(named, sheet.code)
    person = addressed(f"to {person}", sheet)
    if place or not person:
        place = place_of(place or named, sheet.code, sheet.words)
    return Conveyance(kind, person, place, day_in(rest, sheet.code, sent))
