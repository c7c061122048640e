"""What is said of sources that cannot be read as they are, and of what the encoding leaves open.

Each folder of `cases/findings` is named for a code. Its sources are encoded one by one; what is said of that code is
in `golden/report.txt`, and of sources called "right" it is not said. After a change that is meant to change it, run
the tests with --record and read the difference.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CASES
from teipress import reports
from teipress.build import encode_file, sources_of
from teipress.registers import Registers
from teipress.reports import Report

FOLDERS = sorted((CASES / "findings").iterdir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_sources(
    folder: Path, tmp_path: Path, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder / "in", tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    said, wrong, right = [], 0, 0
    for source in sources_of([Path("in")]):
        target, ledger = Path("out", f"{source.stem}.xml"), Path("out", f"{source.stem}.json")
        decided = source.with_suffix(".json")
        if decided.is_file():
            ledger.parent.mkdir(exist_ok=True)
            shutil.copy(decided, ledger)
        result = encode_file(source, target, ledger, None, Registers())
        found = [finding for finding in result.findings if finding.code == folder.name]
        said += found
        assert all(finding.remedy for finding in found)
        if source.stem.startswith("right"):
            right += 1
            assert not found
            assert target.is_file()
        else:
            wrong += 1
            assert found, f"nothing is said of {source}"
    assert min(wrong, right) >= 3
    golden(folder / "golden" / "report.txt", reports.render("text", Report(sorted(said), wrong + right)))
