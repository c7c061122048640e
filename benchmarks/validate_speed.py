"""How long a run over an edition takes: whole, with nothing changed, and how much of it the grammar alone would.

    python benchmarks/validate_speed.py [FOLDER] [--texts 1000]

Makes an edition of copies of the TEI files in FOLDER (by default of this repository's `tei/`, with their sources and
ledgers, so that the wording is proved) in a temporary folder, and runs `teipress validate` on it as a user does,
process start included.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Make the edition, time the runs, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "tei")
    parser.add_argument("--texts", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        edition = Path(name)
        size = make(options.folder, edition, options.texts)
        print(f"{options.texts} texts, {size / 1e6:.1f} MB")
        whole = timed(edition, "all checks, nothing remembered", "--no-cache", "--jobs", "1")
        grammar = ROOT / "schema" / "edition.rng"
        alone = timed(edition, "RELAX NG alone", "tei", "--schema", str(grammar), "--jobs", "1")
        print(f"{'':34} all checks take {whole / alone:.2f} times as long")
        timed(edition, "first run, to be remembered")
        timed(edition, "nothing changed")
        text = next(iter(sorted((edition / "tei").glob("*.xml"))))
        text.write_bytes(text.read_bytes() + b"<!-- changed -->\n")
        timed(edition, "one text changed")


def make(folder: Path, edition: Path, texts: int) -> int:
    """Copy files until there are enough; give their size in bytes."""
    (edition / "tei").mkdir()
    (edition / "edition.toml").write_text('title = "Many texts"\n')
    if (folder / "registers").is_dir():
        shutil.copytree(folder / "registers", edition / "tei" / "registers")
    files = sorted(folder.glob("*.xml"))
    for number, path in zip(range(texts), itertools.cycle(files), strict=False):
        shutil.copy(path, edition / "tei" / f"{number:05}.xml")
        beside = [
            folder / "decisions" / f"{path.stem}.json",
            *(folder.parent / "seeds").glob(f"{path.stem}.*"),
        ]
        for file in filter(Path.is_file, beside):
            target = edition / file.relative_to(folder.parent).with_name(f"{number:05}{file.suffix}")
            target.parent.mkdir(exist_ok=True)
            shutil.copy(file, target)
    return sum(path.stat().st_size for path in (edition / "tei").rglob("*.xml"))


def timed(edition: Path, what: str, *options: str) -> float:
    """Run the command; print the seconds on the clock and of the processor, and give the latter."""
    command = [sys.executable, "-m", "teipress", "validate", "--format", "json", *options]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=edition, capture_output=True, env=os.environ, check=False)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert done.returncode < 2, done.stderr.decode()
    found = done.stdout.count(b'"code"')
    print(f"{what:34} {seconds:7.2f} s ({used:.2f} s of processors)  {found:,} findings")
    return used


if __name__ == "__main__":
    main()
