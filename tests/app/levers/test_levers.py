"""Levers: only what was computed on this inventory is ranked, what it worsens is said, nothing is counted twice."""

import csv
import io
from html import unescape

import pytest

from terreau.app.plan import levers_reading as reading
from tests.app.levers.conftest import PLAN


def page(client, address, **asked):
    answer = client.get(PLAN + address, asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_without_an_inventory_levers_are_told_and_no_gain_is_invented(owner_client):
    text = page(owner_client, "leviers/")
    assert "Un inventaire d’abord" in text and "Garder les ordinateurs portables six ans" in text
    assert "Rang" not in text


def test_only_levers_computed_on_the_fleet_are_ranked_and_those_without_object_are_named(owner_client, fleet):
    text = page(owner_client, "leviers/")
    ranked, _, rest = text.partition("</table>")
    assert "Garder les ordinateurs portables six ans" in ranked and "Garder les écrans dix ans" in ranked
    assert "smartphones" not in ranked and "smartphones" in rest.partition("Sans objet")[2]
    assert "Diffuser la vidéo" not in text  # a study's mean is on a page of its own


def test_a_study_mean_is_shown_as_such_and_an_enabler_has_no_gain(owner_client, fleet):
    text = page(owner_client, "leviers/", nature="study_mean")
    assert "21,3\xa0g CO₂ éq. par heure regardée" in text and "moyenne publiée, non calculée sur votre parc" in text
    assert "Il rend les autres possibles" in page(owner_client, "leviers/fiche/LV36/")


def test_domains_narrow_the_list(owner_client, fleet):
    text = page(owner_client, "leviers/", domaine="purchase")
    assert "Acheter des ordinateurs portables reconditionnés" in text and "Garder les écrans dix ans" not in text


def test_a_reader_is_not_offered_to_commit_and_an_editor_is_with_the_setting(owner_client, reader_client, fleet):
    assert "?levier=LV01%3D6" in page(owner_client, "leviers/")
    assert "nouveau/?levier" not in page(reader_client, "leviers/")


def test_a_lever_shows_every_criterion_and_the_value_somebody_tries(owner_client, fleet):
    text = page(owner_client, "leviers/fiche/LV01/", valeur="7,5", annees="5")
    assert "7,5 ans" in text and "?levier=LV01%3D7.5" in text
    assert "Métaux et minéraux" in text and "En 5 ans" in text


@pytest.mark.parametrize("typed", ["99", "sept", "-1"])
def test_a_value_out_of_bounds_says_so_and_the_usual_one_stays(owner_client, fleet, typed):
    text = page(owner_client, "leviers/fiche/LV01/", valeur=typed)
    assert 'role="alert"' in text and f'value="{typed}"' in text and "?levier=LV01%3D6" in text


def test_a_lever_without_object_says_that_it_changes_nothing(owner_client, fleet):
    assert "ne touche aucun appareil" in page(owner_client, "leviers/fiche/LV03/")


def test_replacing_towers_by_laptops_shows_what_it_worsens(owner, organisation, owner_client):
    from tests.app.face.conftest import kept

    kept(organisation, owner, "Type;Quantité;Date d'achat\nOrdinateur fixe;10;01/10/2021\n")
    text = page(owner_client, "leviers/fiche/LV08/")
    assert "Il alourdit d’autres critères" in text and "alourdi</span>" in text


def test_one_more_year_is_told_for_the_categories_of_the_fleet_only(owner_client, fleet):
    text = page(owner_client, "leviers/un-an-de-plus/")
    assert "Ordinateur portable" in text and "1 an de plus" in text
    assert "Smartphone" not in text.partition("</table>")[0]


def test_fewer_screens_kept_longer_are_not_counted_twice(owner_client, fleet):
    asked = {"levier": ["LV07=0.667", "LV04=10"]}
    text = page(owner_client, "leviers/ensemble/", **asked)
    assert "comptés deux fois" in text and "se recouvrent" in text


def test_two_levers_that_contradict_each_other_are_refused_with_a_remedy(owner_client, owner, organisation):
    from tests.app.face.conftest import kept

    kept(organisation, owner, "Type;Quantité;Date d'achat\nOrdinateur fixe;10;01/10/2021\n")
    text = page(owner_client, "leviers/ensemble/", levier=["LV48=1", "LV49=1"])
    assert 'role="alert"' in text and "comptés deux fois" not in text


def test_too_many_levers_and_unknown_ones_are_answered_in_words(owner_client, fleet):
    assert "12 leviers au plus" in page(
        owner_client, "leviers/ensemble/", levier=[f"life:laptop={n}" for n in range(1, 15)]
    )
    assert 'role="alert"' in page(owner_client, "leviers/ensemble/", levier=["LV01", "zzz=3"])


def test_a_criterion_that_the_footprint_does_not_know_is_said_and_breaks_nothing(owner_client, fleet):
    assert owner_client.get(PLAN + "leviers/", {"critere": "raw_material"}).status_code == 200
    page(owner_client, "leviers/ensemble/", levier=["LV01", "LV04=10"], critere="land_use")


def test_a_bare_parameter_or_a_lever_without_gain_is_refused_in_words(owner_client, fleet):
    for typed in ("pue=1.2", "lifespan:laptop=7", "LV36", "LV01=999"):
        assert 'role="alert"' in page(owner_client, "leviers/ensemble/", levier=["LV01", typed])


def test_an_unknown_lever_has_no_page(owner_client):
    assert owner_client.get(PLAN + "leviers/fiche/LV999/").status_code == 404
    assert owner_client.get(PLAN + "leviers/fiche/lv01/").status_code == 404
    assert owner_client.get(PLAN + "leviers/fiche/life:rien/").status_code == 404


def test_the_csv_has_a_row_for_each_criterion_of_each_computed_lever(owner_client, fleet):
    answer = owner_client.get(PLAN + "leviers/csv/")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=_separator(answer)))
    mine = [row for row in rows if row["Clé du levier"] == "LV01"]
    assert len(mine) > 10 and {row["Clé du critère"] for row in mine} >= {
        "climate_change",
        "resource_use_minerals_metals",
    }
    assert [row["Clé du critère"] for row in rows if row["Clé du levier"] == "LV36"] == [""]


def _separator(answer):
    return ";" if b";" in answer.content.splitlines()[0] else ","


def test_the_page_after_the_first_computes_nothing(owner_client, fleet, monkeypatch):
    first = owner_client.get(PLAN + "leviers/").content
    monkeypatch.setattr("duckdb.connect", None)
    monkeypatch.setattr("terreau.plan.trajectory.Outlook", None)
    again = owner_client.get(PLAN + "leviers/").content
    assert b"gain" in again and len(again) == len(first)


def test_gains_are_computed_again_when_the_fleet_changes(organisation, owner, fleet):
    from tests.app.face.conftest import kept

    before = reading.gains(organisation, "climate_change", 3)
    kept(organisation, owner, "Type;Quantité;Date d'achat\nPortable;10;01/10/2024\n")
    after = reading.gains(organisation, "climate_change", 3)
    assert before["levers"]["gains"] != after["levers"]["gains"]


def test_without_an_inventory_the_page_stays_light(owner_client):
    text = page(owner_client, "leviers/")
    assert text.count("<") - text.count("</") < 380  # elements, closing tags left out
