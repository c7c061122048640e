"""Why something is encoded as it is, or not at all: rule, alias, certainty and what competed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from teipress.anchors import Anchors
from teipress.document import read
from teipress.elements import NAMES
from teipress.ledger import Decision, Entry, Ledger, Suspected, Woven
from teipress.registers import Registers
from teipress.silence import Silence
from teipress.text import Text, folded

#: So many places where words are not encoded are shown for each text.
_SHOWN: Final = 5
_CONTEXT: Final = 24
_TOLD: Final = NAMES | {"date"}
#: Chinese and Japanese, which have no spaces by which to tell a word from a part of one.
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def explain(words: str, ledgers: list[Path], registers: Registers) -> Iterator[str]:
    """Say of every encoding and decision about `words` what told so, and why they are no name elsewhere.

    `ledgers` are those of some texts, each beside its TEI file: `decisions/NAME.json` and `NAME.xml`.
    """
    found, words = False, folded(words)
    for path in ledgers:
        for line in _of_text(words, path, registers):
            found = True
            yield line
    if not found:
        yield f"no text that is encoded has “{words}”"


def _of_text(words: str, path: Path, registers: Registers) -> Iterator[str]:
    ledger = Ledger.load(path)
    for woven in (*ledger.woven, *ledger.suspected):
        if words in woven.at.quote:
            yield from _woven(path.stem, woven)
    for decision in ledger.decisions:
        if words in decision.at.quote:
            yield from _decision(path.stem, decision)
    file = path.parent.parent / f"{path.stem}.xml"
    if file.is_file():
        text = Text.of(read(file).getroot())
        yield from _by_hand(words, path.stem, text, ledger)
        yield from _untold(words, path.stem, text, registers)


def _woven(name: str, woven: Woven | Suspected) -> Iterator[str]:
    attributes = "".join(f' {key}="{value}"' for key, value in woven.attributes.items())
    reading = f", read as “{woven.reading}”" if woven.reading is not None else ""
    state = ", only suspected" if isinstance(woven, Suspected) else ""
    cert = f" ({woven.cert})" if woven.cert else ""
    yield f"{name}: …{woven.at.prefix}[{woven.at.quote}]{woven.at.suffix}…"
    yield f"  <{woven.tag}{attributes}> by {woven.rule}{cert}{reading}{state}"
    yield from (f"  or {candidate}" for candidate in woven.candidates)


def _decision(name: str, decision: Decision) -> Iterator[str]:
    by = decision.by or "a change in the file"
    why = f": {decision.why}" if decision.why else ""
    yield f"{name}: …{decision.at.prefix}[{decision.at.quote}]{decision.at.suffix}…"
    yield f"  {decision.verdict} {decision.tag} by {by}{why}" + (
        f" (was {decision.rule})" if decision.rule else ""
    )


def _by_hand(words: str, name: str, text: Text, ledger: Ledger) -> Iterator[str]:
    """Give the names and dates with these words that are neither the machine's nor of a decision."""
    found = [e for e in text.encoded if e.tag in _TOLD and words in folded(text.source[e.start : e.end])]
    entries: list[Entry] = [*ledger.woven, *ledger.decisions]
    known = Anchors(text.source).find(entry.at for entry in entries) if found else []
    for each in found:
        if (each.start, each.end) in known:
            continue
        attributes = "".join(f' {key}="{value}"' for key, value in each.attributes)
        before = folded(text.source[max(0, each.start - _CONTEXT) : each.start])
        after = folded(text.source[each.end : each.end + _CONTEXT])
        yield f"{name}: …{before} [{folded(text.source[each.start : each.end])}] {after}…"
        yield f"  <{each.tag}{attributes}> by hand"


def _untold(words: str, name: str, text: Text, registers: Registers) -> Iterator[str]:
    """Say of the places where words stand without a name's encoding why they have none."""
    named = [(e.start, e.end) for e in text.encoded if e.tag in _TOLD]
    places = [
        found.span()
        for found in re.finditer(_standing_alone(words), text.reading)
        if not _lies_in(text.to_source(*found.span()), named)
    ]
    silence = Silence(text, registers) if places else None
    for start, end in places[:_SHOWN]:
        assert silence is not None
        before, after = text.reading[max(0, start - _CONTEXT) : start], text.reading[end : end + _CONTEXT]
        yield f"{name}: …{before}[{words}]{after}…".replace("\n", " ")
        yield f"  no name: {silence.reason(start, end)}"
    if len(places) > _SHOWN:
        yield f"  and {len(places) - _SHOWN} more places without a name"


def _standing_alone(words: str) -> str:
    """Give a pattern for words that are no part of others."""
    before, after = ("" if _UNSPACED.match(end) else r"\w" for end in (words[:1], words[-1:]))
    return f"{f'(?<!{before})' * bool(before)}{re.escape(words)}{f'(?!{after})' * bool(after)}"


def _lies_in(range_: tuple[int, int], named: list[tuple[int, int]]) -> bool:
    return any(start < range_[1] and range_[0] < end for start, end in named)
