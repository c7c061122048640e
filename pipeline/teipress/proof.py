"""The wording proof: a TEI file has every word of its source, but for what was omitted on the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from lxml import etree

from teipress import readers, versions
from teipress.anchors import Anchors
from teipress.document import line_of
from teipress.edition import Edition, Sidecar
from teipress.finding import Finding, Rejected
from teipress.ledger import Ledger
from teipress.source import Source
from teipress.text import folded, walk, wording

_SHOWN: Final = 30  # characters of each wording that a finding shows


def source_of(edition: Edition, name: str) -> Path | None:
    """Give the source file of the text `name`; None where the edition has none."""
    files = (edition.seeds / f"{name}{suffix}" for suffix in readers.SUFFIXES)
    sidecar = edition.seeds / f"{name}.toml"
    together = sidecar if Sidecar.load(sidecar).files else None
    return together or next((file for file in files if file.is_file()), None)


def prove(edition: Edition, path: Path, tree: etree._ElementTree, file: str) -> Iterator[Finding]:
    """Yield a finding where the wording of a TEI file is not that of its source minus what the ledger omits."""
    source_path = source_of(edition, path.stem)
    if source_path is None:
        yield Finding(
            file,
            0,
            0,
            "WRD003",
            "info",
            "no source text: its wording cannot be proved",
            f"put the source into seeds/{path.stem}.txt",
        )
        return
    try:
        source = versions.read(source_path, edition.translations)
    except Rejected as rejected:
        yield rejected.finding
        return
    ledger = Ledger.load(edition.decisions / f"{path.stem}.json")
    if ledger.source and ledger.source != source.digest:
        yield Finding(
            file,
            0,
            0,
            "WRD004",
            "warning",
            "the source has changed since this file was encoded",
            "run: teipress encode",
        )
    yield from compare(replace(source, omitted=ledger.omitted or source.omitted), tree.getroot(), file)


def compare(source: Source, root: etree._Element, file: str) -> Iterator[Finding]:
    """Yield a finding at the first place where the wordings differ, if they do."""
    wanted, anchors = folded(source.wording), Anchors(wording(root))
    found = folded(anchors.folded)
    if wanted == found:
        return
    at = next((at for at, pair in enumerate(zip(wanted, found, strict=False)) if pair[0] != pair[1]), -1)
    at = min(len(wanted), len(found)) if at < 0 else at
    begin = max(0, at - 12)
    yield Finding(
        file,
        _line(root, anchors.to_text(min(at, max(0, len(found) - 1))) if found else 0),
        0,
        "WRD001",
        "error",
        f"the wording differs from the source's: here “{found[begin : at + _SHOWN]}”, "
        f"in the source “{wanted[begin : at + _SHOWN]}”",
        "correct the source, or keep its wording and encode the correction as choice with sic and corr",
    )


def _line(root: etree._Element, offset: int) -> int:
    """Give the line on which a character of the wording stands."""
    line = 0
    for node in walk(root):
        if node.event == "start":
            line = line_of(node.element) or line
        elif node.event == "text" and node.wording and node.offset + len(node.text) > offset:
            return line
    return line
