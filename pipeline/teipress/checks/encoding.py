"""Encoding: characters that were lost, or read wrongly, on the way into the file (Guidelines vi)."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

from teipress.checks.subject import Subject
from teipress.finding import Finding

#: The bytes of UTF-8 that each of the checks begins at; a file without them needs no other look.
_C1: Final = re.compile(rb"\xc2[\x80-\x9f]")
_MISREAD_BYTES: Final = re.compile(
    rb"\xc3[\x82-\x85\x8e-\x91\xa2\xb0](?:[\xc2\xc5\xc6\xcb]|\xe2[\x80\x82\x84])"
)
_COMBINING: Final = re.compile(rb"\xcd[\x80-\xaf]")
_ODD: Final = re.compile(
    "[\x80-\x9f\ufdd0-\ufdef\ufeff\ufffd-\uffff\ue000-\uf8ff\U000f0000-\U0010fffd]", re.ASCII
)
_REFERENCE: Final = re.compile(r"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
#: What the bytes of UTF-8 from 0x80 to 0xBF look like where they were read as Windows-1252.
_TAIL: Final = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MISREAD: Final = re.compile(f"(?<![A-ZÀ-Þ])(?:[ÃÂÅÄÎÏÐÑ][{_TAIL}]|â[{_TAIL}][{_TAIL}]|ðŸ[{_TAIL}][{_TAIL}])")
#: Misread characters of which one is enough: nothing in any language looks like them.
_SURE: Final = ("Ã", "â", "ð")
_ENOUGH: Final = 3
_COMBINED: Final = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_SINGLE_BYTES: Final = ("ISO-8859-1", "ISO-8859-15", "WINDOWS-1252", "LATIN1", "LATIN-1", "CP1252")
_SHOWN: Final = 3


def check(subject: Subject) -> Iterator[Finding]:
    """Yield what is doubtful in the characters of a file.

    XML010 bytes that are not in the declared encoding, XML011 a byte order mark, XML012 characters that were
    lost, XML013 control characters, XML014 UTF-8 read as Windows-1252, XML015 letters both composed and not,
    XML016 private use.
    """
    if subject.data.startswith(codecs.BOM_UTF8):
        message = "the file begins with a byte order mark, which UTF-8 does not need and some programs show"
        remedy = "save the file as UTF-8 without a byte order mark"
        yield Finding(subject.name, 1, 1, "XML011", "info", message, remedy)
    if subject.data.isascii() and b"&#" not in subject.data:
        return
    yield from _declared(subject)
    data = subject.survey.data
    if b"&#" in data or any(one in data for one in (b"\xee", b"\xef", b"\xf3", b"\xf4")) or _C1.search(data):
        yield from _odd(subject)
    if _MISREAD_BYTES.search(data):
        yield from _misread(subject)
    if b"\xcc" in data or _COMBINING.search(data):
        yield from _mixed(subject)


def _declared(subject: Subject) -> Iterator[Finding]:
    declared = subject.tree.docinfo.encoding or "UTF-8"
    if declared.upper() not in _SINGLE_BYTES:
        return
    try:
        wide = next((at for at, one in enumerate(subject.data.decode("utf-8")) if ord(one) > 127), None)
    except UnicodeDecodeError:
        return
    if wide is not None:
        message = (
            f"the file says that it is {declared}, but its bytes are UTF-8, so that letters are read wrongly"
        )
        remedy = 'write encoding="UTF-8" in its first line'
        yield subject.at(min(wide, len(subject.characters)), "XML010", "error", message, remedy)


def _found(subject: Subject) -> Iterator[tuple[int, str]]:
    """Give the characters that should not be there, each with its place."""
    for match in _ODD.finditer(subject.characters):
        yield match.start(), match[0]
    if "&#" in subject.characters:
        for match in _REFERENCE.finditer(subject.characters):
            number = int(match[1], 16) if match[1] else int(match[2])
            if number <= 0x10FFFF and _ODD.match(chr(number)):
                yield match.start(), chr(number)


def _odd(subject: Subject) -> Iterator[Finding]:
    places: dict[str, list[tuple[int, str]]] = {}
    for at, one in _found(subject):
        private = unicodedata.category(one) == "Co"
        places.setdefault("XML016" if private else "XML012" if one == "\ufffd" else "XML013", []).append(
            (at, one)
        )
    if any(subject.iter("charDecl")):
        places.pop("XML016", None)  # the file says itself what they are (Guidelines 5.2)
    for code, found in sorted(places.items()):
        counts = Counter(one for _, one in found).most_common()
        shown = ", ".join(
            f"U+{ord(one):04X}" + (f" ({n} times)" if n > 1 else "") for one, n in counts[:_SHOWN]
        )
        shown += f" and {len(counts) - _SHOWN} more" if len(counts) > _SHOWN else ""
        match code:
            case "XML012":
                message = f"a character was lost here and is only marked: {shown}"
                yield subject.at(
                    found[0][0], code, "warning", message, "look it up in the source, and write it"
                )
            case "XML013":
                message = f"control characters, which nothing shows, stand in the text: {shown}"
                remedy = "take them out, or write the characters that they should be"
                yield subject.at(found[0][0], code, "warning", message, remedy)
            case _:
                message = f"characters for private use, which mean nothing without a certain font: {shown}"
                yield subject.at(
                    found[0][0], code, "info", message, "say in charDecl what they are, and use g"
                )


def _misread(subject: Subject) -> Iterator[Finding]:
    hits = []
    for match in _MISREAD.finditer(subject.characters):
        try:
            hits.append((match.start(), match[0], _bytes(match[0]).decode("utf-8")))
        except ValueError:
            continue
    if not hits or (len(hits) < _ENOUGH and not any(seen.startswith(_SURE) for _, seen, _ in hits)):
        return
    at, seen, meant = hits[0]
    times = f" ({len(hits)} such places; here first)" if len(hits) > 1 else ""
    message = f"“{seen}” looks like “{meant}”, UTF-8 that was read as another encoding{times}"
    yield subject.at(
        at, "XML014", "warning", message, "read the source again as UTF-8, or replace these characters"
    )


def _bytes(text: str) -> bytes:
    """Give the bytes that a text was misread from; raise ValueError where there are none."""
    return b"".join(bytes([ord(one)]) if ord(one) < 256 else one.encode("cp1252") for one in text)


def _mixed(subject: Subject) -> Iterator[Finding]:
    text = subject.characters
    if unicodedata.is_normalized("NFC", text):
        return
    apart = [each for each in _COMBINED.finditer(text) if unicodedata.normalize("NFC", each[0]) != each[0]]
    if apart and not unicodedata.is_normalized("NFD", text):
        first = apart[0]
        message = (
            f"“{unicodedata.normalize('NFC', first[0])}” is written as a letter and an accent, others of its kind as "
            f"one character ({len(apart)} times; here first): searches will miss one of the two"
        )
        yield subject.at(first.start(), "XML015", "info", message, "save the file in Unicode's form NFC")
