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
from teipress.decide import Case, Verdict, chosen, decide, decided, editor_of, tallied, undo, waiting
from teipress.edition import Edition
from teipress.finding import Refusal
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
    cases = waiting(edition)
    chosen_cases = {verdict: chosen(cases, keys) for verdict, keys in wanted.items()}
    return [result for verdict, some in chosen_cases.items() for result in decide(edition, some, verdict)]


def interactively(edition: Edition, by: str) -> list[Encoded]:
    """Ask about each group of proposals in turn, the least sure first."""
    editor = editor_of(edition, by)
    results: list[Encoded] = []
    groups = list(tallied(waiting(edition)).values())
    for number, group in enumerate(groups, 1):
        click.echo(f"\n{number} of {len(groups)}")
        click.echo(listing(group, everything=False))
        answer = click.prompt(
            "accept, reject, correct, skip or quit",
            type=click.Choice(["a", "r", "c", "s", "q"]),
            default="s",
            show_choices=True,
        )
        if answer == "q":
            break
        if answer == "s":
            continue
        meant = "points to" if group[0].entry.reading is None else "is read as"
        ref = click.prompt(meant) if answer == "c" else ""
        kind = {"a": "accept", "r": "reject", "c": "correct"}[answer]
        results += decide(edition, group, Verdict(kind, editor, today(), ref))
    return results


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
        return undo(edition, chosen(decided(edition), keys, all_like=all_like))
    verdict = Verdict(kind, editor_of(edition, by), today(), ref, why, slip)
    return decide(edition, chosen(waiting(edition), keys, all_like=all_like), verdict)


def is_interactive() -> bool:
    """Tell whether a person sits at the terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()
