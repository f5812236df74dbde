"""Addresses of the evidence of an organisation."""

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.evidence import door, gathering
from tests.app.examining import under_examination
from tests.app.matrix import CONTRIBUTE, EDIT, READ, Row

HOME = "/o/valmont/preuves/"


def a_piece(world, **more):
    described = {"title": "Charte des achats", "confidentiality": "auditor"} | more
    upload = SimpleUploadedFile("charte.pdf", b"%PDF-1.7\n%%EOF\n")
    return gathering.add(world.organisation, world.owner, described, upload=upload)


def examined(world):
    under_examination(world.organisation)
    return {}


def known(world):
    """A piece whose key these rows know beforehand."""
    piece = a_piece(world)
    piece.id = UUID(PIECE_KEY)
    piece.save(force_insert=True)
    return piece


def a_piece_key(world):
    return examined(world) | {"pk": known(world).pk}


def a_link(world):
    return examined(world) | {"pk": gathering.tie(known(world), world.owner, subject="essai:1", facet="documents").pk}


def a_subject(client, world):
    def named(organisation, user, key):
        facets = (("documents", "Documents"),)
        return door.Subject(key=key, label="Une question", url=HOME, facets=facets) if key == "essai:1" else None

    door.subjects("essai", named)


PIECE_KEY = "5c1a7f7e-0000-4000-8000-000000000001"
JUDGES = frozenset({"owner", "editor", "auditor"})
ROWS = (
    Row("evidence:list", READ, "Que pouvons-nous montrer ?", args=examined),
    Row("evidence:csv", READ, file="text/csv", args=examined),
    Row("evidence:check_links", EDIT, method="POST", goes_to=HOME),
    Row("evidence:new", CONTRIBUTE, "Ajouter une preuve"),
    Row("evidence:choose", CONTRIBUTE, "Choisir une preuve déjà là", query="?pour=essai:1", prepare=a_subject),
    Row("evidence:piece", READ, "Charte des achats", args=a_piece_key),
    Row("evidence:file", READ, file="application/octet-stream", args=a_piece_key),
    Row("evidence:withdraw", EDIT, method="POST", args=a_piece_key, goes_to=HOME + PIECE_KEY + "/"),
    Row("evidence:replace", CONTRIBUTE, "Nouvelle version de « Charte des achats »", args=a_piece_key),
    Row("evidence:untie", CONTRIBUTE, method="POST", args=a_link, goes_to=HOME + PIECE_KEY + "/"),
    Row("evidence:opinion", JUDGES, "Que vaut cette preuve, ici ?", args=a_link),
)
