"""Where files really lie, symbolic links followed; a folder is looked up once, for its many files."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path


def real(path: Path) -> Path:
    """Give the path of a file or folder with all symbolic links followed; those that lead in a circle are left."""
    written = path.absolute()
    if written.name in ("", "..") or written.is_symlink():
        return Path(os.path.realpath(written))
    return _folder(written.parent) / written.name


@lru_cache(maxsize=1024)
def _folder(folder: Path) -> Path:
    return Path(os.path.realpath(folder))
