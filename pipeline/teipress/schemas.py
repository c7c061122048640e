"""Which schemas a file is held against, and the engines that they need, each loaded once in a process.

The order is: what the command names; what `edition.toml` names; what the file itself names in an `xml-model`
instruction or `xsi:schemaLocation`; the edition's own or packaged schema, and outside an edition TEI P5. A
schema that a file names is read only from inside the edition (outside one, from below the file's folder), and
none is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipress.document import parse
from teipress.edition import Edition
from teipress.finding import Refusal, Rejected
from teipress.resources import SCHEMA

if TYPE_CHECKING:
    from teipress.relaxng import Grammar
    from teipress.schematron import Rules
    from teipress.xsd import Xsd

RNG: Final = "http://relaxng.org/ns/structure/1.0"
SCHEMATRON: Final = "http://purl.oclc.org/dsdl/schematron"
XSD: Final = "http://www.w3.org/2001/XMLSchema"
TEI_ALL: Final = SCHEMA / "tei" / "tei_all.rng"

_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_REMEDY: Final = (
    "give --schema a RELAX NG grammar in XML syntax (.rng), a Schematron schema (.sch) or an XSD (.xsd)"
)
_PSEUDO: Final = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LANGUAGES: Final = {RNG: "grammar", SCHEMATRON: "rules", XSD: "xsd"}
_INCLUDES: Final = re.compile(rb"<(?:\w+:)?(?:include|externalRef)\b|<!ENTITY")
_REGEX: Final = re.compile(rb"""\bname\s*=\s*["']\s*pattern\s*["'][^>]*>([^<]*)<""")
#: A repeated group, or many repetitions in a row; also characters written as references, which might be such.
_SLOW: Final = re.compile(rb"\)\s*(?:[+*]|\{\d*,?\d{2}|\{\d+,\})|([+*}].*){8}|&#", re.DOTALL)


class Unusable(Exception):
    """A schema that a file names for itself cannot be used; the message says why, and what is done instead."""


@dataclass(frozen=True)
class Schemas:
    """What files are held against; each is read once in a process, when the first file needs it."""

    grammar_file: Path | None = None
    rules_files: tuple[Path, ...] = ()
    xsd_file: Path | None = None

    @cached_property
    def tame(self) -> bool:
        """Whether holding a file against them is known to come to an end.

        The rules of others may run for ever, so that they are run where they can be stopped.
        """
        return all(map(_packaged, self.rules_files)) and not self.xsd_file and _tame(self.grammar_file)

    @cached_property
    def grammar(self) -> Grammar | None:
        """The RELAX NG grammar; raises `Refusal` where it cannot be read."""
        return _grammar(self.grammar_file) if self.grammar_file else None

    @cached_property
    def rules(self) -> tuple[Rules, ...]:
        """The Schematron rules; raises `Refusal` where they cannot be read."""
        return tuple(map(_rules, self.rules_files))

    @cached_property
    def xsd(self) -> Xsd | None:
        """The XML Schema; raises `Refusal` where it cannot be read."""
        return _xsd(self.xsd_file) if self.xsd_file else None


@cache
def _grammar(path: Path) -> Grammar:
    from teipress.relaxng import Grammar

    return Grammar(path, trusted=_packaged(path))


@cache
def _rules(path: Path) -> Rules:
    from teipress.schematron import Rules

    return Rules(path)


@cache
def _xsd(path: Path) -> Xsd:
    from teipress.xsd import Xsd

    return Xsd(path)


def _packaged(path: Path) -> bool:
    """Tell whether a schema comes with the program, or is TEI P5's byte for byte."""
    if path.is_relative_to(SCHEMA):
        return True
    same = path.is_file() and path.stat().st_size == TEI_ALL.stat().st_size
    return same and path.read_bytes() == TEI_ALL.read_bytes()


def given(schemas: Iterable[Path]) -> Schemas:
    """Give the schemas at these paths, by the language that each is written in; raise `Refusal` for another."""
    return _sorted((_language(path), path) for path in schemas)


def _sorted(named: Iterable[tuple[str, Path]]) -> Schemas:
    grammar = xsd = None
    rules: list[Path] = []
    for language, path in named:
        if language == "grammar":
            grammar = grammar or path
        elif language == "xsd":
            xsd = xsd or path
        else:
            rules.append(path)
    return Schemas(grammar, tuple(rules), xsd)


def _language(path: Path) -> str:
    if _packaged(path) and path.suffix == ".rng":
        return "grammar"
    try:
        root = parse(path.read_bytes(), str(path)).getroot()
    except OSError as error:
        raise Refusal(f"{path}: cannot be read: {error.strerror}", "name an existing schema file") from None
    except Rejected as rejected:
        raise Refusal(str(rejected), _REMEDY) from None
    language = _LANGUAGES.get(etree.QName(root).namespace or "")
    if language is None:
        raise Refusal(f"{path}: neither RELAX NG nor Schematron nor XSD", _REMEDY)
    return language


@dataclass(frozen=True)
class Choice:
    """Chooses the schemas of each file."""

    schema: Path | None
    edition: Edition | None

    @cached_property
    def fixed(self) -> Schemas | None:
        """The schemas of all files, where the command or `edition.toml` names them."""
        if self.schema is not None:
            return given([self.schema.resolve()])
        if self.edition is None or not self.edition.schemas:
            return None
        root = self.edition.root.resolve()
        paths = [(root / name).resolve() for name in self.edition.schemas]
        for path in paths:
            if not path.is_relative_to(root):
                raise Refusal(
                    f"{root / 'edition.toml'}: the schema {path} lies outside the edition",
                    "put it into the edition's folder",
                )
        return given(paths)

    @cached_property
    def usual(self) -> Schemas:
        """The schemas of files that name none: the edition's own or packaged ones, or TEI P5."""
        if self.edition is None:
            return Schemas(TEI_ALL)
        folder = self.edition.root.resolve() / "schema"
        grammar, rules = (
            folder / name if (folder / name).is_file() else SCHEMA / name
            for name in ("edition.rng", "edition.sch")
        )
        return Schemas(grammar, (rules,))

    def of(self, path: Path, tree: etree._ElementTree) -> tuple[Schemas, list[str]]:
        """Give the schemas of one file, and what there is to say of schemas that it names and that are not used.

        Raises `Refusal` where a schema that the command or the edition names cannot be used.
        """
        if self.fixed is not None:
            return self.fixed, []
        found, said = [], []
        for href, language in dict(_named(tree)).items():
            try:
                target = self._target(path, href)
                if target is not None:
                    found.append((language or _language(target), target))
            except (Unusable, Refusal) as error:
                said.append(_words(error, href))
        return (_sorted(found) if found else self.usual), said

    def _target(self, path: Path, href: str) -> Path | None:
        """Give the file that a file names as its schema; None where the usual schema is meant."""
        address = urlsplit(href)
        if address.scheme or address.netloc:
            if address.path.endswith("/tei_all.rng") and self.edition is None:
                return None
            raise Unusable(f"its schema {href} is not fetched")
        limit = (self.edition.root if self.edition else path.parent).resolve()
        target = (path.parent.resolve() / unquote(address.path)).resolve()
        if not target.is_relative_to(limit):
            raise Unusable(
                f"its schema {href} lies outside the {'edition' if self.edition else 'folder'}, and is not read"
            )
        if target.is_file():
            return target
        if target.name in ("edition.rng", "edition.sch", "tei_all.rng"):
            return None
        raise Unusable(f"its schema {href} is not there")


def _words(error: Exception, href: str) -> str:
    """Say of a schema that a file names why it is not used, and call it what the file calls it."""
    if isinstance(error, Unusable):
        return str(error)
    return f"its schema {href} is not used: {str(error).rpartition(': ')[2]}"


def _tame(grammar: Path | None) -> bool:
    """Tell whether no datatype of a grammar has a pattern that could take long to match.

    libxml2 gives a value up after some seconds, but a document may have thousands of them.
    """
    if grammar is None or _packaged(grammar):
        return True
    data = grammar.read_bytes()
    return not _INCLUDES.search(data) and not any(map(_SLOW.search, _REGEX.findall(data)))


def _named(tree: etree._ElementTree) -> Iterator[tuple[str, str]]:
    """Give the schemas that a file names, each with its language, or "" where it does not say."""
    root = tree.getroot()
    for step in reversed([*root.itersiblings(preceding=True)]):
        if isinstance(step, etree._ProcessingInstruction) and step.target == "xml-model":
            values = {name: one or other for name, one, other in _PSEUDO.findall(step.text or "")}
            href = values.get("href", "")
            language = _LANGUAGES.get(values.get("schematypens", ""), "")
            if href and not href.endswith((".rnc", ".dtd")):
                yield href, language
    places = root.get(f"{_XSI}schemaLocation", "").split()[1::2]
    for href in (*places, *root.get(f"{_XSI}noNamespaceSchemaLocation", "").split()):
        yield href, "xsd"
