"""What must hold for the draft of any text in any genre: no character lost, valid TEI, in linear time."""

from __future__ import annotations

import codecs
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from teipress.conventions import convention, names
from teipress.document import NAMESPACES, tei
from teipress.drafting import GENRES, draft, guess
from teipress.drafting.lines import layout
from teipress.drafting.phrases import with_phrases
from teipress.edition import Sidecar
from teipress.finding import Rejected
from teipress.header import header
from teipress.languages import codes
from teipress.practice import Described
from teipress.readers import plain
from teipress.relaxng import Grammar
from teipress.resources import SCHEMA
from teipress.source import Source
from teipress.text import folded, wording

_PIECES = st.sampled_from(
    [
        "ANNA.",
        "ANNA: ",
        "Anna (aside). ",
        "asked: (1) one; ",
        "(2) two; (a) ",
        "第一，",
        "第二，",
        "ACT I",
        "SCENE 2. ",
        "Dramatis Personae",
        "Dear Anna,",
        "Yours ever,",
        "Ihr\nHugo",
        "Herrn Dr. Meier",
        "Riga, 3 May 1891",
        "[Received 4 May]",
        "No. 4",
        "The Consul to the Minister",
        "Enclosure",
        "P.S. more",
        "following:",
        "Present: all",
        "1. first",
        "2. second",
        "- one",
        "* two",
        "* * *",
        "[1] a note",
        "word[1]",
        "word*",
        "a | b | c",
        "a\tb\tc",
        "Chapter I",
        "- 12 -",
        "13",
        "RUNNING HEAD",
        "An ordinary sentence that is rather long and has nothing in it, so that it fills its line well and is bro-",
        "ken over the next one, as it happens in prose that somebody has wrapped by hand long ago.",
        "馬丁：好。",
        "三月三日　晴",
        "第一幕",
        "此致",
        "Дорогой друг!",
        "Ваш А. Соколов",
        "é vs é",
        "\u200bzero\u200d\ufeff",
        "שלום \u202eعربي\u202c",
        "\U00020000\U0001f600",
        "\ue000private",
        "\u2028\u2029\x85",
        "\x07",
        "\ufffe\uffff",
        "a\u0301\u0323\u0345b",
        "\u1100\u1161\u11a8 각",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U000f0000\U0010fffd",
        "lone\rreturn",
        "tab\vdown",
        "w0rd l9l8 ofthe gov ernment Ministеr",
        "[sic] [?] [...] [word?] [[x]] <del>y</del> [open",
        "<&>]]>",
        "",
        " ",
        "    indented",
        "    Set in, and short, and with a capital,",
        "    And ended long before the page has ended it;",
        "“She said: ‘Never,’ and left.”",
        "„So ‚geht‘ es nicht“, »sagte« er",
        "« Oui, “dit-il”, non »",
        "他說：「『好』。」",
        "«Да», — сказал он по-русски, “yes”",
        "the words Тише едешь and 欲速則不達 and σπεῦδε βραδέως in one line",
        "As Hale wrote in 1748:",
        "— Hale, Survey, p. 3",
        "(Hale to his brother, 3 May 1748)",
        "Bibliography",
        "Hale, Thomas. A Survey. London, 1748.",
        "1.1 The tower",
        "§ 2",
        "Erstes Kapitel",
        "by Henry Dunn",
        "THE END",
        "Cereals and fodder",
        "Paraffin wax",
        "+----+----+",
        "| a | b |",
        "|----|----|",
        "[_Exit Anna._",
        "_Enter Anna._",
        "ANNA (aside).",
        "Anna und Otto.",
        "Personen",
        "Anna, seine Tochter.",
        "PROLOGUE.",
        "Q: Who was it?",
        "Thursday.",
        "Weimar, 1. Januar.",
        "  - deeper",
        "   1. deeper",
        "Figure 1. The tower",
        "(Signed) J. Pell",
        "A line of verse with its number beside it      5",
        "5      A line of verse with its number before it",
        "1.  A line that begins with the number of its stanza",
        "        With a hey, with a ho,",
        "HYMN XV.",
        "LONDON:\nPRINTED FOR T. HALE, IN THE STRAND.\n1807.",
        "By HENRY DUNN",
        "TO\nMY UNCLE",
        "PREFACE.",
        "CONTENTS.",
        "I. The Stairs . . . . . 1",
        "CHAP. I.",
        "SONG.",
        "ANNA, going. — Good night.",
        "（正旦上，云）好。",
        "〔貼〕",
        "【滾繡球】",
    ]
)
_BREAKS = st.sampled_from(["\n", "\n\n", "\n\n\n", "\f", "\r\n", " ", ""])
_WILD = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
texts = st.lists(st.tuples(st.one_of(_PIECES, _WILD), _BREAKS), min_size=1, max_size=24).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


#: Encodings, and how a file in each begins.
_ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32": b"",
    "gb18030": b"",
}


def read(text: str, language: str = "en", encoding: str = "utf-8") -> Source | None:
    stated = encoding if encoding == "gb18030" else ""
    data = _ENCODINGS[encoding] + text.encode(encoding, "surrogatepass" if "16" in encoding else "strict")
    try:
        return plain.read(data, "text", "text.txt", Sidecar(language=language, encoding=stated))
    except Rejected:
        return None


@pytest.mark.parametrize("genre", sorted(GENRES))
@settings(max_examples=60, deadline=None)
@given(text=texts, language=st.sampled_from(codes()), encoding=st.sampled_from(sorted(_ENCODINGS)))
def test_no_character_is_lost_in_any_genre(genre: str, text: str, language: str, encoding: str) -> None:
    if "16" in encoding:
        text = text.replace("Enclosure", "Enclo\ud800sure \udc00\ud800")
    source = read(text, language, encoding)
    if source is None:
        return
    assert "".join(source.text.split()) == "".join(text.removeprefix("\ufeff").split())
    tree = draft(source, Sidecar(), genre)
    assert folded(wording(tree)) == folded(source.wording)
    assert "".join(wording(tree).split()) == "".join(source.wording.split())
    again = etree.fromstring(etree.tostring(tree))
    assert folded(wording(again)) == folded(source.wording)


@cache
def grammar() -> Grammar:
    return Grammar(SCHEMA / "edition.rng")


@pytest.mark.parametrize("genre", sorted(GENRES))
@settings(max_examples=30, deadline=None)
@given(text=texts, language=st.sampled_from(codes()))
def test_every_draft_is_valid(genre: str, text: str, language: str) -> None:
    source = read(text, language)
    if source is None:
        return
    sidecar = Sidecar(title="A text", language=language)
    root = etree.Element(tei("TEI"), nsmap=NAMESPACES)
    body = draft(source, sidecar, genre)
    root.append(header(Described(source, sidecar, None, body, genre)))
    root.append(body)
    faults = list(grammar().faults(etree.fromstring(etree.tostring(root))))
    assert not faults, [(fault.element.tag, fault.kind, fault.name) for fault in faults]


@pytest.mark.parametrize("genre", sorted(GENRES))
@settings(max_examples=40, deadline=None)
@given(text=texts, language=st.sampled_from(codes()))
def test_the_spans_of_a_draft_do_not_cross(genre: str, text: str, language: str) -> None:
    source = read(text, language)
    if source is None:
        return
    spans = with_phrases(source, list(GENRES[genre](source, Sidecar())))
    open_ends: list[int] = []
    for start, end in sorted((span.start, -span.end) for span in spans):
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        assert not open_ends or -end <= open_ends[-1]
        open_ends.append(-end)


@settings(max_examples=100, deadline=None)
@given(text=texts)
def test_a_genre_is_always_told_with_a_reason(text: str) -> None:
    source = read(text)
    if source is not None:
        genre, reason = guess(source)
        assert genre in GENRES
        assert reason


@settings(max_examples=100, deadline=None)
@given(text=texts)
def test_marks_of_the_page_lie_in_the_source_and_do_not_cross(text: str) -> None:
    source = read(text)
    if source is None:
        return
    marks = layout(source).marks
    assert all(0 <= mark.start <= mark.end <= len(source.text) for mark in marks)
    spans = sorted((mark.start, -mark.end) for mark in marks)
    open_ends: list[int] = []
    for start, end in ((a, -b) for a, b in spans):
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        assert not open_ends or end <= open_ends[-1]
        open_ends.append(end)


@pytest.mark.parametrize(
    "text",
    [
        "a\n" + "\n" * 500_000 + "b\n",
        "a\n" + " " * 500_000 + "\nb\n",
        "word " * 200_000,
        "wo\x07rd ok\n" * 10_000,
        "".join(f"{number}\n" for number in range(15_000)),
        "([" * 100_000,
        "NAME. said so.\n" * 10_000,
        "word[1] and more\n\n[1] its note\n\n" * 5_000,
        "So it was:\n" * 10_000,
        "“" * 50_000 + "”" * 50_000,
        "- one\n  - two\n" * 5_000,
        "ANNA\n" * 15_000,
        "| a | b |\n+---+---+\n" * 5_000,
    ],
    ids=[
        "blank lines",
        "spaces",
        "one line",
        "controls",
        "numbers",
        "brackets",
        "speeches",
        "notes",
        "colons",
        "quotation marks",
        "lists",
        "names",
        "tables",
    ],
)
def test_odd_texts_take_bounded_time(text: str) -> None:
    source = read(text)
    assert source is not None
    begin = time.perf_counter()
    genre, _ = guess(source)
    tree = draft(source, Sidecar(), genre)
    assert time.perf_counter() - begin < 20
    assert folded(wording(tree)) == folded(source.wording)


@pytest.mark.parametrize("name", names())
def test_a_convention_can_be_read(name: str) -> None:
    assert convention(name).title


@pytest.mark.parametrize("genre", GENRES)
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was so.\n...\nAnd so on.\n"),  # a line of stops alone
        ("en", "It was so, and nobody came to the harbour.\n"),  # nothing that a genre is known by
        (
            "xx",
            "Letter to Mr. Wells\n\nRiga, 3 May 1891.\n\nSir,\n\nI am well.\n\nHugo\n",
        ),  # an unknown language
    ],
)
def test_what_a_genre_does_not_know_is_drafted(genre: str, language: str, text: str) -> None:
    source = plain.read(text.encode(), "text", "text.txt", Sidecar(language=language))
    assert folded(wording(draft(source, Sidecar(), genre))) == folded(text)
