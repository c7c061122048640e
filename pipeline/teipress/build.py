"""The way through the house: an edition's sources are encoded, validated and published, where out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from teipress import readers, versions
from teipress.asked import tei_files
from teipress.commit import commit, recover
from teipress.document import parse, read, serialise
from teipress.drafting import GENRES, guess
from teipress.drafting.web import without_furniture
from teipress.edition import CONFIGURATION, Edition, Sidecar
from teipress.encode import Request, encode
from teipress.finding import Finding, Refusal, Rejected, counted, has_errors
from teipress.header import note_review
from teipress.languages import identify
from teipress.ledger import Ledger
from teipress.names.memory import Memory
from teipress.original import Original
from teipress.registers import Registers
from teipress.selection import Selection, severities_of
from teipress.source import Source
from teipress.state import State
from teipress.translations import Other
from teipress.validate import validate_files

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Encoded:
    """What encoding one source came to; `rejections` are elements that a person was seen to have removed."""

    name: str
    changed: bool
    findings: tuple[Finding, ...]
    rejections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mode:
    """How to encode: only to see what would change, or merging a new draft with what people did to the old."""

    check: bool = False
    redraft: bool = False


# Sources.


def sources_of(paths: Iterable[Path]) -> list[Path]:
    """List the readable files that paths name, folders opened; raise `Refusal` for one that names none."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = _sources_in(path)
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


def _sources_in(folder: Path) -> list[Path]:
    """List the sources of a folder: its readable files, and for files that a sidecar puts together, the sidecar."""
    files = sorted(folder.iterdir())
    together = {
        file: {page.resolve() for page in readers.pages_of(file, sidecar)}
        for file in files
        if file.suffix == ".toml" and (sidecar := Sidecar.load(file)).files
    }
    pages = set().union(*together.values())
    named = {file.stem for file in together}
    return sorted(
        [
            *together,
            *(
                f
                for f in files
                if f.suffix.lower() in readers.SUFFIXES and f.resolve() not in pages and f.stem not in named
            ),
        ]
    )


def request(
    path: Path, edition: Edition | None, registers: Registers, target: Path
) -> tuple[Request, list[Finding]]:
    """Read a source, and what it translates or is translated by; raise `Rejected` where that cannot be done."""
    wanted, findings = _request(path, edition, registers, target)
    form = edition.translations if edition else Edition.translations
    others = versions.translations_of(path)
    if form == versions.TWO or versions.original_of(path):
        original = versions.original_of(path)
        file = target.with_name(f"{original.stem}.xml") if original else target
        other = Other(file.name, read(file).getroot()) if original and file.is_file() else None
        wanted = replace(wanted, original=other, translated_as=tuple(f"{o.stem}.xml" for o in others))
    elif others:
        asked = [_request(other, edition, registers, target) for other in others]
        findings += [finding for _, found in asked for finding in found]
        parts = (wanted, *(part for part, _ in asked))
        source = versions.joined([path, *others], [part.source for part in parts])
        wanted = replace(wanted, source=source, parts=parts)
    named = wanted.sidecar.translation_of
    if named and versions.original_of(path) is None:
        message = f'translation_of: no source beside it is called "{named}", so that nothing is linked'
        remedy = "name the original by its file, without the suffix"
        findings.append(Finding(str(path), 0, 0, "LNK008", "warning", message, remedy))
    return wanted, findings


def _request(
    path: Path, edition: Edition | None, registers: Registers, target: Path
) -> tuple[Request, list[Finding]]:
    """Read a source and settle its language and genre."""
    sidecar = Sidecar.load(path.with_suffix(".toml"))
    source = readers.read(path, sidecar)
    findings: list[Finding] = []
    if not source.language:
        source = replace(source, language=identify(source.text))
    if source.guessed:
        message = f"not UTF-8; read as {source.encoding}, since {source.guessed}"
        remedy = f'if that is wrong, name the encoding in {path.stem}.toml: encoding = "windows-1252"'
        findings.append(Finding(str(path), 0, 0, "SRC010", "warning", message, remedy))
    findings += _unreadable(source, str(path))
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
                f'to confirm it, say so in {path.stem}.toml: genre = "{genre}"; or name another: '
                + ", ".join(known for known in GENRES if known != genre),
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


def _unreadable(source: Source, file: str) -> Iterator[Finding]:
    """Say what the reader left out by itself, because no XML document can hold it (XML 1.0, production 2)."""
    asked = [gap for gap in source.omitted if gap.reason in readers.UNHOLDABLE]
    if asked:
        line, column = source.place(asked[0].start)
        places = f", here and at {len(asked) - 1:,} more places" if len(asked) > 1 else ""
        message = f"left out, since XML cannot hold it: {asked[0].reason}{places}"
        remedy = "look at the place: what stood there before the file was damaged?"
        yield Finding(file, line, column, "SRC011", "warning", message, remedy)


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
    mode: Mode = Mode(),
    deciding: Callable[[Ledger], Ledger] = lambda ledger: ledger,
    review: Mapping[str, str] | None = None,
) -> Encoded:
    """Encode one source into the file `target`.

    `deciding` may add people's decisions to the ledger, and `review` (@when and @who) is then said in the header.
    """
    if not mode.check:
        recover(target, ledger_path)
    try:
        wanted, findings = request(path, edition, registers, target)
        data = target.read_bytes() if target.is_file() else None
        existing = parse(data, str(target)) if data is not None else None
    except Rejected as rejected:
        return Encoded(path.stem, False, (rejected.finding,))
    try:
        ledger = Ledger.load(ledger_path)
    except Refusal as refusal:
        return Encoded(path.stem, False, (*findings, _undecided(path, refusal)))
    original = Original(data, existing) if data is not None and existing is not None else None
    result = encode(wanted, existing, ledger, merging=mode.redraft, deciding=deciding)
    findings += result.findings
    told = tuple(f"<{decision.tag}> “{decision.at.quote}”" for decision in result.rejections)
    if any(finding.severity == "error" for finding in result.findings):
        return Encoded(path.stem, False, tuple(findings))
    if review:
        note_review(result.tree.getroot(), review)
    written = original.serialise(result.tree) if original else serialise(result.tree)
    changed = written != data
    if not mode.check:
        commit(target, written, ledger_path, result.ledger.as_bytes())
    return Encoded(path.stem, changed, tuple(findings), told)


def _undecided(path: Path, refusal: Refusal) -> Finding:
    message = f"its decisions cannot be read, so that it was not encoded: {refusal.message}"
    return Finding(str(path), 0, 0, "ENC032", "error", message, refusal.remedy)


def registers_of(edition: Edition, base: str = "registers/") -> Registers:
    """Load an edition's registers, with its settings for names and what its people decided about them."""
    return Registers.load(edition.registers, base, edition.naming, Memory.load(edition.decisions))


def encode_to(
    paths: Sequence[Path], target: Path, edition: Edition | None, progress: Progress, mode: Mode = Mode()
) -> list[Encoded]:
    """Encode any files or folders into the folder `target`, with the registers of `edition` if one is named."""
    files = versions.ordered(sources_of(paths), edition.translations if edition else Edition.translations)
    base = f"{edition.registers.resolve().as_uri()}/" if edition else ""
    registers = registers_of(edition, base) if edition else Registers()
    results = []
    for path in files:
        results.append(
            encode_file(
                path,
                target / f"{path.stem}.xml",
                target / "decisions" / f"{path.stem}.json",
                edition,
                registers,
                mode,
            )
        )
        progress(path.stem)
    return results


def accounts(paths: Sequence[Path], output: Path | None, edition: Edition | None) -> Iterator[str]:
    """Give the account of each source that has been encoded: what was kept, normalised and omitted."""
    from teipress.account import account

    folder = output or Path() if edition is None else edition.tei
    for path in sources_of(paths or ([edition.seeds] if edition else [])):
        target = folder / f"{path.stem}.xml"
        if not target.is_file():
            continue
        try:
            wanted, _ = request(path, edition, Registers(), target)
        except Rejected:
            continue
        ledger = Ledger.load(folder / "decisions" / f"{path.stem}.json")
        yield account(wanted.source, read(target).getroot(), ledger)


def encode_edition(
    edition: Edition,
    paths: Sequence[Path],
    progress: Progress,
    mode: Mode = Mode(),
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
    files = versions.ordered(files, edition.translations)
    while True:
        registers = registers_of(edition)
        results = []
        for path in files:
            results.append(_encode_if_stale(path, edition, registers, mode, state))
            progress(path.stem)
        # What people removed by hand may speak against the same name elsewhere; it is found once for each removal.
        seen = any(result.rejections for result in results)
        if mode.check or not seen or registers_of(edition).memory_digest == registers.memory_digest:
            return results


def _encode_if_stale(
    path: Path, edition: Edition, registers: Registers, mode: Mode, state: State | None
) -> Encoded:
    target = edition.tei / f"{path.stem}.xml"
    ledger = edition.decisions / f"{path.stem}.json"
    sidecar = path.with_suffix(".toml")
    pages = readers.pages_of(path, loaded) if (loaded := Sidecar.load(sidecar)).files else []
    inputs = [path, sidecar, *pages, edition.root / CONFIGURATION, target, ledger]
    inputs += sorted(edition.registers.glob("*.xml"))
    for other in versions.translations_of(path):
        inputs += [other, other.with_suffix(".toml")]
    if original := versions.original_of(path):
        inputs.append(edition.tei / f"{original.stem}.xml")
    task = f"encode {path.stem} {registers.memory_digest}".strip()
    if state and (known := state.findings(task, inputs)) is not None:
        return Encoded(path.stem, False, tuple(known))
    result = encode_file(path, target, ledger, edition, registers, mode)
    if state:
        state.record(task, inputs, result.findings)
    return result


# Validation and publication.


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
    """What a build came to; `notes` are those of its findings that `validate` shows and a build does not."""

    findings: list[Finding]
    files: int
    summary: str
    notes: int


def build_edition(edition: Edition, state: State, progress: Progress) -> Outcome:
    """Encode, validate and publish what is out of date; what a text that is gone had been made into is removed."""
    from teipress.publish import in_order

    results = encode_edition(edition, (), progress, state=state)
    progress("validate")
    checked = _validate_if_stale(edition, state)
    findings = [*(finding for result in results for finding in result.findings), *checked]
    published = 0
    for output in in_order(edition.outputs):
        progress(output)
        made, found = _publish_if_stale(edition, output, state)
        published += made
        findings += found
    encoded = sum(result.changed for result in results)
    outputs = counted(len(edition.outputs), "output")
    summary = f"{counted(len(results), 'source')} ({encoded} encoded anew), {outputs} ({published} made anew)"
    notes = sum(finding.severity == "info" for finding in checked)
    return Outcome(findings, len(tei_files((), edition)), summary, notes)


def _validate_if_stale(edition: Edition, state: State) -> list[Finding]:
    files = tei_files((), edition)
    inputs = [
        *files,
        edition.root / CONFIGURATION,
        *sorted(path for path in edition.seeds.rglob("*") if path.is_file()),
        *sorted(edition.decisions.iterdir()),
    ]
    inputs += sorted((edition.root / "schema").glob("*.*")) if (edition.root / "schema").is_dir() else []
    known = state.findings("validate", inputs)
    if known is not None:
        return known
    where = str(edition.root / CONFIGURATION)
    selection = Selection(severities_of(edition.severities, where))
    findings = list(selection.of(validate_files(files, edition)))
    state.record("validate", inputs, findings)
    return findings


def _publish_if_stale(edition: Edition, output: str, state: State) -> tuple[bool, list[Finding]]:
    from teipress.publish import linked

    task, own = f"publish {output}", edition.root / "xslt"
    inputs: list[Path | str] = [*tei_files((), edition), edition.root / CONFIGURATION]
    inputs += sorted(path for path in own.rglob("*") if path.is_file()) if own.is_dir() else []
    if output == "html":  # the pages link to what there is of the other outputs
        inputs += linked((path.stem for path in edition.texts()), edition.build)
    known = state.findings(task, inputs)
    if known is not None:
        return False, known
    made: list[str] = []
    _, _, findings = publish_paths((), edition, (output,), None, made.append)
    before = [file for file in state.files(task) if file not in made]
    left = _not_made_again(edition, before) if has_errors(findings) else []
    state.remove([file for file in before if file not in left])
    state.record(task, inputs, findings, [*made, *left])
    return True, findings


def _not_made_again(edition: Edition, files: Iterable[str]) -> list[str]:
    """List the files of earlier builds that stay where something failed: those of texts that there still are."""
    from teipress.publish import PAGES_OF_ITS_OWN

    names = {*(path.stem for path in edition.texts()), *PAGES_OF_ITS_OWN}
    return [file for file in files if PurePosixPath(file).stem in names]
