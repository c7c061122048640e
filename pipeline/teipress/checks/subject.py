"""What a check is given: one TEI file, what is in it, and the edition around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

from lxml import etree

from teipress.checks.days import DATING
from teipress.checks.described import Entry, entries
from teipress.checks.pointing import BASE, Lead, Prefixes, leads, pointer_attributes
from teipress.checks.survey import Survey
from teipress.document import ID, LANG, tei
from teipress.edition import Edition
from teipress.finding import Finding, Severity
from teipress.registers import NAMED_BY
from teipress.relaxng import Seen
from teipress.schemas import Schemas

#: The attributes that checks ask a survey for.
WANTED = pointer_attributes() | DATING | {ID, LANG, BASE, "mainLang", "otherLangs", "ident"}
INCLUDE = "{http://www.w3.org/2001/XInclude}include"


@dataclass
class Subject:
    """One TEI file under examination; `name` is what findings call it.

    `said` has what has been said of which attribute of which element, so that no check says it again; `seen` has
    all elements, once the grammar has been through them.
    """

    path: Path
    name: str
    data: bytes
    tree: etree._ElementTree
    edition: Edition | None
    schemas: Schemas
    said: set[tuple[etree._Element, str]] = field(default_factory=set)
    seen: list[Seen] = field(default_factory=list)

    @property
    def root(self) -> etree._Element:
        """The document's outermost element."""
        return self.tree.getroot()

    @cached_property
    def characters(self) -> str:
        """The file's characters, markup and all."""
        encoding = self.tree.docinfo.encoding or "UTF-8"
        return self.data.decode("utf-8-sig" if encoding.upper() == "UTF-8" else encoding, "replace")

    @cached_property
    def survey(self) -> Survey:
        """Where the elements stand in the file, and what they point to."""
        return Survey(self.data, self.root, WANTED, self.seen)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every `xml:id` in the file."""
        return frozenset(value for _, _, value in self.survey.attributes.get(ID, ()))

    @cached_property
    def prefixes(self) -> Prefixes:
        """The private prefixes that the file declares."""
        return Prefixes.of(self.iter("prefixDef"))

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """Every pointer in the file, once for each attribute that holds it."""
        return tuple(leads(self.survey, self.prefixes))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Whom and what the file describes: the entries of persons, places and organisations in it."""
        return tuple(entries(self.iter(*NAMED_BY)))

    @cached_property
    def whole(self) -> bool:
        """Whether the file includes no other."""
        return INCLUDE not in self.survey.names

    def iter(self, *names: str) -> Iterator[etree._Element]:
        """Give the TEI elements of these names, one name after the other."""
        return chain.from_iterable(self.survey.named(tei(name)) for name in names)

    def at(self, offset: int, code: str, severity: Severity, message: str, remedy: str) -> Finding:
        """Make a finding about one of the file's `characters`."""
        begin = self.characters.rfind("\n", 0, offset) + 1
        line = self.characters.count("\n", 0, begin) + 1
        return Finding(self.name, line, offset - begin + 1, code, severity, message, remedy)

    def finding(
        self,
        element: etree._Element | int | None,
        code: str,
        severity: Severity,
        message: str,
        remedy: str = "",
        about: str = "",
    ) -> Finding:
        """Make a finding about an element, given itself or by its number, or about the file as a whole.

        `about` names the attribute that it is about, if any; "" is the element itself.
        """
        if element is None:
            return Finding(self.name, 0, 0, code, severity, message, remedy)
        if isinstance(element, int):
            element = self.survey.element(element)
        self.said.add((element, about))
        return Finding(self.name, *self.survey.of(element), code, severity, message, remedy)
