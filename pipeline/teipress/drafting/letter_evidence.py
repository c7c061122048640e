"""What marks lines as a letter, whoever has given them no genre."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Final

from teipress.drafting import hansequence, runon
from teipress.drafting.addresses import addresses, parted, says_to_whom
from teipress.drafting.closings import Closing
from teipress.drafting.correspondents import addressed_to, heading, names_correspondents
from teipress.drafting.datelines import PREAMBLE, is_dateline, is_name
from teipress.drafting.formulas import Formulas, formula, formulas
from teipress.drafting.hanwords import is_han
from teipress.drafting.lines import Line
from teipress.drafting.salutations import HEADING, OPENING, greets_by_place, is_prose
from teipress.drafting.sequence import series
from teipress.drafting.signatures import is_wire_signature

_FOOT: Final = 6  # lines at the end that may say who signed and to whom
_GREETED: Final = 8  # the line by which a numbered letter greets someone
_HEAD: Final = 8  # lines at the beginning that may say to whom, and when
_NAMED: Final = 4  # of these, the ones that may say to whom
_LEAVE: Final = 80  # characters at a paragraph's end that may take leave
_TAIL: Final = 16  # lines at the end in which a letter closes


def evidence(lines: Sequence[Line], code: str) -> str:
    """Say what marks these lines as a letter; "" where nothing does."""
    if is_han(code):
        return hansequence.evidence(lines, code)
    words = formulas(code)
    lines = parted(lines, words).lines
    if lines and PREAMBLE.match(lines[0].text):
        return f"it is headed as telegrams are: “{lines[0].text[:40]}”"
    if lines and is_wire_signature(lines[-1].text):
        return f"it is signed as telegrams are: “{lines[-1].text[:40]}”"
    for line in lines[:OPENING]:
        if words.greeting(line):
            return f"it opens with a salutation: “{line.text[:40].rstrip()}”"
        if not line.short:
            break
    if lines and words.open_to.match(lines[0].text) and any(map(words.greeting, lines[1:6])):
        return f"its heading says to whom it is: “{lines[0].text[:40]}”"
    if words.in_third_person(lines[:3]):
        return "it says in the third person from whom to whom it is"
    if _is_form(lines[:4], code, words):
        return f"it says what it is: “{lines[0].text[:40]}”"
    if any(line.short and words.takes_leave(line) for line in lines[-6:]):
        return "it closes with a valediction"
    if any(words.leads_up(a.text) and is_name(b) for a, b in pairwise(lines[-4:])):
        return "it closes with a valediction"
    if len(runon.unrolled(lines[-4:], code, words)) > len(lines[-4:]):
        return "it closes with a valediction"
    if _is_signed_below(lines[-4:], code, words):
        return "it is signed and dated at its end"
    if is_petition(lines[:_HEAD], code):
        return f"it says from whom it comes and to whom it goes: “{lines[0].text[:40]}”"
    for start, stop in addresses(lines, min(len(lines), 5), code, words)[:1]:
        if len(lines) > stop and stop - start > 1:
            return f"it opens with an address: “{lines[start].text[:40]}”"
    return _evidence_of_edges(lines, code, words)


def dated(lines: Sequence[Line], code: str) -> str:
    """Say where lines have the dateline of a letter that says nothing else of itself; "" where they have none."""
    words = formulas(code)
    lines = parted(lines, words).lines
    begun = False
    for at, line in enumerate(lines[: 8 if _ends_officially(lines, code, words) else 4]):
        if not line.short:
            break
        begun = begun or is_prose(line)
        if is_dateline(line, code) and len(lines) > 1 and (not begun or at == len(lines) - 1):
            if begun:
                return "it ends with a dateline"
            return "it opens with a dateline" if at == 0 else "a dateline stands under its heading"
    return ""


def _evidence_of_edges(lines: Sequence[Line], code: str, words: Formulas) -> str:
    """Say what of the beginning and the end together marks a letter, none of which would alone."""
    head = list(takewhile(lambda line: line.within(HEADING), lines[:_HEAD]))
    named = next((line for line in head[:_NAMED] if _names_someone(line, words, code)), None)
    greeted = greets_by_place(lines, code, words)
    if not named and greeted is None:
        return ""
    if named and len(series(lines, code, words)) > 1:
        return f"its parts say who is written to: “{named.text[:40]}”"
    dated = any(is_dateline(line, code) for line in (*head, *lines[-3:]))
    closed = _closes(lines, code, words)
    titled = named is not None and named.text.isupper() and not dated  # “WHAT THE DOCTORS OWE TO QUACKS”
    official = named is not None and named.start == lines[0].start and _is_official(named.text, code)
    if titled or (named is not None) + (greeted is not None) + dated + closed + official < 2:
        return ""
    line = named or lines[greeted or 0]
    return f"it names who is written to, and is dated or signed: “{line.text[:40]}”"


def _closes(lines: Sequence[Line], code: str, words: Formulas) -> bool:
    """Tell whether lines end as a letter does."""
    tail = lines[max(1, len(lines) - _TAIL) :]
    return Closing(tail, 0, len(tail), code, words).start() < len(tail)


def _is_official(text: str, code: str) -> bool:
    """Tell whether a heading names an office that writes to another, or to a person."""
    found = heading(text, code)
    return found is not None and bool(formulas(code).office.search(f"{found.sender} {found.recipient}"))


def _names_someone(line: Line, words: Formulas, code: str) -> bool:
    """Tell whether a line of the head says to whom, or who petitions."""
    if names_correspondents(line, code) or words.petition.match(line.text):
        return True
    return says_to_whom(line, words, code) or bool(addressed_to(line.text, code))


def _is_signed_below(lines: Sequence[Line], code: str, words: Formulas) -> bool:
    """Tell whether a paragraph takes leave in its last words, with a name and a day below it."""
    for text, name, day in zip(lines, lines[1:], lines[2:], strict=False):
        leaves = words.farewell.search(text.text[-_LEAVE:].rpartition(". ")[2])
        if leaves and is_name(name) and len(name.text.split()) <= _NAMED and is_dateline(day, code):
            return True
    return False


def is_petition(lines: Sequence[Line], code: str) -> bool:
    """Tell whether lines are the head of a petition: to whom, and from whom or what it calls itself."""
    words = formulas(code)
    if not any(line.short and says_to_whom(line, words, code) for line in lines[:3]):
        return False
    calls = formula(code, "petitions")
    return any(
        line.within(60) and bool(words.by_whom.match(line.text) or calls.match(line.text)) for line in lines
    )


def _ends_officially(lines: Sequence[Line], code: str, words: Formulas) -> bool:
    """Tell whether the last lines say who signed, or to whom the letter is."""
    last = [line for line in lines[-_FOOT:] if line.short]
    return any(words.signed.match(line.text) or says_to_whom(line, words, code) for line in last)


def heads_letter(line: Line, title: str, code: str) -> bool:
    """Tell whether the first line is a letter's, and no title: it says from whom to whom, or is a dateline itself."""
    return names_correspondents(line, code) or (line.text == title and is_dateline(line, code))


def is_no_diary(lines: Sequence[Line], code: str) -> bool:
    """Tell whether lines that begin with dates are those of letters: someone is written to, and greeted or left."""
    words = formulas(code)
    if not lines:
        return False
    if any(map(words.greeting, lines[:_NAMED])) and _closes(lines, code, words):
        return True  # a letter that goes on from day to day
    numbered = words.number.fullmatch(lines[0].text.strip())
    if numbered and any(line.short and words.greeting(line) for line in lines[1:_GREETED]):
        return True
    return bool(_evidence_of_edges(lines, code, words))


def _is_form(lines: Sequence[Line], code: str, words: Formulas) -> bool:
    """Tell whether lines are the head of a postcard or a telegram: what it is, and to whom or when."""
    if not lines or not lines[0].short or not words.sheet.match(lines[0].text):
        return False
    return any(
        line.short and (is_dateline(line, code) or says_to_whom(line, words, code)) for line in lines[1:]
    )
