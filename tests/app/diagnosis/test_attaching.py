"""A file sent with an answer: kept or refused, and said, whatever becomes of the words beside it."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from terreau.app.diagnosis import delegating
from terreau.app.diagnosis.models import Answer, Delegation, State
from terreau.app.evidence import door as evidence
from tests.app.diagnosis.conftest import answered

FIRST = "nr-terreau:1.1.1"
GOOD, BAD = ("charte.txt", b"Charte du 12 mars"), ("charte.exe", b"MZ\x90\x00")


def page(response):
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def file(kind=GOOD):
    return {"upload": SimpleUploadedFile(*kind), "upload-title": "Charte", "upload-facet": "means"}


@pytest.fixture
def tied(assessment):
    def found():
        pieces = evidence.panel(assessment.organisation, f"answer:{assessment.pk}/{FIRST}")
        return [(one.evidence.title, one.record.facet, one.evidence.confidentiality) for one in pieces]

    return found


@pytest.fixture(params=["bearer", "member"])
def writer(request, assessment, editor, contributor_client, at):
    """Whoever answers 1.1.1: (client, address, what opens a piece they bring)."""
    if request.param == "member":
        Answer.objects.create(assessment=assessment, criterion=FIRST, revision=1)
        return contributor_client, at(assessment, "critere/1.1.1/"), "auditor"
    _made, token = delegating.entrust(assessment, editor, [FIRST], name="Achats")
    client = Client()
    client.post(f"/o/valmont/diagnostic/contribution/{token}/")
    return client, f"/o/valmont/diagnostic/contributions/{Delegation.objects.get().pk}/1.1.1/", "auditor"


def test_a_file_is_kept_when_someone_else_changed_the_answer(writer, editor_client, assessment, at, tied):
    client, there, opens = writer
    editor_client.post(at(assessment, "critere/1.1.1/"), answered(revision="1"))
    told = client.post(there, answered(revision="1", documents="none", **file()))
    assert told.status_code == 409
    assert "« charte.txt » est gardé et rattaché à « Moyens »" in page(told)
    assert 'name="upload' not in page(told), "it is not asked for, nor tied, twice"
    assert tied() == [("Charte", "means", opens)]


def test_a_file_is_kept_when_a_field_does_not_fit(writer, tied):
    client, there, opens = writer
    told = client.post(there, answered(revision="1", documents="peut-être", **file()))
    assert told.status_code == 400 and "est gardé et rattaché" in page(told)
    assert tied() == [("Charte", "means", opens)]
    assert Answer.objects.get().facets == {}


def test_what_a_mistake_sends_back_is_still_written_over_what_its_author_had_read(
    writer, editor_client, assessment, at
):
    client, there, _opens = writer
    editor_client.post(at(assessment, "critere/1.1.1/"), answered(revision="1", text="Entre-temps"))
    told = client.post(there, answered(revision="1", documents="peut-être"))
    assert 'name="revision" value="1"' in page(told) and Answer.objects.get().revision == 2
    assert client.post(there, answered(revision="1")).status_code == 409


def test_a_refused_file_does_not_take_the_words_with_it_and_this_is_said(writer, tied):
    client, there, _opens = writer
    told = client.post(there, answered(revision="1", submit="1", **file(BAD)))
    assert told.status_code == 400 and tied() == []
    assert "« charte.exe » n'est pas gardé :" in page(told) and "le fichier" in page(told)
    kept = Answer.objects.get()
    assert (kept.facets["documents"]["verdict"], kept.state) == ("yes", State.DRAFT), (
        "written, not submitted without its proof"
    )
    assert f'name="revision" value="{kept.revision}"' in page(told), "ready to send again"


def test_nothing_is_kept_of_a_file_sent_once_the_answer_is_accepted_and_this_is_said(assessment, editor, tied):
    _made, token = delegating.entrust(assessment, editor, [FIRST], name="Achats")
    client = Client()
    client.post(f"/o/valmont/diagnostic/contribution/{token}/")
    Answer.objects.update(state=State.ACCEPTED)
    there = f"/o/valmont/diagnostic/contributions/{Delegation.objects.get().pk}/1.1.1/"
    told = client.post(there, answered(revision="1", **file()), follow=True)
    assert "pas même un fichier joint" in page(told) and tied() == []


def test_the_bearer_of_a_link_reads_it_in_english_and_is_told_when_all_is_handed_in(assessment, editor):
    _made, token = delegating.entrust(assessment, editor, [FIRST], name="Achats")
    client, door = Client(), f"/o/valmont/diagnostic/contribution/{token}/"
    assert "?langue=en" in page(client.get(door))
    told = page(client.get(f"{door}?langue=en"))
    assert '<html lang="en">' in told and "?langue=fr" in told
    client.post(door)
    there = f"/o/valmont/diagnostic/contributions/{Delegation.objects.get().pk}/1.1.1/"
    assert "The auditor will be able to open it." in page(client.get(there))
    assert "All done" not in page(client.post(there, answered(revision="0"), follow=True)), "a draft is not handed in"
    assert "All done" in page(client.post(there, answered(revision="1", submit="1"), follow=True))
