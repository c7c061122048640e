"""Faults planted into TEI files: how many the checks find, and where.

    python benchmarks/faults.py FOLDER [TIMES [KIND…]]

Each kind of fault is planted at a random place into each .xml file below a folder that has such a place, TIMES
times (1). A fault is found where a finding of its code is new, on the line of the fault; what else is new is counted
as extra. The same seed gives the same faults.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from teipress.checks import collection_checks
from teipress.checks.collection import Collection
from teipress.finding import Finding
from teipress.schemas import Choice
from teipress.validate import Examination, facts_of

#: A text with a fault and where that is; None where there is no place for it.
Planted = tuple[str, int] | None
Plant = Callable[[str, random.Random], Planted]
NAMES = "persName|placeName|orgName|rs|name|date|title"


def replace(pattern: str, change: Callable[[re.Match[str]], str], at: str = "<", flags: int = 0) -> Plant:
    """Change one match of a pattern; the fault is at the last `at` before the match's group 1, or at that."""

    def plant(text: str, chance: random.Random) -> Planted:
        begin = text.find("<teiHeader")
        found = [
            m for m in re.finditer(pattern, text, flags) if m.start() > begin and visible(text, m.start())
        ]
        chance.shuffle(found)
        for match in found[:20]:
            new = change(match)
            if new != match[0]:
                place = text.rfind(at, 0, match.start(1) + 1) if at else match.start(1)
                return text[: match.start()] + new + text[match.end() :], place
        return None

    return plant


def visible(text: str, at: int) -> bool:
    """Tell whether a place is not in a comment."""
    return text.rfind("<!--", 0, at) <= text.rfind("-->", 0, at)


def in_text(plant: Plant) -> Plant:
    """Plant into the text alone, not into the header."""

    def inside(text: str, chance: random.Random) -> Planted:
        begin = text.find("<text")
        done = plant("<teiHeader/>" + text[begin:], chance) if begin >= 0 else None
        return (text[:begin] + done[0][12:], begin + done[1] - 12) if done else None

    return inside


def id_twice(text: str, chance: random.Random) -> Planted:
    """Give an element the id of an earlier one."""
    found = list(re.finditer(r'xml:id="([^"]+)"', text))
    if len(found) < 2:
        return None
    one, other = sorted(chance.sample(found, 2), key=lambda match: match.start())
    return text[: other.start(1)] + one[1] + text[other.end(1) :], text.rfind("<", 0, other.start())


def swapped(one: str, other: str) -> Callable[[re.Match[str]], str]:
    """Exchange the values of two attributes of a tag."""

    def change(match: re.Match[str]) -> str:
        first, second = re.search(rf'{one}="([^"]+)"', match[0]), re.search(rf'{other}="([^"]+)"', match[0])
        if not first or not second or first[1][:10] == second[1][:10]:
            return match[0]
        return re.sub(rf'{one}="[^"]+"', f'{one}="{second[1]}"', match[0], count=1).replace(
            f'{other}="{second[1]}"', f'{other}="{first[1]}"', 1
        )

    return change


def later(years: int, days: int = 0) -> Callable[[re.Match[str]], str]:
    """Move the day in @when."""

    def change(match: re.Match[str]) -> str:
        year, month, day = int(match[2]), match[3], int(match[4])
        if days and str(day) not in re.findall(r"\d+", match[5]):
            return match[0]
        if years and match[2] not in match[5]:
            return match[0]
        return match[0].replace(
            f"{match[2]}-{match[3]}-{match[4]}",
            f"{year + years:04}-{month}-{(day + days - 1) % 28 + 1:02}",
            1,
        )

    return change


def reversed_life(match: re.Match[str]) -> str:
    """Put the birth 300 years later."""
    return re.sub(
        r'(<birth>(?:(?!</birth>).)*?when=")(\d{4})',
        lambda m: f"{m[1]}{int(m[2]) + 300}",
        match[0],
        flags=re.DOTALL,
    )


KINDS: dict[str, tuple[set[str], Plant]] = {
    "pointer to nothing": ({"PTR001"}, replace(r'<[a-zA-Z]+ [^<>]*="()#([\w.-]+)"', lambda m: m[0][:-1] + 'Qx"')),
    "pointer without #": ({"PTR002"}, replace(r'<[a-zA-Z]+ [^<>]*(?:who|ref|corresp|resp)="()#([\w-]+)"', lambda m: m[0].replace("#", ""))),
    "unknown prefix": ({"PTR003"}, replace(r'(?:who|ref|corresp|resp)="()#', lambda m: m[0].replace("#", "qzq:"))),
    "id twice": ({"ID001"}, id_twice),
    "language: no tag": ({"LNG001", "RNG001"}, replace(r'xml:lang=()"[a-z-]+"', lambda m: 'xml:lang="de-AT-Latn"')),
    "language: unknown": ({"LNG002"}, replace(r'xml:lang=()"[a-z-]+"', lambda m: 'xml:lang="xq"')),
    "language: other script": (
        {"LNG004"},
        replace(r'xml:lang=()"(?:de|fr|en|la)"([^<>]*>[^<]{40,})', lambda m: f'xml:lang="ru"{m[2]}'),
    ),
    "date: other year": ({"DAT020", "COR005"}, replace(r'<date [^<>]*when=()"(\d{4})-(\d\d)-(\d\d)"[^<>/]*>([^<]*)', later(1))),
    "date: other day": ({"DAT020", "COR005"}, replace(r'<date [^<>]*when=()"(\d{4})-(\d\d)-(\d\d)"[^<>/]*>([^<]*)', later(0, 1))),
    "limits exchanged": ({"DAT022"}, replace(r"<date() [^<>]*not[^<>]*>", swapped("notBefore", "notAfter"))),
    "range exchanged": ({"DAT022"}, replace(r"<date() [^<>]*from[^<>]*>", swapped("from", "to"))),
    "30 February": ({"RNG001", "DAT023"}, replace(r'when=()"(\d{4})-\d\d-\d\d"', lambda m: f'when="{m[2]}-02-30"')),
    "date and limits": ({"DAT024"}, replace(r'<date( when="\d{4}-\d\d-\d\d")', lambda m: f"{m[0]} notBefore=\"1850\"")),
    "no sender": ({"COR001"}, replace(r'(<correspDesc.*?)<correspAction type="sent".*?</correspAction>', lambda m: m[1], flags=re.DOTALL, at="")),
    "sender without name": (
        {"COR003"},
        replace(r'(<correspAction type="sent")>.*?</correspAction>', lambda m: f"{m[1]}><date when=\"1900-01-01\"/></correspAction>", flags=re.DOTALL, at=""),
    ),
    "received before sent": (
        {"COR004"},
        replace(r'(<correspAction type="received")>', lambda m: f"{m[1]}><date when=\"1790-01-01\"/>", at=""),
    ),
    "space lost after a name": ({"WRD010"}, in_text(replace(rf"[a-zé]()</(?:{NAMES})> (?=[a-z]{{2,}}\b)", lambda m: m[0][:-1], at=""))),
    "space lost before a name": ({"WRD010"}, in_text(replace(rf"\b[a-z]{{2,}}() <(?:{NAMES})(?: [^<>]*)?>(?=\w)", lambda m: m[0].replace(" ", "", 1), at=""))),
    "space lost after a comma": ({"WRD012"}, in_text(replace(rf"</(?:{NAMES})>(),\s+(?=[a-z]{{2,}})", lambda m: m[0].rstrip(), at=""))),
    "two spaces": ({"WRD011"}, in_text(replace(r"(?<=>)[^<>]*[a-z]() (?=[a-z])", lambda m: m[0] + " ", at=""))),
    "lost letter": ({"XML012"}, in_text(replace(r"()[äöüéèàßê]", lambda m: "\ufffd", at=""))),
    "misread letter": ({"XML014"}, in_text(replace(r"()[äöüéèàßê]", lambda m: m[0].encode().decode("cp1252", "replace") if "\ufffd" not in m[0].encode().decode("cp1252", "replace") else m[0], at=""))),
    "control character": ({"XML013"}, in_text(replace(r">[^<>]*[a-z]() (?=[a-z])", lambda m: m[0] + "\x93", at=""))),
    "accent apart": ({"XML015"}, in_text(replace(r"()[äöüéèàê]", lambda m: unicodedata.normalize("NFD", m[0]), at=""))),
    "private use": ({"XML016"}, in_text(replace(r">[^<>]*[a-z]() (?=[a-z])", lambda m: m[0] + "\ue123", at=""))),
    "second identifier": (
        {"REG005"},
        replace(r'<person [^<>]*>(?:(?!</person>).)*?()(<idno type="(?!UR)\w+">)\w+</idno>', lambda m: f"{m[0]}{m[2]}Q0</idno>", flags=re.DOTALL, at=""),
    ),
    "life reversed": (
        {"DAT026"},
        replace(r"<birth>(?:(?!</person>).)*?()<death>(?:(?!</death>).)*", reversed_life, flags=re.DOTALL, at=""),
    ),
    "entry without name": ({"REG007"}, replace(r"(<person [^<>]*xml:id[^<>]*>)\s*<persName>(?:(?!persName).)*</persName>(?=\s*<(?!persName)[a-z])", lambda m: m[1], flags=re.DOTALL, at="")),
    "unknown element": ({"RNG001"}, in_text(replace(r"()<p>", lambda m: "<blink/><p>", at=""))),
    "unknown attribute": ({"RNG001"}, in_text(replace(r"()<(p|l|sp) ", lambda m: f"{m[0]}colour=\"red\" ", at=""))),
    "tag left open": ({"XML001"}, in_text(replace(r"()</p>", lambda m: "", at=""))),
}  # fmt: skip


def examine(examination: Examination, path: Path) -> list[Finding]:
    """Give all findings on one file, those of an edition's checks among them."""
    examined = examination(path, path.name)
    home = path.resolve()
    collection = Collection(None, {home: examined.facts}, {home: path.name}, False, facts_of)
    together = [finding for check in collection_checks().values() for finding in check(collection)]
    return [*examined.findings, *together]


def main(folder: str, times: str = "1", *kinds: str) -> None:
    """Plant, and print a table."""
    examination = Examination(Choice(None, None))
    chance = random.Random(20)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in kinds or KINDS}
    shown: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        for source in sorted(Path(folder).rglob("*.xml")):
            text = source.read_text(encoding="utf-8")
            path = Path(place) / source.name
            path.write_text(text, encoding="utf-8")
            before = Counter((f.code, f.message) for f in examine(examination, path))
            for kind, count in counts.items():
                codes, plant = KINDS[kind]
                for _ in range(int(times)):
                    planted = plant(text, chance)
                    if planted is None:
                        continue
                    path.write_text(planted[0], encoding="utf-8")
                    new = [f for f in examine(examination, path) if not before[f.code, f.message]]
                    line = planted[0].count("\n", 0, planted[1]) + 1
                    own = [f for f in new if f.code in codes]
                    where = "found" if any(f.line == line for f in own) else "elsewhere" if own else "missed"
                    count[where] += 1
                    count["planted"] += 1
                    count["extra"] += len(new) - len(own)
                    if where != "found":
                        near = planted[0][max(0, planted[1] - 40) : planted[1] + 60].replace("\n", "⏎")
                        shown.append(
                            f"{kind}, {where}: {source.name}:{line}: {near} {[f.line for f in own][:3]}"
                        )
                    shown.extend(f"{kind}, extra: {f}" for f in new if f not in own)
    columns = ("planted", "found", "elsewhere", "missed", "extra")
    print(f"{'':26}" + "".join(f"{column:>10}" for column in columns))
    for kind, count in counts.items():
        print(f"{kind:26}" + "".join(f"{count[column]:>10}" for column in columns))
    total = sum(counts.values(), Counter[str]())
    print(f"{'all':26}" + "".join(f"{total[column]:>10}" for column in columns))
    print("\n".join(shown), file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
