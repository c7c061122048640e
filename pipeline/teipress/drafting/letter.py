"""Letters: heading and source lines, opener, paragraphs, closer, postscript, enclosures (Guidelines 4.2).

Nothing is invented: an opener or a closer is drafted only from lines that the text has.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from typing import Final

from teipress.drafting import hanopenings, hansequence, runon
from teipress.drafting.blocks import blocks
from teipress.drafting.closings import Closing, is_docket
from teipress.drafting.datelines import WORD, is_dateline, is_name
from teipress.drafting.enclosures import Enclosures
from teipress.drafting.formulas import Formulas, formulas
from teipress.drafting.hanclosings import HanClosing, before_postscript, rejoined, unrolled
from teipress.drafting.hanwords import is_han
from teipress.drafting.lines import Line
from teipress.drafting.openings import opening
from teipress.drafting.salutations import HEADING, OPENING, is_prose
from teipress.drafting.sequence import starts
from teipress.edition import Sidecar
from teipress.languages import language
from teipress.source import Source
from teipress.span import Span

_ANNOUNCES: Final = (":", "：")
_MOST: Final = 1000  # enclosures that follow one another
_DEEPEST: Final = 4  # documents inside one another
_MARK: Final = 24  # the longest line that says that something is enclosed
_DAY: Final = 60  # the longest dateline below a postscript
_ENCLOSED: Final = 600  # characters after a closer that are more than a postscript


def salutes(line: Line, code: str) -> bool:
    """Tell whether a line is a salutation and nothing else."""
    return formulas(code).greeting(line) == len(line.text)


def letters(lines: list[Line], source: Source, sidecar: Sidecar, kind: str) -> Iterator[Span]:
    """Give the structure of one letter or paper, or of several that follow one another (Guidelines 4.3.1)."""
    begins = (hansequence.starts if is_han(source.language) else starts)(lines, source.language)
    if len(begins) < 2:
        yield from _Letter(lines, source, sidecar).spans(kind)
        return
    yield Span(lines[0].start, lines[-1].end, "group", rule="letter.group")
    for line in lines[: begins[0]]:
        yield Span(line.start, line.end, "head", rule="letter.head")
    for number, (start, end) in enumerate(zip(begins, [*begins[1:], len(lines)], strict=True), 1):
        own = lines[start:end]
        pointer = (("decls", f"#correspondence-{number}"),)
        yield Span(own[0].start, own[-1].end, "text", pointer, rule="letter.text")
        yield Span(own[0].start, own[-1].end, "body", rule="letter.text")
        yield from _Letter(own, source, sidecar).spans(kind)


class _Letter:
    """One letter, from its heading to the end of the text."""

    def __init__(
        self,
        lines: Sequence[Line],
        source: Source,
        sidecar: Sidecar,
        *,
        enclosures: Enclosures | None = None,
        depth: int = 0,
    ) -> None:
        self.source, self.sidecar = source, sidecar
        self.lines = lines
        self.code = source.language
        self.depth = depth  # of the letters that it is embedded in
        self.words: Formulas = formulas(self.code)
        self.enclosures = enclosures or Enclosures(lines, self.words.enclosure)
        self.origin = {word.lower() for word in WORD.findall(f"{sidecar.origin} {sidecar.repository}")}

    def spans(self, kind: str) -> Iterator[Span]:
        """Give the structure: a `div` of this type, and what is in it; one for each enclosure after it.

        What is enclosed is a text of its own, within its `div` (Guidelines 4.3.2).
        """
        rest = yield from self._own_spans(kind)
        number = 1
        while rest and number < _MOST:
            enclosed = _Letter(rest, self.source, self.sidecar, enclosures=self.enclosures, depth=self.depth)
            own = enclosed._own_spans("document")
            first = next(own)
            frame = replace(first, attributes=(("type", "enclosure"),), rule="letter.enclosure")
            yield frame
            yield replace(frame, tag="floatingText", attributes=())
            yield replace(frame, tag="body", attributes=())
            yield first
            rest = yield from own
            number += 1
        if rest:
            yield Span(rest[0].start, rest[-1].end, "div", (("type", "enclosure"),), rule="letter.enclosure")
            yield from blocks(self.source, rest)

    def _own_spans(self, kind: str) -> Generator[Span, None, list[Line]]:
        """Give the spans of the letter itself; return the lines that are enclosed with it."""
        if not self.lines:
            return []
        first, count = self.lines[0].start, self._trailers()
        titled = self.enclosures.titled(self.lines, self.code) if kind == "document" else 0
        titles, self.lines = self.lines[:titled], self.lines[titled:]
        read = hanopenings.opening if is_han(self.code) else opening
        head = read(
            self.lines, self._announcement(len(self.lines) - count), self.code, self.words, self._is_source
        )
        self.lines, body = head.lines, head.body
        self._part_the_close(body, count)
        last = len(self.lines) - count
        end = self.enclosures.first_alone(self.lines, body + 1, last - 1, last)
        while end - 1 > body + 1 and self._is_noted(self.lines[end - 1]):
            end -= 1
        closes = HanClosing if is_han(self.code) else Closing
        closing = closes(self.lines, body, end, self.code, self.words)
        start = closing.start()
        if start == body:  # a greeting and no more: its first line is the text (a closer needs one before it)
            start = min(body + 1, end)
        roles = closing.roles(start)
        after = next(
            (at for at in range(start, end) if not roles or self.lines[at].start >= roles[-1][0].end), end
        )
        enclosed = self._enclosure(after, last)
        stop = self.lines[enclosed - 1].end if enclosed < last else self.lines[-1].end
        yield Span(first, stop, "div", (("type", kind),), rule=f"letter.{kind}")
        for at, line in enumerate(titles):
            yield Span(line.start, line.end, "head", (("type", "sub"),) if at else (), rule="letter.head")
        yield from head.spans
        yield from self._body(body, start)
        yield from closing.spans(roles)
        yield from self._after(self.lines[after:enclosed])
        if enclosed < last:
            return self.lines[enclosed:]
        for line in self.lines[last:]:
            yield Span(line.start, line.end, "trailer", rule="letter.source")
            yield Span(line.start, line.end, "bibl", rule="letter.source")
        return []

    def _part_the_close(self, body: int, trailers: int) -> None:
        """Part the last lines of the text, above the `trailers`, where the closer runs on in them."""
        last = len(self.lines) - trailers
        if is_han(self.code):
            end = before_postscript(self.lines, body, last)
            cut = 0 < body < end and self.lines[body].start == self.lines[body - 1].end
            found = unrolled(rejoined(self.lines[body:end], cut=cut), self.code)
            self.lines = [*self.lines[:body], *found, *self.lines[end:]]
        else:
            found = runon.with_close_apart(self.lines[body:last], self.code, self.words)
            self.lines = [*self.lines[:body], *found, *self.lines[last:]]

    def _after(self, lines: Sequence[Line]) -> Iterator[Span]:
        """Give what stands below the closer: postscripts, and notes of those who received and kept the letter."""
        for noted, run in groupby(lines, key=self._is_below):
            group = list(run)
            if noted:
                yield from (Span(line.start, line.end, "note", rule="letter.docket") for line in group)
                continue
            last = group[-1]
            dated = is_dateline(last, self.code) and len(last.text) <= _DAY and not is_prose(last)
            day = group.pop() if dated and not self.words.postscript.match(last.text) else None
            begins = [at for at, line in enumerate(group) if at and self.words.postscript.match(line.text)]
            for first, stop in pairwise([0, *begins, len(group)] if group else []):
                yield Span(group[first].start, group[stop - 1].end, "postscript", rule="letter.postscript")
                yield from (
                    Span(own.start, own.end, "p", rule="letter.postscript") for own in group[first:stop]
                )
            if day:
                yield Span(day.start, day.end, "closer", rule="letter.closer")
                yield Span(day.start, day.end, "dateline", rule="letter.dateline")

    def _is_noted(self, line: Line) -> bool:
        """Tell whether a line is a docket; in Chinese a paper signs with one character in brackets."""
        noted = self.words.docket.match(line.text) is not None
        return noted or (not is_han(self.code) and is_docket(line, self.words))

    def _is_below(self, line: Line) -> bool:
        """Tell whether a line below the closer is no postscript: a docket, or that something is enclosed."""
        enclosed = len(line.text) <= _MARK and self.words.enclosure.match(line.text)
        return bool(enclosed) or is_docket(line, self.words)

    def _is_source(self, line: Line) -> bool:
        """Tell whether a line says where the text comes from: all its words stand in the sidecar's `origin`."""
        if not self.origin:
            return False
        names = [name for found in (language(self.code),) if found for name in found.months]
        words = [word.lower() for word in WORD.findall(line.text) if word.lower() not in names]
        return len(line.text) <= HEADING and bool(words) and self.origin.issuperset(words)

    def _trailers(self) -> int:
        count = 0
        while count < len(self.lines) - 1 and self._is_source(self.lines[-1 - count]):
            count += 1
        return count

    # Documents in and with the letter.

    def _announcement(self, last: int) -> int:
        """Give the index of the first line that announces a document, which has its own opening; else `last`."""
        for at in range(1, min(last, OPENING) - 1):
            if self.lines[at].text.endswith(_ANNOUNCES) and self._begins_document(at + 1):
                salute = self.words.greeting(self.lines[at])
                if not salute and any(is_dateline(line, self.code) for line in self.lines[:at]):
                    return at
        return last

    def _body(self, start: int, end: int) -> Iterator[Span]:
        """Give the blocks of the body; a document that is given whole in it is a `floatingText` (Guidelines 4.3.2)."""
        at = start
        for first in range(start + 1, end - 1) if self.depth < _DEEPEST else ():
            if first >= at and self._begins_document(first):
                stop = self._document_end(first, end)
                yield from blocks(self.source, self.lines[at:first])
                lines = self.lines[first:stop]
                kind = (("type", "letter"),)
                yield Span(lines[0].start, lines[-1].end, "floatingText", kind, rule="letter.embedded")
                yield Span(lines[0].start, lines[-1].end, "body", rule="letter.embedded")
                inner = _Letter(lines, self.source, Sidecar(), depth=self.depth + 1)
                yield from inner.spans("embedded")
                at = stop
        yield from blocks(self.source, self.lines[at:end])

    def _begins_document(self, at: int) -> bool:
        """Tell whether a document begins at a line: announced by a colon, with an opening of its own."""
        line = self.lines[at]
        if not self.lines[at - 1].text.endswith((*_ANNOUNCES, ":—", ":–")) or len(line.text) > HEADING:
            return False
        return is_dateline(line, self.code) or bool(self.words.greeting(line) and line.short)

    def _document_end(self, at: int, end: int) -> int:
        """Give the end of a document in the body: after its signature, or with the body."""
        for later in range(at + 2, end):
            line = self.lines[later]
            if line.short and is_name(line) and not is_dateline(line, self.code):
                return later + 1
            if self.words.takes_leave(line) and line.short:
                following = self.lines[later + 1] if later + 1 < end else None
                return later + 2 if following and is_name(following) else later + 1
        return end

    def _enclosure(self, after: int, last: int) -> int:
        """Give the index of the first line that is enclosed with the letter; `last` where nothing is."""
        marked = self.enclosures.first(self.lines, after, last - 1, last)
        if marked < last:
            return marked
        if after >= last or self.words.postscript.match(self.lines[after].text):
            return last
        lengths = accumulate(len(self.lines[at].text) for at in range(after, last))
        return after if any(length > _ENCLOSED for length in lengths) else last
