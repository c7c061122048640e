"""ISO Schematron rules, run over a document: the rules that a grammar cannot express.

Rules are evaluated as XPath 3.1 by Saxon, without the detour through a stylesheet: every `rule/@context` is
looked for anywhere in the document, and every `assert/@test` and `report/@test` is asked of what is found
(ISO/IEC 19757-3, sections 6.5 and 6.6).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

from teipress.document import content, local, read
from teipress.finding import Refusal, Severity

_SCH: Final = {"sch": "http://purl.oclc.org/dsdl/schematron"}
_ROLES: Final[dict[str, Severity]] = {
    "fatal": "error", "error": "error", "warning": "warning", "warn": "warning", "nonfatal": "warning",
    "info": "info", "information": "info",
}  # fmt: skip

# Saxon reads and fetches files unless it is told not to, and stops at a depth of 100 elements.
_FEATURE: Final = "http://saxon.sf.net/feature/"
_LOCKS: Final = {
    f"{_FEATURE}parserFeature?uri=http%3A//xml.org/sax/features/external-general-entities": "false",
    f"{_FEATURE}parserFeature?uri=http%3A//xml.org/sax/features/external-parameter-entities": "false",
    f"{_FEATURE}parserFeature?uri=http%3A//apache.org/xml/features/nonvalidating/load-external-dtd": "false",
    f"{_FEATURE}parserProperty?uri=http%3A//www.oracle.com/xml/jaxp/properties/maxElementDepth": "2000",
    f"{_FEATURE}allowedProtocols": "",
    f"{_FEATURE}allow-external-functions": "false",
    f"{_FEATURE}disableXslEvaluate": "true",
}


@dataclass(frozen=True)
class Breach:
    """One place that breaks a rule; `element` counts the elements of the document from 0, in its order."""

    pattern: str
    severity: Severity
    element: int
    message: str
    remedy: str


@dataclass(frozen=True)
class Test:
    """One `assert` or `report`, and the XPath expression that selects the nodes which break it."""

    pattern: str
    severity: Severity
    breaking: str
    lets: str
    message: etree._Element
    remedy: str


@functools.cache
def _saxon() -> PySaxonProcessor:
    processor = PySaxonProcessor(license=False)
    for name, value in _LOCKS.items():
        processor.set_configuration_property(name, value)
    return processor


class Rules:
    """The rules of one Schematron schema."""

    def __init__(self, schema: Path) -> None:
        """Read the schema at `schema`; raise `Refusal` where it uses more of Schematron than is understood."""
        root = read(schema).getroot()
        self.schema = schema
        self.namespaces = {ns.get("prefix", ""): ns.get("uri", "") for ns in root.iterfind("sch:ns", _SCH)}
        foreign = {"title", "p", "ns", "pattern", "diagnostics"}
        for child in root.iterchildren(etree.Element):
            if local(child) not in foreign:
                raise Refusal(
                    f"{schema}:{child.sourceline}: {local(child)} is not understood in a Schematron schema"
                )
        self.remedies = {
            each.get("id", ""): content(each)
            for each in root.iterfind("sch:diagnostics/sch:diagnostic", _SCH)
        }
        self.tests = [test for pattern in root.iterfind("sch:pattern", _SCH) for test in self._tests(pattern)]

    def _tests(self, pattern: etree._Element) -> Iterator[Test]:
        earlier: list[str] = []
        for rule in pattern.iterfind("sch:rule", _SCH):
            # A node that an earlier rule of the pattern matches is not looked at again.
            context = f"//({rule.get('context')})"
            nodes = f"({context} except ({' | '.join(earlier)}))" if earlier else context
            earlier.append(context)
            lets = "".join(
                f"let ${let.get('name')} := ({let.get('value')}) return "
                for let in rule.findall("sch:let", _SCH)
            )
            for test in rule.iterfind("*"):
                if local(test) in ("assert", "report"):
                    holds = f"boolean({lets}({test.get('test')}))"
                    breaking = f"not({holds})" if local(test) == "assert" else holds
                    yield Test(
                        pattern.get("id", ""),
                        _ROLES.get(test.get("role", "error"), "error"),
                        f"{nodes}[{breaking}]",
                        lets,
                        test,
                        self.remedies.get(test.get("diagnostics", ""), ""),
                    )

    def breaches(self, root: etree._Element) -> list[Breach]:
        """Give every place in the document below `root` that breaks a rule."""
        # Without its document type declaration a document refers to nothing outside itself.
        document = _saxon().parse_xml(xml_text=etree.tostring(root, encoding="unicode", with_tail=False))
        found = []
        for test in self.tests:
            for node in self._evaluate(document, test.breaking):
                number = self._evaluate(node, "count(ancestor::*) + count(preceding::*)")[0]
                message = self._message(node, test)
                found.append(Breach(test.pattern, test.severity, int(str(number)), message, test.remedy))
        return found

    def _message(self, node: Any, test: Test) -> str:
        words = [test.message.text or ""]
        for part in test.message.iterchildren(etree.Element):
            expression = {"name": part.get("path", ".") + "/name()", "value-of": part.get("select", "''")}
            if local(part) in expression:
                words += [
                    str(item)
                    for item in self._evaluate(node, f"{test.lets}string({expression[local(part)]})")
                ]
            else:
                words.append(content(part))
            words.append(part.tail or "")
        return " ".join("".join(words).split())

    def _evaluate(self, context: Any, expression: str) -> list[Any]:
        xpath = _saxon().new_xpath_processor()
        for prefix, uri in self.namespaces.items():
            xpath.declare_namespace(prefix, uri)
        xpath.set_context(xdm_item=context)
        try:
            value = xpath.evaluate(expression)
        except PySaxonApiError as error:
            raise Refusal(f"{self.schema}: the rule {expression} does not run: {error}") from None
        return [] if value is None else [value.item_at(index) for index in range(value.size)]
