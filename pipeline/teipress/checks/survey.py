"""One pass over the bytes of a file, which the checks share: where elements stand, and what they point to.

lxml knows no columns, and its lines are off by one past 65,535; and to ask it for the attributes of every element
takes longer than to read the file once more.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Final
from xml.parsers import expat

from lxml import etree

from teipress.document import XML, line_of

#: Names as the survey has them: like lxml's, without the first brace.
ID: Final = f"{XML}}}id"
LANG: Final = f"{XML}}}lang"


#: An attribute: the number of its element in the document's order, from 0, that element's name, and its value.
Attribute = tuple[int, str, str]


class Survey:
    """The places of all start tags of a document, the names of its elements, and its attributes that are `wanted`."""

    def __init__(self, data: bytes, root: etree._Element, wanted: frozenset[str] = frozenset()) -> None:
        """Keep the file's bytes and the root of the tree that was parsed from them."""
        encoding = root.getroottree().docinfo.encoding or "UTF-8"
        if encoding.upper() not in ("UTF-8", "US-ASCII", "ASCII"):
            data = data.decode(encoding, "replace").encode("utf-8", "replace")
        self.data = data
        self._root = root
        self._wanted = wanted
        self._walk = enumerate(root.iter(etree.Element))
        self._numbers: dict[etree._Element, int] = {}
        self._by_number: list[etree._Element] = []

    @property
    def attributes(self) -> Mapping[str, list[Attribute]]:
        """Those attributes that are wanted, by their names, each in the document's order."""
        return self._passed[1]

    @property
    def names(self) -> frozenset[str]:
        """The names of all elements."""
        return self._passed[2]

    def element(self, number: int) -> etree._Element:
        """Give the element of this number."""
        while len(self._by_number) <= number:
            self._next()
        return self._by_number[number]

    def of(self, element: etree._Element) -> tuple[int, int]:
        """Give the line and column of an element's start tag; (line, 0) where the column cannot be known."""
        if not self._passed[0]:
            return line_of(element), 0
        while element not in self._numbers:
            self._next()
        return self.at(self._numbers[element])

    def at(self, number: int) -> tuple[int, int]:
        """Give the place of the start tag of the element of this number."""
        starts = self._passed[0]
        return self.place(starts[number]) if starts else (line_of(self.element(number)), 0)

    def place(self, offset: int) -> tuple[int, int]:
        """Give the line and column of a byte of the file, read as UTF-8."""
        begin = self.data.rfind(b"\n", 0, offset) + 1
        line = self.data.count(b"\n", 0, begin) + 1
        return line, len(self.data[begin:offset].decode("utf-8", "replace").lstrip("\ufeff")) + 1

    def _next(self) -> None:
        number, element = next(self._walk)
        self._numbers[element] = number
        self._by_number.append(element)

    @cached_property
    def _passed(self) -> tuple[array[int], Mapping[str, list[Attribute]], frozenset[str]]:
        """The offsets of all start tags, attributes, names; no offsets where expat cannot read the file."""
        starts = array("L")
        found: dict[str, list[Attribute]] = defaultdict(list)
        names: set[str] = set()
        parser = expat.ParserCreate("UTF-8", "}")
        parser.ordered_attributes = True
        wanted, add, see = self._wanted, starts.append, names.add

        def start(name: str, attributes: list[str]) -> None:
            add(parser.CurrentByteIndex)
            see(name)
            if attributes:
                for at in range(0, len(attributes), 2):
                    if (key := attributes[at]) in wanted:
                        found[key].append((len(starts) - 1, name, attributes[at + 1]))

        parser.StartElementHandler = start
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError:
            return array("L"), *self._slowly()
        return starts, found, frozenset(names)

    def _slowly(self) -> tuple[Mapping[str, list[Attribute]], frozenset[str]]:
        found: dict[str, list[Attribute]] = defaultdict(list)
        names: set[str] = set()
        for number, element in enumerate(self._root.iter(etree.Element)):
            kind = str(element.tag).removeprefix("{")
            names.add(kind)
            for name, value in element.items():
                if (key := str(name).removeprefix("{")) in self._wanted:
                    found[key].append((number, kind, str(value)))
        return found, frozenset(names)
