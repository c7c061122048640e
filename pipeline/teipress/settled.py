"""What is the machine's and what a person's: the ground that an encoding may not touch.

An element is the machine's while it equals its entry in the ledger, nothing was added inside it, and nothing that
a person wrote points to it. An entry whose element is gone, with no other of its kind in its place, was rejected.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from teipress.anchors import Anchors
from teipress.document import ID, local, tei
from teipress.elements import NAMES
from teipress.header import MACHINE
from teipress.ledger import Decision, Entry, Ledger
from teipress.span import Span
from teipress.standoff import is_beside, take_out
from teipress.text import wording
from teipress.weave import Index, mark_of, unweave, woven

#: Elements of which a person's own keeps the machine's of any of them away.
_GROUNDS: Final = (
    NAMES,
    frozenset({"date", "time"}),
    frozenset({"choice", "sic", "corr", "orig", "reg", "abbr", "expan"}),
    frozenset({"supplied", "unclear", "gap", "space"}),
    frozenset({"ellipsis"}),
    frozenset({"metamark"}),
    frozenset({"seg", "s"}),
)
_KINDS: Final = frozenset().union(*_GROUNDS)

#: What a person puts into an element to say something about it.
_REMARKS: Final = frozenset({"note", "certainty", "ref", "ptr", "anchor"})


def ground(tag: str) -> frozenset[str]:
    """Give the names of the elements that would say the same as `tag`."""
    return next((tags for tags in _GROUNDS if tag in tags), frozenset({tag}))


@dataclass(frozen=True)
class Cleared:
    """A tree without what is the machine's: the ledger with the rejections that were read off it, and these."""

    ledger: Ledger
    rejections: tuple[Decision, ...]


def clear(root: etree._Element, ledger: Ledger) -> Cleared:
    """Take out of a tree everything that is still the machine's or was put in by a decision."""
    index = Index(root)
    anchors = Anchors(wording(root))
    entries: list[Entry] = [
        *(entry for entry in ledger.woven if not is_beside(entry)),
        *(d for d in ledger.decisions if d.stands and not is_beside(d)),
    ]
    ours, gone = _recognised(index, anchors, entries)
    pointed = _pointed_at(root, ours)
    kept = {
        element
        for element in ours
        if element.get(ID) in pointed or _holds_more(element, ours) or _is_explained(element, ours)
    }
    rejected = _rejected(gone, anchors, index, set(ours))
    for element in _identified(index, anchors, ledger):
        if element.get(ID) not in pointed:
            del element.attrib[ID]
    unweave(root, ours - kept)
    return Cleared(ledger.deciding(lambda entry: rejected.get(id(entry), entry)), tuple(rejected.values()))


def _recognised(
    index: Index, anchors: Anchors, entries: list[Entry]
) -> tuple[set[etree._Element], list[tuple[Entry, tuple[int, int] | None]]]:
    """Tell which elements equal an entry, and which entries have none."""
    standing: dict[tuple[object, ...], list[etree._Element]] = defaultdict(list)
    for element, span in zip(list(index.extents), woven(index), strict=True):
        standing[span.start, span.end, span.tag, span.attributes, span.reading].append(element)
    ours: set[etree._Element] = set()
    gone: list[tuple[Entry, tuple[int, int] | None]] = []
    for entry, place in zip(entries, anchors.find(entry.at for entry in entries), strict=True):
        attributes = tuple(sorted(attributes_of(entry).items()))
        found = standing.get((*(place or (-1, -1)), entry.tag, attributes, entry.reading))
        if found:
            ours.add(found.pop())
        else:
            gone.append((entry, place))
    return ours, gone


def attributes_of(entry: Entry) -> dict[str, str]:
    """Give the attributes of the element that an entry stands for: a decision's bears its editor's @resp."""
    if isinstance(entry, Decision) and entry.by:
        return {**entry.attributes, "resp": f"#{entry.by}"}
    return dict(entry.attributes)


def _holds_more(element: etree._Element, ours: set[etree._Element]) -> bool:
    """Tell whether a person put a note, a comment or the like into an element."""
    return any(
        not isinstance(inner.tag, str) or local(inner) in _REMARKS
        for inner in element.iterdescendants()
        if inner not in ours
    )


def _is_explained(element: etree._Element, ours: set[etree._Element]) -> bool:
    """Tell whether a person's `gap` or `space` stands just before a mark and says what it stands for."""
    point = element.getprevious()
    return point is not None and point not in ours and mark_of(point) is element


def _pointed_at(root: etree._Element, ours: set[etree._Element]) -> set[str | None]:
    """Give the ids that something in the file points to that is neither the machine's nor its link groups'.

    The machine's links have been taken out before (`links.clear_links`); those that stand are a person's.
    """
    pointed: set[str | None] = set()
    for element in root.iter():
        if not isinstance(element.tag, str) or element in ours:
            continue
        if local(element) == "linkGrp" and f"#{MACHINE}" in _resps(element):
            continue
        for value in element.attrib.values():
            pointed.update(word[1:] for word in str(value).split() if word.startswith("#"))
    return pointed


def withhold(root: etree._Element) -> None:
    """Take out of a tree all that is the machine's word alone: its claims in the text, its links and doubts."""
    claim = f"#{MACHINE}"
    for group in [g for g in root.iter(tei("linkGrp")) if g.get("resp") == claim]:
        for link in [child for child in group if child.get("resp", claim) == claim]:
            group.remove(link)
        if not len(group):
            take_out(group)
    unweave(root, [element for element in Index(root).extents if element.get("resp") == claim])
    idents = {element.get(ID) for element in root.iter(etree.Element)}
    for doubt in root.findall(f"{tei('standOff')}/{tei('certainty')}"):
        if doubt.get("resp") == claim or doubt.get("target", "").removeprefix("#") not in idents:
            take_out(doubt)


def _resps(element: etree._Element) -> list[str]:
    parent = element.getparent()
    own = element.get("resp") or (parent.get("resp") if parent is not None else None) or ""
    return own.split()


def _rejected(
    gone: list[tuple[Entry, tuple[int, int] | None]],
    anchors: Anchors,
    index: Index,
    ours: set[etree._Element],
) -> dict[int, Decision]:
    """Give the rejections among the entries whose elements are gone, by the identity of the entry."""
    others = Occupied(
        ((span.start, span.end), span.tag)
        for element, span in zip(list(index.extents), woven(index), strict=True)
        if element not in ours
    )
    return {
        id(entry): Decision(
            entry.at,
            "reject",
            entry.tag,
            attributes_of(entry),
            why="removed from the file by hand",
            rule=entry.rule,
        )
        for entry, place in gone
        if place is not None and not others.hold(*place, ground(entry.tag))
    }


def _identified(index: Index, anchors: Anchors, ledger: Ledger) -> Iterator[etree._Element]:
    """Give the drafted elements whose ids the machine minted, while they still have them."""
    places = anchors.find(entry.at for entry in ledger.identified)
    wanted = {
        (place, entry.tag): entry.attributes["xml:id"]
        for entry, place in zip(ledger.identified, places, strict=True)
        if place
    }
    for element, extent in index.extents.items():
        if element.get(ID) is not None and wanted.get((extent, local(element))) == element.get(ID):
            yield element


class Occupied:
    """Ranges of a text that are taken, by kind of element; asked in logarithmic time where they are many."""

    def __init__(self, ranges: Iterable[tuple[tuple[int, int], str]]) -> None:
        self._taken: dict[str, tuple[list[int], list[int]]] = {}
        by_tag: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for extent, tag in ranges:
            if tag in _KINDS and extent[0] < extent[1]:
                by_tag[tag].append(extent)
        for tag, extents in by_tag.items():
            extents.sort()
            ends: list[int] = []
            for _, end in extents:  # the furthest end so far, so that nested ranges are found as well
                ends.append(max(end, ends[-1]) if ends else end)
            self._taken[tag] = ([start for start, _ in extents], ends)

    def hold(self, start: int, end: int, tags: Iterable[str]) -> bool:
        """Tell whether anything of these kinds shares a character with `[start, end)`."""
        for tag in tags:
            starts, ends = self._taken.get(tag, ([], []))
            before = bisect_left(starts, end)
            if before and ends[before - 1] > start:
                return True
        return False


class Settled:
    """What is settled before the machine proposes: decisions, and what a person encoded."""

    def __init__(self, root: etree._Element, ledger: Ledger) -> None:
        anchors = Anchors(wording(root))
        decisions = [decision for decision in ledger.decisions if not is_beside(decision)]
        places = anchors.find(decision.at for decision in decisions)
        self.lost = [decision for decision, place in zip(decisions, places, strict=True) if place is None]
        self.places: Mapping[int, tuple[int, int]] = {
            id(decision): place for decision, place in zip(decisions, places, strict=True) if place
        }
        placed = [(place, decision) for decision, place in zip(decisions, places, strict=True) if place]
        self._verdicts = {(place, tag): d for place, d in placed for tag in ([d.tag] if d.tag else _KINDS)}
        self._standing = Occupied(((span.start, span.end), span.tag) for span in woven(Index(root)))
        self._decided = Occupied((place, decision.tag) for place, decision in placed if decision.stands)
        self._spans = [
            Span(*place, d.tag, tuple(attributes_of(d).items()), "decision", reading=d.reading)
            for place, d in placed
            if d.stands
        ]

    def decided(self) -> list[Span]:
        """Give what people decided is in the text, but for what stands there by their own hand."""
        return [
            span for span in self._spans if not self._standing.hold(span.start, span.end, ground(span.tag))
        ]

    def leave(self, proposals: Iterable[Span]) -> Iterator[Span]:
        """Give the proposals that nothing settled speaks against."""
        for span in proposals:
            kinds = ground(span.tag)
            taken = self._standing.hold(span.start, span.end, kinds) or self._decided.hold(
                span.start, span.end, kinds
            )
            if not taken and ((span.start, span.end), span.tag) not in self._verdicts:
                yield span
