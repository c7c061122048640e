"""What the pointers of a file say: a place in the same file, in another, or out on the web (Guidelines 1.4.2, 17.2).

Which attributes hold pointers is in `schema/tei/pointers.json`, from the Guidelines' own source. Prefixes are
expanded by `prefixDef` (17.2.3), and pointers are taken apart; nothing is looked up here.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Final, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipress.checks.survey import Survey
from teipress.document import TEI, XML
from teipress.resources import SCHEMA

#: Schemes that lead out of the edition and need no `prefixDef`.
_SCHEMES: Final = frozenset("about ark data doi ftp geo hdl http https info isbn mailto tag tel urn".split())  # noqa: SIM905
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_FILE: Final = re.compile(r"[#/]|\.[A-Za-z][A-Za-z0-9]{1,4}$")
#: What can take a regular expression a lifetime, as a pattern comes with the file: a repeated group, or many
#: repetitions in a row.
_UNSAFE: Final = re.compile(r"\)\s*[+*{]|([+*}].*){5}", re.DOTALL)
_LONGEST: Final = 200
_PREFIX: Final = f"{{{TEI}}}"
BASE: Final = f"{{{XML}}}base"
#: An attribute without the number of its element.
_WHAT: Final = itemgetter(1, 2)

#: Where a pointer leads: into the file itself, into another, to the web; or it has a prefix that nothing explains,
#: leads to the computer it was written on (file:), is no pointer but a word, is a word that xml:base makes an
#: address, or cannot be followed.
Way = Literal["here", "file", "web", "prefix", "computer", "word", "based", "unknown"]


@cache
def _table() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    table = json.loads((SCHEMA / "tei" / "pointers.json").read_text(encoding="utf-8"))
    everywhere = frozenset(table["everywhere"])
    own = {name: everywhere.union(names) for name, names in table["elements"].items()}
    return everywhere, {
        **own,
        **{name: own.get(name, everywhere) - set(out) for name, out in table["not"].items()},
    }


@cache
def pointer_attributes() -> frozenset[str]:
    """Give every attribute that holds pointers on some element."""
    everywhere, own = _table()
    return everywhere.union(*own.values())


class Lead(NamedTuple):
    """A pointer: the attribute and element that it stands on first, how often it stands there, and its way."""

    attribute: str
    element: str
    written: str
    number: int
    times: int
    way: Way
    path: str
    fragment: str


@dataclass(frozen=True)
class Prefixes:
    """The private prefixes that a file declares: name, pattern and replacement."""

    definitions: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, definitions: Iterable[etree._Element]) -> Prefixes:
        """Read `prefixDef`s."""
        attributes = ("ident", "matchPattern", "replacementPattern")
        rows = (tuple(each.get(name, "") for name in attributes) for each in definitions)
        return cls(tuple((one, two, three) for one, two, three in rows))

    def follow(self, pointer: str) -> tuple[Way, str, str]:
        """Say which way a pointer leads, to which path or address, and to which fragment there."""
        if pointer[:1] == "#":
            return "here", "", pointer[1:]
        scheme = _SCHEME.match(pointer)
        if scheme and scheme[1] == "file":
            return "computer", pointer, ""
        if scheme and any(ident == scheme[1] for ident, _, _ in self.definitions):
            pointer = self._expand(scheme[1], pointer[scheme.end() :])
            scheme = _SCHEME.match(pointer)
            if not pointer:
                return "unknown", "", ""
        elif scheme and scheme[1].lower() not in _SCHEMES:
            return "prefix", scheme[1], ""
        path, _, fragment = pointer.partition("#")
        if scheme or path.startswith("//"):
            return "web", path, fragment
        if not path:
            return "here", "", fragment
        if not _FILE.search(pointer):
            return "word", pointer, ""
        return "file", unquote(urlsplit(path).path), fragment

    def _expand(self, prefix: str, rest: str) -> str:
        """Expand a private pointer by the first definition that matches; "" where none can be applied."""
        for ident, pattern, replacement in self.definitions:
            if ident == prefix and len(rest) <= _LONGEST and not _UNSAFE.search(pattern):
                try:
                    match = re.fullmatch(pattern, rest)
                except re.error:
                    continue
                if match:
                    return re.sub(r"\$(\d)", functools.partial(_group, match), replacement)
        return ""


def _group(match: re.Match[str], reference: re.Match[str]) -> str:
    """Give what `$1` and the like stand for in a @replacementPattern."""
    number = int(reference[1])
    return match[number] or "" if number <= match.re.groups else ""


def leads(survey: Survey, prefixes: Prefixes) -> Iterator[Lead]:
    """Give each pointer of a file once for each attribute that holds it, where it stands first."""
    everywhere, own = _table()
    first: dict[tuple[str, str], tuple[int, str]] = {}
    times: Counter[tuple[str, str]] = Counter()
    for name in pointer_attributes() & survey.attributes.keys():
        rows = survey.attributes[name]
        begins = {(element, value): number for number, element, value in reversed(rows)}
        for (element, value), many in Counter(map(_WHAT, rows)).items():
            if element.startswith(_PREFIX) and name in own.get(element[len(_PREFIX) :], everywhere):
                begin = begins[element, value], element
                for pointer in value.split():
                    times[name, pointer] += many
                    first[name, pointer] = min(first.get((name, pointer), begin), begin)
    based: dict[etree._Element, bool] = {}
    away = any(_SCHEME.match(value) for _, _, value in survey.attributes.get(BASE, ()))
    for (name, pointer), (number, element) in sorted(first.items(), key=lambda item: (item[1], item[0])):
        way, path, fragment = prefixes.follow(pointer)
        if away and way in ("file", "word") and _based_elsewhere(survey.element(number), based):
            way = "web" if way == "file" else "based"
        yield Lead(name, element[len(_PREFIX) :], pointer, number, times[name, pointer], way, path, fragment)


def _based_elsewhere(element: etree._Element, known: dict[etree._Element, bool]) -> bool:
    """Tell whether an `xml:base` around the element leads to the web; `known` are those that were asked for."""
    if element not in known:
        above = element.getparent()
        own = _SCHEME.match(element.get(BASE, "")) is not None
        known[element] = own or (above is not None and _based_elsewhere(above, known))
    return known[element]
