"""`teipress date`: one date expression understood on the command line, with its reasoning."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any

import click

from teipress.dates import Context, grammars, problems, understand
from teipress.finding import Refusal
from teipress.terminal import Command


@click.command(
    "date",
    cls=Command,
    example='teipress date "the 22nd inst." --on 1918-01-19\nprintf "%s\\n" 1899–1901 | teipress date - --json',
)
@click.argument("expression", metavar="EXPRESSION")
@click.option(
    "--lang", "code", default="en", metavar="L", help="The language: en (the default), fr, de, ru, zh-Hant …"
)
@click.option(
    "--on", metavar="DATE", help="The date of the text, from which what is missing is counted: 1918-01-19."
)
@click.option("--place", default="", metavar="P", help="Where it was written: a country's code, or a name.")
@click.option(
    "--json", "as_json", is_flag=True, help="Answer in JSON: an object, an array of several, or null."
)
def command(expression: str, code: str, on: str | None, place: str, as_json: bool) -> None:
    """Say what a date expression means, and why; - reads one expression a line from stdin.

    With -, each line is answered by one line of JSON. What is no date is `null`.
    """
    try:
        context = _context(code, on, place)
    except Refusal as refusal:
        click.echo(f"Error: {refusal.message}\n  {refusal.remedy}", err=True)
        sys.exit(refusal.exit_code)
    if expression == "-":
        for line in sys.stdin:
            click.echo(_line(line.strip(), code, context))
        return
    if as_json:
        click.echo(_line(expression, code, context))
    else:
        for text in _told(expression, code, context):
            click.echo(text)


def _context(code: str, on: str | None, place: str) -> Context:
    """Read the options; raises `Refusal` for a language without a grammar or a day that is none."""
    if code.split("-")[0] not in {name.split("-")[0] for name in grammars()} | {"und", "mul"}:
        raise Refusal(f'no grammar of dates for the language "{code}"', f"known: {', '.join(grammars())}")
    try:
        return Context(on=date.fromisoformat(on) if on else None, place=place)
    except ValueError:
        raise Refusal(f'"{on}" is no day', "write --on as year, month and day: 1918-01-19") from None


def _line(expression: str, code: str, context: Context) -> str:
    found = [dated.interval.as_json() for dated in understand(expression, code, context)]
    answer: Any = None if not found else found[0] if len(found) == 1 else found
    return json.dumps(answer, ensure_ascii=False)


def _told(expression: str, code: str, context: Context) -> Iterable[str]:
    found = understand(expression, code, context)
    for dated in found:
        says = dated.interval
        words = " ".join(f'{name}="{value}"' for name, value in dated.attributes)
        yield f"{expression[dated.start : dated.end]}: {words}"
        yield f"  cert: {says.cert}   EDTF: {says.edtf}   rule: {dated.rule}"
        for reason in (*says.reasons, *says.inherited):
            yield f"  because: {reason}"
        if says.alternative:
            yield "  or else: " + " ".join(f'{name}="{value}"' for name, value in says.alternative.attributes)
    if not found:
        yield "no date"
    for problem in problems(expression, code, context):
        yield f"  wrong: {problem.message}"
