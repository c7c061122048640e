"""What is plainly right by a JSON Schema needs no validator: the short way never allows what the schema forbids."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teipress.resources import json_schema, read_schema
from teipress.shapes import faults, plain

ROOT = Path(__file__).parents[1]
SCHEMAS = ["decisions", "sidecar", "edition"]
LEDGER = json.loads((ROOT / "tei/decisions/000_53d4ebb170508acc.json").read_text(encoding="utf-8"))

#: Values that a person might write in place of another, and what only JSON knows.
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 9),
    st.just(1.0),
    st.sampled_from(["", " ", "x", "accept", "1918-08-01"]),
)
KEYS = sorted(
    {key for name in SCHEMAS for key in read_schema(name)["properties"]} | {"quote", "verdict", "start"}
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inside, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("name", SCHEMAS)
@given(value=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
def test_the_short_way_allows_nothing_that_the_schema_forbids(name: str, value: dict[str, Any]) -> None:
    schema = read_schema(name)
    if plain(schema, schema)(value):
        assert not list(json_schema(name).iter_errors(value))
    assert [each.message for each in faults(name, value)] == [
        each.message for each in json_schema(name).iter_errors(value)
    ]


@given(data=st.data())
def test_a_ledger_with_one_thing_changed_is_told_by_the_validator(data: st.DataObject) -> None:
    ledger = json.loads(json.dumps(LEDGER))
    place: Any = ledger
    while True:
        key: Any = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not place[key] or not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            break
        place = place[key]
    if data.draw(st.booleans()) and isinstance(place, dict):
        del place[key]
    else:
        place[key] = data.draw(VALUES)
    assert bool(list(faults("decisions", ledger))) == bool(list(json_schema("decisions").iter_errors(ledger)))


def test_what_the_program_writes_goes_the_short_way() -> None:
    schema = read_schema("decisions")
    for file in sorted((ROOT / "tei/decisions").glob("*.json")):
        assert plain(schema, schema)(json.loads(file.read_text(encoding="utf-8")))


def test_a_keyword_that_is_not_known_is_left_to_the_validator() -> None:
    assert not plain({"type": "string", "maxLength": 3}, {})("long")
    assert not plain({"const": 1}, {})(1)
