"""Starter paths: what is already done is told from the organisation's own data, and one action comes first."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.utils import timezone

from terreau.app.indicators.models import KeptValue
from terreau.app.plan import acting
from terreau.app.plan.paths_showing import _state
from terreau.indicators.catalogue import indicator
from terreau.plan.commitments import Commitment
from terreau.plan.milestones import Milestone
from tests.app.levers.conftest import PLAN


def shown(client, path="debutant"):
    answer = client.get(f"{PLAN}parcours/", {"parcours": path})
    return unescape(answer.content.decode())


def noted(organisation, key, value):
    """A value of last year, signed."""
    KeptValue.objects.create(
        organisation=organisation, indicator=key, on=date(2025, 12, 31), period_start=date(2025, 1, 1), period_end=date(2025, 12, 31),
        precision="year", value=value, unit=indicator(key).unit, signed_by="Camille", recorded_at=datetime(2026, 2, 1, tzinfo=UTC),
    )  # fmt: skip


def test_nothing_known_leaves_five_steps_to_begin_and_one_first_action(owner_client):
    text = shown(owner_client)
    assert text.count("à commencer</span>") == 5 and text.count("Votre première action") == 1
    assert "0 étape faite" in text and "Cherchez l’âge des dix plus vieux portables" in text


def test_a_commitment_on_a_lever_of_the_step_moves_the_first_action_on(owner_client, organisation, owner):
    today = timezone.localdate()
    told = Commitment(key="", statement="Garder les portables six ans", start=today, due=today + timedelta(days=700), levers=("LV01=6",),
                      milestones=(Milestone(key="j1", title="Règle", due=today + timedelta(days=30)),))  # fmt: skip
    acting.write(organisation, owner, told, take_on=today)
    text = shown(owner_client)
    assert "engagé</span>" in text and "Garder les portables six ans</a>" in text
    assert "Ouvrez l’armoire" in text.partition("Votre première action")[2][:400]


def test_what_the_inventory_measures_is_told_with_its_day(owner_client, fleet):
    text = shown(owner_client)
    assert "Âge moyen des ordinateurs en service" in text and "2\xa0ans" in text and "(30/09/2026)" in text


def test_only_what_people_usually_aim_at_is_told_reached_or_not(owner_client, organisation):
    for key, value in (("PARC11", 3.0), ("PARC02", 6.0), ("HEB08", 55.0)):  # at most 5 %, at least 7 years, no figure
        noted(organisation, key, value)
    text = shown(owner_client).replace("\N{NO-BREAK SPACE}", " ")
    told = {
        name: after.partition("</li>")[0] for name, after in (one.partition(" : ")[::2] for one in text.split("<li>"))
    }
    assert "au niveau visé" in told["Équipements dormants"] and "pas encore" not in told["Équipements dormants"]
    assert "pas encore au niveau visé" in told["Durée de vie réelle des ordinateurs sortis"]
    assert (
        "55" in told["Part d’électricité renouvelable (REF)"]
        and "niveau" not in told["Part d’électricité renouvelable (REF)"]
    )


@pytest.mark.parametrize(
    ("statuses", "reached", "state"),
    [
        (["kept"], [], "done"), (["kept"], [None], "done"), (["kept"], [True], "done"), ([], [True, None], "done"),
        (["kept"], [False], "promised"), (["kept"], [True, False], "promised"), (["late"], [False], "promised"),
        (["draft"], [False], "measured"), ([], [None], "measured"), (["draft"], [], "to_do"),
    ],
)  # fmt: skip
def test_a_promise_kept_does_not_hide_a_measure_that_says_otherwise(statuses, reached, state):
    held = [SimpleNamespace(status=one) for one in statuses]
    assert _state(held, [("KEY", "nom", "3 %", "hier", one) for one in reached]) == state


def test_the_mature_path_has_its_own_steps_and_an_unknown_one_is_the_first(owner_client):
    assert "Mesurer les scopes 1 à 3 chaque année" in shown(owner_client, "mature")
    assert "Former quelques personnes" in shown(owner_client, "zzz")
