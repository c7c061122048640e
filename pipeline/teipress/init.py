"""A new edition: the folders, `edition.toml`, a README, and a first source to try."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from teipress.document import write
from teipress.edition import CONFIGURATION
from teipress.finding import Refusal

_FILES: Final = {
    CONFIGURATION: """\
# One edition. Change the title, and name yourself: decisions that you make bear your id.
title = "A New Edition"
language = "en"
licence = "unknown"   # an SPDX id such as "CC-BY-4.0", or a URL; "unknown" until somebody has decided
# publisher = "…"     # who answers for the edition: archives ask for it

[[editors]]
id = "editor"
name = "The editor"

[publish]
outputs = ["html", "text", "print"]
""",
    "README.md": """\
# A new edition

`seeds/` holds the source texts, each with what you know about it in a `.toml` of the same name. Put yours there.
`tei/` holds the edition itself: edit it by hand as you like, your changes stay.
`tei/registers/` holds persons, places and organisations; the names listed there are found in the texts.

    teipress build       # encode, validate and publish what is out of date
    teipress validate    # check the TEI files, in CI for example

The web pages are then in `build/html/`, plain text in `build/text/`, PDFs in `build/print/`.
""",
    ".gitignore": "/build/\n",
    ".gitattributes": """\
# Source texts are kept byte for byte.
seeds/*.txt -text
*.xml text eol=lf
*.json text eol=lf
""",
    "seeds/first-letter.txt": """\
The Mill, 3 May 1891

Dear Anna,

The parcel came on Tuesday, and the books in it were dry, though the cart had stood all night in the rain. \
I read until the lamp gave out.

Come before the hay is cut. The upper room is yours, and nobody will ask you anything.

Your affectionate
Martha

P.S. The dog has forgiven me.
""",
    "seeds/first-letter.toml": """\
# What you know about this text. Every key may be left out; unknown ones are an error.
title = "Martha to Anna, 3 May 1891"
language = "en"
genre = "letter"
origin = "Written for this edition, to be replaced"
""",
    "tei/registers/persons.xml": """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>Persons of this edition</title>
      </titleStmt>
      <publicationStmt>
        <p>Not stated.</p>
      </publicationStmt>
      <sourceDesc>
        <p>Compiled from the texts of the edition.</p>
      </sourceDesc>
    </fileDesc>
  </teiHeader>
  <standOff>
    <listPerson>
      <person xml:id="anna">
        <persName xml:lang="en">Anna</persName>
        <note>The recipient of the first letter.</note>
      </person>
      <person xml:id="martha">
        <persName xml:lang="en">Martha</persName>
        <note>The writer of the first letter.</note>
      </person>
    </listPerson>
  </standOff>
</TEI>
""",
}


def initialise(folder: Path) -> Iterator[Path]:
    """Make a new edition in `folder` and yield the files; nothing that is there is overwritten.

    Raises `Refusal` where the folder is an edition already, or has a file that would be overwritten.
    """
    if (folder / CONFIGURATION).exists():
        raise Refusal(f"{folder} is an edition already", "run: teipress build")
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder} is a file", "name a folder")
    for name in _FILES:
        if (folder / name).exists():
            raise Refusal(f"{folder / name} is there already", "choose an empty folder")
    for name, content in _FILES.items():
        write(folder / name, content.encode())
        yield folder / name
