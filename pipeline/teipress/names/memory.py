"""Memory: which entry people said a name means, and what they said it does not, over all texts of an edition."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from teipress.ledger import Decision, readable

#: The elements that memory is kept of.
TAGS: Final = frozenset({"persName", "placeName", "orgName", "name", "rs"})
#: From how many rejections on, if they outnumber the acceptances, a pair is not proposed in other texts.
_REJECTIONS: Final = 2

Pair = tuple[str, str]  # the words, and the entry they point to or, without one, the element


@dataclass(frozen=True, eq=False)
class Memory:
    """How often each pair of words and entry was accepted and rejected."""

    accepted: Mapping[Pair, int] = field(default_factory=dict)
    rejected: Mapping[Pair, int] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Memory:
        """Read what people decided from the ledgers in a folder that can be read."""
        return cls.of(decision for ledger in readable(folder) for decision in ledger.decisions)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Memory:
        """Count decisions about names."""
        accepted: Counter[Pair] = Counter()
        rejected: Counter[Pair] = Counter()
        for decision in decisions:
            if decision.tag in TAGS:
                pair = (decision.at.quote, decision.attributes.get("ref", decision.tag))
                (rejected if decision.verdict == "reject" else accepted)[pair] += 1
        return cls(dict(accepted), dict(rejected))

    @property
    def effect(self) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """What follows from all this for other texts: the pairs that are forbidden, and those that lead."""
        forbidden = sorted(pair for pair in self.rejected if self._is_forbidden(pair))
        leading: dict[str, tuple[int, str]] = {}
        for (words, ref), count in sorted(self.accepted.items()):
            if count > leading.get(words, (0, ""))[0]:
                leading[words] = (count, ref)
        return tuple(forbidden), tuple((words, ref) for words, (_, ref) in sorted(leading.items()))

    @property
    def digest(self) -> str:
        """A digest of what follows from all that is remembered; empty where nothing does."""
        if not any(self.effect):
            return ""
        return hashlib.sha256(json.dumps(self.effect).encode()).hexdigest()[:16]

    def _is_forbidden(self, pair: Pair) -> bool:
        rejections = self.rejected.get(pair, 0)
        return rejections >= _REJECTIONS and rejections > self.accepted.get(pair, 0)

    def forbids(self, words: str, tag: str, ref: str | None) -> bool:
        """Tell whether people rejected this reading of these words often enough to ask no more."""
        return any(self._is_forbidden((words, target)) for target in ((ref, tag) if ref else (tag,)))

    def preferred(self, words: str, refs: Iterable[str]) -> str | None:
        """Give the entry among `refs` that these words were oftenest said to mean; None where none leads."""
        counts = sorted(((self.accepted.get((words, ref), 0), ref) for ref in refs), reverse=True)
        if not counts or not counts[0][0] or (len(counts) > 1 and counts[0][0] == counts[1][0]):
            return None
        return counts[0][1]
