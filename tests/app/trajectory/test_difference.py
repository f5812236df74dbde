"""Why two years differ, and what came against what was promised: parts that add up, in words, with what must be known."""

import csv
import io
from datetime import date
from html import unescape

import pytest

from terreau.app.plan import difference_reading as reading
from terreau.app.plan.models import Scenario
from terreau.app.plan.trajectory_acting import retire
from terreau.plan.words import PARTS
from tests.app.trajectory.conftest import FLEET, HEAD, PLAN, YEAR_BEFORE, kept

HERE = f"{PLAN}ecarts/"


def page(client, **asked):
    answer = client.get(HERE, asked)
    assert answer.status_code == 200
    return (
        unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    )


def rows(client, **asked):
    text = client.get(f"{HERE}csv/", asked).content.decode("utf-8-sig")
    return {one["Clé du critère"]: _by_cause(one) for one in csv.DictReader(io.StringIO(text), delimiter=";")}


def _by_cause(row):
    """A row under the keys of the causes, whatever it is held against."""
    words = {key: PARTS[key][0] for key in reading.CAUSES}
    if "Avant" in row:
        return {
            "before": row["Avant"],
            "after": row["Après"],
            **{key: row[word.capitalize()] for key, word in words.items()},
        }
    planned = {f"planned_{key}": row[f"Prévu : {word}"] for key, word in words.items()}
    return {
        "before": row["Prévu"],
        "after": row["Constaté"],
        **planned,
        **{key: row[f"Écart : {word}"] for key, word in words.items()},
    }


def test_one_inventory_is_not_enough(owner_client, fleet):
    assert "Deux inventaires d’abord" in page(owner_client)


def test_fewer_laptops_are_volume_and_mix_and_the_parts_add_up(owner_client, two_years):
    climate = rows(owner_client)["climate_change"]
    parts = {name: float(climate[name]) for name in reading.CAUSES}
    assert sum(parts.values()) == pytest.approx(float(climate["after"]) - float(climate["before"]), rel=1e-12)
    assert parts["volume"] < 0 and parts["mix"] < 0
    assert parts["factors"] == parts["method"] == 0  # the same calculation on both sides
    text = page(owner_client)
    assert "Le nombre d’appareils explique −" in text and "au 30/09/2025" in text
    assert "l’écart vient du parc, pas du calcul" in text


def test_what_is_printed_adds_up():
    parts = {"volume": -1.04, "mix": 0.33, "lifespan": 0.33, "electricity": 0.33}
    told = reading.rounded(parts, -0.1, 1)
    assert round(sum(told.values()), 10) == -0.1
    assert all(abs(told[name] - parts[name]) < 0.1 + 1e-9 for name in parts)


def test_a_source_that_came_since_is_left_out_of_both_sides_and_named(owner_client, organisation, owner, two_years):
    before = rows(owner_client)["climate_change"]["after"]
    kept(organisation, owner, HEAD + "Smartphone;A54;50;Mairie;01/03/2026\n", name="Téléphones")
    text = page(owner_client)
    assert "Sources arrivées depuis" in text and "Téléphones" in text
    assert float(rows(owner_client)["climate_change"]["after"]) == pytest.approx(float(before))


@pytest.fixture
def promised_then(owner_client, organisation, owner):
    """A scenario kept on the inventory of 2025, before that of 2026 came."""
    kept(organisation, owner, YEAR_BEFORE, on=date(2025, 9, 30))
    sent = {"essai": "1", "annees": "5", "levier": "LV01", "valeur-LV01": "6", "annee-LV01": "2026", "nom": "Six ans"}
    assert owner_client.post(f"{PLAN}scenarios/garder/", sent).status_code == 302
    kept(organisation, owner, FLEET)
    return Scenario.objects.get()


def test_what_came_against_what_was_promised_cause_by_cause(owner_client, promised_then):
    climate = rows(owner_client, avec=str(promised_then.pk))["climate_change"]
    moved = sum(float(climate[name]) for name in reading.CAUSES)
    assert float(climate["before"]) + moved == pytest.approx(float(climate["after"]))
    planned = promised_then.told["climate_change"]
    # 30/09/2025 to 30/09/2026 is 0.9993 of a year: the promise is nearly that of the first year
    assert float(climate["before"]) == pytest.approx(planned["plan"][1][1], rel=0.01)
    assert float(climate["planned_volume"]) == 0 and float(climate["volume"]) < 0  # nobody had promised fewer laptops
    text = page(owner_client, avec=str(promised_then.pk))
    assert "« Six ans » prévoyait" in text and "Prévu" in text and "Constaté" in text


def test_settings_changed_since_are_not_taken_for_a_change_of_the_start(owner_client, organisation, promised_then):
    then = rows(owner_client, avec=str(promised_then.pk))["climate_change"]
    organisation.lifespans = {"laptop": 3.0}
    organisation.save()
    told = rows(owner_client, avec=str(promised_then.pk))["climate_change"]
    assert float(told["before"]) == pytest.approx(float(then["before"]))
    assert float(told["factors"]) == pytest.approx(0, abs=1e-6)
    assert float(told["lifespan"]) > float(then["lifespan"]) + 50  # laptops are now said to last three years only


def test_a_scenario_of_today_or_put_away_is_not_offered(owner_client, owner, promised_then):
    assert "Six ans" in page(owner_client)
    retire(promised_then, owner)
    assert "Six ans" not in page(owner_client)


def test_after_its_last_year_a_promise_stays_where_it_ended():
    assert reading._at([0.0, -2.0, -3.0], 0.5) == -1.0
    assert reading._at([0.0, -2.0, -3.0], 7.0) == -3.0


@pytest.mark.parametrize("asked", ["1999-01-01", "n’importe quoi", "00000000-0000-0000-0000-000000000000"])
def test_something_that_cannot_be_compared_says_what_to_do(owner_client, two_years, asked):
    assert "Deux inventaires d’abord" in page(owner_client, avec=asked)
