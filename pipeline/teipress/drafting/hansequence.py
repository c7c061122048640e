"""Letters in Chinese characters among other texts: what marks one, and where in a collection the next begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from teipress.drafting import hanwords
from teipress.drafting.datelines import is_dateline
from teipress.drafting.hanclosings import before_postscript, dates, presents_below, roles_of, unrolled
from teipress.drafting.hanopenings import is_serial
from teipress.drafting.lines import Line
from teipress.languages import language
from teipress.scripts import HAN

_OPENING: Final = 8  # lines above and with the salutation
_CLOSER: Final = 10  # lines of a closer
_TITLE: Final = 24  # the longest title in a collection
_LONG: Final = 16  # characters of a paragraph, at least
_GREETED: Final = 60  # characters that hold a salutation
_TITLES: Final = 2  # titles that make a collection where no letter greets or takes leave
_HEADED: Final = 5  # the most lines of an opening above its salutation
_SPEAKS: Final = re.compile(
    "足下|閣下|阁下|執事|执事|左右|仁兄|吾兄|承示|惠書|來書|来书|手書|頓首|顿首|不宣|僕|某白"
)
_LEAVES: Final = re.compile("(?:不[宣備备具一]|頓首|顿首|再拜)。?$")
#: The title of a telegram or a letter that came: 譯署來電, 某督來函.
_CAME: Final = re.compile(f"[{HAN}]{{2,10}}[來来](?:電|电|函|書|书|信|咨|文)(?:[（(].{{1,12}}[）)])?")
_NAME: Final = re.compile(rf"[{HAN}　 、·]{{1,8}}[：:]")


def evidence(lines: Sequence[Line], code: str) -> str:
    """Say what marks these lines as a letter, or as several; "" where nothing does."""
    for line in lines[:_OPENING]:
        if length := hanwords.greets(line.text):
            return f"it opens with a salutation: “{line.text[: min(length, 40)]}”"
        if len(line.text) > _TITLE and not line.short:
            break
    closed = _closer(lines, code)
    if "salute" in closed and ("signed" in closed or "dateline" in closed):
        return "it closes with a valediction"
    if closed and any(map(_NAME.fullmatch, (line.text for line in lines[:_OPENING]))):
        return f"it opens with a name, and is signed: “{lines[0].text[:40]}”"
    for first, below in pairwise(lines[: _OPENING + 1]):
        if (
            closed
            and hanwords.is_title(first.text)
            and len(first.text) <= _TITLE
            and len(below.text) >= _LONG
        ):
            return f"its title says to whom it is: “{first.text[:40]}”"
    for line in lines[:3]:
        if closed and (matter := hanwords.matter(line.text)):
            return f"it says from whom it is and in what matter: “{matter[0][:40]}”"
    if len(lines) > 1 and _is_epistle(lines[0].text, "".join(line.text for line in (*lines[1:4], lines[-1]))):
        return f"its title says to whom it is: “{lines[0].text[:40]}”"
    titled = [at for at in range(len(lines) - 1) if _is_title(lines, at)]
    if len(titled) >= _TITLES and titled[0] <= 2:
        return f"its titles say to whom letters are: “{lines[titled[0]].text[:40]}”"
    return ""


def _is_epistle(title: str, text: str) -> bool:
    """Tell whether a text is a letter by its title (答友人論學書) and because it speaks to the other, or of oneself."""
    if len(title) > _TITLE or not hanwords.is_title(title):
        return False
    called = re.search("[書书函柬簡简]$", title)
    return bool(_SPEAKS.search(text) if called else _LEAVES.search(text))


def _closer(lines: Sequence[Line], code: str) -> list[str]:
    """Give the elements of the closer that the lines end with, on lines of its own or run on."""
    tail = lines[-_CLOSER:]
    end = before_postscript(tail, 0, len(tail))
    parts = [line.text for line in unrolled(tail[:end], code)]
    for at in range(max(0, len(parts) - _CLOSER), len(parts)):
        if (at or len(lines) > len(tail)) and (roles := roles_of(parts[at:], code)):
            return roles
    return []


def starts(lines: Sequence[Line], code: str) -> list[int]:
    """Give the lines where a letter begins; what stands above the first is the title of the collection.

    A letter begins with its salutation, or with a title that says to whom it is, and with the number, the title and
    the day above these.
    """
    marked: list[int] = []
    for at in range(len(lines)):
        if _begins(lines, at, marked, code):
            marked.append(at)
    if len(marked) < 2:
        return [0] if lines else []
    texts = [at for at, line in enumerate(lines) if len(line.text) >= _LONG]
    begins: list[int] = []
    for at in marked:
        first, floor = at, (begins[-1] if begins else -1)
        while first - 1 > floor and at - first < _HEADED and _heads(lines, first, code):
            first -= 1
        if begins and bisect_left(texts, begins[-1]) == bisect_left(texts, first):
            continue  # between the two stands no text
        begins.append(first)
    if begins and begins[0] and any(len(line.text) > _TITLE for line in lines[: begins[0]]):
        begins[0] = 0
    return begins


def _begins(lines: Sequence[Line], at: int, before: Sequence[int], code: str) -> bool:
    line = lines[at]
    if _is_title(lines, at):
        return True
    length = hanwords.greets(line.text[:_GREETED])
    text = lines[at + 1 : at + 5]
    if before and length == len(line.text) and not any(len(below.text) >= _LONG for below in text):
        return False  # who signed the letter above is called as one who is greeted: 媽媽
    if length == len(line.text) and not text:
        return False
    if at and line.text[-1:] not in "：:" and presents_below(lines[at - 1].text):
        return False
    if not length or (length < len(line.text) and not _is_new(lines, at, before, code)):
        return False
    return not before or _is_new(lines, at, before, code)


def _is_new(lines: Sequence[Line], at: int, before: Sequence[int], code: str) -> bool:
    """Tell whether a salutation opens another letter: the one before was closed, or a title stands above this one."""
    if not before:
        return True
    above = at - 1
    while above > before[-1] and _heads(lines, above + 1, code) and at - above <= _HEADED:
        if is_serial(lines[above].text) or _is_title(lines, above):
            return True
        above -= 1
    if above == before[-1] and _is_title(lines, above):
        return False  # what stands between is the day
    tail = [line.text for line in lines[max(before[-1] + 1, at - 4) : at]]
    return any(roles_of(tail[first:], code) for first in range(len(tail))) or any(
        roles_of(tail[first:-1], code) for first in range(len(tail) - 1)
    )


def _is_title(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is the title of a letter: it says to whom, and a text begins below it."""
    text = lines[at].text
    if len(text) > _TITLE or at + 1 >= len(lines) or not _says_to_whom(text) or text[-1] in "，。：:；！":
        return False
    below = lines[at + 1 : at + 4]
    return any(len(line.text) >= _LONG for line in below)


def _says_to_whom(text: str) -> bool:
    known = language("zh")
    bare = hanwords.unnumbered(text)
    return hanwords.is_title(text) or bool(
        _CAME.fullmatch(bare) or (known and re.match(known.letter["from_to"], re.split("[　 （(]", bare)[0]))
    )


def _heads(lines: Sequence[Line], below: int, code: str) -> bool:
    """Tell whether the line above another of an opening belongs to it: a number, a title, a day between the two."""
    text, at = lines[below - 1].text, below - 1
    if is_serial(text) or _is_title(lines, at):
        return True
    if is_dateline(lines[at], code) or dates(text, code):
        headed = at > 0 and (is_serial(lines[at - 1].text) or _is_title(lines, at - 1))
        return headed or (lines[at].gap > lines[below].gap and not _is_title(lines, below))
    return len(text) <= _TITLE and lines[at].gap > 0 and not re.search("[，。：:；！？]", text)
