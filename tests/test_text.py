"""The two projections of a text, and the way from the reading back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from lxml import etree

from teipress.anchors import Anchors
from teipress.document import TEI
from teipress.text import Text, reading, wording
from trees import roots


def text(content: str) -> Text:
    return Text.of(
        etree.fromstring(f'<TEI xmlns="{TEI}"><text xml:lang="en"><body>{content}</body></text></TEI>')
    )


@pytest.mark.parametrize(
    ("content", "source", "read"),
    [
        ("<p>one\n   two</p>", "one\n   two", "one two"),
        ("<p>a</p><p>b</p>", "ab", "a\nb"),
        (
            "<p>are <choice><sic>14eing</sic><corr>being</corr></choice> spread</p>",
            "are 14eing spread",
            "are being spread",
        ),
        (
            '<p>x<choice><sic>顧</sic><corr source="#s"><metamark>[</metamark>庫<metamark>]</metamark></corr>'
            "</choice>使</p>",
            "x顧[庫]使",
            "x庫使",
        ),
        ('<p>exam<pc force="weak">-</pc><lb break="no"/>\nple</p>', "exam-\nple", "example"),
        ("<p>Li<note>the secretary</note> spoke</p>", "Li spoke", "Li spoke\nthe secretary"),
        ('<p>Li<note source="#s">own note</note> spoke</p>', "Liown note spoke", "Li spoke\nown note"),
        ("<sp><speaker>波云:</speaker><p>所云</p></sp>", "波云:所云", "波云:\n所云"),
        ("<p>a <supplied>b</supplied> c</p>", "a  c", "a b c"),
        ("<p>one<lb/>two</p>", "onetwo", "one two"),
        ("<p><app><lem>right</lem><rdg>wrong</rdg></app></p>", "rightwrong", "right"),
        (
            "<p>he <quote>said</quote> so</p><quote><p>set in</p></quote>",
            "he said soset in",
            "he said so\nset in",
        ),
    ],
)
def test_projections(content: str, source: str, read: str) -> None:
    found = text(content)
    assert found.source == source
    assert found.reading.strip("\n") == read


def test_a_bracket_belongs_to_a_name_that_has_its_partner_inside() -> None:
    found = text(
        "<p><supplied source='#s'><metamark>[</metamark>A.N.<metamark>]</metamark></supplied> Li</p>"
    )
    start = found.reading.index("A.N.")
    assert found.to_source(start, start + len("A.N. Li")) == (0, len("[A.N.] Li"))
    assert found.to_source(start, start + len("A.N.")) == (1, 5)


def test_blocks_know_their_language() -> None:
    found = text('<p>English</p><quote xml:lang="zh-Hant"><p>中文</p></quote>')
    assert [(block.tag, block.language) for block in found.blocks] == [("p", "en"), ("p", "zh-Hant")]
    assert found.language_at(found.reading.index("中")) == "zh-Hant"


@settings(max_examples=200, deadline=None)
@given(roots)
def test_every_character_that_is_read_comes_from_its_place(root: etree._Element) -> None:
    found = Text.of(root)
    assert found.source == wording(root)
    for at, character in enumerate(found.reading):
        start, end = found.to_source(at, at + 1)
        assert 0 <= start <= end <= len(found.source)
        if (
            end - start == 1
            and not character.isspace()
            and "choice" not in etree.tostring(root, encoding="unicode")
        ):
            assert character in found.source[start:end] or found.source[start:end].isspace()


@settings(max_examples=200, deadline=None)
@given(roots)
def test_a_quotation_finds_its_way_back(root: etree._Element) -> None:
    found = wording(root)
    anchors = Anchors(found)
    ranges = [
        (at, end)
        for at in range(0, len(found), 3)
        for end in (at + 1, at + 4)
        if end <= len(found) and not found[at].isspace() and not found[end - 1].isspace()
    ]
    assert anchors.find(anchors.quote(ranges)) == ranges


@settings(deadline=None)
@given(roots)
def test_the_reading_of_any_element_is_the_same_without_its_places(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        assert reading(element) == Text.of(element).reading
