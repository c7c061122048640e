"""Which TEI files have changed since a commit: themselves, or what they are made from or point to.

Changed is what differs from the commit where the branch left that revision, committed or not, and what Git does not
know yet. Git is asked; without it there is no answer.
"""

from __future__ import annotations

import subprocess
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from teipress.asked import tei_files
from teipress.edition import CONFIGURATION, Edition
from teipress.finding import Refusal
from teipress.places import real
from teipress.validate import facts_of

_REMEDY = "name a commit, branch or tag that this repository has, such as main or HEAD~1"


def changed_since(revision: str, files: Sequence[Path], edition: Edition | None) -> list[Path]:
    """Give those of the files that have changed since `revision`, or that depend on what has.

    A text depends on its source, sidecar and ledger, a file on those that it names or that its prefixes lead to, and
    all depend on edition.toml and schema/. Raises `Refusal` where Git cannot say.
    """
    folder = edition.root if edition else real(files[0]).parent if files else Path.cwd()
    changed = _changed(revision, folder)
    if edition and any(_concerns_all(path, edition) for path in changed):
        return list(files)
    targets = {path for path in changed if path.suffix == ".xml"}
    made_from = _texts_of(changed, edition) if edition else set()
    return [
        path
        for path in files
        if real(path) in changed or real(path) in made_from or _points_to(path, targets)
    ]


def beside(chosen: Collection[Path], files: Iterable[Path], edition: Edition | None) -> list[Path]:
    """Give the other files, and those of the edition, that have a say in what is asked of all together."""
    if not chosen:
        return []
    others = [*files, *(tei_files((), edition) if edition else ())]
    known = set(map(real, chosen))
    return list({place: path for path in others if (place := real(path)) not in known}.values())


def _concerns_all(path: Path, edition: Edition) -> bool:
    root = edition.root.resolve()
    return path == root / CONFIGURATION or path.is_relative_to(root / "schema")


def _texts_of(changed: Iterable[Path], edition: Edition) -> set[Path]:
    """Give the texts whose source, sidecar, ledger or pages are among what has changed."""
    from teipress.proof import evidence

    seen = set(changed)
    seeds, ledgers = edition.seeds.resolve(), edition.decisions.resolve()
    stems = {path.stem for path in seen if path.parent in (seeds, ledgers)}
    return {
        real(text)
        for text in edition.texts()
        if text.stem in stems or any(real(path) in seen for path in evidence(edition, text.stem))
    }


def _points_to(path: Path, targets: Collection[Path]) -> bool:
    """Tell whether a file names another that has changed, or points to it by a prefix that it declares."""
    try:
        data = path.read_bytes() if targets else b""
    except OSError:
        return True  # so that the check says why
    if any(target.name.encode() in data for target in targets if target.name != path.name):
        return True
    if b"prefixDef" not in data:
        return False
    home = real(path).parent
    return any(real(home / pointer.path) in targets for pointer in facts_of(path).pointers)


def _changed(revision: str, folder: Path) -> set[Path]:
    """List the files that differ from a revision, those included that are gone."""
    top = Path(
        _git(folder, "rev-parse", "--show-toplevel", remedy="make it one with: git init").strip()
    ).resolve()
    commit = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    ).strip()
    base = _git(folder, "merge-base", commit, "HEAD", fallback=commit).strip()
    differ = _git(top, "diff", "--name-only", "--no-renames", "-z", base)
    unknown = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return {real(top / name) for name in (differ + unknown).split("\0") if name}


def _git(folder: Path, *arguments: str, remedy: str = _REMEDY, fallback: str | None = None) -> str:
    """Ask Git; raise `Refusal` where it is not there or has no answer, unless there is a `fallback`."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except OSError:
        raise Refusal(
            "--changed-since needs Git, which is not here", "install git, or name the files"
        ) from None
    if done.returncode == 0:
        return done.stdout
    if fallback is not None:
        return fallback
    if arguments[:2] == ("rev-parse", "--show-toplevel"):
        said = done.stderr.strip().partition("\n")[0].removeprefix("fatal: ")
        raise Refusal(f"--changed-since: Git has no repository for {folder}: {said}", remedy)
    if arguments[0] == "rev-parse":
        revision = arguments[-1].removesuffix("^{commit}")
        raise Refusal(
            f'--changed-since: Git knows no revision "{revision}" here',
            f"{remedy}; a shallow clone may lack it: git fetch",
        )
    raise Refusal(f"--changed-since: git {arguments[0]}: {done.stderr.strip()}", remedy)
