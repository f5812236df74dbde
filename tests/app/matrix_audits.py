"""Addresses of audits and freezes."""

from datetime import date, timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from terreau.app.audits import acting, freezing
from terreau.app.audits.models import Audit
from terreau.app.diagnosis.models import Answer, Assessment
from terreau.app.evidence import door as evidence
from terreau.referentials import library
from tests.app.matrix import EDIT, OWN, READ, Row

PK = UUID("5c1a7f7e-0000-4000-8000-0000000000a1")
ASSESSED = UUID("5c1a7f7e-0000-4000-8000-0000000000a2")
HOME = "/o/valmont/audits/"
HERE = f"{HOME}{PK}/"
TEAM = READ - {"auditor"}
LATER = {"auditor": 404}  # not within the steps that open to auditors
QUESTION = "1.1.1 Avez-vous écrit à quoi le numérique doit servir dans votre organisation ?"


def an_assessment(world):
    edition = library.edition("nr-terreau")
    made = Assessment.objects.create(
        id=ASSESSED, organisation=world.organisation, referential=edition.key, version=edition.version, digest=edition.digest,
        title="Autodiagnostic", period_start=date(2026, 1, 1), period_end=date(2026, 12, 31), target_on=date(2027, 3, 1),
    )  # fmt: skip
    Answer.objects.create(assessment=made, criterion="nr-terreau:1.1.1", facets={"documents": {"verdict": "yes"}})
    return {"assessment": made.pk}


def an_audit(world, to="examining"):
    an_assessment(world)
    return asked(world, to)


def asked(world, to="examining"):
    today = timezone.localdate()
    found = Audit.objects.create(
        id=PK, organisation=world.organisation, title="Label 2027", body="Organisme fictif", window_from=today,
        window_until=today + timedelta(days=9), assessment=ASSESSED,
    )  # fmt: skip
    if to != "preparing":
        acting.request(found, world.owner, 3, "Nous avançons.")
        for state in ("examining", "answering", "committee")[: {"examining": 1, "committee": 3}[to]]:
            acting.move(found, world.owner, state)
    return found


def preparing(world):
    return {"pk": an_audit(world, "preparing").pk}


def examining(world):
    return {"pk": an_audit(world).pk}


def in_committee(world):
    return {"pk": an_audit(world, "committee").pk}


def one_criterion(world):
    return examining(world) | {"criterion": "1.1.1"}


def one_finding(world):
    found = an_audit(world)
    return {
        "pk": found.pk,
        "finding": acting.find(found, world.auditor, {"gravity": "minor", "text": "Charte non datée"}).pk,
    }


def one_remark(world):
    found = an_audit(world, "committee")
    given = {"text": "Précisez les indicateurs", "said_on": date(2026, 11, 20)}
    return {"pk": found.pk, "remark": acting.remark(found, world.owner, given).pk}


def a_freeze(world):
    return {"pk": freezing.freeze(world.organisation, world.owner, an_assessment(world)["assessment"]).pk}


def two_freezes(world):
    first = a_freeze(world)
    Answer.objects.filter(assessment=ASSESSED).update(text="Une charte existe.")
    return first | {"other": freezing.freeze(world.organisation, world.owner, ASSESSED).pk}


def one_piece(world):
    found = an_assessment(world)["assessment"]
    piece = evidence.receive(
        world.organisation, world.owner, {"title": "Charte", "confidentiality": "auditor"}, subject=f"answer:{found}/nr-terreau:1.1.1",
        facet="documents", upload=SimpleUploadedFile("charte.pdf", b"%PDF-1.7\n%%EOF\n"),
    )  # fmt: skip
    return {"pk": asked(world).pk, "key": piece.key}


POST = {"method": "POST"}
AUDITOR = frozenset({"auditor"})
ROWS = (
    Row("audits:home", READ, "Qui nous examine, et sur quoi ?"),
    Row("audits:freeze", EDIT, "Geler cette évaluation telle qu’elle est", args=an_assessment),
    Row("audits:frozen", TEAM, "Autodiagnostic", args=a_freeze),
    Row("audits:frozen_json", frozenset({"contributor", "editor", "owner"}), file="application/json", args=a_freeze),
    Row("audits:compare", TEAM, "Qu’est-ce qui a changé entre ces deux gels ?", args=two_freezes),
    Row("audits:prepare", EDIT, "Préparer un audit", args=an_assessment),
    Row("audits:audit", READ, "Label 2027", args=examining),
    Row("audits:frame", EDIT, "Cadre de l’audit", args=examining),
    Row("audits:request", TEAM, "Sommes-nous prêts à être examinés ?", args=preparing, but=LATER),
    Row("audits:move", EDIT | AUDITOR, **POST, data={"to": "answering"}, goes_to=HERE, args=examining),
    Row("audits:invite", OWN, "Voici le lien pour l’auditeur", **POST, args=examining),
    Row("audits:paper", EDIT, "Saisir un rapport reçu sur papier", args=examining),
    Row("audits:criteria", READ, "Stratégie et gouvernance", args=examining),
    Row("audits:criterion", READ, QUESTION, args=one_criterion),
    Row("audits:judge", AUDITOR, **POST, goes_to=f"{HERE}criteres/1.1.1/", args=one_criterion,
        data={"documents-verdict": "partial", "documents-reason": "Non signée."}),
    Row("audits:evidence", READ, file="application/octet-stream", args=one_piece),
    Row("audits:findings", READ, "Qu’a vu l’auditeur ?", args=examining),
    Row("audits:findings_csv", READ, file="text/csv", args=examining),
    Row("audits:find", AUDITOR, "Noter un constat", args=examining),
    Row("audits:finding", READ, "Constat : écart mineur", args=one_finding),
    Row("audits:committee", READ, "Que demande le comité, qu’a-t-il décidé ?", args=in_committee),
    Row("audits:decide", EDIT, "Écrire la décision", args=in_committee),
    Row("audits:follow_up", READ, "Que reste-t-il à faire ?", args=in_committee),
    Row("audits:remark", EDIT, "Dire ce qui est fait de cette remarque", args=one_remark),
)  # fmt: skip
