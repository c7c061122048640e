"""Registers as a table: one row an entry, for spreadsheets and OpenRefine, and back without loss.

A cell holds a child of the entry on each line: its text, then its attributes in brackets as they stand in TEI,
`Karakhan [type="short" xml:lang="en"]`. Children that do not fit on a line stand as XML in the column `more`.
A row that says what the entry says already changes nothing, not even its white space.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from teipress.authorities.files import HOMES, AuthorityFiles, lay_out
from teipress.document import ID, NAMESPACES, local, tei
from teipress.finding import Refusal
from teipress.registers import NAMED_BY

#: The children that have a column of their own, in the order in which a new entry has them.
_CHILDREN: Final = (
    "birth",
    "death",
    "floruit",
    "occupation",
    "country",
    "settlement",
    "region",
    "idno",
    "note",
)
COLUMNS: Final = ("file", "id", "kind", "attributes", "names", *_CHILDREN, "more")
_LINE: Final = re.compile(
    r'(?P<text>.*?)(?:(?:^| )\[(?P<attributes>[\w:.-]+="[^"]*"(?: [\w:.-]+="[^"]*")*)\])?'
)
_ATTRIBUTE: Final = re.compile(r'([\w:.-]+)="([^"]*)"')
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_NAMESPACE: Final = f' xmlns="{etree.QName(tei("TEI")).namespace}"'

Row = dict[str, str]


def export(files: AuthorityFiles) -> str:
    """Write all entries as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row(name, entry) for name, entry in files.entries())
    return out.getvalue()


def import_(files: AuthorityFiles, text: str) -> list[str]:
    """Bring the registers into line with a table; give the ids that changed. Entries without a row stay.

    Raises `Refusal` for a table that cannot be understood; the trees are then to be thrown away.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    unknown = set(reader.fieldnames or ()) - set(COLUMNS)
    if unknown or not {"id", "kind"} <= set(reader.fieldnames or ()):
        what = (
            f"unknown columns: {', '.join(sorted(unknown))}"
            if unknown
            else "the columns id and kind are missing"
        )
        raise Refusal(f"the table has {what}" if unknown else what, f"the columns are: {', '.join(COLUMNS)}")
    standing = {entry.get(ID): (name, entry) for name, entry in files.entries()}
    changed = []
    for number, cells in enumerate(reader, 2):
        wanted = {column: (cells.get(column) or "").replace("\r\n", "\n") for column in COLUMNS}
        if _take(files, standing.get(wanted["id"]), wanted, set(reader.fieldnames or ()), number):
            changed.append(wanted["id"])
    return changed


def _take(
    files: AuthorityFiles, known: tuple[str, etree._Element] | None, wanted: Row, given: set[str], number: int
) -> bool:
    if known:
        now = row(*known)
        wanted = {column: wanted[column] if column in given else now[column] for column in COLUMNS}
        if wanted == now:
            return False
    if wanted["kind"] not in HOMES or not re.fullmatch(r"[^\W\d][\w.\-·]*", wanted["id"]):
        raise Refusal(
            f'line {number} of the table: kind "{wanted["kind"]}", id "{wanted["id"]}"',
            f"kind is one of {', '.join(HOMES)}; an id is letters, digits, - _ . and begins with a letter",
        )
    entry = _entry(wanted, number)
    if known is None:
        files.add(entry, wanted["file"])
        return True
    old = known[1]
    parent = old.getparent()
    assert parent is not None
    entry.tail = old.tail
    parent.replace(old, entry)
    lay_out(entry)
    return True


def row(file: str, entry: etree._Element) -> Row:
    """Give the row of an entry."""
    cells = dict.fromkeys(COLUMNS, "")
    lines: dict[str, list[str]] = {}
    for child in entry:
        column = "names" if local(child) == NAMED_BY[local(entry)] else local(child)
        line = _line(child) if column in COLUMNS[4:-1] else None
        lines.setdefault(column if line is not None else "more", []).append(
            line if line is not None else _xml(child)
        )
    cells |= {column: "\n".join(listed) for column, listed in lines.items()}
    attributes = " ".join(_written(entry))
    return cells | {"file": file, "id": entry.get(ID, ""), "kind": local(entry), "attributes": attributes}


def _written(element: etree._Element) -> Iterator[str]:
    for name, value in sorted(element.attrib.items()):
        if name != ID:
            escaped = str(value).replace("&", "&amp;").replace('"', "&quot;")
            yield f'{str(name).replace(_XML, "xml:")}="{escaped}"'


def _line(child: etree._Element) -> str | None:
    """Write a child on one line; None where it does not fit there."""
    attributes = list(_written(child))
    text = " ".join((child.text or "").split())
    plain = _LINE.fullmatch(text)
    fits = not len(child) and child.get(ID) is None and plain is not None and plain["attributes"] is None
    if not fits or any(not _ATTRIBUTE.fullmatch(written) or "\n" in written for written in attributes):
        return None
    return f"{text} [{' '.join(attributes)}]".strip() if attributes else text or None


def _xml(child: etree._Element) -> str:
    written = str(etree.tostring(child, encoding="unicode", with_tail=False))
    return re.sub(r"\s+", " ", written).replace(_NAMESPACE, "", 1)


def _entry(cells: Row, number: int) -> etree._Element:
    entry = etree.Element(tei(cells["kind"]), {ID: cells["id"]}, NAMESPACES)
    _set(entry, cells["attributes"])
    for column in COLUMNS[4:-1]:
        tag = NAMED_BY[cells["kind"]] if column == "names" else column
        for line in filter(str.strip, cells[column].split("\n")):
            found = _LINE.fullmatch(line.strip())
            assert found is not None
            child = etree.SubElement(entry, tei(tag))
            child.text = found["text"] or None
            _set(child, found["attributes"] or "")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for line in filter(str.strip, cells["more"].split("\n")):
        try:
            wrapped = etree.fromstring(f"<x{_NAMESPACE}>{line}</x>", parser)
        except etree.XMLSyntaxError as error:
            raise Refusal(
                f"line {number} of the table: column more: {error}", "each line is an element of TEI"
            ) from None
        entry.extend(list(wrapped))
    return entry


def _set(element: etree._Element, attributes: str) -> None:
    for name, value in _ATTRIBUTE.findall(attributes):
        plain = value.replace("&quot;", '"').replace("&amp;", "&")
        element.set(name.replace("xml:", _XML), plain)
