"""Where a project begins: the services that show findings beside the code name files from there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from teipress.places import real

#: Where the services say what they have checked out.
_CHECKOUTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


@dataclass(frozen=True)
class Project:
    """The folder of a project, which files are named from."""

    root: Path

    @classmethod
    def around(cls, folder: Path) -> Project:
        """Find the checkout that a folder lies in, or else the Git repository; else it is the folder itself."""
        place = folder.resolve()
        for name in _CHECKOUTS:
            checkout = os.environ.get(name, "")
            if checkout and place.is_relative_to(Path(checkout).resolve()):
                return cls(Path(checkout).resolve())
        return cls(next((step for step in (place, *place.parents) if (step / ".git").exists()), place))

    def name(self, file: str) -> str:
        """Name a file from the project's folder, with slashes; one that lies elsewhere by its whole path."""
        path = _resolved(file)
        return (path.relative_to(self.root) if path.is_relative_to(self.root) else path).as_posix()

    def inside(self, file: str) -> bool:
        """Tell whether a file lies in the project."""
        return _resolved(file).is_relative_to(self.root)

    def uri(self, file: str) -> str:
        """Give the file's address: from the project's folder, or whole for one that lies elsewhere."""
        return quote(os.fsencode(self.name(file))) if self.inside(file) else _resolved(file).as_uri()


@lru_cache(maxsize=4096)  # the findings on a file come one after the other
def _resolved_in(folder: str, file: str) -> Path:
    return real(Path(folder, file))


def _resolved(file: str) -> Path:
    return _resolved_in(os.getcwd(), file)  # noqa: PTH109 (as text, for the cache)
