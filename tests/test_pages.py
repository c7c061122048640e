"""The pages of the codes: each code has one and each page a code, and their examples are what they say."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from conftest import ROOT, Run
from teipress import pages
from teipress.edition import Edition
from teipress.resources import PAGES
from teipress.validate import validate

CODE = re.compile(r"\b(?:" + "|".join(pages.FAMILIES) + r")\d{3}\b")
TEI = "http://www.tei-c.org/ns/1.0"

#: Codes of files that no parser reads on: their examples are the file, and not an element of it.
BROKEN = {"XML001", "XML002", "ID001"}

HEADER = {
    "titleStmt": "<titleStmt><title>A letter</title></titleStmt>",
    "publicationStmt": "<publicationStmt><publisher>Bell Papers</publisher><availability><licence "
    'target="https://creativecommons.org/licenses/by/4.0/"/></availability></publicationStmt>',
    "sourceDesc": "<sourceDesc><p>Written as an example.</p></sourceDesc>",
}
AFTER = ("encodingDesc", "profileDesc", "revisionDesc")
#: What may stand in a body as it is; the rest is put into a paragraph.
BLOCKS = (
    "p",
    "ab",
    "div",
    "sp",
    "lg",
    "list",
    "opener",
    "closer",
    "cit",
    "head",
    "table",
    "quote",
    "floatingText",
)


def codes_in_the_source() -> set[str]:
    """The codes that the package and the packaged schema may yield."""
    found: set[str] = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        if path.name != "pages.py":
            words = re.findall(r"""["'](\w+)["']""", path.read_text(encoding="utf-8"))
            found |= {word for word in words if CODE.fullmatch(word)}
    rules = (ROOT / "schema" / "edition.sch").read_text(encoding="utf-8")
    return found | {f"SCH{number}" for number in re.findall(r'pattern id="sch(\d{3})', rules)}


def sections(code: str) -> dict[str, str]:
    """The sections of a page by their headings."""
    page = pages.page(code)
    assert page
    return {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in page.text.split("\n## ")[1:]}


def examples(section: str) -> list[tuple[str, str]]:
    return re.findall(r"```(\w*)\n(.*?)\n```", section, re.DOTALL)


#: Families whose pages are being written.
PENDING = ("ID", "PTR", "REG", "DAT", "COR", "LNK", "LNG")


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    missing = codes_in_the_source() ^ set(pages.codes())
    assert not {code for code in missing if code[:-3] not in PENDING and int(code[-3:]) < 10}


def test_the_index_lists_them_all() -> None:
    assert (PAGES / "README.md").read_text(encoding="utf-8") == pages.index(), (
        'write it anew: python -c "from teipress import pages; print(pages.index(), end=str())" > docs/checks/README.md'
    )


@pytest.mark.parametrize("code", pages.codes())
def test_a_page_has_its_parts(code: str) -> None:
    page = pages.page(code)
    assert page
    assert page.text.startswith(f"# {code}: ")
    assert page.title
    assert len(page.meaning) > 60
    found = sections(code)
    assert list(found) == ["Wrong", "Right", "What to do"]
    assert examples(found["Wrong"])
    assert found["What to do"]
    assert all(
        len(line) < 200 for line in page.text.splitlines() if "```" not in line and not line.startswith("<")
    )


EXAMPLES = [
    (code, part, text)
    for code in pages.codes()
    for part in ("Wrong", "Right")
    for kind, text in examples(sections(code).get(part, ""))
    if kind == "xml"
]


@pytest.mark.parametrize(("code", "part", "text"), EXAMPLES, ids=[f"{c}-{p}" for c, p, _ in EXAMPLES])
def test_an_example_is_what_it_says(code: str, part: str, text: str, tmp_path: Path) -> None:
    """The wrong example yields the code and the right one does not, where a file alone can yield it."""
    (tmp_path / "edition.toml").write_text('title = "Bell Papers"\nlicence = "CC-BY-4.0"\n')
    path = tmp_path / "tei" / "example.xml"
    path.parent.mkdir()
    path.write_text(document(text, code in BROKEN), encoding="utf-8")
    found = [finding.code for finding in validate([path], edition=Edition.load(tmp_path))]
    if code not in BROKEN:
        assert not BROKEN & set(found)
    if part == "Right":
        assert code not in found
    elif code[:3] not in ("ENC", "PUB", "SRC", "DEP"):
        assert code in found


def document(example: str, broken: bool) -> str:
    """Build a document around an example: parts of the header and standOff go to their place, others into the body."""
    if re.match(r"\s*(<\?|<TEI\b)", example):
        return example
    places: dict[str, list[str]] = {}
    for name, words in [("p", example)] if broken else elements(example):
        places.setdefault(name, []).append(words)
    if "teiHeader" in places:
        header = "".join(places.pop("teiHeader"))
    else:
        inside = "".join("".join(places.pop(name, [usual])) for name, usual in HEADER.items())
        after = "".join("".join(places.pop(name, [])) for name in AFTER)
        header = f"<teiHeader><fileDesc>{inside}</fileDesc>{after}</teiHeader>"
    stand_off = "".join(places.pop("standOff", []))
    text = "".join(places.pop("text", [])) or f"<text><body>{body(places)}</body></text>"
    return f'<TEI xmlns="{TEI}">{header}{stand_off}{text}</TEI>'


def body(places: dict[str, list[str]]) -> str:
    blocks = [words for name in places for words in places[name] if name in BLOCKS]
    loose = [words for name in places for words in places[name] if name not in BLOCKS]
    if "div" in places and len(places) > 1:
        return f"<div>{''.join(loose and [f'<p>{w}</p>' for w in loose])}{''.join(blocks)}</div>"
    if {"opener", "closer", "head"} & set(places):
        closing = "" if "p" in places or "lg" in places else "<p>…</p>"
        return f"<div>{''.join(blocks)}{closing}</div>"
    return "".join(blocks) + "".join(f"<p>{words}</p>" for words in loose) or "<p>…</p>"


def elements(example: str) -> list[tuple[str, str]]:
    """The outermost elements of an example with their names, as they are written; it must be well-formed."""
    whole = f'<x xmlns:xi="http://www.w3.org/2001/XInclude">{example}</x>'
    ElementTree.fromstring(whole)
    found, depth, start = [], 0, 0
    for tag in re.finditer(
        r"<!--.*?-->|<\?.*?\?>|<(/?)([\w:.-]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(/?)>", example, re.DOTALL
    ):
        if tag[2] is None:
            continue
        if not depth:
            start, name = tag.start(), tag[2]
        depth += -1 if tag[1] else 0 if tag[3] else 1
        if not depth:
            found.append((name, example[start : tag.end()]))
    return found


def test_explain_prints_the_page(teipress: Run) -> None:
    done = teipress("validate", "--explain", "rng001")
    assert done.stdout == (PAGES / "RNG001.md").read_text(encoding="utf-8")
    assert done.returncode == 0


def test_explain_suggests_a_code(teipress: Run) -> None:
    done = teipress("validate", "--explain", "RNG01")
    assert done.returncode == 2
    assert "did you mean RNG001?" in done.stderr
