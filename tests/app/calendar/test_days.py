"""The days of an organisation on one page: what the law asks, labels, evidence, the diagnosis."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from terreau.app.calendar import door, gathering
from terreau.app.calendar.models import Facts, HeldLabel
from terreau.app.diagnosis import starting
from terreau.app.diagnosis.models import Answer
from terreau.app.evidence.models import Evidence
from terreau.app.journal.models import Entry
from terreau.kernel.recurring import after
from terreau.referentials import library

HOME, FACTS = "/o/valmont/calendrier/", "/o/valmont/calendrier/organisation/"


def keys(organisation, user=None):
    return {one.key: one for one in gathering.events(organisation, user, "fr")}


@pytest.fixture
def today():
    return timezone.localdate()


def test_an_authority_over_the_threshold_is_told_of_the_review_before_its_budget_debate(organisation, today):
    facts = Facts.objects.create(
        organisation=organisation, nature="authority", population=60_000, debate_on=today + timedelta(days=40)
    )
    found = keys(organisation)
    assert f"reen:review/{facts.debate_on.year}" in found
    assert any(key.startswith("reen-35:") and one.url.endswith("?referentiel=reen-35") for key, one in found.items())
    assert door.is_large_authority(organisation)
    facts.population = 50_000
    facts.save()
    small = keys(organisation)
    assert not any(key.startswith("reen:review") for key in small) and not door.is_large_authority(organisation)
    assert {key.partition("/")[0] for key in small if key.startswith("reen-35")} == {"reen-35:4"}  # reuse is for all


def test_a_departement_has_no_strategy_to_review_however_many_live_there(organisation, today):
    """Décret 2022-1084: communes and intercommunalités only; buying and giving away is for every authority."""
    Facts.objects.create(
        organisation=organisation, nature="territory", population=1_400_000, debate_on=today + timedelta(days=40)
    )
    found = keys(organisation)
    assert not any(key.startswith("reen:review") for key in found) and not door.is_large_authority(organisation)
    assert {key.partition("/")[0] for key in found if key.startswith("reen-35")} == {"reen-35:4"}


def test_an_open_assessment_of_the_law_gives_its_own_days_once(organisation, owner, today):
    Facts.objects.create(organisation=organisation, nature="authority", population=60_000)
    before = keys(organisation)
    framed = {"title": "Loi REEN", "period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}
    starting.begin(organisation, owner, library.edition("reen-35"), framed | {"profile": {"over_50000": True}})
    now = keys(organisation)
    assert any(key.startswith("reen-35:") for key in before) and not any(key.startswith("reen-35:") for key in now)
    laws = [one for key, one in now.items() if key.startswith("diagnosis:law:")]
    assert laws and any(one.on < today for one in laws)


def test_criteria_answered_and_not_answered_share_a_day_of_the_law_and_none_is_lost(organisation, owner, today):
    framed = {"title": "Loi REEN", "period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}
    grid = starting.begin(organisation, owner, library.edition("reen-35"), framed | {"profile": {"over_50000": True}})
    before = {one.on: one.title_fr for key, one in keys(organisation).items() if key.startswith("diagnosis:law:")}
    assert "1.1, 1.2" in before[date(2023, 1, 1)]
    Answer.objects.create(assessment=grid, criterion="reen-35:1.1", facets={"verdict": {"verdict": "none"}})
    now = {one.on: one.title_fr for key, one in keys(organisation).items() if key.startswith("diagnosis:law:")}
    assert now == before


def test_a_mission_company_sees_its_check_and_its_report(organisation, today):
    published = today - timedelta(days=100)
    Facts.objects.create(organisation=organisation, nature="mission", mission_on=published, permanent_staff=80,
                         accounts_closed_on=today - timedelta(days=30))  # fmt: skip
    found = keys(organisation)
    assert found["mission:check/1"].on == after(published, "P18M")
    reports = [one.on for key, one in found.items() if key.startswith("mission:report/")]
    assert reports and min(reports) >= today  # nobody says here that the one before was made
    facts = Facts.objects.get()
    facts.mission_on, facts.checked_on = today - timedelta(days=1000), today - timedelta(days=40)
    facts.save()
    assert keys(organisation)["mission:check/2"].on == after(facts.checked_on, "P2Y")


def test_a_debate_that_is_over_is_no_day_to_come_and_the_page_asks_for_the_next(organisation, editor_client, today):
    Facts.objects.create(
        organisation=organisation, nature="authority", population=60_000, debate_on=today - timedelta(days=1)
    )
    assert not any(key.startswith("reen:review") for key in keys(organisation))
    assert "Donner la date du prochain" in editor_client.get(HOME).content.decode()


def test_answers_evidence_and_labels_come_with_their_pages(organisation, owner, reader, today):
    framed = {
        "title": "Grille",
        "period_start": date(2026, 1, 1),
        "period_end": date(2026, 12, 31),
        "target_on": today + timedelta(days=90),
    }
    grid = starting.begin(organisation, owner, library.edition("nr-terreau"), framed)
    Answer.objects.create(assessment=grid, criterion="nr-terreau:1.1.1", due=today - timedelta(days=3))
    for confidentiality in ("team", "organisation"):
        Evidence.objects.create(organisation=organisation, title=f"Attestation {confidentiality}", valid_until=today + timedelta(days=9),
                                confidentiality=confidentiality)  # fmt: skip
    HeldLabel.objects.create(
        organisation=organisation, name="Label NR", granted_on=date(2025, 6, 1), ends_on=date(2028, 5, 31)
    )
    mine, theirs = keys(organisation, owner), keys(organisation, reader)
    assert len([key for key in mine if key.startswith("evidence:")]) == 2
    assert len([key for key in theirs if key.startswith("evidence:")]) == 1  # what the team keeps for itself stays so
    assert not [key for key in keys(organisation) if key.startswith("evidence:")]
    assert next(one for key, one in mine.items() if key.startswith("evidence:")).url.startswith("/o/valmont/preuves/")
    assert {one.on for key, one in mine.items() if key.startswith("label:held:")} == {
        date(2027, 11, 30),
        date(2028, 5, 31),
    }
    assert mine[f"diagnosis:ready:{grid.pk}"].on == today + timedelta(days=90)
    assert [one.on for one in door.late(organisation)] == [today - timedelta(days=3)]
    assert door.next_dates(organisation, 1)[0].on >= today


def test_the_page_shows_what_is_late_first_then_month_by_month_and_one_kind_alone(
    organisation, owner, owner_client, today
):
    assert "Aucune date pour l’instant" in owner_client.get(HOME).content.decode()
    for days, title in ((-2, "Passée"), (3, "Bientôt"), (50, "Plus tard")):
        Evidence.objects.create(organisation=organisation, title=title, valid_until=today + timedelta(days=days))
    HeldLabel.objects.create(organisation=organisation, name="Label NR", granted_on=today)
    page = owner_client.get(HOME).content.decode()
    assert page.index("En retard") < page.index("Passée") < page.index("Bientôt") < page.index("Plus tard")
    assert "2 jours de retard" in page and "Label NR" in page
    one_kind = owner_client.get(f"{HOME}?quoi=evidence").content.decode()
    assert "Bientôt" in one_kind and "Label NR" not in one_kind
    assert (
        "Expected" not in page
        and "Last day of the evidence: Bientôt" in owner_client.get(HOME, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    )


def test_facts_are_asked_when_a_duty_needs_them_and_two_people_are_told(organisation, editor_client, today):
    refused = editor_client.post(FACTS, {"nature": "authority", "revision": "0"}).content.decode()
    assert "il décide des obligations" in refused and not Facts.objects.exists()
    refused = editor_client.post(
        FACTS, {"nature": "mission", "mission_on": "2020-01-01", "checked_on": "2019-01-01", "revision": "0"}
    )
    assert "ne précède pas la publication" in refused.content.decode()
    sent = {"nature": "authority", "population": "60000", "debate_on": (today + timedelta(days=5)).isoformat()}
    assert editor_client.post(FACTS, sent | {"revision": "0"}).status_code == 302
    late = editor_client.post(FACTS, sent | {"population": "70000", "revision": "0"})
    assert late.status_code == 409 and 'value="70000"' in late.content.decode()
    assert Facts.objects.get().population == 60_000 and Entry.objects.get().action == "calendar.facts_changed"


def test_a_reader_reads_the_facts_and_changes_nothing(organisation, reader_client):
    Facts.objects.create(organisation=organisation, nature="authority", population=60_000)
    page = reader_client.get(FACTS).content.decode()
    assert "60\u202f000" in page and '<form method="post">' not in page.split("<main")[1].split("</main")[0]
    assert reader_client.post(FACTS, {"nature": "other", "revision": "0"}).status_code == 403


def test_two_people_correcting_one_label_are_told_and_nothing_is_replaced_unread(organisation, editor_client):
    label = HeldLabel.objects.create(organisation=organisation, name="NR", granted_on=date(2024, 4, 1))
    address = f"/o/valmont/calendrier/labels/{label.pk}/"
    seen = re.search(r'name="seen" value="(\w+)"', editor_client.get(address).content.decode())[1]
    sent = {"name": "NR", "granted_on": "2024-04-01", "years": "3", "ends_on": "", "prepare_months": "6", "seen": seen}
    theirs = sent | {"name": "Label NR niveau 2", "prepare_months": "9"}
    assert editor_client.post(address, theirs).status_code == 302
    assert editor_client.post(address, theirs).status_code == 302, "sent twice, it is one"
    late = editor_client.post(address, sent | {"years": "4"})
    page = late.content.decode()
    assert (
        late.status_code == 409
        and "<li>Label : Label NR niveau 2</li>" in page.replace("\xa0", " ")
        and "<li>Préparer le renouvellement, mois avant : 9</li>" in page.replace("\xa0", " ")
        and 'value="4"' in page
    )
    assert HeldLabel.objects.get().years == 3
    again = sent | {"years": "4", "seen": re.search(r'name="seen" value="(\w+)"', page)[1]}
    assert editor_client.post(address, again).status_code == 302
    assert (HeldLabel.objects.get().name, HeldLabel.objects.get().years) == ("NR", 4)
    assert Entry.objects.filter(action="calendar.label_changed").count() == 2


def test_a_label_is_noted_corrected_and_removed_and_a_slip_is_named(organisation, editor_client):
    address = "/o/valmont/calendrier/labels/nouveau/"
    sent = {"name": "Label NR", "granted_on": "2025-06-01", "years": "3", "prepare_months": "6"}
    for slip, said in (
        ({"granted_on": "0025-06-01"}, "trop ancienne"),
        ({"ends_on": "2025-05-01"}, "avant d’avoir commencé"),
        ({"years": "0"}, "supérieure ou égale à 1"),
    ):
        assert said in editor_client.post(address, sent | slip).content.decode()
    assert not HeldLabel.objects.exists()
    assert [editor_client.post(address, sent).status_code for _time in range(2)] == [302, 302]
    label = HeldLabel.objects.get()  # sent twice, it is one
    editor_client.post(f"/o/valmont/calendrier/labels/{label.pk}/", sent | {"ends_on": "2028-03-31"})
    assert keys(organisation)[f"label:held:{label.pk}"].on == date(2028, 3, 31)
    editor_client.post(f"/o/valmont/calendrier/labels/{label.pk}/retirer/")
    assert not HeldLabel.objects.exists()
    told = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert told == ["calendar.label_added", "calendar.label_changed", "calendar.label_removed"]
    assert Entry.objects.get(action="calendar.label_changed").facts["before"] == {"ends_on": ""}, "what it said is kept"
