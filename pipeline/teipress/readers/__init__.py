"""Readers turn a file into a `Source`.

To add one, write a module here with `SUFFIXES` and `read(data, name, sidecar) -> Source`, and name it in
`READERS`. A reader raises `Rejected` with an SRC finding for a file that it cannot read.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Final

from teipress.edition import Sidecar
from teipress.finding import Refusal
from teipress.readers import plain
from teipress.source import Source

READERS: Final[tuple[ModuleType, ...]] = (plain,)

SUFFIXES: Final = tuple(suffix for reader in READERS for suffix in reader.SUFFIXES)


def read(path: Path, sidecar: Sidecar) -> Source:
    """Read a source file with the reader for its suffix, or the one that the sidecar names.

    Raises `Refusal` where there is no such file or reader, `Rejected` where its content cannot be read.
    """
    if not path.is_file():
        raise Refusal(f"{path}: no such file", "check the path")
    for reader in READERS:
        named = reader.__name__.rpartition(".")[2]
        if sidecar.reader == named or (not sidecar.reader and path.suffix.lower() in reader.SUFFIXES):
            source: Source = reader.read(path.read_bytes(), path.stem, str(path), sidecar)
            return source
    raise Refusal(
        f"{path}: no reader for {sidecar.reader or path.suffix or 'a file without a suffix'}",
        f"readable: {', '.join(SUFFIXES)}",
    )
