"""What is amiss in the registers: entries nobody points to, pointers to nobody, doubles, spellings they lack."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz

from teipress.document import content, read, tei
from teipress.edition import Edition
from teipress.ledger import Ledger
from teipress.names.aliases import parts
from teipress.names.gazetteer import folded
from teipress.registers import NAMED_BY, Entry, Registers

_NAMING: Final = (*NAMED_BY.values(), "rs", "name", "settlement", "country", "region", "geogName", "speaker")
#: From which likeness on (of 100) two names may be one.
_ALIKE: Final = 90


@dataclass(frozen=True)
class Report:
    """What is amiss; every list holds what a person is to look at."""

    unused: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    ambiguous: list[dict[str, Any]] = field(default_factory=list)
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    variants: list[dict[str, Any]] = field(default_factory=list)
    proposals: list[dict[str, Any]] = field(default_factory=list)


def report(edition: Edition) -> Report:
    """Look through the registers and the texts of an edition."""
    registers = Registers.load(edition.registers)
    uses = _uses(edition.texts())
    known = {entry.ref: entry for entry in registers.entries}
    pointers = {ref for ref in uses if ref.startswith("registers/")}
    return Report(
        unused=sorted(ref for ref in known if ref not in uses),
        missing=sorted(pointers - known.keys()),
        ambiguous=list(_ambiguous(registers.entries)),
        duplicates=list(duplicates(registers.entries)),
        variants=[
            {"ref": ref, "form": form, "times": times}
            for ref, forms in sorted(uses.items())
            if ref in known
            for form, times in sorted(forms.items())
            if form not in {name.form for name in known[ref].names}
        ],
        proposals=proposals(edition),
    )


def proposals(edition: Edition) -> list[dict[str, Any]]:
    """List the names that were proposed without an entry, the commonest first."""
    counts: Counter[tuple[str, str]] = Counter()
    kinds = {tag: kind for kind, tag in NAMED_BY.items()}
    for path in sorted(edition.decisions.glob("*.json")):
        for woven in Ledger.load(path).woven:
            if woven.tag in kinds and "ref" not in woven.attributes:
                counts[kinds[woven.tag], woven.at.quote] += 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"kind": kind, "form": form, "times": times} for (kind, form), times in ranked]


def _uses(texts: Sequence[Path]) -> dict[str, Counter[str]]:
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for path in texts:
        for element in read(path).getroot().iter(*map(tei, _NAMING)):
            for attribute in ("ref", "who", "key"):
                for ref in (element.get(attribute) or "").split():
                    uses[ref][content(element)] += 1
    return uses


def _ambiguous(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for form in dict.fromkeys(name.form for name in entry.names):
            bearers[form].append(entry.ref)
    for form, refs in sorted(bearers.items()):
        if len(refs) > 1:
            yield {"form": form, "refs": refs}


def duplicates(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    """Find pairs that may be one: of a kind, with names that begin alike, compared only among those."""
    groups: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
    for entry in entries:
        for name in entry.names:
            known = parts(name.form) if entry.kind == "person" else None
            key = folded(known.surname if known else name.form)
            groups[entry.kind, key[:3]].append((name.form, entry))
    seen: set[tuple[str, str]] = set()
    for _, listed in sorted(groups.items(), key=lambda group: group[0]):
        for (form, entry), (other, second) in combinations(listed, 2):
            pair = (entry.ref, second.ref)
            reason = "" if entry is second or pair in seen else _reason(form, other, entry.kind)
            if reason:
                seen.add(pair)
                yield {"refs": list(pair), "reason": reason}


def _reason(form: str, other: str, kind: str) -> str:
    if folded(form) == folded(other):
        return f'both are called "{form}"'
    one, two = parts(form), parts(other)
    if kind == "person" and one and two:
        shorter, longer = sorted((one.initials, two.initials), key=len)
        if not longer.startswith(shorter):
            return ""
        if folded(one.surname) == folded(two.surname):
            return f'"{form}" and "{other}" have a surname in common, and initials that agree'
    likeness = fuzz.ratio(folded(form), folded(other))
    return f'"{form}" and "{other}" are alike ({likeness:.0f} of 100)' if likeness >= _ALIKE else ""
