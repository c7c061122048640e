"""Letters of an edition among each other, and with the lives of those who wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from teipress.checks.collection import Collection
from teipress.checks.days import EVER, Days, shown
from teipress.checks.facts import Act, Known, Letter, Neighbour
from teipress.finding import Finding

_BACK: Final = {"prev": "next", "next": "prev"}


def check(collection: Collection) -> Iterator[Finding]:
    """Yield what does not fit together.

    COR006 letters that are not in the order of their dates, COR007 a letter that is not named in return,
    DAT025 a letter from before a birth or after a death.
    """
    for path, facts in collection:
        for letter in facts.letters:
            for neighbour in letter.neighbours:
                yield from _neighbour(collection, path, letter, neighbour)
            for act in letter.acts:
                yield from _lives(collection, path, act)


def _sent(letter: Letter) -> Days | None:
    found = [(act.first, act.last) for act in letter.acts if act.type == "sent" and (act.first or act.last)]
    return found[0] if found else None


def _neighbour(collection: Collection, path: Path, letter: Letter, neighbour: Neighbour) -> Iterator[Finding]:
    target = collection.target(path.parent, neighbour.path) if neighbour.path else path
    other = _letter(collection, target, neighbour.fragment)
    if other is None:
        return
    place = (neighbour.line, neighbour.column)
    mine, its = _sent(letter), _sent(other)
    if mine and its:
        earlier, later = (its, mine) if neighbour.direction == "prev" else (mine, its)
        if later[1] < earlier[0]:
            named = "previous" if neighbour.direction == "prev" else "next"
            message = f"the {named} letter was sent {shown(its)}, and this one {shown(mine)}"
            remedy = "put the letters into the order of their dates, or mend a date"
            yield collection.finding(path, place, "COR006", "warning", message, remedy)
            return
    back = [
        each
        for each in other.neighbours
        if each.direction == _BACK[neighbour.direction] and each.sequence == neighbour.sequence
    ]
    if back and not any(
        collection.target(target.parent, each.path) == path or not each.path for each in back
    ):
        word = "next" if neighbour.direction == "prev" else "previous"
        message = f"the letter {target.name} names another one ({back[0].path}) as its {word}"
        yield collection.finding(path, place, "COR007", "warning", message, "mend @target here or there")


def _letter(collection: Collection, target: Path, fragment: str) -> Letter | None:
    if target not in collection.facts and not target.is_file():
        return None  # PTR002 says so
    found = collection.of(target).letters
    named = [letter for letter in found if fragment and letter.ident == fragment]
    return named[0] if named else found[0] if len(found) == 1 else None


def _lives(collection: Collection, path: Path, act: Act) -> Iterator[Finding]:
    if act.type not in ("sent", "received") or not (act.first or act.last):
        return
    for where, ident in act.people:
        target = collection.target(path.parent, where) if where else path
        if target not in collection.facts and not target.is_file():
            continue
        for entry in collection.of(target).entries:
            if entry.ident == ident and entry.kind == "person" and (what := _outlived(entry, act)):
                name = entry.names[0][0] if entry.names else ident
                message = f"the letter was {act.type} {shown((act.first, act.last))}, {what} of {name}"
                remedy = "look the dates up, and whether the person is the right one"
                yield collection.finding(path, (act.line, act.column), "DAT025", "warning", message, remedy)


def _outlived(entry: Known, act: Act) -> str:
    """Say that an action comes before a birth or after a death; letters to the dead are received by none."""
    if entry.born[0] and act.last != EVER and act.last < entry.born[0]:
        return f"before the birth ({shown(entry.born)})"
    if entry.died[1] and act.first != -EVER and act.first > entry.died[1]:
        return f"after the death ({shown(entry.died)})"
    return ""
