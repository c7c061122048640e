"""Figures: what of dates is alike in every language, `grammars/figures.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).parent / "grammars" / "figures.toml"


@cache
def figures() -> dict[str, Any]:
    """Give the shapes, and the patterns of what is no date."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
