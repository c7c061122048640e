"""The words of a text as the patterns see them: capitalised words, initials, and what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from teipress.names.gazetteer import folded
from teipress.names.lexicon import CAPITAL, ELIDED, STOPPED, Lexicon
from teipress.scripts import UPPER
from teipress.text import Block, Text

WORD: Final = re.compile(rf"(?:{ELIDED})?(?:{STOPPED}|{CAPITAL})")
#: Numbers and abbreviations that look like initials: II., St., Co.
_NO_INITIALS: Final = "II?I?|IV|VII?I?|IX|XII?|St|Ste|Mt|Ft|Co|No|Jr|Sr|Bd|Nr|Fr|Vs|Th"
INITIALS: Final = re.compile(rf"(?!(?:{_NO_INITIALS})\.$)(?:{UPPER}[^\W\d_]?\.-?)+\Z")
#: The word after a name.
AFTER: Final = re.compile(r"[ ]([^\W\d_]+)")
_BEFORE: Final = re.compile(r"([^\W\d_]+)['’]?\.?[ ]?\Z")
_LOWER: Final = re.compile(r"(?<![\w'’-])[^\W\d_A-Z]\w+")
_SENTENCE: Final = re.compile(r"(?:^|[.!?:;…\"“”«»„(\[—–-]['’]?[ ]?|\n)\Z")


@dataclass(frozen=True)
class Word:
    """One capitalised word or initial of a reading."""

    start: int
    end: int
    form: str

    @property
    def key(self) -> str:
        """The form in which a lexicon has the word."""
        return self.form.rstrip(".").lower()

    @property
    def is_initial(self) -> bool:
        """Tell whether the word is initials: A., A.N., Ia."""
        return bool(INITIALS.match(self.form))


class Document:
    """One text under the patterns: what its words tell of one another."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.reading = text.reading
        #: The words that stand somewhere without a capital: with one, they are names of nothing.
        self.lower = lower_case_words(text.reading)
        self._in_capitals: dict[int, bool] = {}

    def words(self, start: int, end: int) -> list[Word]:
        """Give the capitalised words of a range."""
        return [Word(w.start(), w.end(), w.group()) for w in WORD.finditer(self.reading, start, end)]

    def is_in_capitals(self, block: Block) -> bool:
        """Tell whether a block has no small letter."""
        if block.start not in self._in_capitals:
            line = self.reading[block.start : block.end]
            self._in_capitals[block.start] = line.upper() == line
        return self._in_capitals[block.start]

    def before(self, start: int) -> str:
        """Give the word before an offset; "" where a mark of punctuation stands between."""
        match = _BEFORE.search(self.reading, max(0, start - 20), start)
        return match.group(1) if match else ""

    def begins_sentence(self, start: int) -> bool:
        """Tell whether a word has its capital because of where it stands."""
        return begins_sentence(self.reading, start)

    def is_known(self, words: list[Word], known: Lexicon) -> bool:
        """Tell whether words name a place or a body that the lexicon has."""
        form = self.reading[words[0].start : words[-1].end]
        return known.place(folded(form)) is not None or known.bodies.fullmatch(form) is not None

    def is_vessel(self, words: list[Word], known: Lexicon) -> bool:
        """Tell whether a name is a ship's, because a word in or before it says so."""
        ahead = re.sub(r"[\"“”«»„]", " ", self.reading[max(0, words[0].start - 24) : words[0].start]).split()
        before = ahead[-1].strip(".,(").lower() if ahead else ""
        return before in known.vessels or (len(words) > 1 and words[0].key in known.vessels)

    def makes_thing(self, end: int, known: Lexicon) -> bool:
        """Tell whether the word after a name makes a thing of it: a manifesto, a hotel."""
        following = AFTER.match(self.reading, end)
        return bool(
            following and following.group(1)[0].isupper() and following.group(1).lower() in known.eponyms
        )


#: What a periodical's name goes on with after a place, "London Daily News", and how it begins before one.
_PERIODICAL_AFTER: Final = re.compile(rf"(?:[ ](?P<first>{CAPITAL}))(?:[ ](?P<second>{CAPITAL}))?")
_PERIODICAL_BEFORE: Final = re.compile(
    rf"(?<!\w)(?P<word>{CAPITAL})[ ](?:of|de|du|des|di|del)[ ](?:la[ ])?\Z|(?<!\w)(?P<elided>{CAPITAL}) d['’]\Z"
)


def in_periodical(reading: str, start: int, end: int, known: Lexicon) -> bool:
    """Tell whether a place is only part of a newspaper's name: "London Daily Chronicle", "Gazette de Zurich"."""
    after = _PERIODICAL_AFTER.match(reading, end)
    if after and any(word and word.lower() in known.periodicals for word in after.groups()):
        return True
    before = _PERIODICAL_BEFORE.search(reading, max(0, start - 24), start)
    return bool(before and (before["word"] or before["elided"]).lower() in known.periodicals)


def begins_sentence(reading: str, start: int) -> bool:
    """Tell whether what stands at an offset begins a sentence."""
    return start == 0 or bool(_SENTENCE.search(reading, max(0, start - 3), start))


def lower_case_words(reading: str) -> frozenset[str]:
    """Give the words that stand somewhere in a reading without a capital."""
    return frozenset(_LOWER.findall(reading))
