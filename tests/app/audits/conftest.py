"""An answered assessment with its evidence, and an audit led as far as a test asks."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from terreau.app.audits import acting
from terreau.app.diagnosis import starting
from terreau.app.diagnosis.models import Answer, TeamNote
from terreau.app.evidence import door as evidence
from terreau.referentials import library

KEY = "nr-terreau:1.1.1"
SECRET = "Note d'équipe : ne pas montrer"
STEPS = ("preparing", "requested", "examining", "answering", "committee", "decided", "closed")


@pytest.fixture
def assessment(organisation, owner):
    """Two answers: 1.1.1 with three verdicts and three pieces, 1.1.2 left out with a reason."""
    framed = {"title": "Autodiagnostic", "period_start": date(2025, 11, 1), "period_end": date(2026, 10, 31),
              "target_on": date(2027, 3, 1)}  # fmt: skip
    made = starting.begin(organisation, owner, library.edition("nr-terreau"), framed)
    verdicts = {"documents": ("yes", "Charte signée"), "means": ("partial", ""), "results": ("none", "")}
    Answer.objects.create(assessment=made, criterion=KEY, state="submitted", text="Une charte existe.",
                          facets={key: {"verdict": verdict, "text": text} for key, (verdict, text) in verdicts.items()})  # fmt: skip
    Answer.objects.create(assessment=made, criterion="nr-terreau:1.1.2", applicable=False, reason="Sans objet ici.")
    TeamNote.objects.create(assessment=made, criterion=KEY, text=SECRET, by=owner, by_label="owner")
    for title, who in (
        ("Charte des achats", "auditor"),
        ("Brouillon interne", "team"),
        ("Note de service", "organisation"),
    ):
        evidence.receive(organisation, owner, {"title": title, "confidentiality": who}, subject=f"answer:{made.pk}/{KEY}",
                         facet="documents", upload=SimpleUploadedFile(f"{who}.pdf", b"%PDF-1.7\n" + who.encode() + b"\n%%EOF\n"),
                         locator="p. 3", proves="la signature", strength="proves")  # fmt: skip
    return made


@pytest.fixture
def lead(organisation, owner, assessment):
    """``lead("examining")``: an audit of the assessment, led to that step, whose window is open today."""

    def led(to="examining", **more):
        today = timezone.localdate()
        given = {"assessment": assessment.pk, "title": "Label 2027", "body": "Organisme fictif", "level": "socle",
                 "window_from": today - timedelta(days=1), "window_until": today + timedelta(days=10)}  # fmt: skip
        audit = acting.prepare(organisation, owner, given | more)
        for state in STEPS[1 : STEPS.index(to) + 1]:
            if state == "requested":
                acting.request(audit, owner, 3, "Nous avançons.")
            elif state == "decided":
                acting.decide(audit, owner, DECIDED)
            else:
                acting.move(audit, owner, state)
        audit.refresh_from_db()
        return audit

    return led


@pytest.fixture
def at():
    """``at(audit, "constats/")``: an address of this audit."""

    def address(audit, rest=""):
        return f"/o/valmont/audits/{audit.pk}/{rest}"

    return address


DECIDED = {
    "outcome": "granted",
    "decided_on": date(2026, 11, 20),
    "decided_by": "Comité",
    "decision_text": "",
    "valid_until": date(2028, 11, 20),
}
