"""The header: everything that an archive asks for can be said in edition.toml and a sidecar."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Run
from teipress.checks.deposit import targets

EDITION = """\
title = "Letters of a Mill"
publisher = "The Mill Trust"
date = "2024-05"
email = "mill@example.org"
funder = ["A Fund"]
licence = "CC-BY-4.0"

[[editors]]
id = "ann"
name = "Ann Bell"
orcid = "0000-0002-1825-0097"

[deposit]
targets = {targets}
"""
SIDECAR = """\
title = "Martha Wray to Anna Holt"
author = "Martha Wray"
recipient = "Anna Holt"
date = "1891-05-03"
language = "en"
genre = "letter"
origin = "A folder of transcripts."
summary = "A parcel has come."
keywords = ["parcels", "rain"]
identifier = "{identifier}"
"""
LETTER = "The Mill, 3 May 1891\n\nDear Anna,\n\nThe parcel came on Tuesday.\n\nYours ever,\nMartha\n"


@pytest.mark.parametrize(
    ("identifier", "written"),
    [
        ("https://doi.org/10.5555/12345", '<idno type="DOI">10.5555/12345</idno>'),
        ("https://example.org/mill/1", '<idno type="URI">https://example.org/mill/1</idno>'),
        ("mill-1", '<idno type="local">mill-1</idno>'),
    ],
)
def test_nothing_is_left_for_an_archive_to_ask(
    tmp_path: Path, teipress: Run, identifier: str, written: str
) -> None:
    (tmp_path / "edition.toml").write_text(EDITION.format(targets=json.dumps(targets())))
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "mill.txt").write_text(LETTER)
    (tmp_path / "seeds" / "mill.toml").write_text(SIDECAR.format(identifier=identifier))
    teipress("encode")
    found = json.loads(teipress("validate", "--format", "json").stdout)["findings"]
    assert [finding for finding in found if finding["code"][:3] in ("HDR", "RNG", "SCH")] == []
    header = (tmp_path / "tei" / "mill.xml").read_text(encoding="utf-8").partition("</teiHeader>")[0]
    for part in (
        written,
        '<date when="2024-05">2024-05</date>',
        "<email>mill@example.org</email>",
        "<funder>A Fund</funder>",
        '<name ref="https://orcid.org/0000-0002-1825-0097">Ann Bell</name>',
        "<term>rain</term>",
    ):
        assert part in header
