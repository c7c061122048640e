"""Editorial marks that the source itself has: brackets and omission marks (Guidelines 3.4, 3.5.3, 12.3).

The bracket stays, in `metamark`; what it means is decided by a convention (`conventions/`), from its content and
place. A bracket that fits no rule stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Final

from teipress.conventions import USUAL, Pattern, Rule, convention
from teipress.elements import POINTS
from teipress.registers import Registers
from teipress.span import Span
from teipress.text import Text

#: What the source adds says so by pointing to its `bibl` in the header.
SOURCE: Final = (("source", "#source"),)

#: The elements whose words somebody added to the writer's; the others are the writer's own, or none's.
_ADDED: Final = frozenset({"supplied", "corr", "ex", "expan", "unclear", "note"})
_MARK_ALONE: Final = frozenset({"", "ellipsis", *POINTS})
_TEXT_ALONE: Final = frozenset({"ex"})  # holds no other element: its brackets stand around it
_SETTLED: Final = frozenset(
    {"ref", "label", "fw", "metamark", "supplied", "choice", "corr", "unclear", "del", "note"}
)
_WRITERS_OWN: Final = frozenset("(<")
_SQUARE: Final = frozenset("[]")
_LONGEST: Final = 200  # characters that a bracket holds


def annotate(text: Text, registers: Registers) -> Iterator[Span]:
    """Propose what the source's own brackets mean by the usual convention."""
    return by(USUAL)(text, registers)


def by(names: Sequence[str]) -> partial[Iterator[Span]]:
    """Give the annotator for the conventions of these names; the first that has a rule for a bracket decides."""
    return partial(_annotate, tuple(names))


def _annotate(names: tuple[str, ...], text: Text, registers: Registers) -> Iterator[Span]:
    rules = [rule for name in names for rule in convention(name).rules]
    for match, left, right in _brackets(names, text.reading):
        for rule in rules:
            inside = _inside(rule, match, text.reading) if rule.bracket in ("", left) else None
            if inside:
                measure = _measure(inside, rule.unit)
                yield from _spans(rule, *match.span(), len(left), len(right), measure)
                break
    for pattern in (pattern for name in names for pattern in convention(name).patterns):
        for match in pattern.match.finditer(text.reading):
            yield from _marked(pattern, match)


def unclear(names: Sequence[str], text: Text) -> Iterator[tuple[int, int]]:
    """Give the ranges of the reading where a bracket fits no rule, and those of brackets without a partner.

    Round brackets are not given, since most of them are the writer's own; nor what is encoded already.
    """
    known = [rule for name in names or USUAL for rule in convention(name).rules]
    taken = {
        at
        for encoded in text.encoded
        if encoded.tag in _SETTLED
        for at in range(encoded.start, min(encoded.end, encoded.start + _LONGEST))
    }
    seen: set[int] = set()
    for match, left, _ in _brackets(tuple(names or USUAL), text.reading):
        seen.update((match.start(), match.end() - 1))
        fits = any(rule.bracket in ("", left) and _inside(rule, match, text.reading) for rule in known)
        if not fits and left not in _WRITERS_OWN and text.to_source(*match.span())[0] not in taken:
            yield match.span()
    signs = {sign for name in names or USUAL for pair in convention(name).pairs for sign in pair}
    for at, character in enumerate(text.reading) if signs & _SQUARE else ():
        if character in _SQUARE and at not in seen and text.to_source(at, at + 1)[0] not in taken:
            yield at, at + 1


def _brackets(names: tuple[str, ...], reading: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Give each bracket with its signs; where `<del>` is one, its `<` is none."""
    taken: set[int] = set()
    pairs = dict.fromkeys(pair for name in names for pair in convention(name).pairs)
    for left, right in sorted(pairs, key=lambda pair: -len(pair[0])):
        for match in _bracket(left, right).finditer(reading):
            if match.start() not in taken and match.end() - 1 not in taken:
                taken.update(range(match.start(), match.start() + len(left)))
                taken.update(range(match.end() - len(right), match.end()))
                yield match, left, right


@cache
def _bracket(left: str, right: str) -> re.Pattern[str]:
    one, other = re.escape(left), re.escape(right)
    return re.compile(rf"{one}(?P<inside>(?:(?!{one}|{other})[^\n]){{1,{_LONGEST}}}){other}")


def _inside(rule: Rule, match: re.Match[str], reading: str) -> re.Match[str] | None:
    """Match what a bracket holds with a rule; None where that, or what stands before it, is not as the rule asks."""
    before = reading[max(0, match.start() - 2) : match.start()]
    if rule.before is not None and not rule.before.search(before):
        return None
    return rule.inside.fullmatch(match["inside"])


def _measure(match: re.Match[str], unit: str) -> tuple[tuple[str, str], ...]:
    """Give the attributes that tell how much is missing (att.dimensions), as far as the mark does."""
    groups = match.groupdict()
    quantity = groups.get("quantity") or str(len((groups.get("each") or "").replace(" ", "")) or "")
    least, _, most = quantity.replace("–", "-").partition("-")
    if least.isdecimal() and most.isdecimal():
        return ("unit", unit), ("atLeast", least), ("atMost", most)
    if least.isdecimal():
        return ("unit", unit), ("quantity", least)
    return (("extent", "unknown"),) if quantity else ()


def _spans(
    rule: Rule, start: int, end: int, left: int, right: int, measure: tuple[tuple[str, str], ...]
) -> Iterator[Span]:
    """Give the element for a bracket, and its signs as marks."""
    function = (("function", rule.function),)
    source = SOURCE if rule.tag in _ADDED else ()
    if rule.tag in _MARK_ALONE or rule.whole:
        if rule.tag:
            yield Span(start, end, rule.tag, (*source, *rule.attributes, *measure), rule=rule.name)
        yield Span(start, end, "metamark", function, rule=rule.name)
        return
    if rule.tag == "corr":
        yield Span(start - 1, end, "choice", rule=rule.name)
        yield Span(start - 1, start, "sic", rule=rule.name)
    inside = (start + left, end - right) if rule.tag in _TEXT_ALONE else (start, end)
    yield Span(*inside, rule.tag, (*source, *rule.attributes), rule=rule.name)
    yield Span(start, start + left, "metamark", function, rule=rule.name)
    yield Span(end - right, end, "metamark", function, rule=rule.name)


def _marked(pattern: Pattern, match: re.Match[str]) -> Iterator[Span]:
    """Give the element for what a pattern finds, and its signs as marks."""
    source = SOURCE if pattern.tag in _ADDED else ()
    function = (("function", pattern.function),)
    inside = match.span()
    if pattern.tag in _TEXT_ALONE:
        inside = match.end("open"), match.start("close")
    if pattern.tag:
        attributes = *source, *pattern.attributes, *_measure(match, pattern.unit)
        yield Span(*inside, pattern.tag, attributes, rule=pattern.name)
    if pattern.tag in _MARK_ALONE:
        yield Span(*match.span(), "metamark", function, rule=pattern.name)
    for name in ("open", "close"):
        if match.groupdict().get(name):
            yield Span(*match.span(name), "metamark", function, rule=pattern.name)
