"""The command. Results go to stdout, talk to stderr; 0 is clean, 1 has errors, 2 is a wrong call."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from teipress import __version__
from teipress.edition import Edition
from teipress.finding import Finding, Refusal, counted, has_errors
from teipress.terminal import CONTEXT, Command, Group, from_here, here, progress, relative, show, talk

if TYPE_CHECKING:
    from teipress.build import Encoded

#: The commands that live with what they are about.
ELSEWHERE: Final = {
    "align": "teipress.align_command:align",
    "date": "teipress.dates.command:command",
    "register": "teipress.authorities.command:register",
    "validate": "teipress.validate_command:validate",
}


@click.group(cls=Group, elsewhere=ELSEWHERE, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="teipress")
def main() -> None:
    """Turn source texts into validated TEI P5, and TEI into web pages, plain text and books.

    Begin with: teipress init my-edition
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a file's name may be no text


@main.command(cls=Command, example="teipress init my-edition\ncd my-edition && teipress build")
@click.argument("folder", type=click.Path(path_type=Path), default=".", metavar="[DIR]")
def init(folder: Path) -> None:
    """Make a new edition in DIR, with a README and a first source."""
    from teipress.init import initialise

    for path in initialise(folder):
        click.echo(path)
    talk(f"Next: cd {folder} && teipress build" if folder != Path() else "Next: teipress build")


@main.command(cls=Command, example="teipress build")
def build() -> None:
    """Make what is out of date: encode the sources, validate the TEI, publish it."""
    from teipress.build import build_edition
    from teipress.state import State

    edition = here()
    state = State(edition.build)
    with progress("teipress", 0) as step:
        outcome = build_edition(edition, state, lambda name: step(name))
    state.save()
    graver = [finding for finding in outcome.findings if finding.severity != "info"]
    _show_from_here(graver, outcome.files)
    notes = f"; {counted(outcome.notes, 'note')}, which `teipress validate` shows" if outcome.notes else ""
    talk(outcome.summary + notes)
    if has_errors(outcome.findings):
        talk("there are errors; what could be published was published all the same, with them")
    for output in edition.outputs:
        click.echo(relative(_entry(edition.build / output)))
    sys.exit(1 if has_errors(outcome.findings) else 0)


def _entry(folder: Path) -> Path:
    """Give what a person opens first of an output."""
    index = folder / "index.html"
    return index if index.is_file() else folder


@main.command(
    cls=Command,
    example="teipress encode\nteipress encode letters/*.txt -o tei-of-letters",
)
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write DIR/NAME.xml for any files or folders, and leave the edition around them out of it.",
)
@click.option(
    "--edition",
    "root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="With -o: the edition whose registers and settings apply.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a file would change.")
@click.option(
    "--redraft",
    is_flag=True,
    help="Where source and file have both changed: draft anew, and carry over what people did to the file.",
)
@click.option("--report", is_flag=True, help="Say of each source what was kept, normalised and omitted.")
@click.option(
    "--explain",
    "words",
    metavar="TEXT",
    help="Show what told that TEXT is what it is encoded as, or why it is no name.",
)
def encode(
    sources: tuple[Path, ...],
    output: Path | None,
    root: Path | None,
    check: bool,
    redraft: bool,
    report: bool,
    words: str | None,
) -> None:
    """Encode source texts as TEI: in an edition seeds/ to tei/, elsewhere with -o."""
    from teipress.build import Mode, encode_edition, encode_to

    mode = Mode(check, redraft)

    if output is None and root is not None:
        raise Refusal("--edition goes with -o", "without -o the edition around the working folder is encoded")
    if output is None and sources and Edition.around(Path.cwd()) is None:
        raise Refusal("there is no edition here to encode into", "name a folder for the results: -o DIR")
    with progress("encode", len(sources)) as step:
        if output is None:
            results = encode_edition(here(), sources, step, mode)
        elif not sources:
            raise Refusal("-o needs sources", "name the files or folders to encode")
        else:
            results = encode_to(sources, output, Edition.load(root) if root else None, step, mode)
    findings = [finding for result in results for finding in result.findings]
    _show_from_here(findings)
    _tell_rejections(results)
    if report:
        from teipress.build import accounts

        for account in accounts(sources, output, here() if output is None else None):
            click.echo(account)
    changed = [result.name for result in results if result.changed]
    verb = "would change" if check else "written"
    talk(
        f"{counted(len(results), 'source')}, {len(changed)} {verb}"
        + (f": {', '.join(changed[:8])}" if changed else "")
    )
    if words is not None:
        from teipress.build import registers_of
        from teipress.explain import explain
        from teipress.registers import Registers

        edition = here() if output is None else Edition.load(root) if root else None
        ledgers = (output / "decisions") if output else here().decisions
        registers = registers_of(edition) if edition else Registers()
        names = dict.fromkeys(result.name for result in results)
        if edition and output is None and not sources:  # those too that have no source
            names |= dict.fromkeys(path.stem for path in edition.texts())
        for line in explain(words, [ledgers / f"{name}.json" for name in names], registers):
            click.echo(line)
    sys.exit(1 if has_errors(findings) or (check and changed) else 0)


def _tell_rejections(results: Iterable[Encoded]) -> None:
    """Say on stderr what a person removed by hand, since it is now on record as rejected."""
    for result in results:
        for rejected in result.rejections:
            talk(
                f"{result.name}: {rejected} was removed by hand; it is noted as rejected, and not proposed again"
            )


@main.command(
    "decide",
    cls=Command,
    example="teipress decide --list\n"
    "teipress decide 3fa92c1 --accept --all-like\n"
    "teipress decide 81c0d4e --correct registers/persons.xml#bell-mary\n"
    "echo '3fa92c1 reject' | teipress decide -",
)
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option(
    "--list",
    "is_listing",
    is_flag=True,
    help="Show what waits, the least sure first; with --decided, what does not.",
)
@click.option("--decided", "is_decided", is_flag=True, help="With --list: what has been decided.")
@click.option("--json", "as_json", is_flag=True, help="With --list: as JSON.")
@click.option("--accept", "verdicts", flag_value="accept", multiple=True, help="Accept the proposals.")
@click.option(
    "--reject",
    "verdicts",
    flag_value="reject",
    multiple=True,
    help="Reject them: they are not proposed again.",
)
@click.option(
    "--correct",
    "ref",
    metavar="REF",
    help="Accept them, but as pointing to REF; of a slip: as read so; of a link: as linking REF; of a date or a "
    "doubt about one: as meaning it (1871-04-06).",
)
@click.option(
    "--slip",
    type=click.Choice(["transcription", "source"]),
    default=None,
    help="With --accept or --correct, of suspected slips: whose they are (the transcription's by default).",
)
@click.option("--undo", "verdicts", flag_value="undo", multiple=True, help="Take decisions back.")
@click.option(
    "--all-like", is_flag=True, help="Decide alike on the same words with the same referent everywhere."
)
@click.option("--by", default="", metavar="ID", help="Who decides: an editor of edition.toml.")
@click.option("--why", default="", metavar="TEXT", help="The reason, kept with the decision.")
def decide_(
    keys: tuple[str, ...],
    is_listing: bool,
    is_decided: bool,
    as_json: bool,
    verdicts: tuple[str, ...],
    ref: str | None,
    slip: str | None,
    all_like: bool,
    by: str,
    why: str,
) -> None:
    """Accept, reject or correct what the machine proposed; without a KEY, one after the other."""
    from teipress import deciding
    from teipress.decide import decided, waiting

    edition = here()
    asked = list(dict.fromkeys([*verdicts, *(["correct"] if ref is not None else [])]))
    if len(asked) > 1:
        raise Refusal(f"--{' and --'.join(asked)} at once", "choose one")
    kind = asked[0] if asked else None
    if slip and kind not in ("accept", "correct"):
        raise Refusal("--slip says whose slip it is that is accepted", "give it with --accept or --correct")
    if is_listing or is_decided:
        cases = decided(edition) if is_decided else waiting(edition)
        click.echo(deciding.as_json(cases) if as_json else deciding.listing(cases, everything=bool(keys)))
        talk(f"{len(cases)} " + ("decided" if is_decided else "waiting"))
        return
    if keys == ("-",):
        results = deciding.by_lines(edition, sys.stdin, by, why)
    elif kind is not None:
        results = deciding.by_keys(
            edition, keys, kind, ref or "", by, why, all_like=all_like, slip=slip or ""
        )
    elif not keys and deciding.is_interactive():
        results = deciding.interactively(edition, by)
    else:
        raise Refusal("decide what?", "see: teipress decide --list, and teipress decide --help")
    findings = [finding for result in results for finding in result.findings if finding.severity != "info"]
    _show_from_here(findings)
    encoded = {result.name for result in results if not has_errors(result.findings)}
    talk(f"{counted(len(encoded), 'text')} encoded anew")
    sys.exit(1 if has_errors(findings) else 0)


@main.command(cls=Command, example="teipress publish\nteipress publish letter.xml --to html,text -o out")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--to", "outputs", metavar="LIST", help="The outputs, with commas: html,text,print.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to write; build/ of the edition by default.",
)
def publish(paths: tuple[Path, ...], outputs: str | None, output: Path | None) -> None:
    """Make web pages, plain text and PDF of TEI files: of the edition, or of those named."""
    from teipress.build import publish_paths

    edition = Edition.around(paths[0].resolve() if paths else Path.cwd())
    wanted = (
        tuple(name.strip() for name in outputs.split(",") if name.strip()) if outputs is not None else None
    )
    with progress("publish", 0) as step:
        target, made, findings = publish_paths(paths, edition, wanted, output, step)
    _show_from_here(findings)
    for name in made:
        click.echo(relative(_entry(target / name)))
    sys.exit(1 if has_errors(findings) else 0)


@main.group(context_settings=CONTEXT)
def schema() -> None:
    """Make the schemas of an edition from its ODD."""


@schema.command("build", cls=Command, example="teipress schema build schema/edition.odd -o schema")
@click.argument("odd", type=click.Path(path_type=Path), default=Path("schema/edition.odd"), metavar="[ODD]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to write; beside the ODD by default.",
)
def schema_build(odd: Path, output: Path | None) -> None:
    """Make the RELAX NG and the Schematron of an ODD (schema/edition.odd by default)."""
    from teipress.schema import build as build_schema

    if not odd.is_file():
        raise Refusal(f"{odd}: no such file", "name the ODD")
    for path in build_schema(odd, output or odd.parent):
        click.echo(relative(path))


def _show_from_here(findings: Sequence[Finding], files: int = 0) -> None:
    if findings:
        show(from_here(findings), files)
