"""Addresses of the referentials of an organisation."""

from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.referentials import receiving, storing
from terreau.app.referentials.models import PrivateReferential, ReceivedGrid
from tests.app.matrix import CONTRIBUTE, EDIT, READ, Row
from tests.referentials.small import document

HOME = "/o/valmont/referentiels/"
EXAMPLE = Path(__file__).parents[2] / "examples" / "grilles" / "grille-recue.xlsx"
KEY = "5c1a7f7e-0000-4000-8000-00000000000a"


def a_grid(world):
    """A received grid, read and not accepted yet."""
    made = receiving.begin(world.organisation, world.owner, SimpleUploadedFile("grille.xlsx", EXAMPLE.read_bytes()))
    ReceivedGrid.objects.filter(pk=made.pk).update(id=UUID(KEY))
    return {"pk": UUID(KEY)}


def a_private_one(world):
    made = storing.keep_edition(world.organisation, world.owner, document(), origin="yaml")
    PrivateReferential.objects.filter(pk=made.pk).update(id=UUID(KEY))
    return {"ref": KEY}


def a_later_one(world):
    """Two versions of one private referential: the passage from the first to the second."""
    first = storing.keep_edition(world.organisation, world.owner, document(), origin="yaml")
    later = storing.keep_edition(world.organisation, world.owner, document() | {"version": "2"}, origin="yaml")
    PrivateReferential.objects.filter(pk=first.pk).update(id=UUID(KEY))
    return {"ref": str(later.pk)}


def an_assessment(world):
    from tests.app.referentials.assessed import assessed

    return {"assessment": assessed(world.organisation, world.owner).pk}


ROWS = (
    Row("referentials:list", READ, "Sur quelles grilles nous appuyer ?"),
    Row("referentials:import", EDIT, "Importer un référentiel"),
    Row("referentials:grid", EDIT, "Avons-nous bien lu votre grille ?", args=a_grid),
    Row("referentials:lines", EDIT, "Qu'est devenue chaque ligne ?", args=a_grid),
    Row("referentials:abandon", EDIT, method="POST", args=a_grid, goes_to=HOME),
    Row("referentials:returned", CONTRIBUTE, "Que contiendra la grille rendue ?", args=an_assessment),
    Row(
        "referentials:filled",
        CONTRIBUTE,
        file="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        args=an_assessment,
    ),
    Row("referentials:crosswalks", READ, "Quelle preuve peut servir ailleurs ?"),
    Row("referentials:withdraw", EDIT, method="POST", args=a_private_one, goes_to=HOME),
    Row("referentials:edition", READ, "Le jardin", args=a_private_one),
    Row("referentials:migration", READ, "Que deviennent nos réponses ?", query=f"?depuis={KEY}", args=a_later_one),
    Row(
        "referentials:export", READ, file="application/yaml", args=lambda world: a_private_one(world) | {"form": "yaml"}
    ),
    Row(
        "referentials:criterion",
        READ,
        "1.1.1 Le compost est-il tenu ?",
        args=lambda world: a_private_one(world) | {"short": "1.1.1"},
    ),
)
