"""The account of a reading: what of a source was kept, normalised and omitted, for `teipress encode --report`.

It is made from the source as read and the file as written, and says nothing that these two do not show.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml import etree

from teipress.document import local, tei
from teipress.ledger import Ledger
from teipress.source import Source
from teipress.text import folded, wording

_GAP: Final = re.compile(r"\s+")
_SHOWN: Final = 40  # characters of an omission that are quoted


def account(source: Source, root: etree._Element, ledger: Ledger) -> str:
    """Give the account of one source: `root` is the TEI made of it, `ledger` what was done."""
    lines = [*_lines(source, root), *_suspected(ledger)]
    return "\n".join([source.name, *(f"  {line}" for line in lines)]) + "\n"


def _lines(source: Source, root: etree._Element) -> Iterator[str]:
    omitted = sum(gap.end - gap.start for gap in source.omitted)
    guessed = f" ({source.guessed})" if source.guessed else ""
    yield f"read as {source.encoding}{guessed}: {len(source.text):,} characters"
    found = wording(root)
    same = folded(found) == folded(source.wording)
    whole = "every one of them" if same else "NOT all of them"
    yield f"kept: {len(source.text) - omitted:,} characters, {whole} in the file"
    for what, number in _kept(root).items():
        yield f"  {what}: {number:,}"
    yield from _normalised(source, found)
    yield f"omitted: {omitted:,} characters" if omitted else "omitted: nothing"
    numbers = Counter(gap.reason for gap in source.omitted)
    first = {gap.reason: (gap, deviation) for gap, deviation in reversed(list(source.on_record()))}
    for reason, number in numbers.items():
        gap, deviation = first[reason]
        quoted = f": “{deviation.quote[:_SHOWN]}”" if deviation.quote else ""
        where = (
            f"byte {deviation.start:,} of {deviation.file}" if deviation.file else _place(source, gap.start)
        )
        yield f"  {reason}: {number:,}, first at {where}{quoted}"


def _suspected(ledger: Ledger) -> Iterator[str]:
    """Say what is suspected and not encoded, by the rule that suspects it."""
    if ledger.suspected:
        yield f"suspected slips that wait for a decision: {len(ledger.suspected):,}"
    rules = Counter(entry.rule for entry in ledger.suspected)
    for rule, number in rules.items():
        first = next(entry for entry in ledger.suspected if entry.rule == rule)
        yield f"  {rule}: {number:,}, first “{first.at.quote}” for “{first.reading}”"


def _place(source: Source, offset: int) -> str:
    line, column = source.place(offset)
    return f"line {line}, column {column}"


def _kept(root: etree._Element) -> dict[str, int]:
    """Count what stays in the text and is marked as more or less than running text."""
    counts: Counter[str] = Counter()
    for element in (e for text in root.iterchildren(tei("text")) for e in text.iter(tei("*"))):
        name = local(element)
        if name == "fw":
            counts[{"pageNum": "page numbers"}.get(element.get("type", ""), "running heads")] += 1
        elif name == "note" and element.get("source"):
            counts["notes of the source"] += 1
        elif name == "metamark":
            counts["editorial marks, bullets and rules"] += 1
        elif name == "pc" and element.get("force") == "weak":
            counts["hyphens at the ends of lines"] += 1
    return dict(sorted(counts.items()))


def _normalised(source: Source, found: str) -> Iterator[str]:
    """Say what differs without any word being another: line ends, form feeds, white space between blocks."""
    lines = []
    counts: Counter[str] = Counter()
    for deviation in source.normalised:
        counts[deviation.reason] += deviation.count
    lines += [f"{reason}: {number:,}" for reason, number in counts.items()]
    if folded(found) == folded(source.wording):
        gaps = [_GAP.findall(text.strip()) for text in (source.wording, found)]
        if changed := sum(one != other for one, other in zip(*gaps, strict=True)):
            lines.append(f"white space between blocks, as line ends and indentation: {changed:,}")
    yield "normalised:" if lines else "normalised: nothing"
    yield from (f"  {line}" for line in lines)
