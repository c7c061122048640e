"""Score the names of the gold in three conditions: `python benchmarks/names.py GOLD [--conditions plain,register]`.

GOLD is a folder with `score_entities.py` and the sets named below. `plain` is what the installation finds by itself
(run it where the extra `names` is not installed), `extras` the same with the models, `register` with registers that
are made of one half of a set's documents and used on the other half, with the
proposals besides; `register-only` is without them. The register is made of the gold's mentions:
each key with the forms that it has, capitals and titles as they stand.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from xml.sax.saxutils import escape

SETS = ("frus_en_full", "pec_fr", "schnitzler_de")
KINDS = {"PER": ("person", "persName"), "PLACE": ("place", "placeName"), "ORG": ("org", "orgName")}
TITLES = re.compile(
    r"^(?:(?:Monsieur|Madame|Mr|Mrs|Sir|Lord|Dr|M|le|Président|Sénateur|Baron|Général|Professeur|Empereur|Herr"
    r"|Frau)\.? )+"
)
PROPOSALS = {"register": "true", "register-sure": '"sure"', "register-only": "false"}
EDITION = """title = "Benchmark"
licence = "unknown"
[names]
"""


def score(gold: Path, name: str, made: Path, ids: list[str]) -> None:
    """Print precision, recall and F1 of each type."""
    listed = made / "ids.txt"
    listed.write_text("\n".join(ids), encoding="utf-8")
    command = [sys.executable, gold / "score_entities.py", "--gold", gold / name / "gold", "--sys", made]
    result = subprocess.run(
        [*map(str, command), "--ids", str(listed), "--json"], capture_output=True, text=True, check=True
    )
    scores = json.loads(result.stdout)
    print(f"  text_coverage {scores['text_coverage']}")
    for kind in KINDS:
        if kind in scores:
            row = scores[kind]
            print(
                f"  {kind:<6} {row['gold']:>4}  strict P/R/F1 {row['strict_PRF']}  overlap {row['overlap_PRF']}"
            )


def encode(sources: list[Path], target: Path, *options: str) -> None:
    """Run `teipress encode` on sources."""
    command = [sys.executable, "-m", "teipress", "encode", *map(str, sources), "-o", str(target), *options]
    subprocess.run(command, capture_output=True, text=True, check=False)


def register(gold: Path, ids: list[str], folder: Path, proposals: str) -> None:
    """Make an edition with registers of what is named in some documents."""
    forms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for ident in ids:
        for span in json.loads((gold / f"{ident}.json").read_text(encoding="utf-8"))["spans"]:
            if span["type"] in KINDS and span.get("key") and not span.get("ignore"):
                form = TITLES.sub("", " ".join(span["text"].split())).strip(" ,.;")
                named = form[:1].isupper() or form[:2] in ("d'", "d’")
                if len(form) > 2 and named and not TITLES.fullmatch(f"{form} "):
                    forms[span["type"], span["key"]][form] += 1
    registers = folder / "tei" / "registers"
    registers.mkdir(parents=True)
    (folder / "edition.toml").write_text(EDITION + f"proposals = {proposals}\n", encoding="utf-8")
    for kind, (entry, tag) in KINDS.items():
        entries = [
            f'<{entry} xml:id="e{number}">'
            + "".join(f"<{tag}>{escape(form)}</{tag}>" for form in sorted(listed))
            + f"</{entry}>"
            for number, ((type_, _), listed) in enumerate(sorted(forms.items()))
            if type_ == kind
        ]
        group = f"list{entry.capitalize()}"
        (registers / f"{entry}s.xml").write_text(
            f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><{group}>{"".join(entries)}</{group}></standOff></TEI>',
            encoding="utf-8",
        )


def main() -> None:
    """Run the conditions that were asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("gold", type=Path)
    parser.add_argument("--conditions", default="plain,register,register-only")
    options = parser.parse_args()
    conditions = options.conditions.split(",")
    for name in SETS:
        sources = sorted((options.gold / name / "input").glob("*.txt"))
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder)
            for condition in conditions:
                began = time.perf_counter()
                if condition.startswith("register"):
                    half = sources[: len(sources) // 2]
                    rest = sources[len(sources) // 2 :]
                    register(
                        options.gold / name / "gold",
                        [path.stem for path in half],
                        made / condition / "edition",
                        PROPOSALS[condition],
                    )
                    encode(rest, made / condition, "--edition", str(made / condition / "edition"))
                else:
                    rest = sources
                    encode(rest, made / condition)
                print(f"{name}: {condition}, {time.perf_counter() - began:.1f} s")
                score(options.gold, name, made / condition, [path.stem for path in rest])


if __name__ == "__main__":
    main()
