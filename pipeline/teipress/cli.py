"""The command. Results go to stdout, talk to stderr; 0 is clean, 1 has errors, 2 is a wrong call."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from teipress import __version__
from teipress.edition import Edition
from teipress.finding import Finding, Refusal, Rejected, has_errors

_CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Command(click.Command):
    """A command that shows its example last, and ends a refusal with its message and exit code."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples as they are typed."""
        with formatter.section("Example"):
            for line in self.example.splitlines():
                formatter.write(f"  {line}\n")

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal is said on stderr, a finding on stdout."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            talk(f"Error: {refusal.message}", style="red")
            if refusal.remedy:
                talk(f"  {refusal.remedy}")
            ctx.exit(refusal.exit_code)
        except Rejected as rejected:
            show([rejected.finding])
            ctx.exit(1)


def talk(message: str, style: str = "") -> None:
    """Say something to the person at the terminal, on stderr."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(message, style=style or None, markup=False)


def show(findings: Iterable[Finding], form: str = "text", files: int = 0) -> None:
    """Print findings on stdout, in one of the report formats; as text in colour on a terminal."""
    from teipress import reports

    listed = list(findings)
    console = Console(highlight=False)
    if form == "text" and console.is_terminal:
        reports.show(listed, files, console)
    else:
        click.echo(reports.FORMATS[form](listed, files), nl=False)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on a terminal while something long runs; give what is to be called for each step."""
    console = Console(stderr=True)
    columns = (TextColumn(f"{what:<9}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total or None)
        yield lambda name: bar.update(task, advance=1, description=name)


def here() -> Edition:
    """Give the edition around the working folder; raise `Refusal` where there is none."""
    edition = Edition.around(Path.cwd())
    if edition is None:
        raise Refusal(
            "this folder is in no edition: there is no edition.toml", "make one with: teipress init DIR"
        )
    return edition


def relative(path: Path) -> str:
    """Give a path as a person types it: from the working folder, where it lies inside."""
    resolved, base = path.resolve(), Path.cwd().resolve()
    return str(resolved.relative_to(base)) if resolved.is_relative_to(base) else str(path)


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="teipress")
def main() -> None:
    """Turn source texts into validated TEI P5, and TEI into web pages, plain text and books.

    Begin with: teipress init my-edition
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


@main.command(cls=_Command, example="teipress init my-edition\ncd my-edition && teipress build")
@click.argument("folder", type=click.Path(path_type=Path), default=".", metavar="[DIR]")
def init(folder: Path) -> None:
    """Make a new edition in DIR, with a README and a first source."""
    from teipress.init import initialise

    for path in initialise(folder):
        click.echo(path)
    talk(f"Next: cd {folder} && teipress build" if folder != Path() else "Next: teipress build")


@main.command(cls=_Command, example="teipress build")
def build() -> None:
    """Make what is out of date: encode the sources, validate the TEI, publish it."""
    from teipress.build import State, build_edition

    edition = here()
    state = State(edition.build)
    with progress("teipress", 0) as step:
        outcome = build_edition(edition, state, lambda name: step(name))
    state.save()
    graver = [finding for finding in outcome.findings if finding.severity != "info"]
    _show_from_here(graver, outcome.files)
    notes = len(outcome.findings) - len(graver)
    talk(outcome.summary + (f"; {notes} notes, which `teipress validate` shows" if notes else ""))
    for output in edition.outputs:
        click.echo(relative(_entry(edition.build / output)))
    sys.exit(1 if has_errors(outcome.findings) else 0)


def _entry(folder: Path) -> Path:
    """Give what a person opens first of an output."""
    index = folder / "index.html"
    return index if index.is_file() else folder


@main.command(
    cls=_Command,
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
def encode(sources: tuple[Path, ...], output: Path | None, root: Path | None, check: bool) -> None:
    """Encode source texts as TEI: in an edition seeds/ to tei/, elsewhere with -o."""
    from teipress.build import encode_edition, encode_to

    if output is None and root is not None:
        raise Refusal("--edition goes with -o", "without -o the edition around the working folder is encoded")
    if output is None and sources and Edition.around(Path.cwd()) is None:
        raise Refusal("there is no edition here to encode into", "name a folder for the results: -o DIR")
    with progress("encode", len(sources)) as step:
        if output is None:
            results = encode_edition(here(), sources, step, check=check)
        elif not sources:
            raise Refusal("-o needs sources", "name the files or folders to encode")
        else:
            results = encode_to(sources, output, Edition.load(root) if root else None, step, check=check)
    findings = [finding for result in results for finding in result.findings]
    _show_from_here(findings)
    changed = [result.name for result in results if result.changed]
    verb = "would change" if check else "written"
    talk(
        f"{len(results)} sources, {len(changed)} {verb}" + (f": {', '.join(changed[:8])}" if changed else "")
    )
    sys.exit(1 if has_errors(findings) or (check and changed) else 0)


@main.command(cls=_Command, example="teipress validate\nteipress validate letter.xml --format json")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--schema",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Hold the files against this schema only.",
)
@click.option("--format", "form", default="text", metavar="FORMAT", help="text (the default) or json.")
def validate(paths: tuple[Path, ...], schema: Path | None, form: str) -> None:
    """Check TEI files: well-formedness, schema, ids, pointers, and the wording against the source."""
    from teipress.build import validate_paths
    from teipress.reports import FORMATS

    if form not in FORMATS:
        raise Refusal(f'no format is named "{form}"', f"known: {', '.join(FORMATS)}")
    edition = Edition.around(paths[0].resolve() if paths else Path.cwd())
    files, findings = validate_paths(paths, edition, schema)
    show(_from_here(findings), form, files)
    sys.exit(1 if has_errors(findings) else 0)


@main.command(cls=_Command, example="teipress publish\nteipress publish letter.xml --to html,text -o out")
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


@main.group(context_settings=_CONTEXT)
def schema() -> None:
    """Make the schemas of an edition from its ODD."""


@schema.command("build", cls=_Command, example="teipress schema build schema/edition.odd -o schema")
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


def _from_here(findings: Sequence[Finding]) -> list[Finding]:
    """Give findings with their files named from the working folder."""
    from dataclasses import replace

    return sorted(replace(finding, file=relative(Path(finding.file))) for finding in findings)


def _show_from_here(findings: Sequence[Finding], files: int = 0) -> None:
    if findings:
        show(_from_here(findings), files=files)


from teipress.align_command import align  # noqa: E402 - it needs what stands above

main.add_command(align)  # type: ignore[has-type]
