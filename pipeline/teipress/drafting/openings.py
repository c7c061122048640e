"""The opening of a letter: heading and source lines, addresses, dateline, salutation (Guidelines 4.2.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from teipress.drafting.addresses import (
    Parted,
    addresses,
    changes_to_capitals,
    continues_address,
    in_capitals,
    is_postal,
    parted,
    right_column,
    says_to_whom,
    says_where,
    stands_for_to,
)
from teipress.drafting.correspondents import addressed_to, has_serial, heading, names_correspondents
from teipress.drafting.datelines import is_dateline, is_name, joined, says_town
from teipress.drafting.formulas import Formulas, formula, formulas
from teipress.drafting.frames import framed
from teipress.drafting.lines import Line
from teipress.drafting.salutations import HEADING, OPENING, PROSE, TITLE, is_prose, salutation
from teipress.drafting.witnesses import says
from teipress.span import Span

_NUMBER: Final = 10  # the longest line that may be a number and no more
_NEAR: Final = 4  # lines between an address and the dateline below it
_RULES: Final = {"addrLine": "letter.address", "dateline": "letter.dateline", "note": "letter.note"}
#: Who took part in a conversation stands in its record, not in its head.
_LISTS_PRESENT: Final = re.compile(
    r"^(?:participants?|present|teilnehmer|anwesend|présents?|étaient présents|присутств\w+|участники|出席)\s*[:：]",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"(?:de|du|from|von|от)\s|d[’']", re.IGNORECASE)
_PLACE_LABEL: Final = re.compile(
    r"^(?:place|location|ort|absendeort|lieu|luogo|lugar|место|地點|地点)\s*[:：]\s*\S", re.IGNORECASE
)
_NUMBERED: Final = re.compile(r"^\W*\d{1,4}\W*$")
_ROMAN: Final = re.compile(r"^\W*[IVXLC]{1,9}\W*$")


@dataclass(frozen=True)
class Opening:
    """What stands before the text: its spans, and the lines after it, the first of which may be cut."""

    lines: list[Line]
    body: int
    spans: list[Span]


def opening(
    lines: Sequence[Line], last: int, code: str, words: Formulas, is_source: Callable[[Line], bool]
) -> Opening:
    """Read the opening of a letter from its first lines, up to `last`; `is_source` knows a source line."""
    head = parted(lines, words)
    parts = head.lines
    last += len(parts) - len(lines)
    found = salutation(parts, last, words, code, is_source)
    zone = found[0] if found else _zone(parts, last, code, words)
    above = _Head(parts[:zone], code, words, is_source, head)
    shift = len(above.lines) - zone
    parts[:zone] = above.lines
    if not found:
        return Opening(parts, above.end, _in_openers(list(above.spans(above.end))))
    first, after = found[0] + shift, found[1] + shift
    zone = first
    spans = list(above.spans(zone))
    length = words.greeting(parts[after - 1]) or len(parts[after - 1].text)
    end = parts[after - 1].start + length
    spans.append(Span(parts[first].start, end, "salute", rule="letter.salutation"))
    rest = parts[after - 1].starting(spans[-1].end - parts[after - 1].start)
    if rest.text:
        parts[after - 1] = rest
        return Opening(parts, after - 1, _in_openers(spans))
    return Opening(parts, after, _in_openers(spans))


def _zone(lines: Sequence[Line], last: int, code: str, words: Formulas) -> int:
    """Give the end of the lines that may belong to the opening of a letter without a salutation."""
    at = 0
    if len(lines) > 1 and last > 1 and _is_long_title(lines[0], lines[1], code):
        at = 1
    while at < min(last, OPENING) and _may_open(lines[at], code, words):
        at += 1
    return at


def _may_open(line: Line, code: str, words: Formulas) -> bool:
    """Tell whether a line may stand before the text: short and no sentence, or saying from whom to whom."""
    if _LISTS_PRESENT.match(line.text):
        return False
    if not line.within(PROSE):
        return len(line.text) <= HEADING and names_correspondents(line, code)
    return not is_prose(line) or bool(words.to_whom.match(line.text))


def _is_long_title(line: Line, below: Line, code: str) -> bool:
    """Tell whether a line is the title of a paper, though it is long: no sentence, and a dateline below it."""
    titled = PROSE < len(line.text) <= HEADING and line.text[-1].isalnum() | (line.text[-1] in ")]")
    return titled and is_dateline(below, code)


class _Head:
    """The lines before the salutation, each with its part."""

    def __init__(
        self,
        lines: Sequence[Line],
        code: str,
        words: Formulas,
        is_source: Callable[[Line], bool],
        head: Parted,
    ) -> None:
        self.printed = head.printed
        self.code, self.words, self.is_source = code, words, is_source
        self.right = right_column(lines, code)
        left = [line for line in lines if line.start not in self.right]
        whole = _in_one(lines, code)
        inside = {line.start for line in whole}
        self.placed = {  # the number of the address that a line belongs to, by the line's start
            line.start: number
            for number, block in enumerate(addresses(left, len(left), code, words), 1)
            if not (block[1] - block[0] == 1 and block[0] and _numbers(left[block[0] - 1], words))
            for line in left[slice(*block)]
            if line.start in inside
            if not any(other.start in head.printed for other in left[slice(*block)])
        }
        for at, line in enumerate(lines):
            if line.start in head.addressed:
                self.placed[line.start] = self.placed.get(lines[at - 1].start, -1) if at else -1
        ends = {line.start: line.end for line in lines}
        self.lines = joined(whole, code, apart=frozenset(self.placed) | self.right)
        self.joined = {line.start for line in self.lines if line.end != ends[line.start]}
        self.headings = self._headings()

    @property
    def end(self) -> int:
        """The end of the opening where no salutation says it: after the last heading, address or dateline."""
        dated = [
            at
            for at, line in enumerate(self.lines)
            if self._is_day(line) and all(other.short for other in self.lines[:at])
        ]
        labelled = [at for at, line in enumerate(self.lines) if at < 8 and _PLACE_LABEL.match(line.text)]
        placed = [at for at, line in enumerate(self.lines) if line.start in self.placed] + labelled
        firm = [at for at in dated if at < 6 or self._is_below_address(at, placed)]
        stop = max([0, self.headings, *(at + 1 for at in (*firm, *placed))])
        while 0 < stop < len(self.lines) and self._goes_on(self.lines[stop]):
            stop += 1
        return stop

    def _is_day(self, line: Line) -> bool:
        return is_dateline(line, self.code) or line.start in self.right or says_town(line)

    def _is_below_address(self, at: int, placed: Sequence[int]) -> bool:
        """Tell whether a line follows an address, or only what a printed sheet asks for stands between them."""
        before = at - 1
        while before > at - _NEAR and self.words.sheet.match(self.lines[before].text):
            before -= 1
        return before in placed

    def _goes_on(self, line: Line) -> bool:
        if is_number(line, self.words) or self._is_receipt(line) or self._says_subject(line):
            return True
        if self.placed and formula(self.code, "petitions").fullmatch(line.text.strip(" .")):
            return True
        return names_correspondents(line, self.code) and line.short

    def _says_subject(self, line: Line) -> bool:
        return line.short and bool(self.words.subject.match(line.text))

    def _is_receipt(self, line: Line) -> bool:
        return line.short and bool(self.words.received.match(line.text)) and is_dateline(line, self.code)

    def _headings(self) -> int:
        """Count the lines at the top that a compiler wrote: up to a source line, or a line from one to another."""
        found, dated = 0, False
        for at, line in enumerate(self.lines[:6]):
            if len(line.text) > HEADING:
                break
            above = self.lines[at - 1] if at else None
            below = above is None or is_number(above, self.words) or len(above.text) <= _NUMBER
            named = self._heads(line) or (below and self._names_recipient(line))
            if self.is_source(line) or (at < 3 and not dated and named):
                found = at + 1
            dated = dated or is_dateline(line, self.code)
        return found

    def _names_recipient(self, line: Line) -> bool:
        """Tell whether a line is a heading that says to whom, and no line of an address."""
        if line.start in self.placed or is_dateline(line, self.code):
            return False
        return bool(addressed_to(line.text, self.code))

    def _heads(self, line: Line) -> bool:
        """Tell whether a compiler's heading is a line: a name alone may be the address's."""
        found = heading(line.text, self.code) if len(line.text) <= TITLE else None
        return found is not None and bool(found.sender or line.start not in self.placed)

    def spans(self, stop: int) -> Iterator[Span]:
        """Give heads, datelines and addresses in their order; the first `headings` lines are all heads."""
        first = True
        for (tag, _), run in groupby(self._roles(stop), key=lambda role: role[1:]):
            lines = [line for line, _, _ in run]
            if tag == "addrLine":
                yield Span(lines[0].start, lines[-1].end, "address", rule="letter.address")
            elif tag == "dateline" and self.right.issuperset(line.start for line in lines):
                lines = [replace(lines[0], end=lines[-1].end)]
            for line in lines:
                if tag != "head":
                    yield Span(line.start, line.end, tag, rule=_RULES[tag])
                    continue
                number = is_number(line, self.words)
                kind = (("type", "number"),) if number else () if first else (("type", "sub"),)
                first = first and number
                yield Span(line.start, line.end, "head", kind, rule="letter.head")
                if self.is_source(line):
                    yield Span(line.start, line.end, "bibl", rule="letter.source")

    def _roles(self, stop: int) -> Iterator[tuple[Line, str, int]]:
        """Give each line the element that it is, and the number of its address."""
        dated = addressed = False
        for at, line in enumerate(self.lines[:stop]):
            bracketed = line.text[0] in "[(" and self.words.sheet.match(line.text[1:])  # “[Telegram—Extract]”
            if bracketed or self.words.subject.match(line.text):
                yield line, "head", 0
            elif at and says("shelfmark", line.text):
                yield line, "note", 0
            elif at >= self.headings and line.start in self.placed:
                addressed = True
                yield line, "addrLine", self.placed[line.start]
            elif (line.start in self.right and not _NUMBERED.match(line.text)) or (
                at >= self.headings and self._dates(line)
            ):
                dated = True
                yield line, "dateline", 0
            elif line.start in self.printed:
                yield line, "addrLine", -1
            elif dated and at >= self.headings and self._is_address(line, self.lines[at - 1], addressed):
                addressed = True
                yield line, "addrLine", self.placed.get(self.lines[at - 1].start, 0)
            elif at and _is_note(line):
                yield line, "note", 0
            else:
                yield line, "head", 0

    def _dates(self, line: Line) -> bool:
        """Tell whether a line is a dateline, or says the place under a label."""
        if names_correspondents(line, self.code):
            return False
        if line.start in self.joined or says_town(line):
            return True
        return is_dateline(line, self.code) or bool(_PLACE_LABEL.match(line.text))

    def _is_address(self, line: Line, above: Line, addressed: bool) -> bool:
        """Tell whether a line below the dateline is an address; else it is a title."""
        if is_number(line, self.words) or self.words.sheet.match(line.text):
            return False
        if changes_to_capitals(above, line) or (in_capitals(line.text) and not addressed):
            return False
        if says_to_whom(line, self.words, self.code) or is_postal(line, self.code, self.words):
            return True
        return is_name(line) and continues_address(line, self.code, self.words)


def _in_one(lines: Sequence[Line], code: str) -> list[Line]:
    """Join the lines of a heading that says in one from whom and in another to whom."""
    for at in range(1, min(6, len(lines))):
        for first, end in ((at - 1, at + 2), (at - 1, at + 1)):
            run = lines[first:end]
            text = "\n".join(line.text for line in run)
            if len(run) == end - first and _runs_on(run, code) and heading(text, code) is not None:
                return [*lines[:first], replace(run[0], end=run[-1].end, text=text), *lines[end:]]
    return list(lines)


def _runs_on(lines: Sequence[Line], code: str) -> bool:
    """Tell whether lines may be one heading: “Karl Holl / an / Emil Rau”, “De Mme Holl / à M. Rau”, “… / in Bern”."""
    if any(line.gap > 0 for line in lines[1:]) or len("".join(line.text for line in lines)) > HEADING:
        return False
    if len(lines) == 3:
        return stands_for_to(lines[1]) and is_name(lines[0])
    if heading(lines[0].text, code) is not None:
        return says_where(lines[1])
    to = Line.of(lines[1].text.split()[0])
    begun = has_serial(lines[0].text) or bool(_BY.match(lines[0].text))
    return begun or (stands_for_to(to) and not is_number(lines[0], formulas(code)))


def _is_note(line: Line) -> bool:
    """Tell whether a line says of what an edition prints the letter from."""
    return says("head", line.text) or (line.text.startswith("[") and line.text.endswith("]"))


def _numbers(line: Line, words: Formulas) -> bool:
    """Tell whether a line numbers the heading below it, also with a numeral alone: “CXLI.”"""
    return is_number(line, words) or bool(_NUMBERED.match(line.text) or _ROMAN.match(line.text))


def is_number(line: Line, words: Formulas) -> bool:
    """Tell whether a line is the number of a letter and no more."""
    return bool(words.number.fullmatch(line.text))


def _in_openers(spans: list[Span]) -> list[Span]:
    """Put neighbouring datelines, addresses and salutations into one `opener` each."""
    return framed(spans, {"dateline", "addrLine", "address", "salute"}, "opener")
