"""The header: what a reader or an archive will ask, and the file does not say (Guidelines 2.2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teipress.checks.subject import Subject
from teipress.document import NS, tei
from teipress.finding import Finding

_UNSTATED = {"", "not stated", "unknown"}
_LONGEST = max(map(len, _UNSTATED)) + 1  # a full stop


def check(subject: Subject) -> Iterator[Finding]:
    """Yield HDR001 where nobody is said to publish the file, HDR002 where its licence is unknown.

    HDR003 is yielded where it is not said what the text was taken from.
    """
    yield from _source(subject)
    statement = subject.root.find("tei:teiHeader/tei:fileDesc/tei:publicationStmt", NS)
    if statement is None:
        return
    availability = statement.find("tei:availability", NS)
    silent = all(_says_nothing(part) for part in statement if part is not availability)
    if silent and not _asked(subject, "publisher"):
        yield subject.finding(
            statement,
            "HDR001",
            "info",
            "the header does not say who publishes this file",
            "name the publisher in edition.toml (`publisher`), or in publicationStmt",
        )
    unknown = availability is None or _says_nothing(availability) or availability.get("status") == "unknown"
    if unknown and not _asked(subject, "licence"):
        yield subject.finding(
            statement if availability is None else availability,
            "HDR002",
            "info",
            "the header does not say under what licence this file may be used",
            "name the licence in edition.toml or beside the source, or in availability",
        )


def _source(subject: Subject) -> Iterator[Finding]:
    description = subject.root.find("tei:teiHeader/tei:fileDesc/tei:sourceDesc", NS)
    if description is None or _asked(subject, "source"):
        return
    if all(_says_nothing(part) for part in description):
        yield subject.finding(
            description,
            "HDR003",
            "info",
            "the header does not say what the text was taken from",
            "name the copy, manuscript or print as `origin` beside the source, or in sourceDesc",
        )


def _asked(subject: Subject, field: str) -> bool:
    """Tell whether an archive was said to ask for this."""
    return any(about == field for _, about in subject.said)


def _says_nothing(part: etree._Element) -> bool:
    if part.tag == tei("idno") or not isinstance(part.tag, str):
        return True
    if part.find(".//*[@target]") is not None:
        return False
    return _begun(part).casefold().rstrip(".") in _UNSTATED


def _begun(part: etree._Element) -> str:
    """Give what an element says, or the beginning of it: a description of a manuscript is long."""
    words = ""
    for piece in map(str, part.itertext()):
        words = " ".join(f"{words} {piece}".split())
        if len(words) > _LONGEST:
            break
    return words
