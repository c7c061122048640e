"""Validation: an automaton that grows with the documents it has seen, and what to say where it stops.

A state is what the content of one open element may still be: as many patterns as there are definitions that
the element can be an instance of, nearly always one. What lies around the element waits on a stack, so that
states are few. A state remembers its followers, so that a second document like the first costs a look-up for
each of its elements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from lxml import etree

from teipress.document import local
from teipress.finding import Refusal
from teipress.relaxng import restrictions
from teipress.relaxng.datatypes import blank
from teipress.relaxng.derivatives import Derivatives, Openings
from teipress.relaxng.patterns import Pattern, attribute_names, firsts, needed, required, tags, values
from teipress.relaxng.reading import Reading

#: With more patterns than this the automaton is begun anew before the next document.
_FULL: Final = 150_000
#: A document with more faults than this is of another kind than the grammar, and enough has been said.
MOST_FAULTS: Final = 1_000
_DEEP: Final = Refusal("the grammar is nested too deeply", "simplify the grammar")


#: An element with its name and its attributes.
Seen = tuple[etree._Element, str, list[tuple[str, str]]]


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


class _State:
    """What the content of an element may still be, by each definition that it may be an instance of."""

    __slots__ = ("alive", "attributes", "closed", "done", "easy", "free", "opens", "parts", "text", "valued")

    def __init__(self, parts: tuple[Pattern, ...]) -> None:
        self.parts = parts
        self.done = tuple(number for number, part in enumerate(parts) if part.nullable)
        self.opens: dict[str, _Step] = {}
        self.attributes: dict[str, _Value] = {}
        self.closed: _State | None = None
        self.text: _State | None = None
        self.free = False  # text may stand here and changes nothing
        self.valued = any(map(_has_values, parts))
        self.easy = False  # whatever text stands here, it is right
        self.alive = tuple(number for number, part in enumerate(parts) if part.kind != "notAllowed")


@dataclass(eq=False, slots=True)
class _Step:
    """Into an element and out of it: the state inside, and by the definitions it then fits, the state after."""

    inside: _State
    keys: tuple[Pattern, ...]
    rests: tuple[Openings, ...]
    after: dict[tuple[int, ...], _State]


@dataclass(eq=False, slots=True)
class _Value:
    """The values that an attribute may have, and by those that it fits, the state after; None allows no such one."""

    patterns: tuple[Pattern, ...]
    rests: tuple[Openings, ...]
    after: dict[tuple[bool, ...], _State]
    any: _State | None = None  # the state after, where every value will do


def _has_values(pattern: Pattern) -> bool:
    if pattern.kind in ("element", "attribute"):
        return False
    return pattern.kind in ("data", "value", "list") or any(map(_has_values, pattern.parts))


def _anything() -> _State:
    """Give the state inside an element that nothing is known of: all is right."""
    state = _State(())
    state.done, state.free, state.easy, state.closed = (0,), True, True, state
    return state


_ANYTHING: Final = _anything()


class Grammar:
    """A grammar, and what has been derived from it so far."""

    def __init__(self, path: Path, trusted: bool = False) -> None:
        """Read the grammar at `path` and what it includes; raise `Refusal` where that cannot be done.

        Of a `trusted` grammar, one that comes with the program, only what a document needs is read.
        """
        self.path = path
        try:
            self._reading = Reading(path, strict=not trusted)
            if not trusted:
                restrictions.check(self._reading)
        except RecursionError:
            raise Refusal(f"{path}: {_DEEP.message}", _DEEP.remedy) from None
        self._holders: dict[str, frozenset[str]] = {}
        self._begin()

    def _begin(self) -> None:
        self.patterns = self._reading.patterns
        self.derivatives = Derivatives(self.patterns)
        self._states: dict[tuple[Pattern, ...], _State] = {}
        self.start = self._reading.start

    def content(self, element: Pattern) -> Pattern:
        """Give what an element pattern says of attributes and content."""
        return self._reading.content(element)

    def faults(self, root: etree._Element, seen: list[Seen] | None = None) -> list[Fault]:
        """List what in the document below `root` the grammar does not allow, in the document's order.

        To `seen`, where it is given, all elements are added, for others that want them; none where some were
        not looked at.
        """
        if len(self.patterns) + self.derivatives.remembered > _FULL:
            self._reading.forget()
            self._begin()
        try:
            return _Run(self).document(root, [] if seen is None else seen)
        except RecursionError:
            raise Refusal(f"{self.path}: {_DEEP.message}", _DEEP.remedy) from None

    # -- the automaton --------------------------------------------------------------------------------------

    def state(self, *parts: Pattern) -> _State:
        """Give the state of these patterns."""
        state = self._states.get(parts)
        if state is None:
            state = self._states[parts] = _State(parts)
        return state

    def step(self, state: _State, tag: str, skip: bool = False) -> _Step | None:
        """Work out what an element does to a state; with `skip`, as if what is missing before it were there."""
        derive = self.derivatives.skipped if skip else self.derivatives.opened
        rests = tuple(derive(part, tag) for part in state.parts)
        keys = tuple(dict.fromkeys(key for openings in rests for key in openings))
        if not keys:
            return None
        return _Step(self.state(*map(self.content, keys)), keys, rests, {})

    def leave(self, step: _Step, fits: tuple[int, ...]) -> _State:
        """Give the state after an element that fits these of the definitions that it might be an instance of."""
        state = step.after.get(fits)
        if state is None:
            keys = [step.keys[number] for number in fits]
            state = step.after[fits] = self._merged(step.rests, keys)
        return state

    def _merged(self, rests: tuple[Openings, ...], keys: Collection[Pattern]) -> _State:
        """Give the state of what is left, of each definition, where one of `keys` has been read."""
        chosen = ([rest for key, rest in openings.items() if key in keys] for openings in rests)
        return self.state(*map(self.patterns.choice, chosen))

    def value(self, state: _State, name: str) -> _Value | None:
        """Work out what an attribute does to a state."""
        rests = tuple(self.derivatives.attribute(part, name) for part in state.parts)
        patterns = tuple(dict.fromkeys(key.parts[0] for openings in rests for key in openings))
        if not patterns:
            return None
        value = _Value(patterns, rests, {})
        if patterns == (self.patterns.text,):
            value.any = self.valued(value, (True,))
        return value

    def valued(self, value: _Value, fits: tuple[bool, ...]) -> _State:
        """Give the state after an attribute whose value fits these patterns."""
        state = value.after.get(fits)
        if state is None:
            right = {pattern for pattern, fit in zip(value.patterns, fits, strict=True) if fit}
            keys = {key for openings in value.rests for key in openings if key.parts[0] in right}
            state = value.after[fits] = self._merged(value.rests, keys)
        return state

    def closed(self, state: _State) -> _State:
        """Give the state after the last attribute."""
        if state.closed is None:
            state.closed = self.state(*map(self.derivatives.closed, state.parts))
            self.text(state.closed)
        return state.closed

    def text(self, state: _State) -> _State:
        """Give the state after text."""
        if state.text is None:
            state.text = self.state(*map(self.derivatives.text, state.parts))
            state.free = state.text is state and bool(state.alive)
            state.easy = state.free and bool(state.done) and not state.valued
        return state.text

    # -- what the grammar has -------------------------------------------------------------------------------

    def definitions(self, name: str) -> list[Pattern]:
        """Give the element patterns of this name, wherever they stand in the grammar."""
        return self._reading.elements(name)

    def may_hold(self, name: str, tag: str) -> bool:
        """Tell whether an element of this local name may hold one of this tag, in whatever place."""
        if name not in self._holders:
            contents = map(self.content, self.definitions(name))
            self._holders[name] = frozenset().union(*map(tags, contents))
        return tag in self._holders[name]

    def element_names(self) -> Collection[str]:
        """Give the local names of all elements in the grammar, whether or not they can be reached."""
        return self._reading.names()


class _Run:
    """One document on its way through the automaton."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.faults: list[Fault] = []
        self._troubled: set[etree._Element] = set()

    def document(self, root: etree._Element, seen: list[Seen]) -> list[Fault]:
        """Take the whole document, element by element, and never deeper than this; add elements to `seen`."""
        grammar, faults = self.grammar, self.faults
        state = whole = grammar.state(grammar.start)
        stack: list[tuple[_State, _State, _Step]] = []
        walk: Any = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        leaf, owner, all_seen = False, root, True
        for event, element in walk:
            if event == "start":
                if leaf and not state.free:
                    state = self._first_text(state, owner, element)
                tag, items = element.tag, element.items()
                step = state.opens.get(tag) or self._open(state, element, whole)
                stack.append((state, whole, step))
                seen.append((element, tag, items))
                if step.inside is _ANYTHING:
                    walk.skip_subtree()
                    items, all_seen = [], all_seen and not len(element)
                inside = self._attributes(step.inside, items, element) if items else step.inside
                state = whole = inside.closed or self._close(inside, element)
                leaf, owner = True, element
            elif event == "end":
                if leaf:
                    fits = state.done if state.easy else self._leaf(state, element)
                    leaf = False
                else:
                    fits = state.done or self._end(state, element)
                state, whole, step = stack.pop()
                state = step.after.get(fits) or grammar.leave(step, fits)
                if not state.free and (text := element.tail) and not (text.isspace() and text.isascii()):
                    state = self._text(state, element.getparent(), text)
            elif not leaf and not state.free and not blank(element.tail or ""):
                state = self._text(state, element.getparent(), element.tail)
            if len(faults) > MOST_FAULTS:
                all_seen = False
                break
        if not all_seen:
            seen.clear()
        return faults

    # -- elements -------------------------------------------------------------------------------------------

    def _open(self, state: _State, element: etree._Element, whole: _State) -> _Step:
        """Find the way into an element; where there is none, what is inside is passed over."""
        grammar, tag = self.grammar, str(element.tag)
        step = grammar.step(state, tag)
        if step is not None:
            if grammar.derivatives.room():
                state.opens[tag] = step
            return step
        union = grammar.patterns.choice(state.parts)
        if tag in tags(union):
            skipped = grammar.step(state, tag, skip=True)
            if skipped is not None:
                rests = [rest for openings in skipped.rests for rest in openings.values()]
                later = needed(grammar.patterns.choice(rests), "element") | {local(element)}
                missing = tuple(sorted(needed(union, "element") - later)) or firsts(union)
                self.faults.append(Fault("before", element, expected=missing))
                return skipped
        possible = any(tag in tags(part) for part in whole.parts) and element.getparent() is not None
        self.faults.append(Fault("element", element, expected=firsts(union), elsewhere=possible))
        parent = element.getparent()
        self._troubled.update((element,) if parent is None else (element, parent))
        return self._look_inside(state, element)

    def _look_inside(self, state: _State, element: etree._Element) -> _Step:
        """Go on inside an element that may not stand where it does, where the grammar knows only one such."""
        grammar, name = self.grammar, etree.QName(element)
        known = grammar.definitions(name.localname)
        if (
            len(known) != 1
            or not known[0].names
            or not known[0].names.hold(name.namespace or "", name.localname)
        ):
            return _Step(_ANYTHING, (), (), {(0,): state})
        rests: tuple[Openings, ...] = tuple({known[0]: part} for part in state.parts)
        return _Step(grammar.state(grammar.content(known[0])), (known[0],), rests, {})

    def _end(self, state: _State, element: etree._Element) -> tuple[int, ...]:
        """Say what is missing at the end of an element; go on as if it were there."""
        # What is missing may be what stands here under another name: one fault is enough.
        if element not in self._troubled:
            union = self.grammar.patterns.choice(state.parts)
            missing = tuple(sorted(needed(union, "element"))) or firsts(union)
            self.faults.append(Fault("content", element, expected=missing))
        return state.alive

    def _leaf(self, state: _State, element: etree._Element) -> tuple[int, ...]:
        """Take an element without elements inside; give the definitions that its text fits."""
        text = (element.text or "") if not len(element) else "".join(_texts(element))
        if not text and state.done and not state.valued:
            return state.done
        fits = self._fitting(state, text, element)
        if fits:
            return fits
        after = self.grammar.text(state)
        if blank(text) or after.alive:
            return self._end(state if blank(text) else after, element)
        union = self.grammar.patterns.choice(state.parts)
        allowed = values(union)
        kind: Literal["value", "text"] = "value" if allowed else "text"
        self.faults.append(Fault(kind, element, value=text.strip(), expected=allowed or firsts(union)))
        return state.alive

    def _fitting(self, state: _State, text: str, element: etree._Element) -> tuple[int, ...]:
        after, empty = self.grammar.text(state).parts, blank(text)
        return tuple(
            number
            for number, part in enumerate(state.parts)
            if (part.nullable if empty else after[number].nullable)
            or (state.valued and self._matches(part, text, element))
        )

    def _matches(self, pattern: Pattern, text: str, element: etree._Element) -> bool:
        if pattern.kind == "notAllowed":
            return False
        return self.grammar.derivatives.matches(pattern, text, element.nsmap if ":" in text else {})

    # -- text -----------------------------------------------------------------------------------------------

    def _first_text(self, state: _State, element: etree._Element, child: etree._Element) -> _State:
        """Take the text of an element before its first child, with that after comments there."""
        text = element.text or ""
        if child.getprevious() is not None:
            text += "".join(each.tail or "" for each in child.itersiblings(preceding=True))
        return state if blank(text) else self._text(state, element, text)

    def _text(self, state: _State, element: etree._Element, words: str) -> _State:
        after = self.grammar.text(state)
        if after.alive or blank(words):
            return after if after.alive else state
        if not any(fault.kind == "text" and fault.element is element for fault in self.faults[-20:]):
            expected = firsts(self.grammar.patterns.choice(state.parts))
            self.faults.append(Fault("text", element, value=words.strip(), expected=expected))
            self._troubled.add(element)
        return state

    # -- attributes -----------------------------------------------------------------------------------------

    def _attributes(self, state: _State, items: list[tuple[str, str]], element: etree._Element) -> _State:
        """Take the attributes."""
        grammar = self.grammar
        for name, value in items:
            found = state.attributes.get(name)
            if found is not None and found.any is not None:
                state = found.any
                continue
            if found is None:
                found = grammar.value(state, name)
                if found is None:
                    union = grammar.patterns.choice(state.parts)
                    expected = tuple(sorted(attribute_names(union)))
                    self.faults.append(Fault("attribute", element, name, value, expected))
                    if len(self.faults) >= MOST_FAULTS:
                        break
                    continue
                if grammar.derivatives.room():
                    state.attributes[name] = found
            fits = tuple([each.kind == "text" or self._fits(each, value, element) for each in found.patterns])
            after = found.after.get(fits) or grammar.valued(found, fits)
            if not after.alive:
                if not any(fits):
                    allowed = tuple(dict.fromkeys(word for each in found.patterns for word in values(each)))
                    self.faults.append(Fault("value", element, name, value, allowed))
                after = grammar.valued(found, (True,) * len(fits))
            state = after
        return state

    def _fits(self, pattern: Pattern, value: str, element: etree._Element) -> bool:
        known = pattern.matched.get(value)
        return self._matches(pattern, value, element) if known is None else known

    def _close(self, state: _State, element: etree._Element) -> _State:
        """Take the last attribute as read; say which are missing."""
        closed = self.grammar.closed(state)
        if closed.alive:
            return closed
        state.closed = None  # the next such element must be told too
        union = self.grammar.patterns.choice(state.parts)
        self.faults.append(Fault("no attribute", element, expected=required(union)))
        rest = self.grammar.state(*map(self.grammar.derivatives.without_attributes, state.parts))
        self.grammar.text(rest)
        return rest


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""
