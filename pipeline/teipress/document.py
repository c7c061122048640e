"""TEI files on disk: parsed without trust, written whole or not at all, byte for byte reproducible."""

from __future__ import annotations

import os
import re
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast

from lxml import etree

from teipress.finding import Finding, Rejected
from teipress.wellformedness import in_words

TEI: Final = "http://www.tei-c.org/ns/1.0"
XML: Final = "http://www.w3.org/XML/1998/namespace"
ID: Final = f"{{{XML}}}id"
LANG: Final = f"{{{XML}}}lang"
NS: Final = {"tei": TEI}
#: For new elements: TEI is the default namespace (the cast is for lxml's stubs, which know no None here).
NAMESPACES: Final = cast("dict[str, str]", {None: TEI})

_DOCTYPE: Final = b"<!DOCTYPE"
_DECLARED: Final = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""")
_CHARACTER: Final = re.compile(r"invalid (?:xmlChar value|Char value) (\d+)")
_UNKNOWN_ENTITY: Final = re.compile(r"Entity '([^']+)' not defined")


def tei(name: str) -> str:
    """Give the name of a TEI element in Clark notation: `tei("p")`."""
    return f"{{{TEI}}}{name}"


def local(element: etree._Element) -> str:
    """Give an element's name without its namespace, or "" for a comment or processing instruction."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def line_of(element: etree._Element) -> int:
    """Give the line that an element begins on; 0 where that is not known (off by one past 65,535)."""
    line: Any = element.sourceline
    return int(line or 0)


def content(element: etree._Element) -> str:
    """Give all text of an element, with white space folded."""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(map(str, element.itertext())).split())


def parse(data: bytes, name: str, ids: bool = True) -> etree._ElementTree:
    """Parse an XML document; raise `Rejected` with an XML or ID finding where that cannot be done.

    Entities stay unresolved and are refused, no DTD is loaded and no network is reached. Without `ids`, an xml:id
    that is used twice, or is no name, does not matter; only in a document without a DOCTYPE, for switching lxml's
    `collect_ids` off silently loads external DTDs.
    """
    collect = ids or _DOCTYPE in data or b"\0" in data[:4]
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=collect
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Rejected(_syntax_finding(error, name, data)) from None
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


def _syntax_finding(error: etree.XMLSyntaxError, name: str, data: bytes) -> Finding:
    line, column = (error.position or (0, 0))[:2]
    message = (error.msg or "not an XML document").split(", line ")[0]
    code, remedy = "XML001", ""
    if message.startswith("ID ") and message.endswith("already defined"):
        code = "ID001"
        message = f'xml:id "{message.split()[1]}" is used twice'
        remedy = "give one of the two elements another xml:id, and mend the pointers to it"
    elif message.startswith("Invalid bytes in character encoding"):
        code = "XML010"
        message, remedy = _wrong_bytes(data, line, column)
    elif message.startswith("Unsupported encoding"):
        code, message = "XML010", f'there is no encoding "{message.partition(": ")[2]}"'
        remedy = 'save the file as UTF-8, and write encoding="UTF-8" in its first line'
    elif number := _CHARACTER.search(message):
        message = f"the character U+{int(number[1]):04X} may not stand in XML"
        remedy = "take it out; where a letter is missing there, look it up in the source"
    elif entity := _UNKNOWN_ENTITY.match(message):
        code = "XML002"
        message = f"the entity &{entity[1]}; is not expanded: a TEI file is read without a DTD"
        remedy = "write the character itself, or a numeric reference such as &#233;"
    else:
        message, remedy = in_words(message)
    return Finding(name, line, column, code, "error", message, remedy)


def _wrong_bytes(data: bytes, line: int, column: int) -> tuple[str, str]:
    """Say which byte is none of the encoding that the file declares, and what it may be."""
    match = _DECLARED.match(data)
    declared = match[1].decode("ascii") if match else "UTF-8"
    remedy = f"save the file as {declared}"
    try:
        data.decode(declared)
    except UnicodeDecodeError as error:
        byte = data[error.start]
        if declared.upper() != "UTF-8" and _is_utf8(data):
            remedy = 'its bytes are UTF-8: write encoding="UTF-8" in its first line'
        elif not 0x80 <= byte <= 0x9F:
            remedy += f"; if it is Windows-1252, this byte is “{bytes([byte]).decode('cp1252')}”"
        return f"the file says that it is {declared}, but the byte {byte:02X} here is not", remedy
    except LookupError:
        pass
    return f"the bytes here are not {declared}", remedy


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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


def write_to(path: Path, data: bytes) -> None:
    """Write `data` to what a person named as an output: a file is replaced in one step, all else is written into.

    A device such as /dev/null or /dev/stdout, a pipe, and a symbolic link stay what they are.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        path.write_bytes(data)
    else:
        write(path, data)
