"""Ledgers in an edition whose texts are gone: people's decisions that belong to nothing any more."""

from __future__ import annotations

from collections.abc import Iterator

from teipress.checks.collection import Collection
from teipress.edition import Edition
from teipress.finding import Finding, Refusal
from teipress.proof import source_of


def check(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each ledger that has neither a TEI file nor a source of its name; of whole editions alone."""
    edition = collection.edition
    if edition is None or not collection.complete:
        return
    for path in sorted(edition.decisions.glob("*.json")):
        name = path.stem
        if not (edition.tei / f"{name}.xml").is_file() and not _has_source(edition, name):
            message = (
                f"the text of these decisions is gone: there is neither tei/{name}.xml nor a source {name}"
            )
            remedy = (
                "remove the file too, or bring the text back; until then its rejected names count elsewhere"
            )
            yield Finding(str(path), 0, 0, "WRD013", "warning", message, remedy)


def _has_source(edition: Edition, name: str) -> bool:
    try:
        return source_of(edition, name) is not None
    except Refusal:  # its sidecar is wrong, which encoding says
        return True
