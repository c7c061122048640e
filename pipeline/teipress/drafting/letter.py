"""Letters: heading and source lines, opener, paragraphs, closer, postscript, enclosures (Guidelines 4.2).

Nothing is invented: an opener or a closer is drafted only from lines that the text has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from typing import Final

from teipress.dates import find
from teipress.drafting.blocks import blocks
from teipress.drafting.lines import Line, paragraphs
from teipress.edition import Sidecar
from teipress.languages import codes, language
from teipress.source import Source
from teipress.span import Span

_OPENING: Final = 14  # the most lines before a letter's first paragraph
_HEADING: Final = 160  # the longest heading, in characters
_SALUTE: Final = 90  # the longest salutation
_NAME: Final = re.compile(
    r"^[(\[]?(?:(?:[A-ZÀ-ÞŠŽА-Я][\w.’'-]*|[dD][’'][A-ZÀ-Þ][\w’'-]*|de|du|des|von|van|zu|und|et|and|&|la|le|of|the)[\s,.]*){1,7}[)\]]?$"
)
_ADDRESS: Final = re.compile(
    r"^(?:à |au |a |to |an |mr\.? |mrs\.? |monsieur|madame|herrn? |frau |the hon)", re.IGNORECASE
)
#: The first line of an address at the top: to whom.
_TO_WHOM: Final = re.compile(
    r"^(?:(?:an |to |à )?(?:s\. ?h\. |seiner |ihrer )?(?:herrn?|frau|fräulein|frl\.?|dr\.?|"
    r"prof\.?|monsieur|madame|mademoiselle|mme|mlle|m\.|mr\.?|"
    r"mrs\.?|miss|messrs\.?|sir|the hon\w*\.?|господину|госпоже|его|её|гр\.|тов\.)(?:\s|$))",
    re.IGNORECASE,
)
_ROMAN: Final = re.compile(r"\b[IVX]{1,6}\b")
_BARE_DATE: Final = re.compile(r"^(?:d\.?|den|le|the|am)?\s*\d")
_SERIAL: Final = re.compile(r"^[\[(]?(?:\d{1,4}|[IVXLC]{1,7})[\])]?[.:]?$")
_HAN_DATE: Final = re.compile(
    r"(?:[\d〇○零一二三四五六七八九十元]{1,4}年\s*)?[\d一二三四五六七八九十正臘冬閏闰]{1,3}月\s*[\d初一二三四五六七八九十廿卅]{1,3}[日號号]?"
)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_NUMERIC_DATE: Final = re.compile(
    r"\b\d{1,2}\s?[./ -]+\s?(?:\d{1,2}|[IVX]{1,4})[./ -]+(?:\d{2,4})\b|\b1[5-9]\d{2}\b|"
    r"\b\d{1,2}\s?[./ ]\s?[IVX]{1,4}\b|\b\d{1,2}/\d{1,2}\b"
)
_OWN: Final = r"(?:[Ii]hre?|[Dd]eine?|[Ee]ure?|[Ee]uer|[Yy]ours?|[Vv]otre|[Tt]on|[Вв]аша?|[Тт]воя|[Тт]вой)"
#: A line that leads up to a signature: it ends with “Your”.
_LEADS_UP: Final = re.compile(rf"\b{_OWN}[,.]?$")
#: A name after “Your”, and after the words in lower case that may follow it.
_SIGNING: Final = re.compile(
    rf"\b{_OWN}(?:[ ,]+[^\W\d_A-ZÀ-ÞА-ЯЁ]\w+)*[ ,]+(?P<name>(?:(?:[A-ZÀ-ÞŠŽА-ЯЁ][\w’'-]*\.?|von|van|de)[ ]*){{1,5}})$"
)
_PUNCTUATION: Final = ",:;.!—–- "


@dataclass(frozen=True)
class _Formulas:
    """The formulas of a language's letters, compiled."""

    salutation: re.Pattern[str]
    valediction: re.Pattern[str]
    postscript: re.Pattern[str]
    enclosure: re.Pattern[str]
    number: re.Pattern[str]


@cache
def _formulas(code: str) -> _Formulas:
    """Compile the formulas of a language; of all languages together for one that is not known."""
    known = [found for name in ([code] if language(code) else codes()) if (found := language(name))]

    def any_of(key: str) -> re.Pattern[str]:
        bodies = [item.letter[key] for item in known if key in item.letter]
        return re.compile("^(?:" + "|".join(bodies) + ")", re.IGNORECASE)

    return _Formulas(*map(any_of, _Formulas.__dataclass_fields__))


def evidence(lines: Sequence[Line], code: str) -> str:
    """Say what marks these lines as a letter; "" where nothing does."""
    formulas = _formulas(code)
    for line in lines[:_OPENING]:
        if _salute_length(line, formulas):
            return f"it opens with a salutation: “{line.text[:40].rstrip()}”"
        if not line.short:
            break
    if any(line.short and _is_valediction(line, formulas) for line in lines[-6:]):
        return "it closes with a valediction"
    tail = list(lines[-4:])
    if any(_LEADS_UP.search(a.text) and _is_name(b) for a, b in pairwise(tail)):
        return "it closes with a valediction"
    address = _Letter(list(lines), Source("", "", code), Sidecar())._address(len(lines))
    if address[1] and len(lines) > address[1]:
        return f"it opens with an address: “{lines[address[0]].text[:40]}”"
    for at, line in enumerate(lines[:4]):
        if not line.short:
            break
        if is_dateline(line, code) and len(lines) > 1:
            return "it opens with a dateline" if at == 0 else "a dateline stands under its heading"
    return ""


def salutes(line: Line, code: str) -> bool:
    """Tell whether a line is a salutation and nothing else."""
    return _salute_length(line, _formulas(code)) == len(line.text)


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of a letter and of what is enclosed with it."""
    yield from letters(paragraphs(source), source, sidecar, "letter")


def letters(lines: list[Line], source: Source, sidecar: Sidecar, kind: str) -> Iterator[Span]:
    """Give the structure of one letter or paper, or of several that follow one another (Guidelines 4.3.1)."""
    starts = _starts(lines, source.language)
    if len(starts) < 2:
        yield from _Letter(lines, source, sidecar).spans(kind)
        return
    yield Span(lines[0].start, lines[-1].end, "group", rule="letter.group")
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), 1):
        own = lines[start:end]
        pointer = (("decls", f"#correspondence-{number}"),)
        yield Span(own[0].start, own[-1].end, "text", pointer, rule="letter.text")
        yield Span(own[0].start, own[-1].end, "body", rule="letter.text")
        yield from _Letter(own, source, sidecar).spans(kind)


def _starts(lines: Sequence[Line], code: str) -> list[int]:
    """Give the lines where a letter begins: the first, and each opening that follows a close.

    An opening is a heading or dateline with a salutation soon after it; a close is a valediction or a name.
    """
    formulas = _formulas(code)
    starts = [0] if lines else []
    salutes = [at for at, line in enumerate(lines) if line.short and _salute_length(line, formulas)]
    closes = [
        at
        for at, line in enumerate(lines)
        if line.short
        and (_is_valediction(line, formulas) or (_is_name(line) and at and len(lines[at - 1].text) < 120))
    ]
    for salute in salutes[1:]:
        start = salute
        while start - 1 > starts[-1] and salute - start < 6 and _opens(lines[start - 1], code, formulas):
            start -= 1
        before = [at for at in closes if starts[-1] < at < start]
        body = any(len(line.text) > 60 for line in lines[starts[-1] : start])
        announced = lines[start - 1].text.endswith((":", "："))
        enclosed = bool(
            formulas.enclosure.match(lines[start - 1].text) or formulas.enclosure.match(lines[start].text)
        )
        if start < salute and body and before and start - before[-1] <= 3 and not (announced or enclosed):
            starts.append(start)
    return starts


def _opens(line: Line, code: str, formulas: _Formulas) -> bool:
    if formulas.enclosure.match(line.text) or formulas.postscript.match(line.text):
        return False
    if formulas.number.match(line.text) or _SERIAL.match(line.text):
        return True
    return is_dateline(line, code) or (names_correspondents(line, code) and len(line.text) <= _HEADING)


def names_correspondents(line: Line, code: str) -> bool:
    """Tell whether a line is a heading that says from whom to whom."""
    known = language(code)
    pattern = known.letter.get("from_to") if known else None
    return bool(pattern and re.search(pattern, line.text, re.IGNORECASE)) and not is_dateline(line, code)


class _Letter:
    """One letter, from its heading to the end of the text."""

    def __init__(self, lines: list[Line], source: Source, sidecar: Sidecar) -> None:
        code = source.language
        self.source = source
        self.lines = lines
        self.code = code
        self.sidecar = sidecar
        self.formulas = _formulas(code)
        self.origin = {word.lower() for word in _WORD.findall(f"{sidecar.origin} {sidecar.repository}")}

    def spans(self, kind: str) -> Iterator[Span]:
        lines = self.lines
        if not lines:
            return
        first = lines[0].start
        last = len(lines) - self._trailers()
        body, opening = self._opening(last)
        closing = self._closing(body, self._enclosure_mark(body, last))
        if (
            closing == body
        ):  # a greeting and no more: its first line is the text (a closer needs one before it)
            closing = min(body + 1, last)
        after = self._after_closing(closing, self._enclosure_mark(body, last))
        enclosed = self._enclosure(after, last)
        end = lines[enclosed - 1].end if enclosed < last else lines[-1].end
        yield Span(first, end, "div", (("type", kind),), rule=f"letter.{kind}")
        yield from opening
        yield from self._body(body, closing)
        yield from self._close(closing, after)
        yield from self._postscript(lines[after:enclosed])
        if enclosed < last:
            rest = _Letter(lines[enclosed:], self.source, self.sidecar)
            yield from rest.spans("enclosure")
            return
        for line in lines[last:]:
            yield Span(line.start, line.end, "trailer", rule="letter.source")
            yield Span(line.start, line.end, "bibl", rule="letter.source")

    # Heading and opener.

    def _announcement(self, last: int) -> int:
        """Give the index of the first line that announces a document, which has its own opening; else `last`."""
        for at in range(1, min(last, _OPENING) - 1):
            if self.lines[at].text.endswith((":", "：")) and self._begins_document(at + 1):
                salute = _salute_length(self.lines[at], self.formulas)
                if not salute and any(is_dateline(line, self.code) for line in self.lines[:at]):
                    return at
        return last

    def _opening(self, last: int) -> tuple[int, list[Span]]:
        """Give the index of the first line of the body, and the spans before it."""
        last = self._announcement(last)
        salute = self._salutation(last)
        heading = self._headings(last)
        address = self._address(last if salute is None else salute)
        if salute is not None:
            stop = salute
        else:
            dated = [
                at
                for at, line in enumerate(self.lines[: min(last, 6)])
                if is_dateline(line, self.code) and all(other.short for other in self.lines[:at])
            ]
            stop = max(dated[-1] + 1 if dated else 0, heading, address[1])
            while 0 < stop < last and self.formulas.number.fullmatch(self.lines[stop].text):
                stop += 1
        spans = list(self._head(self.lines[:stop], heading, address))
        if salute is None:
            return stop, _in_openers(spans)
        line = self.lines[salute]
        length = _salute_length(line, self.formulas)
        spans.append(Span(line.start, line.start + length, "salute", rule="letter.salutation"))
        rest = line.starting(length)
        if rest.text:
            self.lines[salute] = rest
            return salute, _in_openers(spans)
        return salute + 1, _in_openers(spans)

    def _address(self, last: int) -> tuple[int, int]:
        """Give the range of an address at the top: from a line that says to whom, while lines are places or names."""
        for start, line in enumerate(self.lines[: min(last, 5)]):
            if len(line.text) > 60 or _is_heading_of_letter(line, self.formulas):
                break
            if (
                not _TO_WHOM.match(line.text)
                or line.text.endswith((",", "!", ":"))
                or is_dateline(line, self.code)
            ):
                continue
            stop = start + 1
            while stop < min(last, start + 7) and self._is_place_of_address(self.lines[stop]):
                stop += 1
            if stop - start >= 2:
                return start, stop
        return 0, 0

    def _is_place_of_address(self, line: Line) -> bool:
        text = line.text
        if len(text) > 60 or is_dateline(line, self.code) or _salute_length(line, self.formulas):
            return False
        small = [word for word in _WORD.findall(text) if word[0].islower()]
        return len(small) <= 2 and (
            _is_name(line) or bool(re.search(r"\d", text)) or bool(_ROMAN.search(text)) or not small
        )

    def _salutation(self, last: int) -> int | None:
        """Give the index of the salutation: the last such line before the first paragraph (one may be an address)."""
        found = None
        for at, line in enumerate(self.lines[: min(last, _OPENING)]):
            if _salute_length(line, self.formulas) and not self._is_source(line):
                found = at
            if len(line.text) > _HEADING or (found is not None and at >= found + 2):
                break
        return found

    def _headings(self, last: int) -> int:
        """Count the lines at the top that a compiler wrote: up to a source line, or a line from one to another."""
        found = 0
        for at, line in enumerate(self.lines[: min(last, 6)]):
            if len(line.text) > _HEADING:
                break
            if self._is_source(line) or (at == 0 and self._names_correspondents(line)):
                found = at + 1
        return found

    def _names_correspondents(self, line: Line) -> bool:
        return names_correspondents(line, self.code)

    def _is_source(self, line: Line) -> bool:
        """Tell whether a line says where the text comes from: all its words stand in the sidecar's `origin`."""
        names = [name for found in (language(self.code),) if found for name in found.months]
        words = [word.lower() for word in _WORD.findall(line.text) if word.lower() not in names]
        return len(line.text) <= _HEADING and bool(words) and self.origin.issuperset(words)

    def _head(self, lines: Sequence[Line], headings: int, address: tuple[int, int]) -> Iterator[Span]:
        """Give heads, datelines and addresses in their order; the first `headings` lines are all heads.

        Below a dateline a line in capitals is a title, and any other belongs to the address.
        """
        first = True
        dated = addressed = False
        for at, line in enumerate(lines):
            if address[0] <= at < address[1]:
                addressed = True
                yield Span(line.start, line.end, "addrLine", rule="letter.address")
                continue
            if at >= headings and is_dateline(line, self.code):
                dated = True
                yield Span(line.start, line.end, "dateline", rule="letter.dateline")
                continue
            is_title = not addressed and _in_capitals(line.text)
            if dated and not is_title and not self.formulas.number.fullmatch(line.text):
                addressed = True
                yield Span(line.start, line.end, "addrLine", rule="letter.address")
                continue
            kind = () if first else (("type", "sub"),)
            if self.formulas.number.fullmatch(line.text):
                kind = (("type", "number"),)
            else:
                first = False
            yield Span(line.start, line.end, "head", kind, rule="letter.head")
            if self._is_source(line):
                yield Span(line.start, line.end, "bibl", rule="letter.source")

    # Body and closer.

    def _body(self, start: int, end: int) -> Iterator[Span]:
        """Give the blocks of the body; a document that is given whole in it is a `floatingText` (Guidelines 4.3.2)."""
        at = start
        for first in range(start + 1, end - 1):
            if first >= at and self._begins_document(first):
                stop = self._document_end(first, end)
                yield from blocks(self.source, self.lines[at:first])
                lines = self.lines[first:stop]
                yield Span(
                    lines[0].start,
                    lines[-1].end,
                    "floatingText",
                    (("type", "letter"),),
                    rule="letter.embedded",
                )
                yield Span(lines[0].start, lines[-1].end, "body", rule="letter.embedded")
                yield from _Letter(lines, self.source, Sidecar()).spans("embedded")
                at = stop
        yield from blocks(self.source, self.lines[at:end])

    def _begins_document(self, at: int) -> bool:
        """Tell whether a document begins at a line: announced by a colon, with an opening of its own."""
        if (
            not self.lines[at - 1].text.endswith((":", "：", ":—", ":–"))
            or len(self.lines[at].text) > _HEADING
        ):
            return False
        line = self.lines[at]
        return is_dateline(line, self.code) or bool(self.formulas.salutation.match(line.text) and line.short)

    def _document_end(self, at: int, end: int) -> int:
        """Give the end of a document in the body: after its signature, or with the body."""
        for later in range(at + 2, end):
            line = self.lines[later]
            if line.short and _is_name(line) and not is_dateline(line, self.code):
                return later + 1
            if _is_valediction(line, self.formulas) and line.short:
                following = self.lines[later + 1] if later + 1 < end else None
                return later + 2 if following and _is_name(following) else later + 1
        return end

    def _trailers(self) -> int:
        count = 0
        while count < len(self.lines) - 1 and self._is_source(self.lines[-1 - count]):
            count += 1
        return count

    def _closing(self, body: int, last: int) -> int:
        """Give the index of the closer's first line; `last` where the letter has none."""
        for at in range(body, last):
            following = self.lines[at + 1 : last]
            if not self.lines[at].short and len(self.lines[at].text) > 300:
                continue
            if _is_valediction(self.lines[at], self.formulas) and (
                len(following) <= 4 or _is_name(following[0]) or _is_name(following[1])
            ):
                return at - self._leads_in(at - 1, body)
        for at in range(max(body + 1, last - 5), last):
            before = self.lines[at - 1]
            if _LEADS_UP.search(before.text) and _is_name(self.lines[at]):
                return at - (len(before.text) <= 90 and at - 1 > body)
        if last - body >= 2 and _is_name(self.lines[last - 1]) and not self._is_source(self.lines[last - 1]):
            return last - 1
        return last

    def _leads_in(self, at: int, body: int) -> bool:
        """Tell whether a line before a valediction is its first half: “I remain, with every good wish,”."""
        return at > body and len(self.lines[at].text) <= 60 and self.lines[at].text.endswith(",")

    def _after_closing(self, closing: int, last: int) -> int:
        """Give the index after the closer: it goes on while lines are short and begin nothing new."""
        at = closing
        while at < last and (at == closing or self._belongs_to_closer(self.lines[at])):
            at += 1
        return at

    def _belongs_to_closer(self, line: Line) -> bool:
        small = [word for word in _WORD.findall(line.text) if word[0].islower()]
        speaks = (
            len(small) >= 4
            and line.text.endswith((".", "!", "?"))
            and not _is_valediction(line, self.formulas)
        )
        return (
            line.short
            and not speaks
            and not self._begins_more(line)
            and not _salute_length(line, self.formulas)
        )

    def _begins_more(self, line: Line) -> bool:
        """Tell whether a line after the signature begins a postscript or another document."""
        marked = self.formulas.postscript.match(line.text) or self.formulas.enclosure.match(line.text)
        return bool(marked) or (self._names_correspondents(line) and not _is_name(line))

    def _enclosure(self, after: int, last: int) -> int:
        """Give the index of the first line that is enclosed with the letter; `last` where nothing is."""
        for at in range(after, last):
            line = self.lines[at]
            if self.formulas.enclosure.match(line.text) and line.short:
                return at
        rest = self.lines[after:last]
        if not rest or self.formulas.postscript.match(rest[0].text):
            return last
        return after if sum(len(line.text) for line in rest) > 600 else last

    def _enclosure_mark(self, body: int, last: int) -> int:
        """Give the index of a line that says “Enclosure” and no more; `last` where there is none."""
        for at in range(body + 1, last - 1):
            text = self.lines[at].text.strip("[]() .:")
            match = self.formulas.enclosure.match(text)
            if match and len(text) - match.end() <= 4:
                return at
        return last

    def _close(self, start: int, end: int) -> Iterator[Span]:
        lines = self.lines[start:end]
        if not lines:
            return
        yield Span(lines[0].start, lines[-1].end, "closer", rule="letter.closer")
        signed = addressed = False
        spans: list[Span] = []
        for line in _with_places(lines, self.code):
            if is_dateline(line, self.code):
                spans.append(Span(line.start, line.end, "dateline", rule="letter.dateline"))
            elif not signed and (
                _is_valediction(line, self.formulas) or line.text.endswith(",") or _LEADS_UP.search(line.text)
            ):
                name = self._name_in(line)
                end = line.start + len(line.text[:name].rstrip())
                spans.append(Span(line.start, end, "salute", rule="letter.valediction"))
                if name < len(line.text):
                    signed = True
                    spans.append(Span(line.start + name, line.end, "signed", rule="letter.signature"))
            elif signed and (addressed or _ADDRESS.match(line.text)):
                addressed = True
                spans.append(Span(line.start, line.end, "addrLine", rule="letter.address"))
            else:
                signed = True
                spans.append(Span(line.start, line.end, "signed", rule="letter.signature"))
        yield from _framed(spans, {"addrLine"}, "address")

    def _name_in(self, line: Line) -> int:
        """Give where in a valediction the name begins: “Ihr ergebener Arthur”; the line's end where none does."""
        match = _SIGNING.search(line.text)
        known = language(self.code)
        titles = frozenset(known.letter.get("address", "").split()) if known else frozenset()
        for word in re.finditer(r"\S+", match["name"]) if match else ():
            if word[0].strip(".,").casefold() not in titles and match:
                return match.start("name") + word.start()
        return len(line.text)

    def _postscript(self, lines: Sequence[Line]) -> Iterator[Span]:
        if not lines:
            return
        yield Span(lines[0].start, lines[-1].end, "postscript", rule="letter.postscript")
        for line in lines:
            yield Span(line.start, line.end, "p", rule="letter.postscript")


def _with_places(lines: Sequence[Line], code: str) -> Iterator[Line]:
    """Give the lines after a close, a place joined to the date below it."""
    at = 0
    while at < len(lines):
        line = lines[at]
        following = lines[at + 1] if 0 < at < len(lines) - 1 else None
        if following and at > 1 and _is_place_of_date(line, following, code):
            yield replace(line, end=following.end, text=f"{line.text}\n{following.text}")
            at += 2
        else:
            yield line
            at += 1


def _is_place_of_date(line: Line, following: Line, code: str) -> bool:
    """Tell whether a line is the place, and the next one the date, of one dateline."""
    place = len(line.text) < 30 and _is_name(line)
    return place and bool(_BARE_DATE.match(following.text)) and is_dateline(following, code)


def _is_heading_of_letter(line: Line, formulas: _Formulas) -> bool:
    return bool(formulas.number.fullmatch(line.text))


def _in_openers(spans: list[Span]) -> list[Span]:
    """Put neighbouring datelines, addresses and salutations into one `opener` each."""
    return _framed(
        _framed(spans, {"addrLine"}, "address"), {"dateline", "addrLine", "address", "salute"}, "opener"
    )


def _framed(spans: list[Span], tags: set[str], frame: str) -> list[Span]:
    """Put each run of neighbouring spans with one of `tags` into an element `frame`."""
    result: list[Span] = []
    for framed, run in groupby(spans, key=lambda span: span.tag in tags):
        inside = list(run)
        if framed:
            result.append(
                Span(inside[0].start, max(span.end for span in inside), frame, rule=f"letter.{frame}")
            )
        result += inside
    return result


def _salute_length(line: Line, formulas: _Formulas) -> int:
    """Give the length of the salutation that a line begins with: the line, or up to its first stop."""
    match = formulas.salutation.match(line.text)
    if not match:
        return 0
    stop = re.compile(r"[,:;!—–]+|(?<=\w)-(?=\s)").search(line.text, match.end(), match.end() + _SALUTE)
    if len(line.text) <= _SALUTE and not (stop and len(line.text) - stop.end() > 30):
        return len(line.text)
    return stop.end() if stop else 0


def _is_valediction(line: Line, formulas: _Formulas) -> bool:
    return len(line.text) <= 300 and bool(formulas.valediction.match(line.text.rstrip(_PUNCTUATION)))


def _in_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(map(str.isupper, letters)) * 10 > len(letters) * 6


def _is_name(line: Line) -> bool:
    return len(line.text) <= 60 and bool(_NAME.match(line.text)) and not line.text.endswith(("?", ":"))


def is_dateline(line: Line, code: str) -> bool:
    """Tell whether a line is little else than a date and a place."""
    if len(line.text) > 110 or line.text.count(".") > 8:
        return False
    if code.startswith("zh"):
        return (
            len(line.text) <= 30 and bool(_HAN_DATE.search(line.text)) and line.text[-1] not in "，；：！？"
        )
    found = find(line.text, code)
    if found:
        rest = line.text[: found[0].start] + line.text[found[-1].end :]
        return len(_WORD.findall(rest)) <= 9
    known = language(code)
    day = re.search(r"\b\d{1,2}\.?(?:ter|ten|st|nd|rd|th|er)?\s+(\w+)", line.text)
    if (
        day
        and known
        and day[1].lower() in known.months
        and len(line.text) <= 50
        and len(_WORD.findall(line.text)) <= 6
    ):
        return True
    return (
        bool(_NUMERIC_DATE.search(line.text)) and len(line.text) <= 50 and len(_WORD.findall(line.text)) <= 5
    )
