"""The wording proof: a TEI file has every word of its source, but for what was omitted on the record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from lxml import etree

from teipress import readers, versions
from teipress.anchors import Anchors
from teipress.differences import differences
from teipress.document import TEI, content, local, tei
from teipress.edition import Edition, Sidecar
from teipress.elements import ADDITIONS
from teipress.finding import Finding, Refusal, Rejected
from teipress.ledger import Ledger
from teipress.origins import Deviation
from teipress.source import Source
from teipress.text import folded, wording
from teipress.wording_place import place_of

#: So many characters of each wording a finding shows, from the place on and before it.
_SHOWN: Final = 30
_BEFORE: Final = 12


def source_of(edition: Edition, name: str) -> Path | None:
    """Give the source file of the text `name`; None where the edition has none."""
    files = (edition.seeds / f"{name}{suffix}" for suffix in readers.SUFFIXES)
    sidecar = edition.seeds / f"{name}.toml"
    together = sidecar if Sidecar.load(sidecar).files else None
    return together or next((file for file in files if file.is_file()), None)


def evidence(edition: Edition, name: str) -> list[Path]:
    """List what the proof of the text `name` rests on: source, sidecar, pages and ledger, there or not."""
    sidecar = edition.seeds / f"{name}.toml"
    sources = [edition.seeds / f"{name}{suffix}" for suffix in readers.SUFFIXES]
    try:
        said = Sidecar.load(sidecar)
        pages = readers.pages_of(sidecar, said) if said.files else []
        folders = [edition.seeds / each for each in said.files]
    except (Refusal, OSError):  # the proof says what is wrong
        pages, folders = [], []
    source = source_of(edition, name)
    others = versions.translations_of(source) if source and edition.translations == versions.ONE else []
    beside = [file for other in others for file in (other, other.with_suffix(".toml"))]
    return [*sources, sidecar, *folders, *pages, *beside, edition.decisions / f"{name}.json"]


def prove(edition: Edition, path: Path, tree: etree._ElementTree, file: str) -> Iterator[Finding]:
    """Yield a finding where the wording of a TEI file is not that of its source minus what the ledger omits."""
    try:
        yield from _proved(edition, path, tree, file)
    except Refusal as refusal:  # of a sidecar or ledger
        why = refusal.message.replace(f"{edition.root}{os.sep}", "")
        message = f"the wording cannot be proved: {why}"
        yield Finding(file, 0, 0, "WRD006", "error", message, refusal.remedy)


def _proved(edition: Edition, path: Path, tree: etree._ElementTree, file: str) -> Iterator[Finding]:
    source_path = source_of(edition, path.stem)
    if source_path is None:
        yield Finding(
            file,
            0,
            0,
            "WRD003",
            "info",
            "no source text: its wording cannot be proved",
            f"put the source into seeds/{path.stem}.txt, or remove the TEI file if the text is to go",
        )
        return
    try:
        source = versions.read(source_path, edition.translations)
    except Rejected as rejected:
        yield rejected.finding
        return
    if etree.QName(tree.getroot()).namespace != TEI:
        raise Refusal("the document is not in TEI's namespace", f'write xmlns="{TEI}" in its first element')
    ledger = Ledger.load(edition.decisions / f"{path.stem}.json", record=True)
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
    elif ledger.source:
        yield from _faults_of_record(ledger, source, file)
    omitted = source.omissions(ledger.omitted) or source.omitted
    yield from compare(replace(source, omitted=omitted), tree.getroot(), file, path)


def _faults_of_record(ledger: Ledger, source: Source, file: str) -> Iterator[Finding]:
    """Yield a finding for each record of bytes that are not in the source as the record has them."""
    faults = [("omitted", record) for record in ledger.omitted if not _is_true(record, source)]
    faults += [("normalised", record) for record in ledger.normalised if record not in source.normalised]
    for kind, record in faults:
        where = f" of {record.file}" if record.file else ""
        yield Finding(
            file,
            0,
            0,
            "WRD005",
            "error",
            f"the ledger has bytes {record.start} to {record.end}{where} as {kind} ({record.reason}), which the source "
            "has not there",
            "run: teipress encode, which writes the record anew",
        )


def _is_true(record: Deviation, source: Source) -> bool:
    """Tell whether the bytes that a record omits are the words that it quotes."""
    omitted = source.omissions([record])
    return omitted is not None and replace(source, omitted=omitted).deviations() == (record,)


def compare(source: Source, root: etree._Element, file: str, path: Path | None = None) -> Iterator[Finding]:
    """Yield a finding at each of the first places where the wordings differ, if they do.

    `path` is the file that `root` was parsed from: without it the place has no column.
    """
    wanted, words = folded(source.wording), wording(root)
    if wanted == folded(words):
        return
    anchors = Anchors(words)
    found = folded(anchors.folded)
    data = _content(path)
    for lost in differences(wanted, found):
        at, there = lost.start, lost.other_start
        # what it has more; if less, its last character
        last = min(there + (at == len(wanted)), max(0, len(found) - 1))
        line, column = place_of(root, anchors.to_text(last) if found else 0, data)
        shown, known = (
            text[max(0, begin - _BEFORE) : begin + _SHOWN] for text, begin in ((found, there), (wanted, at))
        )
        message = f"the wording differs from the source's: here “{shown}”, in the source “{known}”"
        remedy = _remedy(root, wanted[at : lost.end].strip(), found[there : lost.other_end].strip())
        yield Finding(file, line, column, "WRD001", "error", message, remedy)


def _remedy(root: etree._Element, lost: str, added: str) -> str:
    """Say what to do about words that are lost, and those that stand in their place, if any."""
    if added and (note := _note_with(root, added, of_source=True)) is not None:
        return f"this <{local(note)}> has @source, so that it is the source's: a note of yours needs @resp instead"
    if lost and (note := _note_with(root, lost, of_source=False)) is not None:
        return f"they stand in a <{local(note)}> without @source, so that it is yours: one of the source needs @source"
    if not lost:
        return "take the words out, put them into a note with @resp or into supplied, or correct the source"
    return "put the words back, correct the source, or encode the correction as choice with sic and corr"


def _note_with(root: etree._Element, words: str, *, of_source: bool) -> etree._Element | None:
    """Give the note, or other addition, that has words, and is told to be the source's or is not."""
    return next(
        (
            element
            for element in root.iter(*map(tei, ADDITIONS))
            if (element.get("source") is not None) == of_source and _share(words, folded(content(element)))
        ),
        None,
    )


def _share(words: str, other: str) -> bool:
    """Tell whether one of two passages is in the other, and most of it."""
    return (
        bool(other) and (words in other or other in words) and 2 * len(other) >= len(words) >= len(other) // 2
    )


def _content(path: Path | None) -> bytes:
    """Give what a file has; nothing where there is none, or none any more."""
    try:
        return path.read_bytes() if path else b""
    except OSError:
        return b""
