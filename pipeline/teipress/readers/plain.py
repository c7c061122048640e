"""Plain text: decoded, line ends made LF, and what XML cannot hold omitted on the record."""

from __future__ import annotations

import codecs
import hashlib
import re
from typing import Final

from teipress.edition import Sidecar
from teipress.finding import Finding, Rejected
from teipress.source import Omission, Source

SUFFIXES: Final = (".txt", ".text")

_MARKS: Final = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF32_LE, "UTF-32-LE"),
    (codecs.BOM_UTF32_BE, "UTF-32-BE"),
    (codecs.BOM_UTF16_LE, "UTF-16-LE"),
    (codecs.BOM_UTF16_BE, "UTF-16-BE"),
)

#: Characters that no XML 1.0 document can hold (XML 1.0, production 2).
_UNHOLDABLE: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]+")


def read(data: bytes, name: str, file: str, sidecar: Sidecar) -> Source:
    """Decode a plain text; raise `Rejected` for one that is empty, binary or in another encoding."""
    if not data.strip():
        raise Rejected(_finding(file, "SRC001", "the file is empty", "save the text in it, or remove it"))
    text, encoding = _decode(data, file, sidecar.encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    omitted = [Omission(m.start(), m.end(), "control character") for m in _UNHOLDABLE.finditer(text)]
    omitted += [_asked(text, range_, file) for range_ in sidecar.omit]
    return Source(
        name=name,
        text=text,
        language=sidecar.language,
        omitted=tuple(sorted(omitted)),
        digest=hashlib.sha256(data).hexdigest(),
        reader="plain 1",
        encoding=encoding,
    )


def _decode(data: bytes, file: str, wanted: str) -> tuple[str, str]:
    """Decode by the sidecar's word, else by the byte order mark, else as UTF-8."""
    encoding, body = wanted or "UTF-8", data
    for mark, marked in _MARKS:
        if data.startswith(mark) and not wanted:
            encoding, body = marked, data[len(mark) :]
            break
    if b"\0" in body and not encoding.upper().startswith(("UTF-16", "UTF-32")):
        where = body.index(b"\0")
        raise Rejected(
            _finding(
                file, "SRC002", f"not a text: byte {where} is NUL", "give a text file, or its `encoding`"
            )
        )
    try:
        return body.decode(encoding), encoding
    except LookupError:
        raise Rejected(
            _finding(
                file, "SRC004", f'the encoding "{encoding}" is unknown', "name it as IANA does: windows-1252"
            )
        ) from None
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        column = error.start - (body.rfind(b"\n", 0, error.start) + 1) + 1
        raise Rejected(
            Finding(
                file,
                line,
                column,
                "SRC003",
                "error",
                f"not {encoding}: byte 0x{body[error.start]:02X} at position {error.start}",
                'save the file as UTF-8, or name its encoding in the sidecar: encoding = "windows-1252"',
            )
        ) from None


def _asked(text: str, wanted: object, file: str) -> Omission:
    """Find a range that the sidecar asks to omit: from the first words quoted to the last, or to the end."""
    assert isinstance(wanted, dict)
    start = text.find(wanted["from"])
    last = wanted.get("to", "")
    end = text.find(last, start) + len(last) if last else len(text)
    if start < 0 or end < start + len(last):
        missing = wanted["from"] if start < 0 else last
        raise Rejected(
            _finding(
                file,
                "SRC005",
                f'the sidecar omits "{missing}", which the text does not have',
                "quote it exactly",
            )
        )
    return Omission(start, end, wanted["reason"])


def _finding(file: str, code: str, message: str, remedy: str) -> Finding:
    return Finding(file, 0, 0, code, "error", message, remedy)
