"""Dates that contradict each other: reported, never mended."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from lxml import etree

from teipress.checks.doubtful import doubts
from teipress.checks.subject import Subject
from teipress.dates import problems
from teipress.dates.grammar import grammar
from teipress.document import ID, LANG, NS, content, local, tei
from teipress.finding import Finding
from teipress.text import reading

_DAY: Final = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_ATTRIBUTES: Final = (("when", "when"), ("from", "to"), ("notBefore", "notAfter"))
_FAR: Final = 10**6

Day = tuple[int, int, int]


#: What is wrong with a date's own words: code, and what to do.
_PROBLEMS: Final = {
    "day": ("DAT011", "keep the words; encode what is meant by hand, with sic and corr or a note"),
    "pair": ("DAT012", "look both halves up; say in a note which of them is wrong"),
    "weekday": ("DAT013", "look the day up; say in a note whether the weekday or the date is wrong"),
    "gloss": ("DAT014", "reckon the year of the era; say in a note which of the two is wrong"),
}
#: What a text needs to have a full date: a figure, or a Chinese word for day, month or year.
_MAYBE: Final = (
    (re.compile(rb">[^<0-9]*+[0-9]"), (b"",)),
    (
        re.compile(rb"(?:\xe5\xb9\xb4|\xe6\x9c\x88|\xe6\x97\xa5)(?=[^<>]*<)"),
        (b"\xe5\xb9\xb4", b"\xe6\x9c\x88", b"\xe6\x97\xa5"),
    ),
)
_FIGURE: Final = re.compile(r"[\d年月日]+")
_BROKEN: Final = re.compile(r"-\s+")
_AROUND: Final = 60  # characters
_TEXT: Final = tei("text")
_LEAVES: Final = frozenset(
    {"p", "ab", "head", "dateline", "salute", "signed", "l", "item", "cell", "note", "bibl"}
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield what contradicts itself in a date's words (DAT011 to DAT014), and letters older than their source."""
    yield from _older_sources(subject)
    for block in _dated_blocks(subject):
        code = next((tag for step in (block, *block.iterancestors()) if (tag := step.get(LANG))), "")
        known = grammar(code)
        if known is None or not doubts(known).in_words(
            _BROKEN.sub("", "".join(map(str, block.itertext("{*}*"))))
        ):
            continue
        for words in _surroundings(reading(block)):
            for problem in problems(words, code) if doubts(known).in_words(words) else ():
                number, remedy = _PROBLEMS[problem.kind]
                message = f'"{words[problem.start : problem.end]}": {problem.message}'
                yield subject.finding(block, number, "warning", message, remedy)


def _dated_blocks(subject: Subject) -> Iterator[etree._Element]:
    """Give the blocks of the text that may have a date: to read dates takes long, and most text has none."""
    seen: set[etree._Element] = set()
    data = subject.survey.data
    begin = max(0, data.find(b"<text"))
    matches = chain.from_iterable(
        pattern.finditer(data, begin) for pattern, needed in _MAYBE if any(one in data for one in needed)
    )
    for match in matches:
        element = block = subject.survey.before(match.end() - 1)
        while block is not None and local(block) not in _LEAVES:
            block = block.getparent()
        if element is None or block is None or block in seen:
            continue
        if element.tag != _TEXT and next(element.iterancestors(_TEXT), None) is None:
            continue
        seen.add(block)
        if not any(local(inner) in _LEAVES for inner in block.iterdescendants("{*}*")):
            yield block


def _surroundings(text: str) -> Iterator[str]:
    """Give the parts of a text that have figures, each with the words around."""
    begin = end = 0
    for match in _FIGURE.finditer(text):
        if match.start() > end + _AROUND and end:
            yield text[begin:end]
        if match.start() > end or not end:
            begin = max(text.rfind(" ", 0, max(0, match.start() - _AROUND)) + 1, end)
        after = text.find(" ", match.end() + _AROUND)
        end = after if after >= 0 else len(text)
    if end:
        yield text[begin:end]


def _older_sources(subject: Subject) -> Iterator[Finding]:
    """Yield DAT010 where a letter's heading gives a source that is older than the letter.

    The source is a `date` in a `bibl` in a `head`; the letter's date is that of the `correspAction` of the
    type sent (Guidelines 2.4.6) to which the text's or division's @decls leads, or of the only one there is.
    """
    descriptions = list(subject.iter("correspDesc"))
    if not descriptions:
        return
    for printed in subject.root.iterfind(".//tei:text//tei:head//tei:bibl//tei:date", NS):
        sent = _sent(printed, descriptions)
        source, letter = bounds(printed), bounds(sent) if sent is not None else None
        if sent is not None and source and letter and source[1] < letter[0]:
            yield subject.finding(
                printed,
                "DAT010",
                "warning",
                f"the source ({_shown(printed)}) is older than the letter ({_shown(sent)})",
                "look both dates up; keep the words of the text, and say in a note which of them is wrong",
            )


def _sent(inside: etree._Element, descriptions: list[etree._Element]) -> etree._Element | None:
    """Find the date on which the letter around an element was sent."""
    declared = next(
        (step.get("decls", "").split() for step in inside.iterancestors() if step.get("decls")), None
    )
    if declared is not None:
        descriptions = [each for each in descriptions if f"#{each.get(ID)}" in declared]
    if len(descriptions) != 1:
        return None
    return descriptions[0].find("tei:correspAction[@type='sent']/tei:date", NS)


def bounds(date: etree._Element) -> tuple[Day, Day] | None:
    """Give the first and the last day that an element's attributes allow; None where they say nothing."""
    for first, last in _ATTRIBUTES:
        one, other = _DAY.match(date.get(first, "")), _DAY.match(date.get(last, ""))
        if one or other:
            return (_first(one) if one else (-_FAR, 1, 1)), (_last(other) if other else (_FAR, 12, 31))
    return None


def _first(match: re.Match[str]) -> Day:
    return int(match[1]), int(match[2] or 1), int(match[3] or 1)


def _last(match: re.Match[str]) -> Day:
    return int(match[1]), int(match[2] or 12), int(match[3] or 31)


def _shown(date: etree._Element) -> str:
    """Give a date in its own words, or else in English."""
    words = content(date)
    match = _DAY.match(date.get("when", ""))
    if words or local(date) != "date" or not match:
        ranges = (" to ".join(filter(None, map(date.get, pair))) for pair in _ATTRIBUTES[1:])
        return words or date.get("when") or next(filter(None, ranges), "")
    month = calendar.month_name[int(match[2])] if match[2] and 1 <= int(match[2]) <= 12 else ""
    return " ".join(filter(None, [match[3] and str(int(match[3])), month, match[1]]))
