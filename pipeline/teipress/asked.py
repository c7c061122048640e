"""The TEI files that a command is asked about: named one by one, by folders, by patterns, or all of an edition."""

from __future__ import annotations

from collections.abc import Sequence
from glob import glob
from pathlib import Path

from teipress.edition import Edition
from teipress.finding import Refusal
from teipress.places import real


def tei_files(paths: Sequence[Path], edition: Edition | None) -> list[Path]:
    """List the TEI files that paths name, folders opened; without paths, or of the edition's folder, all of its own.

    Raises `Refusal` where there is no such file, or no edition to take them from.
    """
    if not paths:
        if edition is None:
            raise Refusal("this folder is in no edition: there is no edition.toml", "name the TEI files")
        return _of_edition(edition)
    found: list[Path] = []
    for path in paths:
        if edition and real(path) == real(edition.root):
            inside = _of_edition(edition)
        else:
            inside = _inside(path) if path.is_dir() else _named(path)
        if not inside:
            raise Refusal(f"{path}: no XML files in this folder", "name the TEI files")
        found += inside
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> list[Path]:
    """List the XML files below a folder; a link that leads nowhere is one, and a finding of its own (XML003)."""
    return sorted(path for path in folder.rglob("*.xml") if not path.is_dir())


def _named(path: Path) -> list[Path]:
    """Give the file that a path names, or those that match a pattern such as `letters/*.xml`; raise `Refusal`."""
    if path.is_file() or path.is_symlink():
        return [path]
    if str(path) == "-":
        raise Refusal("standard input is not read", "save the text in a file, and name that")
    if set("*?[") & set(str(path)):
        found = [Path(name) for name in sorted(glob(str(path), recursive=True))]  # noqa: PTH207 (absolute too)
        if files := [each for each in found if not each.is_dir()]:
            return files
        raise Refusal(f"{path}: no file matches this", "check the pattern, or name a folder")
    slashed = Path(str(path).replace("\\", "/"))
    remedy = f"did you mean {slashed}?" if slashed != path and slashed.exists() else "check the path"
    raise Refusal(
        f"{path}: {'no file that can be read' if path.exists() else 'no such file or folder'}", remedy
    )


def _of_edition(edition: Edition) -> list[Path]:
    return [*edition.texts(), *sorted(edition.registers.glob("*.xml"))]
