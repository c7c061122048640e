"""Annotators propose encodings: pure functions from a `Text` and the registers to `Span`s.

An annotator never sees the tree. To add one, write a module here with
`annotate(text: Text, registers: Registers) -> Iterator[Span]` and name it in `ANNOTATORS`; spans are given in
offsets of `text.reading`. Third parties offer theirs as entry points of the group `teipress.annotators`.
`edition.toml` pins which run (`[encode] annotators`).

They run in the rounds below. What a round weaves may change what the next one reads: a bracket that is
understood is no longer in the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import entry_points
from typing import Final

from teipress.annotators import dates, errors, marks, names
from teipress.finding import Refusal
from teipress.registers import Registers
from teipress.span import Span
from teipress.text import Text

Annotator = Callable[[Text, Registers], Iterator[Span]]

ANNOTATORS: Final[dict[str, Annotator]] = {
    "marks": marks.annotate,
    "names": names.annotate,
    "dates": dates.annotate,
    "errors": errors.annotate,
}

#: What these propose is only suspected: it is woven when a person or a rule (`accept`) lets it through.
SUSPECTING: Final = frozenset({"errors"})

#: What is woven together, in this order; an annotator that is named nowhere belongs to the second round.
ROUNDS: Final = (frozenset({"marks"}), frozenset({"names", "dates"}))

GROUP: Final = "teipress.annotators"


def annotator(name: str, conventions: Sequence[str] = ()) -> Annotator:
    """Give the annotator of this name, reading marks by these conventions; raise `Refusal` where there is none."""
    if name == "marks" and conventions:
        return marks.by(conventions)
    if name in ANNOTATORS:
        return ANNOTATORS[name]
    for point in entry_points(group=GROUP, name=name):
        loaded: Annotator = point.load()
        return loaded
    raise Refusal(f'no annotator is named "{name}"', f"known: {', '.join(ANNOTATORS)}, translations")
