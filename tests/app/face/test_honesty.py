"""What a reading says of itself: at least, not ranked, methods that differ, what is known of making and of use."""

import json
import re

import pytest

from terreau.app.footprint import honesty

AT = "/o/valmont/empreinte"
WHOLE = {"known": 1.0, "making": 1.0, "using": 1.0, "at_least": False, "ranked": True, "mixed_families": False}


@pytest.fixture
def page(owner_client, counted):
    def get(path, language="fr"):
        owner_client.cookies["django_language"] = language
        return owner_client.get(path).content.decode()

    return get


@pytest.fixture
def coverage(owner_client, counted):
    return json.loads(owner_client.get(f"{AT}/empreinte.json").content)["coverage"]


def test_a_ranking_of_several_methods_names_them_heaviest_first():
    mixed = {**WHOLE, "mixed_families": True, "families": {"pcf": 0.2, "ademe": 0.8}}
    assert honesty.ranking(mixed, "fr") == (
        "Classement indicatif : méthodes différentes (ADEME, fiches constructeurs).",
    )
    assert honesty.ranking(WHOLE, "fr") == ()


def test_under_ninety_percent_nothing_is_ranked():
    assert honesty.ranking({**WHOLE, "known": 0.62, "ranked": False}, "fr") == (
        "Non classé : couverture 62\u202f%. Ordre alphabétique.",
    )


def test_the_share_of_a_budget_is_not_shown_when_no_device_is_wholly_known():
    assert honesty.share(0.08, {"known": 0.0, "at_least": True}, "fr") == "–"
    assert honesty.share(0.08, {"known": 0.7, "at_least": True}, "fr") == "au moins 8,0\u202f%"
    assert honesty.share("no boundary", WHOLE, "fr") == "sans limite"


def test_a_criterion_without_electricity_says_so_and_how_much_of_the_making_is_known():
    known = {**WHOLE, "known": 0.0, "using": 0.0, "making": 0.73}
    said = honesty.stages_known(known, "fr", no_mix=True)
    assert "l'électricité n'a pas de facteur" in said
    assert "73\u202f%" in said
    assert honesty.stages_known(WHOLE, "fr", no_mix=False) == ""


@pytest.mark.parametrize("room", ["/", "/entites/", "/dix-premiers/", "/pourquoi/"])
def test_every_reading_says_what_its_order_is_worth(page, coverage, room):
    criterion = "human_toxicity_cancer"
    assert not coverage[criterion]["ranked"]
    assert "Non classé : couverture 0" in page(f"{AT}{room}?critere={criterion}")
    assert "Not ranked: coverage" in page(f"{AT}{room}?critere={criterion}", "en")


def test_without_a_ranking_the_order_is_that_of_the_alphabet(page):
    seen = page(f"{AT}/?critere=human_toxicity_cancer").partition("<tbody>")[2]
    assert "Les dix plus nombreux" in page(f"{AT}/dix-premiers/?critere=human_toxicity_cancer")
    assert seen.index("Écran") < seen.index("Ordinateur portable")


def test_a_partial_total_says_at_least_per_person_too(page):
    seen = page(f"{AT}/").partition("<main")[2]
    assert "<small>au moins </small>" in seen
    assert re.search(r"Au moins [^.]+CO₂\s+éq\. par personne et par an", seen)


def test_the_fleet_and_its_footprint_stop_on_the_same_day_and_say_it(page):
    assert "jusqu&#x27;au 30/09/2026" in page("/o/valmont/parc/")
    assert "jusqu&#x27;au 30/09/2026" in page(f"{AT}/")


def test_no_date_is_written_as_in_a_file(page):
    seen = page(f"{AT}/pourquoi/").partition("<main")[2].partition("<pre")[0]
    assert "2026-09-30" not in seen
    assert "30/09/2026" in seen
