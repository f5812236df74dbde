"""Entrusting criteria by a link: known by its hash, read without being opened, opening its own criteria and nothing else."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from terreau.app.accounts.models import Membership
from terreau.app.diagnosis import delegating
from terreau.app.diagnosis.models import Answer, AnswerChange, Delegation, State, TeamNote
from terreau.app.evidence import door as evidence
from terreau.app.journal.models import Entry
from terreau.app.keeping.belongings import HIDDEN
from tests.app.diagnosis.conftest import answered

both_databases = pytest.mark.both_databases
HERE = "/o/valmont/diagnostic"


def page(response):
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.fixture
def link(editor_client, assessment, at):
    """The address of a link to 1.1.1 and 1.1.2, as the page shows it once."""
    sent = {"numbers": "1.1.1 1.1.2", "name": "Achats", "message": "Merci d'avance", "due": ""}
    shown = editor_client.post(at(assessment, "confier/"), sent)
    return re.search(r'value="http://testserver([^"]+)"', page(shown))[1]


@pytest.fixture
def bearer(link):
    """Someone without account who opened the link."""
    client = Client()
    assert client.post(link).url == f"{HERE}/contributions/{Delegation.objects.get().pk}/"
    client.mine = f"{HERE}/contributions/{Delegation.objects.get().pk}/"
    return client


@both_databases
def test_a_link_is_shown_once_and_kept_as_a_hash(link, editor_client, assessment, at):
    token = link.rstrip("/").rsplit("/", 1)[1]
    kept = Delegation.objects.get()
    assert kept.token_hash == delegating.hash_of(token)
    assert token not in page(editor_client.get(at(assessment, "confier/")))
    assert token not in "".join(Entry.objects.values_list("written", flat=True))
    assert "token_hash" in HIDDEN["diagnosis.delegation"]
    assert set(Answer.objects.values_list("owner_text", flat=True)) == {"Achats"}


def test_reading_a_link_opens_nothing_and_its_page_is_kept_apart(link):
    client = Client()
    seen = client.get(link)
    assert seen.status_code == 200 and "Merci d'avance" in page(seen)
    assert (seen.headers["Referrer-Policy"], seen.headers["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert "no-store" in seen.headers["Cache-Control"]
    assert Delegation.objects.get().opened_on is None
    assert client.get(f"{HERE}/contributions/{Delegation.objects.get().pk}/").status_code == 410


@both_databases
def test_its_bearer_sees_these_criteria_and_nothing_else(bearer, assessment, at):
    TeamNote.objects.create(assessment=assessment, criterion="nr-terreau:1.1.1", text="Entre nous", by_label="x")
    seen = page(bearer.get(bearer.mine))
    assert "1.1.1" in seen and "1.1.2" in seen and "1.1.3" not in seen
    assert "Entre nous" not in page(bearer.get(f"{bearer.mine}1.1.1/"))
    assert bearer.get(f"{bearer.mine}1.1.3/").status_code == 404
    for elsewhere in (at(assessment), at(assessment, "critere/1.1.1/"), "/o/valmont/", "/o/valmont/preuves/"):
        assert bearer.get(elsewhere).status_code == 302, "to sign-in"
    assert bearer.post(at(assessment, "critere/1.1.1/"), answered()).status_code == 302
    assert not AnswerChange.objects.exclude(by_label="editor@valmont.example").exists()


@both_databases
def test_a_draft_is_submitted_sent_back_and_accepted(bearer, editor_client, assessment, at):
    there = f"{bearer.mine}1.1.1/"
    file = SimpleUploadedFile("charte.txt", b"Charte du 12 mars")
    sent = answered(revision="1", upload=file, **{"upload-title": "Charte", "upload-facet": "documents"})
    bearer.post(there, sent)
    kept = Answer.objects.get(criterion="nr-terreau:1.1.1")
    assert (kept.state, kept.facets["documents"]["verdict"]) == (State.DRAFT, "yes")
    tied = evidence.panel(assessment.organisation, f"answer:{assessment.pk}/nr-terreau:1.1.1")
    assert [(one.evidence.title, one.record.facet) for one in tied] == [("Charte", "documents")]
    bearer.post(there, answered(revision=str(kept.revision), submit="1"))
    kept.refresh_from_db()
    assert kept.state == State.SUBMITTED
    back = {"state": "changes_asked", "text": "Datez la charte", "revision": str(kept.revision)}
    editor_client.post(at(assessment, "critere/1.1.1/etat/"), back)
    assert "Datez la charte" in page(bearer.get(there))
    kept.refresh_from_db()
    bearer.post(there, answered(revision=str(kept.revision), submit="1", **{"documents-text": "Charte du 12 mars"}))
    kept.refresh_from_db()
    editor_client.post(at(assessment, "critere/1.1.1/etat/"), {"state": "accepted", "revision": str(kept.revision)})
    bearer.post(there, answered(revision=str(kept.revision + 1), documents="none"))
    kept.refresh_from_db()
    assert (kept.state, kept.facets["documents"]["verdict"]) == (State.ACCEPTED, "yes"), (
        "accepted: it changes no more by link"
    )
    who = Entry.objects.filter(action="diagnosis.submitted").first()
    assert who.actor is None and who.actor_label.startswith("Achats (par lien")


@both_databases
def test_the_bearer_and_a_member_writing_at_once_are_told(bearer, editor_client, assessment, at):
    editor_client.post(at(assessment, "critere/1.1.1/"), answered(revision="1"))
    told = bearer.post(f"{bearer.mine}1.1.1/", answered(revision="1", documents="none"))
    assert told.status_code == 409


def test_a_browser_that_says_no_referrer_and_no_origin_still_gets_in(link):
    """Under no-referrer, browsers send "Origin: null" with a form."""
    client = Client(enforce_csrf_checks=True)
    assert client.post(link, headers={"origin": "null"}).status_code == 302
    inside = f"{HERE}/contributions/{Delegation.objects.get().pk}/"
    assert client.get(inside).headers["Referrer-Policy"] == "same-origin", "its address holds no token"
    assert client.post(f"{inside}1.1.1/", answered(revision="1")).status_code == 403, "a form from elsewhere is refused"


@pytest.mark.parametrize("end", ["expired", "withdrawn", "renewed", "maker gone"])
def test_a_link_that_no_longer_holds_opens_nothing_even_for_who_is_inside(
    end, link, bearer, editor_client, editor, assessment, at
):
    kept = Delegation.objects.get()
    if end == "expired":
        Delegation.objects.update(expires_on=timezone.now() - timedelta(seconds=1))
    elif end == "withdrawn":
        editor_client.post(at(assessment, f"confier/{kept.pk}/retirer/"))
    elif end == "renewed":
        editor_client.post(at(assessment, f"confier/{kept.pk}/lien/"))
    else:
        Membership.objects.filter(user=editor).update(role="reader")
    for answer in (
        bearer.get(bearer.mine),
        bearer.post(f"{bearer.mine}1.1.1/", answered(revision="1")),
        Client().get(link),
        Client().post(link),
    ):
        assert answer.status_code == 410 and "ne donne plus accès" in page(answer)
    assert Answer.objects.get(criterion="nr-terreau:1.1.1").revision == 1


def test_guessing_links_soon_waits(link, other_organisation, monkeypatch):
    assert delegating.TRIES == 20
    monkeypatch.setattr(delegating, "TRIES", 3)
    client = Client()
    statuses = [client.get(f"{HERE}/contribution/essai-{n}/").status_code for n in range(delegating.TRIES + 2)]
    assert statuses == [410] * delegating.TRIES + [429, 429]
    assert client.get(link).status_code == 200, "a true link is no guess"
    assert Client().get(link.replace("valmont", "numa")).status_code in (410, 429), "only at its own organisation"


def test_criteria_are_chosen_by_rubric_and_profession(edition):
    by_rubric, _ = delegating.chosen(edition, ["1.1"], "", "")
    assert by_rubric == [one.key for one in edition.rubric("1.1").criteria]
    buyers, _ = delegating.chosen(edition, [], "purchasing", "")
    assert buyers and all("purchasing" in edition.criterion(key).professions for key in buyers)
    _keys, unknown = delegating.chosen(edition, [], "", "1.1.1, 99.9")
    assert unknown == ["99.9"]


@both_databases
def test_entrusted_to_a_member_a_criterion_bears_their_name(editor_client, contributor, assessment, at):
    editor_client.post(at(assessment, "confier/"), {"rubric": "1.1", "to": str(contributor.pk), "due": "2027-01-15"})
    kept = Answer.objects.filter(assessment=assessment)
    assert {(one.owner, one.due.isoformat()) for one in kept} == {(contributor, "2027-01-15")}
    assert Delegation.objects.get().token_hash is None
