"""One tag each for a figure, a chart, a table: no page draws its own."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

import terreau.app
from terreau.kernel.interval import Interval
from terreau.publishing.chart import Bar, Part, stacked_bars
from terreau.publishing.figure import figure
from terreau.publishing.table import Row, Table, columns

APP = Path(terreau.app.__file__).parent


def rendered(source, language="fr", **context):
    with translation.override(language):
        return Template("{% load terreau %}" + source).render(Context(context))


def drawn():
    bar = Bar(label="Portables <x>", values=(64e3, None), interval=Interval(5e4, 6.4e4, 8e4), href="/pourquoi/")
    parts = (Part("Fabrication", "soil"), Part("Usage", "straw"))
    return stacked_bars(key="c", title="Climat", axis="Catégorie", unit="kg CO2 eq", parts=parts, bars=(bar,))


def test_the_day_of_a_moment_is_the_day_it_was_here():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # half past midnight in Paris
    assert (
        rendered("{{ on|day }}", on=late) == "22/11/2026" and rendered("{{ on|day }}", on=late.date()) == "21/11/2026"
    )


def test_a_chart_never_goes_without_its_table_its_csv_and_its_reasons():
    page = rendered('{% chart c why="/w/" csv="/c.csv" %}', c=drawn())
    for expected in (
        "<figcaption>Climat",
        'role="img"',
        "<caption>Climat",
        'scope="col"',
        'href="/c.csv"',
        'href="/w/"',
    ):
        assert expected in page
    assert 'href="/pourquoi/"' in page
    assert page.count("<svg") == 2


def test_what_a_person_typed_is_escaped_in_a_chart():
    assert "<x>" not in rendered("{% chart c %}", c=drawn())


def test_a_missing_cell_is_said_missing_apart_from_a_zero():
    page = rendered("{% chart c %}", c=drawn())
    assert '<td class="n missing">donnée manquante</td>' in page


def test_a_figure_shows_its_interval_its_unit_and_its_reason():
    page = rendered(
        '{% figure f why="/w/" period="par an" %}', f=figure("t", Interval(150e3, 190e3, 250e3), "kg CO2 eq")
    )
    assert "190" in page
    assert "CO₂" in page
    assert "De 150 à 250" in page
    assert "Pourquoi ce chiffre ?" in page


def test_a_table_of_sentences_becomes_cards_and_a_table_of_numbers_scrolls_by_keyboard():
    rows = (Row("a", ("1",)),)
    numbers = Table(caption="c", axis="x", heads=columns("n"), rows=rows)
    sentences = Table(caption="c", axis="x", heads=columns("n", words=("n",)), rows=rows, stacked=True)
    assert 'tabindex="0"' in rendered("{% table t %}", t=numbers)
    assert 'class="stack"' in rendered("{% table t %}", t=sentences)


@pytest.mark.parametrize(
    ("source", "french", "english"),
    [
        ("{{ 1234|count }}", "1\u202f234", "1,234"),
        ("{{ 0.175|percent }}", "18\u202f%", "18%"),
        ("{{ day|day }}", "03/09/2026", "3\u00a0Sep\u00a02026"),
        ("{{ nothing|percent }}", "donnée manquante", "no data"),
        ("{{ 5.44|decimal }}", "5,4", "5.4"),
    ],
)
def test_numbers_follow_the_language_of_the_page(source, french, english):
    context = {"day": date(2026, 9, 3), "nothing": None}
    assert rendered(source, "fr", **context) == french
    assert rendered(source, "en", **context) == english


def test_a_small_bar_is_decoration_and_never_overflows():
    assert 'aria-hidden="true"' in rendered("{% share_bar 0.5 %}")
    assert 'width="60"' in rendered("{% share_bar 7 %}")
    assert rendered("{% share_bar nothing %}", nothing=None) == ""


def test_a_colon_is_written_as_the_language_of_the_page_does():
    assert rendered("{% colon %}", "en") == ":"
    assert rendered("{% colon %}", "fr") == "\N{NO-BREAK SPACE}:"


def test_no_page_writes_a_french_colon_in_english():
    """Between two values, a colon goes through a translation or through the tag."""
    said = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}", re.DOTALL)
    found = {
        path.name: told
        for path in APP.rglob("templates/**/*.html")
        if (told := re.findall(r"(?:}}|</\w+>) : {[{%].{20}", said.sub("", path.read_text(encoding="utf-8"))))
    }
    assert found == {}
