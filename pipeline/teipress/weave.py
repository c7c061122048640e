"""`weave` puts spans into a tree, `unweave` takes elements out again: the only writers of text content.

They wrap and unwrap, never rewrite: the source's wording is the same before and after, and everything that was
in the tree stays as it was. Both take time linear in the document and the spans.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, cast

from lxml import etree

from teipress.document import ID, NAMESPACES, TEI, XML, local, tei
from teipress.elements import ATOMS, BLOCK_OR_PHRASE, BLOCKS, COUNTERPARTS, POINTS
from teipress.span import Span
from teipress.text import walk, wording

_STAYS_OUTSIDE: Final = BLOCKS | BLOCK_OR_PHRASE


class Position(NamedTuple):
    """A place between characters: in `parent`, after its first `gap` children and `offset` characters."""

    parent: etree._Element
    gap: int
    offset: int


class _Piece(NamedTuple):
    """A stretch of wording: a text node, or all of an atom that stands after `before` characters of one."""

    parent: etree._Element
    gap: int
    atom: etree._Element | None = None
    before: int = 0


class _Job(NamedTuple):
    """A span with its two places, both in one parent."""

    span: Span
    start: Position
    end: Position


class Index:
    """Where each character of the wording stands in a tree, and over which range each element extends."""

    def __init__(self, root: etree._Element) -> None:
        self.starts: list[int] = []
        self.pieces: list[_Piece] = []
        self.extents: dict[etree._Element, tuple[int, int]] = {}
        self.places: dict[etree._Element, int] = {}
        self.tails: dict[
            etree._Element, tuple[int, int]
        ] = {}  # of each parent, its last gap and that one's length
        self.length = 0
        self._read(root)

    def _read(self, root: etree._Element) -> None:
        atom: etree._Element | None = None
        last: tuple[etree._Element, int, int] | None = None  # the text node read last: parent, gap, length
        begun: dict[etree._Element, int] = {}
        for event, element, index, offset, text, counted in walk(root):
            if event == "start":
                begun[element] = offset
                self.places[element] = index
                if atom is None and local(element) in ATOMS:
                    atom = element
            elif event == "end":
                self.extents[element] = (begun.pop(element), offset)
                if atom is element:
                    parent = element.getparent()
                    if parent is not None and offset > self.extents[element][0]:
                        before = last[2] if last and last[0] is parent and last[1] == index else 0
                        self._add(self.extents[element][0], _Piece(parent, index, element, before))
                    atom = None
            elif atom is None:
                last = (element, index, len(text))
                if counted:
                    self._add(offset, _Piece(element, index))
            if event == "text" and counted:
                self.length = offset + len(text)

    def _add(self, offset: int, piece: _Piece) -> None:
        self.starts.append(offset)
        self.pieces.append(piece)

    def _end_of(self, parent: etree._Element) -> tuple[int, int]:
        """Give the last gap of a parent and its length; lxml counts children anew each time, so it is kept."""
        if parent not in self.tails:
            count = len(parent)
            self.tails[parent] = (count, len((parent[-1].tail if count else parent.text) or ""))
        return self.tails[parent]

    def places_of(self, start: int, end: int) -> tuple[Position, Position] | None:
        """Find where `[start, end)` begins and ends, both in one parent; None where it crosses an element.

        Where the edge of an element is the edge of the range, the range goes around the element; so it does
        around a phrase that has just its extent.
        """
        first = bisect_right(self.starts, start) - 1
        last = bisect_left(self.starts, end) - 1
        left = self._left(first, start)
        right = self._right(last, end)
        if left is None or right is None:
            return None
        depths = _depth(left.parent), _depth(right.parent)
        while left.parent is not right.parent:
            if depths[0] >= depths[1]:
                if left.gap or left.offset or left.parent.getparent() is None:
                    return None
                left, depths = self._before(left.parent), (depths[0] - 1, depths[1])
            else:
                if not self._is_end(right) or right.parent.getparent() is None:
                    return None
                right, depths = self._after(right.parent), (depths[0], depths[1] - 1)
        while (
            local(left.parent) not in _STAYS_OUTSIDE and not (left.gap or left.offset) and self._is_end(right)
        ):
            if self.extents.get(left.parent) != (start, end) or left.parent.getparent() is None:
                break
            left, right = self._before(left.parent), self._after(right.parent)
        return left, right

    def _left(self, at: int, offset: int) -> Position | None:
        piece, inside = self.pieces[at], offset - self.starts[at]
        if piece.atom is not None:
            return Position(piece.parent, piece.gap, piece.before) if inside == 0 else None
        return Position(piece.parent, piece.gap, inside)

    def _right(self, at: int, offset: int) -> Position | None:
        piece, inside = self.pieces[at], offset - self.starts[at]
        if piece.atom is not None:
            return Position(piece.parent, piece.gap + 1, 0) if self.extents[piece.atom][1] == offset else None
        return Position(piece.parent, piece.gap, inside)

    def _before(self, element: etree._Element) -> Position:
        """Give the place before an element; what tells of a mark is not parted from it."""
        parent, index = element.getparent(), self.places[element]
        assert parent is not None
        if index and mark_of(_previous(element)) is element:
            return self._before(_previous(element))
        text = parent.text if index == 0 else _previous(element).tail
        return Position(parent, index, len(text or ""))

    def _after(self, element: etree._Element) -> Position:
        parent = element.getparent()
        assert parent is not None
        return Position(parent, self.places[element] + 1, 0)

    def _is_end(self, position: Position) -> bool:
        return (position.gap, position.offset) == self._end_of(position.parent)


def _previous(element: etree._Element) -> etree._Element:
    previous = element.getprevious()
    assert previous is not None
    return previous


def _depth(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors())


def weave(root: etree._Element, spans: Iterable[Span]) -> list[Span]:
    """Wrap each span, given in offsets of `wording(root)`, in an element; return the spans that were refused.

    A span that crosses an element, or a span before it, is refused and leaves no trace. A span that stands
    there already (the same range, name and attributes) is passed over. Of two spans with one range the earlier
    is the outer. A `gap` or `space` wraps nothing: it is put before its range, the mark that tells of it. Raises
    ValueError for a range outside the text and for a `reading` with a source.
    """
    asked = list(dict.fromkeys(spans))
    if not asked:
        return []
    index = Index(root)
    standing = {(span.start, span.end, span.tag, span.attributes, span.reading) for span in woven(index)}
    jobs: dict[etree._Element, list[_Job]] = defaultdict(list)
    refused: list[Span] = []
    for span in asked:
        _require(span, index.length)
        if (span.start, span.end, span.tag, tuple(sorted(span.attributes)), span.reading) in standing:
            continue
        places = index.places_of(span.start, span.end)
        if places is None:
            refused.append(span)
        else:
            jobs[places[0].parent].append(_Job(span, *places))
    if not jobs:
        return refused
    before = wording(root)
    for parent, wanted in jobs.items():
        refused += _wrap(parent, wanted)
    if wording(root) != before:
        raise AssertionError("weaving changed the source's wording")
    return refused


def _require(span: Span, length: int) -> None:
    if not 0 <= span.start < span.end <= length:
        raise ValueError(f"{span} lies outside the text, which has {length} characters")
    if span.reading is not None and (span.tag not in COUNTERPARTS or span.get("source") is not None):
        raise ValueError(f"{span}: a reading goes with sic, orig or abbr and has no source of its own")


def woven(index: Index) -> Iterable[Span]:
    """Give every element of an indexed tree as the span that would weave it."""
    for element, (start, end) in index.extents.items():
        if local(element) == "choice" and (pair := _pair(element)) is not None:
            kept, other = pair
            if not kept.attrib and not len(other):
                yield Span(start, end, local(kept), _attributes(other), reading=other.text or "")
                continue
        if start == end and (mark := mark_of(element)) is not None:
            start, end = index.extents[mark]
        yield Span(start, end, local(element), _attributes(element))


def mark_of(point: etree._Element) -> etree._Element | None:
    """Give the mark that a `gap` or `space` stands just before; None where there is none, and of other elements."""
    following = point.getnext() if local(point) in POINTS and not point.tail else None
    return following if following is not None and local(following) == "metamark" else None


def _pair(choice: etree._Element) -> tuple[etree._Element, etree._Element] | None:
    """Give the two halves of a `choice` that a span with a reading makes; None for any other."""
    halves = list(choice)
    if len(halves) != 2 or choice.attrib or COUNTERPARTS.get(local(halves[0])) != local(halves[1]):
        return None
    if halves[1].get("source") is not None:  # both halves are the source's
        return None
    return halves[0], halves[1]


def _attributes(element: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted((str(name).replace(f"{{{XML}}}", "xml:"), str(value)) for name, value in element.items())
    )


def _wrap(parent: etree._Element, jobs: list[_Job]) -> list[Span]:
    """Wrap the spans of one parent; return those that cross one another."""
    jobs.sort(key=lambda job: (job.span.start, -job.span.end))
    kept, refused = [], []
    ends: list[int] = []
    for job in jobs:
        while ends and ends[-1] <= job.span.start:
            ends.pop()
        if ends and job.span.end > ends[-1]:
            refused.append(job.span)
        else:
            ends.append(job.span.end)
            kept.append(job)
    if kept:
        _Rebuild(parent, kept).run()
    return refused


Items = list[etree._Element | str]


def _items(parent: etree._Element) -> Items:
    """Give the content of an element as text and children in turn, and take the text out of the tree."""
    items: Items = [parent.text or ""]
    parent.text = None
    for child in parent:
        items += [child, child.tail or ""]
        child.tail = None
    return items


def _refill(parent: etree._Element, items: Sequence[etree._Element | str]) -> None:
    """Put text and children into an element in this order; a child that is there already is not moved."""
    texts: list[str] = []
    previous: etree._Element | None = None

    def write() -> None:
        text = "".join(texts) or None
        texts.clear()
        if previous is None:
            parent.text = text
        else:
            previous.tail = text

    for item in items:
        if isinstance(item, str):
            texts.append(item)
            continue
        if item.getparent() is not parent:
            if previous is None:
                parent.insert(0, item)
            else:
                previous.addnext(item)
        write()
        previous = item
    write()


class _Rebuild:
    """One pass over the content of a parent that puts its new elements in place."""

    def __init__(self, parent: etree._Element, jobs: list[_Job]) -> None:
        self.parent = parent
        self.jobs = jobs
        self.next = 0
        self.open: list[tuple[_Job, Items]] = []
        self.top: Items = []

    def run(self) -> None:
        for at, item in enumerate(_items(self.parent)):
            if isinstance(item, str):
                self._text(at // 2, item)
            else:
                self._content().append(item)
        _refill(self.parent, self.top)

    def _content(self) -> Items:
        return self.open[-1][1] if self.open else self.top

    def _text(self, gap: int, text: str) -> None:
        at = 0
        while True:
            closing = self.open[-1][0].end if self.open else None
            opening = self.jobs[self.next].start if self.next < len(self.jobs) else None
            ends = closing.offset if closing and closing.gap == gap else None
            begins = opening.offset if opening and opening.gap == gap else None
            if ends is not None and (begins is None or ends <= begins):
                self._content().append(text[at:ends])
                at = ends
                self._close()
            elif begins is not None:
                self._content().append(text[at:begins])
                at = begins
                self.open.append((self.jobs[self.next], []))
                self.next += 1
            else:
                self._content().append(text[at:])
                return

    def _close(self) -> None:
        job, items = self.open.pop()
        if job.span.tag in POINTS:
            self._content().extend([_element(self.parent, job.span, []), *items])
        else:
            self._content().append(_element(self.parent, job.span, items))


def _element(parent: etree._Element, span: Span, items: Items) -> etree._Element:
    """Make the element of a span around its content; with a reading, the choice between the two."""
    attributes = {name.replace("xml:", f"{{{XML}}}"): value for name, value in span.attributes}
    names = (
        cast("dict[str, str]", {prefix: TEI for prefix, uri in parent.nsmap.items() if uri == TEI})
        or NAMESPACES
    )
    if span.reading is None:
        element = parent.makeelement(tei(span.tag), attributes, names)
        _refill(element, items)
        return element
    choice = parent.makeelement(tei("choice"), {}, names)
    kept = etree.SubElement(choice, tei(span.tag))
    _refill(kept, items)
    other = etree.SubElement(choice, tei(COUNTERPARTS[span.tag]), attributes)
    other.text = span.reading
    return choice


def unweave(root: etree._Element, elements: Iterable[etree._Element]) -> None:
    """Take elements out of a tree and leave their content in their place.

    Of a `choice` that a reading made, the source's half stays. The wording is the same before and after.
    """
    doomed = set(elements)
    before = wording(root)
    parents = dict.fromkeys(parent for element in doomed if (parent := element.getparent()) is not None)
    for parent in parents:
        if parent not in doomed:
            _refill(parent, list(_without(parent, doomed)))
    if wording(root) != before:
        raise AssertionError("unweaving changed the source's wording")


def _without(parent: etree._Element, doomed: set[etree._Element]) -> Items:
    """Give the content of a parent with the doomed elements replaced by theirs, to any depth."""
    result: Items = []
    stack = [iter(_items(parent))]
    while stack:
        for item in stack[-1]:
            if isinstance(item, str) or item not in doomed:
                result.append(item)
                continue
            pair = _pair(item) if local(item) == "choice" else None
            content = _items(pair[0] if pair else item)
            item_parent = item.getparent()
            if item_parent is not None:
                item_parent.remove(item)
            stack.append(iter(content))
            break
        else:
            stack.pop()
    return result


def identify(root: etree._Element, idents: Mapping[tuple[int, int, str], str]) -> None:
    """Give xml:ids to elements that stand in the tree, named by range and name; one that has an id keeps it."""
    if not idents:
        return
    for element, (start, end) in Index(root).extents.items():
        ident = idents.get((start, end, local(element)))
        if ident is not None and element.get(ID) is None:
            element.set(ID, ident)


def insert(root: etree._Element, element: etree._Element, start: int, end: int) -> bool:
    """Put an element in: at `start` where it has no wording, or else in the place of the same wording.

    The wording is the same before and after; False, and nothing is changed, where there is no such place in one
    text node.
    """
    index = Index(root)
    if not index.pieces:
        return False
    at = (
        max(0, bisect_left(index.starts, max(start, 1)) - 1)
        if start == end
        else bisect_right(index.starts, start) - 1
    )
    piece, offset = index.pieces[at], start - index.starts[at]
    if piece.atom is not None:
        return False
    previous = None if piece.gap == 0 else piece.parent[piece.gap - 1]
    text = (piece.parent.text if previous is None else previous.tail) or ""
    if offset + end - start > len(text) or (
        start < end and text[offset : offset + end - start] != wording(element)
    ):
        return False
    element.tail = text[offset + end - start :] or None
    before = text[:offset] or None
    if previous is None:
        piece.parent.text = before
        piece.parent.insert(0, element)
    else:
        previous.tail = before
        piece.parent.insert(piece.gap, element)
    return True
