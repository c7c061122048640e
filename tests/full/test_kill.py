"""A process that is killed at any moment leaves whole files, and the next run repairs the rest."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

from teipress.document import parse
from teipress.ledger import Ledger

pytestmark = pytest.mark.full

TIMES = 200
REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Names</title></titleStmt>
<publicationStmt><p>Not stated.</p></publicationStmt><sourceDesc><p>Made for the test.</p></sourceDesc></fileDesc>
</teiHeader><standOff><listPlace><place xml:id="p{number}"><placeName>Tartu</placeName></place></listPlace></standOff>
</TEI>"""
SENTENCE = "On 3 May 1891 the boat left Tartu with nobody aboard, and came back to Tartu on 9 May 1891. "


def encode(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "teipress", "encode"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    for name in ("seeds", "tei/registers"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "edition.toml").write_text('title = "To be killed"\n')
    for name in "abcdef":
        (tmp_path / "seeds" / f"{name}.txt").write_text("\n\n".join([SENTENCE * 4] * 12), encoding="utf-8")
    register = tmp_path / "tei" / "registers" / "places.xml"
    register.write_text(REGISTER.format(number=0), encoding="utf-8")
    started = time.monotonic()
    assert encode(tmp_path).wait() == 0
    whole = time.monotonic() - started
    chance = random.Random(1891)
    interrupted = 0
    for number in range(1, TIMES + 1):
        register.write_text(REGISTER.format(number=number), encoding="utf-8")
        process = encode(tmp_path)
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        process.kill()
        interrupted += process.wait() != 0
        for path in (tmp_path / "tei").glob("*.xml"):
            parse(path.read_bytes(), path.name)
            Ledger.load(tmp_path / "tei" / "decisions" / f"{path.stem}.json")
    assert interrupted > TIMES / 4, "the process was too quick to be killed"
    assert encode(tmp_path).wait() == 0
    for path in (tmp_path / "tei").glob("*.xml"):
        root = parse(path.read_bytes(), path.name).getroot()
        names = list(root.iter("{*}placeName"))
        # Nothing was taken for a person's, nothing for rejected: every name is there, with today's referent.
        assert {name.get("ref") for name in names} == {f"registers/places.xml#p{TIMES}"}, path.name
        assert len(names) == 2 * 4 * 12, etree.tostring(root)[:200]
        assert Ledger.load(tmp_path / "tei" / "decisions" / f"{path.stem}.json").decisions == ()
    left = [path.name for path in (tmp_path / "tei").rglob(".*")]
    assert left == []
