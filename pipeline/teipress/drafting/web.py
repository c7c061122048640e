"""What a saved web page carries besides its text: found by its wording, and left out on the record."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from teipress.drafting.lines import paragraphs
from teipress.source import Omission, Source

_DATA: Final = Path(__file__).with_name("web.toml")
_LATEST: Final = 0.3  # an article's own text fills at least this share of the page


@cache
def _furniture() -> dict[str, Any]:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    flags = re.IGNORECASE | re.MULTILINE
    return {
        "reason": data["reason"],
        "starts": re.compile("|".join(data["starts"]), flags),
        "confirms": re.compile("|".join(data["confirms"]), flags),
    }


def without_furniture(source: Source) -> Source:
    """Give the source with the comments and forms after its text omitted, if it has any."""
    furniture = _furniture()
    for line in paragraphs(source):
        if line.start < len(source.text) * _LATEST or not furniture["starts"].search(line.text):
            continue
        if not furniture["confirms"].search(source.text, line.end):
            break  # nor does anything confirm what comes later
        kept = tuple(gap for gap in source.omitted if gap.end <= line.start)
        omission = Omission(line.start, len(source.text), furniture["reason"])
        return replace(source, omitted=(*kept, omission))
    return source
