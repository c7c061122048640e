"""Translations: sentences found, aligned and linked, with honest gaps."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from conftest import CASES, Run
from teipress.alignment import Bead, Sentence, align
from teipress.alignment.vectors import encoder
from teipress.document import ID, NS, read
from teipress.sentences import sentences
from teipress.text import folded, wording

TMX = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "tmx-1.4b.rng"))

GERMAN = """Der Bote kam am 3. Mai 1871 nach Lindau. Niemand hatte ihn erwartet.
Er brachte einen Brief von Frau Keller, der Witwe des Müllers.

„Was steht darin?“ fragte der Wirt. Der Hund schlief unter dem Ofen. Dann las er ihn laut vor."""
FRENCH = """Le messager arriva à Lindau le 3 mai 1871. Personne ne l'attendait.
Il apportait une lettre de Mme Keller, la veuve du meunier.

« Qu'y a-t-il dedans ? » demanda l'aubergiste. Puis il la lut à haute voix."""


@pytest.mark.parametrize("path", sorted((CASES / "sentences").glob("*.txt")), ids=lambda path: path.stem)
def test_sentences_of_a_language(path: Path) -> None:
    between = "" if path.stem in ("zh", "ja") else " "
    for line in path.read_text(encoding="utf-8").splitlines():
        wanted = line.split(" | ")
        text = between.join(wanted)
        assert [text[a:b] for a, b in sentences(text, path.stem)] == wanted


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
def test_beads_hold_every_sentence_once_and_the_originals_in_order(left: list[str], right: list[str]) -> None:
    beads = align([Sentence(t, "en") for t in left], [Sentence(t, "de") for t in right])
    assert [i for bead in beads for i in range(*bead.original)] == list(range(len(left)))
    assert sorted(j for bead in beads for j in range(*bead.translation)) == list(range(len(right)))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=4, max_size=9), st.data())
def test_what_somebody_knows_is_in_the_chain(days: list[int], data: st.DataObject) -> None:
    left = [Sentence(f"On {day} May rain fell at Lindau.", "en") for day in days]
    right = [Sentence(f"Am {day}. Mai regnete es in Lindau.", "de") for day in days]
    a, c = (data.draw(st.integers(0, len(days) - 1)) for _ in range(2))
    b, d = data.draw(st.integers(a + 1, len(days))), data.draw(st.integers(c + 1, len(days)))
    beads = align(left, right, fixed=[(a, b, c, d)])
    assert Bead((a, b), (c, d), "high") in beads
    assert [i for bead in beads for i in range(*bead.original)] == list(range(len(days)))
    assert sorted(j for bead in beads for j in range(*bead.translation)) == list(range(len(days)))


MOVED = [
    ("Der Wirt hatte drei Töchter.", "The innkeeper had three daughters."),
    ("Die älteste spielte Geige.", "The eldest played the violin."),
    ("Im Keller stand ein Fass mit Äpfeln.", "In the cellar stood a barrel of apples."),
    ("Niemand durfte davon essen.", "Nobody was allowed to eat of them."),
    ("Am Abend kam der Postwagen.", "In the evening the mail coach came."),
    ("Er brachte einen Brief aus Wien.", "It brought a letter from Vienna."),
    ("Die Katze saß auf dem Dach.", "The cat was sitting on the roof."),
    ("Dann begann es zu schneien.", "Then it began to snow."),
]


def test_paragraphs_that_changed_places_are_linked() -> None:
    left = [Sentence(german, "de", opens=n % 2 == 0) for n, (german, _) in enumerate(MOVED)]
    order = [0, 1, 4, 5, 2, 3, 6, 7]
    right = [Sentence(MOVED[n][1], "en", opens=n % 2 == 0) for n in order]
    found = {(bead.original, bead.translation) for bead in align(left, right, encoder()) if bead.cert}
    assert found == {((n, n + 1), (order.index(n), order.index(n) + 1)) for n in range(len(MOVED))}


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
    assert TMX.validate(memory), TMX.error_log
    assert len(memory.findall(".//tu")) == len(links)
    assert len((pair / "out" / "csv" / "tale.csv").read_text(encoding="utf-8").splitlines()) == len(links) + 1


OWL = """The owl

The owl sat on the roof of the mill. She had read Kant, and she did not believe in the corn any more.

"Then I shall fetch it, and write him a letter for it," said the fox.

He never wrote the letter. By the spring the corn was bad, and the wheel of the mill turned again.
"""
EULE = """Die Eule

Die Eule saß auf dem Dach der Mühle. Sie hatte Kant gelesen, und sie glaubte nicht mehr an das Korn.

»Dann werde ich es holen«, sagte der Fuchs, »und ihm dafür einen Brief schreiben.«

Er schrieb den Brief nie. Im Frühjahr war das Korn schlecht, und das Rad der Mühle drehte sich wieder.
"""


def test_a_title_is_a_heading_and_speech_a_paragraph(teipress: Run, tmp_path: Path) -> None:
    (tmp_path / "owl.en.txt").write_text(OWL, encoding="utf-8")
    (tmp_path / "owl.de.txt").write_text(EULE, encoding="utf-8")
    assert teipress("align", "owl.en.txt", "owl.de.txt", "-o", "owl.xml").returncode == 0
    tree = read(tmp_path / "owl.xml")
    heads = [folded("".join(map(str, head.itertext()))) for head in tree.iterfind(".//tei:head", NS)]
    assert heads == ["The owl", "Die Eule"]
    assert tree.findtext(".//tei:titleStmt/tei:title", namespaces=NS) == "The owl / Die Eule"
    # What begins with a quotation is a paragraph as others are.
    paragraphs = linked(tree, "paragraphs")
    assert [pair[0].split()[:3] for pair in paragraphs][2] == ['"Then', "I", "shall"]
    assert len(paragraphs) == 4


def test_a_file_that_is_not_there_is_refused(teipress: Run) -> None:
    done = teipress("align", "a.txt", "b.txt", "-o", "c.xml")
    assert done.returncode == 2
    assert "no such file" in done.stderr


def beads_of(
    path: Path,
) -> tuple[list[Sentence], list[Sentence], set[tuple[tuple[int, int], tuple[int, int]]]]:
    """Read a text of tests/cases/align: both sides, and the beads that link them."""
    sides: tuple[list[Sentence], list[Sentence]] = ([], [])
    beads = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        ranges = []
        for side, language, part in zip(sides, ("zh", "en"), line.split("|"), strict=True):
            found = [text.strip() for text in part.split("‖") if text.strip()]
            ranges.append((len(side), len(side) + len(found)))
            side.extend(Sentence(text, language) for text in found)
        if all(a < b for a, b in ranges):
            beads.add((ranges[0], ranges[1]))
    return *sides, beads


@pytest.mark.parametrize("path", sorted((CASES / "align").glob("*.txt")), ids=lambda path: path.name)
def test_prose_is_aligned_and_certainty_tells(path: Path) -> None:
    left, right, wanted = beads_of(path)
    found = [bead for bead in align(left, right, encoder()) if bead.cert not in ("", "none")]
    hits = [bead for bead in found if (bead.original, bead.translation) in wanted]
    assert 2 * len(hits) >= 0.95 * (len(found) + len(wanted))
    assert all(bead in hits for bead in found if bead.cert == "high")
    bare = [bead for bead in align(left, right) if bead.cert not in ("", "none")]
    assert sum((bead.original, bead.translation) in wanted for bead in bare) >= 0.75 * len(wanted)


SOURCES = {
    "tale.txt": GERMAN,
    "conte.txt": FRENCH,
    "conte.toml": 'translation_of = "tale"\ngenre = "plain"\n',
}


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    settings = 'title = "Tales"\n[[editors]]\nid = "ed"\nname = "Ed"\n'
    (tmp_path / "edition.toml").write_text(settings, encoding="utf-8")
    for name, words in {**SOURCES, "tale.toml": 'genre = "plain"\n'}.items():
        (tmp_path / "seeds" / name).write_text(words, encoding="utf-8")
    return tmp_path


def targets(path: Path) -> list[str]:
    return [link.get("target", "") for link in read(path).iterfind(".//tei:link", NS)]


def test_a_source_and_its_translation_become_one_document(teipress: Run, edition: Path) -> None:
    assert teipress("encode").returncode == 0
    file = edition / "tei" / "tale.xml"
    assert not (edition / "tei" / "conte.xml").exists()
    assert ["Niemand hatte ihn erwartet.", "Personne ne l'attendait."] in linked(read(file), "sentences")
    checked = teipress("validate")
    assert checked.returncode == 0, checked.stdout
    assert "WRD" not in checked.stdout
    assert "1 omission" in checked.stdout
    before = [target for target in targets(file) if target.startswith("#s")]
    source = edition / "seeds" / "tale.txt"
    source.write_text("Es war kalt. " + source.read_text(encoding="utf-8"), encoding="utf-8")
    assert teipress("encode").returncode == 0
    assert set(before[1:]) <= set(targets(file))
    assert "0 would change" in teipress("encode", "--check").stderr


def test_two_documents_point_to_one_another(teipress: Run, edition: Path) -> None:
    with (edition / "edition.toml").open("a", encoding="utf-8") as settings:
        settings.write('[translations]\nform = "two"\n')
    assert teipress("encode").returncode == 0
    assert "tale.xml#s2 #s2" in targets(edition / "tei" / "conte.xml")
    assert not targets(edition / "tei" / "tale.xml")
    assert 'target="conte.xml"' in (edition / "tei" / "tale.xml").read_text(encoding="utf-8")
    checked = teipress("validate")
    assert checked.returncode == 0, checked.stdout
    assert "1 omission" in checked.stdout


def test_a_persons_word_about_a_link_stands(teipress: Run, edition: Path) -> None:
    assert teipress("encode").returncode == 0
    file = edition / "tei" / "tale.xml"
    cases = json.loads(teipress("decide", "--list", "--json").stdout)
    keys = {case["attributes"]["target"]: case["key"] for case in cases if case["tag"] == "link"}
    first, second, third = [target for target in targets(file) if target.startswith("#s")][:3]
    assert teipress("decide", keys[first], "--accept").returncode == 0
    assert teipress("decide", keys[second], "--reject").returncode == 0
    text = file.read_text(encoding="utf-8")
    assert f'<link target="{first}" resp="#ed"/>' in text
    assert second not in targets(file)
    file.write_text(
        "\n".join(line for line in text.splitlines() if f'"{third}"' not in line), encoding="utf-8"
    )
    for _ in range(2):
        assert teipress("encode").returncode == 0
        assert first in targets(file)
        assert not {second, third} & set(targets(file))


def test_tei_that_holds_its_translation_gets_links(teipress: Run, tmp_path: Path) -> None:
    sides = [
        "".join(f"<p>{paragraph}</p>" for paragraph in words.split("\n\n")) for words in (GERMAN, FRENCH)
    ]
    said = "Niemand hatte ihn erwartet."
    (tmp_path / "both.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>'
        "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>"
        f'<div xml:id="mine" xml:lang="de">{sides[0].replace(said, f"<s>{said}</s>")}'
        f'</div><div type="translation" xml:lang="fr">{sides[1]}</div></body></text></TEI>',
        encoding="utf-8",
    )
    done = teipress("align", "both.xml", "-o", "linked.xml")
    assert done.returncode == 0, done.stderr
    tree = read(tmp_path / "linked.xml")
    assert tree.find(".//tei:linkGrp", NS).get("domains", "").startswith("#mine #")  # type: ignore[union-attr]
    assert len(tree.findall(".//tei:s", NS)) == 1
    assert teipress("validate", "linked.xml").returncode == 0
    assert teipress("align", "linked.xml", "-o", "again.xml").returncode == 0


def test_parallel_files_stay_two_and_are_published_side_by_side(teipress: Run, pair: Path) -> None:
    assert teipress("align", "tale.de.txt", "tale.fr.txt", "-o", "linked").returncode == 0
    assert "tale.de.xml#s2 #s2" in targets(pair / "linked" / "tale.fr.xml")
    outputs = "html,interleaved,tmx,csv,text"
    published = teipress("publish", "linked/tale.fr.xml", "--to", outputs, "-o", "out")
    assert published.returncode == 0, published.stderr
    below = "Niemand hatte ihn erwartet.\n    Personne ne l'attendait.\n"
    assert below in (pair / "out" / "interleaved" / "tale.fr.txt").read_text(encoding="utf-8")
    assert "Niemand" not in (pair / "out" / "text" / "tale.fr.txt").read_text(encoding="utf-8")
    table = (pair / "out" / "csv" / "tale.fr.csv").read_text(encoding="utf-8").splitlines()
    assert (
        "de,Niemand hatte ihn erwartet.,fr,Personne ne l'attendait.,tale.de.xml#s2,s2,high,#teipress" in table
    )
    memory = etree.parse(pair / "out" / "tmx" / "tale.fr.tmx")
    assert TMX.validate(memory), TMX.error_log
    assert len(memory.findall(".//tu")) == len(table) - 1
    page = html.parse(pair / "out" / "html" / "tale.fr.html").getroot()
    rows = [
        [folded(cell.text_content()) for cell in row.find_class("original") + row.find_class("translation")]
        for row in page.find_class("pair")
    ]
    assert ["Niemand hatte ihn erwartet.", "Personne ne l'attendait."] in rows
    assert ["Der Hund schlief unter dem Ofen.", ""] in rows or ["Der Hund schlief unter dem Ofen."] in rows


def test_numbered_verses_are_units(teipress: Run, tmp_path: Path) -> None:
    german = [f"{n} Am {n}. Tag fiel Regen. Niemand kam." for n in range(1, 16)]
    french = [f"{n} Le jour {n}, il plut. Personne ne vint." for n in range(1, 16) if n != 7]
    (tmp_path / "a.de.txt").write_text("\n".join(german), encoding="utf-8")
    (tmp_path / "a.fr.txt").write_text("\n".join(french), encoding="utf-8")
    done = teipress("align", "a.de.txt", "a.fr.txt", "-o", "a.xml")
    assert "1 omission, 0 additions" in done.stderr
    assert "LNK007: omission" in done.stdout
    assert len(targets(tmp_path / "a.xml")) == 14


def test_vectors_of_another_package_are_taken_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "import numpy as np\ndef read(texts):\n    return np.array([[len(t), 1.0] for t in texts], np.float32)\n"
    (tmp_path / "lengths.py").write_text(words, encoding="utf-8")
    info = tmp_path / "lengths-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: lengths\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[teipress.encoders]\nlengths = lengths:read\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    encode = encoder("lengths")
    assert encode is not None
    assert encode(["ab", "abc"]).tolist() == [[2.0, 1.0], [3.0, 1.0]]
    side = [Sentence(t, "en") for t in ("One.", "Number two.", "And here is the third.")]
    assert [bead.original for bead in align(side, side, encode)] == [(0, 1), (1, 2), (2, 3)]


PASSAGES = """A Tin of Letters

My grandmother kept her sister's letters in a biscuit tin, and one of them I know by heart.

„Liebe Rosa, gestern haben wir den Garten umgegraben und die Kartoffeln in den Keller gebracht. Der Winter wird \
streng, sagt der Nachbar. Komm bald, das Haus ist zu groß für mich allein.“

She wrote it on the back of a seed merchant's bill. My grandmother read it aloud every year when the potatoes came in.

我只说三句话。头一句，井是大家挖的，水也是大家的。第二句，谁家有病人，谁家先打水。

“Dear Rosa, yesterday we dug over the garden and took the potatoes down to the cellar. It will be a hard winter, \
the neighbour says. Come soon; the house is too big for me alone.”

The house stood at the end of a lane of poplars, and the cellar smelled of apples all the year round.
"""


def test_a_passage_is_linked_to_its_translation_elsewhere_in_the_text(teipress: Run, tmp_path: Path) -> None:
    (tmp_path / "tin.txt").write_text(PASSAGES, encoding="utf-8")
    assert teipress("encode", "tin.txt", "-o", "out").returncode == 0
    tree = read(tmp_path / "out" / "tin.xml")
    words = {e.get(ID): folded("".join(map(str, e.itertext()))) for e in tree.iter() if e.get(ID)}
    links = [[words[p[1:]][:12] for p in target.split()] for target in targets(tmp_path / "out" / "tin.xml")]
    assert links == [
        ["„Liebe Rosa,", "“Dear Rosa, "],
        ["Der Winter w", "It will be a"],
        ["Komm bald, d", "Come soon; t"],
    ]


PARTED = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>
<div xml:lang="de">
  <p>
    <s xml:id="mine">Niemand hatte ihn erwartet.</s> Der Bote kam am <date>3. Mai</date> 1871 nach Lindau.
    Der Wirt sagte: <q>Setzt Euch. Was steht darin?</q> So begegnete er <persName>Dr. Th. Es. Braun</persName>.
  </p>
</div>
<div type="translation" xml:lang="fr">
  <p>Personne ne l'attendait. Le messager arriva à Lindau le 3 mai 1871.
    L'aubergiste dit : <q>Asseyez-vous. Qu'y a-t-il dedans ?</q> C'est ainsi qu'il rencontra le docteur Braun.</p>
</div></body></text></TEI>"""


def test_a_sentence_that_crosses_an_element_is_linked_with_all_its_parts(
    teipress: Run, tmp_path: Path
) -> None:
    (tmp_path / "both.xml").write_text(PARTED, encoding="utf-8")
    for name in ("both.xml", "linked.xml"):  # what has been linked is read as it is
        assert teipress("align", name, "-o", "linked.xml").returncode == 0
        tree = read(tmp_path / "linked.xml")
        links = linked(tree, "sentences")
        assert ["Niemand hatte ihn erwartet.", "Personne ne l'attendait."] in links
        assert ["Der Wirt sagte:", "Setzt Euch.", "L'aubergiste dit :", "Asseyez-vous."] in links
        assert [
            "So begegnete er Dr. Th. Es. Braun.",
            "C'est ainsi qu'il rencontra le docteur Braun.",
        ] in links
        assert [
            len(link.get("target", "").split()) for link in tree.iterfind(".//tei:linkGrp[2]/tei:link", NS)
        ] == [2]
    parts = [(e.get("part"), e.get("prev"), e.get("next")) for e in tree.iterfind(".//tei:seg[@part]", NS)]
    assert [part for part, _, _ in parts] == ["I", "F", "I", "F"]
    checked = teipress("validate", "linked.xml")
    assert checked.returncode == 0, checked.stdout
    assert "100 % of the 5 sentences in de" in checked.stdout


def test_a_link_is_corrected_on_the_command_line(teipress: Run, edition: Path) -> None:
    assert teipress("encode").returncode == 0
    file = edition / "tei" / "tale.xml"
    listed = teipress("decide", "--list")
    assert "Niemand hatte ihn erwartet. ↔" in listed.stdout
    cases = [c for c in json.loads(teipress("decide", "--list", "--json").stdout) if c["tag"] == "link"]
    case = next(c for c in cases if c["quote"] == "Niemand hatte ihn erwartet.")
    left, right = case["attributes"]["target"].split()
    following = f"#s{int(right[2:]) + 1}"
    for wrong in ("#s999 #s1", left, "s999 = s1"):
        refused = teipress("decide", case["key"], "--correct", wrong)
        assert refused.returncode == 2
        assert "Traceback" not in refused.stderr
    done = teipress("decide", case["key"], "--correct", f"{left[1:]} = {following[1:]} {right[1:]}")
    assert done.returncode == 0, done.stderr
    for _ in range(2):
        assert f'<link target="{left} {right} {following}" resp="#ed"/>' in file.read_text(encoding="utf-8")
        others = [t.split() for t in targets(file) if t.startswith("#s") and t.split()[0] != left]
        assert case["attributes"]["target"] not in targets(file)
        assert not any(following in other for other in others)
        assert teipress("encode").returncode == 0
    assert teipress("decide", case["key"], "--undo").returncode == 0
    assert case["attributes"]["target"] in targets(file)


def test_verses_that_are_numbered_inside_paragraphs_are_units(teipress: Run, tmp_path: Path) -> None:
    german = [f"{n} Am {n + 20}. Tag fiel Regen: Niemand kam. Er ging" for n in range(1, 16)]
    french = [f"{n} Le jour {n + 20}, il plut ; personne ne vint, il partit." for n in range(1, 16) if n != 7]
    (tmp_path / "a.de.txt").write_text(" ".join(german[:8]) + "\n\n" + " ".join(german[8:]), encoding="utf-8")
    (tmp_path / "a.fr.txt").write_text(" ".join(french), encoding="utf-8")
    done = teipress("align", "a.de.txt", "a.fr.txt", "-o", "a.xml")
    assert "93 % of 15 sentences of the original and 100 % of 14" in done.stderr
    links = linked(read(tmp_path / "a.xml"), "sentences")
    assert [link[0].split()[0] for link in links] == [link[1].split()[0] for link in links]
    years = " ".join(f"In {n} Jahren waren es {n + 1} Schafe." for n in range(3, 40))
    (tmp_path / "b.de.txt").write_text(years, encoding="utf-8")
    (tmp_path / "b.fr.txt").write_text(years, encoding="utf-8")
    assert "of 37 sentences" in teipress("align", "b.de.txt", "b.fr.txt", "-o", "b.xml").stderr
