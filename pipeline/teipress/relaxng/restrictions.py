"""What a grammar may not say although its syntax allows it (ISO/IEC 19757-2, sections 4.18, 4.19 and 7)."""

from __future__ import annotations

from typing import Final, NamedTuple

from lxml import etree

from teipress.document import local
from teipress.finding import Refusal
from teipress.relaxng.names import Names
from teipress.relaxng.patterns import Pattern
from teipress.relaxng.reading import Reading

#: Section 7.1: what may not stand below what, and how that is said.
_PROHIBITED: Final[dict[str, frozenset[str]]] = {
    "start": frozenset(
        {"attribute", "data", "value", "list", "text", "group", "interleave", "oneOrMore", "empty"}
    ),
    "attribute": frozenset({"element", "attribute"}),
    "list": frozenset({"element", "attribute", "text", "list", "interleave"}),
    "except": frozenset(
        {"element", "attribute", "text", "list", "interleave", "group", "oneOrMore", "empty"}
    ),
    "repeated": frozenset({"attribute"}),
}
_WORDS: Final = {
    "start": "as the start of a grammar",
    "attribute": "inside attribute",
    "list": "inside list",
    "except": "inside the except of data",
    "repeated": "inside a group or interleave that is repeated",
}

#: Section 7.2: the kinds of content, from the one that goes with all to the one that stands alone.
_EMPTY, _COMPLEX, _SIMPLE = 0, 1, 2


class _Listed(NamedTuple):
    """The names of attributes or elements in a pattern: those that can be listed, and other name classes."""

    plain: frozenset[Names] = frozenset()
    open: frozenset[Names] = frozenset()

    def clash(self, other: _Listed) -> bool:
        if not self.plain.isdisjoint(other.plain):
            return True
        return any(each.overlaps(one) for each in self.open for one in (*other.plain, *other.open)) or any(
            each.overlaps(one) for each in other.open for one in self.plain
        )


def check(reading: Reading) -> None:
    """Raise `Refusal`, with the place, where a grammar breaks a restriction."""
    for part, scope in reading.everything():
        if local(part) != "element":
            reading.bound(part, scope)
    restrictions = _Restrictions(reading)
    restrictions.pattern(reading.start, frozenset({"start"}), reading.root)
    while restrictions.waiting:
        restrictions.element(restrictions.waiting.pop())


class _Restrictions:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.waiting: list[Pattern] = []
        self._seen: set[Pattern] = set()
        self._done: set[tuple[Pattern, frozenset[str]]] = set()
        self._kinds: dict[Pattern, int] = {}
        self._listed: dict[tuple[Pattern, str], _Listed] = {}
        self._texts: dict[Pattern, bool] = {}

    def refuse(self, part: etree._Element, why: str) -> Refusal:
        return self.reading.files.refuse(part, why)

    def element(self, element: Pattern) -> None:
        """Check the content of an element."""
        part, content = self.reading.source(element), self.reading.content(element)
        self.pattern(content, frozenset(), part)
        self.kind(content, part)

    def pattern(self, pattern: Pattern, inside: frozenset[str], part: etree._Element) -> None:
        """Check a pattern below those that `inside` lists; `part` is the definition that it belongs to."""
        if (pattern, inside) in self._done:
            return
        self._done.add((pattern, inside))
        for around in sorted(inside & _PROHIBITED.keys()):
            if pattern.kind in _PROHIBITED[around]:
                raise self.refuse(part, f"has {pattern.kind} {_WORDS[around]} (section 7.1)")
        if pattern.kind == "element":
            if pattern not in self._seen:
                self._seen.add(pattern)
                self.waiting.append(pattern)
            return
        if pattern.kind in ("group", "interleave"):
            self._pair(pattern, part)
        if pattern.kind == "attribute" and "many" not in inside and pattern.names and pattern.names.endless():
            raise self.refuse(part, "has an attribute of any name that is not repeated (section 7.3)")
        for each in pattern.parts:
            self.pattern(each, self._below(pattern, inside), part)

    @staticmethod
    def _below(pattern: Pattern, inside: frozenset[str]) -> frozenset[str]:
        match pattern.kind:
            case "attribute" | "list" as kind:
                return inside | {kind}
            case "data":
                return inside | {"except"}
            case "oneOrMore":
                return inside | {"many"}
            case "group" | "interleave" if "many" in inside:
                return inside | {"repeated"}
        return inside

    def _pair(self, pattern: Pattern, part: etree._Element) -> None:
        one, other = pattern.parts
        if self.listed(one, "attribute").clash(self.listed(other, "attribute")):
            raise self.refuse(part, "has the same attribute twice (section 7.3)")
        if pattern.kind == "interleave":
            if self.listed(one, "element").clash(self.listed(other, "element")):
                raise self.refuse(part, "interleaves two elements of the same name (section 7.4)")
            if self.has_text(one) and self.has_text(other):
                raise self.refuse(part, "interleaves text with text (section 7.4)")

    def listed(self, pattern: Pattern, kind: str) -> _Listed:
        """Give the names of the attributes or elements in a pattern."""
        key = (pattern, kind)
        if key not in self._listed:
            if pattern.kind == kind and pattern.names:
                plain = frozenset(Names("name", *each) for each in pattern.names.each())
                found = _Listed(plain, frozenset({pattern.names}) if pattern.names.endless() else frozenset())
            elif pattern.kind in ("element", "attribute"):
                found = _Listed()
            else:
                inside = [self.listed(each, kind) for each in pattern.parts]
                found = _Listed(
                    frozenset().union(*(each.plain for each in inside)),
                    frozenset().union(*(each.open for each in inside)),
                )
            self._listed[key] = found
        return self._listed[key]

    def has_text(self, pattern: Pattern) -> bool:
        """Tell whether a pattern has text, not counting that of attributes."""
        if pattern not in self._texts:
            here = pattern.kind == "text"
            deeper = pattern.kind not in ("attribute", "element", "list", "data")
            self._texts[pattern] = here or (deeper and any(map(self.has_text, pattern.parts)))
        return self._texts[pattern]

    def kind(self, pattern: Pattern, part: etree._Element) -> int:
        """Give the kind of content (section 7.2); refuse data that does not stand alone in an element."""
        if pattern not in self._kinds:
            self._kinds[pattern] = self._kind(pattern, part)
        return self._kinds[pattern]

    def _kind(self, pattern: Pattern, part: etree._Element) -> int:
        match pattern.kind:
            case "data" | "value" | "list":
                return _SIMPLE
            case "text" | "element":
                return _COMPLEX
            case "attribute":
                self.kind(pattern.parts[0], part)
                return _EMPTY
            case "choice":
                return max(self.kind(each, part) for each in pattern.parts)
            case "oneOrMore":
                kinds = [self.kind(pattern.parts[0], part)] * 2
            case "group" | "interleave":
                kinds = [self.kind(each, part) for each in pattern.parts]
            case _:
                return _EMPTY
        if _SIMPLE in kinds and min(kinds) != _EMPTY:
            raise self.refuse(part, "has data beside text, elements or other data (section 7.2)")
        return max(kinds)
