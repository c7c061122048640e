"""Datatypes: the built-in library of RELAX NG (string, token), and XML Schema's as libxml2 knows them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

RNG: Final = "http://relaxng.org/ns/structure/1.0"
XSD: Final = "http://www.w3.org/2001/XMLSchema-datatypes"
Params = tuple[tuple[str, str], ...]

_FACETS: Final = frozenset(
    {"pattern", "length", "minLength", "maxLength", "minInclusive", "maxInclusive"}
    | {"minExclusive", "maxExclusive", "totalDigits", "fractionDigits"}
)
_WORD: Final = re.compile(r"[^ \t\r\n]+")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_PLAIN_POINTER: Final = re.compile(r"#?[A-Za-z0-9_.-]+")
#: What is so plain that libxml2 need not be asked.
_PLAIN: Final = {"NCName": _PLAIN_NAME, "ID": _PLAIN_NAME, "Name": _PLAIN_NAME, "anyURI": _PLAIN_POINTER}
_QNAME: Final = re.compile(r"(?:([^\W\d][\w.\-·]*):)?([^\W\d][\w.\-·]*)")


class UnknownDatatype(Exception):
    """A schema names a datatype, parameter or value that there is not; the message says which."""


def words(text: str) -> list[str]:
    """Split a text at white space, which in XML is four characters."""
    return _WORD.findall(text)


def blank(text: str) -> bool:
    """Tell whether a text is white space alone."""
    return not text.strip(" \t\r\n")


@dataclass(frozen=True)
class Test:
    """Whether a text is of a datatype, or one value of it.

    `names` says that it depends on the namespace prefixes in force. `value` is None where every value will do.
    """

    library: str
    kind: str
    params: Params = ()
    value: str | None = None
    space: str | None = None  # of a QName: the namespace of the value

    @property
    def names(self) -> bool:
        """Tell whether the answer depends on the namespace prefixes in force."""
        return self.kind in ("QName", "NOTATION") and self.library == XSD

    def __call__(self, text: str, prefixes: Mapping[str | None, str]) -> bool:
        """Tell whether a text passes."""
        if self.names:
            return self._name(text, prefixes)
        if self.kind in ("string", "token") and not self.params:
            if self.value is None:
                return True
            exact = self.kind == "string"
            return text == self.value if exact else words(text) == words(self.value)
        if (
            not self.params
            and self.value is None
            and self.kind in _PLAIN
            and _PLAIN[self.kind].fullmatch(text)
        ):
            return True
        return _judge(self.library, self.kind, self.params, self.value)(text)

    def _name(self, text: str, prefixes: Mapping[str | None, str]) -> bool:
        match = _QNAME.fullmatch(text.strip(" \t\r\n"))
        if not match or (match[1] and match[1] not in prefixes and match[1] != "xml"):
            return False
        if self.value is None:
            return True
        return (prefixes.get(match[1], ""), match[2]) == (self.space or "", self.value.split(":")[-1])

    def check(self) -> None:
        """Raise `UnknownDatatype` where there is no such datatype, parameter or value."""
        if self.library == "":
            if self.kind not in ("string", "token"):
                raise UnknownDatatype(f'"{self.kind}" is no built-in datatype: those are string and token')
            if self.params:
                raise UnknownDatatype(f'the built-in datatype "{self.kind}" has no parameters')
            return
        if self.library != XSD:
            raise UnknownDatatype(f"the datatype library {self.library} is not known")
        for name, _ in self.params:
            if name not in _FACETS:
                raise UnknownDatatype(f'"{name}" is no parameter of a datatype of XML Schema')
        accepts = _judge(self.library, self.kind, self.params, None)
        if self.value is not None and not self.names and not accepts(self.value):
            raise UnknownDatatype(f'"{self.value}" is not of the datatype "{self.kind}"')


@functools.lru_cache(maxsize=4096)
def _judge(library: str, kind: str, params: Params, value: str | None) -> Callable[[str], bool]:
    """Give libxml2's own test for a datatype, as a grammar of a single element."""
    grammar = etree.Element(f"{{{RNG}}}element", {"name": "value", "datatypeLibrary": library})
    data = etree.SubElement(grammar, f"{{{RNG}}}{'data' if value is None else 'value'}", {"type": kind})
    data.text = value
    for name, facet in params:
        etree.SubElement(data, f"{{{RNG}}}param", {"name": name}).text = facet
    try:
        test = etree.RelaxNG(grammar)
    except etree.RelaxNGParseError:
        raise UnknownDatatype(f'the datatype "{kind}" is not known, or not with these parameters') from None
    element = etree.Element("value")

    def accepts(text: str) -> bool:
        try:
            element.text = text
        except ValueError:  # a character that XML does not have
            return False
        return bool(test.validate(element))

    return accepts
