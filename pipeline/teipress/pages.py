"""The page of each code: what it means and why, a wrong and a right example, and what to do (docs/checks)."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from teipress.finding import Refusal
from teipress.resources import PAGES

#: The families of codes, and what each is about.
FAMILIES: Final = {
    "SRC": "sources",
    "XML": "files that cannot be read or checked",
    "ID": "ids",
    "RNG": "the grammar",
    "SCH": "the rules of the schema",
    "XSD": "XML Schema",
    "PTR": "pointers",
    "WRD": "the wording and its source",
    "REG": "registers",
    "DAT": "dates",
    "COR": "correspondence",
    "LNK": "links between an original and its translation",
    "LNG": "languages and scripts",
    "HDR": "the header",
    "ENC": "what the encoding could not settle",
    "PUB": "outputs",
    "DEP": "deposit",
}

_CODE: Final = re.compile(r"[A-Z]{2,4}\d{3}")


@dataclass(frozen=True)
class Page:
    """One page: its code, what it says in a few words, its first paragraph, and the whole of it in Markdown."""

    code: str
    title: str
    meaning: str
    text: str


@cache
def page(code: str) -> Page | None:
    """Give the page of a code; None where there is none."""
    path = PAGES / f"{code}.md"
    if not _CODE.fullmatch(code) or not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("\n")
    meaning = " ".join(rest.strip().partition("\n\n")[0].split())
    return Page(code, head.removeprefix(f"# {code}:").strip(), meaning, text)


def title(code: str) -> str:
    """Say in a few words what a code says; "" where it has no page."""
    found = page(code)
    return found.title if found else ""


@cache
def codes() -> tuple[str, ...]:
    """List the codes that have a page, by family and number."""
    found = [path.stem for path in PAGES.glob("*.md") if _CODE.fullmatch(path.stem)]
    order = list(FAMILIES)
    return tuple(sorted(found, key=lambda code: (order.index(code[:-3]) if code[:-3] in order else 99, code)))


def explained(code: str) -> Page:
    """Give the page of a code, in whichever case it is written; raise `Refusal` where there is none."""
    found = page(code.upper())
    if found is None:
        raise Refusal(f'no page explains "{code}"', nearest(code))
    return found


def nearest(code: str) -> str:
    """Say which code may be meant by one that there is not."""
    near = difflib.get_close_matches(code.upper(), [*codes(), *FAMILIES], n=1, cutoff=0.6)
    return (
        f"did you mean {near[0]}?"
        if near
        else f"families: {', '.join(FAMILIES)}; a code is DAT010 or the like"
    )


def index() -> str:
    """Give the page that lists all pages, docs/checks/README.md."""
    lines = [
        "# The codes",
        "",
        "What each finding means, why it matters, a wrong and a right example, and what to do. On the command line:",
        "`teipress validate --explain CODE`.",
    ]
    for family, about in FAMILIES.items():
        members = [code for code in codes() if code[:-3] == family]
        if members:
            lines += ["", f"## {family}: {about}", ""]
            lines += [f"- [{code}]({code}.md): {title(code)}" for code in members]
    return "\n".join(lines) + "\n"
