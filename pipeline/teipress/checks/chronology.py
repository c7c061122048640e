"""Dates that contradict their own words, their calendar, or one another (DAT020 to DAT024; Guidelines 14.4)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from lxml import etree

from teipress.checks.days import (
    DATING,
    EVER,
    TIMES,
    Days,
    days_of,
    first_of,
    last_of,
    moved,
    number,
    plausible,
    shown,
)
from teipress.checks.subject import Subject
from teipress.dates import Context, Interval, grammars, understand
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
_CUSTOM: Final = re.compile(r"(\d{1,4})-(\d\d)-(\d\d)\Z")
_ORDERED: Final = (
    ("from", "to"),
    ("notBefore", "notAfter"),
    ("from", "notAfter"),
    ("notBefore", "to"),
)
#: How far a season, a part of a month or "about" may reach beyond what was encoded, in days.
_VAGUE: Final = 62
_JULIAN: Final = range(10, 15)
_DIGIT: Final = re.compile(r"\d")
#: A day and month in figures, without a year; words beside which it may be anything.
_FIGURES: Final = re.compile(r"\d{1,2}\W{1,2}\d{1,2}\W?")
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")
_SAYS: Final = re.compile(r"\d|[年月日]|[MDCLXVI]{2}")


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


# -- words against attributes -------------------------------------------------------------------------------------


def _words(subject: Subject, at: int, attributes: Mapping[str, str], days: Days) -> Iterator[Finding]:
    element = subject.survey.element(at)
    words = " ".join((element.text or "").split()) if not len(element) else _reading(element)
    if not words or len(words) > 80 or not _SAYS.search(words):
        return
    named = attributes.get("calendar", "") + attributes.get("datingMethod", "")
    said = said_by(words, _language(element), days, "julian" in named.lower(), bool(named))
    if said is None:
        return
    code, meant = said
    if code == "DAT021":
        message = f'"{words}" in the Julian calendar is {shown(meant)}, and its attributes say {shown(days)}'
        yield subject.finding(
            at, code, "warning", message, "reckon again: @when is always the Gregorian day", "when"
        )
    else:
        message = f'the words are "{words}", but the attributes say {shown(days)}'
        remedy = (
            f"look it up: if the words are right, it is {shown(meant)}; if they are not, say so in a note"
        )
        yield subject.finding(at, code, "warning", message, remedy, "when")


def _reading(element: etree._Element) -> str:
    return " ".join(reading(element).split()) if element.find(tei("note")) is None else ""


def _language(element: etree._Element) -> str:
    return next((tag for e in (element, *element.iterancestors()) if (tag := e.get(LANG))), "und")


@lru_cache(maxsize=4096)
def said_by(words: str, code: str, days: Days, julian: bool, other: bool) -> tuple[str, Days] | None:
    """Say what date words mean, as a code and days, where it cannot be that of the attributes; None where it can.

    What the words leave out (the year, the century) is taken from the attributes. `julian` and `other` say that
    the attributes name the Julian or any calendar.
    """
    near = next((at for day in days if abs(day) != EVER and (at := plausible(day))), None)
    if near is None:
        return None
    known = code.partition("-")[0] in {name.partition("-")[0] for name in grammars()}
    context = Context(on=near, era=near.year)
    found = [
        each for each in understand(words, code if known else "und", context) if each.rule not in _UNSURE
    ]
    unread = "".join(_DIGIT.findall(words)) != "".join(
        _DIGIT.findall("".join(words[each.start : each.end] for each in found))
    )
    if not found or unread or (len(found) > 1 and not known):
        return None
    if all(_FIGURES.fullmatch(words[each.start : each.end]) for each in found) and _LETTERS.search(words):
        return None  # "Volume 2.5" is no day in May
    meant = [_days(each.interval) for each in found]
    if any(each is None for each in meant):
        return None
    sure = [each for each in meant if each is not None]
    whole = min(each[0] for each in sure), max(each[1] for each in sure)
    vague = any(each.interval.kind != "when" or each.interval.precision for each in found)
    if julian and not found[0].interval.calendar and whole[0] == whole[1]:
        return _unconverted(whole, days)
    readings = [whole, *(other_ for each in found if (other_ := _other(each.interval)))]
    if any(_meet(each, days, _VAGUE if vague else 0) for each in readings):
        return None
    if other or any(_meet((moved(whole[0], by), moved(whole[1], by)), days, 0) for by in _JULIAN):
        return None if not found[0].interval.calendar else ("DAT020", whole)
    return "DAT020", whole


_UNSURE: Final = frozenset({"dates.relative", "dates.feast", "dates.rhyme"})


def _unconverted(said: Days, days: Days) -> tuple[str, Days] | None:
    """Give the Gregorian day of Julian words, where the attributes have neither it nor anything near."""
    year, month, day = said[0] // 10_000, said[0] // 100 % 100, said[0] % 100
    real = calendar("julian").to_gregorian(year, month, day)
    if real is None or days[0] <= number(real) <= days[1]:
        return None
    return "DAT021", (number(real), number(real))


def _days(interval: Interval) -> Days | None:
    first, last = interval.bounds
    if first is None and last is None:
        return None
    return (number(first) if first else -EVER), (number(last) if last else EVER)


def _other(interval: Interval) -> Days | None:
    return _days(interval.alternative) if interval.alternative else None


def _meet(one: Days, other: Days, slack: int) -> bool:
    if slack:
        one = (
            (one[0] if one[0] == -EVER else moved(one[0], -slack)),
            (one[1] if one[1] == EVER else moved(one[1], slack)),
        )
    return one[0] <= other[1] and other[0] <= one[1]
