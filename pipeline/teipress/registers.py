"""Registers: the authority files of persons, places and organisations (Guidelines 14.3), read from TEI."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from teipress.document import ID, LANG, content, local, read, tei

#: For each kind of entry, the element that names it in a text.
NAMED_BY: Final = {"person": "persName", "place": "placeName", "org": "orgName"}
_ALSO: Final = {"place": ("settlement", "country", "region", "geogName")}


@dataclass(frozen=True)
class Name:
    """One form of a name, in a language."""

    form: str
    language: str


@dataclass(frozen=True)
class Entry:
    """One person, place or organisation; `ref` is how a text in the edition points to it."""

    ref: str
    kind: str
    names: tuple[Name, ...]

    @property
    def tag(self) -> str:
        """The element that names such an entry in a text."""
        return NAMED_BY[self.kind]


@dataclass(frozen=True)
class Registers:
    """All entries of an edition."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def load(cls, folder: Path, base: str = "registers/") -> Registers:
        """Read every TEI file of a folder; references are written relative to the texts beside it."""
        entries: list[Entry] = []
        for path in sorted(folder.glob("*.xml")):
            for element in read(path).getroot().iter(*map(tei, NAMED_BY)):
                ident = element.get(ID)
                if ident:
                    forms = _forms(element)
                    entries.append(Entry(f"{base}{path.name}#{ident}", local(element), tuple(forms)))
        return cls(tuple(entries))

    def by_form(self) -> dict[str, list[Entry]]:
        """Give, for each form of a name, the entries that bear it."""
        forms: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for form in dict.fromkeys(name.form for name in entry.names):
                forms.setdefault(form, []).append(entry)
        return forms


def _forms(element: etree._Element) -> Iterable[Name]:
    tags = (NAMED_BY[local(element)], *_ALSO.get(local(element), ()))
    for name in element.iterchildren(*map(tei, tags)):
        form = content(name)
        if form:
            yield Name(form, name.get(LANG, ""))
