"""What the tests share: the command run as a user runs it, copies of the edition, and golden files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run, so that a red build is red for everybody; HYPOTHESIS_PROFILE=default explores anew.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"

Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a golden file; with --record, write it."""

    def compare(path: Path, found: str) -> None:
        if request.config.getoption("--record"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing; write it with --record, and read it"
        assert found == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def teipress(tmp_path: Path) -> Run:
    """Run the command in a folder (the test's own by default), without a terminal."""

    def run(
        *arguments: str | Path, cwd: Path = tmp_path, path: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONWARNINGS": "error", "NO_COLOR": "1"}
        if path:
            environment["PYTHONPATH"] = str(path)
        return subprocess.run(
            [sys.executable, "-m", "teipress", *map(str, arguments)],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    return run


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A copy of this repository's edition: sources, TEI, registers and decisions."""
    folder = tmp_path / "edition"
    for name in ("seeds", "tei"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "edition.toml", folder)
    return folder
