"""Time the reader of dates: `python benchmarks/dates_speed.py [CHARACTERS]`. The texts are made up.

Beside each figure stands a peer's in the same run and process: one pass of a regular expression over all words. Times
are those of the processor, so that other programs on the machine change little. What a first text costs more, because
patterns are compiled when they are first needed, is a figure of its own.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence

from teipress.dates import find

PROSE = {
    "en": (
        "The boat came in before the morning bell, and the pilot, who had been up all night, asked for nothing "
        "but a dry coat and a place beside the fire. Nobody in the harbour had seen a winter like it; the ice lay "
        "so far out that a company of {} boys had gone there twice to prove it. In March 1871 the first steamer "
        "broke through, and on the 4th of May the last of the men of No. {} came home."
    ),
    "de": (
        "Das Boot kam vor der ersten Glocke herein, und der Lotse, der die ganze Nacht auf gewesen war, bat um "
        "nichts als einen trockenen Rock und einen Platz am Feuer. Niemand im Hafen hatte je einen solchen Winter "
        "gesehen; {} Jungen gingen zweimal hinaus. Im März 1871 brach der erste Dampfer durch, und am 4. Mai kam "
        "der letzte Mann von Nr. {} nach Hause."
    ),
    "fr": (
        "Le bateau entra avant la première cloche, et le pilote, qui avait veillé toute la nuit, ne demanda rien "
        "qu'un habit sec et une place auprès du feu. Personne au port n'avait vu pareil hiver ; {} garçons y "
        "étaient allés deux fois. En mars 1871 le premier vapeur passa, et le 4 mai le dernier homme du n° {} "
        "rentra chez lui."
    ),
}
DATES = "On {} May 1871, 4/6/71, from March 4 to 9, 1872; Monday, 5 June 1873, [12 May?] 1871 (O.S.). No. {} "
WORD = re.compile(r"\w+")


def spent(lines: Sequence[str], code: str) -> float:
    """Give the processor's seconds that the dates of some lines take."""
    begun = time.process_time()
    for line in lines:
        find(line, code)
    return time.process_time() - begun


def told(name: str, lines: Sequence[str], code: str) -> None:
    """Print a line: the first time, the second, the peer's, and their ratio."""
    first, again = spent(lines, code), spent(lines, code)
    begun = time.process_time()
    for line in lines:
        WORD.findall(line)
    peer = time.process_time() - begun
    size = sum(map(len, lines)) / 1e6
    print(
        f"{name:12} {size / again:5.2f} million characters a second, first {size / first:5.2f}, "
        f"peer {size / peer:5.1f}, ratio {peer / again:.3f}"
    )


def main(characters: int) -> None:
    """Print a line for each language, for all of them together, and for texts of dates only."""
    for code, unit in PROSE.items():
        lines = [unit.format(at % 28 + 1, at) for at in range(characters // len(unit))]
        told(code, lines, code)
        told(f"{code}, by all", lines[: len(lines) // 4], "und")
    for times in (1, 2):
        count = times * characters // len(DATES) // 8
        told(f"dates, {times}x", ["".join(DATES.format(at % 28 + 1, at) for at in range(count))], "en")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000)
