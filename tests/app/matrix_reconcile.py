"""Addresses of several files dropped together and of the reconciliation of the sources."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from terreau.app.inventory import arrivals, deciding, reconciling
from terreau.app.inventory.models import Draft, Snapshot, Source
from terreau.inventory.importing import bring_in
from tests.app.matrix import EDIT, READ, Row
from tests.app.matrix_parc import opened
from tests.settings import RUN

DAY = date(2026, 9, 30)

FLEET = "/o/valmont/parc/"
RECONCILED = FLEET + "rapprochement/"
ONE = b"Nom;Type;Modele;Numero de serie;Lieu\nPC-1;Ordinateur portable;Latitude 5540;AAA1111;Siege\n"
TWO = b"Nom;Type;Modele;Numero de serie;Lieu\nPC-1;Ordinateur portable;Latitude 5550;AAA1111;Siege\n"


_KEPT: dict = {}  # the two snapshots, made once for every visitor


def two_sources(world):
    """Two sources that know one device, each kept and read once for each process; reconciled."""
    organisation = world.organisation
    for name, text in (("A", ONE), ("B", TWO)):
        if not Snapshot.objects.filter(organisation=organisation, source__name=name).exists():
            source, _ = Source.objects.get_or_create(organisation=organisation, name=name)
            folder, sha256 = _snapshot(name, text)
            facts = {"files": [f"{name}.csv"], "lines": {"read": 1, "doubtful": 0, "rejected": 0}, "quantity": 1}
            arrivals.keep_snapshot(source, world.owner, folder=folder, sha256=sha256, taken_on=DAY, summary=facts)
    reconciling.of(organisation, arrivals.current(organisation))


def _snapshot(name, text):
    """A folder of its own with the snapshot of ``text``, and its digest."""
    if name not in _KEPT:
        folder = _apart()
        (folder / f"{name}.csv").write_bytes(text)
        _KEPT[name] = bring_in([folder / f"{name}.csv"], at=DAY, folder=folder / "snapshot").snapshot
    copy = _apart() / "snapshot"
    shutil.copytree(_KEPT[name].path.parent, copy)
    return copy, _KEPT[name].sha256


def _apart():
    return Path(tempfile.mkdtemp(dir=RUN))


def a_drop(world):
    draft = Draft.objects.filter(organisation=world.organisation).first() or opened(world)
    Draft.objects.filter(pk=draft.pk).update(drop=draft.pk)
    return {"drop": draft.pk}


def an_order(world):
    two_sources(world)
    sources = [one.source for one in arrivals.current(world.organisation)]
    deciding.order_sources(world.organisation, world.owner, sources)
    return {"pk": deciding.ordered_by_hand(world.organisation).pk}


ROWS = (
    Row("parc:drop", EDIT, "Ce qui a été compris", args=a_drop),
    Row("parc:drop_abandon", EDIT, args=a_drop, method="POST", goes_to=FLEET + "importer/"),
    Row("parc:drop_confirm", EDIT, "Ce qui a été compris", args=a_drop, method="POST", status=400),
    Row("parc:reconcile", READ, "Que disent nos sources, ensemble ?", given=two_sources),
    Row("parc:reconcile_pairs", READ, "Un seul appareil, ou deux ?", given=two_sources),
    Row("parc:reconcile_decide", EDIT, given=two_sources, method="POST", data={"same": "[]"}, goes_to=RECONCILED),
    Row("parc:reconcile_order", EDIT, given=two_sources, method="POST", data={"up": ""}, goes_to=RECONCILED),
    Row("parc:reconcile_undo", EDIT, args=an_order, method="POST", goes_to=RECONCILED),
    Row("parc:reconcile_field", READ, "Désaccords : Modèle", given=two_sources, args=lambda world: {"field": "model"}),
    Row(
        "parc:reconcile_list",
        READ,
        "Appareils personnels",
        given=two_sources,
        args=lambda world: {"listing": "personnels"},
    ),
    Row("parc:reconcile_field_csv", READ, file="text/csv", given=two_sources, args=lambda world: {"field": "model"}),
    Row("parc:reconcile_csv", READ, file="text/csv", given=two_sources, args=lambda world: {"listing": "pas-vus"}),
    Row("parc:g4it", READ, file="application/zip", given=two_sources),
    Row("parc:device_lineage", READ, "D'où vient « PC-1 » ?", given=two_sources, args=lambda world: {"device": 2}),
)
