"""Suspected slips as `sic` with what may be meant (Guidelines 3.5.1): never woven but by somebody's word.

A suspicion waits in the ledger until a person accepts or rejects it, or until a rule in the sidecar or edition.toml
(`accept`) lets its kind through.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from teipress.registers import Registers
from teipress.slips import KINDS, Passage
from teipress.slips.passage import WORD, Vocabulary, counted, vocabulary, without_overlaps
from teipress.span import Span
from teipress.text import Text

#: Which half of the history errs nobody knows from the wording alone; most suspicions are of the copy.
_ATTRIBUTES: Final = (("type", "transcription"),)
_RANK: Final = {"high": 0, "medium": 1, "low": 2}


def annotate(text: Text, registers: Registers) -> Iterator[Span]:
    """Propose a correction for each suspected slip; of two that overlap the surer, or the earlier kind."""
    counts = counted(text.reading)
    names = _names(registers)
    known: dict[str, Vocabulary] = {}
    for block in text.blocks:
        code = block.language
        if code.startswith(("zh", "ja", "ko", "und")) or not code:
            continue
        if code not in known:
            known[code] = vocabulary(code, counts, names)
        passage = Passage(text.reading[block.start : block.end], known[code])
        suspected = (slip for kind in KINDS for slip in kind(passage))
        for slip in sorted(without_overlaps(sorted(suspected, key=lambda slip: _RANK[slip.cert]))):
            yield Span(
                block.start + slip.start,
                block.start + slip.end,
                "sic",
                _ATTRIBUTES,
                rule=slip.rule,
                cert=slip.cert,
                reading=slip.reading,
            )


@cache
def _names(registers: Registers) -> frozenset[str]:
    """Give the words of all names in the registers."""
    return frozenset(
        word[0].casefold()
        for entry in registers.entries
        for name in entry.names
        for word in WORD.finditer(name.form)
    )
