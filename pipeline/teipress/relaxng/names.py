"""Name classes (ISO/IEC 19757-2, section 6.1): which names an element or attribute pattern is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

#: No document can have this name, so that it stands for "any other".
_OTHER: Final = "\0"


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

    def endless(self) -> bool:
        """Tell whether the class holds more names than can be listed."""
        if self.kind == "choice":
            return any(part.endless() for part in self.parts)
        return self.kind != "name"

    def overlaps(self, other: Names) -> bool:
        """Tell whether a name can be in both classes (the samples of each are enough to know)."""
        return any(
            self.hold(*sample) and other.hold(*sample) for each in (self, other) for sample in each._samples()
        )

    def _samples(self) -> Iterator[tuple[str, str]]:
        if self.kind == "name":
            yield self.namespace, self.name
        elif self.kind == "nsName":
            yield self.namespace, _OTHER
        elif self.kind == "anyName":
            yield _OTHER, _OTHER
        for part in self.parts:
            yield from part._samples()
