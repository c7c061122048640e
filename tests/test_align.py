"""Translations: sentences found, aligned and linked, with honest gaps."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from conftest import Run
from teipress.alignment import Bead, Sentence, align
from teipress.alignment.vectors import encoder
from teipress.document import ID, NS, read
from teipress.sentences import sentences
from teipress.text import folded, wording

GERMAN = """Der Bote kam am 3. Mai 1871 nach Lindau. Niemand hatte ihn erwartet.
Er brachte einen Brief von Frau Keller, der Witwe des Müllers.

„Was steht darin?“ fragte der Wirt. Der Hund schlief unter dem Ofen. Dann las er ihn laut vor."""
FRENCH = """Le messager arriva à Lindau le 3 mai 1871. Personne ne l'attendait.
Il apportait une lettre de Mme Keller, la veuve du meunier.

« Qu'y a-t-il dedans ? » demanda l'aubergiste. Puis il la lut à haute voix."""


@pytest.mark.parametrize(
    ("code", "text", "count"),
    [
        ("en", "Mr. A. B. Gray wrote on the 5th inst. He said, “No. 5 is lost.” See pp. 3 and vol. II.", 3),
        ("fr", "M. Petit vint. « Oui ! » Il partit. Vois p. 5.", 4),
        ("de", "Am 3. Mai kam Hr. Dr. Voss z. B. nach Bonn. Im Jahre 1918. Danach nichts usw.", 3),
        ("ru", "Он приехал в 1918 г. Она жила в г. Туле. А. С. Иванов пришёл.", 3),
        ("es", "¿Vienes? ¡Sí! El Sr. Ruiz vino.", 3),
        ("it", "Il sig. Rossi venne. Vedi p. 3. Fine.", 3),
        ("la", "L. Cornelius venit. Valete.", 2),
        ("el", "Τι θέλεις; Ο κ. Παππάς ήρθε. Έφυγε.", 3),
        ("zh", "他說：「你好！」然後走了。「是嗎？」", 3),
        ("ja", "はい！そうです。", 2),
        ("en", "ARRIVED SAFELY STOP SEND MONEY STOP LOVE", 3),
    ],
)
def test_sentences_of_a_language(code: str, text: str, count: int) -> None:
    assert len(sentences(text, code)) == count, [text[a:b] for a, b in sentences(text, code)]


@given(
    st.text(alphabet="Ab .!?…“”«»。」1Дд\n", max_size=80),
    st.sampled_from(["en", "fr", "zh", "ru", "de", "xx"]),
)
def test_sentences_lose_and_add_nothing(text: str, code: str) -> None:
    ranges = sentences(text, code)
    assert "".join(text[a:b] for a, b in ranges).split() == text.split() or "".join(
        "".join(text[a:b].split()) for a, b in ranges
    ) == "".join(text.split())
    assert all(a < b <= c for (a, b), (c, _) in pairwise(ranges))


sides = st.lists(st.sampled_from(["Rain fell on 12 May.", "He left.", "Anna sang.", "No."]), max_size=9)


@settings(max_examples=30, deadline=None)
@given(sides, sides)
def test_beads_hold_every_sentence_once_and_in_order(left: list[str], right: list[str]) -> None:
    beads = align([Sentence(t, "en") for t in left], [Sentence(t, "de") for t in right])
    assert [i for bead in beads for i in range(*bead.original)] == list(range(len(left)))
    assert [j for bead in beads for j in range(*bead.translation)] == list(range(len(right)))


def test_the_same_text_is_its_own_translation() -> None:
    side = [Sentence(f"In {1800 + k} the river rose by {k} feet at Lindau.", "en") for k in range(300)]
    beads = align(side, side)
    assert [(b.original, b.translation) for b in beads] == [((k, k + 1), (k, k + 1)) for k in range(300)]


def test_a_sentence_that_is_not_translated_stays_alone() -> None:
    german = [
        Sentence(t, "de")
        for t in ("Der Wirt fragte.", "Der Hund schlief unter dem Ofen.", "Er las laut vor.")
    ]
    french = [Sentence(t, "fr") for t in ("L'aubergiste demanda.", "Il lut à haute voix.")]
    beads = align(german, french, encoder())
    assert Bead((1, 2), (1, 1)) in beads
    assert len([bead for bead in beads if bead.cert]) == 2


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    (tmp_path / "tale.de.txt").write_text(GERMAN, encoding="utf-8")
    (tmp_path / "tale.fr.txt").write_text(FRENCH, encoding="utf-8")
    return tmp_path


def linked(tree: etree._ElementTree, level: str) -> list[list[str]]:
    words = {e.get(ID): folded("".join(map(str, e.itertext()))) for e in tree.iter() if e.get(ID)}
    links = tree.iterfind(f".//tei:linkGrp[@subtype='{level}']/tei:link", NS)
    return [[words[pointer[1:]] for pointer in link.get("target", "").split()] for link in links]


def test_two_texts_become_one_file_with_links(teipress: Run, pair: Path) -> None:
    done = teipress("align", "tale.de.txt", "tale.fr.txt", "-o", "tale.xml")
    assert done.returncode == 0, done.stderr
    tree = read(pair / "tale.xml")
    assert folded(wording(tree.getroot())) == folded(f"{GERMAN} {FRENCH}")
    links = linked(tree, "sentences")
    assert ["Niemand hatte ihn erwartet.", "Personne ne l'attendait."] in links
    assert not any("Der Hund schlief unter dem Ofen." in link for link in links)
    checked = teipress("validate", "tale.xml")
    assert checked.returncode == 0, checked.stdout
    assert "LNK006" in checked.stdout
    again = teipress("align", "tale.de.txt", "tale.fr.txt", "-o", "again.xml")
    assert again.returncode == 0
    assert (pair / "again.xml").read_bytes() == (pair / "tale.xml").read_bytes()
    assert teipress("publish", "tale.xml", "--to", "tmx,csv", "-o", "out").returncode == 0
    memory = etree.parse(pair / "out" / "tmx" / "tale.tmx")
    assert len(memory.findall(".//tu")) == len(links)
    assert len((pair / "out" / "csv" / "tale.csv").read_text(encoding="utf-8").splitlines()) == len(links) + 1


def test_a_file_that_is_not_there_is_refused(teipress: Run) -> None:
    done = teipress("align", "a.txt", "b.txt", "-o", "c.xml")
    assert done.returncode == 2
    assert "no such file" in done.stderr
