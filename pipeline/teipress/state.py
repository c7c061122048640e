"""What a build remembers in `build/`: what each result was made from, what was found, and which files were made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Final

from teipress import program
from teipress.document import write
from teipress.finding import Finding

STATE: Final = ".teipress.json"


class State:
    """The memory of the builds into one folder; without it everything is only made again, and nothing is removed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.entries: dict[str, Any] = json.loads((folder / STATE).read_bytes())
        except (OSError, ValueError):
            self.entries = {}

    def findings(self, task: str, inputs: Iterable[Path | str]) -> list[Finding] | None:
        """Give what a task found when it last ran on these inputs; None where it has to run."""
        entry = self.entries.get(task)
        if not isinstance(entry, dict) or entry.get("key") != _key(inputs):
            return None
        if not all((self.folder / file).is_file() for file in self.files(task)):
            return None
        return [Finding(**members) for members in entry["findings"]]

    def files(self, task: str) -> list[str]:
        """List the files that a task made, by their paths in the folder."""
        entry = self.entries.get(task)
        return list(entry.get("files", ())) if isinstance(entry, dict) else []

    def record(
        self,
        task: str,
        inputs: Iterable[Path | str],
        findings: Iterable[Finding],
        files: Iterable[str] = (),
    ) -> None:
        """Remember that a task has run, what it found, and what it made."""
        found = [finding.as_json() for finding in findings]
        self.entries[task] = {"key": _key(inputs), "findings": found, "files": sorted(set(files))}

    def remove(self, files: Collection[str]) -> None:
        """Remove files that a task made; what a record names outside the folder is not touched."""
        within = self.folder.resolve()
        for file in files:
            if (self.folder / file).parent.resolve().is_relative_to(within):
                (self.folder / file).unlink(missing_ok=True)

    def save(self) -> None:
        """Write the memory."""
        write(self.folder / STATE, json.dumps(self.entries, ensure_ascii=False, indent=1).encode())


def _key(inputs: Iterable[Path | str]) -> str:
    """Give a digest of the program and of what a task is given: files by name and content, words as they are."""
    digest = hashlib.sha256(program.digest().encode())
    for given in inputs:
        if isinstance(given, Path):
            content = hashlib.sha256(given.read_bytes()).hexdigest() if given.is_file() else "-"
            digest.update(f"{given.name} {content}\n".encode())
        else:
            digest.update(f"{given}\n".encode())
    return digest.hexdigest()
