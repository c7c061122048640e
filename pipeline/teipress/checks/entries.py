"""The entries of registers, one by one: persons, places and organisations (Guidelines 14.2, 14.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from lxml import etree

from teipress.checks.days import EVER, days_of, shown
from teipress.checks.described import Entry
from teipress.checks.facts import Known
from teipress.checks.subject import Subject
from teipress.document import ID, LANG, content, local, tei
from teipress.finding import Finding
from teipress.places import real
from teipress.registers import NAMED_BY

#: Types of idno of which an entry has several by right: addresses, and what a project counts for itself.
_SEVERAL: Final = frozenset({"", "url", "uri", "urn", "web", "wikipedia"})
#: What belongs to a life and may not reach beyond it.
_LIVED: Final = tuple(
    map(tei, ("residence", "occupation", "education", "affiliation", "event", "state", "trait"))
)
_FEW: Final = 3


def check(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with an entry in itself.

    REG005 two values of one type of idno, REG006 names without a language (once for a file), REG007 no name,
    DAT025 something before the birth or after the death, DAT026 a death before the birth.
    """
    unmarked: list[tuple[etree._Element, str]] = []
    for entry in subject.entries:
        element, names = entry.element, entry.names
        yield from _identifiers(subject, entry)
        if not names and not len(element) and not content(element):
            continue  # a mere placeholder, which the grammar allows
        if not names and (element, "name") not in subject.said:
            message = f'the <{local(element)}> "{element.get(ID, "")}" has no name'
            yield subject.finding(
                element, "REG007", "warning", message, f"add <{NAMED_BY[local(element)]}>", "name"
            )
        if entry.listed:
            unmarked += [(name, form) for name, form, language in names if not language]
        if local(element) == "person":
            yield from _life(subject, entry)
    if unmarked and _multilingual(subject, unmarked):
        shown_ = ", ".join(f'"{form}"' for _, form in unmarked[:_FEW])
        more = f" and {len(unmarked) - _FEW} more" if len(unmarked) > _FEW else ""
        message = f"names in the register do not say in what language they are: {shown_}{more}"
        remedy = "give each name its xml:lang, or the list one for all"
        yield subject.finding(unmarked[0][0], "REG006", "info", message, remedy)


def _in_register(subject: Subject) -> bool:
    edition = subject.edition
    return edition is not None and real(subject.path).parent == real(edition.registers)


def _multilingual(subject: Subject, unmarked: list[tuple[etree._Element, str]]) -> bool:
    """Tell whether the language of names matters: in a register, or where other names state theirs."""
    if _in_register(subject):
        return True
    entries = dict.fromkeys(name.getparent() for name, _ in unmarked)
    return any(each.get(LANG) is not None for entry in entries if entry is not None for each in entry)


def known(subject: Subject) -> Iterator[Known]:
    """Give the entries of a file that can be pointed to; where they stand, if it is one of the registers."""
    register = _in_register(subject)
    for entry in subject.entries:
        if ident := entry.element.get(ID):
            names = tuple((form, language) for _, form, language in entry.names)
            idnos = tuple((kind, value) for kind, value, _ in entry.idnos)
            place = subject.survey.of(entry.element) if register else (0, 0)
            born, died = entry.born or (0, 0), entry.died or (0, 0)
            yield Known(ident, local(entry.element), names, idnos, born, died, *place)


def _identifiers(subject: Subject, entry: Entry) -> Iterator[Finding]:
    if len(entry.idnos) < 2:
        return
    values: dict[str, list[tuple[str, etree._Element]]] = defaultdict(list)
    for kind, value, idno in entry.idnos:
        values[kind].append((value, idno))
    for kind, found in values.items():
        if kind.casefold().partition(" ")[0] in _SEVERAL:
            continue
        first, others = found[0][0], [(value, idno) for value, idno in found if value != found[0][0]]
        for value, idno in others:
            message = f'two {kind} identifiers for one {local(entry.element)}: "{first}" and "{value}"'
            remedy = "look both up: one is wrong, or the entry is two"
            yield subject.finding(idno, "REG005", "warning", message, remedy)


def _life(subject: Subject, entry: Entry) -> Iterator[Finding]:
    if not entry.born and not entry.died:
        return
    born, died = entry.born or (-EVER, EVER), entry.died or (-EVER, EVER)
    if died[1] < born[0]:
        message = f"the death ({shown(died)}) is before the birth ({shown(born)})"
        death = entry.element.find(tei("death"))
        yield subject.finding(death, "DAT026", "error", message, "look both dates up")
        return
    for event in entry.element.iterchildren(*_LIVED):
        days = days_of(event.attrib)
        if days is None:
            continue
        late = local(event) != "event" and days[0] > died[1]  # a burial or a book may come after
        if days[1] < born[0] or late:
            what = f"the death ({shown(died)})" if late else f"the birth ({shown(born)})"
            message = f"this {local(event)} ({shown(days)}) is {'after' if late else 'before'} {what}"
            yield subject.finding(event, "DAT025", "warning", message, "look both dates up")
