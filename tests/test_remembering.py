"""Which findings are shown: what is selected, known, changed; and that what is remembered is what would be found."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CASES, Run
from teipress.asked import tei_files
from teipress.baseline import Baseline
from teipress.edition import Edition
from teipress.finding import Finding, Refusal
from teipress.remembered import FILE
from teipress.reports.lines import Lines
from teipress.selection import Selection, codes_of, severities_of
from teipress.validate import validate_files

LETTER = (CASES / "validate" / "RNG001" / "in" / "right.xml").read_text(encoding="utf-8")
REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader><fileDesc>
    <titleStmt><title>Persons</title></titleStmt>
    <publicationStmt><publisher>Anna</publisher><availability><licence target="https://example.org/"/></availability>
    </publicationStmt><sourceDesc><p>Written for this test.</p></sourceDesc>
  </fileDesc></teiHeader>
  <standOff><listPerson><person xml:id="anna"><persName xml:lang="de">Anna</persName></person></listPerson></standOff>
</TEI>"""


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """An edition of three letters, one of which names a person of the register; no source for any."""
    folder = tmp_path / "letters"
    (folder / "tei" / "registers").mkdir(parents=True)
    (folder / "edition.toml").write_text('title = "Letters"\n')
    for name in ("a", "b", "c"):
        (folder / "tei" / f"{name}.xml").write_text(LETTER, encoding="utf-8")
    named = LETTER.replace("You ask", 'You ask <persName ref="registers/persons.xml#anna">Anna</persName>')
    (folder / "tei" / "a.xml").write_text(named, encoding="utf-8")
    (folder / "tei" / "registers" / "persons.xml").write_text(REGISTER, encoding="utf-8")
    return folder


def break_(path: Path) -> None:
    """Put an element into a paragraph that TEI has not."""
    text = path.read_text(encoding="utf-8")
    assert "<p>" in text
    path.write_text(text.replace("<p>", "<p><blink/>", 1), encoding="utf-8")


def shown(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The findings of a run with --format json, as file and code."""
    return [f"{found['file']} {found['code']}" for found in json.loads(done.stdout)["findings"]]


# -- selection --------------------------------------------------------------------------------------------------

FOUND = [
    Finding("a.xml", 1, 1, "WRD001", "warning", "x"),
    Finding("a.xml", 1, 1, "WRD003", "warning", "x"),
    Finding("a.xml", 1, 1, "RNG001", "error", "x"),
    Finding("a.xml", 1, 1, "HDR001", "info", "x"),
    Finding("b.xml", 1, 1, "XML001", "error", "x"),
]


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ([], [], "WRD001 WRD003 RNG001 HDR001"),
        (["WRD"], [], "WRD001 WRD003"),
        (["wrd001, RNG"], [], "WRD001 RNG001"),
        ([], ["WRD,HDR"], "RNG001"),
        (["WRD"], ["WRD003"], "WRD001"),
        (["WRD003"], ["WRD"], "WRD003"),
        (["ALL"], ["WRD003"], "WRD001 RNG001 HDR001"),
        (["WRD"], ["WRD"], ""),
    ],
)
def test_the_more_exact_word_decides(select: list[str], ignore: list[str], codes: str) -> None:
    selection = Selection({}, codes_of(select), codes_of(ignore))
    found = [finding.code for finding in selection.of(FOUND)]
    assert found == [*codes.split(), "XML001"], "that a file was not checked is always said"


def test_an_edition_says_how_grave_things_are() -> None:
    selection = Selection(severities_of({"WRD": "info", "WRD003": "error", "RNG001": "off"}, "edition.toml"))
    assert [(f.code, f.severity) for f in selection.of(FOUND)] == [
        ("WRD001", "info"),
        ("WRD003", "error"),
        ("HDR001", "info"),
        ("XML001", "error"),
    ]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('RNG001 = "fatal"', "RNG001"),
        ('rng1 = "off"', "rng1"),
        ('RNG999 = "off"', 'no code or family is named "RNG999"'),
        ('XML001 = "off"', "stays an error"),
    ],
)
def test_wrong_settings_are_refused(edition: Path, teipress: Run, settings: str, said: str) -> None:
    (edition / "edition.toml").write_text(f'title = "x"\n[validate.severity]\n{settings}\n')
    done = teipress("validate", cwd=edition)
    assert done.returncode == 2
    assert said in done.stderr


def test_an_unknown_code_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refusal) as refused:
        codes_of(["RNG01x"])
    assert refused.value.remedy == "did you mean RNG001?"
    assert codes_of(["SCH", "SCH101"]) == ("SCH", "SCH101"), (
        "a schema of the edition may have rules of its own"
    )


def test_severity_and_fail_on(edition: Path, teipress: Run) -> None:
    assert "WRD003" in teipress("validate", cwd=edition).stdout
    assert teipress("validate", "--severity", "warning", cwd=edition).stdout == "4 files: nothing to report\n"
    assert teipress("validate", "--fail-on", "info", cwd=edition).returncode == 1
    assert teipress("validate", "--fail-on", "info", "--ignore", "WRD", cwd=edition).returncode == 0
    break_(edition / "tei" / "b.xml")
    hidden = teipress("validate", "--ignore", "RNG", cwd=edition)
    assert hidden.returncode == 0


# -- baseline ---------------------------------------------------------------------------------------------------


def test_known_findings_stay_known_and_new_ones_fail(edition: Path, teipress: Run) -> None:
    path = edition / "tei" / "b.xml"
    break_(path)
    written = teipress("validate", "--baseline", "known.json", "--write-baseline", cwd=edition)
    assert written.returncode == 0
    assert teipress("validate", "--baseline", "known.json", cwd=edition).returncode == 0
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("<p>", "<!-- a\nb -->\n<p>", 1).replace("You ask", "You  asked"), encoding="utf-8"
    )
    moved = teipress("validate", "--baseline", "known.json", cwd=edition)
    assert (moved.returncode, moved.stderr) == (0, "")
    assert "4 known findings left out" in moved.stdout
    path.write_text(
        path.read_text(encoding="utf-8").replace("<blink/>", "<blink/><blink/>"), encoding="utf-8"
    )
    new = teipress("validate", "--baseline", "known.json", cwd=edition)
    assert new.returncode == 1
    assert "RNG001" in new.stdout
    path.write_text(path.read_text(encoding="utf-8").replace("<blink/>", ""), encoding="utf-8")
    mended = teipress("validate", "--baseline", "known.json", cwd=edition)
    assert mended.returncode == 0
    assert "1 of the known findings are gone" in mended.stderr


def test_an_edition_names_its_baseline(edition: Path, teipress: Run) -> None:
    break_(edition / "tei" / "b.xml")
    (edition / "edition.toml").write_text('title = "x"\n[validate]\nbaseline = "known.json"\n')
    assert teipress("validate", cwd=edition).returncode == 2
    assert teipress("validate", "--write-baseline", cwd=edition).returncode == 0
    assert teipress("validate", cwd=edition.parent / "letters" / "tei").returncode == 0


def test_equal_findings_are_counted(tmp_path: Path) -> None:
    found = [Finding(str(tmp_path / "a.xml"), n, 1, "RNG001", "error", "no b") for n in range(3)]
    path = tmp_path / "known.json"
    path.write_bytes(Baseline.empty(path).written(found[:2], ["a.xml"], Lines()))
    compared = Baseline.load(path).compare(found, [found[0].file], Lines())
    assert (len(compared.new), compared.known, compared.gone) == (1, 2, 0)
    assert Baseline.load(path).compare(found[:1], [found[0].file], Lines()).gone == 1


def test_a_file_that_cannot_be_checked_is_never_known(tmp_path: Path) -> None:
    found = [Finding(str(tmp_path / "a.xml"), 1, 1, "XML001", "error", "not well-formed")]
    path = tmp_path / "known.json"
    path.write_bytes(Baseline.empty(path).written(found, ["a.xml"], Lines()))
    assert Baseline.load(path).compare(found, [], Lines()).new == found


def test_a_baseline_keeps_what_was_not_examined(tmp_path: Path) -> None:
    files = [str(tmp_path / name) for name in ("a.xml", "b.xml", "gone.xml")]
    Path(files[0]).touch()
    Path(files[1]).touch()
    found = [Finding(file, 1, 1, "RNG001", "error", "no b") for file in files]
    path = tmp_path / "known.json"
    path.write_bytes(Baseline.empty(path).written(found, files, Lines()))
    path.write_bytes(Baseline.load(path).written([], files[:1], Lines()))
    assert [known.file for known in Baseline.load(path).known] == ["b.xml"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"version": 9, "known": []}', '{"version": 1, "known": [{"x": 1}]}']
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "known.json"
    with pytest.raises(Refusal):
        Baseline.load(path)
    path.write_text(content)
    with pytest.raises(Refusal, match="baseline"):
        Baseline.load(path)


# -- what has changed -------------------------------------------------------------------------------------------

Git = Callable[..., None]


@pytest.fixture
def git(edition: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Git in the edition, which is committed."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Anna")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "anna@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")

    def run(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(edition), *arguments], check=True, capture_output=True)

    run("init", "-q", "-b", "main")
    (edition / ".gitignore").write_text("/build/\n")
    run("add", ".")
    run("commit", "-q", "-m", "first")
    return run


def changed(teipress: Run, edition: Path, revision: str = "main") -> set[str]:
    done = teipress("validate", "--changed-since", revision, "--format", "junit", cwd=edition)
    assert done.returncode < 2, done.stderr
    return {line.split('"')[1] for line in done.stdout.splitlines() if "<testsuite " in line}


def test_changed_files_alone_are_checked(edition: Path, git: Git, teipress: Run) -> None:
    assert changed(teipress, edition) == set()
    break_(edition / "tei" / "b.xml")
    assert changed(teipress, edition) == {"tei/b.xml"}
    git("switch", "-q", "-c", "work")
    git("commit", "-q", "-a", "-m", "second")
    (edition / "tei" / "d ü.xml").write_text(LETTER, encoding="utf-8")
    assert changed(teipress, edition) == {"tei/b.xml", "tei/d ü.xml"}
    git("switch", "-q", "main")
    break_(edition / "tei" / "c.xml")
    git("commit", "-q", "-a", "-m", "third")
    git("switch", "-q", "work")
    assert changed(teipress, edition) == {"tei/b.xml", "tei/d ü.xml"}, (
        "what main did since is not this branch's"
    )


def test_what_a_text_rests_on_counts(edition: Path, git: Git, teipress: Run) -> None:
    (edition / "seeds").mkdir()
    (edition / "seeds" / "c.toml").write_text('title = "C"\n')
    assert changed(teipress, edition) == {"tei/c.xml"}
    register = edition / "tei" / "registers" / "persons.xml"
    register.write_text(REGISTER.replace("anna", "berta"), encoding="utf-8")
    assert changed(teipress, edition) == {"tei/c.xml", "tei/a.xml", "tei/registers/persons.xml"}
    register.unlink()
    assert changed(teipress, edition) == {"tei/c.xml", "tei/a.xml"}
    (edition / "edition.toml").write_text('title = "Other"\n')
    assert changed(teipress, edition) == {"tei/a.xml", "tei/b.xml", "tei/c.xml"}


def test_a_file_that_points_to_a_changed_one_by_a_prefix_is_checked(
    edition: Path, git: Git, teipress: Run
) -> None:
    prefix = '<encodingDesc><listPrefixDef><prefixDef ident="psn" matchPattern="(.+)" replacementPattern='
    prefix += '"registers/persons.xml#$1"/></listPrefixDef></encodingDesc></teiHeader>'
    text = (edition / "tei" / "a.xml").read_text(encoding="utf-8")
    text = text.replace("</teiHeader>", prefix).replace("registers/persons.xml#anna", "psn:anna")
    split = text.replace("persons.xml", "&#112;ersons.xml")  # the name of the file stands nowhere in it
    (edition / "tei" / "a.xml").write_text(split, encoding="utf-8")
    git("commit", "-q", "-a", "-m", "a prefix")
    register = edition / "tei" / "registers" / "persons.xml"
    register.write_text(REGISTER.replace('"anna"', '"berta"'), encoding="utf-8")
    done = teipress(
        "validate", "--changed-since", "main", "--severity", "error", "--format=json", cwd=edition
    )
    assert shown(done) == ["tei/a.xml PTR001"]


def test_what_has_changed_is_held_against_what_has_not(edition: Path, git: Git, teipress: Run) -> None:
    registers = edition / "tei" / "registers"
    one = REGISTER.replace("</person>", '<idno type="GND">1</idno></person>')
    (registers / "persons.xml").write_text(one, encoding="utf-8")
    git("commit", "-q", "-a", "-m", "an authority")
    (registers / "people.xml").write_text(one.replace("anna", "ann"), encoding="utf-8")
    options = ["--severity", "error", "--format", "json"]
    done = teipress("validate", "--changed-since", "main", *options, cwd=edition)
    whole = teipress("validate", *options, cwd=edition)
    assert [each.partition(" ")[2] for each in shown(done)] == ["REG004"]
    assert len(shown(whole)) == 1


def test_of_a_change_only_what_concerns_it_is_told(edition: Path, git: Git, teipress: Run) -> None:
    for name in ("d", "e"):
        text = (edition / "tei" / "a.xml").read_text(encoding="utf-8").replace("#anna", f"#{name}")
        (edition / "tei" / f"{name}.xml").write_text(text, encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "pointers to nobody")
    (edition / "tei" / "e.xml").write_text(text.replace("You ask", "You asked"), encoding="utf-8")
    done = teipress("validate", "--changed-since", "main", "--severity=error", "--format=json", cwd=edition)
    assert shown(done) == ["tei/e.xml PTR001"]


@pytest.mark.parametrize("revision", ["no-such", "--output=x", "HEAD~9"])
def test_an_unknown_revision_is_refused(edition: Path, git: Git, teipress: Run, revision: str) -> None:
    done = teipress("validate", f"--changed-since={revision}", cwd=edition)
    assert done.returncode == 2
    assert "knows no revision" in done.stderr


def test_without_git_there_is_no_answer(
    edition: Path, teipress: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = teipress("validate", "--changed-since", "main", cwd=edition)
    assert done.returncode == 2
    assert "Git has no repository" in done.stderr
    monkeypatch.setenv("PATH", "")
    done = teipress("validate", "--changed-since", "main", cwd=edition)
    assert (done.returncode, "install git" in done.stderr) == (2, True)


# -- what is remembered -----------------------------------------------------------------------------------------


def run(folder: Path) -> tuple[list[Finding], list[str]]:
    """Validate an edition; give the findings, and the names of the files that were examined and not remembered."""
    edition = Edition.load(folder)
    before = remembered(folder)
    files = tei_files((), edition)
    found = validate_files(files, edition)
    after = remembered(folder)
    assert found == validate_files(files, edition), "a second run says the same"
    assert found == validate_files(files, edition, afresh=True), "so does one that remembers nothing"
    return found, sorted(name for name, entry in after.items() if before.get(name) != entry)


def remembered(folder: Path) -> dict[str, object]:
    path = folder / "build" / FILE
    content = json.loads(path.read_bytes()) if path.is_file() else {"key": "", "files": {}}
    return {name: (content["key"], entry) for name, entry in content["files"].items()}


def test_what_has_not_changed_is_remembered(edition: Path) -> None:
    found, examined = run(edition)
    assert examined == ["tei/a.xml", "tei/b.xml", "tei/c.xml", "tei/registers/persons.xml"]
    assert run(edition) == (found, [])
    break_(edition / "tei" / "b.xml")
    more, examined = run(edition)
    assert examined == ["tei/b.xml"]
    assert len(more) == len(found) + 1


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("seeds/b.txt", "You ask how we live here.\n", {"tei/b.xml"}),
        ("seeds/b.toml", 'title = "B"\n', {"tei/b.xml"}),
        ("tei/decisions/b.json", '{"version": 1, "decisions": [], "woven": []}', {"tei/b.xml"}),
        (
            "edition.toml",
            'title = "Other"\n',
            {"tei/a.xml", "tei/b.xml", "tei/c.xml", "tei/registers/persons.xml"},
        ),
        (
            "schema/edition.rng",
            '<element name="x" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>',
            {"tei/a.xml", "tei/b.xml", "tei/c.xml", "tei/registers/persons.xml"},
        ),
    ],
)
def test_what_a_finding_rests_on_is_looked_at_again(
    edition: Path, name: str, content: str, wanted: set[str]
) -> None:
    run(edition)
    path = edition / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    _, examined = run(edition)
    assert set(examined) == wanted


def test_a_schema_that_a_file_names_counts_with_all_that_it_includes(edition: Path) -> None:
    model = '<?xml-model href="own/a.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>\n<TEI'
    (edition / "tei" / "b.xml").write_text(LETTER.replace("<TEI", model, 1), encoding="utf-8")
    assert "XML006" in {finding.code for finding in run(edition)[0]}
    rng = "http://relaxng.org/ns/structure/1.0"
    own = edition / "tei" / "own"
    own.mkdir()
    (own / "a.rng").write_text(f'<grammar xmlns="{rng}"><include href="b.rng"/></grammar>')
    (own / "b.rng").write_text(
        f'<grammar xmlns="{rng}"><start><ref name="x"/></start><define name="x"><element name="x"><text/></element>'
        "</define></grammar>"
    )
    found, examined = run(edition)
    assert examined == ["tei/b.xml"]
    assert "RNG001" in {finding.code for finding in found if finding.file.endswith("b.xml")}
    shutil.copy(Path(__file__).parents[1] / "schema" / "tei" / "tei_all.rng", own / "b.rng")
    found, examined = run(edition)
    assert examined == ["tei/b.xml"]
    assert "RNG001" not in {finding.code for finding in found}


def test_findings_of_the_whole_edition_are_asked_anew(edition: Path) -> None:
    assert "PTR001" not in {finding.code for finding in run(edition)[0]}
    register = edition / "tei" / "registers" / "persons.xml"
    register.write_text(REGISTER.replace('xml:id="anna"', 'xml:id="berta"'), encoding="utf-8")
    found, examined = run(edition)
    assert examined == ["tei/registers/persons.xml"]
    assert "PTR001" in {finding.code for finding in found if finding.file.endswith("a.xml")}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b'{"key": 1, "files": 2}', b'{"key": "other", "files": {"tei/a.xml": 1}}'],
)
def test_a_broken_memory_is_none(edition: Path, content: bytes) -> None:
    found, _ = run(edition)
    (edition / "build" / FILE).write_bytes(content)
    loaded = Edition.load(edition)
    assert validate_files(tei_files((), loaded), loaded) == found
    assert run(edition) == (found, [])


def test_broken_entries_are_none(edition: Path) -> None:
    found, _ = run(edition)
    path = edition / "build" / FILE
    content = json.loads(path.read_bytes())
    for entry, wrong in zip(
        content["files"].values(), ({}, {"findings": 1, "facts": {}}, None, []), strict=True
    ):
        entry["examined"] = wrong
    path.write_text(json.dumps(content))
    assert run(edition)[0] == found


def test_names_are_those_of_the_call(edition: Path, teipress: Run) -> None:
    break_(edition / "tei" / "b.xml")
    inside = shown(teipress("validate", "--format", "json", cwd=edition))
    assert "tei/b.xml RNG001" in inside
    outside = shown(teipress("validate", "letters/tei/b.xml", "--format", "json", cwd=edition.parent))
    assert "letters/tei/b.xml RNG001" in outside
    folder = shown(teipress("validate", "letters", "--format", "json", cwd=edition.parent))
    assert folder == [f"letters/{each}" for each in inside]


def test_nothing_is_remembered_on_request(edition: Path, teipress: Run) -> None:
    assert teipress("validate", "--no-cache", cwd=edition).returncode == 0
    assert not (edition / "build").exists()
