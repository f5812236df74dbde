"""The living work of an organisation is open to its auditors while they examine it, not before, not after."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.audits.models import Audit
from terreau.app.evidence import gathering
from tests.app.examining import under_examination

HERE = "/o/valmont"
MOMENTS = {
    "before": {"since": 1},
    "during": {},
    "answering": {"state": "answering"},
    "in committee": {"state": "committee"},
    "requested": {"state": "requested"},
    "after the window": {"since": -9, "until": -1},
    "after the decision": {"state": "decided"},
}
OPEN = {"during", "answering", "in committee"}


@pytest.fixture
def living(assessment, organisation, owner):
    """Pages of the work as it stands, and the file of a piece by its two doors."""
    pdf = SimpleUploadedFile("bilan.pdf", b"%PDF-1.7\nbilan\n%%EOF\n")
    piece = gathering.add(organisation, owner, {"title": "Bilan", "confidentiality": "auditor"}, upload=pdf)
    link = gathering.tie(piece, owner, subject=f"answer:{assessment.pk}/nr-terreau:1.1.1", facet="documents")
    mine, room = f"{HERE}/diagnostic/{assessment.pk}/", f"{HERE}/preuves/"
    return [
        f"{HERE}/diagnostic/", mine, f"{mine}critere/1.1.1/", f"{mine}entretiens/", f"{mine}hors-grille/", f"{mine}radiographie.csv",
        room, f"{room}liste/", f"{room}{piece.pk}/", f"{room}{piece.pk}/fichier/", f"{room}rattachement/{link.pk}/avis/",
        f"{HERE}/fichiers/{piece.file}/",
    ]  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_auditor_reads_the_living_work_while_they_examine_it(moment, organisation, living, auditor_client):
    under_examination(organisation, **MOMENTS[moment])
    expected = 200 if moment in OPEN else 404
    assert {one: auditor_client.get(one).status_code for one in living} == dict.fromkeys(living, expected)


@pytest.mark.parametrize("moment", ["before", "during", "after the decision"])
def test_members_read_the_living_work_at_any_time(moment, organisation, living, reader_client):
    under_examination(organisation, **MOMENTS[moment])
    assert {reader_client.get(one).status_code for one in living if "/avis/" not in one} == {200}


def test_an_audit_elsewhere_opens_nothing_here(other_organisation, living, auditor_client):
    under_examination(other_organisation)
    assert {auditor_client.get(one).status_code for one in living} == {404}


def test_an_auditor_judges_a_living_piece_only_while_they_examine(organisation, living, auditor_client):
    opinion = next(one for one in living if one.endswith("/avis/"))
    sent = {"opinion": "accepted", "opinion_text": ""}
    assert auditor_client.post(opinion, sent).status_code == 404
    under_examination(organisation)
    assert auditor_client.post(opinion, sent).status_code == 302


def test_an_auditor_who_waits_is_led_to_the_audits_and_home_tells_no_figure_of_the_work(
    organisation, living, auditor_client
):
    nav, room = f'href="{HERE}/audits/"', f'href="{HERE}/diagnostic/'
    home = auditor_client.get(f"{HERE}/").content.decode()
    assert nav in home and room not in home
    assert auditor_client.get(f"{HERE}/audits/").status_code == 200
    under_examination(organisation)
    home = auditor_client.get(f"{HERE}/").content.decode()
    assert nav not in home and room in home
    Audit.objects.filter(organisation=organisation).update(state="closed")
    assert auditor_client.get(f"{HERE}/parc/").status_code == 200, "the other rooms keep their rule"


def test_the_key_of_a_piece_nobody_has_is_no_piece_at_any_moment(organisation, auditor_client):
    under_examination(organisation)
    assert auditor_client.get(f"{HERE}/preuves/{UUID(int=7)}/").status_code == 404
