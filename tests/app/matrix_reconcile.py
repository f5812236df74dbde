"""Addresses of several files dropped together and of the reconciliation of the sources."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.inventory import arrivals, deciding
from terreau.app.inventory.models import Draft, Snapshot
from tests.app.matrix import EDIT, READ, Row

FLEET = "/o/valmont/parc/"
RECONCILED = FLEET + "rapprochement/"
ONE = b"Nom;Type;Modele;Numero de serie;Lieu\nPC-1;Ordinateur portable;Latitude 5540;AAA1111;Siege\n"
TWO = b"Nom;Type;Modele;Numero de serie;Lieu\nPC-1;Ordinateur portable;Latitude 5550;AAA1111;Siege\n"


def two_sources(client, world):
    """Two sources that know one device, each kept."""
    for name, text in (("A", ONE), ("B", TWO)):
        if not Snapshot.objects.filter(organisation=world.organisation, source__name=name).exists():
            draft = _opened(world, name, text)
            arrivals.confirm(draft, world.owner, draft.understood["snapshot"]["sha256"])


def _opened(world, name, text):
    answers = {"files": [SimpleUploadedFile(f"{name}.csv", text)], "taken_on": date(2026, 9, 30), "keep_original": False,
               "source": "new", "name": name, "perimeter": ""}  # fmt: skip
    draft = arrivals.begin(world.organisation, world.owner, answers)
    arrivals.look(draft)
    return draft


def a_drop(world):
    draft = Draft.objects.filter(organisation=world.organisation).first() or _opened(world, "A", ONE)
    Draft.objects.filter(pk=draft.pk).update(drop=draft.pk)
    return {"drop": draft.pk}


def an_order(world):
    two_sources(None, world)
    sources = [one.source for one in arrivals.current(world.organisation)]
    deciding.order_sources(world.organisation, world.owner, sources)
    return {"pk": deciding.ordered_by_hand(world.organisation).pk}


ROWS = (
    Row("parc:drop", EDIT, "Ce qui a été compris", args=a_drop),
    Row("parc:drop_abandon", EDIT, args=a_drop, method="POST", goes_to=FLEET + "importer/"),
    Row("parc:drop_confirm", EDIT, args=a_drop, method="POST", status=400),
    Row("parc:reconcile", READ, "Que disent nos sources, ensemble ?", prepare=two_sources),
    Row("parc:reconcile_pairs", READ, "Un seul appareil, ou deux ?", prepare=two_sources),
    Row("parc:reconcile_decide", EDIT, prepare=two_sources, method="POST", data={"same": "[]"}, goes_to=RECONCILED),
    Row("parc:reconcile_order", EDIT, prepare=two_sources, method="POST", data={"up": ""}, goes_to=RECONCILED),
    Row("parc:reconcile_undo", EDIT, args=an_order, method="POST", goes_to=RECONCILED),
    Row(
        "parc:reconcile_field", READ, "Désaccords : Modèle", prepare=two_sources, args=lambda world: {"field": "model"}
    ),
    Row(
        "parc:reconcile_list",
        READ,
        "Appareils personnels",
        prepare=two_sources,
        args=lambda world: {"listing": "personnels"},
    ),
    Row("parc:reconcile_csv", READ, file="text/csv", prepare=two_sources, args=lambda world: {"listing": "pas-vus"}),
    Row("parc:device_lineage", READ, "D'où vient « PC-1 » ?", prepare=two_sources, args=lambda world: {"device": 2}),
)
