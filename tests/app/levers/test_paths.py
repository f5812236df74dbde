"""Starter paths: what is already done is told from the organisation's own data, and one action comes first."""

from datetime import timedelta
from html import unescape

from django.utils import timezone

from terreau.app.plan import acting
from terreau.plan.commitments import Commitment
from terreau.plan.milestones import Milestone
from tests.app.levers.conftest import PLAN


def shown(client, path="debutant"):
    answer = client.get(f"{PLAN}parcours/", {"parcours": path})
    return unescape(answer.content.decode())


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


def test_the_mature_path_has_its_own_steps_and_an_unknown_one_is_the_first(owner_client):
    assert "Mesurer les scopes 1 à 3 chaque année" in shown(owner_client, "mature")
    assert "Former quelques personnes" in shown(owner_client, "zzz")
