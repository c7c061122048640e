"""Chinese opera: who speaks stands in brackets with what is done, and songs under the names of their tunes.

A label is `（正旦云）`, `〔旦〕` or `〔貼取鏡臺衣服上〕`: a type of role or a person, then verbs; one that ends with
a verb of speaking or singing, or after which words follow, opens a speech. `【滾繡球】` heads a song
(Guidelines 7.2, 6.2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from teipress.drafting.lines import Line
from teipress.drafting.speakers import Label
from teipress.scripts import HAN

_BRACKETS: Final = "（(〔[［【"
_BRACKETED: Final = re.compile(
    rf"^[（(〔\[［【](?P<inside>[{HAN}][^（）()〔〕\[\]［］【】]{{0,60}})[）)〕\]］】]"
)
_TYPE: Final = (
    r"(?:[正副老小貼贴沖冲外大二花武禾]?(?:旦|末|生|[淨净]|丑|外|貼|贴)[兒儿]?|[眾众]|[內内]|卜[兒儿]|孤|合)"
)
_SPEAKS: Final = r"(?:(?:[詩诗詞词][云曰]?|[對对]?[唱云曰白念道說说]|[帶带]云|背云|回云)[科介]?)"
_DOES: Final = (
    r"[上下云曰唱白念道說说做同領领引帶带取見见哭笑怒醒睡悲驚惊背低拜跪扶指看聽听打扮"
    r"與与作向對对回又隨随持提執执捧]"
)
_NAME: Final = re.compile(rf"^(?P<name>{_TYPE}(?:扮[{HAN}]{{1,6}}?)?|[{HAN}]{{2,4}}?)(?={_DOES}|[，。　 ]|$)")
_SPOKEN: Final = re.compile(rf"{_SPEAKS}[：:]?$")
_SUNG: Final = re.compile(rf"唱(?:[{HAN}]{{0,3}}[皮黃黄板腔調调])?$")
_RECITED: Final = re.compile(r"[詩诗詞词][云曰]?$")
_ROLE: Final = re.compile(rf"^{_TYPE}$")
_TUNE: Final = re.compile(r"^【(?P<inside>[^【】]{1,20})】")
_ROLE_ACTS: Final = re.compile(rf"^{_TYPE}(?:[、]{_TYPE})*(?:扮[{HAN}]{{1,6}})?(?:同)?{_DOES}")
_LEAST: Final = 3  # labels, of two speakers


def tune(text: str) -> str:
    """Give the name of the tune in brackets that a row begins with; "" where it begins with none."""
    match = _TUNE.match(text) if text[:1] == "【" else None
    if not match or _SPOKEN.search(match["inside"]) or _ROLE_ACTS.match(match["inside"]):
        return ""
    return match[0]


def opening(text: str) -> str:
    """Give the direction in brackets that a row begins with: `〔行介〕`, `（白）`; "" for none."""
    match = _BRACKETED.match(text) if text[0] in _BRACKETS else None
    return match[0] if match and not tune(text) else ""


def manner(direction: str) -> str:
    """Say how words are delivered after a direction, by its last ones: "sung", "recited", "spoken"; "" for none."""
    if not direction:
        return ""
    inside = direction.strip("（）()〔〕[]【】。：: ")
    if _SUNG.search(inside):
        return "sung"
    if _RECITED.search(inside):
        return "recited"
    return "spoken" if _SPOKEN.search(inside) else ""


def labels(rows: Sequence[Line]) -> dict[int, Label]:
    """Give the rows that open a speech in the manner of Chinese opera, by their index; nothing for other plays."""
    matches = {
        at: match
        for at, row in enumerate(rows)
        if (match := _BRACKETED.match(row.text)) and not tune(row.text)
    }
    if len(matches) < _LEAST:
        return {}
    names = {at: name for at, match in matches.items() if (name := _NAME.match(match["inside"]))}
    speaking = Counter(
        name["name"]
        for at, name in names.items()
        if _SPOKEN.search(matches[at]["inside"])
        or (matches[at]["inside"] == name["name"] and _ROLE.match(name["name"]))
    )
    roles = {name["name"] for name in names.values() if _ROLE.match(name["name"])}
    if not speaking or len(set(speaking) | roles) < 2:
        return {}
    found = {
        at: _label(matches[at], name)
        for at, name in names.items()
        if (name["name"] in speaking or name["name"] in roles) and _opens(rows, at, matches, name["name"])
    }
    return found if len(found) >= _LEAST else {}


def _label(match: re.Match[str], name: re.Match[str]) -> Label:
    """Give the label: the bracket and the name, then the verbs as a direction."""
    inside = match["inside"]
    whole = name["name"] == inside
    aside = match.end() if whole else match.start("inside") + name.end("name")
    return Label(name["name"], aside, match.end(), False)


def _opens(rows: Sequence[Line], at: int, matches: dict[int, re.Match[str]], name: str) -> bool:
    """Tell whether a row in brackets opens a speech: words follow it, or it says that someone speaks or sings."""
    inside = matches[at]["inside"]
    if rows[at].text[matches[at].end() :].strip():
        return bool(_SPOKEN.search(inside)) or inside == name or len(inside) <= 12
    follows = at + 1 < len(rows) and at + 1 not in matches
    if not follows:
        return False
    return bool(_SPOKEN.search(inside)) or rows[at + 1].gap <= 0
