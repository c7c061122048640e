"""Generated TEI trees, with everything that a person may put between two words."""

from __future__ import annotations

from hypothesis import strategies as st
from lxml import etree

from teipress.document import TEI

_WORDS = st.sampled_from(
    [
        "Li ",
        "General Horvath",
        " and\n  ",
        "中東鐵路",
        "&amp;",
        "…",
        "14eing",
        " é ",
        "\U00020000",
        "x",
        ". ",
        " ",
    ]
)
_LEAVES = st.sampled_from(
    [
        "<lb/>",
        "<!-- a comment -->",
        "<?target data?>",
        "<choice><sic>19 11</sic><corr>1911</corr></choice>",
        '<choice><sic>顧</sic><corr source="#source">[庫]</corr></choice>',
        "<note>by the <hi>editor</hi></note>",
        '<note source="#source">the source\'s own</note>',
        '<pc force="weak">-</pc><lb break="no"/>',
        '<milestone unit="section"/>',
        '<gap reason="lost"/>',
        '<gap reason="lost"/><metamark>[lost]</metamark>',
        "<app><lem>a</lem><rdg>b</rdg></app>",
    ]
)


def _within(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    names = st.sampled_from(["hi", "p", "q", "seg", "persName", "del", "supplied", "note"])
    content = st.lists(st.one_of(_WORDS, _LEAVES, children), max_size=5).map("".join)
    return st.tuples(names, content).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>")


_CONTENT = st.lists(
    st.one_of(_WORDS, _LEAVES, st.recursive(_WORDS, _within, max_leaves=12)), min_size=1, max_size=8
).map("".join)

#: Documents as text, and as parsed roots.
documents = _CONTENT.map(
    lambda content: (
        f'<?before x?><TEI xmlns="{TEI}"><teiHeader><title>not wording</title></teiHeader>'
        f"<text><body>{content}</body></text></TEI>"
    )
)
roots = documents.map(lambda text: etree.fromstring(text.encode()))
