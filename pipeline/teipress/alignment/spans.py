"""The vectors of spans of sentences: read each by itself, or made of what their sentences have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from teipress.alignment.beads import LONGEST, Matrix
from teipress.alignment.vectors import Additive, Encoder, encoded


class Spans(Protocol):
    """The vectors of the spans of one side."""

    sentences: Matrix

    def spans(self, ends: range, length: int) -> Matrix:
        """Give the unit vectors of the spans of a length; what begins before the first sentence may be anything."""
        ...


class Pooled:
    """Spans as sums of their sentences' vectors, by length."""

    def __init__(self, sentences: Matrix, lengths: Sequence[float]) -> None:
        self.sentences = sentences
        weighted = sentences * np.sqrt(np.array(lengths, np.float32))[:, None]
        self._sums = _cumulated(weighted)

    def spans(self, ends: range, length: int) -> Matrix:
        """Give the unit vectors of spans."""
        if length == 1:
            return self.sentences[np.maximum(0, np.arange(ends.start, ends.stop) - 1)]
        total = _difference(self._sums, ends, length)
        result: Matrix = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-6)
        return result


class Read:
    """Spans that are each read by the encoder, as texts of their own: the most exact, and the slowest."""

    def __init__(self, texts: Sequence[str], between: str, encode: Encoder) -> None:
        self._tables = {
            count: encoded(
                [between.join(texts[max(0, end - count) : end]) for end in range(1, len(texts) + 1)], encode
            )
            for count in range(1, LONGEST + 1)
        }
        self.sentences = self._tables[1]

    def spans(self, ends: range, length: int) -> Matrix:
        """Give the unit vectors of spans."""
        return self._tables[length][np.maximum(0, np.arange(ends.start, ends.stop) - 1)]


class Added:
    """Spans read as one text, from what an encoder adds up."""

    def __init__(self, sums: Matrix, tokens: Matrix, encode: Additive) -> None:
        self.sentences = encode.of_sums(sums, tokens)
        self._encode = encode
        self._sums, self._tokens = _cumulated(sums), _cumulated(tokens[:, None])
        self._edge = encode.edge
        self._kept: tuple[range, dict[int, Matrix]] = (range(0), {})

    def spans(self, ends: range, length: int) -> Matrix:
        """Give the unit vectors of spans: the edges between their sentences are taken out."""
        if self._kept[0] != ends:
            self._kept = (ends, {})
        if length not in self._kept[1]:
            self._kept[1][length] = self._read(ends, length)
        return self._kept[1][length]

    def _read(self, ends: range, length: int) -> Matrix:
        sums = _difference(self._sums, ends, length) - (length - 1) * self._edge[0]
        tokens = _difference(self._tokens, ends, length)[:, 0] - (length - 1) * self._edge[1]
        return self._encode.of_sums(sums, tokens)


def _cumulated(table: Matrix) -> NDArray[np.float64]:
    return np.concatenate([np.zeros((1, table.shape[1])), table.cumsum(0, dtype=np.float64)])


def _difference(sums: NDArray[np.float64], ends: range, length: int) -> Matrix:
    stop = np.arange(ends.start, ends.stop)
    return (sums[stop] - sums[np.maximum(0, stop - length)]).astype(np.float32)
