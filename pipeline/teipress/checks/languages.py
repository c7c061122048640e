"""Languages: tags are BCP 47's (LNG001 to LNG003), and the text is in a script of its language (LNG004)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from teipress.checks.scripts import misfits
from teipress.checks.subject import Subject
from teipress.document import LANG, TEI, local
from teipress.finding import Finding, Severity

#: Attributes whose values are language tags (teidata.language), by the elements that have them.
TAGGED: Final = {"mainLang": "textLang", "otherLangs": "textLang", "ident": "language"}
_TAG: Final = re.compile(
    r"(?P<language>[a-z]{2,3}(?P<extlang>(?:-[a-z]{3}){0,3})|[a-z]{4}|[a-z]{5,8})(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?(?P<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*)(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE,
)


class Fault(NamedTuple):
    """What is wrong with a tag."""

    code: str
    severity: Severity
    message: str
    remedy: str


@cache
def subtags() -> Mapping[str, Any]:
    """Give IANA's registry of subtags, each kind as a set or a dict."""
    table = json.loads(Path(__file__).with_name("subtags.json").read_text(encoding="utf-8"))
    return {
        kind: frozenset(value.lower().split())
        if isinstance(value, str)
        else {key.lower(): each for key, each in value.items()}
        for kind, value in table.items()
    }


def check(subject: Subject) -> Iterator[Finding]:
    """Yield LNG001 to LNG003 once for each tag that is wrong, and LNG004 where text is in another script."""
    times: Counter[str] = Counter()
    first: dict[str, tuple[int, str]] = {}
    for name in (LANG, *TAGGED):
        for number, kind, value in subject.survey.attributes.get(name, ()):
            if name == LANG or TAGGED[name] == kind.removeprefix(f"{{{TEI}}}"):
                for tag in value.split():
                    times[tag] += 1
                    first.setdefault(tag, (number, name.replace(LANG, "xml:lang")))
    for tag, (number, attribute) in first.items():
        fault = tag_fault(tag)
        element = subject.survey.element(number) if fault else None
        if fault and element is not None and (element, attribute) not in subject.said:
            again = f" ({times[tag]} times; here first)" if times[tag] > 1 else ""
            message = f'@{attribute} of <{local(element)}> is "{tag}": {fault.message}{again}'
            yield subject.finding(number, fault.code, fault.severity, message, fault.remedy, attribute)
    yield from misfits(subject, {tag: script for tag in first if (script := expected(tag))})


@cache
def tag_fault(tag: str) -> Fault | None:
    """Say what is wrong with a language tag, if anything (RFC 5646)."""
    known = subtags()
    if tag.lower() in known["grandfathered"]:
        return None
    if named := known["named"].get(tag.lower()):
        return Fault("LNG002", "warning", "this is the name of a language, not its code", f'write "{named}"')
    match = _TAG.fullmatch(tag)
    if not match:
        near = _TAG.fullmatch(tag.replace("_", "-"))
        remedy = f'write "{tag.replace("_", "-")}"' if near else "write a tag such as de, zh-Hant or grc-Latn"
        return Fault("LNG001", "error", "this is no language tag", remedy)
    language = (match["language"] or "").lower().partition("-")[0]
    if not language or "qaa" <= language <= "qtz":  # for private use
        return None
    if language not in known["language"]:
        return _unknown_language(language, known)
    for kind in ("script", "region"):
        part = (match[kind] or "").lower()
        if part and part not in known[kind] and not _private(kind, part):
            return Fault("LNG002", "warning", f'there is no {kind} "{match[kind]}"', _find(kind))
    for part in filter(None, (match["extlang"] or "").lower().split("-")):
        if part not in known["extlang"]:
            return Fault("LNG002", "warning", f'there is no extended language "{part}"', _find("language"))
    return _variants(tag, match["variants"] or "", known) or _preferred(language, known)


def _unknown_language(language: str, known: Mapping[str, Any]) -> Fault:
    if short := known["short"].get(language):
        message = f'"{language}" is not used in language tags, which take the code of two letters'
        return Fault("LNG002", "warning", message, f'write "{short}"')
    if language in known["region"]:
        message = f'"{language}" is a country, not a language'
        return Fault(
            "LNG002", "warning", message, "write the language, such as de, and the country after it: de-AT"
        )
    return Fault("LNG002", "warning", f'there is no language "{language}"', _find("language"))


def _find(kind: str) -> str:
    return f"look the {kind} up in IANA's Language Subtag Registry; what has no code is written x-…"


def _private(kind: str, part: str) -> bool:
    return (
        "qaaa" <= part <= "qabx"
        if kind == "script"
        else part in ("aa", "zz") or "qm" <= part <= "qz" or part[0] == "x"
    )


def _variants(tag: str, variants: str, known: Mapping[str, Any]) -> Fault | None:
    parts = [part for part in variants.lower().split("-") if part]
    for part in parts:
        if part not in known["variant"]:
            remedy = f"look it up in IANA's Language Subtag Registry; what has no code is written x-{part}"
            return Fault("LNG002", "warning", f'there is no variant "{part}"', remedy)
        prefixes = known["variant"][part].lower().split()
        if prefixes and not any(tag.lower().startswith(prefix) for prefix in prefixes):
            shown = " or ".join(known["variant"][part].split()[:3])
            return Fault(
                "LNG003",
                "info",
                f'"{part}" is meant for {shown}',
                f"write the tag as in {shown.split()[0]}-{part}",
            )
    if len(parts) != len(set(parts)):
        return Fault("LNG001", "error", "a variant stands in it twice", "take one of the two out")
    return None


def _preferred(language: str, known: Mapping[str, Any]) -> Fault | None:
    if preferred := known["preferred"].get(language):
        return Fault("LNG003", "info", f'"{language}" was replaced', f'write "{preferred}"')
    return None


#: Scripts of languages that IANA's registry leaves open.
_SCRIPTS: Final = {
    "zh": "Hani",
    "lzh": "Hani",
    "cmn": "Hani",
    "grc": "Grek",
    "cu": "Cyrl",
    "syr": "Syrc",
    "cop": "Copt",
}


@cache
def expected(tag: str) -> str:
    """Give the script that text of a language tag is written in; "" where it may be any."""
    match = _TAG.fullmatch(tag)
    if not match or not match["language"]:
        return ""
    if match["script"]:
        return match["script"].capitalize()
    if match["extensions"] or "-t-" in tag:
        return ""
    language = match["language"].lower().partition("-")[0]
    language = subtags()["short"].get(language, language)
    return _SCRIPTS.get(language) or str(subtags()["suppress"].get(language, ""))
