"""Where a letter was sent from, and where to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from teipress.correspondence import hannames
from teipress.correspondence.persons import addressee
from teipress.correspondence.sheet import Sheet
from teipress.dates import find
from teipress.dates.grammar import grammar
from teipress.drafting import hanwords
from teipress.drafting.addresses import says_how, wired_to
from teipress.drafting.datelines import PREAMBLE, dates_in, is_name, is_town, may_be_town, names_person
from teipress.drafting.formulas import Formulas, formula
from teipress.drafting.hanclosings import is_rhyme_day
from teipress.drafting.hanwords import is_han
from teipress.drafting.lines import Line
from teipress.languages import language
from teipress.scripts import HAN, UPPER

_PLACE: Final = re.compile(
    r"^(?:(?:fort|camp|château|couvent|abbaye|ferme|lager|kloster|schloß|hôpital|village|moulin|bourg) )?"
    r"(?:[a-zà-ÿ]{3,12} (?:de|du|of|von|near|bei) (?:l[ae] )?|[a-zà-ÿ]{3,12} d[’'])?"
    rf"(?:[dDlL][’'])?{UPPER}[^\d;:()\[\]]{{1,40}}$"
)
_PARTS: Final = re.compile(
    rf"[,;|\n/]|\s(?:up)?on\s(?=(?i:saint|st|the|all|our|\w+(?:day|mas|tide|even))\b)|(?<=[^\W\d_]{{3}})[.:]\s|(?<=\d)\.?\s+(?={UPPER})|\s[–—-]\s|[()\[\]]|\s{{3,}}"
)
#: A postal district, the number of a house, a floor.
_DISTRICT: Final = re.compile(r"(?<![\w.])(?:[IVX]{1,5}(?:e|er|ème|\.)?(?:\s?/\s?\d+)?|\d+[a-z]?)(?![\w])\.?")
#: The quarter of a town, as German post offices named it: “Berlin SW.”.
_QUARTER: Final = re.compile(r"(?<=[a-zäöüß]{3})\s(?:N|S|O|W|NW|NO|SW|SO|C|WC|EC|SE|NE)\.?(?=\s?\d|$)")
_BEFORE: Final = re.compile(
    r"^(?:(?:camp|lager|h\.? ?q\.?|head ?-?quarters) (?:near|at|before|bei|vor)|"
    r"à|au|a|in|aus|from|at|de|di|zu|da|dal|en|desde|изъ?|въ?|(?:г|с|д|ст|пос|сл|дер|гор)\.|сельцо|село|деревня|станция|"
    r"ville de|stadt|près|par|bei|near)\s+(?=\S)|^d[’'](?=\w)",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"(?:^|\s+)(?:le|the|den|d\.?|dem|am|on|y|e|ce|this|de|li|il|el|a|à|um|о|от)(?:\s*ce)?[.,:]?$",
    re.IGNORECASE,
)
_INSIDE: Final = re.compile(rf"\S{{3,}}\s(?:à|at|in|zu|bei|в|a|en)\s(?P<place>(?:L[’'])?{UPPER}[\w’'-]+)$")
_IN_A_SENTENCE: Final = re.compile(r"\w\sвъ?\s|(?:\s[а-яѣі]{4,}){2}")  # “Жительство имею в Ряжске”
#: An office by its initials: ЦК ВКП, M. A.
_ABBREVIATED: Final = re.compile(rf"^(?:{UPPER}{{1,4}}\.?\s?){{1,4}}$")
_FORM: Final = 60  # the longest heading of a telegram
_FROM: Final = re.compile(r"^(?:from|aus|von|de|from|da|из)\s+", re.IGNORECASE)
_ASIDE: Final = re.compile(r"(?<=[^\W\d_])\s*\([^()]*\)")  # “Clamart (Seine)”
_HONOURED: Final = re.compile(r"(?:geb[oh]+ren|würden|ex[cz]ellenz)$", re.IGNORECASE)
_INITIAL: Final = re.compile(rf"(?<!\w){UPPER}\.(?:\s?{UPPER}\b|$)")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_LAST: Final = frozenset(["en"])  # languages that go from the house to the town
_HAN_PLACE: Final = re.compile(rf"^[{HAN}]{{2,8}}$")
#: An hour, or a day in figures, beside a day that was read: 亥刻, 夜十二時, 十一、五.
_HAN_HOUR: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．／/·][一二三四五六七八九十廿卅]{1,3}"
    r"|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥][年歲岁]?|[子丑寅卯辰巳午未申酉戌亥][刻時时]|[一二三四五六七八九十廿半\d]{1,3}[時时點点]半?[鐘钟]?"
)
_HAN_NUMERAL: Final = re.compile(r"[初〇○零一二三四五六七八九十廿卅百元正前後后]+[日夕]?")
_HAN_NOISE: Final = re.compile(
    r"^(?:寄自|發自|发自|寫於|写于|書於|书于|於|于|在|自|時在|时在)|(?:にて|に於て|寄|發|发|書|书|電|电|泐|拜|識|识|作|寫|写)$"
)


def sent_place(sheet: Sheet) -> str:
    """Give the place of the dateline, else of the sender's own address or letterhead; "" where none is said."""
    lines = [_sent(sheet, line) for line in sheet.datelines]
    for line in filter(None, lines):
        if found := _in_dateline(line, sheet):
            return "" if _is_nowhere(found, sheet.code) else found
    if from_where := sheet.heading.sent_from or (is_han(sheet.code) and hannames.titled(sheet.heads).place):
        return from_where
    found = _own_place(sheet) or _handed_in(sheet) or _on_the_way(sheet, "place") or _in_letterhead(sheet)
    return found or _street(lines, sheet)


def _street(lines: Sequence[str], sheet: Sheet) -> str:
    """Give the street or the house that a dateline names instead of a town: “Upper Brook Street, Tuesday evening.”"""
    parts = [part.strip(" .") for line in lines for part in _PARTS.split(line)]
    named = [part for part in parts if part and is_name(Line.of(part))]
    return next(filter(sheet.words.house.search, named), "")


def _handed_in(sheet: Sheet) -> str:
    """Give the place where a telegram was handed in, as its heading says: “Telegramm aus Swinemünde”."""
    for line in sheet.heads:
        match = sheet.words.handed_in.match(line) or sheet.words.sheet.match(line)
        if match and len(line) <= _FORM:
            return place_of(_FROM.sub("", line[match.end() :].strip()), sheet.code, sheet.words)
    return ""


def _settlement(lines: Sequence[str], sheet: Sheet) -> str:
    """Give the village or town that an address calls one: “с. Клеповка”."""
    match = formula(sheet.code, "settlement").search("\n".join(lines))
    return match["place"] if match else ""


def _on_the_way(sheet: Sheet, which: str) -> str:
    """Give whence or where to a telegram went, as its heading says: “из Симферополя в Москву”."""
    found = (formula(sheet.code, "from_where_to").search(line) for line in (*sheet.heads, *sheet.datelines))
    return next((match[which] or "" for match in found if match), "")


def _own_place(sheet: Sheet) -> str:
    """Give the place of the sender's own address."""
    lines = tuple(sheet.words.own_address.sub("", line).strip() for line in sheet.own_address)
    if named := _settlement(lines, sheet):
        return named
    known = language(sheet.code)
    if known and "settlement" in known.letter and sheet.words.by_whom.match("".join(sheet.own_address[:1])):
        return ""  # a petition says in its head from whose village one is, and in its dateline where one is
    name, at = addressee(lines, sheet)
    if name and at == 0 and (re.search(r"\d", lines[0]) or sheet.words.house.search(lines[0])):
        name = ""  # a town beside its street
    below = lines[at + 1 :] if name else lines
    if sheet.words.by_whom.match("".join(lines[:1])) and len(lines) < 2:
        parts = lines[0].split(",")[1:]
        return next((part.strip(" .") for part in parts if may_be_town(part, sheet.code)), "")
    if sheet.words.house.search(" ".join(below)) and len(below) <= 3:
        return place_of("\n".join(below), sheet.code, sheet.words)
    return next(_towns_in("\n".join(lines), sheet.code), "")


def received_place(sheet: Sheet) -> str:
    """Give the place that the heading or the recipient's address names; "" where none is said."""
    if sheet.heading.place:
        return sheet.heading.place
    if is_han(sheet.code):
        return hannames.received_place(sheet)
    for line in sheet.other_address[:1]:
        if wired := wired_to(line, sheet.code):
            return wired["place"]
    lines = tuple(line for line in sheet.other_address if not _says_way(line, sheet))
    if named := _settlement(lines, sheet):
        return named
    if where := _on_the_way(sheet, "where"):
        return where
    lines = lines[addressee(lines, sheet)[1] :]
    parts = [_bare(part, sheet.words, sheet.code) for line in lines[:1] for part in line.split(",")[1:]]
    beside = [part for part in parts if may_be_town(part, sheet.code)]
    if not beside and len(lines) == 1 and sheet.words.house.search(lines[0]):
        beside = parts[1:]  # a town that nobody knows, after its street
    found = place_of("\n".join([*beside, *lines[1:]]), sheet.code, sheet.words)
    inside = [match["place"] for line in lines[:1] if (match := _INSIDE.search(line.strip(" .,")))]
    return found or next(iter(inside), "")


def _says_way(line: str, sheet: Sheet) -> bool:
    """Tell whether a line of an address says by whom and how the letter is to go, and not where it is to go."""
    words = sheet.words
    return says_how(line) or bool(words.redirected.match(line.lstrip("[(")) or words.transmitted.match(line))


def _sent(sheet: Sheet, line: str) -> str:
    match = sheet.words.received.search(line)
    return line[: match.start()].rstrip(" [(") if match else line


def _in_dateline(line: str, sheet: Sheet) -> str:
    if is_han(sheet.code):
        return _han_place(line, sheet.code)
    if match := PREAMBLE.match(line):
        return match["place"]
    dated = dates_in(line, sheet.code)
    if dated:
        before, after = line[: dated[0].start], line[dated[-1].end :]
    else:
        before, after = re.split(r"\d", line, maxsplit=1)[0], re.split(r"\d[.,]?\s+", line)[-1]
    after = after.strip(" ,.;\n")
    return place_of(before, sheet.code, sheet.words) or place_of(after, sheet.code, sheet.words)


def _han_place(line: str, code: str) -> str:
    for part in re.split(r"[\s　，。、·（）()]+", _without_dates(line, code)):
        named = _HAN_NOISE.sub("", _HAN_NOISE.sub("", part))
        named = hanwords.pattern("nowhere", "(?:{})+$").sub("", named)
        if _HAN_PLACE.match(named) and not (
            is_rhyme_day(named) or _HAN_NUMERAL.fullmatch(named) or hanwords.names_day(named)
        ):
            return named
    return ""


def _without_dates(line: str, code: str) -> str:
    for dated in reversed(find(line, code)):
        line = f"{line[: dated.start]} {line[dated.end :]}"
    line = _HAN_HOUR.sub(" ", line)
    return re.sub(r"[〇○零一二三四五六七八九十廿卅元正臘\d]*[年月日號号]", " ", line)


def place_of(text: str, code: str, words: Formulas) -> str:
    """Give the place that a stretch of a dateline or an address names: a town that is known, else what may be one.

    A house, a street and a district are no place; of several that nobody knows, the one is taken that stands where
    the language puts the town.
    """
    said = _ASIDE.sub("", text)
    if said.strip() != text.strip() and (found := place_of(said, code, words)):
        return found
    parts = [
        part
        for raw in _PARTS.split(words.handed_in.sub("", text.strip(" \n<>")))
        if (part := _bare(raw, words, code))
    ]
    towns = [part for part in parts if may_be_town(part, code)]
    if towns:
        return towns[0]
    unknown = [part for part in parts if _may_be_place(part, code, words)]
    if unknown:
        return unknown[-1 if code.partition("-")[0] in _LAST else 0]
    inside = [match["place"] for part in _PARTS.split(text) if (match := _INSIDE.search(part.strip(" .,;:")))]
    return next(_towns_in(text, code), "") or next(iter(inside), "")


def _bare(part: str, words: Formulas, code: str) -> str:
    """Give a part without prepositions, districts and articles around it."""
    part = words.handed_in.sub("", part.strip(" .,;:\n<>«»"))
    if "." in part and may_be_town(part, code):
        return part
    part = _without_month(part, code)
    part = _QUARTER.sub("", part)
    part = " ".join(_DISTRICT.sub(" ", part).split()).strip(" .,;:№#")
    while (rest := _AFTER.sub("", part).strip(" .,;:")) != part:
        part = rest
    return _BEFORE.sub("", part)


def _is_nowhere(place: str, code: str) -> bool:
    """Tell whether what stands where a place would is none: “En route”."""
    known = language(code)
    said = place.lower().replace(" ", "_")
    nowhere = known.letter.get("nowhere", "").split() if known else []
    return said in nowhere or any(item.endswith("*") and said.startswith(item[:-1]) for item in nowhere)


def _without_month(part: str, code: str) -> str:
    """Leave out a month that no date was made of: “Weimar im Mai”, “Toledo y junio”."""
    known = language(code)
    words = part.split()
    for at, word in enumerate(words):
        if at and known and word.lower().strip(".,") in known.months and len(word) > 2:
            small = at > 1 and words[at - 1].islower()
            return " ".join(words[: at - small])
    return part


def _may_be_place(part: str, code: str, words: Formulas) -> bool:
    if (
        not _PLACE.match(part)
        or _INITIAL.search(part)
        or _HONOURED.search(part)
        or (part.count(" ") > 1 and names_person(part, code))
        or words.house.search(part)
        or words.sheet.match(part)
        or words.office.search(part)
    ):
        return False
    known, days = language(code), grammar(code)
    if known and part.lower().rstrip(".") in known.months:
        return False
    first = part.lower().split()[0].strip(".,")
    if _ABBREVIATED.match(part) or (code == "ru" and _IN_A_SENTENCE.search(part)):
        return False
    folded = [word.strip(".,").lower() for word in part.split()]
    if days and any(word in days.lexicon.weekdays and len(word) > 3 for word in folded):
        return False
    if days and first.rstrip(".") in days.lexicon.months:
        return False
    return not words.honorific.match(part) and len(part.split()) <= 6 and bool(_WORD.search(part))


def _towns_in(text: str, code: str) -> Iterator[str]:
    """Give the towns that are known among the words of a text, the longest first at each place."""
    words = list(re.finditer(rf"{UPPER}[\w’'-]+", text))
    for at, first in enumerate(words):
        for last in reversed(words[at : at + 3]):
            phrase = text[first.start() : last.end()]
            if len(phrase) > 3 and "\n" not in phrase and is_town(phrase, code):
                yield phrase
                break


def _in_letterhead(sheet: Sheet) -> str:
    """Give the town that a printed head names, where no line is a dateline."""
    return next((town for line in sheet.heads[:3] for town in _heads_of_sheet(line, sheet)), "")


def _heads_of_sheet(line: str, sheet: Sheet) -> Sequence[str]:
    if not sheet.words.house.search(line) or len(line) > 160:
        return ()
    return list(_towns_in(line, sheet.code))[:1]
