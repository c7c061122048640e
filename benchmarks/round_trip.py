"""Read and write every TEI file of a folder: `python benchmarks/round_trip.py FOLDER`.

Three things are counted: files that come out byte for byte with nothing woven, files in which weaving names and dates
only adds tags, and files that are the same again once these are taken out.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from lxml import etree

from teipress.annotators import ANNOTATORS
from teipress.document import parse
from teipress.finding import Rejected
from teipress.original import Original
from teipress.registers import Registers
from teipress.span import Span
from teipress.text import Text
from teipress.weave import Index, unweave, weave

TOKEN = re.compile(r"<!--.*?-->|<\?.*?\?>|<[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*>|[^<]", re.DOTALL)


def main(folder: Path) -> int:
    """Print the counts; give 1 where a file was not what it should be."""
    files = sorted(folder.rglob("*.xml"))
    same = added = back = spans = size = refused = 0
    spent = 0.0
    for path in files:
        data = path.read_bytes()
        try:
            tree = parse(data, str(path))
        except Rejected as rejected:
            print(rejected.finding)
            refused += 1
            continue
        begun = time.perf_counter()
        original = Original(data, tree)
        is_same = original.serialise(tree) == data
        spent += time.perf_counter() - begun
        size += len(data)
        root = tree.getroot()
        before = set(Index(root).extents)
        proposals = proposed(root)
        weave(root, proposals)
        new = [element for element in Index(root).extents if element not in before]
        is_added = only_tags(data.decode(tree.docinfo.encoding or "UTF-8"), original.serialise(tree).decode())
        unweave(root, new)
        is_back = original.serialise(tree) == data
        same, added, back, spans = same + is_same, added + is_added, back + is_back, spans + len(new)
        if not (is_same and is_added and is_back):
            print(f"{path}: same {is_same}, only tags added {is_added}, same again {is_back}")
    print(f"{len(files)} files, {refused} refused; the same with nothing woven: {same}")
    print(f"{spans} elements woven; only tags added: {added}; the same once they are taken out: {back}")
    print(f"read and written: {size / spent / 1e6:.1f} MB a second")
    return int(min(same, added, back) + refused < len(files))


def proposed(root: etree._Element) -> list[Span]:
    """Give names and dates as spans of the wording."""
    text = Text.of(root)
    found = [span for name in ("names", "dates") for span in ANNOTATORS[name](text, Registers())]
    placed = [span.at(*text.to_source(span.start, span.end)) for span in found]
    return [span for span in placed if span.start < span.end]


def only_tags(before: str, after: str) -> bool:
    """Tell whether a document is another with tags put in and nothing else."""
    wanted = TOKEN.finditer(before)
    expected = next(wanted, None)
    for match in TOKEN.finditer(after):
        if expected is not None and match[0] == expected[0]:
            expected = next(wanted, None)
        elif not match[0].startswith("<"):
            return False
    return expected is None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
