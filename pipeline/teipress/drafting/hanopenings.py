"""The opening of a letter in Chinese characters: titles, dateline, to whom, and who presents it (Guidelines 4.2.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from teipress.drafting import hanwords
from teipress.drafting.datelines import is_dateline, is_town
from teipress.drafting.formulas import Formulas
from teipress.drafting.frames import framed
from teipress.drafting.lines import Line
from teipress.drafting.openings import Opening, is_number
from teipress.scripts import HAN
from teipress.span import Span

_OPENING: Final = 12  # the most lines before the text
_TITLE: Final = 34  # the longest title, in characters
_NAME: Final = 10  # the longest name that is greeted without a title
_PROSE: Final = 12  # characters of a paragraph, at least
_SENTENCE: Final = re.compile(r"[。！？；!?]$|[。！？；].")
_NUMBER: Final = re.compile(
    r"[〔［\[(（【第]?(?:[一二三四五六七八九十百〇○零]{1,5}|\d{1,4})[〕］\])）】]?[號号、.．]?|"
    r"其[一二三四五六七八九十]{1,2}|.{0,12}[字][第]?[一二三四五六七八九十百〇○零\d]{1,8}[號号]"
)
#: What an editor says before the letter.
_NOTE: Final = re.compile(rf"[〔（(\[【]?[{HAN}]{{0,4}}(?:按|案|注|註)[：:]")
_LABELLED: Final = re.compile(
    r"^(?:事由|案由|主旨|受文者|發文者|发文者|收文者|發文日期|发文日期|發文字號|速別|密等|附件|主送|抄送|抄報)[：:　]"
)
_TO: Final = re.compile(
    r"^(?:受文者|收文者|主送|收信人|收件人|寄|送)[：:　]\s*\S|^(?:謹呈|谨呈|此致|呈|寄)[　 ]*$"
)


#: Whose paper it is: 國立某大學用箋.
_LETTERHEAD: Final = re.compile(rf"[{HAN}　 ]{{2,20}}(?:用|信|便)[箋笺]")


@cache
def _presents() -> re.Pattern[str]:
    """Compile “presents this on bended knee”: who writes, before to whom."""
    return hanwords.pattern("presents", f"[{HAN}　 ]{{2,20}}{{}}[：:，,]?$")


def is_serial(text: str) -> bool:
    """Tell whether a line is the number of a letter and no more: 〔九〇二〕, 第三號."""
    return bool(_NUMBER.fullmatch(text.strip("　 ")))


def opening(
    lines: Sequence[Line], last: int, code: str, words: Formulas, is_source: Callable[[Line], bool]
) -> Opening:
    """Read the opening of a letter from its first lines, up to `last`; the first of the text may be cut."""
    head = _Head(list(lines), last, code, words, is_source)
    return Opening(head.lines, head.end, _in_opener(head.spans()))


class _Head:
    """The lines before the text, each with the element that it is."""

    def __init__(
        self, lines: list[Line], last: int, code: str, words: Formulas, is_source: Callable[[Line], bool]
    ) -> None:
        self.lines, self.last, self.code, self.words, self.is_source = lines, last, code, words, is_source
        self.roles: list[tuple[Line, str]] = []
        self.end = 0
        while self.end < min(self.last, _OPENING) and (role := self._role(self.end)):
            length = self._length(self.end, role)
            if self.end + 1 == self.last and length == len(self.lines[self.end].text):
                break  # a letter has a text
            self._take(role, length)

    def _length(self, at: int, role: str) -> int:
        return self._salutation(at) if role == "salute" else len(self.lines[at].text)

    def _take(self, role: str, length: int) -> None:
        line = self.lines[self.end]
        if length < len(line.text) and (rest := line.starting(length)).text:
            text = line.text[:length].rstrip()
            line = replace(line, end=line.start + len(text), text=text)
            self.lines[self.end : self.end + 1] = [line, rest]
            self.last += 1
        self.roles.append((line, role))
        self.end += 1

    def _role(self, at: int) -> str:
        """Give the element that a line of the opening is; "" for the first line of the text."""
        line, before = self.lines[at], [role for _, role in self.roles]
        greeted = "salute" in before
        if self.is_source(line) or (not greeted and (is_number(line, self.words) or is_serial(line.text))):
            return "head"
        if not greeted and (_NOTE.match(line.text) or self.words.docket.match(line.text)):
            return "note"
        if not before and hanwords.is_title(line.text) and at + 1 < self.last:
            return "head"
        if is_dateline(line, self.code) and not greeted:
            return "dateline"
        if before[-1:] == ["head"] and self._describes(at):
            return "note"
        if self._salutation(at) and not (greeted and not self._greets_more(at)):
            return "salute"
        if greeted or (before and before[-1] == "salute"):
            return ""
        if _LETTERHEAD.fullmatch(line.text):
            return "addrLine"
        if _TO.match(line.text) and len(line.text) <= _TITLE:
            return "addrLine"
        if _LABELLED.match(line.text) and len(line.text) <= 60:
            return "head"
        return self._title(at)

    def _describes(self, at: int) -> bool:
        """Tell whether a sentence between the title and the salutation is an editor's, about the letter."""
        text = self.lines[at].text
        if not text.endswith(("。", "。）", "。〕")) or hanwords.greets(text) or at + 1 >= self.last:
            return False
        return self._salutation(at + 1) == len(self.lines[at + 1].text)

    def _salutation(self, at: int) -> int:
        """Give the length of the salutation that a line begins with, 0 where it has none."""
        line = self.lines[at]
        presents = _presents().match(line.text) and len(line.text) <= 24 and at + 1 < self.last
        if presents and (at == 0 or self._greets_soon(at) or line.text[-1] in "：:"):
            return len(line.text)
        if matter := hanwords.matter(line.text):
            return (
                0 if "\n" in matter[0] else matter.end()
            )  # a memorial’s first sentence is its first paragraph
        if length := hanwords.greets(line.text):
            return length
        return len(line.text) if self._greets_by_its_place(at) else 0

    def _greets_by_its_place(self, at: int) -> bool:
        """Tell whether a line is a name with a colon, and the text begins below it."""
        line = self.lines[at]
        name = line.text.rstrip("：:，,！!")
        if (
            name == line.text
            or not 0 < len(name) <= _NAME
            or re.search(rf"[^{HAN}　 、，·.A-Za-z×○□Ｘ]", name)
        ):
            return False
        if at + 1 >= self.last:
            return False
        marked = line.text[-1] in "：:" or line.indent < self.lines[at + 1].indent
        return marked and any(len(below.text) >= _PROSE for below in self.lines[at + 1 : at + 3])

    def _greets_soon(self, at: int) -> bool:
        return any(
            hanwords.greets(other.text) or other.text.endswith(("：", ":"))
            for other in self.lines[at + 1 : at + 2]
        )

    def _greets_more(self, at: int) -> bool:
        """Tell whether a line below a salutation greets too: “您好！”, 敬啟者, the name below who presents it."""
        text = self.lines[at].text
        if re.fullmatch("[您你]们?們?好[！!。，,：:]?", text) or hanwords.pattern(
            "opens", "^(?:{})[：:，,]?$"
        ).match(text):
            return True
        return bool(_presents().match(self.roles[-1][0].text)) or self.lines[at - 1].text.endswith(
            ("、", "，")
        )

    def _title(self, at: int) -> str:
        """Tell whether a line that is no formula is a title, or to whom the letter goes."""
        line = self.lines[at]
        if (
            not line.text
            or len(line.text) > _TITLE
            or _SENTENCE.search(line.text)
            or line.text[-1] in "，：:、"
        ):
            return ""
        below = self.lines[at + 1].text if at + 1 < self.last else ""
        if (
            below
            and hanwords.pattern("bodies", "{}$").search(line.text)
            and hanwords.greets(below) == len(below)
        ):
            return "addrLine"
        follows = all(role in ("head", "addrLine", "note") for _, role in self.roles)
        return "head" if follows or self._opens_below(at + 1) else ""

    def _opens_below(self, at: int) -> bool:
        """Tell whether a dateline or a salutation stands in the next lines, so that the opening goes on."""
        below = self.lines[at : min(at + 3, self.last)]
        return any(hanwords.greets(line.text) for line in below)

    def spans(self) -> list[Span]:
        """Give heads, datelines, addresses and salutations in their order; a salutation on two lines is one."""
        found: list[Span] = []
        first = True
        for line, role in self.roles:
            if role == "head":
                number = is_number(line, self.words) or is_serial(line.text)
                kind = (("type", "number"),) if number else () if first else (("type", "sub"),)
                first = first and number
                found.append(Span(line.start, line.end, "head", kind, rule="letter.head"))
                if self.is_source(line):
                    found.append(Span(line.start, line.end, "bibl", rule="letter.source"))
            elif role == "salute" and found and found[-1].tag == "salute":
                found[-1] = replace(found[-1], end=line.end)
            elif role == "salute" and self._is_telegraphed(line):
                found += [
                    Span(line.start, line.end, "address", rule="letter.address"),
                    Span(line.start, line.end, "addrLine", rule="letter.address"),
                ]
            elif role == "addrLine":
                found += framed([Span(line.start, line.end, role, rule="letter.address")], {role}, "address")
            else:
                rule = "letter.salutation" if role == "salute" else f"letter.{role}"
                found.append(Span(line.start, line.end, role, rule=rule))
        return found

    def _is_telegraphed(self, line: Line) -> bool:
        """Tell whether a line is the address of a telegram: a town, and whom it asks to read."""
        said = hanwords.without_urgency(line.text)
        towns = any(is_town(said[:length], self.code) for length in (2, 3))
        return towns and bool(re.search("[鑒鉴鑑][：:]?$", line.text))


def _in_opener(spans: list[Span]) -> list[Span]:
    """Put neighbouring datelines, addresses and salutations into one `opener` each."""
    return framed(spans, {"dateline", "addrLine", "address", "salute"}, "opener")
