"""Measure the alignment: how right it is on texts with known beads, how sure, how fast, and in how much memory.

    python benchmarks/alignment.py beads FILE.zh-en.txt …          F1 of beads, and the share of right ones by @cert
    python benchmarks/alignment.py speed [--sentences N] [--vectors NAME] [--naive]

A file of beads has a line for each, `original ‖ original | translation ‖ translation`, and an empty line where a
paragraph begins (tests/cases/align). The text for `speed` is made of clauses with names, numbers and a few dozen nouns,
joined, divided, left out and added as in translations, with a page missing now and then; `--naive` looks at the whole
table, for comparison. Time is the processor's.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import time
from collections import Counter
from pathlib import Path
from typing import Any

from teipress import alignment
from teipress.alignment import Bead, Sentence, align
from teipress.alignment.vectors import encoder

WHO = re.findall(
    r"\w+", "Anna Boris Clara David Elena Franz Greta Hanna Ivan Jakob Klara Lukas Marta Niels Olga"
)
WHAT = dict(
    re.findall(
        r"(\w+)=(\w+)",
        """
        mill=Mühle letter=Brief bridge=Brücke horse=Pferd garden=Garten window=Fenster harbour=Hafen boat=Boot
        winter=Winter soldier=Soldat teacher=Lehrer tower=Turm forest=Wald bread=Brot lamp=Lampe debt=Schuld
        doctor=Arzt church=Kirche road=Straße cellar=Keller newspaper=Zeitung bell=Glocke field=Feld key=Schlüssel
        wedding=Hochzeit storm=Sturm neighbour=Nachbar dog=Hund clock=Uhr coat=Mantel island=Insel lake=See
        """,
    )
)
PHRASES = (
    ("{0} wrote to {1} about the {3} in {2}", "{0} schrieb {1} im Jahre {2} über {4}"),
    ("the {3} near {0}'s house was old", "bei {0}s Haus gab es etwas Altes: {4}"),
    ("nobody believed what {0} had said of the {3}", "niemand glaubte, was {0} von {4} gesagt hatte"),
    ("{1} paid {2} marks for the {3}", "{1} bezahlte {2} Mark für {4}"),
    ("the {3} could not be found that evening", "an jenem Abend war {4} nicht zu finden"),
    ("{0} and {1} quarrelled about the {3}", "{0} und {1} stritten um {4}"),
    ("it was too late for the {3}", "für {4} war es zu spät"),
    ("{0} never spoke of the {3} again", "{0} sprach nie wieder von {4}"),
    ("in the {3} it was quiet", "still war es, was {4} angeht"),
    ("“the {3} is yours”, said {1}", "„{4} gehört dir“, sagte {1}"),
)
#: Of a hundred sentences: how many are rendered by one, one by two, two by one, two by two; left out; added.
SHAPES = {(1, 1): 82, (1, 2): 6, (2, 1): 5, (2, 2): 1, (1, 0): 3, (0, 1): 3}
_GAP = 1500  # sentences after which a page of the translation is missing
_PAGE = 25


def read_beads(path: Path) -> tuple[list[Sentence], list[Sentence], set[Bead]]:
    """Read a file of beads: both sides, and the beads without certainty."""
    languages = path.name.split(".")[1].split("-")
    sides: tuple[list[Sentence], list[Sentence]] = ([], [])
    beads: set[Bead] = set()
    opens = True
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            opens = True
            continue
        ranges = []
        for side, language, part in zip(sides, languages, line.split("|"), strict=True):
            found = [text.strip() for text in part.split("‖") if text.strip()]
            ranges.append((len(side), len(side) + len(found)))
            side += [Sentence(t, language, opens=opens and n == 0) for n, t in enumerate(found)]
        beads.add(Bead(ranges[0], ranges[1]))
        opens = False
    return *sides, beads


def measure_beads(paths: list[Path], vectors: str) -> None:
    """Print how many beads are found, and how many of each certainty are right."""
    encode = encoder(vectors)
    for path in paths:
        left, right, beads = read_beads(path)
        wanted = {
            (b.original, b.translation) for b in beads if len(set(b.original)) > 1 < len(set(b.translation))
        }
        found = [bead for bead in align(left, right, encode) if bead.cert not in ("", "none")]
        sure: Counter[str] = Counter(bead.cert for bead in found)
        hits = [bead for bead in found if (bead.original, bead.translation) in wanted]
        good: Counter[str] = Counter(bead.cert for bead in hits)
        told = ", ".join(f"{cert} {good[cert]} of {sure[cert]}" for cert in ("high", "medium", "low"))
        print(f"{path.name}: F1 {2 * len(hits) / (len(found) + len(wanted)):.3f}; right: {told}")


def made(count: int) -> tuple[list[Sentence], list[Sentence], set[Bead]]:
    """Make a text of so many sentences and its translation, with the beads that link them."""
    chance = random.Random(7)
    left: list[Sentence] = []
    right: list[Sentence] = []
    beads: set[Bead] = set()

    def clause() -> tuple[str, str]:
        english, german = chance.choice(PHRASES)
        what = chance.choice(list(WHAT))
        parts = (*chance.sample(WHO, 2), str(chance.randrange(20, 999)), what, WHAT[what])
        return english.format(*parts), german.format(*parts)

    while len(left) < count:
        at = len(left), len(right)
        a, b = chance.choices(list(SHAPES), list(SHAPES.values()))[0]
        if len(left) % _GAP < _PAGE:
            a, b = 1, 0
        clauses = [clause() for _ in range(max(a, b, chance.randint(1, 3)))]
        left += [Sentence(text, "en") for text in _parted([c for c, _ in clauses], a)]
        right += [Sentence(text, "de") for text in _parted([c for _, c in clauses], b)]
        if a and b:
            beads.add(Bead((at[0], len(left)), (at[1], len(right))))
    return left, right, beads


def _parted(clauses: list[str], count: int) -> list[str]:
    """Make so many sentences of clauses."""
    ends = [len(clauses) * (k + 1) // count for k in range(count)]
    runs = [clauses[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    return [(", ".join(run) + ".").capitalize() for run in runs]


def measure_speed(count: int, vectors: str, naive: bool) -> None:
    """Print the processor time and the memory that a text takes; reading it for its vectors is counted apart."""
    left, right, beads = made(count)
    encode = encoder(vectors)
    if naive:
        alignment.band = lambda sides, *_: [(0, len(sides[1]) + 1)] * (len(sides[0]) + 1)
    reading = [0.0]
    if encode is not None:
        spans = alignment._spans

        def timed(*arguments: Any) -> Any:
            begun = time.process_time()
            read = spans(*arguments)
            reading[0] += time.process_time() - begun
            return read

        alignment._spans = timed
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    before = time.process_time()
    found = [bead for bead in align(left, right, encode) if bead.cert not in ("", "none")]
    seconds = time.process_time() - before - reading[0]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    hits = sum(Bead(bead.original, bead.translation) in beads for bead in found)
    print(
        f"{len(left)} and {len(right)} sentences{', whole table' if naive else ''}: {seconds:.1f} s"
        + (f" and {reading[0]:.1f} s of reading" if encode else "")
        + f", {memory - base:.0f} MB above {base:.0f}; F1 {2 * hits / (len(found) + len(beads)):.3f}"
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["beads", "speed"])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sentences", type=int, default=5000)
    parser.add_argument("--vectors", default="")
    parser.add_argument("--naive", action="store_true")
    asked = parser.parse_args()
    if asked.what == "beads":
        measure_beads(asked.files, asked.vectors)
    else:
        measure_speed(asked.sentences, asked.vectors, asked.naive)


if __name__ == "__main__":
    main()
