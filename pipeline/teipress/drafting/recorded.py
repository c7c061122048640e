"""Who speaks in a record: by labels, names in italics or capitals, titles, and verbs that tell what was said."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from teipress.drafting.attendance import speaking
from teipress.drafting.lines import Line
from teipress.drafting.particulars import (
    HEADING,
    is_field,
    is_other,
    is_present,
    is_title,
    names_office,
    patterns,
)
from teipress.drafting.speakers import Label, speakers

TOP: Final = 5  # lines of a heading
SURE: Final = 3  # speeches by names that come again
_LOUD: Final = re.compile(r"(?P<name>[^\W\d_a-zа-яёà-ÿ][^:：()\d]{2,39}?)\s?[:：](?=\s*\S)")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LISTED: Final = 10  # lines above the first item, which say who was there
_FEW: Final = 12  # words of a list of names
_ABBREVIATED: Final = re.compile(r"\b[^\W\d_]{1,4}\.")
_ITEM: Final = re.compile(
    r"(?:agenda item|item|point|punkt|top|tagesordnungspunkt|traktandum|пункт|вопрос)\s+\d", re.IGNORECASE
)
_TITLE: Final = r"(?:MM?|Mme|Mlle|Mr|Mrs|Dr|Hr|Abg|Sr|Sra|On|Sig|Bro|Cllr|Ald|г|[Тт]ов)\.\s"
_CALLED_BY_NAME: Final = r"[^\W\d_a-zа-яё][\w’'-]+(?:\s(?:d[eiu]l?|von|van)(?=\s[^\W\d_a-zа-яё]))?"
_CALLED_BY_OFFICE: Final = r"(?:l[ea]s?\s|l[’']|der\s|die\s|il\s|el\s)[^\W\d_A-ZÀ-Þ][^.:;,()?!]{2,60}"
_STOP: Final = re.compile(
    rf"(?P<name>(?P<title>{_TITLE})?(?!{_TITLE}){_CALLED_BY_NAME}(?: [^\W\d_a-zа-яё][\w.’'-]*){{0,3}}"
    rf"|{_TITLE}{_CALLED_BY_OFFICE})"
    r"(?:,\s_[^_]{3,80}_)?(?P<aside>\s\([^)]{1,60}\))?(?P<stop>\.)\s"
    r"(?:[—–]\s)?(?=[^\W\d_a-zа-яё]|[«„“(…]|\.\.)"
)
#: A name in capitals, its title before it and its bearer's seat after it, and a verb in small letters.
_TOLD: Final = re.compile(
    r"(?P<name>(?:[^\W\d_a-zа-яё][\w’'-]*\.?\s){0,3}(?:[^\W\d_a-zà-ÿа-яё][’'-]?){3,}(?:\s\([^()]{2,40}\))?)[,;]?\s(?=[^\W\d_A-Z])"
)
_TITLE_ALONE: Final = re.compile(_TITLE.removesuffix(r"\s"))
_ADDRESSED: Final = re.compile(
    rf"(?P<name>{_TITLE}(?:{_CALLED_BY_NAME}(?=\s?:)|[^.:;?!]{{2,50}}?(?=\s?:\s(?:[^\W\d_a-zа-яё]|[«“„(—…]))))"
    r"\s?(?P<stop>:)\s(?=\S)"
)
#: A name in italics, with a stop, a colon, a bracket or a dash after it: “_Mr. Pell._] …”, “_Judge_.—…”.
_ITALIC: Final = re.compile(
    r"_(?P<name>[^\W\d_a-zа-яё][^_\d:;!?]{0,39}?)(?:[.:：]_|_(?=\s?[.:：\])—–-]))"
    r"(?P<aside>\s\([^)]{1,60}\))?(?P<stop>[.:：]?\]?(?:\s?(?:[—–]|--?))?)\s*(?=\S)"
)
#: A name as clerks shortened it, and who that is: “Edw: Lloyd, Vicar.”, “H. Eimer.”
_SHORTENED: Final = re.compile(
    r"[A-ZÀ-Þ][a-zà-ÿ]{1,3}:(?: [A-ZÀ-Þ][\w’'-]+){1,2}(?:, [A-ZÀ-Þ]\w+){0,2}\.?|"
    r"(?:[^\W\d_a-zа-яё]\.\s?){1,3}[^\W\d_a-zа-яё][\w’'-]+\.?"
)
#: What goes on with a label that has a stop.
_MORE: Final = re.compile(r"\s(?P<word>\d{1,3}|[^\W\d_]{1,4})(?P<stop>[.:)])(?=\s)")


def spoken_lines(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the lines that open a speech; titles, who was there, when and where are no speakers."""
    named = speaking(lines, is_present, is_other)
    found = {
        at: label
        for at, label in {**speakers(lines), **named, **_titled(lines), **_indirect(lines)}.items()
        if not _heads(lines, at) and not _TITLE_ALONE.fullmatch(lines[at].text[: label.end].rstrip())
    }
    if (
        len(found) > 1
    ):  # where others speak, a name in capitals and a colon is a speaker's, though it comes but once
        for at, line in enumerate(lines):
            match = _LOUD.match(line.text[:80])
            if match and match["name"].isupper() and not _heads(lines, at):
                found[at] = Label(match["name"], match.end(), match.end(), False)
    if italic := _italic(lines):
        found = {at: label for at, label in found.items() if lines[at].text[0] != "_"} | italic
    found = max(found, _stopped(lines), key=len)
    names = {label.name for label in found.values()}
    for at, line in enumerate(lines[:-1]):  # a name that is known, alone above what is said
        name = line.text.rstrip(" :：.")
        if name in names and at not in found and len(name) < len(line.text):
            found[at] = Label(name, len(line.text), len(line.text), True)
    return dict(sorted(_lengthened(lines, found).items()))


def _lengthened(lines: Sequence[Line], found: Mapping[int, Label]) -> dict[int, Label]:
    """Give the speeches with the whole of each label: the number of a question, the rest of an abbreviated office.

    “Fr. 1. …”, “Mr. Att. Gen. …”: the same stands after the name wherever it comes again, or a number does.
    """
    result = dict(found)
    named: defaultdict[str, list[int]] = defaultdict(list)
    for at, label in found.items():
        named[label.name].append(at)
    for places in named.values():
        nexts = [_MORE.match(lines[at].text, found[at].end) for at in places]
        said = {match["word"] if match else None for match in nexts}
        if len(places) > 1 and None not in said and (len(said) == 1 or all(map(_is_figure, said))):
            for at, match in zip(places, nexts, strict=True):
                assert match is not None
                result[at] = replace(found[at], aside=match.end("stop"), end=match.end("stop"))
    return result


def _is_figure(word: str | None) -> bool:
    return word is not None and word.isdecimal()


def _titled(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the lines that begin with somebody's title and name, or office, and a colon: “M. le président : …”."""
    matches = {at: match for at, line in enumerate(lines) if (match := _ADDRESSED.match(line.text[:120]))}
    return {at: Label(m["name"], m.end("stop"), m.end("stop"), False) for at, m in matches.items()}


def _indirect(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the speeches of a record in the third person, whose names are in capitals: “Mr. REYNOLDS asked …”."""
    matches = {at: match for at, line in enumerate(lines) if (match := _TOLD.match(line.text[:120]))}
    found = {
        at: Label(match["name"], match.end("name"), match.end("name"), False)
        for at, match in matches.items()
        if patterns()["telling"].match(lines[at].text, match.end())
    }
    return found if len(found) > 1 else {}


def _italic(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the speeches of a record that sets its speakers in italics; some of them speak again."""
    matches = {
        at: match
        for at, line in enumerate(lines)
        if line.text[0] == "_" and (match := _ITALIC.match(line.text[:120])) and not _heads(lines, at)
    }
    counts = Counter(match["name"] for match in matches.values())
    sure = [at for at, match in matches.items() if counts[match["name"]] > 1]
    if len(sure) < SURE:
        return {}
    return {at: _label(match) for at, match in matches.items() if at >= sure[0]}  # above: “_Contents._ …”


def _stopped(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the speeches of a record in which most lines begin with a name, in small letters, and a stop.

    Where others speak again, a name with a title is a speaker's, though it comes but once.
    """
    matches = {
        at: match
        for at, line in enumerate(lines)
        if (match := _STOP.match(line.text[:120])) and not _heads(lines, at)
    }
    counts = Counter(match["name"] for match in matches.values())
    sure = {at for at, match in matches.items() if counts[match["name"]] > 1 or match["aside"]}
    top = {word.casefold() for line in lines[:TOP] for word in _WORD.findall(line.text[:HEADING])}
    likely = sure | {at for at, match in matches.items() if match["title"] or match["name"].casefold() in top}
    if (
        len(sure) < SURE
        or 2 * len(likely) < len(lines) - TOP
        or not any(is_title(line.text) for line in lines[:4])
    ):
        return {}
    return {at: _label(match) for at, match in matches.items() if at in likely}


def _label(match: re.Match[str]) -> Label:
    """Give the label of a speech from a match with a name, a direction and a stop."""
    end = match.end("stop")
    return Label(match["name"], match.start("aside") + 1 if match["aside"] else end, end, False)


def _heads(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line says what the text is, or who was there, when and where: nobody says that."""
    text = lines[at].text
    if _ITEM.match(text) or (at < _LISTED and _names_only(text)) or _SHORTENED.fullmatch(text):
        return True
    return (at < 4 and is_title(text)) or is_present(text) or is_field(text) or names_office(text)


def _names_only(text: str) -> bool:
    """Tell whether only names follow a label: who was there, or came for whom."""
    said = text.partition(":")[2].strip()
    words = _WORD.findall(said)
    if (
        not 1 < len(words) <= _FEW
        or said.endswith(("!", "?"))
        or re.search(r"[.!?] \S", _ABBREVIATED.sub("", said))
    ):
        return False
    return all(word[0].isupper() or len(word) <= 3 for word in words) and not said.endswith(".")
