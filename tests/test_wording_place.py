"""Where a character of the wording stands in the bytes of its TEI file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teipress.document import parse
from teipress.text import wording
from teipress.wording_place import place_of

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>\n<p>Köln &amp; 北京</p></teiHeader>\n<text>'
#: Pieces of a file, and the characters of the wording that they are, if any.
PIECES = [
    ("é", "é"),
    ("\n", "\n"),
    ("\r\n", "\n"),
    ("&lt;", "<"),
    ("&#233;", "é"),
    ("&#x1F600;", "😀"),
    ("😀", "😀"),
    ("a", "a"),
    ("<!-- é <p> & -->", ""),
    ("<?pi é\n?>", ""),
    ("<lb/>", ""),
    ("<hi>", ""),
    ("</hi>", ""),
    ("<supplied>added &amp; é</supplied>", ""),
]


def place_in(data: str, at: int) -> tuple[int, int]:
    line = data.count("\n", 0, at) + 1
    return line, at - (data.rfind("\n", 0, at) + 1) + 1


def whole(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out the end tags that have no partner, and add those that are missing."""
    kept, deep = [], 0
    for piece in pieces:
        if piece[0] == "</hi>" and not deep:
            continue
        deep += (piece[0] == "<hi>") - (piece[0] == "</hi>")
        kept.append(piece)
    return kept + [("</hi>", "")] * deep


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40), st.sampled_from(["", "<!DOCTYPE TEI>\n"]))
def test_each_character_has_its_place(pieces: list[tuple[str, str]], prolog: str) -> None:
    pieces = whole(pieces)
    begin = prolog + HEAD
    text = begin + "".join(raw for raw, _ in pieces) + "</text>\n</TEI>\n"
    data = text.encode()
    root = parse(data, "a.xml").getroot()
    assert wording(root) == "".join(words for _, words in pieces)
    at, offset = len(begin), 0
    for raw, words in pieces:
        if words:
            wanted = text.index("\n", at) if raw == "\r\n" else at
            line, column = place_in(text, wanted)
            assert place_of(root, offset, data) in ((line, column), (line, column - (raw == "\r\n")))
        at, offset = at + len(raw), offset + len(words)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_column_counts_characters_in_any_encoding(encoding: str) -> None:
    declared = encoding.replace("-sig", "")
    line = "<p>é<![CDATA[<b>]]>é?</p>"
    data = f'<?xml version="1.0" encoding="{declared}"?><text xmlns="http://www.tei-c.org/ns/1.0">\n{line}</text>'
    root = parse(data.encode(encoding), "a.xml").getroot()
    offset = wording(root).index("?")
    assert place_of(root, offset, data.encode(encoding)) == (2, line.index("?") + 1)


@pytest.mark.parametrize("other", [b"", b"<a>", b'<text xmlns="http://www.tei-c.org/ns/1.0">less</text>'])
def test_without_its_file_a_character_has_the_line_of_its_element(other: bytes) -> None:
    root = parse(b'<text xmlns="http://www.tei-c.org/ns/1.0">\n<p>Words.</p></text>', "a.xml").getroot()
    assert place_of(root, 3, other) == (2, 0)
