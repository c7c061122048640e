"""Pointers from one file of an edition into another: the file is there, and in it what is meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from teipress.checks.collection import Collection
from teipress.checks.facts import Pointer
from teipress.checks.pointers import missing, said
from teipress.finding import Finding, Severity
from teipress.places import real

_XML_FILES: Final = (".xml", ".tei", ".odd")


def check(collection: Collection) -> Iterator[Finding]:
    """Yield PTR001 for a missing id, PTR002 for a missing file, PTR004 for a way out of the edition."""
    for path, facts in collection:
        home = path.parent
        limit = real(collection.edition.root) if collection.edition else home
        for pointer in facts.pointers:
            fault = _fault(collection, pointer, home, limit)
            if fault:
                code, severity, message, remedy = fault
                message = said(pointer.attribute, pointer.element, pointer.written, message, pointer.times)
                yield collection.finding(
                    path, (pointer.line, pointer.column), code, severity, message, remedy
                )


def _fault(
    collection: Collection, pointer: Pointer, home: Path, limit: Path
) -> tuple[str, Severity, str, str] | None:
    edition = collection.edition is not None
    target = collection.target(home, pointer.path)
    if not target.is_relative_to(limit):
        if not edition:
            return None
        remedy = "put the file into the edition's folder, or point to a web address"
        return "PTR004", "error", "this leads out of the edition, where nobody else has it", remedy
    if target not in collection.facts and not target.is_file():
        meant = edition and pointer.path.endswith(_XML_FILES)
        remedy = "mend the path, which counts from the folder of this file, or put the file there"
        return "PTR002", "error" if meant else "warning", "there is no such file", remedy
    if not pointer.fragment or not pointer.path.endswith(_XML_FILES):
        return None
    facts = collection.of(target)
    if not facts.readable:
        return (
            "PTR002",
            "error",
            "this file cannot be read",
            f"mend {pointer.path}: it is not well-formed XML",
        )
    if pointer.fragment in facts.ids or "(" in pointer.fragment:
        return None
    return (
        "PTR001",
        "error" if facts.whole else "info",
        *missing(pointer.fragment, pointer.path, facts.whole),
    )
