"""The script of a text against that of its language (LNG004)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from lxml import etree

from teipress.checks.subject import Subject
from teipress.document import LANG, TEI, local, tei
from teipress.finding import Finding

#: The scripts by the first word of their characters' names in Unicode.
_NAMED: Final = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "ARABIC": "Arab", "CJK": "Hani",
    "HIRAGANA": "Kana", "KATAKANA": "Kana", "HANGUL": "Hang", "ARMENIAN": "Armn", "GEORGIAN": "Geor",
    "DEVANAGARI": "Deva", "COPTIC": "Copt", "SYRIAC": "Syrc", "ETHIOPIC": "Ethi", "THAI": "Thai", "TIBETAN": "Tibt",
    "MONGOLIAN": "Mong", "BENGALI": "Beng", "TAMIL": "Taml", "GOTHIC": "Goth", "BOPOMOFO": "Bopo", "RUNIC": "Runr",
}  # fmt: skip
#: What a script's code in a tag stands for, where that is several.
_MADE_OF: Final = {
    "Hans": {"Hani"}, "Hant": {"Hani"}, "Jpan": {"Hani", "Kana"}, "Kore": {"Hang", "Hani"}, "Hira": {"Kana"},
    "Hrkt": {"Kana"}, "Latf": {"Latn"}, "Latg": {"Latn"}, "Cyrs": {"Cyrl"}, "Hanb": {"Hani", "Bopo"},
    "Mtei": {"Mtei"}, "Aran": {"Arab"}, "Syrn": {"Syrc"}, "Syrj": {"Syrc"}, "Syre": {"Syrc"},
}  # fmt: skip
_ENGLISH: Final = {
    "Latn": "Latin", "Cyrl": "Cyrillic", "Grek": "Greek", "Hebr": "Hebrew", "Arab": "Arabic", "Hani": "Chinese",
    "Kana": "Japanese", "Hang": "Korean", "Armn": "Armenian", "Geor": "Georgian",
}  # fmt: skip
#: A language to show as an example of each script.
_EXAMPLE: Final = {
    "Cyrl": "ru", "Grek": "grc", "Hebr": "he", "Arab": "ar", "Hani": "zh", "Kana": "ja", "Hang": "ko", "Latn": "en",
}  # fmt: skip
#: All bytes but those that characters of other scripts than Latin begin with in UTF-8.
_LATIN_BYTES: Final = bytes({*range(256)} - {*range(0xCE, 0xE2), *range(0xE3, 0xEE), 0xF0})
#: Bytes that only letters of a script begin with in UTF-8, but for the Greek marks that follow.
_SURE: Final = {
    "Latn": bytes(each for each in range(128) if chr(each).isalpha()), "Grek": b"\xce", "Cyrl": b"\xd0\xd1",
    "Hani": bytes(range(0xE5, 0xEA)),
}  # fmt: skip
_GREEK_MARKS: Final = "\u0380\u0381\u0382\u0383\u0384\u0385\u0387\u038b\u038d\u03a2"
#: Elements that have all of a text inside.
_WHOLE: Final = frozenset({"TEI", "teiCorpus", "text", "group", "front", "body", "back", "div", "standOff"})
#: Elements whose text is in no language.
_NO_TEXT: Final = frozenset(
    tei(name)
    for name in (
        *("teiHeader", "code", "formula", "idno", "num", "measure", "egXML", "eg", "gi", "att", "val", "tag"),
        *("g", "foreign", "ident", "biblScope"),
    )
)
_FEWEST: Final = 10  # letters
_MANY: Final = 25
_SHARE: Final = 0.25


class _Stretch(NamedTuple):
    """All text that one element gives its language, or one piece of it."""

    element: etree._Element
    tag: str
    text: str


def misfits(subject: Subject, scripts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a finding for text in another script than its language tag, one of `scripts`, allows.

    Latin letters in a text of another script are often names and abbreviations, and Greek ones in a Latin text
    symbols: nothing is said of a few letters, or where the language's own script has its share.
    """
    if not scripts or not _worth_a_look(subject, scripts):
        return
    told: dict[tuple[str, str], tuple[etree._Element, int]] = {}
    for owner, pieces in _by_language(subject.root).items():
        tag = owner.get(LANG, "")
        if tag not in scripts:
            continue
        right = _made_of(scripts[tag])
        other = _other("".join(piece.text for piece in pieces), right, _FEWEST)
        if other:
            told.setdefault((tag, other), (owner, 0))
            continue
        for piece in pieces:
            if other := _other(piece.text, right, _MANY):
                first, times = told.get((tag, other), (piece.element, 0))
                told[tag, other] = first, times + 1
    for (tag, other), (element, times) in told.items():
        yield _finding(subject, element, tag, other, times)


def _worth_a_look(subject: Subject, scripts: Mapping[str, str]) -> bool:
    """Tell whether some letters may be out of place; by bytes, for to look at each letter takes long."""
    data = subject.survey.data
    beyond = _beyond(data[max(0, data.find(b"<text")) :])
    inside = 0
    for number, _, tag in subject.survey.attributes.get(LANG, ()):
        if scripts.get(tag, "Latn") != "Latn":
            element = subject.survey.element(number)
            text: Any = etree.tostring(element, encoding="unicode", method="text", with_tail=False)
            if local(element) not in _WHOLE and _other(text, _made_of(scripts[tag]), _FEWEST):
                return True
            inside += _beyond(text.encode())
    return beyond - inside >= _FEWEST or any(
        local(subject.survey.element(number)) in _WHOLE
        for number, _, tag in subject.survey.attributes.get(LANG, ())
        if scripts.get(tag, "Latn") != "Latn"
    )


def _beyond(data: bytes) -> int:
    """Count the characters of other scripts than Latin."""
    return len(data.translate(None, _LATIN_BYTES))


def _made_of(script: str) -> set[str]:
    return _MADE_OF.get(script, {script})


def _finding(subject: Subject, element: etree._Element, tag: str, other: str, times: int) -> Finding:
    name = _ENGLISH.get(other, other)
    again = f" ({times} places; here first)" if times > 1 else ""
    message = f'the text of <{local(element)}> is in {name} letters, but its language is "{tag}"{again}'
    plain = tag.partition("-")[0]
    remedy = f"give it the xml:lang of its language, such as {_EXAMPLE.get(other, f'{plain}-{other}')}"
    if other == "Latn":
        remedy = f'give it the xml:lang of its language; "{plain}" written in Latin letters is "{plain}-Latn"'
    return subject.finding(element, "LNG004", "warning", message, remedy)


def _other(text: str, right: set[str], fewest: int) -> str:
    """Name the script that a text is in, where it is not one of those that are right."""
    if len(text) < fewest or ("Latn" in right and text.isascii()) or _plainly(text, right):
        return ""
    counts: Counter[str] = Counter()
    for character, number in Counter(text).items():
        if character.isalpha():
            counts[_script(character)] += number
    letters = counts.total()
    if letters < fewest or sum(counts[script] for script in right) >= _SHARE * letters:
        return ""
    script, number = counts.most_common(1)[0]
    return script if script and number > letters / 2 else ""


def _plainly(text: str, right: set[str]) -> bool:
    """Tell whether a text has its share of the right letters, as soon as its bytes can tell."""
    sure = b"".join(_SURE.get(script, b"") for script in right)
    if not sure:
        return False
    letters = len(text.encode("utf-8", "replace").translate(None, bytes({*range(256)} - {*sure})))
    return letters - sum(map(text.count, _GREEK_MARKS)) >= _SHARE * len(text)


@cache
def _script(character: str) -> str:
    return _NAMED.get(unicodedata.name(character, "").partition(" ")[0], "")


def _by_language(root: etree._Element) -> dict[etree._Element, list[_Stretch]]:
    """Give the pieces of text of every element that has a language of its own."""
    found: dict[etree._Element, list[_Stretch]] = {}
    owners: dict[etree._Element, etree._Element | None] = {}
    for element in root.iter(f"{{{TEI}}}*"):
        parent = element.getparent()
        above = owners.get(parent) if parent is not None else None
        owner = element if LANG in element.attrib else None if element.tag in _NO_TEXT else above
        owners[element] = owner
        if owner is not None and element.text and not element.text.isspace():
            found.setdefault(owner, []).append(_Stretch(element, "", element.text))
        if above is not None and element.tail and not element.tail.isspace() and parent is not None:
            found.setdefault(above, []).append(_Stretch(parent, "", element.tail))
    return found
