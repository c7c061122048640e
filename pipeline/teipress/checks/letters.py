"""Letters: who wrote to whom and when, in itself and against the letter's own words (Guidelines 2.4.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from teipress.checks.days import Days, days_of, shown
from teipress.checks.facts import Act, Letter, Neighbour
from teipress.checks.subject import Subject
from teipress.checks.worded import said_by
from teipress.document import ID, LANG, NS, content, local, tei
from teipress.finding import Finding

_PEOPLE: Final = tuple(map(tei, ("persName", "orgName", "name", "rs")))
_UNKNOWN: Final = re.compile(
    r"(?:not stated|not known|unknown|unidentified|unbekannt|inconnue?|ignoto|desconocido|неизвест\w+|[?\W]*)\.?\Z",
    re.IGNORECASE,
)
_PREVIOUS: Final = re.compile(r"prev|vorig|vorher|preced|isreply|replyto|reply_to|inreply", re.IGNORECASE)
_NEXT: Final = re.compile(r"next|nächst|naechst|follow|suiv", re.IGNORECASE)
#: Elements whose letters are not the one that a correspDesc describes.
_QUOTING: Final = frozenset(map(tei, ("floatingText", "quote", "q", "cit", "note")))


def check(subject: Subject) -> Iterator[Finding]:
    """Yield what a `correspDesc` leaves open, and what in it contradicts itself or the letter.

    COR001 nothing about the sending, COR002 nothing about the receipt, COR003 nobody is named, COR004 it was
    received before it was sent, COR005 its dateline has another date.
    """
    descriptions = list(subject.iter("correspDesc"))
    for description in descriptions:
        actions = list(description.iterchildren(tei("correspAction")))
        if not actions and description.find(tei("correspContext")) is None and len(description):
            continue  # told in words, in p or note
        yield from _missing(subject, description, actions)
        yield from _order(subject, actions)
        yield from _dateline(subject, description, actions, alone=len(descriptions) == 1)


def _missing(
    subject: Subject, description: etree._Element, actions: Sequence[etree._Element]
) -> Iterator[Finding]:
    kinds = {action.get("type") for action in actions}
    if "sent" not in kinds:
        message = "the letter's correspDesc does not say who sent it and when"
        yield subject.finding(description, "COR001", "warning", message, 'add <correspAction type="sent">')
    if kinds.isdisjoint({"received", "forwarded", "redirected"}):
        message = "the letter's correspDesc does not say who received it"
        yield subject.finding(description, "COR002", "info", message, 'add <correspAction type="received">')
    for action in actions:
        if action.get("type") in ("sent", "received") and not _somebody(action):
            who = "sent" if action.get("type") == "sent" else "received"
            message = f"nobody is named who {who} the letter"
            remedy = "add persName or orgName; where it is not known, write <persName>Unknown</persName>"
            yield subject.finding(action, "COR003", "warning" if who == "sent" else "info", message, remedy)


def _somebody(action: etree._Element) -> bool:
    return any(name.get("ref") or name.get("key") or content(name) for name in action.iter(*_PEOPLE))


def _all_days(action: etree._Element) -> list[Days]:
    dates = action.iterdescendants(tei("date"))
    return [days for date in dates if (days := days_of(date.attrib))]


def _days(action: etree._Element) -> Days | None:
    """Give the days between which an action lies, by all its dates."""
    found = _all_days(action)
    return (min(each[0] for each in found), max(each[1] for each in found)) if found else None


def _order(subject: Subject, actions: Sequence[etree._Element]) -> Iterator[Finding]:
    sent = next((days for each in actions if each.get("type") == "sent" and (days := _days(each))), None)
    for action in actions:
        early = [days for days in _all_days(action) if sent and days[1] < sent[0]]
        if sent and early and action.get("type") != "sent":
            done = action.get("type") or "passed on"
            message = f"it was {done} ({shown(early[0])}) before it was sent ({shown(sent)})"
            yield subject.finding(action, "COR004", "error", message, "look both dates up", "when")


# -- the letter's own date ----------------------------------------------------------------------------------------


def _dateline(
    subject: Subject, description: etree._Element, actions: Sequence[etree._Element], alone: bool
) -> Iterator[Finding]:
    """Hold the date of sending against the datelines: one that agrees is enough, for letters take days."""
    sending = next((each for each in actions if each.get("type") == "sent"), None)
    sent = _days(sending) if sending is not None else None
    if sending is None or sent is None:
        return
    other: tuple[etree._Element, str] | None = None
    for date in _datelines(subject.root, description, alone):
        said = _said(date, sent)
        if said is None:
            return
        other = other or (date, said)
    if other is not None:
        message = f"the letter is dated {other[1]}, but its correspDesc says that it was sent {shown(sent)}"
        remedy = "look the date up, and mend one; a letter sent later than it was written needs a note"
        yield subject.finding(other[0], "COR005", "warning", message, remedy, "when")


def _datelines(root: etree._Element, description: etree._Element, alone: bool) -> Iterator[etree._Element]:
    """Give the dates in the datelines of the letter that a `correspDesc` is about."""
    pointer = f"#{description.get(ID)}"
    for line in root.iterfind(".//tei:text//tei:dateline", NS):
        around = list(line.iterancestors())
        declared = next((step.get("decls", "").split() for step in around if step.get("decls")), None)
        if (pointer in declared if declared else alone) and not any(step.tag in _QUOTING for step in around):
            yield from line.iter(tei("date"))


def _said(date: etree._Element, sent: Days) -> str | None:
    """Say what date a dateline has, where it cannot be the day of sending; None where it can.

    Where it is the attributes that say another day than that of sending, their day is told beside the words.
    """
    words = content(date)
    days = days_of(date.attrib)
    if days:
        apart = days[1] < sent[0] or sent[1] < days[0]
        said = shown(days)
        told = f"{words} (by its attributes {said})" if words and words != said else said
        return told if apart else None
    language = next((tag for step in (date, *date.iterancestors()) if (tag := step.get(LANG))), "und")
    found = said_by(words, language, sent, False, False) if len(words) < 80 else None
    return words if found else None


# -- facts --------------------------------------------------------------------------------------------------------


def letters(subject: Subject) -> Iterator[Letter]:
    """Give the letters that a file describes."""
    for description in subject.iter("correspDesc"):
        acts = tuple(_acts(subject, description))
        neighbours = tuple(_neighbours(subject, description))
        yield Letter(description.get(ID, ""), acts, neighbours)


def _acts(subject: Subject, description: etree._Element) -> Iterator[Act]:
    for action in description.iterchildren(tei("correspAction")):
        first, last = _days(action) or (0, 0)
        people = []
        for name in action.iter(*_PEOPLE):
            way, path, fragment = subject.prefixes.follow((name.get("ref") or " ").split(" ")[0] or "-")
            if way in ("here", "file") and fragment:
                people.append((path, fragment))
        yield Act(action.get("type", ""), tuple(people), first, last, *subject.survey.of(action))


def _neighbours(subject: Subject, description: etree._Element) -> Iterator[Neighbour]:
    for ref in description.iterfind("tei:correspContext//*[@target]", NS):
        kind = f"{ref.get('subtype', '')} {ref.get('type', '')}"
        direction = "prev" if _PREVIOUS.search(kind) else "next" if _NEXT.search(kind) else ""
        if not direction or local(ref) not in ("ref", "ptr"):
            continue
        way, path, fragment = subject.prefixes.follow(ref.get("target", "").split(" ")[0])
        if way == "word":
            path = f"{path}.xml"
        if way in ("file", "word", "here"):
            sequence = " ".join(filter(None, (_rest(kind), ref.get("source"))))
            yield Neighbour(direction, sequence, path, fragment, *subject.survey.of(ref))


def _rest(kind: str) -> str:
    """Give what a type says besides the direction: in which of several sequences the letter stands."""
    return " ".join(word for word in kind.split() if not _PREVIOUS.search(word) and not _NEXT.search(word))
