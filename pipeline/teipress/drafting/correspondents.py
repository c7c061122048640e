"""The heading that a compiler gave a letter: from whom to whom, where to (Guidelines 2.4.6).

Its number and its day stand around these and are no part of them: “87. Ferdinand an Luise in Dresden, 2. Mai 1841”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from teipress.drafting.datelines import dates_in, is_dated, is_town
from teipress.drafting.formulas import formula, formulas

_SERIAL: Final = re.compile(
    r"^(?:(?:no|nr|n°|n|№)\.?\s?)?[\[(]?(?:\d{1,4}[a-z]?|(?-i:(?![CDLM]\b)[IVXLCDM]+))(?:[\])]?[.:]|[\])]|\s[–—-])\s+",
    re.IGNORECASE,
)
_NAMED: Final = 70  # the longest heading that is a name
_BEFORE_DAY: Final = re.compile(
    r"[\s,;.:(\[–—-]+(?:(?:on|dated|den|am|vom|le|du|от|el|il|a|of)\s*)?$", re.IGNORECASE
)
_WHERE_TO: Final = re.compile(
    r"(?:\s(?:in|at|à|en|в|a|zu)\s|,\s)(?P<place>(?-i:[A-ZÀ-ÞА-ЯЁІѢѲ])[^,\d()]{1,40})$"
)


@dataclass(frozen=True)
class Heading:
    """Whom a heading names as sender and as recipient, and where to the letter went; "" for what it does not say."""

    sender: str
    recipient: str
    place: str = ""


@lru_cache(maxsize=1 << 12)
def heading(text: str, code: str) -> Heading | None:
    """Read a heading that says from whom to whom; None for a line that is none."""
    pattern = formula(code, "from_to")
    named = _SERIAL.sub("", text.replace("\n", " "))
    if not pattern.search(named):
        return _to_name(named, code)
    said = _without_day(named, code)
    match = pattern.search(said)
    if not match or (said == text and is_dated(text, code)):
        return None
    recipient, place = match["recipient"].strip(), ""
    where = _WHERE_TO.search(recipient)
    office = formulas(code).office.search(
        recipient
    )  # a consul at Tangier is one wherever his letters reach him
    if where and not office and is_town(where["place"], code):
        recipient, place = recipient[: where.start()].rstrip(" ,"), where["place"].strip(" .")
    return Heading(match["sender"].strip(), recipient, place)


def _to_name(text: str, code: str) -> Heading | None:
    """Read a heading that is the name of the addressee in the dative, as Russian editors put it."""
    match = formula(code, "to_name").match(text) if len(text) <= _NAMED else None
    return Heading("", match["recipient"]) if match else None


def _without_day(text: str, code: str) -> str:
    """Give a heading without the day that it ends with."""
    dated = dates_in(text, code) if re.search(r"\d", text) else []
    if not dated or re.search(r"\w", text[dated[-1].end :]):
        return text
    before = text[: dated[0].start]
    return _BEFORE_DAY.sub("", before) if _BEFORE_DAY.search(before) else text
