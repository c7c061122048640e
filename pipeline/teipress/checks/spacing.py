"""White space that was lost or doubled where markup was put in (WRD010 to WRD012; Guidelines vi.5).

Compounds, inflections and initials stand without space by right, so that words are called run together only where
both are words by themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

from teipress.checks.subject import Subject
from teipress.document import LANG, tei
from teipress.finding import Finding
from teipress.languages import identify, language

#: Elements that stand around whole words or phrases.
_PHRASES: Final = "|".join(
    [
        "persName",
        "placeName",
        "orgName",
        "geogName",
        "name",
        "rs",
        "date",
        "time",
        "title",
        "settlement",
        "country",
        "region",
        "district",
        "bibl",
        "quote",
        "term",
    ]
)
_CLOSED: Final = re.compile(rf"</(?:{_PHRASES})>(?=[^\s])")
_ENDED: Final = re.compile(rf"</(?:{_PHRASES})>")
_OPENED: Final = re.compile(rf"<(?:{_PHRASES})(?=[ >])[^<>]*>")
_DOUBLED: Final = re.compile(r"[^\s<>]([ \t]{2,})(?=[^\s<>|])")
#: The same, but for tabs, which are rare; it begins with the spaces, so that it is soon looked for.
_INSIDE: Final = re.compile(r"  (?<=\S  )")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d+")
_LAST: Final = re.compile(r"[^\W\d_]+\Z")
_HIDDEN: Final = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_MARKUP: Final = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
#: Marks after which a space is due, in scripts that have spaces.
_MARKS: Final = ",;!?"
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]"
)
#: Languages that join words to new ones without end.
_JOINING: Final = frozenset("de nl da sv no nb nn is fi hu et".split())  # noqa: SIM905
_LONGEST: Final = 40
#: Words that are endings as well: Wien-er, Kaiser-in, Afric-an, Marx-ist.
_ENDINGS: Final = frozenset(
    {"er", "es", "en", "in", "an", "is", "as", "ed", "al", "el", "et", "ern", "ens", "on"}
)
#: The same in a language where not all of these are endings, or others are.
_ENDINGS_OF: Final = {
    "fr": frozenset({"es", "er", "ed", "al", "el", "as", "is"}),
    "la": _ENDINGS | {"que", "ve", "ne", "cum", "te", "met"},
}
#: Words that make new words of names.
_TAILS: Final = frozenset(
    {
        *(
            "like",
            "wide",
            "ward",
            "wards",
            "wise",
            "ship",
            "land",
            "town",
            "shire",
            "bound",
            "born",
            "made",
            "based",
        ),
        *("style", "type", "folk", "less", "ness", "aise", "aises", "iste", "isme"),
    }
)
_COMMON: Final = 50  # how often a word that is surely one stands in a dictionary's corpus
#: Parts of words before a capital: anti-Russian, d'Annunzio.
_BEGINNINGS: Final = frozenset(
    {
        "anti",
        "inter",
        "non",
        "neo",
        "pan",
        "post",
        "pre",
        "pro",
        "mid",
        "trans",
        "ultra",
        "vice",
        "dell",
        "all",
        "sub",
    }
)
#: Tags inside a phrase, which do not come between a word and a mark.
_WITHIN: Final = re.compile(
    rf"</(?:{_PHRASES}|hi|c|g|w|add|supplied|unclear|emph|foreign|abbr|expan|ex|seg)>\Z"
)


class _Place(NamedTuple):
    """A border of markup: where it begins and ends, and what stands on both sides."""

    begin: int
    end: int
    before: str
    after: str
    closing: bool


def check(subject: Subject) -> Iterator[Finding]:
    """Yield WRD010 for words run together, WRD011 for doubled spaces, WRD012 for a space missing after a mark."""
    text = _Text(subject)
    begin = text.characters.find("<text")
    if begin < 0:
        return
    doubled: list[int] = []
    for place in text.borders(begin):
        if place.before == " " and place.after == " ":
            doubled.append(place.begin)
        elif place.before.isalpha() and (
            place.after.isalpha() or (place.after.isdigit() and not place.closing)
        ):
            yield from _together(subject, text, place)
        elif place.before in _MARKS and place.after.isalpha() and text.run_on(place.begin - 1):
            yield _unspaced(subject, place.begin - 1)
        elif place.closing and place.after in _MARKS and text.run_on(place.end):
            yield _unspaced(subject, place.end)
    doubled += text.doubled(begin)
    doubled = [at for at in doubled if text.visible(at) and not text.in_tag(at)]
    if doubled:
        times = f" ({len(doubled)} times; here first)" if len(doubled) > 1 else ""
        message = f"two spaces where one is due{times}"
        yield subject.at(
            min(doubled), "WRD011", "info", message, "take one out; around a name keep it outside"
        )


class _Text:
    """The characters of a file, and what words it has."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.characters = subject.characters

    def borders(self, begin: int) -> Iterator[_Place]:
        """Give the borders of phrases, but for those at the edge of other markup or of a line."""
        text = self.characters
        for match in _ENDED.finditer(text, begin):
            start, end = match.span()
            after = text[end : end + 1]
            if not after or after.isspace():
                if text[start - 1] == after == " ":
                    yield _Place(start - 1, end + 1, text[start - 2], " ", True)
                continue
            following = _OPENED.match(text, end)
            end = following.end() if following else end
            place = _Place(start, end, self._before(start), text[end : end + 1], True)
            if (
                place.before not in "\n\t>"
                and place.after not in "\n\t<"
                and not _UNSPACED.match(place.after)
            ):
                yield place
        for match in _OPENED.finditer(text, begin):
            before = text[match.start() - 1]
            if before not in "\n\t>" and text[match.end() - 2] != "/":
                after = text[match.end() : match.end() + 1]
                if after and after not in "\n\t<" and (before != " " or after == " "):
                    yield _Place(match.start(), match.end(), before, after, False)

    def _before(self, at: int) -> str:
        """Give the character before a place, tags inside the phrase left out."""
        for _ in range(4):
            inner = _WITHIN.search(self.characters, max(0, at - 20), at)
            if inner is None:
                break
            at = inner.start()
        return self.characters[at - 1]

    def doubled(self, begin: int) -> Iterator[int]:
        """Give the places of two spaces inside a line of text."""
        if not _INSIDE.search(self.characters, begin):
            return
        at = begin
        for line in self.characters[begin:].split("\n"):
            if "  " in line.strip():
                yield from (at + match.start(1) for match in _DOUBLED.finditer(line))
            at += len(line) + 1

    def run_on(self, mark: int) -> bool:
        """Tell whether after a mark a word of two letters or more follows at once, and before it stands a word."""
        text, at = self.characters, mark + 1
        border = _OPENED.match(text, at) or _CLOSED.match(text, at)
        after = text[border.end() : border.end() + 2] if border else text[at : at + 2]
        before = self.characters[mark - 1]
        if _UNSPACED.match(after) or not (before.isalpha() or before == ">") or not self.visible(mark):
            return False
        return re.match(r"[^\W\d_]{2}", after) is not None

    def in_tag(self, at: int) -> bool:
        """Tell whether a place is inside a tag, as between two words of an attribute."""
        opened = self.characters.rfind("<", 0, at)
        return self.characters.rfind(">", opened, at) < opened and self.characters[at] != "<"

    def visible(self, at: int) -> bool:
        """Tell whether a place is not in a comment or a processing instruction."""
        before = bisect_right(self._hidden, (at, len(self.characters))) - 1
        return before < 0 or self._hidden[before][1] <= at

    @cached_property
    def _hidden(self) -> list[tuple[int, int]]:
        return [match.span() for match in _HIDDEN.finditer(self.characters)]

    @cached_property
    def words(self) -> Counter[str]:
        """The words of the text, those that markup divides put together."""
        begin = self.characters.find("<text")
        return Counter(_WORD.findall(_MARKUP.sub("", self.characters[begin:])))

    @cached_property
    def language(self) -> str:
        """The language that most of the text is in."""
        root = self.subject.root
        for element in (root.find(f".//{tei('text')}"), root):
            if element is not None and (tag := element.get(LANG)):
                return tag.partition("-")[0]
        return identify(_MARKUP.sub(" ", self.characters[self.characters.find("<text") :][:20_000]))

    @cached_property
    def function_words(self) -> frozenset[str]:
        """The commonest words of the language."""
        known = language(self.language)
        return known.function_words if known else frozenset()


def _together(subject: Subject, text: _Text, place: _Place) -> Iterator[Finding]:
    before = _LAST.search(text.characters, max(0, place.begin - _LONGEST), place.begin)
    after = _WORD.match(text.characters, place.end) or _NUMBER.match(text.characters, place.end)
    if before is None or after is None:
        return
    one, other = before[0], after[0]
    opening = text.characters[place.begin + 1] != "/"
    both = "><" in text.characters[place.begin : place.end]
    if both or _is_word(one if opening else other, text, opening) or _cased(one, other, opening):
        message = f'"{one}" and "{other}" run together where the markup divides them'
        if text.visible(place.begin):
            yield subject.at(
                place.begin, "WRD010", "warning", message, "put a space between them, outside the name"
            )


def _is_word(word: str, text: _Text, opening: bool) -> bool:
    """Tell whether a piece beside a name is a word by itself, and not an ending or a part of a compound."""
    joining = text.language in _JOINING
    endings = _ENDINGS_OF.get(text.language, _ENDINGS)
    if word in text.function_words and len(word) > 1 and (opening or word not in endings):
        return True
    if not word.islower() or len(word) < (4 if joining else 3):
        return False
    return text.words[word] > (1 if joining else 0) or (
        not joining and len(word) > 3 and word not in _TAILS and _usual(word, text.language)
    )


def _usual(word: str, language: str) -> bool:
    from teipress.slips.passage import dictionary  # read where a word is doubtful, which is seldom

    return dictionary(language).get(word, 0) >= _COMMON


def _cased(one: str, other: str, opening: bool) -> bool:
    """Tell whether a small letter is followed by a capital word, as no language writes one word."""
    if opening and (not one.islower() or one in _BEGINNINGS):
        return False
    return len(one) > 2 and one[-1].islower() and len(other) > 1 and other[0].isupper() and other[1].islower()


def _unspaced(subject: Subject, mark: int) -> Finding:
    message = f'no space after "{subject.characters[mark]}"'
    return subject.at(mark, "WRD012", "warning", message, "put a space after it, outside the name")
