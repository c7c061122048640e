"""What other repositories use of this one: the hooks of pre-commit, the GitHub action, the job for GitLab.

The scripts run as they are written, by bash, in a scratch repository; what services do around them (Python, the
caches, the uploads) is left out. The program is installed from this checkout, in an environment of its own that
finds its dependencies in the one that the tests run in.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

from conftest import CASES, ROOT

SCHEMAS = Path(__file__).parent / "schemas"
SITE = sysconfig.get_path("purelib")
LETTER = (CASES / "validate" / "RNG001" / "in" / "right.xml").read_text(encoding="utf-8")
TRACKED = ("pipeline", "schema", "xslt", "docs", "pyproject.toml", "README.md", "LICENSE", "action.yml")
GIT = {
    **{f"GIT_{who}_{what}": "anna" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def load(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def bash(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a script as the services do: every command must succeed."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | GIT,
    )
    return done.stdout.strip()


def copy_of_this_repository(target: Path) -> Path:
    """A clone, with what is not committed yet."""
    for name in TRACKED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.mkdir(exist_ok=True)
            shutil.copy(source, target)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", target)
    return target


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A scratch repository with an edition of two letters, committed."""
    folder = tmp_path / "edition"
    (folder / "tei").mkdir(parents=True)
    (folder / "edition.toml").write_text('title = "Letters"\n')
    (folder / ".gitignore").write_text("/build/\n")
    for name in ("a", "b"):
        (folder / "tei" / f"{name}.xml").write_text(LETTER, encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    return folder


def break_(path: Path) -> None:
    """Put an element that TEI has not into the first paragraph of the body."""
    head, body, rest = path.read_text(encoding="utf-8").partition("<body>")
    path.write_text(head + body + re.sub(r"<p\b[^>]*>", r"\g<0><blink/>", rest, count=1), encoding="utf-8")


# -- GitHub -----------------------------------------------------------------------------------------------------


class Machine:
    """Where the scripts run: a clone of this repository, and a Python in which it is installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checkout = copy_of_this_repository(folder / "action")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "python")], check=True)
        self.path = folder / "python" / ("Scripts" if os.name == "nt" else "bin")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine on which the step that installs the program has run."""
    machine = Machine(tmp_path_factory.mktemp("machine"))
    done = Runner(machine, machine.folder).run(only="Install teipress")
    assert done.returncode == 0, done.stderr
    return machine


class Runner:
    """Runs the steps of action.yml that are scripts, one after the other, as GitHub's runner does."""

    def __init__(self, machine: Machine, edition: Path, base: str = "", **inputs: str) -> None:
        self.machine = machine
        self.action = load("action.yml")
        self.edition = edition
        self.temp = machine.folder / "temp"
        self.temp.mkdir(exist_ok=True)
        self.summary = self.temp / "summary"
        self.outputs: dict[str, dict[str, str]] = {}
        self.base = base
        self.inputs = {name: str(about.get("default", "")) for name, about in self.action["inputs"].items()}
        self.inputs |= {name.replace("_", "-"): value for name, value in inputs.items()}

    def expand(self, value: str) -> str:
        """Fill in what stands in `${{ }}`."""
        names = {
            **{f"inputs.{name}": each for name, each in self.inputs.items()},
            "github.event.pull_request.base.sha": self.base,
            "github.server_url": "https://example.org",
            "github.action_repository": "someone/teipress",
            "github.action_ref": "v1",
            "runner.temp": str(self.temp),
            **{
                f"steps.{i}.outputs.{name}": each
                for i, found in self.outputs.items()
                for name, each in found.items()
            },
        }
        return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda match: names[match[1]], value)

    def run(self, only: str = "") -> subprocess.CompletedProcess[str]:
        """Run the scripts until one fails, without that which the machine has run, or `only` this; give the last."""
        for step in self.action["runs"]["steps"]:
            name = step.get("name", "")
            if "run" not in step or (name != only if only else name == "Install teipress"):
                continue
            assert step["shell"] == "bash"
            assert "${{" not in step["run"], "what others write goes into a script by the environment alone"
            output = self.temp / "output"
            output.write_text("")
            done = bash(step["run"], self.edition, self.environment(output, step.get("env", {})))
            said = dict(line.split("=", 1) for line in output.read_text().splitlines())
            self.outputs[step.get("id", "")] = said
            if done.returncode:
                break
        return done

    def environment(self, output: Path, given: dict[str, str]) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI"))},
            **GIT,
            "PATH": f"{self.machine.path}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": SITE,
            "PIP_NO_BUILD_ISOLATION": "0",
            "PIP_NO_INDEX": "1",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(self.machine.checkout),
            "GITHUB_WORKSPACE": str(self.edition),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            **{name: self.expand(str(value)) for name, value in given.items()},
        }


def test_the_action_annotates_what_a_pull_request_changes(edition: Path, machine: Machine) -> None:
    break_(edition / "tei" / "b.xml")
    git(edition, "commit", "-q", "-a", "-m", "broken before")
    base = git(edition, "rev-parse", "HEAD")
    (edition / "build" / ".cache").mkdir(parents=True)
    (edition / "build" / ".cache" / "validate.json").write_text("what a repository may say of itself")
    clean = Runner(machine, edition, base).run()
    assert clean.returncode == 0, clean.stdout + clean.stderr
    break_(edition / "tei" / "a.xml")
    git(edition, "commit", "-q", "-a", "-m", "broken now")
    runner = Runner(machine, edition, base, options="--ignore WRD")
    done = runner.run()
    assert done.returncode == 1
    commands = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert [line.partition(",title")[0] for line in commands] == [
        "::error file=tei/a.xml,line=12,col=10,endColumn=16"
    ]
    report = Path(runner.expand(runner.action["outputs"]["report"]["value"]))
    log = json.loads(report.read_text(encoding="utf-8"))
    Draft4Validator(json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))).validate(
        log
    )
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://example.org/someone/teipress/blob/v1/docs/checks/RNG001.md"
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(
        etree.parse(report.with_suffix(".xml"))
    )
    assert "tei/a.xml:12:10: error RNG001" in runner.summary.read_text(encoding="utf-8")


def test_the_action_checks_a_push_whole(edition: Path, machine: Machine) -> None:
    """And this repository's own edition, too, from its folder inside another."""
    home = edition / "letters"
    for name in ("seeds", "tei"):
        shutil.copytree(ROOT / name, home / name)
    shutil.copy(ROOT / "edition.toml", home)
    runner = Runner(machine, edition, folder="letters", options="--severity warning")
    done = runner.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert all("file=letters/tei/" in line for line in done.stdout.splitlines() if line.startswith("::"))
    assert (home / "build" / ".cache" / "validate.json").is_file()


def test_the_action_says_what_is_wrong_with_the_call(edition: Path, machine: Machine) -> None:
    done = Runner(machine, edition, options="--select NONE").run()
    assert done.returncode == 2
    assert 'no code or family is named "NONE"' in done.stderr


def test_the_action_is_one() -> None:
    check("github-actions", "action.yml")


# -- GitLab -----------------------------------------------------------------------------------------------------


def test_the_job_for_gitlab_reports(edition: Path, machine: Machine, tmp_path: Path) -> None:
    break_(edition / "tei" / "a.xml")
    job = load("docs/ci/gitlab.yml")["teipress"]
    runner = Runner(machine, edition)
    environment = runner.environment(tmp_path / "output", job["variables"])
    environment |= {"CI_PROJECT_DIR": str(edition), "PIP_CACHE_DIR": str(tmp_path / "pip")}
    del environment["GITHUB_WORKSPACE"]
    done = bash("\n".join(job["script"]), edition, environment)
    assert done.returncode == 1, done.stderr
    assert "tei/a.xml:12:10: error RNG001" in done.stdout
    quality = json.loads((edition / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    Draft202012Validator(json.loads((SCHEMAS / "code-quality.json").read_text(encoding="utf-8"))).validate(
        quality
    )
    assert ("tei/a.xml", "RNG001") in {(each["location"]["path"], each["check_name"]) for each in quality}
    junit = etree.parse(edition / job["artifacts"]["reports"]["junit"])
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(junit)


def test_the_job_for_gitlab_is_one() -> None:
    check("gitlab-ci", "docs/ci/gitlab.yml")


def check(schema: str, path: str) -> None:
    """Hold a file against the schema that its service publishes, as check-jsonschema has it."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# -- pre-commit -------------------------------------------------------------------------------------------------


def pre_commit(folder: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | GIT | {"PRE_COMMIT_HOME": str(home)}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def use_hooks(edition: Path, clone: Path, *, installing: bool) -> None:
    """Name the hooks in the edition; not `installing`, they run with the program that the tests have."""
    git(clone, "init", "-q", "-b", "main")
    git(clone, "add", "-f", ".")
    git(clone, "commit", "-q", "-m", "clone")
    hooks = [
        {"id": each["id"]} | ({} if installing else {"language": "system"})
        for each in load(".pre-commit-hooks.yaml")
    ]
    for hook in hooks:
        if not installing:
            entry = next(each["entry"] for each in load(".pre-commit-hooks.yaml") if each["id"] == hook["id"])
            hook["entry"] = entry.replace("teipress", f"{sys.executable} -m teipress", 1)
    repository = {"repo": str(clone), "rev": git(clone, "rev-parse", "HEAD"), "hooks": hooks}
    (edition / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [repository]}))
    git(edition, "add", ".")


def hooks_hold(edition: Path, tmp_path: Path, *, installing: bool) -> None:
    """The hooks pass on a sound edition, and stop the commit of a broken file."""
    (edition / "seeds").mkdir()
    with (edition / "edition.toml").open("a") as settings:
        settings.write("[names]\nrecognisers = []\n")  # the same whatever models are installed here
    for name in ("a", "b"):
        (edition / "tei" / f"{name}.xml").unlink()
        (edition / "seeds" / f"{name}.txt").write_text(
            "Oban, 2 June 1871\n\nDear Ann,\n\nthe ship came on Monday.\n\nMary\n"
        )
    encode = [sys.executable, "-m", "teipress", "encode"]
    subprocess.run(encode, cwd=edition, check=True, capture_output=True)
    clone = tmp_path / "clone"
    if installing:
        copy_of_this_repository(clone)
    else:
        clone.mkdir()
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", clone)
    use_hooks(edition, clone, installing=installing)
    home = tmp_path / "home"
    done = pre_commit(edition, home, "run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 3
    break_(edition / "tei" / "b.xml")
    git(edition, "add", ".")
    done = pre_commit(edition, home, "run")
    assert done.returncode == 1
    assert done.stdout.count("Failed") >= 2
    assert re.search(r"tei/b\.xml:\d+:\d+: error RNG001", done.stdout)


def test_pre_commit_runs_the_hooks(edition: Path, tmp_path: Path) -> None:
    hooks_hold(edition, tmp_path, installing=False)


def test_the_hooks_are_hooks(tmp_path: Path) -> None:
    done = pre_commit(ROOT, tmp_path, "validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


@pytest.mark.full
def test_pre_commit_installs_and_runs_the_hooks(edition: Path, tmp_path: Path) -> None:
    hooks_hold(edition, tmp_path, installing=True)
