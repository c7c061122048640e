"""Deciding, as an editor does it: by key, alike everywhere, from a pipe, and on two branches at once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import Run

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
    ],
)
def test_what_is_wrong_with_the_call(
    arguments: tuple[str, ...], told: str, teipress: Run, edition: Path
) -> None:
    done = teipress("decide", *arguments, cwd=edition)
    assert done.returncode == 2
    assert told in done.stderr


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
