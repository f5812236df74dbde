"""Addresses of the assessments: readers read, contributors answer, editors decide, owners take away; a link opens its own."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from terreau.app.diagnosis import delegating
from terreau.app.diagnosis.models import Assessment, Delegation, Interview, OffGrid
from terreau.app.security.limits import ENTRUSTED
from terreau.referentials import library
from tests.app.examining import under_examination
from tests.app.matrix import CONTRIBUTE, EDIT, OWN, PUBLIC, READ, Row

ONE = UUID(int=1)
HERE = f"/o/valmont/diagnostic/{ONE}/"
CRITERION = f"{HERE}critere/1.1.1/"
TOKEN = "un-jeton-de-contributeur"


def opened(world, **more):
    """An assessment of the organisation, pinned to our grid."""
    edition = library.edition("nr-terreau")
    found, _ = Assessment.objects.get_or_create(
        pk=ONE, organisation=world.organisation,
        defaults={"referential": edition.key, "version": edition.version, "digest": edition.digest, "title": "Autodiagnostic",
                  "period_start": date(2025, 11, 1), "period_end": date(2026, 10, 31)},
    )  # fmt: skip
    return found


def examined(world):
    """Nothing in the address: only an audit under way, without which auditors find no living work."""
    under_examination(world.organisation)
    return {}


def the_assessment(world):
    return examined(world) | {"pk": opened(world).pk}


def a_rubric(world):
    return the_assessment(world) | {"rubric": "1.1"}


def a_criterion(world):
    return the_assessment(world) | {"criterion": "1.1.1"}


def entrusted(world):
    return Delegation.objects.create(
        assessment=opened(world), criteria=["nr-terreau:1.1.1"], name="Achats", made_by=world.editor,
        token_hash=delegating.hash_of(TOKEN), expires_on=timezone.now() + timezone.timedelta(days=2),
    )  # fmt: skip


def a_delegation(world):
    return the_assessment(world) | {"delegation": entrusted(world).pk}


def a_link(world):
    entrusted(world)
    return {"token": TOKEN}


def a_contribution(world):
    return {"delegation": entrusted(world).pk}


def let_in(client, world):
    """As if the link had been opened in this browser."""
    session = client.session
    session[ENTRUSTED] = {str(one.pk): one.token_hash for one in Delegation.objects.all()}
    session.save()


def an_interview(world):
    return the_assessment(world) | {
        "interview": Interview.objects.create(assessment=opened(world), role="Achats", on=date(2026, 3, 2)).pk
    }


def a_practice(world):
    return the_assessment(world) | {
        "practice": OffGrid.objects.create(assessment=opened(world), title="Prêt d'outils").pk
    }


QUESTION = "1.1.1 Avez-vous écrit à quoi le numérique doit servir dans votre organisation ?"
FREE = {"method": "POST", "args": a_criterion}

ROWS = (
    Row("diagnosis:home", READ, "Que pouvons-nous prouver ?", args=examined),
    Row("diagnosis:start", CONTRIBUTE, "À quelle grille voulez-vous répondre ?"),
    Row("diagnosis:assessment", READ, "Autodiagnostic", args=the_assessment),
    Row("diagnosis:applicability", READ, "Qu'est-ce qui ne vous concerne pas ?", args=the_assessment),
    Row("diagnosis:moving", READ, "Passer à l'édition suivante ?", args=the_assessment),
    Row("diagnosis:frame", EDIT, "Réglages de l'évaluation", args=the_assessment),
    Row(
        "diagnosis:remove",
        OWN,
        args=the_assessment,
        method="POST",
        data={"title": "Autodiagnostic"},
        goes_to="/o/valmont/diagnostic/",
    ),
    Row("diagnosis:rubric", READ, "Vision et engagement", args=a_rubric),
    Row("diagnosis:several", READ, "Vision et engagement", args=a_rubric),
    Row("diagnosis:criterion", READ, QUESTION, args=a_criterion),
    Row("diagnosis:history", READ, "Qui a changé quoi", args=a_criterion, but={"auditor": 403}),
    Row("diagnosis:move", CONTRIBUTE, **FREE, data={"state": "submitted"}, goes_to=CRITERION),
    Row("diagnosis:decide", EDIT, **FREE, data={"applicable": "no", "reason": "Aucun service."}, goes_to=CRITERION),
    Row("diagnosis:follow", CONTRIBUTE, **FREE, data={"revision": "0"}, goes_to=CRITERION),
    Row("diagnosis:talk", CONTRIBUTE, **FREE, data={"text": "Est-ce signé ?"}, goes_to=f"{CRITERION}#discussion"),
    Row("diagnosis:gaps", READ, "Que manque-t-il pour « Socle » ?", args=the_assessment),
    Row("diagnosis:readiness", READ, "Serons-nous prêts le 01/03/2027 ?", args=the_assessment, query="?le=2027-03-01"),
    Row("diagnosis:xray", READ, "Que demanderait un auditeur ?", args=the_assessment),
    Row("diagnosis:readiness_csv", READ, file="text/csv", args=the_assessment),
    Row("diagnosis:xray_csv", READ, file="text/csv", args=the_assessment),
    Row("diagnosis:reminders", CONTRIBUTE, "Qui attend un rappel ?", args=the_assessment),
    Row("diagnosis:delegate", CONTRIBUTE, "Qui répond à quoi ?", args=the_assessment),
    Row("diagnosis:renew", EDIT, "Voici le lien pour Achats", args=a_delegation, method="POST"),
    Row("diagnosis:withdraw", EDIT, args=a_delegation, method="POST", goes_to=f"{HERE}confier/"),
    Row("diagnosis:interviews", READ, "Qui avons-nous écouté ?", args=the_assessment),
    Row("diagnosis:new_interview", CONTRIBUTE, "Noter un entretien", args=the_assessment),
    Row("diagnosis:interview", CONTRIBUTE, "Entretien : Achats", args=an_interview),
    Row("diagnosis:questions", READ, "Questions à poser", args=the_assessment),
    Row("diagnosis:off_grid", READ, "Que faisons-nous que la grille ne demande pas ?", args=the_assessment),
    Row("diagnosis:new_practice", CONTRIBUTE, "Une pratique hors grille", args=the_assessment),
    Row("diagnosis:practice", CONTRIBUTE, "Prêt d'outils", args=a_practice),
    Row("diagnosis:contribution", PUBLIC, "Métropole de Valmont vous demande votre aide", args=a_link),
    Row("diagnosis:contributions", PUBLIC, "Vos questions", args=a_contribution, prepare=let_in),
    Row(
        "diagnosis:contribute",
        PUBLIC,
        QUESTION,
        args=lambda world: a_contribution(world) | {"criterion": "1.1.1"},
        prepare=let_in,
    ),
)
