"""How a source is read: what is omitted and normalised on the record, and what makes a text out of date."""

from __future__ import annotations

from pathlib import Path

from conftest import Run


def test_a_changed_page_makes_its_text_stale(teipress: Run, tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text('title = "Pages"\n[publish]\noutputs = []\n')
    (tmp_path / "seeds" / "more").mkdir(parents=True)
    (tmp_path / "seeds" / "diary.toml").write_text('files = ["more"]\ngenre = "plain"\nlanguage = "en"\n')
    page = tmp_path / "seeds" / "more" / "two.txt"
    page.write_text("The first wording.\n")
    assert "1 encoded anew" in teipress("build").stderr
    assert "0 encoded anew" in teipress("build").stderr
    page.write_text("The second wording.\n")
    assert "1 encoded anew" in teipress("build").stderr
    assert "second wording" in (tmp_path / "tei" / "diary.xml").read_text(encoding="utf-8")
