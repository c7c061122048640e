"""Time the register's matcher: `python benchmarks/names_speed.py`. Names and text are made up, from a fixed seed."""

from __future__ import annotations

import random
import time

from lxml import etree

from teipress.document import tei
from teipress.names.matching import index, match
from teipress.names.proposals import propose
from teipress.registers import Entry, Name, Registers
from teipress.text import Text

SYLLABLES = (
    "ba",
    "ber",
    "bor",
    "dan",
    "del",
    "dor",
    "fel",
    "gar",
    "gor",
    "hal",
    "har",
    "kal",
    "ker",
    "lan",
    "lin",
    "mar",
    "mor",
    "nel",
    "nor",
    "pel",
    "ran",
    "ros",
    "sar",
    "sel",
    "tan",
    "tor",
    "val",
    "ver",
)


def main() -> None:
    """Print seconds and characters a second."""
    dice = random.Random(1)

    def word() -> str:
        return "".join(dice.choices(SYLLABLES, k=dice.randint(3, 5)))

    persons = [f"{word().title()} {word().title()}" for _ in range(12_500)]
    entries = tuple(Entry(f"#p{i}", "person", (Name(form, "en"),)) for i, form in enumerate(persons))
    registers = Registers(entries)
    began = time.perf_counter()
    aliases = len(index(registers).bearers)
    print(f"{aliases} aliases in {time.perf_counter() - began:.2f} s")
    root = etree.Element(tei("text"))
    body = etree.SubElement(root, tei("body"))
    for _ in range(1500):
        words = [dice.choice(persons) if dice.random() < 0.03 else word() for _ in range(60)]
        etree.SubElement(body, tei("p")).text = f"The {' '.join(words)} and {word().title()}."
    text = Text.of(root)
    began = time.perf_counter()
    found = match(text, registers)
    spent = time.perf_counter() - began
    print(
        f"{len(found)} names in {len(text.reading)} characters: {len(text.reading) / spent / 1e6:.2f} million a second"
    )
    began = time.perf_counter()
    propose(text)
    print(
        f"proposals: {len(text.reading) / (time.perf_counter() - began) / 1e6:.2f} million characters a second"
    )


if __name__ == "__main__":
    main()
