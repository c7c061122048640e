"""The entries of registers, one by one: persons, places and organisations (Guidelines 14.2, 14.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from lxml import etree

from teipress.checks.days import EVER, TIMES, Days, days_of, shown
from teipress.checks.facts import Known
from teipress.checks.subject import Subject
from teipress.document import ID, LANG, content, local, tei
from teipress.finding import Finding
from teipress.registers import NAMED_BY

_LISTS: Final = frozenset(map(tei, ("listPerson", "listPlace", "listOrg")))
_NAMES: Final = frozenset(
    tei(name)
    for name in (
        *("persName", "placeName", "orgName", "name", "geogName", "settlement", "country", "region"),
        *("district", "bloc", "label", "head"),
    )
)
#: Types of idno of which an entry has several by right: addresses, and what a project counts for itself.
_SEVERAL: Final = frozenset({"", "url", "uri", "urn", "web", "wikipedia"})
#: What belongs to a life and may not reach beyond it.
_LIVED: Final = ("residence", "occupation", "education", "affiliation", "event", "state", "trait")
_FEW: Final = 3


def check(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with an entry in itself.

    REG005 two values of one type of idno, REG006 names without a language (once for a file), REG007 no name,
    DAT025 something before the birth or after the death, DAT026 a death before the birth.
    """
    unmarked: list[tuple[etree._Element, str]] = []
    for element in _entries(subject):
        yield from _identifiers(subject, element)
        names = list(_names(element))
        if not names and not len(element) and not content(element):
            continue  # a mere placeholder, which the grammar allows
        if not names and (element, "name") not in subject.said:
            message = f'the <{local(element)}> "{element.get(ID, "")}" has no name'
            yield subject.finding(
                element, "REG007", "warning", message, f"add <{NAMED_BY[local(element)]}>", "name"
            )
        if element.getparent().tag in _LISTS:  # type: ignore[union-attr]
            unmarked += [(name, form) for name, form, language in names if not language]
        if local(element) == "person":
            yield from _life(subject, element)
    if unmarked and _multilingual(subject, unmarked):
        shown_ = ", ".join(f'"{form}"' for _, form in unmarked[:_FEW])
        more = f" and {len(unmarked) - _FEW} more" if len(unmarked) > _FEW else ""
        message = f"names in the register do not say in what language they are: {shown_}{more}"
        remedy = "give each name its xml:lang, or the list one for all"
        yield subject.finding(unmarked[0][0], "REG006", "info", message, remedy)


def _in_register(subject: Subject) -> bool:
    edition = subject.edition
    return edition is not None and subject.path.resolve().parent == edition.registers.resolve()


def _multilingual(subject: Subject, unmarked: list[tuple[etree._Element, str]]) -> bool:
    """Tell whether the language of names matters: in a register, or where other names state theirs."""
    if _in_register(subject):
        return True
    entries = dict.fromkeys(name.getparent() for name, _ in unmarked)
    return any(each.get(LANG) is not None for entry in entries if entry is not None for each in entry)


def known(subject: Subject) -> Iterator[Known]:
    """Give the entries of a file that can be pointed to; where they stand, if it is one of the registers."""
    register = _in_register(subject)
    for element in _entries(subject):
        if ident := element.get(ID):
            names = tuple((form, language) for _, form, language in _names(element))
            idnos = tuple((kind, value) for kind, value, _ in _idnos(element))
            born, died = _when(element, "birth"), _when(element, "death")
            place = subject.survey.of(element) if register else (0, 0)
            yield Known(ident, local(element), names, idnos, born or (0, 0), died or (0, 0), *place)


def _entries(subject: Subject) -> Iterator[etree._Element]:
    for element in subject.iter(*NAMED_BY):
        parent = element.getparent()
        if parent is not None and (ID in element.attrib or parent.tag in _LISTS):
            yield element


def _names(element: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Give an entry's names, each with its form and the language that it is in."""
    for name in element.iterchildren(*_NAMES):
        if form := content(name):
            yield name, form, _language(name)


def _language(name: etree._Element) -> str:
    return next((tag for step in (name, *name.iterancestors()) if (tag := step.get(LANG))), "")


def _idnos(element: etree._Element) -> Iterator[tuple[str, str, etree._Element]]:
    for idno in element.iterchildren(tei("idno")):
        kind = " ".join(filter(None, (idno.get("type"), idno.get("subtype"))))
        if value := content(idno):
            yield kind, value.rstrip("/"), idno


def _identifiers(subject: Subject, element: etree._Element) -> Iterator[Finding]:
    values: dict[str, list[tuple[str, etree._Element]]] = defaultdict(list)
    for kind, value, idno in _idnos(element):
        values[kind].append((value, idno))
    for kind, found in values.items():
        if kind.casefold().partition(" ")[0] in _SEVERAL:
            continue
        first, others = found[0][0], [(value, idno) for value, idno in found if value != found[0][0]]
        for value, idno in others:
            message = f'two {kind} identifiers for one {local(element)}: "{first}" and "{value}"'
            remedy = "look both up: one is wrong, or the entry is two"
            yield subject.finding(idno, "REG005", "warning", message, remedy)


def _when(element: etree._Element, name: str) -> Days | None:
    """Give the days between which a birth or death lies, by its attributes or those of a date inside."""
    for event in element.iterchildren(tei(name)):
        for step in (event, *event.iterdescendants(tei("date"))):
            if days := days_of({key: step.get(key, "") for key in TIMES}):
                return days
    return None


def _life(subject: Subject, element: etree._Element) -> Iterator[Finding]:
    born, died = _when(element, "birth") or (-EVER, EVER), _when(element, "death") or (-EVER, EVER)
    if died[1] < born[0]:
        message = f"the death ({shown(died)}) is before the birth ({shown(born)})"
        death = element.find(tei("death"))
        yield subject.finding(death, "DAT026", "error", message, "look both dates up")
        return
    for event in element.iterchildren(*map(tei, _LIVED)):
        days = days_of({key: event.get(key, "") for key in TIMES})
        if days is None:
            continue
        late = local(event) != "event" and days[0] > died[1]  # a burial or a book may come after
        if days[1] < born[0] or late:
            what = f"the death ({shown(died)})" if late else f"the birth ({shown(born)})"
            message = f"this {local(event)} ({shown(days)}) is {'after' if late else 'before'} {what}"
            yield subject.finding(event, "DAT025", "warning", message, "look both dates up")
