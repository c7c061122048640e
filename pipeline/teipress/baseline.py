"""A baseline: findings that are known, so that only new ones fail.

It is a JSON file to be committed, an entry a line. Files are named from its folder. A known finding is known again
where its line has moved, and where the words of its line have changed; of several equal ones as many as are written
down.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from teipress.finding import Finding, Refusal
from teipress.fingerprints import Fingerprints, Identity
from teipress.reports.lines import Lines
from teipress.selection import UNCHECKED

_VERSION: Final = 1
_REMEDY: Final = "write it anew: teipress validate --baseline {} --write-baseline"


@dataclass(frozen=True)
class Comparison:
    """What a baseline makes of findings: those that are new, how many are known, and how many are gone."""

    new: list[Finding]
    known: int
    gone: int


@dataclass(frozen=True)
class Baseline:
    """The known findings, counted."""

    path: Path
    known: Counter[Identity]

    @classmethod
    def empty(cls, path: Path) -> Baseline:
        """Give a baseline that knows nothing yet."""
        return cls(path, Counter())

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read a baseline; raise `Refusal` where there is none, or where it is not one."""
        if not path.is_file():
            raise Refusal(f"{path}: no such baseline", _REMEDY.format(path))
        try:
            content: Any = json.loads(path.read_bytes())
            if content["version"] != _VERSION:
                raise Refusal(f"{path}: a baseline of another version", _REMEDY.format(path))
            known: Counter[Identity] = Counter()
            for entry in content["known"]:
                count = int(entry.pop("count", 1))
                known[Identity(**{name: str(value) for name, value in entry.items()})] += count
        except (ValueError, TypeError, KeyError, AttributeError):
            raise Refusal(f"{path}: not a baseline", _REMEDY.format(path)) from None
        return cls(path, known)

    def compare(self, findings: Sequence[Finding], examined: Iterable[str], lines: Lines) -> Comparison:
        """Tell the new findings from the known; of files that were not `examined` none can be gone."""
        prints = Fingerprints(lines, self._name)
        left = Counter(self.known)
        found = [(finding, prints.identity(finding)) for finding in findings]
        for alike in (_exactly, _without_words):
            found = _unmatched(found, left, alike)
        names = {self._name(file) for file in examined}
        gone = sum(count for known, count in left.items() if known.file in names or not self._is_there(known))
        return Comparison([finding for finding, _ in found], len(findings) - len(found), gone)

    def _name(self, file: str) -> str:
        return Path(os.path.relpath(Path(file).resolve(), self.path.resolve().parent)).as_posix()

    def _is_there(self, known: Identity) -> bool:
        return (self.path.parent / known.file).is_file()

    def written(self, findings: Sequence[Finding], examined: Iterable[str], lines: Lines) -> bytes:
        """Give the file with these findings known; what it says of files that were not `examined` stays."""
        prints = Fingerprints(lines, self._name)
        names = {self._name(file) for file in examined}
        known = Counter(
            {
                each: count
                for each, count in self.known.items()
                if each.file not in names and self._is_there(each)
            }
        )
        known.update(prints.identity(finding) for finding in findings if finding.code not in UNCHECKED)
        entries = [
            json.dumps({k: v for k, v in asdict(each).items() if v} | {"count": count}, ensure_ascii=False)
            for each, count in sorted(known.items())
        ]
        listed = ",\n  ".join(entries)
        return f'{{"version": {_VERSION}, "known": [\n  {listed}\n]}}\n'.encode()


Found = list[tuple[Finding, Identity]]


def _exactly(identity: Identity) -> Identity:
    return identity


def _without_words(identity: Identity) -> Identity:
    """Give what stays of a finding when the words of its line have changed."""
    return replace(identity, line="")


def _unmatched(found: Found, left: Counter[Identity], stays: Callable[[Identity], Identity]) -> Found:
    """Take the known findings that are left from what was found, where what `stays` is equal; give the rest."""
    waiting: dict[Identity, list[Identity]] = {}
    for known, count in left.items():
        waiting.setdefault(stays(known), []).extend([known] * count)
    rest = []
    for finding, identity in found:
        matches = waiting.get(stays(identity))
        if not matches or finding.code in UNCHECKED:
            rest.append((finding, identity))
        else:
            left[matches.pop()] -= 1
    return rest
