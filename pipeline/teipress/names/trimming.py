"""The bounds of a name: without articles, titles, possessives and stops that a pattern or a model took along."""

from __future__ import annotations

import re

from teipress.names.gazetteer import folded
from teipress.names.lexicon import Lexicon, lexicon
from teipress.names.mention import ORG, PERSON, PLACE, Mention
from teipress.names.persons import names_thing
from teipress.names.places import HAN
from teipress.names.words import INITIALS, Document, Word


def without_stop(document: Document, mention: Mention) -> Mention:
    """Leave the stop that ends a sentence out of a name; that of an initial or an abbreviation stays."""
    form = document.reading[mention.start : mention.end]
    last = form.split()[-1]
    if last.endswith(".") and not INITIALS.match(last) and len(last) > 3:
        return mention._replace(end=mention.end - 1)
    return mention


def trimmed(document: Document, mention: Mention) -> Mention | None:
    """Give a model's mention without articles, titles and possessives; None where no name is left."""
    form = document.reading[mention.start : mention.end]
    known = lexicon(document.text.language_at(mention.start))
    if "\n" in form:
        return None
    if HAN.search(form):
        return mention
    words = document.words(mention.start, mention.end)
    idle = known.stop | (known.titles if mention.kind == PERSON else frozenset())
    while words and words[0].key in idle and not (words[0].is_initial and mention.kind == PERSON):
        del words[0]
    if not words or (mention.kind == PERSON and names_thing(document, words, 0, len(words), known)):
        return None
    if mention.kind == PLACE and any(word.key in known.titles for word in words):
        return None
    if mention.kind != ORG:
        mention = mention._replace(end=max(words[-1].end, words[0].end))
    if len(words) == 1 and (words[0].key in document.lower or _is_only_initial(document, words[0], known)):
        return None
    return mention._replace(start=words[0].start)


def _is_only_initial(document: Document, word: Word, known: Lexicon) -> bool:
    """Tell whether a word has its capital only because sentences begin with it."""
    if len(word.form) < 3:
        return True
    if known.place(folded(word.form)) or not document.begins_sentence(word.start):
        return False
    form = re.compile(rf"(?<![\w-]){re.escape(word.form)}(?!\w)")
    return all(document.begins_sentence(match.start()) for match in form.finditer(document.reading))
