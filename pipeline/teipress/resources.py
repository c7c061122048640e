"""Where the packaged stylesheets, schemas and pages are: inside the wheel, or beside `pipeline/` in a checkout."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_HOME: Final = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parents[1]

SCHEMA: Final = _HOME / "schema"
XSLT: Final = _HOME / "xslt"
PAGES: Final = _HOME / "docs" / "checks"
