"""Writes pipeline/teipress/checks/subtags.json: the subtags that a language tag may be made of (BCP 47).

    npm pack language-subtag-registry iso-639-3   (and unpack both)
    python benchmarks/make_subtags.py REGISTRY_PACKAGE ISO_PACKAGE

IANA's Language Subtag Registry is in the first package (CC0); the second (MIT) knows the codes of ISO 639-2 and
639-3 for languages that have a code of two letters, which a tag must use instead.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "pipeline" / "teipress" / "checks" / "subtags.json"


def names(records: list[dict[str, Any]]) -> dict[str, str]:
    """Give the codes of two letters by what the languages are called in English, where that is one word."""
    found = {
        re.sub(r"\s*\(.*\)|^modern ", "", name.casefold()): record["Subtag"]
        for record in reversed(records)  # of two that are called alike the first
        if record["Type"] == "language" and len(record["Subtag"]) == 2 and "Preferred-Value" not in record
        for name in record["Description"]
    }
    return {name: code for name, code in sorted(found.items()) if re.fullmatch("[a-z]{4,}", name)}


def main(registry: str, iso: str) -> None:
    """Read both packages, and write the table."""
    data = Path(registry) / "data" / "json"
    records: list[dict[str, Any]] = json.loads((data / "registry.json").read_text(encoding="utf-8"))
    known: dict[str, list[str]] = {}
    for record in records:
        known.setdefault(record["Type"], []).append(record.get("Subtag") or record["Tag"])
    short: dict[str, str] = {}
    for name in ("iso6393-to-1.js", "iso6393-to-2b.js", "iso6393-to-2t.js"):
        pairs = re.findall(r"\b([a-z]{3}): '([a-z]{2,3})'", (Path(iso) / name).read_text(encoding="utf-8"))
        for code, other in pairs:
            if len(other) == 2:
                short[code] = other
            elif code in short and other != code:
                short[other] = short[code]
    table = {
        "date": json.loads((data / "meta.json").read_text(encoding="utf-8"))["File-Date"],
        **{kind: " ".join(sorted(known[kind])) for kind in ("language", "extlang", "script", "region")},
        "grandfathered": " ".join(sorted(known["grandfathered"])),
        "variant": {
            record["Subtag"]: " ".join(record.get("Prefix", ()))
            for record in records
            if record["Type"] == "variant"
        },
        "suppress": {
            record["Subtag"]: record["Suppress-Script"] for record in records if record.get("Suppress-Script")
        },
        "preferred": {
            record["Subtag"]: record["Preferred-Value"]
            for record in records
            if record["Type"] in ("language", "region") and record.get("Preferred-Value")
        },
        "short": dict(sorted(short.items())),
        "named": names(records),
    }
    TARGET.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(records)} records of {table['date']}, {len(short)} codes of three letters with one of two")


if __name__ == "__main__":
    main(*sys.argv[1:])
