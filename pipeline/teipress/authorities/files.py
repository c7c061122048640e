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
}
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
        """Give each entry that has an id, with the name of its file."""
        for name, tree in self.trees.items():
            for element in tree.getroot().iter(*map(tei, NAMED_BY)):
                if element.get(ID):
                    yield name, element

    def find(self, ident: str) -> tuple[str, etree._Element]:
        """Give the entry with an id and its file; raise `Refusal` where there is none."""
        for name, element in self.entries():
            if element.get(ID) == ident:
                return name, element
        raise Refusal(f'no register has an entry "{ident}"', "teipress register report lists the entries")

    def add(self, entry: etree._Element, file: str = "") -> None:
        """Put a new entry at the end of the list of its kind."""
        home, group, title = HOMES[local(entry)]
        name = file or home
        if name not in self.trees:
            self.trees[name] = parse(_TEMPLATE.format(title=title, group=group).encode(), name)
        found = next(self.trees[name].getroot().iter(tei(group)), None)
        if found is None:
            raise Refusal(f"{self.folder / name} has no {group}", f"add <{group}/> to its standOff")
        found.append(entry)
        lay_out(entry)

    def save(self) -> list[Path]:
        """Write the files that changed, and give them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        written = {
            self.folder / name: self.originals[name].serialise(tree)
            if name in self.originals
            else serialise(tree)
            for name, tree in self.trees.items()
        }
        return [path for path, data in written.items() if write(path, data)]


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


def new_entry(kind: str, ident: str, form: str) -> etree._Element:
    """Make an entry with one name."""
    entry = etree.Element(tei(kind), {ID: ident}, NAMESPACES)
    etree.SubElement(entry, tei(NAMED_BY[kind])).text = form
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
