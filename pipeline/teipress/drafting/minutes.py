"""Minutes, records of talks, interviews: heading, who was there, items, and speeches (Guidelines 4.2, 8)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from teipress.drafting.attendance import fields, fields_end, roll, roll_end, speaking
from teipress.drafting.blocks import blocks
from teipress.drafting.datelines import is_dateline
from teipress.drafting.enumerators import HAN, STEMS
from teipress.drafting.headings import could_head, matches
from teipress.drafting.lines import Layout, Line, layout, paragraphs
from teipress.drafting.signatures import signatures_start, signed
from teipress.drafting.speakers import Label, speakers
from teipress.drafting.speeches import Passage, is_direction, speech
from teipress.drafting.stanzas import stanzas_end
from teipress.edition import Sidecar
from teipress.source import Source
from teipress.span import Span

_HEADING: Final = 160
_LISTING: Final = re.compile(r"^(?P<label>[^.:：]{2,60}[:：]\s*)(?=1[.)]\s+\S)")
_COLUMNS: Final = re.compile(r"^\S.{0,40}?(?:\s{3,}|\t)\S.{0,40}$")
_LOUD: Final = re.compile(r"(?P<name>[^\W\d_a-zа-яёà-ÿ][^:：()\d]{2,39}?)\s?[:：](?=\s*\S)")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBERED: Final = re.compile(
    rf"^(.{{0,12}}?)(?:\d{{1,2}}|[IVX]{{1,5}}|[{HAN}]{{1,3}}|[{STEMS}])(.?).*", re.DOTALL
)
_LISTED: Final = 10  # lines above the first item, which say who was there
_FEW: Final = 12  # words of a list of names
_ABBREVIATED: Final = re.compile(r"\b[^\W\d_]{1,4}\.")
_ITEM: Final = re.compile(
    r"(?:agenda item|item|point|punkt|top|tagesordnungspunkt|traktandum|пункт|вопрос)\s+\d", re.IGNORECASE
)
_TITLE: Final = r"(?:MM?|Mme|Mlle|Mr|Mrs|Dr|Hr|Abg|Sr|Sra|On|Sig|г|тов)\.\s"
_CALLED_BY_NAME: Final = r"[^\W\d_a-zа-яё][\w’'-]+(?:\s(?:d[eiu]l?|von|van)(?=\s[^\W\d_a-zа-яё]))?"
_CALLED_BY_OFFICE: Final = r"(?:l[ea]s?\s|l[’']|der\s|die\s|il\s|el\s)[^\W\d_A-ZÀ-Þ][^.:;,()?!]{2,60}"
_STOP: Final = re.compile(
    rf"(?P<name>(?P<title>{_TITLE})?{_CALLED_BY_NAME}(?: [^\W\d_a-zа-яё][\w.’'-]*){{0,3}}"
    rf"|{_TITLE}{_CALLED_BY_OFFICE})"
    r"(?:,\s_[^_]{3,80}_)?(?P<aside>\s\([^)]{1,60}\))?(?P<stop>\.)\s"
    r"(?:[—–]\s)?(?=[^\W\d_a-zа-яё]|[«„“(…]|\.\.)"
)
#: A name in capitals, its title before it and its bearer's seat after it, and a verb in small letters.
_TOLD: Final = re.compile(
    r"(?P<name>(?:[^\W\d_a-zа-яё][\w’'-]*\.?\s){0,3}(?:[^\W\d_a-zà-ÿа-яё][’'-]?){3,}(?:\s\([^()]{2,40}\))?)[,;]?\s(?=[^\W\d_A-Z])"
)
_TITLE_ALONE: Final = re.compile(_TITLE.removesuffix(r"\s"))
_ADDRESSED: Final = re.compile(
    rf"(?P<name>{_TITLE}[^.:;?!]{{2,50}}?)\s?(?P<stop>:)\s(?=[^\W\d_a-zа-яё]|[«“„(—…])"
)
#: A name in italics, with a stop, a colon, a bracket or a dash after it: “_Mr. Pell._] …”, “_Judge_.—…”.
_ITALIC: Final = re.compile(
    r"_(?P<name>[^\W\d_a-zа-яё][^_\d:;!?]{0,39}?)(?:[.:：]_|_(?=\s?[.:：\])—–-]))"
    r"(?P<aside>\s\([^)]{1,60}\))?(?P<stop>[.:：]?\]?(?:\s?(?:[—–]|--?))?)\s*(?=\S)"
)
#: A name as clerks shortened it, and who that is: “Edw: Lloyd, Vicar.”, “H. Eimer.”
_SHORTENED: Final = re.compile(
    r"[A-ZÀ-Þ][a-zà-ÿ]{1,3}:(?: [A-ZÀ-Þ][\w’'-]+){1,2}(?:, [A-ZÀ-Þ]\w+){0,2}\.?|"
    r"(?:[^\W\d_a-zа-яё]\.\s?){1,3}[^\W\d_a-zа-яё][\w’'-]+\.?"
)
_COUNT: Final = re.compile(r"(\d{1,3})[.)]\s")
#: What goes on with a label that has a stop.
_MORE: Final = re.compile(r"\s(?P<word>\d{1,3}|[^\W\d_]{1,4})(?P<stop>[.:)])(?=\s)")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_CALLED: Final = 6  # words of a title that may have a stop
_SHORT: Final = 90  # the longest of them
_TOP: Final = 5  # lines of a heading
_TOPICS: Final = 3  # lines that say what is below them, though nothing counts them
_TOPIC: Final = 50  # the longest of them
_SURE: Final = 3  # speeches by names that come again
_PRESENT: Final = 12  # lines in which those present stand
_OPENS: Final = 300  # characters of a sentence that says where and when a meeting was held
_ABOVE: Final = 40  # lines in which the first resolution stands
_NAMES: Final = 80  # characters after an office that may be names
_STOPPED: Final = (".", "!", "?", ":", ";", "。", "！", "？", "：")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("minutes.toml").read_text(encoding="utf-8"))
    return {key: re.compile("|".join(bodies), re.IGNORECASE) for key, bodies in data.items()}


def evidence(lines: Sequence[Line]) -> str:
    """Say what marks a text as minutes: its title, and who was there or speaks; "" where nothing does."""
    top = [
        line
        for line in lines[:4]
        if _is_title(line.text) or _patterns()["sessions"].match(line.text[:_OPENS])
    ]
    if not top:
        chaired = next((line for line in lines[:_PRESENT] if _patterns()["chaired"].match(line.text)), None)
        return f"it says who presided: “{chaired.text[:40]}”" if chaired else ""
    titled = top[0]
    if any(_is_present(line.text) for line in lines[:_PRESENT]):
        return f"it says what it is and who was there: “{titled.text[:40]}”"
    if any(_patterns()["resolved"].search(line.text[:200]) for line in lines[1:_ABOVE]):
        return f"it says what it is and what was resolved: “{titled.text[:40]}”"
    spoken = _spoken(lines)
    return (
        f"it says what it is, and has {len(spoken)} speeches: “{titled.text[:40]}”" if len(spoken) > 1 else ""
    )


def titled(lines: Sequence[Line]) -> str:
    """Say that a text calls itself minutes, or a record; "" where it does not."""
    top = [line for line in lines[:3] if len(lines) > 3 and not matches("spoken", line.text)]
    found = next((line for line in top if _is_title(line.text)), None)
    return f"it says what it is: “{found.text[:40]}”" if found else ""


def dialogue(lines: Sequence[Line]) -> str:
    """Say what marks a text without a title as a dialogue; "" where nothing does."""
    spoken = _spoken(lines)
    if len(spoken) >= 4 and len(spoken) * 2 >= len(lines) - 4:
        return f"{len(spoken)} of its lines begin with the name of a speaker"
    told = sum(_is_done(line.text) for line in lines)
    if len(spoken) >= _SURE and told >= _SURE:
        return f"it has {len(spoken)} speeches, and says {told} times what was done"
    return ""


def _spoken(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the lines that open a speech; titles, who was there, when and where are no speakers."""
    named = speaking(lines, _is_present, _is_other)
    found = {
        at: label
        for at, label in {**speakers(lines), **named, **_titled(lines), **_indirect(lines)}.items()
        if not _heads(lines, at) and not _TITLE_ALONE.fullmatch(lines[at].text[: label.end].rstrip())
    }
    if (
        len(found) > 1
    ):  # where others speak, a name in capitals and a colon is a speaker's, though it comes but once
        for at, line in enumerate(lines):
            match = _LOUD.match(line.text[:80])
            if match and match["name"].isupper() and not _heads(lines, at):
                found[at] = Label(match["name"], match.end(), match.end(), False)
    if italic := _italic(lines):
        found = {at: label for at, label in found.items() if lines[at].text[0] != "_"} | italic
    found = max(found, _stopped(lines), key=len)
    names = {label.name for label in found.values()}
    for at, line in enumerate(lines[:-1]):  # a name that is known, alone above what is said
        name = line.text.rstrip(" :：.")
        if name in names and at not in found and len(name) < len(line.text):
            found[at] = Label(name, len(line.text), len(line.text), True)
    return dict(sorted(_lengthened(lines, found).items()))


def _lengthened(lines: Sequence[Line], found: Mapping[int, Label]) -> dict[int, Label]:
    """Give the speeches with the whole of each label: the number of a question, the rest of an abbreviated office.

    “Fr. 1. …”, “Mr. Att. Gen. …”: the same stands after the name wherever it comes again, or a number does.
    """
    result = dict(found)
    named: defaultdict[str, list[int]] = defaultdict(list)
    for at, label in found.items():
        named[label.name].append(at)
    for places in named.values():
        nexts = [_MORE.match(lines[at].text, found[at].end) for at in places]
        said = {match["word"] if match else None for match in nexts}
        if len(places) > 1 and None not in said and (len(said) == 1 or all(map(_is_figure, said))):
            for at, match in zip(places, nexts, strict=True):
                assert match is not None
                result[at] = replace(found[at], aside=match.end("stop"), end=match.end("stop"))
    return result


def _is_figure(word: str | None) -> bool:
    return word is not None and word.isdecimal()


def _titled(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the lines that begin with somebody's title and name, or office, and a colon: “M. le président : …”."""
    matches = {at: match for at, line in enumerate(lines) if (match := _ADDRESSED.match(line.text[:120]))}
    return {at: Label(m["name"], m.end("stop"), m.end("stop"), False) for at, m in matches.items()}


def _indirect(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the speeches of a record in the third person, whose names are in capitals: “Mr. REYNOLDS asked …”."""
    matches = {at: match for at, line in enumerate(lines) if (match := _TOLD.match(line.text[:120]))}
    found = {
        at: Label(match["name"], match.end("name"), match.end("name"), False)
        for at, match in matches.items()
        if _patterns()["telling"].match(lines[at].text, match.end())
    }
    return found if len(found) > 1 else {}


def _italic(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the speeches of a record that sets its speakers in italics; some of them speak again."""
    matches = {
        at: match
        for at, line in enumerate(lines)
        if line.text[0] == "_" and (match := _ITALIC.match(line.text[:120])) and not _heads(lines, at)
    }
    counts = Counter(match["name"] for match in matches.values())
    sure = [at for at, match in matches.items() if counts[match["name"]] > 1]
    if len(sure) < _SURE:
        return {}
    return {at: _label(match) for at, match in matches.items() if at >= sure[0]}  # above: “_Contents._ …”


def _stopped(lines: Sequence[Line]) -> dict[int, Label]:
    """Give the speeches of a record in which most lines begin with a name, in small letters, and a stop.

    Where others speak again, a name with a title is a speaker's, though it comes but once.
    """
    matches = {
        at: match
        for at, line in enumerate(lines)
        if (match := _STOP.match(line.text[:120])) and not _heads(lines, at)
    }
    counts = Counter(match["name"] for match in matches.values())
    sure = {at for at, match in matches.items() if counts[match["name"]] > 1 or match["aside"]}
    top = {word.casefold() for line in lines[:_TOP] for word in _WORD.findall(line.text[:_HEADING])}
    likely = sure | {at for at, match in matches.items() if match["title"] or match["name"].casefold() in top}
    if (
        len(sure) < _SURE
        or 2 * len(likely) < len(lines) - _TOP
        or not any(_is_title(line.text) for line in lines[:4])
    ):
        return {}
    return {at: _label(match) for at, match in matches.items() if at in likely}


def _label(match: re.Match[str]) -> Label:
    """Give the label of a speech from a match with a name, a direction and a stop."""
    end = match.end("stop")
    return Label(match["name"], match.start("aside") + 1 if match["aside"] else end, end, False)


def _heads(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line says what the text is, or who was there, when and where: nobody says that."""
    text = lines[at].text
    if _ITEM.match(text) or (at < _LISTED and _names_only(text)) or _SHORTENED.fullmatch(text):
        return True
    return (at < 4 and _is_title(text)) or _is_present(text) or _is_field(text) or _names_office(text)


def _names_only(text: str) -> bool:
    """Tell whether only names follow a label: who was there, or came for whom."""
    said = text.partition(":")[2].strip()
    words = _WORD.findall(said)
    if (
        not 1 < len(words) <= _FEW
        or said.endswith(("!", "?"))
        or re.search(r"[.!?] \S", _ABBREVIATED.sub("", said))
    ):
        return False
    return all(word[0].isupper() or len(word) <= 3 for word in words) and not said.endswith(".")


def _is_title(text: str) -> bool:
    return (
        len(text) <= _HEADING and bool(_patterns()["titles"].search(text)) and not text.endswith(("?", "？"))
    )


def _is_present(text: str) -> bool:
    return bool(_patterns()["present"].match(text)) or _names_office(text)


def _is_field(text: str) -> bool:
    return bool(_patterns()["fields"].match(text))


def _names_office(text: str) -> bool:
    """Tell whether a line says who had an office: “Chairman: Mr. Pell.” A sentence after it would be his speech."""
    match = _patterns()["roles"].match(text)
    if not match or text.endswith(("?", "!", "？", "！")):
        return False
    said = text[match.end() :].strip()
    words = _WORD.findall(said)
    if not said or len(said) > _NAMES or not words:
        return not said
    if not said.isascii() and words[0][0] >= "\u3400":
        return len(said) <= 8 or bool(re.search(r"[:：（(、\u3000]", said))
    return bool(2 * sum(word[0].isupper() for word in words) > len(words))


def _is_particular(text: str) -> bool:
    """Tell whether a line says when and where it was, or who was there."""
    return _is_field(text) or _is_present(text)


def _is_office(text: str) -> bool:
    return bool(_patterns()["offices"].match(text.replace("_", "")))


def _is_signed(text: str) -> bool:
    return bool(_patterns()["signed"].match(text.replace("_", "")))


def _is_done(text: str) -> bool:
    """Tell whether a line says what was done, and is nobody's speech."""
    return bool(_patterns()["proceedings"].match(text))


def _is_other(text: str) -> bool:
    """Tell whether a line is a field, a title, an item or a signature: no name of somebody who was there."""
    return any(_patterns()[kind].match(text) for kind in ("fields", "items", "signed"))


def structure(source: Source, sidecar: Sidecar) -> Iterator[Span]:
    """Give the structure of minutes: heads, the list of those present, items with their speeches, signatures.

    A book of minutes has a `div` for each meeting.
    """
    lines = _parted(paragraphs(source))
    if not lines:
        return
    yield Span(lines[0].start, lines[-1].end, "div", (("type", "minutes"),), rule="minutes.minutes")
    meetings = [at for at in range(1, len(lines) - 1) if _opens_meeting(lines, at)]
    if len(meetings) < 2:
        yield from _Meeting(source, lines).spans()
        return
    yield from _Meeting(source, lines[: meetings[0]]).spans()
    for start, end in zip(meetings, [*meetings[1:], len(lines)], strict=True):
        yield Span(
            lines[start].start, lines[end - 1].end, "div", (("type", "meeting"),), rule="minutes.meeting"
        )
        yield from _Meeting(source, lines[start:end]).spans()


def _opens_meeting(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is the heading of the next meeting."""
    text = lines[at].text
    return lines[at].gap > 0 and len(text) <= _HEADING and bool(_patterns()["sessions"].match(text))


def _parted(lines: Sequence[Line]) -> list[Line]:
    """Give the lines with a label apart from the first item of the list that it stands before: `RESOLVED: 1. …`."""
    found: list[Line] = []
    for at, line in enumerate(lines):
        match = _LISTING.match(line.text) if at + 1 < len(lines) and lines[at + 1].gap == 0 else None
        if match and lines[at + 1].text.startswith(("2.", "2)")):
            label = match["label"].rstrip()
            found += [
                replace(line, end=line.start + len(label), text=label),
                line.starting(match.end()),
            ]
        else:
            found.append(line)
    return found


class _Meeting:
    """The minutes of one meeting, or a dialogue."""

    def __init__(self, source: Source, lines: Sequence[Line]) -> None:
        self.source, self.lines = source, lines
        self.spoken = _spoken(lines)
        self.verbatim = False
        self.opened = self._opening()
        #: Word for word: most of it are speeches, and a paragraph without a name goes on with the last.
        self.verbatim = 2 * len(self.spoken) >= len(lines) - self.opened - sum(
            is_direction(line.text) or _is_done(line.text) for line in lines
        )

    def spans(self) -> Iterator[Span]:
        """Give the heads, the items with what was said, and the signatures."""
        lines = self.lines
        for at, line in enumerate(lines[: self.opened]):
            yield Span(line.start, line.end, "head", (("type", "sub"),) if at else (), rule="minutes.head")
        closing = self._closing()
        free = [at for at in range(self.opened, closing) if at not in self.spoken]
        items = [at for at in free if self._heads_item(at)] or self._topics(free)
        parts = [at for at in items if lines[at].text[0] in STEMS]
        items = parts or items  # where cyclical signs head the parts, numbers stand within them
        bounds = [*items, closing]
        yield from self._content(self.opened, bounds[0])
        for start, end in zip(items, bounds[1:], strict=True):
            yield Span(
                lines[start].start, lines[end - 1].end, "div", (("type", "item"),), rule="minutes.item"
            )
            yield Span(lines[start].start, lines[start].end, "head", rule="minutes.item")
            yield from self._content(start + 1, end)
        if closing < len(lines):
            yield Span(lines[closing].start, lines[-1].end, "closer", rule="minutes.closer")
            yield from signed(lines[closing:], self._is_date, _is_office, "minutes.closer")

    def _is_date(self, line: Line) -> bool:
        return is_dateline(line, self.source.language)

    def _opening(self) -> int:
        """Count the lines of the heading."""
        at = 0
        while at < min(_TOP, len(self.lines)) and at not in self.spoken:
            text = self.lines[at].text
            presides = text.isupper() and _patterns()["chaired"].match(text)
            if len(text) > _HEADING or ((_is_present(text) or _is_field(text)) and not presides):
                break
            few = self.lines[at].within(_SHORT) and len(text.split()) <= _CALLED
            titled = _is_title(text) and (few or bool(_YEAR.search(text)))
            if at and not titled and (self._heads_item(at) or self._is_sentence(at)):
                break
            at += 1
        return at

    def _is_sentence(self, at: int) -> bool:
        return self.lines[at].text.endswith((*_STOPPED, ",")) and not self._is_date(self.lines[at])

    def _heads_item(self, at: int) -> bool:
        """Tell whether a line heads an item: by its number, or in capitals above a speech in a debate."""
        text = self.lines[at].text
        if self._is_date(self.lines[at]):
            return False
        loud = self.verbatim and text.isupper() and at + 1 in self.spoken and not is_direction(text)
        return (loud and len(text) <= _HEADING and self.lines[at].gap > 0) or _is_item(self.lines, at)

    def _topics(self, free: Sequence[int]) -> list[int]:
        """Give the lines that say what paragraphs below them are about: short, and apart; several, or none.

        Nothing is discussed above the first; below what was discussed such a line would say how it was decided.
        """
        found = [at for at in free if at + 1 < len(self.lines) and self._is_topic(at)]
        if loud := [at for at in found if self.lines[at].text.isupper()]:
            return loud
        above = [self.lines[at].text for at in free if found and at < found[0]]
        begins = all(_is_particular(text) or _is_done(text) for text in above)
        return found if len(found) >= _TOPICS and begins else []

    def _is_topic(self, at: int) -> bool:
        line, below = self.lines[at], self.lines[at + 1]
        text = line.text.removesuffix(".")
        if not (line.gap and below.gap and could_head(replace(line, text=text))):
            return False
        if len(text.split()) < 2 and not text.isupper():
            return False
        nothing = _is_done(text) or _is_particular(text) or is_direction(text) or self._is_date(line)
        return (
            not nothing and len(text) <= _TOPIC and len(below.text) > len(text) and below.text[-1] in _STOPPED
        )

    def _closing(self) -> int:
        """Give the line from which on there are only signatures."""
        lines, first = self.lines, self.opened + 1
        if len(lines) > first + 1 and _COLUMNS.match(lines[-1].text) and _is_signed(lines[-2].text):
            return len(lines) - 2  # names below the offices
        last = max(self.spoken, default=0)
        done = last + 1
        while done < len(lines) and _is_done(lines[done].text):
            done += 1
        start = signatures_start(lines, max(first, done), self._is_date, _is_signed, _is_office)
        return start if start < len(lines) and not (self.verbatim and start == last + 1) else len(lines)

    def _content(self, start: int, end: int) -> Iterator[Span]:
        at = start
        plain: list[Line] = []
        while at < end:
            stop, spans = self._part(at, end)
            if stop == at:
                plain.append(self.lines[at])
                at += 1
                continue
            yield from blocks(self.source, plain)
            plain = []
            yield from spans
            at = stop
        yield from blocks(self.source, plain)

    def _part(self, at: int, end: int) -> tuple[int, Iterator[Span]]:
        """Give a speech, a direction or a list of those present, and where it ends; `at` where none begins."""
        lines = self.lines
        if at in self.spoken:
            stop = at + 1
            while (
                stop < end
                and stop not in self.spoken
                and self._goes_on(stop, self.spoken[at].alone and stop == at + 1)
            ):
                stop += 1
            rest = lines[at].starting(self.spoken[at].end)
            said = [*([rest] if rest.text else []), *lines[at + 1 : stop]]
            return stop, speech(self.spoken[at], lines[at], _passages(said, layout(self.source)))
        if is_direction(lines[at].text) or (self.verbatim and self.spoken and _is_done(lines[at].text)):
            return at + 1, iter([Span(lines[at].start, lines[at].end, "stage", rule="minutes.stage")])
        if (stop := fields_end(lines, at, end, _is_particular)) > at:
            return stop, fields(lines[at:stop])
        listed = roll_end(lines, at, end, _is_present, _is_other)
        return listed, roll(lines[at:listed])

    def _goes_on(self, at: int, needed: bool) -> bool:
        """Tell whether a line goes on with the speech before it: no wider gap, and nothing that nobody says."""
        line = self.lines[at]
        if needed:
            return True
        nobody = is_direction(line.text) or _is_field(line.text) or _is_done(line.text)
        verse = line.gap == 1 and self.lines[at - 1].text.endswith((":", "："))
        return not nobody and line.gap <= int(self.verbatim or verse)


def _passages(said: Sequence[Line], shape: Layout) -> list[Passage]:
    """Part what somebody says into prose and the verse that they quote."""
    found: list[Passage] = []
    at = 0
    while at < len(said):
        stop = stanzas_end(said, at, shape)
        if stop > at:
            found.append(Passage(True, shape.rows_of(said[at:stop])))
        elif found and not found[-1].verse:
            found[-1] = Passage(False, [*found[-1].lines, said[at]])
        else:
            found.append(Passage(False, [said[at]]))
        at = max(stop, at + 1)
    return found


def _is_item(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line heads an item: a short one with a number, and more than the next item below it."""
    line = lines[at]
    if not _patterns()["items"].match(line.text) or at + 1 >= len(lines):
        return False
    if _is_listed(line.text, lines[at + 1].text) or line.text.endswith((*",;?", *"；，？")):
        return False
    if at and _counts_on(lines[at - 1].text, line.text):
        return False  # they are paragraphs, or one list
    return not _ends_agenda(lines, at)


def _counts_on(above: str, text: str) -> bool:
    """Tell whether the line above has the number before this one's."""
    first, second = _COUNT.match(above), _COUNT.match(text)
    return first is not None and second is not None and int(first[1]) + 1 == int(second[1])


def _is_listed(text: str, below: str) -> bool:
    """Tell whether two items are of one list; below one with a cyclical sign (甲、) numbers are its parts."""
    return bool(_patterns()["items"].match(below)) and text[0] not in STEMS


def _ends_agenda(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is the last of an agenda: of items below one another, under a line with a colon."""
    first = at
    while first and _item_kind(lines[first - 1].text) == _item_kind(lines[at].text):
        first -= 1
    return 0 < first < at and lines[first - 1].text.endswith((":", "："))


def _item_kind(text: str) -> str:
    """Tell how an item is numbered: “1.”, “1)”, “Zu 1)” are three ways."""
    return _NUMBERED.sub(r"\1#\2", text) if _patterns()["items"].match(text) else ""
