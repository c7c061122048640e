"""What linking puts into a tree: elements around sentences, and ids for what links name.

A unit becomes `seg type="s"` where it is no element yet; what stands keeps its id, or is given one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from teipress.document import ID, local
from teipress.header import MACHINE
from teipress.passages import Key, Passage, Unit
from teipress.span import Span
from teipress.weave import Index

_SEVERAL: Final = 2  # sentences inside an older one, from which they do not take its id
_SEGMENTS: Final = frozenset({"seg", "s"})


@dataclass(frozen=True)
class Marks:
    """What linking puts into a tree: segments to weave, ids for elements that stand; the ids that stand already."""

    segments: tuple[Span, ...]
    identified: Mapping[Key, str]
    standing: Mapping[Key, str]


def marks(root: etree._Element, passages: Sequence[tuple[Passage, str]], known: Mapping[Key, str]) -> Marks:
    """Say what is to be marked for passages to be linked, each given with the id that it would like to have.

    `known` are the ids that earlier runs minted.
    """
    standing: dict[Key, str] = {}
    for element, extent in Index(root).extents.items():
        standing.setdefault((*extent, local(element)), element.get(ID) or "")
    taken = {ident for element in root.iter(etree.Element) if (ident := element.get(ID))} | {
        "source",
        MACHINE,
    }
    known = {**known, **{key: ident for key, ident in standing.items() if ident}}
    units = [unit for side, _ in passages for unit in side.units]
    idents: dict[Key, str] = {}
    for side, wish in passages:
        idents[side.key] = _named(wish, taken | set(idents.values()), known, side.key)
    idents |= minted("s", taken, known, [key for u in units for key in u.keys if key[2] in _SEGMENTS])
    blocks = dict.fromkeys(u.within for u in units if u.within in standing)
    idents |= minted("p", taken, known, [key for key in blocks if key not in idents])
    return Marks(
        tuple(
            span
            for unit in units
            if not unit.is_block
            for span in _segments(unit, idents)
            if (span.start, span.end, span.tag) not in standing
        ),
        {key: ident for key, ident in idents.items() if key in standing},
        {key: ident for key, ident in standing.items() if ident},
    )


def followed(units: Sequence[Unit], known: Mapping[Key, str]) -> dict[Key, str]:
    """Let the ids of an earlier run follow sentences and paragraphs whose edges have moved, as by a word put in.

    `known` are the ids by what had them. An id goes to what holds half of it, unless that has one already; where it
    was around several of today's sentences it stays where it was.
    """
    result = dict(known)
    for keys in ([key for unit in units for key in unit.keys], list(dict.fromkeys(u.within for u in units))):
        free = sorted(key for key in keys if key not in known)
        tags = {key[2] for key in free}
        starts = [key[0] for key in free]
        standing = set(keys)
        for old in [key for key in known if key[2] in tags and key not in standing]:
            first = max(0, bisect_left(starts, old[0]) - 1)
            near = [key for key in free[first : bisect_left(starts, old[1])] if key[2] == old[2]]
            inside = [key for key in near if old[0] <= key[0] and key[1] <= old[1]]
            best = max(near, key=lambda key: _shared(key, old), default=None)
            if not best or best in result or len(inside) >= _SEVERAL:
                continue
            if 2 * _shared(best, old) >= old[1] - old[0]:
                result[best] = result.pop(old)
    return result


def _shared(key: Key, other: Key) -> int:
    return min(key[1], other[1]) - max(key[0], other[0])


def _segments(unit: Unit, idents: Mapping[Key, str]) -> Iterator[Span]:
    """Give the elements that a sentence is to be: several, which point to one another, where it is of parts."""
    last = len(unit.keys) - 1
    for number, key in enumerate(unit.keys):
        said = {"type": "s"}
        if last:
            said["part"] = "I" if not number else "F" if number == last else "M"
        if number:
            said["prev"] = f"#{idents[unit.keys[number - 1]]}"
        if number < last:
            said["next"] = f"#{idents[unit.keys[number + 1]]}"
        yield Span(*key, (*said.items(), ("xml:id", idents[key])), rule="translations.sentence")


def standing(root: etree._Element) -> dict[Key, str]:
    """Give the ids of a tree by the elements that have them."""
    return {
        (*extent, local(element)): ident
        for element, extent in Index(root).extents.items()
        if (ident := element.get(ID))
    }


def _named(wish: str, taken: set[str], known: Mapping[Key, str], key: Key) -> str:
    """Give an id to a passage: the one that it had, the one wished for, or one with a number."""
    if key in known:
        return known[key]
    if not wish.endswith("-") and wish not in taken:
        return wish
    return minted(f"{wish.removesuffix('-')}-", taken, known, [key])[key]


def minted(
    prefix: str, taken: Iterable[str], known: Mapping[Key, str], wanted: Iterable[Key]
) -> dict[Key, str]:
    """Give each wanted element an id: the one that it had, or the next free number after `prefix`."""
    used = set(taken) | set(known.values())
    numbers = [int(ident[len(prefix) :]) for ident in used if re.fullmatch(re.escape(prefix) + r"\d+", ident)]
    following = max(numbers, default=0)
    idents: dict[Key, str] = {}
    for key in wanted:
        if key in known:
            idents[key] = known[key]
        elif key not in idents:
            following += 1
            idents[key] = f"{prefix}{following}"
    return idents
