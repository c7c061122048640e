"""Words whose letters are of two scripts, since some look alike: a Cyrillic letter in a Latin word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from teipress.slips.passage import Passage, Slip, confusions

_MIXED = re.compile(
    r"(?<![^\W\d_])[^\W\d_]*(?:[a-zA-ZÀ-ɏ][\u0370-\u052f]|[\u0370-\u052f][a-zA-ZÀ-ɏ]|[α-ω][а-я]|[а-я][α-ω])[^\W\d_]*"
)


def find(passage: Passage) -> Iterator[Slip]:
    """Suspect the letters that are not of the script that most of a word's letters are of."""
    for match in _MIXED.finditer(passage.text):
        word = match[0]
        scripts = Counter(map(_script, filter(str.isalpha, word)))
        for script, _ in scripts.most_common():
            table = _homoglyphs().get(script, {})
            reading = "".join(table.get(c, c) if _script(c) != script else c for c in word)
            if len(word) > 1 and all(_script(c) == script for c in reading if c.isalpha()):
                yield Slip(match.start(), match.end(), reading, "errors.script", "high")
                break


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0].lower()


@cache
def _homoglyphs() -> dict[str, dict[str, str]]:
    return {
        script: {pair[0]: pair[1] for pair in pairs.split()}
        for script, pairs in confusions()["homoglyphs"].items()
    }
