"""The fleet as the two files of G4IT and NumEcoEval, in one archive: made once per state of the fleet, and kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terreau import __version__
from terreau.app.inventory import arrivals, deciding, portraits
from terreau.app.results import holds, kept_file
from terreau.app.tasks import door as tasks
from terreau.app.tasks.door import Job, Tell, digest_of
from terreau.inventory import vocabulary

KIND = "inventory.g4it"


def archive(organisation: Any) -> Path | None:
    """The archive of the fleet today, made by a worker when a page asks; None when nothing was imported.

    Raises inventory.nothing_to_export when no device counts.
    """
    from terreau.inventory.g4itfiles import g4it_archive

    snapshots, decisions = arrivals.current(organisation), deciding.decisions_of(organisation)
    if not snapshots:
        return None
    at = portraits.last_day(snapshots)
    decided_by = [__version__, vocabulary.version(), decisions.digest, str(at), organisation.zone,
                  sorted((one.source.name, one.sha256) for one in snapshots)]  # fmt: skip

    def make(path: Path) -> None:
        made = g4it_archive(arrivals.sources_of(snapshots), at=at, decisions=decisions, zone=organisation.zone)
        path.write_bytes(made)

    return kept_file(organisation, f"g4it-{digest_of(decided_by)}.zip", make, kind=KIND, inputs={})


def _fleet(job: Job) -> str:
    return reverse("parc:fleet", args=[job.organisation.slug])


@tasks.job_kind(KIND, right="read", label=_("Fichiers G4IT du parc"), steps={"writing": _("Écriture des fichiers.")},
                leads_to=_fleet, back=_fleet, holds=holds)  # fmt: skip
def _written(job: Job, tell: Tell) -> None:
    """equipementPhysique.csv and datacenter.csv."""
    tell(step="writing")
    archive(job.organisation)
