"""Epigraphs: what another said, between a title and the text, with the name below it (Guidelines 4.2.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from teipress.drafting.bylines import says_author
from teipress.drafting.datelines import is_name
from teipress.drafting.lines import Line
from teipress.drafting.quotations import embraced, is_attribution, names_source
from teipress.scripts import HAN, LOWER
from teipress.span import Span

_LONGEST: Final = 400  # of the words, in characters
_MOST: Final = 9  # lines of them, and the name
_ROWS: Final = 10  # of an epigraph, with the name
_SHORT: Final = 50  # the longest name that stands apart
_WORK: Final = 30  # the longest that stands a little farther to the right
_FAR: Final = 4
_VERSE: Final = 90
_CAPITAL: Final = re.compile(r"[^\W\d_a-zа-яё]")
#: A name in capitals, perhaps with a work: “GRESSET, Vert-Vert.”
_LOUD_NAME: Final = re.compile(r"(?:[^\W\d_a-zà-öø-ÿа-яё][.’'-]?\s?){4,}(?:[,.]|(?<=\s)|$)")
_SENTENCE: Final = re.compile(rf"\s{LOWER}[^\W\d_]*[.!?]$")  # whose last word no name ends with
_NAME: Final = 80
_SAID: Final = re.compile(r"[.!?…。！？][”’\"»)」』]*$|[”»」』“\"'’]$")
#: Who said it, by office or work: “An alderman of Douai”.
_CALLED: Final = re.compile(r"[^\W\d_a-zà-ÿа-яё][^.!?;:…]{2,60}")
_HAN_NAME: Final = re.compile(rf"[{HAN}·　 ]{{2,8}}(?:[《〈].{{1,20}}[》〉])?$")


def is_epigraph(rows: Sequence[Line], *, marked: bool = False) -> bool:
    """Tell whether rows that stand together are what another said, and below it, apart, whose words they are.

    Less is asked of the name below words that are `marked`: set in, or in quotation marks.
    """
    if not 2 <= len(rows) <= _ROWS:
        return False
    said, named = rows[:-1], rows[-1]
    if named.text.endswith((",", ";", ":")) or len(named.text) > _SHORT or said[0].text.isupper():
        return False
    if named.text[0] in "—–-(_":
        apart = True
    elif named.indent >= max(row.indent for row in said) + _FAR:
        apart = not _SENTENCE.search(named.text)
    elif marked:
        further = named.indent > said[-1].indent and len(named.text) < _WORK
        apart = named.text.isupper() or further
    else:
        loud = bool(_LOUD_NAME.match(named.text)) and not named.text.isupper()
        sentences = len(said) > 1 or len(said[0].text) >= _WORK
        apart = loud or (sentences and len(named.text.split()) > 1 and is_name(named))
    return apart and (marked or _SAID.search(said[-1].text) is not None)


def epigraph_end(lines: Sequence[Line], start: int) -> int:
    """Give the end of the epigraph that begins at a line below the title; the line itself where none does."""
    if not 0 < start < len(lines) - 2:
        return start
    named = start + 1
    if embraced(lines[start].text):
        below = is_attribution(lines[named]) or lines[named].gap == 0
        return named + 1 if below and _is_framed(lines, start, named) else start
    while (
        named < len(lines) - 1
        and named - start < _MOST
        and lines[named + 1].gap == 0
        and lines[named].gap == 0
    ):
        named += 1
    told = all(len(line.text) <= _VERSE for line in lines[start:named]) and _SAID.search(
        lines[named - 1].text
    )
    if not told or (lines[named].gap and not is_attribution(lines[named])) or not _names(lines[named]):
        return start
    return named + 1 if _is_framed(lines, start, named) else start


def _is_framed(lines: Sequence[Line], start: int, named: int) -> bool:
    """Tell whether words and name stand apart from the text, and are short."""
    if sum(len(line.text) for line in lines[start:named]) > _LONGEST or len(lines[named].text) > _NAME:
        return False
    return (
        named + 1 < len(lines)
        and lines[named + 1].gap > 0
        and not lines[named].text.endswith((":", "：", ","))
    )


def _names(line: Line) -> bool:
    if says_author(line.text):
        return False
    if line.text[0] in "—–-":
        return names_source(line)
    named = is_name(line) or line.text[0] in "(（" or bool(_HAN_NAME.match(line.text))
    return named or is_attribution(line) or bool(_CALLED.fullmatch(line.text))


def epigraph(lines: Sequence[Line]) -> Iterator[Span]:
    """Give an epigraph, its name the last of the lines; lines that all begin with a capital are verse."""
    *said, named = lines
    is_verse = len(said) > 1 and all(_CAPITAL.match(line.text.lstrip("“\"'«„‘")) for line in said)
    start, end = said[0].start, said[-1].end
    yield Span(start, named.end, "epigraph", rule="epigraphs.epigraph")
    yield Span(start, named.end, "cit", rule="epigraphs.epigraph")
    yield Span(start, end, "quote", rule="epigraphs.epigraph")
    yield Span(start, end, "lg" if is_verse else "p", rule="epigraphs.said")
    for line in said if is_verse else ():
        yield Span(line.start, line.end, "l", rule="epigraphs.said")
    yield Span(named.start, named.end, "bibl", rule="epigraphs.name")
