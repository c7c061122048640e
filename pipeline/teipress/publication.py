"""The publication of a text: who publishes it, when, under which number and licence (Guidelines 2.2.4)."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from teipress.document import tei
from teipress.practice import Described

NOT_STATED: Final = "Not stated."
_COMMONS: Final = "https://creativecommons.org"
_CREATIVE_COMMONS: Final = re.compile(
    r"CC-(?P<kind>BY(?:-NC)?(?:-SA|-ND)?)-(?P<version>\d\.\d)(?:-(?P<country>[A-Z]{2}))?"
)
_DOI: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)


def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Put an element of TEI at the end of another, and give it."""
    element = etree.SubElement(parent, tei(tag), attributes)
    if text:
        element.text = text
    return element


def publication_statement(file: etree._Element, described: Described) -> None:
    """Add the `publicationStmt` of a text to its `fileDesc`; what nobody has said is left out."""
    edition, sidecar = described.edition, described.sidecar
    publication = add(file, "publicationStmt")
    add(publication, "publisher", (edition.publisher if edition else "") or NOT_STATED)
    if edition and edition.email:
        add(add(add(publication, "address"), "addrLine"), "email", edition.email)
    if edition and edition.date:
        add(publication, "date", edition.date, when=edition.date)
    if sidecar.identifier:
        words, kind = _identifier(sidecar.identifier)
        add(publication, "idno", words, type=kind)
    if sidecar.number:
        add(publication, "idno", sidecar.number, type="number")
    licence = sidecar.licence or (edition.licence if edition else "") or "unknown"
    if licence == "unknown":
        add(add(publication, "availability", status="unknown"), "p", "The rights in the text are not known.")
        return
    availability = add(publication, "availability")
    target = _address(licence)
    add(availability, "licence", licence, **({"target": target} if target else {}))
    if sidecar.rights_holder:
        add(availability, "p", f"Rights holder: {sidecar.rights_holder}")


def _identifier(said: str) -> tuple[str, str]:
    """Give an identifier and its kind: a DOI without its resolver, another address as it is, or else a local one."""
    if match := _DOI.fullmatch(said):
        return match["doi"], "DOI"
    return said, "URI" if _ADDRESS.fullmatch(said) else "local"


def _address(licence: str) -> str:
    """Give where a licence can be read: a URL as it is, one of Creative Commons by its SPDX identifier."""
    if licence.startswith(("http://", "https://")):
        return licence
    if match := _CREATIVE_COMMONS.fullmatch(licence):
        country = f"{match['country'].lower()}/" if match["country"] else ""
        return f"{_COMMONS}/licenses/{match['kind'].lower()}/{match['version']}/{country}"
    return f"{_COMMONS}/publicdomain/zero/1.0/" if licence == "CC0-1.0" else ""
