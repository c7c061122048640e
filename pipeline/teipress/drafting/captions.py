"""What stands under a picture or above a table: “Fig. 3. …”, “Таблица 1. …” (Guidelines 14.1, 14.3)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from teipress.scripts import LOWER

_LONGEST: Final = 400  # of a caption, in characters

#: A sentence that speaks of a picture: “Table 2 shows …”.
_SENTENCE: Final = re.compile(rf"[^\W\d_]+\.? (?:\d{{1,3}}|[IVX]{{1,6}}) {LOWER}")


@cache
def _captions() -> re.Pattern[str]:
    data = tomllib.loads(Path(__file__).with_name("captions.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(data["captions"]), re.IGNORECASE | re.DOTALL)


def is_caption(text: str) -> bool:
    """Tell whether a line begins or ends as captions do."""
    return len(text) <= _LONGEST and bool(_captions().search(text)) and not _SENTENCE.match(text)
