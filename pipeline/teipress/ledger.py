"""The ledger: what the machine wove into a text, and what people decided about it.

One JSON file a text, `tei/decisions/NAME.json`, held against schema/decisions.schema.json. An entry stands on two
lines, in the order of the text; a verdict stands with the proposal that it is about. So Git shows what changed, and
two people who decide about different proposals have changed different lines.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from teipress.anchors import Quotation
from teipress.finding import Refusal
from teipress.origins import Deviation
from teipress.shapes import faults

VERSION: Final = 1


@dataclass(frozen=True)
class Woven:
    """An element that the machine wove, and why."""

    at: Quotation
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    rule: str = ""
    cert: str = ""
    reading: str | None = None
    candidates: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give an entry of the file; what says nothing is left out."""
        members = self.at.as_json() | {
            "tag": self.tag,
            "attributes": dict(self.attributes),
            "rule": self.rule,
        }
        optional = {"cert": self.cert, "reading": self.reading, "candidates": list(self.candidates)}
        return members | {key: value for key, value in optional.items() if value}


@dataclass(frozen=True)
class Suspected(Woven):
    """A slip that is suspected and not encoded: it waits for a person's word, or for a rule that lets it through."""

    def as_json(self) -> dict[str, Any]:
        """Give an entry of the file, which says that the text has no such element."""
        return super().as_json() | {"state": "suspected"}


@dataclass(frozen=True)
class Decision:
    """A person's word about a passage: accept, reject or correct a proposal, or add an encoding.

    `by` is the id of an editor in edition.toml; a rejection that was read off a file has none. `rule` is that
    of the proposal, and empty where a person decided without one.
    """

    at: Quotation
    verdict: str
    tag: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    reading: str | None = None
    by: str = ""
    when: str = ""
    why: str = ""
    rule: str = ""

    @property
    def stands(self) -> bool:
        """Whether the decision puts an element into the text."""
        return self.verdict in ("add", "accept", "correct")

    def as_json(self) -> dict[str, Any]:
        """Give an entry of the file; what says nothing is left out."""
        members = self.at.as_json() | {"verdict": self.verdict}
        for key in ("tag", "reading", "by", "when", "why", "rule"):
            value = getattr(self, key)
            if value or (key == "reading" and value is not None):
                members[key] = value
        return members | ({"attributes": dict(self.attributes)} if self.attributes or self.rule else {})


Entry = Woven | Decision


def _entry(members: dict[str, Any]) -> Entry:
    at = Quotation.from_json(members)
    if "verdict" in members:
        keys = ("verdict", "tag", "attributes", "reading", "by", "when", "why", "rule")
        return Decision(at, **{key: members[key] for key in keys if key in members})
    said = {key: members[key] for key in ("tag", "attributes", "rule", "cert", "reading") if key in members}
    kind = Suspected if members.get("state") else Woven
    return kind(at, candidates=tuple(members.get("candidates", ())), **said)


@dataclass(frozen=True)
class Ledger:
    """All that is on record of one text.

    `header` and `draft` are digests of what the machine wrote, `drafted` the signatures of the draft's elements.
    `proposals` are in the order of the text, decided or not; `added` is what people decided without a proposal.
    """

    source: str = ""
    draft: str = ""
    drafted: tuple[str, ...] = ()
    reader: str = ""
    teipress: str = ""
    omitted: tuple[Deviation, ...] = ()
    normalised: tuple[Deviation, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)
    identified: tuple[Woven, ...] = ()
    added: tuple[Decision, ...] = ()
    proposals: tuple[Entry, ...] = ()

    @property
    def woven(self) -> tuple[Woven, ...]:
        """The elements in the text that nobody has decided about."""
        return tuple(
            entry for entry in self.proposals if isinstance(entry, Woven) and not isinstance(entry, Suspected)
        )

    @property
    def suspected(self) -> tuple[Suspected, ...]:
        """The slips that are suspected, and that nobody has decided about."""
        return tuple(entry for entry in self.proposals if isinstance(entry, Suspected))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, those about proposals in the order of the text."""
        return (*self.added, *(entry for entry in self.proposals if isinstance(entry, Decision)))

    @classmethod
    def load(cls, path: Path, *, record: bool = False) -> Ledger:
        """Read the ledger at `path`; one that does not exist is empty. Raises `Refusal` for one that is wrong.

        With `record`, it has only what it records of the source, and no entries; all of it is examined even so.
        """
        if not path.is_file():
            return cls()
        try:
            data = json.loads(path.read_bytes())
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise Refusal(
                f"{path}: not JSON: {error}", "mend the line, or take the file back from Git"
            ) from None
        for wrong in faults("decisions", data):
            where = "/".join(map(str, wrong.absolute_path)) or "the file"
            raise Refusal(f"{path}: {where}: {wrong.message}", "see schema/decisions.schema.json")
        if record:
            return cls(
                source=data.get("source", ""),
                omitted=tuple(Deviation(**entry) for entry in data.get("omitted", ())),
                normalised=tuple(Deviation(**entry) for entry in data.get("normalised", ())),
            )
        entries = [*map(_entry, data.get("decisions", ())), *map(_entry, data.get("woven", ()))]
        return cls(
            source=data.get("source", ""),
            draft=data.get("draft", ""),
            drafted=tuple(data.get("drafted", ())),
            reader=data.get("reader", ""),
            teipress=data.get("teipress", ""),
            omitted=tuple(Deviation(**entry) for entry in data.get("omitted", ())),
            normalised=tuple(Deviation(**entry) for entry in data.get("normalised", ())),
            header=data.get("header", {}),
            identified=tuple(
                entry for entry in map(_entry, data.get("identified", ())) if isinstance(entry, Woven)
            ),
            added=tuple(entry for entry in entries if isinstance(entry, Decision) and not entry.rule),
            proposals=tuple(entry for entry in entries if isinstance(entry, Woven) or entry.rule),
        )

    def as_bytes(self) -> bytes:
        """Give the file: decisions first, since people read and write those."""
        scalars = {
            "source": self.source,
            "draft": self.draft,
            "reader": self.reader,
            "teipress": self.teipress,
        }
        members: list[str] = [f'"version": {VERSION}']
        members += [f"{_line(key)}: {_line(value)}" for key, value in scalars.items() if value]
        members += _list("decisions", [_two_lines(decision.as_json()) for decision in self.added])
        members += _list("omitted", map(_line, map(_members, self.omitted)))
        members += _list("normalised", map(_line, map(_members, self.normalised)))
        if self.header:
            lines = ",\n".join(
                f"    {_line(key)}: {_line(value)}" for key, value in sorted(self.header.items())
            )
            members.append(f'"header": {{\n{lines}\n  }}')
        members += _list("identified", [_two_lines(entry.as_json()) for entry in self.identified])
        members += _list("woven", [_two_lines(entry.as_json()) for entry in self.proposals])
        members += _list("drafted", map(_line, self.drafted))
        return ("{\n  " + ",\n  ".join(members) + "\n}\n").encode()

    def deciding(self, decide: Callable[[Entry], Entry | None]) -> Ledger:
        """Give the ledger with each entry as `decide` gives it back; None takes the entry out."""
        added = [entry for old in self.added if isinstance(entry := decide(old), Decision)]
        proposals = [entry for old in self.proposals if (entry := decide(old)) is not None]
        return replace(self, added=tuple(added), proposals=tuple(proposals))


def readable(folder: Path) -> Iterator[Ledger]:
    """Give the ledgers of a folder, but for those that are wrong, which is said where their texts are encoded."""
    for path in sorted(folder.glob("*.json")):
        with suppress(Refusal):
            yield Ledger.load(path)


def _members(deviation: Deviation) -> dict[str, Any]:
    """Give a record of the source's bytes as an object; what says nothing is left out."""
    optional = {"quote": deviation.quote, "count": deviation.count if deviation.count > 1 else 0}
    return {
        **({"file": deviation.file} if deviation.file else {}),
        "start": deviation.start,
        "end": deviation.end,
        "reason": deviation.reason,
        **{key: value for key, value in optional.items() if value},
    }


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _two_lines(members: dict[str, Any]) -> str:
    """Write an entry: where it stands on one line, what it says on the next."""
    place = {key: members.pop(key) for key in ("quote", "prefix", "suffix", "nth") if key in members}
    return f"{_line(place)[:-1]},\n     {_line(members)[1:]}"


def _list(key: str, entries: Iterable[str]) -> list[str]:
    lines = ",\n".join(f"    {entry}" for entry in entries)
    return [f'"{key}": [\n{lines}\n  ]'] if lines else []
