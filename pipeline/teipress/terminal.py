"""What every command shares: how it is shown and ended, and how it talks to the person at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import click

from teipress.edition import Edition
from teipress.finding import Finding, Refusal, Rejected
from teipress.places import real

if TYPE_CHECKING:
    from teipress.reports import Report

CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Command(click.Command):
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


class Group(click.Group):
    """A group some of whose commands live elsewhere, by name, and are imported only when they are called."""

    def __init__(self, *args: Any, elsewhere: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.elsewhere = dict(elsewhere or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands, wherever they live."""
        return sorted({*super().list_commands(ctx), *self.elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command; one that lives elsewhere is `module:name`."""
        if cmd_name not in self.elsewhere:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.elsewhere[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def talk(message: str, style: str = "") -> None:
    """Say something to the person at the terminal, on stderr."""
    from rich.console import Console

    Console(stderr=True, highlight=False, soft_wrap=True).print(message, style=style or None, markup=False)


def show(findings: Iterable[Finding], files: int = 0) -> None:
    """Print findings on stdout, as the text report."""
    from teipress.reports import Report

    present(Report(list(findings), files))


def present(report: Report, form: str = "text") -> None:
    """Print a report on stdout, in one of the formats; as text in colour on a terminal."""
    from teipress import reports

    if form == "text" and sys.stdout.isatty():
        from rich.console import Console

        from teipress.reports.text import show as show_text

        show_text(report, Console(highlight=False))
    else:
        click.echo(reports.render(form, report), nl=False)


class Step(Protocol):
    """Tells a progress bar what has just been done, and how many steps that was."""

    def __call__(self, name: str = "", count: int = 1) -> None: ...


@contextmanager
def progress(what: str, total: int) -> Iterator[Step]:
    """Show a progress bar on a terminal while something long runs; give what is to be called for each step."""
    if not sys.stderr.isatty():
        yield lambda name="", count=1: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn(f"{what:<9}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total or None)
        yield lambda name="", count=1: bar.update(task, advance=count, description=name)


def here() -> Edition:
    """Give the edition around the working folder; raise `Refusal` where there is none."""
    edition = Edition.around(Path.cwd())
    if edition is None:
        raise Refusal(
            "this folder is in no edition: there is no edition.toml", "make one with: teipress init DIR"
        )
    return edition


def relative(path: Path) -> str:
    """Give a path as a person types it: from the working folder, where it lies inside.

    A symbolic link keeps its own name, which is what a person has before them.
    """
    whole = path.absolute()
    place, base = real(whole.parent) / whole.name, real(Path.cwd())
    inside = place.is_relative_to(base) and whole.name not in ("", "..")
    return str(place.relative_to(base)) if inside else str(path)


def from_here(findings: Iterable[Finding]) -> list[Finding]:
    """Give findings in order, with their files named from the working folder."""
    from dataclasses import replace

    names: dict[str, str] = {}
    named = []
    for finding in findings:
        name = names.get(finding.file)
        if name is None:
            name = names[finding.file] = relative(Path(finding.file))
        named.append(finding if name == finding.file else replace(finding, file=name))
    return sorted(named)
