"""What the checks take beside the grammar: python benchmarks/checks_speed.py FOLDER [TIMES]

Reads every .xml file below a folder, and says for each check what it took (processor time, the least of several
runs, when the grammar's automaton and all other memories are warm), in milliseconds a megabyte and as a share of
what parsing and RELAX NG take together. The last line holds all of them against libxml2's RELAX NG as well.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from teipress.checks import Subject, all_checks
from teipress.checks.gathering import gather
from teipress.document import parse
from teipress.finding import Rejected
from teipress.schemas import TEI_ALL, Schemas

OTHER = "libxml2"


def main(folder: str, times: str = "3") -> None:
    """Measure, and print a table."""
    gc.set_threshold(100_000, 20, 100)
    schemas = Schemas(TEI_ALL)
    other = etree.RelaxNG(etree.parse(TEI_ALL))
    took: dict[str, list[float]] = {}
    size = 0
    files = [(path, path.read_bytes()) for path in sorted(Path(folder).rglob("*.xml"))]
    for _ in range(int(times)):
        run: dict[str, float] = {}
        size = 0
        for path, data in files:

            def timed(name: str, work: Callable[[], object], run: dict[str, float] = run) -> None:
                begin = time.process_time()
                work()
                run[name] = run.get(name, 0.0) + time.process_time() - begin

            try:
                timed("parsing", lambda data=data, path=path: parse(data, str(path), ids=False))
            except Rejected:
                continue
            size += len(data)
            subject = Subject(path, str(path), data, parse(data, str(path), ids=False), None, schemas)
            for name, check in all_checks().items():
                timed(name, lambda check=check, subject=subject: list(check(subject)))
                if name == "grammar":  # whose list of the elements the survey takes
                    timed("survey", lambda subject=subject: subject.survey.attributes)
            timed("facts", lambda subject=subject: gather(subject))
            timed(OTHER, lambda subject=subject: other.validate(subject.tree))
        for name, seconds in run.items():
            took.setdefault(name, []).append(seconds)
    least = {name: min(seconds) for name, seconds in took.items()}
    theirs = least["parsing"] + least.pop(OTHER)
    base = least["parsing"] + least["grammar"]
    for name, seconds in sorted(least.items(), key=lambda item: -item[1]):
        print(f"{name:12} {seconds * 1e9 / size:7.1f} ms/MB {100 * seconds / base:6.1f} %")
    whole = sum(least.values())
    print(f"all together {whole / base:.2f} times parsing and RELAX NG, on {size / 1e6:.1f} MB")
    print(f"             {whole / theirs:.2f} times parsing and libxml2's RELAX NG")


if __name__ == "__main__":
    main(*sys.argv[1:])
