"""XML Schema: what one that a file declares, or that the command names, does not allow (XSD001)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipress.checks.subject import Subject
from teipress.document import local
from teipress.finding import Finding

#: What the validator says of its own making: namespaces in braces, and Python's classes.
_INNER: Final = re.compile(r"\{[^{}]*\}| for <class '[^']*'>")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each breach."""
    schema = subject.schemas.xsd
    for breach in schema.breaches(subject.root) if schema else ():
        element = breach.element
        name = f"<{local(element)}>: " if element is not None else ""
        remedy = "mend the element, or the schema where it is too narrow"
        yield subject.finding(
            element, "XSD001", "error", f"{name}{_INNER.sub('', breach.message)[:300]}", remedy
        )
