"""Addresses of the fleet, its imports and its sources."""

import shutil
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.inventory import arrivals, years
from terreau.app.inventory.models import Decision, Draft, Snapshot, Source
from terreau.app.sources import dropping
from terreau.app.sources.models import OwnPack
from terreau.tables.engine import engine
from terreau.tables.snapshot import digest_of
from tests.app.matrix import EDIT, READ, Row

FLEET = "/o/valmont/parc/"
LIST = "Type;Modèle;Quantité\nÉcran;Dell U2419H;2\nÉcran;Dell U2419H;-1\n".encode()
PAPERS = b"""publisher = "Valmont"
title = "Nos mesures"
version = "1"
licence = "interne"
redistribution = "private"
link = ""
checked_on = 2026-01-01
best_before = 2027-01-01
"""
FACTORS = b"kind,subject,criterion,stage,value,unit\nimpact,laptop/standard,climate_change,embodied,150,kg CO2 eq\n"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def opened(world):
    """An import under way, read."""
    answers = {
        "files": [SimpleUploadedFile("parc.csv", LIST)], "taken_on": date(2026, 9, 30), "keep_original": False,
        "source": "new", "name": "Essai", "perimeter": "",
    }  # fmt: skip
    draft = arrivals.begin(world.organisation, world.owner, answers)
    arrivals.look(draft)
    return draft


def a_draft(world):
    return {"pk": opened(world).pk}


def shown(client, world):
    """The digest on screen is not known when the row is written: give the snapshot that waits a name that is."""
    draft = Draft.objects.get(organisation=world.organisation)
    waiting = arrivals.folder_of(draft) / "snapshot"
    for kind in (".json", ".parquet"):
        found = next(waiting.glob(f"*{kind}"))
        found.rename(waiting / f"{'f' * 64}{kind}")
    draft.understood = {**draft.understood, "snapshot": {"sha256": "f" * 64, "lines": 1}}
    draft.save(update_fields=["understood"])


def counted(world):
    """A fleet, kept."""
    draft = opened(world)
    arrivals.confirm(draft, world.owner, draft.understood["snapshot"]["sha256"])


def two_years(world):
    """The same source a year apart; the earlier inventory is the later one, written otherwise."""
    counted(world)
    last = Snapshot.objects.get(organisation=world.organisation)
    path = arrivals.path_of(last)
    written = path.with_name("earlier")
    with engine() as con:
        con.execute(f"COPY (FROM '{path}') TO '{written}' (FORMAT parquet, COMPRESSION uncompressed)")
    sha256 = digest_of(written)
    written.rename(path.with_name(f"{sha256}.parquet"))
    shutil.copy(path.with_suffix(".json"), path.with_name(f"{sha256}.json"))
    Snapshot.objects.create(organisation=world.organisation, source=last.source, sha256=sha256,
                            taken_on=date(2025, 9, 30), summary=last.summary)  # fmt: skip
    years.of(world.organisation, years.years_of(world.organisation))


def a_snapshot(world):
    source = Source.objects.create(organisation=world.organisation, name="GLPI")
    taken = [Snapshot.objects.create(organisation=world.organisation, source=source, sha256="e" * 64,
                                     taken_on=date(year, 9, 30)) for year in (2025, 2026)]  # fmt: skip
    return {"pk": taken[0].pk}


def a_decision(world):
    subject = {"maker": "", "model": "Zorglub", "type_word": ""}
    answer = {"category": "tablet", "size_class": None}
    return {"pk": Decision.objects.create(organisation=world.organisation, subject=subject, answer=answer, key="k").pk}


def own_pack(world):
    files = [SimpleUploadedFile("pack.toml", PAPERS), SimpleUploadedFile("factors.csv", FACTORS)]
    dropping.keep(world.organisation, world.owner, files)
    return {"pk": OwnPack.objects.get(organisation=world.organisation).pk}


ROWS = (
    Row("parc:fleet", READ, "De quoi est fait notre parc ?"),
    Row("parc:counts", READ, file="text/csv"),
    Row("parc:lines", READ, file="text/csv", given=counted),
    Row("parc:years", READ, "Qu'est-ce qui est entré et sorti ?", given=two_years),
    Row("parc:years_why", READ, "Pourquoi ces chiffres ?", given=two_years),
    Row("parc:years_csv", READ, file="text/csv", given=two_years, args=lambda world: {"name": "bilan"}),
    Row("parc:snapshots", READ, "Sources et instantanés"),
    Row("parc:withdraw", EDIT, goes_to=f"{FLEET}instantanes/", method="POST", args=a_snapshot),
    Row("parc:settle", READ, "À régler"),
    Row("parc:unsettle", EDIT, goes_to=f"{FLEET}a-regler/", method="POST", args=a_decision),
    Row("parc:device", READ, "Les colonnes d'un inventaire"),
    Row("parc:template", READ, file=XLSX, args=lambda world: {"form": "xlsx"}),
    Row("parc:quick", EDIT, "Dix lignes pour commencer"),
    Row("parc:arrival", EDIT, "Importer un inventaire"),
    Row("parc:understood", EDIT, "Ce qui a été compris", args=a_draft),
    Row("parc:reasons", EDIT, file="text/csv", args=a_draft),
    Row("parc:confirm", EDIT, goes_to=FLEET, method="POST", data={"digest": "f" * 64}, args=a_draft, prepare=shown),
    Row("parc:abandon", EDIT, goes_to=f"{FLEET}importer/", method="POST", args=a_draft),
    Row("sources:packs", READ, "D'où viennent les chiffres ?"),
    Row("sources:pack", READ, "Limites planétaires par personne", args=lambda world: {"key": "boundaries-sala2020"}),
    Row("sources:pack_csv", READ, file="text/csv", args=lambda world: {"key": "boundaries-sala2020"}),
    Row("sources:own", READ, "Nos mesures", args=own_pack),
    Row("sources:remove", EDIT, goes_to="/o/valmont/sources/", method="POST", args=own_pack),
)
