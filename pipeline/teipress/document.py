"""TEI files on disk: parsed without trust, written whole or not at all, byte for byte reproducible."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any, Final, cast

from lxml import etree

from teipress.finding import Finding, Rejected

TEI: Final = "http://www.tei-c.org/ns/1.0"
XML: Final = "http://www.w3.org/XML/1998/namespace"
ID: Final = f"{{{XML}}}id"
LANG: Final = f"{{{XML}}}lang"
NS: Final = {"tei": TEI}
#: For new elements: TEI is the default namespace (the cast is for lxml's stubs, which know no None here).
NAMESPACES: Final = cast("dict[str, str]", {None: TEI})


def tei(name: str) -> str:
    """Give the name of a TEI element in Clark notation: `tei("p")`."""
    return f"{{{TEI}}}{name}"


def local(element: etree._Element) -> str:
    """Give an element's name without its namespace, or "" for a comment or processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(element: etree._Element) -> int:
    """Give the line that an element begins on; 0 where that is not known (off by one past 65,535)."""
    line: Any = element.sourceline
    return int(line or 0)


def content(element: etree._Element) -> str:
    """Give all text of an element, with white space folded."""
    return " ".join("".join(map(str, element.itertext())).split())


def parse(data: bytes, name: str) -> etree._ElementTree:
    """Parse an XML document; raise `Rejected` with an XML or ID finding where that cannot be done.

    Entities stay unresolved and are refused, no DTD is loaded and no network is reached. lxml's
    `collect_ids` stays on: switching it off silently loads external DTDs.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Rejected(_syntax_finding(error, name)) from None
    for entity in root.iter(etree.Entity):
        raise Rejected(
            Finding(
                name,
                line_of(entity),
                0,
                "XML002",
                "error",
                f"the entity {entity.text} is not expanded: a TEI file is read without its DTD",
                "write the character itself, or a numeric reference such as &#233;",
            )
        )
    return root.getroottree()


def _syntax_finding(error: etree.XMLSyntaxError, name: str) -> Finding:
    line, column = (error.position or (0, 0))[:2]
    message = (error.msg or "not an XML document").split(", line ")[0]
    if message.startswith("ID ") and message.endswith("already defined"):
        return Finding(
            name,
            line,
            column,
            "ID001",
            "error",
            f'xml:id "{message.split()[1]}" is used twice',
            "give one of the two elements another xml:id, and mend the pointers to it",
        )
    return Finding(
        name,
        line,
        column,
        "XML001",
        "error",
        f"not well-formed: {message}",
        "mend the markup at this place; everything after it is unread",
    )


def read(path: Path, name: str | None = None) -> etree._ElementTree:
    """Parse the file at `path`; findings call it `name`, or by its path."""
    return parse(path.read_bytes(), name or str(path))


def serialise(tree: etree._ElementTree) -> bytes:
    """Give a document's bytes: UTF-8, with an XML declaration, and each node beside the root on its own line."""
    root = tree.getroot()
    before = [*root.itersiblings(preceding=True)][::-1]
    nodes = [
        etree.tostring(node, encoding="UTF-8", with_tail=False)
        for node in (*before, root, *root.itersiblings())
    ]
    head = [b'<?xml version="1.0" encoding="UTF-8"?>']
    doctype: Any = getattr(tree.docinfo, "doctype", "")
    if doctype:
        head.append(str(doctype).encode())
    return b"\n".join([*head, *nodes]) + b"\n"


def write(path: Path, data: bytes) -> bool:
    """Replace the file at `path` with `data` in one step; say whether its bytes changed.

    A file that already holds these bytes is not touched, so that its time stays.
    """
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True
