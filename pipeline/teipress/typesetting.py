"""From the document that print.xsl makes to a PDF: Typst, with fonts whose every glyph is accounted for."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst
from fontTools.ttLib import TTFont
from lxml import etree

from teipress.document import tei
from teipress.finding import Finding

# Each package brings real fonts under a free licence; print.typ names their families.
_FONT_PACKAGES: Final = ("fontpkg_eb_garamond/files", "pylopdf_fonts_zh_tw", "pylopdf_fonts_zh_cn")
_ARCHIVE: Final = ("a-3a", "ua-1")


@cache
def font_folders() -> tuple[Path, ...]:
    """Give the folders of the fonts that print uses."""
    return tuple(Path(str(files(package.split("/")[0]))).joinpath(*package.split("/")[1:]) for package in _FONT_PACKAGES)


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
    """Count the characters of `text` that would print as an empty box. Spaces and marks of format need no glyph."""
    return Counter(
        {
            character: count
            for character, count in Counter(text).items()
            if ord(character) not in covered() and unicodedata.category(character) not in _INVISIBLE
        }
    )


_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


class Typesetter:
    """A Typst template, `template`, and the fonts to set its documents with."""

    def __init__(self, template: Path) -> None:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(f) for f in font_folders()]
        )
        self._compiler = typst.Compiler(str(template), font_paths=fonts, ignore_system_fonts=True)

    def typeset(self, page: str, path: Path, tree: etree._ElementTree) -> tuple[bytes | None, list[Finding]]:
        """Make a PDF (A-3a and UA-1) of `page`, which print.xsl made of the TEI file at `path`.

        The template gets `page` as data: nothing in it is ever evaluated. A character without a glyph is
        printed as its code point, and is a finding. Gives None where Typst cannot typeset the page.
        """
        missing = uncovered(page)
        findings = [_missing_glyph(character, count, path, tree) for character, count in sorted(missing.items())]
        printable = page.translate({ord(character): f"[U+{ord(character):04X}]" for character in missing})
        inputs = {"doc": printable, "tei": path.read_text(encoding="utf-8", errors="replace"), "name": path.name}
        try:
            pdf, warnings = self._compiler.compile_with_warnings(
                format="pdf", sys_inputs=inputs, pdf_standards=list(_ARCHIVE), timestamp=0
            )
        except typst.TypstError as error:
            message = f"cannot be typeset: {error.message}"
            return None, [*findings, Finding(str(path), 0, 0, "PUB002", "error", message, " ".join(error.hints))]
        findings += [
            Finding(str(path), 0, 0, "PUB003", "warning", f"in print: {warning.message}", " ".join(warning.hints))
            for warning in warnings
        ]
        return pdf, findings


def _missing_glyph(character: str, count: int, path: Path, tree: etree._ElementTree) -> Finding:
    """Say which character no font has, how often it is printed, and where it first is."""
    line = next((element.sourceline or 0 for element in tree.iter(f"{{{tei('text')[1:].split('}')[0]}}}*")), 0)
    name = unicodedata.name(character, "a character without a name").lower()
    times = "once" if count == 1 else f"{count} times"
    message = f"no font has {character} (U+{ord(character):04X}, {name}), which is printed {times} as its code point"
    return Finding(str(path), line, 0, "PUB004", "warning", message, "write it otherwise, or add a font that has it")
