"""The X-ray page: each check beside its remedy, and a link to the place that mends it."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from terreau.app.indicators import xray
from terreau.app.indicators.models import Aim, Following, KeptValue
from terreau.indicators.quality import SEVERITIES

HERE = "/o/valmont/indicateurs/radiographie/"


def said(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def hollow(organisation):
    """A flagship with a target and no start, nobody to carry it, and an old value without proof."""
    row = Following.objects.create(organisation=organisation, indicator="PARC02", role="flagship")
    Aim.objects.create(following=row, unit="year", target_value=7, target_due=date(2029, 12, 31))
    old = timezone.localdate() - timedelta(days=900)
    KeptValue.objects.create(
        organisation=organisation, indicator="PARC02", on=old, value=5.1, unit="year", numerator=51, denominator=10
    )
    return row


def test_each_check_has_its_remedy_and_the_place_that_mends_it(hollow, editor_client, reader_client):
    page = said(editor_client.get(HERE))
    assert page.count('class="remedy"') == page.count("<li class=") + page.count("<li><p><span") > 5
    for place in ("cible/", "suivre/", "valeurs/nouvelle/", "valeurs/"):
        assert f'href="/o/valmont/indicateurs/fiche/PARC02/{place}"' in page
    errors = said(editor_client.get(f"{HERE}?gravite=error"))
    assert 'class="bad"' in errors and 'class="info"' not in errors
    reader = said(reader_client.get(HERE))
    assert "valeurs/nouvelle/" not in reader and "fiche/PARC02/" in reader


def test_days_are_written_as_the_rest_of_the_page_writes_them(hollow, yearly, editor_client):
    yearly("PARC02", {2024: 4.7})
    page = said(editor_client.get(HERE, headers={"accept-language": "en"})).replace("\xa0", " ")
    assert "31 Dec 2024" in page and "2024-12-31" not in page


def test_a_board_with_nothing_says_where_to_begin(organisation, reader_client):
    assert "Rien à radiographier" in said(reader_client.get(HERE))


def test_every_rule_has_a_place_that_mends_it():
    assert set(SEVERITIES) == xray.known()


def test_published_figures_stand_beside_an_indicator_without_ranking_it(organisation, reader_client):
    page = said(reader_client.get("/o/valmont/indicateurs/fiche/EMP02/"))
    assert "Benchmark Green IT 2021" in page and "25 organisations" in page and "pas un classement" in page
    assert "Aucun chiffre comparable" in said(reader_client.get("/o/valmont/indicateurs/fiche/GOV03/"))
