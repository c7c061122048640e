"""An original and its translations among the sources of an edition, as `translation_of` in a sidecar says.

They become one TEI document, a `group` with a `text` each (Guidelines 4.3.1), or a document each: edition.toml,
[translations] form.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from teipress import readers
from teipress.edition import Sidecar
from teipress.source import Source

ONE: Final = "one"
TWO: Final = "two"


def original_of(path: Path) -> Path | None:
    """Give the source beside `path` that its sidecar calls its original; None where there is none."""
    name = Sidecar.load(path.with_suffix(".toml")).translation_of
    return _source_called(path.parent, name) if name and name != path.stem else None


def translations_of(path: Path) -> list[Path]:
    """List the sources beside `path` that are translations of it, in the order of their names."""
    folder = path.parent
    changed = folder.stat().st_mtime_ns if folder.is_dir() else 0
    names = (name for name, original in _translations(folder, changed) if original == path.stem != name)
    return [source for name in names if (source := _source_called(folder, name))]


@lru_cache(maxsize=8)
def _translations(folder: Path, changed: int) -> tuple[tuple[str, str], ...]:
    """List the sidecars of a folder that call an original, with it; the others are not read any further.

    It is asked for every text of a folder; `changed` is when a file came or went there.
    """
    naming = [file for file in sorted(folder.glob("*.toml")) if b"translation_of" in file.read_bytes()]
    return tuple((file.stem, original) for file in naming if (original := Sidecar.load(file).translation_of))


def _source_called(folder: Path, name: str) -> Path | None:
    sidecar = folder / f"{name}.toml"
    if Sidecar.load(sidecar).files:
        return sidecar
    return next((file for suffix in readers.SUFFIXES if (file := folder / f"{name}{suffix}").is_file()), None)


def ordered(paths: Sequence[Path], form: str) -> list[Path]:
    """Put originals before their translations; of those that become one document name the original alone."""
    originals = {path: original_of(path) for path in paths}
    if form == ONE:
        known = [original or path for path, original in originals.items()]
        return list(dict.fromkeys(known))
    return sorted(paths, key=lambda path: originals[path] is not None)


def read(path: Path, form: str) -> Source:
    """Read a source, together with its translations where they become one document."""
    source = readers.read(path, Sidecar.load(path.with_suffix(".toml")))
    if form != ONE:
        return source
    paths = translations_of(path)
    others = [readers.read(other, Sidecar.load(other.with_suffix(".toml"))) for other in paths]
    return joined([path, *paths], [source, *others]) if others else source


def joined(paths: Sequence[Path], sources: Sequence[Source]) -> Source:
    """Put the sources of an original and its translations together, as one document has them."""
    return readers.together(paths[0].stem, [path.name for path in paths], sources, paged=False)
