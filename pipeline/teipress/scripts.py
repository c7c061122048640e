"""The characters of each script, as they stand between the brackets of a pattern (Unicode Standard Annex 24)."""

from __future__ import annotations

import re
from typing import Final

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff"
#: Without the dot in the middle, which Chinese has, too.
KANA: Final = "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
CYRILLIC: Final = "\u0400-\u052f"
HANGUL: Final = "\uac00-\ud7af"
SCRIPTS: Final = {
    "Cyrl": CYRILLIC,
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Arab": "\u0600-\u06ff\u0750-\u077f",
    "Hani": KANA + HAN,
    "Hang": HANGUL,
    "Deva": "\u0900-\u097f",
    "Armn": "\u0530-\u058f",
    "Geor": "\u10a0-\u10ff",
}
#: A character of Chinese or Japanese, whose lines have no spaces and no capitals.
IDEOGRAPH: Final = re.compile(f"[{KANA}{HAN}]")
#: A character of a script that sets no spaces between words, or none that part a name.
SPACELESS: Final = re.compile(f"[\u0e00-\u0e7f{KANA}{HAN}{HANGUL}]")

#: A capital of the Latin, Greek and Cyrillic alphabets; `re` has no class for them.
UPPER: Final = "[" + "".join(filter(str.isupper, map(chr, range(0x41, 0x530)))) + "]"
#: A letter that is none.
LOWER: Final = rf"[^\W\d_{UPPER[1:-1]}]"
#: A year in figures, of the times of which there are letters and prints.
YEAR: Final = r"(?:1[4-9]|20)\d\d"
