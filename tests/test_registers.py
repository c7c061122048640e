"""Registers as a person keeps them: tables and back, reports, merging, additions."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from conftest import Run
from teipress.authorities.files import AuthorityFiles, new_entry
from teipress.authorities.table import export, import_
from teipress.document import tei
from teipress.finding import Refusal

PERSONS = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>P</title></titleStmt>
<publicationStmt><p>Not stated.</p></publicationStmt><sourceDesc><p>Made up.</p></sourceDesc></fileDesc></teiHeader>
  <standOff>
    <listPerson>
      <person xml:id="marsh" role="consul">
        <persName xml:lang="en" type="full">Hugh Marsh</persName>
        <birth when="1801"/>
        <note>A consul,
          later retired; see <ref target="#twatt">his clerk</ref>.</note>
      </person>
      <person xml:id="twatt"><persName>James Twatt</persName></person>
      <person xml:id="marsh-h"><persName>H. Marsh</persName><idno type="made-up">7</idno></person>
    </listPerson>
  </standOff>
</TEI>
"""
LETTER = """Brough, 4 May 1888

Dear Mr. Twatt,

Hugh Marsh has written to Captain Rae about the boat, and H. Marsh has not.

Yours sincerely,
Anna Flett
"""


@pytest.fixture
def edition(tmp_path: Path, teipress: Run) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "tei" / "registers").mkdir(parents=True)
    (tmp_path / "edition.toml").write_text('title = "T"\n[names]\nrecognisers = []\n', encoding="utf-8")
    (tmp_path / "seeds" / "letter.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "tei" / "registers" / "persons.xml").write_text(PERSONS, encoding="utf-8")
    assert teipress("encode").returncode == 0
    return tmp_path


def test_a_table_goes_round_without_loss(edition: Path, teipress: Run) -> None:
    path = edition / "tei" / "registers" / "persons.xml"
    before = path.read_bytes()
    assert teipress("register", "export", "names.csv").returncode == 0
    assert teipress("register", "import", "names.csv").returncode == 0
    assert path.read_bytes() == before
    table = (edition / "names.csv").read_text(encoding="utf-8")
    (edition / "names.csv").write_text(
        table.replace("James Twatt", '"James Twatt\nJ. Twatt"'), encoding="utf-8"
    )
    result = teipress("register", "import", "names.csv")
    assert "1 entries changed: twatt" in result.stderr
    assert "<persName>J. Twatt</persName>" in path.read_text(encoding="utf-8")
    path.unlink()
    teipress("register", "import", "names.csv")
    again = teipress("register", "export").stdout
    assert again == (edition / "names.csv").read_text(encoding="utf-8")


def test_merging_takes_every_pointer_along(edition: Path, teipress: Run) -> None:
    result = teipress("register", "merge", "marsh", "marsh-h")
    assert result.returncode == 0, result.stderr
    for path in (
        *edition.glob("tei/*.xml"),
        *edition.glob("tei/decisions/*.json"),
        *edition.glob("tei/registers/*"),
    ):
        assert "marsh-h" not in path.read_text(encoding="utf-8")
    register = (edition / "tei" / "registers" / "persons.xml").read_text(encoding="utf-8")
    assert "<persName>H. Marsh</persName>" in register
    assert '<idno type="made-up">7</idno>' in register
    assert "0 written" in teipress("encode").stderr
    assert teipress("register", "merge", "marsh", "nobody").returncode == 2


def test_report_and_addition(edition: Path, teipress: Run) -> None:
    found = json.loads(teipress("register", "report", "--json").stdout)
    assert found["duplicates"][0]["refs"] == ["registers/persons.xml#marsh", "registers/persons.xml#marsh-h"]
    assert found["missing"] == []
    assert {item["form"] for item in found["proposals"]} >= {"Rae", "Anna Flett", "Brough"}
    assert teipress("register", "add", "Rae").returncode == 0
    assert teipress("register", "add", "Nobody").returncode == 2
    teipress("encode")
    assert 'ref="registers/persons.xml#rae"' in (edition / "tei" / "letter.xml").read_text(encoding="utf-8")
    assert "Rae" not in {
        i["form"] for i in json.loads(teipress("register", "report", "--json").stdout)["proposals"]
    }


def test_an_encoding_explains_itself(edition: Path, teipress: Run) -> None:
    said = teipress("encode", "--explain", "Rae").stdout
    assert "[Rae]" in said
    assert "by names.title: Captain" in said


@pytest.mark.parametrize(
    "table", ["id,kynd\n", "name\n", "id,kind\n1x,person\n", "id,kind,more\nx,person,<a\n"]
)
def test_a_table_that_cannot_be_understood_is_refused(table: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        import_(AuthorityFiles.load(tmp_path), table)


PHRASES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co"]), min_size=1
)


@settings(deadline=None)
@given(st.lists(st.tuples(PHRASES, st.booleans(), PHRASES), min_size=1, max_size=4))
def test_every_entry_survives_a_table(entries: list[tuple[str, bool, str]]) -> None:
    with TemporaryDirectory() as folder:
        files = AuthorityFiles.load(Path(folder))
        for number, (form, typed, note) in enumerate(entries):
            entry = new_entry("person", f"p{number}", form)
            if typed:
                entry[0].set("type", note)
            etree.SubElement(entry, tei("note")).text = note
            files.add(entry)
        table = export(files)
        fresh = AuthorityFiles.load(Path(folder))
        import_(fresh, table)
        assert export(fresh) == table
        assert import_(fresh, table) == []
        names = [entry[0].text for _, entry in fresh.entries()]
        assert names == [form for form, _, _ in entries]
