"""`Mention`: a name that was found in a reading, before it is known whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

PERSON: Final = "person"
PLACE: Final = "place"
ORG: Final = "org"


class Mention(NamedTuple):
    """The range `[start, end)` of a reading names a person, a place or an organisation.

    `rule` says what told so, and `strength` how well it tells: 1 for a word that only its place in the sentence
    speaks for, 5 for initials or a title before a surname.
    """

    start: int
    end: int
    kind: str
    rule: str
    strength: int


def without_overlaps(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Give mentions of which no two share a character: the stronger wins, then the longer, then the first."""
    chosen: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (-m.strength, m.start - m.end, m.start, m.kind)):
        extent = range(mention.start, mention.end)
        if taken.isdisjoint(extent):
            taken.update(extent)
            chosen.append(mention)
    yield from sorted(chosen)
