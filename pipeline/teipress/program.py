"""The digest of the program itself: what it has found or made holds until the program changes."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path
from typing import Final

from teipress import __version__
from teipress.resources import SCHEMA, XSLT

_PARSERS: Final = ("lxml", "saxonche", "xmlschema")
_GROUPS: Final = ("teipress.checks", "teipress.collection_checks")


@cache
def digest() -> str:
    """Give a digest of the version, the code and its data, the parsers, and the checks of other packages.

    The code itself counts, and not the version alone, so that a checkout under development forgets what it knew.
    """
    found = hashlib.sha256(f"{__version__} {sys.version_info[:2]}".encode())
    for package in _PARSERS:
        found.update(f"{package} {_version(package)}\n".encode())
    for group in _GROUPS:
        for point in sorted(entry_points(group=group), key=str):
            found.update(f"{point.value} {point.dist.version if point.dist else ''}\n".encode())
    for folder in (Path(__file__).parent, SCHEMA, XSLT):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(path.read_bytes())
    return found.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
