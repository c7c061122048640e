"""Two texts, one the translation of the other, as one TEI document with both or as two, and the links between them.

In one document the two stand in a `group` (Guidelines 4.3.1). Their sentences are `seg type="s"`, and `standOff` says
once which renders which: a `linkGrp type="translation"` for sentences, and a second one for paragraphs (17.1.3); of two
documents, that of the translation.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from teipress import document, readers
from teipress.alignment.vectors import Encoder
from teipress.document import LANG, NAMESPACES, content, local, tei
from teipress.drafting import draft, guess
from teipress.edition import Sidecar
from teipress.finding import Finding, Refusal, Rejected
from teipress.grouping import common_header, group
from teipress.header import answer, header
from teipress.languages import codes, identify
from teipress.ledger import Ledger
from teipress.linking import Pair
from teipress.links import decided, write_links
from teipress.marking import Marks, standing
from teipress.practice import Described
from teipress.source import Source
from teipress.text import folded, wording
from teipress.translations import Other, Started, find
from teipress.verses import by_line
from teipress.weave import identify as give_ids
from teipress.weave import weave


@dataclass(frozen=True)
class Side:
    """One of the two texts: its source, what is known of it, and its `text` element."""

    source: Source
    sidecar: Sidecar
    text: etree._Element
    document: etree._Element | None = None  # that the text was read from


@dataclass(frozen=True)
class Bitext:
    """The documents (one with both texts, or one each), what was linked, and what could not be."""

    trees: tuple[etree._ElementTree, ...]
    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...] = ()


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
    genre = sidecar.genre or "plain"
    if not source.omitted and not sidecar.genre:
        if by_line(source.text):  # lines are no paragraph that was wrapped
            source = replace(source, text=source.text.replace("\n", "\n\n"), pages=())
        elif (
            guess(source)[0] == "article"
        ):  # its title is a heading; of other kinds only the paragraphs count
            genre = "article"
    return Side(source, sidecar, draft(source, sidecar, genre))


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
    for copy in (text, found):
        copy.set(LANG, copy.get(LANG) or tag)
    title = root.find(f".//{tei('titleStmt')}/{tei('title')}")
    if title is not None and not sidecar.title:
        sidecar = replace(sidecar, title=content(title))
    return Side(Source(path.stem, words, tag), sidecar, text, root if local(root) == "TEI" else None)


def bitext(original: Side, translation: Side, encode: Encoder | None, started: Started) -> Bitext:
    """Put two texts into one document and link them."""
    return within(_document(original, translation), encode, started)


def within(root: etree._Element, encode: Encoder | None, started: Started) -> Bitext:
    """Link the translations that a document holds beside their originals."""
    found = find(root, {}, None, decided(root, Ledger()), encode=lambda: encode, started=started)
    if found is None:
        return Bitext((root.getroottree(),), ())
    findings = _mark(root, found.marks)
    answer(root)
    write_links(root, found.groups(standing(root)), Ledger())
    return Bitext((root.getroottree(),), found.pairs, tuple(findings))


def apart(original: Side, translation: Side, file: str, encode: Encoder | None, started: Started) -> Bitext:
    """Link two texts that stay documents of their own; the links stand in the translation's.

    `file` is what they call the original's.
    """
    roots = [_alone(side) for side in (original, translation)]
    found = find(roots[0], {}, None, is_translated=True)
    findings = _mark(roots[0], found.marks) if found else []
    found = find(
        roots[1],
        {},
        Other(file, roots[0]),
        decided(roots[1], Ledger()),
        encode=lambda: encode,
        started=started,
    )
    if found is None:
        return Bitext(tuple(root.getroottree() for root in roots), ())
    findings += _mark(roots[1], found.marks)
    answer(roots[1])
    write_links(roots[1], found.groups(standing(roots[1])), Ledger())
    return Bitext(tuple(root.getroottree() for root in roots), found.pairs, tuple(findings))


def _mark(root: etree._Element, marks: Marks) -> list[Finding]:
    """Put the marks into a tree; tell of the sentences that cross an element."""
    refused = weave(root, list(marks.segments))
    give_ids(root, marks.identified)
    words = wording(root) if refused else ""
    return [_refused(folded(words[span.start : span.end])) for span in refused]


# The document.


def _document(original: Side, translation: Side) -> etree._Element:
    root = etree.Element(tei("TEI"), nsmap=NAMESPACES)
    outer = group([original.text, translation.text])
    described = [Described(s.source, s.sidecar, None, s.text, "") for s in (original, translation)]
    root.append(common_header(described, outer))
    root.append(outer)
    root.text = root[0].tail = "\n  "
    return root


def _alone(side: Side) -> etree._Element:
    """Give a document of one text: the one that it was read from, or a new one."""
    if side.document is not None:
        return side.document
    root = etree.Element(tei("TEI"), nsmap=NAMESPACES)
    root.append(header(Described(side.source, side.sidecar, None, side.text, "")))
    root.append(side.text)
    root.text = root[0].tail = "\n  "
    side.text.tail = "\n"
    etree.indent(root[0], "  ", level=1)
    return root


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


def alone(pair: Pair, file: str) -> list[Finding]:
    """List the passages without a counterpart, those that stand together as one."""
    findings: list[Finding] = []
    for what, run in pair.alone():
        words = " ".join(unit.words for unit in run)
        count = f"{len(run)} sentences" if len(run) > 1 else "a sentence"
        message = f"{what}: {count} without a counterpart: “{words[:80]}{'…' if len(words) > 80 else ''}”"
        findings.append(Finding(file, 0, 0, "LNK007", "info", message, "link it by hand if it has one"))
    return findings
