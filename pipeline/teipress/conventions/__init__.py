"""What the marks of a source mean: one TOML file a convention, named in edition.toml or a sidecar.

To add one, write `NAME.toml` here with the same keys as `brackets.toml`; nothing else names a convention. What a
bracket means is decided by its content and its place; a bracket that fits no rule stays text. `open` and `close` list
the signs of brackets, each a character or several (`["<del>", "["]`); a `pattern` is for marks that are no brackets.

A `gap` or a `space` has no words and stands before its mark. How much is missing is the group `quantity` of `inside` or
`match` (a number, a range, or `?`), or as many as the group `each` has signs; `unit` says of what.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from teipress.finding import Refusal

_FOLDER: Final = Path(__file__).parent

#: What holds where nobody names a convention.
USUAL: Final = ("brackets",)


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a mark means: the element for it (empty: the mark alone), and the `metamark/@function` of its signs."""

    tag: str
    function: str
    name: str
    attributes: tuple[tuple[str, str], ...]
    unit: str

    @classmethod
    def told(cls, entry: dict[str, Any], **given: Any) -> Self:
        """Read the keys that every entry of a convention has; `given` are those of one kind of entry."""
        return cls(
            tag=entry["tag"],
            function=entry.get("function", entry["tag"]),
            name=entry["rule"],
            attributes=tuple(entry.get("attributes", {}).items()),
            unit=entry.get("unit", ""),
            **given,
        )


@dataclass(frozen=True, kw_only=True)
class Rule(Meaning):
    """What a bracket means whose content is `inside` and before which `before` stands (None: anything).

    With `whole` the element has the bracket as one mark, else the bracket's signs are marks of their own.
    """

    inside: re.Pattern[str]
    before: re.Pattern[str] | None
    bracket: str
    whole: bool


@dataclass(frozen=True, kw_only=True)
class Pattern(Meaning):
    """What stands without a bracket: a pattern, whose groups `open` and `close` are marks."""

    match: re.Pattern[str]


@dataclass(frozen=True)
class Convention:
    """One convention: its title, its pairs of brackets (the longer first), its rules in order, and its patterns."""

    title: str
    pairs: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]
    patterns: tuple[Pattern, ...] = ()


@cache
def convention(name: str) -> Convention:
    """Give the convention of this name; raise `Refusal` where there is none."""
    path = _FOLDER / f"{name}.toml"
    if name not in names():
        near = get_close_matches(name, names(), n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"known: {', '.join(names())}"
        raise Refusal(f'no convention is named "{name}"', hint)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    rules = tuple(
        Rule.told(
            entry,
            inside=re.compile(entry["inside"]),
            before=re.compile(f"(?:{entry['before']})$") if "before" in entry else None,
            bracket=entry.get("bracket", ""),
            whole=entry.get("whole", False),
        )
        for entry in data.get("rules", ())
    )
    patterns = tuple(
        Pattern.told(entry, match=re.compile(entry["match"])) for entry in data.get("patterns", ())
    )
    pairs = sorted(zip(data["open"], data["close"], strict=True), key=lambda pair: -len(pair[0]))
    return Convention(data["title"], tuple(pairs), rules, patterns)


def names() -> Sequence[str]:
    """List the conventions that have a file."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))
