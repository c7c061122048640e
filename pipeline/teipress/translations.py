"""Translations: passages in another language, found again in the text's own, and whole texts beside one another.

What is found becomes `seg type="s"` for the sentences and one `linkGrp type="translation"` for each pair of
passages (Guidelines 17.4): stored once, the original first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from teipress.alignment.vectors import Encoder, encoder
from teipress.document import local, tei
from teipress.linking import Decided, Group, Pair, aligned, fixed, groups
from teipress.marking import Marks, marks, standing
from teipress.passages import Key, Passage, elements_of, passage
from teipress.text import Block, Text
from teipress.weave import Index

_WINDOW: Final = 12  # how many blocks before and after a passage its translation is looked for
_ENOUGH: Final = 0.3  # the least weight of what both passages name
_CLEAR: Final = 1.5  # how many times the weight of the second best
_RATIOS: Final = (0.2, 12.0)  # plausible lengths of a translation, in lengths of the original
_NUMBER: Final = re.compile(r"\d{2,}")
_PROSE: Final = frozenset({"p", "ab", "l", "item", "head", "quote"})
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
        #: The ids of what stands and of what is to stand again, where they are asked for.
        self.idents = {**known, **standing(root)} if decided.targets else {}

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
        bound = known + pairs(self.text, [block for both in known for block in both])
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

    def _passage(self, key: Key) -> Passage:
        return passage(self.text, key, self.decided.sentences)

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


def pairs(text: Text, known: Sequence[Block] = ()) -> list[tuple[Block, Block]]:
    """Find the blocks of a text that are translated in it, each once: the original, and its translation.

    Those that are `known` have their counterparts.
    """
    named = _named_in_blocks(text)
    rarity = Counter(name for names in named for name in names)
    found: list[tuple[Block, Block]] = []
    taken = {at for at, block in enumerate(text.blocks) if block in known}
    for at, block in enumerate(text.blocks):
        if block in known or block.tag not in _PROSE or not _is_foreign(block, text):
            continue
        candidates = [
            (sum(1 / rarity[name] for name in named[at] & named[other]), other)
            for other in range(max(0, at - _WINDOW), min(len(text.blocks), at + _WINDOW + 1))
            if other not in taken and _may_translate(text.blocks[other], block, text)
        ]
        best = sorted(candidates, reverse=True)[:2]
        if best and best[0][0] >= _ENOUGH and (len(best) == 1 or best[0][0] >= _CLEAR * best[1][0]):
            taken.add(best[0][1])
            found.append((block, text.blocks[best[0][1]]))
    return found


def _is_foreign(block: Block, text: Text) -> bool:
    return bool(block.language) and _main(block.language) != _main(text.language)


def _main(language: str) -> str:
    return language.partition("-")[0]


def _may_translate(other: Block, block: Block, text: Text) -> bool:
    """Tell whether a block may be the translation: prose in the text's language, of a plausible length."""
    ratio = (other.end - other.start) / max(1, block.end - block.start)
    return (
        other.tag in _PROSE
        and _main(other.language) == _main(text.language)
        and _RATIOS[0] <= ratio <= _RATIOS[1]
        and "bibl" not in other.ancestors
    )


def _named_in_blocks(text: Text) -> list[frozenset[str]]:
    """Give for each block the register entries and numbers that it names."""
    names = _references(text)
    return [_named(text, names, block.start, block.end) for block in text.blocks]


def _references(text: Text) -> list[tuple[int, int, str]]:
    return sorted(
        (encoded.start, encoded.end, dict(encoded.attributes)["ref"])
        for encoded in text.encoded
        if "ref" in dict(encoded.attributes)
    )


def _named(text: Text, names: list[tuple[int, int, str]], start: int, end: int) -> frozenset[str]:
    if start >= end:
        return frozenset()
    low, high = text.to_source(start, end)
    refs = {ref for at, stop, ref in names if low <= at and stop <= high}
    return frozenset(refs | set(_NUMBER.findall(text.reading, start, end)))
