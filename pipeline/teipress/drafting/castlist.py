"""The list of a play's persons: its extent, its items, each with role and description (Guidelines 7.1.4)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from teipress.drafting.acts import is_stage, part_of, patterns, says
from teipress.drafting.lines import Line
from teipress.drafting.speakers import is_person
from teipress.scripts import HAN, LOWER
from teipress.span import Span

_ROLE: Final = re.compile(
    rf"[{HAN}]\u3000[{HAN}](?=$|\u3000|[，（：—])|"  # whose two signs are set as wide as three
    r"[^,;(—–:，：（]{1,60}?(?=\s*(?:[,;(—–:，：（]|\.{2,}|\.?$|\s{2,}|\t|\u3000)|(?<=[A-ZÀ-ÞĄ-ŻА-Я]{4})\.\s)"
)
_APART: Final = re.compile("[^\u3000、]+")  # one of the persons in a line
_WIDE_APART: Final = re.compile("[^\u3000、]+(?:\u3000[^\u3000、]+)*")  # where one space stands within a name
_NUMBER: Final = re.compile(r"\d{1,2}[.)]\s+")
_NAME: Final = 8  # characters of a name in Chinese
_HEADED: Final = re.compile(rf"[{HAN}]{{1,4}}[：:](?=\s*\S)")
_WORD: Final = re.compile(r"[^\s,;(—–:，：（.]")
_SENTENCES: Final = re.compile(rf"{LOWER}{{4,}}[.!?] [^\W\d_a-zа-я].*[.!?]$")  # more than one: no item
_LOUD: Final = re.compile(r"[^\W\d_a-zà-öø-ÿа-яё]{3,}")
_NAMES: Final = re.compile(r"[^\W\d_]{3,}")
_SAYS: Final = re.compile(r"([^\W\d_]{3,})(?:\s?\([^)]{2,60}\))?(?:[.:]|\.?\s?[—–])\s+(?=\S.{8})")
_LONGEST: Final = 200  # of an item
_MOST: Final = 3  # rows under the heading of a scene that say where it is and who is there
_WRAPPED: Final = 55  # from which length on a line without a stop goes on in the next
_PRESENT: Final = 120  # of a list under a scene's heading


def cast_list(lines: Sequence[Line], heads: Collection[int]) -> tuple[int, int]:
    """Give the range of the cast list with its heading, (0, 0) where there is none.

    `heads` are the lines with the words of an act's or a scene's heading.
    """
    for at, line in enumerate(lines[: max(12, len(lines) // 3)]):
        if at in heads and at + 1 < len(lines) and not says("cast", lines[at + 1]) and not line.gap >= 2:
            break  # a list within an act is no cast list of the play
        if says("cast", line) and ((stop := _end(lines, at)) > at + 1 or headed(line)[1]):
            return at, stop
    return (0, 0)


def _end(lines: Sequence[Line], at: int) -> int:
    stop = at + 1
    names: set[str] = set()
    while stop < len(lines) and len(lines[stop].text) <= _LONGEST:
        line = lines[stop]
        wide = line.gap >= 2 and stop > at + 1 and not says("cast", line)
        told = line.gap and stop > at + 2 and _SENTENCES.search(line.text)
        if wide or told or is_stage(line) or part_of(line) or _is_wrapped(lines, stop):
            break
        if _speaks(line.text, names):
            while stop > at + 2 and not lines[stop].gap:
                stop -= 1
            break
        names |= {word for word in _NAMES.findall(line.text) if word[0].isupper()}
        stop += 1
    return stop


def persons(lines: Sequence[Line]) -> list[Line]:
    """Give the lines of a list that name persons: all but its heading, unless the first stands beside that."""
    return [*headed(lines[0])[1], *lines[1:]] if lines else []


def present(rows: Sequence[Line], heads: Collection[int]) -> Iterator[tuple[range, list[str]]]:
    """Give the rows that stand together under the headings of scenes, and the persons that one of them lists.

    “Oreste, Pylade.”, perhaps with a place.
    """
    for at in heads:
        stop = at + 1
        while (
            stop < len(rows)
            and stop - at <= _MOST
            and stop not in heads
            and (stop == at + 1 or not rows[stop].gap)
        ):
            stop += 1
        for row in rows[at + 1 : stop]:
            names = [name.strip(" .") for name in patterns()["between"].split(row.text[:_PRESENT])]
            if sum(map(is_person, names)) > 1 and len(row.text) <= _PRESENT:
                yield range(at + 1, stop), names
                break


def _is_wrapped(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a paragraph of prose begins below persons of whom each has a line."""
    line, following = lines[at], lines[at + 1 : at + 2]
    long = line.gap > 0 and len(line.text) > _WRAPPED and line.text[-1] not in ".,;"
    return long and not lines[at - 1].gap and bool(following) and following[0].gap <= 0


def _speaks(text: str, names: Collection[str]) -> bool:
    """Tell whether a line is what a person says that is listed already: “VIUDA. ¡Ah!”"""
    match = _SAYS.match(text)
    return match is not None and match[1] in names


def headed(line: Line) -> tuple[Line, list[Line]]:
    """Part the heading of a list from persons that stand in its line: “人物：老張——車夫”, “人：掌櫃　賣報童”."""
    colon = _HEADED.match(line.text)
    if not colon:
        return line, []
    head = replace(line, end=line.start + colon.end(), text=colon[0])
    rest = line.starting(colon.end())
    names = list((_WIDE_APART if "\u3000\u3000" in rest.text else _APART).finditer(rest.text))
    if len(names) < 3 or max(len(name[0]) for name in names) > _NAME:
        return head, [rest]
    return head, [
        replace(rest, start=rest.start + name.start(), end=rest.start + name.end(), text=name[0])
        for name in names
    ]


def _groups(lines: Sequence[Line]) -> dict[int, int]:
    """Give where groups of persons begin and end that have headings: lines alone where others stand together."""
    alone = [
        at
        for at in range(1, len(lines) - 1)
        if lines[at].gap and lines[at + 1].gap and len(lines[at].text) <= 40 and "," not in lines[at].text
    ]
    loud = [at for at in range(1, len(lines)) if _LOUD.match(lines[at].text)]
    if len(loud) > 1 and all(lines[at].gap and lines[at].text.isupper() for at in loud):
        alone = loud  # “MEN.”, above names in small letters
    if len(alone) < 2 or 3 * len(alone) > len(lines):
        return {}
    ends = [*(lines[at - 1].end for at in alone[1:]), lines[-1].end]
    return {lines[at].start: end for at, end in zip(alone, ends, strict=True)}


def items(lines: Sequence[Line]) -> Iterator[Span]:
    """Give the list from its lines, the first of which is its heading."""
    yield Span(lines[0].start, lines[-1].end, "castList", rule="drama.cast")
    head, first = headed(lines[0])
    yield Span(head.start, head.end, "head", rule="drama.cast")
    groups = _groups(lines)
    for line in (*first, *lines[1:]):
        if end := groups.get(line.start):
            yield Span(line.start, end, "castGroup", rule="drama.cast")
            yield Span(line.start, line.end, "head", rule="drama.cast")
            continue
        yield Span(line.start, line.end, "castItem", rule="drama.cast")
        if says("cast", line):
            continue
        number = _NUMBER.match(line.text)
        role = _ROLE.match(line.text, number.end() if number else 0)
        if role and role[0]:
            yield Span(line.start + role.start(), line.start + role.end(), "role", rule="drama.cast")
            rest = _WORD.search(line.text, role.end())
            if rest:
                yield Span(line.start + rest.start(), line.end, "roleDesc", rule="drama.cast")
