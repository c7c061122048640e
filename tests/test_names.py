"""Names: what patterns propose, whose name a register says it is, and what is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import teipress
from teipress.anchors import Quotation
from teipress.annotators.names import annotate
from teipress.document import tei
from teipress.finding import Refusal
from teipress.ledger import Decision
from teipress.names.aliases import aliases, parts
from teipress.names.inflection import declension
from teipress.names.memory import Memory
from teipress.names.recognisers import recognisers
from teipress.registers import Entry, Name, Naming, Registers
from teipress.silence import Silence
from teipress.text import Text


def text_of(*lines: str, language: str = "en") -> Text:
    root = etree.Element(tei("text"), {"{http://www.w3.org/XML/1998/namespace}lang": language})
    body = etree.SubElement(root, tei("body"))
    for line in lines:
        tag, _, words = line.partition("|") if "|" in line else ("p", "", line)
        etree.SubElement(body, tei(tag)).text = words
    return Text.of(root)


def person(ident: str, *forms: str, kind: str = "person") -> Entry:
    return Entry(f"registers/r.xml#{ident}", kind, tuple(Name(form, "") for form in forms))


def found(text: Text, registers: Registers | None = None) -> list[tuple[str, str, str]]:
    """Give words, element and what is pointed to, in the order of the text."""
    spans = sorted(annotate(text, registers or Registers()), key=lambda span: span.start)
    return [(text.reading[s.start : s.end], s.tag, (s.get("ref") or "").partition("#")[2]) for s in spans]


PERSON, PLACE, ORG = "persName", "placeName", "orgName"


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "I have spoken with Captain Rae about it.", [("Rae", PERSON)]),
        ("en", "The Consul in Norway (Marsh) writes to nobody.", [("Norway", PLACE), ("Marsh", PERSON)]),
        ("en", "It was told by A. B. Mouat of the shop.", [("A. B. Mouat", PERSON)]),
        (
            "en",
            "The Board of Northern Lights has met in Edinburgh.",
            [("Board of Northern Lights", ORG), ("Edinburgh", PLACE)],
        ),
        ("en", "In May the French and the Germans went home.", []),
        ("en", "The Marsh Declaration was read by Sir Hugh Marsh.", [("Hugh Marsh", PERSON)]),
        ("en", "The King's secretary has gone.", []),
        (
            "fr",
            "J’ai vu Monsieur le président Kerdoncuff à Paris.",
            [("Kerdoncuff", PERSON), ("Paris", PLACE)],
        ),
        ("fr", "Le Ministère de la Marine répond.", [("Ministère de la Marine", ORG)]),
        ("de", "Gestern war Herr Petersen mit dem Hund im Garten.", [("Petersen", PERSON)]),
        ("de", "Der Brief und das Buch liegen auf dem Tisch.", []),
        ("ru", "Вчера господин Корнев был в городе.", [("Корнев", PERSON)]),
    ],
)
def test_patterns(language: str, line: str, expected: list[tuple[str, str]]) -> None:
    assert [(words, tag) for words, tag, _ in found(text_of(line, language=language))] == expected


def test_a_name_goes_on_through_the_document() -> None:
    text = text_of("General Horvath came.", "We saw that Horvath was ill.", "signed|Horvath")
    assert [words for words, _, _ in found(text)] == ["Horvath"] * 3


def test_dateline_and_signature() -> None:
    text = text_of("dateline|Brough, 4 May 1888", "It rains.", "signed|James Twatt")
    assert found(text) == [("Brough", PLACE, ""), ("James Twatt", PERSON, "")]


def test_register_takes_short_forms_for_the_one_who_stood_there_in_full() -> None:
    registers = Registers((person("hugh", "Hugh Marsh"), person("anna", "Anna Marsh")))
    text = text_of("Anna Marsh is here.", "We thank Marsh for it.")
    assert found(text, registers) == [("Anna Marsh", PERSON, "anna"), ("Marsh", PERSON, "anna")]


def test_initials_and_given_names_of_another_veto() -> None:
    registers = Registers((person("hugh", "Hugh Marsh", "Marsh"),))
    assert found(text_of("It was B. Marsh."), registers) == [("B. Marsh", PERSON, "")]
    assert found(text_of("It was H. Marsh."), registers) == [("H. Marsh", PERSON, "hugh")]
    assert found(text_of("It was Anna Marsh."), registers) == [("Anna Marsh", PERSON, "")]


@pytest.mark.parametrize(
    ("ambiguous", "expected"),
    [("leave", []), ("name", [("Marsh", PERSON, "")]), ("likeliest", [("Marsh", PERSON, "hugh")])],
)
def test_two_bearers_stay_two(ambiguous: str, expected: list[tuple[str, str, str]]) -> None:
    entries = (person("hugh", "Hugh Marsh"), person("anna", "Anna Marsh"))
    registers = Registers(entries, naming=Naming(ambiguous=ambiguous))
    text = text_of("We thank Marsh for it.")
    assert found(text, registers) == expected
    for span in annotate(text, registers):
        assert span.cert == "low"
        assert set(span.candidates) | {span.get("ref")} >= {entries[1].ref}


def test_slips_of_the_pen_and_what_only_looks_like_them() -> None:
    registers = Registers((person("v", "Voskresenskaia"), person("g", "Gruelland", kind="place")))
    text = text_of("I met Voskresenskaja of the Gruellanders.")
    assert found(text, registers) == [("Voskresenskaja", PERSON, "v")]


def test_cases_and_capitals() -> None:
    registers = Registers((person("k", "Корнев"), person("p", "Petersen")))
    assert found(text_of("Письмо Корневу.", language="ru"), registers) == [("Корневу", PERSON, "k")]
    assert found(text_of("Das ist Petersens Hund.", language="de"), registers) == [("Petersens", PERSON, "p")]
    assert found(text_of("A. PETERSEN"), Registers((person("p", "A. Petersen"),)))[0][2] == "p"


def test_works_and_events_shield_their_eponyms(tmp_path: Path) -> None:
    (tmp_path / "works.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listBibl><bibl xml:id="m"><title>Marsh’s Almanack</title>'
        '</bibl></listBibl><listPerson><person xml:id="p"><persName>Marsh</persName></person></listPerson>'
        "</standOff></TEI>",
        encoding="utf-8",
    )
    registers = Registers.load(tmp_path)
    assert found(text_of("We read Marsh’s Almanack by the Marsh Treaty."), registers) == []
    assert found(text_of("We read Marsh daily."), registers) == [("Marsh", PERSON, "p")]


def decided(verdict: str, times: int, ref: str) -> Memory:
    at = Quotation("Marsh", "", "", 1)
    return Memory.of([Decision(at, verdict, PERSON, {"ref": ref})] * times)


def test_memory_keeps_what_was_rejected_away_and_settles_what_was_accepted() -> None:
    entries = (person("hugh", "Hugh Marsh", "Marsh"), person("anna", "Anna Marsh", "Marsh"))
    text = text_of("We thank Marsh for it.")
    accepted = Registers(entries, memory=decided("accept", 1, entries[1].ref))
    assert found(text, accepted) == [("Marsh", PERSON, "anna")]
    once, twice = (Registers(entries[:1], memory=decided("reject", n, entries[0].ref)) for n in (1, 2))
    assert found(text, once) == [("Marsh", PERSON, "hugh")]
    assert found(text, twice) == []


def test_a_recogniser_that_is_named_and_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="no recogniser"):
        recognisers(["nobody"])
    assert recognisers([]) == ()
    assert "spacy" not in sys.modules or recognisers(None)


def test_parts_of_names() -> None:
    assert parts("Marsh, Hugh B.") == (("Hugh", "B."), "Marsh")
    assert parts("Ia.S. Kornev") == (("Ia.", "S."), "Kornev")
    assert parts("Anna van der Meer") == (("Anna",), "van der Meer")
    assert parts("Marsh") is None
    assert ("H.B. Marsh", "initials") in set(aliases("Hugh B. Marsh"))
    assert ("王將軍", "surname and title") in set(aliases("王小明"))


def named(ident: str, language: str, *forms: str, kind: str = "person") -> Entry:
    return Entry(f"registers/r.xml#{ident}", kind, tuple(Name(form, language) for form in forms))


@pytest.mark.parametrize(
    ("language", "line", "words"),
    [
        # Cases: of the language of the text, all words of a person's name, adjective and noun of a place's.
        ("ru", "Письмо Александра Андреевича Корнева.", "Александра Андреевича Корнева"),
        ("ru", "Писано А. А. Корневымъ вчера.", "А. А. Корневымъ"),
        ("ru", "Мы ехали из Нижнего Турухана.", "Нижнего Турухана"),
        ("ru", "О Корневой ничего не слышно.", "Корневой"),
        ("la", "Scripsi ad Ioannem Bramblium de hac re.", "Ioannem Bramblium"),
        ("la", "Epistola Bramblii reddita est.", "Bramblii"),
        ("de", "Das ist Leibnitzens Haus und Grothens Garten.", "Leibnitzens"),
        ("pl", "Widziałem Jana Brambelskiego wczoraj.", "Jana Brambelskiego"),
        ("el", "Τὸ βιβλίον τοῦ Παύλου Καλλιγέρου ἐχάθη.", "Παύλου Καλλιγέρου"),
        # Other letters: as prints of several countries write a name that the register has in its own.
        ("en", "It was Skorodumoff who told Mr. Chuvashin.", "Skorodumoff"),
        ("fr", "Nous avons vu Alexandre Tchouvachine hier.", "Alexandre Tchouvachine"),
        ("de", "Herr Tschuwaschin hat es gesagt.", "Tschuwaschin"),
        ("en", "The note of Dr. Wu Hsi-ch'ing was read.", "Wu Hsi-ch'ing"),
        ("en", "The note of Wu Xiqing was read.", "Wu Xiqing"),
        ("en", "They left Tsingtao by sea.", "Tsingtao"),
        ("en", "Aristomachus speaks here.", "Aristomachus"),
        ("en", "Gu Shanyang spoke, and Ku Shan-yang sat down.", "Ku Shan-yang"),
    ],
)
def test_cases_and_other_letters(language: str, line: str, words: str) -> None:
    entries = (
        named("a", "ru", "Александр Андреевич Корнев"),
        named("k", "ru", "Мария Корнева"),
        named("n", "ru", "Нижний Турухан", kind="place"),
        named("b", "la", "Ioannes Bramblius"),
        named("l", "de", "Leibnitz"),
        named("g", "de", "Grothe"),
        named("p", "pl", "Jan Brambelski"),
        named("e", "el", "Παῦλος Καλλίγερος", "Παύλος Καλλιγέρος"),
        named("s", "ru", "Александр Скородумов"),
        named("c", "ru", "Александр Чувашин"),
        named("w", "zh", "吳錫慶"),
        named("t", "zh", "青島", kind="place"),
        named("h", "grc", "Ἀριστόμαχος"),
        named("y", "zh-Latn-pinyin", "Gu Shanyang"),
    )
    told = {said: ref for said, _, ref in found(text_of(line, language=language), Registers(entries)) if ref}
    assert words in told, told


def test_a_case_belongs_to_its_language() -> None:
    registers = Registers((named("b", "la", "Cornus"),), naming=Naming(proposals="none"))
    assert found(text_of("Epistola Corni perdita est.", language="la"), registers) == [("Corni", PERSON, "b")]
    assert found(text_of("We read of Corni today."), registers) == []


def test_a_surname_in_other_letters_means_the_one_who_is_named_in_full() -> None:
    registers = Registers((named("a", "ru", "Александр Чувашин"), named("b", "ru", "Борис Чувашин")))
    text = text_of("Boris Chuvashin is here.", "We thank Chuvashin for it.", "A. Chuvashin is not.")
    assert [ref for _, _, ref in found(text, registers)] == ["b", "b", "a"]


def test_every_spelling_and_case_is_some_name(tmp_path: Path) -> None:
    for code in ("la", "ru", "de", "pl", "el"):
        known = declension(code)
        assert known
        for ending, forms in (*known.paradigms.items(), *known.classes):
            assert len(forms) == len(known.cases), (code, ending)


def test_names_in_parts_and_titles_of_a_register(tmp_path: Path) -> None:
    (tmp_path / "persons.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson><person xml:id="m"><persName>'
        "<roleName>Harbour-master</roleName><surname>Skaill</surname><forename>Hugh</forename></persName></person>"
        "</listPerson></standOff></TEI>",
        encoding="utf-8",
    )
    registers = Registers.load(tmp_path)
    text = text_of(
        "Hugh Skaill came. H. Skaill went. Skaill, Hugh is in the list. So is Harbour-master Skaill."
    )
    assert [words for words, _, ref in found(text, registers) if ref == "m"] == [
        *("Hugh Skaill", "H. Skaill", "Skaill, Hugh", "Harbour-master Skaill")
    ]


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        # A surname that nothing introduces, and what only looks like one.
        (
            "en",
            "We all thought that Hargreaves had gone to Leghorn.",
            [("Hargreaves", PERSON), ("Leghorn", PLACE)],
        ),
        ("en", "The Hargreaves of this world sail on the steamer Hargreaves.", []),
        (
            "en",
            "Gibbs, Wallis and Timpson were absent.",
            [("Gibbs", PERSON), ("Wallis", PERSON), ("Timpson", PERSON)],
        ),
        ("en", "Old Ned Ridley praised Voltaire.", [("Ned Ridley", PERSON), ("Voltaire", PERSON)]),
        ("en", "Perhaps Heaven and the Treasurer said so.", []),
        ("en", "Mrs. Gill of Rothwell came.", [("Gill", PERSON), ("Rothwell", PLACE)]),
        (
            "fr",
            "Hier le marquis de Vaugrenand parlait de Racine.",
            [("de Vaugrenand", PERSON), ("Racine", PERSON)],
        ),
        ("de", "Gestern hat Schwarzkopf mit Bahr gesprochen.", [("Schwarzkopf", PERSON), ("Bahr", PERSON)]),
        ("de", "Lieber Nachbar, liebe Anna, der Brief ist da.", [("Anna", PERSON)]),
        (
            "de",
            "Ich wohne Lindengasse 14 und kenne Goethes Haus.",
            [("Lindengasse 14", PLACE), ("Goethes", PERSON)],
        ),
        ("de", "Die Behandlung durch die Firma Petersen & Co. war gut.", [("Firma Petersen & Co.", ORG)]),
        ("de", "Das Fräulein von Plessow fuhr nach Rostock.", [("von Plessow", PERSON), ("Rostock", PLACE)]),
        (
            "ru",
            "Вчера Корнилов приехал из Твери в Париж.",
            [("Корнилов", PERSON), ("Твери", PLACE), ("Париж", PLACE)],
        ),
        ("ru", "Ивановым доволен доктор Чебутов.", [("Ивановым", PERSON), ("Чебутов", PERSON)]),
        ("zh", "外交總長陸小明、顧大山在巴黎。", [("陸小明", PERSON), ("顧大山", PERSON), ("巴黎", PLACE)]),
        ("zh", "上海大學之趙先生。", [("上海大學", ORG), ("趙", PERSON)]),
        # What a dictionary does not have, where only names have capitals; a place after what leads to one.
        (
            "fr",
            "On disait que Quellenec verrait la gare de Trefumel.",
            [("Quellenec", PERSON), ("Trefumel", PLACE)],
        ),
        ("fr", "Nous vîmes Versailles, Trefumel et la mer.", [("Versailles", PLACE), ("Trefumel", PLACE)]),
        ("ru", "Вчера был у нас Заболотнев из Кривулина.", [("Заболотнев", PERSON), ("Кривулина", PLACE)]),
        ("ru", "Вчера Заболотский видел Невский проспект.", [("Заболотский", PERSON)]),
        ("de", "Wir sprachen mit Quarrneff über die Wetterlage.", [("Quarrneff", PERSON)]),
        ("de", "Abs.: Gefr. Petersen ist da.", [("Petersen", PERSON)]),
        # A newspaper's name swallows the place in it.
        ("fr", "On lit dans la Gazette de Zurich que Paris est calme.", [("Paris", PLACE)]),
        ("en", "The London Daily Chronicle says that Paris is calm.", [("Paris", PLACE)]),
        ("zh", "王正心、施少白均在座。", [("王正心", PERSON), ("施少白", PERSON)]),
        ("zh", "代表已接見顏小山。", [("顏小山", PERSON)]),
        ("zh", "林主席、黃小山均到。", [("林", PERSON), ("黃小山", PERSON)]),
        # Adjectives of nationality are no names, places that act are places, bodies swallow the places in them.
        ("en", "The French, an Englishman and Dutch sailors met.", []),
        ("en", "France declines and Berlin is silent.", [("France", PLACE), ("Berlin", PLACE)]),
        ("en", "The Bank of Bristol lends.", [("Bank of Bristol", ORG)]),
        ("fr", "Les Allemands et la flotte anglaise.", []),
        (
            "de",
            "Karl August Weidner und Ernst August kamen im August mit Frau Mai; am 3. August Regen.",
            [("Karl August Weidner", PERSON), ("Ernst August", PERSON), ("Mai", PERSON)],
        ),
        (
            "en",
            "Mrs. June Carter met Mary May Brown in May.",
            [("June Carter", PERSON), ("Mary May Brown", PERSON)],
        ),
        ("fr", "Un coin d’Europe, dit M. d’Harlange.", [("Europe", PLACE), ("d’Harlange", PERSON)]),
        (
            "it",
            "Mia cara Giulia, la signora Bardi è a Fiesole; domenica la Banca d’Italia chiude.",
            [("Giulia", PERSON), ("Bardi", PERSON), ("Fiesole", PLACE), ("Banca d’Italia", ORG)],
        ),
        (
            "es",
            "El domingo llegó a Sevilla don Ramón de la Vega, con el general Ortiz.",
            [("Sevilla", PLACE), ("Ramón de la Vega", PERSON), ("Ortiz", PERSON)],
        ),
    ],
)
def test_patterns_of_prose(language: str, line: str, expected: list[tuple[str, str]]) -> None:
    assert [(words, tag) for words, tag, _ in found(text_of(line, language=language))] == expected


def test_initials_in_brackets_belong_to_the_name() -> None:
    body = etree.fromstring(
        '<text xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><body><p>It was <supplied source="#s"><metamark>['
        "</metamark>J.S.<metamark>]</metamark></supplied> Marsh who spoke.</p></body></text>"
    )
    text = Text.of(body)
    (span,) = annotate(text, Registers())
    assert text.source[slice(*text.to_source(span.start, span.end))] == "[J.S.] Marsh"


def test_time_chooses_between_bearers_and_keeps_the_unborn_away() -> None:
    old = Entry("r.xml#old", "person", (Name("Hugh Marsh", ""),), born=1701, died=1760)
    new = Entry("r.xml#new", "person", (Name("Anna Marsh", ""),), born=1850, died=1920)
    text = text_of("dateline|Brough, 4 May 1888", "We thank Marsh for it.")
    (span,) = [span for span in annotate(text, Registers((old, new))) if span.tag == PERSON]
    assert (span.get("ref"), span.cert, span.candidates) == ("r.xml#new", "medium", ("r.xml#old",))
    assert "of the time: 1888" in span.rule
    dead = [span for span in annotate(text, Registers((old,))) if span.tag == PERSON]
    assert [(span.get("ref"), span.cert) for span in dead] == [("r.xml#old", "low")]
    unborn = Registers((Entry("r.xml#later", "person", (Name("Marsh", ""),), born=1901),))
    assert all(ref == "" for _, _, ref in found(text, unborn))


def test_of_two_places_the_nearer_one_is_meant() -> None:
    def place(ident: str, form: str, *position: float) -> Entry:
        return Entry(f"r.xml#{ident}", "place", (Name(form, ""),), position=(position[0], position[1]))

    entries = (
        place("n", "Newton", 59.1, -3.2),
        place("s", "Newton", 50.1, -5.1),
        place("b", "Brough", 59.1, -3.3),
    )
    assert ("Newton", PLACE, "n") in found(text_of("From Brough we walked to Newton."), Registers(entries))
    assert ("Newton", PLACE, "") in found(text_of("We walked to Newton."), Registers(entries))


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ("leave", [("Rae", PERSON)]),
        ("inside", [("Captain Rae", PERSON), ("Captain", "roleName")]),
        ("outside", [("Captain", "roleName"), ("Rae", PERSON)]),
    ],
)
def test_titles_are_encoded_as_the_edition_wants(roles: str, expected: list[tuple[str, str]]) -> None:
    text = text_of("I have spoken with Captain Rae about it.")
    spans = list(annotate(text, Registers(naming=Naming(roles=roles))))
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    assert [(text.reading[span.start : span.end], span.tag) for span in ordered] == expected


def test_only_sure_proposals() -> None:
    text = text_of("Hargreaves has seen Captain Rae.")
    assert [words for words, _, _ in found(text, Registers(naming=Naming(proposals="sure")))] == ["Rae"]
    assert found(text, Registers(naming=Naming(proposals="none"))) == []


@pytest.mark.parametrize(
    ("language", "words", "reason"),
    [
        ("en", "Heaven", "a common word of the language"),
        ("en", "boat", "no capital"),
        ("en", "Bramble", "small letters as well"),
        ("en", "Anna Marsh", "not those of Marsh"),
        ("en", "Skarf", "nothing tells that it is a name"),
    ],
)
def test_silence_has_reasons(language: str, words: str, reason: str) -> None:
    text = text_of(
        "Perhaps Heaven saw the boat. Bramble grew, a bramble. Anna Marsh came. Then Skarf came.",
        language=language,
    )
    registers = Registers((person("hugh", "Hugh Marsh", "Marsh"),), naming=Naming(proposals="none"))
    end = text.reading.index(words) + len(words)
    assert reason in Silence(text, registers).reason(end - len(words.split()[-1]), end)


RECOGNISER = """
from teipress.names.recognisers import Recogniser

def load():
    return lambda block: [(block.index("Skarf"), block.index("Skarf") + 5, "PER")] if "Skarf" in block else []

own = Recogniser("own", "en", ("own_model",), load)
"""


def test_a_model_of_ones_own_is_asked(tmp_path: Path) -> None:
    (tmp_path / "own_model.py").write_text(RECOGNISER, encoding="utf-8")
    info = tmp_path / "own_model-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: own-model\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[teipress.recognisers]\nown = own_model:own\n", encoding="utf-8")
    source = tmp_path / "note.txt"
    source.write_text("A Note\n\nIt is said that Skarf flies over the water every day.\n", encoding="utf-8")
    package = Path(teipress.__file__).parent.parent
    result = subprocess.run(
        [sys.executable, "-m", "teipress", "encode", str(source), "-o", str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{package}"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    made = (tmp_path / "out" / "note.xml").read_text(encoding="utf-8")
    assert '<persName resp="#teipress" cert="low">Skarf</persName>' in made


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mr. Skaill came, and Dr. Skaill too.", ["Skaill", "Skaill"]),  # a title is no initial
        ("It was Hugh B. Skaill, or Hu. Skaill.", ["Hugh B. Skaill", "Hu. Skaill"]),
        ("It was Anna B. Skaill, or B. Skaill.", []),
        ("Magnus Flett wrote.", []),  # the register has a Magnus, and nobody of that surname
        ("Magnus wrote.", ["Magnus"]),
        ("May the boat go! We asked May about it.", ["May"]),
    ],
)
def test_what_stands_before_and_after_a_name_of_the_register(line: str, expected: list[str]) -> None:
    registers = Registers((person("h", "Hugh Skaill"), person("m", "Magnus"), person("w", "May")))
    assert [words for words, _, ref in found(text_of(line), registers) if ref] == expected


def test_a_form_that_is_a_common_word_is_told_by_marks_or_a_title() -> None:
    registers = Registers((person("z", "Zeit", kind="org"), person("f", "Freund")))
    text = text_of("Die Zeit vergeht. Es stand in der „Zeit“. Mein Freund kennt Herrn Freund.", language="de")
    assert [(words, ref) for words, _, ref in found(text, registers) if ref] == [
        ("Zeit", "z"),
        ("Freund", "f"),
    ]


def test_silence_names_what_a_name_crosses() -> None:
    text = text_of("I saw Captain Marsh-Rae Twatt.")
    registers = Registers((person("t", "Twatt"),))
    at = text.reading.index("Marsh-Rae")
    assert "in it stands for registers/r.xml#t" in Silence(text, registers).reason(at, at + len("Marsh-Rae"))


WORDS = st.sampled_from(
    [
        "the",
        "in",
        "of",
        "Marsh",
        "Hugh",
        "Captain",
        "A.",
        "B.",
        "Paris",
        "PARIS",
        "Board",
        "Figure",
        "4",
        "May",
        "1888",
        "and",
        "(Marsh)",
        "d'Arc",
        "Müller’s",
        "王",
        "中國",
        "Mr.",
        ";",
        "\n",
        "–",
    ]
)


@settings(deadline=None)
@given(
    st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=4),
    st.sampled_from(["en", "fr", "de", "zh"]),
)
def test_names_stay_in_their_block_and_never_overlap(lines: list[str], language: str) -> None:
    text = text_of(*lines, language=language)
    entries = (person("m", "Hugh Marsh"), person("a", "A. Marsh"), person("p", "Paris", kind="place"))
    spans = sorted(annotate(text, Registers(entries)), key=lambda span: span.start)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text.reading)
        assert "\n" not in text.reading[span.start : span.end]
        assert span.rule
        assert span.cert
    assert all(one.end <= two.start for one, two in pairwise(spans))
