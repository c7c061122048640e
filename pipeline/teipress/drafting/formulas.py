"""The formulas of letters: how they greet and take their leave, and what the lines around these say.

They are data: the table `[letter]` of `languages/CODE.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Final

from teipress.drafting import hanwords
from teipress.drafting.lines import Line
from teipress.languages import codes, language
from teipress.scripts import LOWER, UPPER

_SALUTE: Final = 90  # the longest salutation
_TITLES: Final = 260  # the longest that is titles and nothing else
_LEAVE: Final = 60  # a line of this length is a valediction if it begins as one
_REMEMBERED: Final = 1 << 13  # short lines, which the parts of a letter ask about many times
_LONGEST_NOTE: Final = 400  # characters in which a note in the third person says from whom to whom it is
_LONGEST_LEAVE: Final = 300  # the longest valediction
_SIGNATURE: Final = 70  # the longest signature with an office
_INITIALLED: Final = re.compile(rf"(?:{UPPER}\.\s?){{1,3}}{UPPER}[\w’'-]+(?=\.?$)")
#: The words of an office are small in Russian: “Нач. станции Ломов”.
_AFTER: Final = re.compile(r"^\s+(?P<name>[А-ЯЁІѢѲ][а-яё-]+)\.?$")
_AFTER_SMALL: Final = re.compile(r"^(?:-[а-яё]+|\.)?(?:\s+[а-яё]+)+\s+(?P<name>[А-ЯЁІѢѲ][а-яё-]+)\.?$")
_PUNCTUATION: Final = ",:;.!—–- "
_STOP: Final = re.compile(rf"[,:;!，：；！—–]+|(?<=\w)-(?=\s)|(?<=[^\W\d_]{{3}})\.(?=\s+{UPPER})")
_NAME_AFTER: Final = re.compile(
    rf"\s+(?:{UPPER}[\w’'-]+\s?){{1,4}}!(?=\s)"
)  # “Dear grandfather, Konstantin Makarych!”
_NAMED: Final = re.compile(r"\(\?P<(?:sender|recipient)>")
_NEVER: Final = re.compile(r"(?!)")


@dataclass(frozen=True, eq=False)
class Formulas:
    """The formulas of a language's letters, compiled.

    From `honorific` on they are those of all languages, which the edges of letters mix.
    """

    salutation: re.Pattern[str]
    valediction: re.Pattern[str]
    postscript: re.Pattern[str]
    enclosure: re.Pattern[str]
    number: re.Pattern[str]
    to_whom: re.Pattern[str]
    open_to: re.Pattern[str]
    petition: re.Pattern[str]
    third_person: re.Pattern[str]
    honorific: re.Pattern[str]
    by_whom: re.Pattern[str]
    own_address: re.Pattern[str]
    house: re.Pattern[str]
    sheet: re.Pattern[str]
    handed_in: re.Pattern[str]
    received: re.Pattern[str]
    own: re.Pattern[str]
    style: re.Pattern[str]
    farewell: re.Pattern[str]
    docket: re.Pattern[str]
    signed: re.Pattern[str]
    on_behalf: re.Pattern[str]
    attests: re.Pattern[str]
    office: re.Pattern[str]
    redirected: re.Pattern[str]
    forwarded: re.Pattern[str]
    transmitted: re.Pattern[str]
    subject: re.Pattern[str]

    def greeting(self, line: Line) -> int:
        """Give the length of the salutation that a line begins with: the line, or up to its first stop."""
        return _short_greeting(self, line.text) if len(line.text) <= _SALUTE else self._greeting(line.text)

    def _greeting(self, text: str) -> int:
        match = self.salutation.match(text)
        if not match or self.subject.match(text) or (len(text) <= _SALUTE and self._takes_leave(text)):
            return 0
        if len(text) <= _TITLES and text[-1] in ",!:" and _in_titles(text):
            return len(text)
        stop = _STOP.search(text, match.end(), match.end() + _SALUTE)
        if stop and stop[0] == "," and (named := _NAME_AFTER.match(text, stop.end())):
            stop = _STOP.search(text, named.end() - 1)
        if len(text) <= _SALUTE:
            rest = text[stop.end() :].strip() if stop else ""
            if len(rest) < 30 or (rest.endswith((",", "!", ":")) and self.salutation.match(rest)):
                return len(text)
        if stop is None:
            return 0
        rest = text[stop.end() :].strip()
        whole = 0 < len(rest) <= _SALUTE and len(text) <= _TITLES and self._greeting(rest) == len(rest)
        return len(text) if whole else stop.end()  # “Gnad und fried. Lieber herr und bruder.”

    def takes_leave(self, line: Line) -> bool:
        """Tell whether a line is a valediction, and not a paragraph that begins as one may."""
        if len(line.text) > _LONGEST_LEAVE:
            return False
        return (
            _takes_short_leave(self, line.text) if len(line.text) <= _SALUTE else self._takes_leave(line.text)
        )

    def _takes_leave(self, text: str) -> bool:
        text = text.rstrip(_PUNCTUATION)
        match = self.valediction.match(text)
        return match is not None and (len(text) <= _LEAVE or match.end() >= len(text) * 0.6)

    def in_third_person(self, lines: Sequence[Line]) -> bool:
        """Tell whether one of these lines or paragraphs begins a note in the third person."""
        return any(self.third_person.match(" ".join(line.text[:_LONGEST_NOTE].split())) for line in lines)

    def leads_up(self, text: str) -> bool:
        """Tell whether a line leads up to a signature: it ends with “Your”."""
        return bool(self.own.search(text))

    def in_office(self, text: str) -> str:
        """Give the name in a line that has an office before it: “Управляющий округом В. Тархов”; "" in another."""
        match = self.office.search(text) if len(text) <= _SIGNATURE else None
        if match and len(text[: match.start()].split()) > 2:
            return ""
        if not match:
            return ""
        rest = text[match.end() :]
        if name := _INITIALLED.search(rest):
            return name[0]
        named = _AFTER_SMALL.match(rest) or (match.start() and _AFTER.match(rest))
        return named["name"] if named else ""

    def signing(self, text: str) -> re.Match[str] | None:
        """Find the name after “Your”, and after the words in lower case that may follow it."""
        return _signing(self.own.pattern).search(text)


class _InHan(Formulas):
    """The formulas of a language that is written in Chinese characters, without spaces and capitals."""

    def greeting(self, line: Line) -> int:
        """Give the length of the salutation that a line begins with."""
        return hanwords.greets(line.text)

    def takes_leave(self, line: Line) -> bool:
        """Tell whether a line is a valediction."""
        return hanwords.takes_leave(line.text)


@lru_cache(maxsize=_REMEMBERED)
def _short_greeting(words: Formulas, text: str) -> int:
    return words._greeting(text)


@lru_cache(maxsize=_REMEMBERED)
def _takes_short_leave(words: Formulas, text: str) -> bool:
    return words._takes_leave(text)


def _in_titles(text: str) -> bool:
    """Tell whether nearly all words of a text are titles, with capitals: “Wohlgebohrne, Hochgelahrte Herren …!”."""
    words = list(re.findall(r"[^\W\d_]{4,}", text))
    capital = sum(word[0].isupper() for word in words)
    return capital >= 0.8 * len(words) and not re.search(r"[.!?:;]\s", text)


_QUOTED: Final = r"^[“\"‘«„_]{0,2}\s?(?:{})"  # a print sets a letter in quotation marks
#: Where in a line a formula stands, for those that do not begin it.
_FRAMES: Final = {
    "salutation": _QUOTED,
    "valediction": _QUOTED,
    "postscript": _QUOTED,
    "signed": _QUOTED,
    "house": "(?:{})",
    "farewell": r"(?<!\w)(?:{})",
    "docket": r"^[_*]?(?:{})(?![^\W_])",
    "office": "(?:{})",
    "received": r"(?:^|[(\[，]|\s)(?:{})(?!\w)",
    "own": rf"(?<!\w)(?:{{}})(?:[,.]?$|(?:[\s,]+(?-i:{LOWER})\w+){{1,2}},?$)",
}


@cache
def formulas(code: str) -> Formulas:
    """Compile the formulas of a language; of all languages together for one that is not known."""
    keys = [field.name for field in fields(Formulas)]
    here = (code,) if language(code) else codes()
    shared = keys.index("honorific")
    kind = _InHan if hanwords.is_han(code) else Formulas
    return kind(
        *(
            _any(key, here if at < shared else codes(), _FRAMES.get(key, "^(?:{})"))
            for at, key in enumerate(keys)
        )
    )


def in_old_spelling(pattern: str, letters: str) -> str:
    """Give a pattern that also matches the spelling before a reform.

    `letters` names the letters that fell together (“еѣ” for what is “е” today), and after an “=” the one that stood
    mute at the end of words.
    """
    merged, _, mute = letters.partition("=")
    for group in merged.split():
        new = group[0]
        pattern = re.sub(rf"(\[[^\]]*){new}([^\[]*\])", rf"\g<1>{group}\g<2>", pattern)
        pattern = re.sub(rf"{new}(?![^\[\]]*\])", f"[{group}]", pattern)
    if mute:
        end = r"(?=[|) ,]|\\s|\\b|\(\?!|$)"
        pattern = re.sub(rf"((?<!\\)[бвгджзклмнпрстфхцчшщ]|\]\??|\)\?){end}", rf"\1{mute}?", pattern)
    return pattern


@cache
def formula(code: str, key: str) -> re.Pattern[str]:
    """Compile one formula of a language, whose groups name persons; one that nothing matches where it has none."""
    known = language(code)
    body = known.letter.get(key) if known else None
    return (
        re.compile(in_old_spelling(body, known.letter.get("old", "")), re.IGNORECASE)
        if body and known
        else _NEVER
    )


def in_new_spelling(word: str, code: str) -> str:
    """Give a word in small letters, spelt as after the reform of its language."""
    known = language(code)
    merged, _, mute = (known.letter.get("old", "") if known else "").partition("=")
    word = word.lower()
    for group in merged.split():
        for letter in group[1:]:
            word = word.replace(letter, group[0])
    return word.rstrip(mute) if mute else word


def _any(key: str, names: tuple[str, ...], frame: str) -> re.Pattern[str]:
    tables = [known.letter for name in names if (known := language(name))]
    bodies = [in_old_spelling(table[key], table.get("old", "")) for table in tables if table.get(key)]
    if len(bodies) > 1 and any(_NAMED.search(body) for body in bodies):
        bodies = [_NAMED.sub("(?:", body) for body in bodies]  # a pattern may name a group only once
    return re.compile(frame.replace("{}", "|".join(bodies)), re.IGNORECASE) if bodies else _NEVER


@cache
def _signing(own: str) -> re.Pattern[str]:
    words = own[: own.index("(?:[,.]?$")]
    name = rf"(?P<name>(?:(?-i:{UPPER})[\w’'-]*\.?[ ]*|(?:von|van|de|d’|d')[ ]*){{1,5}})"
    return re.compile(rf"{words}(?:[ ,]+(?-i:{LOWER})\w*)*[ ,]+{name}$", re.IGNORECASE)
