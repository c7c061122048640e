"""When a letter was sent and received."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from teipress.correspondence.sheet import Sheet
from teipress.dates import Context, Dated, find
from teipress.drafting.datelines import dates_in
from teipress.drafting.hanwords import is_han
from teipress.scripts import YEAR

#: A day of the moon: without its year it is no day of the Gregorian calendar.
_LUNAR: Final = re.compile(
    "[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]|[初望朔晦臘閏闰]|[廿卅](?![一二三四五六七八九]?[時时點点])"
)

_YEAR: Final = re.compile(r"[\[(]\W{0,3}(1[0-9]{3})\W{0,2}[\])]")

#: A day in figures, as letters in Chinese have it: 1972.5.8.
_IN_FIGURES: Final = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)[.．/-](\d{1,2})[.．/-](\d{1,2})(?!\d)")
#: The same without the year, and with the year of the Republic last: 2.15; 十一，三，十四年.
_MONTH_AND_DAY: Final = re.compile(r"(?<![\d.．/-])(0?[1-9]|1[0-2])[.．/](0?[1-9]|[12]\d|3[01])(?![\d.．/-])")
_YEAR_LAST: Final = re.compile(
    r"([一二三四五六七八九十廿卅]{1,3})[，、.．]([一二三四五六七八九十]{1,2})[，、.．]([一二三四五六七八九十廿卅]{1,3})年"
)
#: The same with the year first, and no word for it: 廿三，五，四.
_YEAR_FIRST: Final = re.compile(
    r"^([一二三四五六七八九十廿卅]{1,3})[，、.．]([一二三四五六七八九十]{1,2})[，、.．]"
    r"([一二三四五六七八九十廿卅]{1,3})(?=[，、　 ]|$)"
)
_PARTS: Final = re.compile(r"[.,;]\s+|\n")
_LONE_YEAR: Final = re.compile(rf"(?<!\d){YEAR}(?![\d/.-]\d)")

Attributes = tuple[tuple[str, str], ...]


def interval(said: str) -> Attributes:
    """Give the attributes of a sidecar's date: @when, or @from and @to where a slash stands between two."""
    start, slash, end = said.partition("/")
    if slash:
        return (("from", start), ("to", end))
    return (("when", start),) if start else ()


#: A year without its era, in a letter in today's language: of the Republic, for no other era was left.
_YEAR_ALONE: Final = re.compile(
    r"^[〔（(]?(?=[一二三四五六七八九十廿卅]{1,3}年[一二三四五六七八九十]{1,2}月)"
)
_VERNACULAR: Final = re.compile("[的了][^。]{0,40}[的了我你您]")


#: The day on which a telegram came, in the month in which it was sent: 八日發　九日到.
_DAY_ALONE: Final = re.compile(
    r"(?:初?[一二三四五六七八九十廿]{1,3}|\d{1,2})[日號号](?:[子丑寅卯辰巳午未申酉戌亥][刻時时])?[收到]"
)
_MONTH: Final = re.compile("^.{1,16}?月")


def sent_day(sheet: Sheet, after: Attributes = ()) -> Attributes:
    """Give the date of the dateline, else of a heading; one without its year only where no other is said.

    Its year may be that of the letter before it in a correspondence, which was sent `after` that.
    """
    partial: Attributes = ()
    republican = sheet.code.startswith("zh") and _VERNACULAR.search(sheet.first)
    for at, line in enumerate((*sheet.datelines, *sheet.heads)):
        sent = _before_receipt(sheet, line)
        for dated in _dates_of(_YEAR_ALONE.sub("民國", sent) if republican else sent, sheet.code):
            said = _attributes(dated)
            if said and not said[0][1].startswith("--"):
                return said
            if at < len(sheet.datelines) and not _LUNAR.search(line):
                if whole := _with_year(sheet, line, dated) or _next(
                    sheet, sent[dated.start : dated.end], after
                ):
                    return whole
                partial = partial or said
    return partial or _year(sheet)


def _dates_of(line: str, code: str) -> list[Dated]:
    """Give the dates of a dateline, or else those of its parts: “22.9.43. Действующая армия”."""
    found = dates_in(_without_figures(line, code) if is_han(code) else line, code)
    return found or [dated for part in _PARTS.split(line)[:3] for dated in dates_in(part, code)]


def _without_figures(line: str, code: str) -> str:
    """Give a dateline in Chinese characters with year, month and day after the figures that stand for them."""
    line = _IN_FIGURES.sub(r"\1年\2月\3日", line)
    if code.startswith("zh"):
        line = _YEAR_LAST.sub(r"民國\3年\2月\1日", line)
        line = _YEAR_FIRST.sub(r"民國\1年\2月\3日", line)
    return _MONTH_AND_DAY.sub(r"\1月\2日", line)


def _with_year(sheet: Sheet, line: str, dated: Dated) -> Attributes:
    """Give a day with the year that stands apart from it in the dateline: “2 сент. Нижний. 1833”."""
    years = [match[0] for match in _LONE_YEAR.finditer(line) if not dated.start <= match.start() < dated.end]
    if len(years) != 1 or is_han(sheet.code):
        return ()
    whole = find(f"{line[dated.start : dated.end].rstrip(' .,')} {years[0]}", sheet.code)
    return _attributes(whole[0]) if len(whole) == 1 else ()


def _next(sheet: Sheet, said: str, after: Attributes) -> Attributes:
    """Give a day without its year as that which is nearest to another letter's."""
    on = _day(after)
    found = find(said, sheet.code, Context(on=on)) if on else []
    return (*_attributes(found[0]), ("cert", "medium")) if len(found) == 1 else ()


def _year(sheet: Sheet) -> Attributes:
    """Give the year that an editor put in brackets into a dateline, where it is all that is known of the day."""
    found = [match[1] for line in sheet.datelines[:1] if (match := _YEAR.search(line))]
    return (("when", found[0]),) if found else ()


def received_day(sheet: Sheet, sent: Attributes) -> Attributes:
    """Give the day on which the letter says that it was received; its year may be that of its date."""
    on = _day(sent)
    for line in (*sheet.datelines, *sheet.heads, *sheet.dockets):
        match = sheet.words.received.search(line)
        text = line[match.start() :].strip("\u3000 ，") if match else ""
        if on and _DAY_ALONE.match(text):
            if month := _MONTH.match(line[: len(line) - len(text)]):
                text = f"{month[0]}{text}"
            elif not _LUNAR.search(line):
                text = f"{on.month}月{text}"
        if said := day_in(text, sheet.code, sent):
            return said
    return ()


def day_in(text: str, code: str, sent: Attributes) -> Attributes:
    """Give the first whole day that a text names; its year may be that of the day on which the letter was sent."""
    for dated in find(text, code, Context(on=_day(sent))) if text else ():
        said = _attributes(dated)
        if said and said[0][0] == "when" and len(said[0][1]) == len("0000-00-00"):
            return said
    return ()


def _before_receipt(sheet: Sheet, line: str) -> str:
    match = sheet.words.received.search(line)
    return line[: match.start()] if match else line


def _attributes(dated: Dated) -> Attributes:
    values = dict(dated.attributes)
    keys = ("when", "from", "to", "notBefore", "notAfter")
    return tuple((key, _whole(values[key])) for key in keys if key in values)


def _whole(value: str) -> str:
    """Give a date without its hour."""
    return value.partition("T")[0]


def _day(sent: Attributes) -> date | None:
    value = dict(sent).get("when", "")
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
