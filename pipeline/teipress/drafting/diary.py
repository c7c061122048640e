"""Diaries: an entry for each date that a line begins with (Guidelines 4.1, 4.2.2)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from teipress.dates import opening
from teipress.drafting.blocks import blocks, is_ornament
from teipress.drafting.bylines import is_byline
from teipress.drafting.firstwords import is_plain_date, may_begin_with_date
from teipress.drafting.formulas import formulas, in_new_spelling
from teipress.drafting.lines import Line, paragraphs
from teipress.edition import Sidecar
from teipress.languages import language
from teipress.source import Source
from teipress.span import Span

_NUMERIC: Final = re.compile(
    r"^(?:\d{1,2}[./ -]\s?(?:\d{1,2}|[IVX]{1,4})[./ -]?(?:\s?\d{2,4})?\.?|\d{1,2}(?:st|n?d|r?d|th)\b|"
    r"(?:[一二三四五六七八九十廿〇○民國年\d]{1,12}年)?[一二三四五六七八九十正臘\d]{1,3}月[初一二三四五六七八九十廿\d]{1,3}[日號号]?|"
    r"[初一二三四五六七八九十廿\d]{1,3}[日號号])(?=[\s:,;.—–-]|$|\D)"
)
_ITALIC: Final = re.compile(r"_([^_\s][^_]{1,60})_")
_DAY: Final = re.compile(r"^\d{1,2}\.?(?:st|nd|rd|th)?\s*(?=[.:—–-]\s)")
_AFTER: Final = re.compile(r"[\s,.:;—–，。-]*(?:\[[^\]]{1,20}\])?[.:;—–，。-]*")
#: Where the writer was, or his camp with its number.
_PLACE: Final = re.compile(r"^[^\W\d_a-zà-ÿа-яё][^\d,.;:!?]{1,30}(?:\([^()]{2,20}\)|\d{1,3})?[,.:] +(?=\S)")
#: A day and a month in a spelling, or an order, that the grammar of dates does not know: “Іюня 11-го”, “2. Septembris”.
_SPELT: Final = re.compile(
    r"(?:d[ei]n |le |the |lì |am )?(?:(?P<before>[^\W\d_]{3,})\.? \d{1,2}(?:-?[^\W\d_]{1,3}|\.)?|"
    r"\d{1,2}(?:-?[^\W\d_]{1,3})?\.? (?P<after>[^\W\d_]{3,})\.?)(?:,? \d{4})?(?=[\s.,:;—–-]|$)",
    re.IGNORECASE,
)
_DASH: Final = re.compile(r"[—–] ?")  # for the month of the entry above
_PLACE_AFTER: Final = re.compile(
    r",?\s(?P<place>[^\W\d_a-zà-ÿа-яё][^\d.;:!?—–]{1,30})(?P<stop>[.:](?:\s?[—–-])?|\s[—–-])(?=\s|$)"
)
_YEAR: Final = re.compile(
    r"(?:anno |im jahre? |année |an |год )?(?:1[4-9]|20)\d\d(?: ?г(?:од|\.)?)?[.:]?", re.IGNORECASE
)
#: A day of the month, which the heading of a month or a year has not.
_DAY_IN: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)|[日號号初]")
_BARE_DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\.?\s?[—–]\s?|\.\s+)(?=[^\W\d_]|[«„“(])")
#: The heading of a month in a Chinese diary, with its length and its name: 三月小建戊辰.
_HAN_MONTH: Final = re.compile(
    "(?:.{2,6}年)?[閏闰]?[正一二三四五六七八九十冬臘腊]{1,2}月(?:[大小]建?)?.{0,4}(?<![日號号。，])"
)
_LAST_DAY: Final = 31
_LATIN: Final = "la"
_BARE: Final = 2  # days without a month, which are entries where others have one
_STOPS: Final = " .,:;—–-。，"
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_SENTENCE: Final = re.compile(r"[.!?。！？]\s*\S+\s+\S+.*[.!?。！？]$|[。！？]$")
_HEADING: Final = 60  # the longest line that only heads an entry
_TITLE: Final = 40  # the longest heading without a date
_HEADS: Final = 3  # lines of the title
_PLACES: Final = 3  # entries that begin with a place, where none begins with its day
_WORDS: Final = 4  # of a place
_ORDINAL: Final = re.compile(r"\d{1,2}(?=-[ое]?е\b)")  # of an item as well as of a day
_EARLY: Final = 3  # characters that may stand before the date of an entry
_ARTICLES: Final = frozenset(["le", "the", "den", "am", "d", "so", "do", "di", "mi", "fr", "sa", "mo"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("diary.toml").read_text(encoding="utf-8"))
    return {key: re.compile(body, re.IGNORECASE) for key, body in data.items()}


def entries(lines: Sequence[Line], code: str) -> dict[int, int]:
    """Give the lines that open an entry, by index: the length of the date that they begin with.

    Where the dates stand alone on their lines, a few words without a stop open one, too: “On Ascension Day”.
    """
    found = _dated(lines, code)
    if len(found) > 2 and 2 * sum(_is_alone(lines, at, found) for at in found) > len(found):
        for at in range(min(found) + 1, len(lines) - 1):
            if at not in found and _is_title(lines, at):
                found[at] = len(lines[at].text)
    return dict(sorted(found.items()))


def _dated(lines: Sequence[Line], code: str) -> dict[int, int]:
    """Give the lines that begin with a date; beside such ones a weekday, a bare day or a place is one, too."""
    found = {at: length for at, line in enumerate(lines) if (length := _opening_length(line.text, code))}
    found |= {at - 1: len(lines[at - 1].text) for at in found if at and _YEAR.fullmatch(lines[at - 1].text)}
    found |= _bare(lines, found, code)
    if not found:
        placed = {at: _placed_length(line.text, code) for at, line in enumerate(lines) if line.gap}
        found = {at: length for at, length in placed.items() if length}
        return found if len(found) >= _PLACES else {}
    for at in range(0 if len(found) > 1 else min(found) + 1, len(lines)):
        if at not in found and (length := _named_length(lines[at].text, code)):
            found[at] = length
    numbers = [int(number[0]) for at in found if (number := _ORDINAL.match(lines[at].text))]
    if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)):  # they count items, and no days
        found = {at: length for at, length in found.items() if not _ORDINAL.match(lines[at].text)}
    return dict(sorted(found.items()))


def _bare(lines: Sequence[Line], found: Mapping[int, int], code: str) -> dict[int, int]:
    """Give the lines that begin with the number of a day alone, below a date or a month, and those months.

    The numbers of a list count one by one from the first; those of days rise, and begin anew with a month.
    """
    months = {at for at, line in enumerate(lines) if line.gap and _is_month(line.text, code)}
    days: dict[int, int] = {}
    values: list[int] = []
    first = min((*found, *months), default=len(lines))
    for at in range(first, len(lines)):
        match = _BARE_DAY.match(lines[at].text)
        if match and at not in found and int(match[1]) <= _LAST_DAY:
            days[at] = match.end()
            values.append(int(match[1]))
    headings = {at: len(lines[at].text) for at in months if at + 1 in found}
    if len(days) < _BARE or values == list(range(1, len(values) + 1)):
        return headings
    falls = sum(b <= a for a, b in pairwise(values))
    if falls > len(months) + len(found) or not (months or all("—" in lines[at].text[:6] for at in days)):
        return headings
    return days | headings | {at: len(lines[at].text) for at in months if at + 1 in days}


def _is_month(text: str, code: str) -> bool:
    """Tell whether a line is the name of a month, with a year or without."""
    if code.startswith("zh"):
        return bool(_HAN_MONTH.fullmatch(text))
    words = text.rstrip(" .:").casefold().split()
    known = language(code)
    if not known or not 0 < len(words) <= 2 or words[0].strip(".,") not in known.months:
        return False
    return len(words) == 1 or bool(_YEAR.fullmatch(words[1]))


def _is_title(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line has a few words and no stop, and stands apart from what is above and below it."""
    text = lines[at].text
    if len(text) > _TITLE or not text[0].isalpha() or text[0].islower() or not text[-1].isalnum():
        return False
    return lines[at].gap > 0 and lines[at + 1].gap > 0 and not lines[at + 1].text[0].islower()


def _opening_length(text: str, code: str) -> int:
    """Give the length of a date at the beginning of a line, or of a place and a date that are all of it."""
    italic = _ITALIC.match(text) if text[0] == "_" else None
    if italic:
        plain = italic[1] + text[italic.end() :]
        length = _opening_length(plain, code)
        return length + 2 if length >= len(italic[1]) else 0
    if length := _date_length(text, code):
        return length
    place = _PLACE.match(text) if len(text) <= _HEADING else None
    return len(text) if place and _date_length(text[place.end() :], code) == len(text) - place.end() else 0


def _is_alone(lines: Sequence[Line], at: int, opened: Mapping[int, int]) -> bool:
    """Tell whether a date has a line for itself, with a few words at most: “8 July. St. Elizabeth”."""
    line, rest = lines[at], lines[at].text[opened[at] :]
    if not rest.strip(_STOPS):
        return True
    if len(line.text) > _HEADING or at + 1 >= len(lines) or at + 1 in opened or not lines[at + 1].gap:
        return False
    if line.text[-1] in ":：":
        return False
    said = [word for word in _WORD.findall(rest) if word[0].islower()]
    return line.gap > 0 and len(rest.split()) <= 5 and not (len(said) > 1 and _SENTENCE.search(rest))


def _named_length(text: str, code: str) -> int:
    """Give the length of a heading that names a day without its date, or a place or a dash before the day."""
    if length := _day_length(text):
        return length
    dash = _DASH.match(text)
    if dash and (length := _day_length(text[dash.end() :])):
        return dash.end() + length
    return _placed_length(text, code)


def _placed_length(text: str, code: str) -> int:
    """Give the length of a place with the day after it at the beginning of a line."""
    place = _PLACE.match(text)
    if not place or len(place[0].split()) > _WORDS:
        return 0
    rest = text[place.end() :]
    length = _date_length(rest, code) or _day_length(rest)
    return place.end() + length if length else 0


def _day_length(text: str) -> int:
    """Give the length of a day at the beginning of a line that has no month, or that only has a name."""
    named = _patterns()["named"].match(text) or _patterns()["day"].match(text)
    return named.end() if named else 0


def _spelt(text: str, code: str) -> re.Match[str] | None:
    """Match a day with the name of a month that the language, or Latin, has."""
    match = _SPELT.match(text)
    month = in_new_spelling((match["before"] or match["after"]), code) if match else ""
    known = (language(code), language(_LATIN))
    return match if any(one and month in one.months for one in known) else None


def _date_length(text: str, code: str) -> int:
    """Give the length of the date, with weekday and place, at the beginning of a line; 0 where there is none."""
    weekday = _patterns()["weekday"].match(text)
    at = weekday.end() if weekday else 0
    if is_plain_date(text[at:], code):
        return len(text)
    head = text[: at + 80]
    may = may_begin_with_date(head, code, at + _EARLY + 1)
    dated = opening(head, code, at + _EARLY) if may else None
    if dated:
        end = dated.end
    elif found := _NUMERIC.match(text[at:]) or _spelt(text[at:], code):
        end = at + found.end()
    elif weekday and len(weekday[0].strip(" .,")) > 3 and (day := _DAY.match(text[at:])):
        end = at + day.end()  # “Mardi 5. —”, below an entry that names the month
    else:
        return 0
    # The weekday, a place or an hour may follow, up to the first stop.
    after = _AFTER.match(text, end)
    named = _patterns()["weekday"].match(text, after.end() if after else end)
    if named and named[0].strip(" ,.").casefold() not in _ARTICLES:
        end = named.start() + len(named[0].rstrip(" ,.\n\t\u3000"))
    rest = text[end:]
    if not rest.strip(" .,:;—–-") or (len(rest.strip()) <= 6 and rest[0].isspace()):
        return len(text)
    place = _PLACE_AFTER.match(rest)
    if place and len(place["place"].split()) <= 3 and rest[0] == ",":
        return end + place.end()
    stop = _AFTER.match(rest)
    if stop and stop.end():
        return end + len(stop[0].rstrip())
    return end if rest[0].isspace() and (rest.lstrip()[0].isupper() or not rest.lstrip()[0].islower()) else 0


def evidence(lines: Sequence[Line], code: str) -> str:
    """Say what marks a text as a diary: at least three entries, and a good share of the lines."""
    opened = _dated(lines, code)
    if 2 * sum(_greets(lines[at + 1 : at + 3], code) for at in opened) > len(opened):
        return ""
    titled = any(line.short and _patterns()["titles"].search(line.text) for line in lines[:2])
    spread = [b - a for a, b in zip(opened, [*list(opened)[1:], len(lines)], strict=False)]
    if len(opened) >= 3 - titled and min(opened) <= 4 and max(spread) > 0 and len(opened) * 15 >= len(lines):
        together = sum(len(line.text) for line in lines) / len(lines)
        return f"{len(opened)} of its paragraphs begin with a date" if together > 5 else ""
    return ""


def _greets(lines: Sequence[Line], code: str) -> bool:
    """Tell whether lines below a date greet someone, as those of a letter do."""
    return any(line.short and formulas(code).greeting(line) for line in lines)


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of a diary: a `div` for each entry; a date with a line for itself is its `head`."""
    lines = paragraphs(source)
    if not lines:
        return
    opened = entries(lines, source.language)
    first = min(opened, default=len(lines))
    if first:
        yield Span(lines[0].start, lines[-1].end, "div", (("type", "diary"),), rule="diary.diary")
    heads = 0
    while heads < min(first, _HEADS) and _titles_diary(lines[heads]):
        if heads and is_byline(lines[heads], source.language):
            yield Span(lines[heads].start, lines[heads].end, "byline", rule="diary.byline")
        else:
            yield Span(lines[heads].start, lines[heads].end, "head", _sub(heads), rule="diary.title")
        heads += 1
    yield from blocks(source, lines[heads:first])
    yield from _entries(source, lines, opened)


def _titles_diary(line: Line) -> bool:
    """Tell whether a line above the first entry is a title: short, and no sentence."""
    return line.short and not line.text.endswith((",", ";", ":")) and not _SENTENCE.search(line.text)


def _sub(at: int) -> tuple[tuple[str, str], ...]:
    return (("type", "sub"),) if at else ()


def _entries(source: Source, lines: Sequence[Line], opened: Mapping[int, int]) -> Iterator[Span]:
    """Give the entries; a line below which the next date follows at once heads those up to the next such line."""
    starts = list(opened)
    wider = [
        at
        for at, following in pairwise(starts)
        if following == at + 1
        and _is_alone(lines, at, opened)
        and (_is_alone(lines, following, opened) or not _DAY_IN.search(lines[at].text))
    ]
    ends = dict(zip(starts, [*starts[1:], len(lines)], strict=False))  # nothing where no entry begins
    ends |= dict(zip(wider, [*wider[1:], len(lines)], strict=False))
    heading = frozenset(wider)
    for start in starts:
        if start in heading:
            end = ends[start]
            yield Span(
                lines[start].start, lines[end - 1].end, "div", (("type", "entries"),), rule="diary.entries"
            )
            yield Span(lines[start].start, lines[start].end, "head", rule="diary.heading")
        else:
            yield from _entry(source, lines[start : ends[start]], _is_alone(lines, start, opened))


def _entry(source: Source, lines: Sequence[Line], headed: bool) -> Iterator[Span]:
    """Give an entry; an ornament below it stands between the entries."""
    last = len(lines)
    while last > 1 and is_ornament(lines[last - 1]):
        last -= 1
    yield Span(lines[0].start, lines[last - 1].end, "div", (("type", "entry"),), rule="diary.entry")
    if headed:
        yield Span(lines[0].start, lines[0].end, "head", rule="diary.heading")
    yield from blocks(source, lines[headed:])
