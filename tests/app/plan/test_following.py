"""What becomes of a commitment: replanned, missed and answered, reviewed; nothing it said is rewritten."""

import html
from datetime import date, timedelta

import pytest

from terreau.app.evidence import door as evidence
from terreau.app.journal.models import Entry
from terreau.app.plan import acting, door
from terreau.app.plan.models import Commitment, Move, Review
from terreau.kernel.errors import TerreauError
from terreau.plan.milestones import Milestone


def page_of(client, row):
    return html.unescape(client.get(f"/o/valmont/plan/{row.pk}/").content.decode())


def status_of(organisation):
    return door.judged(organisation)[0].status


@pytest.fixture
def late(promised, today):
    """A commitment whose first milestone passed undone ten days ago."""
    return promised(milestones=(Milestone(key="j1", title="Règle écrite", due=today - timedelta(days=10)),))


def test_a_due_day_moved_keeps_the_one_first_promised(promised, owner_client, organisation):
    row = promised()
    here, due = f"/o/valmont/plan/{row.pk}/", row.due + timedelta(days=90)
    answer = owner_client.post(
        f"{here}echeance/", {"due": due.isoformat(), "why": "Livraison tardive", "revision": row.revision}
    )
    assert answer.url == here
    row.refresh_from_db()
    assert row.due != due and [(one.due, one.why) for one in row.moves.all()] == [(due, "Livraison tardive")]
    page = page_of(owner_client, row)
    assert "promise d’abord pour le" in page and "Livraison tardive" in page and f"{row.due:%d/%m/%Y}" in page
    told = Entry.objects.filter(organisation=organisation).last()
    assert (told.action, told.facts["why"]) == ("plan.put_off", "Livraison tardive")


def test_a_due_day_before_the_start_is_refused_with_its_remedy(promised, owner_client):
    row = promised()
    sent = {"due": (row.start - timedelta(days=1)).isoformat(), "why": "Erreur"}
    answer = owner_client.post(f"/o/valmont/plan/{row.pk}/echeance/", sent)
    assert "Corrigez l'une des deux dates" in html.unescape(answer.content.decode())
    assert not Move.objects.exists()


def test_a_missed_milestone_makes_it_late_and_a_review_answers_it(late, owner_client, organisation, today):
    assert status_of(organisation) == "late"
    here = f"/o/valmont/plan/{late.pk}/"
    sent = {"on": today.isoformat(), "decision": "adjust", "comment": "Le service juridique manquait.", "by": "Comité NR",
            "milestones": "j1", "next_review": (today + timedelta(days=90)).isoformat()}  # fmt: skip
    assert owner_client.post(f"{here}revue/", sent).url == here
    assert status_of(organisation) == "on_track"
    page = page_of(owner_client, late)
    assert "manqué et répondu" in page and "par une revue" in page and "Le service juridique manquait." in page
    assert [one.key.split(":")[0] for one in door.due(organisation)] == ["milestone", "due", "review"]


def test_a_milestone_moved_after_its_day_stays_missed(late, owner_client, organisation, today):
    sent = {"due": (today + timedelta(days=30)).isoformat(), "why": "Congés"}
    owner_client.post(f"/o/valmont/plan/{late.pk}/jalons/j1/date/", sent)
    step = door.judged(organisation)[0].steps[0]
    assert (step.state, step.by, step.missed) == ("answered", "move", (today - timedelta(days=10),))
    assert f"promis d’abord pour le {today - timedelta(days=10):%d/%m/%Y}" in " ".join(
        page_of(owner_client, late).split()
    )


def test_a_new_milestone_answers_a_missed_one(late, owner_client, organisation, today):
    form = owner_client.get(f"/o/valmont/plan/{late.pk}/jalons/").content.decode()
    assert 'value="j1"' in form
    sent = {"title": "Règle votée", "due": (today + timedelta(days=60)).isoformat(), "answers": "j1"}
    owner_client.post(f"/o/valmont/plan/{late.pk}/jalons/", sent)
    assert {step.milestone.title: step.by for step in door.judged(organisation)[0].steps}["Règle écrite"] == "milestone"
    assert late.milestones.order_by("due").last().added_on == today


def test_a_milestone_is_done_once_and_not_tomorrow(late, contributor_client, today):
    here = f"/o/valmont/plan/{late.pk}/jalons/j1/fait/"
    refused = contributor_client.post(here, {"done_on": (today + timedelta(days=1)).isoformat()})
    assert "n’est pas encore venu" in refused.content.decode()
    assert contributor_client.post(here, {"done_on": today.isoformat()}).status_code == 302
    again = contributor_client.post(here, {"done_on": today.isoformat()})
    assert "déjà fait" in again.content.decode()
    assert (
        contributor_client.post(
            f"/o/valmont/plan/{late.pk}/jalons/rien/fait/", {"done_on": today.isoformat()}
        ).status_code
        == 404
    )


def test_an_aim_changed_keeps_the_former_one_with_its_reason(promised, owner_client):
    row = promised()
    here = f"/o/valmont/plan/{row.pk}/objectif/result/"
    sent = {
        "result_indicator": "PARC02",
        "result_baseline": "4,2",
        "result_baseline_on": "2025-12-31",
        "result_target": "3",
        "why": "Trop haut",
    }
    refused = html.unescape(owner_client.post(here, sent).content.decode())
    assert "va de 4,2\xa0ans à 3\xa0ans" in refused and "Trop haut" in refused  # the wrong side of the baseline
    assert row.aims.count() == 1
    owner_client.post(here, sent | {"result_target": "5,5"})
    assert [(one.target, one.until is None, one.why) for one in row.aims.order_by("id")] == [
        (6.0, False, "Trop haut"),
        (5.5, True, ""),
    ]
    page = page_of(owner_client, row)
    assert "Objectifs précédents" in page and "Trop haut" in page and "5,5\xa0ans" in page


def test_stopping_is_a_review_that_frees_what_is_not_spent(promised, owner_client, organisation, today):
    row = promised()
    sent = {"on": today.isoformat(), "decision": "stop", "comment": "Marché annulé.", "by": "", "next_review": ""}
    owner_client.post(f"/o/valmont/plan/{row.pk}/revue/", sent)
    assert status_of(organisation) == "stopped"
    assert door.standing(organisation).budget < row.budget
    assert "Marché annulé." in page_of(owner_client, row)


def test_two_people_writing_at_once_are_told(promised, owner_client):
    row = promised()
    sent = {"owner": "Une autre", "theme": "fleet", "revision": row.revision}
    assert owner_client.post(f"/o/valmont/plan/{row.pk}/fiche/", sent).status_code == 302
    answer = owner_client.post(f"/o/valmont/plan/{row.pk}/fiche/", sent | {"owner": "Encore une autre"})
    assert "pendant que vous écriviez" in answer.content.decode() and "Encore une autre" in answer.content.decode()
    assert Commitment.objects.get(pk=row.pk).owner == "Une autre"


def test_what_was_written_is_never_changed(promised, owner, today):
    row = promised()
    acting.put_off(row, owner, row.due + timedelta(days=1), "Un jour de plus")
    with pytest.raises(TypeError):
        Move.objects.get().save()
    with pytest.raises(TerreauError, match="commitment_taken"):
        acting.adopt(row, owner, today)
    with pytest.raises(acting.FaultyError, match="said_done_later"):
        acting.finish(row, owner, "j1", today + timedelta(days=1))
    assert not Review.objects.exists()


def test_a_draft_is_neither_reviewed_nor_replanned(promised, owner_client):
    row = promised(taken=False)
    assert owner_client.get(f"/o/valmont/plan/{row.pk}/revue/").status_code == 400
    assert owner_client.get(f"/o/valmont/plan/{row.pk}/echeance/").status_code == 400


def test_an_action_of_another_team_is_told_and_not_counted(promised, owner_client, organisation):
    row = promised()
    owner_client.post(
        f"/o/valmont/plan/{row.pk}/actions/", {"title": "Atelier", "owner": "Moyens généraux", "url": "exemple.fr/a"}
    )
    assert "Atelier" in page_of(owner_client, row) and 'href="https://exemple.fr/a"' in page_of(owner_client, row)
    owner_client.post(f"/o/valmont/plan/{row.pk}/actions/{row.linked.get().pk}/retirer/")
    assert not row.linked.exists()
    assert (
        owner_client.post(
            f"/o/valmont/plan/{row.pk}/actions/", {"title": "x", "url": "javascript:alert(1)"}
        ).status_code
        == 200
    )


def test_evidence_is_tied_to_what_was_promised(promised, organisation, owner, owner_client):
    row = promised()
    subject = f"commitment:{row.pk}"
    evidence.receive(organisation, owner, {"title": "Note de service", "confidentiality": "organisation"}, subject=subject, facet="means",
                     url="https://exemple.fr/note")  # fmt: skip
    assert "Note de service" in page_of(owner_client, row)
    assert len(door.commitments(organisation)[0].evidence) == 1
    assert (
        "Garder les portables six ans"
        in owner_client.get(f"/o/valmont/preuves/nouvelle/?pour={subject}").content.decode()
    )


def test_the_journal_of_a_commitment_is_on_its_page_without_addresses(promised, reader_client, owner):
    owner.name = "Nora"
    owner.save()
    row = promised()
    told = page_of(reader_client, row).partition('<h2 id="journal">')[2]
    assert (
        f"Nora<br>Engagement pris : « {row.statement} », pour le {row.due:%d/%m/%Y}" in told and owner.email not in told
    )


def test_a_date_of_long_ago_is_understood(promised, owner_client, organisation):
    row = promised(start=date(2020, 1, 1), due=date(2021, 1, 1), milestones=(), result=None)
    assert (status_of(organisation), "Où il en est" in page_of(owner_client, row)) == ("missed", True)
