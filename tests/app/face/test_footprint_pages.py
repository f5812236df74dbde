"""From a fleet that was confirmed to its explained footprint, page by page."""

import csv
import io
import json
import re
from decimal import Decimal

import pytest

from terreau.app.footprint import door, results
from terreau.app.home import organisation_folder
from terreau.app.inventory import deciding

from .conftest import kept

AT = "/o/valmont/empreinte"


@pytest.fixture
def page(owner_client, counted):
    def get(path, language="fr"):
        owner_client.cookies["django_language"] = language
        response = owner_client.get(path)
        assert response.status_code == 200
        return response.content.decode()

    return get


@pytest.fixture
def told(page):
    return json.loads(page(f"{AT}/empreinte.json"))


def rows_of(text):
    return list(
        csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";" if ";" in text.splitlines()[0] else ",")
    )


def test_the_reading_shows_categories_heaviest_first_once_enough_is_known(page, organisation, owner):
    seen = page(f"{AT}/")
    assert "Non classé : couverture 88" in seen
    assert seen.index("Écran</a>") < seen.index("Ordinateur portable</a>")
    deciding.settle(
        organisation, owner, maker="", model="Zorglub 3000", type_word="Bidule", item=("laptop", "standard")
    )
    seen = page(f"{AT}/")
    assert "Non classé" not in seen
    assert seen.index("Ordinateur portable</a>") < seen.index("Écran</a>")


def test_the_pue_an_organisation_measured_changes_the_figure_and_is_said(owner_client, organisation, owner):
    kept(organisation, owner, "Type;Modèle;Quantité\nServeur rack;PowerEdge R740;2\n")

    def told():
        contract = json.loads(owner_client.get(f"{AT}/empreinte.json").content)
        return contract["parameters"]["pue"], contract["totals"][0]["central"], results.Asked(organisation).digest

    usual = told()
    organisation.pue = Decimal("1.25")
    organisation.save()
    measured = told()
    assert (usual[0], measured[0]) == (None, 1.25)
    assert measured[1] < usual[1] and measured[2] != usual[2]
    assert "1,25, donné par l&#x27;organisation" in owner_client.get(f"{AT}/pourquoi/").content.decode()


def test_the_reading_shows_what_nobody_recognised(page):
    seen = page(f"{AT}/")
    assert "Catégorie inconnue" in seen
    assert "4 équipements sans catégorie" in seen
    assert "/o/valmont/parc/a-regler/" in seen


def test_a_total_that_leaves_devices_aside_says_at_least(page):
    assert "au moins" in page(f"{AT}/")
    assert "at least" in page(f"{AT}/", "en")


def test_the_csv_of_a_reading_adds_up_to_the_total(page, told):
    rows = rows_of(page(f"{AT}/stages.csv?critere=climate_change"))
    total = next(one for one in told["totals"] if one["criterion"] == "climate_change")
    assert sum(float(row["central"]) for row in rows) == pytest.approx(total["central"])
    assert {row["category"] for row in rows} == {"laptop", "monitor"}


def test_a_reading_in_csv_that_does_not_exist_is_not_found(owner_client, counted):
    assert owner_client.get(f"{AT}/nothing.csv").status_code == 404


def test_entities_are_told_apart(page):
    seen = page(f"{AT}/entites/")
    assert "Mairie" in seen
    assert "École" in seen


def test_every_criterion_is_listed_and_none_is_added_to_another(page, told):
    seen = page(f"{AT}/criteres/")
    assert seen.count("<tr>") == 2 + 16 + 4
    assert "Total général" not in seen
    for whole in ("empreinte.json", "detail.parquet"):
        assert f'href="{AT}/{whole}"' in seen


def test_an_unknown_criterion_of_an_address_reads_as_climate(page):
    assert "Climat, par catégorie" in page(f"{AT}/?critere=bonheur")


def test_the_why_page_gives_formula_inputs_sources_assumptions_and_what_is_left_out(page):
    seen = page(f"{AT}/pourquoi/?critere=climate_change&categorie=laptop")
    for expected in (
        "impact de la fabrication",
        "licence",
        "Durée de vie",
        "Laissé de côté",
        "terreau explain",
    ):
        assert expected in seen
    assert "--where category=laptop" in seen


def test_the_papers_in_csv_and_json_are_the_same_figure(page):
    of = "?critere=climate_change&categorie=laptop"
    told = json.loads(page(f"{AT}/pourquoi.json{of}"))
    figure = next(row for row in rows_of(page(f"{AT}/pourquoi.csv{of}")) if row["part"] == "figure")
    assert float(figure["central"]) == pytest.approx(told["central"])
    assert told["quantity"] == 10


def test_a_figure_of_nothing_is_refused_in_words(owner_client, counted):
    response = owner_client.get(f"{AT}/pourquoi/?categorie=submarine")
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()


def test_the_same_inputs_give_the_same_run_and_are_not_computed_twice(owner_client, counted, organisation, told):
    kept = organisation_folder(organisation.pk, "results")
    before = {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}
    again = json.loads(owner_client.get(f"{AT}/empreinte.json").content)
    assert again["run"] == told["run"]
    assert {path.name: path.stat().st_mtime_ns for path in kept.iterdir()} == before


def test_changing_the_headcount_changes_the_run_and_the_value_per_person(owner_client, counted, organisation, told):
    organisation.headcount = 4800
    organisation.save()
    again = json.loads(owner_client.get(f"{AT}/empreinte.json").content)
    assert again["run"] != told["run"]
    share = {one["criterion"]: one["boundary_share"] for one in told["totals"]}
    halved = {one["criterion"]: one["boundary_share"] for one in again["totals"]}
    assert halved["climate_change"] == pytest.approx(share["climate_change"] / 2)


def test_without_a_headcount_nothing_is_said_per_person(page, organisation, counted):
    organisation.headcount = None
    organisation.save()
    assert "Par personne" not in page(f"{AT}/criteres/")
    assert "par personne" not in page(f"{AT}/").partition("<main")[2]


def test_home_tells_the_headline_and_what_would_make_it_better(page):
    seen = page("/o/valmont/")
    assert "Empreinte annuelle du parc" in seen
    assert "CO₂\u00a0éq." in seen
    assert "4 équipements sans catégorie" in seen
    assert "Pourquoi ce chiffre ?" in seen


def test_the_door_says_nothing_when_there_is_nothing_to_weigh(organisation):
    assert door.latest(organisation) is None
    assert results.of(organisation, "fr") is None


def test_what_a_person_typed_in_their_file_is_escaped_everywhere(owner_client, organisation, owner, counted):
    organisation.name = "<script>x</script>"
    organisation.save()
    for path in ("/o/valmont/", f"{AT}/", f"{AT}/pourquoi/"):
        assert "<script>" not in owner_client.get(path).content.decode()


def test_nothing_of_another_organisation_is_readable(signed_in, outsider, counted):
    for path in ("/", "/pourquoi/", "/empreinte.json", "/stages.csv"):
        assert signed_in(outsider).get(AT + path).status_code == 404


def test_no_page_writes_an_inline_style(page):
    for path in ("/o/valmont/", f"{AT}/", f"{AT}/criteres/", f"{AT}/pourquoi/"):
        assert not re.search(r"\sstyle=", page(path))
