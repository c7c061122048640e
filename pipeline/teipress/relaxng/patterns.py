"""Patterns of the simple syntax (ISO/IEC 19757-2, section 5), each kept once, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from teipress.finding import Refusal
from teipress.relaxng.names import Names

if TYPE_CHECKING:
    from teipress.relaxng.datatypes import Test

_XML: Final = "http://www.w3.org/XML/1998/namespace"
#: More patterns than this follow from no grammar that people write.
_MOST: Final = 1_000_000


class Pattern:
    """One pattern; equal patterns of a grammar are one object, which remembers what follows from it."""

    __slots__ = (
        "attributes", "closed", "kind", "matched", "names", "nullable",
        "opens", "parts", "serial", "tags", "test", "texted", "word",
    )  # fmt: skip

    def __init__(
        self, kind: str, parts: tuple[Pattern, ...], names: Names | None, word: str, serial: int
    ) -> None:
        self.kind = kind
        self.parts = parts
        self.names = names
        self.word = word
        self.serial = serial
        self.test: Test | None = None  # of data and value: whether a text is one
        self.nullable = self._nullable()
        self.opens: dict[str, dict[Pattern, Pattern]] = {}
        self.attributes: dict[str, dict[Pattern, Pattern]] = {}
        self.matched: dict[str, bool] = {}
        self.closed: Pattern | None = None
        self.texted: Pattern | None = None
        self.tags: frozenset[str] | None = None

    def _nullable(self) -> bool:
        if self.kind in ("empty", "text"):
            return True
        if self.kind == "choice":
            return any(part.nullable for part in self.parts)
        return self.kind in ("group", "interleave", "oneOrMore") and all(part.nullable for part in self.parts)


class Patterns:
    """Makes patterns, simplified as they are made (sections 4.20 and 4.21)."""

    def __init__(self) -> None:
        self._pool: dict[tuple[object, ...], Pattern] = {}
        self.not_allowed = self.make("notAllowed")
        self.empty = self.make("empty")
        self.text = self.make("text")

    def __len__(self) -> int:
        return len(self._pool)

    def make(self, kind: str, *parts: Pattern, names: Names | None = None, word: str = "") -> Pattern:
        """Give the pattern of this kind and these parts; `word` tells apart what parts do not."""
        key = (kind, parts, names, word)
        pattern = self._pool.get(key)
        if pattern is None:
            if len(self._pool) > _MOST:
                raise Refusal("the grammar has too many ways to read this document", "simplify the grammar")
            pattern = self._pool[key] = Pattern(kind, parts, names, word, len(self._pool))
        return pattern

    def choice(self, parts: Iterable[Pattern]) -> Pattern:
        """Give the choice of patterns."""
        found: set[Pattern] = set()
        for part in parts:
            found.update(part.parts if part.kind == "choice" else (part,))
        found.discard(self.not_allowed)
        if self.empty in found and sum(part.nullable for part in found) > 1:
            found.discard(self.empty)
        if len(found) < 2:
            return found.pop() if found else self.not_allowed
        return self.make("choice", *sorted(found, key=lambda part: part.serial))

    def pair(self, kind: str, one: Pattern, other: Pattern) -> Pattern:
        """Give a group or interleave of two."""
        if one is self.not_allowed or other is self.not_allowed:
            return self.not_allowed
        if one is self.empty:
            return other
        if other is self.empty:
            return one
        return self.make(kind, one, other)

    def row(self, kind: str, parts: Sequence[Pattern]) -> Pattern:
        """Give a group or interleave of many, as a tree so balanced that long rows do not become deep."""
        if len(parts) < 2:
            return parts[0] if parts else self.empty
        half = len(parts) // 2
        return self.pair(kind, self.row(kind, parts[:half]), self.row(kind, parts[half:]))

    def many(self, part: Pattern) -> Pattern:
        """Give one or more of a pattern."""
        return part if part.kind in ("notAllowed", "empty", "oneOrMore") else self.make("oneOrMore", part)


def firsts(pattern: Pattern) -> tuple[str, ...]:
    """List the elements that may come next, in alphabetical order."""
    return tuple(sorted(_first(pattern), key=str.casefold))


def _first(pattern: Pattern) -> set[str]:
    if pattern.kind == "element" and pattern.names:
        return {name for _, name in pattern.names.each()}
    if pattern.kind == "group":
        one, other = pattern.parts
        return _first(one) | (_first(other) if one.nullable else set())
    if pattern.kind in ("choice", "interleave", "oneOrMore"):
        return {name for part in pattern.parts for name in _first(part)}
    return set()


def attribute_names(pattern: Pattern) -> set[str]:
    """Give the names of the attributes that there may be."""
    if pattern.kind == "attribute" and pattern.names:
        return {f"xml:{name}" if space == _XML else name for space, name in pattern.names.each()}
    return {name for part in pattern.parts for name in attribute_names(part)}


def required(pattern: Pattern) -> tuple[str, ...]:
    """List the attributes that are missing; where one of several is, all of these."""
    return tuple(sorted(needed(pattern, "attribute") or attribute_names(pattern)))


def needed(pattern: Pattern, kind: str) -> set[str]:
    """Give the elements or attributes, by `kind`, that nothing can stand in for."""
    if pattern.kind == kind:
        return attribute_names(pattern) if kind == "attribute" else _first(pattern)
    if pattern.kind == "choice":
        return set.intersection(*(needed(part, kind) for part in pattern.parts))
    if pattern.kind in ("group", "interleave", "oneOrMore"):
        return {name for part in pattern.parts for name in needed(part, kind)}
    return set()


def values(pattern: Pattern) -> tuple[str, ...]:
    """List the values that a pattern allows: those it spells out in quotes, and the names of its datatypes."""
    if pattern.kind in ("value", "data") and pattern.test:
        return (f'"{pattern.test.value}"' if pattern.kind == "value" else pattern.test.kind,)
    if pattern.kind in ("element", "attribute"):
        return ()
    return tuple(dict.fromkeys(word for part in pattern.parts for word in values(part)))


def tags(pattern: Pattern) -> frozenset[str]:
    """Give the tags of all elements that may stand somewhere in this content."""
    if pattern.tags is None:
        if pattern.kind == "element" and pattern.names:
            each = pattern.names.each()
            pattern.tags = frozenset(f"{{{space}}}{name}" if space else name for space, name in each)
        elif pattern.kind == "attribute":
            pattern.tags = frozenset()
        else:
            pattern.tags = frozenset().union(*map(tags, pattern.parts))
    return pattern.tags
