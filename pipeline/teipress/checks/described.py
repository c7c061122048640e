"""Whom a file describes: the persons, places and organisations that have an entry in it (Guidelines 14.2, 14.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from lxml import etree

from teipress.checks.days import Days, days_of
from teipress.document import ID, LANG, content, tei

_LISTS: Final = frozenset(map(tei, ("listPerson", "listPlace", "listOrg")))
_NAMES: Final = frozenset(
    tei(name)
    for name in (
        *("persName", "placeName", "orgName", "name", "geogName", "settlement", "country", "region"),
        *("district", "bloc", "label", "head"),
    )
)
_IDNO: Final = tei("idno")
_BIRTH: Final = tei("birth")
_DEATH: Final = tei("death")
_DATE: Final = tei("date")


class Entry(NamedTuple):
    """An entry: its names (element, form, language), its idnos (type, value, element), and a person's life.

    `listed` says whether it stands right in a list of its kind.
    """

    element: etree._Element
    listed: bool
    names: tuple[tuple[etree._Element, str, str], ...]
    idnos: tuple[tuple[str, str, etree._Element], ...]
    born: Days | None
    died: Days | None


def entries(elements: Iterable[etree._Element]) -> Iterator[Entry]:
    """Give the entries among elements that may be such: those with an xml:id, or in a list of their kind."""
    languages: dict[etree._Element, str] = {}
    for element in elements:
        parent = element.getparent()
        listed = parent is not None and parent.tag in _LISTS
        if parent is not None and (listed or ID in element.attrib):
            yield _entry(element, listed, languages)


def _entry(element: etree._Element, listed: bool, languages: dict[etree._Element, str]) -> Entry:
    names, idnos = [], []
    born = died = None
    for child in element:
        tag = child.tag
        if tag in _NAMES:
            if form := content(child):
                names.append((child, form, child.get(LANG) or _language(element, languages)))
        elif tag == _IDNO:
            if value := content(child):
                kind = " ".join(filter(None, (child.get("type"), child.get("subtype"))))
                idnos.append((kind, value.rstrip("/"), child))
        elif tag == _BIRTH:
            born = born or _when(child)
        elif tag == _DEATH:
            died = died or _when(child)
    return Entry(element, listed, tuple(names), tuple(idnos), born, died)


def _language(element: etree._Element, known: dict[etree._Element, str]) -> str:
    """Give the language that an element gives those in it; `known` are those that were asked for already."""
    if element not in known:
        above = element.getparent()
        known[element] = element.get(LANG) or (_language(above, known) if above is not None else "")
    return known[element]


def _when(event: etree._Element) -> Days | None:
    """Give the days between which a birth or death lies, by its attributes or those of a date inside."""
    for step in (event, *event.iterdescendants(_DATE)):
        if days := days_of(step.attrib):
            return days
    return None
