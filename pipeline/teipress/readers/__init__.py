"""Readers turn a file into a `Source`.

To add one, write a module here with `SUFFIXES` and `read(data, name, sidecar) -> Source`, and name it in
`READERS`. A reader raises `Rejected` with an SRC finding for a file that it cannot read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Final

from teipress.edition import Sidecar
from teipress.finding import Finding, Refusal, Rejected
from teipress.readers import plain
from teipress.source import Source

READERS: Final[tuple[ModuleType, ...]] = (plain,)

SUFFIXES: Final = tuple(suffix for reader in READERS for suffix in reader.SUFFIXES)


LARGEST: Final = 128 * 1024 * 1024  # bytes of one file; the text, its views and its tree are held in memory


def read(path: Path, sidecar: Sidecar) -> Source:
    """Read a source file with the reader for its suffix, or the one that the sidecar names.

    Where the sidecar lists `files`, they are one source, a page each (folders opened). Raises `Refusal` where
    there is no such file or reader, `Rejected` where its content cannot be read.
    """
    if not sidecar.files:
        return _read(path, sidecar)
    pages = [_read(page, sidecar) for page in pages_of(path, sidecar)]
    return together(path.stem, pages, paged=True)


def together(name: str, parts: Sequence[Source], *, paged: bool = False) -> Source:
    """Put the sources of several files together to one; `paged` where each begins a page."""
    text, starts, omitted = "", [], []
    for part in parts:
        if text and paged:
            starts.append(len(text) - 1)
        omitted += [
            replace(gap, start=gap.start + len(text), end=gap.end + len(text)) for gap in part.omitted
        ]
        starts += [len(text) + at for at in part.pages]
        text += part.text + ("" if part.text.endswith("\n") else "\n")
    digest = hashlib.sha256("".join(part.digest for part in parts).encode()).hexdigest()
    first = replace(
        parts[0], name=name, text=text, omitted=tuple(omitted), pages=tuple(starts), digest=digest
    )
    encodings = dict.fromkeys(part.encoding for part in parts)
    return replace(
        first, encoding=", ".join(encodings), guessed=next((p.guessed for p in parts if p.guessed), "")
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
