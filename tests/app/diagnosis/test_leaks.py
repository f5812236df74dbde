"""What an auditor, a reader or the bearer of a link must not learn of the work in progress."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from terreau.app.diagnosis import answering, delegating
from terreau.app.diagnosis.models import Answer, Assessment, Delegation
from terreau.app.evidence import door as evidence
from terreau.app.evidence.models import EvidenceLink
from terreau.app.files.models import File
from tests.app.diagnosis.conftest import answered
from tests.app.examining import under_examination

HERE = "/o/valmont/diagnostic"
FIRST, SECOND = "nr-terreau:1.1.1", "nr-terreau:1.1.2"


def page(response):
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def write(assessment, by, criterion=FIRST, **fields):
    answer, _ = Answer.objects.get_or_create(assessment=assessment, criterion=criterion)
    writer = answering.writer_of(by, assessment.organisation)
    return answering.change(assessment, criterion, writer, fields, revision=answer.revision)


def give(assessment, by, title, confidentiality, criterion=FIRST, facet="documents", **more):
    described = {"title": title, "kind": "document", "confidentiality": confidentiality} | more
    upload = SimpleUploadedFile("note.txt", b"Une note")
    subject = f"answer:{assessment.pk}/{criterion}"
    return evidence.receive(assessment.organisation, by, described, subject=subject, facet=facet, upload=upload)


def test_an_auditor_reads_no_decision_that_was_not_submitted(assessment, editor, auditor_client, at):
    under_examination(assessment.organisation)
    write(assessment, editor, applicable=False, reason="Secret de fabrique", decided_by="Camille")
    seen = auditor_client.get(at(assessment, "applicabilite/"))
    assert "Secret de fabrique" not in page(seen) and "Camille" not in page(seen)


def test_an_auditor_reads_no_draft_of_the_assessment_it_inherits_from(
    assess, editor, auditor_client, editor_client, at
):
    first = assess(title="Aîné")
    second = assess(title="Cadet", inherits=first)
    under_examination(first.organisation)
    write(first, editor, text="Brouillon de l'aîné", facets={"documents": {"verdict": "yes"}})
    there = at(second, "critere/1.1.1/")
    assert "Brouillon de l'aîné" in page(editor_client.get(there))
    assert "Brouillon de l'aîné" not in page(auditor_client.get(there))


def test_an_auditor_reads_no_former_words_of_a_submitted_answer(assessment, editor, auditor_client, at):
    under_examination(assessment.organisation)
    write(assessment, editor, text="Avant la relecture")
    write(assessment, editor, text="Ce que nous disons", state="submitted")
    seen = auditor_client.get(at(assessment, "critere/1.1.1/"))
    assert "Ce que nous disons" in page(seen)
    assert "Avant la relecture" not in page(auditor_client.get(at(assessment, "critere/1.1.1/historique/")))


@pytest.mark.parametrize("where", ["radiographie/", "echeance/?le=2027-03-01"])
def test_titles_of_the_team_stay_with_the_team(
    where, assessment, editor, auditor_client, reader_client, editor_client, at
):
    under_examination(assessment.organisation)
    write(assessment, editor, facets={"documents": {"verdict": "yes"}}, state="submitted")
    give(assessment, editor, "Plan de licenciement", "team", valid_until="2026-01-01")
    assert "Plan de licenciement" in page(editor_client.get(at(assessment, where)))
    for client in (auditor_client, reader_client):
        assert "Plan de licenciement" not in page(client.get(at(assessment, where)))


def test_home_counts_no_draft_for_an_auditor(assessment, editor, auditor_client, editor_client):
    under_examination(assessment.organisation)
    full = {facet: {"verdict": "yes"} for facet in ("documents", "means", "results")}
    write(assessment, editor, facets=full)
    assert '"number">1 <' in page(editor_client.get("/o/valmont/"))
    assert '"number">0 <' in page(auditor_client.get("/o/valmont/"))


@pytest.fixture
def bearer(assessment, editor):
    _made, token = delegating.entrust(assessment, editor, [FIRST], name="Achats")
    client = Client()
    client.post(f"{HERE}/contribution/{token}/")
    client.mine = f"{HERE}/contributions/{Delegation.objects.get().pk}/"
    return client


def test_a_choice_between_fields_that_are_not_there_is_no_trouble(bearer):
    fields = ("facets/documents", "facets/a/b/c", "facets/", "facets/x/y", "", "criterion")
    for revision, field in enumerate(fields, start=1):
        Answer.objects.update(facets={})
        sent = answered(revision=str(revision), **{f"keep-{field}": "theirs"})
        assert bearer.post(f"{bearer.mine}1.1.1/", sent).status_code == 302, field
        kept = Answer.objects.get(criterion=FIRST)
        assert (set(kept.facets), kept.revision) == ({"documents", "means", "results"}, revision + 1), field


HOSTILE = {"documents-text": "a\x00b", "upload-title": "t\x00t", "documents-verdict": "yes"}


@pytest.mark.both_databases
def test_invisible_zeroes_are_no_breakdown(bearer, editor_client, assessment, at):
    file = SimpleUploadedFile("charte.txt", b"Charte du 12 mars")
    assert bearer.post(f"{bearer.mine}1.1.1/", answered(revision="1", upload=file, **HOSTILE)).status_code < 500
    told = {"applicable": "no", "reason": "\x00 raison", "revision": "2"}
    assert editor_client.post(at(assessment, "critere/1.1.1/applicabilite/"), told).status_code < 500
    told = {"state": "accepted", "text": "\x00 bien", "revision": "3"}
    assert editor_client.post(at(assessment, "critere/1.1.1/etat/"), told).status_code < 500
    told = {"rubric": "\x00", "profession": "\x00", "numbers": "1.1.1\x00", "name": "\x00"}
    assert editor_client.post(at(assessment, "confier/"), told).status_code < 500
    assert editor_client.get("/o/valmont/preuves/?q=%00&etat=%00&tri=%00").status_code < 500
    assert editor_client.get("/o/valmont/preuves/nouvelle/?pour=answer:%00/%00").status_code == 404


def test_the_bearer_of_a_link_reads_no_title_of_the_team(bearer, assessment, editor):
    give(assessment, editor, "Plan de licenciement", "team")
    give(assessment, editor, "Charte affichée", "organisation")
    seen = page(bearer.get(f"{bearer.mine}1.1.1/"))
    assert "Charte affichée" in seen and "Plan de licenciement" not in seen


SUBJECTS = [
    "answer:{0}/1.1.1",
    "answer:{1}/nr-terreau:1.1.1",
    "answer:{2}/nr-terreau:1.1.1",
    "answer:{0}/rgesn-2024:1.1",
    "answer:{0}/",
    "answer:",
    "answer",
    "service:²",
    "service:007",
    "service:{3}",
    "answer:{0}/nr-terreau:1.1.1/x",
    "answer:{0}/off-grid:1",
]


def test_a_subject_written_another_way_ties_nothing_astray(assessment, contributor_client):
    sent = {
        "title": "Dit",
        "kind": "statement",
        "confidentiality": "auditor",
        "facet": "documents",
        "strength": "proves",
    }
    for subject in SUBJECTS:
        asked = subject.format(assessment.pk, str(assessment.pk).upper(), assessment.pk.hex, "9" * 6000)
        answer = contributor_client.post(f"/o/valmont/preuves/nouvelle/?pour={asked}", sent)
        assert answer.status_code in (302, 404), asked
        assert set(EvidenceLink.objects.values_list("subject", flat=True)) <= {f"answer:{assessment.pk}/{FIRST}"}, asked


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_an_answer_taken_back_is_no_longer_reviewed(state, assessment, editor, editor_client, contributor_client, at):
    write(assessment, editor, text="Relue", state="submitted")
    editor_client.post(at(assessment, "critere/1.1.1/etat/"), {"state": "accepted", "revision": "1"})
    assert Answer.objects.get().reviewed_on is not None
    contributor_client.post(at(assessment, "critere/1.1.1/etat/"), {"state": state, "revision": "2"})
    kept = Answer.objects.get()
    assert (kept.state, kept.reviewed_on, kept.reviewed_by) == (state, None, "")


def test_a_sign_in_later_does_not_widen_what_a_link_opens(bearer, assessment, stranger, outsider, at):
    """The session of a bearer who signs in elsewhere, or as somebody without a place here, opens the same criteria only."""
    before = bearer.session.session_key
    for person in (stranger, outsider):
        bearer.force_login(person)
        assert bearer.session.session_key != before
        assert bearer.get(at(assessment)).status_code == 404
        assert bearer.get(f"{bearer.mine}1.1.2/").status_code in (404, 410)
        assert bearer.get("/o/valmont/preuves/").status_code == 404


def test_the_bearer_of_a_link_does_not_fill_the_disk(bearer, assessment, monkeypatch):
    monkeypatch.setattr(delegating, "MOST_FILES", 2)
    for number in range(4):
        file = SimpleUploadedFile("note.txt", b"note %d" % number)
        revision = Answer.objects.get().revision
        bearer.post(f"{bearer.mine}1.1.1/", answered(revision=str(revision), upload=file))
    assert File.objects.count() == 2


def test_a_closed_assessment_gains_and_loses_no_evidence(assessment, editor, contributor_client):
    give(assessment, editor, "Charte", "auditor")
    Assessment.objects.update(state="closed")
    [link] = EvidenceLink.objects.all()
    for where in ("nouvelle", "choisir"):
        address = f"/o/valmont/preuves/{where}/?pour=answer:{assessment.pk}/{FIRST}"
        sent = {
            "title": "Dit",
            "kind": "statement",
            "confidentiality": "auditor",
            "facet": "documents",
            "strength": "proves",
        }
        assert contributor_client.post(address, sent | {"piece": str(link.evidence_id)}).status_code == 400
    assert contributor_client.post(f"/o/valmont/preuves/rattachement/{link.pk}/detacher/").status_code == 400
    assert EvidenceLink.objects.count() == 1
