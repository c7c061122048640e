"""ISO Schematron (ISO/IEC 19757-3), run over a document: the rules that a grammar cannot express.

A schema is made into a stylesheet (`xslt/schematron/transpile.xsl`), which Saxon compiles once in each process
and runs locked. What a schema includes is put in its place here, from the folder of the schema alone.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import unquote, urlsplit

from lxml import etree
from saxonche import PySaxonApiError

from teipress.document import content, line_of, local, read
from teipress.finding import Refusal, Rejected, Severity
from teipress.resources import XSLT
from teipress.saxon import one_line, shared

SCH: Final = "http://purl.oclc.org/dsdl/schematron"
RNG: Final = "http://relaxng.org/ns/structure/1.0"
_B: Final = "{urn:teipress:breaches}"
_BINDINGS: Final = frozenset({"", "xslt", "xslt1", "xslt2", "xslt3", "xpath", "xpath2", "xpath3", "xpath31"})
_UNDERSTOOD: Final = frozenset(
    [
        "title",
        "p",
        "ns",
        "let",
        "param",
        "phase",
        "pattern",
        "diagnostics",
        "properties",
        "include",
        "extends",
    ]
)
_ROLES: Final[dict[str, Severity]] = {
    "fatal": "error", "error": "error", "warning": "warning", "warn": "warning", "nonfatal": "warning",
    "info": "info", "information": "info", "hint": "info",
}  # fmt: skip
_MOST_FILES: Final = 200
_MOST_BREACHES: Final = 1_000


@dataclass(frozen=True)
class Breach:
    """One place that breaks a rule; `element` counts the elements of the document from 0, in its order."""

    pattern: str
    severity: Severity
    element: int
    message: str
    remedy: str


class Rules:
    """The rules of one Schematron schema."""

    def __init__(self, schema: Path, phase: str = "") -> None:
        """Read the schema at `schema`; raise `Refusal` where it has an error, or needs what is not understood.

        `phase` names the phase that is run, if it is not the schema's own choice.
        """
        self.schema = schema
        root = _Assembly(schema).root
        self.patterns = frozenset(each.get("id", "") for each in root.iter(f"{{{SCH}}}pattern"))
        try:
            made = _transpiler(phase).transform_to_string(
                xdm_node=shared().parse_xml(
                    xml_text=etree.tostring(root, encoding="unicode", with_tail=False)
                )
            )
            compiler = shared().new_xslt30_processor()
            self._program = compiler.compile_stylesheet(stylesheet_text=made)
        except PySaxonApiError as error:
            raise Refusal(f"{schema}: {one_line(error)[:400]}", "mend the rule in the schema") from None

    def breaches(self, root: etree._Element) -> list[Breach]:
        """Give every place in the document below `root` that breaks a rule, and a rule that fails on it."""
        # Without its document type declaration a document refers to nothing outside itself.
        text = etree.tostring(root, encoding="unicode", with_tail=False)
        try:
            found = self._program.transform_to_string(xdm_node=shared().parse_xml(xml_text=text))
        except PySaxonApiError as error:
            message = f"the rules of {self.schema.name} do not run on this file: {one_line(error)[:400]}"
            return [Breach("", "error", 0, message, "mend the schema, or what in the file it stops at")]
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        listed = etree.fromstring(found.encode("utf-8"), parser)
        return [_breach(each) for each in list(listed)[:_MOST_BREACHES]]


def _breach(found: etree._Element) -> Breach:
    remedies = [content(each) for each in found.iterfind(f"{_B}remedy")]
    properties = [f"{each.get('name')}: {content(each)}" for each in found.iterfind(f"{_B}property")]
    message = " ".join(part for part in (content(found[0]), *(f"[{each}]" for each in properties)) if part)
    return Breach(
        found.get("pattern", ""),
        _ROLES.get(found.get("role", "").casefold(), "error"),
        int(found.get("number", "0")),
        message or "the rule says no more",
        "; or: ".join(filter(None, remedies)),
    )


@cache
def _transpiler(phase: str) -> Any:
    text = (XSLT / "schematron" / "transpile.xsl").read_text(encoding="utf-8")
    program = shared().new_xslt30_processor().compile_stylesheet(stylesheet_text=text)
    program.set_parameter("phase", shared().make_string_value(phase))
    return program


class _Assembly:
    """Puts a schema together from its files."""

    def __init__(self, schema: Path) -> None:
        self.folder = schema.resolve().parent
        self._files = 0
        root = self._open(schema, schema)
        if root.tag.startswith(f"{{{RNG}}}"):
            root = _embedded(root)
        self.root = root
        self._check(schema)
        self._fill(root, (schema.resolve(),))

    def _open(self, path: Path, by: Path) -> etree._Element:
        self._files += 1
        if self._files > _MOST_FILES:
            raise Refusal(f"{by}: more than {_MOST_FILES} files are included", "put the schema into fewer")
        try:
            return read(path).getroot()
        except OSError as error:
            raise Refusal(f"{path}: cannot be read: {error.strerror}", "name a Schematron schema") from None
        except Rejected as rejected:
            raise Refusal(str(rejected), "mend the schema") from None

    def _check(self, schema: Path) -> None:
        if self.root.tag != f"{{{SCH}}}schema":
            raise Refusal(f"{schema}: not a Schematron schema", "name a Schematron schema (.sch)")
        binding = self.root.get("queryBinding", "").strip().casefold()
        if binding not in _BINDINGS:
            raise Refusal(
                f'{schema}: the queryBinding "{binding}" is not understood',
                "write the rules in XPath: xslt2 or xslt3",
            )
        for child in self.root.iterchildren(f"{{{SCH}}}*"):
            if local(child) not in _UNDERSTOOD:
                raise Refusal(
                    f"{schema}:{line_of(child)}: {local(child)} is not understood in a Schematron schema",
                    "write the rules as patterns",
                )
        for each in self.root.iter(f"{{{SCH}}}pattern"):
            if each.get("documents"):
                raise Refusal(
                    f"{schema}:{line_of(each)}: @documents reads other files",
                    "hold those files against rules of their own",
                )

    def _fill(self, part: etree._Element, files: tuple[Path, ...]) -> None:
        """Replace `include`, and `extends` with @href, below an element by what they name."""
        for each in list(part.iter(f"{{{SCH}}}include", f"{{{SCH}}}extends")):
            if each.get("href") is None:
                continue
            path = self._beside(each, files)
            inner = self._named(each, path, files[-1])
            self._fill(inner, (*files, path))
            holder = each.getparent()
            if holder is None:
                raise Refusal(f"{files[-1]}: a schema may not be an include alone", "mend the schema")
            place = holder.index(each)
            inside = list(inner) if local(each) == "extends" else [inner]
            holder[place : place + 1] = [copy.deepcopy(child) for child in inside]

    def _beside(self, part: etree._Element, files: tuple[Path, ...]) -> Path:
        href = part.get("href", "").strip()
        address = urlsplit(href)
        if address.scheme or address.netloc:
            raise Refusal(
                f"{files[-1]}: includes {href}, and schemas are not fetched", "save it beside the schema"
            )
        path = (files[-1].parent / unquote(address.path)).resolve() if address.path else files[-1]
        if not path.is_relative_to(self.folder):
            raise Refusal(
                f"{files[-1]}: includes {href}, which lies outside the schema's folder",
                "put it beside the schema",
            )
        if (path in files and not address.fragment) or len(files) > 20:
            raise Refusal(f"{files[-1]}: includes {href}, which includes it", "take one of the two out")
        return path

    def _named(self, part: etree._Element, path: Path, by: Path) -> etree._Element:
        """Give what an include names: a whole file, or the element of an id in it."""
        fragment = urlsplit(part.get("href", "")).fragment
        root = self._open(path, by)
        if not fragment:
            return root
        found = next((each for each in root.iter(f"{{{SCH}}}*") if each.get("id") == fragment), None)
        if found is None:
            raise Refusal(f"{path}: there is no element with the id {fragment}", "mend the include")
        return found


def _embedded(grammar: etree._Element) -> etree._Element:
    """Gather the rules that stand inside a RELAX NG grammar into a schema."""
    schema = etree.Element(
        f"{{{SCH}}}schema", {"queryBinding": "xslt2"}, nsmap=cast("dict[str, str]", grammar.nsmap)
    )
    for name in ("ns", "let", "pattern", "diagnostics"):
        for each in grammar.iter(f"{{{SCH}}}{name}"):
            if local(each.getparent()) != "pattern" or name == "pattern":  # type: ignore[arg-type]
                schema.append(copy.deepcopy(each))
    seen: set[str] = set()
    for each in schema.findall(f"{{{SCH}}}ns"):
        if each.get("prefix", "") in seen:
            schema.remove(each)
        seen.add(each.get("prefix", ""))
    return schema
