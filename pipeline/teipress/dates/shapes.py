"""Shapes: the patterns of dates in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

from teipress.dates.beginnings import Begins
from teipress.dates.following import Following


@dataclass(frozen=True, eq=False)
class Late:
    """A pattern, whatever its case, that is compiled when it is first needed: a text needs few of a grammar's."""

    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Give the pattern, one for all that are written alike."""
        return _compiled(self.source)

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """Give the pattern's `match`, which is asked for at every place."""
        return self.pattern.match

    def fullmatch(self, text: str) -> bool:
        """Tell whether the pattern matches all of a text."""
        return bool(self.pattern.fullmatch(text))


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


Named = tuple[tuple[str, Late], ...]


@dataclass(frozen=True, eq=False)
class Shape(Late):
    """A pattern of one date, and how it is read.

    `calendar` is the calendar that it is written in with its months, `asked` says that a word before must ask for
    it, `does` what it counts from the text's own day, `begins` the words that it can begin with, `heads` those
    that it must have before anything else, `needs` the word lists
    of which a word is in every match of it (`m`, `s`), `following` what stands after a figure that it begins
    with.
    """

    begins: Begins
    heads: Begins
    needs: frozenset[str] = frozenset()
    following: Following | None = None
    calendar: tuple[str, Mapping[str, int]] | None = None
    asked: bool = False
    does: Mapping[str, Any] | None = None

    @cached_property
    def has_year(self) -> bool:
        """Tell whether it has a year that may be a double one."""
        return "y" in self.pattern.groupindex


class Beginning:
    """What can begin with a word (`small`, in small letters): shapes, those of them that are asked for, qualifiers.

    Further whether a range can be opened by it, days that share a month begin with it, or numbers of centuries.
    """

    __slots__ = ("asked", "groups", "may", "numbers", "opens", "qualifiers", "shapes", "small")

    def __init__(
        self,
        small: str,
        shapes: tuple[Shape, ...],
        qualifiers: Named,
        *,
        opens: bool,
        groups: bool,
        numbers: bool,
    ) -> None:
        self.small, self.shapes, self.qualifiers = small, shapes, qualifiers
        self.asked = tuple(shape for shape in shapes if shape.asked)
        self.opens, self.groups, self.numbers = opens, groups, numbers
        self.may = bool(shapes or qualifiers or opens or groups or numbers)

    def of(self, shapes: Iterable[Shape]) -> Beginning:
        """Give the same with other shapes."""
        how = {"opens": self.opens, "groups": self.groups, "numbers": self.numbers}
        return Beginning(self.small, tuple(shapes), self.qualifiers, **how)


NOTHING: Final = Beginning("", (), (), opens=False, groups=False, numbers=False)
