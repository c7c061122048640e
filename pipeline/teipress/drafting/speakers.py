"""Speakers: which lines begin with one's name (Guidelines 3.12.2, 7.2.2). In plays, minutes and interviews alike.

A text sets its speakers in one way: alone on a line, or with a colon, a stop or a space before what is said; in
capitals or not; after a blank line or not. That way is learned from the names that come again or that a list of the
persons has, and then holds for all: `Yes.` alone on a line is no speaker where the speakers stand in capitals.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf
from pathlib import Path
from typing import Final

from teipress.drafting.lines import Line
from teipress.scripts import HAN, LOWER

_ENCLOSED: Final = (
    rf"\s*_?[(\[（〔［][^)\]）〕］]{{1,120}}[)\]）〕］]_?|,?\s_(?={LOWER})[^_]{{2,80}}_"  # or in italics
)
_DIRECTION: Final = rf"(?P<aside>{_ENCLOSED})?"
#: A direction after a name whose end a dash shows: “HECTOR, sautant par la fenêtre. — Personne !”, or a stop.
_DASHED: Final = (
    rf"(?P<aside>{_ENCLOSED}"
    rf"|,(?=\s{LOWER})[^.:：—–]{{3,80}}(?=\.?\s*[—–]|\.\s))?"
)
_ASIDE: Final = rf"(?P<aside>{_ENCLOSED}" rf"|,(?=\s{LOWER})[^.:：]{{3,80}})?"
_LARGE: Final = r"[^\W\d_a-zа-яёα-ωà-öø-ÿ]"
_CAPITAL: Final = rf"{_LARGE}(?:[\w’'\-]++|\.(?=-))*"
_LOUD: Final = rf"{_LARGE}[’'.]?{_LARGE}+"
#: A name whose letters stand apart, as print emphasises it: “S t r a b o.”
_SPACED: Final = r"[^\W\d_a-zа-яё](?: [^\W\d_]){2,}(?!\w)"
_LONGEST: Final = 40
_BEGINNING: Final = 240  # characters in which a label ends, its direction too
#: What a line may begin with, and nobody is called: words of items, and titles without a name.
_NOBODY: Final = frozenset(
    ["item", "imprimis", "imp", "inprimis", "nota", "summa", "mr", "mrs", "messrs", "mm", "mme", "mlle", "hr"]
)
_FEWEST: Final = 5  # paragraphs of which nearly all begin with a name
_LOUDLY: Final = 4  # names that nothing but capitals tells from what is said
_SET_IN: Final = 6  # how much farther to the right than what is said a name begins, where it does
_FEW: Final = 24  # words that are looked for one by one
_PERSONS: Final = 500  # of a list whose names are looked for as they stand there
_NEEDED: Final = {
    "colon": ":：",
    "quoted": "「",
    "stop": ".—–",
    "italic": "_",
}  # what a form has in it, one of them
_LEAST: Final = {"quoted": "\u30a1", "space": "\u3400"}  # the least character that a form begins with
_END: Final = re.compile(r"[.!?…:。！？：—–-][”’\"»)\]）_]*$|[)\]）」』]$")
_COUNT: Final = re.compile(r"[IVX]{1,5}\.?")  # a stanza’s or a scene’s number
_COUNTED: Final = re.compile(r"^\d{1,2}[^\W\d]{0,2}\.?\s")  # “1st PASSENGER”
_ARTICLE: Final = re.compile(
    r"^(?:der|die|das|eine?|the|an?|l[ea]s?|l|une?|il|lo|la|el|los|las|gli|i)\s(?=\w)",
    re.IGNORECASE,
)
LETTERS_APART: Final = re.compile(r"(?<=\b[^\W\d_]) (?=[^\W\d_]\b)")
_WORDS: Final = re.compile(r"[^\W\d_]+")


@cache
def _words() -> dict[str, str]:
    """Give what names have besides words with capitals: words before and within them, and titles."""
    return tomllib.loads(Path(__file__).with_name("speakers.toml").read_text(encoding="utf-8"))


@cache
def _joins() -> re.Pattern[str]:
    """Match what stands between the names of those who speak together."""
    return re.compile(_words()["joins"])


@cache
def _begins() -> re.Pattern[str]:
    """Match what a line begins with that may begin with a name."""
    return re.compile(rf"{_LARGE}|[\d_]|(?:{_words()['before']}|(?i:{_words()['titles']}))[.\s]")


def _before() -> str:
    """Give the expression for a number, titles and articles before a name."""
    number = r"(?:\d{1,2}(?:st|nd|rd|th|er|re|e|й|ый|я)?\.?\s)?"
    article = rf"(?i:{_words()['before']})\s(?:{LOWER}{{3,10}}\s(?={_LARGE}))?"  # “Der alte Moor.”
    return rf"{number}(?:(?i:{_words()['titles']})\.?\s|{article}){{0,4}}"  # a letter alone is both


@cache
def _person() -> re.Pattern[str]:
    """Match a name that has no stop at its end."""
    within = rf"(?:{_words()['inner']} )*(?:(?i:{_words()['titles']})\. )?"
    return re.compile(rf"{_before()}{_CAPITAL}(?:(?:, | ){within}(?:{_CAPITAL}|\d{{1,2}}))*")


def is_person(text: str) -> bool:
    """Tell whether words may be what somebody is called, with an article or not: “der Koch”, “L’Abbé”."""
    return len(text) <= _LONGEST and bool(_person().fullmatch(text))


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """Give the ways to set a speaker's name, by name, the surest first."""
    strict, inner = _person().pattern, _words()["inner"]
    latin = rf"{_before()}{_CAPITAL}\.?(?:[ ,]+(?:{_CAPITAL}\.?|\d{{1,2}})|\s+{inner})*"
    name = rf"(?:{latin}|[{HAN}][　 ]{{1,2}}[{HAN}](?=[（(：:])|[{HAN}·々ァ-ヶー]{{1,8}})"
    return {
        "question": re.compile(r"^(?P<name>[QAFВО問答问])(?P<stop>[.:：])(?=\s*\S)"),
        "colon": re.compile(rf"^(?P<name>{name}){_ASIDE}\s?(?P<stop>[:：])(?=\s*\S)"),
        "alone": re.compile(
            rf"^(?P<name>{_SPACED}(?:\s{{2,3}}{_SPACED})*|{name}){_ASIDE}(?P<stop>\s?[.:：]?)$"
        ),
        "stop": re.compile(rf"^(?P<name>{strict}){_DASHED}(?P<stop>\.(?:\s*[—–-])?|\s*[—–])(?=\s+\S)"),
        "italic": re.compile(
            rf"^_(?P<name>{strict})(?P<stop>[.:]_|_[.:])(?=\s+\S)"
        ),  # a direction after it is told with what is said
        "spaced": re.compile(
            rf"^(?P<name>{_SPACED}(?:\s{{2,3}}{_SPACED})*){_DASHED}(?P<stop>[.:](?:\s*[—–-])?|\s*[—–])(?=\s+\S)"
        ),
        # In capitals, with nothing but a space before what is said: “WUTTKE Das ist kein Regen.”
        "loud": re.compile(
            rf"^(?P<name>{_LOUD}(?:(?: |, |-| {inner} ){_LOUD})*)(?P<aside>{_ENCLOSED})?"
            rf"(?P<stop>[ \t]+)(?=\S)(?!{_LOUD}(?!\w))"
        ),
        "quoted": re.compile(rf"^(?P<name>[{HAN}ァ-ヶー]{{1,6}})(?P<stop>)(?=「.*」$)"),
        # Chinese plays set the name apart by a wide space.
        "space": re.compile(
            rf"^(?P<name>[{HAN}][　 ]{{1,2}}[{HAN}](?=　|[ ]{{2}})|[{HAN}]{{1,5}})(?P<stop>[ 　]+)(?=\S)"
        ),
    }


def _forms_of(known: Sequence[str]) -> dict[str, re.Pattern[str]]:
    """Give the ways to set the names of a list, which may have small letters."""
    names = {
        name
        for line in known[:_PERSONS]
        for name in (_name(line), *_name(line).split(" und "))
        if 1 < len(name) <= _LONGEST
    }
    if not names:
        return {}
    either = "|".join(
        r"\s+".join(map(re.escape, name.split())) for name in sorted(names, key=lambda n: (-len(n), n))
    )
    return {
        "listed": re.compile(
            rf"^(?P<name>{either}){_DIRECTION}\s?(?P<stop>[:：]|\.(?:\s*[—–-])?|\s*[—–])(?=\s+\S)",
            re.IGNORECASE,
        ),
        # What someone does may stand after the name without a bracket: “Hanswurst im Wasser.”
        "entering": re.compile(
            rf"^(?P<name>{either})(?P<aside>,?\s(?={LOWER})[^.:：]{{3,60}})(?P<stop>[.:])$"
        ),
    }


def _name(line: str) -> str:
    """Give the name that an item of a list of persons begins with."""
    return re.split(r"[,;(—–:}]|\s-\s|\s{3,}|\t|\u3000|，|（|\.", line)[0].strip()


@dataclass(frozen=True)
class Label:
    """What a line begins with when someone speaks: the name, a direction after it, and where the speech begins."""

    name: str
    aside: int  # where the direction begins; the end of the label where there is none
    end: int  # of the label with its stop
    alone: bool


def speakers(
    lines: Sequence[Line], known: Sequence[str] = (), never: Collection[int] = ()
) -> dict[int, Label]:
    """Tell which lines begin with a speaker's name, by their index.

    `known` are names that are speakers' for sure, `never` the lines that have none: headings.
    """
    cast = {key for name in known for key in _keys(name)}
    rows = [at for at in range(len(lines)) if at not in never]
    begun = [at for at in rows if _begins().match(lines[at].text)]
    matches = {
        form: _matches(lines, rows, form, pattern, never) for form, pattern in _forms_of(known).items()
    }
    matches |= {form: _matches(lines, begun, form, pattern, never) for form, pattern in _forms().items()}
    common = _common(lines, matches, bool(cast))
    sure = {form: _sure(lines, form, found, cast, common) for form, found in matches.items()}
    main = max(_forms(), key=lambda form: len(sure[form]))
    names = {_key(matches[main][at]["name"]) for at in sure[main]}
    sure["stop"] |= _mentioned(lines, matches["stop"], sure["stop"], common)
    settled = len(sure[main]) >= 6
    left = max((lines[at].indent for at in sure[main]), default=0)
    below = lines[min(sure[main], default=0) :]
    outside = 2 * sum(line.indent > left for line in below) > len(below) - len(sure[main])
    found: dict[int, Label] = {}
    entering = matches.get("entering", {})
    for form in (main, *(form for form in matches if form != main)):
        accepted = _accepted(lines, form, matches[form], sure[form], cast)
        for at in accepted:
            if at in found or (form == main and at in entering and at not in sure[form]):
                continue
            match = matches[form][at]
            hangs = outside and lines[at].indent <= left
            if form == "listed" and hangs:
                pass
            elif form != main and settled and not _agrees(main, form, match["name"], names | cast):
                continue
            alone = form in ("alone", "entering")
            found[at] = Label(match["name"], _aside(match), match.end("stop"), alone)
    return _without_doubles(lines, found, sure["alone"])


def _agrees(main: str, form: str, name: str, known: set[str]) -> bool:
    """Tell whether a label may stand in another form than most: a known name, in capitals where only a stop is left."""
    if form == "entering":
        return main == "alone"
    if form == "listed":
        return main != "alone" or _is_loud(name)
    if main in ("alone", "colon", "question") and form in ("stop", "space") and not _is_loud(name):
        return False
    return _key(name) in known or _are_joined(name, known)


def _matches(
    lines: Sequence[Line], rows: Sequence[int], form: str, pattern: re.Pattern[str], never: Collection[int]
) -> dict[int, re.Match[str]]:
    """Give those of some rows that may begin with a name in one form: not within a sentence, unless under a heading."""
    found: dict[int, re.Match[str]] = {}
    needed, least = _NEEDED.get(form, ""), _LEAST.get(form, "")
    for at in rows:
        line = lines[at]
        text = line.text
        if needed and not any(map(text.__contains__, needed)):
            continue
        if text < least or (form == "loud" and not text[:2].isupper()):
            continue
        match = _label(text, form, pattern)
        if match is None or len(match["name"]) > _LONGEST or _COUNT.fullmatch(match["name"]):
            continue
        if match["name"].lower().strip(".") in _NOBODY:
            continue
        below = at and line.gap == 0 and form != "question" and at - 1 not in never
        if below and not _END.search(lines[at - 1].text):
            before = found.get(at - 1)
            if form == "alone" or (form == "stop" and (before is None or not _is_loud(match["name"]))):
                continue
        if form == "stop" and _is_sentence(match):
            continue
        if form == "entering" and (not line.gap or at + 1 == len(lines) or lines[at + 1].gap):
            continue
        if form != "alone" or _has_speech(lines, at):
            found[at] = match
    return found


def _is_sentence(match: re.Match[str]) -> bool:
    """Tell whether what would be a name with a direction is rather a sentence: “Franz, mein Sohn. Ich …”"""
    return match["stop"] == "." and _tells(match)


def _label(text: str, form: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Match what a line begins with; a long one's first characters decide, unless the form looks to its end."""
    if len(text) > _BEGINNING and form != "quoted":
        return pattern.match(text[:_BEGINNING]) if form != "alone" else None
    return pattern.match(text)


def _common(
    lines: Sequence[Line], matches: Mapping[str, Mapping[int, re.Match[str]]], all_: bool
) -> set[str]:
    """Give the single words that stand before a stop or alone, but oftener within sentences: `yes`, `alas`.

    Unless `all_` are asked for, those that are a label once are left out, since they would be no speaker's anyway.
    """
    labels: Counter[str] = Counter()
    for form in ("alone", "stop"):
        labels.update(
            word
            for match in matches[form].values()
            if (word := match["name"].strip(".")).isalpha() and not word.isupper() and word[:1].isupper()
        )
    if not all_:
        often = Counter(_key(match["name"]) for found in matches.values() for match in found.values())
        labels = Counter({word: n for word, n in labels.items() if often[_key(word)] > 1})
    text = "\n".join(line.text for line in lines)
    if len(labels) <= _FEW:
        return {word.lower() for word, count in labels.items() if _comes(word.lower(), text, count / 2)}
    counts = Counter(_WORDS.findall(text))
    return {word.lower() for word, count in labels.items() if counts[word.lower()] * 2 >= count}


def _comes(word: str, text: str, often: float) -> bool:
    """Tell whether a word stands in a text so often."""
    at = found = 0
    while found < often and (at := text.find(word, at)) >= 0:
        end = at + len(word)
        found += not (text[at - 1 : at].isalpha() or text[end : end + 1].isalpha())
        at = end
    return found >= often


def _sure(
    lines: Sequence[Line], form: str, matches: Mapping[int, re.Match[str]], cast: set[str], common: set[str]
) -> set[int]:
    """Give the lines whose label is a speaker's beyond doubt: of the cast, or one that comes again."""
    counts = Counter(_key(match["name"]) for match in matches.values())
    together = _in_a_row(lines, matches) if form == "colon" else set()
    found: set[int] = set()
    ordered = sorted(cast)
    if form in ("italic", "spaced") and len(counts) < 2:  # one word that comes again: “_Note._”
        return found
    for at, match in matches.items():
        key = _key(match["name"])
        if key in common and key not in cast:
            continue
        plain = form == "stop" and not _is_loud(match["name"]) and match["stop"].strip() == "."
        plain = plain and not _is_whole(match["name"])
        often = counts[key] >= (_frequent(len(lines)) if plain else 2)
        if often or at in together or _is_of(key, ordered):
            found.add(at)
    if form == "loud" and (len(found) < _LOUDLY or sum(count > 1 for count in counts.values()) < 2):
        return set()
    single = {_key(matches[at]["name"]) for at in found} | cast
    return found | {
        at
        for at, match in matches.items()
        if _are_joined(match["name"], single) and not (form == "colon" and _tells(match))
    }


def _are_joined(name: str, known: Collection[str]) -> bool:
    """Tell whether a name is several that are known, of those who speak together: “Anna, Georg und Karl”."""
    joins = _joins().findall(name)
    return bool(joins and joins[-1] != ", ") and all(_key(one) in known for one in _joins().split(name))


def _tells(match: re.Match[str]) -> bool:
    """Tell whether a sentence about somebody may stand before the colon: “Anna und Georg, beide in Schwarz, …:”"""
    return (match["aside"] or "")[:1] == "," and not _is_loud(match["name"])


def _mentioned(
    lines: Sequence[Line], matches: Mapping[int, re.Match[str]], sure: set[int], common: set[str]
) -> set[int]:
    """Give the paragraphs that begin like others with a name and a stop, where the name is spoken of elsewhere."""
    apart = sum(lines[at].gap > 0 for at in sure)
    if len(sure) < 4 or apart < 0.9 * len(sure):
        return set()
    names = {at: match["name"] for at, match in matches.items() if at not in sure and lines[at].gap > 0}
    wanted = {name for name in names.values() if name.replace(" ", "").isalpha() and _key(name) not in common}
    if not wanted:
        return set()
    counts: Counter[str] = Counter()
    either = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(wanted, key=len, reverse=True))) + r")\b")
    for line in lines:
        counts.update(either.findall(line.text))
    return {at for at, name in names.items() if counts[name] >= 2}


def _frequent(lines: int) -> int:
    """Give how often `Name. …` has to stand at the beginning of a line, in a text of so many lines, to be a label."""
    return max(3, min(12, lines // 12))


def _accepted(
    lines: Sequence[Line], form: str, matches: Mapping[int, re.Match[str]], sure: set[int], cast: set[str]
) -> list[int]:
    """Give the lines that have a label in one form: what is sure sets the style for what is not."""
    if not sure:
        return []
    loud = sum(_is_loud(matches[at]["name"]) for at in sure)
    all_loud = loud >= 3 and loud >= 0.9 * len(sure)
    apart = [at for at in sure if lines[at].gap >= 1 or at == 0]
    all_apart = len(sure) >= 6 and len(apart) >= 0.9 * len(sure)
    stopped = len(sure) >= 3 and len(apart) == len(sure) and all(_has_stop(matches[at]) for at in sure)
    far = _far(lines, matches, sure) if form == "alone" else inf
    usual = form == "stop" and _begin_paragraphs(lines, matches, min(sure))
    found = []
    for at, match in matches.items():
        is_loud = _is_loud(match["name"])
        if (all_apart and at and lines[at].gap < 1) or (all_loud and not is_loud and form != "colon"):
            continue
        unheard = (
            (form == "colon" and not all_loud and "\u3000" not in match["name"])
            or is_loud
            or (form == "stop" and all_apart and (_acts(match, lines[at]) or _is_whole(match["name"])))
            or (form in ("italic", "spaced") and len(sure) >= 3)
            or (form == "alone" and all_apart and _is_short(match["name"]))
            or (form == "alone" and stopped and _has_stop(match) and _is_over(lines, at))
            or (lines[at].indent >= far and _is_over(lines, at))
            or (usual and lines[at].gap > 0)
        )
        if at in sure or (unheard and (form != "alone" or not _END.search(match["name"].rstrip(".")))):
            found.append(at)
    return found


def _begin_paragraphs(lines: Sequence[Line], labelled: Collection[int], first: int) -> bool:
    """Tell whether nearly all paragraphs, directions aside, begin with a name, from the first that surely does."""
    begun = [at for at in range(first, len(lines)) if lines[at].gap > 0 and lines[at].text[0] not in "([（〔"]
    return len(begun) >= _FEWEST and sum(at in labelled for at in begun) >= 0.8 * len(begun)


def _far(lines: Sequence[Line], labelled: Collection[int], sure: Collection[int]) -> float:
    """Give how far to the right names begin that stand farther than what is said; infinity where they do not."""
    others = Counter(line.indent for at, line in enumerate(lines) if at not in labelled)
    margin = max(others, key=lambda indent: others[indent], default=0)
    far = min(lines[at].indent for at in sure)
    return far if len(sure) > 1 and far >= margin + _SET_IN else inf


def _has_stop(match: re.Match[str]) -> bool:
    """Tell whether a name alone on its line has a stop after it."""
    return match["name"].endswith(".") or match["stop"].strip() == "."


def _is_over(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line stands apart from what is above it, and directly over what is below."""
    return (
        lines[at].gap > 0
        and len(lines[at].text) <= _LONGEST
        and at + 1 < len(lines)
        and lines[at + 1].gap <= 0
    )


def _acts(match: re.Match[str], line: Line) -> bool:
    """Tell whether a direction with a small letter stands after a name."""
    return bool(match["aside"]) and match["aside"].strip(" ([（")[:1].islower() and line.gap > 0


def _is_loud(name: str) -> bool:
    if name[0].isdigit():
        name = _COUNTED.sub("", name)
    if " " in name:
        name = _joins().sub(" ", name)
    return name.isupper() and sum(map(str.isalpha, name)) > 1


def _is_whole(name: str) -> bool:
    """Tell whether a name is a whole one, of two words or three: “Аммосъ Ѳедоровичъ”."""
    words = name.split()
    return 2 <= len(words) <= 3 and all(
        len(word) > 2 and word[0].isupper() and word.isalpha() for word in words
    )


def _is_short(name: str) -> bool:
    return len(name.split()) <= 5


def _without_doubles(lines: Sequence[Line], found: Mapping[int, Label], sure: set[int]) -> dict[int, Label]:
    """Take out names alone that stand directly under another: what is said, or who is there."""
    dropped: set[int] = set()
    for at in sorted(found):
        above = found.get(at - 1)
        if above and above.alone and at - 1 not in dropped and found[at].alone:
            lower = lines[at].gap > 0 and (at in sure or at - 1 not in sure) and lines[at + 1].gap == 0
            dropped.add(at - 1 if lower else at)
    return {at: found[at] for at in sorted(found) if at not in dropped}


def _in_a_row(lines: Sequence[Line], labelled: Collection[int]) -> set[int]:
    """Give the lines of which three or more with a label and a colon stand directly under one another."""
    found: set[int] = set()
    row: list[int] = []
    for at in sorted(labelled):
        if not (row and at == row[-1] + 1 and lines[at].gap == 0):
            row = []
        row.append(at)
        if len(row) >= 3:
            found.update(row[-3:])
    return found


def _aside(match: re.Match[str]) -> int:
    """Give where a direction begins in a label: at its bracket, or after the comma."""
    aside = match["aside"] if "aside" in match.re.groupindex else None
    if not aside:
        return match.end("stop")
    comma = aside.startswith(",")
    return match.start("aside") + (
        len(aside[1:]) - len(aside[1:].lstrip()) + 1 if comma else len(aside) - len(aside.lstrip())
    )


def _has_speech(lines: Sequence[Line], at: int) -> bool:
    """Tell whether words follow a name that stands alone: the line below it, with no wider gap."""
    return at + 1 < len(lines) and lines[at + 1].gap <= 1


def without_article(words: str) -> str:
    """Give words without the article that they begin with: “der Koch”."""
    return _ARTICLE.sub("", words)


@lru_cache(maxsize=1 << 12)  # the same few speak again and again
def _key(name: str) -> str:
    words = re.sub(r"\W+", " ", name).strip().casefold()
    return without_article(LETTERS_APART.sub("", words))


def _keys(name: str) -> set[str]:
    """Give what a person of the cast may be called: the name, and its parts."""
    key = _key(_name(name))
    return {key, *(part for part in key.split() if len(part) > 2)}


def _is_of(key: str, cast: Sequence[str]) -> bool:
    """Tell whether a label is a name of the cast, which is sorted, or its beginning: `Pros.` for Prospero."""
    at = bisect_left(cast, key)
    if at == len(cast):
        return False
    return cast[at] == key or (len(key) >= 3 and " " not in key and cast[at].startswith(key))
