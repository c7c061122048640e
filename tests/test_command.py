"""The command as a user runs it: in a new edition, on anybody's files, and on bad input."""

from __future__ import annotations

import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html

from conftest import ROOT, Run
from teipress.edition import Edition

LETTER = "Oban, 2 June 1871\n\nDear Ann,\n\nThe boat is mended.\n\nYours truly,\nMary Bell\n"


def files(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder, but for the memory of what is out of date."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".teipress.json"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_new_edition_is_built_and_built_again(teipress: Run, tmp_path: Path) -> None:
    made = teipress("init", "mine")
    assert made.returncode == 0, made.stderr
    assert "mine/edition.toml" in made.stdout.replace("\\", "/")
    edition = tmp_path / "mine"
    built = teipress("build", cwd=edition)
    assert built.returncode == 0, built.stdout + built.stderr
    for output in (
        "html/index.html",
        "html/first-letter.html",
        "text/first-letter.txt",
        "print/first-letter.pdf",
    ):
        assert (edition / "build" / output).stat().st_size > 200, output
    before = files(edition)
    again = teipress("build", cwd=edition)
    assert again.returncode == 0
    assert "0 encoded anew" in again.stderr
    assert "0 made anew" in again.stderr
    assert files(edition) == before
    # Even with nothing remembered, the same bytes come of the same inputs.
    shutil.rmtree(edition / "build")
    assert teipress("build", cwd=edition).returncode == 0
    assert files(edition) == before


def made_edition(teipress: Run, folder: Path) -> Path:
    """A new edition with two texts, built."""
    assert teipress("init", folder).returncode == 0
    (folder / "seeds" / "boat.txt").write_text(LETTER, encoding="utf-8")
    built = teipress("build", cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def links_of(edition: Path, name: str) -> list[str]:
    page = html.parse(str(edition / "build" / "html" / f"{name}.html")).getroot()
    return page.xpath("//p[@class = 'downloads']/a/@href")


def test_pages_link_to_the_other_outputs_from_the_first_build_on(teipress: Run, tmp_path: Path) -> None:
    edition = made_edition(teipress, tmp_path / "mine")
    assert links_of(edition, "boat") == ["tei/boat.xml", "../text/boat.txt", "../print/boat.pdf"]
    # A file that is no more is made again, and the pages, which link to it, stay as they are.
    (edition / "build" / "print" / "boat.pdf").unlink()
    assert "1 made anew" in teipress("build", cwd=edition).stderr
    assert links_of(edition, "boat")[2] == "../print/boat.pdf"
    config = edition / "edition.toml"
    text = re.sub(r"outputs = .*", 'outputs = ["html"]', config.read_text(encoding="utf-8"))
    config.write_text(text, encoding="utf-8")
    shutil.rmtree(edition / "build")
    assert "1 output (1 made anew)" in teipress("build", cwd=edition).stderr
    assert links_of(edition, "boat") == ["tei/boat.xml"]


def test_what_came_of_a_text_that_is_gone_is_removed(teipress: Run, tmp_path: Path) -> None:
    edition = made_edition(teipress, tmp_path / "mine")
    of_the_boat = {"html/boat.html", "html/tei/boat.xml", "text/boat.txt", "print/boat.pdf"}
    before = set(files(edition / "build"))
    assert of_the_boat <= before
    (edition / "build" / "html" / "boat.notes.html").write_text("a person's own")
    (edition / "tei" / "boat.xml").unlink()
    (edition / "seeds" / "boat.txt").unlink()
    done = teipress("build", cwd=edition)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(files(edition / "build")) == (before - of_the_boat) | {"html/boat.notes.html"}
    assert "tei/decisions/boat.json: warning WRD013" in done.stdout.replace("\\", "/")
    (edition / "tei" / "decisions" / "boat.json").unlink()
    assert "WRD013" not in teipress("build", cwd=edition).stdout
    # Where only the source is gone, the text stays.
    (edition / "seeds" / "ship.txt").write_text(LETTER, encoding="utf-8")
    teipress("build", cwd=edition)
    (edition / "seeds" / "ship.txt").unlink()
    teipress("build", cwd=edition)
    assert (edition / "build" / "text" / "ship.txt").is_file()
    assert "or remove the TEI file" in teipress("validate", cwd=edition).stdout


def test_a_text_that_cannot_be_published_keeps_its_pages(teipress: Run, tmp_path: Path) -> None:
    edition = made_edition(teipress, tmp_path / "mine")
    (edition / "seeds" / "boat.txt").unlink()
    (edition / "tei" / "boat.xml").write_text("<TEI>", encoding="utf-8")
    done = teipress("build", cwd=edition)
    assert done.returncode == 1
    assert "published all the same" in done.stderr
    assert (edition / "build" / "html" / "boat.html").is_file()


def test_a_record_of_outputs_removes_nothing_elsewhere(teipress: Run, tmp_path: Path) -> None:
    edition = made_edition(teipress, tmp_path / "mine")
    state = edition / "build" / ".teipress.json"
    record = json.loads(state.read_bytes())
    record["publish text"] |= {
        "files": ["../edition.toml", str(edition / "README.md"), "text/gone.txt"],
        "key": "",
    }
    state.write_text(json.dumps(record))
    assert teipress("build", cwd=edition).returncode == 0
    assert (edition / "edition.toml").is_file()
    assert (edition / "README.md").is_file()


def test_a_build_counts_the_notes_that_validate_shows(teipress: Run, tmp_path: Path) -> None:
    edition = made_edition(teipress, tmp_path / "mine")
    (edition / "build" / ".teipress.json").unlink()
    (count,) = re.findall(
        r"(\d+) notes?, which `teipress validate` shows", teipress("build", cwd=edition).stderr
    )
    assert f"{count} notes" in teipress("validate", cwd=edition).stdout.splitlines()[-1]


def test_one_source_is_one(teipress: Run, tmp_path: Path) -> None:
    (tmp_path / "boat.txt").write_text(LETTER, encoding="utf-8")
    done = teipress("encode", "boat.txt", "-o", "out")
    assert "1 source, 1 written" in done.stderr
    # The genre that was guessed can be confirmed, and the others are named.
    assert 'genre = "letter"; or name another: paper, diary' in done.stdout


def test_init_overwrites_nothing(teipress: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    refused = teipress("init")
    assert refused.returncode == 2
    assert "README.md is there already" in refused.stderr
    assert files(tmp_path) == {"README.md": b"mine"}


def test_the_repository_is_what_its_sources_give(teipress: Run, edition: Path) -> None:
    before = files(edition)
    assert teipress("encode", "--check", cwd=edition).returncode == 0
    assert teipress("encode", cwd=edition).returncode == 0
    assert files(edition) == before
    shutil.rmtree(edition / "tei" / "decisions")
    checked = teipress("encode", "--check", cwd=edition)
    assert checked.returncode == 1
    assert "would change" in checked.stderr


def test_encode_elsewhere_leaves_the_edition_alone(teipress: Run, edition: Path, tmp_path: Path) -> None:
    before = files(edition)
    (tmp_path / "a letter.txt").write_text(LETTER, encoding="utf-8")
    done = teipress("encode", tmp_path / "a letter.txt", "-o", tmp_path / "out", cwd=edition)
    assert done.returncode == 0, done.stdout + done.stderr
    tei = (tmp_path / "out" / "a letter.xml").read_text(encoding="utf-8")
    assert '<salute>Dear <persName resp="#teipress" cert="low">Ann</persName>,</salute>' in tei
    assert 'correspAction type="sent"' in tei
    assert files(edition) == before


def test_encode_elsewhere_with_the_registers_of_an_edition(
    teipress: Run, edition: Path, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("Litvinov left for Petrograd on 3 May 1917.\n", encoding="utf-8")
    done = teipress("encode", tmp_path / "note.txt", "-o", tmp_path / "out", "--edition", edition)
    assert done.returncode == 0, done.stdout + done.stderr
    tei = (tmp_path / "out" / "note.xml").read_text(encoding="utf-8")
    assert ">Litvinov</persName>" in tei
    assert '<date when="1917-05-03"' in tei


def bad_folder(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (folder / "latin.txt").write_bytes("Crème, été, là, ".encode() * 5 + "brûlé".encode("latin-1"))
    (folder / "toml.txt").write_text(LETTER)
    (folder / "toml.toml").write_text('title = "unfinished\n')
    (folder / "key.txt").write_text(LETTER)
    (folder / "key.toml").write_text('titel = "x"\n')
    (folder / "genre.txt").write_text(LETTER)
    (folder / "genre.toml").write_text('genre = "sonnet"\n')
    (folder / "folder").mkdir()
    (folder / "picture.png").write_bytes(b"\x89PNG")


@pytest.mark.parametrize(
    ("source", "code", "told"),
    [
        ("empty.txt", 1, "SRC001"),
        ("binary.txt", 1, "SRC002"),
        ("latin.txt", 1, "error SRC003: not UTF-8: byte 0xFB"),
        ("missing.txt", 2, "missing.txt: no such file or folder"),
        ("folder", 2, "no source texts in this folder"),
        ("picture.png", 2, "no reader for .png"),
        ("toml.txt", 2, "toml.toml: not TOML"),
        ("key.txt", 2, 'did you mean "title"?'),
        ("genre.txt", 2, 'key "genre"'),
    ],
)
def test_a_bad_source(source: str, code: int, told: str, teipress: Run, tmp_path: Path) -> None:
    bad_folder(tmp_path)
    before = files(tmp_path)
    done = teipress("encode", source, "-o", "out")
    assert done.returncode == code, done.stdout + done.stderr
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert files(tmp_path) == before


XXE = '<!DOCTYPE TEI [<!ENTITY secret SYSTEM "{uri}">]><TEI xmlns="http://www.tei-c.org/ns/1.0"><p>&secret;</p></TEI>'


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("open.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text></TEI>', 1, "open.xml:2:"),
        ("empty.xml", "", 1, "XML001"),
        ("secret.xml", XXE, 1, "XML002"),
        ("other.xml", "<html/>", 1, "RNG001"),
        ("missing.xml", None, 2, "no such file"),
    ],
)
def test_a_bad_tei_file(
    name: str, content: str | None, code: int, told: str, teipress: Run, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    if content is not None:
        (tmp_path / name).write_text(content.replace("{uri}", secret.as_uri()))
    done = teipress("validate", name)
    assert done.returncode == code, done.stdout + done.stderr
    assert told in done.stdout + done.stderr
    assert "the secret" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_one_bad_source_does_not_stop_the_others(teipress: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(LETTER)
    (tmp_path / "in" / "bad.txt").write_bytes(b"")
    done = teipress("encode", "in", "-o", "out")
    assert done.returncode == 1
    assert (tmp_path / "out" / "good.xml").is_file()
    assert not (tmp_path / "out" / "bad.xml").exists()


def test_validate_prints_json(teipress: Run, edition: Path) -> None:
    done = teipress("validate", "--format", "json", cwd=edition)
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert report["files"] == 5
    older = [finding for finding in report["findings"] if finding["code"] == "DAT010"]
    assert [finding["severity"] for finding in older] == ["warning"]
    assert set(older[0]) == {"code", "severity", "file", "line", "column", "message", "remedy"}


def test_a_changed_word_is_found(teipress: Run, edition: Path) -> None:
    path = next((edition / "tei").glob("000*.xml"))
    text = path.read_text(encoding="utf-8")
    before = text[: text.index("enduring peace")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    path.write_text(text.replace("enduring peace", "lasting peace"), encoding="utf-8")
    done = teipress("validate", cwd=edition)
    assert done.returncode == 1
    assert f"{path.name}:{line}:{column}: error WRD001" in done.stdout
    # Nothing is overwritten while source and file differ.
    edited = path.read_bytes()
    assert teipress("encode", cwd=edition).returncode == 1
    assert path.read_bytes() == edited


def test_what_is_wrong_with_the_call(teipress: Run, tmp_path: Path) -> None:
    for arguments, told in [
        (("build",), "there is no edition.toml"),
        (("validate",), "there is no edition.toml"),
        (("encode", "x.txt"), "-o DIR"),
        (("validate", "x.xml", "--format", "tabular"), 'no format is named "tabular"'),
        (("frobnicate",), "No such command"),
    ]:
        done = teipress(*arguments)
        assert done.returncode == 2, arguments
        assert told in done.stderr, arguments


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["init"],
        ["date"],
        ["align"],
        ["decide"],
        ["register", "merge"],
        ["build"],
        ["encode"],
        ["validate"],
        ["publish"],
        ["schema", "build"],
    ],
)
def test_help_shows_an_example(command: list[str], teipress: Run) -> None:
    done = teipress(*command, "--help")
    assert done.returncode == 0
    assert "teipress " + " ".join(command or ["init"]) in done.stdout.replace("Usage: python -m teipress", "")


def test_the_seeds_are_kept_byte_for_byte() -> None:
    edition = Edition.load(ROOT)
    digests = {path.name: sha256(path.read_bytes()).hexdigest() for path in edition.seeds.glob("*.txt")}
    assert digests == {
        "000_53d4ebb170508acc.txt": "826489ea6bf0a01c6886be2d01f142126ce0a1fbe58f347445491189a28e7472",
        "001_9da73dbdcaf09217.txt": "856ca768f8f9ca841d60238485fc9f2bc210ec9386af4f237704f4a5ee74ed18",
    }


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("-", "standard input is not read"),
        ("*.tei", "no file matches this"),
        ("letters\\a.xml", "did you mean letters/a.xml?"),
        ("letters/no.xml", "no such file or folder"),
    ],
)
def test_files_that_are_not_there_are_refused(tmp_path: Path, teipress: Run, asked: str, said: str) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.xml").write_text("<a/>")
    done = teipress("validate", asked)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_a_pattern_names_files(tmp_path: Path, teipress: Run) -> None:
    for name in ("a", "b", "c"):
        folder = tmp_path / "letters" / name
        folder.mkdir(parents=True)
        (folder / f"{name}.xml").write_text("<a")
    done = teipress("validate", "letters/**/[ab].xml", "letters/a/a.xml")
    assert [line.partition(":")[0] for line in done.stdout.splitlines() if "XML001" in line] == [
        "letters/a/a.xml",
        "letters/b/b.xml",
    ]
