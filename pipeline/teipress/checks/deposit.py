"""Deposit: what the archives that `edition.toml` names will ask of a file's header (HDR010, HDR011).

A target is a file in `targets/`; what it may need is in `targets/fields.toml`. To add a target, write a file there.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

from teipress.checks.subject import Subject
from teipress.document import NS, content, tei
from teipress.edition import Edition
from teipress.finding import Finding, Refusal
from teipress.places import real

_FOLDER: Final = Path(__file__).with_name("targets")
_FIELDS: Final = "fields"
_UNSTATED: Final = {"", "not stated", "unknown"}
_STEP: Final = re.compile(r"(?<![@\w'\[-])([A-Za-z]\w*)(?=[/\[]|$)")


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def targets() -> list[str]:
    """List the targets that there is a file for."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml") if path.stem != _FIELDS)


def chosen(edition: Edition | None) -> tuple[str, ...]:
    """Give the targets that an edition names; raise `Refusal` for one that nobody knows."""
    for name in edition.targets if edition else ():
        if name not in targets():
            near = difflib.get_close_matches(name, targets(), n=1)
            remedy = f'did you mean "{near[0]}"?' if near else f"known: {', '.join(targets())}"
            raise Refusal(f'edition.toml: no deposit target "{name}"', remedy)
    return edition.targets if edition else ()


def check(subject: Subject) -> Iterator[Finding]:
    """Yield HDR010 for each thing that a target needs and the header lacks, HDR011 for a name it does not take."""
    names = chosen(subject.edition)
    header = subject.root.find("tei:teiHeader", NS)
    if header is None or not names or _is_register(subject):
        return
    wanted: dict[str, list[str]] = {}
    for name in names:
        target = _read(name)
        for field in target["needs"]:
            wanted.setdefault(field, []).append(target["name"])
        if not re.search(target["file_name"], subject.path.name):
            message = f'{target["name"]} does not take a file called "{subject.path.name}"'
            remedy = "use letters without accents, digits, - and _ alone, and .xml at the end"
            yield subject.finding(None, "HDR011", "warning", message, remedy)
    for field, asking in wanted.items():
        known = _read(_FIELDS)[field]
        if not _stated(header, known):
            message = f"{' and '.join(asking)} will ask for {known['what']}, and the header has none"
            yield subject.finding(_place(header, known), "HDR010", "warning", message, known["remedy"], field)


def _is_register(subject: Subject) -> bool:
    edition = subject.edition
    return edition is not None and real(subject.path).parent == real(edition.registers)


@cache
def _path(path: str) -> etree.XPath:
    return etree.XPath(_STEP.sub(r"tei:\1", path), namespaces=NS)


def _stated(header: etree._Element, field: Mapping[str, Any]) -> bool:
    """Tell whether a header says something; what says that it is not stated says nothing."""
    for path in field["paths"]:
        nodes: Any = _path(path)(header)
        for found in nodes:
            words = str(found) if isinstance(found, str) else _words(found)
            if words.casefold().rstrip(".") not in _UNSTATED and re.search(field.get("pattern", ""), words):
                return True
    return False


def _words(element: etree._Element) -> str:
    if element.tag == tei("availability") and element.get("status") == "unknown":
        return ""
    return content(element)


def _place(header: etree._Element, field: Mapping[str, Any]) -> etree._Element:
    """Give the innermost element of the header that there is on the way to where something belongs."""
    place = header
    for step in re.split(r"/+", field["paths"][0]):
        inside = place.find(tei(step.partition("[")[0])) if step[:1] != "@" else None
        if inside is None:
            break
        place = inside
    return place
