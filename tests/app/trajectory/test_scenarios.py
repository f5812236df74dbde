"""Scenarios: tried by a form or from a preset, kept with what they promise, compared, put away."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.journal.models import Entry
from terreau.app.plan import packs, scenarios_showing
from terreau.app.plan.models import Scenario
from tests.app.levers.test_rules import LEVER
from tests.app.trajectory.conftest import PLAN

TRY, ALL, KEEP = f"{PLAN}scenarios/essayer/", f"{PLAN}scenarios/", f"{PLAN}scenarios/garder/"
DURER = {"essai": "1", "annees": "5", "levier": ["LV01"], "valeur-LV01": "6", "annee-LV01": "2027"}


def page(client, address, asked=None):
    answer = client.get(address, asked or {})
    assert answer.status_code == 200
    return (
        unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    )


def kept(client, name, **more):
    answer = client.post(KEEP, DURER | {"nom": name} | more)
    assert (answer.status_code, answer.url) == (302, ALL)
    return Scenario.objects.get(name=name)


def test_a_scenario_sent_twice_is_kept_once(owner_client, fleet):
    first, second = kept(owner_client, "Durer"), kept(owner_client, "Durer")
    assert first == second and Entry.objects.filter(action="plan.scenario_kept").count() == 1
    owner_client.post(KEEP, DURER | {"nom": "Durer", "valeur-LV01": "7"})
    assert Scenario.objects.count() == 2  # the same name, another plan
    owner_client.post(KEEP, DURER | {"nom": "Tenir\0 \u202ebon"})
    assert Scenario.objects.filter(name="Tenir bon").exists()


def test_a_lever_taken_back_since_is_said_gone_wherever_it_was_used(owner_client, owner, organisation, fleet, promised):
    owner_client.post(f"{PLAN}regles/ajouter/", {"file": SimpleUploadedFile("x.yaml", LEVER.encode())})
    key = f"org:{organisation.pk}/NOUS1"
    row = promised(f"{key}=8")
    sent = {"essai": "1", "annees": "5", "levier": [key], f"valeur-{key}": "8", f"annee-{key}": "2027", "nom": "Nôtre"}
    owner_client.post(KEEP, sent)
    assert packs.remove(organisation, owner, packs.LEVERS, key)
    again = page(owner_client, TRY, {"scenario": str(Scenario.objects.get().pk)})
    assert "Aucun levier ne s’appelle « NOUS1 »" in again.partition('role="alert"')[2].partition("</div>")[0]
    for address in (ALL, f"{PLAN}{row.pk}/"):
        text = page(owner_client, address)
        assert "levier retiré depuis" in text and "NOUS1=8" in text and f"{key}=8" not in text


def test_a_preset_ticks_its_levers_and_only_those_of_the_fleet(owner_client, fleet):
    text = page(owner_client, TRY, {"modele": "durer"})
    assert 'value="LV01" checked' in text and 'value="LV04" checked' in text
    assert 'value="LV05"' not in text  # no smartphone in this fleet
    assert "de moins par an que sans rien changer" in text


def test_a_blank_page_changes_nothing_and_the_plan_of_today_is_the_start_otherwise(owner_client, fleet, promised):
    promised("LV01=7", start=date(2027, 10, 1))
    assert "rien ne change" in page(owner_client, TRY, {"modele": "rien"})
    text = page(owner_client, TRY)
    assert 'name="valeur-LV01" value="7"' in text and 'name="annee-LV01" value="2028"' in text


def test_what_cannot_be_used_is_said_at_once_and_nothing_typed_is_lost(owner_client, fleet):
    asked = {"essai": "1", "annees": "99", "croissance": "beaucoup", "rattrapage": "0", "levier": ["LV01", "LV04", "zzz"],
             "valeur-LV01": "quarante", "annee-LV01": "2027", "valeur-LV04": "10", "annee-LV04": "1999"}  # fmt: skip
    text = page(owner_client, TRY, asked)
    alert = text.partition('role="alert"')[2].partition("</div>")[0]
    for words in ("de 1 à 15", "un nombre de −50 à 100", "de 0,1 à 30 ans", "LV01", "Une année de 2027 à 2031", "zzz"):
        assert words in alert
    assert 'value="quarante"' in text and 'value="1999"' in text and 'value="beaucoup"' in text
    assert "Garder ce scénario" not in text


def test_a_scenario_is_kept_with_its_promise_who_and_when(owner_client, organisation, owner, fleet):
    row = kept(owner_client, "Durer", croissance="2")
    assert row.levers == [{"text": "LV01=6", "year": 2027}] and row.growth == {"*": 2.0} and row.by == str(owner)
    promised = row.told["climate_change"]
    start = promised["plan"][0][1]
    for year, (_low, central, _high) in enumerate(promised["plan"]):
        assert start + sum(cause[year] for cause in promised["causes"].values()) == pytest.approx(central)
    assert promised["causes"]["volume"][5] > 0 > promised["causes"]["lifespan"][5] - promised["causes"]["lifespan"][0]
    assert Entry.objects.filter(organisation=organisation, action="plan.scenario_kept").count() == 1


def test_a_scenario_without_a_name_is_not_kept_and_comes_back_as_typed(owner_client, fleet):
    answer = owner_client.post(KEEP, DURER | {"nom": "  "})
    assert answer.url.startswith(TRY) and "valeur-LV01=6" in answer.url and "csrf" not in answer.url
    assert not Scenario.objects.exists()


def test_side_by_side_scenarios_say_whether_they_can_be_told_apart(owner_client, fleet):
    rows = [
        kept(owner_client, "Six ans"),
        kept(owner_client, "Huit ans", **{"valeur-LV01": "8"}),
        kept(owner_client, "Grandir", croissance="3"),
    ]
    text = page(owner_client, ALL, {"cote": [str(one.pk) for one in rows]})
    assert "Climat, scénario par scénario" in text
    assert "leurs hypothèses diffèrent" in text  # growth: not drawn with the others
    assert "de plus que « Huit ans »" in text  # six years surely weigh more than eight, whatever the factors
    table = owner_client.get(f"{ALL}csv/", {"cote": [str(one.pk) for one in rows]}).content.decode("utf-8-sig")
    assert {line.partition(";")[0] for line in table.splitlines()[1:]} == {"Six ans", "Huit ans", "Grandir"}


def test_scenarios_with_other_hypotheses_have_each_their_own_nothing_changed(owner_client, fleet):
    alike, grown = kept(owner_client, "Six ans"), kept(owner_client, "Grandir", croissance="3")
    other = kept(owner_client, "Huit ans", **{"valeur-LV01": "8"})
    own, apart = "Sans rien changer, avec ses propres hypothèses :", "Leurs hypothèses diffèrent"
    text = page(owner_client, ALL, {"cote": [str(alike.pk), str(grown.pk)]})
    assert text.count(own) == 2 and apart in text
    assert "Sans rien changer</text>" not in text
    text = page(owner_client, ALL, {"cote": [str(alike.pk), str(other.pk)]})
    assert own not in text and apart not in text
    assert "Sans rien changer</text>" in text


@pytest.mark.parametrize(
    ("growth", "backlog", "words"),
    [({}, None, "5 ans, parc stable"), ({"*": 0.0}, 1.0, "5 ans, parc stable, retards rattrapés en 1 an"),
     ({"laptop": 2.0}, 1.5, "5 ans, croissance propre à 1 catégorie, retards rattrapés en 1,5 an"),
     ({"*": 2.0, "laptop": 1.0, "monitor": 0.0}, 3.0,
      "5 ans, +2 % d’appareils par an, croissances propres à 2 catégories, retards rattrapés en 3 ans")],
)  # fmt: skip
def test_what_a_scenario_holds_true_agrees_and_says_nothing_of_zero(growth, backlog, words):
    told = scenarios_showing.held(Scenario(years=5, growth=growth, backlog=backlog))
    assert told.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == words


def test_a_scenario_stands_beside_the_plan_of_today(owner_client, fleet, promised):
    promised("LV01=6")
    row = kept(owner_client, "Huit ans", **{"valeur-LV01": "8"})
    text = page(owner_client, ALL, {"cote": ["plan", str(row.pk)]})
    assert "de moins que « Le plan d’aujourd’hui »" in text
    assert not Scenario.objects.exclude(pk=row.pk).exists()


def test_a_scenario_put_away_leaves_the_list_and_stays_in_the_journal(owner_client, organisation, fleet):
    row = kept(owner_client, "Durer")
    owner_client.post(f"{ALL}{row.pk}/ranger/")
    assert "Durer" not in page(owner_client, ALL).partition("Gardés")[2].partition("Essayer")[0]
    assert (
        Scenario.objects.get().retired_on
        and Entry.objects.filter(organisation=organisation, action="plan.scenario_retired").exists()
    )


def test_a_reader_tries_and_does_not_keep(reader_client, fleet):
    assert "Garder ce scénario" not in page(reader_client, TRY)
    assert reader_client.post(KEEP, DURER | {"nom": "Durer"}).status_code == 403


def test_a_scenario_of_another_organisation_does_not_exist(owner_client, other_organisation, fleet):
    other = Scenario.objects.create(organisation=other_organisation, name="Secret", at=date(2026, 9, 30), run="r")
    assert owner_client.get(TRY, {"scenario": str(other.pk)}).status_code == 404
    assert "Secret" not in page(owner_client, ALL, {"cote": str(other.pk)})
    assert owner_client.post(f"{ALL}{other.pk}/ranger/").status_code == 404
