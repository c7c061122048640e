"""A TEI file and its ledger are written together: both are the new ones, or both the old.

Two files cannot be replaced in one step. So the new ledger is written beside the old one first, with the digest of
the TEI file that it belongs to; then the TEI file is replaced, then the ledger. Whoever finds the new ledger still
waiting knows from the digest whether the TEI file was replaced before the process ended.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from teipress.document import write


def _waiting(ledger: Path) -> Path:
    return ledger.with_name(f".{ledger.name}.new")


def commit(target: Path, data: bytes, ledger: Path, record: bytes) -> None:
    """Write a TEI file and its ledger; files that hold these bytes already are not touched."""
    if target.is_file() and target.read_bytes() == data:
        write(ledger, record)
        return
    waiting = _waiting(ledger)
    write(waiting, hashlib.sha256(data).hexdigest().encode() + b"\n" + record)
    write(target, data)
    write(ledger, record)
    waiting.unlink()


def recover(target: Path, ledger: Path) -> None:
    """Finish or undo a commit that a process did not live to finish, and clear away what it left."""
    waiting = _waiting(ledger)
    if waiting.is_file():
        digest, _, record = waiting.read_bytes().partition(b"\n")
        written = hashlib.sha256(target.read_bytes()).hexdigest().encode() if target.is_file() else b""
        if record and written == digest:
            write(ledger, record)
        waiting.unlink()
    for path in (target, ledger, waiting):
        for left in path.parent.glob(f".{path.name}.*.part"):
            left.unlink()
