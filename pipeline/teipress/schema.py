"""From the ODD to the schema: `edition.odd` is the single source of `edition.rng` and `edition.sch`.

An ODD customises TEI P5 (Guidelines, chapter 22, "Documentation Elements", and section 23.3, "Customization").
This module understands the part of that language which an edition needs and refuses the rest, so that what
the ODD says and what the grammar does cannot drift apart:

- `moduleRef` with `@key`, and `@include` or `@except`;
- `elementSpec` with `@mode` "delete" or "change", and `classSpec` with `@mode` "change";
- in these, `attDef` with `@mode` "delete" or "change", `@usage` "req", and a closed `valList`;
- `constraintSpec` with ISO Schematron rules, whose `desc` becomes the diagnostic.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from lxml import etree

from teipress.document import TEI, local, read, serialise, tei, write
from teipress.finding import Refusal
from teipress.resources import SCHEMA

RNG: Final = "http://relaxng.org/ns/structure/1.0"
SCH: Final = "http://purl.oclc.org/dsdl/schematron"
TEI_ALL: Final = "tei/tei_all.rng"
MODULES: Final = "tei/modules.json"

_NOTICE: Final = " Made from edition.odd by `teipress schema build`: change the ODD, not this file. "
_PROSE: Final = frozenset({"altIdent", "desc", "equiv", "exemplum", "gloss", "remarks"})
_REMEDY: Final = "write it with moduleRef, elementSpec, classSpec, attDef, closed valList and sch:rule alone"

Defines = dict[str, etree._Element]


def build(odd: Path, out: Path) -> list[Path]:
    """Make `edition.rng` and `edition.sch` in the folder `out` from the ODD at `odd`; list the files that changed.

    The grammar includes `tei/tei_all.rng`, which is copied into `out` where it is not there yet. Raises
    `Refusal` for whatever in the ODD is not understood, and for a deletion that TEI's own content needs.
    """
    custom = Customisation.read(odd)
    made = {out / "edition.rng": grammar(custom), out / "edition.sch": schematron(custom)}
    tei_all = out / TEI_ALL
    if not tei_all.is_file():
        tei_all.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SCHEMA / TEI_ALL, tei_all)
    return [path for path, data in made.items() if write(path, data)]


@dataclass(frozen=True)
class Attribute:
    """What an ODD says of one attribute of one element or class: gone, required, or closed to some values."""

    owner: str
    name: str
    delete: bool = False
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Customisation:
    """What an ODD asks for: elements that go, attributes that change, rules that are added."""

    deleted: frozenset[str]
    of_classes: tuple[Attribute, ...]
    of_elements: tuple[Attribute, ...]
    constraints: tuple[etree._Element, ...]

    @classmethod
    def read(cls, odd: Path) -> Customisation:
        """Read the ODD at `odd`; raise `Refusal` where it has no `schemaSpec` or says what is not understood."""
        specs = list(read(odd).iter(tei("schemaSpec")))
        if len(specs) != 1:
            raise Refusal(f"{odd}: {len(specs)} schemaSpec elements", "an ODD describes exactly one schema")
        reader = _Reader(odd)
        reader.only(specs[0], "ident", "docLang")
        parts = reader.children(specs[0], "moduleRef", "elementSpec", "classSpec", "constraintSpec")
        members: dict[str, list[str]] = json.loads((SCHEMA / MODULES).read_text(encoding="utf-8"))
        kept = {name for part in parts if local(part) == "moduleRef" for name in reader.chosen(part, members)}
        elements = [part for part in parts if local(part) == "elementSpec"]
        for part in elements:
            if part.get("ident") not in kept:
                reader.refuse(
                    part, f'"{part.get("ident")}" is in none of the modules that the schema refers to'
                )
        gone = {part.get("ident", "") for part in elements if part.get("mode") == "delete"}
        return cls(
            deleted=frozenset(
                name for names in members.values() for name in names if name not in kept - gone
            ),
            of_classes=reader.attributes(part for part in parts if local(part) == "classSpec"),
            of_elements=reader.attributes(elements),
            constraints=reader.constraints(specs[0]),
        )


class _Reader:
    """Reads the parts of one ODD, and refuses what it does not understand with its line."""

    def __init__(self, odd: Path) -> None:
        self.odd = odd

    def refuse(self, part: etree._Element, why: str) -> None:
        raise Refusal(f"{self.odd}:{part.sourceline}: {local(part)}: {why}", _REMEDY)

    def only(self, part: etree._Element, *attributes: str) -> None:
        """Refuse an attribute that is not among `attributes` and has no namespace prefix."""
        for name in map(str, part.attrib):
            if not name.startswith("{") and name not in attributes:
                self.refuse(part, f"@{name} is not understood")

    def children(self, part: etree._Element, *names: str) -> list[etree._Element]:
        """List the children called `names`, pass over documentation, refuse all others."""
        found = []
        for child in part.iterchildren(etree.Element):
            if local(child) in names and child.tag == tei(local(child)):
                found.append(child)
            elif local(child) not in _PROSE:
                self.refuse(child, f"not understood inside {local(part)}")
        return found

    def chosen(self, part: etree._Element, members: Mapping[str, list[str]]) -> set[str]:
        """Give the elements that a `moduleRef` brings into the schema."""
        self.only(part, "key", "include", "except")
        key = part.get("key", "")
        if key not in members:
            self.refuse(part, f'TEI P5 has no module "{key}"')
        module = set(members[key])
        include, left_out = (set(part.get(name, "").split()) for name in ("include", "except"))
        for name in sorted((include | left_out) - module):
            self.refuse(part, f'the module "{key}" has no element "{name}"')
        if part.get("include") is not None:
            return include - left_out
        return module - left_out

    def attributes(self, specs: Iterable[etree._Element]) -> tuple[Attribute, ...]:
        """Give what `elementSpec` and `classSpec` elements in mode "change" say of attributes."""
        found = []
        for spec in specs:
            self.only(spec, "ident", "mode", "module", "type")
            if spec.get("mode") == "delete" and local(spec) == "elementSpec":
                self.children(spec)
                continue
            if spec.get("mode") != "change":
                self.refuse(spec, f'@mode "{spec.get("mode", "add")}" is not understood')
            for attributes in self.children(spec, "attList", "constraintSpec"):
                if local(attributes) == "attList":
                    self.only(attributes)
                    definitions = self.children(attributes, "attDef")
                    found += [self.attribute(spec.get("ident", ""), each) for each in definitions]
        return tuple(found)

    def attribute(self, owner: str, definition: etree._Element) -> Attribute:
        """Give what one `attDef` says."""
        self.only(definition, "ident", "mode", "usage")
        mode, usage = definition.get("mode", "add"), definition.get("usage")
        if mode not in ("change", "delete") or usage not in (None, "req"):
            self.refuse(definition, f'@mode "{mode}" with @usage "{usage or ""}" is not understood')
        values: list[str] = []
        for listing in self.children(definition, "valList"):
            self.only(listing, "type", "mode")
            if listing.get("type") != "closed" or listing.get("mode", "add") not in ("add", "replace"):
                self.refuse(listing, "only a closed list that stands for itself is understood")
            values += [item.get("ident", "") for item in self.children(listing, "valItem")]
        return Attribute(
            owner, definition.get("ident", ""), mode == "delete", usage == "req", tuple(dict.fromkeys(values))
        )

    def constraints(self, spec: etree._Element) -> tuple[etree._Element, ...]:
        """Give the `constraintSpec` elements; their idents are unique and they hold whole rules only."""
        found: dict[str, etree._Element] = {}
        for constraint in spec.iter(tei("constraintSpec")):
            self.only(constraint, "ident", "scheme", "mode")
            ident = constraint.get("ident", "")
            if constraint.get("scheme") != "schematron" or ident in found:
                self.refuse(constraint, f'"{ident}" is there twice, or is not of the scheme "schematron"')
            for holder in self.children(constraint, "constraint"):
                for rule in holder.iterchildren(etree.Element):
                    if rule.tag != f"{{{SCH}}}rule" or not rule.get("context"):
                        self.refuse(rule, "a constraint holds sch:rule elements, each with @context")
            found[ident] = constraint
        return tuple(found.values())


def grammar(custom: Customisation) -> bytes:
    """Give the RELAX NG grammar: `tei_all.rng` included, and what the customisation changes in it overridden.

    Raises `Refusal` where an attribute is unknown, or where a deletion leaves an element no valid content.
    """
    defines = _definitions()
    changed = [_change_class(defines, change) for change in custom.of_classes]
    changed += [_change_element(defines, change) for change in custom.of_elements]
    deleted = custom.deleted & defines.keys()
    for name in deleted:
        defines[name] = _pattern("define", name=name)
        defines[name].append(_pattern("notAllowed"))
    _refuse_barren(defines, deleted)
    root = etree.Element(
        f"{{{RNG}}}grammar",
        {"ns": TEI, "datatypeLibrary": "http://www.w3.org/2001/XMLSchema-datatypes"},
        nsmap=_default(RNG),
    )
    root.append(etree.Comment(_NOTICE))
    include = etree.SubElement(root, f"{{{RNG}}}include", {"href": TEI_ALL})
    include.extend([defines[name] for name in sorted(deleted | set(changed), key=str.casefold)])
    return _pretty(root)


def _definitions() -> Defines:
    """Read the definitions of tei_all.rng, without the documentation and Schematron that are inside them."""
    parser = etree.XMLParser(
        remove_blank_text=True, remove_comments=True, resolve_entities=False, no_network=True
    )
    root = etree.fromstring((SCHEMA / TEI_ALL).read_bytes(), parser)
    for element in list(root.iter(etree.Element)):
        if etree.QName(element).namespace != RNG and (parent := element.getparent()) is not None:
            parent.remove(element)
    return {define.get("name", ""): define for define in root.iter(f"{{{RNG}}}define")}


def _pattern(kind: str, text: str | None = None, **attributes: str) -> etree._Element:
    pattern = etree.Element(f"{{{RNG}}}{kind}", attributes)
    pattern.text = text
    return pattern


def _change_class(defines: Defines, change: Attribute) -> str:
    """Change an attribute of a class in place; give the name of the definition that changed."""
    for name, define in defines.items():
        if name.startswith(f"{change.owner}.attribute.") and _declaration(define, change.name) is not None:
            _apply(define, change)
            return name
    raise Refusal(f"the ODD changes @{change.name} of {change.owner}, which has no such attribute", _REMEDY)


def _change_element(defines: Defines, change: Attribute) -> str:
    """Change an attribute of an element in place; give the element's name, whose definition changed.

    An attribute that comes from a class is unfolded first: the reference to the class gives way to what the
    class is made of, until the attribute itself stands in the element's definition.
    """
    define = defines.get(change.owner)
    while define is not None and _declaration(define, change.name) is None:
        reference = _leading_to(defines, define, change.name)
        if reference is None or (parent := reference.getparent()) is None:
            break
        place = parent.index(reference)
        parent[place : place + 1] = [deepcopy(part) for part in defines[reference.get("name", "")]]
    if define is None or _declaration(define, change.name) is None:
        raise Refusal(
            f"the ODD changes @{change.name} of {change.owner}, which has no such attribute", _REMEDY
        )
    _apply(define, change)
    return change.owner


def _declaration(define: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in define.iter(f"{{{RNG}}}attribute") if each.get("name") == name), None)


def _leading_to(defines: Defines, define: etree._Element, name: str) -> etree._Element | None:
    """Give the reference in `define` through whose attribute classes the attribute is reached."""
    for reference in define.iter(f"{{{RNG}}}ref"):
        target = defines[reference.get("name", "")]
        if reference.get("name", "").startswith("att.") and (
            _declaration(target, name) is not None or _leading_to(defines, target, name) is not None
        ):
            return reference
    return None


def _apply(define: etree._Element, change: Attribute) -> None:
    attribute = _declaration(define, change.name)
    assert attribute is not None
    parent = attribute.getparent()
    assert parent is not None
    if change.values:
        if attribute.find(f"{{{RNG}}}list") is not None:
            raise Refusal(
                f"@{change.name} of {change.owner} holds several values and cannot be closed", _REMEDY
            )
        choice = _pattern("choice")
        choice.extend([_pattern("value", value) for value in change.values])
        attribute[:] = [choice]
    holder = parent if parent.tag == f"{{{RNG}}}optional" else attribute
    outer = holder.getparent()
    assert outer is not None
    if change.delete:
        outer.replace(holder, _pattern("empty"))
    elif change.required and holder is parent:
        outer.replace(holder, attribute)


def _refuse_barren(defines: Defines, deleted: frozenset[str]) -> None:
    """Refuse a deletion that leaves some element that stays without any valid content."""
    fertile: set[str] = set()
    grown = True
    while grown:
        new = {
            name
            for name in defines.keys() - fertile
            if all(_fertile(part, fertile) for part in defines[name])
        }
        fertile |= new
        grown = bool(new)
    elements = (name for name, define in defines.items() if define.find(f"{{{RNG}}}element") is not None)
    barren = sorted(name for name in elements if name not in fertile and name not in deleted)
    if barren:
        raise Refusal(f"the ODD deletes what these elements cannot be without: {', '.join(barren)}", _REMEDY)


def _fertile(pattern: etree._Element, known: set[str]) -> bool:
    """Tell whether some content matches the pattern, as far as the definitions in `known` do."""
    name = local(pattern)
    if name == "ref":
        return pattern.get("name") in known
    if name == "choice":
        return any(_fertile(part, known) for part in pattern) or not len(pattern)
    if name in ("element", "group", "oneOrMore"):
        return all(_fertile(part, known) for part in pattern)
    return name != "notAllowed"


def schematron(custom: Customisation) -> bytes:
    """Give the ISO Schematron schema: one pattern for each `constraintSpec`, in the order of the ODD."""
    root = etree.Element(f"{{{SCH}}}schema", {"queryBinding": "xslt2"}, nsmap=_default(SCH))
    root.append(etree.Comment(_NOTICE))
    etree.SubElement(root, f"{{{SCH}}}title").text = "Rules of an edition that a grammar cannot express"
    etree.SubElement(root, f"{{{SCH}}}ns", {"prefix": "tei", "uri": TEI})
    diagnostics = etree.Element(f"{{{SCH}}}diagnostics")
    for constraint in custom.constraints:
        ident = constraint.get("ident", "")
        pattern = etree.SubElement(root, f"{{{SCH}}}pattern", {"id": ident})
        pattern.extend([_trimmed(rule) for rule in constraint.iterfind("tei:constraint/*", {"tei": TEI})])
        remedy = constraint.findtext("tei:desc", None, {"tei": TEI})
        if remedy:
            diagnostic = etree.SubElement(diagnostics, f"{{{SCH}}}diagnostic", {"id": f"{ident}-remedy"})
            diagnostic.text = " ".join(remedy.split())
            for test in pattern.iter(f"{{{SCH}}}assert", f"{{{SCH}}}report"):
                test.set("diagnostics", f"{ident}-remedy")
    if len(diagnostics):
        root.append(diagnostics)
    return _pretty(root)


def _default(namespace: str) -> dict[str, str]:
    return cast("dict[str, str]", {None: namespace})  # lxml's stubs know no default namespace


def _trimmed(rule: etree._Element) -> etree._Element:
    """Copy a rule without the line breaks and indentation that only lay out the ODD."""
    copy = deepcopy(rule)
    copy.tail = None
    for element in copy.iter(etree.Element):
        for name, value in element.attrib.items():
            element.set(name, " ".join(str(value).split()))
        element.text = _squeezed(element.text)
        if element is not copy:
            element.tail = _squeezed(element.tail)
    return copy


def _squeezed(text: str | None) -> str | None:
    return re.sub(r"\s+", " ", text) if text and text.strip() else None


def _pretty(root: etree._Element) -> bytes:
    etree.cleanup_namespaces(root)
    etree.indent(root)
    return serialise(root.getroottree())
