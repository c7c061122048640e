"""`Sheet`: what the edges of a drafted letter say, as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import Final

from lxml import etree

from teipress.document import content, local, tei
from teipress.drafting.addresses import is_labelled, wired_to, without_label
from teipress.drafting.correspondents import Heading, addressed_to, heading, where_to
from teipress.drafting.datelines import is_town, names_person
from teipress.drafting.formulas import Formulas, formula, formulas
from teipress.drafting.hanwords import is_han
from teipress.scripts import IDEOGRAPH

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_SHORT: Final = 40  # a first paragraph that is no longer is a title
_SENTENCE: Final = 160  # characters in which a letter may greet within its first sentence
_TO_ALONE: Final = 4  # the longest “To” that has a line of its own
_SERIAL: Final = 10  # the longest heading that may be a number and no more
_ADDRESSED: Final = 90  # the longest heading that is an address


@dataclass(frozen=True)
class Sheet:
    """The heads, datelines, addresses, salutations and signatures of one letter, in their order.

    A document that is quoted in the letter, and what is enclosed with it, are no part of it.
    """

    code: str
    heads: tuple[str, ...]
    datelines: tuple[str, ...]
    addresses: tuple[tuple[str, ...], ...]
    closing_addresses: tuple[tuple[str, ...], ...]
    labelled: tuple[tuple[str, ...], ...]  # of these, the ones that an editor says are on the cover
    salutes: tuple[str, ...]
    signed: tuple[str, ...]
    dockets: tuple[str, ...]  # what those who received and kept it wrote on it
    first: str  # the first paragraph, which may begin with what a letterhead says

    @classmethod
    def of(cls, letter: etree._Element, code: str) -> Sheet:
        """Read a `div` with a letter; `code` is its language."""
        closers = list(_own(letter, "closer"))
        addresses = list(_own(letter, "address"))
        at_end = [address for address in addresses if address.getparent() in closers]
        dockets = _texts(note for note in _own(letter, "note") if note.getparent() is letter)
        covers = tuple((without_label(docket),) for docket in dockets if is_labelled(docket))
        opened = [content(paragraph) for paragraph in islice(_own(letter, "p"), 2)]
        return cls(
            code=code,
            heads=_texts(_own(letter, "head")),
            datelines=tuple(
                filter(None, ("\n".join(_written_lines(day)) for day in _own(letter, "dateline")))
            ),
            addresses=tuple(_lines(address) for address in addresses if address not in at_end),
            closing_addresses=(*map(_lines, at_end), *covers),
            labelled=(*(_lines(address) for address in at_end if _is_labelled(address)), *covers),
            salutes=_salutes(letter, code),
            signed=tuple(line.strip("_") for name in _own(letter, "signed") for line in _written_lines(name)),
            dockets=dockets,
            first=next((text for text in opened if len(text) > _SHORT), "".join(opened[:1])),
        )

    @property
    def words(self) -> Formulas:
        """The formulas of the letter's language."""
        return formulas(self.code)

    @property
    def small(self) -> bool:
        """Whether the writer uses no capitals at all."""
        return "".join((*self.salutes, *self.datelines, *self.signed, self.first)).islower()

    @cached_property
    def heading(self) -> Heading:
        """Whom a compiler's heading names as sender and as recipient, and where to."""
        both = [f"{a} {b}" for a, b in pairwise(self.heads[:4]) if b[:1].islower()]
        for line in (*self.heads, *both):
            if found := heading(line, self.code):
                return found
        for at, line in enumerate(self.heads):
            above = self.heads[at - 1] if at else ""
            below = at == 0 or self.words.number.fullmatch(above) or len(above) <= _SERIAL
            if below and (recipient := addressed_to(line, self.code)):
                recipient, place = where_to(recipient, self.code)
                return Heading("", recipient, place)
        for line in self.heads[:3]:
            if self.words.to_whom.match(line) and self.words.office.search(line) and len(line) <= _ADDRESSED:
                return Heading("", line)
        if match := formula(self.code, "greets_by_name").search("".join(self.salutes[:1])):
            named = match.groupdict()
            return Heading(named.get("sender", "").strip(), named["recipient"].strip())
        return Heading("", "")

    @cached_property
    def greeted_within(self) -> str:
        """Whom the first sentence greets after its first words: “Пишу к тебе, милый друг Саша, второпях”."""
        match = formula(self.code, "greets_within").search(self.first[:_SENTENCE])
        return match["recipient"] if match else ""

    @cached_property
    def said(self) -> Heading:
        """Whom the text itself names: the sender of a petition, or both of a note in the third person."""
        for line in (*self.heads, self.first):
            if match := self.words.third_person.match(line) or self.words.petition.match(line):
                named = match.groupdict()
                sender = named.get("sender", "").split(",")[0].strip()
                return Heading(sender, named.get("recipient", "").strip())
        return Heading("", "")

    @cached_property
    def own_address(self) -> tuple[str, ...]:
        """The sender's address or letterhead; empty where the letter has none."""
        return next((lines for lines, own in self._judged() if own), ())

    @cached_property
    def other_address(self) -> tuple[str, ...]:
        """The recipient's address; empty where the letter has none."""
        return next((lines for lines, own in self._judged() if not own), ())

    def _judged(self) -> Iterator[tuple[tuple[str, ...], bool]]:
        """Tell of each address whether it is the sender's own."""
        signed, greeted = names(" ".join(self.signed)), names(" ".join(self.salutes))
        explicit = [self._says_to(lines[0]) or any(map(self._is_name, lines)) for lines in self.addresses]
        own = False  # whether one of them was the sender's
        for at, lines in enumerate(self.addresses):
            head, later = names(lines[0]), any(explicit[at + 1 :])
            if explicit[at] or (head & greeted and not head & signed):
                is_own = False
            elif self.words.by_whom.match(lines[0]) or head & signed or later:
                is_own = True
            else:
                town = is_town(lines[0].split(",")[0], self.code)
                is_own = (
                    town
                    or not names_person(lines[0], self.code)
                    or (at + 1 < len(self.addresses) and not own)
                )
            own = own or is_own
            yield lines, is_own
        for lines in self.closing_addresses:
            if self.words.redirected.match(lines[0]) or self.words.transmitted.match(lines[0]):
                continue  # by what way it went, and no address
            labelled = lines in self.labelled
            presented = labelled or (is_han(self.code) and not self.words.own_address.match(lines[0]))
            yield lines, not presented and not self._says_to(lines[0]) and not names(lines[0]) & greeted

    def _says_to(self, line: str) -> bool:
        said = self.words.to_whom.match(line) or self.words.honorific.match(line)
        return bool(said or wired_to(line, self.code))

    def _is_name(self, line: str) -> bool:
        """Tell whether a line is the addressee’s name in the dative."""
        return bool(formula(self.code, "to_name").match(line))


def names(text: str) -> frozenset[str]:
    """Give the words of a text that a name may share with another."""
    return frozenset(
        word.casefold() for word in _WORD.findall(text) if word[0].isupper() or IDEOGRAPH.match(word)
    )


def _own(letter: etree._Element, tag: str) -> Iterator[etree._Element]:
    for element in letter.iter(tei(tag)):
        if next(element.iterancestors(tei("floatingText")), None) is None:
            yield element


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _texts(elements: Iterator[etree._Element]) -> tuple[str, ...]:
    return tuple(text for element in elements if (text := content(element)))


def _salutes(letter: etree._Element, code: str) -> tuple[str, ...]:
    """Give the salutations; of one that is written on two lines in Chinese, each names somebody else."""
    found = [salute for salute in _own(letter, "salute") if local(_parent(salute)) == "opener"]
    if is_han(code):
        return tuple(line for salute in found for line in _written_lines(salute))
    return _texts(iter(found))


def _written_lines(element: etree._Element) -> list[str]:
    """Give the lines that an element was written in."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            parts += ["\n" * (local(node) == "lb" and node.get("break") != "no"), node.text or ""]
        elif node is not element:
            parts.append(node.tail or "")
    return [" ".join(line.split()) for line in "".join(parts).split("\n") if line.strip()]


def _is_labelled(address: etree._Element) -> bool:
    first = content(address).partition("\n")[0]
    return without_label(first) != first.strip()


def _lines(address: etree._Element) -> tuple[str, ...]:
    lines = [text for line in address.iter(tei("addrLine")) if (text := content(line))]
    lines[:1] = filter(None, map(without_label, lines[:1]))
    if len(lines) > 1 and len(lines[0]) <= _TO_ALONE:
        lines[:2] = [f"{lines[0]} {lines[1]}"]
    return tuple(lines)
