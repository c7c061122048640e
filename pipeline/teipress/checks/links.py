"""Links between an original and its translation: what they leave out, and what makes them doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Final

from lxml import etree

from teipress.checks.subject import Subject
from teipress.document import ID, LANG, NS, content, local, read, tei
from teipress.finding import Finding, Rejected, counted
from teipress.sentences import is_sentence, length

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
    """Yield the findings of every `linkGrp type="translation"` whose two domains can be found.

    LNK001 a link to a passage in neither domain, LNK002 a link with one side only, LNK003 a passage in two links,
    LNK004 links that cross, LNK005 an unlikely length, LNK006 how much is linked, LNK007 what is not. What a pointer
    leads to at all is the business of PTR. The original, or the translation, may be a file beside this one.
    """
    if next(subject.iter("linkGrp"), None) is None:
        return
    groups = subject.root.findall(".//tei:standOff//tei:linkGrp[@type='translation']", NS)
    if not groups:
        return
    files = {pointer.partition("#")[0] for group in groups for pointer in group.get("domains", "").split()}
    by_id: dict[str, etree._Element] = {}
    order: dict[etree._Element, int] = {}
    for file in sorted(files | {""}):
        root = subject.root if not file else _beside(subject.path, file)
        for element in root.iter(etree.Element) if root is not None else ():
            order[element] = len(order)
            if ident := element.get(ID):
                by_id[f"{file}#{ident}"] = element
    for group in groups:
        domains = [by_id.get(pointer) for pointer in group.get("domains", "").split()]
        if len(domains) == 2 and domains[0] is not None and domains[1] is not None:
            yield from _check_group(subject, group, (domains[0], domains[1]), by_id, order)


def _beside(path: Path, file: str) -> etree._Element | None:
    """Read the other file of a translation, which lies in the same folder; None where there is no such TEI."""
    other = path.with_name(Path(file).name)
    if Path(file).name != file or not other.is_file():
        return None
    try:
        return read(other).getroot()
    except (OSError, Rejected):
        return None


def _check_group(
    subject: Subject,
    group: etree._Element,
    domains: tuple[etree._Element, etree._Element],
    by_id: dict[str, etree._Element],
    order: dict[etree._Element, int],
) -> Iterator[Finding]:
    links: list[_Link] = []
    for element in group.iterchildren(tei("link")):
        pointed = [by_id[p] for p in element.get("target", "").split() if p in by_id]
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
    shares, alone, runs = [], [], []
    for domain, what in zip(domains, ("omission", "addition"), strict=True):
        passages = _sentences(domain)
        found = sum(passage[0] in linked for passage in passages)
        if not passages or (not found and linked):
            return
        alone.append(counted(len(passages) - found, what))
        shares.append(
            f"{100 * found // len(passages)} % of the {len(passages)} sentences in {_language(domain)}"
        )
        parted = groupby(passages, key=lambda passage: passage[0] in linked)
        runs += [(what, list(run)) for is_linked, run in parted if not is_linked]
    message = f"linked: {shares[0]}, {shares[1]}; {alone[0]}, {alone[1]}"
    remedy = "LNK007 lists what is not linked" if runs else "nothing is to be done"
    yield subject.finding(group, "LNK006", "info", message, remedy)
    for what, run in runs:
        yield _unlinked(subject, group, what, run)


def _sentences(domain: etree._Element) -> list[list[etree._Element]]:
    """Give the sentences of a text, each with its parts (@part, or @prev and @next)."""
    found: list[list[etree._Element]] = []
    for element in domain.iter(tei("s"), tei("seg")):
        if not is_sentence(local(element), element.get("type")):
            continue
        if found and (element.get("prev") or element.get("part") in ("M", "F")):
            found[-1].append(element)
        else:
            found.append([element])
    return found


def _unlinked(
    subject: Subject, group: etree._Element, what: str, run: Sequence[Sequence[etree._Element]]
) -> Finding:
    """Tell of sentences that have no counterpart; those of another file are told where the links stand."""
    first = run[0][0]
    outermost = first.getroottree().getroot()
    here = first if outermost is subject.root else group
    words = " ".join(content(element) for sentence in run for element in sentence)
    quoted = words[:80] + "…" * (len(words) > 80)
    message = f"{what}: {counted(len(run), 'sentence')} without a counterpart: “{quoted}”"
    return subject.finding(here, "LNK007", "info", message, "link it by hand if it has a counterpart")


def _language(element: etree._Element) -> str:
    return next(
        (tag for e in (element, *element.iterancestors()) if (tag := e.get(LANG))), "an unknown language"
    )
