"""The TEI header (Guidelines 2): what the sidecar, the edition and the run itself say, and nothing else.

Where TEI demands an element that nobody has words for, it says "Not stated."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lxml import etree

from teipress.correspondence import Correspondence, correspondence, interval
from teipress.correspondence.bodies import is_body
from teipress.dates.calendars import CALENDARS
from teipress.document import ID, LANG, NAMESPACES, content, tei
from teipress.edition import Sidecar
from teipress.practice import Described, describe_encoding

MACHINE: Final = "teipress"  # the xml:id of the program's respStmt
NOT_STATED: Final = "Not stated."
_COMMONS: Final = "https://creativecommons.org"
_CREATIVE_COMMONS: Final = re.compile(
    r"CC-(?P<kind>BY(?:-NC)?(?:-SA|-ND)?)-(?P<version>\d\.\d)(?:-(?P<country>[A-Z]{2}))?"
)
_REVIEWED: Final = "Proposals reviewed."

_WITNESSES: Final = {
    "autograph": "Transcribed from the autograph.",
    "draft": "Transcribed from a draft.",
    "copy": "Transcribed from a copy.",
    "print": "Transcribed from a print.",
}


def header(described: Described) -> etree._Element:
    """Make the `teiHeader` of a text."""
    root = etree.Element(tei("teiHeader"), nsmap=NAMESPACES)
    _file_description(root, described)
    describe_encoding(root, described)
    _profile_description(root, described)
    revision = _add(root, "revisionDesc", status="draft")
    _add(revision, "change", f"Drafted from the source text {described.source.name}.", who=f"#{MACHINE}")
    etree.indent(root, "  ", level=1)
    return root


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, tei(tag), attributes)
    if text:
        element.text = text
    return element


def _file_description(root: etree._Element, described: Described) -> None:
    sidecar, edition = described.sidecar, described.edition
    file = _add(root, "fileDesc")
    titles = _add(file, "titleStmt")
    _add(titles, "title", _title(described))
    for author in sidecar.author:
        _add(titles, "author", author)
    for editor in edition.editors if edition else ():
        statement = _add(titles, "respStmt")
        statement.set(ID, editor.id)
        _add(statement, "resp", "editor")
        _add(statement, "name", editor.name)
    if sidecar.translator:
        statement = _add(titles, "respStmt")
        _add(statement, "resp", "translator")
        _add(statement, "name", sidecar.translator)
    _machine(titles)
    _publication(file, described)
    if described.translations:
        notes = _add(file, "notesStmt")
        for translation in described.translations:
            _add(notes, "relatedItem", type="translation", target=translation)
    _source_description(file, described)


def _machine(titles: etree._Element) -> None:
    statement = _add(titles, "respStmt")
    statement.set(ID, MACHINE)
    _add(statement, "resp", "automatic encoding (proposals)")
    _add(statement, "name", "teipress", type="software")


def answer(root: etree._Element) -> None:
    """Name the program in the header of a document that does not, since its links say that they are its own."""
    titles = root.find(f".//{tei('titleStmt')}")
    if titles is not None and not any(e.get(ID) == MACHINE for e in root.iter(etree.Element)):
        _machine(titles)


def _title(described: Described) -> str:
    """Give the title that a person stated, else the text's own heading, else the file's name."""
    if described.sidecar.title:
        return described.sidecar.title
    for head in described.text.iter(tei("head")):
        if head.get("type") is None:
            return content(head)
    return described.source.name


def _publication(file: etree._Element, described: Described) -> None:
    edition, sidecar = described.edition, described.sidecar
    publication = _add(file, "publicationStmt")
    publisher = edition.publisher if edition else ""
    _add(publication, "publisher", publisher or NOT_STATED)
    if sidecar.number:
        _add(publication, "idno", sidecar.number, type="number")
    licence = sidecar.licence or (edition.licence if edition else "") or "unknown"
    if licence == "unknown":
        _add(
            _add(publication, "availability", status="unknown"), "p", "The rights in the text are not known."
        )
        return
    availability = _add(publication, "availability")
    target = _address(licence)
    _add(availability, "licence", licence, **({"target": target} if target else {}))
    if sidecar.rights_holder:
        _add(availability, "p", f"Rights holder: {sidecar.rights_holder}")


def _address(licence: str) -> str:
    """Give where a licence can be read: a URL as it is, one of Creative Commons by its SPDX identifier."""
    if licence.startswith(("http://", "https://")):
        return licence
    if match := _CREATIVE_COMMONS.fullmatch(licence):
        country = f"{match['country'].lower()}/" if match["country"] else ""
        return f"{_COMMONS}/licenses/{match['kind'].lower()}/{match['version']}/{country}"
    return f"{_COMMONS}/publicdomain/zero/1.0/" if licence == "CC0-1.0" else ""


def _source_description(file: etree._Element, described: Described) -> None:
    sidecar = described.sidecar
    description = _add(file, "sourceDesc")
    bibl = _add(description, "bibl", sidecar.origin or NOT_STATED)
    bibl.set(ID, "source")
    if sidecar.translation_of:
        related = _add(description, "bibl", type="original")
        _add(
            related,
            "ref",
            f"Translated from {sidecar.translation_of}.",
            target=f"{sidecar.translation_of}.xml",
        )
    if not (sidecar.repository or sidecar.shelfmark or sidecar.witness):
        return
    manuscript = _add(description, "msDesc")
    identifier = _add(manuscript, "msIdentifier")
    if sidecar.repository:
        _add(identifier, "repository", sidecar.repository)
    if sidecar.shelfmark:
        _add(identifier, "idno", sidecar.shelfmark, type="shelfmark")
    if sidecar.witness:
        if not len(identifier):
            _add(identifier, "msName", NOT_STATED)
        _add(_add(manuscript, "physDesc"), "p", _WITNESSES[sidecar.witness])


def _profile_description(root: etree._Element, described: Described) -> None:
    sidecar, text = described.sidecar, described.text
    profile = _add(root, "profileDesc")
    letters = _correspondences(described)
    dates = letters[0].date if letters else interval(sidecar.date)
    place = letters[0].place if len(letters) == 1 else sidecar.place
    if dates or place:
        creation = _add(profile, "creation")
        if dates:
            _add(creation, "date", **dict(dates))
        if place:
            _add(creation, "placeName", place)
    if sidecar.summary:
        _add(_add(profile, "abstract"), "p", sidecar.summary)
    _languages(profile, text)
    _calendars(profile, text)
    for number, known in enumerate(letters, 1):
        description = _add(profile, "correspDesc")
        if len(letters) > 1:
            description.set(ID, f"correspondence-{number}")
        code = described.source.language
        sent = {**_named(known.senders, code), "placeName": (known.place,) if known.place else ()}
        _action(description, "sent", sent, known.date)
        received = {
            **_named(known.recipients, code),
            "placeName": (known.received_place,) if known.received_place else (),
        }
        _action(description, "received", received, known.received)
        if known.redirected_place:
            _action(description, "redirected", {"placeName": (known.redirected_place,)}, ())
    if described.genre:
        _add(_add(_add(profile, "textClass"), "keywords"), "term", described.genre, type="genre")


def _named(names: Sequence[str], code: str) -> dict[str, tuple[str, ...]]:
    """Part the persons from the firms and bodies, each with the element for its name."""
    bodies = tuple(name for name in names if is_body(name, code))
    return {"persName": tuple(name for name in names if name not in bodies), "orgName": bodies}


def _correspondences(described: Described) -> list[Correspondence]:
    """Read the correspondence of each letter or paper; where there is one, only if something is known of it."""
    divisions = [div for div in described.text.iter(tei("div")) if div.get("type") in ("letter", "paper")]
    sidecar = described.sidecar if len(divisions) == 1 else Sidecar()
    found = [correspondence(div, sidecar, described.source.language) for div in divisions]
    return found if len(found) > 1 else [known for known in found if known]


def _action(
    description: etree._Element,
    kind: str,
    named: Mapping[str, Iterable[str]],
    date: tuple[tuple[str, str], ...],
) -> None:
    if not date and not any(named.values()):
        return
    action = _add(description, "correspAction", type=kind)
    for tag, names in named.items():
        for name in names:
            _add(action, tag, name)
    if date:
        _add(action, "date", **dict(date))


def declare(head: etree._Element, text: etree._Element) -> None:
    """Declare the languages and calendars of a text that holds several, in place of what is declared."""
    profile = head.find(tei("profileDesc"))
    if profile is not None:
        for old in [*profile.iterchildren(tei("langUsage"), tei("calendarDesc"))]:
            profile.remove(old)
        _languages(profile, text)
        _calendars(profile, text)


def _languages(profile: etree._Element, text: etree._Element) -> None:
    """Declare every language of the text with its share (Guidelines 2.4.2); one that is not known is not declared."""
    counts: Counter[str] = Counter()
    for element in text.iter():
        if element.get(LANG):
            counts[element.get(LANG, "")] += 0
    tongues = [text.get(LANG, "")]
    for event, element in etree.iterwalk(text, events=("start", "end")):
        if event == "start":
            tongues.append(element.get(LANG) or tongues[-1])
            counts[tongues[-1]] += len((element.text or "").strip())
        else:
            tongues.pop()
            counts[tongues[-1]] += len((element.tail or "").strip()) if element is not text else 0
    total = sum(counts.values())
    declared = {tag: count for tag, count in counts.items() if tag}
    if declared:
        usage = _add(profile, "langUsage")
        for tag, count in declared.items():
            share = {"usage": str(round(100 * count / total))} if total and len(declared) > 1 else {}
            _add(usage, "language", ident=tag, **share)


def _calendars(profile: etree._Element, text: etree._Element) -> None:
    """Declare every calendar that a date of the text points to (Guidelines 2.4.5)."""
    used = {pointer for date in text.iter(tei("date")) for pointer in date.get("calendar", "").split()}
    wanted = [calendar for calendar in CALENDARS if f"#{calendar.ID}" in used]
    if wanted:
        declarations = _add(profile, "calendarDesc")
        for calendar in wanted:
            declared = _add(declarations, "calendar")
            declared.set(ID, calendar.ID)
            _add(declared, "p", calendar.NAME)


def note_review(root: etree._Element, said: Mapping[str, str]) -> None:
    """Say in `revisionDesc` who (@who) reviewed proposals on what day (@when), once, the latest first (Guidelines 2.6).

    The words are always the same, so that two branches that say it of one day merge.
    """
    revision = root.find(f"{tei('teiHeader')}/{tei('revisionDesc')}")
    if revision is None:
        return
    listed = revision.find(tei("listChange"))
    place = revision if listed is None else listed
    for change in place.iter(tei("change")):
        if change.text == _REVIEWED and {name: change.get(name) for name in said} == said:
            return
    change = place.makeelement(tei("change"), dict(said))
    change.text, change.tail = _REVIEWED, place.text
    place.insert(0, change)
