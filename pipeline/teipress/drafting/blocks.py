"""What stands between headings in any genre: paragraphs, quotations, verse, lists, drawn tables, rules.

Guidelines 3.1, 3.3.3, 3.8, 14.1. Each of them has a module that tells where it ends; what none of them knows is a
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from teipress.drafting.lines import Layout, Line, layout
from teipress.drafting.lists import list_end, listed, titled, titled_end
from teipress.drafting.quotations import Quotation, announces, quotation, quotation_at, refers
from teipress.drafting.stanzas import stanzas, stanzas_end
from teipress.drafting.tables import heads_table, is_below_table, table, table_end
from teipress.source import Source
from teipress.span import Span

_ORNAMENT: Final = re.compile(r"^[\s*＊⁂❦☙•·~#=_\-–—+.⸻⁎◆◇○※]{3,}$|^[*＊⁂❦☙§◆※—⸻]$|^(?:[*＊] ?){2,}$")


def blocks(source: Source, lines: Sequence[Line]) -> Iterator[Span]:
    """Give the blocks of running text: what is no list, table, verse, quotation or rule is a paragraph."""
    shape = layout(source)
    at = 0
    while at < len(lines):
        if at + 1 < len(lines) and announces(lines[at]):
            found = _quoted(lines, at + 1, shape)
            if found and found.before:
                yield from quotation(found, lines, _content(found, lines, shape))
                at = found.end
                continue
        if _is_other(lines, at, shape):
            at, spans = _block(lines, at, shape)
        elif found := _quoted_running(lines, at, shape):
            spans = quotation(found, lines, _content(found, lines, shape))
            at = found.end + found.after
        else:
            at, spans = _running(lines, at, shape)
        yield from spans


def _quoted(lines: Sequence[Line], at: int, shape: Layout) -> Quotation | None:
    """Find a quotation in prose, or the verse that an announcement, indentation or reference shows to be quoted."""
    return None if _is_other(lines, at, shape) else _quoted_running(lines, at, shape)


def _quoted_running(lines: Sequence[Line], at: int, shape: Layout) -> Quotation | None:
    """Find a quotation where no table, list or rule stands."""
    stop = stanzas_end(lines, at, shape)
    if stop == at:
        return quotation_at(lines, at, shape)
    announced = at > 0 and announces(lines[at - 1])
    after = stop < len(lines) and refers(lines[stop])
    set_in = lines[at].indent >= shape.margin + 2
    return Quotation(at, stop, after=after, verse=True) if announced or after or (set_in and at) else None


def _is_other(lines: Sequence[Line], at: int, shape: Layout) -> bool:
    return table_end(lines, at, shape.drawn) > at or is_ornament(lines[at]) or list_end(lines, at) > at


def _content(found: Quotation, lines: Sequence[Line], shape: Layout) -> Iterator[Span]:
    """Give the blocks of a quotation: its verse, lists and paragraphs."""
    quoted = lines[found.first : found.end]
    if found.verse:
        yield from stanzas(quoted, shape)
        return
    at = 0
    while at < len(quoted):
        at, spans = _block(quoted, at, shape)
        yield from spans


def _block(lines: Sequence[Line], at: int, shape: Layout) -> tuple[int, Iterator[Span]]:
    """Give one block and where it ends."""
    if (stop := table_end(lines, at, shape.drawn)) > at:
        below = is_below_table(lines, stop, shape.drawn)
        return stop + below, table(lines[at:stop], below=lines[stop] if below else None)
    if not heads_table(lines, at, shape.drawn):
        if is_ornament(lines[at]):
            return at + 1, ornament(lines[at])
        if (stop := list_end(lines, at)) > at:
            return stop, listed(lines[at:stop])
    return _running(lines, at, shape)


def _running(lines: Sequence[Line], at: int, shape: Layout) -> tuple[int, Iterator[Span]]:
    """Give a table with its heading, lines with titles, verse or a paragraph, and where it ends."""
    if heads_table(lines, at, shape.drawn):
        stop = table_end(lines, at + 1, shape.drawn)
        return stop, table(lines[at + 1 : stop], lines[at])
    if (stop := titled_end(lines, at)) > at:
        return stop, titled(lines[at:stop])
    if (stop := stanzas_end(lines, at, shape)) > at:
        return stop, stanzas(lines[at:stop], shape)
    return at + 1, paragraph(lines[at])


def paragraph(line: Line) -> Iterator[Span]:
    """Give a line as a paragraph."""
    yield Span(line.start, line.end, "p", rule="blocks.paragraph")


def is_ornament(line: Line) -> bool:
    """Tell whether a line is drawn and says nothing: asterisks, a rule, a fleuron."""
    if line.text[0].isalnum():
        return False
    return bool(_ORNAMENT.match(line.text)) and line.text.strip(". ") != ""


def ornament(line: Line) -> Iterator[Span]:
    """Give a rule as the break that it means, and keep its signs (Guidelines 3.11.3)."""
    yield Span(line.start, line.end, "ab", (("type", "ornament"),), rule="blocks.ornament")
    yield from rule(line)


def rule(line: Line) -> Iterator[Span]:
    """Give a rule where only a milestone may stand: on a title page, below a text that is closed."""
    yield Span(line.start, line.start, "milestone", (("unit", "section"),), rule="blocks.ornament")
    yield Span(line.start, line.end, "metamark", (("function", "rule"),), rule="blocks.ornament")
