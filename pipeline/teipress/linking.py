"""Sentences of an original and its translation, aligned and linked.

Two passages are read as units (sentences, verses or lines), aligned, and marked: a unit becomes `seg type="s"` where
it is no element yet, and a `linkGrp type="translation"` says once which renders which, the original first
(Guidelines 17.1.3). Whole texts get a second group for their paragraphs, which a sentence falls back to that nothing
sure is known of.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from teipress.alignment import Bead, Sentence, align
from teipress.alignment.vectors import Encoder
from teipress.annotators import annotator
from teipress.document import ID, NAMESPACES, local, tei
from teipress.header import MACHINE
from teipress.registers import Registers
from teipress.sentences import is_sentence, sentences
from teipress.span import Span
from teipress.text import Block, Text
from teipress.verses import number, stand_alone
from teipress.weave import Index

_ASIDE: Final = frozenset({"note", "fw", "figDesc"})
_NUMBER: Final = re.compile(r"\d{2,}")
_SHARE: Final = 0.5  # of the linked sentences of a paragraph, from which its link to another is one

#: An element: where it begins and ends in the wording, and its name.
Key = tuple[int, int, str]
_SEGMENTS: Final = frozenset({"seg", "s"})


@dataclass(frozen=True)
class Unit:
    """A sentence: its range in the reading, the element that it is or is to be, its block and that
    one's element, its words."""

    start: int
    end: int
    key: Key
    block: Block
    within: Key
    words: str


@dataclass(frozen=True)
class Passage:
    """One side: its element, and its units."""

    key: Key
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Pair:
    """An original, its translation, and the beads between their units; `whole` where both are whole texts."""

    original: Passage
    translation: Passage
    beads: tuple[Bead, ...]
    whole: bool = False

    def coverage(self) -> str:
        """Say how much is linked, and what stands alone."""
        linked = [bead for bead in self.beads if bead.cert not in ("", "none")]
        counts = (
            sum(b.original[1] - b.original[0] for b in linked),
            sum(b.translation[1] - b.translation[0] for b in linked),
        )
        sizes = len(self.original.units), len(self.translation.units)
        shares = [100 * count // max(1, size) for count, size in zip(counts, sizes, strict=True)]
        alone = [size - count for count, size in zip(counts, sizes, strict=True)]
        return (
            f"linked {shares[0]} % of {sizes[0]} sentences of the original and {shares[1]} % of {sizes[1]} of the "
            f"translation; {counted(alone[0], 'omission')}, {counted(alone[1], 'addition')}"
        )

    def alone(self) -> Iterator[tuple[str, list[Unit]]]:
        """Give the runs of units that have no counterpart: omissions of the translation, and what it adds."""
        linked = [bead for bead in self.beads if bead.cert not in ("", "none")]
        known = (
            {i for bead in linked for i in range(*bead.original)},
            {j for bead in linked for j in range(*bead.translation)},
        )
        for what, side, held in zip(
            ("omission", "addition"), (self.original, self.translation), known, strict=True
        ):
            run: list[Unit] = []
            for at, unit in enumerate(side.units):
                if at not in held:
                    run.append(unit)
                elif run:
                    yield what, run
                    run = []
            if run:
                yield what, run


def counted(count: int, what: str) -> str:
    """Say a number of things, in the plural where there are several."""
    return f"{count} {what}" + "s" * (count != 1)


# Units.


def passage(text: Text, key: Key) -> Passage:
    """Read an element as a passage: the sentences that are encoded in it, or in other blocks those that are found."""
    encoded = sorted(
        (e.start, e.end, e.tag) for e in text.encoded if is_sentence(e.tag, dict(e.attributes).get("type"))
    )
    blocks = [
        block
        for block in text.blocks
        if block.start < block.end
        and block.tag not in _ASIDE
        and not _ASIDE & set(block.ancestors)
        and key[0] <= text.to_source(block.start, block.end)[0] < key[1]
    ]
    found = {block: _ranges(text, block) for block in blocks}
    alone = stand_alone([(text.reading[b.start : b.end], b.tag, len(found[b])) for b in blocks])
    units: list[Unit] = []
    for block in blocks:
        within = (*text.to_source(block.start, block.end), block.tag)
        first = bisect_left(encoded, within[0], key=lambda entry: entry[0])
        last = bisect_left(encoded, within[1], key=lambda entry: entry[0])
        known = [entry for entry in encoded[first:last] if entry[1] <= within[1]]
        if known:
            units += _encoded_units(text, block, within, known)
        elif alone:
            a, b = block.start, block.end
            units.append(Unit(a, b, within, block, within, text.reading[a:b]))
        else:
            for a, b in found[block]:
                units.append(Unit(a, b, (*text.to_source(a, b), "seg"), block, within, text.reading[a:b]))
    return Passage(key, tuple(units))


def _encoded_units(text: Text, block: Block, within: Key, known: Iterable[Key]) -> Iterator[Unit]:
    at = block.start
    for key in known:
        inside = [k for k in range(at, block.end) if key[0] <= text.to_source(k, k + 1)[0] < key[1]]
        if inside:
            at = inside[-1] + 1
            yield Unit(inside[0], at, key, block, within, text.reading[inside[0] : at])


def _ranges(text: Text, block: Block) -> list[tuple[int, int]]:
    reading = text.reading[block.start : block.end]
    return [
        (block.start + a, block.start + b)
        for a, b in sentences(reading, block.language or text.language, _wide(text, block))
    ]


def _wide(text: Text, block: Block) -> list[int]:
    """Find the spaces of a block that are several in the source, on one line."""
    found = []
    for match in re.finditer(" ", text.reading[block.start : block.end]):
        a, b = text.to_source(block.start + match.start(), block.start + match.end())
        if b - a > 1 and "\n" not in text.source[a:b]:
            found.append(match.start())
    return found


# Evidence.


def named(text: Text) -> list[tuple[int, int, str]]:
    """Give what is the same in every language, in places of the reading: register entries and days that are named."""
    days = [
        (s.start, s.end, f"date {dict(s.attributes)['when']}")
        for s in annotator("dates")(text, Registers())
        if "when" in dict(s.attributes)
    ]
    refs = sorted(
        (encoded.start, encoded.end, dict(encoded.attributes)["ref"])
        for encoded in text.encoded
        if encoded.tag != "rs" and "ref" in dict(encoded.attributes)
    )
    if not refs:
        return sorted(days)
    starts = [text.to_source(at, at + 1)[0] for at in range(len(text.reading))]
    return sorted(days + [(bisect_left(starts, a), bisect_left(starts, b), ref) for a, b, ref in refs])


def as_sentences(text: Text, side: Passage, names: Sequence[tuple[int, int, str]]) -> list[Sentence]:
    """Give the units of a side as alignment sees them."""
    result: list[Sentence] = []
    before: Block | None = None
    for unit in side.units:
        words = unit.words
        first = bisect_right(names, (unit.start, -1, ""))
        found = {told} if unit.key == unit.within and (told := number(words)) else set()
        for start, end, name in names[first:]:
            if start >= unit.end:
                break
            if end <= unit.end:
                found.add(name)
        language = unit.block.language or text.language
        result.append(Sentence(words, language, frozenset(found), unit.block is not before))
        before = unit.block
    return result


def aligned(
    texts: tuple[Text, Text],
    sides: tuple[Passage, Passage],
    encode: Encoder | None,
    *,
    whole: bool,
    progress: Callable[[int], None] = lambda _: None,
) -> Pair:
    """Align two passages, which may be of one text or of two."""
    names = [named(text) for text in (texts if texts[0] is not texts[1] else texts[:1])]
    left, right = (
        as_sentences(text, side, known)
        for text, side, known in zip(texts, sides, (names[0], names[-1]), strict=True)
    )
    return Pair(*sides, tuple(align(left, right, encode, progress)), whole)


# What is marked in the tree.


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
    idents |= minted("s", taken, known, [u.key for u in units if u.key[2] in _SEGMENTS])
    blocks = dict.fromkeys(u.within for u in units if u.within in standing)
    idents |= minted("p", taken, known, [key for key in blocks if key not in idents])
    return Marks(
        tuple(
            Span(*key, (("type", "s"), ("xml:id", ident)), rule="translations.sentence")
            for key, ident in idents.items()
            if key not in standing
        ),
        {key: ident for key, ident in idents.items() if key in standing},
        {key: ident for key, ident in standing.items() if ident},
    )


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


# Links.


@dataclass(frozen=True)
class Group:
    """A `linkGrp` to be written: what it links, at which level; of each link its targets, certainty and first words."""

    domains: str
    level: str
    links: tuple[tuple[str, str, Key], ...]


def groups(
    pair: Pair, idents: tuple[Mapping[Key, str], Mapping[Key, str]], files: tuple[str, str] = ("", "")
) -> list[Group]:
    """Give the links of a pair: those of sentences, and of whole texts those of paragraphs.

    `idents` are the ids of both sides, and `files` the names of the files that they are in, "" for the same file.
    What has no id in its tree, because it could not be marked, is not linked.
    """
    sides = pair.original, pair.translation
    domains = _pointers([[side.key] for side in sides], idents, files)
    sure = [bead for bead in pair.beads if bead.cert not in ("", "none")]
    found: list[Group] = []
    links = []
    for bead in sure:
        units = pair.original.units[slice(*bead.original)], pair.translation.units[slice(*bead.translation)]
        targets = _pointers([[unit.key for unit in side] for side in units], idents, files)
        if targets:
            links.append((targets, bead.cert, units[bool(files[0])][0].key))
    found.append(Group(domains, "sentences" if pair.whole else "", tuple(links)))
    if pair.whole and any(unit.key != unit.within for side in sides for unit in side.units):
        found.append(Group(domains, "paragraphs", tuple(_paragraph_links(pair, idents, files))))
    return [group for group in found if group.links]


def _pointers(
    keys: Sequence[Iterable[Key]], idents: Sequence[Mapping[Key, str]], files: Sequence[str]
) -> str:
    """Give pointers to the elements of both sides, or "" where one of them has no id."""
    named = [
        (file, known.get(key, ""))
        for side, known, file in zip(keys, idents, files, strict=True)
        for key in side
    ]
    return " ".join(f"{file}#{ident}" for file, ident in named) if all(ident for _, ident in named) else ""


def _paragraph_links(
    pair: Pair, idents: tuple[Mapping[Key, str], Mapping[Key, str]], files: tuple[str, str]
) -> Iterator[tuple[str, str, Key]]:
    """Give the paragraphs that belong together, each once: those that share half the linked sentences of one."""
    shared: Counter[tuple[Key, Key]] = Counter()
    totals: tuple[Counter[Key], Counter[Key]] = (Counter(), Counter())
    for bead in pair.beads:
        if not bead.cert:
            continue
        left, right = (
            dict.fromkeys(unit.within for unit in side.units[slice(*range_)])
            for side, range_ in ((pair.original, bead.original), (pair.translation, bead.translation))
        )
        totals[0].update(left.keys())
        totals[1].update(right.keys())
        shared.update((a, b) for a in left for b in right)
    found: list[tuple[list[Key], list[Key]]] = []
    for (a, b), count in sorted(shared.items()):
        if count < _SHARE * max(1, min(totals[0][a], totals[1][b])):
            continue
        group = next((g for g in found[-4:] if a in g[0] or b in g[1]), None)
        if group is None:
            found.append(([a], [b]))
        else:
            group[0].extend([a] * (a not in group[0]))
            group[1].extend([b] * (b not in group[1]))
    for keys in found:
        if targets := _pointers(keys, idents, files):
            yield targets, "medium", keys[bool(files[0])][0]


def element(group: Group) -> etree._Element:
    """Give a group as the `linkGrp` that the machine writes."""
    result = etree.Element(tei("linkGrp"), nsmap=NAMESPACES)
    result.set("type", "translation")
    if group.level:
        result.set("subtype", group.level)
    result.set("domains", group.domains)
    result.set("resp", f"#{MACHINE}")
    for target, cert, _ in group.links:
        etree.SubElement(result, tei("link"), {"target": target, "cert": cert})
    return result
