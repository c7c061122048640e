"""One row of the table: what a spreadsheet shows of an entry, and an entry brought into line with its row.

A cell holds a child of the entry on each line: its text, then its attributes in brackets as they stand in TEI,
`Karakhan [type="short" xml:lang="en"]`. What does not fit on a line stands as XML in the column `more`. Only the
children that a cell says otherwise are touched: the order of the others, their white space, comments stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from teipress.authorities.files import FORMS, kind_of, lay_out
from teipress.document import ID, NAMESPACES, local, tei
from teipress.finding import Refusal

#: The columns that every table has.
FIXED: Final = ("file", "id", "kind", "attributes", "names")
#: The children that have a column where an entry has them, in the order in which a new entry has them.
CHILDREN: Final = (
    *("eventName", "head", "author", "editor", "publisher", "pubPlace", "date", "biblScope", "ref"),
    *(
        "sex",
        "gender",
        "birth",
        "death",
        "floruit",
        "age",
        "nationality",
        "faith",
        "langKnowledge",
        "education",
    ),
    *("occupation", "affiliation", "residence", "state", "trait"),
    *("country", "region", "settlement", "district", "bloc", "geogName", "geo", "desc"),
    *("idno", "note"),
)
LAST: Final = "more"
#: An authority's identifiers in a column of their own: `idno:gnd` is `<idno type="gnd">`.
IDNO: Final = re.compile(r"idno:([\w.\-]+)")

_LINE: Final = re.compile(
    r'(?P<text>.*?)(?:(?:^| )\[(?P<attributes>[\w:.-]+="[^"]*"(?: [\w:.-]+="[^"]*")*)\])?'
)
_ATTRIBUTE: Final = re.compile(r'([\w:.-]+)="([^"]*)"')
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_NAMESPACE: Final = f' xmlns="{etree.QName(tei("TEI")).namespace}"'

Row = dict[str, str]


def row(file: str, entry: etree._Element) -> Row:
    """Give the row of an entry."""
    lines: dict[str, list[str]] = {}
    for child in entry:
        column, line = _cell(child, entry)
        lines.setdefault(column, []).append(line)
    cells = {column: "\n".join(listed) for column, listed in lines.items()}
    attributes = " ".join(written(entry))
    return cells | {
        "file": file,
        "id": entry.get(ID, ""),
        "kind": kind_of(entry),
        "attributes": attributes,
    }


def amend(entry: etree._Element, now: Row, wanted: Row, number: int) -> None:
    """Bring an entry into line with a row; `now` is the row that it has, `number` the row's line in the table."""
    if now["attributes"] != wanted["attributes"]:
        for name in [name for name in entry.attrib if name != ID]:
            del entry.attrib[name]
        set_attributes(entry, wanted["attributes"])
    for column in dict.fromkeys((*wanted, *now)):
        said = wanted.get(column, "")
        if column not in FIXED[:-1] and said != now.get(column, ""):
            _replace(
                entry,
                column,
                [made(entry, column, line, number) for line in said.split("\n") if line.strip()],
            )
    lay_out(entry)


def made(entry: etree._Element, column: str, line: str, number: int) -> etree._Element:
    """Make the child that one line of a cell describes."""
    if column == LAST:
        return parsed(line, number)
    found = _LINE.fullmatch(line.strip())
    assert found is not None
    named_type = IDNO.fullmatch(column)
    tag = FORMS[kind_of(entry)] if column == "names" else "idno" if named_type else column
    child = etree.Element(tei("location" if tag == "geo" else tag), None, NAMESPACES)
    set_attributes(child, found["attributes"] or "")
    if named_type:
        child.set("type", named_type[1])
    if tag == "geo":
        etree.SubElement(child, tei("geo")).text = found["text"]
    else:
        child.text = found["text"] or None
    return child


def _replace(entry: etree._Element, column: str, children: list[etree._Element]) -> None:
    """Put children in the place of those that a column shows now."""
    old = [child for child in entry if _cell(child, entry)[0] == column]
    at = entry.index(old[0]) if old else _place(entry, column)
    for child in old:
        entry.remove(child)
    for offset, child in enumerate(children):
        entry.insert(at + offset, child)


def _place(entry: etree._Element, column: str) -> int:
    """Tell where the children of a column go that the entry had none of: before those that come later."""
    order = {"names": -1, LAST: len(CHILDREN) + 1} | {name: at for at, name in enumerate(CHILDREN)}
    own = order.get(column, order["idno"])
    for at, child in enumerate(entry):
        if order.get(_cell(child, entry)[0], order["idno"]) > own:
            return at
    return len(entry)


def _cell(child: etree._Element, entry: etree._Element) -> tuple[str, str]:
    """Give the column of a child, and its line there."""
    line = _line(child)
    name = local(child)
    if line is None:
        return LAST, xml(child)
    if name == FORMS[kind_of(entry)]:
        return "names", line
    if name == "idno" and set(child.attrib) == {"type"} and IDNO.fullmatch(f"idno:{child.get('type')}"):
        plain = " ".join((child.text or "").split())
        return (f"idno:{child.get('type')}", plain) if _is_plain(plain) else (LAST, xml(child))
    if name == "location":
        return "geo", line
    return (name, line) if name in CHILDREN and name != "geo" else (LAST, xml(child))


def _is_plain(text: str) -> bool:
    plain = _LINE.fullmatch(text)
    return bool(text) and plain is not None and plain["attributes"] is None


def _line(child: etree._Element) -> str | None:
    """Write a child on one line; None where it does not fit there."""
    source = child
    if local(child) == "location":  # of coordinates alone: `<location><geo>59.3 18.1</geo></location>`
        inner = list(child)
        alone = len(inner) == 1 and local(inner[0]) == "geo" and not inner[0].attrib
        if not alone or (child.text or "").strip() or (inner[0].tail or "").strip():
            return None
        source = inner[0]
    attributes = list(written(child))
    text = " ".join((source.text or "").split())
    fits = not len(source) and child.get(ID) is None and (_is_plain(text) or not text)
    if not fits or any(not _ATTRIBUTE.fullmatch(one) or "\n" in one for one in attributes):
        return None
    return f"{text} [{' '.join(attributes)}]".strip() if attributes else text or None


def written(element: etree._Element) -> Iterator[str]:
    """Write the attributes of an element but its id, as they stand in TEI."""
    for name, value in sorted(element.attrib.items()):
        if name != ID:
            escaped = str(value).replace("&", "&amp;").replace('"', "&quot;")
            yield f'{str(name).replace(_XML, "xml:")}="{escaped}"'


def xml(child: etree._Element) -> str:
    """Write an element as one line of XML."""
    text = str(etree.tostring(child, encoding="unicode", with_tail=False))
    return re.sub(r"\s+", " ", text).replace(_NAMESPACE, "", 1)


def parsed(line: str, number: int) -> etree._Element:
    """Read an element that stands as XML on one line of a cell; raise `Refusal` where it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        (child,) = etree.fromstring(f"<x{_NAMESPACE}>{line}</x>", parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal(
            f"line {number} of the table: column {LAST}: {error}", "each line is one element of TEI"
        ) from None
    return child


def set_attributes(element: etree._Element, attributes: str) -> None:
    """Give an element the attributes that a cell lists as they stand in TEI."""
    for name, value in _ATTRIBUTE.findall(attributes):
        plain = value.replace("&quot;", '"').replace("&amp;", "&")
        element.set(name.replace("xml:", _XML), plain)
