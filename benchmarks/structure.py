"""Compare drafted structure with an editor's: `python benchmarks/structure.py FOLDER [--variants own,colon]`.

FOLDER has TEI files of plays, verse, letters or prose. The text of each is written out as a transcriber would type
it, in several layouts; it is drafted with the genre given and with the genre guessed; and the elements of the draft
are held against the editor's. An element is right where name and extent agree, counted in letters and figures, so that
brackets, stops and white space do not matter; a `div` has to stand at the same depth, too. What covers the whole
text, and heads on the title page, are not judged.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from teipress.document import local
from teipress.drafting import draft, guess
from teipress.edition import Sidecar
from teipress.languages import identify
from teipress.readers import plain

JUDGED = (
    *("div", "head", "castList", "castItem", "role", "sp", "speaker", "stage", "lg", "l", "p"),
    *("opener", "dateline", "salute", "closer", "signed", "postscript", "address", "addrLine"),
)
REGISTERS = ("listPerson", "listPlace", "listOrg", "listBibl", "listEvent")  # in `back`
SKIPPED = frozenset(["note", "teiHeader", "fw", "figure", "set", "performance", "trailer", "del", *REGISTERS])
#: The parts of a letter: each begins a line of its own, and those at its edges stand apart.
EDGES = frozenset(["opener", "closer", "postscript"])
LETTER = frozenset(["dateline", "salute", "signed", "address", "addrLine", *EDGES])
TITLES = frozenset(["titlePage", "docTitle", "titlePart", "docImprint", "docAuthor", "byline", "docDate"])
Extent = tuple[str, int, int]


@dataclass(frozen=True)
class Variant:
    """A way to type a text: what follows a speaker's name, and how lines are set."""

    after: str = "\n"  # after a speaker's name
    blank: bool = True  # between speeches
    wrapped: int = 0
    indent: int = 0  # of verse
    brackets: bool = True  # round directions that the edition prints without
    capitals: bool = False  # speakers in capitals


VARIANTS = {
    "own": Variant(),
    "own-close": Variant(blank=False),
    "colon": Variant(after=": "),
    "colon-close": Variant(after=": ", blank=False),
    "stop": Variant(after=". ", blank=False),
    "capitals": Variant(after=". ", capitals=True),
    "wrapped": Variant(wrapped=70),
    "indented": Variant(indent=4),
    "bare": Variant(brackets=False),
}


class Page:
    """A typed page: its text, and the extent of each element in letters and figures."""

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.lines: list[str] = []
        self.open = ""
        self.count = 0
        self.extents: list[Extent] = []
        self.running = False  # whether the next block goes on in the speaker's line

    def say(self, text: str) -> None:
        """Add words to the line."""
        self.open += re.sub(r"\s+", " ", text)
        self.count += sum(map(str.isalnum, text))

    def end_line(self, indent: int = 0) -> None:
        """End the line, if it has words."""
        text = re.sub(r" +", " ", self.open).strip()
        self.open = ""
        if not text:
            return
        width = self.variant.wrapped
        rows = textwrap.wrap(text, width, break_on_hyphens=False) if width else [text]
        self.lines += [" " * indent + row for row in rows]

    def space(self, lines: int = 1) -> None:
        """Leave blank lines."""
        self.end_line()
        have = 0
        while have < len(self.lines) and not self.lines[-1 - have]:
            have += 1
        if self.lines:
            self.lines += [""] * (lines - have)

    def type(self, element: etree._Element) -> None:
        """Type an element and all in it."""
        if not isinstance(element.tag, str) or local(element) in SKIPPED:
            return
        name, start = local(element), self.count
        self.before(element, name)
        begun = self.count
        if not element.text or element.text.strip() or name in ("p", "l", "speaker", "stage", "head"):
            self.say(element.text or "")
        for child in element:
            self.type(child)
            if child.tail and (child.tail.strip() or name in ("p", "l", "stage", "head", "ab", "castItem")):
                self.say(child.tail)
        self.after(element, name)
        if self.count > start:
            self.extents.append((name, begun, self.count))

    def before(self, element: etree._Element, name: str) -> None:
        """Begin an element."""
        inline = is_inline(element)
        if name in ("div", "castList", "body"):
            self.space(2)
        elif name in LETTER and not inline:
            self.space() if name in EDGES else self.end_line()
        elif name in ("sp", "lg"):
            self.space() if self.variant.blank or name == "lg" else self.end_line()
        elif name == "head":
            self.space()
        elif name == "stage" and not inline and not self.running:
            following = local(element.getparent()) == "div"
            self.space() if following else self.end_line()
        elif name in ("p", "l", "ab", "castItem", "speaker", "titlePart", "docAuthor", "docDate", "lb"):
            if not self.running and name != "lb":
                self.end_line()
            elif name == "lb":
                self.say(" ")
        if name in ("p", "l"):
            if local(element.getparent()) in ("div", "body") and name == "p":
                self.space()
            self.running = False
        if name == "stage" and self.bracketed(element):
            self.say(" (")
        if name == "speaker" and self.variant.capitals:
            for node in element.iter():
                node.text = (node.text or "").upper()
                node.tail = (node.tail or "").upper() if node is not element else node.tail

    def bracketed(self, element: etree._Element) -> bool:
        text = "".join(map(str, element.itertext())).strip()
        return self.variant.brackets and bool(text) and text[0] not in "([" and is_direction(element)

    def after(self, element: etree._Element, name: str) -> None:
        """End an element."""
        inline = is_inline(element)
        if name == "stage":
            self.say(") " if self.bracketed(element) else "")
            if not inline and not self.running:
                self.end_line()
                if local(element.getparent()) == "div":
                    self.space()
        elif name == "speaker":
            self.open = self.open.rstrip(" .:")
            self.running = self.variant.after != "\n"
            if self.running:
                self.say(self.variant.after)
            else:
                self.say(".")
                self.end_line()
        elif name == "l":
            self.end_line(self.variant.indent)
        elif name in ("p", "head", "castItem", "titlePart", "docAuthor", "docDate", "ab"):
            self.end_line()
            if name == "head" or (name == "p" and local(element.getparent()) in ("div", "body")):
                self.space()
        elif name in ("lg", "castList", "titlePage", "docTitle"):
            self.space()
        elif name in LETTER and not inline:
            self.space() if name in EDGES else self.end_line()
        if name == "sp":
            self.running = False
            self.end_line()


def is_inline(element: etree._Element) -> bool:
    """Tell whether an element stands within a line of text."""
    return any(local(a) in ("p", "l", "speaker", "head", "castItem") for a in element.iterancestors())


def is_direction(element: etree._Element) -> bool:
    """Tell whether a direction would be set off by brackets: all but the ones that open a scene."""
    return local(element.getparent()) != "div" or element.getprevious() is None


def extents(text: etree._Element) -> list[Extent]:
    """Give the extents of the elements of a draft."""
    found: list[Extent] = []
    count = 0

    def visit(element: etree._Element) -> None:
        nonlocal count
        start = count
        count += sum(map(str.isalnum, element.text or ""))
        for child in element:
            visit(child)
            count += sum(map(str.isalnum, child.tail or ""))
        found.append((local(element), start, count))

    visit(text)
    return found


def judged(
    found: list[Extent], total: int, titles: list[tuple[int, int]]
) -> Counter[tuple[str, int, int, int]]:
    """Give the elements that are compared, each with its depth where it is a `div`."""
    divs = sorted(
        {(a, b) for tag, a, b in found if tag == "div" and b - a < total * 0.98}, key=lambda d: (d[0], -d[1])
    )
    depth: dict[tuple[int, int], int] = {}
    stack: list[tuple[int, int]] = []
    for div in divs:
        while stack and stack[-1][1] <= div[0]:
            stack.pop()
        depth[div] = len(stack)
        stack.append(div)
    kept: Counter[tuple[str, int, int, int]] = Counter()
    for tag, a, b in found:
        if tag not in JUDGED or (tag == "div" and (a, b) not in depth) or a == b:
            continue
        if any(start <= a and b <= end for start, end in titles):
            continue
        kept[tag, a, b, depth.get((a, b), 0) if tag == "div" else 0] += 1
    return kept


def expected_genre(text: etree._Element) -> str:
    """Tell the genre of an edited text by what it is made of."""
    counts = Counter(local(e) for e in text.iter() if isinstance(e.tag, str))
    if counts["speaker"] > 3:
        return "drama"
    if counts["opener"] + counts["closer"] and counts["opener"] <= 3:
        return "letter"
    return "verse" if counts["l"] > 2 * counts["p"] else "prose"


Scores = dict[str, list[int]]


def add(
    scores: Scores, gold: Counter[tuple[str, int, int, int]], made: Counter[tuple[str, int, int, int]]
) -> None:
    """Add what is right, wanted and made to the sums of each element's name."""
    right = gold & made
    for at, counted in enumerate((right, gold, made)):
        for (tag, *_), number in counted.items():
            scores[tag][at] += number


def table(scores: Scores) -> str:
    """Give the F1 of each element's name, as a line."""
    cells = []
    for tag in JUDGED:
        right, wanted, made = scores.get(tag, [0, 0, 0])
        if wanted or made:
            cells.append(f"{tag} {200 * right / max(1, wanted + made):.0f} ({right}/{wanted}/{made})")
    return "  ".join(cells)


def typed(path: Path, variant: Variant) -> tuple[str, list[Extent], list[tuple[int, int]], str]:
    """Give a file's text as it would be typed, the editor's elements, its title page, and its genre."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False)).getroot()
    text = next(e for e in root.iter("{*}text"))
    genre = expected_genre(text)
    page = Page(variant)
    page.type(text)
    page.end_line()
    titles = [(a, b) for tag, a, b in page.extents if tag in TITLES]
    return "\n".join(page.lines) + "\n", page.extents, titles, genre


def run(files: list[Path], name: str, variant: Variant, worst: int, dump: Path | None) -> Iterator[str]:
    """Score one variant over all files."""
    given: Scores = defaultdict(lambda: [0, 0, 0])
    guessed: Scores = defaultdict(lambda: [0, 0, 0])
    told: Counter[str] = Counter()
    faults: list[tuple[float, str]] = []
    for path in files:
        text, wanted, titles, genre = typed(path, variant)
        if dump:
            dump.mkdir(parents=True, exist_ok=True)
            (dump / f"{path.stem}.{name}.txt").write_text(text, encoding="utf-8")
        source = plain.read(text.encode(), path.stem, path.name, Sidecar())
        source = replace(source, language=identify(text))
        guess_of, reason = guess(source)
        right = guess_of == genre or (genre == "prose" and guess_of in ("article", "plain"))
        told[f"{genre} as {genre if right else guess_of}"] += 1
        total = sum(map(str.isalnum, text))
        gold = judged(wanted, total, titles)
        own: Scores = defaultdict(lambda: [0, 0, 0])
        add(
            own,
            gold,
            judged(
                extents(draft(source, Sidecar(), genre if genre != "prose" else "article")), total, titles
            ),
        )
        for tag, numbers in own.items():
            given[tag] = [a + b for a, b in zip(given[tag], numbers, strict=True)]
        add(guessed, gold, judged(extents(draft(source, Sidecar(), guess_of)), total, titles))
        sums = [sum(column) for column in zip(*own.values(), strict=True)] or [0, 0, 0]
        faults.append(
            (2 * sums[0] / max(1, sums[1] + sums[2]), f"{path.stem}: {guess_of} ({reason}); {table(own)}")
        )
    yield f"{name}: " + ", ".join(f"{kind} {number}" for kind, number in sorted(told.items()))
    yield "  given    " + table(given)
    yield "  guessed  " + table(guessed)
    for score, line in sorted(faults)[:worst]:
        yield f"    {score:.2f} {line}"


def main() -> None:
    """Read the command line and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--variants", default=",".join(VARIANTS))
    parser.add_argument("--worst", type=int, default=0, help="files to show, the worst first")
    parser.add_argument("--only", default="", help="part of the name of a file")
    parser.add_argument("--dump", type=Path, help="folder to write the typed texts to")
    options = parser.parse_args()
    sys.setrecursionlimit(10_000)
    files = sorted(path for path in options.folder.glob("*.xml") if options.only in path.name)
    for name in options.variants.split(","):
        print(*run(files, name, VARIANTS[name], options.worst, options.dump), sep="\n", flush=True)


if __name__ == "__main__":
    main()
