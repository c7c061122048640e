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


def test_a_name_that_was_accepted_may_still_become_an_entry(edition: Path, teipress: Run) -> None:
    config = edition / "edition.toml"
    config.write_text(config.read_text() + '[[editors]]\nid = "mv"\nname = "M. V."\n', encoding="utf-8")
    waiting = json.loads(teipress("decide", "--list", "--json").stdout)
    key = next(case["key"] for case in waiting if case["quote"] == "Rae")
    assert teipress("decide", key, "--accept").returncode == 0
    assert "person; Rae; 1" in teipress("register", "add").stdout.splitlines()
    added = teipress("register", "add", "Rae")
    assert added.returncode == 0
    assert f"teipress decide {key} --undo" in added.stderr
    assert "person; Rae; 1" not in teipress("register", "add").stdout.splitlines()
    assert teipress("decide", key, "--undo").returncode == 0
    assert '<persName ref="registers/persons.xml#rae"' in (edition / "tei" / "letter.xml").read_text("utf-8")


def test_capitals_are_no_new_spelling(edition: Path, teipress: Run) -> None:
    letter = edition / "seeds" / "letter.txt"
    letter.write_text(LETTER.replace("and H. Marsh has not", "and HUGH MARSH has not"), encoding="utf-8")
    assert teipress("encode").returncode == 0
    assert '#marsh" resp="#teipress" cert="high">HUGH MARSH' in (edition / "tei" / "letter.xml").read_text(
        "utf-8"
    )
    assert json.loads(teipress("register", "report", "--json").stdout)["variants"] == []


def test_a_table_is_written_with_o_as_elsewhere(edition: Path, teipress: Run) -> None:
    assert teipress("register", "export", "-o", "names.csv").returncode == 0
    assert (edition / "names.csv").read_text("utf-8") == teipress("register", "export").stdout
    assert teipress("register", "export", "one.csv", "-o", "two.csv").returncode == 2


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
TYPES = st.none() | PHRASES
KINDS = st.sampled_from(["person", "place", "org", "work", "event"])
CHILDREN = st.lists(
    st.tuples(
        st.sampled_from(["note", "idno", "birth", "desc", "location", "country", "p", "occupation"]),
        PHRASES,
        TYPES,
        st.booleans(),
    ),
    max_size=6,
)
ENTRIES = st.lists(st.tuples(KINDS, PHRASES, TYPES, CHILDREN), min_size=1, max_size=4)
RELATIONS = st.lists(st.tuples(PHRASES, st.booleans(), st.booleans()), max_size=3)


def child(tag: str, text: str, type_: str | None, deep: bool) -> etree._Element:
    """Make a child of an entry: flat, or with an element in it that fits in no cell."""
    element = etree.Element(tei(tag))
    if tag == "location":
        etree.SubElement(element, tei("geo")).text = text
    elif deep:
        etree.SubElement(element, tei("hi")).text = text
    else:
        element.text = text
    if type_ is not None:
        element.set("type", type_)
    return element


def register_of(folder: Path, entries: list, relations: list) -> AuthorityFiles:
    files = AuthorityFiles.load(folder)
    for number, (kind, form, type_, children) in enumerate(entries):
        entry = new_entry(kind, f"e{number}", form)
        if type_ is not None:
            entry[0].set("type", type_)
        entry.extend(child(*values) for values in children)
        files.add(entry)
    for name, mutual, described in relations:
        element = etree.Element(tei("relation"), {"name": name, "mutual" if mutual else "active": "#e0 #e1"})
        if described:
            etree.SubElement(element, tei("desc")).text = name
        files.add(element)
    return files


@settings(deadline=None)
@given(ENTRIES, RELATIONS)
def test_every_entry_survives_a_table(entries: list, relations: list) -> None:
    with TemporaryDirectory() as folder:
        files = register_of(Path(folder), entries, relations)
        written = {path: path.read_bytes() for path in files.save()}
        standing = AuthorityFiles.load(Path(folder))
        table = export(standing)
        assert import_(standing, table) == []
        assert standing.save() == []
        assert all(path.read_bytes() == data for path, data in written.items())
    with TemporaryDirectory() as folder:
        fresh = AuthorityFiles.load(Path(folder))
        import_(fresh, table)
        assert export(fresh) == table
        assert import_(fresh, table) == []
        names = [entry[0].text for _, entry in fresh.entries()]
        assert sorted(names) == sorted(form for _, form, _, _ in entries)


WORKS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>W</title></titleStmt>
<publicationStmt><p>Not stated.</p></publicationStmt><sourceDesc><listBibl><bibl xml:id="none"><title>No
entry</title></bibl></listBibl></sourceDesc></fileDesc></teiHeader>
  <standOff>
    <listPlace><!-- one place --><place xml:id="brough"><location type="here"><geo>59.1 -3.3</geo></location>
      <placeName from="1700">Brough</placeName><!-- the old name --><placeName>Burgh</placeName></place></listPlace>
    <listBibl><bibl xml:id="almanack"><title>Twatt’s Almanack</title><author>James Twatt</author></bibl></listBibl>
    <listEvent><event xml:id="fair" when="1888"><label>Fair of Brough</label></event></listEvent>
    <listRelation>
      <relation name="employer" active="persons.xml#marsh" passive="persons.xml#twatt"/>
    </listRelation>
  </standOff>
</TEI>
"""


def test_a_table_has_places_works_events_and_relations(edition: Path, teipress: Run) -> None:
    path = edition / "tei" / "registers" / "rest.xml"
    path.write_text(WORKS, encoding="utf-8")
    table = edition / "names.csv"
    assert teipress("register", "export", "names.csv").returncode == 0
    text = table.read_text(encoding="utf-8")
    assert "none" not in text
    assert "rest.xml,1,relation,,employer" in text
    teipress("register", "import", "names.csv")
    assert path.read_text(encoding="utf-8") == WORKS
    table.write_text(text.replace("59.1 -3.3", "59.2 -3.3").replace("employer", "master"), encoding="utf-8")
    result = teipress("register", "import", "names.csv")
    assert "2 entries changed: brough, 1" in result.stderr
    changed = path.read_text(encoding="utf-8")
    assert '<relation name="master" active="persons.xml#marsh" passive="persons.xml#twatt"/>' in changed
    assert '<location type="here">' in changed
    assert "<!-- the old name -->" in changed


def test_spreadsheets_write_tables_of_their_own(edition: Path, teipress: Run) -> None:
    table = edition / "names.csv"
    table.write_bytes("\ufeffid;kind;names;idno:gnd\r\ngrant;person;Anna Grant;made-up\r\n;;;\r\n".encode())
    assert teipress("register", "import", "names.csv").returncode == 0
    register = (edition / "tei" / "registers" / "persons.xml").read_text(encoding="utf-8")
    assert "<persName>Anna Grant</persName>" in register
    assert '<idno type="gnd">made-up</idno>' in register


def test_a_merger_is_tried_first(edition: Path, teipress: Run) -> None:
    teipress("encode")
    before = {path: path.read_bytes() for path in sorted(edition.glob("tei/**/*.*"))}
    result = teipress("register", "merge", "marsh", "marsh-h", "--dry-run")
    assert result.returncode == 0
    assert "marsh gets persName H. Marsh" in result.stderr
    assert "tei/letter.xml: 1 pointer" in result.stderr
    assert {path: path.read_bytes() for path in sorted(edition.glob("tei/**/*.*"))} == before


def test_a_report_says_what_is_open(edition: Path, teipress: Run) -> None:
    said = teipress("register", "report").stdout
    assert "duplicates: 1 (probably one; teipress register merge A B --dry-run)" in said
    assert "surname in common, and initials that agree" in said


def test_what_people_reject_twice_is_not_proposed_in_the_next_text(edition: Path, teipress: Run) -> None:
    teipress("encode")
    for number in (1, 2):
        (edition / "seeds" / f"more-{number}.txt").write_text(
            LETTER.replace("4 May", f"{number} June"), encoding="utf-8"
        )
    teipress("encode")
    for name in ("letter", "more-1"):
        path = edition / "tei" / f"{name}.xml"
        text = path.read_text(encoding="utf-8")
        assert '<persName resp="#teipress" cert="low">Rae</persName>' in text
        path.write_text(
            text.replace('<persName resp="#teipress" cert="low">Rae</persName>', "Rae"), encoding="utf-8"
        )
    teipress("encode")
    teipress("encode")
    assert ">Rae<" not in (edition / "tei" / "more-2.xml").read_text(encoding="utf-8")
    said = teipress("encode", "--explain", "Rae").stdout
    assert "reject persName by a change in the file" in said
    assert "no name: people rejected persName for these words, oftener than they accepted it" in said


def test_entries_that_contradict_are_no_doubles_and_one_identifier_makes_them(
    edition: Path, teipress: Run
) -> None:
    table = (
        "id,kind,names,birth,geo,idno:gnd\n"
        'rae,person,Magnus Rae,"[when=""1801""]",,\n'
        'rae-2,person,Magnus Rae,"[when=""1860""]",,\n'
        "north,place,Newton,,59.1 -3.2,\nsouth,place,Newton,,50.1 -5.1,\n"
        "ann,person,Ann Flett,,,77\nnan,person,Nan Isbister,,,77\n"
    )
    (edition / "more.csv").write_text(table, encoding="utf-8")
    assert teipress("register", "import", "more.csv").returncode == 0
    doubles = json.loads(teipress("register", "report", "--json").stdout)["duplicates"]
    pairs = {tuple(ref.partition("#")[2] for ref in double["refs"]): double["reason"] for double in doubles}
    assert pairs[("ann", "nan")] == 'both have the identifier "gnd 77"'
    assert ("rae", "rae-2") not in pairs
    assert ("north", "south") not in pairs


def test_what_is_in_no_text_is_said_to_be_in_none(edition: Path, teipress: Run) -> None:
    assert "no text that is encoded has “Skarvoy”" in teipress("encode", "--explain", "Skarvoy").stdout


def test_what_was_encoded_by_hand_is_said_to_be(edition: Path, teipress: Run) -> None:
    file = edition / "tei" / "letter.xml"
    text = file.read_text(encoding="utf-8").replace(
        "the boat", '<name type="ship" resp="#mv">the boat</name>'
    )
    file.write_text(text, encoding="utf-8")
    said = teipress("encode", "--explain", "boat").stdout
    assert "[the boat]" in said
    assert '<name type="ship" resp="#mv"> by hand' in said
    assert "no text that is encoded" not in said


def test_names_without_spaces_are_explained_and_texts_without_a_source(edition: Path, teipress: Run) -> None:
    (edition / "seeds" / "zhang.txt").write_text(
        "昨日與張之洞先生同遊西湖，今日歸家讀書。\n", encoding="utf-8"
    )
    said = teipress("encode", "--explain", "讀書").stdout
    assert "[讀書]" in said
    assert "no name: " in said
    (edition / "seeds" / "letter.txt").unlink()
    assert "by names.title: Captain" in teipress("encode", "--explain", "Rae").stdout
