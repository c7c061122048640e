"""Why something is encoded as it is: rule, alias, certainty and what competed, as the ledger has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from teipress.ledger import Ledger, Suspected


def explain(words: str, ledgers: list[Path]) -> Iterator[str]:
    """Say of every encoding and decision about `words`, in the ledgers of some texts, what told so."""
    for path in ledgers:
        ledger = Ledger.load(path)
        for woven in (*ledger.woven, *ledger.suspected):
            if words in woven.at.quote:
                attributes = "".join(f' {name}="{value}"' for name, value in woven.attributes.items())
                yield f"{path.stem}: …{woven.at.prefix}[{woven.at.quote}]{woven.at.suffix}…"
                reading = f", read as “{woven.reading}”" if woven.reading is not None else ""
                state = ", only suspected" if isinstance(woven, Suspected) else ""
                cert = f" ({woven.cert})" if woven.cert else ""
                yield f"  <{woven.tag}{attributes}> by {woven.rule}{cert}{reading}{state}"
                yield from (f"  or {candidate}" for candidate in woven.candidates)
        for decision in ledger.decisions:
            if words in decision.at.quote:
                by = decision.by or "a change in the file"
                why = f": {decision.why}" if decision.why else ""
                yield f"{path.stem}: …{decision.at.prefix}[{decision.at.quote}]{decision.at.suffix}…"
                yield f"  {decision.verdict} {decision.tag} by {by}{why}"
