"""What is checked of every TEI file, a file for each check.

To add a check, write a file here with a function that takes a `Subject` and yields `Finding`s, and add it to
`CHECKS`; its name there is how a report of errors in the program calls it. A package of your own adds one by
an entry point in the group `teipress.checks`. A check never raises on a bad document; what it says has a code
of a family and a number that nothing else has used, a message that says what is wrong, and a remedy that says
what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final

from teipress.checks.subject import Library, Subject
from teipress.finding import Finding

__all__ = ["CHECKS", "SCHEMA_CHECKS", "Check", "Library", "Subject", "all_checks", "schema_checks"]

Check = Callable[[Subject], Iterable[Finding]]

#: The checks that hold a file against a schema.
SCHEMA_CHECKS: Final = ("grammar", "rules", "xsd")

#: All checks, in the order in which they run; each is the function `check` of the module of its name.
CHECKS: Final = (*SCHEMA_CHECKS, "pointers", "dates", "header", "links")


def _load(name: str) -> Check:
    check: Check = import_module(f"teipress.checks.{name}").check
    return check


@cache
def schema_checks() -> dict[str, Check]:
    """Give the checks that hold a file against a schema, and import no other."""
    return {name: _load(name) for name in SCHEMA_CHECKS}


@cache
def all_checks() -> dict[str, Check]:
    """Give the checks of this package and those that other packages add."""
    others = {point.name: point.load() for point in sorted(entry_points(group="teipress.checks"), key=str)}
    return {**others, **{name: _load(name) for name in CHECKS}}
