"""Saxon, locked: it reads no file, fetches nothing, writes nothing and runs no code of a document's own.

Out of the box it does all of that. The lock does not open again, so that a stylesheet that reads modules while
it is compiled has a processor of its own (`locked(reading=True)`, then `shut`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from saxonche import PySaxonApiError, PySaxonProcessor

_FEATURE: Final = "http://saxon.sf.net/feature/"
_SAX: Final = "http%3A//xml.org/sax/features/"
_JAXP: Final = "http%3A//www.oracle.com/xml/jaxp/properties/"
_LOCK: Final = {
    f"{_FEATURE}parserFeature?uri={_SAX}external-general-entities": "false",
    f"{_FEATURE}parserFeature?uri={_SAX}external-parameter-entities": "false",
    f"{_FEATURE}parserFeature?uri=http%3A//apache.org/xml/features/nonvalidating/load-external-dtd": "false",
    # A document may be deeper than the 100 elements that Saxon stops at, and have more attributes than 200.
    f"{_FEATURE}parserProperty?uri={_JAXP}maxElementDepth": "2000",
    f"{_FEATURE}parserProperty?uri={_JAXP}elementAttributeLimit": "10000",
    f"{_FEATURE}allow-external-functions": "false",
    f"{_FEATURE}disableXslEvaluate": "true",
}
_PROTOCOLS: Final = f"{_FEATURE}allowedProtocols"


def locked(reading: bool = False) -> PySaxonProcessor:
    """Give a new processor; with `reading` it may read files until it is `shut`."""
    processor = PySaxonProcessor(license=False)
    for feature, value in _LOCK.items():
        processor.set_configuration_property(feature, value)
    processor.set_configuration_property(_PROTOCOLS, "file" if reading else "")
    return processor


def shut(processor: PySaxonProcessor) -> None:
    """Let a processor read nothing from here on."""
    processor.set_configuration_property(_PROTOCOLS, "")


@cache
def shared() -> PySaxonProcessor:
    """Give the one processor of this process that has never read anything."""
    return locked()


def one_line(error: PySaxonApiError) -> str:
    """Give Saxon's message on one line: without warnings, the way down the stack, and this machine's paths."""
    message = " ".join(re.sub(r"file:/+\S*/", "", str(error)).split())
    message = message[max(message.find("Error "), 0) :]
    return re.split(r" (?:In (?:template|function)|During lazy evaluation|invoked by) ", message)[0]
