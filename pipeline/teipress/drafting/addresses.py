"""Addresses at the head and the foot of a letter, and letterheads (Guidelines 4.2.2, 3.6.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from teipress.drafting.datelines import WORD, is_dateline, is_name, is_town
from teipress.drafting.formulas import Formulas, formula
from teipress.drafting.lines import Line
from teipress.scripts import UPPER

_PREPOSITION: Final = 4  # “nach”, “an”, “à”: a town after it says where to, and not to whom
_LONGEST: Final = 70  # a line of an address
_REMEMBERED: Final = 1 << 12  # lines; the parts of a letter ask again about its short lines, many times
_WHERE: Final = re.compile(
    rf"^(?:à|a|in|zu|at|в)\s+(?:l[aeо]s? )?{UPPER}[\w’'-]+(?:\s[A-ZÀ-Þ][\w-]+)?(?:\s?\([^()]+\))?[.,]?$"
)
_TO_ALONE: Final = re.compile(r"^(?:an|to|à|au|кому|致)\s*:?$", re.IGNORECASE)
#: What an editor writes before the address that stands on the cover: “[Umschlag:]”, “[Addressed:]”.
_ADDRESSED: Final = re.compile(
    r"^\[?(?:address(?:ed)?|superscri\w+|(?:on the )?(?:cover|dorse|envelope)|umschlag|adresse|anschrift|aufschrift|"
    r"außenadresse|su[bp]?scription|inscription|enveloppe|"
    r"indirizzo|soprascritta|sobrescrito|dirección|адрес|на конверте|на обороте|信封)\b[^:\]]{0,40}[:\]]\]?",
    re.IGNORECASE,
)
#: How the one written to is honoured below the name in an address: “Hochwohlgeboren”.
_HONOURED: Final = re.compile(
    r"(?:geb[oh]+ren|würden|gnaden|excellenz|exzellenz|durchlaucht|благоро?дію?|родію?|превосходительству?)$",
    re.IGNORECASE,
)
_INITIAL: Final = re.compile(rf"(?<!\w){UPPER}\.(?=\s?{UPPER}|$)")
#: How a letter was to be delivered, as its address says.
_DELIVERED: Final = re.compile(
    r"(?:g[ie]ve|yeve|del[iy]ver|leave|haste?|post[ -]?haste?|with (?:speed|care)|these|zu (?:eigenen )?h[aä]nden|"
    r"eigenhändig|en mains? propres?|en diligence|en haste|cito|в собственные руки)\b",
    re.IGNORECASE,
)
#: To whom else a telegram goes.
_COPY: Final = re.compile(r"(?:cop(?:y|ie)(?: to| à)?|abschrift an|kopie an|копи[яи])\b", re.IGNORECASE)
_MOST: Final = 8  # lines of an address
_HEAD: Final = 400  # the longest head whose lines run together
_PART: Final = 70  # the length of its lines, on the whole
_RIGHT: Final = 24  # the indent of a right column
_FIRST: Final = 9  # the line by which an address begins
#: A house by its number: “208 South Lake Street”.
_NUMBERED: Final = re.compile(r"^\d{1,5}[a-z]?,?\s+(?:[A-Z][\w.’'-]*,?\s?){2,6}$")
_ROMAN: Final = re.compile(r"\b[IVX]{1,6}\b")
#: Small words in the names of places: Frankfurt an der Oder, Stow on the Wold.
_NEAR: Final = re.compile(r"^(?:an|am|auf|bei|der|ob|unter|near|on|the|under|upon|les|lez|près|sous|sur)$")
_TITLED: Final = re.compile(r"^(?:dr|prof|ing|mag|rev|fr|mme|mr|mrs|miss)\b\.?(?:\s|$)", re.IGNORECASE)
#: Where the parts of a printed head run together, because the ends of its lines were lost.
_SEAM: Final = re.compile(
    r"""
      (?<=\d) (?= [A-ZÄÖÜ][a-zäöüßé] | [IVX]{1,5}[.,/] )     # 1889Telephon, 12IX.
    | (?<=\d\.) (?= [A-ZÄÖÜ][a-zäöüßé]{3} )                 # 6415.Redaktion
    | (?<=[a-zäöüßé]{3}[.:)]) (?= [A-ZÄÖÜ(] )                # Handelsblatt.Redaktion
    | (?<=[a-zäöüßé]{3}) (?= \( | \d{1,2}[./] | am\s\d )   # Zeitung(Gazette), Meier11. Okt., Rome18/II
    | (?<=\w[»«“”]) (?= [A-ZÄÖÜ] )                          # »Die Zeit«Wien
    | (?<=[a-zäöüßé]{3}) (?= [A-ZÄÖÜ][\w.]+ (?:[ ]a\.[ ]?M\.)? ,?[ ] (?:(?:den|am|d\.|le)[ ])? \d )  # BlattWien, 25.
    | (?<=[a-zäöüßé]{3}) (?= [IVX]{2,}\.[ ] )               # WienIII. Ringstraße
    """,
    re.VERBOSE,
)
#: A word that a cut would part: what the source writes as one word stays in one block.
_WORD: Final = re.compile(r"\w\w")
_COLUMN: Final = re.compile(r"[^\S\n]{4,}|\t+|[^\S\n]{2,}(?=\[)")
_ROW_END: Final = re.compile(r"\n")


def addresses(lines: Sequence[Line], stop: int, code: str, words: Formulas) -> list[tuple[int, int]]:
    """Give the ranges of the addresses among the first lines, in their order."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < min(stop, _FIRST):
        end = _address_end(lines, at, stop, code, words)
        if end > at:
            found.append((at, end))
        at = max(end, at + 1)
    return found


def right_column(lines: Sequence[Line], code: str) -> frozenset[int]:
    """Give where the lines of a right column start that has the dateline, beside an address on the left."""
    right = [line for line in lines if line.indent >= _RIGHT]
    if len(right) == len(lines):
        return frozenset()
    found = {at for at, line in enumerate(right) if is_dateline(line, code)}
    for order in (range(1, len(right)), range(len(right) - 1, 0, -1)):
        for at in order:  # what stands with the date, above it or below
            if right[at].gap <= 0 and {at, at - 1} & found:
                found |= {at, at - 1}
    return frozenset(right[at].start for at in found)


def _address_end(lines: Sequence[Line], at: int, stop: int, code: str, words: Formulas) -> int:
    """Give the end of the address that begins with a line; `at` where none does."""
    line = lines[at]
    if len(line.text) > _LONGEST or is_dateline(line, code):
        return at
    if any(pattern.match(line.text) for pattern in (words.sheet, words.subject)) or words.number.fullmatch(
        line.text
    ):
        return at
    if words.open_to.match(line.text) and not says_to_whom(line, words, code):
        return at
    says_to = says_to_whom(line, words, code)
    if not (says_to or _may_begin_address(line, code, words)):
        return at
    end = at + 1
    while end < min(stop, at + _MOST, len(lines)) and (
        continues_address(lines[end], code, words) or _follows_to(lines[end - 1], lines[end])
    ):
        again = says_to_whom(lines[end], words, code) and not _WHERE.match(lines[end].text)
        placed = any(is_postal(other, code, words) for other in lines[at:end])
        again = again and (placed or not words.honorific.match(lines[end].text))
        goes_on = _is_title_alone(lines[end - 1], words) or _names_holder(lines[end - 1], lines[end], words)
        if again and not goes_on and not _COPY.match(lines[end].text):
            break
        if lines[end].gap and wired_to(line.text, code) and not _COPY.match(lines[end].text):
            break  # the text of a telegram is in capitals, too
        named = any(formula(code, "to_name").match(other.text) for other in lines[at:end])
        if named and _has_figure(lines[end]) and is_postal(lines[end], code, words):
            break  # the sender’s own, below whom the letter is to
        if words.by_whom.match(lines[end].text) or changes_to_capitals(lines[end - 1], lines[end]):
            break
        if _TITLED.match(lines[end].text) and any(is_postal(other, code, words) for other in lines[at:end]):
            break
        end += 1
    rest = lines[at + 1 : end]
    if is_postal(line, code, words) and any(formula(code, "to_name").match(other.text) for other in rest):
        return end
    if end - at > 2 and end < len(lines) and _leads_to_day(lines[at : end + 1], code):
        return end
    if says_to:
        open_ended = line.text.endswith((",", "!", ":")) and not any(
            is_postal(other, code, words) for other in rest
        )
        from_below = end < len(lines) and bool(words.by_whom.match(lines[end].text))
        titled = end == at + 1 and in_capitals(line.text) and not (wired_to(line.text, code) or from_below)
        greets = words.greeting(line) == len(line.text) and not any(is_postal(o, code, words) for o in rest)
        return at if open_ended or titled or greets else end
    if words.by_whom.match(line.text) or (_has_figure(line) and is_postal(line, code, words)):
        return end
    return end if any(is_postal(other, code, words) for other in rest) else at


def _may_begin_address(line: Line, code: str, words: Formulas) -> bool:
    """Tell whether an address may begin with a line that does not say to whom: a name, a place, or by whom."""
    if words.by_whom.match(line.text):
        return True
    if line.text.endswith(("!", ":")) or words.greeting(line) or len(WORD.findall(line.text)) > 8:
        return False
    if is_name(line) or _TITLED.match(line.text):
        return True
    return (_has_figure(line) or line.text.endswith(",")) and is_postal(line, code, words)


def _follows_to(above: Line, line: Line) -> bool:
    """Tell whether a line says to whom, because “An” stands alone above it: “den Königlichen Landrat”."""
    return bool(_TO_ALONE.match(above.text)) and len(line.text) <= _LONGEST and line.text[-1] not in "!?"


def _leads_to_day(lines: Sequence[Line], code: str) -> bool:
    """Tell whether lines stand together above a day, as the sender's address does, and lead on to it with commas."""
    together = all(line.gap <= 0 for line in lines[1:]) and is_dateline(lines[-1], code)
    return (
        together
        and all(line.text.endswith(",") for line in lines[:-2])
        and not lines[-2].text.endswith(("!", ":"))
    )


def changes_to_capitals(before: Line, line: Line) -> bool:
    """Tell whether a line is in capitals as the one before it is not: a title, or the words of a telegram."""
    return line.text.isupper() and not before.text.isupper() and len(line.text.split()[0]) > 3


def without_label(text: str) -> str:
    """Give a line of an address without what an editor says of where it stands."""
    return _ADDRESSED.sub("", text).strip()


def says_how(text: str) -> bool:
    """Tell whether a line of an address says how it is to be delivered: “Give these at the Court. Haste, haste.”"""
    return bool(_DELIVERED.match(text))


def is_labelled(text: str) -> bool:
    """Tell whether a line has an address after what an editor says of where it stands: “On the cover: To …”."""
    noted = text[0] == "[" and text.rstrip()[-1] == "]"  # a note of the editor's as a whole
    return not noted and without_label(text) not in ("", text.strip())


def says_where(line: Line) -> bool:
    """Tell whether a line says where somebody is: “à Lyon”, “in Manchester”."""
    return bool(_WHERE.match(line.text))


def stands_for_to(line: Line) -> bool:
    """Tell whether a line is the word “to” and no more."""
    return bool(_TO_ALONE.match(line.text))


def says_to_whom(line: Line, words: Formulas, code: str) -> bool:
    """Tell whether a line says to whom: “To …”, “Herrn …”, “Monsieur …”; “à Lyon” only says where to."""
    return _says_to_whom(line.text, words, code)


@lru_cache(maxsize=_REMEMBERED)
def _says_to_whom(text: str, words: Formulas, code: str) -> bool:
    if _ADDRESSED.match(text) or words.honorific.match(text) or _TO_ALONE.match(text):
        return True
    if wired_to(text, code):
        return True
    if not words.to_whom.match(text):
        return False
    first, _, rest = text.partition(" ")
    return len(first) > _PREPOSITION or not is_town(rest, code)


def _names_holder(office: Line, line: Line, words: Formulas) -> bool:
    """Tell whether a line names who holds the office in the line above it: “Директору Института / тов. А. Грекову”."""
    return bool(words.to_whom.match(office.text) and _INITIAL.search(line.text)) and not _INITIAL.search(
        office.text
    )


def wired_to(text: str, code: str) -> re.Match[str] | None:
    """Match the address of a telegram in capitals, from a town that is known to whom it goes to."""
    wired = formula(code, "wired_to").match(text)
    return wired if wired and is_town(wired["place"].capitalize(), code) else None


def _is_title_alone(line: Line, words: Formulas) -> bool:
    titled = words.honorific.match(line.text) or words.to_whom.match(line.text)
    return bool(titled) and (len(line.text.split()) <= 2 or line.text.partition(" ")[2].islower())


def continues_address(line: Line, code: str, words: Formulas) -> bool:
    """Tell whether a line may go on with an address: a name, a place, a street."""
    return len(line.text) <= _LONGEST and _continues_address(line.text, code, words)


@lru_cache(maxsize=_REMEMBERED)
def _continues_address(text: str, code: str, words: Formulas) -> bool:
    line = Line.of(text)
    return _may_be_of_address(line, code, words) and not is_dateline(line, code)


def _may_be_of_address(line: Line, code: str, words: Formulas) -> bool:
    text = line.text
    if text.endswith(("!", "?")):
        return False
    if words.takes_leave(line) or formula(code, "petitions").fullmatch(text.strip(" .")):
        return False
    if words.redirected.match(text):
        return True
    if (
        words.greeting(line)
        and not _HONOURED.search(text)
        and not (words.honorific.match(text) and len(text.split()) > 2 and text[-1] != ",")
    ):
        return False
    small = [word for word in WORD.findall(text) if word[0].islower() and not _NEAR.match(word)]
    if words.sheet.match(text) or words.subject.match(text) or words.number.fullmatch(text):
        return False
    few = not small and len(text.split()) <= 6
    marked = (
        is_name(line)
        or bool(words.honorific.match(text) or words.to_whom.match(text))
        or few
        or _has_figure(line)
        or bool(_ROMAN.search(text))
        or (text.endswith(",") and len(small) <= 1 and len(text.split()) <= 6)
    )
    return len(small) <= 2 and (marked or is_postal(line, code, words))


def in_capitals(text: str) -> bool:
    """Tell whether a line is mostly in capitals, as titles are."""
    letters = list(filter(str.isalpha, text))
    return sum(map(str.isupper, letters)) * 10 > len(letters) * 6


def _has_figure(line: Line) -> bool:
    return bool(re.search(r"\d", line.text))


def is_postal(line: Line, code: str, words: Formulas) -> bool:
    """Tell whether a line is a place in an address: a house, a street, a town."""
    return len(line.text) <= _LONGEST and _is_postal(line.text, code, words)


@lru_cache(maxsize=_REMEMBERED)
def _is_postal(text: str, code: str, words: Formulas) -> bool:
    if words.house.search(text) or (re.search(r"\d", text) and _ROMAN.search(text)) or _NUMBERED.match(text):
        return True
    parts = re.split(r"[,\n]|\s[–-]\s", re.sub(r"\b[IVX]{1,5}\b\.?(?:/\d+)?|\d+\w?\b\.?", "", text))
    return any(is_town(re.sub(r"^(?:à|a|in|zu|в|г\.)\s", "", part.strip()), code) for part in parts)


@dataclass(frozen=True)
class Parted:
    """The lines of a letter, the first of them parted; where those of a printed head and of an address start."""

    lines: list[Line]
    printed: frozenset[int]
    addressed: frozenset[int] = frozenset()


def parted(lines: Sequence[Line], words: Formulas) -> Parted:
    """Part the first lines where they are several: of a printed head whose line ends were lost, or in two columns.

    `Frankfurter Blatt.Redaktion.Mainz, 2. Mai 1889Fernsprecher 12` has four lines. A salutation that was taken for
    the second half of the line above is a line of its own. A line of the right column is indented.
    """
    result: list[Line] = []
    printed: set[int] = set()
    addressed: set[int] = set()
    for at, line in enumerate(lines):
        if at >= _FIRST or words.greeting(line):
            result.extend(islice(lines, at, None))
            return Parted(result, frozenset(printed), frozenset(addressed))
        if len(line.text) > _HEAD:
            result.append(line)
            continue
        for part in line.cut([match.end() for match in _COLUMN.finditer(line.text)], beside=True):
            rows = [match.end() for match in _ROW_END.finditer(part.text)]
            texts = [(row, part.text[row:]) for row in rows]
            greeted = [
                row for row, text in texts if words.salutation.match(text) or words.by_whom.match(text)
            ]
            seams = _seams(part.text)
            runs_on = _runs_on(part, lines[at + 1 : at + 2], words)
            pieces = part.cut(sorted({*greeted, *seams, *(rows if runs_on else ())}))
            result += pieces
            printed.update(piece.start for piece in pieces if seams)
            addressed.update(piece.start for piece in pieces if runs_on)
    return Parted(result, frozenset(printed), frozenset(addressed))


def _runs_on(line: Line, below: Sequence[Line], words: Formulas) -> bool:
    """Tell whether an address stands in one paragraph: it says to whom in its first row, and a salutation is below."""
    rows = line.text.split("\n")
    told = words.to_whom.match(rows[0]) and all(len(row) <= _LONGEST for row in rows)
    return bool(told) and 1 < len(rows) <= _MOST and any(map(words.greeting, below))


def _seams(text: str) -> list[int]:
    """Give where the lines of a printed head run together; nothing for prose that lacks a space."""
    seams = [at for at in (match.start() for match in _SEAM.finditer(text)) if not _WORD.match(text, at - 1)]
    dense = len(text) <= _PART * (len(seams) + 1)
    return seams if dense and (len(seams) >= 2 or re.search(r"\d", text)) else []
