"""Derivatives: what a pattern becomes when an element, an attribute or text has been read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree

from teipress.relaxng.datatypes import blank, words
from teipress.relaxng.patterns import Pattern, Patterns, tags

#: Values remembered for a pattern; more are forgotten all at once, so that memory stays flat.
_REMEMBERED: Final = 2_000
#: Followers remembered in all; more are worked out each time.
_MOST: Final = 1_000_000

Prefixes = Mapping[str | None, str]
Openings = dict[Pattern, Pattern]


class Derivatives:
    """Works derivatives out, each once."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns
        self.remembered = 0

    def room(self) -> bool:
        """Count one more thing to remember, and tell whether there is room for it."""
        self.remembered += 1
        return self.remembered < _MOST

    def opened(self, pattern: Pattern, tag: str) -> Openings:
        """Give, for each element pattern that an element called `tag` may match here, what may follow it."""
        found = pattern.opens.get(tag)
        if found is None:
            found = self._open(pattern, lambda each: self.opened(each, tag), tag)
            if self.room():
                pattern.opens[tag] = found
        return found

    def attribute(self, pattern: Pattern, name: str) -> Openings:
        """Give, for each attribute pattern that an attribute of this name may match, what is left to match."""
        found = pattern.attributes.get(name)
        if found is None:
            found = self._open(pattern, lambda each: self.attribute(each, name), name, "attribute")
            if self.room():
                pattern.attributes[name] = found
        return found

    def skipped(self, pattern: Pattern, tag: str) -> Openings:
        """Derive by an element as if what must come before it were there."""
        if pattern.kind == "group" and tag not in tags(pattern.parts[0]):
            return self.skipped(pattern.parts[1], tag)
        return self._open(pattern, lambda part: self.skipped(part, tag), tag)

    def _open(
        self, pattern: Pattern, go: Callable[[Pattern], Openings], tag: str, kind: str = "element"
    ) -> Openings:
        """Derive by an element or an attribute; `go` does the same for a part of the pattern."""
        found: list[tuple[Pattern, Pattern]] = []
        pair, patterns = self.patterns.pair, self.patterns
        if pattern.kind == kind and pattern.names:
            name = etree.QName(tag)
            if pattern.names.hold(name.namespace or "", name.localname):
                found = [(pattern, patterns.empty)]
        elif pattern.kind == "choice":
            found = [each for part in pattern.parts for each in go(part).items()]
        elif pattern.kind == "oneOrMore":
            again = patterns.choice((patterns.empty, pattern))
            found = [(key, pair("group", rest, again)) for key, rest in go(pattern.parts[0]).items()]
        elif pattern.kind in ("group", "interleave"):
            one, other = pattern.parts
            found = [(key, pair(pattern.kind, rest, other)) for key, rest in go(one).items()]
            # Attributes have no order, nor have the parts of an interleave (section 6.2.7).
            if pattern.kind == "interleave" or kind == "attribute":
                found += [(key, pair(pattern.kind, one, rest)) for key, rest in go(other).items()]
            elif one.nullable:
                found += go(other).items()
        merged: Openings = {}
        for key, rest in found:
            merged[key] = patterns.choice((merged[key], rest)) if key in merged else rest
        return merged

    def closed(self, pattern: Pattern) -> Pattern:
        """Give what is left when no attribute comes any more: nothing, where one is missing."""
        if pattern.closed is None:
            pattern.closed = self._without(pattern, self.closed, self.patterns.not_allowed)
        return pattern.closed

    def without_attributes(self, pattern: Pattern) -> Pattern:
        """Give what is left when missing attributes do not matter."""
        return self._without(pattern, self.without_attributes, self.patterns.empty)

    def _without(self, pattern: Pattern, go: Callable[[Pattern], Pattern], instead: Pattern) -> Pattern:
        if pattern.kind == "attribute":
            return instead
        if pattern.kind == "choice":
            return self.patterns.choice([go(part) for part in pattern.parts])
        if pattern.kind == "oneOrMore":
            return self.patterns.many(go(pattern.parts[0]))
        if pattern.kind in ("group", "interleave"):
            one, other = pattern.parts
            return self.patterns.pair(pattern.kind, go(one), go(other))
        return pattern

    def text(self, pattern: Pattern) -> Pattern:
        """Give what may follow text; data and values are no text here (section 7.2)."""
        if pattern.texted is None:
            pattern.texted = self._after(pattern, lambda leaf: leaf.kind == "text", self.text)
        return pattern.texted

    def _after(
        self, pattern: Pattern, fits: Callable[[Pattern], bool], go: Callable[[Pattern], Pattern]
    ) -> Pattern:
        patterns = self.patterns
        if pattern.kind == "choice":
            return patterns.choice([go(part) for part in pattern.parts])
        if pattern.kind == "oneOrMore":
            again = patterns.choice((patterns.empty, pattern))
            after = go(pattern.parts[0])
            # Text before what may begin with text is the same run of text, so that the state stays what it is.
            if after is patterns.text and pattern.nullable:
                return again
            return patterns.pair("group", after, again)
        if pattern.kind in ("group", "interleave"):
            one, other = pattern.parts
            first = patterns.pair(pattern.kind, go(one), other)
            if pattern.kind == "interleave":
                return patterns.choice((first, patterns.pair("interleave", one, go(other))))
            return patterns.choice((first, go(other))) if one.nullable else first
        if fits(pattern):
            return pattern if pattern.kind == "text" else patterns.empty
        return patterns.not_allowed

    def matches(self, pattern: Pattern, value: str, prefixes: Prefixes) -> bool:
        """Tell whether the value of an attribute, or of an element without elements inside, fits the pattern."""
        known = pattern.matched.get(value)
        if known is not None:
            return known
        empty = blank(value) and pattern.nullable
        known = empty or self._after_value(pattern, value, prefixes).nullable
        if not _depends_on_prefixes(pattern):
            if len(pattern.matched) >= _REMEMBERED:
                pattern.matched.clear()
            pattern.matched[value] = known
        return known

    def _after_value(self, pattern: Pattern, value: str, prefixes: Prefixes) -> Pattern:
        return self._after(
            pattern,
            lambda leaf: self._is(leaf, value, prefixes),
            lambda part: self._after_value(part, value, prefixes),
        )

    def _is(self, leaf: Pattern, value: str, prefixes: Prefixes) -> bool:
        if leaf.kind == "list":
            rest = leaf.parts[0]
            for word in words(value):
                rest = self._after_value(rest, word, prefixes)
            return rest.nullable
        if leaf.test is not None and leaf.test(value, prefixes):
            return not (leaf.parts and self.matches(leaf.parts[0], value, prefixes))
        return leaf.kind == "text"


def _depends_on_prefixes(pattern: Pattern) -> bool:
    if pattern.test is not None and pattern.test.names:
        return True
    return any(map(_depends_on_prefixes, pattern.parts))
