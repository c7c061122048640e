"""What a check is given: one TEI file, the edition around it, and the other files that it may point to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from teipress.document import ID, read
from teipress.edition import Edition
from teipress.finding import Finding, Rejected, Severity
from teipress.positions import Positions
from teipress.schemas import Schemas


@dataclass
class Library:
    """The ids in files that other files point to, each file read once."""

    _ids: dict[Path, frozenset[str] | None] = field(default_factory=dict)

    def ids(self, path: Path) -> frozenset[str] | None:
        """Give the ids in the XML file at `path`; None where it cannot be read."""
        if path not in self._ids:
            try:
                self._ids[path] = ids_in(read(path).getroot())
            except (OSError, Rejected):
                self._ids[path] = None
        return self._ids[path]


def ids_in(root: etree._Element) -> frozenset[str]:
    """Give every `xml:id` in a document."""
    return frozenset(element.get(ID, "") for element in root.iter(etree.Element) if ID in element.attrib)


@dataclass
class Subject:
    """One TEI file under examination; `name` is what findings call it."""

    path: Path
    name: str
    data: bytes
    tree: etree._ElementTree
    edition: Edition | None
    schemas: Schemas
    library: Library

    @property
    def root(self) -> etree._Element:
        """The document's outermost element."""
        return self.tree.getroot()

    @cached_property
    def positions(self) -> Positions:
        """Where the elements stand in the file."""
        return Positions(self.data, self.root)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every `xml:id` in the file."""
        return ids_in(self.root)

    def finding(
        self,
        element: etree._Element | int | None,
        code: str,
        severity: Severity,
        message: str,
        remedy: str = "",
    ) -> Finding:
        """Make a finding about an element, given itself or by its number, or about the file as a whole."""
        if element is None:
            line, column = 0, 0
        elif isinstance(element, int):
            line, column = self.positions.at(element)
        else:
            line, column = self.positions.of(element)
        return Finding(self.name, line, column, code, severity, message, remedy)
