"""Folders of ordinary sources, and the TEI that comes of them: tests/cases/encode/NAME/{in,golden}/."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from conftest import CASES
from teipress.build import encode_file, request, sources_of
from teipress.document import parse
from teipress.finding import Rejected, has_errors
from teipress.proof import compare
from teipress.registers import Registers
from teipress.resources import SCHEMA

FOLDERS = sorted((CASES / "encode").iterdir())


@cache
def tei_all() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMA / "tei" / "tei_all.rng"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_encoding(folder: Path, tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    source = folder / "in" / f"{folder.name}.txt"
    registers = Registers.load(folder / "in" / "registers")
    target, ledger = tmp_path / f"{folder.name}.xml", tmp_path / "ledger.json"
    result = encode_file(source, target, ledger, None, registers)
    assert not has_errors(result.findings)
    golden(folder / "golden" / f"{folder.name}.xml", target.read_text(encoding="utf-8"))
    tree = parse(target.read_bytes(), folder.name)
    wanted, _ = request(source, None, registers, target)
    assert list(compare(wanted.source, tree.getroot(), folder.name)) == []
    assert tei_all().validate(tree), tei_all().error_log
    # Once more, and nothing changes.
    written = target.read_bytes(), ledger.read_bytes()
    assert not encode_file(source, target, ledger, None, registers).changed
    assert (target.read_bytes(), ledger.read_bytes()) == written


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "SRC001"),
        (b" \n\t\n", "SRC001"),
        (b"PK\x03\x04\0\0\0\0", "SRC002"),
        ("Grüße, schöne Grüße, ".encode() + "Müh".encode("latin-1"), "SRC003"),
        (b"some words \xff\xfe\xff\xfd\x81\xff and some more words", "SRC003"),
        (b"x" * 2_500_000, "SRC007"),
        (b"\x07\n\x01\n", "SRC001"),
        (b"abc\0def\n" * 100, "SRC002"),
        ("Ein Satz über Köln, München, Zürich ü".encode()[:-1], "SRC003"),
        ("Ein Satz über Köln".encode("utf-16")[:-1], "SRC003"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "SRC002"),
        (b"%PDF-1.4\n" + bytes(range(128, 256)) * 80, "SRC003"),
        (b"\n" * 1_000_000, "SRC001"),
    ],
)
def test_a_source_that_cannot_be_read_is_a_finding(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(Rejected) as rejected:
        request(path, None, Registers(), tmp_path / "bad.xml")
    assert rejected.value.finding.code == code
    assert rejected.value.finding.remedy


@pytest.mark.parametrize(
    ("text", "encoding", "read_as"),
    [
        ("Lieber Freund, schöne Grüße aus Köln.", "latin-1", "windows-1252"),
        ("Дорогой друг, я получил ваше письмо.", "windows-1251", "windows-1251"),
        ("Дорогой друг, я получил ваше письмо.", "koi8-r", "KOI8-R"),
        ("親愛的朋友：來信收到了，非常感謝。", "big5", "Big5-HKSCS"),
        ("亲爱的朋友：来信收到了，非常感谢。", "gb18030", "GB18030"),
        ("Dear friend, the boat came in.", "utf-16-le", "UTF-16-LE"),
    ],
)
def test_an_encoding_that_nobody_names_is_told_and_said(
    text: str, encoding: str, read_as: str, tmp_path: Path
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(text.encode(encoding))
    wanted, findings = request(path, None, Registers(), tmp_path / "letter.xml")
    assert (wanted.source.text, wanted.source.encoding) == (text, read_as)
    assert [finding.code for finding in findings if finding.code.startswith("SRC")] == ["SRC010"]


def test_files_of_a_sidecar_are_one_source(tmp_path: Path) -> None:
    (tmp_path / "diary.toml").write_text('files = ["one.txt", "more"]\n')
    (tmp_path / "one.txt").write_text("A sentence that goes on over the end of the first page and\n")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "two.txt").write_text("only ends on the second.\n")
    (tmp_path / "other.txt").write_text("Another text.\n")
    assert [path.name for path in sources_of([tmp_path])] == ["diary.toml", "other.txt"]
    result = encode_file(
        tmp_path / "diary.toml", tmp_path / "out.xml", tmp_path / "out.json", None, Registers()
    )
    assert not has_errors(result.findings)
    text = (tmp_path / "out.xml").read_text(encoding="utf-8")
    assert "first page and<pb/>\nonly ends on the second.</p>" in text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "windows-1252"])
def test_an_encoding_is_read_from_its_mark_or_the_sidecar(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    path.write_bytes(mark + "Köln, 3. Mai 1890\r\n\r\nLieber Freund,\r\n".encode(encoding))
    if encoding == "windows-1252":
        path.with_suffix(".toml").write_text('encoding = "windows-1252"\n')
    wanted, _ = request(path, None, Registers(), tmp_path / "letter.xml")
    assert wanted.source.text.startswith("Köln, 3. Mai 1890\n")
    assert wanted.source.language == "de"
