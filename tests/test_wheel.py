"""The wheel is whole: what it installs does the same as the checkout, without the checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Run


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as the wheel installs it, in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    built = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(built, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    target = folder / "site"
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True, capture_output=True
    )
    return target


def test_the_wheel_builds_an_edition(installed: Path, teipress: Run, tmp_path: Path) -> None:
    code = "import teipress.resources as r; print(r.XSLT)"
    where = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()) == installed / "teipress" / "_data" / "xslt"
    assert teipress("init", "mine", path=installed).returncode == 0
    built = teipress("build", cwd=tmp_path / "mine", path=installed)
    assert built.returncode == 0, built.stdout + built.stderr
    assert (tmp_path / "mine" / "build" / "print" / "first-letter.pdf").read_bytes().startswith(b"%PDF")


def test_the_wheel_gives_the_repositorys_edition(installed: Path, teipress: Run, edition: Path) -> None:
    checked = teipress("encode", "--check", cwd=edition, path=installed)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    explained = teipress("validate", "--explain", "RNG001", path=installed)
    assert explained.stdout.startswith("# RNG001: "), "the pages travel in the wheel"
    valid = teipress("validate", cwd=edition, path=installed)
    assert valid.returncode == 0, valid.stdout + valid.stderr
