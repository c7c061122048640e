"""Plain text: decoded, line ends made LF, and what XML cannot hold omitted on the record."""

from __future__ import annotations

import codecs
import hashlib
import re
from array import array
from collections.abc import Iterator
from typing import Final, NamedTuple

from teipress.edition import Sidecar
from teipress.finding import Finding, Rejected
from teipress.origins import Deviation, Origin
from teipress.readers.encodings import detect, is_partly_utf8
from teipress.source import LONGEST_STRETCH, Omission, Source

SUFFIXES: Final = (".txt", ".text")

_WHITE: Final = b" \t\r\n\f\v"
_BLANK: Final = "".join(map(chr, range(0x20))) + " \ufeff\u200b\x7f"

_MARKS: Final = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF32_LE, "UTF-32-LE"),
    (codecs.BOM_UTF32_BE, "UTF-32-BE"),
    (codecs.BOM_UTF16_LE, "UTF-16-LE"),
    (codecs.BOM_UTF16_BE, "UTF-16-BE"),
)

#: Why a character is left out.
CONTROL: Final = "control character"
HALF: Final = "half of a surrogate pair, which is no character"
#: Characters that no XML 1.0 document can hold (XML 1.0, production 2).
_UNHOLDABLE: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]+")

#: What is read as a line end besides CR LF, and what the record says of it.
_LINE_ENDS: Final = (
    ("\r", "CR at the end of a line, read as LF"),
    ("\f", "form feed, read as the end of a page"),
    ("\v", "vertical tab, read as the end of a line"),
)
_CR_LF: Final = "CR LF at the end of a line, read as LF"
_AS_LINE_END: Final = str.maketrans("\r\f\v", "\n\n\n")


class _Decoded(NamedTuple):
    """A file's characters, the encoding that they were in, the length of its mark, and why it was guessed."""

    text: str
    encoding: str
    mark: int = 0
    guessed: str = ""


def read(data: bytes, name: str, file: str, sidecar: Sidecar) -> Source:
    """Decode a plain text; raise `Rejected` for one that is empty, binary or in an encoding that nothing tells."""
    if not data.strip(_WHITE):
        raise Rejected(_finding(file, "SRC001", "the file is empty", "save the text in it, or remove it"))
    decoded = _decode(data, file, sidecar.encoding)
    joined, returns = _without_returns(decoded.text)
    text = joined.translate(_AS_LINE_END) if any(sign in joined for sign, _ in _LINE_ENDS) else joined
    if not text.strip().strip(_BLANK).strip():
        raise Rejected(_finding(file, "SRC001", "the file has no text", "save the text in it, or remove it"))
    _check_lines(text, file)
    origin = Origin("", 0, text, codecs.lookup(decoded.encoding).name, decoded.mark, returns)
    _check_bytes(origin, data, decoded.encoding, file)
    omitted = [
        Omission(m.start(), m.end(), HALF if "\ud800" <= m[0][0] <= "\udfff" else CONTROL)
        for m in _UNHOLDABLE.finditer(text)
    ]
    return Source(
        name=name,
        text=text,
        language=sidecar.language,
        omitted=tuple(omitted),
        digest=hashlib.sha256(data).hexdigest(),
        reader="plain 3",
        encoding=decoded.encoding,
        guessed=decoded.guessed,
        pages=tuple(match.start() for match in re.finditer("\f", joined)),
        origins=(origin,),
        normalised=tuple(_normalised(joined, origin)),
    )


def _without_returns(raw: str) -> tuple[str, array[int]]:
    """Give a text with CR LF as LF, and where these stand in it."""
    if "\r\n" not in raw:
        return raw, array("q")
    returns = array("q", (match.start() - number for number, match in enumerate(re.finditer("\r\n", raw))))
    return raw.replace("\r\n", "\n"), returns


def _normalised(joined: str, origin: Origin) -> Iterator[Deviation]:
    """Put on record the mark, and what is read as a line end."""
    if origin.mark:
        yield Deviation(0, origin.mark, "byte order mark")
    kinds = [(_CR_LF, origin.returns)]
    kinds += [
        (reason, array("q", (match.start() for match in re.finditer(sign, joined))))
        for sign, reason in _LINE_ENDS
        if sign in joined
    ]
    for reason, places in kinds:
        if places:
            start, end = origin.on_disk(places[0]), origin.on_disk(places[-1] + 1)
            yield Deviation(start, end, reason, count=len(places))


def _check_lines(text: str, file: str) -> None:
    """Refuse a line that would become a stretch of text longer than XML parsers take."""
    for number, line in enumerate(text.split("\n") if len(text) > LONGEST_STRETCH else (), 1):
        if len(line) > LONGEST_STRETCH:
            message = (
                f"a line of {len(line)} characters; no more than {LONGEST_STRETCH} fit into one paragraph"
            )
            raise Rejected(Finding(file, number, 0, "SRC007", "error", message, "break it into paragraphs"))


def _decode(data: bytes, file: str, wanted: str) -> _Decoded:
    """Decode by the sidecar's word, else by the byte order mark, else as UTF-8, else by what the bytes tell."""
    encoding, mark = _stated(data, wanted)
    body, guessed = data[mark:], ""
    if b"\0" in body and not encoding.upper().startswith(("UTF-16", "UTF-32")):
        encoding, guessed = detect(body) if not wanted else ("", "")
        if not encoding.startswith("UTF-16"):
            where = body.index(b"\0")
            remedy = "give a text file, or its `encoding`"
            raise Rejected(_finding(file, "SRC002", f"not a text: byte {where} is NUL", remedy))
    try:
        # Half of a pair in UTF-16 is no character; it is left out on the record and not the end of the reading.
        errors = "surrogatepass" if encoding.upper().startswith("UTF-16") else "strict"
        return _Decoded(body.decode(encoding, errors), encoding, mark, guessed)
    except LookupError:
        remedy = "name it as IANA does: windows-1252"
        raise Rejected(_finding(file, "SRC004", f'the encoding "{encoding}" is unknown', remedy)) from None
    except UnicodeError as error:
        if encoding == "UTF-8" and not wanted and not mark and not is_partly_utf8(body):
            encoding, guessed = detect(body)
            if encoding:
                return _Decoded(body.decode(encoding, "strict"), encoding, mark, guessed)
        raise Rejected(_undecodable(body, error, file, wanted, encoding)) from None


def _stated(data: bytes, wanted: str) -> tuple[str, int]:
    """Give the encoding that the sidecar or the file's mark states, or UTF-8, and the length of the mark."""
    family = wanted.upper().replace("_", "-").replace("UTF8", "UTF-8").replace("-SIG", "")
    for mark, marked in _MARKS:
        if data.startswith(mark) and (not wanted or marked.startswith(family)):
            return marked, len(mark)
    return (f"{family}-LE" if family in ("UTF-16", "UTF-32") else wanted or "UTF-8"), 0


def _check_bytes(origin: Origin, data: bytes, encoding: str, file: str) -> None:
    """Refuse an encoding whose characters have no bytes of their own, so that no place in the file can be named."""
    if not origin.encoding.startswith("utf-8") and origin.on_disk(len(origin.text)) != len(data):
        message = f'in the encoding "{encoding}" a character has no place of its own in the file'
        raise Rejected(_finding(file, "SRC004", message, "save the file as UTF-8"))


def _undecodable(body: bytes, error: UnicodeError, file: str, wanted: str, tried: str) -> Finding:
    """Say where a text cannot be decoded."""
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    line = body.count(b"\n", 0, start) + 1
    column = start - (body.rfind(b"\n", 0, start) + 1) + 1
    why = ""
    if isinstance(error, UnicodeDecodeError) and error.end >= len(body) and len(body) - start < 4:
        why = "; the file ends inside a character, so it is cut off"
    elif not wanted and is_partly_utf8(body):
        why = "; other parts of the file are UTF-8, so two encodings are mixed in it"
    return Finding(
        file,
        line,
        column,
        "SRC003",
        "error",
        f"not {wanted or tried or 'UTF-8'}: byte 0x{body[start]:02X} at position {start}{why}",
        'save the file as UTF-8, or name its encoding in the sidecar: encoding = "windows-1252"',
    )


def _finding(file: str, code: str, message: str, remedy: str) -> Finding:
    return Finding(file, 0, 0, code, "error", message, remedy)
