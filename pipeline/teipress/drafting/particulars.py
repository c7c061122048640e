"""What minutes say of themselves: what they are, who was there, when and where, what was done, and who signed."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

HEADING: Final = 160  # the longest title of minutes
_WHOLE: Final = 280  # the longest that is a sentence
_WORD: Final = re.compile(r"[^\W\d_]+")
_NAMES: Final = 80  # characters after an office that may be names


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Give the patterns by what lines say, from the words of all languages."""
    data = tomllib.loads(Path(__file__).with_name("minutes.toml").read_text(encoding="utf-8"))
    (office,) = data.pop("office")
    return {
        key: re.compile("|".join(bodies).replace("{office}", office), re.IGNORECASE)
        for key, bodies in data.items()
    }


def is_title(text: str) -> bool:
    """Tell whether a line says that the text is minutes, or a record."""
    if len(text) > HEADING:
        return len(text) <= _WHOLE and bool(patterns()["records"].match(text))
    return bool(patterns()["titles"].search(text)) and not text.endswith(("?", "？"))


def is_present(text: str) -> bool:
    """Tell whether a line says who was there."""
    return bool(patterns()["present"].match(text)) or names_office(text)


def is_field(text: str) -> bool:
    """Tell whether a line begins with a label that nobody bears: “Place: …”."""
    return bool(patterns()["fields"].match(text))


def names_office(text: str) -> bool:
    """Tell whether a line says who had an office: “Chairman: Mr. Pell.” A sentence after it would be his speech."""
    match = patterns()["roles"].match(text)
    if not match or text.endswith(("?", "!", "？", "！")):
        return False
    said = text[match.end() :].strip()
    words = _WORD.findall(said)
    if not said or len(said) > _NAMES or not words:
        return not said
    if not said.isascii() and words[0][0] >= "\u3400":
        return len(said) <= 8 or bool(re.search(r"[:：（(、\u3000]", said))
    return bool(2 * sum(word[0].isupper() for word in words) > len(words))


def is_particular(text: str) -> bool:
    """Tell whether a line says when and where it was, or who was there."""
    return is_field(text) or is_present(text)


def is_office(text: str) -> bool:
    """Tell whether a line is an office, above or beside a name that signs."""
    return bool(patterns()["offices"].match(text.replace("_", "")))


def is_signed(text: str) -> bool:
    """Tell whether a line says of itself that it is a signature."""
    return bool(patterns()["signed"].match(text.replace("_", "")))


def is_done(text: str) -> bool:
    """Tell whether a line says what was done, and is nobody's speech."""
    return bool(patterns()["proceedings"].match(text))


def is_other(text: str) -> bool:
    """Tell whether a line is a field, a title, an item or a signature: no name of somebody who was there."""
    return any(patterns()[kind].match(text) for kind in ("fields", "items", "signed"))
