"""Who sent a letter, and to whom: names without the titles and courtesies around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from teipress.correspondence import hannames
from teipress.correspondence.sheet import Sheet
from teipress.drafting.addresses import wired_to
from teipress.drafting.datelines import is_town, names_person
from teipress.drafting.formulas import formula, formulas, in_new_spelling
from teipress.drafting.hanwords import is_han
from teipress.drafting.signatures import is_styled
from teipress.languages import codes, language
from teipress.names.lexicon import lexicon
from teipress.scripts import UPPER

_WORDS: Final = re.compile(r"[^\W\d_][\w.’'-]*")
_WORDS_OF_FIRM: Final = re.compile(rf"{_WORDS.pattern}|&(?= )")
_PARTICLES: Final = frozenset(
    ["de", "du", "des", "von", "van", "zu", "d", "la", "le", "der", "di", "da", "del", "della"]
)
_EDGES: Final = " .,:;–—-()[]=+»«!\n　"
#: An office in brackets after a name, or after a comma.
_ROLE_AFTER: Final = re.compile(r"\s*[(\[][^()\[\]]{3,40}[)\]]\W*$")
_OF: Final = re.compile(r"(?:de|du|des|d[’']|of|der|della|del)\b")
#: “To my deare Brother Mr. Thomas Harcourt”.
_KIN: Final = re.compile(
    r"(?:my|his|her|our)\s(?:\w+\s){1,4}?"
    r"(?=(?:Mr|Mrs|Sir|Lady|Lord|Dr|Capt(?:ain)?|Col(?:onel)?|Mai?st(?:er|re)|Mistress|Madam)\b)"
)
#: What styles are known by: “Allerdurchlauchtigster”, “Ill.mo”, “Wohledler”.
_STYLE: Final = re.compile(
    r"\w+(?:ейш|айш)(?:ий|ая|ие|его|ему)|(?:aller|hoch|wohl|woll|edel|groß)\w{4,}|gestrenger?|ehrenfester?|\w+\.(?:mo|ma|r|ra|mi|rone)",
    re.IGNORECASE,
)
#: What stands around a name in “To this the peasant Ivan Petrov has put his hand”.
_SMALL_AROUND: Final = re.compile(r"^(?:[а-яёѣі]+\s+)+(?=[А-ЯЁѲІ])|(?<=\w)(?:\s+[а-яёѣі]{3,})+$")
_AND: Final = re.compile(rf"\s+(?:und|and|et|u\.|y|e|и)\s+(?={UPPER})")
_INITIALS: Final = re.compile(r"^(?:[^\W\d_]\.?\s*){1,3}$")
_BRIEF: Final = 4  # letters of a name too short to tell whether another is a case of it
_NAMED: Final = 5  # lines of an address in which a name stands
_INITIAL: Final = re.compile(r"(?:^|[\s.])[^\W\d_]$")  # whose stop is a part of the name
_WHOLE: Final = re.compile(r"[^\W\d_]{4}\.$")  # a name of this length is not cut short
_INITIALLED: Final = re.compile(rf"(?:{UPPER}\.\s?){{1,3}}{UPPER}[\w’'-]+$")
_ARTICLE: Final = re.compile(
    rf"^(?:(?:the|die|das|den|der|le|la|les|il|lo|el|los|las)\s+|l[’']\s?)(?=(?-i:{UPPER}))",
    re.IGNORECASE,
)
#: “Dem Hochedlen und Vesten Herrn Johann Keller”.
_STYLED: Final = re.compile(
    r"^(?:dem|der|den|denen)\s(?:[\w.,]+\s){0,7}?(?=(?:herrn|frau|jungfrau|fräulein)\b)", re.IGNORECASE
)
_HONOUR: Final = re.compile(
    r"^(?:the )?(?:(?:right|rt|very|most)\.? )*(?:hon(?:ou?rable)?|rev(?:erend)?|noble)\b\.?,?\s+",
    re.IGNORECASE,
)


def senders(sheet: Sheet) -> tuple[str, ...]:
    """Give who sent a letter: whom its heading names, else who signed it."""
    if is_han(sheet.code):
        return hannames.senders(sheet)
    signed = list(_signatures(sheet))
    by_office = formula(sheet.code, "by_office").match(sheet.heading.sender)
    if sheet.heading.sender and not (by_office and signed):
        said = sheet.heading.sender
        return next(((name,) for name in signed if _is_inflected(name, said)), (said,))
    own, _ = addressee(sheet.own_address, sheet)
    if own and sheet.words.by_whom.match(sheet.own_address[0]):
        whole = " ".join(sheet.own_address)
        same = [name for name in signed if _is_of(name, whole) and not _stands_for(name, own)]
        return tuple(same) or (own,)
    if own and (not signed or (len(signed) == 1 and _stands_for(signed[0], own))):
        return (own,)
    if not signed and sheet.said.sender:
        return (addressed(f"to {sheet.said.sender}", sheet) or sheet.said.sender,)
    return tuple(dict.fromkeys(signed))


def _is_of(name: str, text: str) -> bool:
    """Tell whether a text gives a name in another case: “Степанъ Нечипоренко”, “Степана Григорьева Нечипоренко”."""
    stems = [word[: max(4, len(word) - 2)].casefold() for word in _WORDS.findall(name) if len(word) > 3]
    return any(word.casefold().startswith(tuple(stems)) for word in _WORDS.findall(text)) if stems else False


def _is_inflected(name: str, said: str) -> bool:
    """Tell whether a heading gives a name in another case, or more of it: “Я. Гротов”, “Письмо Я. К. Гротова”."""
    words, given = name.casefold().split(), said.casefold().split()
    if len(words) < len(given):
        surname, other = words[-1].strip(_EDGES), given[-1].strip(_EDGES)
        return len(surname) > _BRIEF and surname != other and _differ_at_the_end(surname, other)
    return len(words) == len(given) and all(map(_differ_at_the_end, words, given))


def _differ_at_the_end(one: str, other: str) -> bool:
    """Tell whether two words are alike but for the last three letters of the longer one."""
    alike = max(1, len(one) - 3, len(other) - 3)
    return one[:alike] == other[:alike]


def recipients(sheet: Sheet) -> tuple[str, ...]:
    """Give to whom a letter went: whom its heading names, else its address, else its salutation."""
    if is_han(sheet.code):
        return hannames.recipients(sheet)
    if recipient := sheet.heading.recipient:
        whole = bool(sheet.heading.sender)
        return (recipient if whole else addressed(f"to {recipient}", sheet) or recipient,)
    named, _ = addressee(sheet.other_address, sheet)
    if named:
        return (named,)
    saluted = [
        name
        for salute in sheet.salutes
        if (name := _named(salute, sheet.code, saluted=True, small=sheet.small))
    ]
    if not saluted and sheet.greeted_within:
        return (sheet.greeted_within,)
    if not saluted and sheet.said.recipient:
        return (addressed(f"to {sheet.said.recipient}", sheet) or sheet.said.recipient,)
    return tuple(saluted[:1])


# The signature.


def _signatures(sheet: Sheet) -> Iterator[str]:
    """Give the names of those who signed: each line that is no office, no place and no title."""
    if hands := [
        match["sender"] for line in sheet.signed if (match := formula(sheet.code, "set_hand").match(line))
    ]:
        yield from (name for hand in hands if (name := _named(hand, sheet.code)))
        return
    signed = [line for line in sheet.signed if not sheet.words.attests.match(line)]
    office = sheet.words.office
    going_on = {
        b for a, b in pairwise(signed) if a.endswith(",") and not office.search(a)
    }  # says who that is
    lines = [_signature(line, sheet) for line in signed if line not in going_on or line == signed[0]]
    own = [line for line in lines if line]
    own = [line for line in own if not is_town(line, sheet.code) and not line.endswith("的")]  # “想念你的”
    persons = [line for line in own if not _is_aside(line, sheet)]
    persons = [line for line in persons if line.casefold() not in _address_words(sheet.code)] or persons
    others = [line for line in own if not (sheet.words.on_behalf.match(line) or office.search(line))]
    for at, line in enumerate(persons or others[:1] or own[:1]):
        if at == 0 or (_is_person(line, sheet) and not _says_what_one_is(persons[at - 1], line, sheet)):
            yield from _AND.split(line) if _is_list(line, sheet) else [line]


def _signature(line: str, sheet: Sheet) -> str:
    name = _without_role(line, sheet)
    if found := sheet.words.in_office(name):
        return found
    if name[:1].islower() and (initialled := _INITIALLED.search(name)):
        return initialled[0]  # an office goes on in the line: “по иностранным делам Л. Карелин”
    if ranked := formula(sheet.code, "ranked").match(line):
        return ranked["name"].strip()
    while (rest := sheet.words.signed.sub("", name).strip(_EDGES)) != name:
        name = _SMALL_AROUND.sub("", rest)
    if match := sheet.words.signing(name):
        name = match["name"].strip(_EDGES)
    titles = _address_words(sheet.code)
    whole = bool(sheet.words.office.match(name)) and len(name.split()) > 2  # “председатель исполкома Бутенко”
    while (
        not whole
        and " " in name
        and len(name.split()[0]) > 2
        and name.split()[0].casefold().strip(".") in titles
    ):
        name = name.partition(" ")[2]
    if all(part.casefold().strip(".,") in titles or sheet.words.leads_up(part) for part in name.split()):
        return ""  # “Euer Vater” names nobody
    if _INITIAL.search(name) and f"{name}." in line:
        name += "."
    return name if any(map(str.isalpha, name)) else ""


def _without_role(line: str, sheet: Sheet) -> str:
    """Give a signature without the office after it: “Jno. Maddox, Churchwarden”, “Ruth Danziger (Treasurer)”."""
    name = _ROLE_AFTER.sub("", line).strip(_EDGES)
    before, comma, role = name.rpartition(", ")
    if comma and is_styled(name) and sheet.words.office.search(before):
        return role.strip(_EDGES)  # “Le général de division, comte Renier”
    office = sheet.words.office.match(role)  # after it a first name alone is one: “Edward, Bishop of Lincoln”
    named = " " in before and not names_person(role, sheet.code)
    if comma and (named or office) and len(role.split()) <= 4:
        return before.strip(_EDGES)
    return name


def _is_aside(line: str, sheet: Sheet) -> bool:
    """Tell whether a signature's line is an office, a place or the firm that one signs for."""
    words = sheet.words
    if words.on_behalf.match(line) or _ARTICLE.match(line):
        return True
    return bool(words.office.search(line)) and not any(
        word.casefold() in lexicon(sheet.code).given for word in line.split()
    )


def _is_person(line: str, sheet: Sheet) -> bool:
    parts = line.split()
    if re.search(r"\d", line) or len(parts) > 5 or len(line) > 50:
        return False
    return all(
        part[0].isupper() or part.lower() in (*_PARTICLES, "und", "and", "et", "и", "&") for part in parts
    )


def _says_what_one_is(above: str, line: str, sheet: Sheet) -> bool:
    """Tell whether one word below a full name is what its bearer is: “Johann Kretzschmar / Gerichtshalter”."""
    return (
        len(above.split()) > 1
        and " " not in line.strip()
        and not names_person(line, sheet.code)
        and len(line) > 4
    )


def _is_list(line: str, sheet: Sheet) -> bool:
    return bool(_AND.search(line)) and len(line.split()) <= 7 and not sheet.words.office.search(line)


def _stands_for(short: str, full: str) -> bool:
    """Tell whether a short signature is that of a full name: its initials, or one of its words."""
    words = [word.casefold() for word in _WORDS.findall(full)]
    parts = [part.casefold().rstrip(".") for part in _WORDS.findall(short)]
    return bool(parts) and all(any(word.startswith(part) for word in words) for part in parts)


# The address and the salutation.


def addressee(lines: tuple[str, ...], sheet: Sheet) -> tuple[str, int]:
    """Give the name in an address and its line: the first, or the next where that is a title alone."""
    for at, line in enumerate(lines[:_NAMED]):
        if (named := formula(sheet.code, "to_name").match(line)) or (
            named := _titled_below(lines, at, sheet)
        ):
            return named["recipient"], at
    for at, line in enumerate(lines[:3]):
        if at + 1 < len(lines) and _goes_on(line, lines[at + 1], sheet):
            return addressed(f"{line} {lines[at + 1]}", sheet), at + 1
        if name := addressed(line, sheet):
            return name, at
        if sheet.words.house.search(line) or re.search(r"\d", line):
            break
    return "", 0


def _titled_below(lines: tuple[str, ...], at: int, sheet: Sheet) -> re.Match[str] | None:
    """Find the name below the line of an office: “Народному комиссару просвещения / тов. А. В. Луначарскому”."""
    honoured = sheet.words.honorific.match(lines[at]) or sheet.words.to_whom.match(lines[at]) if at else None
    return formula(sheet.code, "to_name").match(lines[at][honoured.end() :].strip()) if honoured else None


def _goes_on(line: str, below: str, sheet: Sheet) -> bool:
    """Tell whether an office goes on in the line below: “Monsieur le Directeur / de la Banque”."""
    last = line.split()[-1]
    if _says_office(line, sheet) and _is_person(below, sheet):
        return not is_town(below, sheet.code) and not sheet.words.house.search(below)
    return bool(sheet.words.office.match(last)) and last == last.strip(",.;") and bool(_OF.match(below))


def _says_office(line: str, sheet: Sheet) -> bool:
    """Tell whether a line of an address ends with an office, so that the one who holds it is named below."""
    office = sheet.words.office.search(line)
    return office is not None and office.end() >= len(line.rstrip(_EDGES)) and not line.endswith(".")


def addressed(line: str, sheet: Sheet) -> str:
    """Give whom a line of an address names: a person, or the office of one; "" where it names none."""
    if wired := wired_to(line, sheet.code):
        return wired["recipient"]
    to_whom = sheet.words.to_whom.match(line) or _TO.match(line)
    rest = _without_to(line) if to_whom else line
    rest = sheet.words.by_whom.sub("", rest).strip()
    rest = _HONOUR.sub("", _STYLED.sub("", rest))
    if (honoured := sheet.words.honorific.match(rest)) and rest[: honoured.end()].strip().lower() in (
        "г.",
        "гг.",
    ):
        rest = rest[honoured.end() :].strip()
    if to_whom and _KIN.match(rest):
        rest = _KIN.sub("", rest)
    if to_whom and _INTO.match(line):
        return rest.split(",")[0].strip(_EDGES)
    if _ARTICLE.match(rest) and to_whom:
        return rest.split(",")[0].strip(_EDGES)
    if to_whom and rest[:1].islower() and not rest.startswith(tuple(_PARTICLES)):
        return re.split(r",|\s(?:at|in) the\s", rest)[0].strip(_EDGES)
    held = rest.partition(" ")[2]  # “Gefr. H. Wolter” is a person
    named = names_person(held, sheet.code) or re.match(r"[^\W\d_a-zà-ÿа-яё]\.", held)
    if sheet.words.by_whom.match(line) and sheet.words.office.match(rest) and not named:
        return rest.split(",")[0].strip(_EDGES)
    if office := _office(rest, sheet):
        return office
    stop = re.search(r"\d|\b[IVX]{1,5}\b\.?\s", rest)
    name = _named(rest[: stop.start()] if stop else rest, sheet.code)
    kept = name.split()
    while len(kept) > 1 and is_town(kept[-1], sheet.code) and (stop or len(kept) > 3):
        kept.pop()
    return "" if is_town(" ".join(kept), sheet.code) else " ".join(kept)


def _office(phrase: str, sheet: Sheet) -> str:
    """Give the office that is addressed instead of a person, whole: “Director of the Mint”."""
    first, _, rest = phrase.partition(" ")
    while rest.startswith(f"{first} "):  # “A Messieurs / Messieurs les Maire et Échevins”
        rest = rest.partition(" ")[2]
    titled = first.casefold().strip(".") in _address_words(sheet.code) and not sheet.words.office.match(first)
    named = re.split(r",|(?<=[а-яё]{3})\.\s", rest if titled else phrase)[0].strip(_EDGES)
    bare = _ARTICLE.sub("", named)
    is_office = sheet.words.office.match(bare) and " " in bare
    return (
        named if is_office and not names_person(named.split()[-1], sheet.code) and _is_lower_in(named) else ""
    )


def _is_lower_in(phrase: str) -> bool:
    """Tell whether a phrase has common words, as an office has and a name has not."""
    return any(word.islower() and len(word) > 1 for word in phrase.split())


#: A body that a letter goes to: “В Бауманский районный Совет”.
_INTO: Final = re.compile(r"во?\s", re.IGNORECASE)
_TO: Final = re.compile(
    r"^(?:to|for|an|à|au|aux|al|alla|allo|во?(?=\s)|all[’']|ai|a|кому)\s*:?\s+|^[致呈寄]\s*|^收信人[：:]",
    re.IGNORECASE,
)


def _without_to(line: str) -> str:
    return _TO.sub("", line).strip()


@cache
def _address_words(code: str) -> frozenset[str]:
    known = [found for name in ([code] if language(code) else codes()) if (found := language(name))]
    return frozenset(word for item in known for word in item.letter.get("address", "").split())


def _named(phrase: str, code: str, *, saluted: bool = False, small: bool = False) -> str:
    """Give the name in a salutation or an address: its words without titles and terms of endearment.

    Some write everything with small letters: “liebe lotte”.
    """
    if formulas(code).style.fullmatch(phrase.strip(_EDGES)):
        return ""
    if "," in phrase and " & " not in phrase:
        names = (_named(part, code, saluted=saluted, small=small) for part in phrase.split(","))
        return next(filter(None, names), "")
    kept: list[str] = []
    for word in _words_of(phrase, code) if saluted else _WORDS_OF_FIRM.findall(phrase):
        if word == "&":
            kept += [word] * bool(kept)
            continue
        bare = in_new_spelling(word.rstrip("."), code)
        is_title = bare in _address_words(code) or bool(_STYLE.fullmatch(bare))
        if ((word[:1].isupper() or small) and not is_title) or (
            word.lower() in _PARTICLES and (kept or not is_title)
        ):
            kept.append(word)
    while kept and (kept[-1].lower() in _PARTICLES or kept[-1] == "&"):
        kept.pop()
    name = " ".join(_from_given_name(kept, code))
    return name.rstrip(".") if _WHOLE.search(name) else name


def _words_of(phrase: str, code: str) -> list[str]:
    """Give the words of a salutation that may name somebody; its first word has a capital whatever it is."""
    words = _WORDS_OF_FIRM.findall(phrase)
    goes_on = len(words) > 1 and words[1].islower() and words[1] not in _PARTICLES
    known = len(words) > 0 and len(words[0]) > 1 and words[0].lower() in lexicon(code).given
    if goes_on and not known and not phrase.islower():
        words = words[1:]
    office = formulas(code).office
    return [word for word in words if not word.endswith("-") and not office.fullmatch(word)]


def _from_given_name(words: list[str], code: str) -> list[str]:
    """Leave out what stands before a given name: “Schlossermeister Karl Dettmann”."""
    given = lexicon(code).given
    if words and words[0].lower() in given:
        return words
    for at, word in enumerate(words):
        if word.lower() in given and at and not any(_INITIALS.match(other) for other in words[:at]):
            return words[at:]
    return words
