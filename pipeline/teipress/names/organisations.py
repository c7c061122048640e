"""Organisations, and places that a head noun tells of: the Ministry of Justice, Lake Garda."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.names.lexicon import Lexicon
from teipress.names.mention import ORG, PLACE, Mention
from teipress.names.words import WORD, Document
from teipress.scripts import UPPER
from teipress.text import Block

_ACRONYM: Final = re.compile(rf"[ ]\((?:the )?(?P<short>{UPPER}{{2,6}})\)")


def bodies(document: Document, block: Block, known: Lexicon) -> Iterator[Mention]:
    """Find the bodies of one block, and the places that a head noun or a pattern of the language tells of."""
    for match in known.bodies.finditer(document.reading, block.start, block.end):
        yield Mention(match.start(), match.end(), ORG, "names.body", 4)
    for pattern in known.orgs:
        for match in pattern.finditer(document.reading, block.start, block.end):
            start = after_article(document, match.start(), match.end(), known)
            form = document.reading[start : match.end()]
            idle = not form or form.lower() in known.generic | known.stop
            if not idle and (" " in form or known.capitalises_nouns):
                yield Mention(start, match.end(), ORG, "names.organisation", 4)
                yield from _acronym(document, match.end(), block)
    for pattern in known.place_patterns:
        for match in pattern.finditer(document.reading, block.start, block.end):
            yield Mention(match.start(), match.end(), PLACE, "names.place-pattern", 3)
    for pattern in known.place_heads:
        for match in pattern.finditer(document.reading, block.start, block.end):
            start = after_article(document, match.start(), match.end(), known)
            if " " in document.reading[start : match.end()]:
                yield Mention(start, match.end(), PLACE, "names.place-noun", 3)


def _acronym(document: Document, end: int, block: Block) -> Iterator[Mention]:
    """Find the short name that is given in brackets after an organisation's full one."""
    short = _ACRONYM.match(document.reading, end, block.end)
    if short:
        yield Mention(short.start("short"), short.end("short"), ORG, "names.acronym", 4)


def after_article(document: Document, start: int, end: int, known: Lexicon) -> int:
    """Leave articles and other words at the start of a sentence out of a name."""
    for word in WORD.finditer(document.reading, start, end):
        form = word.group().rstrip(".").lower()
        if form not in known.stop or (len(form) > 4 and not document.begins_sentence(word.start())):
            return word.start()
        if " " not in document.reading[word.end() : end]:
            return end
    return end
