"""Names in Chinese: a surname and what follows it between a title and a mark, lists of names, places, bodies.

There are no capitals and no spaces, so that a surname's character alone says nothing (it is mostly a word as well).
A person is told by a title before or after, and then by what is listed beside with "、"; who was found is found
everywhere in the document.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from teipress.names.gazetteer import LONGEST_UNSPACED, unspaced
from teipress.names.mention import ORG, PERSON, PLACE, Mention
from teipress.names.words import Document
from teipress.text import Block

_FILE: Final = Path(__file__).parent / "patterns" / "zh.toml"
HAN: Final = re.compile("[\u3400-\u9fff]{2}")
_CHARACTER: Final = "[\u3400-\u9fff]"


@dataclass(frozen=True)
class _Patterns:
    titled: re.Pattern[str]  # a title, then a name
    met: re.Pattern[str]  # a verb, then a name that ends the clause
    addressed: re.Pattern[str]  # a name, then a title
    titles: re.Pattern[str]  # what stands after a name
    listed: re.Pattern[str]  # one more name after "、"
    list: re.Pattern[str]  # a name with which a list of names begins
    places: frozenset[str]
    joined: frozenset[str]  # provinces under one governor-general
    bodies: re.Pattern[str]


@cache
def surnames() -> str:
    """Give the expression that a Chinese surname matches."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    two = "|".join(data["surnames_two"].split())
    return f"(?:{two}|[{data['surnames']}])"


@cache
def _patterns() -> _Patterns:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    surname = surnames()
    end = f"(?=[{re.escape(data['after'])}]|$|\\n|[^\u3400-\u9fff])"
    given = f"(?:{_CHARACTER}{{2}}?{end}|{_CHARACTER}{end})"
    before, after = (_any(data[key]) for key in ("titles_before", "titles_after"))
    places = frozenset(form.strip() for form in data["places"].split(";"))
    known = "|".join(sorted(map(re.escape, places), key=len, reverse=True))
    whole = "|".join(form.strip() for form in data["bodies"].split(";"))
    return _Patterns(
        titled=re.compile(f"{before}(?P<name>{surname}(?:{given}|{_CHARACTER}{{2}}))"),
        met=re.compile(
            f"{_any(data['verbs_before'])}(?P<name>{surname}{_CHARACTER}{{1,2}})(?![\u3400-\u9fff])"
        ),
        addressed=re.compile(f"(?P<name>{surname}{_CHARACTER}{{0,2}}?)(?={after})"),
        titles=re.compile(after),
        listed=re.compile(f"、(?P<name>{surname}{given})"),
        list=re.compile(
            f"(?<![\u3400-\u9fff])(?P<name>{surname}(?!{after}){_CHARACTER}{{1,2}})(?=、{surname}{_CHARACTER}{{1,2}}"
            f"[{re.escape(data['after'])}])"
        ),
        places=places,
        joined=frozenset(data["joined_provinces"].split()),
        bodies=re.compile(
            f"(?:{whole})|(?:{known}|國立|国立|中央)(?:{_CHARACTER}{{0,2}})?{_any(data['bodies_after'])}"
        ),
    )


def _any(words: str) -> str:
    return f"(?:{'|'.join(sorted(words.split(), key=len, reverse=True))})"


def chinese(document: Document, block: Block) -> Iterator[Mention]:
    """Find the names of one block that is written in Chinese characters."""
    if not HAN.search(document.reading, block.start, block.end):
        return
    patterns = _patterns()
    for match in patterns.bodies.finditer(document.reading, block.start, block.end):
        yield Mention(match.start(), match.end(), ORG, "names.organisation", 4)
    yield from _persons(document, block, patterns)
    yield from _places(document, block, patterns)


def _persons(document: Document, block: Block, patterns: _Patterns) -> Iterator[Mention]:
    for pattern in (patterns.titled, patterns.addressed, patterns.list, patterns.met):
        for match in pattern.finditer(document.reading, block.start, block.end):
            start, end = match.span("name")
            if _is_place(document.reading[start:end], document.reading[max(0, start - 1) : end], patterns):
                continue
            rule = {patterns.list: "names.list", patterns.met: "names.verb"}.get(pattern, "names.title")
            yield Mention(*match.span("name"), PERSON, rule, 5)
            title = patterns.titles.match(document.reading, match.end("name"))
            end = title.end() if title else match.end("name")
            while beside := patterns.listed.match(document.reading, end, block.end):
                yield Mention(*beside.span("name"), PERSON, "names.beside", 4)
                end = beside.end()


def _is_place(name: str, with_before: str, patterns: _Patterns) -> bool:
    """Tell whether a name is a place, or ends one: 兩江 before 總督."""
    return name in unspaced() | patterns.places or with_before in patterns.joined


def _places(document: Document, block: Block, patterns: _Patterns) -> Iterator[Mention]:
    known, at = unspaced() | patterns.places, block.start
    while at < block.end - 1:
        lengths = range(min(LONGEST_UNSPACED, block.end - at), 1, -1)
        length = next((n for n in lengths if document.reading[at : at + n] in known), 0)
        if length:
            yield Mention(at, at + length, PLACE, "names.gazetteer", 3)
        at += length or 1
