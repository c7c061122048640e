"""Whether a JSON value is plainly what a schema asks: the short way past the validator, for what is mostly right.

A ledger of a few hundred entries takes the validator longer than the grammar takes for the text. So a schema is made
into functions that only say yes or "perhaps not"; where they do not say yes, the validator has the word, and says what
is wrong. They know those keywords that this project's schemas use (JSON Schema 2020-12, Validation); of any other
keyword they never say yes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from teipress.resources import json_schema, read_schema

if TYPE_CHECKING:
    from jsonschema import ValidationError

Plain = Callable[[Any], bool]
_SAID: Final = {"$schema", "$defs", "title", "description", "default", "examples"}
#: The keywords that are known with each type.
_KNOWN: Final = {
    "string": {"pattern"},
    "integer": {"minimum"},
    "boolean": set(),
    "array": {"items", "minItems", "uniqueItems"},
    "object": {"properties", "required", "additionalProperties", "propertyNames"},
}


def faults(name: str, value: Any) -> Iterator[ValidationError]:
    """Yield what is wrong with a value by `schema/NAME.schema.json`, in the validator's words."""
    if not _plainly(name)(value):
        yield from json_schema(name).iter_errors(value)


@cache
def _plainly(name: str) -> Plain:
    schema = read_schema(name)
    return plain(schema, schema)


def plain(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Plain:
    """Give a function that says yes to a value only if `schema`, a part of the schema `whole`, allows it."""
    asked = {key: value for key, value in schema.items() if key not in _SAID}
    if asked.keys() == {"$ref"}:
        part: Any = whole
        for step in str(asked["$ref"]).removeprefix("#/").split("/"):
            part = part[step]
        return plain(part, whole)
    if asked.keys() == {"enum"}:
        words = frozenset(word for word in asked["enum"] if type(word) is str)
        return lambda value: type(value) is str and value in words
    kinds = asked.pop("type", ())
    kinds = [kinds] if isinstance(kinds, str) else kinds
    known: set[str] = set().union(*(_KNOWN.get(kind, ()) for kind in kinds))
    if not kinds or not asked.keys() <= known or not _KNOWN.keys() >= set(kinds):
        return lambda value: False
    ways = [_TYPES[kind](asked, whole) for kind in kinds]
    return ways[0] if len(ways) == 1 else lambda value: any(way(value) for way in ways)


def _string(asked: Mapping[str, Any], whole: Mapping[str, Any]) -> Plain:
    if "pattern" not in asked:
        return lambda value: type(value) is str
    search = re.compile(asked["pattern"]).search

    @lru_cache(maxsize=4096)
    def fits(value: str) -> bool:
        return search(value) is not None

    return lambda value: type(value) is str and fits(value)


def _integer(asked: Mapping[str, Any], whole: Mapping[str, Any]) -> Plain:
    least = asked.get("minimum", float("-inf"))
    return lambda value: type(value) is int and value >= least


def _boolean(asked: Mapping[str, Any], whole: Mapping[str, Any]) -> Plain:
    return lambda value: type(value) is bool


def _array(asked: Mapping[str, Any], whole: Mapping[str, Any]) -> Plain:
    item = plain(asked.get("items", {}), whole)
    least = asked.get("minItems", 0)
    if not asked.get("uniqueItems"):
        return lambda value: type(value) is list and len(value) >= least and all(map(item, value))

    def differ(value: list[Any]) -> bool:
        return all(type(each) is str for each in value) and len(set(value)) == len(value)

    return lambda value: (
        type(value) is list and len(value) >= least and all(map(item, value)) and differ(value)
    )


def _object(asked: Mapping[str, Any], whole: Mapping[str, Any]) -> Plain:
    members = {key: plain(part, whole) for key, part in asked.get("properties", {}).items()}
    required = frozenset(asked.get("required", ()))
    further = asked.get("additionalProperties", True)
    if further is not False or "propertyNames" in asked:
        every = plain(further, whole) if isinstance(further, dict) else plain({}, whole)
        name = plain({"type": "string", **asked.get("propertyNames", {})}, whole)
        return lambda value: (
            type(value) is dict
            and required <= value.keys()
            and all(map(name, value))
            and all(members.get(key, every)(each) for key, each in value.items())
        )

    def fits(value: Any) -> bool:
        if type(value) is not dict or not required <= value.keys():
            return False
        for key, each in value.items():
            member = members.get(key)
            if member is None or not member(each):
                return False
        return True

    return fits


_TYPES: Final[Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Plain]]] = {
    "string": _string,
    "integer": _integer,
    "boolean": _boolean,
    "array": _array,
    "object": _object,
}
