"""Every check on every file: TEI in, findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from lxml import etree

from teipress.checks import SCHEMA_CHECKS, Check, Library, Schemas, Subject, all_checks
from teipress.document import parse
from teipress.edition import Edition
from teipress.finding import Finding, Refusal, Rejected
from teipress.relaxng import RNG
from teipress.resources import SCHEMA

#: The proof that no word was lost: a file's path and tree to findings.
Wording = Callable[[Path, etree._ElementTree], Iterable[Finding]]

_SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"


def validate(
    paths: Sequence[Path],
    schema: Path | None = None,
    edition: Edition | None = None,
    wording: Wording | None = None,
    named: Callable[[Path], str] = str,
) -> Iterator[Finding]:
    """Check the TEI files at `paths`, one after the other; yield what there is to say, file by file, by line.

    With `schema`, a RELAX NG grammar or Schematron schema, only that is checked. Inside an `edition` a file is
    held against the edition's schema, outside one against TEI P5. `wording` is asked too where it is given,
    and `named` says what findings call a file. Raises `Refusal` where a schema cannot be read; a document
    that cannot be read is a finding.
    """
    schemas, library = schemas_for(schema, edition), Library()
    checks = SCHEMA_CHECKS if schema else all_checks()
    proof = None if schema else wording
    for path in paths:
        yield from sorted(_examine(path, named(path), edition, schemas, library, checks, proof))


def _examine(
    path: Path,
    name: str,
    edition: Edition | None,
    schemas: Schemas,
    library: Library,
    checks: dict[str, Check],
    wording: Wording | None,
) -> Iterator[Finding]:
    try:
        data = path.read_bytes()
        tree = parse(data, name)
    except OSError as error:
        remedy = "check the name and the rights of the file"
        yield Finding(name, 0, 0, "XML003", "error", f"the file cannot be read: {error.strerror}", remedy)
        return
    except Rejected as rejected:
        yield rejected.finding
        return
    subject = Subject(path, name, data, tree, edition, schemas, library)
    for check in checks.values():
        yield from check(subject)
    if wording is not None:
        yield from wording(path, tree)


def schemas_for(schema: Path | None, edition: Edition | None) -> Schemas:
    """Choose what files are held against: `schema` alone, or the edition's own or packaged schema, or TEI P5."""
    if schema is not None:
        return _given(schema.resolve())
    if edition is None:
        return _loaded(SCHEMA / "tei" / "tei_all.rng", None)
    own = [edition.root.resolve() / "schema" / name for name in ("edition.rng", "edition.sch")]
    grammar, rules = (path if path.is_file() else SCHEMA / path.name for path in own)
    return _loaded(grammar, rules)


@cache
def _loaded(grammar: Path | None, rules: Path | None) -> Schemas:
    return Schemas(grammar, rules)


def _given(schema: Path) -> Schemas:
    try:
        root = parse(schema.read_bytes(), str(schema)).getroot()
    except OSError as error:
        raise Refusal(f"{schema}: cannot be read: {error.strerror}", "name an existing schema file") from None
    except Rejected as rejected:
        remedy = "give --schema a RELAX NG grammar in XML syntax (.rng) or a Schematron schema (.sch)"
        raise Refusal(str(rejected), remedy) from None
    namespace = etree.QName(root).namespace
    if namespace == _SCHEMATRON:
        return _loaded(None, schema)
    if namespace == RNG:
        return _loaded(schema, None)
    remedy = "give --schema a RELAX NG grammar in XML syntax (.rng) or a Schematron schema (.sch)"
    raise Refusal(f"{schema}: neither RELAX NG nor Schematron", remedy)
