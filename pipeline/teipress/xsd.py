"""XML Schema, where a file declares one: through xmlschema, which reads nothing outside the schema's folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xmlschema
from lxml import etree

from teipress.finding import Refusal

_MOST = 1_000


@dataclass(frozen=True)
class Invalid:
    """One thing that the schema does not allow, and the element that it is about."""

    element: etree._Element | None
    message: str


class Xsd:
    """One XML Schema with what it includes; nothing is fetched."""

    def __init__(self, path: Path) -> None:
        """Read the schema at `path`; raise `Refusal` where that cannot be done."""
        self.path = path
        try:
            self._schema = xmlschema.XMLSchema(
                str(path), base_url=str(path.parent), allow="sandbox", defuse="always", timeout=5
            )
        except (xmlschema.XMLSchemaException, OSError, ValueError, RecursionError) as error:
            why = " ".join(str(error).split())[:300]
            raise Refusal(f"{path}: {why}", "mend the schema, or save what it imports beside it") from None

    def breaches(self, root: etree._Element) -> Iterator[Invalid]:
        """Yield what in the document below `root` is invalid."""
        errors = self._schema.iter_errors(root, use_location_hints=False)
        known: set[etree._Element | None] = set()
        for error in errors:
            element: Any = error.elem if isinstance(error.elem, etree._Element) else error.obj
            where = element if isinstance(element, etree._Element) else None
            if where in known:  # what follows from the first is a cascade
                continue
            known.add(where)
            if len(known) > _MOST:
                return
            yield Invalid(_child(where, error), " ".join((error.reason or error.message or "").split()))


def _child(element: etree._Element | None, error: Any) -> etree._Element | None:
    """Give the child that is wrong, where an error is about one of an element's children."""
    if element is None or getattr(error, "invalid_child", None) is None:
        return element
    child = error.invalid_child
    return child if isinstance(child, etree._Element) else element
