"""Registers as a whole: who is in them twice, whom nobody mentions, and who is taken for something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from teipress.authorities.report import duplicates
from teipress.checks.collection import Collection
from teipress.checks.facts import Known
from teipress.finding import Finding
from teipress.places import real
from teipress.registers import NAMED_BY, Entry, Name

#: What the elements that name something may point to.
MEANT: Final = {
    "persName": {"person", "personGrp"},
    "orgName": {"org"},
    "placeName": {"place", "org"},
    "settlement": {"place"},
    "country": {"place", "org"},
    "region": {"place"},
    "geogName": {"place"},
}
#: Kinds of idno that several entries may have in common.
_COMMON: Final = frozenset({"", "url", "uri", "web", "source"})
_FEW: Final = 5


def check(collection: Collection) -> Iterator[Finding]:
    """Yield what is amiss with the registers of an edition.

    REG001 entries that nothing points to, REG003 two entries that may be one, REG004 an identifier that two
    entries have, REG008 a name that points to an entry of another kind. An entry that is pointed to and is not
    there is PTR001.
    """
    yield from _kinds(collection)
    registers = {
        path: facts.entries for path, facts in collection if facts.entries and _is_register(collection, path)
    }
    if not registers:
        return
    if collection.complete:
        yield from _unused(collection, registers)
    doubles = set()
    for finding, pair in _same_idno(collection, registers):
        doubles.add(pair)
        yield finding
    yield from _doubles(collection, registers, doubles)


def _is_register(collection: Collection, path: Path) -> bool:
    return collection.edition is not None and path.parent == real(collection.edition.registers)


def _kinds(collection: Collection) -> Iterator[Finding]:
    """Find names that point to an entry of another kind."""
    for path, facts in collection:
        for pointer in facts.pointers:
            meant = MEANT.get(pointer.element) if pointer.attribute == "ref" else None
            if not meant or not pointer.fragment:
                continue
            target = collection.target(path.parent, pointer.path)
            if target not in collection.facts and not target.is_file():
                continue
            for entry in collection.entries(target).get(pointer.fragment, ()):
                if entry.kind not in meant:
                    message = f'this <{pointer.element}> points to the {entry.kind} "{_called(entry)}"'
                    remedy = f"point to the right entry, or write <{NAMED_BY.get(entry.kind, 'rs')}>"
                    place = (pointer.line, pointer.column)
                    yield collection.finding(path, place, "REG008", "warning", message, remedy)


def _called(entry: Known) -> str:
    return entry.names[0][0] if entry.names else entry.ident


def _unused(collection: Collection, registers: dict[Path, tuple[Known, ...]]) -> Iterator[Finding]:
    used: set[tuple[Path, str]] = set()
    for path, facts in collection:
        used |= {(collection.target(path.parent, each.path), each.fragment) for each in facts.pointers}
        used |= {(path, ident) for ident in facts.inside}
    for path, entries in registers.items():
        unused = [entry for entry in entries if (path, entry.ident) not in used]
        if unused:
            shown = ", ".join(f'"{_called(entry)}"' for entry in unused[:_FEW])
            more = f" and {len(unused) - _FEW} more" if len(unused) > _FEW else ""
            number = f"{len(unused)} entries" if len(unused) > 1 else "an entry"
            message = f"nothing in the edition points to {number}: {shown}{more}"
            place = (unused[0].line, unused[0].column)
            remedy = "take them out, or keep them for texts to come; teipress register report lists all"
            yield collection.finding(path, place, "REG001", "info", message, remedy)


def _same_idno(
    collection: Collection, registers: dict[Path, tuple[Known, ...]]
) -> Iterator[tuple[Finding, frozenset[tuple[Path, str]]]]:
    bearers: dict[tuple[str, str, str], list[tuple[Path, Known]]] = defaultdict(list)
    for path, entries in registers.items():
        for entry in entries:
            for kind, value in dict.fromkeys(entry.idnos):
                if kind.casefold() not in _COMMON:
                    bearers[entry.kind, kind.casefold(), value].append((path, entry))
    for (_, kind, value), found in bearers.items():
        (home, first), *others = found
        for path, entry in others:
            message = f'"{_called(entry)}" has the {kind} {value}, which "{_called(first)}" has as well'
            remedy = "look it up: one is wrong, or the two are one (teipress register merge)"
            place = (entry.line, entry.column)
            finding = collection.finding(path, place, "REG004", "error", message, remedy)
            yield finding, frozenset({(home, first.ident), (path, entry.ident)})


def _doubles(
    collection: Collection,
    registers: dict[Path, tuple[Known, ...]],
    told: set[frozenset[tuple[Path, str]]],
) -> Iterator[Finding]:
    """Find pairs that may be one, as `register report` does; those told apart or related to one another are two."""
    relations = _relations(collection)
    known = {
        f"{path.name}#{entry.ident}": (path, entry)
        for path, entries in registers.items()
        for entry in entries
    }
    entries = [
        Entry(ref, entry.kind, tuple(Name(form, language) for form, language in entry.names))
        for ref, (_, entry) in known.items()
        if entry.kind in NAMED_BY
    ]
    for double in duplicates(entries):
        (home, first), (path, entry) = (known[ref] for ref in double["refs"])
        pair = frozenset({(home, first.ident), (path, entry.ident)})
        if pair in told or _told_apart(first, entry) or set.intersection(*(relations[each] for each in pair)):
            continue
        message = f"two entries may be one: {double['reason']}"
        remedy = "join them (teipress register merge), or tell them apart: an idno each, or a relation between them"
        yield collection.finding(path, (entry.line, entry.column), "REG003", "warning", message, remedy)


def _relations(collection: Collection) -> dict[tuple[Path, str], set[tuple[Path, int]]]:
    """Give for each entry the relations of the registers that it is in."""
    found: dict[tuple[Path, str], set[tuple[Path, int]]] = defaultdict(set)
    for path, facts in collection:
        for number, pointers in enumerate(facts.related if _is_register(collection, path) else ()):
            for file, _, ident in (pointer.partition("#") for pointer in pointers):
                home = collection.target(path.parent, file) if file else path
                found[home, ident].add((path, number))
    return found


def _told_apart(one: Known, other: Known) -> bool:
    """Tell whether two entries have different identifiers of one authority, or cannot have lived as one."""
    kinds = dict(one.idnos)
    return any(kinds.get(kind, value) != value for kind, value in other.idnos) or any(
        a[0] and b[0] and (a[1] < b[0] or b[1] < a[0])
        for a, b in ((one.born, other.born), (one.died, other.died))
    )
