"""Dates that contradict their own words, their calendar, or one another (DAT020 to DAT024; Guidelines 14.4)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from teipress.checks.days import (
    DATING,
    TIMES,
    Days,
    days_of,
    first_of,
    last_of,
    number,
    plausible,
    shown,
)
from teipress.checks.subject import Subject
from teipress.checks.worded import said_by, says
from teipress.dates.calendars import CALENDARS, calendar
from teipress.document import LANG, tei
from teipress.finding import Finding
from teipress.text import reading

#: What is said with from and to of these is no time.
_PLACES: Final = frozenset(
    tei(name)
    for name in (
        *("app", "rt", "span", "arc", "biblScope", "citedRange", "locus", "num", "measure", "node"),
        *("moduleRef", "interp"),
    )
)
_TEXTS: Final = frozenset(tei(name) for name in ("date", "docDate", "origDate", "birth", "death"))
#: A month, or a day, of any year; and the year that stands for any.
_YEARLESS: Final = re.compile(r"-(-\d\d(?:-\d\d)?)")
_LEAP: Final = 2000
_YEAR: Final = re.compile(r"\d{3}")
_CUSTOM: Final = re.compile(r"(\d{1,4})-(\d\d)-(\d\d)\Z")
_ORDERED: Final = (
    ("from", "to"),
    ("notBefore", "notAfter"),
    ("from", "notAfter"),
    ("notBefore", "to"),
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with each dated element.

    DAT020 its words say another day than its attributes, DAT021 its day in another calendar is another,
    DAT022 it ends before it begins, DAT023 a day that does not exist, DAT024 one day and limits at once.
    """
    dated: dict[int, dict[str, str]] = defaultdict(dict)
    elements: dict[int, str] = {}
    for name in DATING & subject.survey.attributes.keys():
        for at, element, value in subject.survey.attributes[name]:
            if element not in _PLACES:
                dated[at][name] = value
                elements[at] = element
    for at, attributes in sorted(dated.items()):
        yield from _impossible(subject, at, attributes)
        if len(attributes) > 1:
            yield from _order(subject, at, attributes)
            yield from _both(subject, at, attributes)
        days = days_of(attributes)
        wrong = list(_calendar(subject, at, attributes, days)) if days else []
        yield from wrong
        days = days or _of_any_year(attributes)
        if days and not wrong and elements[at] in _TEXTS:
            yield from _words(subject, at, attributes, days)


def _silent(subject: Subject, at: int, *names: str) -> bool:
    """Tell whether another check has spoken of one of these attributes."""
    element = subject.survey.element(at)
    return any((element, name) in subject.said for name in names)


def _impossible(subject: Subject, at: int, attributes: Mapping[str, str]) -> Iterator[Finding]:
    for name, value in attributes.items():
        if name in TIMES and (day := first_of(value)) is not None and len(value.strip().lstrip("-")) >= 10:
            real = plausible(day if day > 0 else day % 10_000 + 20_000_000)
            if real is None and not _silent(subject, at, name):
                message = f'@{name} is "{value}", a day that does not exist'
                yield subject.finding(at, "DAT023", "error", message, "look the day up in the source", name)


def _order(subject: Subject, at: int, attributes: Mapping[str, str]) -> Iterator[Finding]:
    for kind in ("", "-iso"):
        for one, other in _ORDERED:
            if one + kind not in attributes or other + kind not in attributes:
                continue
            first, last = first_of(attributes[one + kind]), last_of(attributes[other + kind])
            if first is not None and last is not None and first > last:
                message = (
                    f"it ends before it begins: @{one + kind} is {attributes[one + kind]}, "
                    f"@{other + kind} is {attributes[other + kind]}"
                )
                yield subject.finding(
                    at, "DAT022", "error", message, "put the earlier first, or mend one", one + kind
                )
                return


def _both(subject: Subject, at: int, attributes: Mapping[str, str]) -> Iterator[Finding]:
    if "when" not in attributes or _silent(subject, at, "when"):
        return
    others = [name for name in ("notBefore", "notAfter", "from", "to") if name in attributes]
    if others:
        message = f"@when says one date, and @{others[0]} beside it says limits: both cannot hold"
        remedy = "keep @when where the date is known, or else the limits alone"
        yield subject.finding(at, "DAT024", "warning", message, remedy, "when")


def _calendar(subject: Subject, at: int, attributes: Mapping[str, str], days: Days) -> Iterator[Finding]:
    """Hold @when against @when-custom in the calendar that @datingMethod or @calendar names."""
    name = (attributes.get("datingMethod") or attributes.get("calendar") or "").partition(" ")[0].lstrip("#")
    custom = _CUSTOM.match(attributes.get("when-custom", ""))
    if not custom or name not in {each.ID for each in CALENDARS}:
        return
    year, month, day = map(int, custom.groups())
    real = calendar(name).to_gregorian(year, month, day)
    known = calendar(name).NAME.partition(" (")[0]
    if real is None:
        message = f'@when-custom is "{custom[0]}", a day that the {known} does not have'
        yield subject.finding(
            at, "DAT023", "warning", message, "look the day up in the source", "when-custom"
        )
    elif not days[0] <= number(real) <= days[1]:
        message = f"{custom[0]} in the {known} is {shown((number(real), number(real)))}, not {shown(days)}"
        remedy = "reckon again: @when is always the Gregorian day"
        yield subject.finding(at, "DAT021", "warning", message, remedy, "when")


def _of_any_year(attributes: Mapping[str, str]) -> Days | None:
    """Give the days of a month, or a day, without its year (`--08-01`) as those of a leap year."""
    found = _YEARLESS.fullmatch(attributes.get("when", "").strip())
    return days_of({"when": f"{_LEAP}{found[1]}"}) if found else None


# -- words against attributes -------------------------------------------------------------------------------------


def _words(subject: Subject, at: int, attributes: Mapping[str, str], days: Days) -> Iterator[Finding]:
    element = subject.survey.element(at)
    words = " ".join((element.text or "").split()) if not len(element) else _reading(element)
    code = _language(element)
    if not words or len(words) > 80 or not says(words, code):
        return
    if (yearless := days_of(attributes) is None) and _YEAR.search(words):
        return
    named = attributes.get("calendar", "") + attributes.get("datingMethod", "")
    said = said_by(words, code, days, "julian" in named.lower(), bool(named))
    if said is None:
        return
    code, meant, stated = said[0], shown(said[1]), shown(days)
    if yearless:
        meant, stated = (each.removesuffix(f" {_LEAP}") for each in (meant, stated))
    if code == "DAT021":
        message = f'"{words}" in the Julian calendar is {meant}, and its attributes say {stated}'
        yield subject.finding(
            at, code, "warning", message, "reckon again: @when is always the Gregorian day", "when"
        )
    else:
        message = f'the words are "{words}", but the attributes say {stated}'
        remedy = f"look it up: if the words are right, it is {meant}; if they are not, say so in a note"
        yield subject.finding(at, code, "warning", message, remedy, "when")


def _reading(element: etree._Element) -> str:
    return " ".join(reading(element).split()) if element.find(tei("note")) is None else ""


def _language(element: etree._Element) -> str:
    return next((tag for e in (element, *element.iterancestors()) if (tag := e.get(LANG))), "und")
