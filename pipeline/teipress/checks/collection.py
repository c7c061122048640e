"""What a check of a whole edition is given: the facts of all its files, in place of the files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from teipress.checks.facts import Facts, Known
from teipress.edition import Edition
from teipress.finding import Finding, Severity


@dataclass
class Collection:
    """The files of one examination.

    `facts` are those of the files that were asked for, by their resolved paths, and `names` what findings call
    them. Another file of the edition that one of these points to is read when it is first asked for, by `read`.
    `about` has the names of those files that findings are wanted about, if not of all.
    `complete` says whether these are all texts and registers of the edition: what is nowhere can be told of
    all files only.
    """

    edition: Edition | None
    facts: Mapping[Path, Facts]
    names: Mapping[Path, str]
    complete: bool
    read: Callable[[Path], Facts]
    about: frozenset[str] = frozenset()
    _read: dict[Path, Facts] = field(default_factory=dict)
    _entries: dict[Path, Mapping[str, Sequence[Known]]] = field(default_factory=dict)
    _targets: dict[tuple[Path, str], Path] = field(default_factory=dict)

    def of(self, path: Path) -> Facts:
        """Give the facts of any file of the edition, by its resolved path."""
        known = self.facts.get(path) or self._read.get(path)
        if known is None:
            known = self._read[path] = self.read(path)
        return known

    def entries(self, path: Path) -> Mapping[str, Sequence[Known]]:
        """Give the entries of any file of the edition by their ids."""
        if path not in self._entries:
            found: dict[str, list[Known]] = {}
            for entry in self.of(path).entries:
                found.setdefault(entry.ident, []).append(entry)
            self._entries[path] = found
        return self._entries[path]

    def target(self, home: Path, path: str) -> Path:
        """Give the file that a relative path means in a file of the folder `home`."""
        key = (home, path)
        if key not in self._targets:
            self._targets[key] = Path(os.path.realpath(home / path))
        return self._targets[key]

    def __iter__(self) -> Iterator[tuple[Path, Facts]]:
        """Give the files by their names, those last that findings are about: what two share is told of the latter."""
        names, about = self.names, self.about
        return iter(sorted(self.facts.items(), key=lambda item: (names[item[0]] in about, names[item[0]])))

    def finding(
        self, path: Path, place: tuple[int, int], code: str, severity: Severity, message: str, remedy: str
    ) -> Finding:
        """Make a finding about a place in one of the files that were asked for."""
        return Finding(self.names[path], *place, code, severity, message, remedy)
