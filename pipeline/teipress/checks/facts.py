"""`Facts`: what the checks of a whole edition need to know of one file, so that no file is read again for them.

They are remembered beside a file's findings, so that they are small, and go to JSON and back. A day is a number
(19180801, for a year before the first -440315), and 0 is a day that nobody has stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from teipress.finding import Finding


class Pointer(NamedTuple):
    """A pointer into another file: as it is written, and as `path` and `fragment`; where it stands first."""

    attribute: str
    element: str
    written: str
    path: str
    fragment: str
    line: int
    column: int
    times: int


class Known(NamedTuple):
    """A person, place or organisation that a file describes, with names (form, language) and idno (type, value).

    `born` and `died` are each the first and the last day that it may have been. Where it stands is known in the
    registers of an edition alone.
    """

    ident: str
    kind: str
    names: tuple[tuple[str, str], ...]
    idnos: tuple[tuple[str, str], ...]
    born: tuple[int, int]
    died: tuple[int, int]
    line: int
    column: int


class Act(NamedTuple):
    """A `correspAction`: its type, the entries (path, fragment) who act in it, and the days between which it was."""

    type: str
    people: tuple[tuple[str, str], ...]
    first: int
    last: int
    line: int
    column: int


class Neighbour(NamedTuple):
    """A letter to which a `correspContext` points: "prev" or "next", in what sequence, and where it is."""

    direction: str
    sequence: str
    path: str
    fragment: str
    line: int
    column: int


class Letter(NamedTuple):
    """A `correspDesc`: its xml:id, its actions, and the letters before and after it."""

    ident: str
    acts: tuple[Act, ...]
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True)
class Facts:
    """What there is to know of one file.

    `whole` is False where it includes others, which are not read; `inside` are the ids of its entries that
    it points to itself, and `related` the pointers of each of its relations.
    """

    readable: bool = True
    whole: bool = True
    ids: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    pointers: tuple[Pointer, ...] = ()
    entries: tuple[Known, ...] = ()
    letters: tuple[Letter, ...] = ()
    related: tuple[tuple[str, ...], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the facts as an object that JSON knows; what is usual is left out."""
        found: dict[str, Any] = {}
        if not self.readable:
            found["readable"] = False
        if not self.whole:
            found["whole"] = False
        for name in ("ids", "inside"):
            if ids := getattr(self, name):
                found[name] = " ".join(sorted(ids))
        for name in ("pointers", "entries", "letters", "related"):
            if rows := getattr(self, name):
                found[name] = rows
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Facts:
        """Read what `as_json` gave."""
        return cls(
            found.get("readable", True),
            found.get("whole", True),
            frozenset(found.get("ids", "").split()),
            frozenset(found.get("inside", "").split()),
            tuple(Pointer(*row) for row in found.get("pointers", ())),
            tuple(map(_known, found.get("entries", ()))),
            tuple(map(_letter, found.get("letters", ()))),
            tuple(map(tuple, found.get("related", ()))),
        )


#: A file of which nothing can be known.
UNREADABLE = Facts(readable=False)


def _known(row: Any) -> Known:
    ident, kind, names, idnos, born, died, line, column = row
    return Known(ident, kind, _pairs(names), _pairs(idnos), tuple(born), tuple(died), line, column)


def _letter(row: Any) -> Letter:
    ident, acts, neighbours = row
    read = (Act(kind, _pairs(people), *rest) for kind, people, *rest in acts)
    return Letter(ident, tuple(read), tuple(Neighbour(*each) for each in neighbours))


def _pairs(rows: Any) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in rows)


@dataclass(frozen=True)
class Examined:
    """What the examination of one file came to."""

    findings: tuple[Finding, ...]
    facts: Facts = UNREADABLE

    def as_json(self) -> dict[str, Any]:
        """Give it as an object that JSON knows."""
        return {
            "findings": [finding.as_json() for finding in self.findings],
            "facts": self.facts.as_json(),
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Examined:
        """Read what `as_json` gave."""
        findings = tuple(Finding(**members) for members in found["findings"])
        return cls(findings, Facts.from_json(found["facts"]))
