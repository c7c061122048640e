"""An edition: a folder with `edition.toml`, and what a person knows about each source (its sidecar)."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from teipress.finding import Refusal
from teipress.registers import Naming
from teipress.shapes import faults

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

CONFIGURATION: Final = "edition.toml"


@dataclass(frozen=True)
class Editor:
    """Someone who answers for readings and decisions; `id` is what `@resp` points to."""

    id: str
    name: str
    orcid: str = ""


@dataclass(frozen=True)
class Edition:
    """One edition: its folder and what `edition.toml` says (schema/edition.schema.json)."""

    root: Path
    title: str
    language: str = "en"
    licence: str = "unknown"
    publisher: str = ""
    date: str = ""  # of publication
    email: str = ""  # to write to about the edition
    funder: tuple[str, ...] = ()
    editors: tuple[Editor, ...] = ()
    annotators: tuple[str, ...] = ("marks", "errors", "names", "dates", "translations")
    outputs: tuple[str, ...] = ("html", "text", "print")
    published: str = "all"  # or "reviewed": without the proposals that nobody has accepted
    schemas: tuple[str, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)  # of codes and families; "off" for none
    baseline: str = ""
    conventions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    naming: Naming = field(default_factory=Naming)
    translations: str = "one"  # document with the original, or "two"

    @property
    def seeds(self) -> Path:
        """The folder of source texts; never written to."""
        return self.root / "seeds"

    @property
    def tei(self) -> Path:
        """The folder of TEI files: the edition itself."""
        return self.root / "tei"

    @property
    def registers(self) -> Path:
        """The folder of authority files."""
        return self.tei / "registers"

    @property
    def decisions(self) -> Path:
        """The folder of ledgers and people's decisions, one file for each text."""
        return self.tei / "decisions"

    @property
    def build(self) -> Path:
        """The folder of outputs; deleting it only costs time."""
        return self.root / "build"

    def texts(self) -> list[Path]:
        """List the TEI files of the edition in the order of their names."""
        return sorted(self.tei.glob("*.xml"))

    @classmethod
    def load(cls, root: Path) -> Edition:
        """Read `edition.toml` in the folder `root`; raise `Refusal` where it is missing or wrong."""
        path = root / CONFIGURATION
        if not path.is_file():
            raise Refusal(
                f"{root} is not an edition: it has no {CONFIGURATION}", "make one with: teipress init DIR"
            )
        settings = read_toml(path, "edition")
        return cls(
            root=root,
            title=settings["title"],
            language=settings.get("language", "en"),
            licence=settings.get("licence", "unknown"),
            publisher=settings.get("publisher", ""),
            date=settings.get("date", ""),
            email=settings.get("email", ""),
            funder=_several(settings.get("funder", ())),
            editors=tuple(Editor(**editor) for editor in settings.get("editors", ())),
            annotators=tuple(settings.get("encode", {}).get("annotators", cls.annotators)),
            schemas=_several(settings.get("validate", {}).get("schema", ())),
            severities=settings.get("validate", {}).get("severity", {}),
            baseline=settings.get("validate", {}).get("baseline", ""),
            conventions=tuple(settings.get("encode", {}).get("conventions", ())),
            accept=tuple(settings.get("encode", {}).get("accept", ())),
            outputs=tuple(settings.get("publish", {}).get("outputs", cls.outputs)),
            published=settings.get("publish", {}).get("encoding", cls.published),
            targets=tuple(settings.get("deposit", {}).get("targets", ())),
            naming=_naming(settings.get("names", {})),
            translations=settings.get("translations", {}).get("form", cls.translations),
        )

    @classmethod
    def around(cls, place: Path) -> Edition | None:
        """Find the edition that `place` lies in, going up the folders; None where there is none."""
        for folder in (place, *place.parents):
            if (folder / CONFIGURATION).is_file():
                return cls.load(folder)
        return None


#: What `proposals` in [names] may say besides which are made: true is all, false is none.
_PROPOSALS: Final[Mapping[object, str]] = {True: "all", False: "none"}


def _naming(settings: Mapping[str, Any]) -> Naming:
    recognisers = settings.get("recognisers")
    proposals = settings.get("proposals", Naming.proposals)
    return Naming(
        settings.get("ambiguous", Naming.ambiguous),
        None if recognisers is None else tuple(recognisers),
        _PROPOSALS.get(proposals, str(proposals)),
        settings.get("roles", Naming.roles),
    )


@dataclass(frozen=True)
class Sidecar:
    """What a person knows about one source text (`NAME.toml` beside it, schema/sidecar.schema.json)."""

    title: str = ""
    author: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    date: str = ""
    place: str = ""
    language: str = ""
    genre: str = ""
    origin: str = ""
    repository: str = ""
    shelfmark: str = ""
    witness: str = ""
    number: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    identifier: str = ""
    licence: str = ""
    rights_holder: str = ""
    translation_of: str = ""
    translator: str = ""
    reader: str = ""
    files: tuple[str, ...] = ()
    encoding: str = ""
    omit: tuple[Mapping[str, str], ...] = field(default=())
    conventions: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Sidecar:
        """Read the sidecar at `path`; a sidecar that does not exist says nothing."""
        if not path.is_file():
            return cls()
        values = read_toml(path, "sidecar")
        several = ("author", "recipient", "keywords", "files", "omit", "conventions", "accept")
        read: dict[str, Any] = {key: _several(v) if key in several else str(v) for key, v in values.items()}
        return cls(**read)


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def read_toml(path: Path, schema: str) -> dict[str, Any]:
    """Read a TOML file and hold it against `schema/SCHEMA.schema.json`; raise `Refusal` that names the key."""
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refusal(f"{path}: not UTF-8 at byte {error.start}", "save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"{path}: not TOML: {error}", "mend the line; a text stands in double quotes") from None
    errors = sorted(faults(schema, values), key=lambda error: list(map(str, error.path)))
    if errors:
        raise Refusal(*_explain(path, errors[0]))
    return values


def _explain(path: Path, error: ValidationError) -> tuple[str, str]:
    """Say what is wrong with which key, and suggest the nearest key for one that is unknown."""
    where = ".".join(map(str, error.absolute_path))
    schema: Any = error.schema
    instance: Any = error.instance
    if error.validator == "additionalProperties":
        known = sorted(schema["properties"])
        unknown = sorted(set(instance) - set(known))[0]
        key = f"{where}.{unknown}" if where else unknown
        near = difflib.get_close_matches(unknown, known, n=1)
        return f'{path}: unknown key "{key}"', (
            f'did you mean "{near[0]}"?' if near else f"known keys: {', '.join(known)}"
        )
    subject = f'key "{where}"' if where else "the file"
    described = str(schema.get("description", ""))
    if error.validator == "pattern" and described:  # which says it to those who do not read patterns
        return f"{path}: {subject}: {instance!r} is not what it may be", described
    return f"{path}: {subject}: {error.message}", described
