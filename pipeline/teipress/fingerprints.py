"""By what a finding is known again when the file around it has changed.

That is its code, its file, its message, and the place of its element in the tree: the names of the elements down to
it, from the nearest that has an `xml:id`. Line numbers and positions among siblings are no part of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from teipress.finding import Finding
from teipress.reports.lines import Lines

#: What a message says of places and counts, which change while the fault stays.
_MOVING: Final = re.compile(r" \((?:at [^()]*|\d+ times; here first)\)$")
_POSITION: Final = re.compile(r"(?<=[\w.-])\[\d+\]|(?<=there are )\d+(?= more of these)")


@dataclass(frozen=True, order=True)
class Identity:
    """What stays of a finding. `line` is a digest of the words of its line, by which equals are told apart."""

    code: str
    file: str
    message: str
    place: str = ""
    line: str = ""


class Fingerprints:
    """Gives identities and digests of findings; `name` says what a file is called wherever the program is run."""

    def __init__(self, lines: Lines, name: Callable[[str], str] = str) -> None:
        self._lines = lines
        self._name = name
        self._places: dict[str, dict[tuple[int, int], str]] = {}

    def identity(self, finding: Finding) -> Identity:
        """Give what stays of a finding."""
        message = _POSITION.sub("", _MOVING.sub("", finding.message))
        words = " ".join(self._lines.at(finding.file, finding.line).split())
        line = hashlib.sha256(words.encode()).hexdigest()[:12] if words else ""
        return Identity(finding.code, self._name(finding.file), message, self._place(finding), line)

    def all(self, findings: Sequence[Finding]) -> list[str]:
        """Give a digest for each finding, no two alike: those of one identity are numbered in their order."""
        seen: Counter[tuple[str, ...]] = Counter()
        digests = []
        for finding in findings:
            known = self.identity(finding)
            stays = (known.code, known.file, known.place, known.message)
            seen[stays] += 1
            digests.append(hashlib.sha256("\0".join((*stays, str(seen[stays]))).encode()).hexdigest()[:32])
        return digests

    def _place(self, finding: Finding) -> str:
        if not finding.column or not finding.file.endswith(".xml"):
            return ""
        if finding.file not in self._places:
            self._places[finding.file] = places(Path(finding.file))
        return self._places[finding.file].get((finding.line, finding.column), "")


def places(path: Path) -> dict[tuple[int, int], str]:
    """Give the place of each element of an XML file by line and column; of a broken one as far as it goes."""
    found: dict[tuple[int, int], str] = {}
    steps: list[str] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        ident = attributes.get("xml:id", "")
        steps.append(f"#{ident}" if ident else f"{steps[-1]}/{name}" if steps else name)
        found[parser.CurrentLineNumber, parser.CurrentColumnNumber + 1] = steps[-1]

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: steps.pop() and None
    with contextlib.suppress(expat.ExpatError, OSError):
        parser.Parse(path.read_bytes(), True)
    return found
