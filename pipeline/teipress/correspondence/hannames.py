"""Names in the salutations, signatures and titles of letters in Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from teipress.drafting import hanwords
from teipress.drafting.datelines import is_town, may_be_town
from teipress.drafting.hanwords import pattern
from teipress.languages import language
from teipress.names.han import surnames
from teipress.scripts import HAN

if TYPE_CHECKING:
    from teipress.correspondence.sheet import Sheet

#: One who is greeted as kin has no other name in a letter: 父母親大人, 四弟.
_KIN: Final = re.compile(
    "(?:父|母|爹|娘|爸|媽|妈|祖|爺|爷|奶|叔|伯|舅|姑|姨|嬸|婶|哥|兄|弟|姊|姐|妹|嫂|兒|儿|姪|侄|甥|孫|孙|婿|妻|夫|雙親|双亲|岳)"
)
_ELDER: Final = re.compile("(?:[祖伯叔舅姑岳]?[父母]|爸爸|媽媽|妈妈|爸|媽|妈|爺爺|爷爷|奶奶|爹|娘|哥哥|姐姐)")
_GREETING: Final = re.compile(
    "(?:先生|女士|夫人|小姐|寶號|宝号|閣下|阁下|大人|吾兄|仁兄|學兄|学兄|世兄|老兄|大兄|仁弟|賢弟|贤弟|老弟|仁棣|賢棣|棣台|兄台|同志|教授|博士|老師|老师|夫子|兄|弟|棣|姊|姐|妹|君|公|翁|丈)(?:們|们)?$"
)
_COUNTED: Final = re.compile(r"等[一二三四五六七八九十百\d]{0,4}人?$")


#: What stands before one's name or what one calls oneself: 想念你的, 謹受教的一個.
_AFFECTION: Final = re.compile("^[^　 ]{1,12}的(?:一[個个名位])?")


def signers(line: str) -> list[str]:
    """Give the names of those who signed in a line, without courtesies; nothing where it names nobody."""
    bare = hanwords.without_seal(line)
    if pattern("unnamed", "^(?:{})$").match(bare):
        return []
    bare = pattern("labels", "^(?:{})").sub("", bare)
    bare = re.sub(rf"^{hanwords.LABEL}[　 ]*(?=[{HAN}]{{1,4}}$)", "", bare)
    beside = re.split("[　 ]+", _bows().sub("", bare).strip("　 "))
    if len(beside) > 1 and all(map(_whole_name().fullmatch, beside)):
        return beside
    shared = re.split(r"[、，,]", bare)
    names = [name for part in shared if (name := _signer(part))]
    return names or []


def _signer(part: str) -> str:
    name = hanwords.without_seal(part)
    while (rest := _bows().sub("", name).strip("　 ")) != name and rest:
        name = rest
    if _only_courtesy(name):
        return ""
    name = _COUNTED.sub("", name)
    name = pattern("offices", "(?:{})(?=[^　 ])").sub("", name)
    name = _without_self(_AFFECTION.sub("", name))
    *before, last = re.split("[　 ]+", name)
    if any(len(part) > 2 for part in before) and 2 <= len(last) <= 4:
        name = last  # whence and from which office one is stands before the name
    if not name or _only_courtesy(name) or pattern("unnamed", "^(?:{})$").match(name):
        return ""
    return _joined(name)


def _joined(name: str) -> str:
    """Join a name whose characters a print sets apart: 王　明."""
    parts = re.split("[　 ]+", name)
    return "".join(parts) if all(len(part) <= 2 for part in parts) and len("".join(parts)) <= 4 else name


def _without_self(name: str) -> str:
    """Give a name without what one calls oneself before it; 孫 is a family’s name as well."""
    while match := _self().match(name):
        rest = name[match.end() :]
        if (
            not rest
            or (match[0] in "孫孙友生伯" and len(rest) <= 2)
            or (len(match[0]) == 1 and len(rest) > 3)
        ):
            break
        spaced = rest[0] in "　 "
        name = rest.strip("　 ")
        if not spaced and len(match[0].strip("　 ")) == 1 and " " not in name and "　" not in name:
            break  # 弟叔雅: what follows is the name
    return name


@cache
def _bows() -> re.Pattern[str]:
    return re.compile(rf"(?<=.)(?:{hanwords.any_bow()})$")


@cache
def _self() -> re.Pattern[str]:
    return pattern("selves", "^(?:{})[　 ]*(?=.)(?!$)")


def _only_courtesy(name: str) -> bool:
    return bool(pattern("selves", "^(?:{})$").match(name) or re.fullmatch(hanwords.any_bow(), name))


def greeted(salute: str) -> list[str]:
    """Give whom a salutation names: the name without titles, or the kin; several where it has several."""
    said = pattern("opens", "(?:{})[：:，,]?$").sub("", salute.strip("　 ：:，,！!。"))
    said = pattern("fond", "^(?:{})(?=.)").sub("", said)
    parts = [
        part for part in re.split(r"[、，,]|(?<=[生士人])(?:並轉|并转|及|和|與|与)", said) if part.strip()
    ]
    fond = pattern("fond", "^(?:{})$")
    named = [name for part in parts if not fond.match(part) and (name := _greeted(part))]
    return list(dict.fromkeys(named))


def _greeted(part: str) -> str:
    phrase = part.strip("　 ：:，,！!。")
    while (rest := _courtesies().sub("", phrase).strip("　 ")) != phrase:
        phrase = rest
    if not phrase or len(phrase) > 20:
        return ""
    kin = _kin().search(phrase)
    if kin and (len(phrase) <= 6):
        return re.sub("(?:們|们)$", "", phrase)
    name = phrase
    while (rest := _GREETING.sub("", name).strip("　 ")) != name and rest:
        name = rest
    name = re.sub("(?<=.)[我吾尊]$", "", name)
    if re.search("[大二三四五六七八九十]$", name) and len(name) < len(phrase):
        return phrase
    return phrase if len(name) == 1 and re.search("[兄弟姊姐妹姪侄甥孫孙婿叔伯][^　]?$", phrase) else name


@cache
def _courtesies() -> re.Pattern[str]:
    return re.compile(rf"(?:{hanwords.words('addressed')})$")


@cache
def _kin() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:[大二三四五六七八九幺小吾我愛爱賢贤諸诸家老親亲慈嚴严胞兩两位各]{{0,3}})(?:{_KIN.pattern})+(?:親|亲|丈|人|子)?(?:大人|們|们)?$"
    )


def telegraphed(line: str, code: str) -> tuple[list[str], str]:
    """Give whom the address of a telegram asks to read, and the town before the first: 北京袁大總統、國務院鈞鑒."""
    said = re.sub(rf"(?:{hanwords.words('addressed')})[：:]?$", "", hanwords.without_urgency(line))
    town = next((said[:length] for length in (3, 2) if is_town(said[:length], code)), "")
    through = re.sub(r"^[^、，,轉转]{1,8}[轉转](?=[^、，,]{2})", "", said[len(town) :])
    return [
        part for part in re.split("[、，,。]", through) if part and hanwords.without_urgency(f"{part}。")
    ], town


# Who wrote to whom.


def senders(sheet: Sheet) -> tuple[str, ...]:
    """Give who sent a letter: whom its title names, else who signed it, else who presents it before the text."""
    if named := titled(sheet.heads).sender:
        return (named,)
    signed = [name for line in sheet.signed for name in signers(line)]
    persons = [name for name in signed if not pattern("bodies", "{}$").search(name)] or signed
    if persons:
        return tuple(dict.fromkeys(persons))
    presented = [name for line in sheet.salutes for name in _presents(line)] or _as_kin(sheet)
    if not presented and (match := sheet.words.petition.match(sheet.first)):
        presented = signers(match["sender"])
    return tuple(presented[:1])


def _as_kin(sheet: Sheet) -> list[str]:
    """Give the kin that a letter is signed as, where it has no other name: 母字."""
    bare = (_bows().sub("", hanwords.without_seal(line)).strip("　 ") for line in sheet.signed)
    return [name for name in bare if _ELDER.fullmatch(name)]


def _presents(line: str) -> list[str]:
    """Give who presents a letter: 孫男國霖跪稟, or the office before “for the matter of”."""
    if matter := hanwords.matter(line):
        said = re.sub("^具[呈稟禀]|[呈稟禀咨]$", "", matter["who"].strip("　 ，,"))
        said = pattern("presents", "(?<=.){}$").sub("", said)
        return signers(said)
    bare = line.strip("　 ：:，,")
    presents = pattern("presents", "(?<=.){}$")
    return signers(presents.sub("", bare)) if presents.search(bare) and not greeted_line(line) else []


def _speaks_of_sender(line: str) -> bool:
    return hanwords.matter(line) is not None or bool(_presents(line))


def greeted_line(line: str) -> bool:
    """Tell whether a line greets somebody."""
    return hanwords.is_greeting(line.strip("　 ：:，,！!。"))


def recipients(sheet: Sheet) -> tuple[str, ...]:
    """Give to whom a letter went: whom its title names, else its address, else its salutation."""
    named = titled(sheet.heads).recipient
    if named and not (_is_unnamed(named) and sheet.salutes):
        return tuple(part for part in re.split("[、，]", named) if part)
    found = [name for line in sheet.salutes if not _speaks_of_sender(line) for name in greeted(line)]
    if all(map(_kin().fullmatch, found)) and (cover := _cover(sheet)):
        return (cover["who"],)
    for lines in (*sheet.addresses, *sheet.closing_addresses):
        if not sheet.words.own_address.match(lines[0]):
            found = found or [name for line in lines for name in _addressed(line, sheet.code)]
    return tuple(dict.fromkeys(found))


def _is_unnamed(said: str) -> bool:
    """Tell whether a title gives whom it means no name: 給妻子的信, 給一個青年."""
    return bool(_kin().match(said) or re.match("[一某][個个位名]", said))


#: What a cover says: 寄澄海縣前美鄉　家父陳某大人收.
_COVER: Final = re.compile(
    "[〕］\\])）】：:　 ][寄至][　 ]?(?P<where>[^　 ，。]{2,16}?)交?[　 ]+"
    "(?:家[父母兄嫂慈嚴严])?(?P<who>[^　 ，。]{2,12}?)[親亲安台大]?[收啟启展][入下]?(?=[　 。]|$)"
)


def _cover(sheet: Sheet) -> re.Match[str] | None:
    """Match the place and the name on the cover, as a note below the letter gives it."""
    return next((match for line in sheet.dockets if (match := _COVER.search(line))), None)


def _addressed(line: str, code: str) -> list[str]:
    if re.search("[鑒鉴鑑][：:]?$", line):
        return telegraphed(line, code)[0]
    bare = pattern("to_alone", "^{}").sub("", line.strip("　 ：:"))
    bare = re.sub("(?<=..)[様殿](?:[　 ].{2,3})?$", "", bare)
    return [bare] if bare else []


class Titled(NamedTuple):
    """Whom the titles over a letter name, and where it came from; "" for what they do not name."""

    sender: str = ""
    recipient: str = ""
    place: str = ""
    to: str = ""  # the town of the recipient


#: The title of a memorial, which went to the throne: 總理衙門奏為開設書局摺.
_MEMORIAL: Final = re.compile(
    "(?P<sender>[^，。：遵會会具覆議议]{2,20}?)[跪謹谨恭]?奏[^，。：]{0,40}[摺折疏]$"
)
_WHENCE: Final = re.compile("(?<=..)[自由從从](?P<place>.{2,6})$")


def _with_town(name: str) -> tuple[str, str]:
    """Part a town from the person's name or the kin after it: 武昌黎元洪; "" and the name where none stands."""
    for length in (3, 2):
        named = _family().match(name, length) and is_town(name[:length], "zh")
        if named or (_kin().match(name[length:]) and may_be_town(name[:length], "zh")):
            return name[:length], name[length:]
    return "", name


@cache
def _family() -> re.Pattern[str]:
    """Compile a family's name with what follows it: a given name, or a title."""
    return re.compile(f"{surnames()}[{HAN}]{{1,5}}$")


@cache
def _whole_name() -> re.Pattern[str]:
    return re.compile(f"{surnames()}[{HAN}]{{1,2}}")


def titled(heads: Sequence[str]) -> Titled:
    """Give what the titles over a letter say: 顧維鈞自倫敦致外交部電."""
    known = language("zh")
    for line in heads if known else ():
        bare = hanwords.unnumbered(line)
        first = re.split("[　 （(]", bare)[0]
        if known and (match := re.match(known.letter["from_to"], first)):
            whence = _WHENCE.search(match["sender"])
            sender = match["sender"][: whence.start()] if whence else match["sender"]
            at, sender = _with_town(sender)
            to, recipient = _with_town(match["recipient"])
            return Titled(sender, _name_in_title(recipient), whence["place"] if whence else at, to)
        if match := _MEMORIAL.match(bare):
            return Titled(match["sender"])
        if known and (match := re.match(known.letter["open_to"], bare)):
            return Titled(recipient=_name_in_title(match["recipient"]))
    return Titled()


def _name_in_title(name: str) -> str:
    """Give a name in a title without the courtesy after it."""
    return re.sub("(?:先生|女士|夫人|同志)$", "", name) or name


def received_place(sheet: Sheet) -> str:
    """Give the town in the address of a telegram, or the place on the cover."""
    for lines in sheet.addresses:
        if (found := telegraphed(lines[0], sheet.code))[1] and re.search("[鑒鉴鑑][：:]?$", lines[0]):
            return found[1]
    cover = _cover(sheet)
    return cover["where"] if cover else titled(sheet.heads).to
