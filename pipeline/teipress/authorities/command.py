"""`teipress register`: the authority files, to and from tables, looked through, merged, added to."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from teipress.authorities.files import HOMES, AuthorityFiles, identifier, new_entry
from teipress.edition import Edition
from teipress.finding import Refusal, counted
from teipress.terminal import CONTEXT, Command, here, relative, talk


@click.group(context_settings=CONTEXT)
def register() -> None:
    """Keep the registers of persons, places and organisations."""


@register.command("export", cls=Command, example="teipress register export names.csv")
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False), required=False, metavar="[CSV]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CSV",
    help="Where to write, as elsewhere.",
)
def export_(table: Path | None, output: Path | None) -> None:
    """Write the registers as a table for a spreadsheet or OpenRefine; without a file to stdout."""
    from teipress.authorities.table import export

    if table and output:
        raise Refusal(f"{table} and {output}: two files for one table", "name one")
    table = table or output
    files = AuthorityFiles.load(here().registers)
    text = export(files)
    if table is None:
        click.echo(text, nl=False)
    else:
        table.write_text(text, encoding="utf-8", newline="")
        rows = len(list(files.entries())) + len(list(files.relations()))
        talk(f"{rows} rows in {relative(table)}")


@register.command("import", cls=Command, example="teipress register import names.csv")
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False), metavar="CSV")
def import_command(table: Path) -> None:
    """Bring the registers into line with a table; an entry without a row stays as it is."""
    from teipress.authorities.table import import_

    files = AuthorityFiles.load(here().registers)
    changed = import_(files, _table(table))
    for path in files.save():
        click.echo(relative(path))
    talk(f"{len(changed)} entries changed" + (f": {', '.join(changed[:8])}" if changed else ""))


#: What a list of the report holds, and what one does about it.
_MEANING: Final = {
    "unused": "no text points to them",
    "missing": "texts point to them, and no register has them",
    "ambiguous": "several entries bear the form; the last figure: how often a text leaves it open",
    "duplicates": "probably one; teipress register merge A B --dry-run",
    "variants": "forms in the texts that the entry does not list",
    "proposals": "names without an entry, proposed or accepted; teipress register add NAME",
}


@register.command("report", cls=Command, example="teipress register report\nteipress register report --json")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def report_command(as_json: bool) -> None:
    """Show what is amiss: unused and missing entries, ambiguous forms, probable doubles, new spellings."""
    from teipress.authorities.report import report

    found = asdict(report(here()))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for what, listed in found.items():
        click.echo(f"{what}: {len(listed)}" + (f" ({_MEANING[what]})" if listed else ""))
        for item in listed:
            click.echo(f"  {_shown(item)}")
    sys.exit(1 if found["missing"] else 0)


_MERGE: Final = """\
teipress register merge horvath general-horvath --dry-run
teipress register merge horvath general-horvath"""


@register.command("merge", cls=Command, example=_MERGE)
@click.argument("kept")
@click.argument("dropped")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def merge_command(kept: str, dropped: str, dry_run: bool) -> None:
    """Make one entry of two, the first, and let everything point to it."""
    from teipress.authorities.merging import merge

    merger = merge(here(), kept, dropped, dry_run)
    for what in merger.moved:
        talk(f"{kept} gets {what}")
    for conflict in merger.conflicts:
        talk(f"to look at: {conflict}")
    for path, times in merger.pointers.items():
        talk(f"{relative(path)}: {times} pointer{'s' if times > 1 else ''}")
    for path in merger.written:
        click.echo(relative(path))
    if dry_run:
        talk("nothing was written; to do it, leave out --dry-run")


@register.command("add", cls=Command, example='teipress register add "Bishop Grant" --kind person')
@click.argument("form", required=False)
@click.option("--kind", type=click.Choice(list(HOMES)), help="Of what kind; that of the proposal by default.")
@click.option("--id", "ident", default="", help="The entry's id; made of the name by default.")
def add(form: str | None, kind: str | None, ident: str) -> None:
    """Make an entry of a name that was proposed or accepted; without a name, list them."""
    from teipress.authorities.merging import ids
    from teipress.authorities.report import proposals

    edition = here()
    waiting = proposals(edition)
    if form is None:
        for item in waiting:
            click.echo(_shown(item))
        return
    kind = kind or next((item["kind"] for item in waiting if item["form"] == form), None)
    if kind is None:
        raise Refusal(
            f'"{form}" was neither proposed nor accepted', "say what it names: --kind person, place or org"
        )
    files = AuthorityFiles.load(edition.registers)
    taken = ids(files)
    if ident in taken:
        raise Refusal(f'the id "{ident}" is taken', "choose another, or leave --id out")
    entry = ident or identifier(form, taken)
    files.add(new_entry(kind, entry, form))
    for path in files.save():
        click.echo(relative(path))
    talk(f"{kind} {entry}; next: teipress encode")
    if keys := _accepted_before(edition, form):
        talk(
            f"it was accepted {counted(len(keys), 'time')} without an entry, and stays so; to have it proposed with "
            f"one: teipress decide {' '.join(keys)} --undo"
        )


def _accepted_before(edition: Edition, form: str) -> list[str]:
    """Give the keys of the decisions that accept a name without an entry."""
    from teipress.authorities.report import form_of
    from teipress.decide import decided
    from teipress.ledger import Decision

    return [
        case.key
        for case in decided(edition)
        if isinstance(case.entry, Decision)
        and case.entry.stands
        and "ref" not in case.entry.attributes
        and form_of(case.entry) == form
    ]


def _table(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise Refusal(f"{path}: no such file", "make one with: teipress register export names.csv") from None
    except UnicodeDecodeError as error:
        raise Refusal(f"{path}: not UTF-8 at byte {error.start}", "save the table as CSV in UTF-8") from None


def _shown(item: Any) -> str:
    if isinstance(item, dict):
        return "; ".join(", ".join(v) if isinstance(v, list) else str(v) for v in item.values())
    return str(item)
