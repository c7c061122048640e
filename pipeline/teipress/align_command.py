"""`teipress align`: two texts become one TEI file with both, and the links between them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from teipress.terminal import Command, show, talk


@click.command(
    cls=Command,
    example="teipress align faust.de.txt faust.fr.txt -o faust.xml\nteipress align a.xml b.txt -o ab.xml",
)
@click.argument("original", type=click.Path(path_type=Path))
@click.argument("translation", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.xml"
)
@click.option(
    "--from",
    "source",
    default="",
    metavar="LANG",
    help="The original's language, if it is not to be guessed.",
)
@click.option("--to", "target", default="", metavar="LANG", help="The translation's language.")
@click.option(
    "--vectors", default="", metavar="NAME", help='Sentence vectors of your own, or "none" to do without.'
)
def align(original: Path, translation: Path, output: Path, source: str, target: str, vectors: str) -> None:
    """Link a translation to its original, sentence by sentence: one TEI file with both.

    ORIGINAL and TRANSLATION are texts of any readable format, or TEI.
    """
    from teipress.alignment import steps
    from teipress.alignment.vectors import encoder
    from teipress.bitext import bitext, read_side
    from teipress.document import serialise, write

    sides = read_side(original, source), read_side(translation, target)
    encode = encoder(vectors)
    console = Console(stderr=True)
    with ExitStack() as stack:

        def started(left: int, right: int) -> Callable[[int], None]:
            columns = (TextColumn("align"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
            bar = stack.enter_context(
                Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
            )
            task = bar.add_task("", total=steps(left, right))
            return lambda count: bar.update(task, advance=count)

        result = bitext(*sides, encode, started)
    write(output, serialise(result.tree))
    if result.findings:
        show(result.findings)
    talk(f"{output}: {result.coverage()}" + ("" if encode else "; without sentence vectors"))
    sys.exit(0)
