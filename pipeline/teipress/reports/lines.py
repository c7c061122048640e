"""The lines that findings are about: read as XML counts them, and cut so that they fit beside their place."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path
from typing import Final

_LARGEST: Final = 50_000_000  # bytes of a file from which no line is shown
_TAB: Final = "    "
_MARKED: Final = re.compile(r"</?[^\s<>/=]+|&[^\s;]*;?")  # what stands at a place: a tag's name, an entity
_QUOTED: Final = r"""(?:"[^"]*"|'[^']*')"""
_TAG: Final = re.compile(rf"<(?:[^<>\"']|{_QUOTED})*")  # a tag, as far as it goes on one line
_ABOUT: Final = re.compile(r"@([\w:.-]+) of <|> may not have @([\w:.-]+)")
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Lines:
    """Gives lines of files, each file read once; of a file that cannot be read every line is empty."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def of(self, file: str) -> list[str]:
        """Give all lines of a file, without their ends."""
        if file not in self._files:
            self._files[file] = _read(Path(file))
        return self._files[file]

    def at(self, file: str, number: int) -> str:
        """Give the line of this number, from 1; "" where there is none."""
        lines = self.of(file) if number > 0 else []
        return lines[number - 1] if 0 < number <= len(lines) else ""


def _read(path: Path) -> list[str]:
    """Read lines as XML parsers count them: by line feed, carriage return, or both (XML 2.11)."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return []
        text = decode(path.read_bytes())
    except (OSError, ValueError):
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def decode(data: bytes) -> str:
    """Decode a file by its byte order mark, else by what it declares, else as UTF-8; never fails."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    declared = _DECLARED.match(data)
    if not encoding and declared:
        encoding = declared[1].decode("ascii")
    try:
        return data.decode(encoding or "utf-8", errors="replace")
    except LookupError:
        return data.decode("utf-8", errors="replace")


def marked(line: str, column: int) -> int:
    """Say how many characters at a column are meant: those of a tag's name, or one."""
    match = _MARKED.match(line, max(0, column - 1))
    return max(1, match.end() - match.start()) if match else 1


def attribute(line: str, column: int, message: str) -> tuple[int, int]:
    """Give the column and length of the attribute that a message is about (`@ref of <name>: …`).

    That of the element at the column, if the whole of the attribute stands on its line; otherwise the tag's name.
    """
    about = _ABOUT.search(message)
    tag = _TAG.match(line, max(0, column - 1))
    name = re.escape(about[1] or about[2]) if about else ""
    found = re.search(rf"(?<=\s){name}\s*=\s*{_QUOTED}", tag[0]) if name and tag else None
    return (column + found.start(), found.end() - found.start()) if found else (column, marked(line, column))


def excerpt(line: str, column: int, width: int, length: int = 0) -> tuple[str, str]:
    """Cut a line to `width` cells around a column (from 1); give it, and the marks that go below it.

    Marked are `length` characters, or what stands at the column.

    Tabs become spaces, and what has no shape or turns the line's direction is shown as U+FFFD, so that the
    marks stand where they should: wide characters count two cells, and those that combine none.
    """
    start = min(max(0, column - 1), len(line))
    end = start + (length or marked(line, column))
    first, last = _window([_width(character) for character in line], start, width)
    before, place, after = (
        _shown(line[max(first, a) : min(last, b)]) for a, b in ((0, start), (start, end), (end, len(line)))
    )
    head, tail = "…" if first else "", "…" if last < len(line) else ""
    marks = " " * (_cells(head) + _cells(before)) + "^" * max(1, _cells(place))
    return f"{head}{before}{place}{after}{tail}", marks


def _window(widths: list[int], start: int, width: int) -> tuple[int, int]:
    """Choose which characters are shown: all where they fit, else a third of them before the place."""
    if sum(widths) <= width:
        return 0, len(widths)
    first, room = start, width // 3
    while first and widths[first - 1] <= room:
        first -= 1
        room -= widths[first]
    while first < start and not widths[first]:  # do not begin with what combines with a letter cut off
        first += 1
    last, room = first, width - 2
    while last < len(widths) and widths[last] <= room:
        room -= widths[last]
        last += 1
    return first, last


def _width(character: str) -> int:
    if character == "\t":
        return len(_TAB)
    if character.isascii() or _hidden(character):
        return 1
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _shown(text: str) -> str:
    return "".join(_TAB if c == "\t" else "\ufffd" if _hidden(c) else c for c in text)


def _cells(text: str) -> int:
    return sum(map(_width, text))
