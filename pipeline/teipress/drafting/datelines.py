"""Datelines: lines that are little else than a date and a place (Guidelines 4.2.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from teipress.dates import Context, Dated, find
from teipress.dates.context import country_of
from teipress.dates.grammar import grammar
from teipress.drafting.formulas import formulas
from teipress.drafting.hanwords import is_han
from teipress.drafting.lines import Line
from teipress.languages import language
from teipress.names.gazetteer import folded
from teipress.names.lexicon import lexicon
from teipress.scripts import HAN, UPPER, YEAR

WORD: Final = re.compile(r"[^\W\d_]{3,}")
_LONGEST: Final = 110
_WITH_REMARKS: Final = 600  # the longest with what an editor put into it in brackets
_SHORT: Final = 50
_REST: Final = 40  # beside a date a longer stretch with an exclamation mark is no place
_HAN_DATE: Final = re.compile(
    r"(?<!\d)(?:1[89]|20)\d\d[.．/-]\d{1,2}[.．/-]\d{1,2}(?!\d)|"
    r"(?:[\d〇○零一二三四五六七八九十元]{1,4}年\s*)?[\d一二三四五六七八九十正臘冬閏闰]{1,3}月\s*"
    r"(?:[\d初一二三四五六七八九十廿卅]{1,3}[日號号]?|[望朔晦])|(?<!\d)[12]\d{3}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}(?!\d)"
)
_NUMERIC_DATE: Final = re.compile(
    rf"\b\d{{1,2}}\s?[./ -]+\s?(?:\d{{1,2}}|[IVX]{{1,4}})[./ -]+(?:\d{{2,4}})\b|\b{YEAR}\b|"
    r"\b\d{1,2}\s?[./ ]\s?[IVX]{1,4}\b|\b\d{1,2}/\d{1,2}\b|\b\d{1,2}(?:t?en|ter|st|nd|rd|th)\s\d{1,2}\b"
)
#: What a telegraph office wrote above a telegram: whence, number, words, day and hour.
PREAMBLE: Final = re.compile(
    r"^(?:(?:x|d|de|aus|v|von|from|da|из)\s)?(?P<place>[^\W\d_][^\d=]{1,30}?)\s+\d+(?:[\s/.]+\d+\w?\d*){2,}\s*[=+]$"
)
_DAY: Final = re.compile(r"\b\d{1,2}\.?(?:ter|ten|st|nd|rd|th|d|er)?\s+(?:d[ei] )?([^\W\d_]+)")
_MONTH_DAY: Final = re.compile(r"\b([^\W\d_]{3,})\.?:?\s+\d{1,2}(?:st|nd|rd|th|d)?\b")
_BARE_DATE: Final = re.compile(r"^(?:d\.?|den|le|the|am|on|ce|li|il|a|el)?\s*\d", re.IGNORECASE)
_NAME: Final = re.compile(
    rf"^[(\[]?(?:(?:{UPPER}[\w.’'-]*|[dD][’'][A-ZÀ-Þ][\w’'-]*|de|du|des|von|van|v\.|zu|geb\.?|verw\.?|verh\.?|née?|und|et|and|y|e|и|&|la|le|of|the|di|da|del|della)[\s,.]*){{1,7}}[)\]]?$"
)
#: What tells a town from others of its name: “Reichenbach i. V.”, “Frankfurt a/M”, “Halle (Saale)”.
_NEARBY: Final = re.compile(
    r"(?:\s+(?:i|a|b|o|v)\.?\s?(?:d\.?\s?)?[A-ZÄÖÜ][\w.]*|\s?a?/\s?\w+\.?|\s+\([A-ZÄÖÜ]\w+\)?)$"
)
#: The number of a house, which is no day; a year beside it says that the line is a dateline all the same.
_STREET: Final = re.compile(
    r"(?:stra(?:ß|ss)e|str\.|gasse|platz|weg|street|road|ул\.|\brue\b.{1,30},?)\s*\d", re.IGNORECASE
)
_YEAR: Final = re.compile(rf"(?<!\d){YEAR}(?!\d)|\d\s?[./]\s?(?:\d{{1,2}}|[IVX]+)[./]?\s{{0,2}}\d\d\b")
#: The number of a postal district: “Berlin SW. 12, den 27. Juni”.
_POSTAL: Final = re.compile(r"(?<=[a-zäöüß] )[NSOWC]{1,3}\.? ?(\d{1,2})(?=\.?,)")
_ARTICLE: Final = re.compile(r"\b(?:ce|le|den|d\.|am|on|this|il|el|de|la|questo|этот|в)\s*$", re.IGNORECASE)
_NEAR: Final = re.compile(
    r"\s(?:near|on|at|in|before|off|bei|am|vor|près (?:de |d[’'])|devant|sous|под|у|при)\s"
)
#: What a title has that tells of a time, and no day.
_CENTURY: Final = re.compile(
    r"\b(?:siècles?|centur(?:y|ies)|jahrhunderts?|век[аеу]?|secolo|siglo)\b", re.IGNORECASE
)
#: A telegram that begins with its number: “47. Department has considered …”.
_PARAGRAPH: Final = re.compile(r"\d{1,5}\.\s+([^\W\d_a-zà-ÿа-яё][^\W\d_]+)\s+[a-zà-ÿа-яё]{2,}\s")
_HAN_ITEM: Final = re.compile("[（(]?[一二三四五六七八九十]{1,3}[）)、]")
_HANDED_IN: Final = re.compile(
    r"(?:given|done|dated|written|donné|fait|gegeben|datum|дан[оа]?)\b", re.IGNORECASE
)
_EDGES: Final = " .,;:()[]"
_BRACKETED: Final = re.compile(r"\s*\[[^\]\n]*\]")
_TITLED: Final = re.compile(r"^(?:dr|prof)\b", re.IGNORECASE)
_YEARS_ALONE: Final = re.compile(rf"^\D*\b{YEAR}\s?[–-]\s?(?:{YEAR}|\d\d)\D*$")
_TOWN: Final = re.compile(rf"^(?:г|гор|с|сл|д|ст|пос)\.\s?{UPPER}[\w-]+\.?$")
_LATIN: Final = "la"
_COLON: Final = re.compile(r"(?<=[^\W\d_]):(?=\s*\d)")
_DISTRICT: Final = re.compile(r"\s+[IVX]+\.?(?:\s?/\s?\d+)?\.?$")


def small_words(text: str) -> int:
    """Count the words of a text that begin with a small letter; names have few, sentences many."""
    return sum(word[0].islower() for word in WORD.findall(text))


def is_name(line: Line) -> bool:
    """Tell whether a line may be a name: capitalised words, and the small ones that names have."""
    return len(line.text) <= 60 and _is_name(line.text)


@lru_cache(maxsize=1 << 13)
def _is_name(text: str) -> bool:
    return not text.endswith(("?", ":")) and bool(_NAME.match(text.rstrip("!")))


def dates_in(text: str, code: str) -> list[Dated]:
    """Find the dates of a dateline; scholars of every language dated in Latin."""
    plain = _COLON.sub(".", text)  # “Decr: 3d”: as long as it was
    plain = _POSTAL.sub(lambda match: match[0].replace(match[1], "-" * len(match[1])), plain)
    return find(plain, code) or find(text, _LATIN, Context(place=country_of(code)))


def names_person(text: str, code: str) -> bool:
    """Tell whether a stretch begins with a title of a person or with a given name."""
    words = WORD.findall(text)
    return bool(_TITLED.match(text)) or (bool(words) and words[0].casefold() in lexicon(code).given)


def is_dateline(line: Line, code: str) -> bool:
    """Tell whether a line is little else than a date and a place."""
    text = line.text
    if not text or len(text) > _WITH_REMARKS or (len(text) > _LONGEST and "[" not in text):
        return False
    return is_dated(text, code)


@lru_cache(maxsize=1 << 14)  # the parts of a letter ask again about its short lines, many times
def is_dated(text: str, code: str) -> bool:
    """Tell whether the text of a line is little else than a date and a place."""
    said = _BRACKETED.sub("", text)
    if len(said) > _LONGEST or said.count(".") > 8 or _CENTURY.search(said) or _is_sentence(said):
        return False
    if is_han(code):
        return _is_han_dateline(text, code)
    if (match := _PARAGRAPH.match(text)) and not _is_month(match[1], code):
        return False
    words = len(WORD.findall(text))
    if _STREET.search(text) and not _YEAR.search(text):
        return False
    if PREAMBLE.match(text):
        return True
    if words >= 3 and _YEARS_ALONE.search(text) and not _names_month(text, code):
        return False  # “Letters of the Duncan Family, 1852–1854”
    short = len(text) <= _SHORT and (
        (_names_month(text, code) and words <= 6) or (bool(_NUMERIC_DATE.search(text)) and words <= 5)
    )
    if short and len(text) <= _REST:  # whatever else a date in it leaves of it
        return True
    if found := _found(_COLON.sub(".", text), code):
        rest = _BRACKETED.sub("", text[: found[0].start] + text[found[-1].end :])
        return len(WORD.findall(rest)) <= 9 and (len(rest) <= _REST or not rest.rstrip().endswith(("!", "?")))
    if len(text) > _SHORT:
        return False
    return (
        short
        or is_weekday(text, code)
        or (text.count(",") <= 2 and words <= 6 and bool(_found(text, _LATIN)))
    )


def _is_han_dateline(text: str, code: str) -> bool:
    """Tell whether a line in Chinese characters is a day with a place or an hour, and no sentence about one."""
    if len(text) > 34 or text[-1] in "，；：！？" or _HAN_ITEM.match(text):
        return False
    if not (day := _HAN_DATE.search(text)):
        found = _found(text.strip("（）()〔〕[]　 。"), code)
        return (
            bool(found)
            and found[0].end - found[0].start >= len(text.strip("（）()〔〕[]　 。"))
            and len(text) > 4
        )
    rest = f"{text[: day.start()]}　{text[day.end() :]}"
    parts = [part for part in re.split("[　 ，,、。（）()]+", rest) if part]
    if re.search("[，,].", text) and sum(map(len, parts)) > 12:
        return False  # a sentence
    return not re.search("[。！？；：].", text) and all(len(part) <= 10 for part in parts) and len(parts) <= 4


def _is_month(word: str, code: str) -> bool:
    known = language(code)
    return known is not None and word.casefold() in known.months


def _is_sentence(text: str) -> bool:
    """Tell whether a text is a sentence that names a day, or leads to what follows: four small words, and a stop."""
    if not text.endswith((".", ":", ";", "?", "!")):
        return False
    small = [word for word in WORD.findall(text) if word[0].islower() and len(word) > 3]
    return len(small) >= (2 if text.endswith(":") else 5) and not _HANDED_IN.match(text)


@lru_cache(maxsize=1 << 12)
def _found(text: str, code: str) -> tuple[Dated, ...]:
    return tuple(find(text, code))


def _names_month(text: str, code: str) -> bool:
    """Tell whether a day and a month stand in a text, in a spelling that the grammar of dates does not know."""
    known = language(code)
    if not known:
        return False
    named = [match[1].lower() for pattern in (_DAY, _MONTH_DAY) for match in pattern.finditer(text)]
    return any(
        word in known.months or any(len(month) > 4 and month.startswith(word[:4]) for month in known.months)
        for word in named
        if len(word) > 2
    )


def is_weekday(text: str, code: str) -> bool:
    """Tell whether a line is a day of the week, with a place or an hour and no more: “Bath, Tuesday evening”."""
    known = grammar(code)
    words = text.strip(" .,").split()
    if not known or not words or len(words) > 8 or len(text) > _SHORT or text.endswith(("!", "?", ":")):
        return False
    named = [word for word in words if word.strip(".,").lower() in known.lexicon.weekdays and len(word) > 3]
    if not named:
        return False
    before, _, after = text.partition(named[0])
    before = _ARTICLE.sub("", before).rstrip()
    if is_town(before.split(",")[0], code) and len(words) <= 8:
        return True  # “Prag, in der Nacht auf Freitag”
    if len(after.split()) > 4 or (len(words) > 5 and text.count(",") == 0):
        return False
    return before == "" or before.endswith((",", ".")) or len(before) <= 3


def says_town(line: Line) -> bool:
    """Tell whether a line is a town and says so: “г. Ташкент”."""
    return bool(_TOWN.match(line.text))


def bare(text: str) -> bool:
    """Tell whether a dateline begins with its day, and so has no place before it."""
    return bool(_BARE_DATE.match(text))


def is_town(text: str, code: str) -> bool:
    """Tell whether a stretch is the name of a town, or of a country, that the gazetteer knows."""
    if len(text) > _LONGEST:
        return False
    known = lexicon(code)
    name = text.strip(_EDGES)
    return bool(known.place(folded(name)) or known.place(folded(_NEARBY.sub("", name))))


def may_be_town(text: str, code: str) -> bool:
    """Tell whether a stretch may name a town: where the page asks for one, also a name that others have."""
    known = lexicon(code)
    name = text.strip(_EDGES)
    return known.place(folded(name)) is not None or known.place(folded(_NEARBY.sub("", name))) is not None


def joined(
    lines: Sequence[Line], code: str, *, surely: bool = False, apart: frozenset[int] = frozenset()
) -> list[Line]:
    """Join a place to the date below or above it: they are one dateline; `surely` asks for a town that is known.

    The lines that start where `apart` says are left as they are.
    """
    result: list[Line] = []
    for at, line in enumerate(lines):
        before = result[-1] if result else None
        ends = at + 1 == len(lines) or lines[at + 1].gap > 0
        free = before is not None and before.end < line.start and not {before.start, line.start} & apart
        if (
            before
            and free
            and (
                _heads(before, line, code, surely)
                or _follows(before, line, code)
                or (ends and not surely and _stands_below(before, line, code))
            )
        ):
            result.pop()
            line = replace(before, end=line.end, text=f"{before.text}\n{line.text}")
            if result and result[-1].start not in apart and _leads_on(result[-1], line, code, surely):
                before = result.pop()
                line = replace(before, end=line.end, text=f"{before.text}\n{line.text}")
        result.append(line)
    return result


def _leads_on(place: Line, dateline: Line, code: str, surely: bool) -> bool:
    """Tell whether a line above a dateline of several lines is its first: “H.M.S. Caledon,”."""
    return not surely and dateline.gap <= 0 and place.text.endswith(",") and _is_open(place, code)


def _is_open(place: Line, code: str) -> bool:
    """Tell whether a line ends with a comma as a place does above its date."""
    text = place.text
    return len(text) <= 50 and text.endswith(",") and not names_person(text, code)


def _heads(place: Line, date: Line, code: str, surely: bool) -> bool:
    """Tell whether a line is the place of the date below it, and no more."""
    if not is_dateline(date, code):
        return False
    if is_han(code):
        named = len(place.text) <= 4 and is_town(place.text[:2], code)
    else:
        named = (
            len(place.text) <= 40
            and not place.text.isupper()
            and (is_name(place) or (not surely and _is_near(place)))
            and not names_person(place.text, code)
            and (not surely or any(is_town(part, code) for part in place.text.split(",")))
        )
        named = named or (not surely and date.gap <= 0 and _is_open(place, code))
    return named and not is_dateline(place, code) and is_whole_date(date, code)


def _is_near(place: Line) -> bool:
    """Tell whether a line says near what the writer is: “Camp near Fredericksburg”."""
    capital = replace(place, text=_NEAR.sub(" ", place.text))
    return capital.text != place.text and is_name(capital)


def _follows(date: Line, place: Line, code: str) -> bool:
    """Tell whether a line is the place of the date above it, and no more."""
    if len(place.text) > 40 or not is_dateline(date, code):
        return False
    if is_han(code):
        named = len(place.text) <= 8 and is_town(place.text[:2], code)
    else:
        named = is_town(_DISTRICT.sub("", place.text), code)
    return named and not is_dateline(place, code) and is_whole_date(date, code)


def _stands_below(date: Line, place: Line, code: str) -> bool:
    """Tell whether a line that nobody knows as a town is the place of the date above it, and both end what is said."""
    named = is_name(place) and len(place.text.split()) <= 3 and not names_person(place.text, code)
    told = place.gap <= 0 and named and not place.text.isupper() and not place.text.endswith((",", ":", "!"))
    return told and is_whole_date(date, code) and not formulas(code).honorific.match(place.text)


def is_whole_date(line: Line, code: str) -> bool:
    """Tell whether a dateline is a date and names no place."""
    if not is_dateline(line, code):
        return False
    found = _found(line.text, code)
    if not found:
        return bare(line.text)
    rest = line.text[: found[0].start] + line.text[found[-1].end :]
    return not re.search(rf"{UPPER}\w{{2,}}|[{HAN}]", rest)
