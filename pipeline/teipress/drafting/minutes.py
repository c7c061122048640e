"""Minutes, records of talks, interviews: heading, who was there, items, and speeches (Guidelines 4.2, 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from teipress.drafting.attendance import fields, fields_end, roll, roll_end
from teipress.drafting.blocks import blocks
from teipress.drafting.datelines import is_dateline
from teipress.drafting.enumerators import HAN_NUMERALS, STEMS
from teipress.drafting.headings import could_head, matches
from teipress.drafting.lines import Layout, Line, layout, paragraphs
from teipress.drafting.particulars import (
    HEADING,
    is_done,
    is_field,
    is_office,
    is_other,
    is_particular,
    is_present,
    is_signed,
    is_title,
    patterns,
)
from teipress.drafting.recorded import SURE, TOP, spoken_lines
from teipress.drafting.signatures import signatures_start, signed
from teipress.drafting.speeches import Passage, is_direction, speech
from teipress.drafting.stanzas import stanzas_end
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span

_LISTING: Final = re.compile(r"^(?P<label>[^.:：]{2,60}[:：]\s*)(?=1[.)]\s+\S)")
_COLUMNS: Final = re.compile(r"^\S.{0,40}?(?:\s{3,}|\t)\S.{0,40}$")
_NUMBERED: Final = re.compile(
    rf"^(.{{0,12}}?)(?:\d{{1,2}}|[IVX]{{1,5}}|[{HAN_NUMERALS}]{{1,3}}|[{STEMS}])(.?).*", re.DOTALL
)
#: An item whose title runs on into what was said or done about it.
_RUN_IN: Final = re.compile(
    r"\W*(?P<number>\d{1,3})\W+[^\W\d_][^.:]{2,60}[.:](?: ?[—–-])? (?=[^\W\d_a-zа-яё]).{30,}[.!?]$", re.DOTALL
)
_COUNT: Final = re.compile(r"(\d{1,3})[.)]\s")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_DATED: Final = 30  # the longest line of a title that says when
_CALLED: Final = 6  # words of a title that may have a stop
_SHORT: Final = 90  # the longest of them
_TOPICS: Final = 3  # lines that say what is below them, though nothing counts them
_TOPIC: Final = 50  # the longest of them
_PRESENT: Final = 12  # lines in which those present stand
_OPENS: Final = 300  # characters of a sentence that says where and when a meeting was held
_ABOVE: Final = 40  # lines in which the first resolution stands
_STOPPED: Final = (".", "!", "?", ":", ";", "。", "！", "？", "：")


def evidence(lines: Sequence[Line]) -> str:
    """Say what marks a text as minutes: its title, and who was there or speaks; "" where nothing does."""
    top = [
        line for line in lines[:4] if is_title(line.text) or patterns()["sessions"].match(line.text[:_OPENS])
    ]
    if not top:
        chaired = next((line for line in lines[:_PRESENT] if patterns()["chaired"].match(line.text)), None)
        return f"it says who presided: “{chaired.text[:40]}”" if chaired else ""
    titled = top[0]
    if any(is_present(line.text) for line in lines[:_PRESENT]):
        return f"it says what it is and who was there: “{titled.text[:40]}”"
    if any(patterns()["resolved"].search(line.text[:200]) for line in lines[1:_ABOVE]):
        return f"it says what it is and what was resolved: “{titled.text[:40]}”"
    spoken = spoken_lines(lines)
    if len(spoken) > 1:
        return f"it says what it is, and has {len(spoken)} speeches: “{titled.text[:40]}”"
    counted = len(_run_in(lines))
    return f"it says what it is, and counts {counted} items: “{titled.text[:40]}”" if counted else ""


def titled(lines: Sequence[Line]) -> str:
    """Say that a text calls itself minutes, or a record; "" where it does not."""
    top = [line for line in lines[:3] if len(lines) > 3 and not matches("spoken", line.text)]
    found = next((line for line in top if is_title(line.text)), None)
    return f"it says what it is: “{found.text[:40]}”" if found else ""


def dialogue(lines: Sequence[Line]) -> str:
    """Say what marks a text without a title as a dialogue; "" where nothing does."""
    spoken = spoken_lines(lines)
    if len(spoken) >= 4 and len(spoken) * 2 >= len(lines) - 4:
        return f"{len(spoken)} of its lines begin with the name of a speaker"
    told = sum(is_done(line.text) for line in lines)
    if len(spoken) >= SURE and told >= SURE:
        return f"it has {len(spoken)} speeches, and says {told} times what was done"
    return ""


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of minutes: heads, the list of those present, items with their speeches, signatures.

    A book of minutes has a `div` for each meeting.
    """
    lines = _parted(paragraphs(source))
    if not lines:
        return
    yield Span(lines[0].start, lines[-1].end, "div", (("type", "minutes"),), rule="minutes.minutes")
    meetings = [at for at in range(1, len(lines) - 1) if _opens_meeting(lines, at)]
    if len(meetings) < 2:
        yield from _Meeting(source, lines).spans()
        return
    yield from _Meeting(source, lines[: meetings[0]]).spans()
    for start, end in zip(meetings, [*meetings[1:], len(lines)], strict=True):
        yield Span(
            lines[start].start, lines[end - 1].end, "div", (("type", "meeting"),), rule="minutes.meeting"
        )
        yield from _Meeting(source, lines[start:end]).spans()


def _opens_meeting(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is the heading of the next meeting."""
    text = lines[at].text
    return lines[at].gap > 0 and len(text) <= HEADING and bool(patterns()["sessions"].match(text))


def _parted(lines: Sequence[Line]) -> list[Line]:
    """Give the lines with a label apart from the first item of the list that it stands before: `RESOLVED: 1. …`."""
    found: list[Line] = []
    for at, line in enumerate(lines):
        match = _LISTING.match(line.text) if at + 1 < len(lines) and lines[at + 1].gap == 0 else None
        if match and lines[at + 1].text.startswith(("2.", "2)")):
            label = match["label"].rstrip()
            found += [
                replace(line, end=line.start + len(label), text=label),
                line.starting(match.end()),
            ]
        else:
            found.append(line)
    return found


class _Meeting:
    """The minutes of one meeting, or a dialogue."""

    def __init__(self, source: Source, lines: Sequence[Line]) -> None:
        self.source, self.lines = source, lines
        self.spoken = spoken_lines(lines)
        self.verbatim = False
        self.opened = self._opening()
        #: Word for word: most of it are speeches, and a paragraph without a name goes on with the last.
        self.verbatim = 2 * len(self.spoken) >= len(lines) - self.opened - sum(
            is_direction(line.text) or is_done(line.text) for line in lines
        )

    def spans(self) -> Iterator[Span]:
        """Give the heads, the items with what was said, and the signatures."""
        lines = self.lines
        for at, line in enumerate(lines[: self.opened]):
            yield Span(line.start, line.end, "head", (("type", "sub"),) if at else (), rule="minutes.head")
        closing = self._closing()
        free = [at for at in range(self.opened, closing) if at not in self.spoken]
        run_in = _run_in(lines)
        items = [at for at in free if at in run_in or self._heads_item(at)] or self._topics(free)
        parts = [at for at in items if lines[at].text[0] in STEMS]
        items = parts or items  # where cyclical signs head the parts, numbers stand within them
        bounds = [*items, closing]
        yield from self._content(self.opened, bounds[0])
        for start, end in zip(items, bounds[1:], strict=True):
            yield Span(
                lines[start].start, lines[end - 1].end, "div", (("type", "item"),), rule="minutes.item"
            )
            if start in run_in:
                yield from self._content(start, end)
                continue
            yield Span(lines[start].start, lines[start].end, "head", rule="minutes.item")
            yield from self._content(start + 1, end)
        if closing < len(lines):
            yield Span(lines[closing].start, lines[-1].end, "closer", rule="minutes.closer")
            yield from signed(lines[closing:], self._is_date, is_office, "minutes.closer")

    def _is_date(self, line: Line) -> bool:
        return is_dateline(line, self.source.language)

    def _opening(self) -> int:
        """Count the lines of the heading."""
        at = 0
        while at < min(TOP, len(self.lines)) and at not in self.spoken:
            text = self.lines[at].text
            if at and len(text) <= _DATED and _YEAR.search(text) and ":" not in text:
                at += 1
                continue
            presides = text.isupper() and patterns()["chaired"].match(text)
            if (len(text) > HEADING and (at or not is_title(text))) or (
                (is_present(text) or is_field(text)) and not presides
            ):
                break
            few = self.lines[at].within(_SHORT) and len(text.split()) <= _CALLED
            titled = is_title(text) and (few or bool(_YEAR.search(text)))
            if at and not titled and (self._heads_item(at) or self._is_sentence(at)):
                break
            at += 1
        return at

    def _is_sentence(self, at: int) -> bool:
        return self.lines[at].text.endswith((*_STOPPED, ",")) and not self._is_date(self.lines[at])

    def _heads_item(self, at: int) -> bool:
        """Tell whether a line heads an item: by its number, or in capitals above a speech in a debate."""
        text = self.lines[at].text
        if self._is_date(self.lines[at]):
            return False
        loud = self.verbatim and text.isupper() and at + 1 in self.spoken and not is_direction(text)
        return (loud and len(text) <= HEADING and self.lines[at].gap > 0) or _is_item(self.lines, at)

    def _topics(self, free: Sequence[int]) -> list[int]:
        """Give the lines that say what paragraphs below them are about: short, and apart; several, or none.

        Nothing is discussed above the first; below what was discussed such a line would say how it was decided.
        """
        found = [at for at in free if at + 1 < len(self.lines) and self._is_topic(at)]
        if loud := [at for at in found if self.lines[at].text.isupper()]:
            return loud
        above = [self.lines[at].text for at in free if found and at < found[0]]
        begins = all(is_particular(text) or is_done(text) for text in above)
        return found if len(found) >= _TOPICS and begins else []

    def _is_topic(self, at: int) -> bool:
        line, below = self.lines[at], self.lines[at + 1]
        text = line.text.removesuffix(".")
        if not (line.gap and below.gap and could_head(replace(line, text=text))):
            return False
        if len(text.split()) < 2 and not text.isupper():
            return False
        nothing = is_done(text) or is_particular(text) or is_direction(text) or self._is_date(line)
        return (
            not nothing and len(text) <= _TOPIC and len(below.text) > len(text) and below.text[-1] in _STOPPED
        )

    def _closing(self) -> int:
        """Give the line from which on there are only signatures."""
        lines, first = self.lines, self.opened + 1
        if len(lines) > first + 1 and _COLUMNS.match(lines[-1].text) and is_signed(lines[-2].text):
            return len(lines) - 2  # names below the offices
        last = max(self.spoken, default=0)
        done = last + 1
        while done < len(lines) and is_done(lines[done].text):
            done += 1
        start = signatures_start(lines, max(first, done), self._is_date, is_signed, is_office)
        return start if start < len(lines) and not (self.verbatim and start == last + 1) else len(lines)

    def _content(self, start: int, end: int) -> Iterator[Span]:
        at = start
        plain: list[Line] = []
        while at < end:
            stop, spans = self._part(at, end)
            if stop == at:
                plain.append(self.lines[at])
                at += 1
                continue
            yield from blocks(self.source, plain)
            plain = []
            yield from spans
            at = stop
        yield from blocks(self.source, plain)

    def _part(self, at: int, end: int) -> tuple[int, Iterator[Span]]:
        """Give a speech, a direction or a list of those present, and where it ends; `at` where none begins."""
        lines = self.lines
        if at in self.spoken:
            stop = at + 1
            while (
                stop < end
                and stop not in self.spoken
                and self._goes_on(stop, self.spoken[at].alone and stop == at + 1)
            ):
                stop += 1
            rest = lines[at].starting(self.spoken[at].end)
            said = [*([rest] if rest.text else []), *lines[at + 1 : stop]]
            return stop, speech(self.spoken[at], lines[at], _passages(said, layout(self.source)))
        if is_direction(lines[at].text) or (self.verbatim and self.spoken and is_done(lines[at].text)):
            return at + 1, iter([Span(lines[at].start, lines[at].end, "stage", rule="minutes.stage")])
        if (stop := fields_end(lines, at, end, is_particular)) > at:
            return stop, fields(lines[at:stop])
        listed = roll_end(lines, at, end, is_present, is_other)
        return listed, roll(lines[at:listed])

    def _goes_on(self, at: int, needed: bool) -> bool:
        """Tell whether a line goes on with the speech before it: no wider gap, and nothing that nobody says."""
        line = self.lines[at]
        if needed:
            return True
        nobody = is_direction(line.text) or is_field(line.text) or is_done(line.text)
        verse = line.gap == 1 and self.lines[at - 1].text.endswith((":", "："))
        return not nobody and line.gap <= int(self.verbatim or verse)


def _passages(said: Sequence[Line], shape: Layout) -> list[Passage]:
    """Part what somebody says into prose and the verse that they quote."""
    found: list[Passage] = []
    at = 0
    while at < len(said):
        stop = stanzas_end(said, at, shape)
        if stop > at:
            found.append(Passage(True, shape.rows_of(said[at:stop])))
        elif found and not found[-1].verse:
            found[-1] = Passage(False, [*found[-1].lines, said[at]])
        else:
            found.append(Passage(False, [said[at]]))
        at = max(stop, at + 1)
    return found


def _is_item(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line heads an item: a short one with a number, and more than the next item below it."""
    line = lines[at]
    if not patterns()["items"].match(line.text) or at + 1 >= len(lines):
        return False
    if _is_listed(line.text, lines[at + 1].text) or line.text.endswith((*",;?", *"；，？")):
        return False
    if (at and _counts_on(lines[at - 1].text, line.text)) or _counts_on(line.text, lines[at + 1].text):
        return False  # they are paragraphs, or one list
    return not _ends_agenda(lines, at)


def _run_in(lines: Sequence[Line]) -> frozenset[int]:
    """Give the items whose titles run on into their text, one after another, where more than that belongs to some."""
    found: list[int] = []
    for at, line in enumerate(lines):
        match = _RUN_IN.match(line.text)
        if match and int(match["number"]) == len(found) + 1:
            found.append(at)
    paragraphs = all(below == at + 1 for at, below in pairwise(found))
    return frozenset() if paragraphs else frozenset(found)


def _counts_on(above: str, text: str) -> bool:
    """Tell whether the line above has the number before this one's."""
    first, second = _COUNT.match(above), _COUNT.match(text)
    return first is not None and second is not None and int(first[1]) + 1 == int(second[1])


def _is_listed(text: str, below: str) -> bool:
    """Tell whether two items are of one list; below one with a cyclical sign (甲、) numbers are its parts."""
    return bool(patterns()["items"].match(below)) and text[0] not in STEMS


def _ends_agenda(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is the last of an agenda: of items below one another, under a line with a colon."""
    first = at
    while first and _item_kind(lines[first - 1].text) == _item_kind(lines[at].text):
        first -= 1
    return 0 < first < at and lines[first - 1].text.endswith((":", "："))


def _item_kind(text: str) -> str:
    """Tell how an item is numbered: “1.”, “1)”, “Zu 1)” are three ways."""
    return _NUMBERED.sub(r"\1#\2", text) if patterns()["items"].match(text) else ""
