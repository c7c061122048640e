"""The closing of a letter: valediction, signature, dateline, address; a postscript follows it (Guidelines 4.2.2)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from teipress.drafting.addresses import continues_address, is_labelled, is_postal, says_how, says_to_whom
from teipress.drafting.correspondents import names_correspondents
from teipress.drafting.datelines import (
    WORD,
    is_dateline,
    is_name,
    is_whole_date,
    joined,
    names_person,
    says_town,
    small_words,
    without_days,
)
from teipress.drafting.formulas import Formulas, formula
from teipress.drafting.frames import framed
from teipress.drafting.lines import Line
from teipress.drafting.runon import before_postscript, is_given
from teipress.drafting.signatures import has_role, is_styled, may_sign, name_in
from teipress.span import Span

_FOOT: Final = 6  # the most lines of an address below the signature
_WINDOW: Final = 24  # lines in which most closers end
_LED: Final = 200  # the longest paragraph whose sentence the signature ends
_NOTED: Final = 200  # the longest docket
_SHORT: Final = 90  # the longest line that leads up to a signature
_LEADING: Final = 6  # the most lines that lead up to a signature
_CLOSING: Final = '”’"»)]'  # what may stand after the end of a sentence
_AFTER: Final = 4  # the most lines of a postscript that nothing marks as one
_RIGHT: Final = 8  # how far to the right of the text a signature stands
_NOTE: Final = re.compile(
    r"[〔\[（]\d{1,3}[〕\]）]|（[^（）]*）$|〔[^〔〕]{1,8}〕|[A-Z]{2,4}\s?[/:]\s?[A-Za-z]{1,4}$"
)
#: An office with its article, without a name: “Der Königliche Landrath.”, “Le secrétaire général,”.
_OFFICE: Final = re.compile(r"(?:der|die|the|le|la|il|el|l[’'])\s?[^,]+[.,:]?$", re.IGNORECASE)
_ITEM: Final = re.compile(r"(?:[-–—•*·]|\d{1,2}[.)]|[a-z]\))\s")
_REMARK: Final = re.compile(r"^[½¼¾\d(\[*]|^[\W_]+$|^(?:[xX]\s?){2,}$")
_RULES: Final = {
    "salute": "letter.valediction",
    "signed": "letter.signature",
    "dateline": "letter.dateline",
    "addrLine": "letter.address",
}


def is_docket(line: Line, words: Formulas) -> bool:
    """Tell whether a line is a note of those who received or kept the letter: “[Endorsed:] …”, “Read in Council …”."""
    text = line.text
    passed_on = bool(words.forwarded.match(text.lstrip("[(")))
    if words.redirected.match(text.lstrip("[(")) and not passed_on:
        return False
    noted = (
        passed_on or bool(words.docket.match(text.lstrip("[(（〔")) or _NOTE.match(text)) or is_labelled(text)
    )
    return line.within(_NOTED) and (noted or (text.startswith("[") and text.endswith("]")))


class Closing:
    """The closing of a letter whose text begins with the line `body`, and which ends before the line `last`."""

    def __init__(self, lines: Sequence[Line], body: int, last: int, code: str, words: Formulas) -> None:
        self.lines, self.body, self.last, self.code, self.words = lines, body, last, code, words
        #: Nobody signs a note in the third person.
        self.unsigned = words.in_third_person(lines[body : min(body + 2, last)])
        foot = self._foot_address(last)
        self.foot = lines[foot].start if foot < last else sys.maxsize  # where an address at the end starts

    def start(self) -> int:
        """Give the index of the closer's first line; `last` where the letter has none."""
        end = before_postscript(self.lines, self.body, self.last, self.words)
        for at in range(self.body, end):
            if self._opens_closer(at, end):
                return self._led_in(at)
            if at > self.body and end - at <= 8 and self._is_led_up_to(at):
                short = len(self.lines[at - 1].text) <= _SHORT and at - 1 > self.body
                return self._led_in(at - 1) if short else at
        signed = self._signed(end)
        return self._led_in(signed) if signed < end else self.last

    def _is_led_up_to(self, at: int) -> bool:
        return is_name(self.lines[at]) and self.words.leads_up(self.lines[at - 1].text)

    def _opens_closer(self, at: int, end: int) -> bool:
        """Tell whether a valediction stands in a line, and the end of the letter is near."""
        line = self.lines[at]
        if self._names_sender(line):
            return end - at <= _AFTER
        if not self.words.takes_leave(line):
            return False
        if self._speaks(line) and self._leaves_later(at, end):
            return False
        for line in self.lines[at + 1 : min(end, at + 8)]:
            if self._may_sign(line):
                return True
            if len(line.text) > _SHORT:
                return False
            if self._speaks(line) and not self.words.takes_leave(line) and self._signed(end) < end:
                return False  # the text goes on before it is signed
        return end - at <= 5

    def _names_sender(self, line: Line) -> bool:
        """Tell whether a line takes leave with a name at its end: “Остаюсь вашим покорным слугою Степан Рыков.”"""
        if self._name_in(line) == len(line.text):
            return False
        signing = self.words.signing(line.text)
        return bool(signing and signing.start() == 0) or bool(self.words.farewell.search(line.text))

    def _leaves_later(self, at: int, end: int) -> bool:
        """Tell whether a line below leads up to the signature, so that the one above it may belong to the text."""
        below = self.lines[at + 1 : min(end, at + 1 + _LEADING)]
        return any(
            self.words.leads_up(line.text) or (self.words.takes_leave(line) and not self._speaks(line))
            for line in below
        )

    def _led_in(self, at: int) -> int:
        """Give the first of the lines that lead up to a close: “I remain, with every good wish,”."""
        first, farewell = at, False
        while first - 1 > self.body and not farewell:
            line = self.lines[first - 1]
            farewell = not self._leads(line)
            if farewell and not (line.within(_SHORT) and self.words.farewell.search(line.text)):
                break  # but one sentence may take leave above the signature: “Kiss the children for me.”
            first -= 1
            if at - first > _LEADING:
                return at  # verse, or a list, ends in this way too
        return first

    def _leads(self, line: Line) -> bool:
        """Tell whether a line above a close belongs to it: short, and no sentence ends in it."""
        if not line.within(_LED):
            return False
        if line.within(_SHORT) and (self.words.takes_leave(line) or self._dates(line)):
            return True
        if line.within(_SHORT) and line.text.endswith(":") and self.words.on_behalf.match(line.text):
            return True
        return self._stays_open(line) and not _ITEM.match(line.text)

    def _stays_open(self, line: Line) -> bool:
        """Tell whether a line ends without the sign that ends a sentence."""
        return line.text.rstrip(_CLOSING)[-1:].isalnum() or line.text.endswith(",")

    def _signed(self, end: int) -> int:
        """Give the first of the names, or else of the datelines, that a letter ends with; `end` where there is none."""
        at = self._foot_address(end)
        while at - 1 > self.body and end - at < 6 and self._follows_signature(self.lines[at - 1]):
            at -= 1
        for stop in (at, end):
            first = stop
            while first - 1 > self.body and stop - first < 6 and self._may_sign(self.lines[first - 1]):
                first -= 1
            if first < stop:
                return first
        for first in range(end - 1, max(self.body, at - _AFTER), -1):
            if self._signs_by_its_place(first):
                return first
        if all(map(self._dates, self.lines[at:end])):
            return at  # nobody signs a note in the third person
        return end

    def _signs_by_its_place(self, at: int) -> bool:
        """Tell whether a line that is no name as others are signs a letter, for it is short and stands as one does.

        It stands far to the right, or below a line that leads up to it, or it is a name alone, apart from the text.
        """
        line, above, words = self.lines[at], self.lines[at - 1], self.lines[at].text.split()
        if len(words) > 6 or not line.text[0].isalpha() or line.text[-1] in "?!,:;…？！，：；":
            return False
        if self._speaks(line) or self._dates(line) or self._begins_more(line):
            return False
        if at - 1 > self.body and line.indent >= above.indent + _RIGHT:
            return True
        led = at - 1 > self.body and above.within(_SHORT) and self._stays_open(above) and len(words) <= 3
        return led or (self._may_sign(line) and len(words) <= 4)

    def _foot_address(self, end: int) -> int:
        """Give the first line of an address that a letter ends with and that says to whom; `end` where none does."""
        for at in range(max(self.body + 2 - self.unsigned, end - _FOOT), end):
            lines = self.lines[at:end]
            addressed = says_to_whom(lines[0], self.words, self.code) or self._names_greeted(at)
            if (
                addressed
                and all(map(self._in_address, lines))
                and not (len(lines) == 1 and is_labelled(lines[0].text))
            ):
                return at
        return end

    def _names_greeted(self, at: int) -> bool:
        """Tell whether a line below the signature is the full name that the letter greets: “Hannah Pease,”."""
        name, above = self.lines[at].text.partition("\n")[0], self.lines[at - 1]
        if not name.endswith(",") or " " not in name or at - 1 <= self.body or not is_name(above):
            return False
        return any(line.text.rstrip(",.:!").endswith(name[:-1]) for line in self.lines[: self.body])

    def _in_address(self, line: Line) -> bool:
        return (
            len(line.text) <= _SHORT
            and (not self._speaks(line) or says_how(line.text))
            and not self.words.takes_leave(line)
            and (is_labelled(line.text) or not self._begins_more(line))
        )

    def _follows_signature(self, line: Line) -> bool:
        """Tell whether a line may stand below a signature: a date, an address, a remark."""
        if self._dates(line) or (self._is_own_address(line) and line.short):
            return True
        return len(line.text) <= _SHORT and (
            self._says_office(line)
            or is_postal(line, self.code, self.words)
            or says_to_whom(line, self.words, self.code)
            or self._is_remark(line)
        )

    def _says_office(self, line: Line) -> bool:
        """Tell whether a line is an office below a name: “Secretary for Native Affairs.”"""
        return bool(self.words.office.match(line.text)) and not self.words.in_office(line.text)

    def _is_remark(self, line: Line) -> bool:
        return (
            bool(_REMARK.match(line.text)) and len(line.text) <= 60 and not self.words.signed.match(line.text)
        )

    def _may_sign(self, line: Line) -> bool:
        if self._dates(line) or self.words.number.fullmatch(line.text) or self._is_own_address(line):
            return False
        return may_sign(line.text, self.code, self.words)

    # What each line is.

    def roles(self, start: int) -> list[tuple[Line, str]]:
        """Give the lines of the closer with the element that each is, "" for bare text; a postscript ends it."""
        found: list[tuple[Line, str]] = []
        size, settled = _WINDOW, False
        while not settled:  # most closers are short, whatever follows them
            stop = min(start + size, self.last)
            tail = joined(self.lines[start:stop], self.code, surely=True)
            found = self._roles(tail)
            settled = stop == self.last or len(found) + 2 < len(tail)
            size *= 8
        while found and not found[-1][1]:
            found.pop()
        return found

    def _roles(self, tail: Sequence[Line]) -> list[tuple[Line, str]]:
        """Give the roles of the lines of a tail up to the first that has none."""
        found: list[tuple[Line, str]] = []
        before: list[str] = []
        has_name = False
        for at, line in enumerate(tail):
            role = self._role(tail, at, before, has_name)
            if role is None:
                break
            found.append((line, role))
            before.append(role)
            has_name = has_name or role == "signed"
        return found

    def _role(self, tail: Sequence[Line], at: int, before: Sequence[str], has_name: bool) -> str | None:
        line, signed = tail[at], has_name and before[-1] != "salute"
        signed = signed or (
            before[-1:] == ["salute"] and self._name_in(tail[at - 1]) < len(tail[at - 1].text)
        )
        following = tail[at + 1] if at + 1 < len(tail) else None
        if line.start >= self.foot and (has_name or self.unsigned):
            return "addrLine"
        if before and (self._begins_more(line) or (signed and self._greets(line))):
            noted = is_docket(line, self.words) and not has_name
            return "" if noted and any(map(self._may_sign, tail[at + 1 : at + 3])) else None
        if formula(self.code, "set_hand").match(line.text):
            return "signed"
        if not line.short and before:
            return None
        if self._dates(line) or (says_town(line) and following and self._dates(following)):
            return "dateline"
        if signed:
            return self._role_after_signature(line, following, before)
        if before and self._is_own_address(line):
            return "addrLine"
        if before and self._speaks(line) and not self.words.takes_leave(line):
            return None
        if (
            following
            and not signed
            and self.words.leads_up(following.text)
            and not self._is_own_name(following)
        ):
            return "salute"
        if self._is_above_office(line, following) or self._is_own_name(line):
            return "signed"
        if self._is_valediction(line, following):
            return "salute"
        below = tail[at + 1 : at + 1 + _LEADING]
        signed_below = any(self._may_sign(other) or self._name_in(other) < len(other.text) for other in below)
        leaves = self.words.farewell.search(line.text) and line.text.endswith((".", "!"))
        if signed_below and (leaves or self.words.style.match(line.text)):
            return "salute"
        if self._may_sign(line) or self.words.on_behalf.match(line.text):
            return "signed"
        names_below = (
            following is not None and len(following.text.split()) <= 3 and not self._dates(following)
        )
        names_below = names_below and not self._follows_signature(following) if following else False
        return "salute" if signed_below or names_below else "signed"

    def _greets(self, line: Line) -> bool:
        return bool(self.words.greeting(line)) and not is_postal(line, self.code, self.words)

    def _is_above_office(self, line: Line, following: Line | None) -> bool:
        """Tell whether a line that ends with a comma is a signature: an office goes on below it, or it is one."""
        if not line.text.endswith(",") or self.words.takes_leave(line) or not self._may_sign(line):
            return False
        if self._is_courtesy(line):
            return False
        if following and is_name(line) and len(line.text.split()) > 1:
            return True
        office = self.words.office
        below = following is not None and bool(office.match(following.text) or following.text[:1].islower())
        return below or (
            bool(office.search(line.text)) and following is not None and self._may_sign(following)
        )

    def _is_courtesy(self, line: Line) -> bool:
        """Tell whether a line with capitals addresses someone: “Honoured Sir,”, “Your Lordship’s,”."""
        return bool(
            self.words.greeting(line) or self.words.style.match(line.text) or self.words.leads_up(line.text)
        )

    def _is_own_name(self, line: Line) -> bool:
        """Tell whether a line is a name with no more than “Your” before it."""
        name = self._name_in(line)
        return name < len(line.text) and len(line.text[:name].split()) == 1 and self._may_sign(line)

    def _is_valediction(self, line: Line, following: Line | None) -> bool:
        if self.words.takes_leave(line) or self.words.leads_up(line.text) or line.text.endswith(","):
            return True
        greets = following is not None and bool(self.words.greeting(line))
        return greets or self._name_in(line) < len(line.text)

    def _role_after_signature(self, line: Line, following: Line | None, before: Sequence[str]) -> str | None:
        words, code = self.words, self.code
        if words.number.fullmatch(line.text):
            return ""
        if self._is_place(line, following, before):
            return "dateline"
        tells = self._speaks(line) and not words.to_whom.match(line.text)  # “Mr. Fenner says that …”
        way = words.transmitted.match(line.text) or words.redirected.match(line.text)
        addressed = way is not None or (says_to_whom(line, words, code) and not tells)
        if addressed or self._is_own_address(line) or line.start >= self.foot:
            return "addrLine"
        if before[-1] == "addrLine" and continues_address(line, code, words):
            return "addrLine"
        if words.takes_leave(line):
            return "salute" if following and self._may_sign(following) else None
        if self._speaks(line) or line.text.endswith(("?", "!")):
            return None
        if is_postal(line, code, words) and not words.office.search(line.text):
            return "addrLine"
        if self._is_remark(line):
            return ""
        if self._may_sign(line) or words.office.search(line.text):
            return "signed"
        return "signed" if line.gap <= 0 and len(WORD.findall(line.text)) <= 6 else None

    def _is_own_address(self, line: Line) -> bool:
        return bool(self.words.by_whom.match(line.text) or self.words.own_address.match(line.text))

    def _is_place(self, line: Line, following: Line | None, before: Sequence[str]) -> bool:
        """Tell whether a line below the signature is the place of the date beside it."""
        if len(line.text.split()) > 3 or len(line.text) > 24 or names_person(line.text, self.code):
            return False
        if before[-1] != "dateline" and not (following and is_whole_date(following, self.code)):
            return False
        return self._may_sign(line) or says_town(line)

    def _dates(self, line: Line) -> bool:
        """Tell whether a line is a dateline, and not a sentence in which a day is named."""
        if self.words.own_address.match(line.text):
            return False
        if is_dateline(line, self.code) and (
            small_words(line.text) < 4
            or (line.within(_SHORT) and small_words(without_days(line.text, self.code)) < 4)
        ):
            return True
        return line.within(_SHORT) and is_given(line.text, self.words)

    def _speaks(self, line: Line) -> bool:
        """Tell whether a line is a sentence, which no signature is."""
        if (
            not line.text.endswith((".", "!", "?", "。", "！", "？"))
            or has_role(line.text)
            or is_styled(line.text)
        ):
            return False
        small = small_words(line.text)
        return small >= 4 or (small >= 2 and len(line.text.split()) >= 4)

    def _begins_more(self, line: Line) -> bool:
        """Tell whether a line begins a postscript, another document or its enclosure."""
        words = self.words
        if words.postscript.match(line.text) or words.enclosure.match(line.text) or is_docket(line, words):
            return True
        addressed = words.honorific.match(line.text) and line.end == self.lines[self.last - 1].end
        return names_correspondents(line, self.code) and not is_name(line) and not addressed

    # The elements.

    def spans(self, roles: Sequence[tuple[Line, str]]) -> Iterator[Span]:
        """Give the `closer` of lines and their roles."""
        if not roles:
            return
        yield Span(roles[0][0].start, roles[-1][0].end, "closer", rule="letter.closer")
        parts: list[tuple[int, int, str]] = []
        before = ""
        for at, (line, role) in enumerate(roles):
            below = roles[at + 1][1] if at + 1 < len(roles) else ""
            name = self._name_in(line) if role == "salute" and below != "signed" else len(line.text)
            end = line.start + len(line.text[:name].rstrip()) if name < len(line.text) else line.end
            if (
                parts
                and role == before
                and (role == "salute" or (role == "signed" and self._goes_on(line, roles[at - 1][0])))
            ):
                parts[-1] = (parts[-1][0], end, role)
            elif role:
                parts.append((line.start, end, role))
            before = role
            if name < len(line.text):
                parts.append((line.start + name, line.end, "signed"))
                before = "signed"
        yield from framed([Span(*part, rule=_RULES[part[2]]) for part in parts], {"addrLine"}, "address")

    def _goes_on(self, line: Line, above: Line) -> bool:
        """Tell whether a line of a signature says of the one above who that is, and names nobody else."""
        led = above.text.endswith(":") or (
            above.text.endswith(",") and not self.words.office.search(above.text)
        )
        if led or self.words.on_behalf.match(line.text):
            return True
        if has_role(line.text):
            return False
        if self.words.office.search(line.text) or (
            _OFFICE.match(above.text) and self.words.office.search(above.text)
        ):
            return True
        return not is_name(line) and not self._is_remark(line)

    def _name_in(self, line: Line) -> int:
        return name_in(line.text, self.code, self.words)
