"""From the XML syntax to patterns (ISO/IEC 19757-2, section 4), as far as a document needs them.

A definition is read when something first refers to it, the content of an element when one is first met, so that
a grammar of a thousand elements costs what a document uses of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

from lxml import etree

from teipress.document import local
from teipress.finding import Refusal
from teipress.relaxng.datatypes import RNG
from teipress.relaxng.patterns import Pattern, Patterns
from teipress.relaxng.syntax import Files, inherited, names_of, parts, test_of

_START: Final = "start of the grammar"  # no name of a definition has a space

Definitions = dict[str, list[etree._Element]]


class Scope:
    """One `grammar`: its definitions, and the grammar around it, which `parentRef` refers to."""

    def __init__(self, definitions: Definitions, parent: Scope | None) -> None:
        self.definitions = definitions
        self.parent = parent
        self.read: dict[str, Pattern | None] = {}


class Reading:
    """Reads the patterns of one schema."""

    def __init__(self, path: Path, strict: bool) -> None:
        """Open the schema at `path`; `strict` says whether its syntax is checked, and that of all it includes."""
        self.path = path
        self.strict = strict
        self.files = Files()
        self.patterns = Patterns()
        self._scopes: dict[tuple[etree._Element, Scope | None], Scope] = {}
        self._external: dict[tuple[Path, str], etree._Element] = {}
        self._included_by: dict[Path, set[Path]] = {}
        self.root = self.files.open(path, strict=strict)
        self._sources: dict[Pattern, tuple[etree._Element, Scope | None]] = {}
        self._numbers: dict[tuple[etree._Element, Scope | None], Pattern] = {}
        self._contents: dict[Pattern, Pattern] = {}
        self.start = self.pattern(self.root, None)

    def forget(self) -> None:
        """Forget every pattern, so that memory stays flat; all are read again when they are needed."""
        self.patterns = Patterns()
        self._scopes.clear()
        self._sources.clear()
        self._numbers.clear()
        self._contents.clear()
        self.__dict__.pop("_named", None)
        self.start = self.pattern(self.root, None)

    # -- definitions ----------------------------------------------------------------------------------------

    def scope(self, grammar: etree._Element, parent: Scope | None) -> Scope:
        """Give the definitions of a `grammar`."""
        key = (grammar, parent)
        if key not in self._scopes:
            definitions = self._collect(grammar)
            if _START not in definitions:
                raise Refusal(
                    f"{self.files.path(grammar)}: the grammar has no start",
                    "give --schema the grammar itself, not a part of it",
                )
            self._scopes[key] = Scope(definitions, parent)
        return self._scopes[key]

    def _collect(self, holder: etree._Element) -> Definitions:
        """Gather the definitions of a grammar by name, those of included grammars among them (section 4.7)."""
        found: Definitions = {}
        for part in parts(holder):
            match local(part):
                case "define":
                    own = {part.get("name", "").strip(): [part]}
                case "start":
                    own = {_START: [part]}
                case "div":
                    own = self._collect(part)
                case _:
                    own = self._included(part)
            for name, each in own.items():
                found.setdefault(name, []).extend(each)
        return found

    def _included(self, part: etree._Element) -> Definitions:
        root = self._other(part, inherited(part, "ns"))
        if local(root) != "grammar":
            raise self.files.refuse(part, "names a schema that is no grammar")
        own = self._collect(part)
        others = self._collect(root)
        for name, each in own.items():
            if name not in others:
                what = "a start" if name == _START else f'"{name}"'
                raise self.files.refuse(
                    each[0], f"replaces {what}, which the included grammar does not define"
                )
        return {name: each for name, each in others.items() if name not in own} | own

    def _other(self, part: etree._Element, space: str) -> etree._Element:
        """Open what an `include` or `externalRef` names; refuse a file that comes to include itself."""
        by, path = self.files.path(part).resolve(), self.files.beside(part)
        around = self._around(by)
        if path.resolve() in around:
            raise self.files.refuse(part, f"includes {path.name}, which includes it")
        self._included_by.setdefault(path.resolve(), set()).add(by)
        key = (path.resolve(), space)
        if key not in self._external:
            self._external[key] = self.files.open(path, space, self.strict)
        return self._external[key]

    def _around(self, path: Path) -> set[Path]:
        """Give a file and all that include it, through however many others."""
        found, waiting = {path}, [path]
        while waiting:
            more = self._included_by.get(waiting.pop(), set()) - found
            found |= more
            waiting += more
        return found

    def reference(self, part: etree._Element, scope: Scope | None) -> Pattern:
        """Give what a name stands for in a grammar."""
        return self._definition(*self.bound(part, scope))

    def bound(self, part: etree._Element, scope: Scope | None) -> tuple[str, Scope]:
        """Give the name and grammar that a `ref` or `parentRef` leads to; raise `Refusal` where to none."""
        name = part.get("name", "").strip()
        grammar = scope.parent if scope and local(part) == "parentRef" else scope
        if grammar is None or name not in grammar.definitions:
            where = self.files.place(part)
            raise Refusal(f'{where}: nothing in the grammar defines "{name}"', "mend the grammar")
        return name, grammar

    def _definition(self, name: str, scope: Scope) -> Pattern:
        if name not in scope.read:
            scope.read[name] = None
            definitions = scope.definitions[name]
            contents = [self.sequence(parts(each), scope) for each in definitions]
            interleave = self.combined(name, definitions) == "interleave"
            patterns = self.patterns
            scope.read[name] = (
                patterns.row("interleave", contents) if interleave else patterns.choice(contents)
            )
        pattern = scope.read[name]
        if pattern is None:
            what = "the start" if name == _START else f'"{name}"'
            raise Refusal(
                f"{self.files.place(scope.definitions[name][0])}: {what} contains itself without an element between",
                "mend the grammar",
            )
        return pattern

    def combined(self, name: str, definitions: list[etree._Element]) -> str:
        """Say how several definitions of a name are combined (section 4.17)."""
        ways = {part.get("combine", "").strip() for part in definitions} - {""}
        if len(ways) > 1:
            raise self.files.refuse(definitions[-1], "is combined by choice and by interleave")
        if sum("combine" not in part.attrib for part in definitions) > 1:
            again = next(part for part in definitions[1:] if "combine" not in part.attrib)
            what = "the start" if name == _START else f'"{name}"'
            raise self.files.refuse(again, f"defines {what} again without @combine")
        return ways.pop() if ways else ""

    # -- patterns -------------------------------------------------------------------------------------------

    def sequence(self, holders: list[etree._Element], scope: Scope | None, kind: str = "group") -> Pattern:
        """Read patterns as a group, or as an interleave."""
        return self.patterns.row(kind, [self.pattern(part, scope) for part in holders])

    def pattern(self, part: etree._Element, scope: Scope | None) -> Pattern:
        """Read one pattern inside a grammar."""
        patterns = self.patterns
        match local(part):
            case "empty" | "text" | "notAllowed" as kind:
                return patterns.make(kind)
            case "ref" | "parentRef":
                return self.reference(part, scope)
            case "group":
                return self.sequence(parts(part), scope)
            case "interleave":
                return self.sequence(parts(part), scope, "interleave")
            case "mixed":
                return patterns.pair("interleave", patterns.text, self.sequence(parts(part), scope))
            case "choice":
                return patterns.choice([self.pattern(each, scope) for each in parts(part)])
            case "optional":
                return patterns.choice((patterns.empty, self.sequence(parts(part), scope)))
            case "oneOrMore":
                return patterns.many(self.sequence(parts(part), scope))
            case "zeroOrMore":
                return patterns.choice((patterns.empty, patterns.many(self.sequence(parts(part), scope))))
            case "grammar":
                return self._definition(_START, self.scope(part, scope))
            case "externalRef":
                return self.pattern(self._other(part, inherited(part, "ns")), scope)
        return self._leaf(part, scope)

    def _leaf(self, part: etree._Element, scope: Scope | None) -> Pattern:
        patterns = self.patterns
        match local(part):
            case "element":
                return self._element(part, scope)
            case "attribute":
                inside = parts(part)[0 if part.get("name") is not None else 1 :]
                content = self.pattern(inside[0], scope) if inside else patterns.text
                if content is patterns.not_allowed:
                    return content
                return patterns.make("attribute", content, names=names_of(self.files, part))
            case "list":
                content = self.sequence(parts(part), scope)
                return content if content is patterns.not_allowed else patterns.make("list", content)
            case "data" | "value" as kind:
                test = test_of(self.files, part)
                pattern = patterns.make(kind, *self._except(part, scope), word=repr(test))
                pattern.test = test
                return pattern
        raise self.files.refuse(part, "is not understood")

    def _except(self, part: etree._Element, scope: Scope | None) -> tuple[Pattern, ...]:
        left_out = part.find(f"{{{RNG}}}except")
        if left_out is None:
            return ()
        pattern = self.patterns.choice([self.pattern(each, scope) for each in parts(left_out)])
        return () if pattern is self.patterns.not_allowed else (pattern,)

    def _element(self, part: etree._Element, scope: Scope | None) -> Pattern:
        pattern = self._numbers.get((part, scope))
        if pattern is None:
            names = names_of(self.files, part)
            pattern = self.patterns.make("element", names=names, word=str(len(self._numbers)))
            self._numbers[part, scope] = pattern
            self._sources[pattern] = (part, scope)
        return pattern

    def content(self, element: Pattern) -> Pattern:
        """Give what an element pattern says of attributes and content; it is read the first time only."""
        content = self._contents.get(element)
        if content is None:
            part, scope = self._sources[element]
            inside = parts(part)[0 if part.get("name") is not None else 1 :]
            content = self._contents[element] = self.sequence(inside, scope)
        return content

    def source(self, element: Pattern) -> etree._Element:
        """Give the definition of an element pattern."""
        return self._sources[element][0]

    @cached_property
    def _named(self) -> dict[str, list[tuple[etree._Element, Scope | None]]]:
        found: dict[str, list[tuple[etree._Element, Scope | None]]] = {}
        for part, scope in self.everything():
            if local(part) == "element" and part.get("name"):
                found.setdefault(part.get("name", "").strip(), []).append((part, scope))
        return found

    def names(self) -> Collection[str]:
        """Give the names of all elements, whether or not they can be reached."""
        return self._named.keys()

    def elements(self, name: str) -> list[Pattern]:
        """Give the element patterns of this name."""
        return [self._element(part, scope) for part, scope in self._named.get(name, ())]

    # -- all there is ---------------------------------------------------------------------------------------

    def everything(self) -> Iterator[tuple[etree._Element, Scope | None]]:
        """Give every `element`, `ref` and `parentRef` of the outermost grammar, whether or not it can be reached."""
        if local(self.root) != "grammar":
            yield from ((part, None) for part in self.root.iter(f"{{{RNG}}}element"))
            return
        yield from self._within(self.scope(self.root, None))

    def _within(self, scope: Scope) -> Iterator[tuple[etree._Element, Scope | None]]:
        for name, definitions in scope.definitions.items():
            self.combined(name, definitions)
            for definition in definitions:
                yield from self._below(definition, scope)

    def _below(self, holder: etree._Element, scope: Scope) -> Iterator[tuple[etree._Element, Scope | None]]:
        for part in parts(holder):
            if local(part) == "grammar":
                yield from self._within(self.scope(part, scope))
                continue
            if local(part) in ("element", "ref", "parentRef"):
                yield part, scope
            yield from self._below(part, scope)
