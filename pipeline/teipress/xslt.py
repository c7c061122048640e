"""XSLT 3.0 through Saxon, locked: a stylesheet reads its own modules and nothing else, and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from saxonche import PySaxonApiError

from teipress.finding import Refusal
from teipress.resources import XSLT
from teipress.saxon import locked, one_line, shut


class TransformationError(Exception):
    """A stylesheet stopped on a document; the message is Saxon's, on one line."""


class Stylesheet:
    """A compiled output: the named templates "pages" and "page" (xslt/lib/edition.xsl says what they are given).

    Each has a processor of its own, for Saxon's lock does not open again: files may be read until the
    modules are compiled, and never after.
    """

    def __init__(self, path: Path) -> None:
        """Compile the stylesheet at `path`; raise `Refusal` where it has an error."""
        self._saxon = locked(reading=True)
        try:
            compiler = self._saxon.new_xslt30_processor()
            # An edition's own stylesheet imports the packaged one by this static parameter.
            compiler.set_parameter("teipress", self._saxon.make_string_value(f"{XSLT.as_uri()}/"))
            self._program = compiler.compile_stylesheet(stylesheet_file=str(path))
        except PySaxonApiError as error:
            raise Refusal(f"{path}: {one_line(error)}", "mend the stylesheet") from None
        shut(self._saxon)

    def give(
        self, documents: Mapping[str, Sequence[tuple[str, etree._ElementTree]]], settings: Mapping[str, Any]
    ) -> None:
        """Set the parameters: arrays of documents (each with its URI) by name, and `edition` from `settings`."""
        for name, group in documents.items():
            nodes = [self._node(uri, tree) for uri, tree in group]
            self._program.set_parameter(name, self._saxon.make_array(nodes))
        self._program.set_parameter("edition", self._saxon.parse_json(json_text=json.dumps(settings)))

    def _node(self, uri: str, tree: etree._ElementTree) -> Any:
        builder = self._saxon.new_document_builder()
        builder.set_base_uri(uri)
        text = etree.tostring(tree.getroot(), encoding="unicode", with_tail=False)
        return builder.parse_xml(xml_text=text)

    def pages(self) -> list[str]:
        """List the files that the stylesheet makes of what it was given."""
        self._program.set_result_as_raw_value(True)
        value = self._call(self._program.call_template_returning_value, "pages")
        self._program.set_result_as_raw_value(False)
        return [item.string_value for item in value or ()]

    def page(self, name: str) -> str:
        """Make one of them; raise `TransformationError` where the stylesheet cannot."""
        self._program.set_initial_template_parameters(False, {"page": self._saxon.make_string_value(name)})
        text: str | None = self._call(self._program.call_template_returning_string, "page")
        return text or ""

    @staticmethod
    def _call(call: Any, template: str) -> Any:
        try:
            return call(template)
        except PySaxonApiError as error:
            raise TransformationError(one_line(error)) from None


@cache
def stylesheet(path: Path) -> Stylesheet:
    """Compile the stylesheet at `path`, once in each process."""
    return Stylesheet(path)
