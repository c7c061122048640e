"""Digests of elements: by them the machine knows again what it wrote."""

from __future__ import annotations

import hashlib
from copy import deepcopy

from lxml import etree

from teipress.document import local
from teipress.elements import CONTAINERS
from teipress.text import folded, wording


def digest(element: etree._Element) -> str:
    """Give the digest of an element as canonical XML, whatever stands around it."""
    copy = deepcopy(element)
    copy.tail = None
    etree.cleanup_namespaces(copy)
    return short(etree.tostring(copy, method="c14n", exclusive=True))


def short(data: bytes) -> str:
    """Give sixteen hexadecimal digits of the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def signature(element: etree._Element, words: str | None = None) -> str:
    """Give the signature of an element of a draft: its name, and short digests of its words and attributes.

    Of an element that holds only other elements the words count no more than where it begins and ends. It is signed
    with other `words` than its own where they are given.
    """
    words = folded(wording(element) if words is None else words)
    if local(element) in CONTAINERS:
        words = f"{words[:16]}…{words[-16:]}"
    attributes = "".join(f"{name!s}={value!s};" for name, value in sorted(element.items()))
    told = [local(element), short(words.encode())[:8], short(attributes.encode())[:8] if attributes else ""]
    return " ".join(filter(None, told))
