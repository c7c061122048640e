"""Names in company: what is joined to a person's name by a comma or "and" is a person's as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.names.gazetteer import folded
from teipress.names.lexicon import CAPITAL, Lexicon, lexicon
from teipress.names.mention import PERSON, Mention
from teipress.names.personal import is_personal
from teipress.names.words import Document, Word

_AND: Final = "and|und|et|e|y|en|och|og|и|&|u\\."
#: One more name after a name, and one before it.
_AFTER: Final = re.compile(
    rf"(?:, |,? (?:{_AND}) )(?P<name>{CAPITAL})(?=[,.;:)]| (?:{_AND}) |\n|$| [^\W\dA-Z_])"
)
_BEFORE: Final = re.compile(rf"(?:^|[.;:,(]? |\n)(?P<name>{CAPITAL})(?:, |,? (?:{_AND}) )\Z")
#: How sure a mention must be for its neighbours to profit.
_SURE: Final = 2


def companions(document: Document, mentions: list[Mention]) -> Iterator[Mention]:
    """Find the names that are listed beside a person's, on both sides, one after the other."""
    ends: set[int] = set()  # where a list was gone on with already, for a mention before
    starts: set[int] = set()
    for mention in mentions:
        if mention.kind == PERSON and mention.strength >= _SURE:
            yield from _following(document, mention, ends)
            yield from _preceding(document, mention, starts)


def _following(document: Document, mention: Mention, seen: set[int]) -> Iterator[Mention]:
    end = mention.end
    while end not in seen and (match := _AFTER.match(document.reading, end)):
        seen.add(end)
        word = Word(*match.span("name"), match.group("name"))
        if not _may_name(document, word, lexicon(document.text.language_at(word.start))):
            return
        yield Mention(word.start, word.end, PERSON, f"names.beside: {_form(document, mention)}", 1)
        end = word.end


def _preceding(document: Document, mention: Mention, seen: set[int]) -> Iterator[Mention]:
    start = mention.start
    while start not in seen and (match := _BEFORE.search(document.reading, max(0, start - 40), start)):
        seen.add(start)
        word = Word(*match.span("name"), match.group("name"))
        known = lexicon(document.text.language_at(word.start))
        joined = is_personal(word.form, known.code) and not document.before(word.start)[:1].isupper()
        if not joined or not _may_name(document, word, known):
            return
        yield Mention(word.start, word.end, PERSON, f"names.beside: {_form(document, mention)}", 1)
        start = word.start


def _form(document: Document, mention: Mention) -> str:
    return document.reading[mention.start : mention.end]


def _may_name(document: Document, word: Word, known: Lexicon) -> bool:
    key = word.key
    if len(key) < 3 or key in known.stop or key in known.titles or key in known.eponyms or key in known.roles:
        return False
    if key in document.lower or known.place(folded(word.form)) is not None or word.form.isupper():
        return False
    return not known.capitalises_nouns or is_personal(word.form, known.code)
