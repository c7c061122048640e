"""Two texts, one the translation of the other, as one TEI document with both and the links between them.

The two stand in a `group` (Guidelines 4.3.1), their sentences are `seg type="s"`, and `standOff` says once which
renders which: a `linkGrp type="translation"` for sentences, and a second one for paragraphs (Guidelines 17.1.3).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from lxml import etree

from teipress import document, readers
from teipress.alignment import Bead, Sentence, align
from teipress.alignment.vectors import Encoder
from teipress.annotators import annotator
from teipress.document import ID, LANG, NAMESPACES, content, local, tei
from teipress.drafting import draft
from teipress.edition import Sidecar
from teipress.finding import Finding, Refusal, Rejected
from teipress.header import MACHINE, header
from teipress.languages import codes, identify
from teipress.practice import Described
from teipress.registers import Registers
from teipress.sentences import sentences
from teipress.source import Source
from teipress.span import Span
from teipress.text import Block, Text, folded, wording
from teipress.translations import minted
from teipress.weave import Index, weave
from teipress.weave import identify as give_ids

_ASIDE: Final = frozenset({"note", "fw", "figDesc"})
_SHARE: Final = 0.5  # of the linked sentences of a paragraph, from which its link to another is one


@dataclass(frozen=True)
class Side:
    """One of the two texts: its source, what is known of it, and its `text` element."""

    source: Source
    sidecar: Sidecar
    text: etree._Element


@dataclass(frozen=True)
class Unit:
    """A sentence in place: its range in the reading and in the wording, its block, its id if it has one."""

    start: int
    end: int
    place: tuple[int, int]
    block: Block
    ident: str = ""
    tag: str = "seg"


@dataclass(frozen=True)
class Bitext:
    """The document, its beads, and the sentences of both sides."""

    tree: etree._ElementTree
    beads: tuple[Bead, ...]
    sizes: tuple[int, int]
    findings: tuple[Finding, ...] = ()

    def coverage(self) -> str:
        """Say how much is linked."""
        linked = [bead for bead in self.beads if bead.cert not in ("", "none")]
        counts = (
            sum(b.original[1] - b.original[0] for b in linked),
            sum(b.translation[1] - b.translation[0] for b in linked),
        )
        shares = [f"{count} of {size}" for count, size in zip(counts, self.sizes, strict=True)]
        return f"{len(linked)} links: {shares[0]} sentences of the original, {shares[1]} of the translation"


def read_side(path: Path, language: str = "") -> Side:
    """Read one text of any readable format, or TEI; raise `Refusal` or `Rejected` where that cannot be done."""
    if not path.is_file():
        raise Refusal(f"{path}: no such file", "check the path")
    sidecar = Sidecar.load(path.with_suffix(".toml"))
    if path.suffix.lower() == ".xml":
        return _read_tei(path, sidecar, language)
    source = readers.read(path, sidecar)
    tag = language or source.language or _named_language(path) or identify(source.text)
    source = replace(source, language=_with_script(tag, source.text))
    return Side(source, sidecar, draft(source, sidecar, sidecar.genre or "plain"))


def _named_language(path: Path) -> str:
    """Give the language that a file is named by: `chapter.de.txt`."""
    suffix = Path(path.stem).suffix[1:]
    known = {
        *codes(),
        *(file.stem for file in (Path(__file__).with_name("abbreviations")).glob("*.toml")),
        "zh",
        "ja",
    }
    return suffix if suffix in known else ""


def _with_script(tag: str, text: str) -> str:
    return identify(text) if tag == "zh" and identify(text).startswith("zh") else tag


def _read_tei(path: Path, sidecar: Sidecar, language: str) -> Side:
    root = document.read(path).getroot()
    found = root if local(root) == "text" else root.find(f".//{tei('text')}")
    if found is None:
        raise Rejected(
            Finding(str(path), 0, 0, "SRC006", "error", "no TEI text element", "give TEI with a text")
        )
    text = deepcopy(found)
    text.tail = None
    words = wording(text)
    tag = (
        language
        or sidecar.language
        or text.get(LANG)
        or root.get(LANG)
        or _named_language(path)
        or identify(words)
    )
    text.set(LANG, text.get(LANG) or tag)
    title = root.find(f".//{tei('titleStmt')}/{tei('title')}")
    if title is not None and not sidecar.title:
        sidecar = replace(sidecar, title=content(title))
    return Side(Source(path.stem, words, tag), sidecar, text)


def bitext(
    original: Side,
    translation: Side,
    encode: Encoder | None,
    started: Callable[[int, int], Callable[[int], None]],
) -> Bitext:
    """Put two texts into one document and link them.

    `started` is told how many sentences the two have, and gives what hears of each step of the alignment.
    """
    root = _document(original, translation)
    text = Text.of(root)
    sides = _units(root, text)
    named = _dated(text)
    progress = started(len(sides[0]), len(sides[1]))
    listed = [[_sentence(text, unit, named) for unit in side] for side in sides]
    beads = tuple(align(listed[0], listed[1], encode, progress))
    idents, findings = _weave_sentences(root, sides)
    paragraphs = _identify_blocks(root, text, sides)
    _write_links(root, sides, beads, idents, paragraphs)
    return Bitext(root.getroottree(), beads, (len(sides[0]), len(sides[1])), tuple(findings))


# The document.


def _document(original: Side, translation: Side) -> etree._Element:
    root = etree.Element(tei("TEI"), nsmap=NAMESPACES)
    outer = etree.SubElement(root, tei("text"))
    group = etree.SubElement(outer, tei("group"))
    _keep_ids_apart(original.text, translation.text)
    for side, name in ((original, "original"), (translation, "translation")):
        side.text.set(ID, side.text.get(ID) or name)
        group.append(side.text)
    root.insert(0, _header(original, translation, outer))
    _indent(root)
    return root


def _indent(root: etree._Element) -> None:
    outer = root.find(tei("text"))
    assert outer is not None
    root.text = root[0].tail = outer.text = "\n  "
    outer.tail = "\n"
    group = outer[0]
    group.text, group.tail = "\n    ", "\n  "
    group[0].tail, group[1].tail = "\n    ", "\n  "


def _keep_ids_apart(original: etree._Element, translation: etree._Element) -> None:
    """Rename the ids of the translation that the original has too, and what points to them."""
    taken = {element.get(ID, "") for element in original.iter() if element.get(ID)} | {"source", MACHINE}
    own = {element.get(ID, "") for element in translation.iter() if element.get(ID)}
    renamed = {f"#{ident}": f"#{ident}-translation" for ident in own & taken}
    if not renamed:
        return
    for element in translation.iter(etree.Element):
        for name, value in [(str(name), str(value)) for name, value in element.items()]:
            if name == ID and f"#{value}" in renamed:
                element.set(name, renamed[f"#{value}"][1:])
            elif "#" in value:
                element.set(name, " ".join(renamed.get(part, part) for part in value.split()))


def _header(original: Side, translation: Side, text: etree._Element) -> etree._Element:
    """Make a header for both: the original's, with the title, the source and the omissions of the translation."""
    heads = [
        header(Described(side.source, side.sidecar, None, text if side is original else side.text, ""))
        for side in (original, translation)
    ]
    titles = [head.find(f".//{tei('titleStmt')}/{tei('title')}") for head in heads]
    sources = [head.find(f".//{tei('sourceDesc')}") for head in heads]
    assert titles[0] is not None
    assert titles[1] is not None
    assert sources[0] is not None
    assert sources[1] is not None
    if titles[0].text != titles[1].text:
        titles[0].text = f"{titles[0].text} / {titles[1].text}"
    for each in list(sources[1]):
        if each.get(ID):
            del each.attrib[ID]
        sources[0].append(each)
    practice = heads[0].find(f".//{tei('editorialDecl')}")
    left_out = heads[1].find(f".//{tei('samplingDecl')}")
    if left_out is not None and practice is not None:
        practice.addprevious(left_out)
    if translation.sidecar.translator and not original.sidecar.translator:
        statement = heads[1].find(f".//{tei('titleStmt')}/{tei('respStmt')}")
        if statement is not None:
            titles[0].getparent().insert(1, statement)  # type: ignore[union-attr]
    etree.indent(heads[0], "  ", level=1)
    return heads[0]


# Sentences.


def _units(root: etree._Element, text: Text) -> tuple[list[Unit], list[Unit]]:
    """List the sentences of both sides: those that are encoded, and in other blocks those that are found."""
    texts = root.findall(f"{tei('text')}/{tei('group')}/{tei('text')}")
    border = Index(root).extents[texts[1]][0]
    encoded = sorted(
        (
            (e.start, e.end, dict(e.attributes).get(ID, ""), e.tag)
            for e in text.encoded
            if _is_sentence(e.tag, dict(e.attributes).get("type"))
        ),
    )
    sides: tuple[list[Unit], list[Unit]] = ([], [])
    for block in text.blocks:
        if block.start >= block.end or block.tag in _ASIDE or _ASIDE & set(block.ancestors):
            continue
        place = text.to_source(block.start, block.end)
        side = sides[place[0] >= border]
        first = bisect_left(encoded, place[0], key=lambda entry: entry[0])
        last = bisect_left(encoded, place[1], key=lambda entry: entry[0])
        known = [entry for entry in encoded[first:last] if entry[1] <= place[1]]
        side += _encoded_units(text, block, known) if known else _found_units(text, block)
    return sides


def _encoded_units(text: Text, block: Block, known: Iterable[tuple[int, int, str, str]]) -> Iterator[Unit]:
    at = block.start
    for start, end, ident, tag in known:
        inside = [k for k in range(at, block.end) if start <= text.to_source(k, k + 1)[0] < end]
        if inside:
            at = inside[-1] + 1
            yield Unit(inside[0], at, (start, end), block, ident, tag)


def _found_units(text: Text, block: Block) -> Iterator[Unit]:
    reading = text.reading[block.start : block.end]
    for start, end in sentences(reading, block.language, _wide(text, block)):
        a, b = block.start + start, block.start + end
        yield Unit(a, b, text.to_source(a, b), block)


def _is_sentence(tag: str, kind: str | None) -> bool:
    return tag == "s" or (tag == "seg" and kind == "s")


def _wide(text: Text, block: Block) -> list[int]:
    """Find the spaces of a block that are several in the source, on one line."""
    found = []
    for at in range(block.start, block.end):
        if text.reading[at] == " ":
            a, b = text.to_source(at, at + 1)
            if b - a > 1 and "\n" not in text.source[a:b]:
                found.append(at - block.start)
    return found


def _dated(text: Text) -> list[tuple[int, int, str]]:
    """Give the dates of the text, by the day that they name: evidence that is the same in every language."""
    spans = annotator("dates")(text, Registers())
    return sorted(
        (s.start, s.end, f"date {dict(s.attributes)['when']}") for s in spans if "when" in dict(s.attributes)
    )


def _sentence(text: Text, unit: Unit, named: Sequence[tuple[int, int, str]]) -> Sentence:
    first = bisect_right(named, (unit.start, -1, ""))
    found = []
    for start, end, name in named[first:]:
        if start >= unit.end:
            break
        if end <= unit.end:
            found.append(name)
    return Sentence(text.reading[unit.start : unit.end], unit.block.language, frozenset(found))


def _weave_sentences(
    root: etree._Element, sides: tuple[list[Unit], list[Unit]]
) -> tuple[dict[tuple[int, int], str], list[Finding]]:
    """Put a `seg` with an id around each sentence; give the ids by place, and what was refused."""
    units = [unit for side in sides for unit in side]
    taken = [ident for element in root.iter() if (ident := element.get(ID))]
    known = {unit.place: unit.ident for unit in units if unit.ident}
    idents = minted("s", taken, known, [unit.place for unit in units])
    bare = {unit.place: unit.tag for unit in units if not unit.ident}
    standing = Index(root).extents
    encoded = {
        (extent, local(element))
        for element, extent in standing.items()
        if _is_sentence(local(element), element.get("type"))
    }
    give_ids(root, {(*place, tag): idents[place] for place, tag in bare.items() if (place, tag) in encoded})
    spans = [
        Span(*place, "seg", (("type", "s"), ("xml:id", idents[place])), rule="translations.sentence")
        for place, tag in bare.items()
        if (place, tag) not in encoded
    ]
    words = wording(root)
    refused = weave(root, spans)
    for span in refused:
        idents.pop((span.start, span.end), None)
    return idents, [_refused(folded(words[span.start : span.end])) for span in refused]


def _refused(words: str) -> Finding:
    return Finding(
        "",
        0,
        0,
        "ENC001",
        "info",
        f'the sentence "{words[:60]}" crosses an element and is not linked',
        "encode its parts by hand, and link them",
    )


def _identify_blocks(
    root: etree._Element, text: Text, sides: tuple[list[Unit], list[Unit]]
) -> dict[Block, str]:
    """Give an id to each block that holds sentences."""
    blocks = list(dict.fromkeys(unit.block for side in sides for unit in side))
    places = {block: text.to_source(block.start, block.end) for block in blocks}
    elements = {(extent, local(element)): element for element, extent in Index(root).extents.items()}
    taken = [ident for element in root.iter() if (ident := element.get(ID))]
    found = {block: elements.get((place, block.tag)) for block, place in places.items()}
    known = {places[block]: ident for block, e in found.items() if e is not None and (ident := e.get(ID))}
    idents = minted("p", taken, known, [places[block] for block, e in found.items() if e is not None])
    give_ids(
        root,
        {(*places[block], block.tag): idents[places[block]] for block, e in found.items() if e is not None},
    )
    return {block: idents[places[block]] for block, e in found.items() if e is not None}


# Links.


def _write_links(
    root: etree._Element,
    sides: tuple[list[Unit], list[Unit]],
    beads: Iterable[Bead],
    idents: dict[tuple[int, int], str],
    paragraphs: dict[Block, str],
) -> None:
    texts = root.findall(f"{tei('text')}/{tei('group')}/{tei('text')}")
    domains = " ".join(f"#{text.get(ID)}" for text in texts)
    stand_off = etree.Element(tei("standOff"), nsmap=NAMESPACES)
    linked = [bead for bead in beads if bead.cert]
    sure = [bead for bead in linked if bead.cert != "none"]
    groups = {
        "sentences": _group(stand_off, domains, "sentences"),
        "paragraphs": _group(stand_off, domains, "paragraphs"),
    }
    for bead in sure:
        units = [*sides[0][slice(*bead.original)], *sides[1][slice(*bead.translation)]]
        if all(unit.place in idents for unit in units):
            _link(groups["sentences"], [idents[unit.place] for unit in units], bead.cert)
    for left, right in _paragraph_links(sides, linked):
        targets = [paragraphs.get(block, "") for block in (*left, *right)]
        if all(targets):
            _link(groups["paragraphs"], targets, "medium")
    for group in groups.values():
        if not len(group):
            stand_off.remove(group)
    if len(stand_off):
        etree.indent(stand_off, "  ", level=1)
        stand_off.tail = "\n  "
        root.insert(1, stand_off)


def _group(parent: etree._Element, domains: str, level: str) -> etree._Element:
    attributes = {"type": "translation", "subtype": level, "domains": domains, "resp": f"#{MACHINE}"}
    return etree.SubElement(parent, tei("linkGrp"), attributes)


def _link(group: etree._Element, idents: Iterable[str], cert: str) -> None:
    etree.SubElement(group, tei("link"), {"target": " ".join(f"#{ident}" for ident in idents), "cert": cert})


def _paragraph_links(
    sides: tuple[list[Unit], list[Unit]], beads: Iterable[Bead]
) -> list[tuple[list[Block], list[Block]]]:
    """Give the paragraphs that belong together, each once: those that share half the linked sentences of one."""
    shared: Counter[tuple[Block, Block]] = Counter()
    totals: tuple[Counter[Block], Counter[Block]] = (Counter(), Counter())
    for bead in beads:
        left = [unit.block for unit in sides[0][slice(*bead.original)]]
        right = [unit.block for unit in sides[1][slice(*bead.translation)]]
        totals[0].update(set(left))
        totals[1].update(set(right))
        shared.update((a, b) for a in set(left) for b in set(right))
    found: list[tuple[list[Block], list[Block]]] = []
    for (a, b), count in sorted(shared.items(), key=lambda item: (item[0][0].start, item[0][1].start)):
        if count < _SHARE * max(1, min(totals[0][a], totals[1][b])):
            continue
        group = next((g for g in found[-4:] if a in g[0] or b in g[1]), None)
        if group is None:
            found.append(([a], [b]))
        else:
            group[0].extend([a] * (a not in group[0]))
            group[1].extend([b] * (b not in group[1]))
    return found
