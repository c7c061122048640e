"""Time the register's matcher: `python benchmarks/names_speed.py`. Names and text are made up, from a fixed seed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial

from lxml import etree

from teipress.document import tei
from teipress.names.index import index
from teipress.names.matching import match
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


PERSONS = 16_800  # of which about 100,000 aliases are made


def word(dice: random.Random) -> str:
    """Make a word up."""
    return "".join(dice.choices(SYLLABLES, k=dice.randint(3, 5)))


def made_up(dice: random.Random, persons: list[str], paragraphs: int) -> Text:
    """Make a text up in which three words of a hundred are a person's name."""
    root = etree.Element(tei("text"))
    body = etree.SubElement(root, tei("body"))
    for _ in range(paragraphs):
        words = [dice.choice(persons) if dice.random() < 0.03 else word(dice) for _ in range(60)]
        etree.SubElement(body, tei("p")).text = f"The {' '.join(words)} and {word(dice).title()}."
    return Text.of(root)


def timed(what: Callable[[], object]) -> float:
    """Give the processor's seconds that something takes."""
    began = time.process_time()
    what()
    return time.process_time() - began


def main() -> None:
    """Print seconds, characters a second, and how much longer twice as much takes."""
    dice = random.Random(1)
    persons = [f"{word(dice).title()} {word(dice).title()}" for _ in range(2 * PERSONS)]
    entries = tuple(Entry(f"#p{i}", "person", (Name(form, "en"),)) for i, form in enumerate(persons))
    registers, twice = Registers(entries[:PERSONS]), Registers(entries)
    texts = [made_up(dice, persons[:PERSONS], paragraphs) for paragraphs in (800, 1600)]
    index(Registers(entries[:100]))
    spent = timed(lambda: index(registers))
    ratio = timed(lambda: index(twice)) / spent
    print(
        f"{len(index(registers).bearers)} aliases in {spent:.2f} s; twice as many persons: {ratio:.1f} times as long"
    )
    tasks: dict[str, Callable[[Text], object]] = {
        "matching": lambda text: match(text, registers),
        "proposals": propose,
    }
    for name, task in tasks.items():
        task(made_up(dice, persons[:PERSONS], 20))
        one, two = (timed(partial(task, text)) for text in texts)
        million = len(texts[0].reading) / one / 1e6
        print(
            f"{name}: {million:.2f} million characters a second; twice as much text: {two / one:.1f} times as long"
        )


if __name__ == "__main__":
    main()
