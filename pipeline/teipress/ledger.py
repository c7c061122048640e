"""The ledger: what the machine wove into a text, and what people decided about it.

One JSON file a text, `tei/decisions/NAME.json`, held against schema/decisions.schema.json; an entry stands on a
line of its own, in the order of the text, so that Git shows and merges what changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator

from teipress.anchors import Quotation
from teipress.document import write
from teipress.finding import Refusal
from teipress.resources import SCHEMA
from teipress.source import Omission

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

    @classmethod
    def from_json(cls, members: dict[str, Any]) -> Woven:
        """Read an entry of the file."""
        return cls(
            Quotation.from_json(members),
            members["tag"],
            members.get("attributes", {}),
            members.get("rule", ""),
            members.get("cert", ""),
            members.get("reading"),
            tuple(members.get("candidates", ())),
        )

    def as_json(self) -> dict[str, Any]:
        """Give an entry of the file; what says nothing is left out."""
        members = self.at.as_json() | {
            "tag": self.tag,
            "attributes": dict(self.attributes),
            "rule": self.rule,
        }
        if self.cert:
            members["cert"] = self.cert
        if self.reading is not None:
            members["reading"] = self.reading
        if self.candidates:
            members["candidates"] = list(self.candidates)
        return members


@dataclass(frozen=True)
class Decision:
    """A person's word about a passage: accept, reject or correct a proposal, or add an encoding.

    `by` is the id of an editor in edition.toml; a rejection that was read off a file has none.
    """

    at: Quotation
    verdict: str
    tag: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    reading: str | None = None
    by: str = ""
    when: str = ""
    why: str = ""

    @classmethod
    def from_json(cls, members: dict[str, Any]) -> Decision:
        """Read an entry of the file."""
        named = {
            key: members[key]
            for key in ("tag", "attributes", "reading", "by", "when", "why")
            if key in members
        }
        return cls(Quotation.from_json(members), members["verdict"], **named)

    def as_json(self) -> dict[str, Any]:
        """Give an entry of the file; what says nothing is left out."""
        members = self.at.as_json() | {"verdict": self.verdict}
        for key in ("tag", "reading", "by", "when", "why"):
            value = getattr(self, key)
            if value or (key == "reading" and value is not None):
                members[key] = value
        if self.attributes:
            members["attributes"] = dict(self.attributes)
        return members


@dataclass(frozen=True)
class Ledger:
    """All that is on record of one text; `header` and `draft` are digests of what the machine wrote."""

    source: str = ""
    draft: str = ""
    reader: str = ""
    teipress: str = ""
    omitted: tuple[Omission, ...] = ()
    omitted_quotes: tuple[str, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)
    identified: tuple[Woven, ...] = ()
    woven: tuple[Woven, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Ledger:
        """Read the ledger at `path`; one that does not exist is empty. Raises `Refusal` for one that is wrong."""
        if not path.is_file():
            return cls()
        try:
            data = json.loads(path.read_bytes())
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise Refusal(
                f"{path}: not JSON: {error}", "mend the line, or take the file back from Git"
            ) from None
        rules = json.loads((SCHEMA / "decisions.schema.json").read_text(encoding="utf-8"))
        for wrong in Draft202012Validator(rules).iter_errors(data):
            where = "/".join(map(str, wrong.absolute_path)) or "the file"
            raise Refusal(f"{path}: {where}: {wrong.message}", "see schema/decisions.schema.json")
        omitted = data.get("omitted", ())
        return cls(
            source=data.get("source", ""),
            draft=data.get("draft", ""),
            reader=data.get("reader", ""),
            teipress=data.get("teipress", ""),
            omitted=tuple(Omission(entry["start"], entry["end"], entry["reason"]) for entry in omitted),
            omitted_quotes=tuple(entry["quote"] for entry in omitted),
            header=data.get("header", {}),
            identified=tuple(map(Woven.from_json, data.get("identified", ()))),
            woven=tuple(map(Woven.from_json, data.get("woven", ()))),
            decisions=tuple(map(Decision.from_json, data.get("decisions", ()))),
        )

    def save(self, path: Path) -> bool:
        """Write the ledger, in one step; say whether the file changed."""
        return write(path, self.as_bytes())

    def as_bytes(self) -> bytes:
        """Give the file: decisions first, since people read and write those."""
        omitted = [
            {"start": gap.start, "end": gap.end, "reason": gap.reason, "quote": quote}
            for gap, quote in zip(self.omitted, self.omitted_quotes, strict=True)
        ]
        scalars = {
            "source": self.source,
            "draft": self.draft,
            "reader": self.reader,
            "teipress": self.teipress,
        }
        members: list[str] = [f'"version": {VERSION}']
        members += [f"{_line(key)}: {_line(value)}" for key, value in scalars.items() if value]
        members += _list("decisions", [decision.as_json() for decision in self.decisions])
        members += _list("omitted", omitted)
        if self.header:
            lines = ",\n".join(
                f"    {_line(key)}: {_line(value)}" for key, value in sorted(self.header.items())
            )
            members.append(f'"header": {{\n{lines}\n  }}')
        members += _list("identified", [entry.as_json() for entry in self.identified])
        members += _list("woven", [entry.as_json() for entry in self.woven])
        return ("{\n  " + ",\n  ".join(members) + "\n}\n").encode()

    def deciding(self, decisions: tuple[Decision, ...]) -> Ledger:
        """Give the ledger with these decisions added, each once."""
        return replace(
            self, decisions=(*self.decisions, *(new for new in decisions if new not in self.decisions))
        )


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _list(key: str, entries: list[dict[str, Any]]) -> list[str]:
    if not entries:
        return []
    lines = ",\n".join(f"    {_line(entry)}" for entry in entries)
    return [f'"{key}": [\n{lines}\n  ]']
