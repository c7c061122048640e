"""The grammar: what stands where TEI, or the edition's schema, does not allow it (RNG001), in plain words.

What a file includes (XInclude) is not read (XML007), and that it is included is no fault.
"""

from __future__ import annotations

import difflib
import functools
import json
import re
from calendar import month_name, monthrange
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from teipress.checks.languages import subtags
from teipress.checks.subject import INCLUDE, Subject
from teipress.document import TEI, XML, local
from teipress.finding import Finding
from teipress.relaxng import MOST_FAULTS, Fault, Grammar
from teipress.relaxng.patterns import tags
from teipress.resources import SCHEMA

_FEW: Final = 10
_NAMESPACE: Final = re.compile(r"\{[^}]*\}")
_EXAMPLE: Final = "{http://www.tei-c.org/ns/Examples}egXML"
_INSTANCE: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_SHOWN: Final = 3

#: What may stand nearly anywhere, of model.global and its like (Guidelines 1.3.2.2), as it is used in texts.
_GLOBAL: Final = frozenset(
    {
        *(
            "pb",
            "lb",
            "cb",
            "gb",
            "milestone",
            "anchor",
            "note",
            "noteGrp",
            "fw",
            "space",
            "gap",
            "figure",
            "index",
        ),
        *(
            "metamark",
            "addSpan",
            "delSpan",
            "damageSpan",
            "interp",
            "interpGrp",
            "span",
            "spanGrp",
            "link",
            "linkGrp",
        ),
    }
)
#: What a document begins with.
_OUTERMOST: Final = frozenset({"TEI", "teiCorpus"})
#: What comes at the end of a division, or is one.
_ENDING: Final = frozenset({"closer", "trailer", "postscript", "signed", "div", "back"})

#: What editors reach for first, where much may stand.
_USUAL: Final[tuple[str, ...]] = (
    "opener",
    "closer",
    "p",
    "div",
    "text",
    "body",
    "head",
    "lg",
    "l",
    "list",
    "bibl",
    "note",
)

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
#: A day, of a year or of any, that may not exist; and a leap year, which repeats after as many years.
_DAY: Final = re.compile(r"(?:(-?\d{4})|-)-(\d\d)(?:-(\d\d))?(?:T.*)?")
_LEAP: Final = 2000
#: Of these kinds of date the first is enough to say what is meant.
_DATES: Final = {"gDay", "gMonth", "gMonthDay", "time", "dateTime"}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each fault that the grammar finds."""
    grammar = subject.schemas.grammar
    if grammar is None:
        return
    name = etree.QName(subject.root)
    if (
        name.namespace != TEI
        and name.localname in _OUTERMOST
        and str(subject.root.tag) not in tags(grammar.start)
    ):
        where = f"the namespace {name.namespace}, not in TEI's" if name.namespace else "no namespace"
        message = f"{_tag(subject.root)} is in {where}"
        remedy = f'write xmlns="{TEI}" in it'
        yield subject.finding(subject.root, "RNG001", "error", message, remedy)
        return
    faults = grammar.faults(subject.root, subject.seen)
    yield from _included(subject)
    for fault in faults:
        if fault.element.tag == INCLUDE:
            continue
        message, remedy = _words(fault, grammar)
        about = _name(fault) if fault.kind in ("value", "attribute") and fault.name else ""
        yield subject.finding(fault.element, "RNG001", "error", message + _path(fault.element), remedy, about)
    if len(faults) > MOST_FAULTS:
        more = f"there are more than {MOST_FAULTS} faults, and the rest is left out"
        yield subject.finding(None, "RNG002", "info", more, "mend these, and validate again")


def _included(subject: Subject) -> Iterator[Finding]:
    """Say which files are included (XInclude) and not read: they might hold anything, and lie anywhere."""
    found = [
        each for each in subject.survey.named(INCLUDE) if next(each.iterancestors(_EXAMPLE), None) is None
    ]
    if found:
        files = list(dict.fromkeys(each.get("href", "") for each in found))
        shown = ", ".join(map(_quote, files[:_SHOWN])) + (
            f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
        )
        message = f"it includes what is not read, and so is not checked: {shown}"
        remedy = "to have the whole checked, put the content of these files in their place"
        yield subject.finding(found[0], "XML007", "info", message, remedy)


def _path(element: etree._Element) -> str:
    """Say where an element is in the document, for those whose editor counts no lines."""
    path = element.getroottree().getelementpath(element)
    return "" if path == "." else f" (at {_NAMESPACE.sub('', path)})"


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
            return f"text may not stand directly in {element}: {_quote(fault.value)}", _text_home(
                fault.expected
            )
        case "no attribute":
            names = _list([f"@{name}" for name in fault.expected] or ["attribute that it needs"], "or")
            return f"{element} has no {names}", f"add {names}"
        case "attribute":
            return f"{element} may not have @{_name(fault)}", _nearest_attribute(fault)
        case "value":
            place = f"@{_name(fault)} of {element}" if fault.name else f"the content of {element}"
            return f"{place} is {_quote(fault.value)}", _other_value(fault)


def _other_value(fault: Fault) -> str:
    """Say what may be written in the place of a value."""
    if " " in fault.value.strip() and "anyURI" in fault.expected:
        return "an address has no spaces: write %20 for each"
    if "language" in fault.expected and (code := subtags()["named"].get(fault.value.strip().lower())):
        return f'write "{code}"'
    day = _DAY.fullmatch(fault.value.strip())
    if not day or not {"date", "gMonthDay"} & set(fault.expected):
        return _allowed(fault.expected)
    year, month, number = int(day[1] or _LEAP), int(day[2]), int(day[3] or 1)
    if not 1 <= month <= 12:
        return f"there is no month {day[2]}: write 01 to 12"
    length = monthrange(year % _LEAP + _LEAP, month)[1]
    if 1 <= number <= length:
        return _allowed(fault.expected)
    of = f"{month_name[month]} {year}" if day[1] else month_name[month]
    return f"there is no such day: {of} has {length} days; look it up in the source"


def _misplaced(fault: Fault, grammar: Grammar) -> tuple[str, str]:
    element, name = _tag(fault.element), local(fault.element)
    space = etree.QName(fault.element).namespace
    if fault.element.getparent() is None:
        return f"a document may not begin with {element}", _add(fault.expected).replace(
            "add", "begin it with"
        )
    if fault.elsewhere:
        before = _ended_by(fault.element)
        after = f", after {_tag(before)}" if before is not None else ""
        message = f"{element} may not stand in this place in {_parent(fault)}{after}"
        few = len(fault.expected) <= _FEW
        return message, _here(fault.expected) if few else _moved(fault, before)
    if space != TEI:
        return f"{element} is in {f'the namespace {space}' if space else 'no namespace'}, not in TEI's", ""
    if name in grammar.element_names():
        return f"{element} may not stand in {_parent(fault)}", _home(fault, grammar)
    if name in _all_of_tei():
        remedy = (
            _here(fault.expected) if len(fault.expected) <= _FEW else "use another element, or change the ODD"
        )
        return f"this schema leaves TEI's {element} out", remedy
    near = _near(name, fault.expected) or _near(name, sorted(grammar.element_names()))
    return f"the schema has no element {element}", f"did you mean <{near}>?" if near else _here(
        fault.expected
    )


def _ended_by(element: etree._Element) -> etree._Element | None:
    """Give what stands before an element and ends what it would belong to, or else what stands before it.

    Page breaks, notes and other things that may stand anywhere (model.global) end nothing, and a paragraph that may
    not stand after another mostly may not because of the closer before both.
    """
    before = [each for each in element.itersiblings(preceding=True) if isinstance(each.tag, str)]
    others = [each for each in before if local(each) not in _GLOBAL] or before
    ending = (each for each in others if each.tag != element.tag and local(each) in _ENDING)
    if others and others[0].tag == element.tag:
        return next(ending, others[0])
    return others[0] if others else None


def _moved(fault: Fault, before: etree._Element | None) -> str:
    """Say where an element may go that comes too late."""
    match local(before) if before is not None else "":
        case "closer":
            return "put it before <closer>, or into a <postscript> after it"
        case "div" if local(fault.element) != "div":
            return "put it into a <div>: beside divisions there is only what comes before the first of them"
    return f"move it to another place in {_parent(fault)}"


@functools.cache
def _all_of_tei() -> frozenset[str]:
    modules: dict[str, list[str]] = json.loads((SCHEMA / "tei" / "modules.json").read_text(encoding="utf-8"))
    return frozenset(name for names in modules.values() for name in names)


# -- remedies ---------------------------------------------------------------------------------------------------


def _home(fault: Fault, grammar: Grammar) -> str:
    """Say where an element belongs: into one that may stand here, or where else the schema has it."""
    tag = str(fault.element.tag)
    if "p" in fault.expected and grammar.may_hold("p", tag):
        return "put it into a <p>"
    holders = [name for name in sorted(grammar.element_names()) if grammar.may_hold(name, tag)]
    if not holders:
        return _here(fault.expected)
    usual = [name for name in _USUAL if name in holders][:3] or holders[:3]
    most = map(_angled, holders if len(holders) <= _FEW else usual)
    return f"it may stand in {_list([*most, 'elsewhere'] if len(holders) > _FEW else most, 'or')}"


def _here(names: tuple[str, ...]) -> str:
    if not names:
        return "take it out: nothing more may stand here"
    if len(names) <= _FEW:
        return f"here may stand {_list(map(_angled, names), 'or')}"
    return "see the Guidelines for where it belongs"


def _add(names: tuple[str, ...]) -> str:
    if len(names) > _FEW:
        usual = [name for name in _USUAL if name in names][:4] or names[:4]
        return f"add {', '.join(map(_angled, usual))} or another"
    return f"add {_list(map(_angled, names), 'or')}" if names else "add text"


def _text_home(names: tuple[str, ...]) -> str:
    """Say what text can be put into, a paragraph where there may be one."""
    if "p" in names:
        return "put it into a <p>"
    return f"put it into {_list(map(_angled, names), 'or')}" if 0 < len(names) <= _FEW else "take it out"


def _nearest_attribute(fault: Fault) -> str:
    if fault.name.startswith(_INSTANCE):
        return 'take it out; TEI names its schema before the document: <?xml-model href="…"?>'
    near = _near(_name(fault), fault.expected)
    return f"did you mean @{near}?" if near else "take it out, or use another attribute"


def _near(name: str, names: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(names), n=1, cutoff=0.7)), "")


def _allowed(expected: tuple[str, ...]) -> str:
    spelt = sorted(word for word in expected if word.startswith('"'))
    kinds = sorted(word for word in expected if not word.startswith('"'))
    if "date" in kinds:
        kinds = [kind for kind in kinds if kind not in _DATES]
    words = [*spelt[:_FEW], *dict.fromkeys(_DATATYPES.get(kind, kind) for kind in kinds)]
    return f"write {_list(words, 'or')}" if words else "see the Guidelines for the values that it may have"


# -- words ------------------------------------------------------------------------------------------------------


def _tag(element: etree._Element) -> str:
    return _angled(f"{element.prefix}:{local(element)}" if element.prefix else local(element))


def _angled(name: str) -> str:
    return f"<{name}>"


def _parent(fault: Fault) -> str:
    parent = fault.element.getparent()
    return _tag(parent) if parent is not None else "the document"


def _name(fault: Fault) -> str:
    """Give an attribute's name as it is written, with its prefix."""
    name = etree.QName(fault.name)
    prefixes = {uri: prefix for prefix, uri in fault.element.nsmap.items()} | {XML: "xml"}
    prefix = prefixes.get(name.namespace or "")
    return f"{prefix}:{name.localname}" if prefix else name.localname


def _quote(value: str) -> str:
    value = " ".join(value.split())
    return f'"{value[:40]}…"' if len(value) > 41 else f'"{value}"'


def _list(words: Iterable[str], last: str) -> str:
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end
