"""Measure the alignment: how right it is on texts with known beads, how sure, how fast, and in how much memory.

    python benchmarks/alignment.py beads FILE.zh-en.txt …          F1 of beads, and the share of right ones by @cert
    python benchmarks/alignment.py speed [--sentences N] [--vectors NAME] [--naive]

A file of beads has a line for each, `original ‖ original | translation ‖ translation`, and an empty line where a
paragraph begins (tests/cases/align). The text for `speed` is made of phrases with names and numbers, every twentieth
sentence is left out and every tenth divided in the translation; `--naive` looks at the whole table, for comparison.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter
from pathlib import Path

from teipress import alignment
from teipress.alignment import Bead, Sentence, align
from teipress.alignment.vectors import encoder

WHO = (
    "Anna",
    "Boris",
    "Clara",
    "David",
    "Elena",
    "Franz",
    "Greta",
    "Hanna",
    "Ivan",
    "Jakob",
    "Klara",
    "Lukas",
)
PHRASES = (
    ("{0} wrote a long letter to {1} in {2}", "{0} schrieb {1} im Jahre {2} einen langen Brief"),
    ("the river near {0}'s house froze in {2}", "der Fluss bei {0}s Haus fror {2} zu"),
    ("nobody believed what {0} had said about {1}", "niemand glaubte, was {0} über {1} gesagt hatte"),
    ("{1} sold {2} sheep and bought a mill", "{1} verkaufte {2} Schafe und kaufte eine Mühle"),
    ("the train from the south was {2} minutes late", "der Zug aus dem Süden hatte {2} Minuten Verspätung"),
    ("{0} and {1} quarrelled about {2} roubles", "{0} und {1} stritten um {2} Rubel"),
)


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


def made(count: int) -> tuple[list[Sentence], list[Sentence]]:
    """Make a text of so many sentences and its translation."""
    chance = random.Random(7)
    left, right = [], []
    for number in range(count):
        english, german = PHRASES[chance.randrange(len(PHRASES))]
        parts = (*chance.sample(WHO, 2), str(chance.randrange(20, 999)))
        left.append(Sentence(english.format(*parts).capitalize() + ".", "en"))
        if number % 20 == 19:
            continue
        words = german.format(*parts)
        halves = words.partition(" ") if number % 10 == 9 else (words, "", "")
        right += [Sentence(half.capitalize() + ".", "de") for half in (halves[0], halves[2]) if half]
    return left, right


def measure_speed(count: int, vectors: str, naive: bool) -> None:
    """Print the time and the memory that a text takes."""
    left, right = made(count)
    encode = encoder(vectors)
    if naive:
        alignment.band = lambda sides, progress: [(0, len(sides[1]) + 1)] * (len(sides[0]) + 1)
    before = time.perf_counter()
    beads = align(left, right, encode)
    seconds = time.perf_counter() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    linked = sum(bead.cert not in ("", "none") for bead in beads)
    print(
        f"{count} sentences{', whole table' if naive else ''}: {seconds:.1f} s, {memory:.0f} MB, {linked} links"
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
