"""The TEI header (Guidelines 2): what the sidecar, the edition and the run itself say, and nothing else.

Where TEI demands an element that nobody has words for, it says "Not stated."
"""

from __future__ import annotations

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
from teipress.publication import NOT_STATED, add, publication_statement

MACHINE: Final = "teipress"  # the xml:id of the program's respStmt
_ORCID: Final = "https://orcid.org"
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
    revision = add(root, "revisionDesc", status="draft")
    add(revision, "change", f"Drafted from the source text {described.source.name}.", who=f"#{MACHINE}")
    etree.indent(root, "  ", level=1)
    return root


def _file_description(root: etree._Element, described: Described) -> None:
    sidecar, edition = described.sidecar, described.edition
    file = add(root, "fileDesc")
    titles = add(file, "titleStmt")
    add(titles, "title", _title(described))
    for author in sidecar.author or map(content, described.text.iter(tei("docAuthor"))):
        add(titles, "author", author.rstrip(" ,;:"))
    for funder in edition.funder if edition else ():
        add(titles, "funder", funder)
    for editor in edition.editors if edition else ():
        statement = add(titles, "respStmt")
        statement.set(ID, editor.id)
        add(statement, "resp", "editor")
        known_as = {"ref": f"{_ORCID}/{editor.orcid}"} if editor.orcid else {}
        add(statement, "name", editor.name, **known_as)
    if sidecar.translator:
        statement = add(titles, "respStmt")
        add(statement, "resp", "translator")
        add(statement, "name", sidecar.translator)
    _machine(titles)
    publication_statement(file, described)
    if described.translations:
        notes = add(file, "notesStmt")
        for translation in described.translations:
            add(notes, "relatedItem", type="translation", target=translation)
    _source_description(file, described)


def _machine(titles: etree._Element) -> None:
    statement = add(titles, "respStmt")
    statement.set(ID, MACHINE)
    add(statement, "resp", "automatic encoding (proposals)")
    add(statement, "name", "teipress", type="software")


def answer(root: etree._Element) -> None:
    """Name the program in the header of a document that does not, since its links say that they are its own."""
    titles = root.find(f".//{tei('titleStmt')}")
    if titles is not None and not any(e.get(ID) == MACHINE for e in root.iter(etree.Element)):
        _machine(titles)


def _title(described: Described) -> str:
    """Give the title that a person stated, else the title page's or the text's own heading, else the file's name."""
    if described.sidecar.title:
        return described.sidecar.title
    for part in described.text.iter(tei("titlePart")):
        if part.get("type") == "main":
            return content(part)
    for head in described.text.iter(tei("head")):
        if head.get("type") is None:
            return content(head)
    return described.source.name


def _source_description(file: etree._Element, described: Described) -> None:
    sidecar = described.sidecar
    description = add(file, "sourceDesc")
    bibl = add(description, "bibl", sidecar.origin or NOT_STATED)
    bibl.set(ID, "source")
    if sidecar.translation_of:
        related = add(description, "bibl", type="original")
        add(
            related,
            "ref",
            f"Translated from {sidecar.translation_of}.",
            target=f"{sidecar.translation_of}.xml",
        )
    if not (sidecar.repository or sidecar.shelfmark or sidecar.witness):
        return
    manuscript = add(description, "msDesc")
    identifier = add(manuscript, "msIdentifier")
    if sidecar.repository:
        add(identifier, "repository", sidecar.repository)
    if sidecar.shelfmark:
        add(identifier, "idno", sidecar.shelfmark, type="shelfmark")
    if sidecar.witness:
        if not len(identifier):
            add(identifier, "msName", NOT_STATED)
        add(add(manuscript, "physDesc"), "p", _WITNESSES[sidecar.witness])


def _profile_description(root: etree._Element, described: Described) -> None:
    sidecar, text = described.sidecar, described.text
    profile = add(root, "profileDesc")
    letters = _correspondences(described)
    dates = letters[0].date if letters else interval(sidecar.date)
    place = letters[0].place if len(letters) == 1 else sidecar.place
    if dates or place:
        creation = add(profile, "creation")
        if dates:
            add(creation, "date", **dict(dates))
        if place:
            add(creation, "placeName", place)
    if sidecar.summary:
        add(add(profile, "abstract"), "p", sidecar.summary)
    _languages(profile, text)
    _calendars(profile, text)
    for number, known in enumerate(letters, 1):
        description = add(profile, "correspDesc")
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
        for way in known.conveyances:
            names = _named(tuple(filter(None, (way.person,))), code)
            _action(
                description, way.kind, {**names, "placeName": tuple(filter(None, (way.place,)))}, way.date
            )
    if described.genre or sidecar.keywords:
        keywords = add(add(profile, "textClass"), "keywords")
        if described.genre:
            add(keywords, "term", described.genre, type="genre")
        for word in sidecar.keywords:
            add(keywords, "term", word)


def _named(names: Sequence[str], code: str) -> dict[str, tuple[str, ...]]:
    """Part the persons from the firms and bodies, each with the element for its name."""
    bodies = tuple(name for name in names if is_body(name, code))
    return {"persName": tuple(name for name in names if name not in bodies), "orgName": bodies}


def _correspondences(described: Described) -> list[Correspondence]:
    """Read the correspondence of each letter or paper; where there is one, only if something is known of it."""
    divisions = [div for div in described.text.iter(tei("div")) if div.get("type") in ("letter", "paper")]
    sidecar = described.sidecar if len(divisions) == 1 else Sidecar()
    found: list[Correspondence] = []
    for div in divisions:
        found.append(correspondence(div, sidecar, described.source.language, found[-1] if found else None))
    return found if len(found) > 1 else [known for known in found if known]


def _action(
    description: etree._Element,
    kind: str,
    named: Mapping[str, Iterable[str]],
    date: tuple[tuple[str, str], ...],
) -> None:
    if not date and not any(named.values()):
        return
    action = add(description, "correspAction", type=kind)
    for tag, names in named.items():
        for name in names:
            add(action, tag, name)
    if date:
        add(action, "date", **dict(date))


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
        usage = add(profile, "langUsage")
        for tag, count in declared.items():
            share = {"usage": str(round(100 * count / total))} if total and len(declared) > 1 else {}
            add(usage, "language", ident=tag, **share)


def _calendars(profile: etree._Element, text: etree._Element) -> None:
    """Declare every calendar that a date of the text points to (Guidelines 2.4.5)."""
    used = {pointer for date in text.iter(tei("date")) for pointer in date.get("calendar", "").split()}
    wanted = [calendar for calendar in CALENDARS if f"#{calendar.ID}" in used]
    if wanted:
        declarations = add(profile, "calendarDesc")
        for calendar in wanted:
            declared = add(declarations, "calendar")
            declared.set(ID, calendar.ID)
            add(declared, "p", calendar.NAME)


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
