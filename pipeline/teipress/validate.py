"""Every check on every file: TEI in, findings out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from teipress.asked import tei_files
from teipress.checks import (
    Check,
    Collection,
    Examined,
    Facts,
    Subject,
    all_checks,
    collection_checks,
    schema_checks,
)
from teipress.checks.deposit import chosen
from teipress.checks.facts import UNREADABLE
from teipress.checks.gathering import gather
from teipress.document import parse
from teipress.edition import Edition
from teipress.finding import Finding, Refusal, Rejected
from teipress.places import real
from teipress.schemas import Choice, Schemas
from teipress.workers import PATIENCE, Workers

if TYPE_CHECKING:
    from teipress.remembered import Memory

#: The proof that no word was lost: a file's path and tree to findings.
Wording = Callable[[Path, etree._ElementTree], Iterable[Finding]]

#: Files, or bytes of them, from which on processes beside this one are worth their start.
_MANY: Final = 40
_MUCH: Final = 8_000_000
#: Warnings of one code on one file that are shown one by one.
_FEW: Final = 20
#: What is read into memory; a text of this size is no text.
_LARGEST: Final = 500_000_000


@dataclass(frozen=True)
class Proof:
    """Asks for the wording of the texts of an edition, which are the files right in its folder tei/."""

    edition: Edition

    def __call__(self, path: Path, tree: etree._ElementTree) -> Iterable[Finding]:
        """Yield findings where the wording of a file is not its source's."""
        from teipress.proof import prove

        if real(path).parent != real(self.edition.tei):
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

    @property
    def _checks(self) -> dict[str, Check]:
        return schema_checks() if self.choice.schema else all_checks()

    def __call__(self, path: Path, name: str) -> Examined:
        """Give the findings on the file at `path`, which they call `name`, and the facts of it."""
        try:
            data, tree = _read(path, name)
        except Rejected as rejected:
            return Examined((rejected.finding,))
        schemas, said = self.choice.of(path, tree)
        if not self.contained and not schemas.tame:
            raise Untamed
        findings = [_instead(name, words) for words in said]
        subject = Subject(path, name, data, tree, self.choice.edition, schemas)
        findings += self._checked(subject, named=schemas not in (self.choice.fixed, self.choice.usual))
        if self.choice.schema is not None:
            return Examined(tuple(sorted(findings)))
        if self.wording is not None:
            findings += self.wording(path, tree)
        return Examined(folded(findings), gather(subject))

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


def folded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort the findings on a file; of many warnings or notes of one code give the first, and how many follow."""
    kept: list[Finding] = []
    of: dict[str, list[Finding]] = {}
    for finding in sorted(set(findings)):
        if finding.severity == "error":
            kept.append(finding)
        else:
            of.setdefault(finding.code, []).append(finding)
    for found in of.values():
        most = _FEW if len(found) > _FEW + 1 else len(found)
        kept += found[:most]
        if rest := found[most:]:
            message = f"there are {len(rest)} more of these in the file; here the next"
            kept.append(replace(rest[0], message=message, severity="info"))
    return tuple(sorted(kept))


def _read(path: Path, name: str) -> tuple[bytes, etree._ElementTree]:
    """Read and parse a file; raise `Rejected` where that cannot be done."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Rejected(_unreadable(name, "it is larger than 500 MB", "divide the file"))
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise Rejected(_unreadable(name, why, "check the name and the rights of the file")) from None
    return data, parse(data, name, ids=False)


def facts_of(path: Path) -> Facts:
    """Give the facts of a file that is not itself examined, but that one points to."""
    try:
        data, tree = _read(path, str(path))
    except Rejected:
        return UNREADABLE
    return gather(Subject(path, str(path), data, tree, None, Schemas()))


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
    memory: Memory | None = None,
    others: Sequence[Path] = (),
) -> Iterator[Finding]:
    """Check the TEI files at `paths`; yield what there is to say, file by file, by line, then of all together.

    With `schema`, a RELAX NG grammar, Schematron schema or XSD, only that is checked. `wording` is asked too
    where it is given, and `named` says what findings call a file. Raises `Refusal` where a schema cannot be
    read; a document that cannot be read is a finding. Many files, and rules that might not come to an end, are
    checked in `jobs` processes beside this one; a file that takes longer than `patience` seconds there, or ends
    its process, is a finding. `step` is called with the name of each file when it is done. What a `memory` knows
    of a file is not looked for again, and what is found is remembered there. The `others` are not checked, but
    have a say in what is asked of all together.
    """
    examination = Examination(Choice(schema, edition), None if schema else wording)
    chosen(edition)
    names = {path: named(path) for path in paths}
    known = {path: memory.recall(path, name) for path, name in names.items()} if memory else {}
    left = [path for path in paths if not known.get(path)]
    fresh = examine(examination, [(path, names[path]) for path in left], _processes(left, jobs), patience)
    facts: dict[Path, Facts] = {}
    for path, name in names.items():
        examined = known.get(path)
        if examined is None:
            _, examined = next(fresh)
            if memory:
                memory.remember(path, name, examined)
        yield from examined.findings
        facts[path] = examined.facts
        step(name)
    if schema is None:
        read = (lambda path: memory.facts(path) or facts_of(path)) if memory else facts_of
        names |= {path: named(path) for path in others}
        facts |= {path: read(path) for path in others}
        yield from together(edition, facts, names, read, frozenset(names[path] for path in paths))


def examine(
    examination: Examination, tasks: Sequence[tuple[Path, str]], number: int, patience: float
) -> Iterator[tuple[Path, Examined]]:
    """Examine files, each a path and what findings call it, in `number` processes beside this one, or in none."""
    left = list(tasks)
    while left and not number:
        try:
            examined = examination(*left[0])
        except Untamed:
            number = 1
            break
        yield left.pop(0)[0], examined
    if not left:
        return
    # A choice that has been used holds what it read, which goes to no other process.
    contained = replace(examination, choice=replace(examination.choice), contained=True)
    with Workers(contained, min(number, len(left)), patience) as workers:
        for (path, _), examined in zip(left, workers.run(left), strict=True):
            yield path, examined


def together(
    edition: Edition | None,
    facts: Mapping[Path, Facts],
    names: Mapping[Path, str],
    read: Callable[[Path], Facts] = facts_of,
    about: frozenset[str] = frozenset(),
) -> Iterator[Finding]:
    """Yield what there is to say of the files of an edition together, which is asked on every run.

    `facts` has the files that are known, and `names` what findings call them; findings are about these alone, or
    about those of them that `about` names. Another file of the edition that one of them points to is read, by
    `read`, when it is needed.
    """
    resolved = {path: real(path) for path in facts}
    everything = set(map(real, tei_files((), edition))) if edition else set()
    collection = Collection(
        edition,
        {resolved[path]: each for path, each in facts.items()},
        {resolved[path]: names[path] for path in facts},
        complete=everything <= set(resolved.values()),
        read=read,
        about=about,
    )
    others = set(names.values()) - about if about else set()
    for check in collection_checks().values():
        yield from (finding for finding in check(collection) if finding.file not in others)


def _processes(paths: Sequence[Path], jobs: int | None) -> int:
    """Say how many processes check the files; 0 is this one alone."""
    if jobs is not None or len(paths) < 2:
        return jobs if jobs and jobs > 1 and len(paths) > 1 else 0
    many = len(paths) >= _MANY or sum(path.stat().st_size for path in paths if path.is_file()) >= _MUCH
    return os.cpu_count() or 1 if many else 0


def validate_files(
    files: Sequence[Path],
    edition: Edition | None,
    schema: Path | None = None,
    jobs: int | None = None,
    step: Callable[[str], None] = lambda name: None,
    *,
    afresh: bool = False,
    others: Sequence[Path] = (),
) -> list[Finding]:
    """Check TEI files of an edition or of none; give the findings in order.

    What is remembered of a file of an edition is not looked for again, unless that is to be done `afresh`. `step`
    is called with the name of each file. The `others` have a say in what is asked of all together.
    """
    wording = memory = None
    if edition is not None:
        from teipress.remembered import Memory

        wording = Proof(edition)
        memory = None if afresh or schema else Memory(edition)
    found = validate(files, schema, edition, wording, jobs=jobs, step=step, memory=memory, others=others)
    findings = sorted(found)
    if memory:
        memory.save()
    return findings
