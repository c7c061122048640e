"""The heading that a compiler gave a letter: from whom to whom, where to (Guidelines 2.4.6).

Its number and its day stand around these and are no part of them: “87. Ferdinand an Luise in Dresden, 2. Mai 1841”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from teipress.drafting.datelines import dates_in, is_dated, is_town, names_person
from teipress.drafting.formulas import formula, formulas
from teipress.drafting.lines import Line
from teipress.languages import language
from teipress.scripts import UPPER

_LONGEST: Final = 400  # of a heading that says from whom or to whom a letter is
_SERIAL: Final = re.compile(
    r"^(?:[*†]\s?)?(?:(?:no|nr|n°|n|№|letter|lettre|brief|письмо)\.?\s?)?[\[(]?(?:\d{1,4}[a-z]?|(?-i:(?![CDLM]\b)[IVXLCDM]+))(?:[\])]?[.:](?:\s?[–—-])?|[\])]|\s[–—-])\s+",
    re.IGNORECASE,
)
_TO_IS_AT: Final = frozenset(["fr", "it", "es"])  # languages whose word for “to” says “at” as well
#: “Emil Kuh. Husum, Sonntag”: what is left of a dateline that runs on from the heading.
_SENT_FROM: Final = re.compile(
    rf"^(?P<name>.{{3,80}}?[^\W\d_]{{3}})[.,]\s(?P<place>(?-i:{UPPER})[^.,]{{2,30}})(?:,.*)?$"
)
_KIND: Final = re.compile(
    r"\s\((?:\w+ )?(?:postkarte|ansichtskarte|karte|telegramm|entwurf|fragment|konzept|abschrift|postcard|draft|copy|"
    r"telegram|extract|carte postale|brouillon|copie|extrait|черновое|открытка|отрывок)\)[.:]?$",
    re.IGNORECASE,
)
_OWN: Final = re.compile(r"(?:votre|vos|notre|nos|mon|ma|mes|une?|cet|cette|ce|ces)\s", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[^\W\d_]{4}\.\s")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ARTICLE: Final = re.compile(r"(?:the|der|die|das|le|la|les|il|el)\s", re.IGNORECASE)
#: The end of a sentence with the next one's beginning: a word with a small letter before a stop is no abbreviation.
_SENTENCES: Final = re.compile(r"(?<![\w.])[a-zà-öø-ÿа-яё][^\W\d_]{3,}[.!?]\s+[^\W\d_a-zà-öø-ÿа-яё]")
_BEFORE_DAY: Final = re.compile(
    r"[\s,;.:(\[–—-]+(?:(?:on|dated|den|am|vom|le|du|от|el|il|a|of)\s*)?$", re.IGNORECASE
)
_WHERE_TO: Final = re.compile(
    rf"(?:,?\s(?i:in|at|à|en|в|a|zu)\s|,\s)(?P<place>(?-i:{UPPER})[^,\d()]{{1,40}})$"
)


@dataclass(frozen=True)
class Heading:
    """Whom a heading names as sender and as recipient, and where to the letter went; "" for what it does not say."""

    sender: str
    recipient: str
    place: str = ""
    sent_from: str = ""


@lru_cache(maxsize=1 << 12)
def heading(text: str, code: str) -> Heading | None:
    """Read a heading that says from whom to whom; None for a line that is none."""
    if _SENTENCES.search(text):
        return None
    pattern = formula(code, "from_to")
    named = _plain(text)
    if not pattern.search(named):
        return None
    said = without_day(named, code)
    match = pattern.search(said)
    if not match or ":" in match["sender"] or (said == text and is_dated(text, code)):
        return None
    recipient, place = match["recipient"].strip(), ""
    known = language(code)
    if known and recipient.casefold() in known.letter.get("same", "").split(","):
        return Heading(match["sender"].strip(), "")
    if _says_where(match["sender"], recipient, code):
        return None
    sent_from = ""
    if said != named and (parts := _SENT_FROM.match(recipient)):
        recipient, sent_from = parts["name"], parts["place"]
    recipient, place = where_to(recipient, code)
    return Heading(match["sender"].strip(), recipient, place, sent_from)


def names_correspondents(line: Line, code: str) -> bool:
    """Tell whether a line is a heading that says from whom to whom."""
    return len(line.text) <= _LONGEST and heading(line.text, code) is not None


def where_to(recipient: str, code: str) -> tuple[str, str]:
    """Part whom a heading names from where he is: “Julius Campe in Hamburg”, “Gustave Flaubert, à Croisset”."""
    where = _WHERE_TO.search(recipient)
    if not where:
        return recipient, ""
    said = (
        where[0].strip(" ,").split()[0].lower() in ("in", "à", "at", "zu")
        and len(where["place"].split()) == 1
    )
    apart = said and where[0].startswith(",")
    if not apart and _holds_office(recipient[: where.start()], code):
        return recipient, ""  # a consul at Tangier is one wherever he is
    if not said and not is_town(where["place"], code):
        return recipient, ""
    return recipient[: where.start()].rstrip(" ,"), where["place"].strip(" .")


def _holds_office(text: str, code: str) -> bool:
    """Tell whether a text ends with an office; a title before a name is none: “Professor Lenz”."""
    office = formulas(code).office.search(text)
    named = text[office.end() :].split() if office else []
    titled = 0 < len(named) <= 2 and all(word[0].isupper() for word in named)
    return office is not None and not (titled and not formulas(code).office.search(named[-1]))


def _plain(text: str) -> str:
    """Give a heading without its number, what sets it off, and what kind of sheet it was: “(Postkarte)”."""
    return _KIND.sub("", _SERIAL.sub("", " ".join(text.split()).strip("[]_* ")))


def between_persons(text: str, code: str) -> bool:
    """Tell whether a heading names two persons, and nothing of an office: “87. Ferdinand Holl an Luise Rau”."""
    found = heading(text, code)
    if not found:
        return False
    said = f"{found.sender} {found.recipient}"
    common = [word for word in _WORD.findall(said) if word.islower() and len(word) > 3]
    office = (
        formulas(code).office.search(said) or _ARTICLE.match(found.sender) or _ARTICLE.match(found.recipient)
    )
    return not common and "(" not in said and not office


def has_serial(text: str) -> bool:
    """Tell whether a heading begins with its number: “87. Ferdinand an Luise”."""
    return bool(_SERIAL.match(text))


def _says_where(sender: str, recipient: str, code: str) -> bool:
    """Tell whether “à” says where somebody is, or where a journey goes: “Notaire à Vendôme”, “Mon voyage à Londres”."""
    if code not in _TO_IS_AT:
        return False
    bare = " " not in sender and not sender.isupper() and " " not in re.sub(r"\s*\([^()]*\)", "", recipient)
    if bare and formulas(code).office.match(sender) and not formulas(code).office.match(recipient):
        return True
    if _OWN.match(recipient) or _OWN.match(sender):
        return True
    first = recipient.split()[0].strip(".,")
    named = is_town(first, code) and not names_person(first, code)
    return named or bool(_SENTENCE.search(recipient))


@lru_cache(maxsize=1 << 12)
def addressed_to(text: str, code: str) -> str:
    """Give whom a heading says that the letter is to: “CDXII. — À Thiériot.”; "" for one that does not say it."""
    pattern = formulas(code).open_to
    if "recipient" not in pattern.groupindex or len(text) > _LONGEST:
        return ""
    plain, opens = _plain(text), _opening_of(pattern)
    if opens and not opens.match(plain):
        return ""
    match = pattern.match(without_day(plain, code))
    recipient = match["recipient"].strip(" .,") if match else ""
    if not code.startswith("zh") and not any(map(str.isupper, recipient)):
        return ""
    return "" if code in _TO_IS_AT and is_town(recipient, code) else recipient


@cache
def _opening_of(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    """Give what a heading begins with before the recipient; None where that depends on how it ends."""
    opens = pattern.pattern.partition("(?P<recipient>")[0]
    return None if "$" in opens else re.compile(f"{opens})", pattern.flags)


def without_day(text: str, code: str) -> str:
    """Give a heading without the day that it ends with."""
    dated = dates_in(text, code) if re.search(r"\d", text) else []
    if not dated or re.search(r"\w", text[dated[-1].end :]):
        return text
    before = text[: dated[0].start]
    return _BEFORE_DAY.sub("", before) if _BEFORE_DAY.search(before) else text
