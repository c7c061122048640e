"""Who wrote to whom, when and where: read from the sidecar, and else from the letter itself (Guidelines 2.4.6).

Nothing is concluded beyond the words: a signature, a salutation with a name, an address, a dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from lxml import etree

from teipress.dates import find
from teipress.document import content, tei
from teipress.edition import Sidecar
from teipress.languages import codes, language

_PLACE: Final = re.compile(r"^[A-ZÀ-ÞА-Я][^\d;:()\[\]]{1,40}(?=\s\d|$)")
_DAY_WORD: Final = re.compile(r"\s+(?:le|the|den|d|ce|am|on)$")
_TO: Final = re.compile(r"^(?:à|au|a|to|an|to the)\s+", re.IGNORECASE)
_RECEIVED: Final = re.compile(
    r"\b(?:received|rec[’']d|reçue?|eingegangen|получен[оа]?|принята?)\b|收到", re.IGNORECASE
)
_HOUSE: Final = re.compile(
    r"hotel|hôtel|café|pension|kurhaus|villa|palais|palace|gasse|stra(?:ß|ss)e|str\.|"
    r"street|road|rue |avenue|platz|square|poste|embassy|legation|dr\.|herrn?\b",
    re.IGNORECASE,
)
_BEFORE_DATE: Final = re.compile(
    r"(?:^|[^\w\s-]|(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ]))\s*"
    r"(?P<place>[A-ZÀ-ÞА-Я][\w-]+\.?(?:[ ](?:[a-z]{1,3}\.?|[A-ZÀ-ÞА-Я][\w-]*\.?)){0,3}),?\s*(?:den|am|le|the)?\s*$"
)
_HAN_DATE: Final = re.compile(
    r"[\d一二三四五六七八九十〇○零元民國国光緒绪宣統统]*年?[\d一二三四五六七八九十正臘]+月[\d初一二三四五六七八九十廿]*[日號号]?"
)
_WORDS: Final = re.compile(r"[^\W\d_][\w.’'-]*")
_PREFIX: Final = re.compile(r"^(?:signé|signed|gez\.?|gezeichnet|s\.)\s*:?\s*", re.IGNORECASE)
_PARTICLES: Final = frozenset(["de", "du", "des", "von", "van", "zu", "d", "la", "le"])


@dataclass(frozen=True)
class Correspondence:
    """What is known of one letter; an empty string or tuple where nobody says."""

    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    date: tuple[tuple[str, str], ...] = ()
    place: str = ""
    received: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.senders or self.recipients or self.date or self.place)


def correspondence(letter: etree._Element, sidecar: Sidecar, code: str) -> Correspondence:
    """Read the correspondence of a drafted `div type="letter"`; the sidecar's word comes first."""
    heading = _from_to(letter, code)
    return Correspondence(
        senders=sidecar.author or _one(heading[0] or _signature(letter, code)),
        recipients=sidecar.recipient
        or _one(heading[1] or _addressee(letter, code) or _saluted(letter, code)),
        date=interval(sidecar.date) or _dateline_date(letter, code),
        place=sidecar.place or _dateline_place(letter, code),
        received=_received_date(letter, code),
    )


_DAYS: Final = frozenset(
    (
        *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    )
)


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def interval(date: str) -> tuple[tuple[str, str], ...]:
    """Give the attributes of a sidecar's date: @when, or @from and @to where a slash stands between two."""
    start, slash, end = date.partition("/")
    if slash:
        return (("from", start), ("to", end))
    return (("when", start),) if start else ()


def _texts(letter: etree._Element, *tags: str) -> Iterable[str]:
    for element in letter.iter(*map(tei, tags)):
        if next(element.iterancestors(tei("floatingText")), None) is None:
            yield content(element)


def _from_to(letter: etree._Element, code: str) -> tuple[str, str]:
    known = language(code)
    pattern = known.letter.get("from_to") if known else None
    for head in _texts(letter, "head") if pattern else ():
        match = re.search(pattern, head, re.IGNORECASE) if pattern else None
        if match:
            return match["sender"].strip(), match["recipient"].strip()
    return "", ""


def _signature(letter: etree._Element, code: str) -> str:
    for signed in _texts(letter, "signed"):
        name = _PREFIX.sub("", signed).strip(" .,:;–—-()[]")
        known = language(code)
        if known and "courtesy" in known.letter:
            name = re.sub(known.letter["courtesy"], "", name).strip()
        if name:
            return name
    return ""


def _addressee(letter: etree._Element, code: str) -> str:
    titled = False  # whether a line was a title alone, with the name on the next
    for line in _texts(letter, "addrLine"):
        if _TO.match(line) or ((words := _WORDS.findall(line)) and words[0].lower() in _address_words(code)):
            name = _named(_TO.sub("", line), code)
            if name:
                return name
            titled = True
        elif titled and (name := _named(line, code)):
            return name
    return ""


def _saluted(letter: etree._Element, code: str) -> str:
    for opener in letter.iter(tei("opener")):
        for salute in _texts(opener, "salute"):
            return _named(salute, code)
    return ""


@cache
def _address_words(code: str) -> frozenset[str]:
    known = [found for name in ([code] if language(code) else codes()) if (found := language(name))]
    return frozenset(word for item in known for word in item.letter.get("address", "").split())


def _named(phrase: str, code: str) -> str:
    """Give the name in a salutation or an address: its words without titles and terms of endearment."""
    known = language(code)
    if known and "courtesy" in known.letter:
        name = phrase.strip(" ，,：:！!。")
        while (rest := re.sub(known.letter["courtesy"], "", name)) != name:
            name = rest
        return name.strip()
    kept: list[str] = []
    for word in _WORDS.findall(phrase.split(",")[0]):
        is_title = word.lower().rstrip(".") in _address_words(code)
        if (word[:1].isupper() and not is_title) or (kept and word.lower() in _PARTICLES):
            kept.append(word)
    return " ".join(kept)


def _dateline_date(letter: etree._Element, code: str) -> tuple[tuple[str, str], ...]:
    for line in (*_texts(letter, "dateline"), *_texts(letter, "head")):
        received = _RECEIVED.search(line)
        for dated in find(line[: received.start()] if received else line, code):
            values = dict(dated.attributes)
            if not values.get("when", "").startswith("--"):
                return tuple((key, values[key][:10]) for key in ("when", "from", "to") if key in values)
    return ()


def _received_date(letter: etree._Element, code: str) -> tuple[tuple[str, str], ...]:
    """Give the day on which the letter says that it was received, if it says a full date."""
    for line in (*_texts(letter, "dateline"), *_texts(letter, "head")):
        match = _RECEIVED.search(line)
        for dated in find(line[match.start() :], code) if match else ():
            values = dict(dated.attributes)
            if re.fullmatch(r"\d{4}-\d\d-\d\d", values.get("when", "")):
                return (("when", values["when"]),)
    return ()


def _months(code: str) -> Iterable[str]:
    known = language(code)
    return known.months if known else ()


def _dateline_place(letter: etree._Element, code: str) -> str:
    for line in _texts(letter, "dateline"):
        if code.startswith("zh"):
            place = _HAN_DATE.sub("", line).strip(" 　于於在，。、自寄")
            if 2 <= len(place) <= 8:
                return place
            continue
        dated = find(line, code)
        before, after = (
            (line[: dated[0].start], line[dated[-1].end :]) if dated else (line, _after_number(line))
        )
        if found := _place_in(before, code) or _place_in(after.strip(" ,.;"), code):
            return found
    return _letterhead(letter, code)


def _after_number(line: str) -> str:
    """Give what follows the last figure of a line that begins with one: “1. 10. 19 Wien”."""
    return re.split(r"\d[.,]?\s+", line)[-1] if line[:1].isdigit() else ""


def _place_in(line: str, code: str) -> str:
    """Give the place that stands before a date: the last part that begins with a capital and is no house or street."""
    parts = [part.strip(" .,;:") for part in line.split(",")]
    named = [
        match[0]
        for part in parts
        if (match := _PLACE.match(part))
        and match[0].lower() not in _months(code)
        and match[0].lower() not in _DAYS
    ]
    places = [name for name in named if not _HOUSE.search(name)]
    return _DAY_WORD.sub("", places[-1]) if places else ""


def _letterhead(letter: etree._Element, code: str) -> str:
    """Give the place before a date in the printed head of a sheet, where no line is a dateline."""
    for line in list(_texts(letter, "addrLine", "p"))[
        :2
    ]:  # a compiler's heading names what it was printed in
        for dated in find(line[:160], code)[:1]:
            if match := _BEFORE_DATE.search(line[: dated.start]):
                return match["place"].strip()
    return ""
