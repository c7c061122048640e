"""What the checks ask of all elements, asked once: where they stand, what they are called, what they point to.

The grammar has been through all elements already, and its list is taken where there is one. lxml knows no columns,
and its lines are off by one past 65,535; so the places are looked for when the first is asked for.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final
from xml.parsers import expat

from lxml import etree

from teipress.document import line_of
from teipress.relaxng import Seen

_HIDDEN: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_START: Final = re.compile(rb"<[^/!?]")

#: An attribute: the number of its element in the document's order, from 0, that element's name, and its value.
Attribute = tuple[int, str, str]


class Survey:
    """The places of all start tags of a document, its elements by name, and its attributes that are `wanted`."""

    def __init__(
        self,
        data: bytes,
        root: etree._Element,
        wanted: frozenset[str] = frozenset(),
        seen: Sequence[Seen] = (),
    ) -> None:
        """Keep the file's bytes, the root of the tree that was parsed from them, and all elements if they are known."""
        encoding = root.getroottree().docinfo.encoding or "UTF-8"
        if encoding.upper() not in ("UTF-8", "US-ASCII", "ASCII"):
            data = data.decode(encoding, "replace").encode("utf-8", "replace")
        self.data = data
        self._root = root
        self._wanted = wanted
        self._seen = seen
        self._named: dict[str, list[etree._Element]] = {}

    @cached_property
    def _all(self) -> Sequence[Seen]:
        """All elements, with names and attributes."""
        if self._seen:
            return self._seen
        return [(each, str(each.tag), each.items()) for each in self._root.iter(etree.Element)]  # type: ignore[misc]

    @cached_property
    def _sorted(self) -> tuple[Mapping[str, list[Attribute]], frozenset[str]]:
        """The wanted attributes and the names of all elements, found on one way through the document."""
        found: dict[str, list[Attribute]] = defaultdict(list)
        names: set[str] = set()
        wanted, meet = self._wanted, names.add
        for number, (_, tag, items) in enumerate(self._all):
            meet(tag)
            if items:
                for name, value in items:
                    if name in wanted:
                        found[name].append((number, tag, value))
        return found, frozenset(names)

    @property
    def attributes(self) -> Mapping[str, list[Attribute]]:
        """Those attributes that are wanted, by their names, each in the document's order."""
        return self._sorted[0]

    @property
    def names(self) -> frozenset[str]:
        """The names of all elements that there are."""
        return self._sorted[1]

    def named(self, name: str) -> Sequence[etree._Element]:
        """Give the elements of this name, in the document's order."""
        if name not in self.names:
            return ()
        if name not in self._named:
            self._named[name] = list(self._root.iter(name))
        return self._named[name]

    @cached_property
    def _numbers(self) -> Mapping[etree._Element, int]:
        return {element: number for number, (element, _, _) in enumerate(self._all)}

    def element(self, number: int) -> etree._Element:
        """Give the element of this number."""
        return self._all[number][0]

    def of(self, element: etree._Element) -> tuple[int, int]:
        """Give the line and column of an element's start tag; (line, 0) where the column cannot be known."""
        return self.at(self._numbers[element]) if self._starts else (line_of(element), 0)

    def at(self, number: int) -> tuple[int, int]:
        """Give the place of the start tag of the element of this number."""
        return self.place(self._starts[number]) if self._starts else (line_of(self.element(number)), 0)

    def before(self, offset: int) -> etree._Element | None:
        """Give the element whose start tag is the last before a byte of the file, read as UTF-8."""
        number = bisect_right(self._starts, offset) - 1
        return self.element(number) if number >= 0 else None

    def place(self, offset: int) -> tuple[int, int]:
        """Give the line and column of a byte of the file, read as UTF-8."""
        line = bisect_right(self._lines, offset) - 1
        before = self.data[self._lines[line] : offset].decode("utf-8", "replace")
        return line + 1, len(before.lstrip("\ufeff")) + 1

    @cached_property
    def _lines(self) -> Sequence[int]:
        """The offsets at which lines begin."""
        return [0, *accumulate(len(line) + 1 for line in self.data.split(b"\n"))]

    @cached_property
    def _starts(self) -> array[int]:
        """The offsets of all start tags; none where they cannot be known."""
        if b"<!DOCTYPE" not in self.data:  # no "<" but those of markup
            data = _HIDDEN.sub(lambda match: b" " * len(match[0]), self.data)
            starts = array("L", map(re.Match.start, _START.finditer(data)))
        else:
            starts = self._parsed()
        return starts if len(starts) == len(self._all) else array("L")

    def _parsed(self) -> array[int]:
        """Give the offsets of all start tags where a DTD may have others in its entities."""
        starts = array("L")
        parser = expat.ParserCreate("UTF-8")
        add = starts.append
        parser.StartElementHandler = lambda _name, _attributes: add(parser.CurrentByteIndex)
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError:
            return array("L")
        return starts
