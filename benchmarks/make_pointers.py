"""Writes schema/tei/pointers.json: on which elements of TEI which attributes hold pointers.

    python benchmarks/make_pointers.py p5subset.xml

`p5subset.xml` is the machine-readable form of the Guidelines, of the release that schema/tei/README.md names. An
attribute holds pointers where its datatype is teidata.pointer, by its own declaration or by that of a class.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

NS = {"t": "http://www.tei-c.org/ns/1.0"}
TARGET = Path(__file__).parents[1] / "schema" / "tei" / "pointers.json"


def declared(spec: etree._Element) -> dict[str, bool]:
    """Give the attributes that a class or element declares, and whether each holds pointers; deleted ones do not."""
    found = {}
    for attribute in spec.iterfind(".//t:attDef", NS):
        kinds = [kind.get("key") for kind in attribute.iterfind("t:datatype//t:dataRef", NS)]
        if kinds or attribute.get("mode") == "delete":
            found[attribute.get("ident", "")] = "teidata.pointer" in kinds
    return found


def attributes(spec: etree._Element, classes: Mapping[str, etree._Element]) -> dict[str, bool]:
    """Give all attributes of a class or element: those of its classes, and its own in their place."""
    found: dict[str, bool] = {}
    for member in spec.iterfind("t:classes/t:memberOf", NS):
        if (above := classes.get(member.get("key", ""))) is not None:
            found |= attributes(above, classes)
    return found | declared(spec)


def main(source: str) -> None:
    """Read the Guidelines, and write the table."""
    root = etree.parse(source).getroot()
    classes = {each.get("ident", ""): each for each in root.iterfind(".//t:classSpec[@type='atts']", NS)}
    elements = {
        each.get("ident", ""): {
            name for name, pointer in attributes(each, classes).items() if pointer and ":" not in name
        }
        for each in root.iterfind(".//t:elementSpec", NS)
    }
    everywhere = {
        name
        for name, pointer in attributes(classes["att.global"], classes).items()
        if pointer and ":" not in name
    }
    table = {
        "everywhere": sorted(everywhere),
        "elements": {
            name: sorted(own - everywhere) for name, own in sorted(elements.items()) if own - everywhere
        },
        "not": {name: sorted(everywhere - own) for name, own in sorted(elements.items()) if everywhere - own},
    }
    TARGET.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(f"{len(elements)} elements, {len(set().union(*elements.values()))} attributes")


if __name__ == "__main__":
    main(*sys.argv[1:])
