"""Addresses of training."""

from datetime import date

from terreau.app.training import acting
from tests.app.matrix import CONTRIBUTE, EDIT, READ, Row

HOME = "/o/valmont/formation/"
INSIDE = READ - {"auditor"}
ELSEWHERE = {"auditor": 404}  # nothing of the living work while they examine nothing
COURSE = {"title": "Premier jour", "professions": [], "onboarding": True, "hours": None}


def a_course(world):
    return {"pk": acting.save_course(world.organisation, world.owner, COURSE).pk}


def a_profession(world):
    return {"pk": acting.add_profession(world.organisation, world.owner, "Acheter").pk}


def a_batch(world):
    course = acting.save_course(world.organisation, world.owner, COURSE)
    return {"pk": acting.note_session(course, world.owner, date(2026, 3, 2), [("a" * 32,)], "").pk}


ROWS = (
    Row("training:home", INSIDE, "Qui est formé, et à quoi ?", but=ELSEWHERE),
    Row("training:csv", INSIDE, file="text/csv", but=ELSEWHERE),
    Row("training:paths", INSIDE, "Que devrait savoir chaque métier ?", but=ELSEWHERE),
    Row("training:path", INSIDE, "Tout le monde", args=lambda world: {"key": "tous"}, but=ELSEWHERE),
    Row("training:adopt", EDIT, method="POST", args=lambda world: {"key": "tous"}, data={"etape": "arrivee"},
        goes_to=f"{HOME}parcours/tous/"),
    Row("training:courses", INSIDE, "Quelles formations, et pour qui ?", but=ELSEWHERE),
    Row("training:new_course", EDIT, "Ajouter une formation"),
    Row("training:course", EDIT, "Premier jour", args=a_course),
    Row("training:remove_course", EDIT, method="POST", args=a_course, goes_to=f"{HOME}formations/"),
    Row("training:professions", EDIT, "Combien sommes-nous, métier par métier ?"),
    Row("training:add_profession", EDIT, method="POST", data={"name": "Acheter"}, goes_to=f"{HOME}metiers/"),
    Row("training:add_proposed", EDIT, method="POST", goes_to=f"{HOME}metiers/"),
    Row("training:remove_profession", EDIT, method="POST", args=a_profession, goes_to=f"{HOME}metiers/"),
    Row("training:session", CONTRIBUTE, "Qui a suivi cette formation ?"),
    Row("training:import", EDIT, "Importer des présences ou les effectifs"),
    Row("training:template", READ, file="text/csv", args=lambda world: {"kind": "presences", "extension": "csv"}),
    Row("training:batches", EDIT, "Qu’avons-nous reçu, et quand ?"),
    Row("training:remove_batch", EDIT, method="POST", args=a_batch, goes_to=f"{HOME}apports/"),
    Row("training:person", EDIT, "Que gardons-nous d’une personne ?"),
)  # fmt: skip
