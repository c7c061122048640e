"""What must always hold of weaving: no character lost, nothing else changed, and a way back."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from teipress.document import NAMESPACES, tei
from teipress.span import Span
from teipress.text import wording
from teipress.weave import Index, unweave, weave, woven
from trees import roots

TAGS = ["name", "date", "term", "placeName"]


def ranges(text: str) -> st.SearchStrategy[tuple[int, int]]:
    starts = st.integers(0, len(text) - 1)
    return starts.flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, min(len(text), start + 12)))
    )


@st.composite
def trees_and_spans(draw: st.DrawFn) -> tuple[etree._Element, list[Span]]:
    root = draw(roots)
    text = wording(root)
    assume(text)
    spans = []
    for number, (start, end) in enumerate(draw(st.lists(ranges(text), min_size=1, max_size=7))):
        if draw(st.booleans()):
            spans.append(Span(start, end, draw(st.sampled_from(TAGS)), (("n", str(number)),)))
        elif draw(st.booleans()):
            spans += [
                Span(start, end, "gap", (("n", f"{number}g"),)),
                Span(start, end, "metamark", (("n", str(number)),)),
            ]
        else:
            spans.append(Span(start, end, "sic", (("n", str(number)), ("resp", "#ed")), reading="read so"))
    return root, spans


def the_woven(root: etree._Element, spans: list[Span]) -> list[etree._Element]:
    """Find the elements of spans: each has its own @n, and a correction has it inside its choice."""
    numbers = {span.get("n") for span in spans}
    found = [element for element in root.iter(tei("*")) if element.get("n") in numbers]
    return [element.getparent() if element.tag == tei("corr") else element for element in found]  # type: ignore[misc]


@settings(max_examples=400, deadline=None)
@given(trees_and_spans())
def test_no_character_is_lost_and_there_is_a_way_back(example: tuple[etree._Element, list[Span]]) -> None:
    root, spans = example
    text, before = wording(root), etree.tostring(root.getroottree())
    refused = weave(root, spans)
    assert wording(root) == text
    kept = [span for span in dict.fromkeys(spans) if span not in refused]
    elements = the_woven(root, kept)
    assert len(elements) == len(kept)
    index = Index(root)
    standing = {(s.start, s.end, s.tag, s.attributes, s.reading) for s in woven(index)}
    assert {(s.start, s.end, s.tag, tuple(sorted(s.attributes)), s.reading) for s in kept} <= standing
    unweave(root, elements)
    assert etree.tostring(root.getroottree()) == before


@settings(max_examples=200, deadline=None)
@given(trees_and_spans())
def test_weaving_twice_is_weaving_once(example: tuple[etree._Element, list[Span]]) -> None:
    root, spans = example
    refused = weave(root, spans)
    once = etree.tostring(root.getroottree())
    assert set(weave(root, spans)) == set(refused)
    assert etree.tostring(root.getroottree()) == once


@settings(max_examples=200, deadline=None)
@given(trees_and_spans())
def test_a_span_that_is_refused_leaves_no_trace(example: tuple[etree._Element, list[Span]]) -> None:
    root, spans = example
    before = etree.tostring(root.getroottree())
    refused = [span for span in spans[:1] if weave(root, [span])]
    if refused:
        assert etree.tostring(root.getroottree()) == before


def tree(content: str) -> etree._Element:
    return etree.fromstring(f'<TEI xmlns="{NAMESPACES[None]}"><text><body>{content}</body></text></TEI>')  # type: ignore[index]


def body(root: etree._Element) -> str:
    found = root.find(f".//{tei('body')}")
    assert found is not None
    text = etree.tostring(found, encoding="unicode")
    return text[text.index(">") + 1 : -len("</body>")].replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")


@pytest.mark.parametrize(
    ("content", "span", "expected"),
    [
        ("<p>to Li Shizhong.</p>", Span(3, 14, "persName"), "<p>to <persName>Li Shizhong</persName>.</p>"),
        # The edge of an element is the edge of the span: the span goes around it.
        (
            "<p><hi>Li</hi> Shizhong</p>",
            Span(0, 11, "persName"),
            "<p><persName><hi>Li</hi> Shizhong</persName></p>",
        ),
        # A phrase of just its extent is inside; a paragraph is not.
        (
            "<p><supplied source='#s'>Li</supplied></p>",
            Span(0, 2, "persName"),
            '<p><persName><supplied source="#s">Li</supplied></persName></p>',
        ),
        # A choice is wrapped as a whole.
        (
            "<p>since <choice><sic>19 11</sic><corr>1911</corr></choice></p>",
            Span(6, 11, "date"),
            "<p>since <date><choice><sic>19 11</sic><corr>1911</corr></choice></date></p>",
        ),
        # A person's note inside stays inside, one at the edge stays outside.
        (
            "<p>General<note>who?</note> Horvath<note>he</note></p>",
            Span(0, 15, "persName"),
            "<p><persName>General<note>who?</note> Horvath</persName><note>he</note></p>",
        ),
        (
            "<p>14eing</p>",
            Span(0, 6, "sic", (("resp", "#ed"),), reading="being"),
            '<p><choice><sic>14eing</sic><corr resp="#ed">being</corr></choice></p>',
        ),
    ],
)
def test_where_the_element_goes(content: str, span: Span, expected: str) -> None:
    root = tree(content)
    assert weave(root, [span]) == []
    assert body(root) == expected


@pytest.mark.parametrize(
    ("content", "span"),
    [
        ("<p>General <hi>Horvath and</hi> Li</p>", Span(0, 15, "persName")),
        ("<p>one</p><p>two</p>", Span(1, 5, "persName")),
        ("<p>since <choice><sic>19 11</sic><corr>1911</corr></choice></p>", Span(6, 8, "date")),
    ],
)
def test_a_crossing_is_refused(content: str, span: Span) -> None:
    root = tree(content)
    before = body(root)
    assert weave(root, [span]) == [span]
    assert body(root) == before


def test_of_two_spans_with_one_range_the_earlier_is_the_outer() -> None:
    root = tree("<p>…</p>")
    weave(root, [Span(0, 1, "ellipsis"), Span(0, 1, "metamark")])
    assert body(root) == "<p><ellipsis><metamark>…</metamark></ellipsis></p>"


def test_a_gap_stands_before_the_mark_that_tells_of_it() -> None:
    root = tree("<p>see [2 lines lost]<hi>[.3]</hi></p>")
    before = body(root)
    spans = [
        Span(4, 18, "gap", (("quantity", "2"), ("reason", "lost"))),
        Span(4, 18, "metamark"),
        Span(18, 22, "gap"),
        Span(18, 22, "metamark"),
    ]
    for _ in range(2):
        assert weave(root, spans) == []
        lost = '<gap quantity="2" reason="lost"/><metamark>[2 lines lost]</metamark>'
        assert body(root) == f"<p>see {lost}<gap/><metamark><hi>[.3]</hi></metamark></p>"
    assert weave(root, [Span(4, 22, "seg")]) == []
    assert body(root) == f"<p>see <seg>{lost}<gap/><metamark><hi>[.3]</hi></metamark></seg></p>"
    unweave(root, list(root.iter(tei("gap"), tei("metamark"), tei("seg"))))
    assert body(root) == before


def test_a_range_outside_the_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="lies outside the text"):
        weave(tree("<p>short</p>"), [Span(2, 99, "name")])


def seconds(sentences: int) -> float:
    """Time weaving a name and a sentence each, and unweaving them, in one paragraph; the best of three."""
    sentence = "General Horvath and <hi>Li</hi> spoke. "
    length = len("General Horvath and Li spoke. ")
    spans = [Span(n * length + 8, n * length + 15, "persName") for n in range(sentences)]
    spans += [Span(n * length, (n + 1) * length - 1, "seg") for n in range(sentences)]
    best = float("inf")
    for _ in range(3):
        root = tree(f"<p>{sentence * sentences}</p>")
        started = time.process_time()
        assert weave(root, spans) == []
        unweave(root, list(root.iter(tei("persName"), tei("seg"))))
        best = min(best, time.process_time() - started)
    return best


def test_time_is_linear_in_the_document() -> None:
    # Eight times the document takes eight times as long; sixty-four would be quadratic.
    assert seconds(8000) < 24 * seconds(1000)
