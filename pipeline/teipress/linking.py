"""Sentences of an original and its translation, aligned and linked.

Two passages (`passages`) are aligned, and a `linkGrp type="translation"` says once which unit renders which, the
original first (Guidelines 17.1.3). Whole texts get a second group for their paragraphs, which a sentence falls back to
that nothing sure is known of.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from teipress.alignment import Bead, Sentence, align
from teipress.alignment.beads import Step
from teipress.alignment.vectors import Encoder
from teipress.annotators import annotator
from teipress.document import NAMESPACES, tei
from teipress.finding import counted
from teipress.header import MACHINE
from teipress.passages import Key, Passage, Unit
from teipress.registers import Registers
from teipress.text import Block, Encoded, Text
from teipress.verses import number

_SHARE: Final = 0.5  # of the linked sentences of a paragraph, from which its link to another is one


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
        found = {told} if (unit.is_block or unit.is_verse) and (told := number(words)) else set()
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
    fixed: Sequence[Step] = (),
) -> Pair:
    """Align two passages, which may be of one text or of two, around the beads that are `fixed`."""
    names = [named(text) for text in (texts if texts[0] is not texts[1] else texts[:1])]
    left, right = (
        as_sentences(text, side, known)
        for text, side, known in zip(texts, sides, (names[0], names[-1]), strict=True)
    )
    return Pair(*sides, tuple(align(left, right, encode, progress, fixed)), whole)


# What people have said.


@dataclass(frozen=True)
class Decided:
    """What people have said of a document's links: the @target of theirs, and the sentences that these name."""

    targets: tuple[str, ...] = ()
    sentences: tuple[Encoded, ...] = ()


def fixed(
    sides: tuple[Passage, Passage],
    idents: tuple[Mapping[Key, str], Mapping[Key, str]],
    file: str,
    targets: Iterable[str],
) -> list[Step]:
    """Give the beads that people's links are, as far as they rise; `file` is that of the original, "" for the same."""
    places: dict[tuple[int, str], int] = {
        (side, ident): at
        for side in (0, 1)
        for at, unit in enumerate(sides[side].units)
        for key in unit.keys
        if (ident := idents[side].get(key))
    }
    found: list[Step] = []
    for target in targets:
        named = [pointer.partition("#")[::2] for pointer in target.split()]
        left = {places[0, ident] for name, ident in named if name == file and (0, ident) in places}
        right = {places[1, ident] for name, ident in named if not name and (1, ident) in places}
        ranges = [(min(side), max(side) + 1) for side in (left, right) if side]
        if len(ranges) == 2 and all(b - a == len(s) for (a, b), s in zip(ranges, (left, right), strict=True)):
            found.append((*ranges[0], *ranges[1]))
    rising: list[Step] = []
    for step in sorted(found):
        if not rising or (step[0] >= rising[-1][1] and step[2] >= rising[-1][3]):
            rising.append(step)
    return rising


# Links.


@dataclass(frozen=True)
class Group:
    """A `linkGrp` to be written, unless it stays empty: what it links, at which level; of each link its targets,
    certainty and first words."""

    domains: str
    level: str  # "sentences", "paragraphs", or "" for a passage in a text
    links: tuple[tuple[str, str, Key], ...]

    @property
    def rule(self) -> str:
        """What the ledger calls the group's links."""
        return "translations.paragraph" if self.level == "paragraphs" else "translations.link"


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
        targets = _pointers([[key for unit in side for key in unit.keys] for side in units], idents, files)
        if targets:
            links.append((targets, bead.cert, units[bool(files[0])][0].keys[0]))
    found.append(Group(domains, "sentences" if pair.whole else "", tuple(links)))
    if pair.whole and not all(unit.is_block for side in sides for unit in side.units):
        found.append(Group(domains, "paragraphs", tuple(_paragraph_links(pair, idents, files))))
    return found


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
