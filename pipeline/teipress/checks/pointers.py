"""Pointers: whatever a file points to in itself is there, and is a pointer (Guidelines 1.4.2, 17.2).

What it points to in other files of the edition is the business of `crossings`. Nothing outside the edition is read,
and nothing is fetched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from teipress.checks.pointing import Lead
from teipress.checks.subject import Subject
from teipress.finding import Finding

#: The TEI pointer schemes (Guidelines 17.2.4), and XPointer's own, each with the ids that it may begin with.
_XPOINTER: Final = re.compile(
    r"(xpath\d?|match|range|left|right|string-index|string-range|xpointer|xmlns|element|id)\(", re.ASCII
)
_NAMED: Final = re.compile(r"(?:match|range|left|right|string-index|string-range|element|id)\(\s*#?([\w.-]+)")
_XPATH: Final = re.compile(r"xpath\d?\((.*)\)\Z", re.DOTALL)
_FEW: Final = 3


def check(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with a pointer that can be told without another file.

    PTR001 there is no such xml:id, PTR002 a word where a pointer belongs, PTR003 a prefix that nothing explains,
    PTR004 a way to somebody's own computer, PTR005 places in files outside the edition, which nobody looked up,
    PTR006 an XPointer that cannot be followed.
    """
    words: dict[tuple[str, str, bool], list[Lead]] = defaultdict(list)
    beyond: list[Lead] = []
    prefixes: dict[str, list[Lead]] = defaultdict(list)
    for lead in subject.leads:
        match lead.way:
            case "here":
                yield from _here(subject, lead)
            case "word":
                words[lead.attribute, lead.element, lead.path in subject.ids].append(lead)
            case "based" if lead.path in subject.ids:
                words[lead.attribute, lead.element, True].append(lead)
            case "prefix":
                prefixes[lead.path].append(lead)
            case "computer":
                message = "this is a place on one computer, where nobody else has it"
                remedy = "put the file into the edition's folder, or point to a web address"
                yield _finding(subject, lead, "PTR004", message, remedy, error=subject.edition is not None)
            case "web" if lead.fragment:
                beyond.append(lead)
    yield from (_words(subject, each) for each in words.values())
    yield from (_prefix(subject, name, each) for name, each in prefixes.items())
    if beyond:
        yield _beyond(subject, beyond)


def _finding(subject: Subject, lead: Lead, code: str, message: str, remedy: str, error: bool) -> Finding:
    return subject.finding(
        lead.number,
        code,
        "error" if error else "warning",
        said(lead.attribute, lead.element, lead.written, message, lead.times),
        remedy,
        lead.attribute,
    )


def said(attribute: str, element: str, written: str, message: str, times: int) -> str:
    """Put what is wrong with a pointer into words."""
    again = f" ({times} times; here first)" if times > 1 else ""
    return f'@{attribute} of <{element}> points to "{written}": {message}{again}'


def _here(subject: Subject, lead: Lead) -> Iterator[Finding]:
    if lead.fragment in subject.ids:
        return
    if _XPOINTER.match(lead.fragment):
        if message := xpointer_fault(lead.fragment, subject.ids):
            remedy = "mend the pointer; giving the element that is meant an xml:id is surer than an XPointer"
            yield _finding(subject, lead, "PTR006", message, remedy, error=False)
        return
    message, remedy = missing(lead.fragment, "this file", subject.whole)
    found = _finding(subject, lead, "PTR001", message, remedy, error=subject.whole)
    yield found if subject.whole else replace(found, severity="info")


def missing(fragment: str, where: str, whole: bool) -> tuple[str, str]:
    """Say that there is no such id in a file, and what to do."""
    included = "" if whole else ", and what it includes is not read"
    named = f'there is no xml:id "{fragment}"' if fragment else "it names no xml:id"
    return f"{named} in {where}{included}", "mend the pointer, or give the element that is meant this xml:id"


def xpointer_fault(fragment: str, ids: frozenset[str]) -> str:
    """Say what is wrong with an XPointer; nothing where it may well be right."""
    if path := _XPATH.match(fragment):
        try:
            etree.XPath(path[1], namespaces={"tei": "urn:any"})
        except etree.XPathSyntaxError:
            return "this is no XPath expression"
        return ""
    if fragment.count("(") != fragment.count(")"):
        return "a bracket is not closed"
    absent = [
        name for name in _NAMED.findall(fragment) if name not in ids and not _XPOINTER.match(f"{name}(")
    ]
    return f'there is no xml:id "{absent[0]}" in this file' if absent else ""


def _words(subject: Subject, leads: list[Lead]) -> Finding:
    """Say once for each attribute of a kind of element that it holds words instead of pointers."""
    first = leads[0]
    ids = first.path in subject.ids
    shown = ", ".join(f'"{lead.written}"' for lead in leads[:_FEW])
    more = f" and {len(leads) - _FEW} more" if len(leads) > _FEW else ""
    what = "ids without #" if ids else "words where pointers belong"
    message = f"@{first.attribute} of <{first.element}> holds {what}: {shown}{more}"
    remedy = f'write "#{first.written}"'
    if not ids:
        remedy += ", and give what is meant this xml:id; a name in words belongs into the element's content"
    error = first.way == "word" and (ids or subject.edition is not None)
    return subject.finding(
        first.number, "PTR002", "error" if error else "warning", message, remedy, first.attribute
    )


def _prefix(subject: Subject, prefix: str, leads: list[Lead]) -> Finding:
    first, times = leads[0], sum(lead.times for lead in leads)
    message = f'no prefixDef in the header says what "{prefix}:" stands for'
    remedy = (
        f'declare it: <prefixDef ident="{prefix}" matchPattern="…" replacementPattern="…"/> in listPrefixDef'
    )
    message = said(first.attribute, first.element, first.written, message, times)
    return subject.finding(first.number, "PTR003", "warning", message, remedy, first.attribute)


def _beyond(subject: Subject, leads: list[Lead]) -> Finding:
    addresses = list(dict.fromkeys(f"{lead.path}#{lead.fragment}" for lead in leads))
    shown = ", ".join(addresses[:_FEW]) + (
        f" and {len(addresses) - _FEW} more" if len(addresses) > _FEW else ""
    )
    number = f"{len(addresses)} places" if len(addresses) > 1 else "a place"
    return subject.finding(
        leads[0].number,
        "PTR005",
        "info",
        f"pointers lead to {number} in files outside the edition, which nobody looked up: {shown}",
        "look now and then whether they are still there",
        leads[0].attribute,
    )
