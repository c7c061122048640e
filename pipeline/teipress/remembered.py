"""What was found on each file of an edition, remembered until the file changes or anything it was checked with.

An entry holds the digest of the file, and those of all that its examination rested on: source, sidecar, ledger, and
the schemas that it names. What all files rest on (the program, edition.toml, the folder schema/) is digested once for
all. Digests are of contents, so that a fresh checkout remembers what another knew. The memory is one JSON file in
`build/.cache`; one that is broken, or of another version, is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from teipress import program
from teipress.checks.facts import Examined, Facts
from teipress.edition import CONFIGURATION, Edition
from teipress.places import real

FILE: Final = Path(".cache") / "validate.json"

#: What may be otherwise the next time, though nothing has changed.
_PASSING: Final = frozenset({"XML003", "XML004", "XML005"})
#: Where files name schemas, and schemas the files that they include.
_NAMED: Final = re.compile(rb"""\b(?:href|schemaLocation|noNamespaceSchemaLocation)\s*=\s*["']([^"'<]*)""")
_ENOUGH: Final = 65_536  # bytes of a file in which it has named its schemas


class Memory:
    """The memory of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._root = edition.root.resolve()
        self._path = edition.build / FILE
        self._digests: dict[Path, str] = {}
        self._changed = False
        self._key = self._common()
        self._entries = self._load()

    def recall(self, path: Path, name: str) -> Examined | None:
        """Give what was found on a file, which findings call `name`; None where it has to be examined."""
        entry = self._entries.get(self._name(path))
        try:
            if entry is None or not self._holds(path, entry):
                return None
            known = entry["examined"]
            found = [members | {"file": self._called(members["file"], name)} for members in known["findings"]]
            return Examined.from_json(known | {"findings": found})
        except (ValueError, TypeError, KeyError, AttributeError):
            return None

    def facts(self, path: Path) -> Facts | None:
        """Give what is known of a file without looking into it again; None where nothing is."""
        examined = self.recall(path, str(path))
        return examined.facts if examined else None

    def remember(self, path: Path, name: str, examined: Examined) -> None:
        """Remember what was found on a file, unless that may be otherwise the next time."""
        codes = {finding.code for finding in examined.findings}
        data = _begin(path)
        if codes & _PASSING or b"\0" in data or not real(path).is_relative_to(self._root):
            return
        findings = tuple(
            replace(finding, file="" if finding.file == name else self._name(Path(finding.file)))
            for finding in examined.findings
        )
        uses = {self._name(each): self._digest(each) for each in self._rests_on(path, data)}
        self._entries[self._name(path)] = {
            "digest": self._digest(path),
            "uses": uses,
            "examined": replace(examined, findings=findings).as_json(),
        }
        self._changed = True

    def save(self) -> None:
        """Write the memory, if it has changed; a folder that cannot be written to costs time and nothing else."""
        if not self._changed:
            return
        from teipress.document import write

        there = {name: entry for name, entry in self._entries.items() if (self._root / name).is_file()}
        try:
            write(self._path, json.dumps({"key": self._key, "files": there}, ensure_ascii=True).encode())
        except OSError:
            return

    def _load(self) -> dict[str, Any]:
        try:
            content: Any = json.loads(self._path.read_bytes())
            files = content["files"] if content["key"] == self._key else {}
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return {}
        return files if isinstance(files, dict) else {}

    def _holds(self, path: Path, entry: dict[str, Any]) -> bool:
        uses: dict[str, str] = entry["uses"]
        return entry["digest"] == self._digest(path) and all(
            digest == self._digest(self._root / name) for name, digest in uses.items()
        )

    def _common(self) -> str:
        """Give the digest of what all files rest on."""
        root = self._root
        used = [root / CONFIGURATION, *sorted((root / "schema").rglob("*"))]
        used += _closure([root / name for name in self._edition.schemas], root)
        lines = (f"{self._name(path)} {self._digest(path)}" for path in used)
        return hashlib.sha256("\n".join([program.digest(), *lines]).encode()).hexdigest()

    def _rests_on(self, path: Path, data: bytes) -> list[Path]:
        """List the files that the examination of a file looked into or for, beside those that all files rest on."""
        from teipress.proof import evidence

        proof = real(path).parent == real(self._edition.tei)
        named = _closure(_named(path, data), self._root)
        return [*(evidence(self._edition, path.stem) if proof else []), *named]

    def _digest(self, path: Path) -> str:
        """Give the digest of a file's content, or of a folder's names; "" where there is nothing."""
        if path not in self._digests:
            try:
                inside = sorted(each.name for each in path.iterdir()) if path.is_dir() else []
                data = "\0".join(inside).encode() if path.is_dir() else path.read_bytes()
                self._digests[path] = hashlib.sha256(data).hexdigest()[:24]
            except OSError:
                self._digests[path] = ""
        return self._digests[path]

    def _name(self, path: Path) -> str:
        """Name a file from the edition's folder."""
        place = real(path)
        return (place.relative_to(self._root) if place.is_relative_to(self._root) else place).as_posix()

    def _called(self, file: str, name: str) -> str:
        return str(self._edition.root / file) if file else name


def _begin(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_ENOUGH)
    except OSError:
        return b"\0"


def _named(path: Path, data: bytes) -> list[Path]:
    """List the files that a file names as its schemas, or includes, there or not."""
    found = []
    for words in _NAMED.findall(data):
        for word in words.decode("utf-8", errors="replace").split():
            address = urlsplit(word) if not word.startswith("//") else None
            if address and address.path and not address.scheme:
                found.append(path.parent / unquote(address.path))
    return found


def _closure(paths: Iterable[Path], root: Path) -> list[Path]:
    """List files and, of the schemas among them, all that they include inside the edition."""
    waiting, found = list(paths), dict[Path, None]()
    while waiting:
        path = real(waiting.pop())
        if path in found or not path.is_relative_to(root):
            continue
        found[path] = None
        if path.suffix in (".rng", ".sch", ".xsd", ".xml", ".isosch") and path.is_file():
            waiting += _named(path, path.read_bytes())
    return list(found)
