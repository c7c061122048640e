"""What the speeches of a play are: prose, verse or songs, each passage told by its line breaks or those beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, NamedTuple

from teipress.drafting import xiqu
from teipress.drafting.linebreaks import LONGEST as LONGEST_LINE
from teipress.drafting.linebreaks import has_room, in_verse, settled
from teipress.drafting.lines import Line
from teipress.drafting.poems import patterns
from teipress.drafting.speakers import Label
from teipress.drafting.speeches import LONGEST, Passage, is_direction
from teipress.source import LONGEST_STRETCH, Source

_HEADING: Final = 80  # the longest of a song
_SUNG: Final = 4  # how much farther to the right than what is spoken a song is set at least
_INNER: Final = 3  # rows that go on with a sentence
_LATER: Final = 8  # how much farther to the right the second part of a verse begins


class Said(NamedTuple):
    """What follows a speaker's label, row by row: the rest of the label's own row, if it has one, and those below."""

    label: Label
    first: Line  # with the label
    rows: Sequence[Line]

    @property
    def inline(self) -> bool:
        """Whether the speech begins in the row that has the label."""
        return bool(self.rows) and self.rows[0].start < self.first.end


def said(label: Label, rows: Sequence[Line]) -> Said:
    """Part the rows of a speech from its label; what stands beside it is as far right as it is printed."""
    first = rows[0]
    rest = first.starting(label.end)
    if not rest.text:
        return Said(label, first, rows[1:])
    beside = Line(rest.start, rest.end, rest.text, first.indent + rest.start - first.start, rest.gap)
    return Said(label, first, [beside, *rows[1:]])


def heads_song(row: Line) -> bool:
    """Tell whether a row is a song's heading: its tune, or a word for it."""
    if len(row.text) <= _HEADING and patterns()["song"].match(row.text):
        return True
    return bool(xiqu.tune(row.text))


def cut(rows: Sequence[Line]) -> list[list[Line]]:
    """Cut rows where blank lines stand between them, but not beside a direction."""
    found: list[list[Line]] = []
    directed = False  # whether the row before is a direction
    for row in rows:
        above, directed = directed, is_direction(row.text)
        if found and (row.gap <= 0 or directed or above):
            found[-1].append(row)
        else:
            found.append([row])
    return found


@dataclass(slots=True)
class _Piece:
    """Rows of a speech that are one thing; whether they are verse, None while nothing tells."""

    rows: list[Line]
    headed: bool = False  # whether the first row has words of a song's heading
    verse: bool | None = None
    head: Line | None = None
    song: bool = False  # which says nothing of what is spoken


class Page:
    """The page of a play: what its line breaks say."""

    def __init__(self, source: Source, starts: Sequence[int], width: int, opera: bool) -> None:
        self.source = source
        self.starts = starts  # of the paragraphs
        self.width = width
        self.opera = opera
        self.han = source.language.startswith(("zh", "ja"))

    def passages(self, speeches: Sequence[Said], titled: bool) -> list[list[Passage]]:
        """Give the passages of each speech; `titled` says that the title of the play promises verse."""
        margin = _margin(speeches)
        found = [self._pieces(speech, margin) for speech in speeches]
        spoken = [piece for pieces in found for piece in pieces if not piece.song]
        votes = [piece.verse for piece in spoken]
        if not self.opera:
            verse = titled or _shares_lines(speeches, margin) or _begin_large([one.rows for one in spoken])
            votes = list(settled(votes, verse))
        for piece, vote in zip(spoken, votes, strict=True):
            piece.verse = vote is True
        mostly_prose = 4 * sum(vote is True for vote in votes) < len(votes)
        return [[self._passage(piece, mostly_prose) for piece in pieces] for pieces in found]

    def _pieces(self, speech: Said, margin: int) -> list[_Piece]:
        """Give the pieces of a speech, each with its own vote."""
        found = self._songs(cut(speech.rows))
        if self.han:
            found = _delivered(found, speech, self.width)
        for number, piece in enumerate(found):
            words = [row for row in piece.rows if not is_direction(row.text)]
            if not self.han:
                piece.verse = in_verse(words, self.width)
            piece.head = self._tune(piece.rows) if piece.headed else None
            piece.song = piece.head is not None
            if piece.verse and len(words) > 1 and (number > 0 or speech.label.alone):
                piece.song = piece.song or min(row.indent for row in words) >= margin + 2
            piece.verse = piece.song or piece.verse
        return found

    def _passage(self, piece: _Piece, mostly_prose: bool) -> Passage:
        if not piece.verse:
            return Passage(False, self.paragraphs(piece.rows))
        if not piece.head:
            return Passage(True, piece.rows, sung=mostly_prose)
        rest = piece.rows[0].starting(len(piece.head.text))
        return Passage(True, [*([rest] if rest.text else []), *piece.rows[1:]], piece.head, True)

    def _tune(self, rows: Sequence[Line]) -> Line | None:
        """Give the heading of a song that rows begin with: its tune, or a word for it; None where they are none."""
        row = rows[0]
        if tune := xiqu.tune(row.text):
            alone = tune == row.text
            if len(rows) > 1 or not alone:
                return row if alone else replace(row, end=row.start + len(tune), text=tune)
        named = len(rows) > 1 and len(row.text) <= _HEADING and patterns()["song"].match(row.text)
        return row if named and in_verse(rows[1:], self.width) is not False else None

    def _songs(self, parts: Sequence[list[Line]]) -> list[_Piece]:
        """Part songs with headings from what is spoken before and after them."""
        found: list[_Piece] = []
        joined = False  # whether the last piece is a heading that waits for its song
        for part in parts:
            if joined:
                found[-1].rows += part
                joined = False
                continue
            for at, row in enumerate(part):
                headed = heads_song(row)
                if not at or headed or self._begins(part, at, found[-1]):
                    found.append(_Piece([row], headed))
                else:
                    found[-1].rows.append(row)
            joined = len(found[-1].rows) == 1 and found[-1].headed and not xiqu.tune(part[-1].text)
        return found

    def _begins(self, part: Sequence[Line], at: int, last: _Piece) -> bool:
        """Tell whether a row is no more of the piece above it: what is sung below a direction, or said after a song."""
        row = part[at]
        if last.headed and len(last.rows) > 1 and row.indent < last.rows[1].indent:
            return True
        if at > 1 and row.indent >= part[0].indent + _SUNG and is_direction(part[at - 1].text):
            return True
        if self.han and xiqu.manner(xiqu.opening(row.text)):
            return True
        return self.opera and is_direction(row.text[: row.text.find("〕") + 1])

    def paragraphs(self, rows: Sequence[Line]) -> list[Line]:
        """Join the rows of each paragraph."""
        if len(rows) == 1:
            return list(rows)
        edges: list[tuple[Line, int]] = []  # the first row of each, and where it ends
        above: Line | None = None
        for row in rows:
            wrapped = above is not None and row.gap <= 0 and self._wraps(above, row)
            wrapped = wrapped and row.end - edges[-1][0].start <= LONGEST_STRETCH
            if wrapped and not is_direction(row.text) and not self._directs(*edges[-1]):
                edges[-1] = edges[-1][0], row.end
            else:
                edges.append((row, row.end))
            above = row
        return [
            first if first.end == end else replace(first, end=end, text=self.source.text[first.start : end])
            for first, end in edges
        ]

    def _directs(self, first: Line, end: int) -> bool:
        """Tell whether a paragraph that may not be whole yet is a direction."""
        if end == first.end:
            return is_direction(first.text)
        return end - first.start <= LONGEST and is_direction(self.source.text[first.start : end])

    def _wraps(self, above: Line, row: Line) -> bool:
        """Tell whether a row goes on with the paragraph of the row above it."""
        if bisect_right(self.starts, row.start) == bisect_right(self.starts, above.start):
            return True
        return bool(self.width) and not has_room(above, row, self.width)


def _delivered(pieces: Sequence[_Piece], speech: Said, width: int) -> list[_Piece]:
    """Give the pieces of a speech in Chinese: directions say what is verse; a row alone without one is prose.

    Of a poem that is recited only the even lines are verse, and what is said after it is prose.
    """
    found: list[_Piece] = []
    manner = xiqu.manner(speech.first.text[speech.label.aside : speech.label.end])
    for piece in pieces:
        manner = xiqu.manner(xiqu.opening(piece.rows[0].text)) or manner
        signs = [sum(map(str.isalnum, row.text)) for row in piece.rows]
        even = len(signs)
        if manner == "recited":
            even = next((at for at, count in enumerate(signs) if count != signs[0]), even)
        for rows in filter(None, (piece.rows[:even], piece.rows[even:])):
            words = [row for row in rows if not is_direction(row.text)]
            if manner:
                verse: bool | None = manner != "spoken"
            else:
                verse = in_verse(words, width) if len(words) > 1 else False
            found.append(_Piece(rows, piece.headed and rows[0] is piece.rows[0], verse))
            manner = ""
    return found


def _margin(speeches: Sequence[Said]) -> int:
    """Give how far what is spoken is set in, mostly; what stands beside labels is where these are."""
    counts = Counter(row.indent for speech in speeches for row in speech.rows[speech.inline :])
    counts[min((speech.first.indent for speech in speeches), default=0)] += sum(
        not speech.label.alone for speech in speeches
    )
    return max(counts, key=lambda indent: (counts[indent], -indent), default=0)


def _begin_large(pieces: Sequence[Sequence[Line]]) -> bool:
    """Tell whether all rows within sentences, three at least, begin with capitals: couplets that tell nothing alone."""
    inner = [
        (a, b) for rows in pieces for a, b in pairwise(rows) if a.text[-1].isalnum() or a.text[-1] in ",;:"
    ]
    return len(inner) >= _INNER and all(
        b.text[:1].isupper() and len(a.text) <= LONGEST_LINE for a, b in inner
    )


def _shares_lines(speeches: Sequence[Said], margin: int) -> bool:
    """Tell whether a speech often begins where the line before it ended, as the parts of one verse do."""
    later = 0
    for speech in speeches:
        first = next((row for row in speech.rows if not is_direction(row.text)), None)
        if first is not None:
            inline = first.start < speech.first.end
            beside = first.start - speech.first.start - speech.label.end
            later += (beside if inline else first.indent - margin) >= _LATER
    return later >= max(2, len(speeches) // 8) and 2 * later < len(speeches) + 2
