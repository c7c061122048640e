"""Deciding: an editor accepts, rejects or corrects what the machine proposed.

A decision is written into the ledger, and the text is encoded again: what is accepted bears the editor's @resp and
no @cert, what is rejected is gone and does not come back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from teipress.build import Encoded, encode_edition, encode_file, registers_of
from teipress.checks.days import first_of, last_of
from teipress.dates.interval import is_value, stated
from teipress.doubts import TAG as DOUBT
from teipress.edition import Edition
from teipress.finding import Refusal
from teipress.ledger import Decision, Entry, Ledger, Woven
from teipress.links import is_link
from teipress.proof import source_of
from teipress.referring import require_referent
from teipress.registers import NAMED_BY
from teipress.retargeting import passages_of, retargeted

#: The order in which proposals are shown: the least sure first.
CERTAINTIES: Final = ("low", "medium", "high")
#: The rules of names that have hardly more than a word's look to go by, and those that know the word; of several words,
#: and by a title, initials or a place in the text, names are surer.
_LOOKS: Final = frozenset({"names.unknown", "names.beside", "names.preposition", "names.model"})
_LONE: Final = frozenset(
    {"names.listed", "names.renowned", "names.given", "names.verb", "names.document", "names.gazetteer"}
)
#: What a verdict made of a proposal, in words.
MADE: Final = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "add": "added"}
_NAMES: Final = frozenset((*NAMED_BY.values(), "name", "rs", "roleName"))


#: The attributes of a proposal that do not say what it means.
_UNTOLD: Final = frozenset({"resp", "cert", "xml:id", "locus"})


@dataclass(frozen=True)
class Case:
    """A proposal, or a decision about one, with the text it is in and the key that it is named by."""

    key: str
    text: str
    entry: Entry
    told: str = ""  # of a link, the words on both sides

    @property
    def ref(self) -> str:
        """What the element points to, says (@when and the like) or is read as."""
        if self.entry.reading is not None:
            return f"→ {self.entry.reading}"
        told = {name: value for name, value in self.entry.attributes.items() if name not in _UNTOLD}
        return told.pop("ref", "") or " ".join(f"{name}={value}" for name, value in told.items())

    @property
    def likeness(self) -> tuple[str, str, str]:
        """What cases share that are decided alike: the same words, element and referent."""
        return self.entry.at.quote, self.entry.tag, self.ref

    @property
    def context(self) -> str:
        """The words in their context; of a link, what it links."""
        if self.told:
            return self.told
        at = self.entry.at
        return f"{at.prefix}[{at.quote}]{at.suffix}"


@dataclass(frozen=True)
class Verdict:
    """What an editor decides: accept, reject or correct (then with what the element points to, or what is meant).

    Of a slip that is suspected, `slip` says whose it is: of the transcription or of the source.
    """

    kind: str
    by: str
    when: str
    ref: str = ""
    why: str = ""
    slip: str = ""

    def of(self, proposal: Woven) -> Decision:
        """Give the decision about one proposal."""
        attributes = {
            name: value for name, value in proposal.attributes.items() if name not in ("resp", "cert")
        }
        reading = proposal.reading
        if self.kind == "correct" and reading is not None:
            reading = self.ref
        elif self.kind == "correct" and is_link(proposal):
            attributes = {"target": self.ref, "proposed": attributes.get("target", "")}
        elif self.kind == "correct" and proposal.tag == DOUBT:
            attributes["assertedValue"] = self.ref
        elif self.kind == "correct" and proposal.tag == "date":
            attributes = {n: v for n, v in attributes.items() if n == "xml:id"} | stated(self.ref)
        elif self.kind == "correct":
            attributes["ref"] = self.ref
        if self.slip and reading is not None:
            attributes["type"] = self.slip
        return Decision(
            proposal.at,
            self.kind,
            proposal.tag,
            attributes,
            reading,
            self.by,
            self.when,
            self.why,
            proposal.rule,
        )


def waiting(edition: Edition) -> list[Case]:
    """List the proposals that nobody has decided about, the least sure first, then by their words."""
    cases = [case for case in _cases(edition) if isinstance(case.entry, Woven) and case.entry.cert]
    return sorted(cases, key=lambda case: (*_sureness(case), case.likeness))


def decided(edition: Edition) -> list[Case]:
    """List the decisions about proposals, text by text."""
    return [case for case in _cases(edition) if isinstance(case.entry, Decision)]


def _sureness(case: Case) -> tuple[int, int]:
    """Rank a proposal by its certainty, and by how much its rule had to go by."""
    cert = case.entry.cert if isinstance(case.entry, Woven) else ""
    rule = case.entry.rule.partition(":")[0]
    lone = len(case.entry.at.quote.split()) == 1
    rank = 2 if not lone else 0 if rule in _LOOKS else 1 if rule in _LONE else 2
    return CERTAINTIES.index(cert) if cert in CERTAINTIES else 0, rank


def _cases(edition: Edition) -> Iterator[Case]:
    for path in sorted(edition.decisions.glob("[!.]*.json")):
        entries = Ledger.load(path).proposals
        targets = [entry.attributes.get("target", "") for entry in entries if is_link(entry)]
        words = passages_of(edition.tei / f"{path.stem}.xml", targets)
        for entry in entries:
            told = _both_sides(entry, words) if is_link(entry) else ""
            yield Case(_key(path.stem, entry), path.stem, entry, told)


def _both_sides(link: Entry, words: Mapping[str, str]) -> str:
    """Quote what a link names, each passage with its id."""
    named = link.attributes.get("target", "").split()
    return " ↔ ".join(f"{pointer} {words.get(pointer, '?')}" for pointer in named)


def _key(text: str, entry: Entry) -> str:
    """Name an entry by a few digits that stay the same while its words and their context do."""
    at = entry.at
    told = "\n".join((text, entry.tag, at.quote, at.prefix, at.suffix, str(at.nth)))
    if is_link(entry):  # of one passage there may be several
        told += "\n" + (entry.attributes.get("proposed") or entry.attributes.get("target", ""))
    return hashlib.sha256(told.encode()).hexdigest()[:7]


def chosen(
    cases: Sequence[Case], keys: Iterable[str], others: Iterable[Case] = (), *, all_like: bool = False
) -> list[Case]:
    """Give the cases that keys (or their beginnings) name, and with `all_like` all that are like one of them.

    Raises `Refusal` for a key that names none, or several, or one of the `others`, which are not to be chosen from.
    """
    found: list[Case] = []
    for key in keys:
        named = [case for case in cases if case.key.startswith(key)]
        if len(named) > 1:
            raise Refusal(f'the key "{key}" names {len(named)} cases', "see: teipress decide --list")
        if not named:
            raise _not_to_choose(key, next((case for case in others if case.key.startswith(key)), None))
        found += named
    if not all_like:
        return found
    alike = {case.likeness for case in found}
    return [case for case in cases if case.likeness in alike]


def _not_to_choose(key: str, other: Case | None) -> Refusal:
    """Say why a key names nothing that can be decided, or be taken back."""
    if other is None:
        return Refusal(
            f'the key "{key}" names no case that waits or is decided', "see: teipress decide --list"
        )
    words = f'"{key}" (<{other.entry.tag}> “{other.entry.at.quote}” in {other.text})'
    if isinstance(other.entry, Decision):
        made = MADE.get(other.entry.verdict, other.entry.verdict)
        return Refusal(f"{words} is already decided: {made}", f"take that back: teipress decide {key} --undo")
    return Refusal(f"{words} waits, and nobody has decided about it", "see: teipress decide --list --decided")


def editor_of(edition: Edition, by: str) -> str:
    """Give the id of the editor who decides; raise `Refusal` where it is not clear who that is."""
    known = [editor.id for editor in edition.editors]
    if by and by not in known:
        raise Refusal(f'edition.toml knows no editor "{by}"', f"known: {', '.join(known) or 'nobody yet'}")
    if not by and len(known) != 1:
        raise Refusal("it is not clear who decides", f"say so: --by {known[0] if known else 'ID'}")
    return by or known[0]


def decide(edition: Edition, cases: Sequence[Case], verdict: Verdict) -> list[Encoded]:
    """Decide about proposals, and encode the texts that they are in; raise `Refusal` for what they cannot mean."""
    if verdict.kind == "correct":
        require_meaning(edition, cases, verdict.ref)
    links = [case for case in cases if is_link(case.entry)]
    if verdict.kind == "correct" and links:
        if len(cases) > 1:
            raise Refusal("several links at once are not corrected to one", "name one key")
        file = edition.tei / f"{cases[0].text}.xml"
        proposed = links[0].entry.attributes.get("target", "")
        verdict = replace(verdict, ref=retargeted(file, proposed, verdict.ref))
    return _apply(
        edition, cases, lambda entry: verdict.of(entry) if isinstance(entry, Woven) else entry, verdict
    )


def undo(edition: Edition, cases: Sequence[Case]) -> list[Encoded]:
    """Take decisions back, so that the machine proposes again."""
    return _apply(edition, cases, lambda _: None, None)


def _apply(
    edition: Edition, cases: Sequence[Case], change: Callable[[Entry], Entry | None], verdict: Verdict | None
) -> list[Encoded]:
    registers = registers_of(edition)
    results: list[Encoded] = []
    for text in dict.fromkeys(case.text for case in cases):
        source = source_of(edition, text)
        if source is None:
            raise Refusal(f"{text} has no source in {edition.seeds}", f"put it there: {text}.txt")
        keys = {case.key for case in cases if case.text == text}
        results.append(
            encode_file(
                source,
                edition.tei / f"{text}.xml",
                edition.decisions / f"{text}.json",
                edition,
                registers,
                deciding=_deciding(text, keys, change),
                review={"when": verdict.when, "who": f"#{verdict.by}"} if verdict else None,
            )
        )
    if (
        registers_of(edition).memory_digest != registers.memory_digest
    ):  # it speaks for or against names elsewhere
        encode_edition(edition, (), lambda _: None)
    return results


def require_meaning(edition: Edition, cases: Iterable[Case], value: str) -> None:
    """Raise `Refusal` where a proposal is to be corrected to what such an element cannot mean."""
    for text, tag, is_slip in dict.fromkeys(
        (case.text, case.entry.tag, case.entry.reading is not None) for case in cases
    ):
        if is_slip or tag == "link":  # what a link links is looked up in the documents
            continue
        if tag in _NAMES:
            require_referent(edition, text, tag, value)
        elif tag == DOUBT or tag == "date":
            _require_date(tag, value)
        else:
            raise Refusal(f"a <{tag}> points to nothing", "accept it or reject it; encode another by hand")


def _require_date(tag: str, value: str) -> None:
    if not (is_value(value) if tag == DOUBT else stated(value)):
        remedy = (
            "write 1871-04-06, 1871-04, 1871 or --04-06; of a date also two of them: 1871-04-06/1871-04-09"
        )
        raise Refusal(f'"{value}" is no date', remedy)
    first, stroke, last = value.partition("/")
    if stroke and (first_of(first) or 0) > (last_of(last) or 0):
        raise Refusal(f'"{value}" ends before it begins', f"write the earlier first: {last}/{first}")


def _deciding(
    text: str, keys: set[str], change: Callable[[Entry], Entry | None]
) -> Callable[[Ledger], Ledger]:
    """Give what changes the entries of a ledger that the keys name."""
    return lambda ledger: ledger.deciding(lambda entry: change(entry) if _key(text, entry) in keys else entry)


def tallied(cases: Iterable[Case]) -> dict[tuple[str, str, str], list[Case]]:
    """Group cases that would be decided alike, in the order in which they come."""
    groups: dict[tuple[str, str, str], list[Case]] = {}
    for case in cases:
        groups.setdefault(case.likeness, []).append(case)
    return groups
