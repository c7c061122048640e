"""How many date expressions of a table are understood: `python benchmarks/dates.py TABLE.json`.

The table is a list of objects with `id`, `text`, `lang`, `expected` (an object, a list of them, or null) and,
where there are any, `context_date` and `acceptable`. Prints what is not as expected, then the figures.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from teipress.dates import Context, understand

KEYS = ("when", "from", "to", "notBefore", "notAfter", "calendar")


def key(value: dict[str, Any]) -> dict[str, Any]:
    """Give what of an answer is compared."""
    return {name: value[name] for name in KEYS if value.get(name)}


def agrees(got: list[dict[str, Any]], wanted: Any) -> bool:
    """Tell whether the answers are those that are wanted; None wants none."""
    if wanted is None:
        return not got
    listed = wanted if isinstance(wanted, list) else [wanted]
    return [key(one) for one in got] == [key(one) for one in listed]


def is_right(item: dict[str, Any], got: list[dict[str, Any]]) -> bool:
    """Hold an answer against what is expected or acceptable; an acceptable one need not name a calendar."""
    if agrees(got, item["expected"]):
        return True
    plain = [{k: v for k, v in key(one).items() if k != "calendar"} for one in got]
    return any(agrees(got, one) or [key(one)] == plain for one in item.get("acceptable", ()))


def main() -> int:
    """Read the table, ask, and tell."""
    items = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    counts = {"positives": [0, 0], "negatives": [0, 0], "custom": [0, 0], "cert/precision": [0, 0]}
    begun = time.perf_counter()
    for item in items:
        on = date.fromisoformat(item["context_date"]) if item.get("context_date") else None
        got = [dated.interval.as_json() for dated in understand(item["text"], item["lang"], Context(on=on))]
        right = is_right(item, got)
        tally = counts["negatives" if item["expected"] is None else "positives"]
        tally[0] += right
        tally[1] += 1
        wanted = item["expected"] if isinstance(item["expected"], dict) else {}
        for name, of in (
            ("when_custom", "custom"),
            ("cert", "cert/precision"),
            ("precision", "cert/precision"),
        ):
            if name in wanted and right and len(got) == 1:
                counts[of][0] += got[0].get(name) == wanted[name]
                counts[of][1] += 1
                if got[0].get(name) != wanted[name]:
                    print(item["id"], item["text"], "  ", name, got[0].get(name), "for", wanted[name])
        if not right:
            print(
                item["id"],
                item["text"],
                "\n    wanted",
                json.dumps(item["expected"]),
                "\n    got   ",
                json.dumps([key(g) for g in got]),
            )
    for name, (good, all_) in counts.items():
        print(f"{name}: {good} of {all_}")
    print(f"{time.perf_counter() - begun:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
