"""Starting, answering, deciding what applies: each step saved, nobody overwritten, everything in the history."""

import html
import re

import pytest

from terreau.app.diagnosis.models import Answer, AnswerChange, AppendOnlyError, Assessment, Comment, State, TeamNote
from terreau.app.journal.models import Entry
from tests.app.diagnosis.conftest import answered
from tests.app.examining import under_examination

both_databases = pytest.mark.both_databases


NEVER_READ = {f"q{n}-revision": "0" for n in range(5)}


def page(response):
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def actions(organisation):
    return list(Entry.objects.filter(organisation=organisation).values_list("action", flat=True))


@both_databases
def test_a_person_alone_starts_answers_and_sees_a_floor(editor_client, organisation, edition):
    start = "/o/valmont/diagnostic/nouveau/"
    assert "Grille Terreau" in page(editor_client.get(start))
    asked = {f"profile-{one.key}": "" for one in edition.profile} | {"profile-uses_ai": "no", "path": "debutant"}
    sent = {"referential": "nr-terreau", "title": "Notre premier tour", "subject": "", "period_start": "2025-11-01",
            "period_end": "2026-10-31", "target_on": "", "target_level": "socle", **asked}  # fmt: skip
    response = editor_client.post(start, sent)
    made = Assessment.objects.get(organisation=organisation)
    assert response.url == f"/o/valmont/diagnostic/{made.pk}/applicabilite/", (
        "the profile leaves AI out: someone decides"
    )
    assert (made.version, made.digest, made.profile) == (edition.version, edition.digest, {"uses_ai": False})

    response = editor_client.post(f"/o/valmont/diagnostic/{made.pk}/critere/1.1.1/", answered(next="1"))
    assert response.url == f"/o/valmont/diagnostic/{made.pk}/critere/1.1.2/"
    seen = page(editor_client.get(f"/o/valmont/diagnostic/{made.pk}/"))
    assert f"sur {len(edition.criteria)} critères répondus" in seen
    assert "provisoire" in seen
    assert seen.count("% à ") >= 3, "documents, means and results are told apart, each from its floor to its ceiling"
    assert "Débutant" in seen
    assert re.search(r'class="button" href="[^"]*/critere/1.2.1/">Continuer', seen), "the path comes before the order"
    assert {"diagnosis.began", "diagnosis.answered"} <= set(actions(organisation))


def test_each_path_says_at_the_choice_for_whom_it_is(editor_client):
    seen = page(editor_client.get("/o/valmont/diagnostic/nouveau/?referentiel=nr-terreau"))
    assert "Débutant : vous commencez, avec peu de temps et aucun outil" in seen


@both_databases
def test_a_proposal_is_nothing_until_a_person_gives_a_reason(editor_client, assess, at):
    made = assess(profile={"uses_ai": False})
    there = at(made, "applicabilite/")
    short = re.search(r'name="([\d.]+)-applies"', page(editor_client.get(there)))[1]
    refused = editor_client.post(there, {f"{short}-applies": "no", f"{short}-reason": " ", f"{short}-revision": "0"})
    assert refused.status_code == 400
    assert not Answer.objects.filter(assessment=made).exists()
    editor_client.post(there, {f"{short}-applies": "no", f"{short}-reason": "Aucune IA.", f"{short}-revision": "0"})
    kept = Answer.objects.get(assessment=made)
    assert (kept.applicable, kept.reason, kept.decided_by) == (False, "Aucune IA.", "editor@valmont.example")
    assert "Écartés avec une raison : 1" in page(editor_client.get(at(made)))


def test_contributors_answer_and_only_editors_decide_what_applies(contributor_client, reader_client, assessment, at):
    assert reader_client.post(at(assessment, "critere/1.1.1/"), answered()).status_code == 403
    assert contributor_client.post(at(assessment, "critere/1.1.1/"), answered()).status_code == 302
    for act, data in (("applicabilite/", {"applicable": "no", "reason": "x"}), ("etat/", {"state": "accepted"})):
        assert contributor_client.post(at(assessment, f"critere/1.1.1/{act}"), data).status_code == 403


@both_databases
def test_two_people_writing_at_once_are_told_and_choose(editor_client, contributor_client, assessment, at):
    there = at(assessment, "critere/1.1.1/")
    editor_client.post(there, answered(**{"documents-text": "Charte signée", "due": "2026-12-01"}))
    told = contributor_client.post(there, answered(documents="none", **{"documents-text": "Rien encore"}))
    assert told.status_code == 409
    assert "Charte signée" in page(told) and "Rien encore" in page(told)
    kept = Answer.objects.get(assessment=assessment)
    assert (kept.revision, kept.facets["documents"]["text"]) == (1, "Charte signée"), "nothing was overwritten"

    sent = answered(documents="none", **{"documents-text": "Rien encore", "revision": "1"})
    choice = {"keep-facets/documents/text": "theirs", "keep-facets/documents/verdict": "mine"}
    assert contributor_client.post(there, sent | choice).status_code == 302
    kept.refresh_from_db()
    assert kept.facets["documents"] == {"verdict": "none", "text": "Charte signée"}
    assert kept.due.isoformat() == "2026-12-01", "what was not sent stays"


def test_what_only_one_of_them_changed_is_already_chosen(editor_client, contributor_client, assessment, at):
    there = at(assessment, "critere/1.1.1/")
    editor_client.post(there, answered())
    editor_client.post(there, answered(revision="1", text="Le texte de l'éditrice"))
    told = page(contributor_client.post(there, answered(revision="1", means="yes")))
    sides = dict(re.findall(r'name="keep-([^"]+)" value="(theirs|mine)" checked', told))
    assert sides == {"text": "theirs", "facets/means/verdict": "mine"}


def test_leaving_to_look_for_evidence_keeps_what_was_typed(editor_client, assessment, at):
    there = at(assessment, "critere/1.1.1/")
    leaving = editor_client.post(there, answered(prove="new means"))
    assert re.fullmatch(r"/o/valmont/preuves/nouvelle/\?pour=answer%3A[^&]+1\.1\.1&facette=means", leaving.url)
    assert Answer.objects.get(assessment=assessment).facets["documents"]["verdict"]
    assert "/preuves/choisir/" in editor_client.post(there, answered(revision="1", prove="choose documents")).url
    assert editor_client.post(there, answered(revision="1", prove="new //evil.example")).url == there


def test_saying_the_same_again_changes_nothing(editor_client, assessment, at):
    there = at(assessment, "critere/1.1.1/")
    editor_client.post(there, answered())
    editor_client.post(there, answered(revision="1"))
    assert Answer.objects.get(assessment=assessment).revision == 1


@both_databases
def test_history_says_who_when_before_and_after_and_is_never_rewritten(editor_client, assessment, at, editor):
    there = at(assessment, "critere/1.1.1/")
    editor_client.post(there, answered())
    editor_client.post(there, answered(revision="1", documents="partial"))
    change = AnswerChange.objects.get(revision=2)
    assert (change.by, change.by_label) == (editor, str(editor))
    assert change.before["facets"]["documents"]["verdict"] == "yes"
    assert change.after["facets"]["documents"]["verdict"] == "partial"
    for attempt in (change.save, change.delete):
        with pytest.raises(AppendOnlyError):
            attempt()
    seen = page(editor_client.get(f"{there}historique/"))
    assert "Documents, réponse" in seen and "En partie" in seen


def test_a_mistake_loses_nothing(editor_client, assessment, at):
    sent = answered(**{"documents-verdict": "perhaps", "results-text": "38 % en 2025", "due": "demain"})
    response = editor_client.post(at(assessment, "critere/1.1.1/"), sent)
    assert response.status_code == 400
    assert "38 % en 2025" in page(response) and 'href="#documents-verdict"' in page(response)
    assert not Answer.objects.filter(assessment=assessment).exists()


def test_correcting_a_mistake_overwrites_nobody(editor_client, contributor_client, assessment, at):
    there = at(assessment, "critere/1.1.1/")
    editor_client.post(there, answered(text="Le texte de l'éditrice"))
    sent = answered(text="Le mien", due="demain")
    assert 'name="revision" value="0"' in page(contributor_client.post(there, sent)), "still what its author had read"
    assert contributor_client.post(there, sent | {"due": ""}).status_code == 409
    assert Answer.objects.get(assessment=assessment).text == "Le texte de l'éditrice"


@both_databases
def test_an_accepted_answer_that_changes_is_accepted_by_nobody_any_more(
    editor_client, contributor_client, assessment, at
):
    there = at(assessment, "critere/1.1.1/")
    contributor_client.post(there, answered())
    contributor_client.post(f"{there}etat/", {"state": "submitted", "revision": "1"})
    editor_client.post(f"{there}etat/", {"state": "accepted", "revision": "2"})
    kept = Answer.objects.get(assessment=assessment)
    assert (kept.state, kept.reviewed_by) == (State.ACCEPTED, "editor@valmont.example")
    contributor_client.post(there, answered(revision="3", means="yes"))
    kept.refresh_from_db()
    assert (kept.state, kept.reviewed_on) == (State.DRAFT, None)


@both_databases
def test_five_verdicts_a_page_are_saved_together_and_one_changed_meanwhile_is_told(
    editor_client, contributor_client, assess, at
):
    made = assess("rgesn-2024")
    there = at(made, "rubrique/1/repondre/")
    sent = {f"q{n}-verdict-verdict": "conforming" for n in range(5)} | NEVER_READ
    assert "Critères 1 à 5" in page(editor_client.get(there))
    assert editor_client.post(there, sent | {"next": "1"}).url == f"{there}?page=2"
    assert Answer.objects.filter(assessment=made, revision=1).count() == 5
    other = sent | {"q0-verdict-verdict": "non_conforming"}
    told = contributor_client.post(there, other)
    assert told.status_code == 409 and "Rien n'a été écrasé" in page(told)
    assert Answer.objects.get(assessment=made, criterion="rgesn-2024:1.1").facets["verdict"]["verdict"] == "conforming"


def test_a_mistake_on_a_page_of_five_stays_typed_beside_an_answer_changed_meanwhile(
    editor_client, contributor_client, assess, at
):
    made = assess("rgesn-2024")
    there = at(made, "rubrique/1/repondre/")
    editor_client.post(there, {"q0-verdict-verdict": "conforming", "q1-text": "Déjà dit"} | NEVER_READ)
    sent = {"q0-verdict-verdict": "non_conforming", "q1-verdict-verdict": "perhaps", "q1-text": "Longue recherche"}
    told = page(contributor_client.post(there, sent | NEVER_READ))
    assert "Longue recherche</textarea>" in told and 'name="q1-revision" value="0"' in told
    assert Answer.objects.get(assessment=made, criterion="rgesn-2024:1.2").text == "Déjà dit"


def test_a_closed_assessment_reads_and_changes_no_more(editor_client, assessment, at):
    editor_client.post(at(assessment, "reglages/"), {"state": "closed"})
    assert editor_client.get(at(assessment, "critere/1.1.1/")).status_code == 200
    refused = editor_client.post(at(assessment, "critere/1.1.1/"), answered())
    assert refused.status_code == 400 and "close" in page(refused)
    assert not Answer.objects.filter(assessment=assessment).exists()


@both_databases
def test_notes_stay_in_the_team_and_messages_are_settled(
    contributor_client, auditor_client, editor_client, assessment, at
):
    under_examination(assessment.organisation)
    there = at(assessment, "critere/1.1.1/")
    contributor_client.post(f"{there}discussion/", {"what": "note", "text": "À revoir avant l'audit"})
    contributor_client.post(f"{there}discussion/", {"text": "La convention est-elle signée ?"})
    contributor_client.post(there, answered(**{"documents-text": "Un brouillon"}))
    for words in ("À revoir avant l'audit", "La convention est-elle signée ?", "Un brouillon"):
        assert words in page(contributor_client.get(there))
        assert words not in page(auditor_client.get(there)), "an auditor sees what was submitted, and no note"
    editor_client.post(f"{there}discussion/", {"resolve": str(Comment.objects.get().pk)})
    assert Comment.objects.get().resolved_by == "editor@valmont.example"
    contributor_client.post(f"{there}etat/", {"state": "submitted", "revision": "1"})
    assert "Un brouillon" in page(auditor_client.get(there))
    assert TeamNote.objects.count() == 1


@both_databases
def test_another_organisation_finds_nothing(outsider, signed_in, assessment, at):
    for rest in ("", "critere/1.1.1/", "echeance/"):
        assert signed_in(outsider).get(at(assessment, rest)).status_code == 404
        assert signed_in(outsider).get(at(assessment, rest).replace("valmont", "numa")).status_code == 404


@both_databases
def test_owners_take_an_assessment_away_by_copying_its_title(owner_client, assessment, at, organisation):
    owner_client.post(at(assessment, "supprimer/"), {"title": "autre"})
    assert Assessment.objects.filter(pk=assessment.pk).exists()
    owner_client.post(at(assessment, "critere/1.1.1/"), answered())
    owner_client.post(at(assessment, "supprimer/"), {"title": assessment.title})
    assert not Assessment.objects.exists() and not AnswerChange.objects.exists()
    assert "diagnosis.removed" in actions(organisation)
