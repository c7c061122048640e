"""What a name may be made to point to: an entry of a register, another place in the edition, or an address."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from teipress.checks.facts import Known
from teipress.checks.pointing import Prefixes
from teipress.checks.registers import MEANT
from teipress.document import read, tei
from teipress.edition import Edition
from teipress.finding import Refusal
from teipress.registers import NAMED_BY
from teipress.validate import facts_of

_ALIKE: Final = 0.7


def require_referent(edition: Edition, text: str, tag: str, said: str) -> None:
    """Raise `Refusal` where `said` is no pointer that a name, a `tag` in a text, may have."""
    if not said.split():
        raise Refusal("it is not said to what it points", _possible(edition, tag, ""))
    path = edition.tei / f"{text}.xml"
    prefixes = Prefixes.of(read(path).getroot().iter(tei("prefixDef")))
    for pointer in said.split():
        way, place, fragment = prefixes.follow(pointer)
        if way == "prefix":
            remedy = f'declare it in {path.name}: <prefixDef ident="{place}" matchPattern="…" replacementPattern="…"/>'
            raise Refusal(f'no prefixDef in the header says what "{place}:" stands for', remedy)
        if way in ("here", "file"):
            _require_entry(edition, tag, path.parent / place if place else path, fragment, pointer)
        elif way != "web":
            raise Refusal(f'"{pointer}" is no pointer', _possible(edition, tag, pointer))


def _require_entry(edition: Edition, tag: str, file: Path, fragment: str, pointer: str) -> None:
    """Raise `Refusal` where a file has no element of this id, or one that such a name does not point to."""
    facts = facts_of(file)
    if facts.whole and fragment not in facts.ids:
        raise Refusal(f'"{pointer}" leads nowhere', _possible(edition, tag, pointer))
    kinds = {entry.kind for entry in facts.entries if entry.ident == fragment}
    if kinds and kinds.isdisjoint(MEANT.get(tag, kinds)):
        kind = min(kinds)
        remedy = f"reject the proposal, and write <{NAMED_BY.get(kind, 'rs')}> by hand"
        raise Refusal(f'"{pointer}" is a {kind}, and the proposal a <{tag}>', remedy)


def _possible(edition: Edition, tag: str, pointer: str) -> str:
    """Say what may be pointed to: the entries that are called nearly so, if there are any."""
    wanted = pointer.rpartition("#")[2].casefold()
    called = {
        word.casefold(): f"registers/{file}#{entry.ident}"
        for file, entry in _entries(edition)
        if entry.kind in MEANT.get(tag, {entry.kind})
        for word in (entry.ident, *(form for form, _ in entry.names))
    }
    near = [
        called[word]
        for word in ([wanted] if wanted in called else get_close_matches(wanted, called, n=3, cutoff=_ALIKE))
    ]
    if near:
        return f"did you mean {' or '.join(dict.fromkeys(near))}?"
    return "write registers/FILE.xml#ID, an entry that is there (new: teipress register add NAME), or a web address"


def _entries(edition: Edition) -> Iterator[tuple[str, Known]]:
    for path in sorted(edition.registers.glob("*.xml")):
        for entry in facts_of(path).entries:
            yield path.name, entry
