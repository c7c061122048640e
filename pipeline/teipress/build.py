"""The way through the house: an edition's sources are encoded, validated and published, where out of date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

from teipress import __version__, readers
from teipress.document import read, serialise, write
from teipress.drafting import GENRES, guess
from teipress.drafting.web import without_furniture
from teipress.edition import CONFIGURATION, Edition, Sidecar
from teipress.encode import Request, encode
from teipress.finding import Finding, Refusal, Rejected
from teipress.languages import identify
from teipress.ledger import Ledger
from teipress.names.memory import Memory
from teipress.proof import prove
from teipress.registers import Registers
from teipress.resources import SCHEMA, XSLT

STATE: Final = ".teipress.json"  # in build/: what the results were made from

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Encoded:
    """What encoding one source came to."""

    name: str
    changed: bool
    findings: tuple[Finding, ...]


# Sources.


def sources_of(paths: Iterable[Path]) -> list[Path]:
    """List the readable files that paths name, folders opened; raise `Refusal` for one that names none."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [file for file in sorted(path.iterdir()) if file.suffix.lower() in readers.SUFFIXES]
            if not inside:
                raise Refusal(
                    f"{path}: no source texts in this folder", f"readable: {', '.join(readers.SUFFIXES)}"
                )
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise Refusal(f"{path}: no such file or folder", "check the path")
    names: dict[str, Path] = {}
    for path in found:
        if names.setdefault(path.stem, path) != path:
            raise Refusal(
                f"{path} and {names[path.stem]} would both become {path.stem}.xml", "rename one of them"
            )
    return list(names.values())


def request(
    path: Path, edition: Edition | None, registers: Registers, target: Path
) -> tuple[Request, list[Finding]]:
    """Read a source and settle its language and genre; raise `Rejected` where it cannot be read."""
    sidecar = Sidecar.load(path.with_suffix(".toml"))
    source = readers.read(path, sidecar)
    findings: list[Finding] = []
    if not source.language:
        source = replace(source, language=identify(source.text))
    genre, reason = (sidecar.genre, "") if sidecar.genre else guess(source)
    if reason:
        findings.append(
            Finding(
                str(path),
                0,
                0,
                "ENC010",
                "info",
                f"taken for a text of genre {genre}: {reason}",
                f'if it is not, say so in {path.stem}.toml: genre = "letter"',
            )
        )
    elif genre not in GENRES:
        findings.append(
            Finding(
                str(path),
                0,
                0,
                "ENC011",
                "info",
                f"genre {genre} has no drafting of its own: paragraphs only",
            )
        )
    if genre == "article":
        source = without_furniture(source)
    return (
        Request(
            source,
            sidecar,
            genre,
            registers,
            edition,
            edition.annotators if edition else Edition.annotators,
            str(target),
            _models(edition, target),
        ),
        findings,
    )


def _models(edition: Edition | None, target: Path) -> tuple[tuple[str, str], ...]:
    """Name the edition's own schemas, as a draft beside the others points to them."""
    if edition is None or target.parent != edition.tei:
        return ()
    kinds = (("rng", "http://relaxng.org/ns/structure/1.0"), ("sch", "http://purl.oclc.org/dsdl/schematron"))
    return tuple(
        (f"../schema/edition.{suffix}", kind)
        for suffix, kind in kinds
        if (edition.root / "schema" / f"edition.{suffix}").is_file()
    )


# Encoding.


def encode_file(
    path: Path,
    target: Path,
    ledger_path: Path,
    edition: Edition | None,
    registers: Registers,
    *,
    check: bool = False,
) -> Encoded:
    """Encode one source into the file `target`; with `check`, only tell whether the file would change."""
    try:
        wanted, findings = request(path, edition, registers, target)
        existing = read(target) if target.is_file() else None
    except Rejected as rejected:
        return Encoded(path.stem, False, (rejected.finding,))
    result = encode(wanted, existing, Ledger.load(ledger_path))
    findings += result.findings
    if any(finding.severity == "error" for finding in result.findings):
        return Encoded(path.stem, False, tuple(findings))
    data = serialise(result.tree)
    if check:
        return Encoded(path.stem, not target.is_file() or target.read_bytes() != data, tuple(findings))
    changed = write(target, data)
    result.ledger.save(ledger_path)
    return Encoded(path.stem, changed, tuple(findings))


def _registers(edition: Edition, base: str) -> Registers:
    """Load an edition's registers, with its settings for names and what its people decided about them."""
    return Registers.load(edition.registers, base, edition.naming, Memory.load(edition.decisions))


def encode_to(
    paths: Sequence[Path], target: Path, edition: Edition | None, progress: Progress, *, check: bool = False
) -> list[Encoded]:
    """Encode any files or folders into the folder `target`, with the registers of `edition` if one is named."""
    files = sources_of(paths)
    base = f"{edition.registers.resolve().as_uri()}/" if edition else ""
    registers = _registers(edition, base) if edition else Registers()
    results = []
    for path in files:
        results.append(
            encode_file(
                path,
                target / f"{path.stem}.xml",
                target / "decisions" / f"{path.stem}.json",
                edition,
                registers,
                check=check,
            )
        )
        progress(path.stem)
    return results


def encode_edition(
    edition: Edition,
    paths: Sequence[Path],
    progress: Progress,
    *,
    check: bool = False,
    state: State | None = None,
) -> list[Encoded]:
    """Encode the sources of an edition, or those of them that `paths` name, where they are out of date."""
    files = sources_of(paths or [edition.seeds]) if paths or edition.seeds.is_dir() else []
    if not files:
        raise Refusal(f"{edition.seeds}: no source texts", f"put a text there: {edition.seeds / 'NAME.txt'}")
    for path in files:
        if path.resolve().parent != edition.seeds.resolve():
            raise Refusal(
                f"{path} is not a source of the edition in {edition.root}",
                f"put it into {edition.seeds}, or encode it elsewhere: teipress encode {path} -o DIR",
            )
    registers = _registers(edition, "registers/")
    results = []
    for path in files:
        results.append(_encode_if_stale(path, edition, registers, check, state))
        progress(path.stem)
    return results


def _encode_if_stale(
    path: Path, edition: Edition, registers: Registers, check: bool, state: State | None
) -> Encoded:
    target = edition.tei / f"{path.stem}.xml"
    ledger = edition.decisions / f"{path.stem}.json"
    inputs = [path, path.with_suffix(".toml"), edition.root / CONFIGURATION, target, ledger]
    inputs += sorted(edition.registers.glob("*.xml"))
    memory = registers.memory.digest if registers.memory else ""
    task = f"encode {path.stem} {memory}".strip()
    if state and (known := state.findings(task, inputs)) is not None:
        return Encoded(path.stem, False, tuple(known))
    result = encode_file(path, target, ledger, edition, registers, check=check)
    if state:
        state.record(task, inputs, result.findings)
    return result


# Validation and publication.


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
    paths: Sequence[Path], edition: Edition | None, schema: Path | None = None
) -> tuple[int, list[Finding]]:
    """Check TEI files; give their number and the findings."""
    from teipress.validate import validate

    files = tei_files(paths, edition)
    proof: Callable[[Path, etree._ElementTree], Iterable[Finding]] | None = None
    if edition is not None:
        texts = edition.tei.resolve()

        def proof(path: Path, tree: etree._ElementTree) -> Iterable[Finding]:
            return prove(edition, path, tree, str(path)) if path.resolve().parent == texts else ()

    return len(files), sorted(validate(files, schema, edition, proof))


def publish_paths(
    paths: Sequence[Path],
    edition: Edition | None,
    outputs: Sequence[str] | None,
    target: Path | None,
    progress: Progress,
) -> tuple[Path, tuple[str, ...], list[Finding]]:
    """Publish TEI files; give the folder, the outputs made, and the findings."""
    from teipress.publish import edition_of, publish

    files = [
        path for path in tei_files(paths, edition) if edition is None or path.parent != edition.registers
    ]
    place = edition or edition_of(files)
    if edition is None and target is None:
        raise Refusal("there is no edition here to publish into", "name a folder for the results: -o DIR")
    wanted = tuple(outputs if outputs is not None else place.outputs)
    folder = target or place.build
    return folder, wanted, publish(place, files, wanted, folder, progress)


@dataclass(frozen=True)
class Outcome:
    """What a build came to."""

    findings: list[Finding]
    files: int
    summary: str


def build_edition(edition: Edition, state: State, progress: Progress) -> Outcome:
    """Encode, validate and publish what is out of date; nothing is published of a file that does not validate."""
    results = encode_edition(edition, (), progress, state=state)
    findings = [finding for result in results for finding in result.findings]
    progress("validate")
    findings += _validate_if_stale(edition, state)
    published = 0
    for output in edition.outputs:
        progress(output)
        made, found = _publish_if_stale(edition, output, state)
        published += made
        findings += found
    encoded = sum(result.changed for result in results)
    sources = f"{len(results)} source" + "s" * (len(results) != 1)
    summary = f"{sources} ({encoded} encoded anew), {len(edition.outputs)} outputs ({published} made anew)"
    return Outcome(findings, len(tei_files((), edition)), summary)


def _validate_if_stale(edition: Edition, state: State) -> list[Finding]:
    files = tei_files((), edition)
    inputs = [
        *files,
        edition.root / CONFIGURATION,
        *sorted(edition.seeds.iterdir()),
        *sorted(edition.decisions.iterdir()),
    ]
    inputs += sorted((edition.root / "schema").glob("*.*")) if (edition.root / "schema").is_dir() else []
    known = state.findings("validate", inputs)
    if known is not None:
        return known
    _, findings = validate_paths((), edition)
    state.record("validate", inputs, findings)
    return findings


def _publish_if_stale(edition: Edition, output: str, state: State) -> tuple[bool, list[Finding]]:
    own = edition.root / "xslt"
    inputs = [*tei_files((), edition), edition.root / CONFIGURATION]
    inputs += sorted(path for path in own.rglob("*") if path.is_file()) if own.is_dir() else []
    if output == "html":  # the pages link to the other outputs
        inputs += [edition.build / name for name in edition.outputs]
    known = state.findings(f"publish {output}", inputs)
    if known is not None and (edition.build / output).is_dir():
        return False, known
    _, _, findings = publish_paths((), edition, (output,), None, lambda _: None)
    state.record(f"publish {output}", inputs, findings)
    return True, findings


# What is out of date.


class State:
    """Remembers in `build/` what each result was made from, and what was found on the way."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / STATE
        try:
            self.entries: dict[str, Any] = json.loads(self.path.read_bytes())
        except (OSError, ValueError):
            self.entries = {}

    def findings(self, task: str, inputs: Iterable[Path]) -> list[Finding] | None:
        """Give what a task found when it last ran on these inputs; None where it has to run."""
        entry = self.entries.get(task)
        if not isinstance(entry, dict) or entry.get("key") != _key(inputs):
            return None
        return [Finding(**members) for members in entry["findings"]]

    def record(self, task: str, inputs: Iterable[Path], findings: Iterable[Finding]) -> None:
        """Remember that a task has run, and what it found."""
        self.entries[task] = {"key": _key(inputs), "findings": [finding.as_json() for finding in findings]}

    def save(self) -> None:
        """Write the memory; without it everything is only made again."""
        write(self.path, json.dumps(self.entries, ensure_ascii=False, indent=1).encode())


def _key(inputs: Iterable[Path]) -> str:
    digest = hashlib.sha256(_program().encode())
    for path in inputs:
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "-"
        digest.update(f"{path.name} {content}\n".encode())
    return digest.hexdigest()


@cache
def _program() -> str:
    """Give the digest of the program itself: another version may give other results."""
    digest = hashlib.sha256(__version__.encode())
    for folder in (Path(__file__).parent, SCHEMA, XSLT):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()
