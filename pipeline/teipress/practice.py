"""The editorial practice in words (Guidelines 2.3): what was left out, kept, normalised, marked, and by what.

It says of a text what holds for this text: nothing of hyphens where there are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from teipress import __version__
from teipress.conventions import USUAL, convention
from teipress.document import tei
from teipress.edition import Edition, Sidecar
from teipress.origins import Deviation
from teipress.source import Omission, Source

_SHOWN: Final = 10  # omissions for one reason that the header lists; all are in the ledger
_CORRECTION: Final = (
    "Slips of the digital copy are encoded as choice with sic and corr of type transcription, slips of the source "
    "itself with corr of type source; both only by an editor's decision."
)
_ACCEPTED: Final = " What the following rules suspect is encoded without one, with the program's resp: {}."
_NORMALIZATION: Final = (
    "The wording of the source is kept to the letter; only the white space between blocks differs."
)
_PUNCTUATION: Final = "Brackets and omission marks of the source stay in the text, in metamark."
_INTERPRETATION: Final = (
    "Elements with resp #teipress are proposals of a program that nobody has reviewed; cert says how sure it is. What "
    "an editor accepts bears the editor's resp and no cert."
)
_QUOTATION: Final = (
    "Quotation marks stay in the text as the source has them; what they enclose is marked as quote where it is quoted "
    "from elsewhere."
)
_HYPHENATION: Final = (
    "Hyphens at the ends of lines stay in the text: as pc of force weak where they only break the line, with lb of "
    "break no after them."
)
_SEGMENTATION: Final = "Sentences of passages that have a translation are marked as seg of type s."
_DATES: Final = "The value of a date is given by the proleptic Gregorian calendar, in the form of ISO 8601."
_NOTES: Final = "Notes of the source stand where the source has them, and point to their place in the text."
_PAGES: Final = "Page breaks, page numbers and running heads of the source are kept, as pb and fw."
_MARKS: Final = frozenset('“”„«»‹›「」『』"')


@dataclass(frozen=True)
class Described:
    """What a header describes: a source, its sidecar, its text element, and how it was encoded."""

    source: Source
    sidecar: Sidecar
    edition: Edition | None
    text: etree._Element
    genre: str
    translations: tuple[str, ...] = ()  # the files that they are in


def describe_encoding(root: etree._Element, described: Described) -> None:
    """Add the `encodingDesc` of a text to its header."""
    encoding = etree.SubElement(root, tei("encodingDesc"))
    if described.edition:
        _say(
            etree.SubElement(encoding, tei("projectDesc")),
            f"Part of the edition “{described.edition.title}”.",
        )
    if described.source.omitted:
        sampling = etree.SubElement(encoding, tei("samplingDecl"))
        for words in _omissions(described.source):
            _say(sampling, words)
    practice = etree.SubElement(encoding, tei("editorialDecl"))
    for name, attributes, words in _declarations(described):
        _say(etree.SubElement(practice, tei(name), attributes), words)
    for words in _remarks(described):
        _say(practice, words)
    described_by = {"ident": "teipress", "version": __version__}
    application = etree.SubElement(
        etree.SubElement(encoding, tei("appInfo")), tei("application"), described_by
    )
    etree.SubElement(application, tei("label")).text = "teipress"


def _say(parent: etree._Element, words: str) -> None:
    etree.SubElement(parent, tei("p")).text = words


def _declarations(described: Described) -> Iterator[tuple[str, dict[str, str], str]]:
    """Give the declarations that hold for this text: name, attributes, words (Guidelines 2.3.3)."""
    text, source = described.text, described.source
    edition = described.edition
    accepted = sorted({*described.sidecar.accept, *(edition.accept if edition else ())})
    yield "correction", {}, _CORRECTION + (_ACCEPTED.format(", ".join(accepted)) if accepted else "")
    yield "normalization", {}, " ".join([_NORMALIZATION, *_normalised(source)])
    yield "punctuation", {}, _PUNCTUATION
    if _has(text, "quote", "q", "cit") or not _MARKS.isdisjoint(source.text):
        yield "quotation", {"marks": "all"}, _QUOTATION
    if _has(text, "seg"):
        yield "segmentation", {}, _SEGMENTATION
    if any(date.get("when") or date.get("from") for date in text.iter(tei("date"))):
        yield "stdVals", {}, _DATES
    yield "interpretation", {}, _INTERPRETATION
    if any(line.get("break") for line in text.iter(tei("lb"))):
        yield "hyphenation", {"eol": "all"}, _HYPHENATION


def _has(text: etree._Element, *names: str) -> bool:
    return next(text.iter(*map(tei, names)), None) is not None


def _normalised(source: Source) -> Iterator[str]:
    """Say what of the file's own form was read otherwise, without its numbers: these are in the ledger."""
    reasons = dict.fromkeys(deviation.reason for deviation in source.normalised)
    if reasons:
        yield f"Of the file: {'; '.join(reasons)}."


def _remarks(described: Described) -> Iterator[str]:
    """Say what no declaration of TEI's own is for: conventions, notes, pages, the encoding that was guessed."""
    source, text, edition = described.source, described.text, described.edition
    settled = described.sidecar.conventions or (edition.conventions if edition else ())
    if not settled and _has(text, "metamark"):
        settled = USUAL
    for name in settled:
        yield f"Marks of the source are read by the convention “{name}”: {convention(name).title}."
    if any(note.get("target") for note in text.iter(tei("note"))):
        yield _NOTES
    if _has(text, "pb", "fw"):
        yield _PAGES
    if source.guessed:
        yield f"The source was read as {source.encoding}: {source.guessed}."


def _omissions(source: Source) -> Iterator[str]:
    """Say what was left out and why; of what is left out often, the first place (Guidelines 2.3.2)."""
    by_reason: dict[str, list[tuple[Omission, Deviation]]] = {}
    for gap, deviation in source.on_record():
        by_reason.setdefault(gap.reason, []).append((gap, deviation))
    for reason, found in by_reason.items():
        shown = found if len(found) <= _SHOWN else found[:1]
        times = f", {len(found)} times, first" if shown is not found else ""
        for gap, deviation in shown:
            quoted = f", from “{deviation.quote[:40].strip()}”" if deviation.quote.strip() else ""
            line = "" if deviation.file else f"line {source.place(gap.start)[0]}{quoted}; "
            where = f"{line}bytes {deviation.start} to {deviation.end} of {deviation.file or 'the source'}"
            yield f"Omitted: {reason}{times} ({where})."
