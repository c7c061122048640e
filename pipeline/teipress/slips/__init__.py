"""Suspected slips: of the machine that read a page, of the typist, of the printer.

Each module finds slips of one kind in a block of text; what they give is only ever a suspicion, with what may be
meant. To add a kind, write a module here with `find(passage: Passage) -> Iterator[Slip]` and name it in `KINDS`.
What looks like what is data (`confusions.toml`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from teipress.slips import numbers, scripts, spacing, spelling
from teipress.slips.passage import Passage, Slip

Kind = Callable[[Passage], Iterator[Slip]]

KINDS: Final[tuple[Kind, ...]] = (scripts.find, numbers.find, spacing.find, spelling.find)

__all__ = ["KINDS", "Passage", "Slip"]
