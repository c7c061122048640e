"""`Span`: one proposal to encode a range of text as an element."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace


@dataclass(slots=True, unsafe_hash=True)
class Span:
    """The range `[start, end)` of a text, in code points, is one element.

    `attributes` are pairs of a name ("ref", "xml:id") and a value. `rule` names what proposed the span and
    `cert` (high, medium, low) how surely; `candidates` are the readings that lost. With a `reading`, the range
    becomes one half of a `choice`: `tag` is `sic`, `orig` or `abbr`, and the reading stands in `corr`, `reg`
    or `expan`, which bears the attributes because they speak of the edition's claim. `alternative` are the
    attributes of a second reading, where it cannot be known which of two is right.

    Nothing changes one; `frozen` would double the time in which the many of a draft are made.
    """

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    rule: str = ""
    cert: str = ""
    reading: str | None = None
    candidates: tuple[str, ...] = ()
    alternative: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        """Give the value of one attribute, or None."""
        return dict(self.attributes).get(name) if self.attributes else None

    def having(self, attributes: Mapping[str, str]) -> Span:
        """Give the same span with these attributes besides its own."""
        return replace(self, attributes=tuple({**dict(self.attributes), **attributes}.items()))

    def at(self, start: int, end: int) -> Span:
        """Give the same proposal for another range."""
        return replace(self, start=start, end=end)

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether the span shares a character with `[start, end)`."""
        return self.start < end and start < self.end


def in_order(spans: Iterable[Span]) -> list[Span]:
    """Give spans in the order in which their elements begin; of two equal ones the one that was given first."""
    return sorted(
        spans, key=lambda span: (span.start << 40) - span.end
    )  # one number is compared faster than two
