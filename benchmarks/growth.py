"""Find texts whose drafting takes more than its share: `python benchmarks/growth.py [--genre G] [--shape S] [--whole]`.

Each shape is a line or a few that a text repeats: the notations and the kinds of line that the drafting knows, and
signs that never close. Each is drafted at two sizes in a process of its own; told are the megabytes a second of the
larger, the exponent of the time against the size, and the memory for each byte. `--whole` takes the way of
`teipress encode` with its annotators instead of the drafting alone. Times are those of the processor.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Final

from teipress.drafting import GENRES, draft, guess
from teipress.edition import Sidecar
from teipress.encode import Request, encode
from teipress.ledger import Ledger
from teipress.readers import plain
from teipress.registers import Registers

Shape = Callable[[int], str]  # the text of the line of this number

_ALPHA: Final = "abcdefghijklmnopqrstuvwxyz"


def _word(number: int) -> str:
    """Give a word of its own for each number."""
    letters = ""
    number += 26
    while number:
        number, at = divmod(number, 26)
        letters += _ALPHA[at]
    return letters


def _prose(number: int) -> str:
    return f"The boat came in to {_word(number)} before the bell, and the pilot asked for {number} coats."


SHAPES: Final[dict[str, Shape]] = {
    # Lines of prose, and what a line may be.
    "prose": lambda n: _prose(n) + "\n\n",
    "wrapped prose": lambda n: _prose(n) + "\n" + "\n" * (n % 5 == 0),
    "prose in one line": lambda n: _prose(n) + " ",
    "words alone": lambda n: _word(n) + "\n\n",
    "words in lines": lambda n: _word(n).capitalize() + "\n",
    "letters alone": lambda n: "a\n",
    "letters apart": lambda n: "a\n\n",
    "capitals": lambda n: _word(n).upper() + " HARBOUR\n\n",
    "blank lines": lambda n: "\n" if n % 1000 else "Riga.\n",
    "indented deeper": lambda n: " " * (n % 200) + _word(n) + " and\n",
    "far apart": lambda n: _word(n) + " " * 400 + "x\n",
    "form feeds": lambda n: f"{_word(n)} came.\n\f",
    "page numbers": lambda n: _prose(n) + f"\n\n{n}\n\n",
    "running heads": lambda n: f"{n}   A WINTER IN THE HARBOUR\n\n{_prose(n)}\n\n",
    "hyphens": lambda n: f"the {_word(n)}-\nhood of the har-\n",
    "soft hyphens": lambda n: f"the {_word(n)}\u00ad\nhood\n",
    "rules": lambda n: "-----\n",
    "ornaments": lambda n: "* * *\n\n",
    "signs": lambda n: "!?" * (n % 9 + 1) + "\n",
    # Who speaks.
    "speaker and stop": lambda n: "A. And there it was.\n",
    "speaker and colon": lambda n: "A: b\n",
    "names and stop": lambda n: f"{_word(n).upper()}. And there it was.\n",
    "names and colon": lambda n: f"{_word(n).capitalize()}: and there it was.\n\n",
    "capitals and word": lambda n: "ANNA. x\n",
    "speakers alone": lambda n: f"ANNA\nAnd {_word(n)} came.\n\n",
    "directions": lambda n: f"(He goes to {_word(n)}.)\n",
    "directions inside": lambda n: f"ANNA (aside, {_word(n)}). Come [beckons] here.\n",
    "acts": lambda n: f"ACT {n % 40 + 1}\n\nSCENE {n}\n\nAnna. Come.\n",
    "cast": lambda n: f"{_word(n).upper()}, a sailor\n",
    "dashes of speech": lambda n: f"— And {_word(n)} came?\n",
    # The edges of letters and days.
    "datelines": lambda n: f"Riga, {n % 28 + 1} May {1700 + n % 200}.\n\n",
    "ordinals": lambda n: "on the 3d ",
    "figures": lambda n: f"{n} ",
    "figures in lines": lambda n: f"{n}\n",
    "figures and stops": lambda n: f"{n % 31 + 1}.{n % 12 + 1}.{n % 90 + 10} ",
    "days": lambda n: f"Monday, {n % 28 + 1} May.\nWe saw {_word(n)}.\n\n",
    "salutations": lambda n: f"Dear {_word(n).capitalize()},\n\n",
    "leave": lambda n: f"Yours ever,\n{_word(n).capitalize()}\n\n",
    "addresses": lambda n: f"To Mr. {_word(n).capitalize()}\n{n} Harbour Street\nRiga\n\n",
    "letters": lambda n: f"Riga, 3 May 1891.\n\nDear {_word(n)},\n\nI am well.\n\nYours,\nHugo\n\n",
    "postscripts": lambda n: f"P.S. {_word(n)}.\n\n",
    "enclosures": lambda n: f"[Enclosure {n}]\n\nThe Consul at Riga to the Minister\n\n",
    "numbers of papers": lambda n: f"No. {n}\nThe Consul to the Minister\n\n",
    "months": lambda n: "May June ",
    # Notation.
    "tables of bars": lambda n: "| a | b |\n",
    "tables of spaces": lambda n: f"{_word(n)}      {n}     ship\n",
    "tables of tabs": lambda n: f"{_word(n)}\t{n}\tship\n",
    "tables drawn": lambda n: "+---+---+\n| a | b |\n",
    "markdown headings": lambda n: f"## {_word(n)}\n\n",
    "headings": lambda n: f"{n}. The {_word(n)}\n\nIt was so.\n\n",
    "decimal headings": lambda n: f"{n % 90}.{n % 7}.{n % 5} {_word(n)}\n\nIt was so, and nobody asked.\n\n",
    "chapters": lambda n: f"Chapter {n}\n\n{_prose(n)}\n\n",
    "bullets": lambda n: f"- {_word(n)}\n",
    "bullets deeper": lambda n: "  " * (n % 6) + f"* {_word(n)}\n",
    "ones": lambda n: f"1. {_word(n)}\n",
    "items": lambda n: f"{n % 900 + 1}. {_word(n)}\n",
    "small letters": lambda n: f"{_ALPHA[n % 26]}) {_word(n)}\n",
    "announced": lambda n: f"As {_word(n)} says:\n",
    "announced items": lambda n: f"As follows:\n{_word(n)}\n",
    "footnotes": lambda n: f"It was so.[{n % 900}]\n\n[{n % 900}] See {_word(n)}.\n\n",
    "footnotes at the end": lambda n: f"It was so.[{n % 900}] ",
    "anchors": lambda n: "so.* ",
    "note labels": lambda n: f"[{n % 900}] See {_word(n)}.\n",
    "stars": lambda n: "* See there.\n",
    "raised figures": lambda n: f"so.¹ It was.²\n\n¹ See {_word(n)}.\n\n",
    "captions": lambda n: f"Figure {n}. The {_word(n)}\n\n",
    "attributions": lambda n: f"“Come.”\n— {_word(n).capitalize()}\n\n",
    "bibliography": lambda n: f"{_word(n).capitalize()}, A. The Harbour. Riga, {1700 + n % 200}.\n",
    "web page": lambda n: "Share\nReply\nLeave a comment\n",
    "documents": lambda n: f"He wrote:\n\nRiga, {n % 28 + 1} May 1891.\n\nThe {_word(n)} came and went.\n\n",
    "list of persons": lambda n: ("PERSONS\n\n" if n == 0 else "") + f"{_word(n).upper()}, a sailor\n",
    "decimals deeper": lambda n: ".".join(map(str, range(1, n % 40 + 2))) + f" {_word(n)}\n\nIt was so.\n\n",
    "prologues": lambda n: f"PROLOGUE\n\nANNA. Come, {_word(n)}.\n\nSCENE {n}\n\n",
    "stanzas": lambda n: (
        f"The {_word(n)} came in before the bell,\nand nobody was there to tell.\n" + "\n" * (n % 2)
    ),
    "numbers of poems": lambda n: f"{n}\n\nThe {_word(n)} came in,\nand nobody asked.\n\n",
    "bracketed rows": lambda n: f"({_word(n)}\n",
    "verse numbers": lambda n: f"The {_word(n)} came in    {n}\n",
    # Signs that open and never close, and others without end.
    "round brackets open": lambda n: "(" + _word(n) + " ",
    "square brackets open": lambda n: "[" + _word(n) + " ",
    "brackets in brackets": lambda n: "[[" if n % 2 else "((",
    "brackets alone": lambda n: "[\n",
    "square brackets": lambda n: f"[{_word(n)}] and [sic] so ",
    "question marks in brackets": lambda n: f"{_word(n)}[?] ",
    "angle brackets": lambda n: f"<del>{_word(n)} ",
    "angles": lambda n: "<",
    "braces": lambda n: "{" + _word(n) + "\n",
    "quotes open": lambda n: "“" + _word(n) + " ",
    "quotes open and stops": lambda n: "“" + _word(n) + "!”””» ",
    "quotes open in lines": lambda n: "“" + _word(n) + " and there\n\n",
    "straight quotes": lambda n: f'"{_word(n)} ',
    "single quotes": lambda n: f"'{_word(n)} ",
    "apostrophes": lambda n: f"l'{_word(n)}'s ",
    "quotes close": lambda n: _word(n) + "” ",
    "guillemets": lambda n: f"«{_word(n)} »{_word(n)}« ",
    "corner brackets": lambda n: "「" + "港口",
    "underscores": lambda n: f"_{_word(n)} ",
    "asterisks": lambda n: f"*{_word(n)} ",
    "dots": lambda n: ".",
    "ellipses": lambda n: f"{_word(n)} … … ",
    "dashes": lambda n: "—",
    "commas": lambda n: f"{_word(n)}, ",
    "slashes": lambda n: f"{_word(n)} / {_word(n + 1)} / ",
    "long word": lambda n: _ALPHA,
    "long word of capitals": lambda n: _ALPHA.upper(),
    "long number": lambda n: "1234567890",
    "letters and figures": lambda n: "a1",
    "letters and stops": lambda n: "A. B. ",
    "letters and hyphens": lambda n: "ab-",
    "addresses of the web": lambda n: "http://a.b/",
    "ampersands": lambda n: "&amp;<p>",
    "spaces": lambda n: " " if n % 100_000 else "x",
    "tabs": lambda n: "\t" if n % 10_000 else "x\n",
    # Other scripts.
    "Chinese in one line": lambda n: chr(0x4E00 + n % 20_000),
    "Chinese lines": lambda n: f"他在港口{chr(0x4E00 + n % 20_000)}看見一隻船。\n",
    "Chinese speakers": lambda n: f"{chr(0x4E00 + n % 20_000)}：船來了。\n",
    "Chinese days": lambda n: "五月初三日晴。\n",
    "Cyrillic": lambda n: f"Корабль пришёл в гавань {n} раз.\n\n",
    "Cyrillic in one line": lambda n: "корабль ",
    "mixed scripts": lambda n: "shiр и ship ",
    "foreign passages": lambda n: (
        f"He said: le bateau est arrivé dans le port {_word(n)} et personne ne.\n\n"
    ),
    "Hebrew": lambda n: "הספינה באה אל הנמל\n",
    "Arabic in one line": lambda n: "جاءت ",
    "marks that combine": lambda n: "\u0301",
    "letters that combine": lambda n: "e\u0301\u0323 ",
    "zero width": lambda n: "a\u200b",
    "marks of direction": lambda n: "\u202e\u202c",
    "emoji": lambda n: "\U0001f6a2\u200d",
    "private use": lambda n: "\ue000 ",
    "controls apart": lambda n: "a\x01\n\n",
    "controls": lambda n: "a\x01",
    "halves of pairs": lambda n: "a\ufffe",
    "odd spaces": lambda n: "a\u00a0\u2003\u3000",
    "line separators": lambda n: "a\u2028b\u0085",
}


def text_of(shape: Shape, size: int) -> bytes:
    """Repeat a shape up to a size in bytes."""
    parts, length, number = [], 0, 0
    while length < size:
        part = shape(number).encode("utf-8", "surrogatepass")
        parts.append(part)
        length += len(part)
        number += 1
    return b"".join(parts)


def _measured(shape: str, genre: str, size: int, whole: bool = False) -> float:
    data = text_of(SHAPES[shape], size)
    begun = time.process_time()
    source = plain.read(data, "text", "text.txt", Sidecar(language="en"))
    if whole:
        encode(Request(source, Sidecar(), genre, Registers()), None, Ledger())
    else:
        draft(source, Sidecar(), guess(source)[0] if genre == "guess" else genre)
    return time.process_time() - begun


def _child(answer: Connection, shape: str, genre: str, sizes: list[int], limit: int, whole: bool) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer.send(0.0)
    for size in sizes:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            took = _measured(shape, genre, size, whole)
        except Exception as error:
            answer.send(type(error).__name__)
            return
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        answer.send((took, grown * 1024 / size))


def measure(
    shape: str, genre: str, sizes: list[int], limit: int, whole: bool
) -> Iterator[tuple[float, float] | str]:
    """Give for each size the seconds and the memory for each byte, or the name of an error.

    Nothing is given for what took longer than the limit.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, shape, genre, sizes, limit, whole))
    process.start()
    theirs.close()
    try:
        ours.recv()
        for _ in sizes:
            yield ours.recv()
    except EOFError:
        return
    finally:
        process.join()


def main() -> None:
    """Print a line for each shape and genre that takes more than its share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--genre", action="append")
    parser.add_argument("--shape", action="append")
    parser.add_argument("--sizes", default="32,128", help="in kilobytes")
    parser.add_argument("--limit", type=int, default=20, help="seconds")
    parser.add_argument("--whole", action="store_true", help="the way of `teipress encode`")
    parser.add_argument("--all", action="store_true", help="tell what is as it should be, too")
    asked = parser.parse_args()
    sizes = [1024 * int(size) for size in asked.sizes.split(",")]
    for genre in GENRES:
        _measured("datelines", genre, 1000, asked.whole)  # so that the data are read
    bad = total = 0
    for shape in asked.shape or SHAPES:
        for genre in asked.genre or GENRES:
            total += 1
            found = list(measure(shape, genre, sizes, asked.limit, asked.whole))
            measured = [one for one in found if not isinstance(one, str)]
            if len(measured) < len(sizes):
                bad += 1
                error = next((one for one in found if isinstance(one, str)), f"more than {asked.limit} s")
                print(f"{shape:28} {genre:8} {error}", flush=True)
                continue
            (first, _), (last, memory) = measured[0], measured[-1]
            exponent = math.log(max(last, 0.002) / max(first, 0.002)) / math.log(sizes[-1] / sizes[0])
            rate = sizes[-1] / 1e6 / max(last, 0.002)
            wrong = rate < 0.1 or (exponent > 1.25 and last > 0.2)
            bad += wrong
            if wrong or asked.all:
                print(
                    f"{shape:28} {genre:8} {rate:6.2f} MB a second, exponent {exponent:4.2f}, {memory:4.0f} B a byte"
                    f"{'  !' * wrong}",
                    flush=True,
                )
    print(f"{bad} of {total} take more than their share")


if __name__ == "__main__":
    sys.exit(main())
