"""The account of a reading: what of a source was kept, normalised and omitted, for `teipress encode --report`.

It is made from the source as read and the file as written, and says nothing that these two do not show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from teipress.document import local, read, tei
from teipress.source import Source
from teipress.text import folded, wording

_SHOWN: Final = 40  # characters of an omission that are quoted


def account(source: Source, root: etree._Element, raw: bytes) -> str:
    """Give the account of one source: `root` is the TEI made of it, `raw` the bytes of its file."""
    return "\n".join([source.name, *(f"  {line}" for line in _lines(source, root, raw))]) + "\n"


def account_of(path: Path, source: Source, target: Path) -> str:
    """Give the account of a source that has been encoded into the file `target`."""
    raw = path.read_bytes() if path.is_file() else b""
    return account(source, read(target).getroot(), raw)


def _lines(source: Source, root: etree._Element, raw: bytes) -> Iterator[str]:
    omitted = sum(gap.end - gap.start for gap in source.omitted)
    guessed = f" ({source.guessed})" if source.guessed else ""
    yield f"read as {source.encoding}{guessed}: {len(source.text):,} characters"
    found = wording(root)
    same = folded(found) == folded(source.wording)
    whole = "every one of them" if same else "NOT all of them"
    yield f"kept: {len(source.text) - omitted:,} characters, {whole} in the file"
    for what, number in _kept(root).items():
        yield f"  {what}: {number:,}"
    yield from _normalised(source, found, raw)
    yield f"omitted: {omitted:,} characters" if omitted else "omitted: nothing"
    for reason, number in Counter(gap.reason for gap in source.omitted).items():
        first = next(gap for gap in source.omitted if gap.reason == reason)
        line, column = source.place(first.start)
        quote = " ".join(source.text[first.start : first.end].split())[:_SHOWN]
        quoted = f": “{quote}”" if quote and quote.isprintable() else ""
        yield f"  {reason}: {number:,}, first at line {line}, column {column}{quoted}"


def _kept(root: etree._Element) -> dict[str, int]:
    """Count what stays in the text and is marked as more or less than running text."""
    counts: Counter[str] = Counter()
    for element in (e for text in root.iterchildren(tei("text")) for e in text.iter(tei("*"))):
        name = local(element)
        if name == "fw":
            counts[{"pageNum": "page numbers"}.get(element.get("type", ""), "running heads")] += 1
        elif name == "note" and element.get("source"):
            counts["notes of the source"] += 1
        elif name == "metamark":
            counts["editorial marks, bullets and rules"] += 1
        elif name == "pc" and element.get("force") == "weak":
            counts["hyphens at the ends of lines"] += 1
    return dict(sorted(counts.items()))


def _normalised(source: Source, found: str, raw: bytes) -> Iterator[str]:
    """Say what differs without any word being another: line ends, form feeds, white space between blocks."""
    lines = []
    if returns := raw.count(b"\r\n"):
        lines.append(f"line ends CR LF as LF: {returns:,}")
    if source.pages:
        lines.append(f"page breaks as pb: {len(source.pages):,}")
    if found != source.wording and folded(found) == folded(source.wording):
        lines.append("white space between blocks: as line ends and indentation")
    yield "normalised:" if lines else "normalised: nothing"
    yield from (f"  {line}" for line in lines)
