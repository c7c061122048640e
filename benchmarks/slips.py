"""Count the suspected slips in clean texts, and how many planted ones are found.

    python benchmarks/slips.py FOLDER [LANGUAGE] [--show N] [--plant]

FOLDER holds plain texts. With `--plant` errors of every kind are put into them, one in two hundred words, from a fixed
seed; found means at the very place, right with the word that stood there.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

from teipress.annotators.errors import annotate
from teipress.drafting import draft, guess
from teipress.edition import Sidecar
from teipress.finding import Rejected
from teipress.languages import identify
from teipress.readers import plain
from teipress.registers import Registers
from teipress.slips.passage import WORD
from teipress.span import Span
from teipress.text import Text

LOOKALIKES = {
    "rn": "m",
    "m": "rn",
    "h": "b",
    "e": "c",
    "c": "e",
    "u": "n",
    "n": "u",
    "d": "cl",
    "l": "t",
    "s": "f",
}
FIGURES = {"o": "0", "l": "1", "i": "1", "s": "5", "b": "6", "g": "9"}
CYRILLIC = dict(zip("aceopxyAEOC", "асеорхуАЕОС", strict=True))


def texts(folder: Path, language: str) -> list[tuple[str, str, str]]:
    """Give the name, wording and language of each text."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        try:
            source = plain.read(path.read_bytes(), path.stem, str(path), Sidecar())
        except Rejected:
            continue
        found.append((path.stem, source.text, language or identify(source.text)))
    return found


def suspected(text: str, language: str) -> tuple[Text, list[Span]]:
    """Give the view of a text and the slips that are suspected in it."""
    source = plain.read(text.encode(), "text", "text.txt", Sidecar(language=language))
    genre, _ = guess(source)
    view = Text.of(draft(source, Sidecar(), genre))
    return view, list(annotate(view, Registers()))


def planted(text: str, chance: random.Random) -> tuple[str, dict[str, str]]:
    """Put slips into a text; give it, and what was put in with what stood there."""
    words = list(WORD.finditer(text))
    slips: dict[str, str] = {}
    chosen = sorted(chance.sample(range(1, len(words) - 1), max(1, len(words) // 200)), reverse=True)
    for number in chosen:
        match, following = words[number], words[number + 1]
        word, kind = match[0], chance.choice(["figure", "script", "look-alike", "typing", "parted", "joined"])
        end, was = match.end(), word
        if kind == "joined" and text[match.end() : following.start()] == " ":
            end, was = following.end(), f"{word} {following[0]}"
            wrong = word + following[0]
        elif word.isalpha() and word.islower() and len(word) >= 5:
            wrong = spoilt(word, kind, chance)
        else:
            continue
        if wrong == was or wrong in slips:
            continue
        slips[wrong] = was
        text = text[: match.start()] + wrong + text[end:]
    return text, slips


def spoilt(word: str, kind: str, chance: random.Random) -> str:
    """Give a word with a slip of one kind."""
    table = {"figure": FIGURES, "script": CYRILLIC, "look-alike": LOOKALIKES}.get(kind)
    at = chance.randrange(1, len(word) - 1)
    if table is None:
        return (
            word[:at] + " " + word[at:]
            if kind == "parted"
            else word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        )
    places = [(i, key) for key in table for i in range(len(word)) if word.startswith(key, i)]
    if not places:
        return word
    at, key = chance.choice(places)
    return word[:at] + table[key] + word[at + len(key) :]


def main(arguments: list[str]) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("language", nargs="?", default="")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--plant", action="store_true")
    asked = parser.parse_args(arguments)
    chance = random.Random(1)
    words = put = found = right = 0
    rules: Counter[str] = Counter()
    shown: list[str] = []
    spent = 0.0
    for name, text, language in texts(asked.folder, asked.language):
        wrong: dict[str, str] = {}
        if asked.plant:
            text, wrong = planted(text, chance)
        begun = time.perf_counter()
        view, slips = suspected(text, language)
        spent += time.perf_counter() - begun
        words += len(view.reading.split())
        put += len(wrong)
        for span in slips:
            quote = view.reading[span.start : span.end]
            rules[f"{span.rule} {span.cert}"] += 1
            if quote in wrong:
                found += 1
                right += span.reading == wrong[quote]
            else:
                context = view.reading[max(0, span.start - 30) : span.end + 20].replace("\n", "/")
                shown.append(f"{name}: {span.rule} {span.cert}: {quote} -> {span.reading}   …{context}…")
    print(
        f"{words} words, {len(shown)} suspected that nobody planted: {10_000 * len(shown) / words:.1f} in 10,000 words"
    )
    print(dict(sorted(rules.items())), f"{spent:.1f} s")
    if asked.plant:
        print(f"planted {put}, found {found} ({found / put:.0%}), rightly read {right} ({right / put:.0%})")
    print("\n".join(chance.sample(shown, min(asked.show, len(shown)))))


if __name__ == "__main__":
    main(sys.argv[1:])
