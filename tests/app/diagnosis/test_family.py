"""Services of one family: their answers are proposed, shown as theirs, replaced where different, taken up again."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.diagnosis import door
from terreau.app.diagnosis.models import Answer, AnswerChange, Assessment
from terreau.app.diagnosis.recording import subject_of
from terreau.app.evidence import door as evidence
from terreau.app.evidence.models import Evidence, EvidenceLink
from terreau.app.portfolio.models import Service
from terreau.referentials import library

KEY = "rgesn-2024:1.1"


def page(response):
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.fixture
def service(organisation):
    def made(name, family=""):
        return Service.objects.create(organisation=organisation, name=name, family=family)

    return made


@pytest.fixture
def elder(assess, service, owner, organisation):
    """The portal of families answers 1.1, with a piece."""
    made = assess("rgesn-2024", title="Portail famille", service=service("Portail famille", "Portails"))
    Answer.objects.create(
        assessment=made,
        criterion=KEY,
        facets={"verdict": {"verdict": "conforming"}},
        text="Douze formulaires de moins",
        revision=1,
    )
    evidence.receive(organisation, owner, {"title": "Bilan", "kind": "document", "confidentiality": "auditor"}, subject=subject_of(made, KEY),
                     facet="verdict", upload=SimpleUploadedFile("bilan.txt", b"bilan"))  # fmt: skip
    return made


@pytest.fixture
def heir(assess, service, elder):
    return assess(
        "rgesn-2024", title="Portail associations", service=service("Portail associations", "Portails"), inherits=elder
    )


def test_the_family_is_proposed_first_once_and_may_be_declined(contributor_client, elder, assess, service):
    assess("rgesn-2024", title="Intranet", service=service("Intranet"))
    newcomer = service("Portail sport", "Portails")
    start = "/o/valmont/diagnostic/nouveau/?referentiel=rgesn-2024"
    seen = page(contributor_client.get(f"{start}&service={newcomer.pk}"))
    groups = re.findall(r'<optgroup label="([^"]+)">', seen)
    assert groups == ["Famille « Portails »", "Hors famille"]
    assert f'<option value="{elder.pk}" selected>' in seen and "est de la famille « Portails »" in seen
    sent = {"referential": "rgesn-2024", "title": "Portail sport", "subject": str(newcomer.pk), "period_start": "2026-01-01",
            "period_end": "2026-12-31", "inherits": ""}  # fmt: skip
    told = page(contributor_client.post(start, sent))
    assert f'<option value="{elder.pk}" selected>' in told, "chosen without script: proposed before it begins"
    assert not Assessment.objects.filter(title="Portail sport").exists()
    assert contributor_client.post(start, sent | {"family": str(newcomer.pk)}).status_code == 302
    assert Assessment.objects.get(title="Portail sport").inherits is None, "declined"


def test_what_is_inherited_is_shown_as_the_family_s(contributor_client, heir, elder, at):
    seen = page(contributor_client.get(at(heir, "critere/1.1/")))
    assert "Réponse de la famille, reprise de « Portail famille »" in seen
    assert "Douze formulaires de moins" in seen and "Avec 1 preuve." in seen and at(elder, "critere/1.1/") in seen
    assert 'name="verdict-verdict"' not in seen, "nothing to answer until one chooses to"
    rubric = page(contributor_client.get(at(heir, "rubrique/1/")))
    assert "1 répondus sur" in rubric and rubric.count("de la famille") == 1


def test_one_answers_otherwise_then_comes_back_to_the_family(contributor_client, heir, elder, at, organisation, owner):
    there = at(heir, "critere/1.1/")
    form = page(contributor_client.get(f"{there}?autrement=1"))
    assert 'value="conforming" checked' in form and "Douze formulaires de moins</textarea>" in form
    contributor_client.post(there, {"revision": "0", "verdict-verdict": "non_conforming", "text": "Pas ici"})
    evidence.receive(organisation, owner, {"title": "Constat", "kind": "document", "confidentiality": "auditor"}, subject=subject_of(heir, KEY),
                     facet="verdict", upload=SimpleUploadedFile("constat.txt", b"constat"))  # fmt: skip
    seen = page(contributor_client.get(there))
    assert "Ici, la réponse est propre à ce service" in seen and "Revenir à la réponse de la famille" in seen
    assert door.record_of(organisation, heir.pk).answers[KEY].inherited_from is None
    late = contributor_client.post(f"{there}famille/", {"revision": "0"}, follow=True)
    assert "a changé entre-temps" in page(late) and Answer.objects.get(assessment=heir).text == "Pas ici"
    back = page(contributor_client.post(f"{there}famille/", {"revision": "1"}, follow=True))
    assert "La réponse de la famille compte de nouveau ici. 1 preuve détachée." in back
    told = door.record_of(organisation, heir.pk).answers[KEY]
    assert (told.inherited_from, told.verdict("verdict")) == ("service:Portail famille", "conforming")
    assert AnswerChange.objects.filter(answer__assessment=heir).first().before["text"] == "Pas ici", "history keeps it"
    assert Evidence.objects.filter(title="Constat").exists() and EvidenceLink.objects.count() == 1


def test_a_decision_is_taken_back_by_who_decides(contributor_client, editor_client, heir, at):
    Answer.objects.create(assessment=heir, criterion=KEY, applicable=False, reason="Pas de formulaire", revision=1)
    there = at(heir, "critere/1.1/famille/")
    assert contributor_client.post(there, {"revision": "1"}).status_code == 403
    editor_client.post(there, {"revision": "1"})
    assert Answer.objects.get(assessment=heir).applicable is None


def test_without_a_family_nothing_is_taken_back(contributor_client, elder, at):
    contributor_client.post(at(elder, "critere/1.1/famille/"), {"revision": "1"})
    assert Answer.objects.get().text == "Douze formulaires de moins"


def test_five_a_page_say_what_the_family_answers_and_leave_it_when_nothing_is_said(contributor_client, heir, elder, at):
    there = at(heir, f"rubrique/{elder_rubric()}/repondre/")
    seen = page(contributor_client.get(there))
    assert seen.count("répondez ici seulement si c'est différent") == 1 and "Oui, conforme : répondez ici" in seen
    asked = dict(re.findall(r'name="(q\d-revision)" value="(\d+)"', seen))
    contributor_client.post(there, asked)
    assert not Answer.objects.filter(assessment=heir, revision__gt=0).exists()
    contributor_client.post(there, asked | {"q0-verdict-verdict": "non_conforming"})
    assert "répondez ici seulement" not in page(contributor_client.get(there)), "it answers otherwise"
    assert Answer.objects.get(assessment=elder, criterion=KEY).facets["verdict"]["verdict"] == "conforming"


def elder_rubric():
    return library.edition("rgesn-2024").criterion(KEY).rubric
