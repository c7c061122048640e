"""A source that changes after hand edits: what people did is carried over, and what has no place is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from teipress.build import Encoded, Mode, encode_file
from teipress.merge import Alignment
from teipress.registers import Registers

SOURCE = """\
Oban, 2 June 1871

Dear Ann,

The boat is mended, and the men who saw it say that it will float.

Nobody has come from the island since Tuesday, when the post was late.

The minister asks after you.

Yours truly,
Mary Bell
"""


class Letter:
    """One letter in a folder, encoded, edited, and encoded again."""

    def __init__(self, folder: Path) -> None:
        self.source, self.tei, self.ledger = folder / "a.txt", folder / "a.xml", folder / "a.json"
        self.source.write_text(SOURCE, encoding="utf-8")
        self.encode()

    def encode(self, *, redraft: bool = False) -> Encoded:
        return encode_file(self.source, self.tei, self.ledger, None, Registers(), Mode(redraft=redraft))

    def text(self) -> str:
        return self.tei.read_text(encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        text = self.text()
        assert old in text
        self.tei.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    def correct(self, old: str, new: str) -> None:
        source = self.source.read_text(encoding="utf-8")
        assert old in source
        self.source.write_text(source.replace(old, new), encoding="utf-8")


@pytest.fixture
def letter(tmp_path: Path) -> Letter:
    return Letter(tmp_path)


def test_nothing_is_written_without_being_asked(letter: Letter) -> None:
    letter.edit("the men", '<rs type="person">the men</rs>')
    letter.correct("mended", "repaired")
    before = letter.text()
    assert [finding.code for finding in letter.encode().findings if finding.severity == "error"] == ["WRD002"]
    assert letter.text() == before


def test_a_change_inside_a_text_node_keeps_all_mark_up(letter: Letter) -> None:
    letter.edit("the men", '<rs type="person">the men</rs><note resp="#ed">of Kerrera</note><!-- who? -->')
    letter.edit("<p>The minister", '<p rend="indent">The minister')
    before = letter.text()
    letter.correct("mended", "repaired")
    letter.correct("the post was late", "the mail was very late")
    assert letter.encode(redraft=True).findings[1:] == ()
    assert letter.text() == before.replace("mended", "repaired").replace(
        "post was late", "mail was very late"
    )


def test_a_change_inside_a_persons_element(letter: Letter) -> None:
    letter.edit("The minister", '<rs type="person">The minister</rs>')
    letter.correct("The minister", "The old ministers")
    letter.encode(redraft=True)
    assert '<rs type="person">The old ministers</rs> asks' in letter.text()


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("The minister", "It rained. The minister", "late.</p>|<p>It rained. <hi>The</hi> minister asks"),
        ("was late.", "was late. It rained.", "late. It rained.</p>|<p><hi>The</hi> minister asks"),
        ("Nobody has", "It rained. Nobody has", "float.</p>|<p>It rained. Nobody has come"),
        ("has come", "at all has come", "float.</p>|<p>Nobody at all has come"),
        (
            "Yours truly,",
            "Believe me, Yours truly,",
            "after you.</p>|<closer>|<salute>Believe me, Yours truly,",
        ),
    ],
)
def test_new_words_stay_in_their_paragraph(letter: Letter, old: str, new: str, written: str) -> None:
    letter.edit("The minister", "<hi>The</hi> minister")
    letter.correct(old, new)
    letter.encode(redraft=True)
    assert written in " ".join(letter.text().split()).replace("> <", ">|<")


def test_a_new_paragraph_and_a_removed_one(letter: Letter) -> None:
    letter.edit("the men", '<rs type="person">the men</rs>')
    letter.edit("Tuesday,", 'Tuesday<note resp="#ed">30 May.</note>,')
    letter.edit("<p>Nobody", '<p n="2">Nobody')
    letter.correct("The minister asks after you.\n\n", "")
    letter.correct("Nobody has come", "It rained for a week.\n\nNobody at all has come")
    assert letter.encode(redraft=True).findings[1:] == ()
    text = letter.text()
    assert '<rs type="person">the men</rs>' in text
    assert "<p>It rained for a week.</p>" in text
    assert '<p n="2">Nobody at all has come' in text
    assert 'Tuesday<note resp="#ed">30 May.</note>, when' in text
    assert "minister" not in text
    assert letter.encode().changed is False


def test_what_a_person_took_out_stays_out(letter: Letter) -> None:
    letter.edit("<salute>Yours truly,</salute>", "Yours truly,")
    letter.correct("Nobody has come", "It rained.\n\nNobody has come")
    letter.encode(redraft=True)
    assert "<salute>Yours" not in letter.text()
    assert "<p>It rained.</p>" in letter.text()


def test_what_a_person_took_out_stays_out_where_its_words_change(letter: Letter) -> None:
    letter.correct("The boat is mended", "The “Kittiwake” is mended")
    letter.encode()
    letter.edit("<q>“Kittiwake”</q>", '<name type="ship">“Kittiwake”</name>')
    letter.correct("“Kittiwake”", "“Curlew”")
    letter.correct("\nThe minister asks after you.\n", "")
    assert letter.encode(redraft=True).findings[1:] == ()
    assert '<name type="ship">“Curlew”</name>' in letter.text()
    assert "<q>" not in letter.text()


def test_of_two_alike_the_one_that_a_person_took_out_stays_out(letter: Letter) -> None:
    letter.correct("The boat is mended", "The “Anne” is mended")
    letter.correct("Nobody has come", "The “Anne” is alone, and nobody has come")
    letter.encode()
    first, last = letter.text().split("Nobody" if "Nobody" in letter.text() else "is alone", 1)
    assert first.count("<q>") == 2
    at = letter.text().rindex("<q>")
    edited = letter.text()[:at] + letter.text()[at:].replace("<q>", "", 1).replace("</q>", "", 1)
    letter.tei.write_text(edited, encoding="utf-8", newline="\n")
    letter.correct("\nThe minister asks after you.\n", "")
    assert letter.encode(redraft=True).findings[1:] == ()
    first, last = letter.text().split("is mended", 1)
    assert "<q>" in first
    assert "<q>" not in last


def test_what_finds_no_place_is_told_with_its_context(letter: Letter) -> None:
    letter.edit("asks after you", '<q>asks after you</q><note resp="#ed">Mr Grant.</note>')
    letter.correct("The minister asks after you.\n\n", "")
    letter.correct("Nobody has come", "It rained.\n\nNobody has come")
    told = [finding for finding in letter.encode(redraft=True).findings if finding.code == "ENC030"]
    assert len(told) == 1
    assert told[0].message.startswith(
        "<q> “asks after you” found no place in the new draft; it stood after “"
    )
    # The note had no words of the source: it stays where the text before it ends now.
    assert "Mr Grant." in letter.text()


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("<p>Nobody", "<p>Nobody", ""),
        ("asks after you.", '<hi rend="underlined">asks after you</hi>.', "<hi"),
        ("The minister", '<rs type="person">The minister</rs>', "<rs"),
        ("asks after", "<del>asks</del> after", "<del"),
    ],
)
def test_what_was_about_words_that_are_gone_is_told(letter: Letter, old: str, new: str, gone: str) -> None:
    letter.edit(old, new)
    letter.edit("the men", '<rs type="person">the men</rs>')  # edited in any case
    letter.correct("The minister asks after you.\n\n", "")
    letter.correct("Nobody has come", "It rained.\n\nNobody has come")
    told = [finding for finding in letter.encode(redraft=True).findings if finding.code == "ENC030"]
    assert [finding.message.startswith(gone) for finding in told] == ([True] if gone else [])
    assert all(finding.remedy for finding in told)
    assert '<rs type="person">the men</rs>' in letter.text()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("asks after you.", 'asks after you<note resp="#ed">Both of us.</note>.'),
        ("asks after you.", '<hi rend="underlined">asks</hi> after you.'),
        ("<p>The minister", '<p xml:id="minister" rend="indent">The minister'),
        ("minister asks", "minister <!-- Mr Grant? -->asks"),
    ],
)
def test_what_stands_in_words_that_moved_is_carried_without_a_word(
    letter: Letter, old: str, new: str
) -> None:
    letter.edit(old, new)
    letter.correct("The minister asks after you.", "It rained for days. The old minister asks after you.")
    letter.correct("Nobody has come", "Nobody came\n\nNobody has come")
    assert not [f for f in letter.encode(redraft=True).findings if f.code == "ENC030"]
    assert new.removesuffix("The minister") in letter.text()


@pytest.mark.parametrize(
    ("old", "new", "range_", "expected"),
    [
        ("the cat sat", "the black cat sat", (4, 7), "cat"),
        ("General Horvath said", "General Horvat said", (8, 15), "Horvat"),
        ("a b c", "a b c", (2, 3), "b"),
        ("one two three", "one three", (4, 7), ""),
        ("one two", "one two!", (4, 7), "two"),
        ("one\n two", "one two", (0, 8), "one two"),
    ],
)
def test_where_a_range_is_now(old: str, new: str, range_: tuple[int, int], expected: str) -> None:
    alignment = Alignment(old, new)
    start, end = alignment.place(range_[0]), alignment.place(range_[1], end=True)
    assert new[start : max(start, end)] == expected
