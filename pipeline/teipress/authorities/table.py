"""Registers as a table: one row an entry, for spreadsheets and OpenRefine, and back without loss.

Persons, places, organisations, works, events and relations are rows of one table; `rows` says what a cell holds. A
relation's row has in `names` what it is, in `active`, `passive` and `mutual` whose; its id, where it has none, is its
number in its file. A row that says what the entry says already changes nothing, not even its white space.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from lxml import etree

from teipress.authorities.files import HOMES, AuthorityFiles, lay_out, new_entry
from teipress.authorities.rows import (
    CHILDREN,
    FIXED,
    IDNO,
    LAST,
    Row,
    amend,
    parsed,
    row,
    set_attributes,
    written,
    xml,
)
from teipress.document import ID, NAMESPACES, tei
from teipress.finding import Refusal

RELATION: Final = "relation"
_SIDES: Final = ("active", "passive", "mutual")
_ALLOWED: Final = frozenset((*FIXED, *CHILDREN, *_SIDES, LAST))
_IDENT: Final = re.compile(r"[^\W\d][\w.\-·]*")


def export(files: AuthorityFiles) -> str:
    """Write all entries as CSV; a column that no entry needs is left out."""
    rows = [row(name, entry) for name, entry in files.entries()]
    rows += [_relation_row(name, number, element) for name, number, element in files.relations()]
    used = {column for cells in rows for column in cells}
    identifiers = sorted(column for column in used if IDNO.fullmatch(column))
    columns = [
        *FIXED,
        *(column for column in (*CHILDREN[:-2], *_SIDES) if column in used),
        *identifiers,
        *(column for column in (*CHILDREN[-2:], LAST) if column in used or column in ("note", LAST)),
    ]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def import_(files: AuthorityFiles, text: str) -> list[str]:
    """Bring the registers into line with a table; give the ids that changed. Entries without a row stay.

    Commas, semicolons and tabs are understood. Raises `Refusal` for a table that cannot be understood; the trees
    are then to be thrown away.
    """
    plain = text.removeprefix("\ufeff")
    header = plain.partition("\n")[0]
    comma = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(plain), delimiter=comma)
    given = tuple(reader.fieldnames or ())
    _check(given)
    standing = {entry.get(ID, ""): (name, entry) for name, entry in files.entries()}
    relations = {_key(name, number, element): element for name, number, element in files.relations()}
    changed = []
    for number, cells in enumerate(reader, 2):
        wanted = {column: (cells.get(column) or "").replace("\r\n", "\n") for column in given}
        if not any(wanted.values()):
            continue
        if wanted["kind"] == RELATION:
            took = _take_relation(files, relations, wanted, number)
        else:
            took = _take(files, standing.get(wanted["id"]), wanted, number)
        if took:
            changed.append(wanted["id"] or wanted.get("names", ""))
    return changed


def _check(given: tuple[str, ...]) -> None:
    unknown = [column for column in given if column not in _ALLOWED and not IDNO.fullmatch(column or "")]
    missing = [column for column in ("id", "kind") if column not in given]
    if unknown:
        raise Refusal(
            f"the table has unknown columns: {', '.join(map(str, unknown))}",
            f"the columns are: {', '.join((*FIXED, *CHILDREN, 'idno:TYPE', *_SIDES, LAST))}",
        )
    if missing:
        raise Refusal(
            f"the table has no column {' and no column '.join(missing)}", "export one to see its shape"
        )


def _take(files: AuthorityFiles, known: tuple[str, etree._Element] | None, wanted: Row, number: int) -> bool:
    if known is None:
        if wanted["kind"] not in HOMES or not _IDENT.fullmatch(wanted["id"]):
            raise Refusal(
                f'line {number} of the table: kind "{wanted["kind"]}", id "{wanted["id"]}"',
                f"kind is one of {', '.join(HOMES)}, {RELATION}; an id is letters, digits, - _ . and begins with a"
                " letter",
            )
        entry = new_entry(wanted["kind"], wanted["id"])
        files.add(entry, wanted.get("file", ""))
        empty = {**dict.fromkeys(FIXED, ""), "id": wanted["id"]}
        amend(entry, empty, {"attributes": ""} | wanted, number)
        return True
    now = row(*known)
    said = {column: wanted.get(column, now.get(column, "")) for column in {*now, *wanted}}
    if said["kind"] != now["kind"]:
        raise Refusal(
            f'line {number} of the table: "{now["id"]}" is a {now["kind"]}, not a {said["kind"]}',
            "give the new entry another id",
        )
    if all(said[column] == now.get(column, "") for column in said):
        return False
    amend(known[1], now, said, number)
    return True


def _key(file: str, number: int, element: etree._Element) -> tuple[str, str]:
    return file, element.get(ID) or str(number)


def _relation_row(file: str, number: int, element: etree._Element) -> Row:
    own = {"names": element.get("name", "")} | {side: element.get(side, "") for side in _SIDES}
    others = [pair for pair in written(element) if pair.partition("=")[0] not in ("name", *_SIDES)]
    inner = "\n".join(map(xml, element))
    cells = {**own, "file": file, "id": _key(file, number, element)[1], "kind": RELATION}
    return {column: cell for column, cell in cells.items() if cell} | {
        "attributes": " ".join(others),
        LAST: inner,
    }


def _take_relation(
    files: AuthorityFiles, standing: dict[tuple[str, str], etree._Element], wanted: Row, number: int
) -> bool:
    known = standing.get((wanted.get("file", ""), wanted["id"]))
    element = known if known is not None else etree.Element(tei(RELATION), None, NAMESPACES)
    now = _relation_row("", 0, element)
    columns = ("names", *_SIDES, "attributes")
    said = {column: wanted.get(column, now.get(column, "")) for column in columns}
    if known is not None and all(said[column] == now.get(column, "") for column in columns):
        return False
    if not said["names"] or not (said["active"] or said["mutual"]):
        raise Refusal(
            f"line {number} of the table: a relation needs a name, and whose it is",
            "names: what it is (parent); active and passive, or mutual: pointers to entries, #marsh",
        )
    ident = element.get(ID)
    element.attrib.clear()
    if ident:
        element.set(ID, ident)
    for name, value in (("name", said["names"]), *((side, said[side]) for side in _SIDES)):
        if value:
            element.set(name, value)
    set_attributes(element, said["attributes"])
    if known is None:
        if _IDENT.fullmatch(wanted["id"]):
            element.set(ID, wanted["id"])
        element.extend(parsed(line, number) for line in filter(str.strip, wanted.get(LAST, "").split("\n")))
        files.add(element, wanted.get("file", ""))
        lay_out(element)
    return True
