"""The RELAX NG engine: what the specification says of schemas and documents, and what people are told.

Each file of `cases/relaxng` is about a section of ISO/IEC 19757-2. A case has a schema that is `correct`, with
documents that are `valid` and `invalid`, or one that is `incorrect`; `resource` is a file beside it.
"""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from teipress.finding import Refusal
from teipress.relaxng import RNG, Grammar
from teipress.resources import SCHEMA

CASES = Path(__file__).parent / "cases" / "relaxng"
SUITE = [
    pytest.param(case, id=f"{file.stem}: {case.get('title')}")
    for file in sorted(CASES.glob("*.xml"))
    for case in etree.parse(file).getroot().iter("case")
]


def whole(holder):
    return etree.fromstring(etree.tostring(holder[0], with_tail=False))


@pytest.mark.parametrize("case", SUITE)
def test_suite(case, tmp_path):
    for resource in case.iter("resource"):
        (tmp_path / resource.get("name")).write_bytes(etree.tostring(resource[0], with_tail=False))
    schema = tmp_path / "schema.rng"
    holder = case.find("correct") if case.find("correct") is not None else case.find("incorrect")
    schema.write_bytes(etree.tostring(holder[0], with_tail=False))
    if holder.tag == "incorrect":
        with pytest.raises(Refusal) as refusal:
            Grammar(schema)
        assert refusal.value.remedy
        assert ".rng" in refusal.value.message
        return
    grammar = Grammar(schema)
    for document in case.iter("valid", "invalid"):
        faults = grammar.faults(whole(document))
        assert bool(faults) == (document.tag == "invalid"), etree.tostring(document)


def test_place_of_a_restriction(tmp_path):
    (tmp_path / "a.rng").write_text(
        f"<grammar xmlns='{RNG}'>\n<start><element name='a'><ref name='b'/></element></start>\n<define name='b'>\n"
        "<element name='b'><attribute name='c'/><attribute name='c'/></element></define></grammar>"
    )
    with pytest.raises(Refusal, match=r"a\.rng:4: <element> has the same attribute twice"):
        Grammar(tmp_path / "a.rng")


def test_packaged_grammars_break_no_restriction():
    for name in ("edition.rng", "tei/tei_all.rng"):
        Grammar(SCHEMA / name)


# -- the automaton against section 6 word for word, on schemas and documents of no plan ---------------------------


def fits(pattern, attributes, children, definitions):
    """Try every way to divide attributes and children, as the inference rules of section 6.2 have it."""

    def go(part, some, these):
        return fits(part, some, these, definitions)

    kind, parts = etree.QName(pattern).localname, list(pattern)
    nothing = not attributes and not children
    match kind:
        case "text":
            return not attributes and all(isinstance(child, str) for child in children)
        case "empty":
            return nothing
        case "attribute":
            return set(attributes) == {pattern.get("name")} and not children
        case "ref":
            if attributes or len(children) != 1 or isinstance(children[0], str):
                return False
            definition = definitions[pattern.get("name")]
            return children[0].tag == definition.get("name") and fits_element(
                children[0], definition, definitions
            )
        case "choice":
            return any(go(part, attributes, children) for part in parts)
        case "optional":
            return nothing or group(parts, attributes, children, go)
        case "oneOrMore" | "zeroOrMore":
            if (kind == "zeroOrMore" and nothing) or group(parts, attributes, children, go):
                return True
            again = etree.fromstring(f"<oneOrMore xmlns='{RNG}'/>")
            again.extend([etree.fromstring(etree.tostring(part, with_tail=False)) for part in parts])
            ways = divided(attributes, children, ordered=True)
            return any(
                group(parts, *one, go) and go(again, *other)
                for one, other in ways
                if (one[0] or one[1]) and (other[0] or other[1])
            )
        case "mixed":
            whole_group = etree.fromstring(f"<group xmlns='{RNG}'/>")
            whole_group.extend([etree.fromstring(etree.tostring(part, with_tail=False)) for part in parts])
            return go(
                whole_group, attributes, tuple(child for child in children if not isinstance(child, str))
            )
    return group(parts, attributes, children, go, ordered=kind == "group")


def group(parts, attributes, children, go, ordered=True):
    if len(parts) == 1:
        return go(parts[0], attributes, children)
    ways = divided(attributes, children, ordered)
    return any(go(parts[0], *one) and group(parts[1:], *other, go, ordered) for one, other in ways)


def divided(attributes, children, ordered):
    for left in range(2 ** len(attributes)):
        some = tuple(name for place, name in enumerate(attributes) if left >> place & 1)
        rest = tuple(name for place, name in enumerate(attributes) if not left >> place & 1)
        if ordered:
            for place in range(len(children) + 1):
                yield (some, children[:place]), (rest, children[place:])
            continue
        for chosen in range(2 ** len(children)):
            one = tuple(child for place, child in enumerate(children) if chosen >> place & 1)
            other = tuple(child for place, child in enumerate(children) if not chosen >> place & 1)
            yield (some, one), (rest, other)


def fits_element(element, definition, definitions):
    children = [element.text or ""]
    for child in element:
        children += [child] if isinstance(child.tag, str) else []
        children.append(child.tail or "")
    solid = tuple(child for child in children if not isinstance(child, str) or child.strip())
    return group(list(definition), tuple(element.attrib), solid, lambda *each: fits(*each, definitions))


LEAVES = st.sampled_from(
    ["<text/>", "<empty/>", "<ref name='x'/>", "<ref name='y'/>", "<attribute name='t'/>"]
)
PATTERNS = st.recursive(
    LEAVES,
    lambda inside: st.builds(
        lambda kind, parts: f"<{kind}>{''.join(parts)}</{kind}>",
        st.sampled_from(["group", "choice", "interleave", "optional", "oneOrMore", "zeroOrMore", "mixed"]),
        st.lists(inside, min_size=1, max_size=3),
    ),
    max_leaves=8,
)
DOCUMENTS = st.recursive(
    st.sampled_from(["", "w", " ", "<!-- c -->"]),
    lambda inside: st.builds(
        lambda name, t, parts: f"<{name}{t}>{''.join(parts)}</{name}>",
        st.sampled_from("xyz"),
        st.sampled_from(["", " t=''", " u=''"]),
        st.lists(inside, max_size=4),
    ),
    max_leaves=6,
)


@given(PATTERNS, PATTERNS, st.lists(DOCUMENTS, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_verdicts_are_those_of_the_specification(tmp_path_factory, one, other, documents):
    schema = tmp_path_factory.mktemp("rng") / "a.rng"
    schema.write_text(
        f"<grammar xmlns='{RNG}'><start><element name='a'>{one}</element></start>"
        f"<define name='x'><element name='x'>{other}</element></define>"
        "<define name='y'><element name='y'><text/></element></define></grammar>"
    )
    try:
        grammar = Grammar(schema)
    except Refusal:
        return
    elements = {each.get("name"): each for each in etree.parse(schema).iter(f"{{{RNG}}}element")}
    for document in documents:
        root = etree.fromstring(f"<a>{document}</a>")
        right = fits_element(root, elements["a"], elements)
        assert (grammar.faults(root) == []) == right, f"{schema.read_text()} {document}"


# -- what people are told ---------------------------------------------------------------------------------------

FIVE = (
    f"<element name='a' xmlns='{RNG}'><element name='b'><empty/></element><optional><element name='c'><text/>"
    f"</element>"
    "</optional><element name='d'><attribute name='n'/><text/></element><element name='e'><empty/></element>"
    "</element>"
)


@pytest.mark.parametrize(
    ("document", "kinds"),
    [
        ("<a><b/><c/><d n=''/><e/></a>", []),
        ("<a><c/><d n=''/><e/></a>", ["before"]),
        ("<a><b/><z><y/></z><d n=''/><e/></a>", ["element"]),
        ("<a><b/><d/><e/></a>", ["no attribute"]),
        ("<a><b/><d n='' m=''/></a>", ["attribute", "content"]),
        ("<a>w<b/>w<d n=''/>w<e/></a>", ["text"]),
        ("<a><b/><d n=''><z/></d><e/><e/></a>", ["element", "element"]),
        ("<z><b/></z>", ["element"]),
    ],
)
def test_one_mistake_is_one_fault(tmp_path, document, kinds):
    (tmp_path / "a.rng").write_text(FIVE)
    faults = Grammar(tmp_path / "a.rng").faults(etree.fromstring(document))
    assert [fault.kind for fault in faults] == kinds


# -- bounds -----------------------------------------------------------------------------------------------------


def test_many_definitions_of_one_name_take_no_more_time(tmp_path):
    """Each level has two definitions that only the innermost element tells apart."""
    start = (
        "<element name='x'><text/></element><element name='x'><element name='y'><empty/></element></element>"
    )
    pattern = f"<choice>{start}</choice>"
    for _ in range(30):
        pattern = (
            f"<choice><element name='x'>{pattern}</element><element name='x'>{pattern[:0]}<text/>"
            f"</element></choice>"
        )
    (tmp_path / "a.rng").write_text(f"<element name='a' xmlns='{RNG}'>{pattern}</element>")
    grammar = Grammar(tmp_path / "a.rng")
    began = time.process_time()
    assert grammar.faults(etree.fromstring(f"<a>{'<x>' * 31}<y/>{'</x>' * 31}</a>")) == []
    assert time.process_time() - began < 2


def test_memory_is_flat(tmp_path):
    (tmp_path / "a.rng").write_text(
        f"<element name='a' xmlns='{RNG}'><zeroOrMore><attribute><anyName/></attribute></zeroOrMore>"
        "<zeroOrMore><element><anyName/><empty/></element></zeroOrMore></element>"
    )
    grammar = Grammar(tmp_path / "a.rng")
    most = 0
    for turn in range(8):
        names = [f"n{turn}-{number}" for number in range(10_000)]
        assert grammar.faults(etree.fromstring(f"<a>{''.join(f'<{name}/>' for name in names)}</a>")) == []
        most = max(most, grammar.derivatives.remembered)
    assert most < 250_000


def test_grammar_nested_too_deeply_is_refused(tmp_path):
    (tmp_path / "a.rng").write_text(
        f"<element name='a' xmlns='{RNG}'>{'<group>' * 240}<text/>{'</group>' * 240}</element>"
    )
    with pytest.raises(Refusal, match="deep"):
        Grammar(tmp_path / "a.rng")
    chain = "".join(
        f"<define name='d{n}'><optional><ref name='d{n + 1}'/></optional></define>" for n in range(3000)
    )
    (tmp_path / "a.rng").write_text(
        f"<grammar xmlns='{RNG}'><start><element name='a'><ref name='d0'/></element></start>{chain}"
        "<define name='d3000'><text/></define></grammar>"
    )
    with pytest.raises(Refusal, match="deep"):
        Grammar(tmp_path / "a.rng")


def test_long_rows_are_not_deep(tmp_path):
    names = [f"e{number}" for number in range(3000)]
    row = "".join(f"<optional><element name='{name}'><empty/></element></optional>" for name in names)
    (tmp_path / "a.rng").write_text(f"<element name='a' xmlns='{RNG}'>{row}</element>")
    grammar = Grammar(tmp_path / "a.rng")
    assert grammar.faults(etree.fromstring("<a><e1/><e2999/></a>")) == []
    assert [fault.kind for fault in grammar.faults(etree.fromstring("<a><e2/><e1/></a>"))] == ["element"]
