"""Hostile input: bounded time and memory, a message, nothing read, nothing written; and many files at once."""

import contextlib
import os
import re
import resource
import signal
import threading
import time
from pathlib import Path

import pytest

from teipress.edition import Edition
from teipress.finding import Finding, Refusal
from teipress.schematron import SCH
from teipress.validate import validate

RNG = "http://relaxng.org/ns/structure/1.0"
ANYTHING = (
    f"<grammar xmlns='{RNG}'><start><ref name='x'/></start><define name='x'><element><anyName/><zeroOrMore>"
    f"<attribute>"
    "<anyName/></attribute></zeroOrMore><zeroOrMore><choice><text/><ref name='x'/></choice></zeroOrMore>"
    "</element></define></grammar>"
)
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>x</title></titleStmt>'
    "<publicationStmt>"
    "<p>x</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader><text><body><p>{}</p>"
    "</body></text></TEI>"
)


@pytest.fixture
def examine(tmp_path):
    """Check a document against a grammar that allows everything; it may take ten seconds and no more memory."""

    def check(data, schema=ANYTHING, **options):
        (tmp_path / "any.rng").write_text(schema)
        (tmp_path / "a.xml").write_bytes(data if isinstance(data, bytes) else data.encode())
        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        findings = list(validate([tmp_path / "a.xml"], tmp_path / "any.rng", **options))
        assert time.monotonic() - began < 20
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_500_000
        assert not any("hidden" in str(finding) for finding in findings)
        return [finding.code for finding in findings]

    return check


def test_external_entity(examine, tmp_path):
    (tmp_path / "secret.txt").write_text("hidden")
    for place in ((tmp_path / "secret.txt").as_uri(), "secret.txt", "http://127.0.0.1:9/x"):
        assert examine(f"<!DOCTYPE a [<!ENTITY e SYSTEM '{place}'>]><a>&e;</a>") == ["XML002"]


def test_external_dtd(examine, tmp_path):
    (tmp_path / "a.dtd").write_text("<!ELEMENT a ANY><!ATTLIST a b CDATA 'hidden'>")
    assert examine(f"<!DOCTYPE a SYSTEM '{(tmp_path / 'a.dtd').as_uri()}'><a/>") == []
    assert examine("<!DOCTYPE a [<!ENTITY % e SYSTEM 'a.dtd'> %e;]><a/>") in ([], ["XML001"])


def test_entity_bomb(examine):
    bomb = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    assert examine(f"<!DOCTYPE a [<!ENTITY e0 'ha'>{bomb}]><a>&e11;</a>") in (["XML001"], ["XML002"])
    assert examine(f"<!DOCTYPE a [<!ENTITY e0 'ha'>{bomb}]><a b='&e11;'/>") in (["XML001"], ["XML002"])


def test_deep_nesting(examine):
    assert examine("<a>" * 200 + "</a>" * 200) == []
    assert examine("<a>" * 100_000 + "</a>" * 100_000) == ["XML001"]


def test_a_million_attributes(examine):
    many = " ".join(f"a{n}=''" for n in range(1_000_000))
    codes = examine(f"<a {many}/>")
    assert codes in ([], ["XML001"])
    codes = examine(f"<a {many}/>", f"<element name='a' xmlns='{RNG}'><empty/></element>")
    assert 1 <= len(codes) <= 1_001


def test_huge_text(examine):
    assert examine(b"<a>" + b"x" * 30_000_000 + b"</a>") in ([], ["XML001"])
    assert examine(b"<a><!--" + b"x" * 9_000_000 + b"--></a>") == []


def test_xinclude_is_not_followed(tmp_path):
    (tmp_path / "secret.xml").write_text("<p>hidden</p>")
    (tmp_path / "a.xml").write_text(
        TEI.format('</p><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.xml"/><p>')
    )
    (finding,) = [each for each in validate([tmp_path / "a.xml"]) if each.code == "XML007"]
    assert "secret.xml" in finding.message
    assert "hidden" not in str(finding)


def test_nothing_but_bytes(examine):
    for data in (
        b"",
        b"\0" * 1000,
        os.urandom(5000),
        b"\xff\xfe<a/>",
        b"<a>" + bytes(range(128, 256)) + b"</a>",
    ):
        assert examine(data) in (["XML001"], ["XML010"])


def test_catastrophic_pattern_in_a_schema(examine):
    pattern = (
        f"<element name='a' xmlns='{RNG}' datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>"
        "<data type='string'><param name='pattern'>((a|a)*(a|aa)*)*b</param></data></element>"
    )
    (code,) = examine(f"<a>{'a' * 5000}</a>", pattern, patience=4)
    assert code in ("RNG001", "XML004")


def test_rules_that_never_end(tmp_path):
    (tmp_path / "a.sch").write_text(
        f'<schema xmlns="{SCH}" queryBinding="xslt2"><pattern><rule context="a">'
        f'<assert test="count(for $a in 1 to 2000000000, '
        '$b in 1 to 2000000000 return ($a * $b)[. mod 7 = 3]) = 0">x</assert></rule></pattern></schema>'
    )
    for name, text in (("1.xml", "<a/>"), ("2.xml", "<b/>"), ("3.xml", "<b/>")):
        (tmp_path / name).write_text(text)
    files = sorted(tmp_path.glob("*.xml"))
    (finding,) = validate(files, tmp_path / "a.sch", patience=4)
    assert (finding.code, finding.file) == ("XML004", str(files[0]))


def die(path, tree):
    if path.name == "2.xml":
        os._exit(9)
    return ()


def test_a_process_that_dies_is_one_finding(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.xml").write_text(TEI.format("x" if number != 4 else "<blink/>"))
    findings = [
        each
        for each in validate(sorted(tmp_path.glob("*.xml")), wording=die, jobs=2)
        if each.severity == "error"
    ]
    assert [(each.code, each.file[-5:]) for each in findings] == [("XML005", "2.xml"), ("RNG001", "4.xml")]


def hang(path, tree):
    """Check three files without an end, each in another way."""
    if path.name == "1.xml":
        threading.Event().wait()
    elif path.name == "2.xml":
        while True:
            path.stat()
    elif path.name == "3.xml":
        re.fullmatch(r"(?:a|aa)*b", "a" * 2_000)
    return ()


def test_what_never_ends_is_one_finding_a_file(tmp_path):
    for number in (1, 2, 3, 4, 6):
        (tmp_path / f"{number}.xml").write_text(TEI.format("x"))
    (tmp_path / "5.xml").write_text(TEI.format("<blink/>"))
    files = sorted(tmp_path.glob("*.xml"))
    findings = [
        each for each in validate(files, wording=hang, jobs=3, patience=8) if each.severity == "error"
    ]
    told = [(each.code, Path(each.file).name) for each in findings]
    assert told == [("XML004", f"{number}.xml") for number in (1, 2, 3)] + [("RNG001", "5.xml")]
    assert all(each.remedy for each in findings if each.code == "XML004")


def perish(path, tree):
    """End the process of four files, each in another way; of two, only say something or make work."""
    match path.stem:
        case "1":
            os.kill(os.getpid(), signal.SIGKILL)
        case "2":
            os._exit(0)
        case "3":
            os.abort()
        case "4":
            raise MemoryError
        case "5":
            return [Finding(path.name, 1, 1, "WRD001", "error", "said", "mend it")]
        case "6":
            assert sum(range(1_000_000))
    return ()


def test_each_process_that_dies_is_one_finding(tmp_path, capfd):
    for number in range(1, 8):
        (tmp_path / f"{number}.xml").write_text(TEI.format("x"))
    files = sorted(tmp_path.glob("*.xml"))
    findings = [each for each in validate(files, wording=perish, jobs=2) if each.severity == "error"]
    told = [(each.code, Path(each.file).name) for each in findings]
    assert told == [("XML005", f"{number}.xml") for number in (1, 2, 3, 4)] + [("WRD001", "5.xml")]
    assert all(each.remedy for each in findings)
    assert "Traceback" not in capfd.readouterr().err


def test_many_processes_say_the_same_as_one(tmp_path):
    for number in range(6):
        (tmp_path / f"{number}.xml").write_text(TEI.format("<blink/>" * number))
    files, seen = sorted(tmp_path.glob("*.xml")), []
    one = list(validate(files, jobs=1))
    assert list(validate(files, jobs=2, step=seen.append)) == one
    assert seen == [str(file) for file in files]


def test_refusal_in_a_process_is_a_refusal(tmp_path):
    (tmp_path / "a.xml").write_text("<a/>")
    (tmp_path / "a.sch").write_text(f'<schema xmlns="{SCH}" queryBinding="xquery"/>')
    with pytest.raises(Refusal, match="queryBinding"):
        list(validate([tmp_path / "a.xml"], tmp_path / "a.sch"))


def test_file_names_with_newlines(tmp_path, teipress):
    path = tmp_path / "a\nb: error X.xml"
    path.write_text("<a/>")
    done = teipress("validate", path)
    assert done.returncode == 1
    assert all(line.startswith((" ", "a\\nb", "1 file")) for line in done.stdout.splitlines()), done.stdout


# -- which schema -----------------------------------------------------------------------------------------------

ONLY_A = f"<element name='a' xmlns='{RNG}'><empty/></element>"
XSD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType>'
    '<xs:sequence><xs:element name="c" minOccurs="0"/></xs:sequence>'
    '<xs:attribute name="n" type="xs:integer"/></xs:complexType></xs:element></xs:schema>'
)


def codes(path, **options):
    return [finding.code for finding in validate([path], **options) if finding.code[:3] not in ("HDR", "PTR")]


@pytest.fixture
def edition_with(tmp_path):
    def make(settings=""):
        (tmp_path / "edition.toml").write_text(f'title = "x"\n{settings}')
        (tmp_path / "tei").mkdir(exist_ok=True)
        (tmp_path / "schema").mkdir(exist_ok=True)
        return Edition.load(tmp_path)

    return make


def test_schema_of_the_configuration(tmp_path, edition_with):
    edition = edition_with('[validate]\nschema = ["schema/a.rng", "schema/a.sch"]')
    (tmp_path / "schema" / "a.rng").write_text(ONLY_A)
    (tmp_path / "schema" / "a.sch").write_text(
        f'<schema xmlns="{SCH}" queryBinding="xslt2"><pattern id="p"><rule context="a">'
        f'<assert test="b">b</assert></rule></pattern></schema>'
    )
    path = tmp_path / "tei" / "a.xml"
    path.write_text('<?xml-model href="none.rng"?><a/>')
    assert codes(path, edition=edition) == ["SCH000"]
    with pytest.raises(Refusal, match="outside the edition"):
        list(validate([path], edition=edition_with('[validate]\nschema = "../a.rng"')))


def test_schema_that_a_file_names(tmp_path, edition_with):
    edition = edition_with()
    (tmp_path / "schema" / "a.rng").write_text(ONLY_A)
    path = tmp_path / "tei" / "a.xml"
    path.write_text('<?xml-model href="../schema/a.rng" type="application/xml"?>\n<a/>')
    assert codes(path, edition=edition) == []
    path.write_text('<?xml-model href="../schema/a.rng"?>\n<b/>')
    assert codes(path, edition=edition) == ["RNG001"]
    (tmp_path / "schema" / "a.rng").write_text("<grammar")
    assert "XML006" in codes(path, edition=edition)


@pytest.mark.parametrize(
    "href",
    ["../../a.rng", "/etc/passwd", "file:///etc/passwd", "https://example.org/a.rng", "link.rng", "none.rng"],
)
def test_schema_that_a_file_may_not_name(tmp_path, href, edition_with):
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "a.rng").write_text("hidden")
    edition = edition_with()
    outside = tmp_path.parent / "a.rng"
    outside.write_text("hidden")
    path = tmp_path / "tei" / "a.xml"
    (tmp_path / "tei" / "link.rng").symlink_to(outside)
    path.write_text(f'<?xml-model href="{href}"?>' + TEI.format("x"))
    (finding,) = [each for each in validate([path], edition=edition) if each.code == "XML006"]
    assert finding.severity == "info"
    assert "hidden" not in str(finding)


def test_xsd(tmp_path):
    (tmp_path / "a.xsd").write_text(XSD)
    path = tmp_path / "a.xml"
    path.write_text("<a n='1'/>")
    assert codes(path, schema=tmp_path / "a.xsd") == []
    path.write_text("<a>\n <b/></a>")
    (finding,) = validate([path], tmp_path / "a.xsd")
    assert (finding.code, finding.severity) == ("XSD001", "error")
    assert finding.line == 2
    where = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="a.xsd"'
    path.write_text(f"<a n='x' {where}/>")
    assert codes(path) == ["XSD001"]


@pytest.mark.parametrize("place", ["http://127.0.0.1:9/b.xsd", "../b.xsd", "/etc/passwd"])
def test_xsd_reads_nothing_elsewhere(tmp_path, place):
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "b.xsd").write_text(XSD)
    (home / "a.xsd").write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="{place}"/></xs:schema>'
    )
    (home / "a.xml").write_text("<a/>")
    with contextlib.suppress(Refusal):
        assert [finding.code for finding in validate([home / "a.xml"], home / "a.xsd")] == ["XSD001"]


def test_grammar_reads_nothing_but_grammars(tmp_path):
    for href in ("http://127.0.0.1:9/b.rng", "/etc/passwd", "//host/b.rng"):
        (tmp_path / "a.rng").write_text(f"<grammar xmlns='{RNG}'><include href='{href}'/></grammar>")
        (tmp_path / "a.xml").write_text("<a/>")
        with pytest.raises(Refusal) as refusal:
            list(validate([tmp_path / "a.xml"], tmp_path / "a.rng"))
        assert "root:" not in refusal.value.message
