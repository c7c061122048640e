"""What is amiss in the registers: entries nobody points to, pointers to nobody, doubles, spellings they lack."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz

from teipress.authorities.files import AuthorityFiles
from teipress.document import ID, content, read, tei
from teipress.edition import Edition
from teipress.ledger import Entry as Noted
from teipress.ledger import Ledger, Woven
from teipress.names.aliases import aliases, parts, sorted_form
from teipress.names.gazetteer import folded
from teipress.names.inflection import declined, inflected
from teipress.registers import NAMED_BY, Entry, Registers

_NAMING: Final = (*NAMED_BY.values(), "rs", "name", "settlement", "country", "region", "geogName", "speaker")
#: From which likeness on (of 100) two names may be one.
_ALIKE: Final = 90
#: So many years two dates of one life may differ, and so many degrees two positions of one place.
_YEARS: Final = 2
_DEGREES: Final = 0.5


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
        ambiguous=list(_ambiguous(registers.entries, _undecided(edition))),
        duplicates=[*_identified(AuthorityFiles.load(edition.registers)), *duplicates(registers.entries)],
        variants=[
            {"ref": ref, "form": form, "times": times}
            for ref, forms in sorted(uses.items())
            if ref in known
            for own in [set(map(str.casefold, _own_forms(known[ref])))]
            for form, times in sorted(forms.items())
            if form.casefold() not in own
        ],
        proposals=proposals(edition),
    )


def proposals(edition: Edition) -> list[dict[str, Any]]:
    """List the names without an entry that were proposed, or accepted as they are, the commonest first."""
    counts: Counter[tuple[str, str]] = Counter()
    kinds = {tag: kind for kind, tag in NAMED_BY.items()}
    entered = {
        (entry.kind, name.form) for entry in Registers.load(edition.registers).entries for name in entry.names
    }
    for path in sorted(edition.decisions.glob("*.json")):
        ledger = Ledger.load(path)
        listed: list[Noted] = [*ledger.woven, *(each for each in ledger.decisions if each.stands)]
        for noted in listed:
            named = kinds.get(noted.tag, ""), form_of(noted)
            is_new = isinstance(noted, Woven) or named not in entered
            if all(named) and "ref" not in noted.attributes and is_new:
                counts[named] += 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"kind": kind, "form": form, "times": times} for (kind, form), times in ranked]


def form_of(entry: Noted) -> str:
    """Give a name as it is read, without an editor's brackets in it."""
    return " ".join(entry.at.quote.replace("[", "").replace("]", "").split())


def _uses(texts: Sequence[Path]) -> dict[str, Counter[str]]:
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for path in texts:
        for element in read(path).getroot().iter(*map(tei, _NAMING)):
            for attribute in ("ref", "who", "key"):
                for ref in (element.get(attribute) or "").split():
                    uses[ref][content(element)] += 1
    return uses


def _own_forms(entry: Entry) -> set[str]:
    """Give the forms of an entry, and the short ones that follow from them: those are no new spellings."""
    forms = {name.form for name in entry.names}
    if entry.kind == "person":
        forms |= {alias for name in entry.names for alias, _ in aliases(sorted_form(name), name.title)}
    cases = (inflected(form, code, entry.kind == "person") for form in forms for code in declined())
    return forms | {made for listed in cases for made, _ in listed}


def _undecided(edition: Edition) -> Counter[str]:
    """Count the names in the texts that several entries may be meant by, from the ledgers."""
    counts: Counter[str] = Counter()
    for path in sorted(edition.decisions.glob("*.json")):
        counts.update(w.at.quote for w in Ledger.load(path).woven if w.candidates)
    return counts


def _ambiguous(entries: Sequence[Entry], undecided: Counter[str]) -> Iterator[dict[str, Any]]:
    """Find the forms that several entries bear, short forms too where a text has them."""
    bearers: dict[str, list[str]] = defaultdict(list)
    given = {form for form, times in Counter(_given(entries)).items() if times > 1}
    for entry in entries:
        for form in sorted(_own_forms(entry) & (given | undecided.keys())):
            bearers[form].append(entry.ref)
    for form, refs in sorted(bearers.items()):
        if len(refs) > 1:
            yield {"form": form, "refs": refs, "undecided": undecided[form]}


def _given(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        yield from {name.form for name in entry.names}


def _identified(files: AuthorityFiles) -> Iterator[dict[str, Any]]:
    """Find the entries that bear the same identifier of the same authority."""
    bearers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file, entry in files.entries():
        for idno in entry.iterchildren(tei("idno")):
            if content(idno):
                bearers[idno.get("type", ""), content(idno)].append(f"registers/{file}#{entry.get(ID)}")
    for (kind, value), refs in bearers.items():
        for pair in combinations(dict.fromkeys(refs), 2):
            yield {"refs": list(pair), "reason": f'both have the identifier "{f"{kind} {value}".strip()}"'}


def contradicts(one: Entry, two: Entry) -> bool:
    """Tell whether two entries are two for what the register says of them: other lives, places far apart."""
    lives = ((one.born, two.born), (one.died, two.died))
    if any(first and second and abs(first - second) > _YEARS for first, second in lives):
        return True
    if one.position and two.position:
        return max(abs(a - b) for a, b in zip(one.position, two.position, strict=True)) > _DEGREES
    return False


def duplicates(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    """Find pairs that may be one: of a kind, with names that begin alike, compared only among those."""
    groups: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
    for entry in entries:
        for name in entry.names:
            known = parts(sorted_form(name)) if entry.kind == "person" else None
            key = folded(known.surname if known else name.form)
            groups[entry.kind, key[:3]].append((name.form, entry))
    seen: set[tuple[str, str]] = set()
    for _, listed in sorted(groups.items(), key=lambda group: group[0]):
        for (form, entry), (other, second) in combinations(listed, 2):
            pair = (entry.ref, second.ref)
            apart = entry is second or pair in seen or contradicts(entry, second)
            reason = "" if apart else _reason(form, other, entry.kind)
            if reason:
                seen.add(pair)
                yield {"refs": list(pair), "reason": reason}


def _reason(form: str, other: str, kind: str) -> str:
    if folded(form) == folded(other):
        return f'both are called "{form}"'
    one, two = parts(form), parts(other)
    if kind == "person" and bool(one) != bool(two):
        known, short = (one, other) if one else (two, form)
        if known and folded(known.surname) == folded(short):
            return f'"{short}" is the surname of "{form if one else other}"'
    if kind == "person" and one and two:
        shorter, longer = sorted((one.initials, two.initials), key=len)
        if not longer.startswith(shorter):
            return ""
        if folded(one.surname) == folded(two.surname):
            return f'"{form}" and "{other}" have a surname in common, and initials that agree'
    likeness = fuzz.ratio(folded(form), folded(other))
    return f'"{form}" and "{other}" are alike ({likeness:.0f} of 100)' if likeness >= _ALIKE else ""
