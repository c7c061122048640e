"""Doubts: the second reading of a date in `standOff`, kept, accepted, rejected, changed and removed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree

from conftest import Run
from teipress.document import ID, parse
from teipress.resources import SCHEMA
from teipress.settled import withhold

LETTER = """Harwich, 4/6/1871

My dear friend,

On 5/7/1871 the boat came in; on 9 June 1871 it left.

Yours ever,
Mary
"""
FIRST = 'target="#date1" match="@when" locus="value" assertedValue="1871-04-06" cert="low" resp="#teipress"'


@pytest.fixture
def letter(teipress: Run, tmp_path: Path) -> Path:
    """An edition of one letter with two dates that can be read in two ways; gives its TEI file."""
    assert teipress("init", ".").returncode == 0
    (tmp_path / "seeds" / "harbour.txt").write_text(LETTER, encoding="utf-8")
    assert teipress("encode").returncode == 0
    return tmp_path / "tei" / "harbour.xml"


def changed(path: Path, old: str, new: str) -> None:
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")


def doubts(path: Path) -> list[str]:
    return re.findall(r"<certainty ([^>]*)/>", path.read_text(encoding="utf-8"))


def key(teipress: Run, quote: str, tag: str) -> str:
    listed = json.loads(teipress("decide", "--list", "--json").stdout)
    return next(str(case["key"]) for case in listed if (case["quote"], case["tag"]) == (quote, tag))


def test_the_other_reading_is_kept_beside_the_text(teipress: Run, letter: Path) -> None:
    text = letter.read_text(encoding="utf-8")
    assert doubts(letter) == [FIRST, FIRST.replace("date1", "date2").replace("1871-04-06", "1871-05-07")]
    assert '<date when="1871-06-04" resp="#teipress" cert="low" xml:id="date1">4/6/1871</date>' in text
    grammar = etree.RelaxNG(etree.parse(SCHEMA / "tei" / "tei_all.rng"))
    assert grammar.validate(parse(letter.read_bytes(), "harbour")), grammar.error_log
    assert teipress("encode", "--check").returncode == 0
    assert teipress("validate").returncode == 0


def test_accepting_the_date_settles_the_doubt(teipress: Run, letter: Path) -> None:
    assert teipress("decide", key(teipress, "4/6/1871", "date"), "--accept").returncode == 0
    assert [found[:14] for found in doubts(letter)] == ['target="#date2']
    (date,) = parse(letter.read_bytes(), "harbour").getroot().findall(".//{*}dateline/{*}date")
    assert dict(date.attrib) == {"when": "1871-06-04", "resp": "#editor", ID: "date1"}
    assert teipress("encode", "--check").returncode == 0


@pytest.mark.parametrize("verdict", ["--accept", "--reject"])
def test_deciding_about_a_doubt(teipress: Run, letter: Path, verdict: str) -> None:
    before = letter.read_bytes()
    chosen = key(teipress, "4/6/1871", "certainty")
    assert teipress("decide", chosen, verdict).returncode == 0
    first = doubts(letter)[0]
    if verdict == "--accept":
        assert first == FIRST.replace(' cert="low" resp="#teipress"', ' resp="#editor"')
    else:
        assert 'target="#date2"' in first
    assert teipress("encode", "--check").returncode == 0
    assert teipress("decide", chosen, "--undo").returncode == 0
    assert doubts(letter)[0] == FIRST
    words = re.compile(rb"<text .*", re.DOTALL)
    assert words.findall(letter.read_bytes()) == words.findall(before)


def test_a_doubt_is_corrected(teipress: Run, letter: Path) -> None:
    chosen = key(teipress, "4/6/1871", "certainty")
    done = teipress("decide", chosen, "--correct", "1871-02-30")
    assert (done.returncode, "is no date" in done.stderr) == (2, True)
    assert teipress("decide", chosen, "--correct", "1871-04-07").returncode == 0
    mine = FIRST.replace("04-06", "04-07").replace(' cert="low" resp="#teipress"', ' resp="#editor"')
    for _ in range(2):
        assert doubts(letter)[0] == mine
        assert len(doubts(letter)) == 2
        assert teipress("encode").returncode == 0
    assert teipress("encode", "--check").returncode == 0
    assert teipress("decide", chosen, "--undo").returncode == 0
    assert doubts(letter)[0] == FIRST


def test_a_date_is_corrected(teipress: Run, letter: Path) -> None:
    assert teipress("decide", key(teipress, "4/6/1871", "date"), "--correct", "1871-04-07").returncode == 0
    (date,) = parse(letter.read_bytes(), "harbour").getroot().findall(".//{*}dateline/{*}date")
    assert dict(date.attrib) == {"when": "1871-04-07", "resp": "#editor", ID: "date1"}
    assert [found[:14] for found in doubts(letter)] == ['target="#date2']
    assert teipress("encode", "--check").returncode == 0
    assert teipress("validate").returncode == 0


def test_a_doubt_that_was_removed_stays_away(teipress: Run, letter: Path) -> None:
    changed(letter, f"<certainty {FIRST}/>", "")
    for _ in range(2):
        assert teipress("encode").returncode == 0
        assert len(doubts(letter)) == 1
    assert teipress("encode", "--check").returncode == 0
    assert key(teipress, "4/6/1871", "date")


def test_a_doubt_that_was_changed_is_a_persons(teipress: Run, letter: Path) -> None:
    changed(letter, 'assertedValue="1871-04-06" cert="low"', 'assertedValue="1871-04-16" cert="high"')
    for _ in range(2):
        assert teipress("encode").returncode == 0
        assert any('assertedValue="1871-04-16" cert="high"' in found for found in doubts(letter))
        assert len(doubts(letter)) == 2
    assert teipress("encode", "--check").returncode == 0


def test_ids_stay_when_the_source_grows(teipress: Run, letter: Path, tmp_path: Path) -> None:
    source = tmp_path / "seeds" / "harbour.txt"
    changed(source, "On 5/7/1871", "On 3/2/1871 it was late; on 5/7/1871")
    assert teipress("encode").returncode == 0
    text = letter.read_text(encoding="utf-8")
    idents = dict(re.findall(r'xml:id="(date\d)">([^<]*)</date>', text))
    assert idents == {"date1": "4/6/1871", "date2": "5/7/1871", "date3": "3/2/1871"}
    assert [re.findall(r"#date\d", found)[0] for found in doubts(letter)] == ["#date1", "#date3", "#date2"]


def test_a_reviewed_text_has_no_doubts_of_the_machine(teipress: Run, letter: Path, tmp_path: Path) -> None:
    root = parse(letter.read_bytes(), "harbour").getroot()
    withhold(root)
    assert b"certainty" not in etree.tostring(root)
    assert b"standOff" not in etree.tostring(root)
