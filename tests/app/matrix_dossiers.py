"""Addresses of what an organisation hands over."""

from datetime import date
from uuid import uuid4

from terreau.app.publishing import making
from terreau.app.publishing.models import Dossier
from tests.app.matrix import EDIT, READ, Row
from tests.app.matrix_diagnostic import opened

HOME = "/o/valmont/dossiers/"


def a_dossier(world, **more):
    told = {"title": "Grille Terreau", "name": "dossier-valmont", "assessment": uuid4(), "freeze": uuid4(),
            "frozen_on": date(2026, 3, 1), "digest": "ab" * 32, "made_by": world.owner}  # fmt: skip
    row = Dossier.objects.create(organisation=world.organisation, **(told | more))
    (making.folder(world.organisation) / making.file_name(str(row.pk))).write_bytes(b"PK")
    return row


def its_key(world):
    return {"pk": a_dossier(world).pk}


def a_document(world):
    return {"source": f"brouillon-{opened(world).pk}", "key": "policy", "extension": "odt"}


# What an auditor examines today is theirs to read (test_dossiers.py); any other dossier is not there for them.
INSIDE = READ - {"auditor"}
ELSEWHERE = {"auditor": 404}
ROWS = (
    Row("publishing:list", READ, "Que pouvons-nous remettre ?"),
    Row("publishing:new", EDIT, "Faire un dossier"),
    Row("publishing:compiled", READ, "Que disons-nous de chaque sujet ?"),
    Row(
        "publishing:document",
        INSIDE,
        file="application/vnd.oasis.opendocument.text",
        args=a_document,
        but=ELSEWHERE,
    ),
    Row("publishing:dossier", INSIDE, "Grille Terreau", args=its_key, but=ELSEWHERE),
    Row("publishing:download", INSIDE, file="application/zip", args=its_key, but=ELSEWHERE),
    Row("publishing:remove", EDIT, method="POST", args=its_key, goes_to=HOME),
)
