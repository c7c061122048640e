"""Alignment: which sentences of a translation render which of the original, and which have no counterpart.

Vectors of sentences, words that translate one another or are alike, entities and numbers named on both sides,
and lengths speak for a pair of spans (`evidence`); the best chain of them is found in a band of the table
(`anchors`, `beads`). The words that a first alignment has paired take part in a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from teipress.alignment.anchors import band
from teipress.alignment.beads import SHAPES, Matrix, Step, stretch_path
from teipress.alignment.certainty import margins
from teipress.alignment.evidence import Length, Named, Paragraphs, Vectors, Words
from teipress.alignment.lexicon import words
from teipress.alignment.spans import Added, Pooled, Read, Spans
from teipress.alignment.unordered import moved
from teipress.alignment.vectors import Additive, Encoder, encoded, hashed, summed
from teipress.sentences import length

__all__ = ["Bead", "Sentence", "align"]

#: What each kind of evidence counts for.
_WORDS: Final = 0.7  # beside vectors, which count 1
_LENGTH: Final = (
    0.35  # beside vectors, and without them: how much of the score a difference in length takes away
)
_LENGTH_ALONE: Final = 0.5
_SURPRISE: Final = 0.003  # what an unlikely length costs (squared deviation, up to 16)
_ALONE: Final = 0.0  # the score of a sentence without counterpart
_GROWTH: Final = 0.1  # what a bead gains for each sentence more than two, since it leaves none alone
_SEVERAL: Final = 0.02  # what a bead of three sentences costs, and of more
_MANY: Final = 0.05
_MISSED: Final = 0.06  # what it costs to part a name from itself
_BEGUN: Final = 0.02  # what a bead gains where a paragraph begins on both sides, and loses where on one alone
_ACROSS: Final = 0.05  # what a bead loses for each paragraph that begins inside it
_NUMBER: Final = re.compile(r"\d{2,}")
_READ: Final = 400  # sentences up to which every span is read as a text of its own
_HIGH, _LOW = 0.16, 0.06  # margins over the next best (docs/design.md, "Alignment")
_WEAK: Final = 0.12  # a score below which a bead is doubtful
_NOT: Final = 0.04  # a score below which a bead is none


@dataclass(frozen=True)
class Sentence:
    """A sentence as alignment sees it: its text and language, the entities and dates that it names.

    `opens` says that it is the first of a paragraph.
    """

    text: str
    language: str
    named: frozenset[str] = frozenset()
    opens: bool = False


@dataclass(frozen=True)
class Bead:
    """Sentences `[a, b)` of the original with `[c, d)` of the translation, one of them empty where one is alone.

    `cert` is high, medium or low, by how much the bead is better than what else its sentences might be in; "none"
    for one that nothing but its place speaks for; "" for a sentence alone.
    """

    original: tuple[int, int]
    translation: tuple[int, int]
    cert: str = ""


def align(
    original: Sequence[Sentence],
    translation: Sequence[Sentence],
    encode: Encoder | None = None,
    progress: Callable[[int], None] = lambda _: None,
    fixed: Sequence[Step] = (),
) -> list[Bead]:
    """Align two passages of which the second translates the first, in whole or in part, in the same order.

    `fixed` are beads that somebody knows: `[a, b)` of the original with `[c, d)` of the translation, rising.

    `encode` gives the vectors of sentences (`vectors.encoder`); `progress` hears how many sentences of either
    side each step has dealt with, `steps` of them in all.
    """
    if not original or not translation:
        alone = [Bead((i, i + 1), (0, 0)) for i in range(len(original))]
        return alone + [Bead((len(original),) * 2, (j, j + 1)) for j in range(len(translation))]
    # One thread: many small products are slower with several, and the same everywhere with one.
    with threadpool_limits(1, "blas"):
        task = _Task((original, translation), encode, progress, fixed)
        task.learn(task.path())
        return task.unordered(list(task.beads(task.path())))


def steps(original: int, translation: int, *, vectors: bool) -> int:
    """Give how many steps `align` reports for so many sentences, with vectors or without."""
    return vectors * (original + translation) + original + 2 * (original + 1)


class _Task:
    """Two sides with all that is known of them."""

    def __init__(
        self,
        sides: tuple[Sequence[Sentence], Sequence[Sentence]],
        encode: Encoder | None,
        progress: Callable[[int], None],
        fixed: Sequence[Step],
    ) -> None:
        self.fixed = fixed
        self.sizes = len(sides[0]), len(sides[1])
        self.progress = progress
        languages = sides[0][0].language, sides[1][0].language
        lengths = [float(length(s.text)) for s in sides[0]], [float(length(s.text)) for s in sides[1]]
        listed = [[[*words(s.text, s.language), *sorted(s.named)] for s in side] for side in sides]
        self.words = Words((listed[0], listed[1]), languages)
        self.named = Named(([_named(s) for s in sides[0]], [_named(s) for s in sides[1]]))
        self.length = Length(lengths, _ratio(lengths))
        self.opens = [s.opens for s in sides[0]], [s.opens for s in sides[1]]
        self.paragraphs = Paragraphs(self.opens)
        self.vectors: Vectors | None = None
        if encode is not None:
            spans = [_spans(side, encode, progress) for side in sides]
            self.vectors = Vectors(*spans)
        self.band = self._band()

    def _band(self) -> list[tuple[int, int]]:
        if self.vectors is not None:
            return band(self.vectors.sentences, self.progress, self.fixed)
        sides = (
            hashed(self.words.directions(0), self.sizes[0]),
            hashed(self.words.directions(1), self.sizes[1]),
        )
        return band(sides, self.progress, self.fixed)

    def path(self) -> list[list[Step]]:
        """Find the best chain: a path for each stretch before, between and after what is fixed."""
        left = self.sizes[0] + 1

        def step(count: int) -> None:
            nonlocal left
            self.progress(min(count, left))
            left -= min(count, left)

        edges = [(0, 0), *((b, d) for _, b, _, d in self.fixed)]
        begun = [*((a, c) for a, _, c, _ in self.fixed), self.sizes]
        stretches = [(a, b, c, d) for (a, c), (b, d) in zip(edges, begun, strict=True)]
        return [stretch_path(each, self.band, self._scores, _ALONE, step) for each in stretches]

    def learn(self, paths: list[list[Step]]) -> None:
        """Take the words that occur in the same beads for translations of one another."""
        beads = [(a, b, c, d) for a, b, c, d in (*self.fixed, *chain(*paths)) if a < b and c < d]
        self.words.learn(beads, rare=self.vectors is not None)

    def _scores(self, rows: range, columns: range) -> list[Matrix]:
        return [self._score(rows, columns, a, b) for a, b in SHAPES]

    def _score(self, rows: range, columns: range, a: int, b: int) -> Matrix:
        score, share = self.words.score(rows, columns, a, b), _LENGTH_ALONE
        if self.vectors is not None:
            score = self.vectors.score(rows, columns, a, b) + np.float32(_WORDS) * score
            share = _LENGTH
        score = score * (1 - share + share * self.length.agreement(rows, columns, a, b))
        score *= 1 + _GROWTH * (a + b - 2)
        score -= np.float32(_MISSED) * self.named.missed(rows, columns, a, b)
        score += self.paragraphs.score(rows, columns, a, b, _BEGUN, _ACROSS)
        score -= _SURPRISE * np.minimum(16, self.length.surprise(rows, columns, a, b))
        result: Matrix = (score - (0.0, _SEVERAL, _MANY)[min(2, a + b - 2)]).astype(np.float32)
        return result

    def beads(self, paths: list[list[Step]]) -> Iterator[Bead]:
        """Make beads of the steps of the paths, with their certainty, and of what is fixed between them."""
        for number, path in enumerate(paths):
            for (a, b, c, d), (own, margin) in zip(path, margins(path, self._scores, _ALONE), strict=True):
                cert = "" if a == b or c == d else _cert(own, margin)
                yield Bead((a, b), (c, d), cert)
            if number < len(self.fixed):
                a, b, c, d = self.fixed[number]
                yield Bead((a, b), (c, d), "high")

    def unordered(self, beads: list[Bead]) -> list[Bead]:
        """Link the paragraphs that the translation has elsewhere, instead of what weakly links their sentences."""
        weak = [True] * self.sizes[0], [True] * self.sizes[1]
        for bead in beads:
            if bead.cert in ("high", "medium"):
                for side, (start, end) in zip(weak, (bead.original, bead.translation), strict=True):
                    side[start:end] = [False] * (end - start)
        sure = [bead for bead in beads if bead.cert in ("high", "medium")]
        paths = moved(weak, self.opens, self._scores, _ALONE)
        # What crosses nothing the chain has had before it already.
        steps = [step for path in paths if _crosses(path[0], sure) for step in path]
        if not steps:
            return beads
        taken = (
            {i for a, b, _, _ in steps for i in range(a, b)},
            {j for _, _, c, d in steps for j in range(c, d)},
        )
        linked = [
            bead
            for bead in beads
            if bead.cert
            and taken[0].isdisjoint(range(*bead.original))
            and taken[1].isdisjoint(range(*bead.translation))
        ]
        linked += [Bead((a, b), (c, d), "medium") for a, b, c, d in steps]
        return _with_those_alone(sorted(linked, key=lambda bead: bead.original), self.sizes)


def _crosses(step: Step, beads: Sequence[Bead]) -> bool:
    """Tell whether a bead crosses another."""
    return any((bead.original[0] < step[0]) != (bead.translation[0] < step[2]) for bead in beads)


def _with_those_alone(linked: list[Bead], sizes: tuple[int, int]) -> list[Bead]:
    """Put the sentences that are in no bead between the beads."""
    held = {j for bead in linked for j in range(*bead.translation)}
    beads: list[Bead] = []
    at = (0, 0)
    for bead in (*linked, Bead((sizes[0], sizes[0]), (sizes[1], sizes[1]))):
        beads += [Bead((i, i + 1), (at[1], at[1])) for i in range(at[0], bead.original[0])]
        if bead.original[0] < bead.original[1]:
            beads.append(bead)
        at = bead.original[1], bead.translation[1]
    beads += [Bead((sizes[0], sizes[0]), (j, j + 1)) for j in range(sizes[1]) if j not in held]
    return beads


def _cert(score: float, margin: float) -> str:
    if score < _NOT:
        return "none"
    if score < _WEAK or margin < _LOW:
        return "low"
    return "high" if margin >= _HIGH else "medium"


def _named(sentence: Sentence) -> frozenset[str]:
    return sentence.named | set(_NUMBER.findall(sentence.text))


def _ratio(lengths: tuple[list[float], list[float]]) -> float:
    """Give how long a translation is for its original, even where one side has only a part: near 1."""
    whole = sum(lengths[1]) / sum(lengths[0])
    return min(1.25, max(0.8, whole))


def _spans(side: Sequence[Sentence], encode: Encoder, progress: Callable[[int], None]) -> Spans:
    texts = [sentence.text for sentence in side]
    if len(side) <= _READ:
        between = "" if side[0].language.partition("-")[0] in ("zh", "ja") else " "
        read = Read(texts, between, encode)
        progress(len(side))
        return read
    if isinstance(encode, Additive):
        return Added(*summed(texts, encode, progress), encode)
    return Pooled(encoded(texts, encode, progress), [length(text) for text in texts])
