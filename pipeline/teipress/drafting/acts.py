"""What a row of a play is by its words: the heading of an act, a scene or the cast list, a setting, a direction."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from teipress.drafting.blocks import is_ornament
from teipress.drafting.lines import Line
from teipress.drafting.speakers import LETTERS_APART
from teipress.drafting.speeches import is_direction

_LONGEST: Final = 240
_CLOSE: Final = 40  # characters of a heading with no blank line above it
_TITLE: Final = 4  # rows in which a title says what it is
_HEADING: Final = 60  # of a part that no word of the theatre heads
_PARTS: Final = {
    "acts": "act",
    "scenes": "scene",
    "prologues": "prologue",
    "epilogues": "epilogue",
    "interludes": "interlude",
}
_NUMBER: Final = re.compile(r"(?:\d{1,2}|[IVX]{1,5})\.?")
_OPEN: Final = (",", ";", "!", "?", "–", "—", "-", ")", ":")


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Give the words of the theatre, by what they say: "cast", "settings", "directions", "kinds" …"""
    data = tomllib.loads(Path(__file__).with_name("drama.toml").read_text(encoding="utf-8"))
    number = data.pop("numbers")
    data["parts"] = [body for key in _PARTS for body in data[key]]
    return {
        key: re.compile("|".join(bodies).replace("{n}", number), re.IGNORECASE)
        for key, bodies in data.items()
    }


def says(kind: str, line: Line) -> bool:
    """Tell whether a line begins with words of one kind, perhaps in square brackets: “【劇中人物】”."""
    text = line.text
    if len(text) > _LONGEST:
        return False
    if text[0] in "[【" and text[-1] in "]】":
        text = text[1:-1]
    if text[1:2] == " ":
        text = LETTERS_APART.sub("", text)
    return bool(patterns()[kind].match(text))


def part_of(line: Line) -> str:
    """Name the part of a play that a line heads: "act", "scene", "prologue" …; "" for none."""
    if not says("parts", line) or (len(line.text) > 20 and line.text.endswith((":", ",", ";", "："))):
        return ""
    return next(kind for key, kind in _PARTS.items() if says(key, line))


def part_heads(rows: Sequence[Line]) -> dict[int, str]:
    """Give the rows that may head a part of a play, by their words, each with its kind."""
    found: dict[int, str] = {}
    for at, row in enumerate(rows):
        if row.gap <= 0 and len(row.text) > _CLOSE and at and at - 1 not in found:
            continue  # as most rows are
        kind = part_of(row)
        if kind and not (kind == "interlude" and 0 < at < _TITLE and patterns()["kinds"].search(row.text)):
            found[at] = kind  # no title’s “Entremés”
    return found


def heads_part(line: Line) -> bool:
    """Tell whether a line heads a part of a play, or its list of persons."""
    return bool(part_of(line)) or says("cast", line)


def is_stage(line: Line) -> bool:
    """Tell whether a line is a stage direction: in brackets or italics, or by its first words."""
    return is_direction(line.text) or says("directions", line) or says("settings", line)


def parts(rows: Sequence[Line], heads: dict[int, str]) -> dict[int, str]:
    """Give the rows that head a part of the play, each with its kind; "part" is another heading than a play's.

    `heads` are the rows with the words of such a heading.
    """
    found = {at: kind for at, kind in heads.items() if at == 0 or rows[at].gap > 0 or at - 1 in heads}
    numbers = [
        at
        for at, row in enumerate(rows[:-1])
        if at and row.gap and rows[at + 1].gap and _NUMBER.fullmatch(row.text)
    ]
    if len(numbers) >= 2 and not {"act", "scene"} <= set(found.values()):
        found = {at: "act" if kind == "scene" else kind for at, kind in found.items()}  # tableaux
        found |= dict.fromkeys(numbers, "scene")
    later = [rows[at].gap >= 2 for at in found if at]
    if found and sum(later) >= 0.8 * len(later):
        for at, row in enumerate(rows[:-1]):
            if at and at not in found and row.gap >= 2 and rows[at + 1].gap >= 1 and _is_heading(row):
                found[at] = "part"
    found = dict(sorted(found.items()))
    if "act" in found.values() and "scene" not in found.values():
        first = next(at for at, kind in found.items() if kind == "act")
        found = {at: "scene" if kind == "part" and at > first else kind for at, kind in found.items()}
    return found


def _is_heading(row: Line) -> bool:
    return (
        len(row.text) <= _HEADING
        and row.text[0].isupper()
        and not row.text.endswith(_OPEN)
        and not (is_ornament(row) or is_stage(row) or says("cast", row))
    )
