"""What an edition says of the sheet that a text stands on: where it lies, and what was noted on it.

The words are data: `sources.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

_LONGEST: Final = 300  # characters of such a note


def says(where: str, text: str) -> bool:
    """Tell whether a line says it: `above` a text or `below` it, or in its `head`, or by a `shelfmark` anywhere."""
    return len(text) <= _LONGEST and bool(_patterns()[where].match(text))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))
    shelfmark = data.pop("shelfmark")
    bodies = {"head": data["head"], "shelfmark": [], **data}
    flags = re.IGNORECASE | re.DOTALL  # such a note may stand on several lines
    return {key: re.compile("|".join([*found, *shelfmark]), flags) for key, found in bodies.items()}
