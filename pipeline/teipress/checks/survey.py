"""One pass over the bytes of a file, which the checks share: where elements stand, and what they point to.

lxml knows no columns, and its lines are off by one past 65,535; and to ask it for the attributes of every element
takes longer than to read the file once more.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple
from xml.parsers import expat

from lxml import etree

from teipress.document import XML, line_of

#: Names as the survey has them: like lxml's, without the first brace.
ID: Final = f"{XML}}}id"
LANG: Final = f"{XML}}}lang"


class Attribute(NamedTuple):
    """An attribute: the number of its element in the document's order, from 0, that element's name, and its own."""

    number: int
    element: str
    name: str
    value: str


class Survey:
    """The places of all start tags of a document, and those of its attributes that are `wanted`."""

    def __init__(self, data: bytes, root: etree._Element, wanted: frozenset[str] = frozenset()) -> None:
        """Keep the file's bytes and the root of the tree that was parsed from them."""
        encoding = root.getroottree().docinfo.encoding or "UTF-8"
        if encoding.upper() not in ("UTF-8", "US-ASCII", "ASCII"):
            data = data.decode(encoding, "replace").encode("utf-8", "replace")
        self._data = data
        self._root = root
        self._wanted = wanted
        self._walk = enumerate(root.iter(etree.Element))
        self._numbers: dict[etree._Element, int] = {}
        self._by_number: list[etree._Element] = []

    @property
    def attributes(self) -> list[Attribute]:
        """Those attributes that are wanted, in the document's order."""
        return self._passed[1]

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
        begin = self._data.rfind(b"\n", 0, offset) + 1
        line = self._data.count(b"\n", 0, begin) + 1
        return line, len(self._data[begin:offset].decode("utf-8", "replace").lstrip("\ufeff")) + 1

    def _next(self) -> None:
        number, element = next(self._walk)
        self._numbers[element] = number
        self._by_number.append(element)

    @cached_property
    def _passed(self) -> tuple[array[int], list[Attribute]]:
        """The offsets of all start tags, and the attributes; no offsets where expat cannot read the file."""
        starts = array("L")
        found: list[Attribute] = []
        parser = expat.ParserCreate("UTF-8", "}")
        parser.ordered_attributes = True
        wanted, add = self._wanted, starts.append

        def start(name: str, attributes: list[str]) -> None:
            add(parser.CurrentByteIndex)
            if attributes and not wanted.isdisjoint(attributes):
                pairs = zip(attributes[::2], attributes[1::2], strict=True)
                found.extend(
                    Attribute(len(starts) - 1, name, key, value) for key, value in pairs if key in wanted
                )

        parser.StartElementHandler = start
        try:
            parser.Parse(self._data, True)
        except expat.ExpatError:
            return array("L"), list(self._slowly())
        return starts, found

    def _slowly(self) -> Iterator[Attribute]:
        for number, element in enumerate(self._root.iter(etree.Element)):
            for name, value in element.items():
                if (key := str(name).removeprefix("{")) in self._wanted:
                    yield Attribute(number, str(element.tag).removeprefix("{"), key, str(value))
