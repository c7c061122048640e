"""A person has the last word: what they change, add or remove in tei/ stays, however often the machine runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run
from teipress.document import read
from teipress.text import folded, wording

Edit = Callable[[str], str]

EDITS: dict[str, Edit] = {
    "another referent": lambda text: text.replace(
        'ref="registers/places.xml#petrograd"', 'ref="#elsewhere"', 1
    ),
    "a reviewed claim": lambda text: text.replace(
        ' resp="#teipress" cert="high">Trotsky', ' resp="#editors">Trotsky', 1
    ),
    "another element": lambda text: re.sub(
        r"<placeName [^>]*>Ukraine</placeName>", '<rs type="place">Ukraine</rs>', text
    ),
    "a name removed": lambda text: re.sub(r"<persName [^>]*>Trotsky</persName>", "Trotsky", text, count=1),
    "a name widened": lambda text: re.sub(
        r"General (<persName [^>]*>)Horvath</persName> has", r"\1General Horvath</persName> has", text
    ),
    "a name added": lambda text: text.replace("Red Finns", "x").replace(
        "bolsheviks in ", '<orgName resp="#editors">bolsheviks</orgName> in ', 1
    ),
    "a note": lambda text: text.replace(
        "annexationist", 'annexationist<note resp="#editors">Brest-Litovsk.</note>', 1
    ),
    "a note in a name": lambda text: text.replace(
        ">Ukraine</placeName>", '>Ukraine<note resp="#editors">The republic.</note></placeName>', 1
    ),
    "a comment": lambda text: text.replace("<body>", "<body><!-- to be checked -->", 1),
    "a link removed": lambda text: re.sub(r'\s*<link target="#s5 #s11"[^>]*/>', "", text),
    "a title": lambda text: text.replace("<title>The Bolsheviks", "<title>On the Bolsheviks", 1),
    "the status": lambda text: text.replace(
        '<revisionDesc status="draft">', '<revisionDesc status="proposed">'
    ),
    "a division": lambda text: text.replace("<p>Further concessions", '<p n="later">Further concessions'),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_hand_edit_survives(name: str, teipress: Run, edition: Path) -> None:
    path = next((edition / "tei").glob("001*.xml"))
    before = path.read_text(encoding="utf-8")
    edited = EDITS[name](before)
    assert edited != before
    path.write_text(edited, encoding="utf-8", newline="\n")
    for _ in range(2):
        done = teipress("encode", cwd=edition)
        assert done.returncode == 0, done.stdout + done.stderr
        assert path.read_text(encoding="utf-8") == edited


def test_all_hand_edits_together_survive(teipress: Run, edition: Path) -> None:
    path = next((edition / "tei").glob("001*.xml"))
    text = path.read_text(encoding="utf-8")
    words = folded(wording(read(path).getroot()))
    for name in (
        "another referent",
        "another element",
        "a name added",
        "a note",
        "a comment",
        "a title",
        "a division",
    ):
        text = EDITS[name](text)
    path.write_text(text, encoding="utf-8", newline="\n")
    assert teipress("encode", cwd=edition).returncode == 0
    assert path.read_text(encoding="utf-8") == text
    assert folded(wording(read(path).getroot())) == words


def test_a_removed_name_is_on_record_as_rejected(teipress: Run, edition: Path) -> None:
    path = next((edition / "tei").glob("001*.xml"))
    edited = EDITS["a name removed"](path.read_text(encoding="utf-8"))
    path.write_text(edited, encoding="utf-8", newline="\n")
    done = teipress("encode", cwd=edition)
    assert done.returncode == 0
    assert "“Trotsky” was removed by hand" in done.stderr
    ledger = json.loads((edition / "tei" / "decisions" / f"{path.stem}.json").read_bytes())
    rejected = [entry for entry in ledger["woven"] if entry.get("verdict") == "reject"]
    assert [(entry["quote"], entry["tag"]) for entry in rejected] == [("Trotsky", "persName")]


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace('<gap reason="illegible"/>', ""),
        lambda text: text.replace('<gap reason="illegible"/>', '<gap reason="damage" resp="#editors"/>'),
        lambda text: re.sub(r"<gap [^>]*/><metamark [^>]*>(\[illegible\])</metamark>", r"\1", text),
    ],
)
def test_a_gap_that_was_changed_stays_so(edit: Edit, teipress: Run, tmp_path: Path) -> None:
    assert teipress("init", tmp_path / "edition").returncode == 0
    source = tmp_path / "edition" / "seeds" / "note.txt"
    source.write_text("The pilot wrote to [illegible] and to Marta.\n", encoding="utf-8")
    path = tmp_path / "edition" / "tei" / "note.xml"
    assert teipress("encode", cwd=tmp_path / "edition").returncode == 0
    before = path.read_text(encoding="utf-8")
    assert '<gap reason="illegible"/><metamark function="gap">[illegible]</metamark>' in before
    path.write_text(edited := edit(before), encoding="utf-8", newline="\n")
    assert edited != before
    for _ in range(2):
        assert teipress("encode", cwd=tmp_path / "edition").returncode == 0
        assert path.read_text(encoding="utf-8").partition("<text")[2] == edited.partition("<text")[2]


def test_a_better_register_reaches_the_file(teipress: Run, edition: Path) -> None:
    path = next((edition / "tei").glob("001*.xml"))
    register = edition / "tei" / "registers" / "places.xml"
    entry = '<place xml:id="st-elsewhere"><placeName xml:lang="en">Mixed Courts</placeName>'
    entry += '<placeName xml:lang="en">mixed courts</placeName></place></listPlace>'
    register.write_text(register.read_text(encoding="utf-8").replace("</listPlace>", entry), encoding="utf-8")
    assert "mixed courts</placeName>" not in path.read_text(encoding="utf-8")
    assert teipress("encode", cwd=edition).returncode == 0
    assert 'ref="registers/places.xml#st-elsewhere"' in path.read_text(encoding="utf-8")


def test_a_better_sidecar_reaches_the_header(teipress: Run, edition: Path) -> None:
    path = next((edition / "tei").glob("000*.xml"))
    sidecar = next((edition / "seeds").glob("000*.toml"))
    sidecar.write_text(sidecar.read_text(encoding="utf-8") + 'place = "Moscow"\n', encoding="utf-8")
    assert teipress("encode", cwd=edition).returncode == 0
    assert "<placeName>Moscow</placeName>" in path.read_text(encoding="utf-8")


def test_a_corrected_source_is_drafted_anew_while_nobody_has_edited(teipress: Run, edition: Path) -> None:
    path = next((edition / "tei").glob("000*.xml"))
    source = next((edition / "seeds").glob("000*.txt"))
    source.write_bytes(source.read_bytes().replace(b"14eing", b"being"))
    assert teipress("encode", cwd=edition).returncode == 0
    text = path.read_text(encoding="utf-8")
    assert "rumours are being spread" in text
    assert "<sic>19 11</sic>" in text


def test_a_corrected_source_does_not_overwrite_hand_edits(teipress: Run, edition: Path) -> None:
    path = next((edition / "tei").glob("000*.xml"))
    edited = path.read_text(encoding="utf-8").replace(
        "honoured teacher", '<rs type="person">honoured teacher</rs>', 1
    )
    path.write_text(edited, encoding="utf-8", newline="\n")
    source = next((edition / "seeds").glob("000*.txt"))
    source.write_bytes(source.read_bytes().replace(b"absurd rumours", b"wild rumours"))
    done = teipress("encode", cwd=edition)
    assert done.returncode == 1
    assert "WRD002" in done.stdout
    assert path.read_text(encoding="utf-8") == edited
