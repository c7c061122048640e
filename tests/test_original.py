"""What was not changed in a TEI file goes out byte for byte as it came in, however it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from teipress.document import parse, tei
from teipress.original import Original
from teipress.span import Span
from teipress.text import wording
from teipress.weave import Index, unweave, weave
from trees import documents

HEAD = '<?xml version="1.0" encoding="{}" standalone=\'yes\' ?>\r\n<!-- a > remark -->\n\n'
DOCTYPE = (
    "<!DOCTYPE TEI [\n  <!ENTITY who \"<b>'who'</b>\">\n  <!-- ]> -->\n"
    "  <!ATTLIST p rend CDATA 'plain'>\n]>\n<?xml-model href='a.rng'   type=\"x\"?>"
)
BODY = (
    "<TEI\n   xmlns = 'http://www.tei-c.org/ns/1.0'  xml:lang='fr'><teiHeader   />\r\n"
    '<text><body><p n=\'a "b" &#60; &gt;\'   rend = "x">Caf&#xe9; &amp; th&#233; <hi></hi><hi/><lb />\r\n\t'
    "<![CDATA[a < b & c]]> d]]&gt; e &gt; > f<!-- <p> --><?go on ?>\r\n le&#13; 3 mars 1871</p>  </body ></text>"
    "</TEI  >\n\n<!-- after -->\n\n"
)


@pytest.mark.parametrize(
    "data",
    [
        (HEAD.format("UTF-8") + DOCTYPE + BODY).encode(),
        (HEAD.format("ISO-8859-1") + BODY + "<!-- é -->").encode("iso-8859-1"),
        (HEAD.format("windows-1251") + BODY + "<!-- Ж -->").encode("windows-1251"),
        (HEAD.format("UTF-16") + DOCTYPE + BODY).encode("utf-16"),
        b"\xef\xbb\xbf" + BODY.encode(),
        BODY.encode().replace(b"\r\n", b"\r"),
    ],
    ids=["document type", "Latin-1", "windows-1251", "UTF-16", "mark", "CR"],
)
def test_a_file_with_nothing_woven_is_the_same_file(data: bytes) -> None:
    tree = parse(data, "a.xml")
    original = Original(data, tree)
    assert original.serialise(tree) == data
    # What is woven comes in, and goes out again, without touching anything else.
    text = wording(tree.getroot())
    at = text.index("3 mars")
    weave(tree.getroot(), [Span(at, at + 11, "date", (("when", "1871-03-03"),))])
    out = original.serialise(tree)
    encoding = tree.docinfo.encoding
    plain = data.decode(encoding)
    assert out.decode(encoding) == plain.replace("3 mars 1871", '<date when="1871-03-03">3 mars 1871</date>')
    unweave(tree.getroot(), tree.getroot().iter(tei("date")))
    assert original.serialise(tree) == data


@given(document=documents, data=st.data())
def test_weaving_only_adds_tags(document: str, data: st.DataObject) -> None:
    written = document.replace("&amp;", data.draw(st.sampled_from(["&amp;", "&#38;", "<![CDATA[&]]>"])))
    written = written.replace("x?>", data.draw(st.sampled_from(["x?>", "x?>\r\n\r\n", "x?><!-- - -->"])))
    tree = parse(written.encode(), "a.xml")
    root = tree.getroot()
    original = Original(written.encode(), tree)
    before = set(Index(root).extents)
    length = len(wording(root))
    ends = st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted)
    spans = [Span(a, b, "rs", (("n", '"<&'),)) for a, b in data.draw(st.lists(ends, max_size=4)) if a < b]
    weave(root, spans)
    out = original.serialise(tree)
    assert etree.tostring(etree.fromstring(out)) == etree.tostring(root)
    unweave(root, [element for element in Index(root).extents if element not in before])
    assert original.serialise(tree).decode() == written


def test_a_changed_tag_leaves_the_others() -> None:
    data = BODY.encode()
    tree = parse(data, "a.xml")
    original = Original(data, tree)
    paragraph = next(tree.getroot().iter(tei("p")))
    paragraph.set("rend", "new")
    first = next(tree.getroot().iter(tei("hi")))
    first.text = "é & more"
    out = original.serialise(tree).decode()
    start = '<p n="a &quot;b&quot; &lt; &gt;" rend="new">'
    wanted = BODY.replace(BODY[BODY.index("<p n") : BODY.index("Caf")], start)
    assert out == wanted.replace("<hi></hi>", "<hi>é &amp; more</hi>")


def test_new_nodes_beside_the_root_are_written() -> None:
    data = BODY.encode()
    tree = parse(data, "a.xml")
    original = Original(data, tree)
    tree.getroot().addprevious(etree.Comment("new"))
    assert b"<!--new-->" in original.serialise(tree)
