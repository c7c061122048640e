"""Why words are not encoded as a name: what spoke against them, or that nothing spoke for them."""

from __future__ import annotations

from typing import Final

from teipress.dating import own
from teipress.names.gazetteer import folded
from teipress.names.lexicon import Lexicon, lexicon
from teipress.names.matching import Match, match
from teipress.names.mention import Mention
from teipress.names.personal import is_given, is_renowned, is_surname
from teipress.names.proposals import propose
from teipress.names.recognisers import recognise
from teipress.names.words import Document, Word
from teipress.registers import NAMED_BY, Registers
from teipress.text import Text

_ADD: Final = "to have it found, add an entry: teipress register add NAME --kind person, place or org"


class Silence:
    """One text and its registers, asked why something in it is no name."""

    def __init__(self, text: Text, registers: Registers) -> None:
        day = own(text).on
        self.text = text
        self.registers = registers
        self.matches = match(text, registers, day.year if day else None)
        self.mentions = propose(text, recognise(text, registers.naming.recognisers))
        self.document = Document(text)

    def reason(self, start: int, end: int) -> str:
        """Say why `[start, end)` of the reading is not encoded as a name."""
        words = self.text.reading[start:end]
        found = next((m for m in self.matches if m.start < end and start < m.end), None)
        if found:
            return self._of_register(found)
        mention = next((m for m in self.mentions if m.start < end and start < m.end), None)
        if mention:
            return self._of_proposal(mention)
        known = lexicon(self.text.language_at(start))
        return self._of_words(Word(start, end, words), known)

    def _of_register(self, found: Match) -> str:
        words = self.text.reading[found.start : found.end]
        if found.entry is None:
            return found.rule.partition(": ")[2] or found.rule
        if found.rule.startswith("names.ambiguous"):
            listed = ", ".join(found.candidates)
            return f'several entries are called "{words}" ({listed}), and [names] ambiguous leaves such names alone'
        if self._is_forbidden(words, found.entry.tag, found.entry.ref):
            return f"people rejected {found.entry.ref} for these words, oftener than they accepted it"
        return f"it stands for {found.entry.ref} by {found.rule}, but was rejected here or crosses an element"

    def _of_proposal(self, mention: Mention) -> str:
        words = self.text.reading[mention.start : mention.end]
        tag = NAMED_BY[mention.kind]
        taken = next(
            (m for m in self.matches if m.is_taken and m.start < mention.end and mention.start < m.end), None
        )
        if taken and taken.entry:
            part = self.text.reading[taken.start : taken.end]
            return f"{mention.rule} tells of “{words}”, but “{part}” in it stands for {taken.entry.ref}"
        if self._is_forbidden(words, tag, None):
            return f"people rejected {tag} for these words, oftener than they accepted it"
        if self.registers.naming.proposals != "all":
            wish = self.registers.naming.proposals
            return f"{mention.rule} tells of a {mention.kind}, but [names] proposals is {wish!r}"
        return f"{mention.rule} tells of a {mention.kind}, but it was rejected here or crosses an element"

    def _is_forbidden(self, words: str, tag: str, ref: str | None) -> bool:
        memory = self.registers.memory
        return memory is not None and memory.forbids(words, tag, ref)

    def _of_words(self, word: Word, known: Lexicon) -> str:
        """Say what the words themselves, and those around them, speak against."""
        form, key = word.form, word.key
        before = self.document.before(word.start)
        place = known.place(folded(form))
        listed = is_surname(form, "") or is_given(form, "") or is_renowned(form)
        reasons = (
            (form[:1].islower(), "it has no capital"),
            (key in known.stop, "it is a common word of the language"),
            (key in known.titles | known.roles, "it is a title or an office, and no name by itself"),
            (
                key in self.document.lower,
                "the text has it in small letters as well, so its capital tells nothing",
            ),
            (self.document.makes_thing(word.end, known), "the word after it makes a thing of it"),
            (self.document.is_vessel([word], known), "the word before it makes a ship of it"),
            (before.lower() in known.determiners, f'an article stands before it: "{before}"'),
            (place is False, "a place is called so, but no word before it says that a place is meant"),
            (
                listed,
                "people are called so, but it is a common word of the language too, and nothing tells which",
            ),
        )
        said = next((reason for holds, reason in reasons if holds), "")
        return said or f"nothing tells that it is a name, and no register or list has it; {_ADD}"
