"""Who signed below a text that is no letter: minutes, an article (Guidelines 4.2.2).

A name alone may as well be a sentence of one word (“Lost.”). So a signature has initials, capitals, more than one
name, or an office above or beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from teipress.drafting.lines import Line
from teipress.span import Span

_MOST: Final = 10  # lines with signatures
_LONGEST: Final = 90
_GAP: Final = re.compile(r"(?<=\S)(?:\s{3,}|\s*\t\s*|\u3000+)(?=\S)")
_CAPITAL: Final = r"[^\W\d_a-zà-öø-ÿа-яё][\w’'-]*"
_SMALL: Final = (
    r"(?:de|du|des|d[’']|von|van|zu|di|da|del|della|la|le|y|e|and|und|et|и|гр|кн|бар|т|тов|свящ|св|о|п)\.?"
)
#: A name with its initials, titles or capitals; an office of a few words may follow it after a comma.
_NAMED: Final = re.compile(
    rf"(?:{_CAPITAL}\.?|{_SMALL})(?:[ ,]+(?:{_CAPITAL}\.?|{_SMALL})){{0,6}}(?:, (?:[\w.’'-]+ ?){{1,5}})?\.?"
)
_INITIAL: Final = re.compile(r"(?:^|[\s.-])[^\W\d_a-zа-яё]\.")
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_MARK: Final = re.compile(
    r"(?:^|\s)(?:[x+×✕]{1,3}\s+)?(?:(?:his|her|their) marks?|the mark (?:[x+×] )?of|"
    r"sa marque|handzeichen|приложил[аи]?ъ? (?:печать|руку))\b|"
    r"\s[x+×]{1,3}$",
    re.IGNORECASE,
)

Is = Callable[[str], bool]


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
        if _is_signature(name, is_signed, is_office) or (is_office(above) and _NAMED.fullmatch(line.text)):
            names += 1
        elif is_office(line.text):
            if not names and not (
                above.endswith(",") and _is_signature(above.rstrip(","), is_signed, is_office)
            ):
                break
        elif not is_date(line) or (names and not _YEAR.search(line.text)):
            break
        at -= 1
    return at if names else end


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
    name = _MARK.sub("", text).strip()
    if not name:
        return beside
    if len(name) > 60 or not _NAMED.fullmatch(name):
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


def signed(
    lines: Sequence[Line], is_date: Callable[[Line], bool], is_office: Is, rule: str
) -> Iterator[Span]:
    """Give the signatures of lines, of which several may stand side by side; an office goes with the name after it."""
    at = 0
    while at < len(lines):
        line, stop = lines[at], at + 1
        while stop < len(lines) and lines[stop].gap == 0 and lines[stop - 1].text.endswith((":", "：", ",")):
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
