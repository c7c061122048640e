"""Diplomatic papers and telegrams: number, from and to, dateline with its receipt, text, enclosures.

They are letters of an office (Guidelines 4.2, 2.4.6); telegraphic style is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from teipress.drafting.correspondents import between_persons, names_correspondents
from teipress.drafting.datelines import is_dateline
from teipress.drafting.letter import salutes
from teipress.drafting.lines import Line
from teipress.drafting.sources import letters_with_sources, with_whole_heading
from teipress.edition import Sidecar
from teipress.languages import language
from teipress.source import Source
from teipress.span import Span

_RECEIVED: Final = re.compile(
    r"[(\[](?:received|rec[’']d|reçue?|eingegangen|eingetr|получен[оа]?|прин[яи]т[оа]|收到)\b.{0,120}[)\]]",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_TELEGRAM: Final = re.compile(
    r"^\W*(?:(?:№|no\.?|nr\.?|n°)?\s?\d+[.)]?\s+)?(?:telegram|cable(?:gram)?|télégramme|telegramm|телеграмма|電報|电报|電|"
    r"aufzeichnung|airgram|секретная телеграмма|депеша|нота|записка по прямому|télégramme chiffré|aide-m[ée]moire|"
    r"note verbale|memorandum|despatch|dispatch)\b|^\S{3,40}(?:電報?|电报?|照會|照会|訓令|训令|咨文|代電|代电)$",
    re.IGNORECASE,
)


def evidence(lines: Sequence[Line], code: str) -> str:
    """Say what marks a text as a paper; "" where nothing does."""
    lines = with_whole_heading(lines, code)
    for at, line in enumerate(lines[:4]):
        if not line.short and not names_correspondents(line, code):
            break
        if _RECEIVED.search(line.text):
            return f"it says when it was received: “{line.text[:60]}”"
        below = lines[-3:] if at == 0 or _TELEGRAM.match(line.text) else ()
        dated = any(is_dateline(other, code) for other in (*lines[at + 1 : at + 3], *below))
        titled = any(_TELEGRAM.match(other.text) and other.short for other in lines[at + 1 : at + 3])
        if (
            (dated or (at == 0 and titled))
            and names_correspondents(line, code)
            and not _is_familiar(lines, code)
        ):
            return f"its heading says from whom to whom: “{line.text[:60]}”"
        if dated and _TELEGRAM.match(line.text):
            return f"it is headed “{line.text[:40]}”"
    return ""


def _is_familiar(lines: Sequence[Line], code: str) -> bool:
    """Tell whether the lines are a private letter under a compiler's heading.

    It greets someone by name, or greets at all where the heading names persons and no offices.
    """
    known = language(code)
    words = set(known.letter.get("address", "").split()) if known else set()
    for line in lines[1:8]:
        if line.short and salutes(line, code):
            named = any(word.casefold() not in words for word in _WORD.findall(line.text[:60]))
            return named or any(between_persons(other.text, code) for other in lines[:3])
    return False


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of a paper and of what is enclosed with it."""
    yield from letters_with_sources(source, sidecar, "paper")
