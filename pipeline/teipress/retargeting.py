"""What an editor means by other passages for a link: ids, looked up in the documents of both sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from teipress.document import ID, content, read, tei
from teipress.finding import Refusal, Rejected

_SHOWN: Final = 60  # characters of a passage that are shown

_REMEDY: Final = (
    "name passages by their ids, \"s3 s4 = s9\": the original's, an equals sign, the translation's"
)


@dataclass(frozen=True)
class _Side:
    """One side of a link: the file it is in as pointers have it, and its passages by id, in the order of the text."""

    file: str
    passages: dict[str, etree._Element]

    def pointers(self, idents: set[str]) -> list[str]:
        """Give pointers to passages, with the other parts of a parted sentence, in the order of the text."""
        wanted = {part for ident in idents for part in _parts(ident, self.passages)}
        return [f"{self.file}#{ident}" for ident in self.passages if ident in wanted]


def retargeted(path: Path, target: str, said: str) -> str:
    """Give the @target that an editor means by `said` in place of `target`, a link's of the TEI file at `path`.

    `said` is ids, `s3 s9` or `#s3 #s9`, with the file's name where they are another's, or with an equals sign between
    the original's and the translation's. Raises `Refusal` for an id that no passage has, and for a link with one side.
    """
    sides = _sides(path, target)
    found: tuple[set[str], set[str]] = (set(), set())
    left, equals, right = said.partition("=")
    if equals:
        for number, words in enumerate((left, right)):
            for word in words.split():
                ident = word.rpartition("#")[2]
                if ident not in sides[number].passages:
                    raise _unknown(word, ("original", "translation")[number])
                found[number].add(ident)
    else:
        for word in said.split():
            at, ident = _side_of(word, sides)
            found[at].add(ident)
    for what, idents in zip(("original", "translation"), found, strict=True):
        if not idents:
            raise Refusal(f"{said.strip()}: no passage of the {what}", _REMEDY)
    return " ".join((*sides[0].pointers(found[0]), *sides[1].pointers(found[1])))


def passages_of(path: Path, targets: Iterable[str]) -> dict[str, str]:
    """Give the first words of what links name, by pointer; those of a file that cannot be read are not told."""
    wanted = {pointer for target in targets for pointer in target.split()}
    words: dict[str, str] = {}
    for file in sorted({pointer.partition("#")[0] for pointer in wanted}):
        other = _document(path, file)
        for element in other.iter(etree.Element) if other is not None else ():
            pointer = f"{file}#{element.get(ID)}"
            if pointer in wanted:
                told = content(element)
                words[pointer] = told[:_SHOWN] + "…" * (len(told) > _SHOWN)
    return words


def _sides(path: Path, target: str) -> tuple[_Side, _Side]:
    """Give both sides of the group that a link stands in."""
    root = read(path).getroot()
    link = next((e for e in root.iter(tei("link")) if e.get("target") == target), None)
    group = link.getparent() if link is not None else None
    domains = (group.get("domains") or "").split() if group is not None else []
    if len(domains) != 2:
        raise Refusal(f"{path}: the link {target} is not there", "encode the text anew: teipress encode")
    sides = [_side(path, pointer) for pointer in domains]
    return sides[0], sides[1]


def _side(path: Path, pointer: str) -> _Side:
    file, _, ident = pointer.partition("#")
    root = _document(path, file)
    domain = (
        next((e for e in root.iter(etree.Element) if e.get(ID) == ident), None) if root is not None else None
    )
    found = domain.iter(etree.Element) if domain is not None else iter(())
    return _Side(file, {named: e for e in found if (named := e.get(ID))})


def _document(path: Path, file: str) -> etree._Element | None:
    """Read a document, or one that lies beside it."""
    other = path.with_name(Path(file).name) if file else path
    try:
        return read(other).getroot()
    except (OSError, Rejected):
        return None


def _side_of(word: str, sides: tuple[_Side, _Side]) -> tuple[int, str]:
    """Find the side that an id is of; a pointer says the file, which is "" for that of the links."""
    file, pointing, ident = word.rpartition("#")
    found = [
        n for n, side in enumerate(sides) if ident in side.passages and (not pointing or file == side.file)
    ]
    if len(found) != 1:
        raise _unknown(word, "text") if not found else Refusal(f"{word} is on both sides", _REMEDY)
    return found[0], ident


def _unknown(word: str, where: str) -> Refusal:
    return Refusal(f'the {where} has no passage "{word}"', _REMEDY)


def _parts(ident: str, passages: dict[str, etree._Element]) -> set[str]:
    """Give the ids of the parts of a sentence that is parted, as far as they are known."""
    found = {ident}
    for attribute in ("next", "prev"):
        at = passages[ident].get(attribute, "").removeprefix("#")
        while at in passages and at not in found:
            found.add(at)
            at = passages[at].get(attribute, "").removeprefix("#")
    return found
