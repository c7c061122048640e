"""Registers: the authority files of an edition (Guidelines 14.3), read from TEI.

Persons, places and organisations are what names point to. Works and events are read for their names alone: they
keep a manifesto's words from being taken for its author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from teipress.document import ID, LANG, content, local, read, tei

if TYPE_CHECKING:
    from teipress.names.memory import Memory

#: For each kind of entry, the element that names it in a text.
NAMED_BY: Final = {"person": "persName", "place": "placeName", "org": "orgName"}
#: What the parts of a person's name are called (Guidelines 14.2.1).
_PARTS: Final = ("surname", "forename", "nameLink", "genName")
_ALSO: Final = {"place": ("settlement", "country", "region", "geogName")}
#: The attributes that say when something began, and when it ended, the plainest first.
_BEGINS: Final = ("when", "from", "notBefore")
_ENDS: Final = ("when", "to", "notAfter")
_YEAR: Final = re.compile(r"-?\d{4,5}")
_NUMBER: Final = re.compile(r"-?\d{1,3}(?:\.\d+)?")
#: For works and events, the elements that name them in a register.
_SHIELDS: Final = {"bibl": ("title",), "event": ("label", "eventName", "head")}


@dataclass(frozen=True)
class Name:
    """One form of a name, in a language, with the first and last year of its use where the register has them.

    `title` is what the register says of the bearer beside the name: "General" of `roleName`.
    """

    form: str
    language: str
    first: int | None = None
    last: int | None = None
    title: str = ""


@dataclass(frozen=True)
class Entry:
    """One person, place or organisation; `ref` is how a text in the edition points to it.

    `born` is the earliest year that a register gives for a birth, `died` the latest for a death, `position` the
    latitude and longitude of a place.
    """

    ref: str
    kind: str
    names: tuple[Name, ...]
    born: int | None = None
    died: int | None = None
    position: tuple[float, float] | None = None

    @property
    def tag(self) -> str:
        """The element that names such an entry in a text."""
        return NAMED_BY[self.kind]


@dataclass(frozen=True)
class Naming:
    """How names are found (`[names]` in edition.toml).

    `ambiguous` says what becomes of a name that several entries bear: tag it as a "name" without @ref (for that
    it is one is sure, only whose is not), "leave" it, or point to the "likeliest" with a low @cert.
    `roles` says what becomes of a title before a person's name: "leave" it, or encode it as `roleName` "inside" the
    `persName` or "outside" it (Guidelines 14.2.1). `recognisers` are the statistical models that run, None for
    those that are installed. `proposals` says which names without an entry are proposed: "all", those that are "sure"
    (a title, initials, a list of places tell of them), or "none".
    """

    ambiguous: str = "name"
    recognisers: tuple[str, ...] | None = None
    proposals: str = "all"
    roles: str = "leave"


@dataclass(frozen=True, eq=False)
class Registers:
    """All entries of an edition, the names of its works and events, and how names are found in it."""

    entries: tuple[Entry, ...] = ()
    shields: tuple[str, ...] = ()
    naming: Naming = field(default_factory=Naming)
    memory: Memory | None = None

    @property
    def memory_digest(self) -> str:
        """A digest of what people's decisions say of names elsewhere; empty where they say nothing."""
        return self.memory.digest if self.memory else ""

    @classmethod
    def load(
        cls,
        folder: Path,
        base: str = "registers/",
        naming: Naming | None = None,
        memory: Memory | None = None,
    ) -> Registers:
        """Read every TEI file of a folder; references are written relative to the texts beside it."""
        entries: list[Entry] = []
        shields: list[str] = []
        for path in sorted(folder.glob("*.xml")):
            root = read(path).getroot()
            for element in root.iter(*map(tei, NAMED_BY)):
                ident = element.get(ID)
                if ident:
                    forms = _forms(element)
                    entries.append(
                        Entry(
                            f"{base}{path.name}#{ident}",
                            local(element),
                            tuple(forms),
                            _year(element, "birth", _BEGINS),
                            _year(element, "death", _ENDS),
                            _position(element),
                        )
                    )
            shields += _shields(root)
        return cls(tuple(entries), tuple(dict.fromkeys(shields)), naming or Naming(), memory)


def _forms(element: etree._Element) -> Iterable[Name]:
    tags = (NAMED_BY[local(element)], *_ALSO.get(local(element), ()))
    for name in element.iterchildren(*map(tei, tags)):
        first, last = _year_in(name, _BEGINS), _year_in(name, _ENDS)
        title = " ".join(content(role) for role in name.iterchildren(tei("roleName")))
        for form in dict.fromkeys(filter(None, (_in_order(name), _spaced(name)))):
            yield Name(form, name.get(LANG, ""), first, last, title)


def _in_order(name: etree._Element) -> str:
    """Give a name of which a register says what its parts are, given names first; "" for another."""
    parts = {local(part): content(part) for part in name.iterchildren(*map(tei, _PARTS))}
    if "surname" not in parts:
        return ""
    given = " ".join(content(part) for part in name.iterchildren(tei("forename")))
    return " ".join(filter(None, (given, parts.get("nameLink"), parts["surname"], parts.get("genName"))))


def _spaced(name: etree._Element) -> str:
    """Give all that a name says, with a space between parts that have none."""
    pieces = [name.text or ""]
    for part in name:
        pieces += [content(part) if isinstance(part.tag, str) else "", part.tail or " "]
    return " ".join("".join(pieces).split())


def _year(entry: etree._Element, tag: str, attributes: tuple[str, ...]) -> int | None:
    found = entry.find(tei(tag))
    return None if found is None else _year_in(found, attributes)


def _year_in(element: etree._Element, attributes: tuple[str, ...]) -> int | None:
    """Give the year of the first of some attributes that an element has."""
    values = (element.get(name) or element.get(f"{name}-iso") for name in attributes)
    value = next(filter(None, values), "")
    year = _YEAR.match(value)
    return int(year.group()) if year else None


def _position(entry: etree._Element) -> tuple[float, float] | None:
    """Give the latitude and longitude of a place: two decimal numbers in `geo` (Guidelines 14.3.4)."""
    geo = entry.find(f"{tei('location')}/{tei('geo')}")
    numbers = _NUMBER.findall(content(geo)) if geo is not None else []
    return (float(numbers[0]), float(numbers[1])) if len(numbers) == 2 else None


def _shields(root: etree._Element) -> Iterator[str]:
    """Give the names of works and events: those of `listBibl` and `listEvent` under `standOff` or the text."""
    for group, kind in (("listBibl", "bibl"), ("listEvent", "event")):
        for entry in root.iterfind(f".//{tei(group)}/{tei(kind)}"):
            for name in entry.iterchildren(*map(tei, _SHIELDS[kind])):
                if form := content(name):
                    yield form
