"""Reports: each format against the schema of those who read it, and the places that people are shown."""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree
from rich.cells import cell_len
from rich.console import Console

from conftest import CASES, Run
from teipress import reports
from teipress.finding import Finding
from teipress.fingerprints import Fingerprints
from teipress.reports import FORMATS, Report, text
from teipress.reports.lines import Lines, attribute, decode, excerpt

SCHEMAS = Path(__file__).parent / "schemas"
FINDINGS = [
    Finding("a.xml", 3, 5, "RNG001", "error", "<b> is not complete", "add <c>"),
    Finding("a.xml", 0, 0, "WRD003", "info", "no source text"),
]

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
findings = st.lists(
    st.builds(
        Finding,
        st.sampled_from(["a.xml", "tei/b c.xml", "ü,:%.xml", "../out.xml", "wo\nrds.xml"]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.sampled_from(["RNG001", "WRD001", "SCH101", "HDR001"]),
        st.sampled_from(["error", "warning", "info"]),
        any_text.filter(bool),
        any_text,
    ),
    max_size=6,
)


def test_text_report() -> None:
    assert reports.render("text", Report(FINDINGS, 2)).splitlines() == [
        "a.xml:3:5: error RNG001: <b> is not complete",
        "    add <c>",
        "a.xml: info WRD003: no source text",
        "2 files: 1 error, 1 note",
    ]
    assert reports.render("text", Report([], 1)) == "1 file: nothing to report\n"


def test_the_line_is_shown_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<a>\n\t<p>孫逸仙 e\u0301 <blink n='1'>x</blink></p>\n</a>\n", encoding="utf-8")
    finding = Finding(str(path), 2, 12, "RNG001", "error", "no blink", "take it out")
    assert reports.render("text", Report([finding], 1)).splitlines()[1:] == [
        "    2 |     <p>孫逸仙 e\u0301 <blink n='1'>x</blink></p>",
        "      |                 ^^^^^^",
        "    take it out",
        "1 file: 1 error",
    ]


def test_json_report() -> None:
    report = json.loads(reports.render("json", Report(FINDINGS, 2)))
    assert report["files"] == 2
    assert report["findings"][0] == {
        "code": "RNG001",
        "severity": "error",
        "file": "a.xml",
        "line": 3,
        "column": 5,
        "message": "<b> is not complete",
        "remedy": "add <c>",
    }


def test_terminal_shows_the_text_report() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=20)
    text.show(Report(FINDINGS, 2), console)
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert "\x1b[" in shown
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == reports.render("text", Report(FINDINGS, 2))


def test_a_long_report_ends_with_a_table_of_codes() -> None:
    many = [Finding("a.xml", n, 0, "HDR001", "info", "nobody publishes this") for n in range(60)]
    said = reports.render("text", Report([*many, *FINDINGS], 1)).splitlines()
    assert "60 info    HDR001 the header does not say who publishes the file" in said
    assert said[-1] == "1 file: 1 error, 61 notes"


# -- the formats of services ------------------------------------------------------------------------------------


@given(findings)
def test_sarif_is_valid(found: list[Finding]) -> None:
    log = json.loads(reports.render("sarif", Report(found, 3)))
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    Draft4Validator(schema).validate(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [finding.code for finding in found]
    prints = [result["partialFingerprints"]["teipressFinding/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_has_the_pages_and_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEIPRESS_PAGES", "https://example.org/docs/checks/")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "a b.xml").write_text("<a>\n<p>\U0001f600 <blink>x</blink></p></a>", encoding="utf-8")
    finding = Finding("tei/a b.xml", 2, 6, "RNG001", "error", "no blink", "take it out")
    (run,) = json.loads(reports.render("sarif", Report([finding], 1)))["runs"]
    (rule,), (result,) = run["tool"]["driver"]["rules"], run["results"]
    assert rule["helpUri"] == "https://example.org/docs/checks/RNG001.md"
    assert rule["help"]["markdown"].startswith("# RNG001: ")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "tei/a%20b.xml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 2, "startColumn": 6, "endColumn": 12}
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == tmp_path.resolve().as_uri() + "/"


@given(findings)
def test_junit_is_valid(found: list[Finding]) -> None:
    data = reports.render("junit", Report(found, 3, ["a.xml", "clean.xml"])).encode()
    root = etree.fromstring(data)
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(root)
    assert not root.attrib  # the schema of Ant allows none
    for suite in root:
        assert [part.tag for part in suite if part.tag != "testcase"] == [
            "properties",
            "system-out",
            "system-err",
        ]
        assert {"name", "package", "id", "timestamp", "hostname", "time", "tests"} <= set(suite.attrib)
        assert len(suite.findall("testcase")) == int(suite.get("tests", ""))
        assert len(suite.findall("testcase/failure")) == int(suite.get("failures", ""))
    assert len(root.findall(".//failure")) == sum(finding.severity == "error" for finding in found)


def test_what_fails_is_a_failure() -> None:
    strict = etree.fromstring(reports.render("junit", Report(FINDINGS, 1, failing="info")).encode())
    assert len(strict.findall(".//failure")) == 2


@given(findings)
def test_github_gives_one_command_a_line(found: list[Finding]) -> None:
    *commands, log = reports.render("github", Report(found, 3)).removesuffix("\n").split("\n")
    assert len(commands) == len(found)
    for command in commands:
        assert re.fullmatch(
            r"::(error|warning|notice) file=[^:,]+(,line=\d+)?(,col=\d+,endColumn=\d+)?,title=\w+ \w+::[^\r\n]*",
            command,
        )
    assert log.startswith("teipress: 3 files: ")


def test_github_escapes_as_its_toolkit_does() -> None:
    finding = Finding("a,b:c%.xml", 1, 2, "RNG001", "warning", "50% of it,\nor: more", "")
    (command, _) = reports.render("github", Report([finding])).splitlines()
    assert command == (
        "::warning file=a%2Cb%3Ac%25.xml,line=1,col=2,endColumn=3,title=RNG001 warning::50%25 of it,%0Aor: more"
    )


@given(findings)
def test_gitlab_is_valid(found: list[Finding]) -> None:
    listed = json.loads(reports.render("gitlab", Report(found, 3)))
    Draft202012Validator(json.loads((SCHEMAS / "code-quality.json").read_text())).validate(listed)
    assert len({each["fingerprint"] for each in listed}) == len(found)


@given(findings)
def test_every_format_gives_the_same_bytes_again(found: list[Finding]) -> None:
    for form in FORMATS:
        assert reports.render(form, Report(found, 3)) == reports.render(form, Report(found, 3))


def test_services_name_files_from_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "edition" / "tei").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "edition")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    finding = Finding("tei/a.xml", 1, 0, "RNG001", "error", "x")
    assert "file=edition/tei/a.xml," in reports.render("github", Report([finding]))


# -- lines ------------------------------------------------------------------------------------------------------


@given(st.text(max_size=80), st.integers(0, 90), st.integers(20, 60))
def test_an_excerpt_fits_and_points_to_its_place(line: str, column: int, width: int) -> None:
    shown, marks = excerpt(line, column, width)
    assert "\n" not in shown
    assert marks.strip(" ") == "^" * (len(marks) - marks.count(" ")) != ""
    plain = re.sub(r"[^\x20-\x7e一-鿿…\ufffd]", "", shown)
    assert cell_len(plain) <= width + 8


@pytest.mark.parametrize(
    ("line", "column", "shown", "marks"),
    [
        ("<p>x</p>", 4, "<p>x</p>", "   ^"),
        ("\t<p>x</p>", 2, "    <p>x</p>", "    ^^"),
        ("中文<p/>", 3, "中文<p/>", "    ^^"),
        ("e\u0301<p/>", 3, "e\u0301<p/>", " ^^"),
        ("\u202e<p/>", 2, "\ufffd<p/>", " ^^"),
        ("a" * 50 + "<hi>" + "b" * 50, 51, "…" + "a" * 6 + "<hi>" + "b" * 8 + "…", " " * 7 + "^^^"),
        ("x &unknown; y", 3, "x &unknown; y", "  ^^^^^^^^^"),
        ("short", 99, "short", "     ^"),
    ],
)
def test_excerpt(line: str, column: int, shown: str, marks: str) -> None:
    assert excerpt(line, column, 20) == (shown, marks)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('<p><persName xml:id="ref" ref="#a b" n="x"/></p>', 'ref="#a b"'),
        ("<p><persName  ref = '#a'>", "ref = '#a'"),
        ('<p><persName n=">ref=1" ref="#a">', 'ref="#a"'),
        ('<p><persName n="1"><date ref="#a"/>', "<persName"),
        ('<p><persName href="#a"', "<persName"),
        ('<p><persName ref="#a', "<persName"),
    ],
)
def test_an_attribute_is_marked_itself(line: str, found: str) -> None:
    column, length = attribute(line, 4, '@ref of <persName> points to "#a"')
    assert line[column - 1 : column - 1 + length] == found


def test_lines_are_those_of_xml(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes("<a>\r\n1\u2028\r2\n3</a>".encode())
    assert Lines().of(str(path)) == ["<a>", "1\u2028", "2", "3</a>"]
    assert Lines().at(str(path), 9) == ""
    assert Lines().of(str(tmp_path / "none.xml")) == []


def test_files_are_decoded_as_they_say() -> None:
    assert decode("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".encode("latin-1")).endswith(
        "<a>é</a>"
    )
    assert decode("é".encode("utf-16")) == "é"
    assert decode(b"\xef\xbb\xbfa") == "a"
    assert (
        decode(b"<?xml version='1.0' encoding='none-such'?>") == "<?xml version='1.0' encoding='none-such'?>"
    )


def test_a_fingerprint_stays_when_lines_move(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text('<a><p xml:id="p1"><b/></p><b/></a>')
    first = [Finding(str(path), 1, column, "RNG001", "error", "no b (at a/p[1]/b)") for column in (19, 27)]
    before = Fingerprints(Lines()).all(first)
    path.write_text('<!-- new -->\n<a>\n<p/>\n<p xml:id="p1"><b/></p><b/></a>')
    moved = [Finding(str(path), 4, column, "RNG001", "error", "no b (at a/p[2]/b)") for column in (16, 24)]
    assert Fingerprints(Lines()).all(moved) == before
    assert len(set(before)) == 2


# -- the command ------------------------------------------------------------------------------------------------


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.xml"
    path.write_bytes((CASES / "validate" / "RNG001" / "in" / "misspelt.xml").read_bytes())
    return path


def test_a_report_is_written_beside_what_is_shown(letter: Path, teipress: Run) -> None:
    done = teipress(
        "validate", letter, "--format", "sarif", "-o", "r.sarif", "-o", "r.xml", "--format", "junit"
    )
    assert done.returncode == 1
    assert "letter.xml:12:" in done.stdout
    assert json.loads((letter.parent / "r.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (letter.parent / "r.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_a_pipe_or_link_that_is_named_as_output_stays_what_it_is(letter: Path, teipress: Run) -> None:
    pipe, link, file = (letter.with_name(name) for name in ("pipe", "link", "report.json"))
    os.mkfifo(pipe)
    file.write_text("older")
    link.symlink_to(file.name)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    formats = ["--format", "json", "-o", str(pipe), "--format", "json", "-o", str(link)]
    assert teipress("validate", str(letter), *formats).returncode == 1
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert os.read(reading, 100_000) == file.read_bytes()
    assert json.loads(file.read_bytes())["findings"]
    os.close(reading)


def test_one_report_is_shown_and_another_written(letter: Path, teipress: Run) -> None:
    done = teipress("validate", letter, "--format=github", "--format", "gitlab", "--output", "quality.json")
    assert done.stdout.startswith("::error file=letter.xml,")
    assert (
        json.loads((letter.parent / "quality.json").read_text(encoding="utf-8"))[0]["check_name"] == "RNG001"
    )


def test_two_reports_at_once_are_refused(letter: Path, teipress: Run) -> None:
    done = teipress("validate", letter, "--format", "github", "--format", "gitlab")
    assert done.returncode == 2
    assert "write one of them to a file" in done.stderr


def test_a_name_that_is_no_text_stops_no_report(tmp_path: Path, teipress: Run) -> None:
    try:
        (tmp_path / os.fsdecode(b"\xff.xml")).write_text("<a")
    except OSError:
        return  # a file system whose names are all text
    (tmp_path / "a\n::error::b.xml").write_text("<a")
    for form in FORMATS:
        done = teipress("validate", ".", "--format", form)
        assert (done.returncode, done.stderr) == (1, ""), form
        assert not re.search("^::error::b", done.stdout, re.MULTILINE)
    assert teipress("validate", ".", "--baseline", "known.json", "--write-baseline").returncode == 1
    assert (
        teipress("validate", ".", "--baseline", "known.json", "--format", "sarif", "-o", "x.sarif").returncode
        == 1
    )
