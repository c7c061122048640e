"""The XML syntax of RELAX NG (ISO/IEC 19757-2, section 3): which elements and attributes a schema may have."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipress.document import line_of, local, read
from teipress.finding import Refusal, Rejected
from teipress.relaxng.datatypes import RNG, Test, UnknownDatatype
from teipress.relaxng.names import Names

_XML: Final = "http://www.w3.org/XML/1998/namespace"
_XMLNS: Final = "http://www.w3.org/2000/xmlns"
_REMEDY: Final = "name a RELAX NG grammar in XML syntax (.rng)"
_MEND: Final = "mend the schema"
_MOST_FILES: Final = 1_000
_DEEPEST: Final = 200

_NCNAME: Final = re.compile(r"[^\W\d][\w.\-·]*")
_QNAME: Final = re.compile(r"(?:[^\W\d][\w.\-·]*:)?[^\W\d][\w.\-·]*")
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s#<>\"{}|\\^`]+")

_PATTERNS: Final = frozenset(
    {"element", "attribute", "group", "interleave", "choice", "optional", "zeroOrMore", "oneOrMore", "list"}
    | {"mixed", "ref", "parentRef", "empty", "value", "data", "notAllowed", "externalRef", "grammar", "text"}
)
_CLASSES: Final = frozenset({"name", "anyName", "nsName", "choice"})
_PARTS: Final = frozenset({"start", "define", "div"})


class _Rule(NamedTuple):
    """What an element of a schema may have: attributes (those with "!" it must), children, and how many."""

    attributes: str = ""
    children: frozenset[str] = frozenset()
    least: int = 0
    most: int = 1_000_000


_MANY: Final = _Rule("", _PATTERNS, 1)
_RULES: Final[dict[str, _Rule]] = {
    **dict.fromkeys(("group", "interleave", "choice", "optional", "zeroOrMore", "oneOrMore"), _MANY),
    **dict.fromkeys(("list", "mixed"), _MANY),
    **dict.fromkeys(("empty", "notAllowed", "text"), _Rule()),
    **dict.fromkeys(("ref", "parentRef"), _Rule("name!")),
    "element": _Rule("name", _PATTERNS, 1),
    "attribute": _Rule("name", _PATTERNS, 0, 1),
    "value": _Rule("type"),
    "data": _Rule("type!", frozenset({"param", "except"})),
    "param": _Rule("name!"),
    "externalRef": _Rule("href!"),
    "grammar": _Rule("", _PARTS | {"include"}),
    "div": _Rule("", _PARTS | {"include"}),
    "include": _Rule("href!", _PARTS),
    "start": _Rule("combine", _PATTERNS, 1, 1),
    "define": _Rule("name! combine", _PATTERNS, 1),
    "except": _MANY,
}
_NAME_RULES: Final[dict[str, _Rule]] = {
    "name": _Rule(),
    "anyName": _Rule("", frozenset({"except"}), 0, 1),
    "nsName": _Rule("", frozenset({"except"}), 0, 1),
    "choice": _Rule("", _CLASSES, 1),
    "except": _Rule("", _CLASSES, 1),
}


class Files:
    """The files that a schema is made of; all beside it or below, none fetched."""

    def __init__(self) -> None:
        self._places: dict[etree._Element, Path] = {}

    def open(self, path: Path, inherited: str = "", strict: bool = True) -> etree._Element:
        """Read the schema at `path` and check its syntax; raise `Refusal` where it cannot be read."""
        if len(self._places) >= _MOST_FILES:
            raise Refusal(f"{path}: more than {_MOST_FILES} files are included", "put the schema into fewer")
        try:
            root = read(path).getroot()
        except OSError as error:
            raise Refusal(f"{path}: cannot be read: {error.strerror}", _REMEDY) from None
        except Rejected as error:
            raise Refusal(str(error), _REMEDY) from None
        if etree.QName(root).namespace != RNG:
            raise Refusal(f"{path}: not a RELAX NG grammar", _REMEDY)
        if inherited and "ns" not in root.attrib:
            root.set("ns", inherited)
        self._places[root] = path
        if strict:
            _Syntax(self).pattern(root, _PATTERNS, 0)
        return root

    def path(self, part: etree._Element) -> Path:
        """Give the file that an element of a schema stands in."""
        return self._places[part.getroottree().getroot()]

    def place(self, part: etree._Element) -> str:
        """Give the file and line of an element of a schema."""
        return f"{self.path(part)}:{line_of(part)}"

    def refuse(self, part: etree._Element, why: str) -> Refusal:
        """Give the refusal that says what is wrong with an element of a schema, and where."""
        return Refusal(f"{self.place(part)}: <{local(part)}> {why}", _MEND)

    def beside(self, part: etree._Element) -> Path:
        """Resolve @href of `include` or `externalRef`; a schema is never fetched."""
        href, path = part.get("href", "").strip(), self.path(part)
        address = urlsplit(href)
        if address.scheme not in ("", "file") or address.netloc:
            raise Refusal(
                f"{path}: includes {href}, and schemas are not fetched", "save the included schema beside it"
            )
        if address.fragment or href.endswith("#"):
            raise self.refuse(part, "points into a file: @href may have no fragment")
        return path.parent / unquote(address.path)


class _Syntax:
    """Checks one file against section 3, and what sections 4.3, 4.4, 4.10 and 4.16 say of single elements."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._tested: set[Test] = set()

    def pattern(self, part: etree._Element, allowed: frozenset[str], depth: int) -> None:
        """Check an element that must be one of `allowed`, and all inside."""
        kind = local(part)
        if kind not in allowed:
            raise self.files.refuse(part, "may not stand here")
        if depth > _DEEPEST:
            raise self.files.refuse(part, f"is nested more than {_DEEPEST} deep")
        rule = _RULES[kind]
        self._attributes(part, rule)
        inside = self._inside(part, textual=kind in ("value", "param"))
        if kind in ("element", "attribute"):
            inside = self._named(part, inside)
        elif kind in ("data", "value"):
            self._datatype(part, inside)
        if kind == "include" and any(
            local(each) == "include" for each in part.iter(f"{{{RNG}}}include") if each is not part
        ):
            raise self.files.refuse(part, "may not hold another include")
        self._number(part, inside, rule)
        for each in inside:
            self.pattern(each, rule.children, depth + 1)

    def _number(self, part: etree._Element, inside: list[etree._Element], rule: _Rule) -> None:
        if len(inside) < rule.least:
            raise self.files.refuse(part, "is empty")
        if len(inside) > rule.most:
            raise self.files.refuse(part, "holds too much")

    def _inside(self, part: etree._Element, textual: bool) -> list[etree._Element]:
        """Give the children that belong to RELAX NG; others are annotations."""
        if textual:
            if len(part) and any(isinstance(child.tag, str) for child in part):
                raise self.files.refuse(part, "may hold text alone")
            return []
        if any(text.strip() for text in (part.text or "", *(child.tail or "" for child in part))):
            raise self.files.refuse(part, "may not hold text")
        return parts(part)

    def _attributes(self, part: etree._Element, rule: _Rule) -> None:
        known = rule.attributes.replace("!", "").split()
        for name, value in part.attrib.items():
            name, value = str(name), str(value).strip(" \t\r\n")
            if name.startswith("{"):
                continue
            if name == "ns":
                continue
            if name == "datatypeLibrary":
                if value and not _URI.fullmatch(value):
                    raise self.files.refuse(part, f'has a @datatypeLibrary that is no URI: "{value}"')
            elif name not in known:
                raise self.files.refuse(part, f"may not have @{name}")
            elif name == "combine" and value not in ("choice", "interleave"):
                raise self.files.refuse(part, f'has @combine "{value}", neither choice nor interleave')
            elif name in ("name", "type"):
                qualified = local(part) in ("element", "attribute")
                if not (_QNAME if qualified else _NCNAME).fullmatch(value):
                    raise self.files.refuse(part, f'has @{name} "{value}", which is no name')
        for name in rule.attributes.split():
            if name.endswith("!") and name[:-1] not in part.attrib:
                raise self.files.refuse(part, f"has no @{name[:-1]}")

    def _named(self, part: etree._Element, inside: list[etree._Element]) -> list[etree._Element]:
        """Check the name class of an element or attribute; give what is left of its children."""
        if part.get("name") is None:
            if not inside:
                raise self.files.refuse(part, "has no name")
            self._class(inside[0], _CLASSES, frozenset())
            inside = inside[1:]
        names = names_of(self.files, part)
        if local(part) == "attribute":
            for each in _all(names):
                if each.namespace == _XMLNS or (each.kind == "name" and each[1:3] == ("", "xmlns")):
                    raise self.files.refuse(part, "may not be about xmlns")
        return inside

    def _class(self, part: etree._Element, allowed: frozenset[str], excluded: frozenset[str]) -> None:
        kind = local(part)
        if kind not in allowed:
            raise self.files.refuse(part, "is no name class")
        if kind in excluded:
            raise self.files.refuse(part, "may not stand inside this except")
        rule = _NAME_RULES[kind]
        self._attributes(part, rule)
        inside = self._inside(part, textual=kind == "name")
        self._number(part, inside, rule)
        if kind == "name" and not _QNAME.fullmatch((part.text or "").strip()):
            raise self.files.refuse(part, f'"{part.text or ""}" is no name')
        more = {"anyName": {"anyName"}, "nsName": {"anyName", "nsName"}}.get(kind, set())
        for each in inside:
            self._class(each, rule.children, excluded | more)

    def _datatype(self, part: etree._Element, inside: list[etree._Element]) -> None:
        kinds = [local(each) for each in inside]
        if "except" in kinds[:-1]:
            raise self.files.refuse(part, "has something after its except")
        for each in inside:
            if local(each) == "param":
                self._attributes(each, _RULES["param"])
        test = test_of(self.files, part)
        if test not in self._tested:
            self._tested.add(test)
            try:
                test.check()
            except UnknownDatatype as error:
                raise self.files.refuse(part, f"cannot be used: {error}") from None


def parts(holder: etree._Element) -> list[etree._Element]:
    """Give the children that belong to RELAX NG."""
    return list(holder.iterchildren(f"{{{RNG}}}*"))


def inherited(part: etree._Element, name: str) -> str:
    """Look up @ns or @datatypeLibrary, which hold for all that is inside (sections 4.3 and 4.8)."""
    step: etree._Element | None = part
    while step is not None:
        if name in step.attrib:
            return step.get(name, "")
        step = step.getparent()
    return ""


def names_of(files: Files, part: etree._Element) -> Names:
    """Give the name class of an `element` or `attribute`."""
    if part.get("name") is None:
        return _names(files, parts(part)[0])
    return _name(files, part, part.get("name", ""), inherit=local(part) == "element")


def _names(files: Files, part: etree._Element) -> Names:
    match local(part):
        case "name":
            return _name(files, part, part.text or "")
        case "choice":
            return Names("choice", parts=tuple(_names(files, each) for each in parts(part)))
    left_out = part.find(f"{{{RNG}}}except")
    inside = tuple(_names(files, each) for each in parts(left_out)) if left_out is not None else ()
    if local(part) == "nsName":
        return Names("nsName", inherited(part, "ns"), parts=inside)
    return Names("anyName", parts=inside)


def _name(files: Files, part: etree._Element, name: str, inherit: bool = True) -> Names:
    prefix, _, word = name.strip().rpartition(":")
    if not prefix:
        return Names("name", inherited(part, "ns") if inherit else part.get("ns", ""), word)
    if prefix != "xml" and prefix not in part.nsmap:
        raise files.refuse(part, f'names "{name.strip()}", and "{prefix}" is not declared')
    return Names("name", _XML if prefix == "xml" else part.nsmap[prefix], word)


def _all(names: Names) -> Iterator[Names]:
    yield names
    for part in names.parts:
        yield from _all(part)


def test_of(files: Files, part: etree._Element) -> Test:
    """Give the test that a `data` or `value` stands for."""
    if local(part) == "data":
        params = tuple(
            (each.get("name", "").strip(), each.text or "") for each in part.iterfind(f"{{{RNG}}}param")
        )
        return _interned(inherited(part, "datatypeLibrary"), part.get("type", "").strip(), params)
    kind = part.get("type")
    library = inherited(part, "datatypeLibrary") if kind is not None else ""
    test = Test(library, (kind or "token").strip(), (), part.text or "")
    if not test.names:
        return test
    prefix = (part.text or "").strip().rpartition(":")[0]
    space = part.nsmap.get(prefix, "") if prefix else inherited(part, "ns")
    return Test(test.library, test.kind, (), (part.text or "").strip(), space)


@functools.cache
def _interned(library: str, kind: str, params: tuple[tuple[str, str], ...]) -> Test:
    return Test(library, kind, params)
