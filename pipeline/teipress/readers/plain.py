"""Plain text: decoded, line ends made LF, and what XML cannot hold omitted on the record."""

from __future__ import annotations

import codecs
import hashlib
import re
from typing import Final

from teipress.edition import Sidecar
from teipress.finding import Finding, Rejected
from teipress.readers.encodings import detect, is_mostly_utf8
from teipress.source import Omission, Source

SUFFIXES: Final = (".txt", ".text")

#: The longest line, in characters: what XML parsers take as one stretch of text, with room for four bytes each.
LONGEST_LINE: Final = 2_400_000
_WHITE: Final = b" \t\r\n\f\v"
_BLANK: Final = "".join(map(chr, range(0x20))) + " \ufeff\u200b\x7f"

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
    """Decode a plain text; raise `Rejected` for one that is empty, binary or in an encoding that nothing tells."""
    if not data.strip(_WHITE):
        raise Rejected(_finding(file, "SRC001", "the file is empty", "save the text in it, or remove it"))
    text, encoding, guessed = _decode(data, file, sidecar.encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pages = tuple(match.start() for match in re.finditer("\f", text))
    text = text.replace("\f", "\n")
    if not text.strip().strip(_BLANK).strip():
        raise Rejected(_finding(file, "SRC001", "the file has no text", "save the text in it, or remove it"))
    _check_lines(text, file)
    omitted = [Omission(m.start(), m.end(), "control character") for m in _UNHOLDABLE.finditer(text)]
    return Source(
        name=name,
        text=text,
        language=sidecar.language,
        omitted=_merged([*omitted, *(_asked(text, range_, file) for range_ in sidecar.omit)]),
        digest=hashlib.sha256(data).hexdigest(),
        reader="plain 2",
        encoding=encoding,
        guessed=guessed,
        pages=pages,
    )


def _merged(omitted: list[Omission]) -> tuple[Omission, ...]:
    """Put omissions in order; what lies inside another is part of it."""
    merged: list[Omission] = []
    for gap in sorted(omitted, key=lambda gap: (gap.start, -gap.end)):
        if merged and gap.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Omission(last.start, max(last.end, gap.end), last.reason)
        else:
            merged.append(gap)
    return tuple(merged)


def _check_lines(text: str, file: str) -> None:
    """Refuse a line that would become a stretch of text longer than XML parsers take (libxml2: ten million bytes)."""
    for number, line in enumerate(text.split("\n") if len(text) > LONGEST_LINE else (), 1):
        if len(line) > LONGEST_LINE:
            message = f"a line of {len(line)} characters; no more than {LONGEST_LINE} fit into one paragraph"
            raise Rejected(Finding(file, number, 0, "SRC007", "error", message, "break it into paragraphs"))


def _decode(data: bytes, file: str, wanted: str) -> tuple[str, str, str]:
    """Decode by the sidecar's word, else by the byte order mark, else as UTF-8, else by what the bytes tell.

    Give the text, the encoding, and the reason where it was guessed.
    """
    encoding, body = wanted or "UTF-8", data
    for mark, marked in _MARKS:
        if data.startswith(mark) and not wanted:
            encoding, body = marked, data[len(mark) :]
            break
    is_wide = encoding.upper().startswith(("UTF-16", "UTF-32"))
    guessed = ""
    if b"\0" in body and not is_wide:
        encoding, guessed = detect(body) if not wanted else ("", "")
        if not encoding.startswith("UTF-16"):
            where = body.index(b"\0")
            remedy = "give a text file, or its `encoding`"
            raise Rejected(_finding(file, "SRC002", f"not a text: byte {where} is NUL", remedy))
    try:
        return body.decode(encoding), encoding, guessed
    except LookupError:
        remedy = "name it as IANA does: windows-1252"
        raise Rejected(_finding(file, "SRC004", f'the encoding "{encoding}" is unknown', remedy)) from None
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        if (
            encoding == "UTF-8"
            and not wanted
            and not body.startswith(codecs.BOM_UTF8)
            and not is_mostly_utf8(body)
        ):
            encoding, guessed = detect(body)
            if encoding:
                return body.decode(encoding, "strict"), encoding, guessed
        raise Rejected(_undecodable(body, start, file, wanted)) from None


def _undecodable(body: bytes, start: int, file: str, wanted: str) -> Finding:
    """Say where a text cannot be decoded."""
    line = body.count(b"\n", 0, start) + 1
    column = start - (body.rfind(b"\n", 0, start) + 1) + 1
    mixed = (
        ""
        if wanted or not is_mostly_utf8(body)
        else "; most of the file is UTF-8, so two encodings are mixed in it"
    )
    return Finding(
        file,
        line,
        column,
        "SRC003",
        "error",
        f"not {wanted or 'UTF-8'}: byte 0x{body[start]:02X} at position {start}{mixed}",
        'save the file as UTF-8, or name its encoding in the sidecar: encoding = "windows-1252"',
    )


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
