"""Suspected slips: what is suspected, and that nothing of it is in the text before somebody says so."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from conftest import Run
from teipress.annotators.errors import annotate
from teipress.document import NAMESPACES, tei
from teipress.registers import Entry, Name, Registers
from teipress.text import Text

EMPTY = Registers()


def view(*paragraphs: str, language: str = "en") -> Text:
    """Give the view of a text of these paragraphs."""
    root = etree.Element(tei("text"), nsmap=NAMESPACES)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    body = etree.SubElement(root, tei("body"))
    for paragraph in paragraphs:
        etree.SubElement(body, tei("p")).text = paragraph
    return Text.of(root)


def suspected(
    *paragraphs: str, language: str = "en", registers: Registers = EMPTY
) -> list[tuple[str, str, str]]:
    """Give the slips suspected in a text: the words, what may be meant, the rule."""
    text = view(*paragraphs, language=language)
    return [
        (text.reading[span.start : span.end], span.reading or "", span.rule.removeprefix("errors."))
        for span in annotate(text, registers)
    ]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("It was printed in l9l8 by the brothers.", "en", ("l9l8", "1918", "figure")),
        ("They gave their w0rd to the captain.", "en", ("w0rd", "word", "figure")),
        ("The rumours are 14eing spread about.", "en", ("14eing", "being", "figure")),
        ("He arrived on 4 March 18 71 by train.", "en", ("18 71", "1871", "number")),
        ("Er starb im Jahre 187 1 in der Stadt.", "de", ("187 1", "1871", "number")),
        ("The Ministеr of war said nothing.", "en", ("Ministеr", "Minister", "script")),
        ("Он сказал, что всё хopoшо и тихо.", "ru", ("хopoшо", "хорошо", "script")),
        ("The gov ernment was told of it.", "en", ("gov ernment", "government", "parted")),
        ("Il était heureu x de les revoir.", "fr", ("heureu x", "heureux", "parted")),
        ("The end ofthe road was near.", "en", ("ofthe", "of the", "joined")),
        ("Wir reisen mitIhnen nach Wien.", "de", ("mitIhnen", "mit Ihnen", "joined")),
        ("The soldiers slept,and the guns were still.", "en", ("slept,and", "slept, and", "space")),
        ("It is of no importancc to anybody here.", "en", ("importancc", "importance", "look-alike")),
        ("We shall probalby come on Monday.", "en", ("probalby", "probably", "spelling")),
    ],
)
def test_a_slip_is_suspected(text: str, language: str, found: tuple[str, str, str]) -> None:
    assert suspected(text, language=language) == [found]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On the 1st and 2nd of May 1871 the 12th regiment marched 5km to B12.", "en"),
        ("The labour party honoured the programme of the theatre and its colour.", "en"),
        ("See pp. 18 19 and tables 14 25 36; it cost 1 918 francs, or 19 20 a yard.", "en"),
        ("Der Theil des Thales, wo sie seyn sollte, liegt hinter dem Hügel.", "de"),
        ("Hierauf gieng er vorbei und kam darüber hinaus.", "de"),
        ("Write to j.smith@example.org or www.example.org/a1b2.", "en"),
        ("Wherefore he spake unto them, and thereat they were sore afraid.", "en"),
        ("McDonald and LaSalle met DeWitt at MacArthur's house.", "en"),
        ("Въ сѣверномъ городѣ стоялъ полкъ, и никто его не видѣлъ.", "ru"),
        ("On y parle d'abord de l'après-midi, puis du rendez-vous.", "fr"),
        ("馬丁在1919年10月10日到北京。", "zh-Hant"),
    ],
)
def test_what_is_no_slip_is_not_suspected(text: str, language: str) -> None:
    assert suspected(text, language=language) == []


def test_a_long_s_is_one_where_there_are_several() -> None:
    assert suspected("He fpoke to them in the evening.") == []
    text = "He fpoke to his miftrefs, the moft noble of the houfe, who anfwered that fhe was in hafte."
    assert ("miftrefs", "mistress", "look-alike") in suspected(text)
    assert len(suspected(text)) >= 4


def test_a_name_is_measured_by_the_text_and_the_register() -> None:
    often = "Mr Tolmanov came. Tolmanov saw it, and Tolmanov went. Tolmanov and Tolmanov. "
    assert suspected(often + "Tolmamov slept.") == [("Tolmamov", "Tolmanov", "name")]
    registers = Registers((Entry("#b", "person", (Name("Ivan Tolmamov", "en"),)),))
    assert suspected(often + "Tolmamov slept.", registers=registers) == []


@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60),
    language=st.sampled_from(["en", "de", "ru", "fr", "la", ""]),
)
def test_any_text_can_be_suspected(text: str, language: str) -> None:
    shown = view("The first words. " + text, language=language)
    spans = list(annotate(shown, EMPTY))
    assert all(0 <= span.start < span.end <= len(shown.reading) and span.reading for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.fixture
def slips(tmp_path: Path, teipress: Run) -> Path:
    """An edition of one text with two suspected slips."""
    (tmp_path / "edition.toml").write_text(
        'title = "Slips"\n[[editors]]\nid = "ann"\nname = "Ann Bell"\n[publish]\noutputs = []\n'
    )
    (tmp_path / "seeds").mkdir()
    text = "The gov ernment of the island gave no orders.\n\nNobody gave their w0rd that day.\n"
    (tmp_path / "seeds" / "a.txt").write_text(text)
    (tmp_path / "seeds" / "a.toml").write_text('language = "en"\ngenre = "plain"\n')
    teipress("encode")
    return tmp_path


def tei_of(folder: Path) -> str:
    return (folder / "tei" / "a.xml").read_text(encoding="utf-8")


def keys_of(teipress: Run) -> dict[str, str]:
    return {case["quote"]: case["key"] for case in json.loads(teipress("decide", "--list", "--json").stdout)}


def test_nothing_suspected_is_in_the_text(teipress: Run, slips: Path) -> None:
    assert "<sic" not in tei_of(slips)
    assert "errors.parted gov ernment  → government" in teipress("decide", "--list").stdout
    shown = teipress("encode", "--explain", "w0rd", "--report").stdout
    assert "by errors.figure (medium), read as “word”, only suspected" in shown
    assert "suspected slips that wait for a decision: 2" in shown
    assert teipress("encode", "--check").returncode == 0


def test_what_a_person_accepts_is_encoded(teipress: Run, slips: Path) -> None:
    keys = keys_of(teipress)
    teipress("decide", keys["w0rd"], "--accept")
    assert '<choice><sic>w0rd</sic><corr type="transcription" resp="#ann">word</corr></choice>' in tei_of(
        slips
    )
    teipress("decide", keys["gov ernment"], "--correct", "governement", "--slip", "source")
    assert '<corr type="source" resp="#ann">governement</corr>' in tei_of(slips)
    assert teipress("encode", "--check").returncode == 0
    assert teipress("validate").returncode == 0
    teipress("decide", keys["w0rd"], "--undo")
    assert "<sic>w0rd" not in tei_of(slips)
    assert keys_of(teipress) == {"w0rd": keys["w0rd"]}


def test_what_a_person_rejects_does_not_come_back(teipress: Run, slips: Path) -> None:
    teipress("decide", keys_of(teipress)["w0rd"], "--reject")
    assert list(keys_of(teipress)) == ["gov ernment"]
    teipress("encode")
    assert list(keys_of(teipress)) == ["gov ernment"]
    assert "<sic" not in tei_of(slips)


def test_a_rule_lets_a_kind_through(teipress: Run, slips: Path) -> None:
    (slips / "seeds" / "a.toml").write_text('language = "en"\ngenre = "plain"\naccept = "errors.figure"\n')
    teipress("encode")
    encoded = '<choice><sic>w0rd</sic><corr type="transcription" resp="#teipress" cert="medium">word</corr></choice>'
    assert encoded in tei_of(slips)
    assert "gov ernment" in tei_of(slips)
    assert set(keys_of(teipress)) == {"w0rd", "gov ernment"}
    (slips / "seeds" / "a.toml").write_text('accept = "errors.figures"\n')
    assert teipress("encode").returncode == 2
