"""Where the packaged stylesheets, schemas and pages are: inside the wheel, or beside `pipeline/` in a checkout."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_PACKAGE: Final = Path(__file__).resolve().parent
_HOME: Final = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parents[1]

SCHEMA: Final = _HOME / "schema"
XSLT: Final = _HOME / "xslt"
PAGES: Final = _HOME / "docs" / "checks"


@cache
def read_schema(name: str) -> dict[str, Any]:
    """Give the JSON Schema `schema/NAME.schema.json`."""
    schema: dict[str, Any] = json.loads((SCHEMA / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def json_schema(name: str) -> Draft202012Validator:
    """Give the validator of `schema/NAME.schema.json`, read once; it is asked for every text of an edition."""
    from jsonschema import (
        Draft202012Validator,
    )  # slow to import, and asked only about what is not plainly right

    return Draft202012Validator(read_schema(name))
