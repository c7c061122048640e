"""Signatures: by what a line of a letter signs it, and who signed below a text that is no letter (Guidelines 4.2.2).

Below minutes or an article a name alone may as well be a sentence of one word (“Lost.”). So a signature there has
initials, capitals, more than one name, or an office above or beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from teipress.drafting.datelines import is_name
from teipress.drafting.formulas import Formulas, formula
from teipress.drafting.lines import Line
from teipress.languages import language
from teipress.scripts import UPPER
from teipress.span import Span

_MOST: Final = 10  # lines with signatures
_LONGEST: Final = 90
_REMEMBERED: Final = 1 << 12  # short lines, which the parts of a letter ask about many times
_DAY: Final = 60  # the longest date that has no year; a longer one has it in words
_LEAVE: Final = 120  # the longest valediction with a name
_WORDS: Final = 4  # of a name below or behind a valediction
_GAP: Final = re.compile(r"(?<=\S)(?:\s{3,}|\s*\t\s*|\u3000+)(?=\S)")
_INITIAL: Final = re.compile(r"(?:^|[\s.-])[^\W\d_a-zа-яё]\.")
_QUOTES: Final = '“”"‘»«_ '  # a print sets a letter in quotation marks
_SENTENCE: Final = re.compile(rf"\.\s+{UPPER}\w{{3}}")
#: How telegraph offices printed a signature.
_WIRE: Final = re.compile(r"^=?\s*[^\W\d_][\w.’' -]{1,30}?\s*[.=+»«\s]*[=+][.=+»«\s]*$|^=\s*\S.{1,30}$")
#: A name with its style: “La marquise de Fontarel”, “The Earl of Marlow”, “Le général de division, comte Renier”.
_STYLED: Final = re.compile(
    r"^(?:la|le|the|der|die|el|il|l[’'])\s?[\w-]+ (?:de (?-i:[a-zà-ÿ])[\w-]+,? )?"
    r"(?:(?:comte|vicomte|baron|duc|marquis|chevalier|prince|graf|freiherr|conde|conte|barone) )?"
    r"(?:de (?:la )?|of |von |d[’']|di |du )?(?-i:[A-ZÀ-Þ])[\w’'-]+\.?$",
    re.IGNORECASE,
)
#: What a copy says of a signature: with one’s own hand.
_BY_HAND: Final = re.compile(
    r",?\s(?:m\.?\s?p\.?(?:ria)?|m/p|manu propria|e\.\s?h\.|eigenh(?:ändig|\.))$", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
#: Where the seal was, and that it is a copy: “(L. S.) _Signé_ DROUYN”.
_SEAL: Final = re.compile(
    r"^[(\[]\s?L\.\s?S\.\s?[)\]][\s—–-]*(?:_?(?:signé|signed|gez|gezeichnet|firmado|firmato)(?![^\W_])[.:]?_?\s*)?",
    re.IGNORECASE,
)
_MARK: Final = re.compile(
    r"(?:^|\s)(?:[x+×✕]{1,3}\s+)?(?:(?:his|her|their) marks?|the mark (?:[x+×] )?of|"
    r"sa marque|handzeichen|приложил[аи]?ъ? (?:печать|руку))\b|"
    r"\s[x+×]{1,3}$",
    re.IGNORECASE,
)

Is = Callable[[str], bool]


def may_sign(text: str, code: str, words: Formulas) -> bool:
    """Tell whether a line of a letter's closing may sign it: a name alone, with its style, or with what one is."""
    if formula(code, "set_hand").match(text) or formula(code, "ranked").match(text):
        return True
    if text.endswith("!"):
        return False
    text = _BY_HAND.sub("", words.signed.sub("", text)).strip(_QUOTES)
    if not text.strip(" .,:") or is_name(Line.of(text)) or has_role(text) or words.in_office(text):
        return True
    name, _, role = text.partition(", ")
    if " " not in name and name[:1].isupper() and len(text.split()) <= _WORDS and words.office.match(role):
        return True  # who signs with the first name alone: “Edward, Bishop of Lincoln”
    return is_wire_signature(text) or is_styled(text)


def is_styled(text: str) -> bool:
    """Tell whether a line is a name with its style: “Le général de division, comte Renier.”"""
    return len(text) <= _LONGEST and bool(_STYLED.match(text))


def name_in(text: str, code: str, words: Formulas) -> int:
    """Give where in a valediction the name begins: “Ihr ergebener Arthur”, “Your servant, J. Howell”; else its end."""
    return _name_in(text, code, words) if len(text) <= _LEAVE else len(text)


@lru_cache(maxsize=_REMEMBERED)
def _name_in(text: str, code: str, words: Formulas) -> int:
    start, found = len(text), ""
    if match := words.signing(text):
        start, found = match.start("name"), match["name"]
    else:
        head, comma, tail = text.rpartition(", ")
        named = comma and len(tail.split()) <= _WORDS and is_name(Line.of(tail))
        if named and words.takes_leave(Line.of(head)):
            start, found = len(text) - len(tail), tail
    if (style := words.style.match(text)) and style.end() > start:
        return len(text)
    for word in re.finditer(r"\S+", found):
        if word[0].strip(".,").casefold() not in _titles(code) and not words.leads_up(word[0]):
            return start + word.start()
    return len(text)


@cache
def _titles(code: str) -> frozenset[str]:
    known = language(code)
    return frozenset(known.letter.get("address", "").split()) if known else frozenset()


def has_role(text: str) -> bool:
    """Tell whether a line is a name with what its bearer is: “J. Collignon, maire.”, “Abm. Sanders, his X mark”."""
    name, comma, role = text.partition(", ")
    if not comma or len(text) > _LONGEST or len(role.split()) > 6 or _SENTENCE.search(role):
        return False
    return 2 <= len(name.split()) <= 4 and is_name(Line.of(name))


def is_wire_signature(text: str) -> bool:
    """Tell whether a line is a signature as telegraph offices printed it: “= meier +”."""
    return bool(_WIRE.match(text))


def signatures_start(
    lines: Sequence[Line], first: int, is_date: Callable[[Line], bool], is_signed: Is, is_office: Is
) -> int:
    """Give the line from `first` on after which there are only signatures, and dates with them; else the end.

    `is_signed` tells a line that says that it is a signature, `is_office` one with an office and no name.
    """
    at, end = len(lines), len(lines)
    names = 0
    while at > first and end - at < _MOST:
        line = lines[at - 1]
        above = lines[at - 2].text if at - 1 > first else ""
        name = line.text.removesuffix(",") if at < end else line.text  # its office stands below
        if _is_signature(name, is_signed, is_office) or (is_office(above) and _names(line.text)):
            names += 1
        elif is_office(line.text):
            if not names and not (
                above.endswith(",") and _is_signature(above.rstrip(","), is_signed, is_office)
            ):
                break
        elif not is_date(line) or (names and not _YEAR.search(line.text) and len(line.text) <= _DAY):
            break
        at -= 1
    return at if names else end


def is_sealed(text: str) -> bool:
    """Tell whether a line begins with where the seal was."""
    return bool(_SEAL.match(text))


def _is_signature(text: str, is_signed: Is, is_office: Is) -> bool:
    if len(text) > _LONGEST or text.endswith(("?", "!", ";", ":", "：")):
        return False
    parts = _GAP.split(text)
    return is_signed(text) or all(
        is_signed(part) or (is_office(part) and len(parts) > 1) or _signs(part, len(parts) > 1)
        for part in parts
    )


def _signs(text: str, beside: bool) -> bool:
    """Tell whether a text is a name that signs; `beside` others a single one is enough."""
    name = _MARK.sub("", _SEAL.sub("", text)).strip()
    if not name:
        return beside
    if not _names(name):
        return False
    person, _, office = name.partition(", ")
    words = person.rstrip(".").split()
    loud = person.isupper() and sum(map(str.isalpha, person)) > 1
    loud = loud or any(word.isupper() and len(word) > 2 for word in words)
    several = len(words) > 1 and not person.endswith(".")
    return (
        beside
        or loud
        or several
        or bool(_INITIAL.search(person))
        or name != text
        or (bool(office) and not text.endswith("."))
    )


def _names(text: str) -> bool:
    """Tell whether a text is a name with its initials, titles or capitals, and perhaps an office after a comma."""
    person, _, office = text.partition(", ")
    return is_name(Line.of(text)) or (is_name(Line.of(person)) and len(office.split()) <= 5)


def signed(
    lines: Sequence[Line], is_date: Callable[[Line], bool], is_office: Is, rule: str
) -> Iterator[Span]:
    """Give the signatures of lines, of which several may stand side by side; an office goes with the name after it."""
    at = 0
    while at < len(lines):
        line, stop = lines[at], at + 1
        headed = (at == 0 or line.gap > 0) and is_office(line.text)
        while stop < len(lines) and lines[stop].gap == 0:
            below = headed and stop == at + 1 and not is_office(lines[stop].text)
            if not (below or lines[stop - 1].text.endswith((":", "：", ","))):
                break
            if is_date(lines[stop]):
                break
            stop += 1
        last = lines[stop - 1]
        if is_date(line):
            yield Span(line.start, last.end, "dateline", rule=rule)
        elif stop > at + 1:
            yield Span(line.start, last.end, "signed", rule=rule)
        else:
            yield from _beside(line, is_office, rule)
        at = stop


def _beside(line: Line, is_office: Is, rule: str) -> Iterator[Span]:
    """Give the signatures of a line; who cannot write has a mark beside the name."""
    start = 0
    offices = [is_office(part) for part in _GAP.split(line.text)]
    apart = all(offices) or not any(offices)
    for at, gap in enumerate((*_GAP.finditer(line.text), None)):
        if gap and (_MARK.match(line.text[gap.end() :]) or (offices[at] and not apart)):
            continue
        end = gap.start() if gap else len(line.text)
        yield Span(line.start + start, line.start + end, "signed", rule=rule)
        start = gap.end() if gap else end
