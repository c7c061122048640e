"""Encoding: a source becomes a TEI tree, and the tree on disk keeps what people did to it.

What the machine wove before is taken out and woven afresh; what a person changed, added or removed stays as they left
it (docs/design.md, "The last word").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from teipress import __version__
from teipress.anchors import Anchors
from teipress.annotators import ROUNDS, SUSPECTING, annotator
from teipress.annotators.marks import unclear
from teipress.digests import digest, signature
from teipress.document import NAMESPACES, local, tei
from teipress.doubts import clear_doubts, named, write_doubts
from teipress.drafting import draft
from teipress.edition import Edition, Sidecar
from teipress.finding import Finding
from teipress.grouping import common_header, group, name_text
from teipress.header import MACHINE, header
from teipress.ledger import Decision, Entry, Ledger, Suspected, Woven
from teipress.linking import Group
from teipress.links import clear_links, decided, write_links
from teipress.marking import standing
from teipress.merge import Lost, reanchored, redraft
from teipress.parts import write_parts
from teipress.passages import Key
from teipress.practice import Described
from teipress.registers import Registers
from teipress.settled import Settled, clear
from teipress.source import Source
from teipress.span import Span
from teipress.standoff import is_beside
from teipress.text import Text, folded, wording
from teipress.translations import Other, find
from teipress.weave import identify, weave

_NAMED: Final = 3  # suspected slips that a finding names


@dataclass(frozen=True)
class Request:
    """All that an encoding depends on."""

    source: Source
    sidecar: Sidecar
    genre: str
    registers: Registers
    edition: Edition | None = None
    annotators: tuple[str, ...] = Edition.annotators
    file: str = ""
    models: tuple[tuple[str, str], ...] = ()  # of each schema that drafts point to: its URI and its type
    original: Other | None = None  # of which this text is the translation, in a file of its own
    translated_as: tuple[str, ...] = ()  # the files of its translations
    parts: tuple[Request, ...] = ()  # the original and its translations, which are one document

    @property
    def conventions(self) -> tuple[str, ...]:
        """The conventions that the source's marks follow: the sidecar's word, else the edition's."""
        return self.sidecar.conventions or (self.edition.conventions if self.edition else ())

    @property
    def accepted(self) -> frozenset[str]:
        """The rules whose suspicions are encoded without a person's word, by the sidecar and the edition."""
        return frozenset((*self.sidecar.accept, *(self.edition.accept if self.edition else ())))


@dataclass(frozen=True)
class Encoding:
    """The result: a tree, its ledger, what there is to know of them, and what a person was seen to reject."""

    tree: etree._ElementTree
    ledger: Ledger
    findings: tuple[Finding, ...] = ()
    rejections: tuple[Decision, ...] = ()


def encode(
    request: Request,
    existing: etree._ElementTree | None,
    ledger: Ledger,
    *,
    merging: bool = False,
    deciding: Callable[[Ledger], Ledger] = lambda ledger: ledger,
) -> Encoding:
    """Encode a source, into the tree that exists where there is one; it is changed in place.

    `deciding` may add people's decisions to the ledger, once the tree has been compared with the old one.

    Where the wording of the tree is no longer the source's, and a person has edited it, a finding says so; with
    `merging`, the new draft takes the place of the old one and what people did is carried over to it.
    """
    fresh = _draft(request)
    drafted = digest(fresh), tuple(map(signature, _elements(fresh)))
    findings: list[Finding] = []
    rejections: tuple[Decision, ...] = ()
    if existing is None:
        root = _document(request, fresh)
    else:
        root = existing.getroot()
        ledger, undoubted = clear_doubts(root, ledger)
        ledger, unlinked = clear_links(root, ledger)
        cleared = clear(root, ledger)
        ledger, rejections = deciding(cleared.ledger), (*cleared.rejections, *undoubted, *unlinked)
        words = wording(root)
        outcome = _reconcile(root, fresh, request, ledger, merging)
        if isinstance(outcome, Finding):
            return Encoding(existing, ledger, (outcome,), rejections)
        ledger = reanchored(ledger, words, wording(root))
        findings += [_homeless(lost, request) for lost in outcome.lost]
        if not outcome.adopted and ledger.draft:
            drafted = ledger.draft, ledger.drafted
    settled = Settled(root, ledger)
    findings += [_astray(decision, request) for decision in settled.lost]
    record = _Record()
    findings += _annotate(root, request, ledger, settled, record)
    record.doubts += write_doubts(root, record.woven, ledger)
    text = root.find(tei("text"))
    assert text is not None
    fresh_header = _header(request, text)
    parts = write_parts(root, fresh_header, ledger.header)
    links = write_links(root, record.links, ledger)
    findings += [_unlinked(decision, request) for decision in links.lost]
    result = replace(
        _entries(root, ledger, settled, record, links.entries),
        source=request.source.digest,
        draft=drafted[0],
        drafted=drafted[1],
        reader=request.source.reader,
        teipress=__version__,
        omitted=request.source.deviations(),
        normalised=request.source.normalised,
        header=parts,
    )
    return Encoding(root.getroottree(), result, tuple(findings), rejections)


def _document(request: Request, text: etree._Element) -> etree._Element:
    """Make a new TEI document around a drafted text, with the schemas that it is to be held against."""
    root = etree.Element(tei("TEI"), nsmap=NAMESPACES)
    root.text = "\n  "
    etree.SubElement(root, tei("teiHeader")).tail = "\n  "
    root.append(text)
    text.tail = "\n"
    for uri, kind in request.models:
        root.addprevious(etree.ProcessingInstruction("xml-model", f'href="{uri}" schematypens="{kind}"'))
    return root


def _draft(request: Request) -> etree._Element:
    """Draft a source; an original and its translations in a group."""
    if request.parts:
        return group([_draft(part) for part in request.parts])
    text = draft(request.source, request.sidecar, request.genre)
    if request.original or request.translated_as:
        name_text(text, "translation" if request.original else "original")
    return text


def _header(request: Request, text: etree._Element) -> etree._Element:
    """Describe a document as it was encoded; one of several texts, while they still stand side by side."""
    texts = [child for inner in text.iterchildren(tei("group")) for child in inner.iterchildren(tei("text"))]
    if request.parts and len(texts) == len(request.parts):
        described = [
            Described(part.source, part.sidecar, part.edition, each, part.genre)
            for part, each in zip(request.parts, texts, strict=True)
        ]
        return common_header(described, text)
    return header(
        Described(
            request.source, request.sidecar, request.edition, text, request.genre, request.translated_as
        )
    )


def _elements(text: etree._Element) -> list[etree._Element]:
    """List the elements of a draft that people may change: all in its body."""
    return [element for element in text.iter(tei("*")) if local(element) not in ("text", "body")]


# A tree that exists, and a source that may have changed.


@dataclass(frozen=True)
class _Outcome:
    """Whether the tree is now that of the fresh draft, and what of a person's work found no place in it."""

    adopted: bool
    lost: list[Lost] = field(default_factory=list)


def _reconcile(
    root: etree._Element, fresh: etree._Element, request: Request, ledger: Ledger, merging: bool
) -> Finding | _Outcome:
    """Bring a cleared tree and a fresh draft together, or say why nothing was done."""
    text = root.find(tei("text"))
    if text is None:
        return _parted(request, "this file has no text element")
    if digest(text) == ledger.draft:  # nobody has edited it: the fresh draft takes its place
        if digest(fresh) != ledger.draft:
            fresh.tail = text.tail
            root.replace(text, fresh)
        return _Outcome(adopted=True)
    if folded(wording(root)) == folded(request.source.wording) and not merging:
        return _Outcome(adopted=False)
    if not merging or not ledger.drafted:
        return _parted(
            request, "the wording of this file and of its source differ, and the file was edited by hand"
        )
    return _Outcome(adopted=True, lost=redraft(root, fresh, ledger.drafted))


def _parted(request: Request, message: str) -> Finding:
    remedy = (
        "if the source was corrected: teipress encode --redraft, which keeps what you did to the file by hand; if this "
        "file was: take the change back, correct the source, or encode it as choice with sic and corr"
    )
    return Finding(request.file, 0, 0, "WRD002", "error", f"{message}: nothing was changed", remedy)


def _homeless(lost: Lost, request: Request) -> Finding:
    message = f"{lost.what} found no place in the new draft; it stood {lost.context}"
    return Finding(
        request.file, 0, 0, "ENC030", "warning", message, "put it back by hand where it belongs now"
    )


def _astray(decision: Decision, request: Request) -> Finding:
    message = f'a decision ({decision.verdict} {decision.tag}) is about "{decision.at.quote}", which the text has not'
    where = f" after “{decision.at.prefix}”" if decision.at.prefix else ""
    return Finding(
        request.file,
        0,
        0,
        "ENC031",
        "warning",
        message + where,
        "correct its quote in tei/decisions, or take it out",
    )


def _unlinked(decision: Decision, request: Request) -> Finding:
    message = f'a decision links "{decision.attributes.get("target", "")}", passages that the text has not'
    remedy = "take it back (teipress decide --undo), and link by hand what belongs together now"
    return Finding(request.file, 0, 0, "ENC031", "warning", message, remedy)


# What is woven.


@dataclass
class _Record:
    """What one run wove, in offsets of the wording."""

    woven: list[Span] = field(default_factory=list)
    suspected: list[Span] = field(default_factory=list)
    identified: list[Span] = field(default_factory=list)
    links: list[Group] = field(default_factory=list)
    doubts: list[Entry] = field(default_factory=list)
    view: Text | None = None  # of the tree, until the next span is woven

    def text(self, root: etree._Element) -> Text:
        """Give the tree as annotators see it."""
        self.view = self.view or Text.of(root)
        return self.view


def _annotate(
    root: etree._Element, request: Request, ledger: Ledger, settled: Settled, record: _Record
) -> list[Finding]:
    decided = settled.decided()
    # A correction comes first, so that a name or a date goes around it, whoever wove it.
    findings = _weave(root, [span for span in decided if span.reading is not None], record, request)
    findings += _suspect(root, request, settled, record)
    for number, names in enumerate(ROUNDS):
        if number == len(ROUNDS) - 1:
            findings += _weave(root, [span for span in decided if span.reading is None], record, request)
        wanted = [name for name in request.annotators if name in names and name not in SUSPECTING]
        proposals = _proposed(root, wanted, request, record)
        signed = [_signed(span) for span in settled.leave(proposals)]
        if any(span.alternative for span in signed):
            signed = named(signed, root, ledger, _known(root, ledger))
        findings += _weave(root, signed, record, request)
        if "marks" in wanted:
            findings += _unclear(record.text(root), request)
    if "translations" in request.annotators:
        findings += _link(root, request, ledger, settled, record)
    return findings


def _proposed(root: etree._Element, names: Sequence[str], request: Request, record: _Record) -> list[Span]:
    """Give what annotators propose, in offsets of the wording; nothing in this edition's own notes."""
    text = record.text(root) if names else None
    return [
        placed
        for name in names
        if text is not None
        for span in annotator(name, request.conventions, request.sidecar.date, request.sidecar.place)(
            text, request.registers
        )
        if (placed := span.at(*text.to_source(span.start, span.end))).start < placed.end
    ]


def _unclear(text: Text, request: Request) -> list[Finding]:
    """Say which brackets fit no rule and are left as text."""
    found = [
        " ".join(text.reading[start - min(start, 16) : end + 8].split())
        for start, end in unclear(request.conventions, text)
    ]
    if not found:
        return []
    named = ", ".join(f"“…{words}…”" for words in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    message = f"brackets that the convention does not explain are left as text: {named}{more}"
    remedy = "encode what they mean by hand, or name another convention in the sidecar"
    return [Finding(request.file, 0, 0, "ENC021", "info", message, remedy)]


def _around(reading: str, start: int, end: int) -> str:
    """Quote a place with a little of its line before and after it."""
    before = reading[max(0, start - 16) : start].rpartition("\n")[2]
    return f"{before}{reading[start:end]}{reading[end : end + 8].partition(chr(10))[0]}".strip()


def _suspect(root: etree._Element, request: Request, settled: Settled, record: _Record) -> list[Finding]:
    """Note the slips that are suspected; weave those whose rule is accepted, before names and dates are looked for."""
    wanted = [name for name in request.annotators if name in SUSPECTING]
    proposals = list(settled.leave(_proposed(root, wanted, request, record)))
    accepted = [span for span in proposals if span.rule in request.accepted]
    record.suspected += [span for span in proposals if span.rule not in request.accepted]
    findings = _weave(root, [_signed(span) for span in accepted], record, request)
    if record.suspected:
        findings.append(_waiting(root, record.suspected, request))
    return findings


def _waiting(root: etree._Element, suspected: list[Span], request: Request) -> Finding:
    """Say how many slips are suspected, with the surest of them."""
    text = wording(root)
    surest = sorted(suspected, key=lambda span: ("high", "medium", "low").index(span.cert))[:_NAMED]
    named = ", ".join(f"“{text[span.start : span.end]}” for “{span.reading}”" for span in surest)
    more = f" and {len(suspected) - len(surest)} more" if len(suspected) > len(surest) else ""
    message = f"suspected and not encoded: {named}{more}"
    remedy = "teipress decide --list shows them; what is accepted becomes choice with sic and corr"
    return Finding(request.file, 0, 0, "ENC020", "info", message, remedy)


def _weave(root: etree._Element, spans: list[Span], record: _Record, request: Request) -> list[Finding]:
    if spans:
        record.view = None
    refused = set(weave(root, spans))
    record.woven += [span for span in spans if span not in refused]
    text = wording(root) if refused else ""
    return [
        Finding(
            request.file,
            0,
            0,
            "ENC001",
            "info",
            f'"{text[span.start : span.end]}" crosses an element and is not encoded as {span.tag}',
            "encode it by hand, in parts",
        )
        for span in refused
    ]


def _signed(span: Span) -> Span:
    """Say of a claim who makes it and how surely; a span without a certainty claims nothing."""
    return span.having({"resp": f"#{MACHINE}", "cert": span.cert}) if span.cert else span


# Translations.


def _link(
    root: etree._Element, request: Request, ledger: Ledger, settled: Settled, record: _Record
) -> list[Finding]:
    """Mark the sentences of what is translated, and note the links to be written."""
    found = find(
        root,
        _known(root, ledger),
        request.original,
        decided(root, ledger),
        is_translated=bool(request.translated_as),
    )
    if found is None:
        return []
    findings = _weave(root, list(settled.leave(found.marks.segments)), record, request)
    identify(root, found.marks.identified)
    record.identified += [
        Span(*key, (("xml:id", ident),), rule="translations.passage")
        for key, ident in found.marks.identified.items()
        if found.marks.standing.get(key) is None
    ]
    record.links += found.groups(standing(root))
    return findings


def _known(root: etree._Element, ledger: Ledger) -> dict[Key, str]:
    """Give the ids that an earlier run minted, by where their elements stand now."""
    minted = [entry for entry in (*ledger.woven, *ledger.identified) if "xml:id" in entry.attributes]
    places = Anchors(wording(root)).find(entry.at for entry in minted)
    return {
        (*place, entry.tag): entry.attributes["xml:id"]
        for entry, place in zip(minted, places, strict=True)
        if place
    }


# The ledger.


def _entries(
    root: etree._Element, ledger: Ledger, settled: Settled, record: _Record, links: tuple[Entry, ...]
) -> Ledger:
    """Give the ledger with what was woven, and the decisions about it, in the text's order; then doubts and links."""
    anchors = Anchors(wording(root))
    spans = [span for span in record.woven if span.rule != "decision"]
    proposals: list[tuple[tuple[int, int], Entry]] = [
        ((span.start, -span.end), entry) for span, entry in zip(spans, _woven(anchors, spans), strict=True)
    ]
    proposals += [
        ((span.start, -span.end), entry)
        for span, entry in zip(record.suspected, _woven(anchors, record.suspected, Suspected), strict=True)
    ]
    end = len(anchors.folded) * 2
    for entry in ledger.proposals:
        if isinstance(entry, Decision) and not is_beside(entry):
            start, stop = settled.places.get(id(entry), (end, end))
            proposals.append(((start, -stop), entry))
    proposals.sort(key=lambda pair: pair[0])
    return replace(
        ledger,
        identified=_woven(anchors, record.identified),
        proposals=(*(entry for _, entry in proposals), *record.doubts, *links),
    )


def _woven(anchors: Anchors, spans: list[Span], kind: type[Woven] = Woven) -> tuple[Woven, ...]:
    quotations = anchors.quote((span.start, span.end) for span in spans)
    return tuple(
        kind(at, span.tag, dict(span.attributes), span.rule, span.cert, span.reading, span.candidates)
        for at, span in zip(quotations, spans, strict=True)
    )
