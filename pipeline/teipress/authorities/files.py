"""The TEI files of the registers: found, extended, written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from teipress.document import ID, NAMESPACES, local, parse, read, serialise, tei, write
from teipress.finding import Refusal
from teipress.original import Original
from teipress.registers import NAMED_BY

#: For each kind of entry, the file where a new one goes, and the list that holds it.
HOMES: Final = {
    "person": ("persons.xml", "listPerson", "Persons"),
    "place": ("places.xml", "listPlace", "Places"),
    "org": ("orgs.xml", "listOrg", "Organisations"),
    "work": ("works.xml", "listBibl", "Works"),
    "event": ("events.xml", "listEvent", "Events"),
}
#: Where relations go; they have no name, and mostly no id.
RELATIONS: Final = ("relations.xml", "listRelation", "Relations")
#: For each kind of entry, the element that names it in a register (Guidelines 14.3); in the texts it is `NAMED_BY`.
FORMS: Final = {**NAMED_BY, "work": "title", "event": "label"}
_ELEMENTS: Final = {"work": "bibl"}
_PARENTS: Final = {"bibl": "listBibl", "event": "listEvent"}
_TEMPLATE: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>{title}</title>
      </titleStmt>
      <publicationStmt>
        <p>Not stated.</p>
      </publicationStmt>
      <sourceDesc>
        <p>The texts of the edition.</p>
      </sourceDesc>
    </fileDesc>
  </teiHeader>
  <standOff>
    <{group}>
    </{group}>
  </standOff>
</TEI>
"""


@dataclass
class AuthorityFiles:
    """All register files of a folder, as trees."""

    folder: Path
    trees: dict[str, etree._ElementTree]
    originals: dict[str, Original] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> AuthorityFiles:
        """Read every TEI file of a folder; one that is not well-formed is `Rejected`."""
        paths = sorted(folder.glob("*.xml"))
        trees = {path.name: read(path) for path in paths}
        return cls(
            folder, trees, {path.name: Original(path.read_bytes(), trees[path.name]) for path in paths}
        )

    def entries(self) -> Iterator[tuple[str, etree._Element]]:
        """Give each entry that has an id, with the name of its file; works and events of their lists too."""
        for name, tree in self.trees.items():
            for element in tree.getroot().iter(*map(tei, (*NAMED_BY, *_PARENTS))):
                if element.get(ID) and _is_entry(element):
                    yield name, element

    def relations(self) -> Iterator[tuple[str, int, etree._Element]]:
        """Give each relation with the name of its file and its number in it, from 1 on."""
        for name, tree in self.trees.items():
            for number, element in enumerate(tree.getroot().iter(tei("relation")), 1):
                yield name, number, element

    def find(self, ident: str) -> tuple[str, etree._Element]:
        """Give the entry with an id and its file; raise `Refusal` where there is none."""
        for name, element in self.entries():
            if element.get(ID) == ident:
                return name, element
        raise Refusal(f'no register has an entry "{ident}"', "teipress register report lists the entries")

    def add(self, entry: etree._Element, file: str = "") -> None:
        """Put a new entry, or a relation, at the end of the list of its kind."""
        home, group, title = RELATIONS if local(entry) == "relation" else HOMES[kind_of(entry)]
        name = file or home
        if name not in self.trees:
            self.trees[name] = parse(_TEMPLATE.format(title=title, group=group).encode(), name)
        found = self._list(name, group)
        found.append(entry)
        lay_out(entry)

    def _list(self, name: str, group: str) -> etree._Element:
        """Give the list of a kind in a file; a new one in its standOff where it has none."""
        root = self.trees[name].getroot()
        found = next((found for found in root.iter(tei(group)) if not _in_header(found)), None)
        if found is None:
            stand_off = next(root.iter(tei("standOff")), None)
            if stand_off is None:
                raise Refusal(f"{self.folder / name} has no {group}", f"add <standOff><{group}/></standOff>")
            found = etree.SubElement(stand_off, tei(group))
            lay_out(found)
        return found

    def save(self) -> list[Path]:
        """Write the files in which something changed, and give them; the others keep every byte."""
        self.folder.mkdir(parents=True, exist_ok=True)
        written = {
            self.folder / name: self.originals[name].serialise(tree)
            if name in self.originals
            else serialise(tree)
            for name, tree in self.trees.items()
        }
        return [path for path, data in written.items() if write(path, data)]


def kind_of(entry: etree._Element) -> str:
    """Give the kind of an entry: person, place, org, work or event."""
    return "work" if local(entry) == "bibl" else local(entry)


def _is_entry(element: etree._Element) -> bool:
    wanted = _PARENTS.get(local(element))
    if wanted is None:
        return True
    parent = element.getparent()
    return parent is not None and local(parent) == wanted and not _in_header(element)


def _in_header(element: etree._Element) -> bool:
    return next(element.iterancestors(tei("teiHeader")), None) is not None


def lay_out(entry: etree._Element) -> None:
    """Indent an entry as its neighbours are."""
    parent = entry.getparent()
    assert parent is not None
    depth = sum(1 for _ in entry.iterancestors())
    previous = entry.getprevious()
    if previous is not None:
        previous.tail = "\n" + "  " * depth
    else:
        parent.text = "\n" + "  " * depth
    etree.indent(entry, "  ", level=depth)
    entry.tail = "\n" + "  " * (depth - (entry.getnext() is None))


def new_entry(kind: str, ident: str, form: str = "") -> etree._Element:
    """Make an entry, with one name if there is one."""
    entry = etree.Element(tei(_ELEMENTS.get(kind, kind)), {ID: ident}, NAMESPACES)
    if form:
        etree.SubElement(entry, tei(FORMS[kind])).text = form
    return entry


def identifier(form: str, taken: set[str]) -> str:
    """Make an id of a name: its letters without accents in lower case, with a number where it is taken."""
    plain = "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c)).lower()
    base = re.sub(r"[^\w]+", "-", plain).strip("-_") or "entry"
    base = base if not base[0].isdigit() else f"e-{base}"
    ident, number = base, 1
    while ident in taken:
        number += 1
        ident = f"{base}-{number}"
    return ident
