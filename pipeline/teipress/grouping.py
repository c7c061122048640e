"""An original and its translations as one TEI document: a `group` with a `text` each, one header (Guidelines 4.3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from teipress.document import ID, NAMESPACES, tei
from teipress.edition import Sidecar
from teipress.header import MACHINE, declare, header
from teipress.practice import Described


def group(texts: Sequence[etree._Element]) -> etree._Element:
    """Put an original's `text` and those of its translations into one `text`; they are changed in place."""
    outer = etree.Element(tei("text"), nsmap=NAMESPACES)
    inner = etree.SubElement(outer, tei("group"))
    for number, text in enumerate(texts):
        _keep_ids_apart(texts[:number], text, number)
        if number:
            text.set("type", "translation")
        name_text(text, "translation" if number else "original", number)
        inner.append(text)
        text.tail = "\n    "
    inner[-1].tail = "\n  "
    outer.text, inner.text, inner.tail, outer.tail = "\n  ", "\n    ", "\n", "\n"
    return outer


def name_text(text: etree._Element, name: str, number: int = 0) -> None:
    """Give a text the id that links and `@domains` name it by."""
    if not text.get(ID):
        text.set(ID, f"{name}-{number}" if number > 1 else name)


def _keep_ids_apart(before: Sequence[etree._Element], text: etree._Element, number: int) -> None:
    """Rename the ids of a text that those before it have too, and what points to them."""
    taken = {e.get(ID, "") for other in before for e in other.iter(etree.Element)} | {"source", MACHINE}
    own = {element.get(ID, "") for element in text.iter(etree.Element) if element.get(ID)}
    renamed = {f"#{ident}": f"#{ident}-translation{number if number > 1 else ''}" for ident in own & taken}
    if not renamed:
        return
    for element in text.iter(etree.Element):
        for name, value in [(str(name), str(value)) for name, value in element.items()]:
            if name == ID and f"#{value}" in renamed:
                element.set(name, renamed[f"#{value}"][1:])
            elif "#" in value:
                element.set(name, " ".join(renamed.get(part, part) for part in value.split()))


def common_header(described: Sequence[Described], outer: etree._Element) -> etree._Element:
    """Make a header for a document of several texts: the original's, with what is said of the translations' sources.

    `outer` is the text that holds them all: its languages and calendars are declared.
    """
    heads = [header(each) for each in described]
    for other, said in zip(heads[1:], described[1:], strict=True):
        _add_title(heads[0], other)
        _add_sources(heads[0], other)
        _add_translator(heads[0], other, said.sidecar)
    declare(heads[0], outer)
    etree.indent(heads[0], "  ", level=1)
    return heads[0]


def _add_title(head: etree._Element, other: etree._Element) -> None:
    titles = [each.find(f".//{tei('titleStmt')}/{tei('title')}") for each in (head, other)]
    if titles[0] is not None and titles[1] is not None and titles[0].text != titles[1].text:
        titles[0].text = f"{titles[0].text} / {titles[1].text}"


def _add_sources(head: etree._Element, other: etree._Element) -> None:
    sources = [each.find(f".//{tei('sourceDesc')}") for each in (head, other)]
    if sources[0] is not None and sources[1] is not None:
        for each in list(sources[1]):
            if ID in each.attrib:
                del each.attrib[ID]
            if each.get("type") != "original":  # it stands here
                sources[0].append(each)
    practice, left_out = head.find(f".//{tei('editorialDecl')}"), other.find(f".//{tei('samplingDecl')}")
    if practice is not None and left_out is not None:
        practice.addprevious(left_out)


def _add_translator(head: etree._Element, other: etree._Element, sidecar: Sidecar) -> None:
    title = head.find(f".//{tei('titleStmt')}/{tei('title')}")
    for statement in other.iterfind(f".//{tei('titleStmt')}/{tei('respStmt')}") if sidecar.translator else ():
        resp = statement.find(tei("resp"))
        if title is not None and resp is not None and resp.text == "translator":
            machine = next(s for s in head.iterfind(f".//{tei('respStmt')}") if s.get(ID) == MACHINE)
            machine.addprevious(deepcopy(statement))
