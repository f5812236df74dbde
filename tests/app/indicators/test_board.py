"""The board: flagship first, views, paper for a committee, everything as CSV."""

import csv
import html
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terreau.app.indicators import showing
from terreau.indicators.catalogue import indicator, indicators
from terreau.indicators.remarks import remark
from tests.app.indicators.conftest import HOME


def text(page):
    """What a person reads, drawings included."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


@pytest.mark.django_db
def test_an_empty_board_says_what_it_will_show_and_the_one_thing_to_do(reader, editor, signed_in):
    assert "Rien n’est encore suivi" in text(signed_in(reader).get(HOME))
    assert "Choisir un premier indicateur" in text(signed_in(editor).get(HOME))


def test_the_flagship_come_first_with_their_value_target_and_standing(reader, signed_in, follow, yearly):
    yearly("PARC02", {2023: 4.2, 2024: 4.4, 2025: 4.7})
    yearly("ACH01", {2025: 20}, low=18, high=24)
    follow("ACH01")
    follow("PARC02", "flagship", start=(4.2, 2023), target=(6, 2028))
    seen = text(signed_in(reader).get(HOME))
    assert seen.index("Durée de vie réelle") < seen.index("Part des achats d’équipements reconditionnés")
    assert "Cible : 6,0 ans au 31/12/2028" in seen
    assert "en retard" in seen, "a quarter of the way asked for 40 % of it"
    assert "de 18 à 24" in seen and "2023 4,2, 2024 4,4, 2025 4,7" in seen


def test_each_view_shows_what_is_meant_for_it(reader, signed_in, follow, yearly):
    follow("PARC02", audience="public")
    follow("ACH01", audience="governance")
    page = signed_in(reader)
    assert "Durée de vie réelle" in text(page.get(HOME + "?vue=public"))
    assert "Durée de vie réelle" not in text(page.get(HOME + "?vue=governance"))
    assert "Rien dans cette vue" in text(page.get(HOME + "?vue=performance"))
    assert "Nos indicateurs : Gouvernance" in text(page.get(HOME + "comite/?vue=governance"))


def test_a_change_of_method_is_a_break_and_never_progress(reader, signed_in, follow, yearly):
    yearly("EMP01", {2023: 744}, method="v1")
    yearly("EMP01", {2024: 708, 2025: 600}, method="v2")
    follow("EMP01", "flagship", start=(744, 2023), target=(600, 2027))
    seen = text(signed_in(reader).get(HOME))
    assert "méthode changée" in seen and "cible atteinte" not in seen
    page = text(signed_in(reader).get(HOME + "fiche/EMP01/"))
    assert "La méthode a changé entre le 31/12/2023 et le 31/12/2024" in page


def test_a_relative_value_without_its_denominator_is_absent_with_the_reason(reader, signed_in, yearly):
    yearly("EMP01", {2025: 690})
    assert "ce par quoi on divise n’est pas connu" in text(signed_in(reader).get(HOME + "fiche/EMP01/"))
    yearly("EMP02", {2025: 281})
    assert "Empreinte climat par collaborateur : 280" in text(signed_in(reader).get(HOME + "fiche/EMP01/"))


def test_a_ratio_given_as_it_is_is_said_without_its_two_terms_and_not_absent(reader, signed_in, yearly, follow):
    follow("HEB01")
    yearly("HEB01", {2024: 1.6, 2025: 1.5})
    page = text(signed_in(reader).get(HOME + "fiche/HEB01/"))
    assert "« PUE annuel mesuré » au 31/12/2025 est donnée sans ses deux termes" in page.replace("\xa0", " ")
    assert "Pas de valeur relative" not in page and "(nombre)" not in page and "rapport" in page


def test_a_sentence_names_the_indicator_and_not_its_key(db):
    one = indicator("EMP02")
    fault = remark("baseline_after_target", indicator=one.key, since=date(2026, 1, 1), due=date(2025, 1, 1))
    assert showing.told(fault, one).what.startswith(f"Le départ de «\xa0{one.name.fr}\xa0» (01/01/2026)")


def test_a_longer_board_asks_the_database_no_more_often(reader, signed_in, follow, yearly):
    page = signed_in(reader)
    keys = [one.key for one in indicators()[:10]]

    def asked():
        page.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            assert page.get(HOME).status_code == 200
        return len(queries)

    for key in keys[:2]:
        follow(key)
        yearly(key, {2024: 1, 2025: 2})
    few = asked()
    for key in keys[2:]:
        follow(key)
        yearly(key, {2024: 1, 2025: 2})
    assert asked() == few


def test_everything_leaves_as_csv_and_no_cell_runs(reader, signed_in, yearly, contributor):
    yearly("PARC02", {2024: 4.4})
    form = {"date": "2025", "value": "4,7", "explained": "=HYPERLINK(1)"}
    signed_in(contributor).post(HOME + "fiche/PARC02/valeurs/nouvelle/", form)
    answer = signed_in(reader).get(HOME + "csv/")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Indicateur"], row["Date"], row["Valeur"], row["Commentaire"]) for row in rows] == [
        ("PARC02", "2024-12-31", "4.4", ""), ("PARC02", "2025-12-31", "4.7", "'=HYPERLINK(1)")]  # fmt: skip
    assert answer["Content-Disposition"] == 'attachment; filename="indicateurs-valmont.csv"'


@pytest.mark.django_db
def test_the_catalogue_is_searched_by_words_and_theme(reader, signed_in):
    page = signed_in(reader)
    assert "Durée de vie réelle des ordinateurs sortis" in text(page.get(HOME + "catalogue/?q=duree+vie+ordinateurs"))
    assert "Aucun indicateur ne correspond" in text(page.get(HOME + "catalogue/?q=zzz"))
    assert page.get(HOME + "catalogue/?theme=fleet&page=99").status_code == 200
    assert page.get(HOME + "fiche/ZZ99/").status_code == 404
