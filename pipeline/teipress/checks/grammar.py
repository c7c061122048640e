"""The grammar: what stands where TEI, or the edition's schema, does not allow it (RNG001), in plain words."""

from __future__ import annotations

import difflib
import functools
import json
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from teipress.checks.subject import Subject
from teipress.document import TEI, XML, local
from teipress.finding import Finding
from teipress.relaxng import Fault, Grammar
from teipress.resources import SCHEMA

_FEW: Final = 10

#: What the datatypes of XML Schema are called by those who do not write schemas (Guidelines 1.4.2).
_DATATYPES: Final = {
    "anyURI": "a pointer such as #id or an address",
    "boolean": "true or false",
    "date": "a date such as 1918-08-01",
    "dateTime": "a date and time such as 1918-08-01T10:30:00",
    "decimal": "a number",
    "double": "a number",
    "duration": "a duration such as P2D",
    "gDay": "a day such as ---01",
    "gMonth": "a month such as --08",
    "gMonthDay": "a day of the year such as --08-01",
    "gYear": "a year such as 1918",
    "gYearMonth": "a month such as 1918-08",
    "ID": "a name that begins with a letter and has no space or colon",
    "language": "a language tag such as zh-Hant",
    "NCName": "a name that begins with a letter and has no space or colon",
    "Name": "a name that begins with a letter and has no space",
    "nonNegativeInteger": "a whole number",
    "string": "text",
    "time": "a time such as 10:30:00",
    "token": "a word without spaces",
}
#: Of these kinds of date the first is enough to say what is meant.
_DATES: Final = {"gDay", "gMonth", "gMonthDay", "time", "dateTime"}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each fault that the grammar finds."""
    grammar = subject.schemas.grammar
    if grammar is None:
        return
    if not subject.root.tag.startswith("{") and subject.root.tag in ("TEI", "teiCorpus"):
        yield subject.finding(
            subject.root,
            "RNG001",
            "error",
            f"<{subject.root.tag}> is in no namespace",
            f'write xmlns="{TEI}" in it',
        )
        return
    for fault in grammar.faults(subject.root):
        yield subject.finding(fault.element, "RNG001", "error", *_words(fault, grammar))


def _words(fault: Fault, grammar: Grammar) -> tuple[str, str]:
    """Put a fault into a message and a remedy."""
    element = _tag(fault.element)
    match fault.kind:
        case "element":
            return _misplaced(fault, grammar)
        case "before":
            return f"something is missing before {element} in {_parent(fault)}", _add(fault.expected)
        case "content":
            return f"{element} is not complete", _add(fault.expected)
        case "text":
            return f"text may not stand directly in {element}: {_quote(fault.value)}", _home(fault.expected)
        case "no attribute":
            names = _list([f"@{name}" for name in fault.expected], "or")
            return f"{element} has no {names}", f"add {names}"
        case "attribute":
            return f"{element} may not have @{_name(fault.name)}", _nearest_attribute(fault)
        case "value":
            place = f"@{_name(fault.name)} of {element}" if fault.name else f"the content of {element}"
            return f"{place} is {_quote(fault.value)}", _allowed(fault.expected)


def _misplaced(fault: Fault, grammar: Grammar) -> tuple[str, str]:
    element, name = _tag(fault.element), local(fault.element)
    if fault.element.getparent() is None:
        return f"a document may not begin with {element}", _one_of("begin with", fault.expected)
    if fault.elsewhere:
        before = fault.element.getprevious()
        after = f", after {_tag(before)}" if before is not None and isinstance(before.tag, str) else ""
        return f"{element} may not stand in this place in {_parent(fault)}{after}", _one_of(
            "here", fault.expected
        )
    if etree.QName(fault.element).namespace != TEI:
        space = etree.QName(fault.element).namespace
        return f"{element} is in {f'the namespace {space}' if space else 'no namespace'}, not in TEI's", ""
    if name not in grammar.element_names():
        if name in _all_of_tei():
            return f"this schema leaves TEI's {element} out", _one_of("here", fault.expected)
        near = _near(name, fault.expected) or _near(name, sorted(grammar.element_names()))
        return f"the schema has no element {element}", near and f"did you mean <{near}>?"
    return f"{element} may not stand in {_parent(fault)}", _one_of("here", fault.expected)


@functools.cache
def _all_of_tei() -> frozenset[str]:
    modules: dict[str, list[str]] = json.loads((SCHEMA / "tei" / "modules.json").read_text(encoding="utf-8"))
    return frozenset(name for names in modules.values() for name in names)


def _tag(element: etree._Element) -> str:
    return f"<{local(element)}>"


def _parent(fault: Fault) -> str:
    parent = fault.element.getparent()
    return _tag(parent) if parent is not None else "the document"


def _name(clark: str) -> str:
    name = etree.QName(clark)
    return f"xml:{name.localname}" if name.namespace == XML else name.localname


def _quote(value: str) -> str:
    value = " ".join(value.split())
    return f'"{value[:40]}…"' if len(value) > 41 else f'"{value}"'


def _list(words: Iterable[str], last: str) -> str:
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def _one_of(what: str, names: tuple[str, ...]) -> str:
    if not names or len(names) > _FEW:
        return "see the Guidelines for where it belongs" if names else "take it out"
    may = "may stand " if what == "here" else ""
    return f"{what} {may}{_list([f'<{name}>' for name in names], 'or')}"


def _add(names: tuple[str, ...]) -> str:
    if not names:
        return "add text"
    shown = [f"<{name}>" for name in names[:_FEW]]
    return f"add {_list(shown, 'or')}" if len(names) <= _FEW else f"add one of {', '.join(shown)} …"


def _home(names: tuple[str, ...]) -> str:
    """Say what text can be put into, a paragraph where there may be one."""
    if "p" in names:
        return "put it into a <p>"
    return (
        f"put it into {_list([f'<{name}>' for name in names], 'or')}"
        if 0 < len(names) <= _FEW
        else "take it out"
    )


def _nearest_attribute(fault: Fault) -> str:
    near = _near(_name(fault.name), fault.expected)
    return f"did you mean @{near}?" if near else "take it out, or use another attribute"


def _near(name: str, names: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(names), n=1, cutoff=0.7)), "")


def _allowed(expected: tuple[str, ...]) -> str:
    spelt = [word for word in expected if word.startswith('"')]
    kinds = [word for word in expected if not word.startswith('"')]
    if "date" in kinds:
        kinds = [kind for kind in kinds if kind not in _DATES]
    words = [*spelt[:_FEW], *dict.fromkeys(_DATATYPES.get(kind, kind) for kind in kinds)]
    return f"write {_list(words, 'or')}" if words else "see the Guidelines for the values that it may have"
