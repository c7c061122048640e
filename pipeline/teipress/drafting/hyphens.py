"""Hyphens at the ends of lines: those that only break a line, and those that are a word's own (Guidelines 3.2.2)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from teipress.source import Source
from teipress.span import Span

if TYPE_CHECKING:
    from teipress.drafting.lines import Line

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def _signs() -> dict[str, Any]:
    data = tomllib.loads(Path(__file__).with_name("hyphens.toml").read_text(encoding="utf-8"))
    return {
        "signs": data["signs"],
        "suspended": set(data["suspended"].split()),
        "own": set(data["own"].split()),
    }


def hyphens(source: Source, breaks: Sequence[tuple[Line, Line]]) -> Iterator[Span]:
    """Give the hyphens that only break a line as weak, and the break of the word for those and for a word's own."""
    signs = _signs()
    broken = [
        (a, b)
        for a, b in breaks
        if a.text[-1] in signs["signs"] and a.text[-2:-1].isalnum() and b.text[0].isalnum()
    ]
    if not broken:
        return
    known = set(map(str.casefold, _WORD.findall(" ".join(set(source.text.split())))))
    for before, after in broken:
        first = re.split(r"[^\w-]", before.text[:-1])[-1].casefold()
        second = re.split(r"[^\w-]", after.text)[0].casefold()
        if second in signs["suspended"]:
            continue
        if before.text[-1] != "-" or _only_breaks(first, second, after.text, known):
            yield Span(before.end - 1, before.end, "pc", (("force", "weak"),), rule="lines.hyphen")
        yield Span(before.end, before.end, "lb", (("break", "no"),), rule="lines.hyphen")


def _only_breaks(first: str, second: str, after: str, known: set[str]) -> bool:
    """Tell whether a hyphen is the line's and not the word's: the joined word is plausible."""
    if not after[0].islower() or second in _signs()["own"]:
        return False
    if first + second in known:
        return True
    return f"{first}-{second}" not in known
