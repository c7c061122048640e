"""What is checked of every TEI file and of an edition as a whole, a file for each check.

A check of one file is a function that takes a `Subject` and yields `Finding`s, and is named in `CHECKS`; a check
of a whole edition takes a `Collection`, the facts of all files (`facts.py`), and is named in `COLLECTION_CHECKS`.
To add one, write a file here with such a function, called `check`, and name the file in its list. What a check of
the edition needs to know of a file is put into its `Facts` by `gathering.py`: what has been found on a file is
remembered until it changes, and files are not read again. A package of your own adds checks by entry points in
the groups `teipress.checks` and `teipress.collection_checks`. A check never raises on a bad document; what it
says has a code of a family and a number that nothing else has used, a message that says what is wrong, and a
remedy that says what to do. A finding about an attribute says so by `about`, and a check that another might have
forestalled looks into `Subject.said` first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Final

from teipress.checks.collection import Collection
from teipress.checks.facts import Examined, Facts
from teipress.checks.subject import Subject
from teipress.finding import Finding

__all__ = [
    "CHECKS",
    "COLLECTION_CHECKS",
    "SCHEMA_CHECKS",
    "Check",
    "Collection",
    "CollectionCheck",
    "Examined",
    "Facts",
    "Subject",
    "all_checks",
    "collection_checks",
    "schema_checks",
]

Check = Callable[[Subject], Iterable[Finding]]
CollectionCheck = Callable[[Collection], Iterable[Finding]]

#: The checks that hold a file against a schema.
SCHEMA_CHECKS: Final = ("grammar", "rules", "xsd")

#: All checks of one file, in the order in which they run; each is the function `check` of the module of its name.
CHECKS: Final = (
    *SCHEMA_CHECKS,
    "encoding",
    "identifiers",
    "pointers",
    "languages",
    "dates",
    "chronology",
    "spacing",
    "entries",
    "letters",
    "deposit",
    "header",
    "proposals",
    "links",
)

#: The checks of a whole edition.
COLLECTION_CHECKS: Final = ("crossings", "registers", "replies", "ledgers")


def _load(name: str) -> Any:
    return import_module(f"teipress.checks.{name}").check


def _added(group: str) -> dict[str, Any]:
    return {point.name: point.load() for point in sorted(entry_points(group=group), key=str)}


@cache
def schema_checks() -> dict[str, Check]:
    """Give the checks that hold a file against a schema, and import no other."""
    return {name: _load(name) for name in SCHEMA_CHECKS}


@cache
def all_checks() -> dict[str, Check]:
    """Give the checks of one file: those of this package and those that other packages add."""
    return {**_added("teipress.checks"), **{name: _load(name) for name in CHECKS}}


@cache
def collection_checks() -> dict[str, CollectionCheck]:
    """Give the checks of a whole edition: those of this package and those that other packages add."""
    return {**_added("teipress.collection_checks"), **{name: _load(name) for name in COLLECTION_CHECKS}}
