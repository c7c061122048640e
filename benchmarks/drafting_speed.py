"""Time the way from a file to its drafted TEI, genre by genre: `python benchmarks/drafting_speed.py [MEGABYTES]`.

The texts are made up, and no two of their lines are alike, so that nothing is remembered from one to the next. Beside
each figure stands a peer's in the same run and process: a tokeniser that takes the same text apart into words and
signs, and builds the same tree with lxml from a list of its elements. Times are those of the processor, so that other
programs on the machine change little. What a process reads and compiles once (the statistics of languages, patterns) is
told apart, as `begun`: it is the time of a short text of the genre, drafted first.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import textwrap
import time
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from teipress.drafting import GENRES, draft, guess
from teipress.edition import Sidecar
from teipress.readers import plain
from teipress.source import Source

_COMMON: Final = """
    the of and to a in that it was he his had with for as on at by not but from they she her which be were is
    all him one there when who would been so no their out into up then some could them now upon very more down
    came about over only time like little man after our before went two did said long through way here again men
    house made long night under ice water harbour boat captain winter morning door letter hand old great light
    sea town
"""
_RARE: Final = """
    pilot lantern anchor cordage beacon sailor market ladder chimney barrel kettle ledger orchard parish quarry
    ribbon saddle timber velvet wagon whistle copper cellar ribbon bridge cabin ferry gravel herring island
    kitchen
"""
_SYLLABLES: Final = """
    ba ren tol mi sa gor lin de fa ker no pel ri tus van wo ze shu bri clo dra fen gal
"""
_NAMES: Final = """
    Anna Hugo Pieter Marta Wells Riga Lübeck Dorpat Harwich Jonas Berta Klara Tilsit Reval
"""
_MONTHS: Final = """
    January February March April May June July August September October November December
"""
_SHORT: Final = 30_000  # characters of a text that is drafted first
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Writer:
    """Writes text of which no two lines are the same: common words, rarer ones, and some that are made up."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.lists = {name: name.split() for name in (_COMMON, _RARE, _SYLLABLES, _NAMES, _MONTHS)}

    def one(self, words: str) -> str:
        """Give one of a list of words."""
        return self.chance.choice(self.lists[words])

    def word(self) -> str:
        """Give a word."""
        kind = self.chance.random()
        if kind < 0.72:
            return self.one(_COMMON)
        if kind < 0.84:
            return self.one(_RARE)
        if kind < 0.87:
            return self.name()
        if kind < 0.88:
            return str(self.chance.randrange(1, 2000))
        return "".join(self.one(_SYLLABLES) for _ in range(self.chance.randrange(2, 4)))

    def name(self) -> str:
        """Give a name."""
        return self.one(_NAMES)

    def words(self, count: int) -> str:
        """Give so many words, with a comma here and there, the first with a capital."""
        words = [self.word() + ("," if self.chance.random() < 0.08 else "") for _ in range(count)]
        text = " ".join(words).rstrip(",")
        return text[:1].upper() + text[1:]

    def sentence(self) -> str:
        """Give a sentence."""
        text = self.words(self.chance.randrange(8, 26))
        if self.chance.random() < 0.05:
            text += f", in {self.one(_MONTHS)} {self.chance.randrange(1780, 1920)}"
        if self.chance.random() < 0.06:
            text = f"“{text},” said {self.name()}"
        return text + self.chance.choice([".", ".", ".", ".", ";", "?"])

    def paragraph(self) -> str:
        """Give a paragraph, wrapped, with hyphens at the ends of some lines."""
        text = " ".join(self.sentence() for _ in range(self.chance.randrange(2, 6)))
        lines = textwrap.wrap(text, 96)
        for at, line in enumerate(lines[:-1]):
            if self.chance.random() < 0.1 and line[-4:].isalpha():
                lines[at], lines[at + 1] = f"{line[:-2]}-", f"{line[-2:]} {lines[at + 1]}"
        return "\n".join(lines) + "\n\n"

    def paragraphs(self, count: int) -> str:
        """Give so many paragraphs."""
        return "".join(self.paragraph() for _ in range(count))

    def day(self) -> str:
        """Give a day with its month and year."""
        return f"{self.chance.randrange(1, 29)} {self.one(_MONTHS)} {self.chance.randrange(1780, 1920)}"


def _verse(w: Writer) -> str:
    return "".join(f"{w.words(w.chance.randrange(6, 9))},\n" for _ in range(4)) + "\n"


def _drama(w: Writer) -> str:
    lines = textwrap.wrap(" ".join(w.sentence() for _ in range(w.chance.randrange(1, 4))), 70)
    aside = f" ({w.words(3).lower()})" if w.chance.random() < 0.1 else ""
    return f"{w.chance.choice(['ANNA', 'PIETER', 'MARTA'])}{aside}. " + "\n".join(lines) + "\n"


UNITS: Final[dict[str, Callable[[Writer], str]]] = {
    "plain": lambda w: w.paragraph(),
    "article": lambda w: f"{w.words(5).replace(',', '')}\n\n{w.paragraphs(6)}",
    "letter": lambda w: (
        f"{w.name()}, {w.day()}.\n\nDear {w.name()},\n\n{w.paragraphs(3)}Yours ever,\n{w.name()}\n\n\n"
    ),
    "diary": lambda w: f"{w.day()}.\n\n{w.paragraphs(2)}",
    "minutes": lambda w: f"MR. {w.name().upper()}: {w.paragraph()}THE CHAIRMAN: {w.paragraph()}",
    "paper": lambda w: (
        f"No. {w.chance.randrange(900)}\nThe Consul at {w.name()} to the Minister\n\n"
        f"{w.name()}, {w.day()}.\n\nSir: {w.paragraphs(3)}"
    ),
    "drama": _drama,
    "verse": _verse,
}


def written(genre: str, size: int, seed: int = 0) -> str:
    """Write a text of a genre, of about so many characters; another one for each seed."""
    writer = Writer(seed or len(genre))

    def parts() -> Iterator[str]:
        length = 0
        while length < size:
            part = UNITS[genre](writer)
            length += len(part)
            yield part

    return "".join(parts())


def unlike(text: str) -> float:
    """Give the share of the lines that no other line is like."""
    lines = [line for line in text.splitlines() if line]
    return len(set(lines)) / len(lines)


def peer(text: str, tree: etree._Element) -> float:
    """Give the seconds that a tokeniser and lxml need for the same text and the same elements."""
    wanted = [
        (element.tag, dict(element.attrib), element.text, element.tail)
        for element in tree.iter(etree.Element)
    ]
    begun = time.process_time()
    tokens = TOKEN.findall(text)
    root = etree.Element("text")
    for tag, attributes, inside, after in wanted:
        element = etree.SubElement(root, tag, attributes)
        element.text, element.tail = inside, after
    assert tokens
    return time.process_time() - begun


def drafted(data: bytes, genre: str) -> tuple[float, Source, etree._Element, str]:
    """Give the seconds from a file to its draft, the source, the tree, and the genre that it was taken for."""
    begun = time.process_time()
    source = plain.read(data, "text", "text.txt", Sidecar(language="en"))
    guessed = guess(source)[0]
    tree = draft(source, Sidecar(), genre)
    return time.process_time() - begun, source, tree, guessed


def main() -> None:
    """Print a line for each genre."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", type=float, nargs="?", default=2.0)
    parser.add_argument("--genre", action="append")
    asked = parser.parse_args()
    for genre in asked.genre or GENRES:
        text = written(genre, int(asked.megabytes * 1e6))
        data = text.encode()
        first = drafted(written(genre, _SHORT, seed=99).encode(), genre)[0]
        ours, source, tree, guessed = drafted(data, genre)
        other = min(peer(source.text, tree) for _ in range(2))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        size = len(data) / 1e6
        told = f"{size / ours:5.2f} MB a second, peer {size / other:5.2f}, ratio {other / ours:.2f}"
        print(
            f"{genre:8} {told}; begun in {first:.2f} s; {peak:.0f} MB; {unlike(text):.0%} of its lines unlike; "
            f"taken for {guessed}"
        )


if __name__ == "__main__":
    main()
