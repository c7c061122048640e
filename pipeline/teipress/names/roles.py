"""The title or office before a person's name: found when an edition wants it encoded (`[names] roles`)."""

from __future__ import annotations

import re
from typing import Final

from teipress.names.lexicon import Lexicon, lexicon
from teipress.text import Text

#: The last word before a name, with its stop and the space after it.
_WORD: Final = re.compile(r"(?:^|(?<=[\s(\[„“«»\"'’]))(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)\.?[ ]\Z")
#: Articles between two titles: "Monsieur le Président".
_JOINTS: Final = frozenset({"le", "la", "l", "der", "die", "the"})
_FARTHEST: Final = 80


def role_before(text: Text, start: int) -> tuple[int, int] | None:
    """Give the range of the titles that stand right before a name, without praise ("dear"); None where none does."""
    known = lexicon(text.language_at(start))
    low = max(0, start - _FARTHEST, text.reading.rfind("\n", 0, start) + 1)
    at = begin = start
    while match := _WORD.search(text.reading, low, at):
        word = match.group("word").lower()
        if not _is_title(word, known) and word not in _JOINTS:
            break
        at = match.start("word")
        begin = at if word not in _JOINTS else begin
    end = start
    while end > begin and text.reading[end - 1] == " ":
        end -= 1
    return (begin, end) if begin < end else None


def _is_title(word: str, known: Lexicon) -> bool:
    praise = known.salutations | {"dear", "dearest", "beloved", "cher", "chère"}
    return word in known.titles and word not in praise
