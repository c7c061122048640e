"""Names of a register that a text misspells: a slip or two away from one of them, and from no other."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

from teipress.names.gazetteer import folded
from teipress.names.index import FUZZY_FROM, Index
from teipress.names.lexicon import Lexicon

#: A misspelt word may have two slips from so many letters on.
_TWO_SLIPS_FROM: Final = 10


def meant(form: str, names: Index, known: Lexicon, lower: frozenset[str]) -> str:
    """Give the form of the register that a word is a slip of; "" where it is a word, a place, or near to several."""
    word = form.lower()
    if (
        len(form) < FUZZY_FROM
        or form in names.bearers
        or word in known.stop
        or word in known.given
        or word in lower
    ):
        return ""
    if known.place(folded(form)) is not None:
        return ""
    slips = 2 if len(form) >= _TWO_SLIPS_FROM else 1
    distances = {
        other: distance
        for other in names.near(form, slips)
        if (distance := OSA.distance(form, other, score_cutoff=slips)) <= slips
        and not _is_inflected(form, other)
    }
    least = min(distances.values(), default=0)
    best = [other for other, distance in distances.items() if distance == least]
    borne = {bearer.entry.ref for other in best for bearer in names.bearers[other]}
    return min(best) if best and (len(best) == 1 or len(borne) == 1) else ""


def _is_inflected(form: str, other: str) -> bool:
    """Tell whether two forms differ in their ends alone: Germans is no slip for Germany."""
    shared = next(
        (i for i, (a, b) in enumerate(zip(form, other, strict=False)) if a != b), min(len(form), len(other))
    )
    return shared >= max(len(form), len(other)) - 1
