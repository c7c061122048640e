"""From TEI to what is read: web pages, plain text, print.

Every top-level stylesheet in `xslt/` is an output: `xslt/NAME.xsl` makes the files of `build/NAME/`. To add
one, add a stylesheet with the templates "pages" and "page" (`xslt/lib/edition.xsl` says what they are given).
A file of the same name with another ending belongs to it: `NAME.typ` typesets its pages, so that PDFs come
of them; anything else (`html.css`) is copied beside them. A file in an edition's own `xslt/` takes the place
of the packaged one of that name. It may import what it replaces:

    <xsl:param name="teipress" as="xs:string" static="yes"/>
    <xsl:import _href="{$teipress}html.xsl"/>
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree

from teipress import document
from teipress.document import tei
from teipress.edition import CONFIGURATION, Edition
from teipress.finding import Finding, Refusal, Rejected
from teipress.resources import XSLT
from teipress.settled import withhold
from teipress.typesetting import Typesetter
from teipress.xslt import Stylesheet, TransformationError, stylesheet

#: What an edition calls its own web pages, and no text.
PAGES_OF_ITS_OWN: Final = frozenset({"index", "about", "persons", "places", "organisations"})


@dataclass(frozen=True)
class Text:
    """One TEI file that is published: the name of its outputs, where it is, and what is in it."""

    name: str
    path: Path
    tree: etree._ElementTree

    @property
    def uri(self) -> str:
        """Give the address against which the file's own pointers are resolved."""
        return self.path.resolve().as_uri()


def publish(
    edition: Edition,
    texts: Sequence[Path],
    outputs: Sequence[str],
    target: Path,
    progress: Callable[[str], None] = lambda _: None,
) -> list[Finding]:
    """Make `outputs` of the TEI files `texts` in `target/OUTPUT/`, and say what stood in the way.

    A file that cannot be published becomes a finding, and the others are published. `progress` hears the
    name of each file that is made. Raises `Refusal` for an output that does not exist or a stylesheet that
    does not compile.
    """
    known = stylesheets(edition)
    _refuse_unknown(outputs, known)
    findings: list[Finding] = []
    book = _read_texts(texts, findings)
    beside = _beside(book)
    if edition.published == "reviewed":
        for text in (*book, *beside):
            withhold(text.tree.getroot())
    registers = _read_all(sorted(edition.registers.glob("*.xml")), findings)
    for output in in_order(outputs):
        settings = _settings(edition, book, target)
        press = Press(edition, known[output], book, beside, registers, settings, target / output, progress)
        findings += press.run()
    return findings


def in_order(outputs: Sequence[str]) -> list[str]:
    """Give outputs in the order in which they are made: the web pages last, for they link to what else there is."""
    return sorted(dict.fromkeys(outputs), key=lambda name: name == "html")


def stylesheets(edition: Edition) -> dict[str, Path]:
    """List the outputs that `edition` can make, each with its stylesheet; its own come before the packaged."""
    return {path.stem: path for folder in _folders(edition) for path in sorted(folder.glob("*.xsl"))}


def _folders(edition: Edition) -> list[Path]:
    """Give the folders of stylesheets; one beside TEI files that are no edition is none of our business."""
    own = edition.root / "xslt"
    return [XSLT, own] if (edition.root / CONFIGURATION).is_file() else [XSLT]


def edition_of(texts: Sequence[Path]) -> Edition:
    """Give an edition for TEI files that belong to none: its title is that of the first text."""
    root = texts[0].parent if texts else Path()
    try:
        titles = document.read(texts[0]).iterfind(".//tei:titleStmt/tei:title", document.NS)
        title = document.content(next(titles))
    except (IndexError, OSError, Rejected, StopIteration):
        title = ""
    return Edition(root=root, title=title or (texts[0].stem if texts else "Texts"))


def _refuse_unknown(outputs: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(outputs) - set(known))
    if unknown:
        raise Refusal(f'there is no output "{unknown[0]}"', f"known outputs: {', '.join(sorted(known))}")


def _read_texts(paths: Iterable[Path], findings: list[Finding]) -> list[Text]:
    """Read the files that can be published; say of each other one why it cannot."""
    texts: dict[str, Text] = {}
    for text in _read_all(paths, findings):
        problem = _unpublishable(text, texts)
        if problem:
            findings.append(problem)
        else:
            texts[text.name] = text
    return list(texts.values())


def _read_all(paths: Iterable[Path], findings: list[Finding]) -> list[Text]:
    read = []
    for path in paths:
        try:
            read.append(Text(path.stem, path, document.read(path)))
        except Rejected as rejected:
            findings.append(rejected.finding)
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            findings.append(Finding(str(path), 0, 0, "PUB006", "error", message, "name a TEI file"))
    return read


def _beside(book: Sequence[Text]) -> list[Text]:
    """Read the originals and translations that the texts' links lead to, where they lie beside them and can be read."""
    known = {text.path.resolve() for text in book}
    wanted: dict[Path, None] = {}
    for text in book:
        for group in text.tree.iterfind(".//tei:standOff//tei:linkGrp[@type='translation']", document.NS):
            files = {pointer.partition("#")[0] for pointer in (group.get("domains") or "").split()}
            wanted |= {
                text.path.with_name(file): None for file in sorted(files) if file and file == Path(file).name
            }
    paths = [path for path in wanted if path.is_file() and path.resolve() not in known]
    return [text for text in _read_all(paths, []) if text.tree.find(f".//{tei('text')}") is not None]


def _unpublishable(text: Text, others: dict[str, Text]) -> Finding | None:
    if text.tree.find(f".//{tei('text')}") is None and text.tree.getroot().tag != tei("text"):
        message = "there is nothing to publish: the file has no TEI text element"
        return Finding(str(text.path), 0, 0, "PUB005", "error", message, "publish TEI files with a text")
    if text.name in others:
        message = f"its pages would overwrite those of {others[text.name].path}"
    elif text.name in PAGES_OF_ITS_OWN:
        message = f"its page would overwrite the edition's own {text.name}.html"
    else:
        return None
    return Finding(str(text.path), 0, 0, "PUB007", "error", message, "give the file another name")


def _settings(edition: Edition, book: Sequence[Text], target: Path) -> dict[str, Any]:
    """Give what stylesheets know of the edition, and which other outputs its texts have by now."""
    return {
        "title": edition.title,
        "language": edition.language,
        "licence": edition.licence,
        "publisher": edition.publisher,
        "editors": [editor.name for editor in edition.editors],
        "names": {text.uri: text.name for text in book},
        "files": linked((text.name for text in book), target),
    }


def linked(names: Iterable[str], target: Path) -> list[str]:
    """List the files in `target` that the web pages of texts of these names link to, as far as there are any."""
    files = (file for name in names for file in (f"text/{name}.txt", f"print/{name}.pdf"))
    return [file for file in files if (target / file).is_file()]


@dataclass(frozen=True)
class Press:
    """One output at work: a stylesheet, what it is given, and the folder its files go to."""

    edition: Edition
    stylesheet: Path
    book: Sequence[Text]
    beside: Sequence[Text]
    registers: Sequence[Text]
    settings: dict[str, Any]
    target: Path
    progress: Callable[[str], None]

    def run(self) -> list[Finding]:
        """Write every page of the output, and what goes with them; a page that fails is a finding."""
        program = stylesheet(self.stylesheet)
        texts = [(text.uri, text.tree) for text in self.book]
        beside = [(text.uri, text.tree) for text in self.beside]
        registers = [(register.uri, register.tree) for register in self.registers]
        program.give({"texts": texts, "registers": registers, "beside": beside}, self.settings)
        companions = self._companions()
        template = companions.pop("typ", None)
        typesetter = Typesetter(template) if template else None
        findings: list[Finding] = []
        for page in program.pages():
            findings += self._write(program, page, typesetter)
        for path in companions.values():
            self._put(path.name, path.read_bytes())
        if self.stylesheet.stem == "html":
            self._copy_sources()
        return findings

    def _companions(self) -> dict[str, Path]:
        """Find the files that belong to the stylesheet, by their ending; the edition's own come first."""
        name = self.stylesheet.stem
        found = {
            path.suffix[1:]: path
            for folder in _folders(self.edition)
            for path in sorted(folder.glob(f"{name}.*"))
        }
        found.pop("xsl", None)
        return found

    def _write(self, program: Stylesheet, page: str, typesetter: Typesetter | None) -> list[Finding]:
        """Make one page and write it; of an output with a template, the PDF that the page becomes."""
        name, _, _ = page.rpartition(".")
        text = next((text for text in self.book if text.name == name), None)
        try:
            made = program.page(page)
        except TransformationError as error:
            where = str(text.path if text else self.stylesheet)
            message = f"{self.target.name}/{page} cannot be made: {error}"
            return [Finding(where, 0, 0, "PUB001", "error", message, "mend the encoding or the stylesheet")]
        if typesetter and text:
            pdf, findings = typesetter.typeset(made, text.path, text.tree)
            page, data = f"{name}.pdf", pdf
        else:
            findings, data = [], made.encode("utf-8")
        if data is not None:
            self._put(page, data)
        return findings

    def _put(self, file: str, data: bytes) -> None:
        document.write(self.target / file, data)
        self.progress(f"{self.target.name}/{file}")

    def _copy_sources(self) -> None:
        """Put the TEI files beside the web pages that offer them."""
        for text in self.book:
            self._put(f"tei/{text.name}.xml", text.path.read_bytes())
