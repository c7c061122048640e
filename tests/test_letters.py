"""Letters of many kinds: who wrote to whom, when and where, and what an editor would make of their edges.

tests/cases/letters/NAME.txt is a letter, NAME.want.toml what is to come of it: `sender`, `recipient`, `place`, `date`,
`received`, `received_place`, and `transmitted`, `redirected`, `forwarded` (name, place and day in one) as the letter
states them (a key that is missing is one that must not be answered), `letters` with a table for each of several, and
`shape`, the elements of its division.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from conftest import CASES
from teipress.build import encode_file
from teipress.document import content, local, parse, tei
from teipress.registers import Registers

LETTERS = sorted((CASES / "letters").glob("*.txt"))
_FRAMES = ("opener", "closer")


def correspondences(root: etree._Element) -> list[dict[str, Any]]:
    """Read the `correspDesc` of a file as the tables of the cases say them; what it does not say is left out."""
    return [_said(description) for description in root.iter(tei("correspDesc"))]


def _said(description: etree._Element) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for action in description.iter(tei("correspAction")):
        kind = action.get("type")
        if kind not in ("sent", "received"):
            days = [date.get("when") for date in action.iter(tei("date"))]
            said[kind] = " ".join(filter(None, [content(action), *days]))
            continue
        sent = kind == "sent"
        names = [content(name) for tag in ("persName", "orgName") for name in action.iter(tei(tag))]
        days = [date.get("when") or date.get("from") for date in action.iter(tei("date"))]
        places = [content(place) for place in action.iter(tei("placeName"))]
        found = {
            "sender" if sent else "recipient": names,
            "place" if sent else "received_place": "".join(places),
            "date" if sent else "received": "".join(filter(None, days)),
        }
        said |= {key: value for key, value in found.items() if value}
    return said


def shape(division: etree._Element) -> str:
    """Give the elements of a letter's division in short: `opener(dateline salute) p closer(salute signed)`."""
    return " ".join(
        f"{local(child)}({' '.join(map(local, child))})" if local(child) in _FRAMES else local(child)
        for child in division
    )


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_a_letter(path: Path, tmp_path: Path) -> None:
    target = tmp_path / f"{path.stem}.xml"
    encode_file(path, target, tmp_path / "ledger.json", None, Registers())
    root = parse(target.read_bytes(), path.stem).getroot()
    want = tomllib.loads(path.with_suffix(".want.toml").read_text(encoding="utf-8"))
    wanted_shape = want.pop("shape", None)
    assert correspondences(root) == want.get("letters", [want])
    if wanted_shape:
        division = next(root.iter(tei("div")))
        assert shape(division) == wanted_shape
