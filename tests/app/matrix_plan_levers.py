"""Addresses of levers, starter paths, arbitrations and rules."""

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from terreau.app.plan import arbitrating, packs
from terreau.app.plan.models import Arbitration, ArbitrationVersion
from tests.app.matrix import CONTRIBUTE, EDIT, READ, Row

PK = UUID("5c1a7f7e-0000-4000-8000-0000000000b2")
LIST = "/o/valmont/plan/arbitrages/"
HERE = f"{LIST}{PK}/"
TEAM = READ - {"auditor"}
OUT = {"auditor": 404}  # the living work is not theirs to follow
QUESTION = "Tout remplacer, ou garder ce qui marche ?"


def posed(world):
    given = {"question": QUESTION, "tensions": ["cost", "environment"], "took_part": ["Achats"],
             "titles": [("", "Tout remplacer"), ("", "Garder")]}  # fmt: skip
    made = arbitrating.pose(world.organisation, world.owner, given)
    Arbitration.objects.filter(pk=made.pk).update(id=PK)
    ArbitrationVersion.objects.filter(arbitration=made.pk).update(arbitration=PK)
    return Arbitration.objects.whole().get(pk=PK)


def open_one(world):
    return {"pk": posed(world).pk}


def an_option(world):
    row = posed(world)
    return {"pk": row.pk, "option": row.options[1]["key"]}


def decided(world):
    row = posed(world)
    given = {"decided": row.options[1]["key"], "why": "Ils marchent.", "decided_on": timezone.localdate(), "review_on": None,
             "took_part": ["Achats"]}  # fmt: skip
    arbitrating.decide(row, world.owner, given)
    return {"pk": row.pk}


def own_rule(world):
    text = packs.specimen().replace("key: train-6h", "key: notre-train")
    _kind, key = packs.keep(world.organisation, world.owner, SimpleUploadedFile("r.yaml", text.encode()))
    return {"key": key}


POST = {"method": "POST"}
ROWS = (
    Row("plan:levers", TEAM, "Que changer, et qu’y gagnerions-nous ?", but=OUT),
    Row("plan:levers_csv", TEAM, file="text/csv", but=OUT),
    Row("plan:one_more_year", TEAM, "Ce que vaut un an de plus", but=OUT),
    Row("plan:together", TEAM, "Plusieurs leviers ensemble", but=OUT),
    Row("plan:lever", TEAM, "Garder les ordinateurs portables six ans", args=lambda world: {"key": "LV01"}, but=OUT),
    Row("plan:paths", TEAM, "Par où commencer ?", but=OUT),
    Row("plan:arbitrations", TEAM, "Qu’avons-nous arbitré, et pourquoi ?", but=OUT),
    Row("plan:arbitrations_csv", TEAM, file="text/csv", but=OUT),
    Row("plan:arbitration_pose", CONTRIBUTE, "Poser une question à trancher"),
    Row("plan:arbitration", TEAM, QUESTION, args=open_one, but=OUT),
    Row("plan:arbitration_rework", CONTRIBUTE, "Reprendre la question et les options", args=open_one),
    Row("plan:arbitration_weigh", CONTRIBUTE, "Garder", args=an_option),
    Row("plan:arbitration_decide", EDIT, "Écrire la décision", args=open_one),
    Row("plan:arbitration_review", EDIT, "Revoir une décision", args=decided),
    Row("plan:arbitration_discard", EDIT, **POST, goes_to=LIST, args=open_one),
    Row("plan:rules", TEAM, "Quelles règles nous donnons-nous ?", but=OUT),
    Row("plan:rule", TEAM, "Pas d’écran neuf avant huit ans", args=lambda world: {"key": "screen-8y"}, but=OUT),
    Row("plan:pack_drop", EDIT, "Ajouter une règle ou un levier à nous"),
    Row("plan:pack_remove", EDIT, **POST, goes_to="/o/valmont/plan/regles/", args=own_rule),
)  # fmt: skip
