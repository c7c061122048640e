"""Links between an original and its translation: what they leave out, and what makes them doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from lxml import etree

from teipress.alignment import length
from teipress.checks.subject import Subject
from teipress.document import ID, LANG, NS, content, local, tei
from teipress.finding import Finding
from teipress.linking import counted

_SUSPICIOUS: Final = 3.0  # times longer or shorter than the usual translation of the same text
_SHORT: Final = 30.0  # letters below which a length says nothing
_ENOUGH: Final = 8  # links from which there is a usual length


@dataclass(frozen=True)
class _Link:
    """A link with the elements of both sides that it names, and the places of these in the document."""

    element: etree._Element
    sides: tuple[tuple[etree._Element, ...], tuple[etree._Element, ...]]
    places: tuple[tuple[int, ...], tuple[int, ...]]


def check(subject: Subject) -> Iterator[Finding]:
    """Yield the findings of every `linkGrp type="translation"` whose two domains are in the file.

    LNK001 a link to a passage in neither domain, LNK002 a link with one side only, LNK003 a passage in two links,
    LNK004 links that cross, LNK005 an unlikely length, LNK006 how much is linked. What a pointer leads to at all
    is the business of PTR.
    """
    groups = subject.root.findall(".//tei:standOff//tei:linkGrp[@type='translation']", NS)
    if not groups:
        return
    by_id = {ident: e for e in subject.root.iter(etree.Element) if (ident := e.get(ID))}
    order = {element: at for at, element in enumerate(subject.root.iter(etree.Element))}
    for group in groups:
        domains = [by_id.get(pointer[1:]) for pointer in group.get("domains", "").split()]
        if len(domains) == 2 and domains[0] is not None and domains[1] is not None:
            yield from _check_group(subject, group, (domains[0], domains[1]), by_id, order)


def _check_group(
    subject: Subject,
    group: etree._Element,
    domains: tuple[etree._Element, etree._Element],
    by_id: dict[str, etree._Element],
    order: dict[etree._Element, int],
) -> Iterator[Finding]:
    links: list[_Link] = []
    for element in group.iterchildren(tei("link")):
        pointed = [by_id[p[1:]] for p in element.get("target", "").split() if p[1:] in by_id]
        sides = _inside(pointed, domains[0]), _inside(pointed, domains[1])
        for stray in pointed:
            if stray not in sides[0] and stray not in sides[1]:
                message = f"#{stray.get(ID)} lies neither in the original nor in the translation"
                yield subject.finding(
                    element, "LNK001", "warning", message, "mend @target, or @domains of the linkGrp"
                )
        if not sides[0] or not sides[1]:
            if pointed:
                message = "the link names passages of one side only"
                yield subject.finding(
                    element, "LNK002", "warning", message, "name the other side, or take the link out"
                )
            continue
        places = tuple(tuple(sorted(order[e] for e in side)) for side in sides)
        links.append(_Link(element, sides, (places[0], places[1])))
    yield from _overlaps(subject, links)
    yield from _crossings(subject, links)
    yield from _lengths(subject, links)
    yield from _coverage(subject, group, domains, links)


def _inside(elements: Sequence[etree._Element], domain: etree._Element) -> tuple[etree._Element, ...]:
    return tuple(e for e in elements if e is domain or domain in e.iterancestors())


def _overlaps(subject: Subject, links: Sequence[_Link]) -> Iterator[Finding]:
    seen: set[etree._Element] = set()
    for link in links:
        for element in (*link.sides[0], *link.sides[1]):
            if element in seen:
                message = f"#{element.get(ID)} is in another link of the group already"
                remedy = "join the two links: what belongs together is one link"
                yield subject.finding(link.element, "LNK003", "warning", message, remedy)
            seen.add(element)


def _crossings(subject: Subject, links: Sequence[_Link]) -> Iterator[Finding]:
    """Find the links after which the translation goes back, where its order is on the whole the original's."""
    ordered = sorted(links, key=lambda link: link.places[0])
    crossing = []
    furthest = -1
    for link in ordered:
        if link.places[1][0] < furthest:
            crossing.append(link)
        furthest = max(furthest, link.places[1][-1])
    if len(crossing) * 4 > len(links):  # the translation has an order of its own
        return
    for link in crossing:
        message = "the link crosses another: the translation's order is not the original's here"
        yield subject.finding(link.element, "LNK004", "info", message, "look whether both are right")


def _lengths(subject: Subject, links: Sequence[_Link]) -> Iterator[Finding]:
    lengths = [tuple(sum(length(content(e)) for e in side) for side in link.sides) for link in links]
    if len(lengths) < _ENOUGH:
        return
    usual = median(right / left for left, right in lengths)
    for link, (left, right) in zip(links, lengths, strict=True):
        ratio = right / left / usual
        if max(left * usual, right) > _SHORT and not 1 / _SUSPICIOUS < ratio < _SUSPICIOUS:
            size = f"{ratio:.1f} times as long" if ratio > 1 else f"{1 / ratio:.1f} times shorter"
            message = (
                f"the translation is {size} as is usual in this text"
                if ratio > 1
                else f"the translation is {size} than is usual in this text"
            )
            remedy = "look whether a sentence is missing from the link, or too many are in it"
            yield subject.finding(link.element, "LNK005", "info", message, remedy)


def _coverage(
    subject: Subject,
    group: etree._Element,
    domains: tuple[etree._Element, etree._Element],
    links: Sequence[_Link],
) -> Iterator[Finding]:
    linked = {element for link in links for side in link.sides for element in side}
    shares, alone = [], []
    for domain in domains:
        passages = [e for e in domain.iter(tei("s"), tei("seg")) if local(e) == "s" or e.get("type") == "s"]
        found = sum(passage in linked for passage in passages)
        if not passages or (not found and linked):
            return
        alone.append(len(passages) - found)
        shares.append(
            f"{100 * found // len(passages)} % of the {len(passages)} sentences in {_language(domain)}"
        )
    message = (
        f"linked: {shares[0]}, {shares[1]}; {counted(alone[0], 'omission')}, {counted(alone[1], 'addition')}"
    )
    yield subject.finding(group, "LNK006", "info", message)


def _language(element: etree._Element) -> str:
    return next(
        (tag for e in (element, *element.iterancestors()) if (tag := e.get(LANG))), "an unknown language"
    )
