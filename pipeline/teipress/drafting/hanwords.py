"""The formulas of letters in Chinese characters: how they greet, take leave, sign and date.

Their words are written without spaces and capitals, so that a formula is known by the words at its edges: what
follows a name (先生, 大鑒), what stands before one (弟) and after it (頓首). They are data: `languages/zh.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from teipress.languages import language
from teipress.scripts import HAN, KANA

STOPS: Final = "，。：:；！!？?"
_SALUTED: Final = 40  # the longest salutation
_NAMED: Final = 14  # characters before the title, where nothing marks the salutation's end
_FORMULA: Final = 60  # the longest sentence that takes leave
_PARTS: Final = (
    "部處处局廳厅社院會会館馆府署所室科股組组台長长們们"  # of an office; after a title stands a family’s name
)
_PAPERS: Final = "令諭谕電电函書书文詔诏批示旨札稿論论"  # what somebody with a title wrote
#: What ends a wish or a request, and no name: 撰祺, 查照為荷.
_NO_NAME: Final = re.compile(
    "^(?:寄|發|发)自|^[^　 弟兄男兒]?[安祺綏绥祉禧]$|[為为是][荷盼禱祷感幸要]$|查照|公便$|"
    "^(?:致以|敬[請请祝頌颂致禮礼]|祝[你您]|[順顺][頌颂祝]|此致|特此)|(?:問候|问候|敬意|祝福|快樂|快乐|進步|进步|健康|順利|顺利|愉快|如意|成功|平安|幸福|保重|珍重)$"
)
_SERIAL: Final = re.compile(
    r"^[〔［\[(（【第]?(?:[一二三四五六七八九十百○〇]{1,5}|\d{1,6})[〕］\])）】]?[號号]?[、.．　 ]+"
)
_SEALS: Final = re.compile(
    r"\s*[（(〔\[](?:印|章|簽名|签名|簽字|签字|蓋章|盖章|公章|押|手印|簽章|签章)[）)〕\]]"
)
_WHOLE_DAY: Final = re.compile(
    r"(?:初|十|廿|卅|二十|三十|[一二三四五六七八九]|\d{1,2})[一二三四五六七八九十]?"
    r"(?:[日號号](?:[晨早午晚夜夕]|[上下]午|燈下|灯下|[子丑寅卯辰巳午未申酉戌亥]刻)?|[晨晚夜夕]|燈下|灯下)"
)
_FIGURES: Final = re.compile(
    r"[一二三四五六七八九十廿卅]{1,3}[、，.．][一二三四五六七八九十]{1,3}[、，.．][一二三四五六七八九十廿卅]{1,3}年?"
    rf"(?:[，,　 ][{HAN}]{{2,8}})?|"
    r"[一二三四五六七八九十]{1,3}[、.．／/·][一二三四五六七八九十廿卅]{1,3}|\d{1,2}[./／．]\d{1,2}"
)
_MOON: Final = re.compile(
    rf"(?:[{HAN}]{{2,8}}[年歲岁]|[{HAN}]{{2}})?(?:[正臘腊冬閏闰一二三四五六七八九十]{{1,3}}月|[孟仲季][春夏秋冬])"
    r"(?:[朔望晦]|[　 ]*日?[稟禀呈具]|"
    r"[既幾]望|上浣|中浣|下浣|上旬|中旬|下旬|(?:初|十|廿|卅|二十|三十)?[一二三四五六七八九十]{1,2}日?)?"
    r"(?:[晨早午晚夜夕])?"
)
_FEAST: Final = re.compile(
    rf"(?:[{HAN}]{{2}}年?|[{HAN}\d]{{2,8}}年)?(?:除夕|元旦|元宵|上元|人日|清明|寒食|端午|端陽|端阳|七夕|中元|中秋|重九|重陽|重阳|"
    r"冬至|臘八|腊八|小年|立春|立夏|立秋|立冬|春分|秋分|夏至|國慶|国庆|春節|春节|花朝|浴佛)[節节日]?(?:前|後|后)?[一二三四五]?[日夜晨夕]?"
)


def is_han(code: str) -> bool:
    """Tell whether letters of a language are written as the Chinese ones are."""
    return code.partition("-")[0] in ("zh", "ja")


@cache
def _table() -> dict[str, str]:
    known = language("zh")
    return dict(known.letter) if known else {}


@cache
def words(*names: str) -> str:
    """Give the words of some lists as one pattern, the longest first."""
    listed = {word for name in names for word in _table()[name].split()}
    return "|".join(sorted(listed, key=lambda word: (-len(word), word)))


@cache
def pattern(name: str, frame: str = "(?:{})") -> re.Pattern[str]:
    """Compile a pattern of the table within a frame."""
    return re.compile(frame.replace("{}", _table()[name]))


@cache
def _saluted() -> re.Pattern[str]:
    honoured = words("honours")
    return re.compile(
        rf"(?:(?:{honoured})(?:們|们)?|(?:{words('addressed')})|.(?:{honoured})(?![{_PARTS}{_PAPERS}])[{HAN}])$"
    )


@cache
def _addressed() -> re.Pattern[str]:
    """Compile what a salutation is known by where nothing divides it from the text."""
    titles, opens = words("honours"), _table()["opens"]
    called = rf"(?:{titles}){{1,3}}[　\s]?(?:{words('addressed')})(?:[{HAN}]安)?(?:{opens})?"
    read = rf"(?:[大鈞钧惠台雅尊公均勛勋][鑒鉴])(?:{opens})?"
    return re.compile(
        rf"[^{STOPS}\s]{{1,{_NAMED}}}?(?:{called}|{read}|(?:{titles}){{1,3}}(?:{opens}))[　\s]*"
    )


@lru_cache(maxsize=1 << 12)
def greets(text: str) -> int:
    """Give the length of the salutation that a text begins with; 0 where it begins with none."""
    if _TELEGRAPHED.fullmatch(text):
        return len(text)
    end = re.match(rf"(?!○)[^{STOPS}\n]{{1,{_SALUTED}}}", text)
    if not end:
        return 0
    phrase, stop = end[0].rstrip("　 "), text[end.end() : end.end() + 1]
    whole = end.end() + len(stop) >= len(text.rstrip()) or stop == "\n"
    if stop not in (":", "：") and (is_title(phrase) or pattern("from_to", "{}").match(unnumbered(phrase))):
        return 0
    opened = pattern("opens", "^(?:{})$").match(phrase)
    if not opened and re.fullmatch(rf"[：:][　 ]*[{HAN}]{{1,4}}", text[end.end() :]):
        return 0  # “Your son: Jianjun”
    if whole and stop in (":", "：") and len(phrase) > 3 and pattern("bodies", "{}$").search(phrase):
        return end.end() + 1
    if is_greeting(phrase) and (whole or stop in "：:" or (stop in "，,！!" and _is_marked(phrase))):
        return end.end() + len(stop.strip())
    run = _addressed().match(text)
    return run.end() if run and run.end() < len(text) else 0


def is_greeting(phrase: str) -> bool:
    """Tell whether a phrase without stops greets someone: by a title, a courtesy, or words of love."""
    bare = pattern("opens", "(?:{})$").sub("", phrase)
    if not bare or pattern("fond", "^(?:{}).").match(bare):
        return True
    return (
        len(bare) > 1
        and bool(_saluted().search(bare))
        and not takes_leave(bare)
        and not _courtesy().fullmatch(bare)
    )


def is_title(text: str) -> bool:
    """Tell whether a line is the title that an editor gave a letter: 與王百穀, 致兩江總督劉制軍書."""
    return len(text) <= 40 and bool(pattern("open_to", "{}").match(unnumbered(text)))


def unnumbered(title: str) -> str:
    """Give the title of a letter without its number, and without what marks it: 三五六　致王百穀."""
    return _SERIAL.sub("", title).lstrip("○〇●◎△▲■□*　 ")


def _is_marked(phrase: str) -> bool:
    """Tell whether a phrase is a salutation even where the sentence goes on after a comma."""
    bare = pattern("opens", "(?:{})$").sub("", phrase)
    return bare != phrase or bool(pattern("fond", "^(?:{}).").match(bare) or _courtesy().search(bare))


@cache
def _courtesy() -> re.Pattern[str]:
    return re.compile(rf"(?:{words('addressed')})$")


def matter(text: str) -> re.Match[str] | None:
    """Match the first words of what an office writes: who it is, and in what matter."""
    return pattern("matter", "{}").match(text)


#: The address of a telegram: 重慶外交部。極密。部次長鈞鑒：
_TELEGRAPHED: Final = re.compile("[^，；：！？\n]{4,60}[鑒鉴鑑][：:]")

_URGENT: Final = re.compile("^(?:[極极絕绝]?[密機机]|[加特]?急|[萬万]急|即到)+[。，、　 ]+")


def without_urgency(text: str) -> str:
    """Give the address of a telegram without what says how urgent or secret it is: 萬急。北京國務院鈞鑒."""
    return _URGENT.sub("", text.strip("　 "))


# Taking leave.


@cache
def _leaves() -> re.Pattern[str]:
    table = _table()
    return re.compile(rf"(?:{table['announces']}|{table['asks']}|{table['breaks_off']})")


def takes_leave(text: str) -> bool:
    """Tell whether a text is a sentence by which a letter takes leave, and no more."""
    said = text.lstrip("　 ")
    return len(text) <= _FORMULA and bool(_leaves().match(said) or _leads_to_wish().match(said))


@cache
def _leads_to_wish() -> re.Pattern[str]:
    """Compile a clause with the lead to a wish after it, which the line below ends: 專復，順頌."""
    return re.compile(
        "[^，。]{1,10}[，,](?:[敬即順顺此並并恭謹谨虔專专肅肃藉祗叩再手草]{1,3})(?:請|请|頌|颂|候|問|问|叩|祝|賀|贺)$"
    )


@cache
def _leaves_without_stops() -> re.Pattern[str]:
    table = _table()
    return re.compile(rf"(?:{table['announces']}|{table['wishes']}|{table['breaks_off']})")


def without_stops(text: str, first: int) -> list[tuple[int, int]]:
    """Give the ranges of the formulas that take leave at the end of a text without stops, from an offset on."""
    return [match.span() for match in _leaves_without_stops().finditer(text, first)]


def asks_for_peace(text: str) -> bool:
    """Tell whether a text asks for the other's peace, as nothing but a valediction does: 順候近安."""
    return bool(pattern("wishes", "(?:{})").search(text))


#: A formula that the line below completes: 敬請, 此致, 順頌.
OPEN_ENDED: Final = re.compile(
    "(?:[請请頌颂候問问祝叩致達达賀贺惟希乞冀稟禀]|祝[您你](?:們|们)?|此[上呈令布])[：:，,]?$"
)
_REQUEST: Final = re.compile(
    "^(?:查照|[核鑒鉴]核|[詧察]照)|[為为]荷|公便"
)  # the end of a sentence of the text
WISH: Final = re.compile(rf"[{HAN}，、　 ]{{1,24}}[！!。]?$")


def is_wish(text: str, above: str) -> bool:
    """Tell whether a line completes the formula of the line above: 台安 below 敬請, 敬禮 below 此致."""
    if not OPEN_ENDED.search(above) or not WISH.match(text):
        return False
    if _REQUEST.search(text):
        return False
    peace = re.search("[安祺綏绥祉禧吉禮礼福健樂乐佳康祿禄勝胜利喜步好順顺寧宁意功快候][。！!]?$", text)
    return bool(peace) or (above.rstrip("：:，, ")[-1:] not in "致上呈令" and len(text) <= 16)


# Signatures.


def without_seal(text: str) -> str:
    """Give a signature without the seal that a copy tells of, and without stops around it."""
    return _SEALS.sub("", text).strip("　 。.，,；:：")


@cache
def any_bow() -> str:
    """Give what may follow the name of one who signs, as a pattern."""
    return f"{_table()['bows']}|{_table()['bows_short']}"


@cache
def _bowed() -> re.Pattern[str]:
    named = rf"[{HAN}　 、]"
    return re.compile(
        rf"(?:(?:{_table()['selves']})[　 ]*{named}{{0,8}}?[　 ]*(?:{any_bow()})"
        rf"|{named}{{1,24}}[　 ]+(?:{any_bow()})|{named}{{1,20}}(?:{_table()['bows']})|{named}{{2,20}}叩)$"
    )


#: What one is to the other, before one's name: 學生：, 爱你们的儿子：.
LABEL: Final = rf"(?:[{HAN}]{{1,5}}|[{HAN}]{{1,8}}的[{HAN}]{{0,6}})[：:]"


def bows(text: str) -> bool:
    """Tell whether a text is a signature by its courtesies: 弟適頓首, 男 國藩 跪稟."""
    name = without_seal(text)
    if text.rstrip("　 ").endswith("。") and re.fullmatch(rf"[{HAN}]{{1,3}}[白上頓顿叩拜啟启泐肅肃]", name):
        return True
    labelled = re.fullmatch(rf"{LABEL}[　 ]*[{HAN}]{{1,4}}", name)
    return len(name) <= 30 and bool(
        _bowed().match(name) or labelled or pattern("unnamed", "^(?:{})$").match(name)
    )


def may_sign(text: str, longest: int) -> bool:
    """Tell whether a text may be a signature where it stands as one does: a name or an office, and no sentence."""
    name = without_seal(text)
    if not name or len(name) > longest or text.endswith(("！", "!", "？", "?", "，", "：", ":", "；")):
        return False
    if _NO_NAME.search(name):
        return False
    if text.endswith("。") and len(name) > 4:
        return False
    return bool(
        re.fullmatch(rf"[《（(「]?[{HAN}{KANA}A-Za-z　 ·•・、《》（）()「」〇○□Ｏ.]{{1,{longest}}}", name)
    )


# Days.


def names_day(text: str) -> bool:
    """Tell whether a text is a day that no calendar's grammar knows whole: 初三夜, 既望, 乙丑仲秋, 端午後一日."""
    said = text.strip("　 。.，,")
    parts = re.split(r"[　 ，,]+", said)
    return len(said) <= 16 and any(
        shape.fullmatch(part)
        for part in (said, *parts[:1])
        for shape in (_WHOLE_DAY, _MOON, _FEAST, _FIGURES)
    )
