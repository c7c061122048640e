"""The parts of a header, which the machine writes as wholes.

A part that differs from its digest in the ledger is a person's, and stays; a part that is gone stays away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from lxml import etree

from teipress.digests import digest
from teipress.document import NAMESPACES, local, tei

#: The children of the header whose own children are parts.
PARTS: Final = ("fileDesc", "encodingDesc", "profileDesc")


def write_parts(root: etree._Element, fresh: etree._Element, known: Mapping[str, str]) -> dict[str, str]:
    """Write a fresh header, but for the parts that a person changed; give the digests of the others.

    `known` are the digests that the last run gave.
    """
    head = root.find(tei("teiHeader"))
    if head is None:
        head = root.makeelement(tei("teiHeader"), {}, NAMESPACES)
        root.insert(0, head)
    digests: dict[str, str] = {}
    if not len(head):
        head.text = fresh.text
        for part in list(fresh):
            head.append(part)
        return _digests_of(head)
    for name in PARTS:
        old, new = head.find(tei(name)), fresh.find(tei(name))
        if old is not None and new is not None:
            digests |= _merge(old, new, name, known)
    return digests


def _digests_of(head: etree._Element) -> dict[str, str]:
    parts = [(name, part) for name in PARTS if (part := head.find(tei(name))) is not None]
    return {f"{name}/{key}": digest(child) for name, part in parts for key, child in _keyed(part).items()}


def _keyed(part: etree._Element) -> dict[str, etree._Element]:
    """Give the children of a part by name, the second and later of a name with its number: `correspDesc[2]`."""
    keyed: dict[str, etree._Element] = {}
    counts: Counter[str] = Counter()
    for child in part.iterchildren(tei("*")):
        counts[local(child)] += 1
        number = counts[local(child)]
        keyed[local(child) if number == 1 else f"{local(child)}[{number}]"] = child
    return keyed


def _merge(old: etree._Element, new: etree._Element, name: str, known: Mapping[str, str]) -> dict[str, str]:
    """Replace the children that are still as the machine wrote them; keep a person's, and what they removed away."""
    digests: dict[str, str] = {}
    fresh, standing = _keyed(new), _keyed(old)
    order = [local(sibling) for sibling in new]
    for tag, child in standing.items():
        path = f"{name}/{tag}"
        if known.get(path) != digest(child):
            continue
        if tag not in fresh:
            _drop(old, child)
            continue
        digests[path] = digest(fresh[tag])
        if digests[path] != known[path]:
            fresh[tag].tail = child.tail
            old.replace(child, fresh[tag])
    for tag, child in fresh.items():
        path = f"{name}/{tag}"
        if tag not in standing and path not in known:
            _insert(old, child, order)
            digests[path] = digest(child)
    return digests | {
        path: known[path]
        for path in known
        if path.startswith(f"{name}/") and path not in digests and path.partition("/")[2] in fresh
    }


def _drop(parent: etree._Element, child: etree._Element) -> None:
    previous = child.getprevious()
    if previous is not None and child.getnext() is None:
        previous.tail = child.tail
    parent.remove(child)


def _insert(parent: etree._Element, child: etree._Element, order: list[str]) -> None:
    """Insert a part where the order of a fresh header has it."""
    rank = order.index(local(child))
    before = [c for c in parent if local(c) in order and order.index(local(c)) <= rank]
    if before:
        child.tail = before[-1].tail
        if before[-1].getnext() is None:
            before[-1].tail = parent.text
        before[-1].addnext(child)
    else:
        child.tail = parent.text
        parent.insert(0, child)
