"""Two entries of a register become one; everything that pointed to the second points to the first."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from teipress.authorities.files import AuthorityFiles, lay_out
from teipress.document import ID, content, local, write
from teipress.edition import Edition
from teipress.finding import Refusal


def merge(edition: Edition, kept: str, dropped: str) -> list[Path]:
    """Make one entry of two: names, identifiers and notes of `dropped` go to `kept`. Give the files that changed.

    Raises `Refusal` where one is missing, both are the same, or they are of different kinds.
    """
    files = AuthorityFiles.load(edition.registers)
    if kept == dropped:
        raise Refusal("an entry cannot be merged with itself", "name two entries")
    (file, entry), (other_file, other) = files.find(kept), files.find(dropped)
    if entry.tag != other.tag:
        raise Refusal(f"{kept} is a {local(entry)}, {dropped} a {local(other)}", "merge entries of one kind")
    _move(entry, other)
    changed = files.save()
    old, new = f"{other_file}#{dropped}", f"{file}#{kept}"
    for path in (
        *edition.texts(),
        *sorted(edition.decisions.glob("*.json")),
        *edition.registers.glob("*.xml"),
    ):
        if _rewrite(path, old, new, path.parent == edition.registers) and path not in changed:
            changed.append(path)
    return changed


def _move(entry: etree._Element, other: etree._Element) -> None:
    """Give an entry the children of another that it does not have, and take the other out."""
    standing = {(child.tag, content(child)) for child in entry}
    for child in list(other):
        if isinstance(child.tag, str) and (child.tag, content(child)) not in standing:
            same = [sibling for sibling in entry if sibling.tag == child.tag]
            (same[-1].addnext if same else entry.append)(child)
    parent = other.getparent()
    assert parent is not None
    previous = other.getprevious()
    if previous is not None and other.getnext() is None:
        previous.tail = other.tail
    parent.remove(other)
    lay_out(entry)


def _rewrite(path: Path, old: str, new: str, is_register: bool) -> bool:
    """Replace a pointer in a file, whole values and parts of lists, and nothing else of it."""
    text = path.read_bytes().decode("utf-8")
    result = re.sub(rf"(?<![\w./-])((?:\.\./|registers/)*){re.escape(old)}(?![\w.\-])", rf"\g<1>{new}", text)
    if is_register:
        ident = old.partition("#")[2]
        target = new if path.name != new.partition("#")[0] else f"#{new.partition('#')[2]}"
        if path.name == old.partition("#")[0]:
            result = re.sub(rf"(?<=[\"\s])#{re.escape(ident)}(?=[\"\s])", target, result)
    return result != text and write(path, result.encode())


def ids(files: AuthorityFiles) -> set[str]:
    """List the ids that are taken in all registers."""
    return {ident for tree in files.trees.values() for e in tree.getroot().iter() if (ident := e.get(ID))}
