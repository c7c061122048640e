"""Where elements stand in a file: line and column of every start tag, counted from 1.

lxml knows no columns, and its lines are off by one past 65,535.
"""

from __future__ import annotations

from array import array
from functools import cached_property
from typing import cast
from xml.parsers import expat

from lxml import etree


class Positions:
    """The places of the elements of one document, found when the first one is asked for."""

    def __init__(self, data: bytes, root: etree._Element) -> None:
        """Keep the file's bytes and the root of the tree that was parsed from them."""
        self._data = data
        self._root = root

    @cached_property
    def _elements(self) -> list[etree._Element]:
        return list(self._root.iter(etree.Element))

    @cached_property
    def _numbers(self) -> dict[etree._Element, int]:
        return {element: number for number, element in enumerate(self._elements)}

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """The places of all start tags; empty where expat, which knows fewer encodings, cannot read the file."""
        places = _start_tags(self._data)
        return places if len(places) == len(self._elements) else []

    def of(self, element: etree._Element) -> tuple[int, int]:
        """Give the line and column of an element's start tag; (line, 0) where the column cannot be known."""
        number = self._numbers.get(element, -1)
        return (
            self._places[number]
            if self._places and number >= 0
            else (cast("int | None", element.sourceline) or 0, 0)
        )

    def at(self, number: int) -> tuple[int, int]:
        """Give the place of the element of this number in the document's order, from 0."""
        return self.of(self._elements[number]) if number < len(self._elements) else (0, 0)


def _start_tags(data: bytes) -> list[tuple[int, int]]:
    lines, columns = array("L"), array("L")
    parser = expat.ParserCreate()

    def start(_name: str, _attributes: dict[str, str]) -> None:
        lines.append(parser.CurrentLineNumber)
        columns.append(parser.CurrentColumnNumber + 1)

    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return []
    return list(zip(lines, columns, strict=True))
