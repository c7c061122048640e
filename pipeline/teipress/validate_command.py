"""`teipress validate`: TEI files are checked, and what is found is reported in the form that is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from teipress.edition import Edition
from teipress.finding import SEVERITIES, Refusal, Severity
from teipress.places import real
from teipress.terminal import Command, from_here, present, progress, relative, talk

if TYPE_CHECKING:
    from teipress.finding import Finding
    from teipress.reports import Report

_ORDER: Final = "teipress.order of options"


class _Validate(Command):
    """Notes in which order --format and --output were given, for an output belongs to the format before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, twice."""
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[_ORDER] = [parameter.name for parameter in order]
        return super().parse_args(ctx, args)


@click.command(
    cls=_Validate,
    example="teipress validate\n"
    "teipress validate letter.xml --format json\n"
    "teipress validate --format sarif -o report.sarif --ignore HDR --severity warning\n"
    "teipress validate --changed-since main --baseline known.json\n"
    "teipress validate --explain DAT010",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--schema",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Hold the files against this schema only.",
)
@click.option(
    "--format",
    "forms",
    multiple=True,
    metavar="FORMAT",
    help="text (the default), json, sarif, junit, github or gitlab. May be given again with an --output each.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report of the --format before it to FILE, beside what is shown here.",
)
@click.option(
    "--select", multiple=True, metavar="CODES", help="Only these codes or families, with commas: DAT,PTR001."
)
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these codes or families.")
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    default="info",
    metavar="LEVEL",
    help="The least severity that is shown: error, warning or info (the default).",
)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="error",
    metavar="LEVEL",
    help="The least severity that fails: error (the default), warning or info.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Leave out the known findings that FILE lists.",
)
@click.option("--write-baseline", is_flag=True, help="Write what is found now to the --baseline, as known.")
@click.option(
    "--changed-since",
    "revision",
    metavar="REV",
    help="Only files that have changed since a commit or branch, whose source has, or that point to one that has.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check N files at once; as many as there are processors by default, where there are many files.",
)
@click.option("--no-cache", is_flag=True, help="Check every file, whatever is remembered of it.")
@click.option("--explain", metavar="CODE", help="Show what a code means, and what to do.")
def validate(
    paths: tuple[Path, ...],
    schema: Path | None,
    forms: tuple[str, ...],
    outputs: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: Severity,
    fail_on: Severity,
    baseline: Path | None,
    write_baseline: bool,
    revision: str | None,
    jobs: int | None,
    no_cache: bool,
    explain: str | None,
) -> None:
    """Check TEI files: well-formedness, schema, ids, pointers, and the wording against the source."""
    from teipress.reports import Report
    from teipress.selection import Selection, codes_of, severities_of

    if explain is not None:
        _explain(explain)
        return
    shown, written = _reports(forms, outputs)
    edition = Edition.around(real(paths[0]) if paths else Path.cwd())
    severities = severities_of(edition.severities, str(edition.root / "edition.toml")) if edition else {}
    selection = Selection(severities, codes_of(select), codes_of(ignore), severity)
    files, found = _found(paths, edition, schema, revision, jobs, no_cache)
    names = [relative(path) for path in files]
    report = Report(list(selection.of(from_here(found))), len(files), names, failing=fail_on)
    known = baseline or (edition.root / edition.baseline if edition and edition.baseline else None)
    if write_baseline:
        _write_baseline(known, report)
        return
    report = _new(known, report)
    fails = any(map(report.fails, report.findings))
    report = _with(report, findings=selection.shown(report.findings))
    for form, path in written:
        _write(path, form, report)
    present(report, shown)
    sys.exit(1 if fails else 0)


def _found(
    paths: Sequence[Path],
    edition: Edition | None,
    schema: Path | None,
    revision: str | None,
    jobs: int | None,
    no_cache: bool,
) -> tuple[list[Path], list[Finding]]:
    """Check what is to be checked; give the files and the findings."""
    from teipress.asked import tei_files
    from teipress.validate import validate_files

    files, others = tei_files(paths, edition), []
    if revision is not None:
        from teipress.changed import beside, changed_since

        named, files = files, changed_since(revision, files, edition)
        others = beside(files, named, edition)
    with progress("validate", len(files)) as step:
        return files, validate_files(files, edition, schema, jobs, step, afresh=no_cache, others=others)


def _reports(forms: Sequence[str], outputs: Sequence[Path]) -> tuple[str, list[tuple[str, Path]]]:
    """Give the format that is shown, and each that is written with its file.

    An output takes the format before it, or the first after it that has none; without any it is the text. Raises
    `Refusal` for a format that there is not, and for two that would be shown at once.
    """
    from teipress.reports import FORMATS

    for form in forms:
        if form not in FORMATS:
            raise Refusal(f'no format is named "{form}"', f"known: {', '.join(FORMATS)}")
    free: list[str] = []
    written: list[tuple[str, Path]] = []
    early: list[Path] = []
    form_of, output_of = iter(forms), iter(outputs)
    for option in click.get_current_context().meta[_ORDER]:
        if option == "forms":
            form = next(form_of)
            if early:
                written.append((form, early.pop(0)))
            else:
                free.append(form)
        elif option == "outputs":
            path = next(output_of)
            if free:
                written.append((free.pop(), path))
            else:
                early.append(path)
    written += [("text", path) for path in early]
    if len(set(free)) > 1:
        raise Refusal(f"{' and '.join(free)} at once", "write one of them to a file: --format FORMAT -o FILE")
    return (free[0] if free else "text"), written


def _write(path: Path, form: str, report: Report) -> None:
    from teipress.document import write_to
    from teipress.reports import render

    try:
        write_to(path, render(form, report).encode("utf-8", errors="backslashreplace"))
    except OSError as error:
        raise Refusal(f"{path}: cannot be written: {error.strerror}", "name another file") from None


def _new(baseline: Path | None, report: Report) -> Report:
    """Leave out what a baseline knows, and say on stderr what it has too much."""
    if baseline is None:
        return report
    from teipress.baseline import Baseline

    compared = Baseline.load(baseline).compare(report.findings, report.names, report.lines)
    if compared.gone:
        talk(
            f"{baseline}: {compared.gone} of the known findings are gone; to forget them: "
            f"teipress validate --baseline {baseline} --write-baseline"
        )
    return _with(report, findings=compared.new, known=compared.known)


def _write_baseline(path: Path | None, report: Report) -> None:
    """Write the findings as known; what a file could not be checked for is no such thing, and fails."""
    from teipress.baseline import Baseline
    from teipress.selection import UNCHECKED

    if path is None:
        raise Refusal("--write-baseline: where to?", "name the file: --baseline known.json --write-baseline")
    old = Baseline.load(path) if path.is_file() else Baseline.empty(path)
    data = old.written(report.findings, report.names, report.lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise Refusal(f"{path}: cannot be written: {error.strerror}", "name another file") from None
    unchecked = [finding for finding in report.findings if finding.code in UNCHECKED]
    talk(f"{path}: {len(report.findings) - len(unchecked)} known findings")
    if unchecked:
        present(_with(report, findings=unchecked))
        sys.exit(1)


def _with(report: Report, **changes: Any) -> Report:
    from dataclasses import replace

    return replace(report, **changes)


def _explain(code: str) -> None:
    """Show the page of a code: as it is written, and set for reading on a terminal."""
    from teipress.pages import explained

    page = explained(code)
    if not sys.stdout.isatty():
        click.echo(page.text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(page.text))
