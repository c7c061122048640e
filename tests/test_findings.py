"""What is said of sources that cannot be read as they are, and of what the encoding leaves open.

Each folder of `cases/findings` is named for a code. Its sources are encoded one by one; what is said of that code is
in `golden/report.txt`, and of sources called "right" it is not said. A TEI file or a ledger beside a source
stands there already when it is encoded. After a change that is meant to change it, run the tests with --record and
read the difference.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CASES
from teipress import reports
from teipress.bitext import read_side
from teipress.build import encode_file, sources_of
from teipress.finding import Rejected
from teipress.readers import LARGEST
from teipress.registers import Registers
from teipress.reports import Report
from teipress.source import LONGEST_STRETCH

FOLDERS = sorted((CASES / "findings").iterdir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_sources(
    folder: Path, tmp_path: Path, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder / "in", tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    said, wrong, right = [], 0, 0
    for source in sources_of([Path("in")]):
        target, ledger = Path("out", f"{source.stem}.xml"), Path("out", f"{source.stem}.json")
        target.parent.mkdir(exist_ok=True)
        for standing in (target, ledger):
            if source.with_suffix(standing.suffix).is_file():
                shutil.copy(source.with_suffix(standing.suffix), standing)
        result = encode_file(source, target, ledger, None, Registers())
        found = [finding for finding in result.findings if finding.code == folder.name]
        said += found
        assert all(finding.remedy for finding in found)
        if source.stem.startswith("right"):
            right += 1
            assert not found
            assert target.is_file()
        else:
            wrong += 1
            assert found, f"nothing is said of {source}"
    assert min(wrong, right) >= 3
    golden(folder / "golden" / "report.txt", reports.render("text", Report(sorted(said), wrong + right)))


def codes_of(path: Path) -> list[str]:
    """Encode a source, and give the codes of what kept it from being written."""
    target = path.with_suffix(".xml")
    result = encode_file(path, target, path.with_suffix(".json"), None, Registers())
    return [finding.code for finding in result.findings if not target.is_file()]


@pytest.mark.parametrize("name", ["one.txt", "page.text", "sidecar.toml"])
def test_a_source_too_large_for_one_text_is_not_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if path.suffix == ".toml":
        path.write_text('files = ["pages"]\n', encoding="utf-8")
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "1.txt").write_text("A page.\n", encoding="utf-8")
        path = tmp_path / "pages" / "2.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert codes_of(tmp_path / name) == ["SRC006"]


def test_a_large_source_is_one_text(tmp_path: Path) -> None:
    with (tmp_path / "full.txt").open("wb") as file:  # read, and found to be no text
        file.truncate(LARGEST)
    assert codes_of(tmp_path / "full.txt") == ["SRC002"]
    lines = "The boat came in at noon, and nobody saw it.\n\n" * 2000
    (tmp_path / "long.txt").write_text(lines, encoding="utf-8")
    (tmp_path / "long.toml").write_text('genre = "article"\nlanguage = "en"\n', encoding="utf-8")
    assert codes_of(tmp_path / "long.txt") == []
    (tmp_path / "pages").mkdir()
    for number in range(30):
        (tmp_path / "pages" / f"{number:02}.txt").write_text(f"Page {number}.\n", encoding="utf-8")
    (tmp_path / "pages.toml").write_text('files = ["pages"]\nlanguage = "en"\n', encoding="utf-8")
    assert codes_of(tmp_path / "pages.toml") == []


HEADER = "<teiHeader><fileDesc><titleStmt><title>A</title></titleStmt></fileDesc></teiHeader>"
BODY = '<text xml:lang="en"><body><p>Words.</p></body></text>'


def aligned_tei(
    path: Path, content: str, name: str = "TEI", namespace: str = "http://www.tei-c.org/ns/1.0"
) -> Path:
    path.write_text(f'<{name} xmlns="{namespace}">{content}</{name}>', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "namespace"),
    [
        (HEADER, "http://www.tei-c.org/ns/1.0"),
        (HEADER + "<standOff><listPerson/></standOff>", "http://www.tei-c.org/ns/1.0"),
        (HEADER + BODY, "http://www.tei-c.org/ns/2.0"),
    ],
)
def test_tei_without_a_text_is_no_side_of_a_translation(content: str, namespace: str, tmp_path: Path) -> None:
    with pytest.raises(Rejected) as rejected:
        read_side(aligned_tei(tmp_path / "a.xml", content, namespace=namespace))
    assert rejected.value.finding.code == "SRC006"
    assert rejected.value.finding.remedy


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HEADER + "<standOff><listPerson/></standOff>" + BODY, "TEI"),
        (HEADER + f"<TEI>{HEADER}{BODY}</TEI>", "teiCorpus"),
        ("<body><p>Words.</p></body>", "text"),
    ],
)
def test_tei_with_a_text_is_one(content: str, name: str, tmp_path: Path) -> None:
    assert read_side(aligned_tei(tmp_path / "a.xml", content, name)).source.text == "Words."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x" * (LONGEST_STRETCH + 1), 1),
        ("A first line.\n" + "words " * (LONGEST_STRETCH // 6 + 1) + "\nA last one.\n", 2),
        ("One.\r\n\r\n" + "字" * (LONGEST_STRETCH + 1), 3),
    ],
)
def test_a_line_that_no_parser_would_take_is_refused(text: str, line: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
    result = encode_file(tmp_path / "a.txt", tmp_path / "a.xml", tmp_path / "a.json", None, Registers())
    assert [(finding.code, finding.line) for finding in result.findings] == [("SRC007", line)]
    assert result.findings[0].remedy


@pytest.mark.parametrize(
    "text",
    [
        "word\n" * 200,
        "word " * 20_000,
        "a line that ends as lines did of old\r" * 500,
    ],
)
def test_long_lines_and_many_are_read(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
    (tmp_path / "a.toml").write_text('genre = "article"\nlanguage = "en"\n', encoding="utf-8")
    assert codes_of(tmp_path / "a.txt") == []
