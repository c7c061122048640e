"""Pointers: whatever a file points to is there (Guidelines 1.4.2, teidata.pointer; 17.2).

Only `#id`, `file.xml#id` inside the edition, and prefixes that `prefixDef` expands into these (Guidelines
17.2.3) are looked up. Nothing outside the edition is read, and nothing is fetched.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipress.checks.subject import Subject
from teipress.document import XML, local, tei
from teipress.finding import Finding, Severity

#: Attributes that hold pointers wherever TEI has them.
POINTERS: Final = frozenset(
    """
    active ana calendar change copyOf corresp datcat datingMethod datingPoint decls domains edRef
    end exclude facs given hand inst lemmaRef location mutual new next nymRef parts passive perf
    period prev ref rendition require resp sameAs scribeRef scriptRef select since source spanTo
    start synch target targetDatcat targetEnd toWhom unitRef url valueDatcat where who wit
    """.split()  # noqa: SIM905
)
#: Attributes that hold pointers on some elements only.
POINTERS_OF: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(("catRef", "classCode", "keywords", "locus", "locusGrp"), frozenset({"scheme"})),
    **dict.fromkeys(("occupation", "socecStatus"), frozenset({"code", "scheme"})),
    **dict.fromkeys(("app", "rt", "span"), frozenset({"from", "to"})),
    **dict.fromkeys(("msItem", "msContents"), frozenset({"class"})),
    "conversion": frozenset({"fromUnit", "toUnit"}),
}
#: Where the same name means something else.
NOT_OF: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(
        ("schemaSpec", "moduleRef", "elementRef", "elementSpec", "classSpec"),
        frozenset({"source", "start", "url"}),
    ),
    "variantEncoding": frozenset({"location"}),
    "interaction": frozenset({"active", "passive"}),
}

#: Schemes that lead out of the edition and need no `prefixDef`.
_SCHEMES: Final = frozenset("about ark data doi ftp geo hdl http https info isbn mailto tag tel urn".split())  # noqa: SIM905
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_XPOINTER: Final = re.compile(r"(xpath|match|range|left|right|string-index|string-range|xpointer)\(")
_XML_FILES: Final = (".xml", ".tei", ".odd")
#: What can take a regular expression a lifetime, as a pattern comes with the file: a repeated group, or many
#: repetitions in a row.
_UNSAFE: Final = re.compile(r"\)\s*[+*{]|([+*}].*){5}", re.DOTALL)
_LONGEST: Final = 200
_INCLUDE: Final = "{http://www.w3.org/2001/XInclude}include"


@dataclass(frozen=True)
class Complaint:
    """What is wrong with a pointer, wherever it stands in the file."""

    code: str
    severity: Severity
    message: str
    remedy: str


def check(subject: Subject) -> Iterator[Finding]:
    """Yield PTR001 for a missing id, PTR002 for a missing file, PTR003 for a prefix, PTR004 for a way out.

    The same pointer is reported once for each file and attribute, where it stands first.
    """
    resolver = _Resolver(subject)
    places: dict[tuple[str, str], list[etree._Element]] = {}
    for element in subject.root.iter(f"{tei('')}*"):
        for name, value in element.attrib.items():
            if _is_pointer(element, str(name)):
                for pointer in str(value).split():
                    places.setdefault((str(name), pointer), []).append(element)
    for (name, pointer), elements in places.items():
        complaint = resolver.complaint(pointer, elements[0])
        if complaint:
            times = f" ({len(elements)} times; here first)" if len(elements) > 1 else ""
            message = f'@{name} of <{local(elements[0])}> points to "{pointer}": {complaint.message}{times}'
            yield subject.finding(elements[0], complaint.code, complaint.severity, message, complaint.remedy)


def _is_pointer(element: etree._Element, name: str) -> bool:
    kind = local(element)
    return (name in POINTERS and name not in NOT_OF.get(kind, ())) or name in POINTERS_OF.get(kind, ())


class _Resolver:
    """Follows the pointers of one file."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.home = subject.path.parent.resolve()
        self.limit = subject.edition.root.resolve() if subject.edition else self.home
        self.prefixes = [
            (each.get("ident", ""), each.get("matchPattern", ""), each.get("replacementPattern", ""))
            for each in subject.root.iter(tei("prefixDef"))
        ]
        self.includes = subject.root.find(f".//{_INCLUDE}") is not None

    def complaint(self, pointer: str, element: etree._Element) -> Complaint | None:
        """Say what is wrong with a pointer, if anything."""
        scheme = _SCHEME.match(pointer)
        if scheme and scheme[1] == "file":
            return self._way_out()
        if scheme and scheme[1] not in {ident for ident, _, _ in self.prefixes}:
            return None if scheme[1].lower() in _SCHEMES else self._unknown_prefix(scheme[1])
        if scheme:
            pointer = self._expand(scheme[1], pointer[scheme.end() :])
            if not pointer or _SCHEME.match(pointer):
                return None
        path, _, fragment = pointer.partition("#")
        if not path:
            return self._fragment(self.subject.ids, fragment, "this file")
        return None if self._based_elsewhere(element) else self._file(path, fragment)

    def _unknown_prefix(self, prefix: str) -> Complaint:
        return Complaint(
            "PTR003",
            "warning",
            f'no prefixDef in the header says what "{prefix}:" stands for',
            f'declare it: <prefixDef ident="{prefix}" matchPattern="…" replacementPattern="…"/> in listPrefixDef',
        )

    def _expand(self, prefix: str, rest: str) -> str:
        """Expand a private pointer by the first definition that matches; "" where none can be applied."""
        for ident, pattern, replacement in self.prefixes:
            if ident == prefix and len(rest) <= _LONGEST and not _UNSAFE.search(pattern):
                try:
                    match = re.fullmatch(pattern, rest)
                except re.error:
                    continue
                if match:
                    return re.sub(r"\$(\d)", functools.partial(_group, match), replacement)
        return ""

    def _fragment(self, ids: frozenset[str], fragment: str, where: str) -> Complaint | None:
        if fragment in ids or _XPOINTER.match(fragment):
            return None
        severity: Severity = "warning" if self.includes else "error"
        included = ", and what it includes is not read" if self.includes else ""
        named = f'there is no xml:id "{fragment}"' if fragment else "it names no xml:id"
        remedy = "mend the pointer, or give the element that is meant this xml:id"
        return Complaint("PTR001", severity, f"{named} in {where}{included}", remedy)

    def _based_elsewhere(self, element: etree._Element) -> bool:
        """Tell whether an `xml:base` around the element leads out of the edition."""
        steps = (element, *element.iterancestors())
        return any(_SCHEME.match(step.get(f"{{{XML}}}base", "")) for step in steps)

    def _file(self, path: str, fragment: str) -> Complaint | None:
        target = (self.home / unquote(urlsplit(path).path)).resolve()
        if not target.is_relative_to(self.limit):
            return self._way_out() if self.subject.edition else None
        if not target.is_file():
            return self._missing(path)
        if not fragment or not path.endswith(_XML_FILES):
            return None
        ids = self.subject.library.ids(target)
        if ids is None:
            return Complaint(
                "PTR002", "error", "this file cannot be read", f"mend {path}: it is not well-formed XML"
            )
        return self._fragment(ids, fragment, path)

    def _missing(self, path: str) -> Complaint:
        if path in self.subject.ids:
            return Complaint(
                "PTR002", "error", "there is no such file", f'write "#{path}": there is such an xml:id'
            )
        if not re.search(r"[./]", path):
            remedy = f'write "#{path}" where an xml:id is meant'
            return Complaint(
                "PTR002", "error" if self.subject.edition else "warning", "there is no such file", remedy
            )
        meant = self.subject.edition is not None and path.endswith(_XML_FILES)
        remedy = "mend the path, which counts from the folder of this file, or put the file there"
        return Complaint("PTR002", "error" if meant else "warning", "there is no such file", remedy)

    def _way_out(self) -> Complaint:
        return Complaint(
            "PTR004",
            "error" if self.subject.edition else "warning",
            "this leads out of the edition, where nobody else has it",
            "put the file into the edition's folder, or point to a web address",
        )


def _group(match: re.Match[str], reference: re.Match[str]) -> str:
    """Give what `$1` and the like stand for in a @replacementPattern."""
    number = int(reference[1])
    return match[number] or "" if number <= match.re.groups else ""
