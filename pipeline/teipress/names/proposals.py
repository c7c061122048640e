"""Names that no register has: found by the patterns of each language, and carried through the document.

A pattern never crosses a block of the text. What it finds with strength is then looked for everywhere else in
the document. Each kind of name has its module: `persons`, `places`, `organisations`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from teipress.names.bare import bare
from teipress.names.carrying import carried
from teipress.names.companions import companions
from teipress.names.han import chinese
from teipress.names.lexicon import lexicon
from teipress.names.mention import Mention, without_overlaps
from teipress.names.organisations import bodies
from teipress.names.persons import persons, phrases
from teipress.names.places import places
from teipress.names.trimming import trimmed, without_stop
from teipress.names.unknown import settled, unknown
from teipress.names.words import Document, Word
from teipress.text import Block, Text


def propose(text: Text, beside: Iterable[Mention] = ()) -> list[Mention]:
    """Find the names of a text by patterns; `beside` are mentions that something else found, a model mostly."""
    document = Document(text)
    found = [mention for block in text.blocks for mention in _patterns(document, block)]
    found += [fitting for mention in beside if (fitting := trimmed(document, mention))]
    strong = list(without_overlaps(without_stop(document, mention) for mention in settled(document, found)))
    named = list(without_overlaps([*strong, *carried(document, strong)]))
    return list(without_overlaps([*named, *companions(document, named)]))


#: The blocks that are set in lines, where a name does not go on in the next: who signs has his office below.
_IN_LINES: Final = frozenset({"signed", "byline", "docAuthor", "address"})


def _stands(document: Document, word: Word, block: Block) -> tuple[str, int]:
    """Give the language of a word and, in a block that is set in lines, its line."""
    text, line = document.text, 0
    if block.tag in _IN_LINES:
        begun, _ = text.to_source(block.start, block.start + 1)
        line = text.source.count("\n", begun, text.to_source(word.start, word.end)[0])
    return text.language_at(word.start), line


def _patterns(document: Document, block: Block) -> Iterator[Mention]:
    known = lexicon(block.language or document.text.language)
    yield from chinese(document, block)
    yield from bodies(document, block, known)
    yield from phrases(document, block, known)
    for match in known.sequence.finditer(document.reading, block.start, block.end):
        words = document.words(match.start(), match.end())
        for (language, _), run in groupby(words, lambda word: _stands(document, word, block)):
            spoken, alike = lexicon(language or document.text.language), list(run)
            yield from persons(document, alike, block, spoken)
            yield from places(document, alike, block, spoken)
            yield from bare(document, alike, block, spoken)
            yield from unknown(document, alike, block, spoken)
