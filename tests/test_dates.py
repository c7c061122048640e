"""Dates: expressions and what they mean, in prose and alone; calendars against libraries of others.

`cases/dates/LANGUAGE.txt` holds the expressions; its README says how.
"""

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from convertdate import french_republican, julian
from hypothesis import given, settings
from hypothesis import strategies as st
from lunar_python import Solar
from lxml import etree

from conftest import CASES
from teipress.annotators import annotator
from teipress.cli import main
from teipress.dates import Context, find, grammars, problems, understand
from teipress.dates.calendars import CALENDARS, bounds, calendar
from teipress.dates.feasts import easter
from teipress.dates.interval import day_of
from teipress.document import TEI
from teipress.registers import Registers
from teipress.text import Text

DAYS = st.dates(date(1500, 1, 1), date(2030, 12, 31))


def lines():
    for path in sorted((CASES / "dates").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield pytest.param(
                    path.stem, *(part.strip() for part in line.split("|")), id=f"{path.stem}: {line}"
                )


def shown(dated):
    return {k: v.replace(" ", ",") for k, v in dated.attributes if k != "datingMethod"}


def read_by(words):
    """The context that a line states: a day, a place, or both."""
    days = [date.fromisoformat(word) for word in words.split() if word[0].isdigit()]
    places = [word for word in words.split() if not word[0].isdigit()]
    return Context(on=days[0] if days else None, place=places[0] if places else "")


@pytest.mark.parametrize(("code", "expression", "context", "meaning"), [*lines()])
def test_expression(code, expression, context, meaning):
    found = understand(expression, code, read_by(context))
    wanted = [] if meaning == "-" else [dict(p.split("=") for p in one.split()) for one in meaning.split(";")]
    assert [shown(dated) for dated in found] == wanted


def test_prose_keeps_its_ranges_apart():
    text = "On 4 June 1871 (p. 1871) we left; on the 9th, or 10 June, No. 1871 followed, and 1871 sheep."
    found = find(text, "en", Context(on=date(1871, 6, 20)))
    assert [text[d.start : d.end] for d in found] == ["4 June 1871", "9th", "10 June"]
    assert [dict(d.attributes)["when"] for d in found] == ["1871-06-04", "1871-06-09", "1871-06-10"]


def test_last_full_date_gives_the_year():
    found = find("It was 28 December 1869. On 3 January we met.", "en", Context(on=date(1880, 1, 1)))
    assert [dict(d.attributes)["when"] for d in found] == ["1869-12-28", "1870-01-03"]


def test_place_decides_the_calendar():
    when = {
        place: understand("4 June 1871", "en", Context(place=place))[0].interval.first for place in ("", "RU")
    }
    assert when == {"": "1871-06-04", "RU": "1871-06-16"}


def test_other_reading_is_kept():
    (found,) = understand("4/6/1871", "en")
    assert found.cert == "low"
    assert found.interval.alternative is not None
    assert {found.interval.first, found.interval.alternative.first} == {"1871-06-04", "1871-04-06"}


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("30 February 1871", "en", "day"),
        ("Monday 4 June 1871", "en", "weekday"),
        ("4/17 June 1871", "en", "pair"),
        ("民國九年（1921年）", "zh-Hant", "gloss"),
    ],
)
def test_contradictions(text, code, kind):
    assert [problem.kind for problem in problems(text, code)] == [kind]


@given(DAYS)
def test_julian_agrees_with_a_library(day):
    year, month, number = julian.from_gregorian(day.year, day.month, day.day)
    assert calendar("julian").to_gregorian(year, month, number) == day


@settings(deadline=None)
@given(st.dates(date(1583, 1, 1), date(2030, 12, 31)))
def test_lunisolar_agrees_with_a_library(day):
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    assert calendar("qing").to_gregorian(lunar.getYear(), lunar.getMonth(), lunar.getDay()) == day


@settings(deadline=None)
@given(st.dates(date(1792, 9, 22), date(1805, 12, 31)))
def test_republican_agrees_with_a_library(day):
    year, month, number = french_republican.from_gregorian(day.year, day.month, day.day)
    assert calendar("frenchRepublican").to_gregorian(year, month, number) == day


@settings(deadline=None)  # the first year of a calendar is reckoned by the sun
@given(st.sampled_from(CALENDARS), st.integers(1, 2000), st.integers(1, 13))
def test_months_are_whole(of, year, month):
    limits = bounds(of, year, month)
    if limits:
        assert timedelta(days=4) < limits[1] - limits[0] + timedelta(days=1) <= timedelta(days=31)


@given(st.integers(1583, 2200))
def test_easter_is_a_sunday_in_spring(year):
    for day in (easter(year, julian=False), easter(year, julian=True)):
        assert day.isoweekday() == 7
        assert (3, 22) <= (day.month, day.day) <= (5, 15)


@settings(deadline=None)
@given(DAYS)
def test_what_is_written_is_read(day):
    for code, text in (
        ("en", f"{day.day} {day:%B} {day.year}"),
        ("zh-Hant", f"{day.year}年{day.month}月{day.day}日"),
    ):
        (found,) = understand(text, code, Context(place="IT"))
        written = dict(found.attributes).get("when-custom") or found.interval.first
        assert written == day.isoformat()


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789 .,/-–()[]IVXMmayJun第年月日民國初thendinulst'’", max_size=40),
    st.sampled_from(grammars()),
)
def test_any_text_is_read_in_order(text, code):
    end = 0
    for dated in find(text, code, Context(on=date(1871, 6, 4))):
        assert end <= dated.start < dated.end <= len(text)
        first, last = dated.interval.first, dated.interval.last
        if not first.startswith("-") and not last.startswith("-"):
            one, other = day_of(first, last=False), day_of(last, last=True)
            assert one is None or other is None or one <= other
        end = dated.end


def test_command_reads_lines():
    answer = CliRunner().invoke(
        main, ["date", "-", "--on", "1871-06-14"], input="the 9th inst.\nn.d.\n4, 6 June 1871\n"
    )
    one, none, several = map(json.loads, answer.stdout.splitlines())
    assert (one["when"], none, [each["when"] for each in several]) == (
        "1871-06-09",
        None,
        ["1871-06-04", "1871-06-06"],
    )


def test_command_gives_its_reasons():
    answer = CliRunner().invoke(main, ["date", "4 June 1671"])
    assert 'when="1671-06-14"' in answer.stdout
    assert "because: place and period: Julian in GB until 1752-09-02" in answer.stdout
    assert "or else" in answer.stdout


@pytest.mark.parametrize("options", [["--lang", "xx"], ["--on", "yesterday"]])
def test_command_refuses(options):
    answer = CliRunner().invoke(main, ["date", "4 June 1871", *options])
    assert (answer.exit_code, "Error:" in answer.stderr) == (2, True)


def proposed(body, code, date=""):
    """What the annotator proposes in the body of a text: the words with the values that it gives them."""
    root = etree.fromstring(f'<text xmlns="{TEI}" xml:lang="{code}"><body>{body}</body></text>')
    text = Text.of(root)
    spans = annotator("dates", (), date, "")(text, Registers())
    return {text.reading[span.start : span.end]: span.get("when") for span in spans}


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "I go there every Sunday, and on Mondays too; it was a Tuesday."),
        ("fr", "Il vint un dimanche; le lundi, chaque mardi, on chante."),
        ("de", "Eines Sonntags kam er, sonst jeden Montag, und dienstags nie."),
        ("it", "Venne una domenica; ogni sabato si canta."),
        ("es", "Vino un domingo; los viernes canta, cada martes no."),
        ("ru", "Он пришёл в один понедельник, а каждую среду пел."),
    ],
)
def test_any_such_weekday_is_no_date(code, sentence):
    letter = f"<opener><salute>A,</salute></opener><p>{sentence}</p>"
    assert proposed(f"<p>{sentence}</p>", code) == {}
    assert proposed(letter, code) == {}
    assert proposed(letter, code, "1871-06-04") == {}


def test_weekday_without_a_date_is_one_in_letters_and_datelines():
    assert proposed("<p>We left on Sunday.</p>", "en") == {}
    assert proposed("<opener><salute>A,</salute></opener><p>We left on Sunday.</p>", "en") == {"Sunday": None}
    dateline = "<opener><dateline>Samstags.</dateline></opener><p>Wir kommen.</p>"
    assert proposed(dateline, "de") == {"Samstags": None}


@pytest.mark.parametrize("words", ["7 January, Sunday", "Sunday, 7 January", "January 7 (Sunday)"])
def test_weekday_tells_which_year_it_was(words):
    text = f"{words}. We rested."
    nearest, spanned = Context(on=date(1871, 6, 4)), Context(years=(1868, 1873))
    for context in (nearest, spanned):
        (found,) = find(text, "en", context)
        assert text[found.start : found.end] == words
        assert found.interval.first == "1872-01-07"
    assert find(text, "en", Context(years=(1850, 1890)))[0].interval.first == "--01-07"


def test_span_of_years_in_a_sidecar():
    body = "<head>7 January, Sunday</head><p>We rested. On 9 January we went.</p>"
    assert proposed(body, "en", "1868/1873") == {"7 January, Sunday": "1872-01-07", "9 January": "1872-01-09"}


def test_other_reading_is_the_candidate():
    root = etree.fromstring(
        f'<text xmlns="{TEI}" xml:lang="en"><body><p>On 4/6/1871 we met.</p></body></text>'
    )
    (span,) = annotator("dates", (), "", "")(Text.of(root), Registers())
    assert (span.get("when"), span.candidates) == ("1871-06-04", ('when="1871-04-06"',))


@pytest.mark.parametrize(
    ("datelines", "days"),
    [
        (
            ("Wien, 3. Februar 1893", "Graz, 28. Dezember", "Wien, 4. Jänner"),
            "1893-02-03 1893-12-28 1894-01-04",
        ),
        (("Graz, 28. Dezember", "Wien, 4. Jänner 1894"), "1893-12-28 1894-01-04"),
        (("3. Februar 1893", "28. Dezember", "4. Juli 1893"), "1893-02-03 1892-12-28 1893-07-04"),
        (("3. Februar 1893", "28. Jänner"), "1893-02-03 1893-01-28"),
        (("5. Mai 1893", "1. April 1891", "3. Juni"), "1893-05-05 1891-04-01 1891-06-03"),
    ],
)
def test_letters_of_one_file_follow_one_another(datelines, days):
    opener = "<div><opener><dateline>{}</dateline></opener><p>Heute schneit es.</p></div>"
    body = "".join(map(opener.format, datelines))
    head = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text xml:lang="de"><body>'
    text = Text.of(etree.fromstring(f"{head}{body}</body></text></TEI>"))
    found = [dict(span.attributes)["when"] for span in annotator("dates")(text, Registers())]
    assert found == [day for day in days.split() for _ in range(2)]
