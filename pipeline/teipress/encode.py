"""Encoding: a source becomes a TEI tree, and the tree on disk keeps what people did to it.

What the machine wove before is taken out and woven afresh; what a person changed, added or removed stays as
they left it (docs/design.md, "The last word").
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from teipress import __version__
from teipress.anchors import Anchors, Quotation
from teipress.annotators import ROUNDS, annotator
from teipress.document import ID, NAMESPACES, local, tei
from teipress.drafting import draft
from teipress.edition import Edition, Sidecar
from teipress.elements import NAMES
from teipress.finding import Finding
from teipress.header import MACHINE, Described, header
from teipress.ledger import Decision, Ledger, Woven
from teipress.registers import Registers
from teipress.source import Source
from teipress.span import Span
from teipress.text import Text, folded, wording
from teipress.translations import Pair, minted, pairs
from teipress.weave import Index, identify, unweave, weave, woven

#: Elements of which a person's own keeps the machine's of any of them away.
_GROUNDS: Final = (
    NAMES,
    frozenset({"date", "time"}),
    frozenset({"choice", "sic", "corr", "orig", "reg", "abbr", "expan"}),
    frozenset({"supplied", "unclear", "gap"}),
    frozenset({"ellipsis"}),
    frozenset({"metamark"}),
    frozenset({"seg", "s"}),
)

#: The parts of a file beside its text that the machine writes as wholes, under their parents.
_PARTS: Final = ("fileDesc", "encodingDesc", "profileDesc")
_LINKS: Final = "standOff/linkGrp/"


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


@dataclass(frozen=True)
class Encoding:
    """The result: a tree, its ledger, and what there is to know of them."""

    tree: etree._ElementTree
    ledger: Ledger
    findings: tuple[Finding, ...] = ()


def encode(request: Request, existing: etree._ElementTree | None, ledger: Ledger) -> Encoding:
    """Encode a source, into the tree that exists where there is one.

    The existing tree is changed in place. Where its wording is no longer the source's, and a person has edited
    it, nothing is changed and a finding says so.
    """
    fresh = draft(request.source, request.sidecar, request.genre)
    digest = _digest(fresh)
    if existing is None:
        root = _document(request, fresh)
    else:
        root = existing.getroot()
        ledger = _bare(root, ledger)
        text = root.find(tei("text"))
        if text is None or (
            _digest(text) != ledger.draft and folded(wording(root)) != folded(request.source.wording)
        ):
            return Encoding(existing, ledger, (_parted(request),))
        if _digest(text) == ledger.draft != digest:
            fresh.tail = text.tail
            root.replace(text, fresh)
    findings, record = _annotate(root, request, ledger)
    header_digests = _write_parts(root, request, record.links, ledger)
    anchors = Anchors(wording(root))
    source = request.source
    ledger = replace(
        ledger,
        source=source.digest,
        draft=digest,
        reader=source.reader,
        teipress=__version__,
        omitted=source.omitted,
        omitted_quotes=tuple(" ".join(source.text[g.start : g.end].split())[:60] for g in source.omitted),
        header=header_digests,
        identified=_entries(anchors, record.identified),
        woven=_entries(anchors, sorted(record.woven, key=lambda span: (span.start, -span.end))),
    )
    return Encoding(root.getroottree(), ledger, tuple(findings))


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


def _parted(request: Request) -> Finding:
    return Finding(
        request.file,
        0,
        0,
        "WRD002",
        "error",
        "the wording of this file and of its source differ, and the file has been edited by hand: nothing was changed",
        "correct the source, or take the change of wording back and use choice with sic and corr",
    )


def _digest(element: etree._Element) -> str:
    """Give the digest of an element as canonical XML, whatever stands around it."""
    copy = deepcopy(element)
    copy.tail = None
    etree.cleanup_namespaces(copy)
    return hashlib.sha256(etree.tostring(copy, method="c14n", exclusive=True)).hexdigest()[:16]


# What is the machine's, and what a person's.


def _bare(root: etree._Element, ledger: Ledger) -> Ledger:
    """Take out of a tree what is still the machine's; give the ledger with the rejections that this tells.

    An element is the machine's while it equals its entry in the ledger and nothing was added inside it. An
    entry whose element is gone, with no other element of its kind in its place, was rejected.
    """
    index = Index(root)
    anchors = Anchors(wording(root))
    standing: dict[tuple[int, int, str, tuple[tuple[str, str], ...], str | None], list[etree._Element]] = {}
    elements = [*index.extents]
    for element, span in zip(elements, woven(index), strict=True):
        standing.setdefault((span.start, span.end, span.tag, span.attributes, span.reading), []).append(
            element
        )
    ours: set[etree._Element] = set()
    gone: list[Woven] = []
    places = anchors.find(entry.at for entry in ledger.woven)
    for entry, place in zip(ledger.woven, places, strict=True):
        key = (*(place or (-1, -1)), entry.tag, tuple(sorted(entry.attributes.items())), entry.reading)
        if found := standing.get(key):
            ours.add(found.pop())
        else:
            gone.append(entry)
    foreign = {element for element in ours if _holds_more(element, ours)}
    rejected = [entry for entry in gone if _is_rejected(entry, anchors, index, ours)]
    _unidentify(index, anchors, ledger)
    unweave(root, ours - foreign)
    return ledger.deciding(
        tuple(Decision(e.at, "reject", e.tag, why="removed from the file by hand") for e in rejected)
    )


def _holds_more(element: etree._Element, ours: set[etree._Element]) -> bool:
    """Tell whether a person put a note, a comment or the like into an element."""
    return any(
        not isinstance(inner.tag, str) or local(inner) in ("note", "certainty", "ref", "ptr")
        for inner in element.iterdescendants()
        if inner not in ours
    )


def _is_rejected(entry: Woven, anchors: Anchors, index: Index, ours: set[etree._Element]) -> bool:
    if entry.rule.startswith("decision"):
        return False
    place = anchors.find([entry.at])[0]
    if place is None:
        return False
    kinds = _ground(entry.tag)
    return not any(
        local(element) in kinds and start < place[1] and place[0] < end and element not in ours
        for element, (start, end) in index.extents.items()
    )


def _unidentify(index: Index, anchors: Anchors, ledger: Ledger) -> None:
    """Take away the ids that the machine gave to drafted elements, so that the draft can be known again."""
    places = anchors.find(entry.at for entry in ledger.identified)
    wanted = {
        (place, entry.tag): entry.attributes["xml:id"]
        for entry, place in zip(ledger.identified, places, strict=True)
        if place
    }
    for element, extent in index.extents.items():
        if element.get(ID) is not None and wanted.get((extent, local(element))) == element.get(ID):
            del element.attrib[ID]


def _ground(tag: str) -> frozenset[str]:
    return next((tags for tags in _GROUNDS if tag in tags), frozenset({tag}))


# What is woven.


@dataclass
class _Record:
    """What one run wove, in offsets of the wording."""

    woven: list[Span]
    identified: list[Span]
    links: list[etree._Element]


def _annotate(root: etree._Element, request: Request, ledger: Ledger) -> tuple[list[Finding], _Record]:
    record = _Record([], [], [])
    findings: list[Finding] = []
    settled = _Settled(root, ledger)
    for number, names in enumerate(ROUNDS):
        text = Text.of(root)
        proposals = list(settled.decided()) if number == 0 else []
        for name in request.annotators:
            if name in names:
                proposals += [
                    span.at(*text.to_source(span.start, span.end))
                    for span in annotator(name)(text, request.registers)
                ]
        findings += _weave(root, list(settled.without_overlaps(proposals)), record, request)
    if "translations" in request.annotators:
        findings += _link(root, request, ledger, record, settled)
    return findings, record


def _weave(root: etree._Element, spans: list[Span], record: _Record, request: Request) -> list[Finding]:
    signed = [_signed(span) for span in spans]
    refused = set(weave(root, signed))
    record.woven += [span for span in signed if span not in refused]
    text = wording(root)
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


class _Settled:
    """What is settled before the machine proposes: decisions, and what a person encoded."""

    def __init__(self, root: etree._Element, ledger: Ledger) -> None:
        text = wording(root)
        anchors = Anchors(text)
        self.decisions = [
            (place, decision)
            for decision, place in zip(
                ledger.decisions, anchors.find(decision.at for decision in ledger.decisions), strict=True
            )
            if place
        ]
        self.standing = [
            (extent, local(element))
            for element, extent in Index(root).extents.items()
            if any(local(element) in ground for ground in _GROUNDS)
        ]

    def decided(self) -> Iterator[Span]:
        """Give what people decided to add."""
        for (start, end), decision in self.decisions:
            if decision.verdict == "add":
                attributes = dict(decision.attributes) | ({"resp": f"#{decision.by}"} if decision.by else {})
                yield Span(
                    start, end, decision.tag, tuple(attributes.items()), "decision", reading=decision.reading
                )

    def without_overlaps(self, proposals: Iterable[Span]) -> Iterator[Span]:
        """Give the proposals that nothing settled speaks against."""
        for span in proposals:
            verdict = self._verdict(span)
            if verdict == "reject" or self._is_taken(span):
                continue
            yield span

    def _verdict(self, span: Span) -> str:
        for (start, end), decision in self.decisions:
            if (start, end) == (span.start, span.end) and decision.tag in ("", span.tag):
                return decision.verdict if span.rule != "decision" else ""
        return ""

    def _is_taken(self, span: Span) -> bool:
        kinds = _ground(span.tag)
        return any(tag in kinds and span.overlaps(*extent) for extent, tag in self.standing)


# Translations.


def _link(
    root: etree._Element, request: Request, ledger: Ledger, record: _Record, settled: _Settled
) -> list[Finding]:
    text = Text.of(root)
    found = pairs(text)
    if not found:
        return []
    anchors = Anchors(text.source)
    taken = [ident for element in root.iter() if (ident := element.get(ID))]
    passages = [
        text.to_source(p.block.start, p.block.end)
        for pair in found
        for p in (pair.original, pair.translation)
    ]
    tags = [p.block.tag for pair in found for p in (pair.original, pair.translation)]
    sentences = [
        text.to_source(*range_) for pair in found for range_ in pair.original.ranges + pair.translation.ranges
    ]
    seg_ids = minted("s", taken, _known(anchors, ledger.woven, "seg"), sentences)
    passage_ids = minted("passage-", taken, _known(anchors, ledger.identified, ""), passages)
    segs = [
        Span(*range_, "seg", (("type", "s"), ("xml:id", seg_ids[range_])), rule="translations.sentence")
        for range_ in sentences
    ]
    findings = _weave(root, list(settled.without_overlaps(segs)), record, request)
    identify(root, {(*range_, tag): passage_ids[range_] for range_, tag in zip(passages, tags, strict=True)})
    record.identified += [
        Span(*range_, tag, (("xml:id", passage_ids[range_]),), rule="translations.passage")
        for range_, tag in zip(passages, tags, strict=True)
    ]
    record.links += [_link_group(text, pair, seg_ids, passage_ids) for pair in found]
    return findings


def _known(anchors: Anchors, entries: Iterable[Woven], tag: str) -> dict[tuple[int, int], str]:
    """Give the ids that an earlier run minted, by where their elements stand now."""
    minted_before = [entry for entry in entries if tag in ("", entry.tag) and "xml:id" in entry.attributes]
    places = anchors.find(entry.at for entry in minted_before)
    return {
        place: entry.attributes["xml:id"] for entry, place in zip(minted_before, places, strict=True) if place
    }


def _link_group(
    text: Text, pair: Pair, seg_ids: Mapping[tuple[int, int], str], passage_ids: Mapping[tuple[int, int], str]
) -> etree._Element:
    sides = [text.to_source(p.block.start, p.block.end) for p in (pair.original, pair.translation)]
    group = etree.Element(tei("linkGrp"), nsmap=NAMESPACES)
    group.set("type", "translation")
    group.set("domains", " ".join(f"#{passage_ids[side]}" for side in sides))
    group.set("resp", f"#{MACHINE}")
    for bead in pair.beads:
        ranges = (
            pair.original.ranges[slice(*bead.original)],
            pair.translation.ranges[slice(*bead.translation)],
        )
        if bead.cert not in ("", "none"):
            targets = [f"#{seg_ids[text.to_source(*range_)]}" for side in ranges for range_ in side]
            etree.SubElement(group, tei("link"), {"target": " ".join(targets), "cert": bead.cert})
    return group


def _entries(anchors: Anchors, spans: Iterable[Span]) -> tuple[Woven, ...]:
    listed = list(spans)
    quotations: list[Quotation] = anchors.quote((span.start, span.end) for span in listed)
    return tuple(
        Woven(at, span.tag, dict(span.attributes), span.rule, span.cert, span.reading, span.candidates)
        for at, span in zip(quotations, listed, strict=True)
    )


# Header and standOff.


def _write_parts(
    root: etree._Element, request: Request, links: list[etree._Element], ledger: Ledger
) -> dict[str, str]:
    """Write the header and the links, but for the parts that a person changed; give the digests of the others."""
    text = root.find(tei("text"))
    head = root.find(tei("teiHeader"))
    assert text is not None
    assert head is not None
    fresh = header(Described(request.source, request.sidecar, request.edition, text, request.genre))
    digests: dict[str, str] = {}
    if not len(head):
        head.text = fresh.text
        for part in list(fresh):
            head.append(part)
        return _digests_of(head) | _write_links(root, links, ledger)
    for name in _PARTS:
        old, new = head.find(tei(name)), fresh.find(tei(name))
        if old is not None and new is not None:
            digests |= _merge(old, new, name, ledger.header)
    return digests | _write_links(root, links, ledger)


def _digests_of(head: etree._Element) -> dict[str, str]:
    parts = [(name, part) for name in _PARTS if (part := head.find(tei(name))) is not None]
    return {f"{name}/{local(child)}": _digest(child) for name, part in parts for child in part}


def _merge(old: etree._Element, new: etree._Element, name: str, known: Mapping[str, str]) -> dict[str, str]:
    """Replace the children that are still as the machine wrote them; keep a person's, and what they removed away."""
    digests: dict[str, str] = {}
    fresh = {local(child): child for child in new}
    standing = {local(child): child for child in old if isinstance(child.tag, str)}
    for tag, child in standing.items():
        path = f"{name}/{tag}"
        if known.get(path) != _digest(child):
            continue
        if tag not in fresh:
            _drop(old, child)
            continue
        digests[path] = _digest(fresh[tag])
        if digests[path] != known[path]:
            fresh[tag].tail = child.tail
            old.replace(child, fresh[tag])
    for tag, child in fresh.items():
        path = f"{name}/{tag}"
        if tag not in standing and path not in known:
            _insert(old, child, [local(sibling) for sibling in new])
            digests[path] = _digest(child)
    return digests | {
        path: known[path]
        for path in known
        if path.startswith(f"{name}/") and path not in digests and path.partition("/")[2] in fresh
    }


def _drop(parent: etree._Element, child: etree._Element) -> None:
    previous = child.getprevious()
    if previous is not None and child.getnext() is None:
        previous.tail = child.tail
    parent.remove(child)


def _insert(parent: etree._Element, child: etree._Element, order: list[str]) -> None:
    """Insert a part where the order of a fresh header has it."""
    rank = order.index(local(child))
    before = [c for c in parent if local(c) in order and order.index(local(c)) < rank]
    if before:
        child.tail = before[-1].tail
        if before[-1].getnext() is None:
            before[-1].tail = parent.text
        before[-1].addnext(child)
    else:
        child.tail = parent.text
        parent.insert(0, child)


def _write_links(root: etree._Element, links: list[etree._Element], ledger: Ledger) -> dict[str, str]:
    """Write the machine's link groups into `standOff`, which stands before the text."""
    stand_off = root.find(tei("standOff"))
    known = {digest for path, digest in ledger.header.items() if path.startswith(_LINKS)}
    if stand_off is not None:
        for group in [g for g in stand_off if local(g) == "linkGrp" and _digest(g) in known]:
            _drop(stand_off, group)
    if links and stand_off is None:
        head = root.find(tei("teiHeader"))
        assert head is not None
        stand_off = head.makeelement(tei("standOff"), {}, NAMESPACES)
        head.addnext(stand_off)
        stand_off.tail = head.tail = "\n  "
    if stand_off is None:
        return {}
    if not links and not len(stand_off):
        head_tail = stand_off.tail
        root.remove(stand_off)
        head = root.find(tei("teiHeader"))
        if head is not None:
            head.tail = head_tail
        return {}
    kept = {group.get("domains") for group in stand_off}
    digests: dict[str, str] = {}
    for number, group in enumerate(links, 1):
        if group.get("domains") not in kept:
            etree.indent(group, "  ", level=2)
            stand_off.append(group)
            digests[f"{_LINKS}{number}"] = _digest(group)
    _indent_children(stand_off)
    return digests


def _indent_children(parent: etree._Element) -> None:
    parent.text = "\n    "
    for child in parent:
        child.tail = "\n    " if child.getnext() is not None else "\n  "
