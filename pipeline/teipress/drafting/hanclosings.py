"""The closing of a letter in Chinese characters (Guidelines 4.2.2).

Its parts stand on lines of their own, or run on in the last paragraph: 專此布達，敬請台安。弟適頓首。三月初五日。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

from teipress.dates.grammar import grammar
from teipress.drafting import hanwords
from teipress.drafting.datelines import is_dateline, is_town, may_be_town
from teipress.drafting.formulas import Formulas
from teipress.drafting.frames import framed
from teipress.drafting.lines import Line
from teipress.scripts import HAN, IDEOGRAPH
from teipress.span import Span

_MOST: Final = 14  # lines or sentences of a closer
_PART: Final = 60  # the longest of them
_NAMED: Final = 24  # the longest signature that its place alone tells
_ALONE: Final = 6  # the longest where nothing but the text stands beside it
_PROSE: Final = 10  # characters of a line of prose, at least
_TAIL: Final = 200  # characters at the end of a paragraph that may hold the closer
_PRESENTED: Final = re.compile(
    "(?:此致|此上|謹致|谨致|此呈|右呈|此令|謹呈|谨呈|謹上|右照會|右照会|照會|此咨|右咨|右諭|右仰|致|上)[：:，,]?$"
)
#: “At the right, to”: what a copy of an office’s letter says before whom it is to.
_RIGHT: Final = re.compile("右[照咨移諮諭谕仰呈札致][會会呈知]?[：:]?$")
_REMARK: Final = re.compile(r"^[（(〔\[][^）)〕\]]{1,16}[）)〕\]]$")
#: What an office says that it sends with the letter, above its signature.
_ENCLOSED: Final = re.compile("附[^，。：:]{1,24}[件份紙纸張张本冊册枚頁页種种]")
_SENTENCE: Final = re.compile(r"[^。！？!?　 \n]+[。！？!?]*[　 \n]*")
_CLAUSE: Final = re.compile(r"(?<=[，、；,])")
#: The day of a telegram by its rhyme, with the month by its branch: 篠, 寒印, 子東.
_RHYMED: Final = re.compile(
    rf"[子丑寅卯辰巳午未申酉戌亥]?(?P<rhyme>[{HAN}])(?:[子丑寅卯辰巳午未申酉戌亥][{HAN}]?)?[印叩]?。?"
)
_RULES: Final = {
    "salute": "letter.valediction",
    "signed": "letter.signature",
    "dateline": "letter.dateline",
    "addrLine": "letter.address",
}


class HanClosing:
    """The closing of a letter whose text begins with the line `body`, and which ends before the line `last`."""

    def __init__(self, lines: Sequence[Line], body: int, last: int, code: str, words: Formulas) -> None:
        self.lines, self.body, self.last, self.code, self.words = lines, body, last, code, words

    def start(self) -> int:
        """Give the index of the closer's first line; `last` where the letter has none."""
        end = before_postscript(self.lines, self.body, self.last)
        found = self.last
        for at in range(end - 1, max(self.body, end - _MOST - 1) - (self.body == 0), -1):
            line = self.lines[at]
            if at < self.body or len(line.text) > _PART:
                break
            if roles_of([other.text for other in self.lines[at:end]], self.code):
                found = at
        return found

    def roles(self, start: int) -> list[tuple[Line, str]]:
        """Give the lines of the closer with the element that each is, "" for bare text; a postscript ends it."""
        if start >= self.last:
            return []
        end = before_postscript(self.lines, start, self.last)
        own = list(self.lines[start:end])
        return list(zip(own, roles_of([line.text for line in own], self.code) or [], strict=False))

    def spans(self, roles: Sequence[tuple[Line, str]]) -> Iterator[Span]:
        """Give the `closer` of lines and their roles; a valediction on several lines is one."""
        if not roles:
            return
        yield Span(roles[0][0].start, roles[-1][0].end, "closer", rule="letter.closer")
        parts: list[Span] = []
        before = ""
        for line, role in roles:
            if role and role == before and role in ("salute", "dateline"):
                parts[-1] = replace(parts[-1], end=line.end)
            elif role:
                parts.append(Span(line.start, line.end, role, rule=_RULES[role]))
            before = role
        yield from framed(parts, {"addrLine"}, "address")


def before_postscript(lines: Sequence[Line], body: int, last: int) -> int:
    """Give the index of the first line of a postscript, after what may be a closer; `last` where none stands."""
    marked = hanwords.pattern("postscript", "^(?:{})")
    noted = hanwords.pattern("docket", "^(?:{})")
    for at in range(max(body + 1, last - _MOST), last):
        if (
            (marked.match(lines[at].text) and not _is_amid_text(lines[at - 1]))
            or noted.match(lines[at].text)
            or re.match("附(?:件|抄|單|单|表|詩|诗|圖|图|名單|清單)?[：:呈上]", lines[at].text)
        ):
            return at
    return last


def _is_amid_text(above: Line) -> bool:
    """Tell whether a line above “Again,” is a paragraph with no closer in it: the text goes on."""
    return _has_text(above) and not _cuts(above.text, [], "zh", whole=False)


def rejoined(lines: Sequence[Line], *, cut: bool) -> list[Line]:
    """Join what goes on in the next line because a word of respect is raised to its head: 久仰 / 先生學識淵博.

    `cut` says that the salutation was cut from the first line, which is prose then however short: 敬啟者：頃奉.
    """
    runs: list[list[Line]] = []
    for line in lines:
        if runs and _is_raised(runs[-1][-1], line, sure=cut and len(runs) == len(runs[0]) == 1):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [_joined(run) if len(run) > 1 else run[0] for run in runs]


def _joined(run: Sequence[Line]) -> Line:
    between = ["\n".ljust(below.start - above.end) for above, below in pairwise(run)]
    text = "".join(f"{line.text}{space}" for line, space in zip(run, [*between, ""], strict=True))
    return replace(run[0], end=run[-1].end, text=text)


def _is_raised(above: Line, line: Line, *, sure: bool) -> bool:
    """Tell whether a line goes on with the sentence of a paragraph above it, and is not set in as a new one is."""
    if line.gap or line.indent or hanwords.takes_leave(above.text):
        return False
    if len(line.text) == len(above.text) or _ITEM.match(line.text):
        return False  # verse, a list
    prose = len(above.text) >= _PROSE and _OPEN_SENTENCE.search(above.text[-_TAIL:])
    goes_on = prose or (sure and IDEOGRAPH.match(above.text[-1]))
    return bool(goes_on) and bool(re.search("[，。！？；]", line.text))


_ITEM: Final = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛壬癸]|\d{1,3})[、.．）)]")
#: A sentence with stops that breaks off without one; a wish below it is the closer's.
_OPEN_SENTENCE: Final = re.compile(rf"[，。：:；、][^，。：:；、！？\n]{{0,16}}[{HAN}]$")


def unrolled(lines: Sequence[Line], code: str) -> list[Line]:
    """Part the last paragraph where the closer runs on in it; `lines` are those of the text, without a postscript."""
    found = list(lines)
    at = len(found) - 1
    while at > 0 and len(found) - at < _MOST and not _has_text(found[at]):
        at -= 1
    if at < 0:
        return found
    ended = found[at + 1 :]
    found[at + 1 :] = [part for line in ended for part in _in_parts(line, ended, code)]
    line, below = found[at], [other.text for other in found[at + 1 :]]
    cuts = _cuts(line.text, below, code, whole=at == 0)
    if cuts:
        found[at : at + 1] = _parted(line, cuts)
    return found


def _parted(line: Line, cuts: Sequence[int]) -> list[Line]:
    parts = []
    for start, stop in pairwise(sorted({0, *cuts, len(line.text)})):
        text, part = line.text[start:stop].strip("　 \n"), line.starting(start)
        parts.append(replace(part, end=part.start + len(text), text=text))
    return [part for part in parts if part.text]


def _in_parts(line: Line, all_below: Sequence[Line], code: str) -> list[Line]:
    """Part a line in which a signature and a day stand beside each other: 弟叔雅敬上　十一月五日.

    What stands before a day may as well be a place; then another line signs.
    """
    if cuts := [at for _, at in _apart(line.text, 0)][1:]:
        return _parted(line, cuts)
    cut, name = _beside_a_day(line.text, code)
    if cut and dates(line.text, code) and not hanwords.bows(name):
        others = (other.text for other in all_below if other is not line and not dates(other.text, code))
        if is_town(name, code) or any(hanwords.bows(text) or _may_sign_below(text) for text in others):
            return [line]
    return _parted(line, [cut]) if cut else [line]


def _may_sign_below(text: str) -> bool:
    return hanwords.may_sign(text, _NAMED) and not hanwords.takes_leave(text)


def _beside_a_day(text: str, code: str) -> tuple[int, str]:
    """Give where in a line the day begins beside a name, or the name beside a day, and the name; 0 in another line.

    A stop or a space parts them: 學生許廣平。三月十五日。 A space stands before a bow as well: 樹人　頓首　八月廿日.
    """
    for border in _BORDER.finditer(text[:_PART]):
        one, other = text[: border.start()], text[border.end() :]
        if _bow_apart().search(other):
            continue
        for name, day in ((one, other), (other, one)):
            dated = dates(day, code) or (_is_where(day, code) and (day == other or day.endswith("て")))
            if dated and name[:1] not in "年月日" and _may_sign_below(name) and not dates(name, code):
                return border.end(), name
    return 0, ""


#: What parts a name from a day on one line.
_BORDER: Final = re.compile("(?<=[^，。！？；：　 ])(?:。[　 ]*|[　 ]+)(?=[^，。！？；：　 ])")


@cache
def _bow_apart() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[　 ])(?:{hanwords.any_bow()})[　 ]")


def _has_text(line: Line) -> bool:
    """Tell whether a line is more than one part of a closer: several sentences, or a long one."""
    sentences = bool(re.search("[。！？].", line.text)) and not _beside_a_day(line.text, "zh")[0]
    return sentences or len(line.text) > 30


def _cuts(text: str, below: Sequence[str], code: str, *, whole: bool) -> list[int]:
    """Give where the parts of a closer begin at the end of a paragraph; nothing where it has none."""
    first = max(0, len(text) - _TAIL)
    if not re.search("[，。、！？；]", text):
        return _cuts_without_stops(text, first, below, code)
    pieces = [match for match in _SENTENCE.finditer(text) if match.end() > first][-_MOST:]
    for index, piece in enumerate(pieces):
        for start in _starts_in(piece[0]):
            if piece.start() + start == 0 and whole:
                continue  # a letter has a text
            tails = [piece[0][start:], *(other[0] for other in pieces[index + 1 :])]
            offsets = [piece.start() + start, *(other.start() for other in pieces[index + 1 :])]
            split = [part for tail, at in zip(tails, offsets, strict=True) for part in _apart(tail, at)]
            said = [part.strip("　 \n") for part, _ in split]
            roles = roles_of([*said, *below], code)
            if roles and _is_sure(roles, said):
                return [at for _, at in split]
    cuts = _cuts_without_stops(text, max(first, pieces[-1].start()), below, code)
    return cuts if cuts and hanwords.asks_for_peace(text[cuts[0] :]) else []


def _cuts_without_stops(text: str, first: int, below: Sequence[str], code: str) -> list[int]:
    """Give where the parts of a closer begin in a text without stops: …為荷耑此敬請台安弟某頓首正月廿六日."""
    leaves = hanwords.without_stops(text, first)
    for at, (start, stop) in enumerate(leaves):
        for later, end in leaves[at + 1 :]:
            if later > stop + 1:
                break
            stop = end
        rest = text[stop:].lstrip("　 ")
        from_here = len(text) - len(rest)
        parts = [(start, text[start:stop].strip("　 "))]
        name = _name_and_day().match(rest)
        if name and (not name["day"] or dates(name["day"], code)):
            parts += [(from_here, name["name"])] + [(from_here + name.start("day"), name["day"])] * bool(
                name["day"]
            )
        else:
            parts += [(from_here + match.start(), match[0]) for match in re.finditer("[^　 ]+", rest)]
        if roles_of([*(part for _, part in parts), *below], code):
            return [offset for offset, _ in parts]
    return []


def _starts_in(sentence: str) -> list[int]:
    """Give where in a sentence a closer may begin: at its start, or at a clause that takes leave."""
    near = max(0, len(sentence) - _TAIL)
    clauses = [match.end() for match in _CLAUSE.finditer(sentence, near)]
    said = ((at, sentence[at:].strip("　 \n")) for at in clauses)
    return [0, *(at for at, part in said if hanwords.takes_leave(part) and not _BY_A_SENTENCE.match(part))]


#: “The rest when I…”, “would be most grateful”, “love you”: what takes leave only where a sentence begins with it.
_BY_A_SENTENCE: Final = re.compile("[餘余][容俟]|[無无]任|不[勝胜]|[深吻爱愛亲親拥擁]")


def _apart(piece: str, at: int) -> list[tuple[str, int]]:
    """Part a sentence in which a signature has a day before it, or a place after it."""
    day = _DATED.match(piece)
    if day and dates(day["day"], "zh") and (hanwords.bows(day["rest"]) or _signed_where().match(day["rest"])):
        return [(day["day"], at), *_apart(day["rest"], at + day.start("rest"))]
    if where := _signed_where().match(piece):
        return [(where["name"], at), (where["where"], at + where.start("where"))]
    return [(piece, at)]


#: A day before the signature in the same sentence: 丁亥上元後二日，振之手書.
_DATED: Final = re.compile("(?P<day>[^，,。]{2,16})[，,](?P<rest>.{1,24})$")


@cache
def _signed_where() -> re.Pattern[str]:
    """Compile a signature with the place after it: 振之手書於端州旅舍."""
    return re.compile(
        rf"(?P<name>[^，。]{{1,8}}?(?:{hanwords.pattern('bows').pattern}))(?P<where>[於于][^，。]{{2,8}})[。　 ]*$"
    )


@cache
def _name_and_day() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>.{{1,14}}?(?:{hanwords.any_bow()}))(?P<day>.*)$")


def _is_sure(roles: Sequence[str], said: Sequence[str]) -> bool:
    """Tell whether the parts are those of a closer by more than their place: a formula, a courtesy or a day."""
    if roles[0] == "signed":
        following = said[1] if len(said) > 1 else ""
        return hanwords.bows(said[0]) or _is_rhyme(following, said[0])
    if roles[0] == "dateline":
        return len(roles) > 1
    # a phrase that breaks off may end a paragraph as well
    return set(roles) != {"salute"} or any(map(hanwords.asks_for_peace, said))


def dates(text: str, code: str) -> bool:
    """Tell whether a text is a day, with a place or an hour and no more."""
    said = text.strip("　 。\n")
    line = Line(0, len(said), said, 0, 0)
    return bool(said) and (is_dateline(line, code) or hanwords.names_day(said))


# What each part of a closer is.


def roles_of(parts: Sequence[str], code: str) -> list[str] | None:
    """Give the element that each of some parts is, if together they are a closer; else None."""
    roles: list[str] = []
    for at in range(len(parts)):
        role = _role(parts, at, roles, code)
        if role is None:
            return None
        roles.append(role)
    kinds = set(roles)
    if "signed" in kinds or "salute" in kinds or (kinds == {"dateline"} and len(roles) == 1):
        return roles
    return roles if "dateline" in kinds and "addrLine" not in kinds else None


def _role(parts: Sequence[str], at: int, before: Sequence[str], code: str) -> str | None:
    text = parts[at]
    above = parts[at - 1] if at else ""
    following = parts[at + 1] if at + 1 < len(parts) else ""
    if not text or len(text) > _PART:
        return None
    if (
        dates(text, code)
        or (before[-1:] == ["dateline"] and _is_where(text, code))
        or (before[-1:] == ["signed"] and _is_where_signed(text, above, code))
        or (before and _is_rhyme(text, above))
    ):
        return "dateline"
    if re.fullmatch("[印叩]。?", text) and "dateline" in before:
        return ""
    if _RIGHT.fullmatch(text):
        return "addrLine"
    if before and before[-1] == "salute" and hanwords.is_wish(text, above):
        return "salute"
    if _is_presented(parts, at, before, code) or _is_below_name(text, before):
        return "addrLine"
    if hanwords.bows(text):
        return "signed"
    if hanwords.takes_leave(text):
        return "salute"
    if (_REMARK.match(text) and "signed" in before) or (before and _ENCLOSED.fullmatch(text)):
        return ""
    return "signed" if _signs(text, following, before, code) else None


def _is_below_name(text: str, before: Sequence[str]) -> bool:
    """Tell whether a part below the signature says to whom, as Japanese letters do: 寺田寅彦様."""
    return "signed" in before and bool(
        re.fullmatch(rf"[{HAN}　 ]{{1,12}}(?:様|殿|先生|兄|大人|閣下)(?:[　 ]?[^　 ]{{2,3}})?", text)
    )


def _is_where(text: str, code: str) -> bool:
    """Tell whether a part below a day is where the letter was written."""
    if text.endswith(("にて", "に於て", "於て")):
        return len(text) <= 12
    return len(text) <= 8 and (is_town(text[:2], code) or is_town(text[:3], code) or text[0] in "於于")


def _is_where_signed(text: str, above: str, code: str) -> bool:
    """Tell whether a part below a signature is where the letter was written: 於端州, or a town below a courtesy."""
    said = text.rstrip("。")
    if text[0] in "於于":
        return _is_where(text, code)
    return hanwords.bows(above) and not hanwords.bows(text) and may_be_town(said, code)


def _signs(text: str, following: str, before: Sequence[str], code: str) -> bool:
    """Tell whether a part signs by its place: after a valediction, or above or below a day, or at the end."""
    beside = "salute" in before or "signed" in before or (following and dates(following, code))
    if before and before[-1] == "dateline":
        beside = True
    if following and _is_rhyme(following, text):
        return True
    name = text.rstrip("。") if following and dates(following, code) else text
    return hanwords.may_sign(name, _NAMED if beside else _ALONE)


def presents_below(text: str) -> bool:
    """Tell whether the line below a text says to whom the letter is presented: 此致."""
    return bool(_PRESENTED.search(text)) and hanwords.takes_leave(text)


def _is_presented(parts: Sequence[str], at: int, before: Sequence[str], code: str) -> bool:
    """Tell whether a part says to whom a letter is presented: 此致, and below it 江浦縣商會."""
    if not before or len(parts[at]) > 30 or re.search("[。，！？]", parts[at]):
        return False
    if before[-1] in ("addrLine", "salute") and _RIGHT.search(parts[at - 1]):
        return True
    others = [part for part in parts[at + 1 :] if not dates(part, code)]
    if before[-1] == "addrLine":
        return bool(others) and _names_addressee(parts[at])
    if before[-1] != "salute" or not _PRESENTED.search(parts[at - 1]):
        return False
    return bool(others) or _names_addressee(parts[at])


def _names_addressee(text: str) -> bool:
    return bool(hanwords.pattern("bodies", "{}$").search(text)) or hanwords.is_greeting(text)


def _is_rhyme(text: str, above: str) -> bool:
    """Tell whether a part is the day of a telegram by its rhyme, below a signature with 叩 or a name alone: 鴻。庚。"""
    signed = re.search("[叩印]。?$", above) or re.fullmatch(rf"[{HAN}]{{1,3}}。?", above)
    return bool(signed) and is_rhyme_day(text)


def is_rhyme_day(text: str) -> bool:
    """Tell whether a text is a day as telegrams name it, by its rhyme, with month and hour by their branches: 子東."""
    day, known = _RHYMED.fullmatch(text.strip("　 ")), grammar("zh")
    return day is not None and known is not None and day["rhyme"] in known.lexicon.rhymes
