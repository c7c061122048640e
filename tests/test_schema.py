"""The ODD and what is made of it: the grammar, the Schematron rules, and the guide itself."""

from pathlib import Path

import pytest
from lxml import etree

from teipress import document, schema
from teipress.finding import Refusal
from teipress.relaxng import Grammar
from teipress.resources import SCHEMA
from teipress.schematron import Rules

CASES = Path(__file__).parent / "cases" / "schema"
ODD = SCHEMA / "edition.odd"
PATTERNS = sorted(path.name for path in CASES.iterdir() if path.name.startswith("sch"))


@pytest.fixture(scope="module")
def grammar():
    return etree.RelaxNG(etree.parse(SCHEMA / "edition.rng"))


@pytest.fixture(scope="module")
def rules():
    return Rules(SCHEMA / "edition.sch")


def test_committed_schemas_are_what_the_odd_says(tmp_path):
    assert len(schema.build(ODD, tmp_path)) == 2
    for name in ("edition.rng", "edition.sch"):
        assert (tmp_path / name).read_bytes() == (SCHEMA / name).read_bytes(), "run: teipress schema build"
    assert schema.build(ODD, tmp_path) == []


def test_odd_is_valid_tei():
    assert Grammar(SCHEMA / schema.TEI_ALL).faults(document.read(ODD).getroot()) == []


def test_every_rule_has_its_cases(rules):
    assert sorted(rules.patterns) == PATTERNS


@pytest.mark.parametrize("pattern", PATTERNS)
def test_rule(rules, pattern):
    right, wrong = (document.read(CASES / pattern / name).getroot() for name in ("right.xml", "wrong.xml"))
    assert rules.breaches(right) == []
    breaches = rules.breaches(wrong)
    assert {breach.pattern for breach in breaches} == {pattern}
    assert all(breach.message and breach.remedy for breach in breaches)


def test_breach_says_which_element_and_what_to_do(rules):
    root = document.parse(
        b"<text xmlns='http://www.tei-c.org/ns/1.0'><p><corr type='odd' resp='#e'>a</corr></p></text>", "x"
    )
    (breach,) = rules.breaches(root.getroot())
    assert (breach.severity, breach.element) == ("warning", 2)
    assert (
        breach.message == 'the @type of corr is "odd", so that views cannot tell whose mistake is corrected'
    )
    assert breach.remedy.startswith('write type="transcription"')


def test_grammar_accepts_what_is_right(grammar):
    assert grammar.validate(document.read(CASES / "grammar" / "right.xml"))


@pytest.mark.parametrize("path", sorted((CASES / "grammar").glob("wrong-*.xml")), ids=lambda path: path.stem)
def test_grammar_refuses_what_is_wrong(grammar, path):
    assert not grammar.validate(document.read(path))


def odd(tmp_path, content):
    path = tmp_path / "edition.odd"
    path.write_text(f'<schemaSpec xmlns="http://www.tei-c.org/ns/1.0" ident="x">{content}</schemaSpec>')
    return path


MODULES = "".join(
    f'<moduleRef key="{key}"/>' for key in ("tei", "header", "core", "textstructure", "linking", "transcr")
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('<moduleRef key="letters"/>', 'no module "letters"'),
        ('<moduleRef key="core" except="div"/>', 'has no element "div"'),
        ('<moduleRef url="other.rng"/>', "@url is not understood"),
        ('<elementSpec ident="p" mode="delete"/>', '"p" is in none of the modules'),
        (f'{MODULES}<elementSpec ident="title" mode="delete"/>', "cannot be without: .*titleStmt"),
        (f'{MODULES}<elementSpec ident="p" mode="replace"/>', '@mode "replace"'),
        (
            f'{MODULES}<elementSpec ident="p" mode="change"><content/></elementSpec>',
            "content: not understood",
        ),
        (
            f'{MODULES}<elementSpec ident="p" mode="change"><attList><attDef ident="colour" mode="change"/></attList>'
            "</elementSpec>",
            "@colour of p, which has no such attribute",
        ),
        (
            f'{MODULES}<elementSpec ident="p" mode="change"><attList><attDef ident="rend" mode="change" usage="opt"/>'
            "</attList></elementSpec>",
            '@usage "opt"',
        ),
        (
            f'{MODULES}<elementSpec ident="p" mode="change"><attList><attDef ident="ana" mode="change">'
            '<valList type="closed"><valItem ident="a"/></valList></attDef></attList></elementSpec>',
            "several values",
        ),
        (f'{MODULES}<macroSpec ident="macro.paraContent" mode="change"/>', "macroSpec: not understood"),
    ],
)
def test_what_is_not_understood_is_refused(tmp_path, content, message):
    with pytest.raises(Refusal, match=message):
        schema.build(odd(tmp_path, content), tmp_path)


def test_attribute_of_a_class_goes_everywhere(tmp_path):
    change = (
        '<classSpec ident="att.global" type="atts" mode="change"><attList><attDef ident="xml:base" mode="delete"/>'
        "</attList></classSpec>"
    )
    schema.build(odd(tmp_path, MODULES + change), tmp_path)
    grammar = etree.RelaxNG(etree.parse(tmp_path / "edition.rng"))
    right = document.read(CASES / "grammar" / "right.xml")
    for element in right.xpath("//tei:profileDesc/tei:correspDesc/*/*", namespaces=document.NS):
        element.tag = document.tei("name")
    assert grammar.validate(right)
    right.getroot().set(f"{{{document.XML}}}base", "http://example.org/")
    assert not grammar.validate(right)


def test_examples_in_the_guide_are_valid(rules, tmp_path):
    """Each example is made a document of its own, by a grammar that may begin with any element."""
    names = {local for local in Grammar(SCHEMA / "edition.rng").element_names() if ":" not in local}
    examples = document.read(ODD).xpath("//*[local-name() = 'egXML']/*")
    starts = "".join(
        f'<ref name="{name}"/>' for name in sorted({etree.QName(each).localname for each in examples} & names)
    )
    anywhere = tmp_path / "anywhere.rng"
    anywhere.write_text(
        f'<grammar xmlns="{schema.RNG}"><include href="{(SCHEMA / "edition.rng").as_uri()}">'
        f"<start><choice>{starts}</choice></start></include></grammar>"
    )
    grammar = Grammar(anywhere)
    assert len(examples) >= 6
    for example in examples:
        text = etree.tostring(example, encoding="unicode", with_tail=False)
        root = etree.fromstring(text.replace("http://www.tei-c.org/ns/Examples", document.TEI))
        assert (grammar.faults(root), rules.breaches(root)) == ([], []), text
