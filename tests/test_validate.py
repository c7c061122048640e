"""Validation: folders of documents, and what is said of them.

Each folder of `cases/validate` is named for a code (or a family of codes). What `validate` says of the
documents in `in`, as far as it is of that family, is in `golden/report.txt`, and of documents called "right" it says
nothing that matters; after a change that is meant to change it, run the tests with
TEIPRESS_GOLDEN=write and read the difference.
"""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from teipress import document, reports
from teipress.checks import CHECKS
from teipress.checks.facts import Act, Examined, Facts, Known, Letter, Neighbour, Pointer
from teipress.checks.survey import Survey
from teipress.edition import Edition
from teipress.finding import Finding, Refusal
from teipress.relaxng import Grammar
from teipress.reports import Report
from teipress.resources import SCHEMA
from teipress.validate import Proof, validate

CASES = Path(__file__).parent / "cases" / "validate"
FOLDERS = sorted(path.name for path in CASES.iterdir())
RNG = "http://relaxng.org/ns/structure/1.0"


def findings_of(folder, **options):
    paths = sorted(folder.rglob("*.xml"))
    return paths, sorted(validate(paths, named=lambda path: path.relative_to(folder).as_posix(), **options))


def wording_in(folder, edition):
    if not (folder / "seeds").is_dir():
        return None
    proof = Proof(edition)
    return lambda path, tree: [
        replace(finding, file=Path(finding.file).relative_to(folder).as_posix())
        for finding in proof(path, tree)
    ]


@pytest.mark.parametrize("code", FOLDERS)
def test_folder(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where the files named in a report are not, so that it quotes no lines
    folder = CASES / code / "in"
    edition = Edition.load(folder) if (folder / "edition.toml").is_file() else None
    paths, findings = findings_of(folder, edition=edition, wording=wording_in(folder, edition))
    assert any(finding.code.startswith(code) for finding in findings)
    assert not [f for f in findings if "right" in f.file and (f.code == code or f.severity != "info")]
    assert all(finding.remedy for finding in findings if not finding.code.startswith("XML"))
    family = code.rstrip("0123456789")
    said = reports.render(
        "text", Report([each for each in findings if each.code.startswith(family)], len(paths))
    )
    golden = CASES / code / "golden" / "report.txt"
    if os.environ.get("TEIPRESS_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_every_check_runs_on_what_is_hardly_tei(tmp_path):
    for number, words in enumerate((b"<x/>", b"<TEI/>", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>')):
        (tmp_path / f"{number}.xml").write_bytes(words)
    assert CHECKS
    _, findings = findings_of(tmp_path)
    assert {finding.code for finding in findings} == {"RNG001"}


MANY = 1_001


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"<p>{'<x/>' * MANY}</p>", True),
        (f"<p>{'<lb x=&quot;&quot;/>' * MANY}</p>".replace("&quot;", '"'), True),
        (f"<p>{'<date when=&quot;May&quot;/>' * MANY}</p>".replace("&quot;", '"'), True),
        (f"<p>{'<lb/>' * MANY}</p>", False),
        (f"<list>{'<item>a</item>' * MANY}</list>", False),
        (f"<p>{'<x/>' * (MANY - 1)}</p>", False),
    ],
    ids=["elements", "attributes", "values", "right-breaks", "right-items", "right-few"],
)
def test_of_very_many_faults_only_the_first_are_listed(tmp_path, body, told):
    """RNG002 has no folder, since its golden report would have thousands of lines."""
    right = (CASES / "RNG001" / "in" / "right.xml").read_text(encoding="utf-8")
    head, _, rest = right.partition("<body>")
    path = tmp_path / "a.xml"
    path.write_text(f"{head}<body>{body}</body>{rest.partition('</body>')[2]}", encoding="utf-8")
    found = [finding for finding in validate([path]) if finding.code.startswith("RNG")]
    assert sum(finding.code == "RNG002" for finding in found) == told
    assert len(found) <= MANY + 1


def test_missing_file_is_a_finding(tmp_path):
    (finding,) = validate([tmp_path / "none.xml"])
    assert (finding.code, finding.line) == ("XML003", 0)


def test_in_an_edition_what_is_missing_is_an_error(tmp_path):
    shutil.copytree(CASES / "PTR002" / "in", tmp_path, dirs_exist_ok=True)
    (tmp_path / "edition.toml").write_text('title = "x"')
    edition = Edition.load(tmp_path)
    assert [f.severity for f in validate([tmp_path / "missing.xml"], edition=edition)] == ["error", "warning"]


def test_edition_is_not_left(tmp_path):
    shutil.copytree(CASES / "PTR004" / "in", tmp_path / "edition" / "tei")
    (tmp_path / "edition" / "edition.toml").write_text('title = "x"')
    edition = Edition.load(tmp_path / "edition")
    _, findings = findings_of(tmp_path / "edition" / "tei", edition=edition)
    assert [(f.code, f.severity) for f in findings] == [("PTR004", "error"), ("PTR004", "error")]


def test_own_schema_comes_first(tmp_path):
    (tmp_path / "schema").mkdir()
    (tmp_path / "edition.toml").write_text('title = "x"')
    (tmp_path / "schema" / "edition.rng").write_text(f'<element name="x" xmlns="{RNG}"><empty/></element>')
    (tmp_path / "a.xml").write_text("<x/>")
    assert list(validate([tmp_path / "a.xml"], edition=Edition.load(tmp_path))) == []


def test_given_schema_is_all_that_is_checked(tmp_path):
    schema = tmp_path / "letters.rng"
    schema.write_text(f'<element name="x" xmlns="{RNG}"><attribute name="ref"/></element>')
    (tmp_path / "a.xml").write_text('<x ref="#nobody"/>')
    assert list(validate([tmp_path / "a.xml"], schema)) == []
    (tmp_path / "a.xml").write_text("<x/>")
    (finding,) = validate([tmp_path / "a.xml"], schema)
    assert (finding.message, finding.remedy) == ("<x> has no @ref", "add @ref")


def test_given_schematron(tmp_path):
    schema = tmp_path / "rules.sch"
    schema.write_text(
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"><pattern id="greeting">'
        '<rule context="x"><let name="n" value="count(y)"/><assert test="$n = 1" role="warning"><name/> greets '
        '<value-of select="$n"/> times</assert></rule><rule context="*"><report test="z">z</report></rule>'
        "</pattern></schema>"
    )
    (tmp_path / "a.xml").write_text("<x>\n  <y/><y/><z/></x>")
    (finding,) = validate([tmp_path / "a.xml"], schema)
    assert (finding.code, finding.severity, finding.line) == ("SCH000", "warning", 1)
    assert finding.message == "x greets 2 times (greeting)"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.rng", None, "cannot be read"),
        ("broken.rng", "<grammar", "not well-formed"),
        ("page.html", "<html/>", "neither RELAX NG nor Schematron"),
        ("empty.rng", f'<grammar xmlns="{RNG}"/>', "no start"),
        ("gap.rng", f'<grammar xmlns="{RNG}"><start><ref name="a"/></start></grammar>', 'defines "a"'),
        (
            "loop.rng",
            f'<grammar xmlns="{RNG}"><start><ref name="a"/></start><define name="a"><ref name="a"/></define></grammar>',
            "contains itself",
        ),
        (
            "far.rng",
            f'<grammar xmlns="{RNG}"><include href="https://example.org/tei.rng"/></grammar>',
            "schemas are not fetched",
        ),
    ],
)
def test_schema_that_cannot_be_used_is_refused(tmp_path, name, content, message):
    schema = tmp_path / name
    if content is not None:
        schema.write_text(content)
    (tmp_path / "a.xml").write_text("<x/>")
    with pytest.raises(Refusal, match=message):
        list(validate([tmp_path / "a.xml"], schema))


def test_wording_is_asked(tmp_path):
    path = tmp_path / "a.xml"
    shutil.copy(CASES / "RNG001" / "in" / "right.xml", path)
    lost = Finding(str(path), 3, 0, "WRD001", "error", "a word is lost")
    assert list(validate([path], wording=lambda file, tree: [lost])) == [lost]
    assert list(validate([path], SCHEMA / "edition.rng", wording=lambda file, tree: [lost])) == []


def test_pattern_that_takes_a_lifetime_is_not_tried(tmp_path):
    prefix = '<prefixDef ident="psn" matchPattern="(a|a)*" replacementPattern="#$1"/>'
    text = (CASES / "RNG001" / "in" / "right.xml").read_text()
    text = text.replace("<body>", f'<body><p corresp="psn:{"a" * 60}b"/>')
    text = text.replace(
        "</fileDesc>", f"</fileDesc><encodingDesc><listPrefixDef>{prefix}</listPrefixDef></encodingDesc>"
    )
    (tmp_path / "a.xml").write_text(text)
    assert list(validate([tmp_path / "a.xml"])) == []


def test_deep_documents_and_other_encodings(tmp_path):
    text = (CASES / "RNG001" / "in" / "right.xml").read_text()
    deep = text.replace("how", "<hi>" * 240 + "how<blink/>" + "</hi>" * 240).replace("UTF-8", "UTF-16")
    (tmp_path / "a.xml").write_bytes(deep.encode("utf-16"))
    (finding,) = validate([tmp_path / "a.xml"])
    assert (finding.code, finding.line) == ("RNG001", 12)
    assert finding.column > 240 * 4


# -- the grammar ------------------------------------------------------------------------------------------------

PATTERNS = {
    "choice": (
        "<choice><element name='a'><empty/></element><text/></choice>",
        ["<x><a/></x>", "<x>t</x>"],
        ["<x><a/>t</x>"],
    ),
    "interleave": (
        "<interleave><element name='a'><empty/></element>"
        "<oneOrMore><element name='b'><empty/></element></oneOrMore></interleave>",
        ["<x><a/><b/></x>", "<x><b/><a/><b/></x>"],
        ["<x><a/></x>", "<x><a/><b/><a/></x>"],
    ),
    "mixed": (
        "<mixed><element name='a'><empty/></element></mixed>",
        ["<x>t<a/>t</x>", "<x><a/></x>"],
        ["<x>t</x>"],
    ),
    "ambiguous": (
        "<choice><group><element name='a'><text/></element><element name='b'><empty/></element></group>"
        "<element name='a'><element name='c'><empty/></element></element></choice>",
        ["<x><a>t</a><b/></x>", "<x><a><c/></a></x>"],
        ["<x><a>t</a></x>", "<x><a><c/></a><b/></x>"],
    ),
    "attributes that go together": (
        "<choice><group><attribute name='t'><value>1</value></attribute><attribute name='u'/></group>"
        "<attribute name='t'><value>2</value></attribute></choice>",
        ["<x t='1' u=''/>", "<x u='' t='1'/>", "<x t='2'/>"],
        ["<x t='1'/>", "<x t='2' u=''/>", "<x/>"],
    ),
    "list": (
        "<attribute name='t'><list><oneOrMore><data type='integer'/></oneOrMore></list></attribute>",
        ["<x t='1'/>", "<x t=' 1  2 '/>"],
        ["<x t=''/>", "<x t='1 b'/>"],
    ),
    "data": (
        "<data type='date'/>",
        ["<x>1918-08-01</x>", "<x> 1918-08-01 </x>"],
        ["<x>1918-02-30</x>", "<x/>"],
    ),
    "data except": (
        "<data type='token'><except><value>no</value></except></data>",
        ["<x>yes</x>"],
        ["<x>no</x>", "<x> no </x>"],
    ),
    "value": ("<value type='string'> a</value>", ["<x> a</x>"], ["<x>a</x>"]),
    "any name": (
        "<zeroOrMore><element><anyName><except><name>a</name></except></anyName><text/></element></zeroOrMore>",
        ["<x><b/></x>", "<x><b xmlns='urn:n'/><c>t</c></x>"],
        ["<x><a/></x>"],
    ),
    "namespace": (
        "<element><nsName ns='urn:n'/><empty/></element>",
        ["<x><b xmlns='urn:n'/></x>"],
        ["<x><b/></x>", "<x/>"],
    ),
}


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern(tmp_path, name):
    pattern, right, wrong = PATTERNS[name]
    schema = tmp_path / "x.rng"
    library = "http://www.w3.org/2001/XMLSchema-datatypes"
    schema.write_text(f"<element name='x' xmlns='{RNG}' datatypeLibrary='{library}'>{pattern}</element>")
    grammar, judge = Grammar(schema), etree.RelaxNG(etree.parse(schema))
    for text in right + wrong:
        document = etree.fromstring(text)
        assert (grammar.faults(document) == []) == (text in right), text
        assert judge.validate(document) == (text in right), "libxml2 says otherwise"


def test_included_definitions_are_overridden(tmp_path):
    (tmp_path / "base.rng").write_text(
        f"<grammar xmlns='{RNG}'><start><element name='x'><ref name='a'/></element></start>"
        "<define name='a'><element name='a'><empty/></element></define></grammar>"
    )
    (tmp_path / "more.rng").write_text(
        f"<grammar xmlns='{RNG}'><include href='base.rng'><define name='a'><text/></define></include>"
        "<define name='a' combine='choice'><element name='b'><empty/></element></define></grammar>"
    )
    grammar = Grammar(tmp_path / "more.rng")
    assert [
        bool(grammar.faults(etree.fromstring(each))) for each in ("<x>t</x>", "<x><b/></x>", "<x><a/></x>")
    ] == [
        False,
        False,
        True,
    ]


# -- places and reports -----------------------------------------------------------------------------------------


def test_positions_are_of_start_tags():
    data = b"<?xml version='1.0'?>\n<a><!-- <b/> -->\n  <b\n c='1'/>" + b"\n" * 70_000 + b" <d/></a>"
    root = document.parse(data, "x").getroot()
    positions = Survey(data, root)
    assert [positions.of(element) for element in root.iter(etree.Element)] == [(2, 1), (3, 3), (70_004, 2)]
    assert positions.at(1) == (3, 3)


def test_facts_go_to_json_and_back():
    act = Act("sent", (("registers/persons.xml", "anna"),), 19180801, 19180831, 4, 5)
    letter = Letter("l1", (act,), (Neighbour("prev", "", "b.xml", "l2", 6, 7),))
    known = Known("anna", "person", (("Anna", "de"),), (("gnd", "1"),), (18700101, 18701231), (0, 0), 8, 9)
    pointer = Pointer("ref", "persName", "b.xml#x", "b.xml", "x", 1, 2, 3)
    facts = Facts(
        True, False, frozenset({"a", "b"}), frozenset({"a"}), (pointer,), (known,), (letter,), (("#a", "#b"),)
    )
    finding = Finding("a.xml", 3, 5, "RNG001", "error", "<b> is not complete", "add <c>")
    for examined in (Examined((finding,), facts), Examined(()), Examined((), Facts())):
        assert Examined.from_json(json.loads(json.dumps(examined.as_json()))) == examined
