"""Time the way from a file to its drafted TEI, genre by genre: `python benchmarks/drafting_speed.py [MEGABYTES]`.

The texts are made up. Beside each figure stands a peer's in the same run and process: a tokeniser that takes the same
text apart into words and signs, and builds the same tree with lxml from a list of its elements. Times are those of the
processor, so that other programs on the machine change little.
"""

from __future__ import annotations

import re
import resource
import sys
import time

from lxml import etree

from teipress.drafting import GENRES, draft
from teipress.edition import Sidecar
from teipress.readers import plain

PROSE = (
    "The boat came in before the morning bell, and the pilot, who had been up all night, asked for\n"
    "nothing but a dry coat and a place beside the fire. Nobody in the harbour had seen a winter like\n"
    "it; the ice lay so far out that the light on the outer bank could be reached on foot, and a com-\n"
    "pany of boys had gone there twice to prove it. In March 1871 the first steamer broke through.\n\n"
)
UNITS = {
    "plain": PROSE,
    "article": "A Winter in the Harbour\n\n" + PROSE * 6,
    "letter": "Riga, 3 May 1891.\n\nDear Anna,\n\n" + PROSE * 3 + "Yours ever,\nHugo\n\n\n",
    "diary": "Monday, 3 May 1891.\n\n" + PROSE * 2,
    "minutes": "Present: all.\n\nMR. WELLS: " + PROSE + "THE CHAIRMAN: " + PROSE,
    "paper": "No. 4\nThe Consul at Riga to the Minister\n\nRiga, May 3, 1891.\n\nSir: " + PROSE * 3,
    "drama": "ANNA. The boat came in before the bell.\nPIETER (aside). And nobody asked for it at all.\n",
    "verse": (
        "The boat came in before the bell\nand nobody was there to tell\n"
        "who stood beside the harbour light\nand waited through the frozen night.\n\n"
    ),
}
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


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


def main(megabytes: float) -> None:
    """Print a line for each genre."""
    for genre in GENRES:
        unit = UNITS[genre]
        data = (unit * (int(megabytes * 1e6) // len(unit))).encode()
        best, other = 1e9, 1e9
        for _ in range(2):
            begun = time.process_time()
            source = plain.read(data, "text", "text.txt", Sidecar(language="en"))
            tree = draft(source, Sidecar(), genre)
            best = min(best, time.process_time() - begun)
            other = min(other, peer(source.text, tree))
            draft(plain.read(b"x", "x", "x.txt", Sidecar()), Sidecar(), "plain")  # forget the layout
            draft(plain.read(b"y", "y", "y.txt", Sidecar()), Sidecar(), "plain")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        size = len(data) / 1e6
        told = f"{size / best:5.2f} MB a second, peer {size / other:5.2f}, ratio {other / best:.2f}"
        print(f"{genre:8} {told}; {peak:.0f} MB")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0)
