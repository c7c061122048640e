"""Two entries of a register become one; everything that pointed to the second points to the first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from teipress.authorities.files import AuthorityFiles, lay_out
from teipress.document import ID, content, local, write
from teipress.edition import Edition
from teipress.finding import Refusal

#: Of these an entry has one; two that differ are for a person to choose from.
_SINGLE: Final = ("birth", "death", "floruit", "sex", "gender", "location")


@dataclass
class Merger:
    """What a merger changes: how many pointers in which file, what moves over, and what contradicts."""

    pointers: dict[Path, int] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)


def merge(edition: Edition, kept: str, dropped: str, dry: bool = False) -> Merger:
    """Make one entry of two: names, identifiers and notes of `dropped` go to `kept`; `dry` only tells.

    Raises `Refusal` where one is missing, both are the same, or they are of different kinds.
    """
    files = AuthorityFiles.load(edition.registers)
    if kept == dropped:
        raise Refusal("an entry cannot be merged with itself", "name two entries")
    (file, entry), (other_file, other) = files.find(kept), files.find(dropped)
    if entry.tag != other.tag:
        raise Refusal(f"{kept} is a {local(entry)}, {dropped} a {local(other)}", "merge entries of one kind")
    merger = Merger(conflicts=_conflicts(entry, other))
    merger.moved = _move(entry, other)
    if not dry:
        merger.written = files.save()
    old, new = f"{other_file}#{dropped}", f"{file}#{kept}"
    ledgers = sorted(edition.decisions.glob("*.json"))
    for path in (*edition.texts(), *ledgers, *sorted(edition.registers.glob("*.xml"))):
        before = path.read_bytes().decode("utf-8")
        after, times = _rewritten(before, path, old, new, path.parent == edition.registers)
        if times:
            merger.pointers[path] = times
            if not dry and write(path, after.encode()) and path not in merger.written:
                merger.written.append(path)
    return merger


def _conflicts(entry: etree._Element, other: etree._Element) -> list[str]:
    """Tell what both entries say once, and differently."""
    found = []
    for tag in _SINGLE:
        one, two = (
            [(dict(child.attrib), content(child)) for child in side if local(child) == tag]
            for side in (entry, other)
        )
        if one and two and one != two:
            found.append(f"{tag}: both entries have one, and they differ; both stand in the entry now")
    for name in sorted({str(n) for n in entry.attrib} & {str(n) for n in other.attrib} - {ID}):
        if entry.get(name) != other.get(name):
            found.append(f'@{name}: "{entry.get(name)}" stays, "{other.get(name)}" goes')
    return found


def _move(entry: etree._Element, other: etree._Element) -> list[str]:
    """Give an entry what another has and it has not, and take the other out; tell what moved."""
    standing = {_signature(child) for child in entry}
    moved = []
    for child in list(other):
        if isinstance(child.tag, str) and _signature(child) not in standing:
            same = [sibling for sibling in entry if sibling.tag == child.tag]
            (same[-1].addnext if same else entry.append)(child)
            moved.append(f"{local(child)} {content(child)}".strip())
    for name, value in other.attrib.items():
        if entry.get(str(name)) is None:
            entry.set(str(name), str(value))
    parent = other.getparent()
    assert parent is not None
    previous = other.getprevious()
    if previous is not None and other.getnext() is None:
        previous.tail = other.tail
    parent.remove(other)
    lay_out(entry)
    return moved


def _signature(child: etree._Element) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Tell what makes two children the same: a name is the same whatever is said of it, a date is not."""
    attributes = () if content(child) else tuple(sorted((str(k), str(v)) for k, v in child.attrib.items()))
    return local(child), content(child), attributes


def _rewritten(text: str, path: Path, old: str, new: str, is_register: bool) -> tuple[str, int]:
    """Replace a pointer in a file, whole values and parts of lists, and nothing else of it; count how often."""
    result, times = re.subn(
        rf"(?<![\w./-])((?:\.\./|registers/)*){re.escape(old)}(?![\w.\-])", rf"\g<1>{new}", text
    )
    if is_register and path.name == old.partition("#")[0]:
        ident = old.partition("#")[2]
        target = new if path.name != new.partition("#")[0] else f"#{new.partition('#')[2]}"
        result, more = re.subn(rf"(?<=[\"'\s])#{re.escape(ident)}(?=[\"'\s])", target, result)
        times += more
    return result, times


def ids(files: AuthorityFiles) -> set[str]:
    """List the ids that are taken in all registers."""
    return {ident for tree in files.trees.values() for e in tree.getroot().iter() if (ident := e.get(ID))}
