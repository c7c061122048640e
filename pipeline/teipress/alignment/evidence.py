"""What speaks for two spans of sentences being one another's translation.

Each kind of evidence scores spans against spans, the sentences `[i - a, i)` of the original against `[j - b, j)`
of the translation, for a stretch of `i` and `j` at a time; nothing is ever as large as the whole table.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import numpy as np

from teipress.alignment.beads import LONGEST, SHAPES, Matrix
from teipress.alignment.lexicon import senses, vocabulary
from teipress.alignment.spans import Spans

_SINGLE: Final = 0.4  # the weight of a word of one character: it is in too many
_VARIANCE: Final = 6.8  # of the length of a translation, per character (Gale and Church 1993, section 3.2)
_UNKNOWN: Final = 0.3  # the weight of a word that no dictionary has
#: How often, and in what share of their beads, words occur together that are one another's, and in how many of all
#: beads they may occur: beside vectors rare words that are nearly always together, without them any that often are.
_RARE: Final = (2, 0.7, 0.05)
_OFTEN: Final = (3, 0.4, 1.0)
_FEW: Final = 8  # beads that are never too many


class Evidence(Protocol):
    """A kind of evidence."""

    def score(self, rows: range, columns: range, a: int, b: int) -> Matrix:
        """Score the spans of `a` sentences that end in `rows` against those of `b` that end in `columns`."""
        ...


class Vectors:
    """Vectors of sentences, near one another where the meanings are, whatever the language.

    A similarity counts by how much it is above what the two spans have with the other side on the whole.
    """

    def __init__(self, original: Spans, translation: Spans) -> None:
        self.original, self.translation = original, translation
        self.sentences = original.sentences, translation.sentences
        self._means = original.sentences.mean(0), translation.sentences.mean(0)

    def score(self, rows: range, columns: range, a: int, b: int) -> Matrix:
        """Score spans by the cosine of their vectors, above the usual."""
        left, right = self.original.spans(rows, a), self.translation.spans(columns, b)
        usual = (left @ self._means[1])[:, None] + (right @ self._means[0])[None, :]
        result: Matrix = left @ right.T - usual / 2
        return result


class Words:
    """Words that translate one another, weighted by how rare they are: the share of both spans that is covered."""

    def __init__(self, sides: tuple[list[list[str]], list[list[str]]], languages: tuple[str, str]) -> None:
        self.words = sides
        self.languages = languages
        self.senses = tuple(
            {word: senses(word, here, there) for word in vocabulary(side)}
            for side, here, there in zip(sides, languages, languages[::-1], strict=True)
        )
        self._weigh()

    def _weigh(self) -> None:
        left, right = (frozenset().union(*known.values()) for known in self.senses)
        self.common = left & right
        self.weights = tuple(
            {w: self._weight(w, n, len(side), self.senses[k][w]) for w, n in _frequencies(side).items()}
            for k, side in enumerate(self.words)
        )
        self._cache: tuple[object, dict[tuple[int, int], Matrix]] = (None, {})

    def directions(self, side: int) -> Iterator[dict[str, float]]:
        """Give for each sentence of a side the meanings of its words that the other side has too, with weights."""
        for sentence in self.words[side]:
            weights: dict[str, float] = {}
            for word in sentence:
                for sense in sorted(self.senses[side][word] & self.common):
                    weights[sense] = max(weights.get(sense, 0.0), self.weights[side][word])
            yield weights

    def learn(self, beads: Sequence[tuple[int, int, int, int]], *, rare: bool) -> None:
        """Take words for translations of one another that occur in the same beads, and hardly in others."""
        least, share, most = _RARE if rare else _OFTEN
        limit = max(_FEW, most * len(beads))
        counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        together: Counter[tuple[str, str]] = Counter()
        for a, b, c, d in beads:
            left = {w for sentence in self.words[0][a:b] for w in sentence}
            right = {w for sentence in self.words[1][c:d] for w in sentence}
            counts[0].update(left)
            counts[1].update(right)
            together.update((x, y) for x in sorted(left) for y in sorted(right))
        for (x, y), times in sorted(together.items()):
            if times < least or max(counts[0][x], counts[1][y]) > limit:
                continue
            if 2 * times >= share * (counts[0][x] + counts[1][y]):
                self.senses[0][x] |= {f"={y}"}
                self.senses[1][y] |= {f"={y}"}
        self._weigh()

    def _weight(self, word: str, frequency: int, sentences: int, known: frozenset[str]) -> float:
        rarity = math.log((sentences + 1) / (frequency + 0.5))
        short = len(word) == 1 and not word.isdigit()
        return max(0.0, rarity) * (_SINGLE if short else 1.0) * (1.0 if known & self.common else _UNKNOWN)

    def score(self, rows: range, columns: range, a: int, b: int) -> Matrix:
        if self._cache[0] != (rows, columns):
            self._cache = ((rows, columns), self._block(rows, columns))
        return self._cache[1][a, b]

    def _block(self, rows: range, columns: range) -> dict[tuple[int, int], Matrix]:
        """Score all shapes of a stretch at once, on the words that occur in it."""
        sides = [_Stretch(self, side, ends) for side, ends in enumerate((rows, columns))]
        for one, other in (sides, sides[::-1]):
            one.reach(other)
        return {(a, b): _covered(sides[0], sides[1], a, b) for a, b in SHAPES}


class _Stretch:
    """A stretch of one side: which words its spans have, and which words of the other side these translate."""

    def __init__(self, evidence: Words, side: int, ends: range) -> None:
        self.ends = ends
        self.start = max(0, ends.start - LONGEST)
        self.senses = evidence.senses[side]
        self.common = evidence.common
        self.weights = evidence.weights[side]
        self.sentences = evidence.words[side][self.start : ends.stop - 1]
        self.by_sense: dict[str, list[str]] = defaultdict(list)
        self.numbers = vocabulary(self.sentences)
        for word in self.numbers:
            for sense in self.senses[word] & self.common:
                self.by_sense[sense].append(word)

    def reach(self, other: _Stretch) -> None:
        """Find the words that have a counterpart in the other stretch, and who reaches which."""
        targets = {
            word: found
            for word in self.numbers
            if (found := {t for s in self.senses[word] & self.common for t in other.by_sense.get(s, ())})
        }
        self.linked = {word: number for number, word in enumerate(targets)}
        linked = {t: n for n, t in enumerate(w for w in other.numbers if other.is_linked(w, self))}
        present = np.zeros((len(self.sentences), len(targets)), np.float32)
        reached = np.zeros((len(self.sentences), len(linked)), np.float32)
        for row, sentence in enumerate(self.sentences):
            for word in sentence:
                if word in targets:
                    present[row, self.linked[word]] = 1
                    reached[row, [linked[t] for t in targets[word]]] = 1
        lengths = range(1, LONGEST + 1)
        self.present = {n: _spans(present, self.ends, self.start, n) for n in lengths}
        self.reached = {n: _spans(reached, self.ends, self.start, n) for n in lengths}
        self.totals = {n: self._weigh(n) for n in lengths}
        self.values = np.array([self.weights[w] for w in targets], np.float32)

    def _weigh(self, length: int) -> Matrix:
        """Give for each span of a length the weight of its words, each counted once."""
        ends = [end - self.start for end in self.ends]
        spans = [{w for s in self.sentences[max(0, end - length) : end] for w in s} for end in ends]
        return np.array([sum(self.weights[word] for word in sorted(span)) for span in spans], np.float32)

    def is_linked(self, word: str, other: _Stretch) -> bool:
        """Tell whether a word has a counterpart in the other stretch."""
        return any(sense in other.by_sense for sense in self.senses[word] & self.common)


def _covered(left: _Stretch, right: _Stretch, a: int, b: int) -> Matrix:
    """Give the share of two spans, by weight, that is words which translate one another."""
    found = (left.reached[a] * right.values) @ right.present[b].T
    found += (left.present[a] * left.values) @ right.reached[b].T
    result: Matrix = found / np.maximum(left.totals[a][:, None] + right.totals[b][None, :], 1e-6)
    return result


def _frequencies(side: list[list[str]]) -> Counter[str]:
    return Counter(word for sentence in side for word in set(sentence))


def _spans(table: Matrix, ends: range, start: int, length: int) -> Matrix:
    """Join the rows of the sentences of each span of a length, given by its end."""
    result = np.zeros((len(ends), table.shape[1]), np.float32)
    for k in range(1, length + 1):
        stop = np.arange(ends.start, ends.stop) - k - start
        inside = (stop >= 0) & (stop < len(table))
        result[inside] = np.maximum(result[inside], table[stop[inside]])
    return result


class Named:
    """Entities and dates that both sides name: a pair of spans that parts one from itself is the less likely."""

    def __init__(self, sides: tuple[list[frozenset[str]], list[frozenset[str]]]) -> None:
        self.sides = sides
        counts = [_frequencies([sorted(named) for named in side]) for side in sides]
        self.weights = {
            name: 1 / max(counts[0][name], counts[1][name]) for name in counts[0].keys() & counts[1].keys()
        }

        self._kept: tuple[object, tuple[Matrix, ...]] = (None, ())

    def missed(self, rows: range, columns: range, a: int, b: int) -> Matrix:
        """Give the weight of what one span names and the other does not, though its side does elsewhere."""
        if self._kept[0] != (rows, columns):
            self._kept = ((rows, columns), self._tables(rows, columns))
        if not self._kept[1]:
            return np.zeros((len(rows), len(columns)), np.float32)
        weights, *tables = self._kept[1]
        left, right = (
            _spans(table, ends, max(0, ends.start - LONGEST), length)
            for table, ends, length in zip(tables, (rows, columns), (a, b), strict=True)
        )
        either = (left @ weights)[:, None] + (right @ weights)[None, :]
        return (either - 2 * (left * weights) @ right.T).astype(np.float32)

    def _tables(self, rows: range, columns: range) -> tuple[Matrix, ...]:
        """Give the names that both stretches have, by weight, and for each sentence which of them it has."""
        near = [
            side[max(0, ends.start - LONGEST) : ends.stop - 1]
            for side, ends in zip(self.sides, (rows, columns), strict=True)
        ]
        every = [frozenset().union(*side) for side in near]
        numbers = {name: at for at, name in enumerate(sorted(every[0] & every[1] & self.weights.keys()))}
        if not numbers:
            return ()
        tables = [np.zeros((len(side), len(numbers)), np.float32) for side in near]
        for table, side in zip(tables, near, strict=True):
            for row, names in enumerate(side):
                table[row, [numbers[name] for name in names if name in numbers]] = 1
        return (np.array([self.weights[name] for name in numbers], np.float32), *tables)


class Length:
    """How well the lengths of two spans go together."""

    def __init__(self, lengths: tuple[Sequence[float], Sequence[float]], ratio: float) -> None:
        self.sums = tuple(np.concatenate([[0.0], np.cumsum(side)]) for side in lengths)
        self.ratio = ratio

    def spans(self, rows: range, columns: range, a: int, b: int) -> tuple[Matrix, Matrix]:
        """Give the lengths of the spans on both sides, in letters of the translation."""
        found = []
        for sums, ends, length in zip(self.sums, (rows, columns), (a, b), strict=True):
            stop = np.arange(ends.start, ends.stop)
            found.append((sums[stop] - sums[np.maximum(0, stop - length)]).astype(np.float32))
        return found[0][:, None] * np.float32(self.ratio), found[1][None, :]

    def agreement(self, rows: range, columns: range, a: int, b: int) -> Matrix:
        """Give a factor from 0, for lengths that have nothing to do with one another, to 1 for the same."""
        left, right = self.spans(rows, columns, a, b)
        ratio = np.minimum(left, right) / np.maximum(np.maximum(left, right), 1e-6)
        return np.log2(1 + ratio).astype(np.float32)

    def surprise(self, rows: range, columns: range, a: int, b: int) -> Matrix:
        """Give the squared deviation of Gale and Church (1993, section 3.2)."""
        left, right = self.spans(rows, columns, a, b)
        deviation = (right - left) ** 2 / np.maximum((left + right) / 2 * _VARIANCE, 1e-6)
        return deviation.astype(np.float32)


class Paragraphs:
    """Where paragraphs begin: mostly at the same places in a translation, as far as both sides have as many."""

    def __init__(self, opens: tuple[Sequence[bool], Sequence[bool]]) -> None:
        counts = [sum(side) for side in opens]
        self.weight = (min(counts) / max(counts)) ** 2 if min(counts) > 1 else 0.0
        self.opens = tuple(np.array([False, *side], np.float32) for side in opens)
        self.sums = tuple(np.cumsum(side) for side in self.opens)

    def score(self, rows: range, columns: range, a: int, b: int, begun: float, across: float) -> Matrix:
        """Give what spans that begin with paragraphs on both sides gain, and those that hold a beginning lose."""
        if not self.weight:
            return np.zeros((len(rows), len(columns)), np.float32)
        first, inside = [], []
        for opens, sums, ends, length in zip(self.opens, self.sums, (rows, columns), (a, b), strict=True):
            stop = np.arange(ends.start, ends.stop)
            start = np.maximum(0, stop - length + 1)
            first.append(opens[start])
            inside.append(sums[stop] - sums[start])
        same = first[0][:, None] == first[1][None, :]
        begins = np.maximum(first[0][:, None], first[1][None, :])
        gain = np.where(same, begun, -begun) * begins
        loss = across * (inside[0][:, None] + inside[1][None, :])
        return (self.weight * (gain - loss)).astype(np.float32)
