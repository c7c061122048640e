"""Minutes, records of talks, interviews: heading, who was there, items, and speeches (Guidelines 4.2, 8)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from teipress.drafting.attendance import roll, roll_end, speaking
from teipress.drafting.blocks import blocks
from teipress.drafting.datelines import is_dateline
from teipress.drafting.lines import Line, paragraphs
from teipress.drafting.speeches import Label, Passage, is_direction, speakers, speech
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span

_HEADING: Final = 160
_LISTING: Final = re.compile(r"^(?P<label>[^.:：]{2,60}[:：]\s*)(?=1[.)]\s+\S)")
_COLUMNS: Final = re.compile(r"^\S.{0,40}?(?:\s{3,}|\t)\S.{0,40}$")
_GAP: Final = re.compile(r"(?<=\S)(?:\s{3,}|\s*\t\s*)(?=\S)")
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-zа-я]\.?){1,3}")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("minutes.toml").read_text(encoding="utf-8"))
    return {key: re.compile("|".join(bodies), re.IGNORECASE) for key, bodies in data.items()}


def evidence(lines: Sequence[Line]) -> str:
    """Say what marks a text as minutes: its title, and who was there or speaks; "" where nothing does."""
    top = [line for line in lines[:4] if len(line.text) <= _HEADING]
    titled = next((line for line in top if _patterns()["titles"].search(line.text)), None)
    if not titled:
        return ""
    if any(_patterns()["present"].match(line.text) for line in lines[:12]):
        return f"it says what it is and who was there: “{titled.text[:40]}”"
    spoken = _spoken(lines)
    return (
        f"it says what it is, and has {len(spoken)} speeches: “{titled.text[:40]}”"
        if len(spoken) >= 2
        else ""
    )


def dialogue(lines: Sequence[Line]) -> str:
    """Say what marks a text without a title as a dialogue; "" where nothing does."""
    spoken = _spoken(lines)
    if len(spoken) >= 4 and len(spoken) * 2 >= len(lines) - 4:
        return f"{len(spoken)} of its lines begin with the name of a speaker"
    return ""


def _spoken(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the lines that open a speech; who was there, when and where are no speakers."""
    found = {
        at: label
        for at, label in speakers(lines).items()
        if not _is_present(lines[at].text) and not _is_field(lines[at].text)
    }
    named = speaking(lines, _is_present, _is_other)
    return dict(sorted({**named, **found}.items()))


def _is_present(text: str) -> bool:
    return bool(_patterns()["present"].match(text))


def _is_field(text: str) -> bool:
    return bool(_patterns()["fields"].match(text))


def _is_other(text: str) -> bool:
    """Tell whether a line is a field, a title, an item or a signature: no name of somebody who was there."""
    return any(_patterns()[kind].match(text) for kind in ("fields", "items", "signed"))


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of minutes: heads and dateline, the list of those present, items with their speeches."""
    lines = _parted(paragraphs(source))
    if not lines:
        return
    yield Span(lines[0].start, lines[-1].end, "div", (("type", "minutes"),), rule="minutes.minutes")
    spoken = _spoken(lines)
    opened = _opening(lines, set(spoken), source.language)
    for at, line in enumerate(lines[:opened]):
        if at and is_dateline(line, source.language) and not _patterns()["titles"].search(line.text):
            yield Span(line.start, line.end, "dateline", rule="minutes.dateline")
        else:
            yield Span(line.start, line.end, "head", (("type", "sub"),) if at else (), rule="minutes.head")
    closing = _closing(lines, opened)
    items = [at for at in range(opened, closing) if at not in spoken and _is_item(lines, at)]
    bounds = [*items, closing]
    yield from _content(source, lines, spoken, opened, bounds[0])
    for start, end in zip(items, bounds[1:], strict=True):
        yield Span(lines[start].start, lines[end - 1].end, "div", (("type", "item"),), rule="minutes.item")
        yield Span(lines[start].start, lines[start].end, "head", rule="minutes.item")
        yield from _content(source, lines, spoken, start + 1, end)
    if closing < len(lines):
        yield Span(lines[closing].start, lines[-1].end, "closer", rule="minutes.closer")
        for line in lines[closing:]:
            yield from _signed(line)


def _signed(line: Line) -> Iterator[Span]:
    """Give the signatures of a line, of which columns may stand side by side."""
    at = 0
    for gap in (*_GAP.finditer(line.text), None):
        end = gap.start() if gap else line.end - line.start
        yield Span(line.start + at, line.start + end, "signed", rule="minutes.signed")
        at = gap.end() if gap else end


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


def _closing(lines: Sequence[Line], opened: int) -> int:
    """Give the line from which on there are only signatures."""
    closing = len(lines)
    lowest = max(opened + 1, len(lines) - 4)
    if closing - 1 > lowest and _COLUMNS.match(lines[-1].text) and _COLUMNS.match(lines[-2].text):
        closing -= int(bool(_patterns()["signed"].match(lines[-2].text)))  # names below the offices
    while closing > lowest and _patterns()["signed"].match(lines[closing - 1].text):
        closing -= 1
    return closing


def _opening(lines: Sequence[Line], spoken: set[int], code: str) -> int:
    """Count the lines of the heading."""
    at = 0
    while at < min(5, len(lines)) and at not in spoken and len(lines[at].text) <= _HEADING:
        if _patterns()["present"].match(lines[at].text) or (at and _is_item(lines, at)):
            break
        if at and lines[at].text.endswith((".", ":", ";")) and not is_dateline(lines[at], code):
            break
        at += 1
    return at


def _is_item(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line heads an item: a short one with a number, and more than the next item below it."""
    line = lines[at]
    if not _patterns()["items"].match(line.text) or at + 1 >= len(lines):
        return False
    if _patterns()["items"].match(lines[at + 1].text) or line.text.endswith((",", ";")):
        return False
    return not _ends_agenda(lines, at)


def _ends_agenda(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is the last of an agenda: of items below one another, under a line with a colon."""
    first = at
    while first and _patterns()["items"].match(lines[first - 1].text):
        first -= 1
    return 0 < first < at and lines[first - 1].text.endswith((":", "："))


def _content(source: Source, lines: Sequence[Line], spoken: dict, start: int, end: int) -> Iterator[Span]:  # type: ignore[type-arg]
    at = start
    plain: list[Line] = []
    asked = bool(spoken) and all(_INITIALS.fullmatch(label.name) for label in spoken.values())
    while at < end:
        stop = at + 1
        if at in spoken:
            yield from blocks(source, plain)
            plain = []
            while (
                stop < end
                and stop not in spoken
                and _goes_on(lines, stop, spoken[at].alone and stop == at + 1, asked)
            ):
                stop += 1
            rest = lines[at].starting(spoken[at].end)
            said = [*([rest] if rest.text else []), *lines[at + 1 : stop]]
            yield from speech(spoken[at], lines[at], [Passage(False, said)])
        elif is_direction(lines[at].text):
            yield from blocks(source, plain)
            plain = []
            yield Span(lines[at].start, lines[at].end, "stage", rule="minutes.stage")
        elif (listed := roll_end(lines[:end], at, _is_present, _is_other)) > at:
            yield from blocks(source, plain)
            plain = []
            yield from roll(lines[at:listed])
            stop = listed
        else:
            plain.append(lines[at])
        at = stop
    yield from blocks(source, plain)


def _goes_on(lines: Sequence[Line], at: int, needed: bool, asked: bool) -> bool:
    """Tell whether a line goes on with the speech before it: no wider gap, and no bracket around it.

    Where it is question and answer (`asked`), under initials, an answer may have several paragraphs.
    """
    return needed or (lines[at].gap <= int(asked) and not is_direction(lines[at].text))
