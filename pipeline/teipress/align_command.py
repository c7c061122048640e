"""`teipress align`: a translation and its original become TEI with links between them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teipress.finding import Refusal
from teipress.terminal import Command, progress, show, talk

if TYPE_CHECKING:
    from teipress.alignment.vectors import Encoder
    from teipress.bitext import Bitext
    from teipress.translations import Started


@click.command(
    cls=Command,
    example="teipress align faust.de.txt faust.fr.txt -o faust.xml\n"
    "teipress align letter.xml letter.en.xml -o linked/\n"
    "teipress align both.xml -o linked.xml",
)
@click.argument("original", type=click.Path(path_type=Path))
@click.argument("translation", type=click.Path(path_type=Path), required=False)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="OUT.xml|DIR")
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
def align(
    original: Path, translation: Path | None, output: Path, source: str, target: str, vectors: str
) -> None:
    """Link a translation to its original, sentence by sentence.

    ORIGINAL and TRANSLATION are texts of any readable format, or TEI. OUT.xml becomes one TEI file with both; where the
    output is a folder, each text becomes a file there, and the links stand in the translation's. ORIGINAL alone is TEI
    that holds both, the translation in div type="translation".
    """
    from teipress.alignment.vectors import encoder
    from teipress.bitext import alone
    from teipress.document import serialise, write_to

    encode = encoder(vectors)
    with ExitStack() as stack:

        def started(left: int, right: int) -> Callable[[int], None]:
            from teipress.alignment import steps

            step = stack.enter_context(progress("align", steps(left, right, vectors=encode is not None)))
            return lambda count: step(count=count)

        files, result = _aligned(original, translation, output, (source, target), encode, started)
    for file, tree in zip(files, result.trees, strict=True):
        write_to(file, serialise(tree))
    findings = [*result.findings, *(found for pair in result.pairs for found in alone(pair, str(files[-1])))]
    if findings:
        show(findings)
    for pair in result.pairs:
        talk(f"{files[-1]}: {pair.coverage()}" + ("" if encode else "; without sentence vectors"))
    sys.exit(0)


def _aligned(
    original: Path,
    translation: Path | None,
    output: Path,
    languages: tuple[str, str],
    encode: Encoder | None,
    started: Started,
) -> tuple[list[Path], Bitext]:
    """Align what is given; give the files to be written, and their documents."""
    from teipress import document
    from teipress.bitext import apart, bitext, read_side, within

    into = output.suffix.lower() != ".xml"
    if translation is None:
        if original.suffix.lower() != ".xml":
            raise Refusal(f"{original}: the translation of what?", "name two texts, or TEI that holds both")
        if not original.is_file():
            raise Refusal(f"{original}: no such file", "check the path")
        result = within(document.read(original).getroot(), encode, started)
        if not result.pairs:
            raise Refusal(
                f"{original}: no translation in it",
                'mark it: div type="translation", after the original\'s div',
            )
        return [output / original.name if into else output], result
    sides = read_side(original, languages[0]), read_side(translation, languages[1])
    if not into:
        return [output], bitext(*sides, encode, started)
    names = [path.with_suffix(".xml").name for path in (original, translation)]
    if names[0] == names[1]:
        raise Refusal(f"both files would become {names[0]}", "rename one of them")
    return [output / name for name in names], apart(*sides, names[0], encode, started)
