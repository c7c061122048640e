"""Every check on every file: TEI in, findings out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from lxml import etree

from teipress.checks import Check, Library, Subject, all_checks, schema_checks
from teipress.document import parse
from teipress.edition import Edition
from teipress.finding import Finding, Refusal, Rejected
from teipress.schemas import Choice, Schemas
from teipress.workers import PATIENCE, Workers

#: The proof that no word was lost: a file's path and tree to findings.
Wording = Callable[[Path, etree._ElementTree], Iterable[Finding]]

#: Files, or bytes of them, from which on processes beside this one are worth their start.
_MANY: Final = 40
_MUCH: Final = 8_000_000
#: What is read into memory; a text of this size is no text.
_LARGEST: Final = 500_000_000


@dataclass(frozen=True)
class Proof:
    """Asks for the wording of the texts of an edition, which are the files right in its folder tei/."""

    edition: Edition

    def __call__(self, path: Path, tree: etree._ElementTree) -> Iterable[Finding]:
        """Yield findings where the wording of a file is not its source's."""
        from teipress.proof import prove

        if path.resolve().parent != self.edition.tei.resolve():
            return ()
        return prove(self.edition, path, tree, str(path))


class Untamed(Exception):
    """A file is to be held against a schema that may run for ever, which this process cannot stop."""


@dataclass
class Examination:
    """All that is asked of one file after the other; picklable, for it is done in other processes too.

    Raises `Untamed` for a file that is to be examined in another process, unless it is `contained` in one.
    """

    choice: Choice
    wording: Wording | None = None
    contained: bool = False
    library: Library = field(default_factory=Library)

    @property
    def _checks(self) -> dict[str, Check]:
        return schema_checks() if self.choice.schema else all_checks()

    def __call__(self, path: Path, name: str) -> list[Finding]:
        """Give the findings on the file at `path`, which they call `name`."""
        return sorted(self._examine(path, name))

    def _examine(self, path: Path, name: str) -> Iterator[Finding]:
        try:
            if path.stat().st_size > _LARGEST:
                yield _unreadable(name, "it is larger than 500 MB", "divide the file")
                return
            data = path.read_bytes()
            tree = parse(data, name)
        except OSError as error:
            yield _unreadable(name, error.strerror or str(error), "check the name and the rights of the file")
            return
        except Rejected as rejected:
            yield rejected.finding
            return
        schemas, said = self.choice.of(path, tree)
        if not self.contained and not schemas.tame:
            raise Untamed
        for words in said:
            yield _instead(name, words)
        subject = Subject(path, name, data, tree, self.choice.edition, schemas, self.library)
        yield from self._checked(subject, named=schemas not in (self.choice.fixed, self.choice.usual))
        if self.wording is not None and self.choice.schema is None:
            yield from self.wording(path, tree)

    def _checked(self, subject: Subject, named: bool) -> Iterator[Finding]:
        """Run the checks; where the file `named` a schema itself that cannot be used, use the usual one."""
        for check in self._checks.values():
            try:
                yield from check(subject)
            except Refusal as refusal:
                if not named:
                    raise
                yield _instead(subject.name, refusal.message, "error")
                subject.schemas = Schemas()


def _unreadable(name: str, why: str, remedy: str) -> Finding:
    return Finding(name, 0, 0, "XML003", "error", f"the file cannot be read: {why}", remedy)


def _instead(name: str, why: str, severity: str = "info") -> Finding:
    remedy = "save the schema inside the edition and name it in edition.toml, or name it with --schema"
    return Finding(name, 0, 0, "XML006", "error" if severity == "error" else "info", why, remedy)


def validate(
    paths: Sequence[Path],
    schema: Path | None = None,
    edition: Edition | None = None,
    wording: Wording | None = None,
    named: Callable[[Path], str] = str,
    jobs: int | None = None,
    patience: float = PATIENCE,
    step: Callable[[str], None] = lambda name: None,
) -> Iterator[Finding]:
    """Check the TEI files at `paths`; yield what there is to say, file by file, by line.

    With `schema`, a RELAX NG grammar, Schematron schema or XSD, only that is checked. `wording` is asked too
    where it is given, and `named` says what findings call a file. Raises `Refusal` where a schema cannot be
    read; a document that cannot be read is a finding. Many files, and rules that might not come to an end, are
    checked in `jobs` processes beside this one; a file that takes longer than `patience` seconds there, or ends
    its process, is a finding. `step` is called with the name of each file when it is done.
    """
    examination = Examination(Choice(schema, edition), None if schema else wording)
    tasks = [(path, named(path)) for path in paths]
    number = _processes(paths, jobs)
    while tasks and not number:
        try:
            findings = examination(*tasks[0])
        except Untamed:
            number = 1
            break
        yield from findings
        step(tasks.pop(0)[1])
    if not tasks:
        return
    with Workers(replace(examination, contained=True), min(number, len(tasks)), patience) as workers:
        for (_, name), findings in zip(tasks, workers.run(tasks), strict=True):
            yield from findings
            step(name)


def _processes(paths: Sequence[Path], jobs: int | None) -> int:
    """Say how many processes check the files; 0 is this one alone."""
    if jobs is not None or len(paths) < 2:
        return jobs if jobs and jobs > 1 and len(paths) > 1 else 0
    many = len(paths) >= _MANY or sum(path.stat().st_size for path in paths if path.is_file()) >= _MUCH
    return os.cpu_count() or 1 if many else 0


def tei_files(paths: Sequence[Path], edition: Edition | None) -> list[Path]:
    """List the TEI files that paths name, folders opened; without paths all of the edition's.

    Raises `Refusal` where there is no such file, or no edition to take them from.
    """
    if not paths:
        if edition is None:
            raise Refusal("this folder is in no edition: there is no edition.toml", "name the TEI files")
        return [*edition.texts(), *sorted(edition.registers.glob("*.xml"))]
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*.xml")) if path.is_dir() else [path]
        if not inside:
            raise Refusal(f"{path}: no XML files in this folder", "name the TEI files")
        found += inside
    for path in found:
        if not path.is_file():
            raise Refusal(f"{path}: no such file or folder", "check the path")
    return found


def validate_paths(
    paths: Sequence[Path],
    edition: Edition | None,
    schema: Path | None = None,
    jobs: int | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> tuple[int, list[Finding]]:
    """Check TEI files; give their number and the findings. `step` is called with the name of each file."""
    files = tei_files(paths, edition)
    wording = Proof(edition) if edition is not None else None
    return len(files), sorted(validate(files, schema, edition, wording, jobs=jobs, step=step))
