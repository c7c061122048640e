"""RELAX NG (ISO/IEC 19757-2), by derivatives: what stands where it may not, and what might stand there instead.

libxml2 takes seconds to load TEI P5 and minutes for some customisations, and its messages name neither the
fault nor what was expected. Here a grammar loads as far as it is needed, and every pattern exists once, so
that what follows from a pattern and an element is worked out once (Clark, "An algorithm for RELAX NG
validation", 2002). Datatypes are libxml2's own. Nested grammars are refused, as nobody writes TEI with them;
the restrictions of section 7 are not checked, and uniqueness of ids is a check of its own.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipress.document import local, read
from teipress.finding import Refusal, Rejected

RNG: Final = "http://relaxng.org/ns/structure/1.0"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_START: Final = "start of the grammar"  # no name of a definition has a space


class Names(NamedTuple):
    """A name class: one name, every name of a namespace, or every name, except some; or a choice of classes."""

    kind: Literal["name", "nsName", "anyName", "choice"]
    namespace: str = ""
    name: str = ""
    parts: tuple[Names, ...] = ()

    def hold(self, namespace: str, name: str) -> bool:
        """Tell whether a name is in the class."""
        if self.kind == "name":
            return (self.namespace, self.name) == (namespace, name)
        within = any(part.hold(namespace, name) for part in self.parts)
        if self.kind == "choice":
            return within
        return not within and (self.kind == "anyName" or self.namespace == namespace)

    def each(self) -> Iterator[tuple[str, str]]:
        """Give the names that the class lists one by one."""
        if self.kind == "name":
            yield self.namespace, self.name
        elif self.kind == "choice":
            for part in self.parts:
                yield from part.each()


class Pattern:
    """One pattern of the simple syntax; equal patterns of a grammar are one object (see `Grammar._make`)."""

    __slots__ = ("accepts", "kind", "names", "nullable", "parts", "serial", "source", "word")

    def __init__(
        self, kind: str, parts: tuple[Pattern, ...], names: Names | None, word: str, serial: int
    ) -> None:
        self.kind = kind
        self.parts = parts
        self.names = names
        self.word = word
        self.serial = serial
        self.source: etree._Element | None = None  # of an element: its definition, read when first needed
        self.accepts: Callable[[str], bool] | None = None  # of data: whether a text is of the datatype
        self.nullable: bool = self._nullable()

    def _nullable(self) -> bool:
        if self.kind in ("empty", "text"):
            return True
        if self.kind == "choice":
            return any(part.nullable for part in self.parts)
        return self.kind in ("group", "interleave", "oneOrMore") and all(part.nullable for part in self.parts)


@dataclass(frozen=True)
class Fault:
    """One thing in a document that the grammar does not allow.

    `kind` says what: an element, text, attribute or value that may not be there; content or an attribute that
    is missing; or content that is missing before the element. `expected` lists what may stand there, and
    `elsewhere` tells of an element that its parent may hold, but not in this place.
    """

    kind: Literal["element", "text", "attribute", "value", "content", "no attribute", "before"]
    element: etree._Element
    name: str = ""
    value: str = ""
    expected: tuple[str, ...] = ()
    elsewhere: bool = False


class Grammar:
    """A grammar, and what has been derived from it so far."""

    def __init__(self, path: Path) -> None:
        """Read the grammar at `path` and what it includes; raise `Refusal` where that cannot be done."""
        self.path = path
        self._pool: dict[tuple[object, ...], Pattern] = {}
        self._refs: dict[str, Pattern | None] = {}
        self._contents: dict[Pattern, Pattern] = {}
        self._openings: dict[tuple[Pattern, str], dict[Pattern, Pattern]] = {}
        self._closed: dict[Pattern, Pattern] = {}
        self._texts: dict[Pattern, Pattern] = {}
        self._tags: dict[Pattern, frozenset[str]] = {}
        self._holders: dict[str, frozenset[str]] = {}
        self._matched: dict[tuple[Pattern, str], bool] = {}
        self.not_allowed = self._make("notAllowed")
        self.empty = self._make("empty")
        self.text = self._make("text")
        root = _schema(path)
        grammar = root if local(root) == "grammar" else None
        self._definitions = _collect(root, path) if grammar is not None else {_START: [_wrapped(root)]}
        if _START not in self._definitions:
            raise Refusal(
                f"{path}: the grammar has no start", "give --schema the grammar itself, not a part of it"
            )
        # Kept, so that the definition of an element is one object and has one number as long as the grammar lives.
        self._numbers = {each: str(number) for number, each in enumerate(self._elements())}
        self._by_name: dict[str, list[etree._Element]] = {}
        for each in self._numbers:
            if each.get("name"):
                self._by_name.setdefault(each.get("name", "").strip(), []).append(each)
        self.start = self._ref(_START)

    # -- making patterns ------------------------------------------------------------------------------------

    def _make(self, kind: str, *parts: Pattern, names: Names | None = None, word: str = "") -> Pattern:
        key = (kind, parts, names, word)
        pattern = self._pool.get(key)
        if pattern is None:
            pattern = self._pool[key] = Pattern(kind, parts, names, word, len(self._pool))
        return pattern

    def _choice(self, parts: Iterable[Pattern]) -> Pattern:
        found: set[Pattern] = set()
        for part in parts:
            found.update(part.parts if part.kind == "choice" else (part,))
        found.discard(self.not_allowed)
        if len(found) < 2:
            return found.pop() if found else self.not_allowed
        return self._make("choice", *sorted(found, key=lambda part: part.serial))

    def _pair(self, kind: str, one: Pattern, other: Pattern) -> Pattern:
        if self.not_allowed in (one, other):
            return self.not_allowed
        if self.empty in (one, other):
            return other if one is self.empty else one
        return self._make(kind, one, other)

    def _many(self, part: Pattern) -> Pattern:
        return part if part.kind in ("notAllowed", "empty", "oneOrMore") else self._make("oneOrMore", part)

    # -- reading the grammar --------------------------------------------------------------------------------

    def _ref(self, name: str) -> Pattern:
        if name not in self._refs:
            if name not in self._definitions:
                raise Refusal(f'{self.path}: nothing in the grammar defines "{name}"', "mend the grammar")
            self._refs[name] = None
            parts = [self._sequence(part) for part in self._definitions[name]]
            interleave = any(part.get("combine") == "interleave" for part in self._definitions[name])
            self._refs[name] = (
                functools.reduce(lambda one, other: self._pair("interleave", one, other), parts)
                if interleave
                else self._choice(parts)
            )
        pattern = self._refs[name]
        if pattern is None:
            raise Refusal(
                f'{self.path}: "{name}" contains itself without an element between', "mend the grammar"
            )
        return pattern

    def _sequence(self, holder: etree._Element, kind: str = "group", skip: int = 0) -> Pattern:
        """Read the children of an element as a group, or as another pair."""
        pattern = self.empty
        for part in reversed(_parts(holder)[skip:]):
            pattern = self._pair(kind, self._read(part), pattern)
        return pattern

    def _read(self, part: etree._Element) -> Pattern:
        match local(part):
            case "empty" | "text" | "notAllowed" as kind:
                return self._make(kind)
            case "ref":
                return self._ref(part.get("name", "").strip())
            case "group":
                return self._sequence(part)
            case "interleave":
                return self._sequence(part, "interleave")
            case "mixed":
                return self._pair("interleave", self.text, self._sequence(part))
            case "choice":
                return self._choice(map(self._read, _parts(part)))
            case "optional":
                return self._choice((self.empty, self._sequence(part)))
            case "oneOrMore":
                return self._many(self._sequence(part))
            case "zeroOrMore":
                return self._choice((self.empty, self._many(self._sequence(part))))
            case "element" | "attribute":
                return self._named(part)
            case "list":
                return self._make("list", self._sequence(part))
            case "value":
                return self._make("value", word=_value(part))
            case "data":
                return self._data(part)
        raise Refusal(
            f"{self.path}: <{local(part)}> is not understood (line {part.sourceline})",
            "flatten the grammar into one <grammar> element",
        )

    def _named(self, part: etree._Element) -> Pattern:
        kind = local(part)
        if part.get("name") is None:
            names, skip = _names(_parts(part)[0]), 1
        else:
            names, skip = _name(part, part.get("name", ""), inherit=kind == "element"), 0
        if kind == "attribute":
            content = self._sequence(part, skip=skip) if len(_parts(part)) > skip else self.text
            return self._make("attribute", content, names=names)
        pattern = self._make("element", names=names, word=self._numbers[part])
        pattern.source = part
        return pattern

    def _data(self, part: etree._Element) -> Pattern:
        library, kind = _inherited(part, "datatypeLibrary"), part.get("type", "")
        params = tuple((each.get("name", ""), each.text or "") for each in part.iterfind(f"{{{RNG}}}param"))
        excepted = part.find(f"{{{RNG}}}except")
        left_out = (self._choice(map(self._read, _parts(excepted))),) if excepted is not None else ()
        pattern = self._make("data", *left_out, word=f"{kind} {library} {params}")
        pattern.accepts = _datatype(library, kind, params)
        return pattern

    def content(self, element: Pattern) -> Pattern:
        """Give what an element pattern says of attributes and content; it is read the first time only."""
        if element not in self._contents:
            assert element.source is not None
            skip = 0 if element.source.get("name") is not None else 1
            self._contents[element] = self._sequence(element.source, skip=skip)
        return self._contents[element]

    # -- derivatives ----------------------------------------------------------------------------------------

    def _open(self, pattern: Pattern, tag: str) -> dict[Pattern, Pattern]:
        """Give, for each element pattern that an element called `tag` may match here, what may follow it."""
        found = self._openings.get((pattern, tag))
        if found is None:
            found = self._openings[pattern, tag] = self._work_out(
                pattern, lambda each: self._open(each, tag), tag
            )
        return found

    def _work_out(
        self,
        pattern: Pattern,
        go: Callable[[Pattern], dict[Pattern, Pattern]],
        tag: str,
        kind: str = "element",
    ) -> dict[Pattern, Pattern]:
        """Derive by an element or an attribute; `go` does the same for a part of the pattern."""
        found: list[tuple[Pattern, Pattern]] = []
        name = etree.QName(tag)
        if (
            pattern.kind == kind
            and pattern.names
            and pattern.names.hold(name.namespace or "", name.localname)
        ):
            found = [(pattern, self.empty)]
        elif pattern.kind == "choice":
            found = [pair for part in pattern.parts for pair in go(part).items()]
        elif pattern.kind == "oneOrMore":
            again = self._choice((self.empty, pattern))
            found = [(key, self._pair("group", rest, again)) for key, rest in go(pattern.parts[0]).items()]
        elif pattern.kind in ("group", "interleave"):
            one, other = pattern.parts
            found = [(key, self._pair(pattern.kind, rest, other)) for key, rest in go(one).items()]
            # Attributes have no order, nor have the parts of an interleave (section 6.2.7).
            if pattern.kind == "interleave" or kind == "attribute":
                found += [(key, self._pair(pattern.kind, one, rest)) for key, rest in go(other).items()]
            elif one.nullable:
                found += go(other).items()
        merged: dict[Pattern, Pattern] = {}
        for key, rest in found:
            merged[key] = self._choice((merged[key], rest)) if key in merged else rest
        return merged

    def _close(self, pattern: Pattern) -> Pattern:
        """Give what is left when no attribute comes any more: nothing, where one is missing."""
        closed = self._closed.get(pattern)
        if closed is None:
            if pattern.kind == "attribute":
                closed = self.not_allowed
            elif pattern.kind == "choice":
                closed = self._choice(map(self._close, pattern.parts))
            elif pattern.kind == "oneOrMore":
                closed = self._many(self._close(pattern.parts[0]))
            elif pattern.kind in ("group", "interleave"):
                closed = self._pair(pattern.kind, *map(self._close, pattern.parts))
            else:
                closed = pattern
            self._closed[pattern] = closed
        return closed

    def _after_text(self, pattern: Pattern) -> Pattern:
        """Give what may follow text; data and values are no text here (section 7.2)."""
        after = self._texts.get(pattern)
        if after is None:
            after = self._texts[pattern] = self._after(
                pattern, lambda leaf: leaf.kind == "text", self._after_text
            )
        return after

    def _after(
        self, pattern: Pattern, matches: Callable[[Pattern], bool], go: Callable[[Pattern], Pattern]
    ) -> Pattern:
        if pattern.kind == "choice":
            return self._choice(map(go, pattern.parts))
        if pattern.kind == "oneOrMore":
            return self._pair("group", go(pattern.parts[0]), self._choice((self.empty, pattern)))
        if pattern.kind in ("group", "interleave"):
            one, other = pattern.parts
            first = self._pair(pattern.kind, go(one), other)
            if pattern.kind == "interleave":
                return self._choice((first, self._pair("interleave", one, go(other))))
            return self._choice((first, go(other))) if one.nullable else first
        if matches(pattern):
            return pattern if pattern.kind == "text" else self.empty
        return self.not_allowed

    def matches(self, pattern: Pattern, value: str) -> bool:
        """Tell whether the value of an attribute, or of an element without elements inside, fits the pattern."""
        if pattern is self.text:
            return True
        known = self._matched.get((pattern, value))
        if known is None:
            known = (not value.strip() and pattern.nullable) or self._after_value(pattern, value).nullable
            if len(self._matched) < 100_000:
                self._matched[pattern, value] = known
        return known

    def _after_value(self, pattern: Pattern, value: str) -> Pattern:
        return self._after(
            pattern, lambda leaf: self._is(leaf, value), lambda part: self._after_value(part, value)
        )

    def _is(self, leaf: Pattern, value: str) -> bool:
        if leaf.kind == "value":
            exact = leaf.word.startswith("=")
            return leaf.word[1:] == (value if exact else " ".join(value.split()))
        if leaf.kind == "list":
            rest = leaf.parts[0]
            for word in value.split():
                rest = self._after_value(rest, word)
            return rest.nullable
        if leaf.kind == "data" and leaf.accepts is not None and leaf.accepts(value):
            return not (leaf.parts and self.matches(leaf.parts[0], value))
        return leaf.kind == "text"

    # -- validating -----------------------------------------------------------------------------------------

    def faults(self, root: etree._Element) -> list[Fault]:
        """List what in the document below `root` the grammar does not allow, in the document's order."""
        found: list[Fault] = []
        self._child(self.start, root, found)
        return found

    def _child(self, state: Pattern, element: etree._Element, faults: list[Fault]) -> Pattern:
        """Take one element: from what may stand before it to what may stand after it."""
        tag = str(element.tag)
        openings = self._open(state, tag)
        if not openings and tag in self._everywhere(state):
            openings = self._skip(state, tag)
            later = _needed(self._choice(openings.values()), "element") | {local(element)}
            missing = tuple(sorted(_needed(state, "element") - later)) or _firsts(state)
            faults.append(Fault("before", element, expected=missing))
        if not openings:
            faults.append(Fault("element", element, expected=_firsts(state)))
            self._look_inside(element, faults)
            return state
        if len(openings) == 1:
            ((pattern, after),) = openings.items()
            self._inside(self.content(pattern), element, faults)
            return after
        tried: list[tuple[list[Fault], Pattern]] = []
        for pattern, after in openings.items():
            own: list[Fault] = []
            self._inside(self.content(pattern), element, own)
            tried.append((own, after))
        fitting = [after for own, after in tried if not own]
        if not fitting:
            faults += sorted(tried, key=lambda each: len(each[0]))[0][0]
        return self._choice(fitting or [after for _, after in tried])

    def _inside(self, pattern: Pattern, element: etree._Element, faults: list[Fault]) -> None:
        """Check an element's attributes and content against what its pattern says of them."""
        state = whole = self._attributes(pattern, element, faults)
        children = [child for child in element if isinstance(child.tag, str)]
        if not children and (value := "".join(_texts(element))):
            if self._after_text(state).nullable or (not value.strip() and state.nullable):
                return
            if self.matches(state, value):
                return
            if value.strip():
                values = _values(state)
                expected = values or _firsts(state)
                faults.append(
                    Fault("value" if values else "text", element, value=value.strip(), expected=expected)
                )
                return
        complete = len(faults)
        if (element.text or "").strip():
            state = self._text(state, element, element.text or "", faults)
        for child in element:
            if isinstance(child.tag, str):
                known = len(faults)
                state = self._child(state, child, faults)
                if len(faults) > known and faults[known].kind == "element" and faults[known].element is child:
                    possible = str(child.tag) in self._everywhere(whole)
                    faults[known] = replace(faults[known], elsewhere=possible)
            if (child.tail or "").strip():
                state = self._text(state, element, child.tail or "", faults)
        # What is missing may be what stands here under another name: one fault is enough.
        own = (
            fault
            for fault in faults[complete:]
            if fault.element is element or fault.element.getparent() is element
        )
        if not state.nullable and not any(fault.kind in ("element", "text") for fault in own):
            missing = tuple(sorted(_needed(state, "element"))) or _firsts(state)
            faults.append(Fault("content", element, expected=missing))

    def _text(self, state: Pattern, element: etree._Element, words: str, faults: list[Fault]) -> Pattern:
        after = self._after_text(state)
        if after is self.not_allowed:
            if not any(fault.kind == "text" and fault.element is element for fault in faults):
                faults.append(Fault("text", element, value=words.strip(), expected=_firsts(state)))
            return state
        return after

    def _attributes(self, pattern: Pattern, element: etree._Element, faults: list[Fault]) -> Pattern:
        """Take the attributes; give what the pattern says of the content."""
        for name, value in element.attrib.items():
            openings = self._attribute(pattern, str(name))
            if not openings:
                expected = tuple(sorted(_attribute_names(pattern)))
                faults.append(Fault("attribute", element, str(name), str(value), expected))
                continue
            fitting = [rest for each, rest in openings.items() if self.matches(each.parts[0], str(value))]
            if not fitting:
                expected = tuple(dict.fromkeys(word for each in openings for word in _values(each.parts[0])))
                faults.append(Fault("value", element, str(name), str(value), expected))
            pattern = self._choice(fitting or openings.values())
        closed = self._close(pattern)
        if closed is self.not_allowed:
            faults.append(Fault("no attribute", element, expected=_required(pattern)))
            return self._without_attributes(pattern)
        return closed

    def _attribute(self, pattern: Pattern, name: str) -> dict[Pattern, Pattern]:
        key = (pattern, f"@{name}")
        found = self._openings.get(key)
        if found is None:
            found = self._work_out(pattern, lambda each: self._attribute(each, name), name, "attribute")
            self._openings[key] = found
        return found

    def _without_attributes(self, pattern: Pattern) -> Pattern:
        if pattern.kind == "attribute":
            return self.empty
        if pattern.kind == "choice":
            return self._choice(map(self._without_attributes, pattern.parts))
        if pattern.kind in ("group", "interleave"):
            return self._pair(pattern.kind, *map(self._without_attributes, pattern.parts))
        return pattern

    def _everywhere(self, pattern: Pattern) -> frozenset[str]:
        """Give the tags of all elements that may stand somewhere in this content."""
        tags = self._tags.get(pattern)
        if tags is None:
            if pattern.kind == "element" and pattern.names:
                each = pattern.names.each()
                tags = frozenset(f"{{{space}}}{name}" if space else name for space, name in each)
            elif pattern.kind == "attribute":
                tags = frozenset()
            else:
                tags = frozenset().union(*map(self._everywhere, pattern.parts))
            self._tags[pattern] = tags
        return tags

    def _skip(self, pattern: Pattern, tag: str) -> dict[Pattern, Pattern]:
        """Derive by an element as if what must come before it were there."""
        if pattern.kind == "group" and tag not in self._everywhere(pattern.parts[0]):
            return self._skip(pattern.parts[1], tag)
        return self._work_out(pattern, lambda part: self._skip(part, tag), tag)

    def _look_inside(self, element: etree._Element, faults: list[Fault]) -> None:
        """Go on inside an element that may not stand where it does, where the grammar knows only one such."""
        name = etree.QName(element)
        known = self._by_name.get(name.localname, [])
        if len(known) == 1:
            pattern = self._named(known[0])
            if pattern.names and pattern.names.hold(name.namespace or "", name.localname):
                self._inside(self.content(pattern), element, faults)

    def may_hold(self, name: str, tag: str) -> bool:
        """Tell whether an element of this local name may hold one of this tag, in whatever place."""
        if name not in self._holders:
            contents = [self.content(self._named(each)) for each in self._by_name.get(name, ())]
            self._holders[name] = frozenset().union(*map(self._everywhere, contents))
        return tag in self._holders[name]

    def _elements(self) -> Iterator[etree._Element]:
        for parts in self._definitions.values():
            for part in parts:
                yield from part.iter(f"{{{RNG}}}element")

    def element_names(self) -> Collection[str]:
        """Give the local names of all elements in the grammar, whether or not they can be reached."""
        return self._by_name.keys()


# -- what a pattern says --------------------------------------------------------------------------------------


def _firsts(pattern: Pattern) -> tuple[str, ...]:
    """List the elements that may come next, in alphabetical order."""
    return tuple(sorted(_first(pattern), key=str.casefold))


def _first(pattern: Pattern) -> set[str]:
    if pattern.kind == "element" and pattern.names:
        return {name for _, name in pattern.names.each()}
    if pattern.kind == "group":
        one, other = pattern.parts
        return _first(one) | (_first(other) if one.nullable else set())
    if pattern.kind in ("choice", "interleave", "oneOrMore"):
        return {name for part in pattern.parts for name in _first(part)}
    return set()


def _attribute_names(pattern: Pattern) -> set[str]:
    if pattern.kind == "attribute" and pattern.names:
        return {f"xml:{name}" if space == _XML else name for space, name in pattern.names.each()}
    return {name for part in pattern.parts for name in _attribute_names(part)}


def _required(pattern: Pattern) -> tuple[str, ...]:
    """List the attributes that are missing; where one of several is, all of these."""
    return tuple(sorted(_needed(pattern, "attribute") or _attribute_names(pattern)))


def _needed(pattern: Pattern, kind: str) -> set[str]:
    """Give the elements or attributes, by `kind`, that nothing can stand in for."""
    if pattern.kind == kind:
        return _attribute_names(pattern) if kind == "attribute" else _first(pattern)
    if pattern.kind == "choice":
        return set.intersection(*(_needed(part, kind) for part in pattern.parts))
    if pattern.kind in ("group", "interleave", "oneOrMore"):
        return {name for part in pattern.parts for name in _needed(part, kind)}
    return set()


def _values(pattern: Pattern) -> tuple[str, ...]:
    """List the values that a pattern allows: those it spells out in quotes, and the names of its datatypes."""
    if pattern.kind == "value":
        return (f'"{pattern.word[1:]}"',)
    if pattern.kind == "data":
        return (pattern.word.split()[0],)
    if pattern.kind in ("element", "attribute"):
        return ()
    return tuple(dict.fromkeys(word for part in pattern.parts for word in _values(part)))


# -- the XML form of a grammar ----------------------------------------------------------------------------------


def _schema(path: Path) -> etree._Element:
    try:
        root = read(path).getroot()
    except OSError as error:
        raise Refusal(
            f"{path}: cannot be read: {error.strerror}", "name a RELAX NG grammar in XML syntax"
        ) from None
    except Rejected as error:
        raise Refusal(str(error), "name a RELAX NG grammar in XML syntax (.rng)") from None
    if etree.QName(root).namespace != RNG:
        raise Refusal(f"{path}: not a RELAX NG grammar", "name a RELAX NG grammar in XML syntax (.rng)")
    return root


def _collect(holder: etree._Element, path: Path) -> dict[str, list[etree._Element]]:
    """Gather the definitions of a grammar by name, those of included grammars among them (section 4.7)."""
    found: dict[str, list[etree._Element]] = {}
    for part in _parts(holder):
        own: dict[str, list[etree._Element]] = {}
        if local(part) in ("define", "start"):
            own = {part.get("name", "").strip() if local(part) == "define" else _START: [part]}
        elif local(part) == "div":
            own = _collect(part, path)
        elif local(part) == "include":
            other = _beside(path, part.get("href", ""))
            overrides = _collect(part, path)
            own = {
                name: parts
                for name, parts in _collect(_schema(other), other).items()
                if name not in overrides
            }
            own |= overrides
        for name, parts in own.items():
            found.setdefault(name, []).extend(parts)
    return found


def _beside(path: Path, href: str) -> Path:
    """Resolve what a schema includes; a schema is never fetched."""
    address = urlsplit(href)
    if address.scheme not in ("", "file") or address.netloc:
        raise Refusal(
            f"{path}: includes {href}, and schemas are not fetched", "save the included schema beside it"
        )
    return path.parent / unquote(address.path)


def _wrapped(pattern: etree._Element) -> etree._Element:
    """Give a schema that is one pattern the form of a definition."""
    start = etree.Element(f"{{{RNG}}}start")
    start.append(pattern)
    return start


def _parts(holder: etree._Element) -> list[etree._Element]:
    return list(holder.iterchildren(f"{{{RNG}}}*"))


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _inherited(part: etree._Element, name: str) -> str:
    """Look up @ns or @datatypeLibrary, which hold for all that is inside (sections 4.3 and 4.8)."""
    step: etree._Element | None = part
    while step is not None:
        if name in step.attrib:
            return step.get(name, "")
        step = step.getparent()
    return ""


def _name(part: etree._Element, name: str, inherit: bool = True) -> Names:
    prefix, _, word = name.strip().rpartition(":")
    if prefix:
        return Names("name", _XML if prefix == "xml" else part.nsmap.get(prefix, ""), word)
    return Names("name", _inherited(part, "ns") if inherit else part.get("ns", ""), word)


def _names(part: etree._Element) -> Names:
    if local(part) == "name":
        return _name(part, part.text or "")
    if local(part) == "choice":
        return Names("choice", parts=tuple(map(_names, _parts(part))))
    left_out = part.find(f"{{{RNG}}}except")
    parts = tuple(map(_names, _parts(left_out))) if left_out is not None else ()
    if local(part) == "nsName":
        return Names("nsName", _inherited(part, "ns"), parts=parts)
    return Names("anyName", parts=parts)


def _value(part: etree._Element) -> str:
    """Give a value with a sign before it: "=" where white space counts, "~" where it does not."""
    text = part.text or ""
    return f"={text}" if part.get("type") == "string" else f"~{' '.join(text.split())}"


@functools.cache
def _datatype(library: str, kind: str, params: tuple[tuple[str, str], ...]) -> Callable[[str], bool]:
    """Give libxml2's own test for a datatype, as a grammar of a single element."""
    grammar = etree.Element(f"{{{RNG}}}element", {"name": "value", "datatypeLibrary": library})
    data = etree.SubElement(grammar, f"{{{RNG}}}data", {"type": kind})
    for name, value in params:
        etree.SubElement(data, f"{{{RNG}}}param", {"name": name}).text = value
    try:
        test = etree.RelaxNG(grammar)
    except etree.RelaxNGParseError:
        raise Refusal(
            f'the datatype "{kind}" of the schema is not known', "use the datatypes of XML Schema"
        ) from None

    def accepts(text: str) -> bool:
        element = etree.Element("value")
        element.text = text
        return bool(test.validate(element))

    return accepts
