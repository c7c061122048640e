"""teipress: source texts become validated TEI P5, and TEI becomes web pages, plain text and books."""

from typing import Final

__version__: Final = "0.1.0"
