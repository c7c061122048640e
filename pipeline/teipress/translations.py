"""Translations: passages in another language, found again in the text's own, and whole texts beside one another.

What is found becomes `seg type="s"` for the sentences and one `linkGrp type="translation"` for each pair of
passages (Guidelines 17.4): stored once, the original first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from teipress.alignment.vectors import Encoder, encoder
from teipress.document import local, tei
from teipress.linking import Decided, Group, Pair, aligned, fixed, groups
from teipress.marking import Marks, followed, marks, standing
from teipress.passage_pairs import pairs
from teipress.passages import Key, Passage, elements_of, passage
from teipress.text import Block, Text
from teipress.weave import Index

_ORIGINALS: Final = frozenset({"original", "edition", "source", "transcription", "text"})

#: Is told how many sentences two passages have, and gives what hears of each step of their alignment.
Started = Callable[[int, int], Callable[[int], None]]
_UNDECIDED: Final = Decided()


def _unheard(original: int, translation: int) -> Callable[[int], None]:
    return lambda _: None


@dataclass(frozen=True)
class Other:
    """The file of an original that stands elsewhere: how pointers name it, and its document."""

    file: str
    root: etree._Element


@dataclass(frozen=True)
class Found:
    """What is to be put into a tree for its translations: marks, and from their ids the groups of links."""

    marks: Marks
    pairs: tuple[Pair, ...]
    other: Mapping[Key, str] | None = None
    file: str = ""

    def groups(self, idents: Mapping[Key, str]) -> list[Group]:
        """Give the links, by the ids that the marks came to in the tree."""
        sides = (self.other, idents) if self.other is not None else (idents, idents)
        return [group for pair in self.pairs for group in groups(pair, sides, (self.file, ""))]


def find(
    root: etree._Element,
    known: Mapping[Key, str],
    original: Other | None = None,
    decided: Decided = _UNDECIDED,
    *,
    is_translated: bool = False,
    encode: Callable[[], Encoder | None] = encoder,
    started: Started = _unheard,
) -> Found | None:
    """Find the translations of a document: of whole texts in it, of an `original` elsewhere, else of passages.

    `known` are the ids that an earlier run minted, and `decided` what people have said of the links; a text that
    `is_translated` elsewhere has its sentences marked.
    """
    search = _Search(root, Text.of(root), known, decided, encode, started)
    if original is not None or is_translated:
        return search.beside(original)
    return search.whole() or search.passages()


class _Search:
    """One document with what is known of it."""

    def __init__(
        self,
        root: etree._Element,
        text: Text,
        known: Mapping[Key, str],
        decided: Decided,
        encode: Callable[[], Encoder | None],
        started: Started,
    ) -> None:
        self.root, self.text, self.known, self.decided = root, text, known, decided
        self.encode, self.started = encode, started
        self._standing = standing(root) if decided.targets else {}

    def whole(self) -> Found | None:
        """Link the whole texts of which one translates the other."""
        bound = [(_key(self.root, a), _key(self.root, b)) for a, b in whole_texts(self.root)]
        if not bound:
            return None
        sides = {key: self._passage(key) for keys in bound for key in keys}
        found = tuple(self._aligned((sides[a], sides[b]), whole=True) for a, b in bound)
        wishes = [(side, "original" if key == bound[0][0] else "translation") for key, side in sides.items()]
        return Found(marks(self.root, wishes, self.known), found)

    def passages(self) -> Found | None:
        """Link the passages that are translated in the same text."""
        known = list(self._settled())
        bound = known + pairs(self.text, [block for both in known for block in both], self.encode)
        sides = [(self._of_block(a), self._of_block(b)) for a, b in bound]
        if not sides:
            return None
        found = tuple(self._aligned(both, whole=False) for both in sides)
        wishes = [(side, "passage-") for both in sides for side in both]
        return Found(marks(self.root, wishes, self.known), found)

    def _settled(self) -> Iterator[tuple[Block, Block]]:
        """Give the blocks that people's links are between, the original's first."""
        places = {ident: key[:2] for key, ident in self.idents.items()}
        known: set[Block] = set()
        for target in self.decided.targets:
            named = [places.get(pointer.removeprefix("#")) for pointer in target.split()]
            blocks = list(dict.fromkeys(self._block_at(*place) for place in named if place))
            if len(blocks) == 2 and blocks[0] and blocks[1] and known.isdisjoint(blocks):
                known.update((blocks[0], blocks[1]))
                yield blocks[0], blocks[1]

    def _block_at(self, start: int, end: int) -> Block | None:
        """Give the block that a range of the wording lies in."""
        return next(
            (
                block
                for block in self.text.blocks
                if block.start < block.end
                and (place := self.text.to_source(block.start, block.end))[0] <= start
                and end <= place[1]
            ),
            None,
        )

    def beside(self, original: Other | None) -> Found | None:
        """Mark the sentences of a document that has its original, or its translation, in another file."""
        element = self.root.find(f".//{tei('text')}")
        if element is None:
            return None
        own = self._passage(_key(self.root, element))
        marked = marks(self.root, [(own, "translation" if original else "original")], self.known)
        theirs = original.root.find(f".//{tei('text')}") if original else None
        if original is None or theirs is None:
            return Found(marked, ())
        there = Text.of(original.root)
        side = passage(there, _key(original.root, theirs))
        others = marks(original.root, [(side, "original")], {}).standing
        known = fixed((side, own), (others, self.idents), original.file, self.decided.targets)
        heard = self.started(len(side.units), len(own.units))
        pair = aligned(
            (there, self.text), (side, own), self.encode(), whole=True, progress=heard, fixed=known
        )
        return Found(marked, (pair,), others, original.file)

    @property
    def idents(self) -> Mapping[Key, str]:
        """The ids of what stands and of what is to stand again."""
        return {**self.known, **self._standing}

    def _passage(self, key: Key) -> Passage:
        """Read a passage; ids follow its sentences, and a sentence that is a link's and is none any more stays one."""
        found = passage(self.text, key)
        self.known = followed(found.units, self.known)
        kept = [
            sentence
            for sentence in self.decided.sentences
            if (sentence.start, sentence.end, sentence.tag) in self.known
            and key[0] <= sentence.start < key[1]
        ]
        units = {key for unit in found.units for key in unit.keys}
        if any((sentence.start, sentence.end, sentence.tag) not in units for sentence in kept):
            return passage(self.text, key, kept)
        return found

    def _of_block(self, block: Block) -> Passage:
        return self._passage(elements_of(self.text, [block])[block])

    def _aligned(self, sides: tuple[Passage, Passage], *, whole: bool) -> Pair:
        known = fixed(sides, (self.idents, self.idents), "", self.decided.targets)
        heard = self.started(len(sides[0].units), len(sides[1].units))
        texts = self.text, self.text
        return aligned(texts, sides, self.encode(), whole=whole, progress=heard, fixed=known)


def whole_texts(root: etree._Element) -> list[tuple[etree._Element, etree._Element]]:
    """Give the texts or divisions of a document of which the second translates the first.

    These are a `div type="translation"` with the division before it that is none, and the texts of a `group` that
    says so by the ids "original" and "translation", or that has texts of several languages with the same @decls.
    """
    found: list[tuple[etree._Element, etree._Element]] = []
    for div in root.iter(tei("div")):
        if div.get("type") == "translation":
            before = [
                d for d in div.itersiblings(tei("div"), preceding=True) if d.get("type") != "translation"
            ]
            after = [d for d in div.itersiblings(tei("div")) if d.get("type") in _ORIGINALS]
            if before or after:
                found.append(((before or after)[0], div))
    for group in root.iter(tei("group")):
        texts = list(group.iterchildren(tei("text")))
        found += [(texts[0], text) for text in texts[1:] if text.get("type") == "translation"]
    return found


def _key(root: etree._Element, element: etree._Element) -> Key:
    return (*Index(root).extents[element], local(element))
