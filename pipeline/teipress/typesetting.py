"""From the document that print.xsl makes to a PDF: Typst, with fonts whose every glyph is accounted for."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst
from fontTools.ttLib import TTFont
from lxml import etree

from teipress.document import tei
from teipress.finding import Finding, Refusal, Severity

# Each package brings real fonts under a free licence; print.typ names their families.
_FONT_FOLDERS: Final = (
    ("fontpkg_eb_garamond", "files"),
    ("pylopdf_fonts_zh_tw", ""),
    ("pylopdf_fonts_zh_cn", ""),
)
# PDF/A-3 may carry the TEI file inside; PDF/UA can be read aloud.
_ARCHIVE: Final = ("a-3a", "ua-1")
# Spaces, controls and marks of direction need no glyph.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


@cache
def font_folders() -> tuple[Path, ...]:
    """Give the folders of the fonts that print uses."""
    return tuple(Path(str(files(package))) / folder for package, folder in _FONT_FOLDERS)


@cache
def covered() -> frozenset[int]:
    """Give the code points that some font has a glyph for."""
    points: set[int] = set()
    for folder in font_folders():
        for path in sorted((*folder.glob("*.ttf"), *folder.glob("*.otf"))):
            with TTFont(path, lazy=True) as font:
                points.update(font.getBestCmap())
    return frozenset(points)


def uncovered(text: str) -> Counter[str]:
    """Count those characters of `text` that would print as an empty box."""
    counts = Counter(text)
    for character in list(counts):
        if ord(character) in covered() or unicodedata.category(character) in _INVISIBLE:
            del counts[character]
    return counts


class Typesetter:
    """A Typst template and the fonts that its documents are set with."""

    def __init__(self, template: Path) -> None:
        folders = [str(folder) for folder in font_folders()]
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
        self._compiler = typst.Compiler(str(template), font_paths=fonts, ignore_system_fonts=True)

    def typeset(self, page: str, path: Path, tree: etree._ElementTree) -> tuple[bytes | None, list[Finding]]:
        """Make a PDF (A-3a and UA-1) of `page`, which print.xsl made of the TEI file at `path`.

        The template gets `page` as data: nothing in it is ever evaluated. A character without a glyph is
        printed as its code point, and is a finding. Gives None where Typst cannot typeset the page.
        """
        missing = uncovered(page)
        findings = [
            _without_glyph(character, missing[character], path, tree) for character in sorted(missing)
        ]
        inputs = {
            "doc": page.translate({ord(character): _code_point(character) for character in missing}),
            "tei": path.read_text(encoding="utf-8", errors="replace"),
            "name": path.name,
        }
        epoch = _source_date()
        if epoch:
            inputs["date"] = datetime.fromtimestamp(epoch, UTC).date().isoformat()
        try:
            pdf, warnings = self._compiler.compile_with_warnings(
                format="pdf", sys_inputs=inputs, pdf_standards=list(_ARCHIVE), timestamp=epoch
            )
        except typst.TypstError as error:
            return None, [*findings, _diagnosis("PUB002", "cannot be typeset", error, path)]
        findings += [_diagnosis("PUB003", "in print", warning, path) for warning in warnings]
        return (pdf if isinstance(pdf, bytes) else None), findings


def _source_date() -> int:
    """Give SOURCE_DATE_EPOCH, or 0 where it is not set: then the TEI file says the date, or nobody."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    if value and not value.isdecimal():
        raise Refusal(f'SOURCE_DATE_EPOCH is "{value}"', "give a number of seconds since 1970, or unset it")
    return int(value or 0)


def _code_point(character: str) -> str:
    # Between marks of direction, for it is read from left to right among Hebrew too.
    return f"\u200e[U+{ord(character):04X}]\u200e"


def _diagnosis(code: str, prefix: str, problem: typst.TypstError | typst.TypstWarning, path: Path) -> Finding:
    # What Typst ignores is missing on the page: no word may be lost in print either.
    is_loss = isinstance(problem, typst.TypstError) or "ignored" in problem.message
    severity: Severity = "error" if is_loss else "warning"
    remedy = " ".join(problem.hints) or "mend the template if it is your own, or simplify the passage"
    return Finding(str(path), 0, 0, code, severity, f"{prefix}: {problem.message}", remedy)


def _without_glyph(character: str, count: int, path: Path, tree: etree._ElementTree) -> Finding:
    """Say which character no font has, how often it is printed, and where it is first."""
    name = unicodedata.name(character, "no name").lower()
    times = "once" if count == 1 else f"{count} times"
    message = f"no font has {character} ({name}): it is printed {times}, as U+{ord(character):04X}"
    remedy = "the web page and the plain text show it; for print, write it otherwise"
    return Finding(str(path), _line_of(character, tree), 0, "PUB004", "warning", message, remedy)


def _line_of(character: str, tree: etree._ElementTree) -> int:
    """Find the line on which the text has `character` for the first time; 0 where only the header has it."""
    return next((line for line, text in _lines(tree) if character in text), 0)


def _lines(tree: etree._ElementTree) -> Iterator[tuple[int, str]]:
    """Give the text piece by piece, each with the line of the element that it is in or follows."""
    for root in tree.iter(tei("text")):
        for element in root.iter():
            line = element.sourceline if isinstance(element.sourceline, int) else 0
            for offset, piece in enumerate((element.text or "").split("\n")):
                yield line + offset, piece
            for piece in (element.tail or "").split("\n"):
                yield line, piece
