"""Long random lives of an edition: machine runs, hand edits, corrected sources, decisions and undos, in any order.

Whatever the order: the wording is the source's, what a person did is still there, what was rejected does not come
back, and a run with nothing new to say writes nothing.
"""

from __future__ import annotations

import random
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import etree

from teipress.build import Encoded, Mode, encode_file
from teipress.decide import Verdict, decide, decided, undo, waiting
from teipress.document import read, tei
from teipress.edition import Edition
from teipress.finding import has_errors
from teipress.proof import prove
from teipress.registers import Registers

FIRST = ["Anna", "Boris", "Clara", "Dmitri", "Elsa", "Felix"]
LAST = ["Adler", "Brandt", "Cohn", "Dorn", "Ebner", "Falk"]
PLACES = ["Riga", "Tartu", "Pskov", "Vilna", "Narva"]
WORDS = re.findall(
    r"\w+", "the boat came late nobody had seen it pass so we waited by mill until lamp was lit"
)
OPENINGS = [
    "Riga, 3 May 1891\n\nDear Anna,\n\n",
    "Pskov, 12 March 1905\n\nMy dear Boris,\n\n",
    "A Winter\n\n",
]

HEAD = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Names</title></titleStmt>
<publicationStmt><p>Not stated.</p></publicationStmt><sourceDesc><p>Made for the test.</p></sourceDesc></fileDesc>
</teiHeader><standOff>{}</standOff></TEI>"""


def prose(chance: random.Random) -> str:
    def sentence() -> str:
        words = chance.sample(WORDS, chance.randint(4, 9))
        names = [f"{chance.choice(FIRST)} {chance.choice(LAST)}", chance.choice(PLACES), chance.choice(LAST)]
        for name in chance.sample(names, chance.randint(1, 3)):
            words.insert(chance.randint(0, len(words)), name)
        return " ".join(words).capitalize() + chance.choice(
            [".", f" on {chance.randint(1, 28)} May 1891.", "!"]
        )

    paragraphs = [
        " ".join(sentence() for _ in range(chance.randint(1, 4))) for _ in range(chance.randint(2, 5))
    ]
    return chance.choice(OPENINGS) + "\n\n".join(paragraphs) + "\n"


def register(chance: random.Random) -> str:
    """Some names, as another day's register might have them."""
    persons = chance.sample(FIRST, 4)
    entries = [
        f'<person xml:id="p{n}"><persName xml:lang="en">{first} {chance.choice(LAST)}</persName>'
        f'<persName xml:lang="en">{first}</persName></person>'
        for n, first in enumerate(persons)
    ]
    entries += [
        f'<person xml:id="q{n}"><persName>{last}</persName></person>' for n, last in enumerate(LAST[:3])
    ]
    places = [
        f'<place xml:id="o{n}"><placeName>{p}</placeName></place>'
        for n, p in enumerate(chance.sample(PLACES, 3))
    ]
    return HEAD.format(f"<listPerson>{''.join(entries)}</listPerson><listPlace>{''.join(places)}</listPlace>")


@dataclass
class Life:
    """An edition of one text, and what must be found in it from now on."""

    root: Path
    chance: random.Random
    marks: dict[str, str] = field(default_factory=dict)  # @n of a person's element, and its words
    notes: set[str] = field(default_factory=set)
    rejected: set[tuple[str, str, str]] = field(default_factory=set)  # words with context before, element

    def __post_init__(self) -> None:
        for folder in ("seeds", "tei/registers", "tei/decisions"):
            (self.root / folder).mkdir(parents=True)
        (self.root / "edition.toml").write_text(
            'title = "A life"\n[[editors]]\nid = "ed"\nname = "An editor"\n'
        )
        self.source.write_text(prose(self.chance), encoding="utf-8")
        self.register.write_text(register(self.chance), encoding="utf-8")

    @property
    def source(self) -> Path:
        return self.root / "seeds" / "text.txt"

    @property
    def tei(self) -> Path:
        return self.root / "tei" / "text.xml"

    @property
    def ledger(self) -> Path:
        return self.root / "tei" / "decisions" / "text.json"

    @property
    def register(self) -> Path:
        return self.root / "tei" / "registers" / "names.xml"

    @property
    def edition(self) -> Edition:
        return Edition.load(self.root)

    def run(self, *, redraft: bool = False) -> Encoded:
        registers = Registers.load(self.register.parent)
        return encode_file(self.source, self.tei, self.ledger, self.edition, registers, Mode(redraft=redraft))

    # What people and machines do.

    def another_register(self) -> None:
        self.register.write_text(register(self.chance), encoding="utf-8")

    def edit(self, pattern: str, replacement: str) -> re.Match[str] | None:
        """Change one place in the text of the TEI file by hand."""
        text = self.tei.read_text(encoding="utf-8")
        head, body = text.split("<text", 1)
        places = list(re.finditer(pattern, body))
        if not places:
            return None
        place = self.chance.choice(places)
        body = body[: place.start()] + place.expand(replacement) + body[place.end() :]
        self.tei.write_text(f"{head}<text{body}", encoding="utf-8", newline="\n")
        return place

    def change_an_attribute(self) -> None:
        mark = f"m{len(self.marks)}"
        place = self.edit(
            r'<(persName|placeName|date) (?![^>]* n=)([^>]*resp="#teipress"[^>]*)>([^<]*)<',
            rf'<\1 \2 n="{mark}">\3<',
        )
        if place:
            self.marks[mark] = place[3]

    def encode_a_word(self) -> None:
        mark = f"m{len(self.marks)}"
        place = self.edit(r"(?<=[ >])(boat|mill|lamp|waited)(?=[ .!<])", rf'<term n="{mark}">\1</term>')
        if place:
            self.marks[mark] = place[1]

    def put_in_a_note(self) -> None:
        note = f"note {len(self.notes)}"
        if self.edit(r"(?<=[a-z]) (?=[a-z]+ )", rf'<note resp="#ed">{note}</note> '):
            self.notes.add(note)

    def mark_a_paragraph(self) -> None:
        mark = f"m{len(self.marks)}"
        if self.edit(r"<p>(?=\S)", rf'<p n="{mark}">'):
            self.marks[mark] = ""

    def remove_a_name(self) -> None:
        place = self.edit(
            r'([^<>]*)<(persName|placeName) (?![^>]* n=)[^>]*resp="#teipress"[^>]*>([^<]*)</\2>', r"\1\3"
        )
        if place and len(place[1]) >= 12:  # with less before it, other names would be taken for it
            self.rejected.add((place[1][-12:], place[3], place[2]))

    def decide_something(self) -> None:
        cases = waiting(self.edition)
        if not cases:
            return
        case = self.chance.choice(cases)
        kind = self.chance.choice(["accept", "reject", "correct"])
        dated = case.entry.tag in ("date", "time", "certainty")
        entry = "registers/names.xml#p0" if case.entry.tag == "persName" else "https://example.org/entry"
        value = "1871-04-07" if dated else entry
        decide(self.edition, [case], Verdict(kind, "ed", "2026-01-01", value))

    def undo_something(self) -> None:
        cases = [case for case in decided(self.edition) if not _by_hand(case)]
        if cases:
            undo(self.edition, [self.chance.choice(cases)])

    def correct_the_source(self) -> None:
        """Correct a word in the transcription; people's own words stay, so that nothing need be lost."""
        text = self.source.read_text(encoding="utf-8")
        words = list(re.finditer(r"\b(nobody|passed|until|seen|late|came|pass)\b", text))
        if words:
            word = self.chance.choice(words)
            self.source.write_text(
                text[: word.start()] + word[0].upper() + text[word.end() :], encoding="utf-8"
            )

    # What must hold.

    def check(self) -> None:
        tree = read(self.tei)
        root = tree.getroot()
        assert [f for f in prove(self.edition, self.tei, tree, "text.xml") if f.severity == "error"] == []
        for mark, words in self.marks.items():
            found = [element for element in root.iter(tei("*")) if element.get("n") == mark]
            assert len(found) == 1, f"the element with n={mark} around {words!r} is gone"
            assert words in "".join(map(str, found[0].itertext()))
        notes = {"".join(map(str, note.itertext())) for note in root.iter(tei("note"))}
        assert self.notes <= notes
        for before, name, tag in self.rejected:
            body = etree.tostring(root, encoding="unicode")
            assert not re.search(rf"{re.escape(before)}<{tag} [^>]*#teipress[^>]*>{re.escape(name)}<", body)


def _by_hand(case: object) -> bool:
    entry = getattr(case, "entry", None)
    return getattr(entry, "by", "") == ""


STEPS = [
    Life.another_register,
    Life.change_an_attribute,
    Life.encode_a_word,
    Life.put_in_a_note,
    Life.mark_a_paragraph,
    Life.remove_a_name,
    Life.decide_something,
    Life.undo_something,
    Life.correct_the_source,
]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happens(seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder), chance)
        assert not has_errors(life.run().findings)
        done: list[str] = []
        for _ in range(chance.randint(8, 25)):
            step = chance.choice(STEPS)
            done.append(step.__name__)
            step(life)
            outcome = life.run(redraft=step is Life.correct_the_source)
            assert not has_errors(outcome.findings), (done, outcome.findings)
            assert not [f for f in outcome.findings if f.code == "ENC030"], (done, outcome.findings)
            life.check()
            before = life.tei.read_bytes(), life.ledger.read_bytes()
            assert not life.run().changed, done
            assert (life.tei.read_bytes(), life.ledger.read_bytes()) == before, done
