"""Readers turn a file into a `Source`.

To add one, write a module here with `SUFFIXES` and `read(data, name, sidecar) -> Source`, and name it in
`READERS`. A reader raises `Rejected` with an SRC finding for a file that it cannot read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Final

from teipress.edition import Sidecar
from teipress.finding import Finding, Refusal, Rejected
from teipress.origins import Deviation
from teipress.readers import plain
from teipress.source import Omission, Source

READERS: Final[tuple[ModuleType, ...]] = (plain,)

SUFFIXES: Final = tuple(suffix for reader in READERS for suffix in reader.SUFFIXES)

#: The reasons for which a reader itself leaves something out.
UNHOLDABLE: Final = frozenset({plain.CONTROL, plain.HALF})

LARGEST: Final = 128 * 1024 * 1024  # bytes of one file; the text, its views and its tree are held in memory


def read(path: Path, sidecar: Sidecar) -> Source:
    """Read a source file with the reader for its suffix, or the one that the sidecar names.

    Where the sidecar lists `files`, they are one source, a page each (folders opened). Raises `Refusal` where
    there is no such file or reader, `Rejected` where its content cannot be read.
    """
    if not sidecar.files:
        return _omitting(_read(path, sidecar), sidecar.omit, str(path))
    paths = pages_of(path, sidecar)
    names = [page.relative_to(path.parent).as_posix() for page in paths]
    source = together(path.stem, names, [_read(page, sidecar) for page in paths])
    return _omitting(source, sidecar.omit, str(path))


def together(name: str, files: Sequence[str], pages: Sequence[Source], *, paged: bool = True) -> Source:
    """Put files together to one source, each a page; one that ends without a line end is given one, on the record."""
    parts: list[str] = []
    starts, omitted, origins, normalised = [], [], [], []
    length = 0
    for file, page in zip(files, pages, strict=True):
        if length and paged:
            starts.append(length - 1)
        omitted += [replace(gap, start=gap.start + length, end=gap.end + length) for gap in page.omitted]
        starts += [length + at for at in page.pages]
        origins += [replace(origin, file=file, start=length) for origin in page.origins]
        normalised += [replace(deviation, file=file) for deviation in page.normalised]
        parts.append(page.text)
        length += len(page.text)
        if not page.text.endswith("\n"):
            parts.append("\n")
            length += 1
            end = page.origins[0].on_disk(len(page.text)) if page.origins else len(page.text)
            normalised.append(Deviation(end, end, "line end added at the end of a page", file))
    return replace(
        pages[0],
        name=name,
        text="".join(parts),
        omitted=tuple(omitted),
        pages=tuple(starts),
        digest=hashlib.sha256("".join(page.digest for page in pages).encode()).hexdigest(),
        encoding=", ".join(dict.fromkeys(page.encoding for page in pages)),
        guessed=next((page.guessed for page in pages if page.guessed), ""),
        origins=tuple(origins),
        normalised=tuple(normalised),
    )


def pages_of(path: Path, sidecar: Sidecar) -> list[Path]:
    """List the files that a sidecar puts together to one source; they lie beside it."""
    listed: list[Path] = []
    folder = path.parent.resolve()
    for name in sidecar.files:
        page = path.parent / name
        if not page.resolve().is_relative_to(folder):
            raise Refusal(f"{path.stem}.toml: files: {name} does not lie beside it", "copy the file there")
        inside = (
            sorted(f for f in page.iterdir() if f.suffix.lower() in SUFFIXES) if page.is_dir() else [page]
        )
        listed += inside
    if not listed:
        raise Refusal(
            f"{path.stem}.toml: files: no readable file in the folder", f"readable: {', '.join(SUFFIXES)}"
        )
    return listed


def _read(path: Path, sidecar: Sidecar) -> Source:
    if not path.is_file():
        raise Refusal(f"{path}: no such file", "check the path")
    if path.stat().st_size > LARGEST:
        message = f"the file has {path.stat().st_size:,} bytes; at most {LARGEST:,} are read as one text"
        raise Rejected(Finding(str(path), 0, 0, "SRC006", "error", message, "split it into several sources"))
    for reader in READERS:
        named = reader.__name__.rpartition(".")[2]
        if sidecar.reader == named or (not sidecar.reader and path.suffix.lower() in reader.SUFFIXES):
            source: Source = reader.read(path.read_bytes(), path.stem, str(path), sidecar)
            return source
    raise Refusal(
        f"{path}: no reader for {sidecar.reader or path.suffix or 'a file without a suffix'}",
        f"readable: {', '.join(SUFFIXES)}",
    )


def _omitting(source: Source, wanted: Sequence[Mapping[str, str]], file: str) -> Source:
    """Leave out of a source what its sidecar asks to omit."""
    asked = [_asked(source.text, range_, file) for range_ in wanted]
    return replace(source, omitted=_merged([*source.omitted, *asked])) if asked else source


def _asked(text: str, wanted: Mapping[str, str], file: str) -> Omission:
    """Find a range that the sidecar asks to omit: from the first words quoted to the last, or to the end."""
    start = text.find(wanted["from"])
    last = wanted.get("to", "")
    end = text.find(last, start) + len(last) if last else len(text)
    if start < 0 or end < start + len(last):
        missing = wanted["from"] if start < 0 else last
        after = f' after "{wanted["from"]}"' if start >= 0 else ""
        message = f'the sidecar omits "{missing}", which the text does not have{after}'
        raise Rejected(Finding(file, 0, 0, "SRC005", "error", message, "quote it exactly"))
    return Omission(start, end, wanted["reason"])


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
