"""Diplomatic papers and telegrams: number, from and to, dateline with its receipt, text, enclosures.

They are letters of an office (Guidelines 4.2, 2.4.6); telegraphic style is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from teipress.drafting.letter import is_dateline, letters, names_correspondents
from teipress.drafting.lines import Line, paragraphs
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span

_RECEIVED: Final = re.compile(
    r"[(\[](?:received|rec[’']d|reçue?|eingegangen|eingetr|получен[оа]?|прин[яи]т[оа]|收到)\b.{0,120}[)\]]", re.IGNORECASE
)
_TELEGRAM: Final = re.compile(
    r"^\W*(?:telegram|cable(?:gram)?|télégramme|telegramm|телеграмма|電報|电报|電|aide-m[ée]moire|note verbale|memorandum|despatch|dispatch)\b",
    re.IGNORECASE,
)


def evidence(lines: Sequence[Line], code: str) -> str:
    """Say what marks a text as a paper; "" where nothing does."""
    for at, line in enumerate(lines[:4]):
        if not line.short:
            break
        if _RECEIVED.search(line.text):
            return f"it says when it was received: “{line.text[:60]}”"
        dated = any(is_dateline(other, code) for other in lines[at + 1 : at + 3])
        if dated and names_correspondents(line, code):
            return f"its heading says from whom to whom: “{line.text[:60]}”"
        if dated and _TELEGRAM.match(line.text):
            return f"it is headed “{line.text[:40]}”"
    return ""


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of a paper and of what is enclosed with it."""
    yield from letters(paragraphs(source), source, sidecar, "paper")
