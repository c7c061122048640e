"""Folders of TEI files, and the pages that come of them: tests/cases/publish/NAME/{in,golden}/."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.sax.saxutils import escape

import pytest
from lxml import etree, html
from pypdf import PdfReader

from conftest import CASES, ROOT
from teipress.document import tei
from teipress.edition import Edition
from teipress.finding import Finding, Refusal, has_errors
from teipress.publish import edition_of, publish
from teipress.typesetting import uncovered

FOLDERS = sorted((CASES / "publish").iterdir())
# Words of three letters or more, and single characters of Chinese.
WORD = re.compile(r"[\u3400-\u9fff]|\b(?:(?![\u3400-\u9fff])[^\W\d_]){3,}\b")
# The end of a line, or of a page with its running head, within a word.
WITHIN_WORD = re.compile(r'<pc force="weak">-</pc>\s*(<pb[^>]*/>)?(<fw>.*?</fw>)?<lb break="no"/>')
# What a reading view does not show: the other half of an alternative, running heads, what the machine says.
UNREAD = ["sic", "orig", "abbr", "am", "fw", "rdg", "certainty", "note", "listPerson"]


def run(folder: Path, target: Path, *outputs: str) -> list[Finding]:
    edition = Edition.load(folder)
    return publish(edition, edition.texts(), outputs, target)


def tei_file(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>{escape(path.stem)}</title>'
        "</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
        f'<text xml:lang="en"><body>{body}</body></text></TEI>',
        encoding="utf-8",
    )
    return path


def read_words(element: etree._Element) -> Iterator[str]:
    """The words that a reader must find, piece by piece; a word in two elements is left out."""
    if not isinstance(element.tag, str) or etree.QName(element).localname in UNREAD:
        return
    yield from WORD.findall(element.text or "")
    for child in element:
        yield from read_words(child)
        yield from WORD.findall(child.tail or "")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_pages(folder: Path, tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    assert not has_errors(run(folder / "in", tmp_path, "html", "text"))
    made = sorted(
        path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.suffix in (".html", ".txt")
    )
    known = sorted(path.relative_to(folder / "golden") for path in (folder / "golden").rglob("*.*"))
    assert made == known or not known
    for path in made:
        # One element a line, so that a difference can be read.
        found = (tmp_path / path).read_text(encoding="utf-8")
        golden(folder / "golden" / path, found.replace("><", ">\n<") if path.suffix == ".html" else found)


@pytest.mark.parametrize(
    "folder", [*(f / "in" for f in FOLDERS), ROOT], ids=lambda folder: folder.parent.name
)
def test_no_word_is_lost(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path, "html", "text", "print")
    for source in Edition.load(folder).texts():
        joined = WITHIN_WORD.sub("", source.read_text(encoding="utf-8"))
        text = etree.fromstring(joined.encode()).find(tei("text"))
        wanted = Counter(read_words(text))
        page = html.parse(str(tmp_path / "html" / f"{source.stem}.html")).getroot()
        for number in page.xpath("//span[@class = 'pb'] | //a[@class = 'number']"):
            number.drop_tree()
        shown = page.find(".//article").text_content()
        plain = Counter(WORD.findall((tmp_path / "text" / f"{source.stem}.txt").read_text(encoding="utf-8")))
        assert [word for word in wanted if word not in shown] == []
        assert not {word: n for word, n in wanted.items() if plain[word] < n}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_print(folder: Path, tmp_path: Path) -> None:
    findings = run(folder / "in", tmp_path, "print")
    # A warning of Typst's may mean that something is not set at all.
    assert {finding.code for finding in findings} <= {"PUB004"}
    for source in Edition.load(folder / "in").texts():
        reader = PdfReader(tmp_path / "print" / f"{source.stem}.pdf")
        assert reader.metadata is not None
        title = etree.parse(source).find(f".//{tei('title')}").text
        called = {"l-7": "Lise Amrein to Jost, 2 May"}  # a letter whose title is its file's name
        assert reader.metadata.title == called.get(title, title)
        assert reader.attachments[source.name] == [source.read_bytes()]
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_levels_of_headings_have_no_gap(tmp_path: Path) -> None:
    """A title said twice, a subtitle, a caption or the title of a list takes no level from the headings below it."""
    scene = "<div><head>Scene</head><p>Words.</p></div>"
    heads = (
        "<head>{name}</head>",
        "<head>{name}</head><head type='sub'>A farce</head>",
        "<head type='sub'>Alone</head>",
        "<figure><head>Caption</head></figure>",
        "<lg><head>Song</head><l>La</l></lg>",
        "<head>Another</head>",
    )
    for number, head in enumerate(heads):
        name = f"heads-{number}"
        tei_file(tmp_path / "in" / "tei" / f"{name}.xml", f"<div>{head.format(name=name)}{scene}</div>")
    (tmp_path / "in" / "edition.toml").write_text('title = "Heads"\n', encoding="utf-8")
    assert not has_errors(run(tmp_path / "in", tmp_path, "print", "html"))
    levels = [
        [heading.tag for heading in html.parse(str(page)).getroot().xpath("//main//*[self::h2 or self::h3]")]
        for page in sorted((tmp_path / "html").glob("heads-*.html"))
    ]
    assert levels == [["h2"]] * 5 + [["h2", "h3"]]


def test_a_character_without_a_glyph_is_printed_as_its_code_point(tmp_path: Path) -> None:
    findings = run(CASES / "publish" / "hostile" / "in", tmp_path, "print")
    alef = next(finding for finding in findings if "hebrew letter alef" in finding.message)
    assert (alef.code, alef.severity, alef.line) == ("PUB004", "warning", 8)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "print" / "hostile.pdf").pages)
    assert "[U+05D0]" in text
    assert 'read("/etc/passwd")' in text
    assert not uncovered("Fine, прекрасно, ωραῖα, 中文简体…—\u200f\u00ad")


def test_no_text_becomes_a_script_or_a_link_to_one(tmp_path: Path) -> None:
    run(CASES / "publish" / "hostile" / "in", tmp_path, "html")
    for path in (tmp_path / "html").glob("*.html"):
        page = html.parse(str(path)).getroot()
        assert page.xpath("//script | //img | //@*[starts-with(name(), 'on')]") == []
        links = page.xpath("//@href | //@src")
        schemes = {link.split(":")[0] for link in links if re.match(r"[a-z]+:", link)}
        assert schemes <= {"https"}
        assert not [link for link in links if ".." in link]


def test_links_lead_somewhere(tmp_path: Path) -> None:
    for folder in [*(folder / "in" for folder in FOLDERS), ROOT]:
        target = tmp_path / folder.parent.name
        assert not has_errors(run(folder, target, "text", "print", "html"))
        pages = {path: html.parse(str(path)).getroot() for path in (target / "html").glob("*.html")}
        for path, page in pages.items():
            ids = page.xpath("//@id")
            assert len(ids) == len(set(ids))
            for link in page.xpath("//a/@href[not(contains(., '://'))]"):
                file, _, fragment = unquote(link).partition("#")
                other = path.parent / file if file else path
                assert other.is_file(), link
                assert not fragment or pages[other.resolve()].xpath("//*[@id = $id]", id=fragment), link


def test_the_same_bytes_again(tmp_path: Path) -> None:
    folder = CASES / "publish" / "edition" / "in"
    outputs = ("html", "text", "print")
    run(folder, tmp_path, *outputs)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*.*")}
    run(folder, tmp_path, *outputs)
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*.*")}
    assert after == before
    assert not [path for path, (data, _) in after.items() if str(ROOT).encode() in data]


def test_source_date_epoch_is_the_date_of_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    run(CASES / "publish" / "edition" / "in", tmp_path, "print")
    metadata = PdfReader(tmp_path / "print" / "letter.pdf").metadata
    assert metadata is not None
    assert metadata["/CreationDate"].startswith("D:20010909")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(Refusal, match="SOURCE_DATE_EPOCH"):
        run(CASES / "publish" / "edition" / "in", tmp_path, "print")


def translated(path: Path, domains: str, links: str, texts: str) -> Path:
    """A file of several texts, with links between two of them."""
    tei_file(path, "")
    made = path.read_text(encoding="utf-8")
    group = f'<linkGrp type="translation" domains="{domains}">{links}</linkGrp>'
    made = re.sub(
        r"<text .*</text>", f"<standOff>{group}</standOff><text><group>{texts}</group></text>", made
    )
    path.write_text(made, encoding="utf-8")
    return path


GERMAN = '<text xml:id="de" xml:lang="de"><body><head>Die Mühle</head><p xml:id="d1">Das Rad steht.</p></body></text>'
ENGLISH = """<text xml:id="en" xml:lang="en" type="translation"><body><div xml:id="all"><head>The mill</head>
<p xml:id="e1">The wheel<note>Of wood.</note> stands.</p><p>An <ref target="#all">addition</ref>.</p></div></body>
</text>"""
FRENCH = '<text xml:id="fr" xml:lang="fr" type="translation"><body><p>La roue est immobile.</p></body></text>'


def test_a_translation_beside_its_original_is_printed_once(tmp_path: Path) -> None:
    link = '<link target="#d1 #e1"/>'
    text = translated(tmp_path / "mill.xml", "#de #en", link, GERMAN + ENGLISH + FRENCH)
    outputs = ["html", "text", "interleaved", "print"]
    assert publish(edition_of([text]), [text], outputs, tmp_path / "out") == []
    page = html.parse(str(tmp_path / "out" / "html" / "mill.html")).getroot()
    ids = page.xpath("//@id")
    # Links lead to it still, and its notes are where it is.
    assert {"en", "all", "e1", "p3"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert page.xpath("string(//a[@href = '#all'])") == "addition"
    assert page.xpath("count(//section[@class = 'notes']//li)") == 1
    assert page.xpath("//div[@class = 'original']//a[@class = 'number']/@href") == ["#d1"]
    made = {
        "html": page.find(".//article").text_content(),
        "print": "".join(
            sheet.extract_text() for sheet in PdfReader(tmp_path / "out" / "print" / "mill.pdf").pages
        ),
        **{name: (tmp_path / "out" / name / "mill.txt").read_text("utf-8") for name in outputs[1:3]},
    }
    # So with what no translation is shown of, and with the second of two.
    for words in ("Das Rad steht", "The mill", "stands.", "Of wood", "addition", "La roue est immobile"):
        assert {name: text.count(words) for name, text in made.items()} == dict.fromkeys(made, 1), words


def test_a_passage_and_its_translation_stay_in_their_places_as_well(tmp_path: Path) -> None:
    body = """<p xml:id="a">Odi et amo.</p><p>Which is to say:</p><p xml:id="b">I hate and I love.</p>"""
    links = '<linkGrp type="translation" domains="#a #b"><link target="#a #b"/></linkGrp>'
    text = tei_file(tmp_path / "a.xml", body)
    made = text.read_text("utf-8").replace("<text ", f"<standOff>{links}</standOff><text ")
    text.write_text(made, encoding="utf-8")
    assert publish(edition_of([text]), [text], ["html"], tmp_path / "out") == []
    page = html.parse(str(tmp_path / "out" / "html" / "a.html")).getroot()
    assert page.find(".//article").text_content().count("I hate and I love.") == 2


def made_of(tmp_path: Path, body: str, *outputs: str) -> tuple[etree._Element, str, str]:
    """The page of a text, its plain text, and the text of its PDF."""
    text = tei_file(tmp_path / "a.xml", body)
    assert publish(edition_of([text]), [text], ["html", "text", "print"], tmp_path / "out") == []
    page = html.parse(str(tmp_path / "out" / "html" / "a.html")).getroot()
    plain = (tmp_path / "out" / "text" / "a.txt").read_text(encoding="utf-8")
    sheets = PdfReader(tmp_path / "out" / "print" / "a.pdf").pages
    return page, plain, "".join(sheet.extract_text() for sheet in sheets)


def test_numbers_of_a_list_stand_before_their_items(tmp_path: Path) -> None:
    def listed(*pairs: tuple[str, str]) -> str:
        return (
            f"<list>{''.join(f'<label>{label}</label><item>{item}</item>' for label, item in pairs)}</list>"
        )

    numbers = listed(("1.", "The mill."), ("2.", "<p>The weir.</p><p>Its gate.</p>"))
    chinese = f'<div xml:lang="zh-Hant">{listed(("一、", "局址。"), ("二、", "經費。"))}</div>'
    terms = listed(("The keeper of the weir", "who lets the water go"), ("A hand", "who does not"))
    page, plain, printed = made_of(tmp_path, numbers + chinese + terms)
    assert [dl.get("class") for dl in page.iter("dl") if dl.find("dt") is not None] == [
        "numbered",
        "numbered",
        None,
    ]
    assert "1. The mill.\n2. The weir.\nIts gate.\n\n一、局址。\n二、經費。\n" in plain
    assert "The keeper of the weir\nwho lets the water go" in plain
    assert "1. The mill." in printed
    assert "一、局址。" in printed


def test_a_line_of_asterisks_is_no_paragraph(tmp_path: Path) -> None:
    stars = '<ab type="ornament"><metamark function="rule"><milestone unit="section"/>{}</metamark></ab>'
    body = "<p>One.</p>" + stars.format("* * *") + "<p>Two.</p>" + stars.format("———") + "<p>Three.</p>"
    page, plain, printed = made_of(tmp_path, body)
    assert [p.text_content() for p in page.xpath("//p[@class = 'ornament']")] == ["* * *"]
    assert len(page.xpath("//hr[@class = 'line']")) == 1
    assert page.xpath("//a[@class = 'number']/text()") == ["1", "2", "3"]
    assert "One.\n\n* * *\n\nTwo." in plain
    assert "* * *" in printed


def rows_of(*rows: str) -> str:
    return (
        "<table>"
        + "".join(
            "<row>" + "".join(f"<cell>{cell}</cell>" for cell in row.split("|")) + "</row>" for row in rows
        )
        + "</table>"
    )


@pytest.mark.parametrize(
    ("rows", "labels", "figures"),
    [
        (["Book|Entries", "Harley 4711|312", "Vane|1,204"], 2, 3),
        (["Jahr|Ernte", "1821|£4 7s. 6d.", "1822|—"], 2, 6),
        (["1821|312", "1822|40", "1823|7"], 0, 6),  # no labels
        (["Anna|Bell", "Mary|Ross", "Ann|Hay"], 0, 0),  # no figures
        (["No. 1|No. 2", "red|12", "blue|13"], 2, 3),
        (["a|1", "b|2"], 0, 0),  # two rows tell nothing
    ],
)
def test_figures_of_a_table_stand_to_the_right(
    tmp_path: Path, rows: list[str], labels: int, figures: int
) -> None:
    page, plain, _ = made_of(tmp_path, rows_of(*rows))
    assert len(page.xpath("//th")) == labels
    assert len(page.xpath("//*[@class = 'figure']")) == figures
    assert rows[0].replace("|", "\t") in plain


def test_the_dash_of_a_source_before_a_name_is_the_only_one(tmp_path: Path) -> None:
    cited = "<cit><quote><p>Words.</p></quote><bibl>{}</bibl></cit>"
    _, plain, _ = made_of(tmp_path, cited.format("— Bacon") + cited.format("Locke"))
    assert "        — Bacon\n" in plain
    assert "        – Locke\n" in plain


def test_a_title_page_does_not_say_the_title_again(tmp_path: Path) -> None:
    title = '<docTitle><titlePart type="main">{}</titlePart></docTitle>'
    for body, count in ((title.format("A."), 1), (title.format("Another"), 1), (title.format("A") * 2, 2)):
        text = tei_file(tmp_path / "a.xml", "<p>Words.</p>")
        made = text.read_text("utf-8").replace(
            "<body>", f"<front><titlePage>{body}</titlePage></front><body>"
        )
        text.write_text(made, encoding="utf-8")
        assert publish(edition_of([text]), [text], ["html"], tmp_path / "out") == []
        article = html.parse(str(tmp_path / "out" / "html" / "a.html")).getroot().find(".//article")
        assert len(article.find_class("titlePart")) == count - (title.format("A") in body or "A." in body)


def test_practice_that_only_some_texts_have_is_said_of_these(tmp_path: Path) -> None:
    texts = [tei_file(tmp_path / f"{name}.xml", "<p>Words.</p>") for name in ("one", "two", "three")]
    for text, said in zip(texts, (["All.", "Two."], ["All.", "Two."], ["All.", "Mine."]), strict=True):
        words = "".join(f"<p>{each}</p>" for each in said)
        practice = f"</fileDesc><encodingDesc><editorialDecl>{words}</editorialDecl></encodingDesc>"
        text.write_text(text.read_text("utf-8").replace("</fileDesc>", practice), encoding="utf-8")
    publish(edition_of(texts), texts, ["html"], tmp_path / "out")
    page = html.parse(str(tmp_path / "out" / "html" / "about.html")).getroot()
    section = page.xpath("//section[h2 = 'Editorial practice']/p")
    assert [p.text_content() for p in section] == ["All.", "Two. So in one; two.", "Mine. So in three."]
    assert section[1].xpath(".//a/@href") == ["one.html", "two.html"]


@pytest.mark.parametrize("tag", ["zh-Hant", "zh-Hans", "zh", "ja"])
def test_marks_that_fill_a_square_are_of_a_font_of_squares(tmp_path: Path, tag: str) -> None:
    words = f"<p xml:lang='{tag}'>書有《尚書》、〈詩〉，又云：「好。」English, 1917–1918.</p>"
    made_of(tmp_path, words)
    fonts: dict[str, set[str]] = {}

    def heard(piece: str, _: object, __: object, font: dict[str, str] | None, ___: object) -> None:
        for character in "".join(piece.split()):
            fonts.setdefault(character, set()).add(font["/BaseFont"] if font else "")

    PdfReader(tmp_path / "out" / "print" / "a.pdf").pages[0].extract_text(visitor_text=heard)
    assert {"《", "、", "E"} <= set(fonts)
    for character, found in fonts.items():
        assert all(
            ("Noto" in font) == (character in "書有尚詩又云好《》、〈〉，：「。」–") for font in found
        ), character


def test_an_unknown_output_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        run(CASES / "publish" / "edition" / "in", tmp_path, "html", "epbu")
    assert 'there is no output "epbu"' in refusal.value.message
    assert refusal.value.remedy == "known outputs: csv, html, interleaved, print, text, tmx"


def test_one_bad_file_does_not_keep_the_others(tmp_path: Path) -> None:
    good = tei_file(tmp_path / "a" / "good.xml", "<p>Good.</p>")
    other = tei_file(tmp_path / "b" / "good.xml", "<p>Of the same name.</p>")
    index = tei_file(tmp_path / "a" / "index.xml", "<p>Of a name that is taken.</p>")
    bad = tmp_path / "bad.xml"
    bad.write_text("<TEI><p></TEI>")
    no_text = tmp_path / "empty.xml"
    no_text.write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>')
    texts = [bad, good, other, index, no_text, tmp_path / "missing.xml"]
    findings = publish(edition_of(texts), texts, ["html", "text"], tmp_path / "out")
    assert sorted((Path(f.file).name, f.code) for f in findings) == [
        ("bad.xml", "XML001"),
        ("empty.xml", "PUB005"),
        ("good.xml", "PUB007"),
        ("index.xml", "PUB007"),
        ("missing.xml", "PUB006"),
    ]
    assert (tmp_path / "out" / "text" / "good.txt").read_text().endswith("Good.\n")


def test_files_outside_any_edition(tmp_path: Path) -> None:
    text = tei_file(tmp_path / "a text & more.xml", '<p xml:id="x">Words, <ref target="#x">here</ref>.</p>')
    assert publish(edition_of([text]), [text], ["html", "text", "print"], tmp_path / "out") == []
    index = html.parse(str(tmp_path / "out" / "html" / "index.html")).getroot()
    assert index.xpath("//h2/a/@href") == ["a%20text%20%26%20more.html"]
    assert index.xpath("string(//h1)") == "a text & more"


def test_progress_names_each_file(tmp_path: Path) -> None:
    folder = CASES / "publish" / "edition" / "in"
    heard: list[str] = []
    edition = Edition.load(folder)
    publish(edition, edition.texts(), ["text", "print"], tmp_path, heard.append)
    assert heard == ["text/article.txt", "text/letter.txt", "print/article.pdf", "print/letter.pdf"]


OWN = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tei="http://www.tei-c.org/ns/1.0">
  <xsl:param name="teipress" as="xs:string" static="yes"/>
  <xsl:import _href="{$teipress}text.xsl"/>%s
</xsl:stylesheet>"""


def own_edition(folder: Path, name: str, templates: str) -> Edition:
    tei_file(folder / "tei" / "one.xml", "<p>Some <hi>words</hi>.</p>")
    (folder / "edition.toml").write_text('title = "One"\n')
    (folder / "xslt").mkdir()
    (folder / "xslt" / name).write_text(OWN % templates)
    return Edition.load(folder)


def test_an_editions_own_stylesheet_imports_the_packaged_one(tmp_path: Path) -> None:
    template = (
        '<xsl:template match="tei:hi" mode="words"><xsl:sequence select="upper-case(.)"/></xsl:template>'
    )
    edition = own_edition(tmp_path, "text.xsl", template)
    assert publish(edition, edition.texts(), ["text"], tmp_path / "out") == []
    assert (tmp_path / "out" / "text" / "one.txt").read_text().endswith("Some WORDS.\n")


def test_every_top_level_stylesheet_is_an_output(tmp_path: Path) -> None:
    edition = own_edition(tmp_path, "shout.xsl", "")
    assert publish(edition, edition.texts(), ["shout"], tmp_path / "out") == []
    assert (tmp_path / "out" / "shout" / "one.txt").is_file()


@pytest.mark.parametrize(
    "reach",
    [
        "unparsed-text('{secret}')",
        "doc('{secret}')",
        "unparsed-text('secret.xml')",
        "collection('{folder}')",
        "doc('http://localhost:1/')",
    ],
)
def test_a_stylesheet_reads_nothing_but_its_modules(tmp_path: Path, reach: str) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret>hidden</secret>")
    reach = reach.format(secret=secret.as_uri(), folder=tmp_path.as_uri())
    words = f"""<xsl:sequence select="string-join({reach})"/>"""
    template = f"""<xsl:template match="tei:hi" mode="words">{words}</xsl:template>"""
    edition = own_edition(tmp_path / "edition", "text.xsl", template)
    findings = publish(edition, edition.texts(), ["text"], tmp_path / "out")
    assert [finding.code for finding in findings] == ["PUB001"]
    assert not (tmp_path / "out" / "text" / "one.txt").exists()


@pytest.mark.parametrize(
    "template",
    [
        '<xsl:template match="tei:hi" mode="words"><xsl:sequence select="xs:date(.)"/></xsl:template>',
        '<xsl:template match="tei:hi" mode="words"><xsl:message terminate="yes">No.</xsl:message></xsl:template>',
        '<xsl:template match="tei:hi" mode="words"><xsl:sequence select="1 idiv string-length(@n)"/></xsl:template>',
    ],
)
def test_what_a_stylesheet_stops_at_keeps_no_other_page(tmp_path: Path, template: str) -> None:
    edition = own_edition(tmp_path, "text.xsl", template)
    tei_file(tmp_path / "tei" / "two.xml", "<p>Words.</p>")
    findings = publish(edition, edition.texts(), ["text"], tmp_path / "out")
    assert [(finding.code, Path(finding.file).name) for finding in findings] == [("PUB001", "one.xml")]
    assert findings[0].remedy
    assert [path.name for path in (tmp_path / "out" / "text").iterdir()] == ["two.txt"]


@pytest.mark.parametrize(
    "template",
    [
        '<xsl:template match="tei:hi" mode="words"><xsl:message>A word.</xsl:message></xsl:template>',
        '<xsl:template match="tei:hi" mode="words"><xsl:sequence select=".[. castable as xs:date]"/></xsl:template>',
        """<xsl:template match="tei:hi" mode="words"><xsl:try select="xs:date(.)"><xsl:catch select="'no'"/></xsl:try>
        </xsl:template>""",
    ],
)
def test_what_a_stylesheet_says_or_catches_stops_nothing(tmp_path: Path, template: str) -> None:
    edition = own_edition(tmp_path, "text.xsl", template)
    assert publish(edition, edition.texts(), ["text"], tmp_path / "out") == []
    assert (tmp_path / "out" / "text" / "one.txt").is_file()


PICTURE = (
    """#image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), format: "svg"%s)"""
)


def printed(folder: Path, template: str) -> list[Finding]:
    """Print one text with an edition's own template."""
    edition = own_edition(folder, "print.typ", "")
    begin = '#set document(title: "One")\n#set text(lang: "en")\n'
    (folder / "xslt" / "print.typ").write_text(begin + template, encoding="utf-8")
    return publish(edition, edition.texts(), ["print"], folder / "out")


@pytest.mark.parametrize(
    "template",
    [
        '#panic("no")',
        "#set document(title: none)\nWords.",
        "#box(pagebreak())",
        '#read("/etc/passwd")',
        "#let x = \n)",
        PICTURE % "",
    ],
)
def test_a_text_that_cannot_be_typeset_has_no_pdf(tmp_path: Path, template: str) -> None:
    (finding,) = printed(tmp_path, template)
    assert (finding.code, finding.severity, Path(finding.file).name) == ("PUB002", "error", "one.xml")
    assert finding.remedy
    assert not (tmp_path / "out" / "print" / "one.pdf").exists()


@pytest.mark.parametrize(
    ("template", "severity"),
    [
        ('#set text(font: "No Such Font")\nWords.', "warning"),
        ("Words ** and more.", "warning"),
        ("#[  <nowhere>]", "warning"),
        ("#par[Words #par[and words].]", "error"),
    ],
)
def test_what_the_typesetter_warns_of_is_said_and_printed(
    tmp_path: Path, template: str, severity: str
) -> None:
    (finding,) = printed(tmp_path, template)
    assert (finding.code, finding.severity) == ("PUB003", severity)
    assert finding.remedy
    assert (tmp_path / "out" / "print" / "one.pdf").is_file()


@pytest.mark.parametrize(
    "template",
    [
        "Words *and* _words_ \\*\\*, <nowhere>: #sys.inputs.name",
        PICTURE % ', alt: "None"',
        '#let n = state("n", 0)\n#n.update(1)\n#context n.final()\n#pagebreak()\nWords.',
    ],
)
def test_a_template_that_is_right_is_printed_without_a_word(tmp_path: Path, template: str) -> None:
    assert printed(tmp_path, template) == []
    assert (tmp_path / "out" / "print" / "one.pdf").is_file()


@pytest.mark.parametrize(
    ("body", "line", "times"),
    [
        ("<p>A mark.</p>\n<p>The mark &#xE000; and\nagain <hi>&#xE000;</hi>.</p>", 2, "2 times"),
        ("<p>Cuneiform:</p>\n\n<p><foreign xml:lang='akk'>\U00012000</foreign></p>", 3, "once"),
        ("<p>aͣn</p>", 1, "once"),
    ],
)
def test_a_character_of_no_font_is_said_with_its_line(
    tmp_path: Path, body: str, line: int, times: str
) -> None:
    text = tei_file(tmp_path / "a.xml", body)
    (finding,) = publish(edition_of([text]), [text], ["print"], tmp_path / "out")
    assert (finding.code, finding.severity, finding.line) == ("PUB004", "warning", line)
    assert times in finding.message
    assert finding.remedy


@pytest.mark.parametrize(
    "body",
    [
        "<p>Fine — „ß“, прекрасно, ωραῖα, 中文简体繁體; e\u0301 ſ æ.</p>",
        "<p>so\u00adft\u200f\u200e\u202f\u2009\u200bspaces\u00a0</p>",
        '<p>The mark <g ref="#margin-cross"/> and the numbers &#x2167;, ½, №, †.</p>',
    ],
)
def test_characters_of_a_font_and_spaces_are_printed_without_a_word(tmp_path: Path, body: str) -> None:
    text = tei_file(tmp_path / "a.xml", body)
    assert publish(edition_of([text]), [text], ["print"], tmp_path / "out") == []


def test_a_stylesheet_that_does_not_compile_is_refused(tmp_path: Path) -> None:
    edition = own_edition(tmp_path, "text.xsl", '<xsl:template match="((" mode="words"/>')
    with pytest.raises(Refusal, match=r"text\.xsl: Error"):
        publish(edition, edition.texts(), ["text"], tmp_path / "out")


def test_deep_nesting_is_published_or_reported(tmp_path: Path) -> None:
    deep = "<p>" + "<hi>" * 150 + "down here" + "</hi>" * 150 + "</p>"
    text = tei_file(tmp_path / "deep.xml", deep)
    findings = publish(edition_of([text]), [text], ["html", "text", "print"], tmp_path / "out")
    assert {finding.code for finding in findings} <= {"PUB002"}
    assert "down here" in (tmp_path / "out" / "text" / "deep.txt").read_text()


def test_names_that_are_proposed_are_marked(tmp_path: Path) -> None:
    run(CASES / "publish" / "edition" / "in", tmp_path, "html")
    page = html.parse(str(tmp_path / "html" / "letter.html")).getroot()
    (south,) = page.xpath("//a[contains(@class, 'unsure')]")
    assert south.get("href") == "places.html#china"
    assert south.get("title") == "China – proposed by the machine, certainty medium"
    # The error of the copy is shown on pointing only.
    assert [corr.get("title") for corr in page.xpath("//span[@class = 'corr']")] == [
        "corrected from: 19 11",
        "corrected from: 14eing",
    ]
