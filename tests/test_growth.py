"""Texts that repeat one thing without end are drafted in a time that grows with them, and never deeper than a stack."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teipress.dates import find
from teipress.document import parse, serialise
from teipress.drafting import draft
from teipress.drafting.firstwords import is_plain_date, may_begin_with_date
from teipress.drafting.lines import layout
from teipress.edition import Sidecar
from teipress.finding import Rejected
from teipress.readers import plain
from teipress.source import LONGEST_STRETCH

_SECONDS = (
    60  # of the processor; all of it takes a few, and one text whose time grew with its square takes minutes
)
_RUN = """
import sys
from teipress.drafting import draft
from teipress.edition import Sidecar
from teipress.encode import Request, encode
from teipress.ledger import Ledger
from teipress.readers import plain
from teipress.registers import Registers

for genre, unit, encoded in CASES:
    print(genre, repr(unit[:40]), flush=True)
    text = "".join(unit.replace("@", chr(0x4E00 + n % 20_000)).replace("#", str(n)) for n in range(40_000 // len(unit)))
    source = plain.read(text.encode(), "text", "text.txt", Sidecar(language="en"))
    if encoded:
        encode(Request(source, Sidecar(), genre, Registers()), None, Ledger())
    else:
        draft(source, Sidecar(), genre)
print("done")
"""
_DRAFTED = [
    ("drama", "A. And there it was.\n"),
    ("drama", "ANNA. x\n"),
    ("drama", "@：船來了。\n"),
    ("drama", "A. B. "),
    ("drama", "PROLOGUE\n\nANNA. Come, here.\n\nSCENE #\n\n"),
    ("minutes", "A: b and so it was\n"),
    ("plain", "«so# »and« "),
    ("plain", "so.* And [#] so it was (1) "),
    ("plain", "[#] See there.\n"),
    ("plain", "| a | b |\n"),
    ("article", "#. The harbour\n\nIt was so.\n\n"),
    ("letter", "Riga, 3 May 1891.\n\nDear Anna,\n\nI am well.\n\nYours,\nHugo\n\n"),
    ("letter", "He wrote:\n\nRiga, 3 May 1891.\n\nThe boat came and went.\n\n"),
    ("letter", "[Enclosure #]\n\nThe Consul at Riga to the Minister\n\n"),
    ("diary", "on the 3d of it "),
]
_ENCODED = [("plain", "abcdefghij"), ("plain", "a1")]


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def test_repetitions_are_drafted_in_bounded_time() -> None:
    cases = [(*case, False) for case in _DRAFTED] + [(*case, True) for case in _ENCODED]
    ran = subprocess.run(
        [sys.executable, "-c", _RUN.replace("CASES", repr(cases))],
        preexec_fn=_limited,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stdout.splitlines()[-1:]) == (0, ["done"]), (
        ran.stdout[-80:] + ran.stderr[-800:]
    )


def test_a_text_without_blank_lines_has_paragraphs_that_can_be_read_again() -> None:
    line = "The boat came in before the morning bell, and the pilot had been up all night and asked for it\n"
    text = line * (LONGEST_STRETCH // len(line) + 100)
    source = plain.read(text.encode(), "text", "text.txt", Sidecar(language="en"))
    assert [len(one.text) <= LONGEST_STRETCH for one in layout(source).paragraphs] == [True, True]
    tree = draft(source, Sidecar(), "plain")
    assert parse(serialise(tree.getroottree()), "text.xml") is not None


@pytest.mark.parametrize("data", [b"Dear Anna,\n\nI am\0well.\n", b"a\0" + b"The boat came in.\n" * 9])
def test_a_few_zero_bytes_make_no_utf_16(data: bytes) -> None:
    with pytest.raises(Rejected) as rejected:
        plain.read(data, "text", "text.txt", Sidecar())
    assert rejected.value.finding.code == "SRC002"


def test_utf_16_without_a_mark_is_still_known() -> None:
    text = "Dear Anna,\n\nI am well, and the boat came in.\n"
    assert plain.read(text.encode("utf-16-le"), "text", "text.txt", Sidecar()).text == text


_PIECES = (
    "3|12 |May|Mai |1891|. |, | |[|] |the |On |noon, |10 Uhr |le |a. m., |XII|Easter |Riga|Monday|It was |’|er |мая |"
    "года|I |last night|early in |ca. |(|?"
)


@given(
    st.lists(st.sampled_from(_PIECES.split("|")), max_size=9).map("".join),
    st.sampled_from(["en", "de", "fr", "ru", "la", "it", "zh"]),
)
def test_what_begins_with_a_date_may_begin_with_one(text: str, code: str) -> None:
    begun = [dated for dated in find(text, code) if dated.start <= 3]
    assert not begun or may_begin_with_date(text, code, 4)
    if is_plain_date(text, code):
        assert begun
        assert len(text) - 1 <= begun[0].end <= len(text)
