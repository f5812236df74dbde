"""The gate before each stage of a service."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.diagnosis.models import Assessment
from terreau.app.evidence.models import EvidenceLink
from terreau.app.journal.models import Entry
from terreau.app.portfolio import door, gates
from terreau.app.portfolio.models import Gate, Service

KEYS = ("contribution", "left-out", "include")
DECIDED = {"decision": "go_if", "conditions": "Garder le guichet", "decided_by": "Bureau", "decided_on": "2026-10-01",
           "review_on": "2027-10-01"}  # fmt: skip
ANSWERED = {f"q-{key}": f"réponse {key}" for key in KEYS} | {
    "use-benefit": "moins d’attente",
    "people-risk": "sans appareil",
}


@pytest.fixture
def service(organisation):
    return Service.objects.create(organisation=organisation, name="Portail famille", stage="upstream")


def address(service, stage="upstream"):
    return f"/o/valmont/services/{service.pk}/passage/{stage}/"


@pytest.mark.both_databases
def test_a_gate_keeps_its_answers_its_weighing_and_its_decision(service, contributor_client):
    assert contributor_client.post(address(service), ANSWERED | DECIDED | {"seen": ""}).status_code == 302
    gate = Gate.objects.get()
    assert gate.answers == {key: f"réponse {key}" for key in KEYS}
    assert gate.weighing == {
        "use": {"benefit": "moins d’attente", "risk": ""},
        "people": {"benefit": "", "risk": "sans appareil"},
    }
    assert (gate.decision, gate.edition) == ("go_if", "before-digital@1")
    assert Entry.objects.get().action == "portfolio.weighed"
    page = contributor_client.get(f"/o/valmont/services/{service.pk}/fiche/").content.decode()
    assert "on y va, à des conditions" in page and "Bureau" in page


def test_a_decision_rests_on_the_questions_on_somebody_and_on_a_day(service, contributor_client):
    page = contributor_client.post(
        address(service), {"decision": "go", "q-contribution": "oui", "seen": ""}
    ).content.decode()
    assert "Répondez d’abord aux questions" in page and "sans auteur ni date" in page and ">oui</textarea>" in page
    page = contributor_client.post(address(service), ANSWERED | DECIDED | {"review_on": "2026-09-01"}).content.decode()
    assert "La date de revue vient après" in page
    assert not Gate.objects.exists()
    assert contributor_client.post(address(service), {"q-contribution": "à creuser", "seen": ""}).status_code == 302
    assert Gate.objects.get().decision == ""


@pytest.mark.both_databases
def test_two_people_at_the_same_gate_are_told_and_nothing_is_lost(service, contributor_client, editor_client):
    contributor_client.post(address(service), ANSWERED | {"seen": ""})
    page = editor_client.post(address(service), {"q-contribution": "autre avis", "seen": ""}).content.decode()
    assert "pendant que vous écriviez" in page and ">autre avis</textarea>" in page
    assert Gate.objects.count() == 1
    first = Gate.objects.get().pk
    assert editor_client.post(address(service), {"q-contribution": "autre avis", "seen": first}).status_code == 302
    told = editor_client.get(address(service) + "historique/").content.decode()
    assert "autre avis" in told and "réponse left-out" in told


def test_a_decision_past_its_review_is_said(organisation, service):
    assert gates.standing([service], date(2026, 11, 1))[0].words == "passage à décider"
    assert door.gates_of(organisation, date(2026, 11, 1))[0].waits
    Gate.objects.create(
        service=service, stage="upstream", edition="before-digital@1", decision="go", review_on=date(2026, 10, 1)
    )
    assert gates.standing([service], date(2026, 9, 1))[0].chip == "ok"
    assert [door.gates_of(organisation, date(2026, month, 1))[0].waits for month in (9, 11)] == [False, True]
    assert gates.standing([service], date(2026, 11, 1))[0].words == "passage à revoir"
    service.stage = "run"
    assert gates.standing([service], date(2026, 9, 1))[0].words == "passage à décider"


def test_the_positive_impact_of_a_service_rests_on_evidence(service, contributor_client):
    asked = f"/o/valmont/preuves/nouvelle/?pour=service:{service.pk}&facette=impact"
    given = {"upload": SimpleUploadedFile("etude.pdf", b"%PDF-1.7\n%%EOF\n"), "kind": "measure", "confidentiality": "auditor",
             "facet": "impact", "proves": "deux fois moins de trajets", "strength": "proves"}  # fmt: skip
    answer = contributor_client.post(asked, given)
    assert answer.url == f"/o/valmont/services/{service.pk}/fiche/"
    assert EvidenceLink.objects.get().subject == f"service:{service.pk}"
    assert "deux fois moins de trajets" in contributor_client.get(answer.url).content.decode()


def test_the_gate_of_another_organisation_is_not_found(other_organisation, owner_client):
    theirs = Service.objects.create(organisation=other_organisation, name="Secret")
    for place in (address(theirs), address(theirs) + "historique/", f"/o/valmont/services/{theirs.pk}/fiche/"):
        assert owner_client.get(place).status_code == 404
    assert owner_client.get(f"/o/valmont/preuves/nouvelle/?pour=service:{theirs.pk}").status_code == 404


def test_a_service_shows_its_assessments_but_not_to_an_auditor(
    service, organisation, owner, reader_client, auditor_client
):
    made = Assessment.objects.create(
        organisation=organisation, referential="rgesn-2024", version="2024", title="RGESN du portail", made_by=owner,
        service=service.pk, service_name=service.name, period_start=date(2026, 1, 1), period_end=date(2026, 12, 31),
    )  # fmt: skip
    there = f"/o/valmont/services/{service.pk}/fiche/"
    assert f"/o/valmont/diagnostic/{made.pk}/" in reader_client.get(there).content.decode()
    assert "RGESN du portail" not in auditor_client.get(there).content.decode()
