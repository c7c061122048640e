"""Merging three ways: the old draft, a new draft, and the file as a person left it.

Where the new draft has the same structure and every change of wording lies inside one text node, the changes are
written into the file and all its mark-up is kept. Otherwise the new draft is taken, and what a person did to the old
one is carried over: attributes changed, elements added or taken out, notes and comments. What finds no place is given
back with its old context. The old draft is known by the signatures of its elements in the ledger.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from lxml import etree

from teipress.anchors import Anchors
from teipress.digests import signature
from teipress.document import XML, local, tei
from teipress.elements import ADDITIONS, ATOMS, BLOCKS
from teipress.ledger import Entry, Ledger, Woven
from teipress.span import Span
from teipress.text import folded, is_addition, walk, wording
from teipress.weave import Index, insert, unweave, weave

_TOKEN: Final = re.compile(r"\S+")
_CONTEXT: Final = 30


@dataclass(frozen=True)
class Lost:
    """Something that a person did and that the new draft has no place for."""

    what: str
    context: str


class Alignment:
    """Where each place of an old wording is in a new one."""

    def __init__(self, old: str, new: str, hunks: Iterable[tuple[int, int, int, int]] | None = None) -> None:
        self.old, self.new = old, new
        # (start and end in the old, start and end in the new), in order
        self.hunks = list(_hunks(old, new) if hunks is None else hunks)
        self._starts = [hunk[0] for hunk in self.hunks]

    def place(self, offset: int, *, end: bool = False) -> int:
        """Give where an offset of the old wording is in the new, as the beginning of a range or as its end.

        Inside a change it is the change's own beginning or end; what is inserted at a range's edge stays outside.
        """
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        a, b, c, d = self.hunks[at]
        if offset < b:
            return d if end and offset > a else c
        return c if end and a == b == offset else d + offset - b

    def reversed(self) -> Alignment:
        """Give where each place of the new wording was in the old one."""
        return Alignment(self.new, self.old, [(c, d, a, b) for a, b, c, d in self.hunks])


def _hunks(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """Give the ranges in which two wordings differ, white space aside: word by word, then inside the words."""
    left, right = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    matcher = SequenceMatcher(None, [t[0] for t in left], [t[0] for t in right], autojunk=len(left) > 20_000)
    previous = (0, 0)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                # Equal words; where the space before them differs in length, that is a hunk too.
                gap_old, gap_new = left[i].start() - previous[0], right[j].start() - previous[1]
                if gap_old != gap_new:
                    yield previous[0], left[i].start(), previous[1], right[j].start()
                previous = left[i].end(), right[j].end()
            continue
        # What only one side has, it has with the space before it.
        a, b = (
            left[i1].start() if tag == "replace" else previous[0],
            left[i2 - 1].end() if i1 < i2 else previous[0],
        )
        c, d = (
            right[j1].start() if tag == "replace" else previous[1],
            right[j2 - 1].end() if j1 < j2 else previous[1],
        )
        if a - previous[0] != c - previous[1]:
            yield previous[0], a, previous[1], c
        yield from _inside(old, new, a, b, c, d)
        previous = b, d


def _inside(old: str, new: str, a: int, b: int, c: int, d: int) -> Iterator[tuple[int, int, int, int]]:
    if b - a > 2000 or d - c > 2000 or a == b or c == d:
        yield a, b, c, d
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old[a:b], new[c:d], autojunk=False).get_opcodes():
        if tag != "equal":
            yield a + i1, a + i2, c + j1, c + j2


def reanchored(ledger: Ledger, old: str, new: str) -> Ledger:
    """Give a ledger of an old wording with its quotations from the new one, where they have changed."""
    if folded(old) == folded(new):
        return ledger
    alignment, before, after = Alignment(old, new), Anchors(old), Anchors(new)
    entries: list[Entry] = [*ledger.added, *ledger.proposals, *ledger.identified]
    quotations = [entry.at for entry in entries]
    moved: dict[int, tuple[int, int]] = {}
    for entry, place, still in zip(entries, before.find(quotations), after.find(quotations), strict=True):
        if place is None:
            continue
        there = alignment.place(place[0]), alignment.place(place[1], end=True)
        # A correction speaks of these words and no others; a name or a date may be spelt anew.
        respelt = entry.reading is not None and folded(new[slice(*there)]) != entry.at.quote
        if there != still and there[0] < there[1] and not respelt:
            moved[id(entry)] = _trimmed(there, new)
    quoted = dict(zip(moved, after.quote(moved.values()), strict=True))

    def at_its_place(entry: Entry) -> Entry:
        return replace(entry, at=quoted[id(entry)]) if id(entry) in quoted else entry

    identified = tuple(entry for old in ledger.identified if isinstance(entry := at_its_place(old), Woven))
    return replace(ledger.deciding(at_its_place), identified=identified)


def redraft(root: etree._Element, fresh: etree._Element, drafted: Sequence[str]) -> list[Lost]:
    """Bring a cleared tree up to a new draft; give what of a person's work found no place."""
    text = root.find(tei("text"))
    assert text is not None
    alignment = Alignment(wording(root), wording(fresh))
    names = [local(element) for element in fresh.iter(tei("*")) if local(element) not in ("text", "body")]
    if names == [entry.split()[0] for entry in drafted] and _carry(root, alignment):
        return []
    fresh.tail = text.tail
    root.replace(text, fresh)
    return _Transplant(text, fresh, alignment, drafted).run()


def _carry(root: etree._Element, alignment: Alignment) -> bool:
    """Write changes of wording into the text nodes that they lie in; tell whether all of them do, else do nothing."""
    nodes = [node for node in walk(root) if node.event == "text" and node.wording]
    starts = [node.offset for node in nodes]
    edits: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for a, b, c, d in alignment.hunks:
        if alignment.old[a:b].strip() == alignment.new[c:d].strip():
            continue
        gap = _gap_to_pass(alignment, a, c, d) if a == b else 0
        a, b, c, d = (a + gap, b + gap, c + gap, _after_space(alignment.new, d)) if gap else (a, b, c, d)
        at = max(0, bisect_right(starts, a if a < b or gap else max(0, a - 1)) - 1)
        if gap and nodes[at].offset == a and local(nodes[at].element) not in BLOCKS:
            return False  # before a phrase and not in it
        if not nodes or b > nodes[at].offset + len(nodes[at].text):
            return False
        edits[at].append((a - nodes[at].offset, b - nodes[at].offset, alignment.new[c:d]))
    for at, changes in edits.items():
        node, text = nodes[at], nodes[at].text
        for start, end, words in reversed(changes):
            text = text[:start] + words + text[end:]
        if node.place:
            node.element[node.place - 1].tail = text
        else:
            node.element.text = text
    return folded(wording(root)) == folded(alignment.new)


def _after_space(text: str, offset: int) -> int:
    return found.start() if (found := _TOKEN.search(text, offset)) else len(text)


def _gap_to_pass(alignment: Alignment, at: int, start: int, end: int) -> int:
    """Give how much white space stands before words that are new, if they begin a line and do not end one."""
    old, new = alignment.old, alignment.new
    gap, lead, trail = (
        text[place : _after_space(text, place)] for text, place in ((old, at), (new, start), (new, end))
    )
    return len(gap) if lead == gap != trail and trail else 0


class _Transplant:
    """Carries what a person did to an old tree over to a new one."""

    def __init__(
        self, old: etree._Element, new: etree._Element, alignment: Alignment, drafted: Sequence[str]
    ) -> None:
        self.old, self.new, self.alignment = old, new, alignment
        self.index = Index(old)
        self.left = Counter(drafted)  # the old draft's elements that are not met in the old tree
        self.standing: Counter[tuple[str, int, int]] = Counter()  # the others, by where they are
        self.lost: list[Lost] = []

    def run(self) -> list[Lost]:
        words = wording(self.new)
        own = [element for element in self._elements(self.old) if not self._is_drafted(element)]
        wraps, islands = self._sorted(own)
        self._take_out()
        self._wrap(wraps)
        for island in islands:
            self._put(island)
        if wording(self.new) != words:
            raise AssertionError("merging changed the source's wording")
        return self.lost

    @staticmethod
    def _elements(text: etree._Element) -> list[etree._Element]:
        return [element for element in text.iter(tei("*")) if local(element) not in ("text", "body")]

    def _is_drafted(self, element: etree._Element) -> bool:
        found = signature(element)
        if self.left[found] <= 0:
            return False
        self.left[found] -= 1
        self.standing[local(element), *_trimmed(self.index.extents[element], self.alignment.old)] += 1
        return True

    def _sorted(self, own: list[etree._Element]) -> tuple[list[etree._Element], list[etree._Element]]:
        """Tell elements around the source's wording from those that stand for themselves, and are put in whole.

        Attributes that were changed on an element of the draft are carried over at once.
        """
        mine = set(own)
        wraps: list[etree._Element] = []
        islands: list[etree._Element] = []
        within: set[etree._Element] = set()
        for node in self.old.iter():
            parent = node.getparent()
            if parent in within:
                within.add(node)
            elif not isinstance(node.tag, str):
                islands.append(node)
            elif node in mine:
                start, end = self.index.extents[node]
                if start == end or is_addition(node) or local(node) in ATOMS | ADDITIONS:
                    islands.append(node)
                    within.add(node)
                elif not self._is_changed_attribute(node):
                    wraps.append(node)
        return wraps, islands

    def _is_changed_attribute(self, element: etree._Element) -> bool:
        """Carry changed attributes over to the new draft's element, where the old draft had one of these words."""
        told = signature(element).split()[:2]
        before = next(
            (entry for entry, count in self.left.items() if count and entry.split()[:2] == told), None
        )
        if before is None:
            return False
        wanted = self._range(*self.index.extents[element])
        for other, extent in Index(self.new).extents.items():
            if local(other) == local(element) and wanted and _is_near(extent, wanted, self.alignment.new):
                self.left[before] -= 1
                for name, value in element.attrib.items():
                    other.set(name, value)
                return True
        return False

    def _range(self, start: int, end: int) -> tuple[int, int] | None:
        first, last = self.alignment.place(start), self.alignment.place(end, end=True)
        return (first, last) if first < last else None

    def _take_out(self) -> None:
        """Take out of the new draft what the person took out of the old one, whatever its words are now."""
        before = self.alignment.reversed()
        gone: list[etree._Element] = []
        extents = Index(self.new).extents
        for element in self._elements(self.new):
            start, end = extents[element]
            there = before.place(start), before.place(end, end=True)
            found = signature(element, self.alignment.old[slice(*there)])
            place = local(element), *_trimmed(there, self.alignment.old)
            if self.standing[place] > 0:  # it is there yet; if one of the same words is gone, it is another
                self.standing[place] -= 1
            elif self.left[found] > 0:
                self.left[found] -= 1
                gone.append(element)
        unweave(self.new, gone)

    def _wrap(self, elements: list[etree._Element]) -> None:
        spans: dict[Span, etree._Element] = {}
        for element in elements:
            start, end = self.index.extents[element]
            place = self._range(start, end)
            attributes = tuple(
                (str(name).replace(f"{{{XML}}}", "xml:"), str(v)) for name, v in element.items()
            )
            if place is None:
                self._lose(element, start, end)
            else:
                spans[Span(*_trimmed(place, self.alignment.new), local(element), attributes)] = element
        for span in weave(self.new, spans):
            self._lose(spans[span], *self.index.extents[spans[span]])

    def _put(self, island: etree._Element) -> None:
        """Put a note, a comment, a correction or the like where its place is now."""
        start, end = self.index.extents.get(island) or self._point(island)
        first = self.alignment.place(start, end=start == end)
        last = self.alignment.place(end, end=True)
        same = folded(self.alignment.old[start:end]) == folded(self.alignment.new[first:last])
        copy = deepcopy(island)
        copy.tail = None
        if not same or not insert(self.new, copy, first, last if start < end else first):
            self._lose(island, start, end)

    def _point(self, node: etree._Element) -> tuple[int, int]:
        """Give where a comment or processing instruction stands: the end of the wording before it."""
        parent = node.getparent()
        assert parent is not None
        offset = self.index.extents[parent][0] if parent in self.index.extents else 0
        for step in walk(self.old):
            if (
                step.event == "text"
                and step.element is parent
                and step.place <= parent.index(node)
                and step.wording
            ):
                offset = step.offset + len(step.text)
            elif (
                step.event == "end" and step.element.getparent() is parent and step.place < parent.index(node)
            ):
                offset = step.offset
        return offset, offset

    def _lose(self, node: etree._Element, start: int, end: int) -> None:
        name = local(node) or "comment"
        words = folded("".join(map(str, node.itertext())) if isinstance(node.tag, str) else str(node.text))
        what = f"<{name}> “{words[:60]}”" if words else f"<{name}>"
        before = folded(self.alignment.old[max(0, start - _CONTEXT) : start])
        after = folded(self.alignment.old[end : end + _CONTEXT])
        self.lost.append(Lost(what, f"after “{before}” and before “{after}”"))


def _is_near(extent: tuple[int, int], wanted: tuple[int, int], text: str) -> bool:
    return _trimmed(extent, text) == _trimmed(wanted, text)


def _trimmed(extent: tuple[int, int], text: str) -> tuple[int, int]:
    """Give a range without the white space at its ends."""
    piece = text[slice(*extent)]
    start = extent[0] + len(piece) - len(piece.lstrip())
    return start, max(start + 1, extent[1] - (len(piece) - len(piece.rstrip())))
