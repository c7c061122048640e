"""The bounds of a name: without articles, titles, possessives and stops that a pattern or a model took along."""

from __future__ import annotations

import re

from teipress.names.dictionary import is_common
from teipress.names.gazetteer import folded
from teipress.names.han import HAN
from teipress.names.lexicon import Lexicon, lexicon
from teipress.names.mention import ORG, PERSON, PLACE, Mention
from teipress.names.personal import is_personal
from teipress.names.persons import names_thing
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
    if not words or _is_none(document, words, mention.kind, known):
        return None
    if mention.kind != ORG:
        mention = mention._replace(end=max(words[-1].end, words[0].end))
    return mention._replace(start=words[0].start)


def _is_none(document: Document, words: list[Word], kind: str, known: Lexicon) -> bool:
    """Tell whether what a model took for a name is none: a thing, a newspaper, a common word, a line in capitals."""
    if any(word.key in known.periodicals for word in words):
        return True
    if kind == PERSON and (
        names_thing(document, words, 0, len(words), known) or document.is_vessel(words, known)
    ):
        return True
    if len(words) > 1 and kind == PERSON and all(_is_plain(word, known) for word in words):
        return True
    if kind == PLACE and any({word.key, word.key.removesuffix("s")} & known.titles for word in words):
        return True
    if all(len(word.form) > 3 and word.form.isupper() for word in words):
        return not _is_listed(document, words, kind, known)
    return len(words) == 1 and _is_word(document, words[0], known)


def _is_listed(document: Document, words: list[Word], kind: str, known: Lexicon) -> bool:
    """Tell whether a name in capitals is one that is known: there the capitals say nothing."""
    form = document.reading[words[0].start : words[-1].end]
    if kind == PLACE:
        return known.place(folded(form)) is not None
    return kind == PERSON and (is_personal(words[-1].form, known.code) or form.title() in document.reading)


def _is_word(document: Document, word: Word, known: Lexicon) -> bool:
    """Tell whether one word is a common one, which has its capital by custom or because a sentence begins."""
    if word.key in document.lower or _is_only_initial(document, word, known):
        return True
    return known.code != "en" and _is_plain(word, known) and known.place(folded(word.form)) is None


def _is_plain(word: Word, known: Lexicon) -> bool:
    return word.key in known.stop or is_common(word.form.rstrip("."), known.code)


def _is_only_initial(document: Document, word: Word, known: Lexicon) -> bool:
    """Tell whether a word has its capital only because sentences begin with it."""
    if len(word.form) < 3:
        return True
    if known.capitalises_nouns:  # there a dictionary has told
        return False
    if known.place(folded(word.form)) or not document.begins_sentence(word.start):
        return False
    form = re.compile(rf"(?<![\w-]){re.escape(word.form)}(?!\w)")
    return all(document.begins_sentence(match.start()) for match in form.finditer(document.reading))
