"""Long random lives of a text and its translation: runs, decisions about links, hand edits, corrected sources.

Whatever the order: a link that a person accepted, corrected or wrote is still there, one that was rejected has not
come back, no passage is in two links, and a run with nothing new to say writes nothing.
"""

from __future__ import annotations

import random
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import etree

from teipress.build import Mode, encode_edition
from teipress.decide import Case, Verdict, decide, decided, undo, waiting
from teipress.document import ID, NS, read
from teipress.edition import Edition
from teipress.finding import Finding, has_errors

TALE = [
    ("Der Bote kam am 3. Mai 1871 nach Lindau.", "The messenger came to Lindau on 3 May 1871."),
    ("Niemand hatte ihn erwartet.", "Nobody had expected him."),
    ("Er brachte einen Brief von Frau Keller.", "He brought a letter from Mrs Keller."),
    ("Der Wirt fragte, was darin stehe.", "The innkeeper asked what was in it."),
    ("Der Hund schlief unter dem Ofen.", "The dog was asleep under the stove."),
    ("Dann las er den Brief laut vor.", "Then he read the letter aloud."),
    ("Die Mühle war verkauft worden.", "The mill had been sold."),
    ("Draußen begann es zu schneien.", "Outside it began to snow."),
    ("Am 7. Mai ritt er nach Bregenz weiter.", "On 7 May he rode on to Bregenz."),
    ("Den Brief ließ er auf dem Tisch liegen.", "He left the letter lying on the table."),
]


def together(sentences: list[str], chance: random.Random) -> str:
    paragraphs: list[list[str]] = [[]]
    for sentence in sentences:
        if paragraphs[-1] and chance.random() < 0.3:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs) + "\n"


@dataclass
class Life:
    """An edition of a text and its translation, and what must be found in it from now on, by the words linked."""

    root: Path
    chance: random.Random
    form: str
    standing: dict[str, str] = field(default_factory=dict)  # of people's links, target and @resp
    rejected: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        (self.root / "seeds").mkdir(parents=True)
        (self.root / "edition.toml").write_text(
            f'title = "A life"\n[[editors]]\nid = "ed"\nname = "Ed"\n[translations]\nform = "{self.form}"\n'
            '[encode]\nannotators = ["translations"]\n'
        )
        pairs = [pair for pair in TALE if self.chance.random() < 0.9]
        german = [a for a, _ in pairs if self.chance.random() < 0.95]
        english = [b for _, b in pairs if self.chance.random() < 0.95]
        for name, sentences in (("tale", german), ("story", english)):
            self.source(name).write_text(together(sentences, self.chance), encoding="utf-8")
        self.source("tale").with_suffix(".toml").write_text('genre = "plain"\nlanguage = "de"\n')
        self.source("story").with_suffix(".toml").write_text(
            'genre = "plain"\nlanguage = "en"\ntranslation_of = "tale"\n'
        )

    def source(self, name: str) -> Path:
        return self.root / "seeds" / f"{name}.txt"

    @property
    def file(self) -> Path:
        """The file that the links are in."""
        return self.root / "tei" / ("tale.xml" if self.form == "one" else "story.xml")

    @property
    def edition(self) -> Edition:
        return Edition.load(self.root)

    def run(self, *, redraft: bool = False) -> list[Finding]:
        results = encode_edition(self.edition, (), lambda _: None, Mode(redraft=redraft))
        return [finding for result in results for finding in result.findings]

    def links(self) -> dict[str, str | None]:
        """Give the links of the file: target and who answers for it."""
        return {
            link.get("target", ""): link.get("resp") for link in read(self.file).iterfind(".//tei:link", NS)
        }

    def case(self, cases: list[Case]) -> Case | None:
        known = [case for case in cases if case.entry.tag == "link"]
        return self.chance.choice(known) if known else None

    # What people do.

    def accept(self) -> None:
        if case := self.case(waiting(self.edition)):
            decide(self.edition, [case], Verdict("accept", "ed", "2026-01-01"))
            self.standing[case.entry.attributes["target"]] = "#ed"

    def reject(self) -> None:
        if case := self.case(waiting(self.edition)):
            decide(self.edition, [case], Verdict("reject", "ed", "2026-01-01"))
            self.rejected.add(case.entry.attributes["target"])

    def correct(self) -> None:
        """Take a passage out of a link, or put a neighbour that is free into it."""
        case = self.case(waiting(self.edition))
        if not case:
            return
        target = case.entry.attributes["target"]
        meant = self.another(target)
        if meant and meant not in self.rejected:
            decide(self.edition, [case], Verdict("correct", "ed", "2026-01-01", meant))
            self.standing[meant] = "#ed"
            self.rejected.add(target)

    def another(self, target: str) -> str:
        """Give another target: with one passage less, or with the one after the last, where nobody's link has that."""
        pointers = target.split()
        kind = pointers[-1].rpartition("#")[2].rstrip("0123456789")
        known = [
            f"#{e.get(ID)}" for e in read(self.file).iter() if (e.get(ID) or "").rstrip("0123456789") == kind
        ]
        last = pointers[-1]
        place = known.index(last) if last in known else -1
        theirs = {p for other in self.standing for p in other.split()}
        if 0 <= place < len(known) - 1 and known[place + 1] not in theirs and self.form == "two":
            return f"{target} {known[place + 1]}"
        return " ".join(pointers[:-1]) if len(pointers) > 2 and self.chance.random() < 0.5 else ""

    def undo(self) -> None:
        cases = [case for case in decided(self.edition) if getattr(case.entry, "by", "")]
        if case := self.case(cases):
            undo(self.edition, [case])
            self.standing.pop(case.entry.attributes["target"], None)
            self.rejected -= {case.entry.attributes["target"], case.entry.attributes.get("proposed", "")}

    def by_hand(self, change: str) -> str:
        """Change one of the machine's links in the file; give its target."""
        text = self.file.read_text(encoding="utf-8")
        links = list(re.finditer(r'\n *<link target="([^"]*)" cert="\w+"/>', text))
        if not links:
            return ""
        link = self.chance.choice(links)
        made = "" if change == "remove" else link[0].replace(" cert=", ' resp="#ed" cert=')
        self.file.write_text(text[: link.start()] + made + text[link.end() :], encoding="utf-8", newline="\n")
        return link[1]

    def remove_a_link(self) -> None:
        if target := self.by_hand("remove"):
            self.rejected.add(target)

    def sign_a_link(self) -> None:
        if target := self.by_hand("sign"):
            self.standing[target] = "#ed"

    # What happens to the sources.

    def put_in_a_sentence(self) -> None:
        name = self.chance.choice(["tale", "story"])
        text = self.source(name).read_text(encoding="utf-8")
        more = {"tale": "Es war kalt geworden. ", "story": "It had grown cold. "}[name]
        place = self.chance.choice([0, *(m.end() for m in re.finditer("\n\n", text))])
        self.source(name).write_text(text[:place] + more + text[place:], encoding="utf-8")

    def correct_a_word(self) -> None:
        name = self.chance.choice(["tale", "story"])
        text = self.source(name).read_text(encoding="utf-8")
        words = list(re.finditer(r"\b(Brief|Ofen|Tisch|letter|stove|table)\b", text))
        if words:
            word = self.chance.choice(words)
            self.source(name).write_text(
                text[: word.start()] + word[0].upper() + text[word.end() :], encoding="utf-8"
            )

    # What must hold.

    def check(self, done: list[str]) -> None:
        links = self.links()
        for target, who in self.standing.items():
            assert links.get(target) == who, (done, target, links)
        assert not {t for t in self.rejected - self.standing.keys() if t in links}, (
            done,
            self.rejected,
            links,
        )
        levels = [
            [p for link in group for p in link.get("target", "").split()]
            for group in read(self.file).iterfind(".//tei:linkGrp", NS)
        ]
        if not self.standing:
            assert all(len(level) == len(set(level)) for level in levels), (done, levels)
        for group in read(self.file).iterfind(".//tei:linkGrp", NS):
            mine = {p for link in group if link.get("resp") for p in link.get("target", "").split()}
            machine = [p for link in group if not link.get("resp") for p in link.get("target", "").split()]
            assert mine.isdisjoint(machine), (done, etree.tostring(group))


STEPS = [
    Life.accept,
    Life.reject,
    Life.correct,
    Life.undo,
    Life.remove_a_link,
    Life.sign_a_link,
    Life.put_in_a_sentence,
    Life.correct_a_word,
]


@pytest.mark.parametrize("form", ["one", "two"])
@pytest.mark.parametrize("seed", range(3))
def test_links_whatever_happens(seed: int, form: str) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder), chance, form)
        assert not has_errors(life.run())
        done: list[str] = []
        for _ in range(chance.randint(6, 12)):
            step = chance.choice(STEPS)
            done.append(step.__name__)
            step(life)
            findings = life.run(redraft=step in (Life.put_in_a_sentence, Life.correct_a_word))
            assert not has_errors(findings), (done, findings)
            life.check(done)
            before = life.file.read_bytes()
            life.run()
            assert life.file.read_bytes() == before, done
