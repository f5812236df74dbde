"""Addresses of commitments."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from terreau.app.plan import acting
from terreau.plan.commitments import Commitment
from terreau.plan.milestones import Milestone
from tests.app.matrix import CONTRIBUTE, EDIT, READ
from tests.app.matrix import Row as Address

PK = UUID("5c1a7f7e-0000-4000-8000-0000000000b1")
HOME = "/o/valmont/plan/"
HERE = f"{HOME}{PK}/"
TEAM = READ - {"auditor"}
OUT = {"auditor": 404}  # the living work is not theirs to follow


def promised(world, taken=True):
    today = timezone.localdate()
    told = Commitment(
        key=str(PK), statement="Garder les écrans dix ans", start=today - timedelta(days=100), due=date(today.year + 2, 12, 31),
        milestones=(Milestone(key="j1", title="Règle écrite", due=today - timedelta(days=10)),),
    )  # fmt: skip
    return acting.write(world.organisation, world.owner, told, take_on=told.start if taken else None)


def taken(world):
    return {"pk": promised(world).pk}


def a_draft(world):
    return {"pk": promised(world, taken=False).pk}


def a_milestone(world):
    return taken(world) | {"key": "j1"}


def an_action(world):
    row = promised(world)
    acting.link(row, world.owner, {"title": "Atelier de réparation", "owner": "", "url": ""})
    return {"pk": row.pk, "action": row.linked.get().pk}


POST = {"method": "POST"}
ROWS = (
    Address("plan:home", TEAM, "Qui fait quoi, pour quand ?", but=OUT),
    Address("plan:csv", TEAM, file="text/csv", but=OUT),
    Address("plan:new", CONTRIBUTE, "À quoi nous engageons-nous ?", query="?levier=LV01"),
    Address("plan:commitment", TEAM, "Garder les écrans dix ans", args=taken, but=OUT),
    Address("plan:edit", CONTRIBUTE, "Modifier le brouillon", args=a_draft),
    Address("plan:adopt", EDIT, **POST, goes_to=HERE, args=a_draft),
    Address("plan:discard", EDIT, **POST, goes_to=HOME, args=a_draft),
    Address("plan:frame", EDIT, "Changer la fiche", args=taken),
    Address("plan:put_off", EDIT, "Déplacer l’échéance", args=taken),
    Address("plan:aim", EDIT, "Changer l’objectif de résultat", args=lambda world: taken(world) | {"which": "result"}),
    Address("plan:review", EDIT, "Passer l’engagement en revue", args=taken),
    Address("plan:link", CONTRIBUTE, "Lier une action d’une autre équipe", args=taken),
    Address("plan:unlink", EDIT, **POST, goes_to=HERE, args=an_action),
    Address("plan:new_milestone", EDIT, "Fixer un jalon", args=taken),
    Address("plan:finish", CONTRIBUTE, "Dire qu’un jalon est fait", args=a_milestone),
    Address("plan:put_milestone_off", EDIT, "Déplacer un jalon", args=a_milestone),
)  # fmt: skip
