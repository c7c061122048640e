"""How a source is read: what is omitted and normalised on the record, and what makes a text out of date."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from teipress.edition import Sidecar
from teipress.readers import _omitting, plain, read
from teipress.source import Source

_PIECES = st.sampled_from(
    [
        "Dear Ann, ",
        "é",
        "a stamp ",
        "\r\n",
        "\n",
        "\r",
        "\f",
        "\v",
        "\x07",
        "馬丁",
        "\U00020000",
        "x\x01\x02y ",
    ]
)
_MARKS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16": b"",
    "utf-16-be": codecs.BOM_UTF16_BE,
    "gb18030": b"",
    "latin-1": b"",
}


@given(pieces=st.lists(_PIECES, min_size=1, max_size=30), encoding=st.sampled_from(sorted(_MARKS)))
def test_the_record_counts_in_bytes_of_the_file(pieces: list[str], encoding: str) -> None:
    text = "Begin a stamp. " + "".join(pieces) + " The end"
    if encoding == "latin-1":
        text = "".join(character for character in text if ord(character) < 256)
    data = _MARKS[encoding] + text.encode(encoding)
    wide = encoding.startswith("utf-16")
    stated = "" if encoding.startswith("utf") else encoding
    source = plain.read(data, "text", "text.txt", Sidecar(encoding=stated))
    source = _omitting(source, [{"from": "Begin", "to": "stamp", "reason": "a stamp"}], "text.txt")
    codec = codecs.lookup(source.encoding).name
    for gap, record in source.on_record():
        on_disk = data[record.start : record.end].decode(codec)
        assert on_disk.replace("\r\n", "\n").replace("\r", "\n") == source.text[gap.start : gap.end]
        assert source.omissions([record]) == (gap,)
        assert wide or source.omissions([record])
    assert source.omissions(source.deviations()) == source.omitted
    counted = {record.reason.partition(" at")[0]: record.count for record in source.normalised}
    assert counted.get("CR LF", 0) == text.count("\r\n")
    assert sum(counted.values()) - counted.get("byte order mark", 0) == sum(map(text.count, "\r\f\v"))
    for record in source.normalised:
        assert data[record.start : record.end].decode(codec)[-1:] in "\ufeff\n\r\f\v"


def test_half_a_pair_in_utf_16_is_left_out_on_the_record() -> None:
    data = codecs.BOM_UTF16_LE + "before ".encode("utf-16-le") + b"\x00\xd8" + " after".encode("utf-16-le")
    source = plain.read(data, "text", "text.txt", Sidecar())
    assert source.wording == "before  after"
    (record,) = source.deviations()
    assert (record.start, record.end) == (16, 18)


@pytest.mark.parametrize("stated", ["utf-8", "UTF-8", "utf_8", "utf-8-sig", ""])
def test_a_mark_is_no_part_of_the_text(stated: str) -> None:
    data = codecs.BOM_UTF8 + b"Dear Ann"
    assert plain.read(data, "text", "text.txt", Sidecar(encoding=stated)).text == "Dear Ann"


def test_what_is_omitted_may_go_over_several_files(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"Kept. Stamp of")
    (tmp_path / "two.txt").write_bytes("\ufefféthe library. Kept too.\r\n".encode())
    omit = ({"from": "Stamp", "to": "library.", "reason": "a stamp"},)
    source: Source = read(tmp_path / "text.toml", Sidecar(files=("one.txt", "two.txt"), omit=omit))
    assert source.wording.split() == ["Kept.", "Kept", "too."]
    assert [(r.file, r.start, r.end) for r in source.deviations()] == [("one.txt", 6, 14), ("two.txt", 3, 17)]


@pytest.fixture
def stamped(tmp_path: Path) -> Path:
    """An edition of one text with something of every kind on the record."""
    (tmp_path / "edition.toml").write_text('title = "Stamps"\n[publish]\noutputs = []\n')
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.toml").write_text(
        'language = "fr"\ngenre = "plain"\nomit = [{ from = "Tampon", reason = "le tampon" }]\n'
    )
    text = "\ufeffUn café\r\net un mot cou-\r\npé.\fLa pa\x02ge.\r\n\r\nTampon é\r\n"
    (tmp_path / "seeds" / "a.txt").write_bytes(text.encode())
    return tmp_path


def test_the_report_accounts_for_every_character(teipress: Run, stamped: Path) -> None:
    done = teipress("encode", "--report")
    assert done.returncode == 0
    assert "SRC011" in done.stdout
    assert done.stdout[done.stdout.index("a\n") :].splitlines() == [
        "a",
        "  read as UTF-8: 47 characters",
        "  kept: 37 characters, every one of them in the file",
        "    hyphens at the ends of lines: 1",
        "  normalised:",
        "    byte order mark: 1",
        "    CR LF at the end of a line, read as LF: 5",
        "    form feed, read as the end of a page: 1",
        "    white space between blocks, as line ends and indentation: 2",
        "  omitted: 10 characters",
        "    control character: 1, first at line 4, column 6",
        "    le tampon: 1, first at line 6, column 1: “Tampon é”",
        "",
    ]


def test_the_record_is_checked(teipress: Run, stamped: Path) -> None:
    teipress("encode")
    assert teipress("validate").returncode == 0
    path = stamped / "tei" / "decisions" / "a.json"
    ledger = json.loads(path.read_text(encoding="utf-8"))
    stamp = ledger["omitted"][1]
    raw = (stamped / "seeds" / "a.txt").read_bytes()
    assert raw[stamp["start"] : stamp["end"]] == "Tampon é\r\n".encode()
    for key, place in (("omitted", 1), ("normalised", 1)):
        changed = json.loads(path.read_text(encoding="utf-8"))
        changed[key][place]["start"] += 1
        path.write_text(json.dumps(changed), encoding="utf-8")
        done = teipress("validate")
        assert done.returncode == 1
        assert "WRD005" in done.stdout
        path.write_text(json.dumps(ledger), encoding="utf-8")
    teipress("encode")
    assert teipress("validate").returncode == 0


def test_a_changed_page_makes_its_text_stale(teipress: Run, tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text('title = "Pages"\n[publish]\noutputs = []\n')
    (tmp_path / "seeds" / "more").mkdir(parents=True)
    (tmp_path / "seeds" / "diary.toml").write_text('files = ["more"]\ngenre = "plain"\nlanguage = "en"\n')
    page = tmp_path / "seeds" / "more" / "two.txt"
    page.write_text("The first wording.\n")
    assert "1 encoded anew" in teipress("build").stderr
    assert "0 encoded anew" in teipress("build").stderr
    page.write_text("The second wording.\n")
    assert "1 encoded anew" in teipress("build").stderr
    assert "second wording" in (tmp_path / "tei" / "diary.xml").read_text(encoding="utf-8")
