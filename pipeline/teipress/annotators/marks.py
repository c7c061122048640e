"""Editorial marks that the source itself has: brackets and omission marks (Guidelines 3.4, 3.5.3, 12.3).

The bracket stays, in `metamark`; what it means is decided by a convention (`conventions/`), from its content and
place. A bracket that fits no rule stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Final

from teipress.conventions import USUAL, Rule, convention
from teipress.registers import Registers
from teipress.span import Span
from teipress.text import Text

#: What the source adds says so by pointing to its `bibl` in the header.
SOURCE: Final = (("source", "#source"),)

#: The elements whose words somebody added to the writer's; the others are the writer's own, or none's.
_ADDED: Final = frozenset({"supplied", "corr", "ex", "unclear"})
_EMPTY: Final = frozenset({"", "ellipsis", "gap"})


def annotate(text: Text, registers: Registers) -> Iterator[Span]:
    """Propose what the source's own brackets mean by the usual convention."""
    return by(USUAL)(text, registers)


def by(names: Sequence[str]) -> partial[Iterator[Span]]:
    """Give the annotator for the conventions of these names; the first that has a rule for a bracket decides."""
    return partial(_annotate, tuple(names))


def _annotate(names: tuple[str, ...], text: Text, registers: Registers) -> Iterator[Span]:
    rules = [rule for name in names for rule in convention(name).rules]
    pairs = dict.fromkeys(pair for name in names for pair in convention(name).pairs)
    for left, right in pairs:
        for match in _bracket(left, right).finditer(text.reading):
            for rule in rules:
                if rule.bracket in ("", left) and _fits(rule, match, text.reading):
                    yield from _spans(rule, *match.span())
                    break


@cache
def _bracket(left: str, right: str) -> re.Pattern[str]:
    both = re.escape(left + right)
    return re.compile(rf"{re.escape(left)}(?P<inside>[^{both}\n]{{1,200}}){re.escape(right)}")


def _fits(rule: Rule, match: re.Match[str], reading: str) -> bool:
    if not rule.inside.fullmatch(match["inside"]):
        return False
    before = reading[max(0, match.start() - 2) : match.start()]
    return rule.before is None or bool(rule.before.search(before))


def _spans(rule: Rule, start: int, end: int) -> Iterator[Span]:
    """Give the element for a bracket, and its signs as marks."""
    function = (("function", rule.function),)
    source = SOURCE if rule.tag in _ADDED else ()
    if rule.tag in _EMPTY or rule.whole:
        if rule.tag == "ellipsis":
            yield Span(start, end, "ellipsis", rule=rule.name)
        elif rule.tag and rule.tag != "gap":  # what is lost has no words; its mark has
            yield Span(start, end, rule.tag, (*source, *rule.attributes), rule=rule.name)
        yield Span(start, end, "metamark", function, rule=rule.name)
        return
    if rule.tag == "corr":
        yield Span(start - 1, end, "choice", rule=rule.name)
        yield Span(start - 1, start, "sic", rule=rule.name)
    yield Span(start, end, rule.tag, (*source, *rule.attributes), rule=rule.name)
    yield Span(start, start + 1, "metamark", function, rule=rule.name)
    yield Span(end - 1, end, "metamark", function, rule=rule.name)
