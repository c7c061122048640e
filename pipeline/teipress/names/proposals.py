"""Names that no register has: found by the patterns of each language, and carried through the document.

A pattern never crosses a block of the text. What it finds with strength is then looked for everywhere else in
the document: who is introduced as "General Horvath" is meant where "Horvath" stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from teipress.languages import codes, language
from teipress.names.gazetteer import LONGEST, LONGEST_UNSPACED, folded, unspaced
from teipress.names.lexicon import CAPITAL, STOPPED, UPPER, Lexicon, lexicon
from teipress.names.mention import ORG, PERSON, PLACE, Mention, without_overlaps
from teipress.text import Block, Text

_WORD: Final = re.compile(rf"(?:[dD]['’] ?)?(?:{STOPPED}|{CAPITAL})")
_INITIALS: Final = re.compile(rf"(?!(?:I|II|III|IV|VI|VII|VIII|IX|XI|XII)\.$)(?:{UPPER}[^\W\d_]?\.-?)+$")
_LOWER: Final = re.compile(r"(?<![\w'’-])[^\W\d_A-Z]\w+")
_BEFORE: Final = re.compile(r"([^\W\d_]+)['’]?\.?[ ]?$")
_ACRONYM: Final = re.compile(rf"[ ]\((?:the )?(?P<short>{UPPER}{{2,6}})\)")
_AFTER: Final = re.compile(r"[ ]([^\W\d_]+)")
_SENTENCE: Final = re.compile(r"(?:^|[.!?:;…\"“”«»„(\[—–-]['’]?[ ]?|\n)$")
_MONTHS: Final = "|".join(
    sorted({re.escape(month) for code in codes() if (spoken := language(code)) for month in spoken.months})
)
#: A date after a place: "Trieste, June 11", "Paris, le 3 mai", "Wien 7/12 91".
_DATE_FOLLOWS: Final = re.compile(
    rf"[,.]?[ ](?:[(\[]?(?:the|le|ce|den|am|d\.|[^\W\d_]+,?(?: the| le| den)?) ?)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er)?\.?(?: of)?[ ](?:{_MONTHS})\b|(?:{_MONTHS})\.?[ ]\d|\d{{1,2}}[./][ ]?[\dIVX])",
    re.IGNORECASE,
)
_HAN_BLOCK: Final = re.compile("[\u3400-\u9fff]{2}")
#: The blocks that hold nothing but who speaks, signs or is written to.
_SIGNED: Final = frozenset({"signed", "speaker", "byline", "docAuthor"})
_DATELINES: Final = frozenset({"dateline"})
_LONGEST_NAME: Final = 5


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    form: str

    @property
    def key(self) -> str:
        return self.form.rstrip(".").lower()

    @property
    def is_initial(self) -> bool:
        return bool(_INITIALS.match(self.form))


def propose(text: Text, beside: Iterable[Mention] = ()) -> list[Mention]:
    """Find the names of a text by patterns; `beside` are mentions that something else found, a model mostly."""
    document = _Document(text)
    found = [mention for block in text.blocks for mention in document.patterns(block)]
    found += [trimmed for mention in beside if (trimmed := document.trimmed(mention))]
    strong = list(without_overlaps(map(document.without_stop, found)))
    return list(without_overlaps([*strong, *document.carried(strong)]))


class _Document:
    """One text under the patterns: what its words tell of one another."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.reading = text.reading
        self.lower = frozenset(_LOWER.findall(text.reading))

    def without_stop(self, mention: Mention) -> Mention:
        """Leave the stop that ends a sentence out of a name; that of an initial or an abbreviation stays."""
        form = self.reading[mention.start : mention.end]
        last = form.split()[-1]
        if last.endswith(".") and not _INITIALS.match(last) and len(last) > 3:
            return mention._replace(end=mention.end - 1)
        return mention

    def patterns(self, block: Block) -> Iterator[Mention]:
        """Find the names of one block."""
        known = lexicon(block.language or self.text.language)
        yield from self._unspaced(block)
        yield from self._bodies(block, known)
        yield from self._phrases(block, known)
        for match in known.sequence.finditer(self.reading, block.start, block.end):
            words = [
                _Word(word.start(), word.end(), word.group())
                for word in _WORD.finditer(self.reading, match.start(), match.end())
            ]
            yield from self._persons(words, block, known)
            yield from self._places(words, block, known)

    # Organisations, and places that a head noun tells of.

    def _bodies(self, block: Block, known: Lexicon) -> Iterator[Mention]:
        for match in known.bodies.finditer(self.reading, block.start, block.end):
            yield Mention(match.start(), match.end(), ORG, "names.body", 4)
        for pattern in known.orgs:
            for match in pattern.finditer(self.reading, block.start, block.end):
                start = self._after_article(match.start(), match.end(), known)
                form = self.reading[start : match.end()]
                idle = not form or form.lower() in known.generic | known.stop
                if not idle and (" " in form or known.capitalises_nouns):
                    yield Mention(start, match.end(), ORG, "names.organisation", 4)
                    yield from self._acronym(match.end(), block)
        for pattern in known.place_patterns:
            for match in pattern.finditer(self.reading, block.start, block.end):
                yield Mention(match.start(), match.end(), PLACE, "names.place-pattern", 3)
        for pattern in known.place_heads:
            for match in pattern.finditer(self.reading, block.start, block.end):
                start = self._after_article(match.start(), match.end(), known)
                if " " in self.reading[start : match.end()]:
                    yield Mention(start, match.end(), PLACE, "names.place-noun", 3)

    def _acronym(self, end: int, block: Block) -> Iterator[Mention]:
        """Find the short name that is given in brackets after an organisation's full one."""
        short = _ACRONYM.match(self.reading, end, block.end)
        if short:
            yield Mention(short.start("short"), short.end("short"), ORG, "names.acronym", 4)

    def _after_article(self, start: int, end: int, known: Lexicon) -> int:
        """Leave articles and other words at the start of a sentence out of a name."""
        for word in _WORD.finditer(self.reading, start, end):
            form = word.group().rstrip(".").lower()
            if form not in known.stop or (len(form) > 4 and not self._begins_sentence(word.start())):
                return word.start()
            if " " not in self.reading[word.end() : end]:
                return end
        return end

    # Persons.

    def _phrases(self, block: Block, known: Lexicon) -> Iterator[Mention]:
        """Find persons by the words around them: who is told, met, or written to."""
        for pattern in known.persons:
            for match in pattern.finditer(self.reading, block.start, block.end):
                words = [
                    _Word(word.start(), word.end(), word.group())
                    for word in _WORD.finditer(self.reading, match.start("name"), match.end("name"))
                ]
                first = 0
                while first < len(words) and words[first].key in known.stop:
                    first += 1
                last = self._extent(words, first, known, 3) if first < len(words) else first
                if last != len(words) or last <= first or self._is_known_place(words[first:], known):
                    continue
                if not self._names_thing(words, first, last, known):
                    yield Mention(words[first].start, words[-1].end, PERSON, "names.phrase", 3)

    def _is_known_place(self, words: list[_Word], known: Lexicon) -> bool:
        form = self.reading[words[0].start : words[-1].end]
        return known.place(folded(form)) is not None or known.bodies.fullmatch(form) is not None

    def _persons(self, words: list[_Word], block: Block, known: Lexicon) -> Iterator[Mention]:
        at = 0
        while at < len(words):
            rule, strength, first = self._evidence(words, at, block, known)
            if not rule:
                at += 1
                continue
            force = rule in ("names.official", "names.signed", "names.speaker")
            last = self._extent(words, first, known, strength, force)
            alone = rule.startswith(("names.title", "names.initials")) and last == first + 1
            if last > first and not self._names_thing(words, last if alone else first, last, known):
                yield Mention(words[first].start, words[last - 1].end, PERSON, rule, strength)
            at = max(last, first, at + 1)

    def _evidence(self, words: list[_Word], at: int, block: Block, known: Lexicon) -> tuple[str, int, int]:
        """Tell what speaks for a person at a word, how strongly, and where the name begins."""
        word = words[at]
        if word.key in known.titles:
            return self._by_title(words, at, known)
        if word.key in known.offices and self._after_office(word.start, known):
            return ("names.title: office", 5, at + 1) if at + 1 < len(words) else ("", 0, at)
        before = self._before(word.start)
        if at == 0 and before.lower() in known.titles and self._is_name(word, known, sure=True):
            return f"names.title: {before}", 5, at
        if word.is_initial and (len(word.key) == 1 or word.key not in known.stop):
            return self._by_initials(words, at, known)
        if at == 0 and self._is_official(words, block, known):
            return "names.official", 5, at
        return self._weaker(words, at, block, known)

    def _by_title(self, words: list[_Word], at: int, known: Lexicon) -> tuple[str, int, int]:
        first = at + 1
        while first < len(words) and words[first].key in known.titles:
            first += 1
        title = words[first - 1]
        if first == len(words) or (title.form.endswith(".") and len(title.key) > 5):
            return "", 0, at
        return f"names.title: {title.form}", 5, first

    def _by_initials(self, words: list[_Word], at: int, known: Lexicon) -> tuple[str, int, int]:
        last = at
        while last < len(words) and words[last].is_initial:
            last += 1
        if last == len(words) or words[last].key in known.titles:
            return "", 0, at
        return ("names.initials", 5, at) if self._is_name(words[last], known, sure=True) else ("", 0, at)

    def _is_official(self, words: list[_Word], block: Block, known: Lexicon) -> bool:
        """Tell whether a name stands in brackets after an office."""
        start, end = words[0].start, words[-1].end
        if self.reading[start - 1 : start] != "(" or self.reading[end : end + 1] != ")":
            return False
        return bool(known.role_in_brackets.search(self.reading, max(block.start, start - 120), start))

    def _weaker(self, words: list[_Word], at: int, block: Block, known: Lexicon) -> tuple[str, int, int]:
        word = words[at]
        if word.key in known.given:
            if at + 1 < len(words) and self._is_name(words[at + 1], known):
                return "names.given", 5, at
            if self._is_own(word, words, known):
                return "names.given", 2, at
        if at == 0 and block.tag in _SIGNED and self._fills(words, block, known):
            return f"names.{block.tag}", 5, at
        if at == 0 and self._ends_block(words, block, known):
            return "names.last-words", 3, at
        verb = _AFTER.match(self.reading, words[-1].end)
        if not verb or verb.group(1) not in known.verbs or not self._is_name(word, known):
            return "", 0, at
        if len(words) - at > 3 or known.place(folded(word.form)) is True:
            return "", 0, at
        return f"names.verb: {verb.group(1)}", 2, at

    def _is_own(self, word: _Word, words: list[_Word], known: Lexicon) -> bool:
        """Tell whether a given name stands for a person by itself."""
        if word.key in self.lower or word.key in known.stop or len(word.key) < 3:
            return False
        return len(words) == 1 or known.capitalises_nouns

    def _fills(self, words: list[_Word], block: Block, known: Lexicon) -> bool:
        """Tell whether a short block is a name and little else."""
        line = self.reading[block.start : block.end]
        spare = len(line) - sum(word.end - word.start + 1 for word in words)
        return (
            spare <= 12
            and len(words) <= _LONGEST_NAME
            and all(word.key not in known.roles for word in words)
            and words[0].key not in known.stop - {words[-1].key}
            and len([word for word in words if word.key in known.stop]) <= 1
            and known.place(folded(line)) is not True
        )

    def _ends_block(self, words: list[_Word], block: Block, known: Lexicon) -> bool:
        """Tell whether a name is the last sentence of a block, as in a telegram that its sender signs."""
        if known.capitalises_nouns or self.reading[words[-1].end : block.end].strip(" .") or len(words) > 3:
            return False
        if words[0].start < block.start + 3 or self.reading[words[0].start - 2] not in ".!?:":
            return False
        return not self._is_known_place(words, known) and all(
            word.is_initial
            or (word.key not in known.stop and word.key not in known.titles and word.key not in self.lower)
            for word in words
        )

    def _is_name(self, word: _Word, known: Lexicon, sure: bool = False) -> bool:
        """Tell whether a word may belong to a person's name; `sure` where a title or initials speak for it."""
        key = word.key
        if key in known.stop or key in known.titles or len(key) < 2:
            return False
        return sure or key not in self.lower

    def _extent(
        self, words: list[_Word], first: int, known: Lexicon, strength: int, force: bool = False
    ) -> int:
        """Give the index after the last word of the person's name that begins at `first`."""
        last = first
        while last < len(words) and last - first < _LONGEST_NAME:
            word = words[last]
            if word.is_initial:
                if len(word.key) > 1 and word.key in known.stop:
                    break
            elif not (force and word.key not in known.titles) and not self._is_name(
                word, known, strength > 2
            ):
                break
            if last > first and words[last - 1].form.endswith(".") and not words[last - 1].is_initial:
                break
            gap = self.reading[words[last - 1].end : word.start] if last > first else ""
            if len(gap) > 1 and known.place(folded(word.form)):
                break
            last += 1
            if strength <= 2:
                break
        if all(word.is_initial for word in words[first:last]):
            return first if strength < 5 or last - first < 1 else last
        return last

    def _names_thing(self, words: list[_Word], first: int, last: int, known: Lexicon) -> bool:
        """Tell whether a word in or after it makes a thing of the name: a manifesto, a hotel."""
        if any(word.key in known.eponyms for word in words[first:last]):
            return True
        if last < len(words):
            return words[last].key in known.eponyms
        following = _AFTER.match(self.reading, words[last - 1].end)
        return bool(
            following and following.group(1)[0].isupper() and following.group(1).lower() in known.eponyms
        )

    def _after_office(self, start: int, known: Lexicon) -> bool:
        line = self.reading[max(0, start - 40) : start].lower()
        return any(
            re.search(rf"\b{role} (?:of|for) (?:the |foreign |\w+ and )?$", line) for role in known.roles
        )

    # Places.

    def _places(self, words: list[_Word], block: Block, known: Lexicon) -> Iterator[Mention]:
        at = 0
        while at < len(words):
            length, certain = self._longest_place(words, at, known)
            if length and self._is_place(words, at, at + length, certain, block, known):
                yield Mention(
                    words[at].start, words[at + length - 1].end, PLACE, "names.gazetteer", 3 if certain else 2
                )
                at += length
                continue
            at += 1
        yield from self._unknown_place(words, block, known)

    def _longest_place(self, words: list[_Word], at: int, known: Lexicon) -> tuple[int, bool]:
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            form = self.reading[words[at].start : words[at + length - 1].end]
            verdict = known.place(folded(form.removeprefix("d'").removeprefix("d’")))
            if verdict is not None and (length > 1 or words[at].key not in known.stop):
                return length, verdict
        return 0, False

    def _is_place(
        self, words: list[_Word], first: int, last: int, certain: bool, block: Block, known: Lexicon
    ) -> bool:
        """Tell whether a name of the gazetteer means the place here."""
        if last < len(words) and words[last].key in known.eponyms and not certain:
            return False
        if certain:
            return words[first].key not in self.lower or last - first > 1
        if first == 0 and self._begins_line_of_date(words, last, block):
            return True
        if words[first].key in self.lower or words[first].key in known.given | known.titles:
            return False
        before = self._before(words[first].start)
        return first == 0 and len(words) == last and before in known.place_words

    def _begins_line_of_date(self, words: list[_Word], last: int, block: Block) -> bool:
        if block.tag == "bibl" or "bibl" in block.ancestors:
            return False
        before_date = bool(_DATE_FOLLOWS.match(self.reading, words[last - 1].end, block.end))
        if block.tag in _DATELINES:
            return before_date or words[0].start - block.start <= 2
        return before_date and words[0].start - block.start <= 2

    def _unknown_place(self, words: list[_Word], block: Block, known: Lexicon) -> Iterator[Mention]:
        """Find a place that the gazetteer does not have: at the head of a dateline, or after "in" and the like."""
        last = 0
        while last < len(words) and words[last].key not in known.stop and not words[last].key.isdigit():
            last += 1
        if not last or any(word.key in known.titles or word.key in known.given for word in words[:last]):
            return
        if last <= 3 and self._begins_line_of_date(words, last, block):
            yield Mention(words[0].start, words[last - 1].end, PLACE, "names.dateline", 4)
            return
        if not last == len(words) <= 2 or self._before(words[0].start) not in known.where:
            return
        if all(word.key not in self.lower and not word.form.isupper() for word in words):
            yield Mention(words[0].start, words[-1].end, PLACE, "names.preposition", 1)

    def _unspaced(self, block: Block) -> Iterator[Mention]:
        """Find places in a script without spaces."""
        if not _HAN_BLOCK.search(self.reading, block.start, block.end):
            return
        known, at = unspaced(), block.start
        while at < block.end - 1:
            lengths = range(min(LONGEST_UNSPACED, block.end - at), 1, -1)
            length = next((n for n in lengths if self.reading[at : at + n] in known), 0)
            if length:
                yield Mention(at, at + length, PLACE, "names.gazetteer", 3)
            at += length or 1

    # The document as a whole.

    def trimmed(self, mention: Mention) -> Mention | None:
        """Give a model's mention without articles, titles and possessives; None where no name is left."""
        form = self.reading[mention.start : mention.end]
        known = lexicon(self.text.language_at(mention.start))
        if "\n" in form:
            return None
        if _HAN_BLOCK.search(form):
            return mention
        words = [
            _Word(word.start(), word.end(), word.group())
            for word in _WORD.finditer(self.reading, mention.start, mention.end)
        ]
        idle = known.stop | (known.titles if mention.kind == PERSON else frozenset())
        while words and words[0].key in idle and not (words[0].is_initial and mention.kind == PERSON):
            del words[0]
        if not words or (mention.kind == PERSON and self._names_thing(words, 0, len(words), known)):
            return None
        if mention.kind == PLACE and any(word.key in known.titles for word in words):
            return None
        if mention.kind != ORG:
            mention = mention._replace(end=max(words[-1].end, words[0].end))
        if len(words) == 1 and (words[0].key in self.lower or self._is_only_initial(words[0], known)):
            return None
        return mention._replace(start=words[0].start)

    def _is_only_initial(self, word: _Word, known: Lexicon) -> bool:
        """Tell whether a word has its capital only because sentences begin with it."""
        if len(word.form) < 3:
            return True
        if known.place(folded(word.form)) or not self._begins_sentence(word.start):
            return False
        form = re.compile(rf"(?<![\w-]){re.escape(word.form)}(?!\w)")
        return all(self._begins_sentence(match.start()) for match in form.finditer(self.reading))

    def carried(self, strong: list[Mention]) -> Iterator[Mention]:
        """Carry names through the document: each form that was found with strength, wherever else it stands."""
        forms: dict[str, tuple[str, int]] = {}
        for mention in strong:
            for form in self._forms(mention):
                kind, strength = forms.get(form, ("", 0))
                if mention.strength > strength:
                    forms[form] = (mention.kind, mention.strength)
        if not forms:
            return
        listed = "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))
        pattern = re.compile(rf"(?<![\w-])(?:{listed})(?![\w])")
        for match in pattern.finditer(self.reading):
            kind, strength = forms[match.group()]
            known = lexicon(self.text.language_at(match.start()))
            if kind == PERSON and self._is_thing(match.end(), known):
                continue
            if match.group().lower() in self.lower | known.stop and self._begins_sentence(match.start()):
                continue
            yield Mention(
                match.start(), match.end(), kind, f"names.document: {match.group()}", min(strength, 3) - 1
            )

    def _is_thing(self, end: int, known: Lexicon) -> bool:
        following = _AFTER.match(self.reading, end)
        return bool(
            following and following.group(1)[0].isupper() and following.group(1).lower() in known.eponyms
        )

    def _forms(self, mention: Mention) -> Iterator[str]:
        """Give the forms under which a name goes on in its document: itself, and a person's surname."""
        known = lexicon(self.text.language_at(mention.start))
        form = self.reading[mention.start : mention.end]
        if mention.strength < 2 or len(form) < 3 or (form.lower() in self.lower and mention.strength < 5):
            return
        if mention.rule.startswith("names.model") and form.lower() in known.given:
            return
        yield form
        if form.isupper() and mention.kind == PERSON and " " not in form:
            yield form.title()
        if mention.kind != PERSON or mention.strength < 4:
            return
        surname = form.split()[-1].split(".")[-1]
        if len(surname) > 2 and surname.lower() not in known.stop and surname[0].isupper():
            yield surname
            if surname.isupper():
                yield surname.title()

    def _before(self, start: int) -> str:
        match = _BEFORE.search(self.reading, max(0, start - 20), start)
        return match.group(1) if match else ""

    def _begins_sentence(self, start: int) -> bool:
        return bool(_SENTENCE.search(self.reading, max(0, start - 3), start)) or start == 0
