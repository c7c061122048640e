"""Deciding, as an editor does it: by key, alike everywhere, from a pipe, and on two branches at once."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from teipress import deciding
from teipress.decide import decided, waiting
from teipress.edition import Edition

SECOND = "001_9da73dbdcaf09217"


def cases(teipress: Run, edition: Path, *options: str) -> list[dict[str, Any]]:
    listed = teipress("decide", "--list", "--json", *options, cwd=edition)
    assert listed.returncode == 0, listed.stderr
    found: list[dict[str, Any]] = json.loads(listed.stdout)
    return found


def text(edition: Path) -> str:
    return (edition / "tei" / f"{SECOND}.xml").read_text(encoding="utf-8")


def key(teipress: Run, edition: Path, quote: str, *options: str) -> str:
    return next(str(case["key"]) for case in cases(teipress, edition, *options) if case["quote"] == quote)


def test_the_list_shows_what_waits_in_its_context(teipress: Run, edition: Path) -> None:
    listed = teipress("decide", "--list", cwd=edition)
    assert "Trotsky  registers/persons.xml#trotsky  (2)" in listed.stdout
    assert "negotiations the soviet" in listed.stdout or "soviet government. [Trotsky]’s" in listed.stdout
    certainties = [line.split()[0] for line in listed.stdout.splitlines() if re.match(r"\w", line)]
    assert certainties == sorted(certainties, key=["low", "medium", "high"].index)
    assert len(cases(teipress, edition)) == int(listed.stderr.split()[0])


def test_accept_and_undo(teipress: Run, edition: Path) -> None:
    before = text(edition)
    chosen = key(teipress, edition, "Trotsky")
    done = teipress("decide", chosen, "--accept", "--all-like", "--why", "who else", cwd=edition)
    assert done.returncode == 0, done.stdout + done.stderr
    after = text(edition)
    assert after.count('resp="#editors">Trotsky</persName>') == 2
    assert 'cert="high">Trotsky' not in after
    assert re.search(r'<change when="\d{4}-\d\d-\d\d" who="#editors">Proposals reviewed.</change>', after)
    # It is settled: another run leaves it, and it waits no more.
    assert teipress("encode", cwd=edition).returncode == 0
    assert text(edition) == after
    assert "Trotsky" not in {case["quote"] for case in cases(teipress, edition)}
    decided = cases(teipress, edition, "--decided")
    assert {(case["quote"], case["by"], case["why"]) for case in decided} == {
        ("Trotsky", "editors", "who else")
    }
    assert teipress("decide", chosen, "--undo", "--all-like", cwd=edition).returncode == 0
    assert re.sub(r"\s*<change when.*", "", text(edition)) == before.replace("\n      <change when", "")


def test_reject_stays_rejected(teipress: Run, edition: Path) -> None:
    assert teipress("decide", key(teipress, edition, "Ukraine"), "--reject", cwd=edition).returncode == 0
    assert "Ukraine</placeName>" not in text(edition)
    assert teipress("encode", cwd=edition).returncode == 0
    assert "Ukraine</placeName>" not in text(edition)


def test_correct_points_elsewhere(teipress: Run, edition: Path) -> None:
    ref = "registers/persons.xml#litvinov"
    assert (
        teipress("decide", key(teipress, edition, "Trotsky"), "--correct", ref, cwd=edition).returncode == 0
    )
    assert f'<persName ref="{ref}" resp="#editors">Trotsky</persName>' in text(edition)


def test_an_accepted_date_goes_around_a_correction(teipress: Run, edition: Path) -> None:
    assert teipress("decide", key(teipress, edition, "19 11"), "--accept", cwd=edition).returncode == 0
    letter = next((edition / "tei").glob("000*.xml")).read_text(encoding="utf-8")
    assert 'resp="#editors"><choice><sic>19 11</sic>' in letter
    assert teipress("validate", cwd=edition).returncode == 0


def test_decisions_make_the_file_anew(teipress: Run, edition: Path) -> None:
    teipress("decide", key(teipress, edition, "Ukraine"), "--reject", cwd=edition)
    teipress("decide", key(teipress, edition, "Trotsky"), "--accept", cwd=edition)
    after = text(edition)
    (edition / "tei" / f"{SECOND}.xml").unlink()
    assert teipress("encode", cwd=edition).returncode == 0
    # A copy without the edition's schema has nothing to point to.
    assert text(edition) == re.sub(r"\s*<change when.*|<\?xml-model.*\n", "", after)


def test_from_a_pipe(teipress: Run, edition: Path) -> None:
    lines = f"{key(teipress, edition, 'Trotsky')} accept\n\n{key(teipress, edition, 'Ukraine')} reject\n"
    done = subprocess.run(
        [sys.executable, "-m", "teipress", "decide", "-"], input=lines, cwd=edition, text=True, capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert 'resp="#editors">Trotsky' in text(edition)
    assert "Ukraine</placeName>" not in text(edition)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ffffff0", "--accept"), "names no case"),
        (("--accept",), "which proposals?"),
        ((), "decide what?"),
        (("abc", "--accept", "--by", "nobody"), 'knows no editor "nobody"'),
        (("abc", "--accept", "--reject"), "--accept and --reject at once"),
        (("abc", "--undo", "--correct", "x"), "--undo and --correct at once"),
        (("abc", "--reject", "--slip", "source"), "--slip"),
    ],
)
def test_what_is_wrong_with_the_call(
    arguments: tuple[str, ...], told: str, teipress: Run, edition: Path
) -> None:
    done = teipress("decide", *arguments, cwd=edition)
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize(
    ("said", "told", "remedy"),
    [
        ("1874-11-15", '"1874-11-15" is no pointer', "registers/FILE.xml#ID"),
        ("", "not said to what it points", "registers/FILE.xml#ID"),
        ("registers/persons.xml#zzzz", "leads nowhere", "registers/FILE.xml#ID"),
        ("registers/persons.xml#litvinof", "leads nowhere", "did you mean registers/persons.xml#litvinov?"),
        ("Litvinov", "is no pointer", "did you mean registers/persons.xml#litvinov?"),
        ("nowhere.xml#litvinov", "leads nowhere", "did you mean registers/persons.xml#litvinov?"),
        ("gnd:118624040", 'no prefixDef in the header says what "gnd:" stands for', "<prefixDef"),
        ("registers/places.xml#harbin", "is a place, and the proposal a <persName>", "<placeName>"),
    ],
)
def test_a_name_is_corrected_to_what_it_can_point_to(
    said: str, told: str, remedy: str, teipress: Run, edition: Path
) -> None:
    before = text(edition)
    done = teipress("decide", key(teipress, edition, "Trotsky"), "--correct", said, cwd=edition)
    assert (done.returncode, text(edition)) == (2, before)
    assert told in done.stderr
    assert remedy in done.stderr


def test_addresses_and_prefixes_that_are_declared_may_be_pointed_to(teipress: Run, edition: Path) -> None:
    file = edition / "tei" / f"{SECOND}.xml"
    declared = '<listPrefixDef><prefixDef ident="gnd" matchPattern="(.+)" replacementPattern="https://d-nb.info/$1"/>'
    written = text(edition).replace("<encodingDesc>", f"<encodingDesc>{declared}</listPrefixDef>")
    file.write_text(written, encoding="utf-8")
    for said in ("https://example.org/t#1", "gnd:118624040"):
        chosen = key(teipress, edition, "Trotsky")
        done = teipress("decide", chosen, "--correct", said, cwd=edition)
        assert done.returncode == 0, done.stdout + done.stderr
        assert f'<persName ref="{said}" resp="#editors">Trotsky' in text(edition)
        assert teipress("decide", chosen, "--undo", cwd=edition).returncode == 0


def test_a_date_does_not_end_before_it_begins(teipress: Run, edition: Path) -> None:
    chosen = next(case["key"] for case in cases(teipress, edition) if case["tag"] == "date")
    done = teipress("decide", str(chosen), "--correct", "1871-04-09/1871-04-06", cwd=edition)
    assert done.returncode == 2
    assert "ends before it begins" in done.stderr
    assert "1871-04-06/1871-04-09" in done.stderr


def test_nothing_of_a_pipe_is_decided_where_a_line_is_wrong(teipress: Run, edition: Path) -> None:
    before = text(edition)
    lines = (
        f"{key(teipress, edition, 'Ukraine')} reject\n{key(teipress, edition, 'Trotsky')} correct nobody\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "teipress", "decide", "-"], input=lines, cwd=edition, text=True, capture_output=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, text(edition)) == (2, before)


def test_what_was_decided_is_told(teipress: Run, edition: Path) -> None:
    chosen = key(teipress, edition, "Trotsky")
    done = teipress("decide", chosen, "--reject", cwd=edition)
    assert (
        done.stdout
        == f"rejected: <persName> “Trotsky” registers/persons.xml#trotsky ({chosen} in {SECOND})\n"
    )
    again = teipress("decide", chosen, "--accept", cwd=edition)
    assert again.returncode == 2
    assert "already decided: rejected" in again.stderr
    assert f"decide {chosen} --undo" in again.stderr
    assert teipress("decide", chosen, "--undo", cwd=edition).stdout.startswith(
        "taken back: <persName> “Trotsky”"
    )
    assert "nobody has decided about it" in teipress("decide", chosen, "--undo", cwd=edition).stderr


def test_a_decision_that_cannot_be_written_is_not_told(teipress: Run, edition: Path) -> None:
    chosen = key(teipress, edition, "Trotsky")
    file = edition / "tei" / f"{SECOND}.xml"
    file.write_text(text(edition).replace("negotiations", "talks"), encoding="utf-8")
    done = teipress("decide", chosen, "--accept", cwd=edition)
    assert done.returncode == 1
    assert "WRD002" in done.stdout
    assert "accepted" not in done.stdout
    assert "0 texts encoded anew" in done.stderr


def test_of_one_certainty_the_names_with_least_to_go_by_come_first(teipress: Run, edition: Path) -> None:
    shutil.rmtree(edition / "tei" / "registers")
    assert teipress("encode", cwd=edition).returncode == 0
    ranked = [
        case["rule"].partition(":")[0]
        for case in cases(teipress, edition)
        if case["cert"] == "low" and "rule" in case
    ]
    assert "names.gazetteer" in ranked
    assert "names.title" in ranked
    last_lone = max(n for n, rule in enumerate(ranked) if rule in ("names.listed", "names.beside"))
    assert last_lone < min(n for n, rule in enumerate(ranked) if rule == "names.title")


def test_at_a_terminal_there_is_help_and_the_last_answer_can_be_taken_back(
    edition: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["?", "u", "a", "u", "c", "nobody", "r", "q"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    first = waiting(Edition.load(edition))[0]
    deciding.interactively(Edition.load(edition), "")
    told = capsys.readouterr().out
    assert "u  undo your last answer" in told
    assert "nothing has been answered yet" in told
    assert [line.split(":")[0] for line in told.splitlines() if f"({first.key} in" in line] == [
        "accepted",
        "taken back",
        "rejected",
    ]
    assert [(case.key, case.entry.verdict) for case in decided(Edition.load(edition))] == [
        (first.key, "reject")
    ]


def test_decisions_that_cannot_be_read_stop_their_text_alone(teipress: Run, edition: Path) -> None:
    (edition / "tei" / "decisions" / f"{SECOND}.json").write_text("{", encoding="utf-8")
    others = [path for path in (edition / "tei").glob("*.xml") if path.stem != SECOND]
    others[0].unlink()
    before = text(edition)
    done = teipress("encode", cwd=edition)
    assert done.returncode == 1
    assert "ENC032" in done.stdout
    assert others[0].is_file()
    assert text(edition) == before


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_two_branches_that_decide_differently_merge(teipress: Run, edition: Path) -> None:
    git(edition, "init", "-q")
    git(edition, "add", "-A")
    git(edition, "commit", "-qm", "the edition")
    git(edition, "checkout", "-qb", "other")
    teipress("decide", key(teipress, edition, "Trotsky"), "--accept", cwd=edition)
    git(edition, "commit", "-qam", "Trotsky")
    git(edition, "checkout", "-q", "main")
    teipress("decide", key(teipress, edition, "Harbin"), "--accept", cwd=edition)
    git(edition, "commit", "-qam", "Harbin")
    merged = git(edition, "merge", "-q", "other", "-m", "both")
    assert merged.returncode == 0, merged.stdout + merged.stderr
    assert 'resp="#editors">Trotsky' in text(edition)
    assert 'resp="#editors">Harbin' in text(edition)
    assert teipress("encode", "--check", cwd=edition).returncode == 0


def test_only_what_is_reviewed_is_published(teipress: Run, edition: Path) -> None:
    teipress("decide", key(teipress, edition, "Trotsky"), "--accept", cwd=edition)
    configuration = edition / "edition.toml"
    settings = configuration.read_text(encoding="utf-8")
    configuration.write_text(
        settings.replace("[publish]", '[publish]\nencoding = "reviewed"'), encoding="utf-8"
    )
    assert teipress("publish", "--to", "html", cwd=edition).returncode == 0
    page = (edition / "build" / "html" / f"{SECOND}.html").read_text(encoding="utf-8")
    links = re.findall(r'href="(?:persons|places|organisations)\.html#([^"]+)"', page)
    assert set(links) == {"trotsky"}
    assert "Petrograd" in page
