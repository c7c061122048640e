"""`teipress decide`: what waits is listed, and decided one by one, by key, or from a pipe."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

import click

from teipress.build import Encoded
from teipress.decide import (
    MADE,
    Case,
    Verdict,
    chosen,
    decide,
    decided,
    editor_of,
    require_meaning,
    tallied,
    undo,
    waiting,
)
from teipress.doubts import TAG as DOUBT
from teipress.edition import Edition
from teipress.finding import Refusal, has_errors
from teipress.ledger import Suspected, Woven

_SHOWN: Final = 3  # contexts shown of each group of cases


def today() -> str:
    """Give the day of a decision: today, or that of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now().astimezone()
    return moment.date().isoformat()


def listing(cases: Sequence[Case], *, everything: bool) -> str:
    """Show cases in groups that would be decided alike, with their number and contexts."""
    lines: list[str] = []
    for (quote, tag, ref), group in tallied(cases).items():
        entry = group[0].entry
        state = entry.cert if isinstance(entry, Woven) else entry.verdict
        if isinstance(entry, Suspected):
            tag = entry.rule
        lines.append(f"{state:<8}{tag:<10} {quote}  {ref}  ({len(group)})")
        shown = group if everything else group[:_SHOWN]
        lines += [f"    {case.key}  {case.text}  …{case.context}…" for case in shown]
        if len(shown) < len(group):
            lines.append(f"    and {len(group) - len(shown)} more")
    return "\n".join(lines)


def as_json(cases: Iterable[Case]) -> str:
    """Give cases as JSON, an object each."""
    members = [{"key": case.key, "text": case.text, **case.entry.as_json()} for case in cases]
    return json.dumps(members, ensure_ascii=False, indent=2)


def by_lines(edition: Edition, lines: Iterable[str], by: str, why: str) -> list[Encoded]:
    """Decide from lines such as `KEY accept`, `KEY reject` and `KEY correct REF`; raise `Refusal` for another."""
    wanted: dict[Verdict, list[str]] = {}
    editor = editor_of(edition, by)
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words:
            continue
        kind, ref = words[1] if len(words) > 1 else "", " ".join(words[2:])
        if kind not in ("accept", "reject", "correct") or (kind == "correct") != bool(ref):
            raise Refusal(
                f"line {number}: {line.strip()}", "write: KEY accept, KEY reject, or KEY correct REF"
            )
        wanted.setdefault(Verdict(kind, editor, today(), ref, why), []).append(words[0])
    cases, others = waiting(edition), decided(edition)
    chosen_cases = {verdict: chosen(cases, keys, others) for verdict, keys in wanted.items()}
    for verdict, some in chosen_cases.items():
        if verdict.kind == "correct":
            require_meaning(edition, some, verdict.ref)  # of all, before the first is decided
    return [result for verdict, some in chosen_cases.items() for result in _decide(edition, some, verdict)]


def _decide(edition: Edition, cases: Sequence[Case], verdict: Verdict) -> list[Encoded]:
    """Decide, and say what was decided."""
    results = decide(edition, cases, verdict)
    meant = f" to {verdict.ref}" if verdict.kind == "correct" else ""
    _tell(cases, MADE[verdict.kind] + meant, results)
    return results


def _undo(edition: Edition, cases: Sequence[Case]) -> list[Encoded]:
    results = undo(edition, cases)
    _tell(cases, "taken back", results)
    return results


def _tell(cases: Iterable[Case], what: str, results: Iterable[Encoded]) -> None:
    """Say what became of cases, but for those of texts that could not be encoded, where nothing has."""
    failed = {result.name for result in results if has_errors(result.findings)}
    for group in tallied(case for case in cases if case.text not in failed).values():
        shown = ", ".join(f"{case.key} in {case.text}" for case in group[:_SHOWN])
        more = f" and {len(group) - _SHOWN} more" if len(group) > _SHOWN else ""
        entry, ref = group[0].entry, f" {group[0].ref}" if group[0].ref else ""
        click.echo(f"{what}: <{entry.tag}> “{group[0].told or entry.at.quote}”{ref} ({shown}{more})")


#: What one may answer when asked about a proposal, and what that does.
_ANSWERS: Final = {
    "a": "accept it: it bears your name, and is sure",
    "r": "reject it: it goes, and is not proposed again",
    "c": "correct it: it stays, but points to what you say (registers/persons.xml#ID), or means it (1871-04-06)",
    "s": "skip it: it waits on",
    "u": "undo your last answer, and ask again",
    "q": "quit; what was answered is written",
    "?": "this help",
}


def interactively(edition: Edition, by: str) -> list[Encoded]:
    """Ask about each group of proposals in turn, the least sure first; the last answer can be taken back."""
    editor = editor_of(edition, by)
    results: list[Encoded] = []
    groups = list(tallied(waiting(edition)).values())
    answered: list[int] = []  # the groups that were decided, the last one last
    at = 0
    while at < len(groups):
        click.echo(f"\n{at + 1} of {len(groups)}")
        click.echo(listing(groups[at], everything=False))
        answer = _answer()
        if answer == "q":
            break
        if answer == "u" and answered:
            at = answered.pop()
            keys = {case.key for case in groups[at]}
            results += _undo(edition, [case for case in decided(edition) if case.key in keys])
        elif answer == "u":
            click.echo("nothing has been answered yet")
        elif answer == "s":
            at += 1
        elif done := _as_answered(edition, groups[at], answer, editor):
            results += done
            answered.append(at)
            at += 1
    return results


def _answer() -> str:
    """Ask what becomes of a proposal; explain the answers where that is asked for."""
    choice = click.Choice(list(_ANSWERS))
    while (
        answer := click.prompt("accept, reject, correct, skip, undo, quit", type=choice, default="s")
    ) == "?":
        click.echo("\n".join(f"  {letter}  {what}" for letter, what in _ANSWERS.items()))
    return str(answer)


def _as_answered(edition: Edition, group: Sequence[Case], answer: str, editor: str) -> list[Encoded]:
    """Decide about a group as was answered; say what cannot be done, and do nothing then."""
    entry = group[0].entry
    meant = (
        "is read as"
        if entry.reading is not None
        else "means"
        if entry.tag in ("date", DOUBT)
        else "points to"
    )
    ref = click.prompt(meant) if answer == "c" else ""
    kind = {"a": "accept", "r": "reject", "c": "correct"}[answer]
    try:
        return _decide(edition, group, Verdict(kind, editor, today(), ref))
    except Refusal as refusal:
        click.echo(f"{refusal.message}: {refusal.remedy}")
        return []


def by_keys(
    edition: Edition,
    keys: Sequence[str],
    kind: str,
    ref: str,
    by: str,
    why: str,
    *,
    all_like: bool,
    slip: str = "",
) -> list[Encoded]:
    """Decide about the proposals that keys name, or take decisions back."""
    if not keys:
        raise Refusal("which proposals?", "name their keys; see: teipress decide --list")
    if kind == "undo":
        return _undo(edition, chosen(decided(edition), keys, waiting(edition), all_like=all_like))
    verdict = Verdict(kind, editor_of(edition, by), today(), ref, why, slip)
    return _decide(edition, chosen(waiting(edition), keys, decided(edition), all_like=all_like), verdict)


def is_interactive() -> bool:
    """Tell whether a person sits at the terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()
